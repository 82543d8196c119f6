//! Convergence: what the first samples say, more and more of them.

use super::{MonteCarlo, Statistics};

/// What the first so many samples with a plan say of an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Running {
    /// How many samples.
    pub samples: usize,
    /// Their mean.
    pub mean: f64,
    /// The standard error of the mean, as if they were drawn one by one.
    pub error: f64,
    /// What a twentieth of them does not exceed.
    pub low: f64,
    /// What half of them does not exceed.
    pub median: f64,
    /// What nineteen twentieths of them do not exceed.
    pub high: f64,
}

/// At so many places it is looked, evenly spread over the samples.
const PLACES: usize = 20;

impl MonteCarlo {
    /// What the first samples say of an outcome in a scenario, both by number, from a twentieth of them to all.
    pub fn running(&self, scenario: usize, outcome: usize) -> Vec<Running> {
        let values = self.values(scenario, outcome);
        let values: Vec<f64> = values.into_iter().map(|(_, value)| value).collect();
        let counts = (1..=PLACES).map(|n| n * values.len() / PLACES);
        let mut counts: Vec<usize> = counts.filter(|&count| count > 1).collect();
        counts.dedup();
        let at = |count: usize| {
            let found = Statistics::of(&values[..count]);
            Some(Running {
                samples: count,
                mean: found.mean,
                error: found.error,
                low: found.quantile(0.05)?,
                median: found.quantile(0.5)?,
                high: found.quantile(0.95)?,
            })
        };
        counts.into_iter().filter_map(at).collect()
    }
}
