//! A program made smaller and better scaled before an interior-point solver sees it, without changing
//! what it says.
//!
//! ```text
//! bound     a · x[k] ≤ b alone in its row: a bound of x[k]; its price is what is left of c[k]
//! slack     Σ a[j]·x[j] ≤ b whatever x[j] are within their bounds: the row goes, at no price
//! idle      to raise x[k] costs, and makes no row easier to keep: x[k] stays at its lower bound
//! defined   x[k] = (b − Σ a[j]·x[j]) / a[r,k], within its bounds whatever x[j] are: row r and the column
//!           go, what it says of x[k] is put into the other rows and the aim, and the row's price is
//!           y[r] = (c[k] − Σ a[i,k]·y[i]) / a[r,k] over the other rows
//! far       a · x[k] ≤ b, or Σ a[j]·x[j] ≤ b, with b a million times what its factors are: left out, if asked to
//! scale     the aim is multiplied by a power of ten, so that its largest factor is about as large as wanted
//! ```
//!
//! A column that adds up a whole tier is a thousand times larger than all others, and a solver's misses
//! are as large as its largest number: without these columns it takes half the iterations, and rows
//! hold a thousand times better. The others make it smaller: these are reductions that every solver with
//! a presolve makes (Andersen and Andersen, 1995), and Clarabel has none. The certificate is computed on
//! the program as it was: should a limit that was left out as too far to be reached be broken, it says so.
//!
//! A limit that stands for "no limit" is worse than useless to a solver, whose misses are as large as its
//! largest number: what flows is counted in units of which a period sees 10 to 100.

mod work;

use super::linear::{Bounds, Found, Linear};
use super::{Device, Limits};
use crate::program::Sense;
use crate::solution::Task;
use work::{Defined, Work};

/// A program made smaller, and how to undo it.
#[derive(Clone, Debug)]
pub(super) struct Condensed {
    pub(super) linear: Linear,
    /// The rows that are kept, by their number in the whole program.
    pub(super) rows: Vec<usize>,
    /// The columns that are kept.
    pub(super) columns: Vec<usize>,
    /// Those of the columns that are kept which may be fixed elsewhere.
    #[cfg(feature = "highs")]
    movable: Vec<usize>,
    /// Columns that an equation defines, in the order in which they went.
    defined: Vec<Defined>,
    /// Columns that stay at a bound.
    idle: Vec<(usize, f64)>,
    /// The row, and its factor, that gives a column its lower and its upper bound.
    lower: Vec<Option<(usize, f64)>>,
    upper: Vec<Option<(usize, f64)>>,
    scale: f64,
    /// Whether limits were left out as too far to be reached.
    far: bool,
}

/// What becomes of limits that are too far to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Far {
    /// They are left out.
    LeftOut,
    /// They stay.
    Kept,
}

/// How an aim is scaled, by a power of ten.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scale {
    /// Up or down: its largest factor is as large as this, or up to ten times smaller. Tolerances then say
    /// more of small aims.
    To(f64),
    /// Down alone: no factor is larger than this.
    AtMost(f64),
}

/// The bounds of a column that may be fixed anywhere: as if it were whole, it is never put into the terms of
/// others.
const ANYWHERE: Bounds = Bounds {
    lower: f64::NEG_INFINITY,
    upper: f64::INFINITY,
    whole: true,
};

/// A limit that is so many times as large as its factors is far.
const FAR: f64 = 1e6;

/// How often a program is gone through. What a round finds gets less and less.
const ROUNDS: usize = 6;

impl Condensed {
    /// The program made smaller, its aim scaled.
    pub(super) fn of(whole: &Linear, scale: Scale, far: Far) -> Self {
        Self::within(whole, whole.columns.clone(), scale, far)
    }

    /// The same, made smaller in ways that hold wherever the columns that are fixed now are fixed: these stay
    /// in it, so that a variation can [move](Self::move_to) them.
    #[cfg(feature = "highs")]
    pub(super) fn varying(whole: &Linear, scale: Scale) -> Self {
        let anywhere = |&own: &Bounds| if own.is_fixed() { ANYWHERE } else { own };
        let bounds = whole.columns.iter().map(anywhere).collect();
        Self::within(whole, bounds, scale, Far::Kept)
    }

    /// Make it that of a variation of the whole program that differs in nothing but where columns are fixed.
    #[cfg(feature = "highs")]
    pub(super) fn move_to(&mut self, whole: &Linear) {
        for &n in &self.movable {
            self.linear.columns[n] = whole.columns[self.columns[n]];
        }
    }

    /// The same as a step of a solve; the program as it is, its aim scaled, where that leaves the device out.
    pub(super) fn step(whole: &Linear, scale: Scale, far: Far, limits: &Limits) -> Self {
        limits.step(Task::Condense, whole, |_| {
            if limits.uses(Device::Condensed) {
                Self::of(whole, scale, far)
            } else {
                Self::scaled(whole, scale)
            }
        })
    }

    /// The program as it is, its aim scaled.
    fn scaled(whole: &Linear, scale: Scale) -> Self {
        let mut new = Self::empty(whole.columns.len());
        new.fill(whole, Work::of(whole, &whole.columns), scale);
        new
    }

    /// Nothing yet, of a program with so many columns.
    fn empty(columns: usize) -> Self {
        Self {
            linear: Linear::default(),
            rows: Vec::new(),
            columns: Vec::new(),
            #[cfg(feature = "highs")]
            movable: Vec::new(),
            defined: Vec::new(),
            idle: Vec::new(),
            lower: vec![None; columns],
            upper: vec![None; columns],
            scale: 1.0,
            far: false,
        }
    }

    /// The program made smaller, its columns within bounds that may be wider than its own.
    fn within(whole: &Linear, mut bounds: Vec<Bounds>, scale: Scale, far: Far) -> Self {
        let mut new = Self::empty(whole.columns.len());
        new.bound(whole, &mut bounds);
        let mut work = Work::of(whole, &bounds);
        for n in (0..whole.senses.len()).filter(|&n| new.is_bound(whole, n, &bounds)) {
            work.drop_row(n);
        }
        for _ in 0..ROUNDS {
            let slack = work.drop_slack();
            let idle = work.idle();
            for &(j, value) in &idle {
                work.fix(j, value);
            }
            let defined = work.define();
            let found = slack || defined || !idle.is_empty();
            new.idle.extend(idle);
            if !found {
                break;
            }
        }
        if far == Far::LeftOut {
            new.far = work.leave_out_far(FAR);
        }
        new.fill(whole, work, scale);
        new
    }

    /// Turn rows with one term into bounds, where they are tighter.
    fn bound(&mut self, whole: &Linear, bounds: &mut [Bounds]) {
        for n in 0..whole.senses.len() {
            let [(j, a)] = *whole.row(n) else { continue };
            let (j, at) = (j as usize, whole.rights[n] / a);
            if bounds[j] == ANYWHERE {
                continue;
            }
            let below = match whole.senses[n] {
                Sense::Equal => continue,
                Sense::AtMost => a > 0.0,
                Sense::AtLeast => a < 0.0,
            };
            // What crosses stays a row, so that the solver finds it.
            if below && at < bounds[j].upper && at > bounds[j].lower {
                bounds[j].upper = at;
                self.upper[j] = Some((n, a));
            } else if !below && at > bounds[j].lower && at < bounds[j].upper {
                bounds[j].lower = at;
                self.lower[j] = Some((n, a));
            }
        }
    }

    /// Whether a row says nothing beside the bounds.
    fn is_bound(&self, whole: &Linear, n: usize, bounds: &[Bounds]) -> bool {
        let [(j, a)] = *whole.row(n) else {
            return false;
        };
        let j = j as usize;
        let is = |bound: Option<(usize, f64)>| bound.is_some_and(|(row, _)| row == n);
        if is(self.lower[j]) || is(self.upper[j]) {
            return true;
        }
        // No tighter than the bounds are by now.
        let at = whole.rights[n] / a;
        let own = bounds[j];
        match whole.senses[n] {
            Sense::Equal => false,
            Sense::AtMost if a > 0.0 => at >= own.upper,
            Sense::AtLeast if a < 0.0 => at >= own.upper,
            Sense::AtMost | Sense::AtLeast => at <= own.lower,
        }
    }

    /// Write down what is left.
    fn fill(&mut self, whole: &Linear, work: Work, scale: Scale) {
        let linear = &mut self.linear;
        let mut number = vec![u32::MAX; work.columns.len()];
        for (j, column) in work.columns.iter().enumerate() {
            let Some(column) = column else { continue };
            number[j] = u32::try_from(self.columns.len()).expect("fewer than 2^32 columns");
            let anywhere = column.bounds == ANYWHERE;
            #[cfg(feature = "highs")]
            self.movable.extend(anywhere.then_some(self.columns.len()));
            self.columns.push(j);
            linear.columns.push(if anywhere {
                whole.columns[j]
            } else {
                column.bounds
            });
            linear.aim.push(column.aim);
        }
        let found = linear
            .aim
            .iter()
            .fold(0.0_f64, |most, aim| most.max(aim.abs()));
        let (largest, raise) = match scale {
            Scale::To(largest) => (largest, true),
            Scale::AtMost(largest) => (largest, false),
        };
        if found > largest || (raise && found > 0.0) {
            self.scale = 10f64.powf(-(found / largest).log10().ceil());
            linear.aim.iter_mut().for_each(|aim| *aim *= self.scale);
        }
        linear.starts.push(0);
        // Equations first: Clarabel takes each run of rows of one kind for a cone of its own.
        let rows = work.rows.into_iter().enumerate();
        let rows = rows.filter_map(|(n, row)| Some((n, row?)));
        let (equations, limits): (Vec<_>, Vec<_>) =
            rows.partition(|(_, row)| row.sense == Sense::Equal);
        for (n, row) in equations.into_iter().chain(limits) {
            self.rows.push(n);
            let terms = row.terms.iter();
            linear
                .terms
                .extend(terms.map(|&(j, factor)| (number[j as usize], factor)));
            linear.starts.push(linear.terms.len());
            linear.senses.push(row.sense);
            linear.rights.push(row.right);
        }
        self.defined = work.defined;
    }

    /// Whether limits were left out as too far to be reached.
    pub(super) fn is_near(&self) -> bool {
        self.far
    }

    /// By what its aim was multiplied.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// Whether its aim is larger than it was.
    pub(super) fn is_raised(&self) -> bool {
        self.scale > 1.0
    }

    /// What was found, for the program as it was.
    pub(super) fn undo(&self, whole: &Linear, found: &Found) -> Found {
        let mut columns = vec![0.0; whole.columns.len()];
        for &(j, value) in &self.idle {
            columns[j] = value;
        }
        for (&j, &value) in self.columns.iter().zip(&found.columns) {
            columns[j] = value;
        }
        let mut duals = vec![0.0; whole.senses.len()];
        for (&n, &dual) in self.rows.iter().zip(&found.duals) {
            duals[n] = dual / self.scale;
        }
        for defined in self.defined.iter().rev() {
            columns[defined.column] = defined.value(&columns);
            duals[defined.row] = defined.dual(&duals);
        }
        let reduced = whole.reduced_costs(&duals);
        for (j, &reduced) in reduced.iter().enumerate() {
            let bound = if reduced > 0.0 {
                self.lower[j]
            } else {
                self.upper[j]
            };
            if let Some((n, a)) = bound {
                duals[n] = reduced / a;
            }
        }
        Found {
            columns,
            duals,
            iterations: found.iterations,
            solver: found.solver,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Certificate;
    use super::*;

    const FREE: Bounds = Bounds {
        lower: 0.0,
        upper: f64::INFINITY,
        whole: false,
    };

    /// min 50 S, S = 3 u + 2 v, u + v ≥ 4, u ≥ 1, v ≤ 2: v = 2, u = 2, S = 10, value 500.
    fn toy() -> Linear {
        Linear {
            columns: vec![FREE; 3],
            starts: vec![0, 3, 5, 6, 7, 8],
            terms: vec![
                (0, -1.0),
                (1, 3.0),
                (2, 2.0),
                (1, 1.0),
                (2, 1.0),
                (1, 2.0),
                (2, -1.0),
                (2, 1.0),
            ],
            senses: vec![
                Sense::Equal,
                Sense::AtLeast,
                Sense::AtLeast,
                Sense::AtLeast,
                Sense::AtMost,
            ],
            rights: vec![0.0, 4.0, 2.0, -2.0, 9.0],
            aim: vec![50.0, 0.0, 0.0],
            offset: 0.0,
            fine: false,
        }
    }

    #[test]
    fn sums_and_bounds_go_and_come_back_with_their_prices() {
        let toy = toy();
        let condensed = Condensed::of(&toy, Scale::To(1_000.0), Far::Kept);
        let small = &condensed.linear;
        assert_eq!((small.columns.len(), small.senses.len()), (2, 1));
        assert_eq!((small.columns[0].lower, small.columns[1].upper), (1.0, 2.0));
        assert_eq!(small.aim, [150.0, 100.0]);
        // One more of the row costs one more u at 150; v at its bound is worth 50.
        let found = condensed.undo(
            &toy,
            &Found {
                columns: vec![2.0, 2.0],
                duals: vec![150.0],
                iterations: 1,
                solver: "",
            },
        );
        assert_eq!(found.columns, [10.0, 2.0, 2.0]);
        // S is worth 50: the row that defines it −50, u 150, the bound of v 100 − 150 over −1.
        assert_eq!(found.duals, [-50.0, 150.0, 0.0, 50.0, 0.0]);
        let certificate = Certificate::of(&toy, &found);
        assert!(certificate.holds(), "{certificate:?}");
        assert_eq!(certificate.value, 500.0);
    }

    fn found(columns: &[f64], duals: &[f64]) -> Found {
        Found {
            columns: columns.to_vec(),
            duals: duals.to_vec(),
            iterations: 1,
            solver: "",
        }
    }

    /// min 3 p + 5 q with p + q = d + e, d = 4, q ≤ 1 and 2 d + e ≤ 20: p and q make what d and e take.
    #[test]
    fn what_equations_define_goes_from_every_row() {
        let program = Linear {
            columns: vec![
                FREE,
                Bounds { upper: 1.0, ..FREE },
                FREE,
                Bounds { upper: 2.0, ..FREE },
            ],
            starts: vec![0, 4, 5, 7],
            terms: vec![
                (0, 1.0),
                (1, 1.0),
                (2, -1.0),
                (3, -1.0),
                (2, 1.0),
                (2, 2.0),
                (3, 1.0),
            ],
            senses: vec![Sense::Equal, Sense::Equal, Sense::AtMost],
            rights: vec![0.0, 4.0, 20.0],
            aim: vec![3.0, 5.0, 0.0, 0.0],
            offset: 0.0,
            fine: false,
        };
        let condensed = Condensed::of(&program, Scale::To(1_000.0), Far::Kept);
        // d is 4 by its equation, which leaves the limit slack; then p = 4 + e − q, never negative as q ≤ 1;
        // e then costs, and q costs 2 more than p.
        assert_eq!(condensed.linear.columns.len(), 0);
        assert_eq!(condensed.linear.senses.len(), 0);
        let undone = condensed.undo(&program, &found(&[], &[]));
        assert_eq!(undone.columns, [4.0, 0.0, 4.0, 0.0]);
        // One more of the balance is one more p at 3; one more d is that, too.
        assert_eq!(undone.duals, [3.0, 3.0, 0.0]);
        let certificate = Certificate::of(&program, &undone);
        assert!(certificate.holds(), "{certificate:?}");
        assert_eq!(certificate.value, 12.0);
    }

    /// What would be infeasible stays for the solver to find: x = −1 with x ≥ 0.
    #[test]
    fn a_definition_outside_the_bounds_stays() {
        let program = Linear {
            columns: vec![FREE],
            starts: vec![0, 1],
            terms: vec![(0, 1.0)],
            senses: vec![Sense::Equal],
            rights: vec![-1.0],
            aim: vec![1.0],
            offset: 0.0,
            fine: false,
        };
        let condensed = Condensed::of(&program, Scale::To(1_000.0), Far::Kept);
        assert_eq!(
            (
                condensed.linear.columns.len(),
                condensed.linear.senses.len()
            ),
            (1, 1)
        );
    }

    /// min y + z + 10 w, x = y + z + 1, x ≤ 5 w, w ≤ 1, x + z ≥ 3: z counts twice, so x = 2, z = 1.
    #[test]
    fn prices_come_back_through_the_other_rows() {
        let program = Linear {
            columns: vec![FREE, FREE, FREE, Bounds { upper: 1.0, ..FREE }],
            starts: vec![0, 3, 5, 7],
            terms: vec![
                (0, 1.0),
                (1, -1.0),
                (2, -1.0),
                (0, 1.0),
                (3, -5.0),
                (0, 1.0),
                (2, 1.0),
            ],
            senses: vec![Sense::Equal, Sense::AtMost, Sense::AtLeast],
            rights: vec![1.0, 0.0, 3.0],
            aim: vec![0.0, 1.0, 1.0, 10.0],
            offset: 0.0,
            fine: false,
        };
        let condensed = Condensed::of(&program, Scale::To(1_000.0), Far::Kept);
        assert!(condensed.linear.columns.len() < 4);
        // By hand: one more of x + z is half a z, and a tenth of a w: 1.5.
        let all = [2.0, 0.0, 1.0, 0.4];
        let kept: Vec<f64> = condensed.columns.iter().map(|&j| all[j]).collect();
        let by_row = [0.5, -2.0, 1.5];
        let scaled = |&n: &usize| by_row[n] * condensed.scale;
        let duals: Vec<f64> = condensed.rows.iter().map(scaled).collect();
        let undone = condensed.undo(&program, &found(&kept, &duals));
        for (n, expected) in by_row.iter().enumerate() {
            assert!(
                (undone.duals[n] - expected).abs() < 1e-12,
                "{:?}",
                undone.duals
            );
        }
        let certificate = Certificate::of(&program, &undone);
        assert!(certificate.holds(), "{certificate:?}");
        assert!((certificate.value - 5.0).abs() < 1e-12);
    }

    /// min 2 x + y, x + y ≥ c, y = c − 1, x ≤ 10, c fixed: x is 1 and y is c − 1, wherever that is.
    #[cfg(feature = "highs")]
    #[test]
    fn a_program_stays_smaller_wherever_its_fixed_columns_are() {
        let at = |c: f64| Linear {
            columns: vec![
                FREE,
                FREE,
                Bounds {
                    lower: c,
                    upper: c,
                    whole: false,
                },
            ],
            starts: vec![0, 3, 5, 6],
            terms: vec![(0, 1.0), (1, 1.0), (2, -1.0), (1, 1.0), (2, -1.0), (0, 1.0)],
            senses: vec![Sense::AtLeast, Sense::Equal, Sense::AtMost],
            rights: vec![0.0, -1.0, 10.0],
            aim: vec![2.0, 1.0, 0.0],
            offset: 0.0,
            fine: false,
        };
        let scale = Scale::AtMost(1_000.0);
        // Where c is known, nothing is left to solve but x.
        assert!(
            Condensed::of(&at(4.0), scale, Far::Kept)
                .linear
                .columns
                .len()
                < 2
        );
        let mut varying = Condensed::varying(&at(4.0), scale);
        let kept = |j: usize| varying.columns.iter().position(|&own| own == j);
        let c = kept(2).expect("what may be fixed elsewhere stays");
        let elsewhere = at(6.0);
        assert_eq!(varying.linear.columns[c].upper, 4.0);
        varying.move_to(&elsewhere);
        let moved = varying.linear.columns[c];
        assert_eq!((moved.lower, moved.upper), (6.0, 6.0));
        // By hand: x = 1 and y = 5; one more of the first row is one more x at 2, one more y saves one.
        let whole = [1.0, 5.0, 6.0];
        let values: Vec<f64> = varying.columns.iter().map(|&j| whole[j]).collect();
        let by_row = [2.0, -1.0, 0.0];
        let duals: Vec<f64> = varying.rows.iter().map(|&n| by_row[n]).collect();
        let undone = varying.undo(&elsewhere, &found(&values, &duals));
        assert_eq!(undone.columns, whole);
        assert_eq!(undone.duals, by_row);
        let certificate = Certificate::of(&elsewhere, &undone);
        assert!(certificate.holds(), "{certificate:?}");
        assert_eq!(certificate.value, 7.0);
    }
}
