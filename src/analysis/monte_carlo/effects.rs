//! How much of an outcome's variance an input explains by itself, from the samples that are there: no more solves.
//!
//! It is the correlation ratio over slices of the input's range, less what chance alone would give (Kelley 1935; Plischke, Borgonovo
//! and Smith 2013 on such estimates from given data). What inputs explain together is for a [`Surrogate`](super::Surrogate).
//!
//! Errors are those of the jackknife (Efron 1982): how far an estimate moves as each sample is left out.

use crate::units::as_number;

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// The fewest samples for effects.
const FEWEST: usize = 100;
/// The share of the variance that an input explains by itself. `None` for fewer than a hundred samples, for values that are not
/// finite, or where nothing varies.
pub fn first_order(input: &[f64], values: &[f64]) -> Option<Estimate> {
    let (_, total) = spread(values)?;
    let count = values.len();
    let slices = (count / 25).clamp(4, 20);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| input[a].total_cmp(&input[b]).then(a.cmp(&b)));
    let members: Vec<&[usize]> = (0..slices)
        .map(|slice| &order[slice * count / slices..(slice + 1) * count / slices])
        .collect();
    let of = |slice: &&[usize]| slice.iter().map(|&n| values[n]).collect::<Vec<_>>();
    let within: Vec<(f64, f64)> = members.iter().map(|slice| squares(&of(slice))).collect();
    let all: f64 = within.iter().map(|(_, squares)| squares).sum();
    let share = |count: usize, within: f64, total: f64| {
        1.0 - within / as_number(count - slices) / (total / as_number(count - 1))
    };
    let mean = mean(values);
    let mut without = vec![0.0; count];
    for (slice, (own, _)) in members.iter().zip(&within) {
        for &n in *slice {
            let less = |mean: f64, of: usize| {
                (values[n] - mean).powi(2) * as_number(of) / as_number(of - 1)
            };
            let (within, total) = (all - less(*own, slice.len()), total - less(mean, count));
            without[n] = share(count - 1, within, total);
        }
    }
    Some(Estimate {
        value: share(count, all, total).max(0.0),
        error: jackknife(0.0, &without).error,
    })
}

/// An estimate without what the sample's size adds to it, and its error, from the estimates with each sample left out.
pub(super) fn jackknife(all: f64, without: &[f64]) -> Estimate {
    let count = as_number(without.len());
    let (mean, squares) = squares(without);
    Estimate {
        value: (count * all - (count - 1.0) * mean).max(0.0),
        error: (squares * (count - 1.0) / count).sqrt(),
    }
}

/// The mean of values and the sum of squares around it; `None` if there are too few, or nothing varies.
pub(super) fn spread(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < FEWEST || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let (mean, total) = squares(values);
    (total > 1e-12 * (1.0 + mean * mean)).then_some((mean, total))
}

fn squares(values: &[f64]) -> (f64, f64) {
    let mean = mean(values);
    (
        mean,
        values.iter().map(|value| (value - mean).powi(2)).sum(),
    )
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / as_number(values.len())
}
