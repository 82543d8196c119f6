//! What could be done, and what is likely to be: tier by tier, each with its interval.
//!
//! The plan of record says what could be done. What is likely is the same model with its
//! [friction](crate::model::Friction) acting on what is planned as well. Samples of what is uncertain turn both into
//! intervals, and say where the plan of record stands in its own.
//!
//! ```
//! use sinews::analysis::outlook::{Request, outlook};
//! use sinews::document::Document;
//!
//! let document = Document::open("models/shells.toml")?;
//! let found = outlook(&document, &Request::default(), &Default::default(), &Default::default())?;
//! assert_eq!(found.sides.len(), 1); // it has no friction
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod intervals;

pub use intervals::{Interval, Intervals};

use super::monte_carlo::{self, MonteCarlo, Statistics, monte_carlo};
use super::{Findings, Outcome, Trouble, Work};
use crate::document::Vary;
use crate::model::Model;
use crate::program::Program;
use crate::solution::{Solution, TierCoverage};
use crate::solve::{Options, solve_program};
use crate::table::{Cell, Table};

/// How to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// How many samples make the intervals; 0: none are made.
    pub samples: usize,
    /// Where their draws start.
    pub seed: u64,
}

impl Default for Request {
    /// No intervals.
    fn default() -> Self {
        Self {
            samples: 0,
            seed: 1,
        }
    }
}

/// What could be done and what is likely to be.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Outlook {
    /// What could be done first; then, if the model has friction, what is likely.
    pub sides: Vec<Side>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Side {
    /// `could be done` or `likely`.
    pub name: &'static str,
    /// The model.
    pub model: Model,
    /// Its plan.
    pub solution: Solution,
    /// Plans of samples, if any were asked for.
    pub samples: Option<MonteCarlo>,
}

/// The names of the two sides.
const NAMES: [&str; 2] = ["could be done", "likely"];

/// See what could be done, and what is likely to be.
///
/// # Errors
/// Samples of a model in which nothing is uncertain; a model without a plan.
pub fn outlook(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Outlook, Trouble> {
    let mut documents = vec![document.copied()];
    let model = document.model()?;
    if model.has_friction() && !model.friction.onward {
        documents.push(document.with_friction_onward()?);
    }
    let mut sides: Vec<Side> = Vec::new();
    for (document, name) in documents.iter().zip(NAMES) {
        let model = document.model()?;
        let kind = options.objective.unwrap_or(model.objective.kind);
        let program = match sides.first() {
            None => Program::of(&model, kind),
            Some(first) => Program::like(&model, first.solution.program()),
        };
        let solution = solve_program(&model, program, options)?;
        let samples = if request.samples > 0 {
            let request = monte_carlo::Request {
                samples: request.samples,
                seed: request.seed,
                ..monte_carlo::Request::default()
            };
            Some(monte_carlo(&**document, &request, options, work)?)
        } else {
            None
        };
        sides.push(Side {
            name,
            model,
            solution,
            samples,
        });
    }
    Ok(Outlook { sides })
}

impl Side {
    /// How an outcome is spread over the samples. `None`: there are none.
    pub fn spread(&self, outcome: &Outcome) -> Option<Statistics> {
        let samples = self.samples.as_ref()?;
        let n = samples.outcomes.iter().position(|own| own == outcome)?;
        Some(samples.statistics(0, n))
    }

    /// The share of the samples in which an outcome is lower than in the plan. `None`: there are no samples.
    pub fn standing(&self, outcome: &Outcome) -> Option<f64> {
        let own = outcome.of(&self.model, &self.solution)?;
        Some(1.0 - self.spread(outcome)?.above(own - 1e-9))
    }

    /// The ends of an interval, as cells: one sample in ten lies below the first, one above the second.
    fn interval(&self, outcome: &Outcome) -> [Cell; 2] {
        let spread = self.spread(outcome);
        let end = |q| spread.as_ref().and_then(|spread| spread.quantile(q));
        [0.1, 0.9].map(|q| outcome.cell(&self.model, end(q)))
    }
}

impl Outlook {
    fn by_tier(&self) -> Table {
        let model = &self.sides[0].model;
        let note = format!(
            "Requirements met in full from {} on, and the lowest coverage among them. One sample in ten lies below 10 %, one above 90 %; `below` is the share of samples that have fewer met in full than the plan.",
            model.calendar.decide_from()
        );
        let words = ["tier", "whose", "what", "lowest is"];
        let heads = [
            "of",
            "met in full",
            "10 %",
            "90 %",
            "below",
            "lowest",
            "lowest 10 %",
            "lowest 90 %",
        ];
        let title = "What could be done, and what is likely to be";
        let mut table = Table::new("outlook", title, note, &words).columns(heads);
        let mut tiers: Vec<(u32, &Side, TierCoverage)> = Vec::new();
        for side in &self.sides {
            let own = side.solution.tiers(&side.model).into_iter();
            tiers.extend(own.map(|tier| (tier.tier, side, tier)));
        }
        tiers.sort_by_key(|&(tier, ..)| tier);
        for (tier, side, found) in tiers {
            let lowest = found.lowest.filter(|_| found.in_full < found.requirements);
            let name = lowest.map_or(String::new(), |(r, _)| {
                side.model.requirements[r].name.clone()
            });
            let (in_full, least) = (Outcome::InFull(tier), Outcome::Lowest(tier));
            let mut row = vec![
                Cell::from(tier.to_string()),
                found.whose(&side.model).into(),
                side.name.into(),
                name.into(),
                found.requirements.into(),
                found.in_full.into(),
            ];
            row.extend(side.interval(&in_full));
            row.push(side.standing(&in_full).map_or(Cell::Empty, Cell::Share));
            row.push(
                found
                    .lowest
                    .map_or(Cell::Empty, |(_, lowest)| Cell::Share(lowest)),
            );
            row.extend(side.interval(&least));
            table.push(row);
        }
        table
    }

    fn by_requirement(&self) -> Table {
        let first = &self.sides[0];
        let note = format!(
            "The share that is met from {} on; one sample in ten lies below 10 %, one above 90 %.",
            first.model.calendar.decide_from()
        );
        let mut heads = Vec::new();
        for side in &self.sides {
            heads.push(side.name.to_owned());
            if side.samples.is_some() {
                heads.extend(["10 %", "90 %"].map(|q| format!("{}, {q}", side.name)));
            }
        }
        let words = ["requirement", "holder", "tier"];
        let title = "Requirement by requirement";
        let mut table = Table::new("requirements", title, note, &words).columns(heads);
        for (r, requirement) in first.model.requirements.iter() {
            let holder = &first.model.holders[requirement.holder].name;
            let mut row = vec![
                Cell::from(requirement.name.as_str()),
                holder.as_str().into(),
                requirement.tier.to_string().into(),
            ];
            for side in &self.sides {
                let outcome = Outcome::CoverageOf(requirement.key.clone());
                let met = &side.solution.requirements[r];
                row.push(if met.required > 0.0 {
                    Cell::Share(met.coverage())
                } else {
                    Cell::Empty
                });
                if side.samples.is_some() {
                    row.extend(side.interval(&outcome));
                }
            }
            table.push(row);
        }
        table
    }
}

impl Findings for Outlook {
    fn tables(&self) -> Vec<Table> {
        vec![self.by_tier(), self.by_requirement()]
    }
}
