//! Requirements: what is met and what is short is what is required.
//!
//! ```text
//! a quantity, lost if not met    Σ_{t ∈ w} Σ_{e ∈ Y(r)} φ[e] · y[e,t] + u[r,w]             =  D[r,w]
//! a quantity that waits          Σ_{t ∈ w} Σ_{e ∈ Y(r)} φ[e] · y[e,t] + u[r,w] − u[r,w−1]  =  D[r,w]
//! a level in store               Σ_{e ∈ Y(r)} φ[e] · s[s(e),w] + u[r,w]                    ≥  D[r,w]
//!                                        for every requirement r and window w
//! ```
//!
//! A window is a period or a calendar year; rows and columns of a window go by its last period. `φ` is
//! how much one of an accepted item counts. A quantity is never met beyond what is required; a level
//! may be exceeded.
//!
//! The price of the row is what one more unit required there and then would cost.

use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{Id, PeriodId, RequirementId};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for r in x.m.requirements.ids() {
        let mut before = None;
        for t in x.m.calendar.periods().filter(|&t| x.ends_window(r, t)) {
            let left = met(x, v, r, t).with(-1.0, v.required[(r, t)]);
            let row = Row::Requirement(r, t);
            let unit = x.size.requirement(x.m, r);
            if x.is_flow(r) {
                let left = left.with(1.0, v.short[(r, t)]);
                let left = left.with(-1.0, before.filter(|_| x.waits(r)));
                rows.equal(row, unit, &left, 0.0);
            } else if let Some(short) = v.short[(r, t)] {
                rows.at_least(row, unit, &left.with(1.0, short), 0.0);
            }
            // What history left open is history: from when decisions are free nothing waits yet.
            let next = x.m.calendar.open_periods().next();
            let is_last = next.is_some_and(|first| t.position() + 1 == first.position());
            before = v.short[(r, t)].filter(|_| !is_last);
        }
    }
}

/// What meets a requirement in the window that ends with `t`.
fn met(x: &Scope<'_>, v: &Plan<u32>, r: RequirementId, t: PeriodId) -> Sum {
    let mut met = Sum::default();
    let flow = x.is_flow(r);
    let window = if flow { x.window(r, t) } else { vec![t] };
    for &e in &x.meets[r] {
        let meet = &x.n.meets[e];
        let size = x.size.item(x.m.stocks[meet.stock].item) / x.size.requirement(x.m, r);
        for &t in &window {
            let column = if flow {
                v.meet[(e, t)]
            } else {
                v.stock[(meet.stock, t)]
            };
            met.add(meet.factor * size, column);
        }
    }
    met
}
