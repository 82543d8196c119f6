//! The plan of record, that of the figures as they stand, in its own distribution.

use super::MonteCarlo;
use crate::analysis::Outcome;
use crate::document::{Scenario, Vary};
use crate::model::Model;
use crate::solve::Session;
use crate::table::number::share;
use crate::units::as_number;
use std::fmt::Write as _;

/// By scenario: each outcome of the plan of record.
pub(super) fn all(
    scenarios: &[(Scenario, Model, Box<dyn Vary>)],
    outcomes: &[Outcome],
    sessions: &[Session],
) -> Vec<Vec<Option<f64>>> {
    let plans = scenarios.iter().zip(sessions);
    let of = |((_, model, _), session): (&(_, Model, _), &Session)| {
        let outcomes = outcomes.iter();
        outcomes.map(|o| o.of(model, session.solution())).collect()
    };
    plans.map(of).collect()
}

impl MonteCarlo {
    /// An outcome of the plan of record in a scenario, both by number: that of the figures as they stand. `None`: it has
    /// none, such as a date that is not within the calendar.
    pub fn record(&self, scenario: usize, outcome: usize) -> Option<f64> {
        self.record[scenario][outcome]
    }

    /// The place of the plan of record in its own distribution: the share of the samples in a scenario in which an outcome, both by
    /// number, is lower than in it; of those that are equal to six digits, half. `None`: it has no such outcome, or no sample has.
    pub fn place(&self, scenario: usize, outcome: usize) -> Option<f64> {
        let record = self.record(scenario, outcome)?;
        let values = self.values(scenario, outcome);
        let below = values.iter().map(|&(_, value)| {
            if (value - record).abs() <= 1e-6 * record.abs() {
                0.5
            } else {
                f64::from(u8::from(value < record))
            }
        });
        let below: f64 = below.sum();
        (!values.is_empty()).then(|| below / as_number(values.len()))
    }

    /// Where the plan of record lies among the samples, scenario by scenario.
    pub(super) fn record_in_words(&self) -> String {
        let mut words = String::new();
        let Some(coverage) = self.column(&Outcome::Coverage) else {
            return words;
        };
        for (s, (scenario, _)) in self.scenarios.iter().enumerate() {
            let Some((met, below)) = self.record(s, coverage).zip(self.place(s, coverage)) else {
                continue;
            };
            let found = self.statistics(s, coverage);
            let whose = if self.scenarios.len() > 1 {
                format!("The plan of record of `{}`", scenario.key)
            } else {
                "The plan of record".to_owned()
            };
            let of = |q| found.quantile(q).map_or_else(String::new, share);
            let _ = write!(
                words,
                "{whose} meets {} of all that is required, by value; {} of the samples meet less, and half of them between {} and {}. ",
                share(met),
                share(below),
                of(0.25),
                of(0.75)
            );
        }
        words
    }
}
