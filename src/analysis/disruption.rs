//! What if something is lost? Each line, supplier, fund and country in turn, ranked by harm.
//!
//! An element is lost for a stated time: a line makes nothing, a supplier delivers nothing, a fund has no
//! money in the years that lie in it (a share of a year counts as that share), a country loses all its
//! lines and suppliers. Everything else is planned anew, with foresight. Harm is what the best plan is worse by, in
//! one weighted sum of shortfall and cost, so it is never negative. Minimum rates are waived in all these
//! plans, the first one included: a plant without inputs cannot keep its own.
//!
//! Each loss is a row of results, which shards make and merge. Which are the worst is known when all are
//! there: pairs and second sources are then tried where that is.

mod element;
mod show;

pub use element::{Element, all};

use super::measure::{beyond, rank};
use super::results::{Header, Results, Solved};
use super::{Keep, Shard, Trouble, Work, many, work};
use crate::calendar::Month;
use crate::document::Vary;
use crate::ids::{Id, PeriodId, RequirementId};
use crate::model::{Model, ObjectiveKind};
use crate::program::{Program, Row};
use crate::solution::Solution;
use crate::solve::{Failure, Options, Runner, Session, solve_program};
use element::elements;

/// What is asked.
///
/// ```
/// use sinews::analysis::disruption::Request;
///
/// let request = Request {
///     elements: vec!["line.*".into()],
///     from: Some("2027-01".parse()?),
///     months: Some(12),
///     ..Request::default()
/// };
/// # let _ = request;
/// # Ok::<(), sinews::calendar::NotAMonth>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Which elements, as patterns such as `line.*` or `supplier.us-*`. Empty: all.
    pub elements: Vec<String>,
    /// From when they are lost. `None`: from when decisions are free.
    pub from: Option<Month>,
    /// For how many months. `None`: to the end.
    pub months: Option<i32>,
    /// Of how many of the worst every pair is lost as well, and a second source is tried.
    pub worst: usize,
    /// Which losses, and what becomes of them.
    pub keep: Keep,
}

/// What each loss does.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Disruption {
    /// The code of the base currency.
    pub currency: String,
    /// Every element whose loss leaves a plan, the worst loss first.
    pub losses: Vec<Loss>,
    /// Elements without which there is no plan: their place, their name, and why. They are worse than all others.
    pub hopeless: Vec<(String, String, String)>,
    /// Pairs of the worst, the worst first.
    pub pairs: Vec<Pair>,
    /// What each loss gave, by its number in the order of the model.
    pub results: Results,
}

/// What the loss of an element does.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Loss {
    /// What is lost.
    pub element: Element,
    /// Its place in the model: `line.nora`.
    pub place: String,
    /// Its name.
    pub name: String,
    /// What the plan is worse by: shortfall as it counts, and discounted cost, in the base currency.
    pub harm: f64,
    /// What more is missing, at its value in the base currency.
    pub missing: f64,
    /// What the plan costs more, in money of the day.
    pub cost: f64,
    /// The requirement that loses most by value: its name, its unit, and how much.
    pub victim: Option<(String, String, f64)>,
    /// The share of the harm that a second source of half as much would avoid. `None`: not tried.
    pub blunted: Option<f64>,
}

/// What the loss of two elements at once does.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Pair {
    /// The places of both.
    pub places: [String; 2],
    /// What the plan is worse by.
    pub harm: f64,
    /// By how much that is more than the sum of both alone: they stand in for one another.
    pub beyond: f64,
}

/// What results are asked for: elements, times, and what identifies each row.
struct Jobs {
    elements: Vec<Element>,
    periods: Vec<(PeriodId, f64)>,
    keys: Vec<String>,
    header: Header,
}

impl Request {
    fn jobs(&self, document: &dyn Vary, model: &Model, options: &Options) -> Result<Jobs, Trouble> {
        let elements = elements(model, &self.elements)?;
        let periods = periods(model, self)?;
        let (from, to) = (periods[0].0, periods[periods.len() - 1].0);
        let c = &model.calendar;
        let time = if periods.iter().all(|&(_, lost)| lost == 1.0) {
            format!("{} to {}", c.label(from), c.label(to))
        } else {
            let (from, until) = times(model, self);
            format!("{from} to {}", until.plus(-1))
        };
        let key = |element: &Element| format!("{} {time}", element.names(model).0);
        let keys: Vec<String> = elements.iter().map(key).collect();
        let columns = COLUMNS.map(str::to_owned).to_vec();
        let what = (columns, self.keep.shard);
        let header = many::header(
            "disruption",
            document,
            options,
            &keys.join(" "),
            keys.len(),
            what,
        );
        Ok(Jobs {
            elements,
            periods,
            keys,
            header,
        })
    }
}

/// What the results of a request belong to: for a [`Journal`](super::Journal).
///
/// # Errors
/// As [`disruption`].
///
/// ```
/// use sinews::analysis::disruption::{Request, header};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let header = header(&model, &Request::default(), &Default::default())?;
/// assert_eq!(header.analysis, "disruption");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn header(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
) -> Result<Header, Trouble> {
    Ok(request.jobs(document, &document.model()?, options)?.header)
}

/// Lose each element in turn.
///
/// After a cancellation, the losses that have ended are given.
///
/// # Errors
/// Patterns that name nothing, a time outside the calendar, or a model without a plan.
///
/// ```
/// # use sinews::analysis::{Work, disruption};
/// let model = sinews::read("models/tiny.toml")?;
/// let request = disruption::Request::default();
/// let found = disruption::disruption(&model, &request, &Default::default(), &Work::default())?;
/// assert_eq!(found.losses.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn disruption(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Disruption, Trouble> {
    let model = &document.model()?;
    let jobs = request.jobs(document, model, options)?;
    let mut opened = None;
    let run = Run {
        model,
        periods: jobs.periods,
    };
    let results = many::run(
        jobs.header,
        &jobs.keys,
        &request.keep,
        work,
        work::alone(jobs.keys.len()),
        || Ok(vec![opened.insert(run.session(options)?).clone()]),
        |_| Vec::new(),
        |runner, number, _| {
            let session = runner.session().clone();
            let kept = (session.solution(), 0.0);
            Ok(run.lose(runner, &[jobs.elements[number]], kept)?.values())
        },
    )?;
    let mut found = Disruption {
        currency: model.money.base().to_owned(),
        losses: Vec::new(),
        hopeless: Vec::new(),
        pairs: Vec::new(),
        results,
    };
    for (&number, row) in &found.results.rows {
        let element = jobs.elements[number];
        if let Some(outcome) = Outcome::read(row) {
            found.losses.push(outcome.of(model, element));
            continue;
        }
        let (place, name) = element.names(model);
        let why = row.failure.clone().unwrap_or_default();
        found.hopeless.push((place.to_string(), name, why));
    }
    let worst = found
        .losses
        .iter()
        .fold(0.0, |most: f64, loss| most.max(loss.harm));
    rank(&mut found.losses, |l| l.harm, worst, |l| l.place.clone());
    let whole = found.results.is_complete() && request.keep.shard == Shard::WHOLE;
    let worst = request.worst.min(found.losses.len());
    if whole && worst > 0 {
        let session = match opened {
            Some(session) => session,
            None => run.session(options)?,
        };
        match run.worst(&mut found, worst, &session, options, work) {
            Ok(()) | Err(Trouble::Solve(Failure::Cancelled)) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(found)
}

/// From when until when something is lost.
fn times(model: &Model, request: &Request) -> (Month, Month) {
    let c = &model.calendar;
    let from = request.from.unwrap_or(c.decide_from());
    let until = request.months.map_or(c.end(), |months| from.plus(months));
    (from, until)
}

/// The periods in which something is lost, and for what share of each.
fn periods(model: &Model, request: &Request) -> Result<Vec<(PeriodId, f64)>, Trouble> {
    let c = &model.calendar;
    let (from, until) = times(model, request);
    let (start, end) = (c.moment(from), c.moment(until));
    let lost = c.open_periods().map(|t| {
        let period = c.stretch(t);
        (t, period.before(end) - period.before(start))
    });
    let periods: Vec<_> = lost.filter(|&(_, lost)| lost > 0.0).collect();
    if periods.is_empty() {
        let message = format!("nothing of the calendar lies between {from} and {until}");
        let help = format!("ask for a time within {} and {}", c.decide_from(), c.end());
        return Err(Trouble::request(message, help));
    }
    Ok(periods)
}

/// What is kept of each loss.
const COLUMNS: [&str; 5] = [
    "harm",
    "missing",
    "cost",
    "requirement that loses most",
    "units it loses",
];

/// What a loss does, before it has a name.
struct Outcome {
    harm: f64,
    missing: f64,
    cost: f64,
    victim: Option<(RequirementId, f64)>,
}

impl Outcome {
    /// The loss of what can be spared: a plan as good is left.
    const NONE: Self = Self {
        harm: 0.0,
        missing: 0.0,
        cost: 0.0,
        victim: None,
    };

    /// As a row of results.
    fn values(&self) -> Vec<Option<f64>> {
        let number = |r: RequirementId| u32::try_from(r.position()).ok().map(f64::from);
        vec![
            Some(self.harm),
            Some(self.missing),
            Some(self.cost),
            self.victim.and_then(|(r, _)| number(r)),
            self.victim.map(|(_, short)| short),
        ]
    }

    /// From a row of results; `None` if there was no plan.
    fn read(row: &Solved) -> Option<Self> {
        let [Some(harm), Some(missing), Some(cost), victim, short] = row.values[..] else {
            return None;
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index"
        )]
        let victim = victim.map(|number| RequirementId::at(number as usize));
        Some(Self {
            harm,
            missing,
            cost,
            victim: victim.zip(short),
        })
    }

    fn of(self, m: &Model, element: Element) -> Loss {
        let (place, name) = element.names(m);
        let victim = self.victim.map(|(r, short)| {
            let requirement = &m.requirements[r];
            let unit = m.items[requirement.meets[0].item].unit.clone();
            (requirement.name.clone(), unit, short)
        });
        Loss {
            element,
            place: place.to_string(),
            name,
            harm: self.harm,
            missing: self.missing,
            cost: self.cost,
            victim,
            blunted: None,
        }
    }
}

struct Run<'a> {
    model: &'a Model,
    periods: Vec<(PeriodId, f64)>,
}

impl Run<'_> {
    /// The plan in which nothing is lost, and minimum rates are waived.
    fn session(&self, options: &Options) -> Result<Session, Trouble> {
        let kind = options.objective.unwrap_or(ObjectiveKind::Weighted);
        let mut program = Program::of(self.model, kind);
        for l in self.model.lines.ids() {
            for t in self.model.calendar.periods() {
                program.move_right(Row::Minimum(l, t), 0.0);
            }
        }
        Ok(Session::of(self.model, program, options)?)
    }

    /// Lose elements at once.
    fn lose(
        &self,
        runner: &mut Runner,
        elements: &[Element],
        (plan, keeps): (&Solution, f64),
    ) -> Result<Outcome, Trouble> {
        let session = runner.session().clone();
        let first = session.solution();
        let mut program = first.program().clone();
        for element in elements {
            element.lose(self.model, plan, &mut program, &self.periods, keeps);
        }
        let solution = runner.solve_program(self.model, program)?;
        Ok(self.outcome(first, &solution))
    }

    fn outcome(&self, first: &Solution, now: &Solution) -> Outcome {
        let value = |s: &Solution| s.stages.iter().map(|stage| stage.value).sum::<f64>();
        // Nothing can be worse for a loss by less than nothing.
        let harm = beyond(value(now), value(first)).max(0.0);
        if harm == 0.0 {
            return Outcome::NONE;
        }
        let lost = self.model.requirements.ids().map(|r| {
            let short = now.requirements[r].short - first.requirements[r].short;
            (r, short, short * first.program().worth(self.model, r))
        });
        // Of those that lose as much the first.
        let worst = lost.max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)));
        let (m, old) = (self.model, first.missing_value(self.model));
        let new = now.missing_value(m);
        Outcome {
            harm,
            missing: beyond(new, old),
            cost: now.cost.total - first.cost.total,
            victim: worst
                .filter(|w| beyond(old + w.2, old) > 0.0)
                .map(|(r, short, _)| (r, short)),
        }
    }

    /// Try second sources of the worst losses, and lose every pair of them.
    fn worst(
        &self,
        found: &mut Disruption,
        count: usize,
        session: &Session,
        options: &Options,
        work: &Work,
    ) -> Result<(), Trouble> {
        let worst: Vec<Element> = found.losses[..count].iter().map(|l| l.element).collect();
        let all = |sets: &[Vec<Element>], plan: &Solution, keeps| {
            let job = |runner: &mut Runner, n: usize| self.lose(runner, &sets[n], (plan, keeps));
            work.all(sets.len(), || session.runner(), job)
        };
        // What a second source gives is half of what the plan takes: of equal plans the one chosen on purpose.
        let first = session.solution();
        let plan = solve_program(self.model, first.program().clone(), options)?;
        let halves: Vec<Vec<Element>> = worst.iter().map(|&e| vec![e]).collect();
        for (loss, half) in found.losses.iter_mut().zip(all(&halves, &plan, 0.5)?) {
            let avoided = 1.0 - half.harm / loss.harm;
            loss.blunted = (loss.harm > 0.0).then_some(avoided.clamp(0.0, 1.0));
        }
        let both = |n: usize| (n + 1..count).map(move |k| (n, k));
        let indices: Vec<(usize, usize)> = (0..count).flat_map(both).collect();
        let sets = indices.iter().map(|&(n, k)| vec![worst[n], worst[k]]);
        let outcomes = all(&sets.collect::<Vec<_>>(), first, 0.0)?;
        let losses = &found.losses;
        let pair = |((n, k), outcome): ((usize, usize), Outcome)| Pair {
            places: [losses[n].place.clone(), losses[k].place.clone()],
            harm: outcome.harm,
            beyond: beyond(outcome.harm, losses[n].harm + losses[k].harm),
        };
        let mut pairs: Vec<Pair> = indices.into_iter().zip(outcomes).map(pair).collect();
        let most = pairs
            .iter()
            .fold(0.0, |most: f64, pair| most.max(pair.harm));
        rank(&mut pairs, |p| p.harm, most, |p| p.places.clone());
        found.pairs = pairs;
        Ok(())
    }
}
