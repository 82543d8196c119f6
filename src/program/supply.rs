//! Supply from outside: what suppliers can deliver, at which price step, in which lots.
//!
//! ```text
//! rate       Σ_{o ∈ O(q)} q[o,t]  ≤  A[q,t]
//! on_order   Σ_{o ∈ O(q)} q[o,t]  ≤  booked[q,t]        for every period t within queue and lead time of q
//! tier       Σ_{t ∈ y} Σ_{o ∈ O(q,k)} q[o,t]  ≤  upto[q,k] · length(y)
//! least      Σ_{o ∈ O(q)} q[o,t]  ≥  lot[q] · z[q,t]
//! placed     Σ_{o ∈ O(q)} q[o,t]  ≤  min(rate[q,t], booked[q,t]) · z[q,t]
//!                                        for every supplier q, price step k, period t, year y
//! ```
//!
//! `O(q)` is what supplier `q` delivers, by price step and market. Until queue and lead time have
//! passed, it delivers no more than was on order at the start. `least` and `placed` exist only for suppliers with a minimum order; `z` is 0 or 1.
//!
//! The price of a rate row is what one more unit from the supplier would save; of an on_order row, what one
//! more unit on order at the start would; of a tier row, what one more unit at that price would.

use super::plan::Plan;
use super::rows::{Row, Rows};
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{PeriodId, SupplierId};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for q in x.m.suppliers.ids() {
        for t in x.m.calendar.periods() {
            rate(rows, x, v, q, t);
        }
        tiers(rows, x, v, q);
    }
}

/// `Σ_{o ∈ O(q)} q[o,t]`: all that a supplier delivers in a period.
pub(super) fn delivered(x: &Scope<'_>, v: &Plan<u32>, q: SupplierId, t: PeriodId) -> Sum {
    let mut delivered = Sum::default();
    for &o in &x.orders[q] {
        delivered.add(1.0, v.order[(o, t)]);
    }
    delivered
}

fn rate(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, q: SupplierId, t: PeriodId) {
    let supplier = &x.m.suppliers[q];
    let size = x.size.item(supplier.item);
    let Some(available) = v.available[(q, t)].filter(|_| !x.orders[q].is_empty()) else {
        return;
    };
    let delivered = delivered(x, v, q, t);
    let left = delivered.clone().with(-1.0, available);
    rows.at_most(Row::Rate(q, t), size, &left, 0.0);
    if let Some(booked) = x.on_order(q, t) {
        rows.at_most(Row::OnOrder(q, t), size, &delivered, booked);
    }
    if let (Some(placed), Some(lot)) = (v.placed[(q, t)], supplier.minimum_order) {
        let least = delivered.clone().with(-lot.value() / size, placed);
        rows.at_least(Row::Least(q, t), size, &least, 0.0);
        let most = delivered.with(-x.deliverable(q, t), placed);
        rows.at_most(Row::Placed(q, t), size, &most, 0.0);
    }
}

fn tiers(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, q: SupplierId) {
    let (supplier, c) = (&x.m.suppliers[q], &x.m.calendar);
    let size = x.size.item(supplier.item);
    for (n, tier) in supplier.tiers.iter().enumerate() {
        let Some(up_to) = tier.up_to else { continue };
        for y in c.years() {
            let mut left = Sum::default();
            let mut most = 0.0;
            for t in c.periods_of(y) {
                most += (up_to * c.length()).value() / size;
                let at_tier = x.orders[q].iter().filter(|&&o| x.n.orders[o].tier == n);
                for &o in at_tier {
                    left.add(1.0, v.order[(o, t)]);
                }
            }
            let n = u32::try_from(n).expect("a handful of tiers");
            rows.at_most(Row::Tier(q, n, y), size, &left, most);
        }
    }
}
