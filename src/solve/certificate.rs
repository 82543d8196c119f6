//! The certificate: what a solver says is checked, never believed.
//!
//! Computed from the program and the numbers found, without the solver: how far any row or bound is
//! missed, how far any price has the wrong sign, and how far the value of the plan is from the
//! bound that the prices prove (their *duality gap*). A plan that fails is an error, not a plan.
//!
//! ```text
//! gap = ( Σ_j c[j]·x[j]  −  Σ_n y[n]·b[n] − Σ_j bound of x[j] · reduced[j] ) / (1 + |Σ c·x|)
//! ```

use super::linear::{Found, Linear};
use super::reach;
use crate::program::{Program, Row, Sense};
use serde::Serialize;

/// How good a plan is, as far as the program itself can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
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

    /// The certificate of what was found for a linear program.
    pub(super) fn of(linear: &Linear, found: &Found) -> Self {
        let value = linear.value(&found.columns);
        let mut new = Self {
            value,
            max_violation: violation(linear, &found.columns),
            ..Self::default()
        };
        if found.duals.len() == linear.senses.len() {
            let (bound, miss) = dual_bound(linear, found, value);
            new.relative_gap = (value - bound).abs() / (1.0 + value.abs());
            new.max_dual_violation = miss;
        }
        new
    }

    /// The worse of two, in everything; the value of the later one.
    pub(super) fn and(self, later: Self) -> Self {
        Self {
            max_violation: self.max_violation.max(later.max_violation),
            max_dual_violation: self.max_dual_violation.max(later.max_dual_violation),
            relative_gap: self.relative_gap.max(later.relative_gap),
            drift: self.drift.max(later.drift),
            max_row_share: self.max_row_share.max(later.max_row_share),
            max_requirement_miss: self.max_requirement_miss.max(later.max_requirement_miss),
            value: later.value,
        }
    }

    /// The same with what the whole plan misses, row by row, in the user's units.
    pub(super) fn in_units(self, program: &Program, columns: &[f64]) -> Self {
        let mut new = self;
        let rows = program.rows();
        for n in 0..rows.len() {
            let (mut left, mut largest) = (0.0, rows.right(n).abs());
            for &(j, factor) in rows.row(n) {
                let term = factor * columns[j as usize];
                left += term;
                largest = f64::max(largest, term.abs());
            }
            let miss = missed(rows.sense(n), left - rows.right(n));
            if largest >= NOTHING {
                new.max_row_share = new.max_row_share.max(miss / largest);
            }
            if matches!(rows.name(n), Row::Requirement(..)) {
                new.max_requirement_miss = new.max_requirement_miss.max(miss * rows.unit(n));
            }
        }
        new
    }

    /// The largest miss of all.
    pub(super) fn worst(&self) -> f64 {
        let rows = self.max_violation.max(self.max_dual_violation);
        rows.max(self.relative_gap)
    }

    /// Whether everything is within its limit.
    pub fn holds(&self) -> bool {
        self.max_violation <= Self::VIOLATION
            && self.max_dual_violation <= Self::VIOLATION
            && self.relative_gap <= Self::GAP
            && self.drift <= Self::DRIFT
    }
}

/// A row in which nothing is as large says nothing, in internal units.
const NOTHING: f64 = 1e-6;

/// What rounding leaves of numbers that cancel, as a share of all of them.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// By how much a row is missed whose left side exceeds the right by so much.
fn missed(sense: Sense, excess: f64) -> f64 {
    match sense {
        Sense::AtMost => excess.max(0.0),
        Sense::AtLeast => (-excess).max(0.0),
        Sense::Equal => excess.abs(),
    }
}

/// The largest miss of a row or a bound, relative to the numbers in it.
pub(super) fn violation(linear: &Linear, columns: &[f64]) -> f64 {
    let mut worst = 0.0_f64;
    for (bounds, &value) in linear.columns.iter().zip(columns) {
        let miss = (bounds.lower - value).max(value - bounds.upper).max(0.0);
        worst = worst.max(miss / (1.0 + value.abs()));
    }
    for n in 0..linear.senses.len() {
        let mut left = 0.0;
        let mut scale = 1.0 + linear.rights[n].abs();
        for &(j, factor) in linear.row(n) {
            let term = factor * columns[j as usize];
            left += term;
            scale = scale.max(term.abs());
        }
        let miss = missed(linear.senses[n], left - linear.rights[n]);
        worst = worst.max(miss / scale);
    }
    if columns.iter().all(|value| value.is_finite()) {
        worst
    } else {
        f64::INFINITY
    }
}

/// The bound that prices prove, and the largest miss of a sign.
fn dual_bound(linear: &Linear, found: &Found, value: f64) -> (f64, f64) {
    let mut bound = linear.offset;
    let mut worst = 0.0_f64;
    for (n, &dual) in found.duals.iter().enumerate() {
        let miss = match linear.senses[n] {
            Sense::AtMost => dual.max(0.0),
            Sense::AtLeast => (-dual).max(0.0),
            Sense::Equal => 0.0,
        };
        worst = worst.max(miss);
        bound += dual * linear.rights[n];
    }
    // The largest price in each column, and all of them together.
    let sizes = linear.aim.iter().map(|factor| factor.abs());
    let mut scale: Vec<(f64, f64)> = sizes.map(|size| (1.0 + size, size)).collect();
    for (n, &dual) in found.duals.iter().enumerate() {
        for &(j, factor) in linear.row(n) {
            let (largest, all) = &mut scale[j as usize];
            let size = (factor * dual).abs();
            *largest = largest.max(size);
            *all += size;
        }
    }
    let reduced = linear.reduced_costs(&found.duals);
    let most = reach::most(linear);
    let columns = linear.columns.iter().zip(&reduced).zip(&scale).zip(&most);
    for (((bounds, &reduced), &(scale, all)), &most) in columns {
        // What is left of numbers that cancel is no price.
        if reduced.abs() <= ROUNDING * all {
            continue;
        }
        let at = if reduced >= 0.0 {
            bounds.lower
        } else {
            bounds.upper
        };
        if at.is_finite() {
            bound += reduced * at;
        } else {
            // It matters by as much as the column can go.
            let wrong = reduced.abs() / scale;
            let lost = if most.is_finite() {
                reduced.abs() * most / (1.0 + value.abs())
            } else {
                0.0
            };
            worst = worst.max(wrong).max(lost);
        }
    }
    (bound, worst)
}

#[cfg(test)]
mod tests {
    use super::super::linear::Bounds;
    use super::*;

    /// min 2a + 3b, a + b ≥ 4, a ≤ 3: a = 3, b = 1, value 9, price 3 for the row.
    fn toy() -> Linear {
        let column = |upper| Bounds {
            lower: 0.0,
            upper,
            whole: false,
        };
        Linear {
            columns: vec![column(3.0), column(f64::INFINITY)],
            starts: vec![0, 2],
            terms: vec![(0, 1.0), (1, 1.0)],
            senses: vec![Sense::AtLeast],
            rights: vec![4.0],
            aim: vec![2.0, 3.0],
            offset: 0.0,
            fine: false,
        }
    }

    fn found(columns: [f64; 2], dual: f64) -> Found {
        Found {
            columns: columns.to_vec(),
            duals: vec![dual],
            iterations: 1,
            solver: "",
        }
    }

    #[test]
    fn the_best_plan_is_certified() {
        let certificate = Certificate::of(&toy(), &found([3.0, 1.0], 3.0));
        assert!(certificate.holds(), "{certificate:?}");
        assert_eq!(certificate.value, 9.0);
    }

    #[test]
    fn a_worse_plan_shows_a_gap() {
        let certificate = Certificate::of(&toy(), &found([2.0, 2.0], 3.0));
        assert!((certificate.relative_gap - 1.0 / 11.0).abs() < 1e-12);
        assert!(!certificate.holds());
    }

    #[test]
    fn a_plan_that_misses_a_row_shows_it() {
        let certificate = Certificate::of(&toy(), &found([3.0, 0.5], 3.0));
        assert!((certificate.max_violation - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_price_of_the_wrong_sign_shows() {
        let certificate = Certificate::of(&toy(), &found([3.0, 1.0], -1.0));
        assert_eq!(certificate.max_dual_violation, 1.0);
        let certificate = Certificate::of(&toy(), &found([f64::NAN, 1.0], 3.0));
        assert!(!certificate.holds());
    }
}
