//! What analyses measure plans by.

use crate::ids::{ExpansionId, PeriodId, YearId};
use crate::model::Model;
use crate::solution::{Build, Solution};
use crate::solve::Certificate;

/// The share of what is required in a year that is met, by value; `None` where nothing is required.
pub(crate) fn coverage_of_year(m: &Model, solution: &Solution, y: YearId) -> Option<f64> {
    let (mut required, mut met) = (0.0, 0.0);
    for (r, coverage) in solution.requirements.iter() {
        let year = coverage.years[y];
        let worth = solution.program().worth(m, r) * year.required;
        required += worth;
        met += worth * year.coverage();
    }
    (required > 0.0).then(|| met / required)
}

/// What one value is above another: nothing within what their certificates leave open, so that every solver
/// says the same.
pub(super) fn beyond(value: f64, least: f64) -> f64 {
    let open = 2.0 * Certificate::GAP * value.abs().max(least.abs());
    let difference = value - least;
    if difference.abs() <= open {
        0.0
    } else {
        difference
    }
}

/// Sort by size, the largest first; what differs by no more than certificates leave open of the largest in order of
/// a key.
pub(super) fn rank<T, K: Ord>(
    all: &mut [T],
    size: impl Fn(&T) -> f64,
    of: f64,
    key: impl Fn(&T) -> K,
) {
    all.sort_by(|a, b| {
        size(b)
            .total_cmp(&size(a))
            .then_with(|| key(a).cmp(&key(b)))
    });
    let open = 4.0 * Certificate::GAP * of.abs();
    let mut start = 0;
    for n in 1..=all.len() {
        let apart = n == all.len() || size(&all[n - 1]) - size(&all[n]) > open;
        if apart {
            all[start..n].sort_by_key(&key);
            start = n;
        }
    }
}

/// How much of an expansion is built in all, in times; less than a thousandth of it, or of once, is nothing.
pub(super) fn built(m: &Model, s: &Solution, e: ExpansionId) -> f64 {
    let built: f64 = orders_of(s, e).map(|build| build.taken).sum();
    let least = 1e-3 * m.expansions[e].at_most.value().min(1.0);
    if built > least { built } else { 0.0 }
}

/// What a plan's orders of an expansion cost, each at its price on the date of the order, at base-year prices.
pub(super) fn price_of(s: &Solution, e: ExpansionId) -> f64 {
    orders_of(s, e).map(|build| build.cost).sum()
}

/// A plan's orders of an expansion, the first before the rest.
pub(super) fn orders_of(s: &Solution, e: ExpansionId) -> impl Iterator<Item = &Build> {
    s.builds.iter().filter(move |build| build.expansion == e)
}

/// The first period of a year.
pub(super) fn first_period(m: &Model, y: YearId) -> usize {
    use crate::ids::Id;
    let mut periods = m.calendar.periods_of(y);
    periods.next().map_or(0, PeriodId::position)
}
