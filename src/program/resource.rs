//! Resources: what lines draw on a shared limit is no more than there is.
//!
//! ```text
//! resource   Σ_l draw[l,ρ] · Σ_{t ∈ y} X[l,t]  ≤  limit[ρ,y]
//!                                        for every resource ρ and calendar year y
//! ```
//!
//! `X[l,t]` is a line's output in units of its first product, so that products which share its time
//! draw by the time they take.
//!
//! The price of a resource row is what one more unit of the resource would save.

use super::capacity::output;
use super::plan::Plan;
use super::rows::{Row, Rows};
use super::scope::Scope;
use super::sum::Sum;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    let c = &x.m.calendar;
    for (resource, shared) in x.m.resources.iter() {
        for y in c.years() {
            let limits = c
                .periods_of(y)
                .map(|t| (shared.limit.mean(c, t) * c.length()).value());
            let limit: f64 = limits.sum();
            let unit = if limit > 0.0 { limit / 100.0 } else { 1.0 };
            let mut left = Sum::default();
            for l in x.m.lines.ids() {
                let draw = x.draws(l, resource) * x.size.line(l) / unit;
                for t in c.periods_of(y).filter(|_| draw > 0.0) {
                    left.add_all(draw, &output(x, v, l, t));
                }
            }
            rows.at_most(Row::Resource(resource, y), unit, &left, limit / unit);
        }
    }
}
