//! Resources: what lines draw on a shared limit is no more than there is.
//!
//! ```text
//! resource   Σ_l draw[l,ρ] · Σ_{t ∈ w} X[l,t]  ≤  Σ_{t ∈ w} limit[ρ,t]
//!                                        for every resource ρ and window w
//! ```
//!
//! A window is a period or a calendar year, as the resource says; rows of a window go by its last period.
//! `X[l,t]` is a line's output in units of its first product, so that products which share its time
//! draw by the time they take.
//!
//! The price of a resource row is what one more unit of the resource would save.

use super::capacity::output;
use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    let c = &x.m.calendar;
    for (resource, shared) in x.m.resources.iter() {
        for t in c.periods().filter(|&t| shared.window.ends(c, t)) {
            let window = shared.window.periods(c, t);
            let limits = window
                .iter()
                .map(|&t| (shared.limit.mean(c, t) * c.length()).value());
            let limit: f64 = limits.sum();
            let unit = if limit > 0.0 { limit / 100.0 } else { 1.0 };
            let mut left = Sum::default();
            for l in x.m.lines.ids() {
                let draw = x.draws(l, resource) * x.size.line(l) / unit;
                for &t in window.iter().filter(|_| draw > 0.0) {
                    left.add_all(draw, &output(x, v, l, t));
                }
            }
            rows.at_most(Row::Resource(resource, t), unit, &left, limit / unit);
        }
    }
}
