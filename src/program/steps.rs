//! Price steps: how much a line or a supplier sells at each price, the cheapest first.
//!
//! ```text
//! tier   Σ_{t ∈ w} Σ_{m ∈ M(l,p,k)} x[m,t]  ≤  upto[k] · length(w)
//!                                            or  share[k] · pace[p] · Σ_{t ∈ w} util[l,t] · (K⁰[l,t] + K⁺[l,t])
//!        Σ_{t ∈ w} Σ_{o ∈ O(q,k)} q[o,t]    ≤  upto[k] · length(w)   or   share[k] · Σ_{t ∈ w} A[q,t]
//!                                        for every price step k but an open one of a line's product or a supplier,
//!                                        every window w of it
//! ```
//!
//! `M(l,p,k)` is what line `l` makes of its product `p` at step `k`, by market; `O(q,k)` what supplier `q` delivers at it.
//! Prices rise from step to step, so that a cheaper one is used up first, and no plan has to say so. A step is an amount a
//! year or a share of what there could be; an expansion adds its share to each step of the second kind, and to what is
//! beyond those of the first. A window is a period or a calendar year, as the step says; its row goes by its last
//! period.
//!
//! The price of a tier row is what one more unit at that price would save.

use super::family::Row;
use super::network::Source;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::PeriodId;
use crate::model::{Tier, UpTo};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for (l, line) in x.m.lines.iter() {
        for p in 0..line.products.len() {
            tiers(rows, x, v, Source::Line(l, p));
        }
    }
    for q in x.m.suppliers.ids() {
        tiers(rows, x, v, Source::Supplier(q));
    }
}

fn tiers(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, source: Source) {
    let c = &x.m.calendar;
    let size = x.size.item(source.item(x.m));
    for (n, tier) in source.tiers(x.m).iter().enumerate() {
        let Some(up_to) = tier.up_to else { continue };
        let k = u32::try_from(n).expect("a handful of tiers");
        for last in c.periods().filter(|&t| tier.window.ends(c, t)) {
            let (sold, most, right) = window(x, v, (source, n), (tier, up_to), last);
            if !sold.is_empty() {
                let mut left = sold;
                left.add_all(-1.0, &most);
                rows.at_most(Row::Tier(source, k, last), size, &left, right / size);
            }
        }
    }
}

/// What is sold at a step in the window that ends with a period; how much there is of it, in columns and as a number in
/// natural units.
fn window(
    x: &Scope<'_>,
    v: &Plan<u32>,
    (source, n): (Source, usize),
    (tier, up_to): (&Tier, UpTo),
    last: PeriodId,
) -> (Sum, Sum, f64) {
    let c = &x.m.calendar;
    let (mut sold, mut most, mut right) = (Sum::default(), Sum::default(), 0.0);
    for t in tier.window.periods(c, last) {
        at(x, v, (source, n), t, &mut sold);
        match up_to {
            UpTo::Rate(rate) => right += (rate * c.length()).value(),
            UpTo::Share(share) => could_be(x, v, source, t, share.value(), &mut most),
        }
    }
    (sold, most, right)
}

/// What is sold at a step in a period.
fn at(x: &Scope<'_>, v: &Plan<u32>, (source, n): (Source, usize), t: PeriodId, sold: &mut Sum) {
    match source {
        Source::Line(l, p) => {
            let own = x.makes[l].iter().filter(|&&k| {
                let make = x.n.makes[k];
                (make.product, make.tier) == (p, n)
            });
            for &k in own {
                sold.add(1.0, v.make[(k, t)]);
            }
        }
        Source::Supplier(q) => {
            for &o in x.orders[q].iter().filter(|&&o| x.n.orders[o].tier == n) {
                sold.add(1.0, v.order[(o, t)]);
            }
        }
    }
}

/// A share of what there could be in a period: of all that a line can make of a product, of a supplier's rate.
fn could_be(x: &Scope<'_>, v: &Plan<u32>, source: Source, t: PeriodId, share: f64, most: &mut Sum) {
    match source {
        Source::Line(l, p) => {
            let product = &x.m.lines[l].products[p];
            let pace = product.pace.value() * x.size.line(l) / x.size.item(product.item);
            let each = share * pace * x.utilisation(l, t);
            most.add(each, v.financed[(l, t)]);
            most.add(each, v.added[(l, t)]);
        }
        Source::Supplier(q) => most.add(share, v.available[(q, t)]),
    }
}
