//! A last touch on an interior plan: the least change that lets its rows hold.
//!
//! ```text
//! least ‖A[R,F] · d[F] − r[R]‖²,   and of all such d the least ‖d‖²
//! ```
//!
//! An interior-point solver stops a hair beside its bounds. Brought back to them, columns with large
//! factors leave their rows missed by a little: a millionth of a unit, where the certificate allows
//! less. `R` are the equations and the limits that are used up, `r` by how much each is missed, and `F` the
//! columns away from their bounds, which alone may move. Conjugate gradients on the normal equations
//! (Hestenes and Stiefel, 1952) need nothing but products with the rows, and do not mind rows in which
//! nothing may move.

use super::certificate::violation;
use super::linear::Linear;
use crate::program::Sense;

/// A column this near to a bound stays there; a limit this near to being used up is.
const NEAR: f64 = 1e-5;
/// The most steps of the conjugate gradients.
const STEPS: usize = 2_000;
/// How often the change is worked out anew.
const ROUNDS: usize = 3;

/// Columns as near as this to a bound are brought to it, the nearest first, as far as that helps.
const SNAPS: [f64; 4] = [0.0, 1e-8, 1e-7, 1e-6];

/// Bring a plan nearer to its rows. What does not get better stays as it is.
pub(super) fn polish(linear: &Linear, columns: &mut Vec<f64>) {
    let mut best = violation(linear, columns);
    for snap in SNAPS {
        let mut tried = snapped(linear, columns, snap);
        for _ in 0..ROUNDS {
            tried = change(linear, &tried);
            let after = violation(linear, &tried);
            if after < best {
                best = after;
                columns.clone_from(&tried);
            }
            if best < 1e-9 {
                return;
            }
        }
    }
}

/// The plan with columns that are within `near` of a bound at it.
fn snapped(linear: &Linear, columns: &[f64], near: f64) -> Vec<f64> {
    let to_bound = |(&value, bounds): (&f64, &super::linear::Bounds)| {
        if value - bounds.lower < near {
            bounds.lower
        } else if bounds.upper - value < near {
            bounds.upper
        } else {
            value
        }
    };
    columns.iter().zip(&linear.columns).map(to_bound).collect()
}

/// The plan after the least change.
fn change(linear: &Linear, columns: &[f64]) -> Vec<f64> {
    let free: Vec<bool> = linear
        .columns
        .iter()
        .zip(columns)
        .map(|(bounds, &value)| value - bounds.lower > NEAR && bounds.upper - value > NEAR)
        .collect();
    let missed = (0..linear.senses.len()).filter_map(|n| {
        let miss = linear.rights[n] - linear.left(n, columns);
        let held = match linear.senses[n] {
            Sense::Equal => true,
            Sense::AtMost => miss < NEAR,
            Sense::AtLeast => miss > -NEAR,
        };
        // What a limit has to spare is no miss.
        let miss = match linear.senses[n] {
            Sense::Equal => miss,
            Sense::AtMost => miss.min(0.0),
            Sense::AtLeast => miss.max(0.0),
        };
        held.then_some((n, miss))
    });
    let (rows, missed): (Vec<usize>, Vec<f64>) = missed.unzip();
    let system = System {
        linear,
        rows: &rows,
        free: &free,
    };
    let shift = system.solve(&missed);
    let mut moved = columns.to_vec();
    for ((value, bounds), shift) in moved.iter_mut().zip(&linear.columns).zip(shift) {
        *value = (*value + shift).clamp(bounds.lower, bounds.upper);
    }
    moved
}

/// Some rows of a program, over the columns that may move.
struct System<'a> {
    linear: &'a Linear,
    rows: &'a [usize],
    free: &'a [bool],
}

impl System<'_> {
    /// By what each row is divided: the size of its factors.
    fn sizes(&self) -> Vec<f64> {
        let size = |&n: &usize| {
            let terms = self.linear.row(n).iter();
            let terms = terms.filter(|&&(j, _)| self.free[j as usize]);
            let square: f64 = terms.map(|&(_, factor)| factor * factor).sum();
            if square > 0.0 { square.sqrt() } else { 1.0 }
        };
        self.rows.iter().map(size).collect()
    }

    /// `A[R,F]ᵀ · y`, each row divided by its size.
    fn down(&self, sizes: &[f64], prices: &[f64]) -> Vec<f64> {
        let mut shift = vec![0.0; self.free.len()];
        for ((&n, &size), &price) in self.rows.iter().zip(sizes).zip(prices) {
            for &(j, factor) in self.linear.row(n) {
                if self.free[j as usize] {
                    shift[j as usize] += factor / size * price;
                }
            }
        }
        shift
    }

    /// `A[R,F] · d`, each row divided by its size.
    fn up(&self, sizes: &[f64], shift: &[f64]) -> Vec<f64> {
        let rows = self.rows.iter().zip(sizes);
        rows.map(|(&n, size)| self.linear.left(n, shift) / size)
            .collect()
    }

    /// The least change that brings the rows nearest.
    fn solve(&self, missed: &[f64]) -> Vec<f64> {
        let sizes = self.sizes();
        let mut rest: Vec<f64> = missed.iter().zip(&sizes).map(|(r, s)| r / s).collect();
        let mut found = vec![0.0; self.free.len()];
        let mut slope = self.down(&sizes, &rest);
        let mut step = slope.clone();
        let mut steep = dot(&slope, &slope);
        let enough = 1e-24 * steep;
        for _ in 0..STEPS {
            let turned = self.up(&sizes, &step);
            let curve = dot(&turned, &turned);
            if steep <= enough || curve <= 0.0 {
                break;
            }
            let length = steep / curve;
            add(&mut found, length, &step);
            add(&mut rest, -length, &turned);
            slope = self.down(&sizes, &rest);
            let next = dot(&slope, &slope);
            let kept = next / steep;
            steep = next;
            for (step, &slope) in step.iter_mut().zip(&slope) {
                *step = slope + kept * *step;
            }
        }
        found
    }
}

/// Add `factor` times one list of numbers to another.
fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += factor * what;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::super::linear::Bounds;
    use super::*;

    /// a + 2 b = 5 and b − 100 c = 2.
    fn toy() -> Linear {
        let column = Bounds {
            lower: 0.0,
            upper: f64::INFINITY,
            whole: false,
        };
        Linear {
            columns: vec![column; 3],
            starts: vec![0, 2, 4],
            terms: vec![(0, 1.0), (1, 2.0), (1, 1.0), (2, -100.0)],
            senses: vec![Sense::Equal, Sense::Equal],
            rights: vec![5.0, 2.0],
            aim: vec![0.0; 3],
            offset: 0.0,
            fine: false,
        }
    }

    #[test]
    fn rows_hold_after_the_least_change() {
        // Only a and b may move: b = 2 by the second row, and a = 1 by the first.
        let mut columns = vec![1.1, 1.9, 0.0];
        polish(&toy(), &mut columns);
        assert!((columns[0] - 1.0).abs() < 1e-9, "{columns:?}");
        assert!((columns[1] - 2.0).abs() < 1e-9, "{columns:?}");
        assert_eq!(columns[2], 0.0);
    }

    #[test]
    fn what_cannot_get_better_stays() {
        // Nothing may move.
        let mut columns = vec![0.0, 0.0, 0.0];
        polish(&toy(), &mut columns);
        assert_eq!(columns, [0.0, 0.0, 0.0]);
    }
}
