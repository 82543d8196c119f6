//! What is known of how good a plan is. `solve` computes it, and refuses a plan of which it does not hold.

use serde::{Deserialize, Serialize};

/// How good a plan is, as far as the program itself can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Certificate {
    /// The largest miss of a row or a bound, relative to the numbers in the row.
    pub max_violation: f64,
    /// The largest miss of a price's sign, relative to the prices in the column.
    pub max_dual_violation: f64,
    /// The distance between the plan's value and the bound that its prices prove, relative to it.
    pub relative_gap: f64,
    /// By how much any aim got worse while a later one was made least, relative to it.
    pub drift: f64,
    /// The largest miss of a row of the program, as a share of the largest number that stands in it: its right side, or a
    /// term of it in the plan. Rows in which nothing is as large as a millionth of a unit of the program are left out.
    pub max_row_share: f64,
    /// The largest miss of what a requirement asks for in a window, in the requirement's own unit.
    pub max_requirement_miss: f64,
    /// What the plan's aim is worth, recomputed from the plan: cost, or shortfall and cost, in the
    /// program's internal unit of money.
    pub value: f64,
}

impl Certificate {
    /// Largest miss of a row or bound.
    pub const VIOLATION: f64 = 1e-6;
    /// Largest relative gap.
    pub const GAP: f64 = 1e-6;
    /// Largest drift.
    pub const DRIFT: f64 = 1e-5;

    /// Whether everything is within its limit.
    pub fn holds(&self) -> bool {
        self.max_violation <= Self::VIOLATION
            && self.max_dual_violation <= Self::VIOLATION
            && self.relative_gap <= Self::GAP
            && self.drift <= Self::DRIFT
    }
}
