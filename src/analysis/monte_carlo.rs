//! How sure is it? Uncertain figures drawn from their ranges, a plan for every draw.
//!
//! Each input (figures that move together) takes a value from every equally likely slice of its range
//! once (Latin hypercube); which with which is drawn by a seed. Scenarios are compared on the same draws.

mod draw;
mod effects;
mod observations;
mod record;
mod running;
mod show;
mod statistics;
mod surrogate;

pub use effects::{Estimate, first_order};
pub use running::Running;
pub use statistics::{Statistics, rank_correlation};
pub use surrogate::Surrogate;

use super::results::{Header, Results, Solved, fingerprint};
use super::uncertain::{Group, Input, Spread, inputs};
use super::{BASE, Keep, Outcome, Trouble, Work, compare, many, work};
use crate::document::{Change, How, Scenario, Vary};
use crate::model::Model;
use crate::program::Program;
use crate::solution::Met;
use crate::solve::{Options, Session};
use crate::units::as_number;

/// What to draw, and what to keep.
///
/// ```
/// use sinews::analysis::monte_carlo::Request;
///
/// let request = Request {
///     samples: 40,
///     seed: 7,
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug)]
pub struct Request {
    /// How many samples.
    pub samples: usize,
    /// Where the draws start: the same seed gives the same samples.
    pub seed: u64,
    /// The scenarios to compare on the same draws; none: the document as it is.
    pub scenarios: Vec<String>,
    /// Figures that move together.
    pub groups: Vec<Group>,
    /// How far figures without a range may lie from their value. By default they are certain.
    pub spread: Spread,
    /// Which samples, and what becomes of them.
    pub keep: Keep,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            samples: 200,
            seed: 1,
            scenarios: Vec::new(),
            groups: Vec::new(),
            spread: Spread::default(),
            keep: Keep::default(),
        }
    }
}

/// Samples and their plans.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MonteCarlo {
    /// The scenarios on the same draws, with their models as the files have them.
    pub scenarios: Vec<(Scenario, Model)>,
    /// What was drawn.
    pub inputs: Vec<Input>,
    /// What was kept of each plan, in the order of the columns of the results.
    pub outcomes: Vec<Outcome>,
    /// How many samples.
    pub samples: usize,
    /// Where the draws started.
    pub seed: u64,
    /// What each plan gave: of sample `n` in scenario `s` of `k`, at number `n · k + s`.
    pub results: Results,
    /// By scenario: each outcome of the plan of record, that of the figures as they stand.
    record: Vec<Vec<Option<f64>>>,
    /// By input: the share of its range that it takes in each sample.
    shares: Vec<Vec<f64>>,
}

/// How strongly an input drives an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Driver {
    /// Which input, by its number.
    pub input: usize,
    /// The correlation of their ranks.
    pub correlation: f64,
    /// The share of the outcome's variance that the input explains by itself; `None` for few samples.
    pub first_order: Option<Estimate>,
    /// The share that it explains by itself and together with others, by a [`Surrogate`]; `None` for few samples, where
    /// it is too little to be told from chance, or where inputs are correlated.
    pub total: Option<Estimate>,
}

/// The most samples, all scenarios together.
const MOST: usize = 10_000_000;

/// What a request comes to, before anything is solved.
struct Prepared {
    scenarios: Vec<(Scenario, Model, Box<dyn Vary>)>,
    inputs: Vec<Input>,
    outcomes: Vec<Outcome>,
    header: Header,
    keys: Vec<String>,
}

impl Request {
    fn plan(&self, document: &dyn Vary, options: &Options) -> Result<Prepared, Trouble> {
        let mut scenarios = Vec::new();
        if self.scenarios.is_empty() {
            let model = document.model()?;
            let scenario = document.applied().cloned();
            let base = || Scenario {
                key: BASE.into(),
                name: model.name.clone(),
                note: String::new(),
                extends: Vec::new(),
            };
            scenarios.push((scenario.unwrap_or_else(base), model, document.copied()));
        }
        for key in &self.scenarios {
            let (scenario, model, document) = compare::opened(document, key)?;
            scenarios.push((scenario, model, document));
        }
        let rows = self.samples.saturating_mul(scenarios.len());
        if self.samples < 2 || rows > MOST {
            let message = format!("{} samples cannot be drawn", self.samples);
            let help = format!("draw from 2 to {} samples", MOST / scenarios.len());
            return Err(Trouble::request(message, help));
        }
        let mut all: Vec<Input> = Vec::new();
        for (_, model, _) in &scenarios {
            for input in inputs(model, &self.groups, self.spread)? {
                if all.iter().all(|other| other.name != input.name) {
                    all.push(input);
                }
            }
        }
        if all.is_empty() {
            return Err(Trouble::request(
                "nothing in the model is uncertain",
                "give figures a range (`low`, `high`), or assumptions a spread",
            ));
        }
        let outcomes = Outcome::all(&scenarios[0].1, &[])?;
        let request = format!(
            "{} {} {:?} {:?} {:?}",
            self.samples, self.seed, self.scenarios, self.groups, self.spread
        );
        let names = all.iter().map(|input| input.name.clone());
        let what = (many::columns(&outcomes, names), self.keep.shard);
        let header = many::header("monte_carlo", document, options, &request, rows, what);
        let mark = &fingerprint([request.as_str()])[..8];
        let key = |n: usize| {
            let (sample, scenario) = (n / scenarios.len(), &scenarios[n % scenarios.len()].0.key);
            format!("{scenario} {sample} of {} {mark}", self.samples)
        };
        Ok(Prepared {
            keys: (0..rows).map(key).collect(),
            scenarios,
            inputs: all,
            outcomes,
            header,
        })
    }
}

/// What the results of a request belong to: for a [`Journal`](super::Journal).
///
/// # Errors
/// As [`monte_carlo`].
///
/// ```
/// use sinews::analysis::Spread;
/// use sinews::analysis::monte_carlo::{Request, header};
///
/// let model = sinews::read("models/shells.toml")?;
/// let request = Request {
///     samples: 40,
///     spread: Spread { assumptions: Some(0.2), facts: None },
///     ..Request::default()
/// };
/// assert_eq!(header(&model, &request, &Default::default())?.rows, 40);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn header(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
) -> Result<Header, Trouble> {
    Ok(request.plan(document, options)?.header)
}

/// Solve a model for draws of everything in it that is uncertain.
///
/// A sample without a plan gives a row that says so. After a cancellation, the samples that have ended are
/// given.
///
/// # Errors
/// A request that cannot be answered: too few samples, an unknown scenario, a group without figures, a
/// model in which nothing is uncertain; a model without a plan.
///
/// ```
/// # use sinews::analysis::{Spread, Work, monte_carlo};
/// let model = sinews::read("models/tiny.toml")?;
/// let request = monte_carlo::Request {
///     samples: 4,
///     spread: Spread { assumptions: Some(0.2), facts: None },
///     ..Default::default()
/// };
/// let found = monte_carlo::monte_carlo(&model, &request, &Default::default(), &Work::default())?;
/// assert_eq!(found.results.rows.len(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn monte_carlo(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<MonteCarlo, Trouble> {
    let plan = request.plan(document, options)?;
    let draw = |input: &Input| drawn(request.seed, input, request.samples);
    let shares: Vec<Vec<f64>> = plan.inputs.iter().map(draw).collect();
    let count = plan.scenarios.len();
    let mut record = None;
    let results = many::run(
        plan.header,
        &plan.keys,
        &request.keep,
        work,
        work::alone(plan.keys.len()),
        || {
            let sessions = sessions(&plan.scenarios, options)?;
            record = Some(record::all(&plan.scenarios, &plan.outcomes, &sessions));
            Ok(sessions)
        },
        |number| {
            let drawn = plan.inputs.iter().zip(&shares);
            let drawn = drawn.map(|(input, shares)| input.value(shares[number / count]));
            drawn.collect()
        },
        |runner, number, _| {
            let (_, model, document) = &plan.scenarios[number % count];
            let sample = number / count;
            let inputs = plan.inputs.iter().zip(&shares);
            let changes = inputs.flat_map(|(input, shares)| input.at(shares[sample]));
            let model = document.changed(&known(changes, model, count > 1))?;
            // Every figure is another: the first plan is no place to start from.
            let solution = runner.solve_anew(&model)?;
            let outcomes = plan.outcomes.iter();
            Ok(outcomes.map(|o| o.of(&model, &solution)).collect())
        },
    )?;
    // Where every row was there already, nothing was solved yet.
    let record = if let Some(record) = record {
        record
    } else {
        let sessions = sessions(&plan.scenarios, options)?;
        record::all(&plan.scenarios, &plan.outcomes, &sessions)
    };
    let scenarios = plan.scenarios.into_iter();
    Ok(MonteCarlo {
        scenarios: scenarios
            .map(|(scenario, model, _)| (scenario, model))
            .collect(),
        inputs: plan.inputs,
        outcomes: plan.outcomes,
        samples: request.samples,
        seed: request.seed,
        results,
        record,
        shares,
    })
}

/// The shares of its range that an input takes, sample by sample.
pub(super) fn drawn(seed: u64, input: &Input, samples: usize) -> Vec<f64> {
    let shares = draw::shares(seed, &input.name, samples);
    match &input.tends_with {
        None => shares,
        Some((group, correlation)) => {
            let own = (seed, input.name.as_str());
            draw::tending(&shares, own, (group, *correlation))
        }
    }
}

/// The changes that do something to figures of a model: a scenario may lack what another has, or be certain of
/// it.
fn known(changes: impl Iterator<Item = Change>, model: &Model, several: bool) -> Vec<Change> {
    let figures = &model.evidence.figures;
    let moves = |change: &Change| {
        let drawn = matches!(change.how, How::Quantile(_));
        let mut figures = figures.iter().filter(|f| !drawn || f.range.is_some());
        figures.any(|f| change.figures.matches(&f.place))
    };
    changes.filter(|change| !several || moves(change)).collect()
}

/// A session a scenario, all measured as the first.
fn sessions(
    scenarios: &[(Scenario, Model, Box<dyn Vary>)],
    options: &Options,
) -> Result<Vec<Session>, Trouble> {
    let mut sessions: Vec<Session> = Vec::new();
    for (_, model, _) in scenarios {
        let session = match sessions.first() {
            None => Session::new(model, options)?,
            Some(first) => {
                let program = Program::like(model, first.solution().program());
                Session::of(model, program, options)?
            }
        };
        sessions.push(session);
    }
    Ok(sessions)
}

impl MonteCarlo {
    /// The values of an outcome in a scenario, both by number, with the samples that have them. A date that is
    /// not within the calendar is infinite: later than any other.
    pub fn values(&self, scenario: usize, outcome: usize) -> Vec<(usize, f64)> {
        let count = self.scenarios.len();
        let rows = self.results.rows.iter();
        let required = self.required(outcome);
        let never = |row: &Solved| row.values[required?].map(|_| f64::INFINITY);
        rows.filter(|(number, _)| *number % count == scenario)
            .filter_map(|(number, row)| {
                let value = row.values[outcome].or_else(|| never(row))?;
                Some((number / count, value))
            })
            .collect()
    }

    /// Of a date, the outcome that is there where anything is required.
    fn required(&self, outcome: usize) -> Option<usize> {
        let Outcome::FullFrom(key) = self.outcomes.get(outcome)? else {
            return None;
        };
        let coverage = Outcome::CoverageOf(key.clone());
        self.outcomes.iter().position(|other| *other == coverage)
    }

    /// How an outcome is spread in a scenario, both by number.
    pub fn statistics(&self, scenario: usize, outcome: usize) -> Statistics {
        let values = self.values(scenario, outcome).into_iter();
        Statistics::of(&values.map(|(_, value)| value).collect::<Vec<_>>())
    }

    /// By how much an outcome is higher in a scenario than in the first, over the same samples.
    pub fn difference(&self, scenario: usize, outcome: usize) -> Statistics {
        let first = self.values(0, outcome);
        let first: std::collections::BTreeMap<_, _> = first.into_iter().collect();
        let values = self.values(scenario, outcome).into_iter();
        let values = values.filter_map(|(sample, value)| Some(value - first.get(&sample)?));
        Statistics::of(&values.collect::<Vec<_>>())
    }

    /// The share of the samples in which a requirement, by its key, is met in full over the whole
    /// calendar. `None`: nothing is required.
    pub fn chance(&self, scenario: usize, requirement: &str) -> Option<f64> {
        let outcome = Outcome::CoverageOf(requirement.to_owned());
        let outcome = self.outcomes.iter().position(|o| *o == outcome)?;
        let values = self.values(scenario, outcome);
        let met = values
            .iter()
            .filter(|(_, coverage)| 1.0 - coverage <= Met::IN_FULL);
        (!values.is_empty()).then(|| as_number(met.count()) / as_number(values.len()))
    }

    /// The inputs that drive an outcome in a scenario, both by number, the strongest first.
    pub fn drivers(&self, scenario: usize, outcome: usize) -> Vec<Driver> {
        self.driven_by(scenario, outcome).0
    }

    /// The same, with the polynomial from which it is known what inputs explain together. `None`: there are fewer than a
    /// hundred samples, or nothing varies.
    pub fn driven_by(&self, scenario: usize, outcome: usize) -> (Vec<Driver>, Option<Surrogate>) {
        let values = self.values(scenario, outcome);
        let taken = |shares: &Vec<f64>| values.iter().map(|(n, _)| shares[*n]).collect();
        let taken: Vec<Vec<f64>> = self.shares.iter().map(taken).collect();
        let found: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
        // What inputs explain together is defined where they are independent of one another.
        let apart = self.inputs.iter().all(|input| input.tends_with.is_none());
        let surrogate = if apart {
            Surrogate::of(&taken, &found)
        } else {
            None
        };
        let driver = |(input, taken): (usize, &Vec<f64>)| {
            Some(Driver {
                input,
                correlation: rank_correlation(taken, &found)?,
                first_order: first_order(taken, &found),
                total: surrogate.as_ref().and_then(|s| s.total(input)),
            })
        };
        let mut drivers: Vec<Driver> = taken.iter().enumerate().filter_map(driver).collect();
        drivers.sort_by(|a, b| {
            let strength = b.correlation.abs().total_cmp(&a.correlation.abs());
            strength.then(a.input.cmp(&b.input))
        });
        (drivers, surrogate)
    }
}
