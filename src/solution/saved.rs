//! A plan as it is kept: what was decided, and every price, by the names of columns and rows.

use super::{Certificate, Solution};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A plan to be kept and read back: what a [`Solution`] of a known model is made of, by the names of its columns and rows.
///
/// Numbers are in the program's own units, so that none loses a bit: [`solve::restored`](crate::solve::restored) makes the
/// same solution of them. Whoever wants to read a plan takes [`report::record()`](crate::report::record()), with keys and
/// natural units.
///
/// ```
/// let model = sinews::read("models/tiny.toml")?;
/// let plan = sinews::solve(&model, &Default::default())?;
/// let data = serde_json::to_value(plan.saved())?;
/// let again = sinews::solve::restored(&model, &serde_json::from_value(data)?)?;
/// assert!(again == plan);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Saved {
    /// The version of this library that wrote it.
    pub version: String,
    /// The solvers that had a part in it.
    pub solver: String,
    /// What it strives for, in the word of the format.
    pub objective: String,
    /// Whether it was chosen on purpose among plans of equal value.
    pub tie_broken: bool,
    /// The solver's iterations in all stages.
    pub iterations: u64,
    /// Whether it was found to the last digits, as plans of small programs are.
    pub refined: bool,
    /// What was checked, and how well it holds.
    pub certificate: Certificate,
    /// What each column is, without those that are zero.
    pub columns: BTreeMap<String, f64>,
    /// Every stage that has prices.
    pub stages: Vec<SavedStage>,
}

/// A stage of a plan that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SavedStage {
    /// What it is called.
    pub name: String,
    /// What was reached.
    pub value: f64,
    /// The dual of each row, without those that are zero.
    pub duals: BTreeMap<String, f64>,
}

/// Numbers by name, without those that are zero.
fn by_name(names: &[String], numbers: &[f64]) -> BTreeMap<String, f64> {
    let all = names.iter().zip(numbers);
    let some = all.filter(|(_, number)| **number != 0.0);
    some.map(|(name, &number)| (name.clone(), number)).collect()
}

impl Solution {
    /// The plan as it is kept. It can be [read back](crate::solve::restored) where it is the plan of a model by itself; that of a
    /// program that an analysis has changed is kept for the record.
    pub fn saved(&self) -> Saved {
        let (model, program) = (self.model(), &self.program);
        let rows = program.row_keys(model);
        let stages = self.stages.iter().map(|stage| SavedStage {
            name: stage.name.clone(),
            value: stage.reached,
            duals: by_name(&rows, &stage.duals),
        });
        Saved {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            solver: self.solver.to_owned(),
            objective: self.objective.word().to_owned(),
            tie_broken: self.tie_broken,
            iterations: self.iterations,
            refined: self.refined,
            certificate: self.certificate,
            columns: by_name(&program.column_keys(model), &self.columns),
            stages: stages.collect(),
        }
    }
}

/// What a solution is written as.
#[cfg(feature = "serde")]
#[derive(Serialize)]
#[serde(rename = "Solution")]
struct Whole<'a> {
    model: &'a crate::model::Model,
    plan: Saved,
}

/// Written with its model, so that it can be read back by itself: `{"model": …, "plan": …}`. A model with rules of one's
/// own cannot be written: of its plans [`Saved`] can.
#[cfg(feature = "serde")]
impl Serialize for Solution {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = Whole {
            model: self.model(),
            plan: self.saved(),
        };
        whole.serialize(serializer)
    }
}
