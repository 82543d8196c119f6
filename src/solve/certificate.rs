//! The certificate: what a solver says is checked, never believed.
//!
//! Computed from the program and the numbers found, without the solver: how far any row or bound is
//! missed, how far any price has the wrong sign, and how far the value of the plan is from the
//! bound that the prices prove (their *duality gap*). A plan that fails is an error, not a plan.
//!
//! ```text
//! gap = ( Σ_j c[j]·x[j]  −  Σ_n y[n]·b[n] − Σ_j bound of x[j] · reduced[j] ) / (1 + |Σ c·x|)
//! ```
//!
//! `b[n]` is no further than the row can go in the light of all others: a limit that stands for "no limit" proves
//! what its row can come to, and a price of rounding on it is not times a million millions.

use super::linear::{Found, Linear, missed};
use super::{Limits, reach};
use crate::program::{Program, Row, Sense};
use crate::solution::{Certificate, Task};

/// What was found, and what the program itself says of it.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) found: Found,
    pub(super) certificate: Certificate,
}

impl Checked {
    /// Check what was found for a linear program.
    pub(super) fn of(linear: &Linear, found: Found, limits: &Limits) -> Self {
        let certificate = limits.step(Task::Certify, linear, |_| Certificate::of(linear, &found));
        Self { found, certificate }
    }

    /// Whether it stands up.
    pub(super) fn holds(&self) -> bool {
        self.certificate.holds()
    }
}

impl Certificate {
    /// The certificate of what was found for a linear program.
    pub(super) fn of(linear: &Linear, found: &Found) -> Self {
        let value = linear.value(&found.columns);
        let mut new = Self {
            value,
            max_violation: linear.violation(&found.columns),
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
}

/// A row in which nothing is as large says nothing, in internal units.
const NOTHING: f64 = 1e-6;

/// What rounding leaves of numbers that cancel, as a share of all of them.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// The bound that prices prove, and the largest miss of a sign.
fn dual_bound(linear: &Linear, found: &Found, value: f64) -> (f64, f64) {
    let mut bound = linear.offset;
    let mut worst = 0.0_f64;
    let most = reach::most(linear);
    for (n, &dual) in found.duals.iter().enumerate() {
        let miss = match linear.senses[n] {
            Sense::AtMost => dual.max(0.0),
            Sense::AtLeast => (-dual).max(0.0),
            Sense::Equal => 0.0,
        };
        worst = worst.max(miss);
        if dual != 0.0 {
            bound += dual * reach::right(linear, n, &most);
        }
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
    fn rounding_on_a_limit_that_nothing_reaches_is_no_gap() {
        let mut linear = toy();
        // b ≤ 5 of its own, and a + b ≤ 10¹².
        linear.columns[1].upper = 5.0;
        linear.terms.extend([(0, 1.0), (1, 1.0)]);
        linear.starts.push(4);
        linear.senses.push(Sense::AtMost);
        linear.rights.push(1e12);
        let mut found = found([3.0, 1.0], 3.0);
        found.duals.push(-1e-15);
        let certificate = Certificate::of(&linear, &found);
        assert!(certificate.holds(), "{certificate:?}");
        // Where it could be reached, its price is one.
        linear.columns[1].upper = 1e12;
        assert!(!Certificate::of(&linear, &found).holds());
    }

    #[test]
    fn a_price_of_the_wrong_sign_shows() {
        let certificate = Certificate::of(&toy(), &found([3.0, 1.0], -1.0));
        assert_eq!(certificate.max_dual_violation, 1.0);
        let certificate = Certificate::of(&toy(), &found([f64::NAN, 1.0], 3.0));
        assert!(!certificate.holds());
    }
}
