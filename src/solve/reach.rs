//! How far a column can go: the bounds that rows imply.
//!
//! ```text
//! Σ_k a[k]·x[k] ≤ b   and   a[j] > 0     x[j]  ≤  ( b − Σ_{k ≠ j} least of a[k]·x[k] ) / a[j]
//! ```
//!
//! A price of the wrong sign is wrong by as much as its column can go. "A ten-millionth" is nothing where a column
//! goes to ten, and all there is where it goes to ten million.

use super::linear::Linear;
use crate::program::Sense;

/// How often bounds are passed on from row to row.
const ROUNDS: usize = 4;

/// The most that each column can be, in the light of all rows; infinite where they do not say.
pub(super) fn most(linear: &Linear) -> Vec<f64> {
    let mut most: Vec<f64> = linear.columns.iter().map(|bounds| bounds.upper).collect();
    for _ in 0..ROUNDS {
        let mut found = false;
        for n in 0..linear.senses.len() {
            let signs: &[f64] = match linear.senses[n] {
                Sense::AtMost => &[1.0],
                Sense::AtLeast => &[-1.0],
                Sense::Equal => &[1.0, -1.0],
            };
            for &sign in signs {
                found |= pass(linear, n, sign, &mut most);
            }
        }
        if !found {
            break;
        }
    }
    most
}

/// The right side of a row, or how far it can go if it cannot go so far, given the most that each column can be.
pub(super) fn right(linear: &Linear, n: usize, most: &[f64]) -> f64 {
    let right = linear.rights[n];
    let sign = match linear.senses[n] {
        Sense::AtMost => 1.0,
        Sense::AtLeast => -1.0,
        Sense::Equal => return right,
    };
    let furthest = |&(j, factor): &(u32, f64)| {
        let up = sign * factor > 0.0;
        let bounds = &linear.columns[j as usize];
        factor * if up { most[j as usize] } else { bounds.lower }
    };
    let reach: f64 = linear.row(n).iter().map(furthest).sum();
    // What is not finite says nothing.
    if (right - reach) * sign > 0.0 {
        reach
    } else {
        right
    }
}

/// Pass bounds on along a row read as `sign · left ≤ sign · right`. Whether any got much tighter.
fn pass(linear: &Linear, n: usize, sign: f64, most: &mut [f64]) -> bool {
    let least = |j: u32, factor: f64, most: &[f64]| {
        let factor = sign * factor;
        let at = if factor > 0.0 {
            linear.columns[j as usize].lower
        } else {
            most[j as usize]
        };
        factor * at
    };
    let (mut sum, mut open) = (0.0, 0);
    for &(j, factor) in linear.row(n) {
        let least = least(j, factor, most);
        if least.is_finite() {
            sum += least;
        } else {
            open += 1;
        }
    }
    let mut found = false;
    for &(j, factor) in linear.row(n) {
        if sign * factor <= 0.0 {
            continue;
        }
        let own = least(j, factor, most);
        let others = match open {
            0 => sum - own,
            1 if !own.is_finite() => sum,
            _ => continue,
        };
        let bound = (sign * linear.rights[n] - others) / (sign * factor);
        let bound = bound.max(linear.columns[j as usize].lower);
        let most = &mut most[j as usize];
        if bound < *most {
            found |= bound < 0.9 * *most;
            *most = bound;
        }
    }
    found
}
