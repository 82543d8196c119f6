//! What to order and build now, before it is known which of several futures comes?
//!
//! A two-stage stochastic program over scenarios of a document. What is decided before the date on
//! which the future shows itself is shared by all of them; what comes later is planned for each.
//! The objective is the weighted one, so that a plan has one value. `docs/analyses/futures.md`
//! has the mathematics.
//!
//! ```
//! use sinews::analysis::futures::{Ask, futures};
//! use sinews::document::Document;
//!
//! let document = Document::open("models/shells.toml")?;
//! let ask = Ask::new("2027-01".parse()?).future("base", 0.5).future("powder_bought", 0.5);
//! let found = futures(&document, &ask, &Default::default(), &Default::default())?;
//! assert!(found.perfect_information() >= -1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod block;
mod decisions;
mod fresh;
mod mean;
mod tables;
mod tree;

pub use decisions::{Decision, Kind};
pub use fresh::{Fresh, Judged, Tried};

use super::compare::open;
use super::measure::beyond;
use super::{Trouble, Work};
use crate::calendar::Month;
use crate::document::{Scenario, Vary};
use crate::ids::Id;
use crate::model::{Model, ObjectiveKind};
use crate::program::Program;
use crate::solution::{Answer, Effort, Solution};
use crate::solve::{Certificate, Failure, Options};
use block::{Blocks, Source};
use tree::{Extent, Kept, Together};

/// What is asked: which futures, how likely, and when it shows which one comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Scenarios of the document (`base` is the model as it stands), each with its probability. Until the
    /// date all are as the first: what is required, the money, capacity and rates.
    pub futures: Vec<(String, f64)>,
    /// The month in which it shows: what is decided earlier is decided for all.
    pub date: Month,
    /// How much the worst futures count. `None`: only the expected value does.
    pub risk: Option<Risk>,
    /// A fresh sample that judges the plan, of what is uncertain in the futures. `None`: it is judged by the futures that it
    /// was made for alone.
    pub fresh: Option<Fresh>,
}

/// How much the worst futures count beyond their probability: a conditional value at risk.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Risk {
    /// The weight of the worst futures against the expected value, 0 to 1.
    pub weight: f64,
    /// Which futures are the worst: those beyond this share of probability, from 0 to below 1.
    pub level: f64,
}

impl Ask {
    /// No futures yet, and the date.
    pub fn new(date: Month) -> Self {
        Self {
            futures: Vec::new(),
            date,
            risk: None,
            fresh: None,
        }
    }

    /// With one more future.
    #[must_use]
    pub fn future(mut self, scenario: impl Into<String>, probability: f64) -> Self {
        self.futures.push((scenario.into(), probability));
        self
    }

    fn check(&self) -> Result<(), Trouble> {
        let example = "name each future once, with its probability: `base=0.6 us_cut=0.4`";
        if self.futures.len() < 2 {
            return Err(Trouble::request("fewer than two futures", example));
        }
        for (n, (key, chance)) in self.futures.iter().enumerate() {
            if self.futures[..n].iter().any(|(other, _)| other == key) {
                return Err(Trouble::request(
                    format!("future `{key}` is named twice"),
                    example,
                ));
            }
            if !(chance.is_finite() && *chance > 0.0) {
                let message = format!("future `{key}` has the probability {chance}");
                return Err(Trouble::request(
                    message,
                    "write a number above 0, and leave out what cannot come",
                ));
            }
        }
        let sum: f64 = self.futures.iter().map(|(_, chance)| chance).sum();
        if (sum - 1.0).abs() > 1e-6 {
            let scaled = self
                .futures
                .iter()
                .map(|(key, chance)| format!("{key}={:.3}", chance / sum));
            let scaled: Vec<String> = scaled.collect();
            let help = format!(
                "write probabilities that add up to 1, such as `{}`",
                scaled.join(" ")
            );
            return Err(Trouble::request(
                format!("the probabilities add up to {sum}, not to 1"),
                help,
            ));
        }
        self.fresh.as_ref().map_or(Ok(()), Fresh::check)?;
        self.risk.map_or(Ok(()), Risk::check)
    }
}

impl Risk {
    fn check(self) -> Result<(), Trouble> {
        if !(0.0..=1.0).contains(&self.weight) {
            let message = format!("a weight of {} for the worst futures", self.weight);
            return Err(Trouble::request(
                message,
                "write a weight from 0 (expected value alone) to 1 (the worst alone)",
            ));
        }
        if !(0.0..1.0).contains(&self.level) {
            let message = format!("a level of {} for the worst futures", self.level);
            return Err(Trouble::request(
                message,
                "write a level from 0 to below 1, such as 0.9 for the worst tenth",
            ));
        }
        Ok(())
    }
}

/// A plan for several futures, and what it is worth to know which one comes.
///
/// Values are of the weighted objective: shortfalls in money and discounted cost, in the base
/// currency at base-year prices; less is better.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Futures {
    /// The date on which it shows which future comes.
    pub date: Month,
    /// Each future, and what comes of it.
    pub futures: Vec<Future>,
    /// What is decided before the date, by this plan and by others.
    pub decisions: Vec<Decision>,
    /// The expected value of the plan made for all futures together (RP).
    pub together: f64,
    /// The expected value if it were known beforehand which future comes (WS).
    pub wait_and_see: f64,
    /// The expected value of the plan made for mean figures (EEV); `None` where mean figures have no plan, or
    /// some future does not let it be kept to in full: what is compared then is another plan.
    pub mean_plan: Option<f64>,
    /// The three as they were asked to be measured, the worst futures counting as much as they do. Without risk
    /// they are the expected values.
    pub measured: Measured,
    /// How the worst futures were counted, and the conditional value at risk of the plan.
    pub risk: Option<(Risk, f64)>,
    /// What a fresh sample says of the plans, if it was asked.
    pub fresh: Option<Judged>,
    /// Why the plan for mean figures is not compared. `None`: it is.
    pub no_mean_plan: Option<String>,
    /// Decisions before the date that not every future has, or lets come true in full.
    pub partial: usize,
    /// How often another plan, tried in a future, was kept to only in its expansions and orders: what it
    /// makes cannot be made there, and its value is then at best so much.
    pub cut: usize,
    /// In how many of these some expansions and orders are given up as well, as there is no money for them.
    pub given_up: usize,
    /// Columns and rows of the stochastic program.
    pub size: (usize, usize),
    /// The certificate of the stochastic program.
    pub certificate: Certificate,
    /// The solver that solved it.
    pub solver: &'static str,
    /// The base currency and the year of its prices.
    pub money: (String, i32),
}

/// Ways of planning, each by the one measure by which the plan for all futures is the best.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Measured {
    /// The plan made for all futures together: the least there is.
    pub together: f64,
    /// If it were known beforehand which future comes.
    pub wait_and_see: f64,
    /// The plan made for mean figures; `None` where it is not compared.
    pub mean_plan: Option<f64>,
}

/// A future, and what comes of it under several plans.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Future {
    /// The scenario as the file declares it.
    pub scenario: Scenario,
    /// Its probability.
    pub probability: f64,
    /// The model it makes.
    pub model: Model,
    /// What the plan for all futures comes to in this one; it has no prices.
    pub solution: Solution,
    /// The value of the plan for all futures in this one.
    pub together: f64,
    /// The value if this future had been known beforehand.
    pub known: f64,
    /// The value here if the plan had been made for each of the futures alone, in their order; `None`
    /// where that plan cannot be kept to.
    pub planned_for: Vec<Option<f64>>,
    /// Which of these plans can be kept to in full here; of others only expansions and orders are, and the value
    /// is at best so much.
    pub in_full: Vec<bool>,
    /// The value here if the plan had been made for mean figures.
    pub planned_for_mean: Option<f64>,
}

impl Future {
    /// What it costs in this future that it was not known beforehand.
    pub fn regret(&self) -> f64 {
        beyond(self.together, self.known)
    }
}

impl Futures {
    /// The value of perfect information: what it would be worth to know which future comes, in the measure by
    /// which the plan for all is the best. Never negative.
    pub fn perfect_information(&self) -> f64 {
        beyond(self.measured.together, self.measured.wait_and_see)
    }

    /// The value of the stochastic solution: what it is worth to plan for all futures and not for mean
    /// figures, in the same measure. Never negative. `None`: see [`no_mean_plan`](Self::no_mean_plan).
    pub fn stochastic_solution(&self) -> Option<f64> {
        Some(beyond(self.measured.mean_plan?, self.measured.together))
    }

    /// The highest regret of the plan in any future.
    pub fn worst_regret(&self) -> f64 {
        let regrets = self.futures.iter().map(Future::regret);
        regrets.fold(0.0, f64::max)
    }

    /// Whether the plan made for one future alone can be kept to in full in all of them.
    pub fn is_in_full(&self, future: usize) -> bool {
        self.futures.iter().all(|f| f.in_full[future])
    }

    /// The expected value of the plan made for one future alone; `None` where it cannot be kept to.
    pub fn planned_for(&self, future: usize) -> Option<f64> {
        let values = self.futures.iter();
        values
            .map(|f| Some(f.probability * f.planned_for[future]?))
            .sum()
    }
}

/// Plan for several futures.
///
/// # Errors
/// Fewer than two futures, an unknown one, probabilities that do not add up, a date outside the
/// calendar, a fault in a scenario, or one that has no plan.
pub fn futures(
    document: &dyn Vary,
    ask: &Ask,
    options: &Options,
    work: &Work,
) -> Result<Futures, Trouble> {
    ask.check()?;
    let options = &Options {
        objective: Some(ObjectiveKind::Weighted),
        cancel: options.cancel.clone().or_else(|| work.cancel.clone()),
        ..options.clone()
    };
    let (scenarios, mut sources) = sources(document, ask)?;
    let periods = periods_before(&sources[0].model, ask.date)?;
    if let Some((first, rest)) = sources.split_first_mut() {
        for other in rest {
            other.until_the_date_as(first, periods);
        }
    }
    let sources = with_one_history(sources, options)?;
    let blocks = Blocks::of(&sources, periods, mean::block);
    let mut plans = plans(&blocks, &sources, ask, options, work)?;
    let kept = kept(&blocks, &mut plans, ask, options, work)?;
    let judge = fresh::Judge {
        document,
        ask,
        periods,
        sources: &sources,
        blocks: &blocks,
        plans: &plans,
    };
    let judged = ask.fresh.as_ref();
    let judged = judged.map(|fresh| judge.judged(fresh, options, work));
    let judged = judged.transpose()?;
    let mut found = found(ask, scenarios, sources, &blocks, plans, &kept);
    found.fresh = judged;
    Ok(found)
}

fn sources(document: &dyn Vary, ask: &Ask) -> Result<(Vec<Scenario>, Vec<Source>), Trouble> {
    let mut scenarios = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    for (key, chance) in &ask.futures {
        let (scenario, model) = open(document, key)?;
        let program = match sources.first() {
            None => Program::of(&model, ObjectiveKind::Weighted),
            Some(first) if first.model.calendar != model.calendar => {
                let message = format!(
                    "future `{key}` has another calendar than `{}`",
                    ask.futures[0].0
                );
                return Err(Trouble::request(
                    message,
                    "choose futures over the same calendar",
                ));
            }
            Some(first) => Program::like(&model, &first.program),
        };
        scenarios.push(scenario);
        sources.push(Source::new(model, program, *chance));
    }
    Ok((scenarios, sources))
}

/// What has happened is the same whatever comes.
fn with_one_history(sources: Vec<Source>, options: &Options) -> Result<Vec<Source>, Trouble> {
    let mut held: Vec<Source> = Vec::new();
    for source in sources {
        let Source {
            model,
            program,
            chance,
            ..
        } = source;
        let program = match held.first() {
            None => crate::solve::held(&model, program, options)?,
            Some(first) => first.give_history(&model, program),
        };
        held.push(Source::new(model, program, chance));
    }
    Ok(held)
}

/// How many periods lie before the date.
fn periods_before(model: &Model, date: Month) -> Result<usize, Trouble> {
    let c = &model.calendar;
    match c.from_month(date).map(Id::position) {
        Some(periods) if c.first_month(Id::at(periods)) > c.decide_from() => Ok(periods),
        _ => {
            let message = format!("it cannot show in {date} which future comes");
            let (first, last) = (
                c.decide_from().plus(c.period().months()),
                c.first_month(c.last()),
            );
            let start = if c.has_past() {
                "decisions are free"
            } else {
                "the start"
            };
            let help = format!(
                "name a month from {first} to {last}: later than {start}, so that something is decided before it"
            );
            Err(Trouble::request(message, help))
        }
    }
}

/// The plan for all futures, for each alone, and for mean figures.
struct Plans {
    together: Together,
    alone: Vec<tree::Alone>,
    /// `None`: mean figures have no plan.
    mean: Option<tree::Alone>,
}

enum Planned {
    Together(Together),
    Alone(tree::Alone),
    Mean(Option<tree::Alone>),
}

fn plans(
    blocks: &Blocks,
    sources: &[Source],
    ask: &Ask,
    options: &Options,
    work: &Work,
) -> Result<Plans, Trouble> {
    let chances: Vec<f64> = sources.iter().map(|source| source.chance).collect();
    let job = |(): &mut (), n: usize| -> Result<Planned, Trouble> {
        Ok(match n {
            0 => Planned::Together(blocks.together(&chances, ask.risk, options)?),
            1 => Planned::Mean(match blocks.alone(&blocks.mean, None, options) {
                Ok(plan) => Some(plan),
                Err(Failure::Infeasible { .. }) => None,
                Err(failure) => return Err(failure.into()),
            }),
            n => Planned::Alone(blocks.alone(&blocks.futures[n - 2], None, options)?),
        })
    };
    let (mut together, mut mean) = (None, None);
    let mut alone = Vec::new();
    for planned in work.all(sources.len() + 2, || (), job)? {
        match planned {
            Planned::Together(plan) => together = Some(plan),
            Planned::Alone(plan) => alone.push(plan),
            Planned::Mean(plan) => mean = plan,
        }
    }
    Ok(Plans {
        together: together.expect("the first job"),
        alone,
        mean,
    })
}

/// By future: the value of the plans made for each alone, and of the plan for mean figures.
type AllKept = Vec<(Vec<Option<Kept>>, Option<Kept>)>;

/// What the plans for one come to in each future. Of plans that are equally good for one, that which suits all best
/// is taken.
fn kept(
    blocks: &Blocks,
    plans: &mut Plans,
    ask: &Ask,
    options: &Options,
    work: &Work,
) -> Result<AllKept, Trouble> {
    let n = blocks.futures.len();
    let chances: Vec<f64> = ask.futures.iter().map(|(_, chance)| *chance).collect();
    let mut ones = plans.alone.iter_mut().map(Some).collect::<Vec<_>>();
    ones.push(plans.mean.as_mut());
    let job = |(): &mut (), plan: usize| -> Result<_, Trouble> {
        let Some(one) = &ones[plan] else {
            return Ok((None, vec![None; n]));
        };
        let own = (plan < n).then_some(plan);
        let how = (chances.as_slice(), ask.risk);
        if let Some(all) = blocks.kept_in_all(own, one.value, how, options)? {
            let full = |value: &f64| {
                let extent = Extent::Full;
                let value = *value;
                Some(Kept { value, extent })
            };
            let values = all.values.iter().map(full).collect();
            return Ok((Some(all.decided), values));
        }
        let each = (0..n).map(|future| {
            let extent = Extent::Full;
            if own == Some(future) {
                let value = one.value;
                return Ok(Some(Kept { value, extent }));
            }
            blocks.kept(future, &one.decided, options)
        });
        Ok((None, each.collect::<Result<Vec<_>, Trouble>>()?))
    };
    let found = work.all(n + 1, || (), job)?;
    let mut by_plan = Vec::new();
    for (one, (decided, values)) in ones.into_iter().zip(found) {
        if let (Some(one), Some(decided)) = (one, decided) {
            one.decided = decided;
        }
        by_plan.push(values);
    }
    let in_future = |future: usize| {
        let alone = by_plan[..n].iter().map(|values| values[future]).collect();
        (alone, by_plan[n][future])
    };
    Ok((0..n).map(in_future).collect())
}

fn found(
    ask: &Ask,
    scenarios: Vec<Scenario>,
    sources: Vec<Source>,
    blocks: &Blocks,
    plans: Plans,
    kept: &AllKept,
) -> Futures {
    let money = sources[0].program.money_size();
    let decisions = decisions::all(&sources, &blocks.shared, &plans);
    let first = &sources[0].model.money;
    let base = (first.base().to_owned(), first.price_year);
    let together = plans.together;
    let scale = |kept: &Option<Kept>| kept.map(|kept| kept.value * money);
    let all_kept = || {
        let cells = kept
            .iter()
            .flat_map(|(alone, mean)| alone.iter().chain([mean]));
        cells.flatten().map(|kept| kept.extent)
    };
    let cut = all_kept().filter(|extent| *extent != Extent::Full).count();
    let given_up = all_kept().filter(|extent| *extent == Extent::GivenUp);
    let given_up = given_up.count();
    let no_mean_plan = not_compared(ask, plans.mean.as_ref(), kept);
    let is_full = |kept: &Option<Kept>| kept.is_some_and(|kept| kept.extent == Extent::Full);
    let futures: Vec<Future> = scenarios
        .into_iter()
        .zip(sources)
        .enumerate()
        .map(|(n, (scenario, source))| {
            let columns = together.columns[n].clone();
            let answer = Answer {
                columns,
                stages: Vec::new(),
                certificate: together.certificate,
                solver: together.solver,
                iterations: 0,
                tie_broken: false,
                effort: Effort::default(),
            };
            Future {
                scenario,
                probability: source.chance,
                solution: Solution::new(&source.model, source.program, answer, None),
                model: source.model,
                together: together.values[n] * money,
                known: plans.alone[n].value * money,
                planned_for: kept[n].0.iter().map(scale).collect(),
                in_full: kept[n].0.iter().map(is_full).collect(),
                planned_for_mean: scale(&kept[n].1),
            }
        })
        .collect();
    let ways = Ways {
        chances: futures.iter().map(|f| f.probability).collect(),
        risk: ask.risk,
    };
    let all = |of: fn(&Future) -> f64| -> Vec<f64> { futures.iter().map(of).collect() };
    let (values, known) = (all(|f| f.together), all(|f| f.known));
    let mean: Option<Vec<f64>> = futures.iter().map(|f| f.planned_for_mean).collect();
    let mean = mean.filter(|_| no_mean_plan.is_none());
    Futures {
        date: ask.date,
        decisions,
        together: ways.expected(&values),
        wait_and_see: ways.expected(&known),
        mean_plan: mean.as_deref().map(|mean| ways.expected(mean)),
        measured: Measured {
            together: ways.measured(&values),
            wait_and_see: ways.measured(&known),
            mean_plan: mean.as_deref().map(|mean| ways.measured(mean)),
        },
        risk: ask.risk.map(|risk| (risk, ways.worst(&values, risk.level))),
        fresh: None,
        no_mean_plan,
        cut,
        given_up,
        partial: blocks.shared.iter().filter(|shared| shared.partial).count(),
        size: together.size,
        certificate: together.certificate,
        solver: together.solver,
        money: base,
        futures,
    }
}

/// Why the plan for mean figures is not compared with the plan for all.
fn not_compared(ask: &Ask, mean: Option<&tree::Alone>, kept: &AllKept) -> Option<String> {
    if mean.is_none() {
        return Some("mean figures have no plan".into());
    }
    let all = ask.futures.iter().zip(kept);
    let broken = all.filter(|(_, (_, mean))| {
        let full = mean.is_some_and(|kept| kept.extent == Extent::Full);
        !full
    });
    let broken: Vec<String> = broken.map(|((key, _), _)| format!("`{key}`")).collect();
    let keys = broken.join(", ");
    (!broken.is_empty()).then(|| format!("cannot be kept to in full in {keys}"))
}

/// How values in each future are made one.
struct Ways {
    chances: Vec<f64>,
    risk: Option<Risk>,
}

impl Ways {
    fn expected(&self, values: &[f64]) -> f64 {
        let all = self.chances.iter().zip(values);
        all.map(|(chance, value)| chance * value).sum()
    }

    /// The measure that the plan for all futures makes least.
    fn measured(&self, values: &[f64]) -> f64 {
        let expected = self.expected(values);
        self.risk.map_or(expected, |risk| {
            (1.0 - risk.weight) * expected + risk.weight * self.worst(values, risk.level)
        })
    }

    /// The mean of the worst futures, as much of them as lies beyond a share of probability.
    fn worst(&self, values: &[f64], level: f64) -> f64 {
        let all = self.chances.iter().zip(values);
        let mut worst: Vec<(f64, f64)> = all.map(|(&chance, &value)| (value, chance)).collect();
        worst.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut left = 1.0 - level;
        let mut sum = 0.0;
        for (value, chance) in worst {
            let taken = chance.min(left);
            sum += taken * value;
            left -= taken;
        }
        sum / (1.0 - level)
    }
}
