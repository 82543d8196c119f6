//! Supply from outside: what suppliers can deliver, in which lots.
//!
//! ```text
//! rate       Σ_{o ∈ O(q)} q[o,t]  ≤  A[q,t]
//! on_order   Σ_{o ∈ O(q)} q[o,t]  ≤  ρ[q,t] · booked[q,t] + ψ[q,t] · A[q,t]
//!                                        for every period t that begins within queue and lead time of q
//! least      Σ_{o ∈ O(q)} q[o,t]  ≥  lot[q] · z[q,t]
//! placed     Σ_{o ∈ O(q)} q[o,t]  ≤  min(A[q,t], ρ[q,t] · booked[q,t] + ψ[q,t] · A[q,t], B[q]) · z[q,t]
//!                                        for every supplier q and period t
//! ```
//!
//! `O(q)` is what supplier `q` delivers, by [price step](super::steps) and market. Until queue and lead time have
//! passed since decisions are free, it delivers no more than was on order by then: for a share `ρ` of the period in
//! which they pass, and `ψ` of what it delivers at its rate in that period lies in the rest of it. So it is in all of
//! history, in which nothing new is ordered. `least` and `placed` exist only for suppliers with a minimum order; `z` is 0 or 1. `B` is more than any plan has a use for: the least order, and a
//! hundred thousand [internal units](super::size) of the item for each period of the calendar.
//!
//! The price of a rate row is what one more unit from the supplier would save; of an `on_order` row, what one
//! more unit on order when decisions are free would.

use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{PeriodId, SupplierId};
use crate::units::as_number;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for q in x.m.suppliers.ids() {
        for t in x.m.calendar.periods() {
            rate(rows, x, v, q, t);
        }
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

/// At least a thousand times the largest [flow of a period that is of use](super::size), in internal units.
const BEYOND_USE: f64 = 1e5;

fn rate(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, q: SupplierId, t: PeriodId) {
    let supplier = &x.m.suppliers[q];
    let size = x.size.item(supplier.item);
    let Some(available) = v.available[(q, t)].filter(|_| !x.orders[q].is_empty()) else {
        return;
    };
    let delivered = delivered(x, v, q, t);
    let left = delivered.clone().with(-1.0, available);
    rows.at_most(Row::Rate(q, t), size, &left, 0.0);
    if let Some((booked, free)) = x.on_order(q, t) {
        let mut left = delivered.clone();
        if free > 0.0 {
            left.add(-free, available);
        }
        rows.at_most(Row::OnOrder(q, t), size, &left, booked);
    }
    if let (Some(placed), Some(lot)) = (v.placed[(q, t)], supplier.minimum_order) {
        let least = delivered.clone().with(-lot.value() / size, placed);
        rows.at_least(Row::Least(q, t), size, &least, 0.0);
        // A limit that stands for none would let a hair's breadth of a choice pass for no choice at all.
        let beyond = lot.value() / size + BEYOND_USE * as_number(x.m.calendar.periods().len());
        let most = delivered.with(-x.deliverable(q, t).min(beyond), placed);
        rows.at_most(Row::Placed(q, t), size, &most, 0.0);
    }
}
