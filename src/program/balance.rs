//! Balance: what reaches a market equals what leaves it and what stays.
//!
//! ```text
//! balance   Σ_{m ∈ M(k)} x[m,t] + Σ_{o ∈ O(k)} q[o,t] + Σ_{v → k} Σ_τ α[lag[v],τ,t] · v[v,τ] + p[k,t−1]
//!           =  Σ_{m ∈ U(k)} a[k,m] · Σ_τ α[cycle[m],t,τ] · x[m,τ] + Σ_{e ∈ B(k)} Σ_τ β[e,τ,t] · use[k,e] · b[e,τ]
//!              + Σ_{k → v} v[v,t] + Σ_{d ∈ D(k)} d[d,t] + p[k,t]
//!                                        for every market k and period t
//! pool_most      p[k,t]  ≤  most[k,t]
//! pool_closing   p[k,T]  ≥  closing[k]
//! ```
//!
//! `M(k)` and `O(k)` supply market `k`; `U(k)` uses its item up, `a` being the bill of materials over
//! the line's yield; `B(k)` are expansions that use it up while they are built. `α[σ,τ,t]` is the share of an
//! even flow of `τ` that, a span `σ` later, falls in `t`: with `σ` of `n` whole periods and a part `f`, it is
//! `1 − f` for `t = τ + n` and `f` for `t = τ + n + 1`. `β[e,τ,t]` is the share of the lead time of an
//! expansion ordered in `τ` that falls in `t`. `p[k,−1]` is the makers' opening stock. What a line takes in for
//! output after the last period follows its output in the last period, so that a long cycle does not look free
//! at the end.
//!
//! The price of a balance row is what one more unit of the item wanted there and then would cost.

use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::calendar::Calendar;
use crate::ids::{MarketId, PeriodId};
use crate::units::Months;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for k in x.n.markets.ids() {
        if x.n.is_direct(k).is_some() {
            continue;
        }
        let size = x.size.item(x.n.markets[k].item);
        for t in x.m.calendar.periods() {
            let mut left = Sum::default();
            supply(&mut left, x, v, k, t);
            moves(&mut left, x, v, k, t);
            uses(&mut left, x, v, k, t);
            for &d in &x.market[k].deliveries {
                left.add(-1.0, v.deliver[(d, t)]);
            }
            left.add(-1.0, v.pool[(k, t)]);
            let before = x.m.calendar.before(t, 1);
            left.add(1.0, before.and_then(|before| v.pool[(k, before)]));
            let opening = if before.is_none() {
                x.pool_opening(k)
            } else {
                0.0
            };
            rows.equal(Row::Balance(k, t), size, &left, -opening);
        }
        pools(rows, x, v, k);
    }
}

/// `Σ x + Σ q`: what is made for a market and ordered for it.
pub(super) fn supply(left: &mut Sum, x: &Scope<'_>, v: &Plan<u32>, k: MarketId, t: PeriodId) {
    for &made in &x.market[k].makes {
        left.add(1.0, v.make[(made, t)]);
    }
    for &ordered in &x.market[k].orders {
        left.add(1.0, v.order[(ordered, t)]);
    }
}

fn moves(left: &mut Sum, x: &Scope<'_>, v: &Plan<u32>, k: MarketId, t: PeriodId) {
    let c = &x.m.calendar;
    for &along in &x.market[k].moves_out {
        left.add(-1.0, v.moved[(along, t)]);
    }
    for &along in &x.market[k].moves_in {
        let lag = x.m.routes[x.n.moves[along].route].lag;
        for (departed, share) in c.parts(c.stretch(t).earlier(lag)) {
            left.add(share, v.moved[(along, departed)]);
        }
    }
}

fn uses(left: &mut Sum, x: &Scope<'_>, v: &Plan<u32>, k: MarketId, t: PeriodId) {
    let c = &x.m.calendar;
    let size = x.size.item(x.n.markets[k].item);
    for &(made, amount) in &x.market[k].users {
        let line = &x.m.lines[x.n.makes[made].line];
        let amount = amount * x.make_size(made) / size;
        for (out, share) in output_of(c, t, line.cycle) {
            left.add(-amount * share, v.make[(made, out)]);
        }
    }
    for &(e, amount) in &x.market[k].builders {
        for ordered in c.periods().take_while(|&ordered| ordered <= t) {
            let (Some(built), Some(building)) = (
                v.build[(e, ordered)],
                x.m.expansions[e].building(c, ordered),
            ) else {
                continue;
            };
            if let Some((_, share)) = c.parts(building).find(|&(now, _)| now == t) {
                left.add(-amount * share / size, built);
            }
        }
    }
}

/// Of which periods' output what a line takes in in a period is, and what share of that output's needs it is.
pub(super) fn output_of(
    c: &Calendar,
    t: PeriodId,
    cycle: Months,
) -> impl Iterator<Item = (PeriodId, f64)> + use<> {
    let out = c.stretch(t).later(cycle);
    let last = c.last_past().filter(|_| c.is_past(t)).unwrap_or(c.last());
    let parts = c.parts(out).filter(move |&(out, _)| out <= last);
    let late = Some((last, out.after(c.stretch(last).end())));
    parts.chain(late.filter(|&(_, share)| share > 0.0))
}

/// What makers may keep, and must keep at the end.
fn pools(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, k: MarketId) {
    let (market, c) = (&x.n.markets[k], &x.m.calendar);
    let size = x.size.item(market.item);
    let Some(stock) = x.m.items[market.item].stock.as_ref() else {
        return;
    };
    for t in c.periods() {
        if let (Some(most), Some(pool)) = (&stock.most, v.pool[(k, t)]) {
            let most = most.closing(c, t).value() / size;
            rows.at_most(Row::PoolMost(k, t), size, &Sum::of(pool), most);
        }
    }
    if stock.closing.value() > 0.0 && x.keeps_pool(k) {
        let mut left = Sum::default();
        left.add(1.0, v.pool[(k, c.last())]);
        rows.at_least(
            Row::PoolClosing(k),
            size,
            &left,
            stock.closing.value() / size,
        );
    }
}
