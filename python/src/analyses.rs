//! Analyses, each a function of a model. What is asked of one stands here; how it is run, and what becomes of what it found,
//! is the same for all.

use crate::answer::{Answer, Findings};
use crate::fault;
use crate::model::Model;
use crate::run::{Given, How, run};
use pyo3::prelude::*;
use sinews::analysis::compare::BASE;
use sinews::analysis::futures::Risk;
use sinews::analysis::sweep::{Axis, Sweep};
use sinews::analysis::{self as of, Group, Spread, Trouble};
use sinews::calendar::Month;
use sinews::document::{Document, Pattern};
use sinews::report::Illustrated;
use sinews::table::{Cell, Table};
use std::fmt::Display;
use std::str::FromStr;

/// What an analysis is of, and how it goes about it.
struct At<'a> {
    document: &'a Document,
    model: &'a sinews::model::Model,
    given: &'a Given,
}

/// Run an analysis and keep what it found, with tables that it does not show by itself.
fn with<F: Illustrated + Send + Sync + 'static>(
    model: &Bound<'_, Model>,
    how: Option<How<'_, '_>>,
    job: impl FnOnce(&At<'_>) -> Result<(F, Vec<Table>), Trouble> + Send,
) -> PyResult<Answer> {
    let py = model.py();
    let (document, model) = model.borrow().now();
    let found = run(py, how, |given| {
        job(&At {
            document: &document,
            model: &model,
            given,
        })
    })?;
    let (found, more) = found.map_err(|trouble| fault::trouble(py, &trouble))?;
    Ok(Answer::new(Box::new(Findings { model, found, more })))
}

/// Run an analysis and keep what it found.
fn answer<F: Illustrated + Send + Sync + 'static>(
    model: &Bound<'_, Model>,
    how: Option<How<'_, '_>>,
    job: impl FnOnce(&At<'_>) -> Result<F, Trouble> + Send,
) -> PyResult<Answer> {
    with(model, how, |at| Ok((job(at)?, Vec::new())))
}

/// A text as what it stands for.
fn read<T: FromStr<Err: Display>>(text: &str) -> PyResult<T> {
    let fault = |error: T::Err| fault::request(error.to_string());
    text.parse().map_err(fault)
}

/// Texts as what they stand for.
fn all<T: FromStr<Err: Display>>(texts: &[String]) -> PyResult<Vec<T>> {
    texts.iter().map(|text| read(text)).collect()
}

fn spread(assumptions: Option<f64>) -> Spread {
    Spread {
        assumptions,
        facts: None,
    }
}

/// What do all good plans share, and how can they differ? Those no more than a share `worse` than the best.
#[pyfunction]
#[pyo3(signature = (model, *, worse=of::alternatives::Request::default().within, plans=of::alternatives::Request::default().plans, **how))]
fn alternatives(
    model: &Bound<'_, Model>,
    worse: f64,
    plans: usize,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::alternatives::Request {
        within: worse,
        plans,
    };
    answer(model, how, |at| {
        of::alternatives::alternatives(at.model, &request, &at.given.options, &at.given.work)
    })
}

/// Why does it fall short? Each shortfall's causes, each cause's victims, and what helps.
///
/// >>> import sinews
/// >>> found = sinews.bottleneck(sinews.read("models/shells.toml"))
/// >>> len(found.tables) > 0
/// True
#[pyfunction]
#[pyo3(signature = (model, *, requirement=None, shortfalls=of::bottleneck::Question::default().shortfalls, causes=of::bottleneck::Question::default().causes, **how))]
fn bottleneck(
    model: &Bound<'_, Model>,
    requirement: Option<String>,
    shortfalls: usize,
    causes: usize,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let question = of::bottleneck::Question {
        requirement,
        shortfalls,
        causes,
    };
    answer(model, how, |at| {
        of::bottleneck::bottleneck(at.document, &question, &at.given.options, &at.given.work)
    })
}

/// What matters, in one screen: how it stands, what helps, what to decide, what it rests on.
#[pyfunction]
#[pyo3(signature = (model, *, solves=of::brief::Request::default().solves, gaps=of::brief::Request::default().gaps, samples=of::brief::Request::default().samples, seed=of::brief::Request::default().seed, **how))]
fn brief(
    model: &Bound<'_, Model>,
    solves: usize,
    gaps: usize,
    samples: usize,
    seed: u64,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::brief::Request {
        solves,
        gaps,
        samples,
        seed,
    };
    answer(model, how, |at| {
        let plan = sinews::solve(at.model, &at.given.options)?;
        of::brief::brief(
            at.document,
            (at.model, &plan),
            &request,
            &at.given.options,
            &at.given.work,
        )
    })
}

/// Scenarios side by side, the others against the first; `base` is the model as it stands. Without any: all that the model
/// declares.
///
/// >>> import sinews
/// >>> found = sinews.compare(sinews.read("models/shells.toml"), ["base", "half_the_aid"])
/// >>> found.tables["summary"].columns[0]
/// 'what'
#[pyfunction]
#[pyo3(signature = (model, scenarios=None, **how))]
fn compare(
    model: &Bound<'_, Model>,
    scenarios: Option<Vec<String>>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    answer(model, how, |at| {
        let declared = || {
            let declared = at.document.scenarios().into_iter();
            let keys = declared.map(|scenario| scenario.key);
            std::iter::once(BASE.to_owned()).chain(keys).collect()
        };
        let keys: Vec<String> = scenarios.unwrap_or_else(declared);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        of::compare::compare(at.document, &keys, &at.given.options, &at.given.work)
    })
}

/// When can it be met, and what brings that forward? Of requirements by key, or `tier 1` and the like; without any: of each
/// that falls short.
#[pyfunction]
#[pyo3(signature = (model, of=Vec::new(), *, levers=of::deadline::Request::default().levers, **how))]
fn deadline(
    model: &Bound<'_, Model>,
    of: Vec<String>,
    levers: usize,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::deadline::Request { of, levers };
    answer(model, how, |at| {
        of::deadline::deadline(at.document, &request, &at.given.options, &at.given.work)
    })
}

/// On whom does it depend? Origins through the bill of materials, and the price of depending `less` on a country.
#[pyfunction]
#[pyo3(signature = (model, *, holder=None, less=None, steps=of::dependence::Question::default().steps, **how))]
fn dependence(
    model: &Bound<'_, Model>,
    holder: Option<String>,
    less: Option<String>,
    steps: usize,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let question = of::dependence::Question {
        holder,
        less,
        steps,
    };
    answer(model, how, |at| {
        of::dependence::dependence(at.document, &question, &at.given.options, &at.given.work)
    })
}

/// What if something is lost? Each element that patterns such as `line.*` name (without any: all), in turn, ranked by harm;
/// from a month (`start`) on, for so many `months`.
#[pyfunction]
#[pyo3(signature = (model, elements=Vec::new(), *, start=None, months=None, worst=of::disruption::Request::default().worst, **how))]
fn disruption(
    model: &Bound<'_, Model>,
    elements: Vec<String>,
    start: Option<&str>,
    months: Option<i32>,
    worst: usize,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::disruption::Request {
        elements,
        from: start.map(read::<Month>).transpose()?,
        months,
        worst,
        ..of::disruption::Request::default()
    };
    answer(model, how, |at| {
        of::disruption::disruption(at.document, &request, &at.given.options, &at.given.work)
    })
}

/// Where does one number come from? Its parts, what holds it, the figures and facts behind it. `number` is
/// `requirement.KEY.YEAR`, `line.KEY.YEAR`, `supplier.KEY.YEAR`, `fund.KEY.YEAR`, `cost`, `price.ROW` and the like.
///
/// >>> import sinews
/// >>> found = sinews.explain(sinews.read("models/tiny.toml"), "requirement.shells.2026")
/// >>> len(found.tables) > 0
/// True
#[pyfunction]
#[pyo3(signature = (model, number, **how))]
fn explain(model: &Bound<'_, Model>, number: &str, how: Option<How<'_, '_>>) -> PyResult<Answer> {
    answer(model, how, |at| {
        of::explain::explain(at.document, number, &at.given.one)
    })
}

/// What does money buy? The exact curve of shortfall against the money of `funds` (patterns such as `fund.aid-*`; without any:
/// all), from `start` to `stop` times what the model has, with its breakpoints and the price of each piece.
///
/// >>> import sinews
/// >>> found = sinews.frontier(sinews.read("models/shells.toml"), stop=1.5)
/// >>> "frontier" in found.tables
/// True
#[pyfunction]
#[pyo3(signature = (model, *, funds=Vec::new(), requirement=None, start=0.0, stop=2.0, solves=80, **how))]
fn frontier(
    model: &Bound<'_, Model>,
    funds: Vec<String>,
    requirement: Option<String>,
    start: f64,
    stop: f64,
    solves: usize,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::frontier::Request {
        funds,
        requirement,
        from: start,
        to: stop,
        solves,
    };
    answer(model, how, |at| {
        of::frontier::frontier(at.model, &request, &at.given.options, &at.given.work)
    })
}

/// What does it cost to leave less short? The curve of cost against shortfall, with every corner of it.
#[pyfunction]
#[pyo3(signature = (model, *, solves=80, **how))]
fn cost(model: &Bound<'_, Model>, solves: usize, how: Option<How<'_, '_>>) -> PyResult<Answer> {
    answer(model, how, |at| {
        of::frontier::cost(at.model, solves, &at.given.options, &at.given.work)
    })
}

/// What does the money do? Commitments and payments, loans, currencies, what delay costs; with `holders` (a pattern) who
/// crowds out whom. Currencies move by the share `rate`; nothing new is signed for each of `delays` quarters in turn.
#[pyfunction]
#[pyo3(signature = (model, *, holders=None, rate=of::funding::Request::default().rate, delays=of::funding::Request::default().delays, **how))]
fn funding(
    model: &Bound<'_, Model>,
    holders: Option<String>,
    rate: f64,
    delays: Vec<u32>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::funding::Request {
        holders,
        rate,
        delays,
    };
    answer(model, how, |at| {
        of::funding::funding(at.model, &request, &at.given.options, &at.given.work)
    })
}

/// What to order and build now, before it is known which future comes? `futures` are scenarios with their probabilities, of
/// which it shows in the month `date` which one it is; `weight` says how much those beyond the share `level` count. With `fresh`
/// so many draws of what is uncertain in the futures, of which no plan was made, judge it: table `fresh`; assumptions without a
/// range lie within a share `spread` of their value in them.
///
/// >>> import sinews
/// >>> m = sinews.read("models/shells.toml")
/// >>> found = sinews.futures(m, {"base": 0.5, "half_the_aid": 0.5}, date="2027-01")
/// >>> len(found.tables) > 0
/// True
#[pyfunction]
#[pyo3(signature = (model, futures, date, *, weight=0.0, level=0.9, fresh=None, seed=of::futures::Fresh::default().seed, spread=None, **how))]
#[expect(clippy::too_many_arguments, reason = "each has its name")]
fn futures(
    model: &Bound<'_, Model>,
    futures: &Bound<'_, pyo3::types::PyDict>,
    date: &str,
    weight: f64,
    level: f64,
    fresh: Option<usize>,
    seed: u64,
    spread: Option<f64>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let ask = of::futures::Ask {
        futures: futures
            .iter()
            .map(|(key, chance)| Ok((key.extract()?, chance.extract()?)))
            .collect::<PyResult<_>>()?,
        date: read(date)?,
        risk: (weight != 0.0).then_some(Risk { weight, level }),
        fresh: fresh.map(|samples| of::futures::Fresh {
            samples,
            seed,
            spread: self::spread(spread),
            ..of::futures::Fresh::default()
        }),
    };
    answer(model, how, |at| {
        of::futures::futures(at.document, &ask, &at.given.options, &at.given.work)
    })
}

/// Which rules cannot hold together, where they stand, and what would restore them?
#[pyfunction]
#[pyo3(signature = (model, **how))]
fn infeasible(model: &Bound<'_, Model>, how: Option<How<'_, '_>>) -> PyResult<Answer> {
    answer(model, how, |at| {
        of::infeasible::infeasible(at.document, &at.given.one)
    })
}

/// Which plant next? Every option with its value, and when a growing budget takes it: `budgets` times the model's money.
#[pyfunction]
#[pyo3(signature = (model, budgets=vec![0.5, 1.0, 1.5, 2.0], **how))]
fn investments(
    model: &Bound<'_, Model>,
    budgets: Vec<f64>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    answer(model, how, |at| {
        of::investments::investments(at.model, &budgets, &at.given.options, &at.given.work)
    })
}

/// How sure is it? Uncertain figures drawn from their ranges, a plan for each draw. Assumptions without a range lie within a
/// share `spread` of their value; `groups` are figures that move together, as `NAME=FIGURES`, or `NAME~0.6=FIGURES` with a correlation of 0.6; `scenarios` are compared on the
/// same draws. The table `observations` has what was drawn beside what came of it, one row a plan.
///
/// >>> import sinews
/// >>> found = sinews.monte_carlo(sinews.read("models/shells.toml"), samples=4, spread=0.2)
/// >>> len(found.observations)
/// 4
#[pyfunction]
#[pyo3(signature = (model, *, samples=of::monte_carlo::Request::default().samples, seed=of::monte_carlo::Request::default().seed, spread=None, groups=Vec::new(), scenarios=Vec::new(), **how))]
fn monte_carlo(
    model: &Bound<'_, Model>,
    samples: usize,
    seed: u64,
    spread: Option<f64>,
    groups: Vec<String>,
    scenarios: Vec<String>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::monte_carlo::Request {
        samples,
        seed,
        scenarios,
        groups: all::<Group>(&groups)?,
        spread: self::spread(spread),
        ..of::monte_carlo::Request::default()
    };
    with(model, how, |at| {
        let found =
            of::monte_carlo::monte_carlo(at.document, &request, &at.given.options, &at.given.work)?;
        let observations = found.observations();
        Ok((found, observations))
    })
}

/// How does it stand? What could be done and what is likely, tier by tier; with `samples` each with its interval.
#[pyfunction]
#[pyo3(signature = (model, *, samples=of::outlook::Request::default().samples, seed=of::outlook::Request::default().seed, **how))]
fn outlook(
    model: &Bound<'_, Model>,
    samples: usize,
    seed: u64,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::outlook::Request { samples, seed };
    answer(model, how, |at| {
        of::outlook::outlook(at.document, &request, &at.given.options, &at.given.work)
    })
}

/// What does it cost to plan year by year? Each plan sees `see` years; contracts may fall due in `contracts` years. Of years that
/// it does not see it expects what the last that it sees requires (`unseen="as-last"`), or `"nothing"`.
#[pyfunction]
#[pyo3(signature = (model, *, see=1, contracts=None, unseen="as-last", **how))]
fn rolling(
    model: &Bound<'_, Model>,
    see: usize,
    contracts: Option<usize>,
    unseen: &str,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let known = of::rolling::Unseen::WORDS.iter();
    let unseen = known.clone().find(|(word, _)| *word == unseen);
    let unseen = unseen
        .map(|(_, unseen)| *unseen)
        .ok_or_else(|| fault::request("`unseen` is `as-last` or `nothing`".to_owned()))?;
    let ask = of::rolling::Ask {
        see,
        contracts,
        unseen,
    };
    answer(model, how, |at| {
        of::rolling::rolling(at.model, &ask, &at.given.options, &at.given.work)
    })
}

/// What does the answer hang on? Prices and how far they hold for so many `limits`, the inputs that move it (`solved` of
/// them by a solve at both ends), and the evidence behind it.
#[pyfunction]
#[pyo3(signature = (model, *, limits=of::sensitivity::Request::default().limits, solved=of::sensitivity::Request::default().solved, spread=None, groups=Vec::new(), **how))]
fn sensitivity(
    model: &Bound<'_, Model>,
    limits: usize,
    solved: usize,
    spread: Option<f64>,
    groups: Vec<String>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::sensitivity::Request {
        limits,
        solved,
        groups: all::<Group>(&groups)?,
        spread: self::spread(spread),
    };
    answer(model, how, |at| {
        of::sensitivity::sensitivity(at.document, &request, &at.given.options, &at.given.work)
    })
}

/// How does the answer move with some figures? A plan at every point of a grid of `axes`, such as
/// `fund.*.amount=x0.5,x1,x1.5` or `fund.aid.amount=x0.5..1.5 in 11`; `prices` are patterns of limits whose prices are kept.
/// The table `observations` has the settings beside all that came of them, one row a point.
///
/// >>> import sinews
/// >>> found = sinews.sweep(sinews.read("models/shells.toml"), ["fund.*.amount=x0.5,x1"])
/// >>> found.observations["fund_amount"]
/// [0.5, 1.0]
#[pyfunction]
#[pyo3(signature = (model, axes, *, prices=Vec::new(), **how))]
fn sweep(
    model: &Bound<'_, Model>,
    axes: Vec<String>,
    prices: Vec<String>,
    how: Option<How<'_, '_>>,
) -> PyResult<Answer> {
    let request = of::sweep::Request {
        axes: all::<Axis>(&axes)?,
        prices: all::<Pattern>(&prices)?,
        ..of::sweep::Request::default()
    };
    with(model, how, |at| {
        let found = of::sweep::sweep(at.document, &request, &at.given.options, &at.given.work)?;
        let observations = found.observations();
        Ok((found, observations))
    })
}

/// Add every analysis to a module.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    macro_rules! add {
        ($($analysis:ident)*) => { $(module.add_function(wrap_pyfunction!($analysis, module)?)?;)* };
    }
    add!(alternatives bottleneck brief compare cost deadline dependence disruption explain frontier funding futures infeasible
        investments monte_carlo outlook rolling sensitivity sweep);
    Ok(())
}
