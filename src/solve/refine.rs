//! Refining: an answer that is nearly right shows where to look more closely.
//!
//! ```text
//! min  D·(c − Aᵀy) · z    with   A z  =  Δ·(b − A x),   Δ·(l − x)  ≤  z  ≤  Δ·(u − x)
//! x ← x + z / Δ,   y ← y + w / D      w being the prices of the rows, Δ and D one over what plan and prices miss
//! ```
//!
//! Whatever digits a solver gives of `z` and `w` are digits of `x` and `y` that it could not give before: the
//! iterative refinement of linear programs (Gleixner, Steffy and Wolter, 2016). So a plan that makes five rounds
//! where sixty thousand are wanted is found by a solver to which five in sixty thousand are nothing. Limits are
//! equations with a slack here.

use super::Failure;
use super::linear::{Bounds, Found, Linear};
use crate::program::Sense;

/// What is missed by no more than this share is met.
const ENOUGH: f64 = 1e-13;
/// How often an answer is refined.
const ROUNDS: usize = 4;
/// A bound so far away, seen closely, is none; a price so high leaves its column at its bound.
const FAR: f64 = 1e6;
/// How closely it is looked at, at most.
const CLOSEST: f64 = 1e9;

/// The answer refined, as long as it gets better.
pub(super) fn refine(
    linear: &Linear,
    found: Found,
    solve: impl Fn(&Linear) -> Result<Found, Failure>,
) -> Found {
    let form = Form::of(linear);
    let mut best = found;
    let mut miss = form.miss(&best);
    for _ in 0..ROUNDS {
        if miss.worst() <= ENOUGH || !miss.worst().is_finite() {
            break;
        }
        let Some(next) = form.step(&best, miss.closer(), &solve) else {
            break;
        };
        let after = form.miss(&next);
        if after.worst() > 0.5 * miss.worst() {
            break;
        }
        (best, miss) = (next, after);
    }
    best
}

/// What an answer misses, each as a share of its numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Miss {
    /// Of rows and bounds; and of columns and slacks that should be at their bound.
    plan: f64,
    /// Of signs of prices; and of prices that should be zero.
    prices: f64,
    /// The farthest that anything with a price is from its bound.
    farthest: f64,
}

impl Miss {
    /// Take in a distance from a bound, the size that it is a share of, and its price: of distance and price, one
    /// should be zero, and neither negative.
    fn pair(&mut self, far: f64, size: f64, price: f64) {
        let distance = far / size;
        self.plan = self.plan.max(-distance);
        self.prices = self.prices.max(-price);
        if distance <= price {
            self.plan = self.plan.max(distance);
        } else {
            self.prices = self.prices.max(price);
            if price > ENOUGH && distance.is_finite() {
                self.farthest = self.farthest.max(far);
            }
        }
    }

    fn worst(self) -> f64 {
        self.plan.max(self.prices)
    }

    /// How many times closer to look at the plan, and at the prices: so that what is missed is about one, and what
    /// still has to move not too far to be seen.
    fn closer(self) -> (f64, f64) {
        let plan = self.plan.max(self.farthest / FAR);
        let times = |miss: f64| (1.0 / miss.max(1.0 / CLOSEST)).max(1.0);
        (times(plan), times(self.prices))
    }
}

/// A program as equations: each limit has a slack.
struct Form<'a> {
    linear: &'a Linear,
    /// The sign of each row's slack: 0 for an equation.
    signs: Vec<f64>,
}

impl<'a> Form<'a> {
    fn of(linear: &'a Linear) -> Self {
        let sign = |sense: &Sense| match sense {
            Sense::AtMost => 1.0,
            Sense::AtLeast => -1.0,
            Sense::Equal => 0.0,
        };
        let signs = linear.senses.iter().map(sign).collect();
        Self { linear, signs }
    }

    /// What each row has to spare: `b − A x` for `≤`, `A x − b` for `≥`.
    fn spare(&self, n: usize, columns: &[f64]) -> f64 {
        self.signs[n] * (self.linear.rights[n] - self.linear.left(n, columns))
    }

    /// What an answer misses.
    fn miss(&self, found: &Found) -> Miss {
        let linear = self.linear;
        let reduced = linear.reduced_costs(&found.duals);
        let dearest = linear
            .aim
            .iter()
            .fold(0.0_f64, |most, aim| most.max(aim.abs()));
        let dearest = if dearest > 0.0 { dearest } else { 1.0 };
        let largest = |n: usize| {
            let terms = linear.row(n).iter();
            let terms = terms.map(|&(j, factor)| (factor * found.columns[j as usize]).abs());
            terms.fold(linear.rights[n].abs(), f64::max).max(1.0)
        };
        let mut miss = Miss::default();
        for n in 0..linear.senses.len() {
            if self.signs[n] == 0.0 {
                let by = linear.left(n, &found.columns) - linear.rights[n];
                miss.plan = miss.plan.max(by.abs() / largest(n));
            } else {
                // The price of a limit is at most zero, its slack at least.
                let price = -self.signs[n] * found.duals[n] / dearest;
                miss.pair(self.spare(n, &found.columns), largest(n), price);
            }
        }
        for (j, bounds) in linear.columns.iter().enumerate() {
            let (value, price) = (found.columns[j], reduced[j] / dearest);
            let (size, low, high) = (
                1.0 + value.abs(),
                value - bounds.lower,
                bounds.upper - value,
            );
            if price >= 0.0 {
                miss.pair(low, size, price);
            } else {
                miss.pair(high, size, -price);
            }
            miss.plan = miss.plan.max(-low.min(high) / size);
        }
        miss
    }

    /// One step. `None`: it could not be solved.
    fn step(
        &self,
        found: &Found,
        close: (f64, f64),
        solve: &impl Fn(&Linear) -> Result<Found, Failure>,
    ) -> Option<Found> {
        let closer = self.closer(found, close);
        let (small, kept) = closer.without_fixed();
        let answer = solve(&small).ok()?;
        let mut shifts: Vec<f64> = closer.columns.iter().map(|bounds| bounds.lower).collect();
        for (&j, &value) in kept.iter().zip(&answer.columns) {
            shifts[j] = value;
        }
        let bounds = self.linear.columns.iter();
        let columns = bounds.zip(&found.columns).zip(&shifts);
        let duals = found.duals.iter().zip(&answer.duals).zip(&self.signs);
        Some(Found {
            columns: columns
                .map(|((bounds, &value), shift)| {
                    (value + shift / close.0).clamp(bounds.lower, bounds.upper)
                })
                .collect(),
            duals: duals
                .map(|((&dual, &more), &sign)| {
                    // The aim of what is left is seen `close.1` times closer, whatever its columns are.
                    let dual = dual + more / close.1;
                    if sign * dual > 0.0 { 0.0 } else { dual }
                })
                .collect(),
            iterations: found.iterations + answer.iterations,
            solver: found.solver,
        })
    }

    /// What is left to find, seen so many times closer.
    fn closer(&self, found: &Found, close: (f64, f64)) -> Linear {
        let linear = self.linear;
        let mut new = Linear {
            starts: vec![0],
            fine: linear.fine,
            ..Linear::default()
        };
        let reduced = linear.reduced_costs(&found.duals);
        for (j, own) in linear.columns.iter().enumerate() {
            let value = found.columns[j];
            new.column(close, (own.lower - value, own.upper - value), reduced[j]);
        }
        for n in 0..linear.senses.len() {
            new.terms.extend_from_slice(linear.row(n));
            let sign = self.signs[n];
            let mut right = linear.rights[n] - linear.left(n, &found.columns);
            if sign != 0.0 {
                let spare = self.spare(n, &found.columns).max(0.0);
                right -= sign * spare;
                let number = u32::try_from(new.columns.len()).expect("fewer than 2^32 columns");
                new.terms.push((number, sign));
                new.column(close, (-spare, f64::INFINITY), -sign * found.duals[n]);
            }
            new.starts.push(new.terms.len());
            new.senses.push(Sense::Equal);
            new.rights.push(close.0 * right);
        }
        new
    }
}

impl Linear {
    /// A new column, seen so many times closer: how far it may go down and up, and what that costs. One that is
    /// dear stays at its bound.
    fn column(&mut self, close: (f64, f64), (down, up): (f64, f64), price: f64) {
        let near = |distance: f64| {
            let distance = close.0 * distance;
            if distance.abs() > FAR {
                distance.signum() * f64::INFINITY
            } else {
                distance
            }
        };
        let (mut lower, mut upper) = (near(down), near(up));
        let aim = close.1 * price;
        if aim > FAR && lower.is_finite() {
            upper = lower;
        } else if aim < -FAR && upper.is_finite() {
            lower = upper;
        }
        self.columns.push(Bounds {
            lower,
            upper,
            whole: false,
        });
        self.aim.push(aim);
    }
}
