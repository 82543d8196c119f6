//! What solving hands over, in the units of the program.

use super::{Certificate, Effort};
use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

/// The answer of all stages.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Every column of the program.
    pub(crate) columns: Vec<f64>,
    /// Every priced stage: its name, its value and the dual of each row.
    pub(crate) stages: Vec<(String, f64, Vec<f64>)>,
    pub(crate) certificate: Certificate,
    pub(crate) solver: &'static str,
    pub(crate) iterations: u64,
    /// Whether the plan was chosen on purpose among plans of equal value.
    pub(crate) tie_broken: bool,
    /// What it took.
    pub(crate) effort: Effort,
}

/// What prices stand on: the best plan of each stage, from which one more or one less can be tried.
pub(crate) trait Ground: Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    /// The dual of a row in a stage if every limit gets a little tighter; `None`: not known.
    fn tighter(&self, stage: usize, row: usize) -> Option<f64>;

    /// Whether the program is so small that all prices are chosen and tried, not only those that are asked for.
    fn is_small(&self) -> bool;

    /// Whether a stage is so small that both sides of every price are tried.
    fn is_tiny(&self, stage: usize) -> bool;

    /// The duals of all rows that hold in a stage if right sides of rows move together, in internal units: of all that
    /// prove the plan, those that put as much, or as little, on these rows as any do. `None`: it could not be proved.
    fn duals(&self, stage: usize, moves: &[(usize, f64)]) -> Option<Vec<f64>>;

    /// What the value of a stage does for each unit by which right sides of rows move together, in internal units.
    fn moved(&self, stage: usize, moves: &[(usize, f64)]) -> Change;
}

/// What the value of a stage does when right sides of rows move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Change {
    /// It changes by so much for each unit.
    By(f64),
    /// Nothing does: no plan keeps every rule, and that is proved.
    NoPlan,
    /// What was found could not be proved.
    Unproved,
}
