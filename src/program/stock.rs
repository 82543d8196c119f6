//! Stocks: what reaches a stock equals what leaves it and what stays; it keeps its floor and ages.
//!
//! ```text
//! spare     Σ_{τ ≤ t} ( Σ_{e ∈ Y(s)} y[e,τ] + Σ_{s → g} g[g,τ] )  ≤  s[s,−1] − least[s,t]
//! stock     in[s,t] + s[s,t−1]  =  Σ_{e ∈ Y(s)} y[e,t] + Σ_{s → g} g[g,t] + w[s,t] + s[s,t]
//! floor     s[s,t]  ≥  min(floor[s,t], left[s,t])
//! draw      Σ_{e ∈ Y(s)} y[e,t] + Σ_{s → g} g[g,t]  ≤  draw[s,t]
//! fresh     n[s,t]  =  n[s,t−1] + in[s,t] − (1 − f) · in[s,t−life+1] − f · in[s,t−life]
//! life      s[s,t]  ≤  left[s,t] + n[s,t],     or, where the opening stock outlasts what arrives,  ≤  o[s,t] + n[s,t]
//! old       o[s,t]  ≤  o[s,t−1],               o[s,t]  ≤  left[s,t]
//! stored    o[s,t]  ≤  s[s,t−1]
//! expired   w[s,t]  ≤  (1 − f) · in[s,t−life+1] + f · in[s,t−life] + left[s,t−1] − left[s,t]
//! kept      s[s,t]  ≥  Σ_{t < τ < t+life} w[s,τ]          of a stock that nothing can reach: all τ > t
//! closing   s[s,T]  ≥  closing[s]
//!           in[s,t] = Σ_{m,o ∈ k(s)} (x[m,t] + q[o,t]) or Σ_{d → s} d[d,t],  + Σ_{g → s} Σ_τ α[lag[g],τ,t] · g[g,τ]
//!                                        for every stock s and period t
//! ```
//!
//! `left[s,t]` is what of the opening stock can still be used in the next period if nothing is drawn, of what
//! expires in the course of that the share of it until then; `s[s,−1]` is all of it, and what of it has no date
//! never expires. What arrives in a period counts as arrived at its start: all of it can be used for the `life`
//! whole periods of its shelf life, its own included and at least that, and the part `f` of a period that is left
//! over gives the share that can be used in the period after. `α` is the share of a gift of `τ` that arrives in `t`,
//! as in the [balance](super::balance). A stock can hold only what can still be used in the next period: what comes
//! first expires first, so no column per age class is needed. Only where some of the opening stock can still be used
//! when the first of what arrives has expired, what is left of it has one, `o`: once it is used it does not come back.
//! What is given counts as new where it arrives. `w` is what goes for nothing: no more
//! than what can be used for the last time in the period and, as it has not been used before, is in store
//! from its arrival till then. So whoever wants nothing to expire uses the oldest first.
//!
//! A stock that nothing new can reach, that does not age and whose level nothing asks for only falls: it
//! has no column of its own, and of all rows `spare` only those of the periods after which no floor is as
//! high (`least`, the higher of floor and closing stock, but no more than there is) say anything.
//!
//! The price of a stock row is what one more unit wanted from it would cost; of a spare, floor, draw or
//! closing row, what one unit less of the rule would save; of a life, old, stored, expired or kept row, what one unit
//! more that can still be used, that is left of the opening stock, that has expired, or that is in store would.

use super::balance::supply;
use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{Id, PeriodId, StockId};
use crate::units::Amount;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for s in x.m.stocks.ids() {
        if x.only_falls(s) {
            spare(rows, x, v, s);
            continue;
        }
        let mut arrived = Vec::new();
        for t in x.m.calendar.periods() {
            let arrives = arrivals(x, v, s, t);
            balance(rows, x, v, (s, t), &arrives);
            floor(rows, x, v, s, t);
            draw(rows, x, (s, t), &drawn(x, v, s, t));
            arrived.push(arrives);
            age(rows, x, v, (s, t), &arrived);
        }
        closing(rows, x, v, s);
    }
}

/// `in[s,t]`: what reaches a stock.
pub(super) fn arrivals(x: &Scope<'_>, v: &Plan<u32>, s: StockId, t: PeriodId) -> Sum {
    let (at, c) = (&x.stock[s], &x.m.calendar);
    let mut left = Sum::default();
    for &k in &at.direct {
        supply(&mut left, x, v, k, t);
    }
    for &d in &at.deliveries {
        left.add(1.0, v.deliver[(d, t)]);
    }
    for &g in &at.gives_in {
        let lag = x.m.gifts[x.n.gives[g].gift].lag;
        for (given, share) in c.parts(c.stretch(t).earlier(lag)) {
            left.add(share, v.give[(g, given)]);
        }
    }
    left
}

/// `Σ y + Σ g`: what is drawn from a stock.
pub(super) fn drawn(x: &Scope<'_>, v: &Plan<u32>, s: StockId, t: PeriodId) -> Sum {
    let mut drawn = Sum::default();
    for &e in &x.stock[s].meets {
        drawn.add(1.0, v.meet[(e, t)]);
    }
    for &g in &x.stock[s].gives_out {
        drawn.add(1.0, v.give[(g, t)]);
    }
    drawn
}

fn spare(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, s: StockId) {
    let (stock, c) = (&x.m.stocks[s], &x.m.calendar);
    let size = x.size.item(stock.item);
    let opening = stock.total().value();
    let closing = stock.closing.map_or(0.0, Amount::value);
    let least = |t: PeriodId| {
        let floor = stock.floor.as_ref();
        let floor = floor.map_or(0.0, |floor| floor.closing(c, t).value().min(opening));
        if t == c.last() {
            floor.max(closing)
        } else {
            floor
        }
    };
    let mut so_far = Sum::default();
    for t in c.periods() {
        let drawn = drawn(x, v, s, t);
        draw(rows, x, (s, t), &drawn);
        so_far.add_all(1.0, &drawn);
        let later = (t.position() + 1..c.periods().len()).map(|later| least(PeriodId::at(later)));
        if t == c.last() || least(t) > later.fold(0.0, f64::max) {
            let most = (opening - least(t)) / size;
            rows.at_most(Row::Spare(s, t), size, &so_far, most);
        }
    }
}

fn balance(
    rows: &mut Rows,
    x: &Scope<'_>,
    v: &Plan<u32>,
    (s, t): (StockId, PeriodId),
    arrives: &Sum,
) {
    let stock = &x.m.stocks[s];
    let size = x.size.item(stock.item);
    let before = x.m.calendar.before(t, 1);
    let mut left = arrives.clone();
    left.add_all(-1.0, &drawn(x, v, s, t));
    left.add(-1.0, v.scrap[(s, t)]);
    left.add(-1.0, v.stock[(s, t)]);
    left.add(1.0, before.and_then(|before| v.stock[(s, before)]));
    let opening = if before.is_none() {
        stock.total().value() / size
    } else {
        0.0
    };
    rows.equal(Row::Stock(s, t), size, &left, -opening);
}

fn floor(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, s: StockId, t: PeriodId) {
    let (stock, c) = (&x.m.stocks[s], &x.m.calendar);
    let (Some(floor), Some(now)) = (&stock.floor, v.stock[(s, t)]) else {
        return;
    };
    let size = x.size.item(stock.item);
    let least = floor.closing(c, t).min(stock.usable_after(c, t)).value();
    if least > 0.0 {
        rows.at_least(Row::Floor(s, t), size, &Sum::of(now), least / size);
    }
}

fn draw(rows: &mut Rows, x: &Scope<'_>, (s, t): (StockId, PeriodId), drawn: &Sum) {
    let (stock, c) = (&x.m.stocks[s], &x.m.calendar);
    let Some(draw) = &stock.draw else { return };
    let size = x.size.item(stock.item);
    let most = (draw.mean(c, t) * c.length()).value() / size;
    rows.at_most(Row::Draw(s, t), size, drawn, most);
}

fn age(
    rows: &mut Rows,
    x: &Scope<'_>,
    v: &Plan<u32>,
    (s, t): (StockId, PeriodId),
    arrived: &[Sum],
) {
    let (stock, c) = (&x.m.stocks[s], &x.m.calendar);
    let (Some(fresh), Some(now)) = (v.fresh[(s, t)], v.stock[(s, t)]) else {
        return;
    };
    let size = x.size.item(stock.item);
    let mut left = arrived[t.position()].clone().with(-1.0, fresh);
    left.add(1.0, c.before(t, 1).and_then(|before| v.fresh[(s, before)]));
    let expiring = expiring(x, s, t, arrived);
    left.add_all(-1.0, &expiring);
    rows.equal(Row::Fresh(s, t), size, &left, 0.0);
    let surviving = stock.usable_after(c, t);
    let mut usable = Sum::of(now).with(-1.0, fresh);
    if x.outlasts(s) {
        usable.add(-1.0, v.old[(s, t)]);
        rows.at_most(Row::Life(s, t), size, &usable, 0.0);
        old(rows, x, v, (s, t));
    } else {
        rows.at_most(Row::Life(s, t), size, &usable, surviving.value() / size);
    }
    let before = c.before(t, 1);
    let before = before.map_or(stock.total(), |before| stock.usable_after(c, before));
    let mut scrap = Sum::default();
    scrap.add(1.0, v.scrap[(s, t)]);
    scrap.add_all(-1.0, &expiring);
    let expired = (before - surviving).value() / size;
    rows.at_most(Row::Expired(s, t), size, &scrap, expired);
    kept(rows, x, v, (s, t), now);
}

/// What is left of the opening stock was in store before, and left of it then.
fn old(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, (s, t): (StockId, PeriodId)) {
    let Some(old) = v.old[(s, t)] else { return };
    let Some(before) = x.m.calendar.before(t, 1) else {
        return;
    };
    let size = x.size.item(x.m.stocks[s].item);
    let left = Sum::of(old).with(-1.0, v.old[(s, before)]);
    rows.at_most(Row::Old(s, t), size, &left, 0.0);
    let left = Sum::of(old).with(-1.0, v.stock[(s, before)]);
    rows.at_most(Row::Stored(s, t), size, &left, 0.0);
}

/// What of arrivals can be used for the last time in a period.
fn expiring(x: &Scope<'_>, s: StockId, t: PeriodId, arrived: &[Sum]) -> Sum {
    let mut expiring = Sum::default();
    for (after, share) in x.expiry(s).into_iter().flatten() {
        // It arrived so many periods before the next one.
        if let Some(came) = (t.position() + 1).checked_sub(after) {
            expiring.add_all(share, &arrived[came]);
        }
    }
    expiring
}

/// What will go for nothing has not been used: of what has arrived, it is in store till then.
fn kept(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, (s, t): (StockId, PeriodId), now: u32) {
    let c = &x.m.calendar;
    let reach = if x.is_reached(s) { x.expiry(s) } else { None };
    let life = reach.and_then(|expiry| Some(expiry.first()?.0));
    let last = life.map_or(c.periods().len(), |life| t.position() + life);
    let later = c
        .periods()
        .filter(|&later| later > t && later.position() < last);
    let mut left = Sum::default();
    for later in later {
        left.add(-1.0, v.scrap[(s, later)]);
    }
    if !left.is_empty() {
        let size = x.size.item(x.m.stocks[s].item);
        rows.at_least(Row::Kept(s, t), size, &left.with(1.0, now), 0.0);
    }
}

fn closing(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, s: StockId) {
    let stock = &x.m.stocks[s];
    let size = x.size.item(stock.item);
    let closing = stock.closing.map_or(0.0, |closing| closing.value() / size);
    if closing > 0.0 {
        let mut left = Sum::default();
        left.add(1.0, v.stock[(s, x.m.calendar.last())]);
        rows.at_least(Row::Closing(s), size, &left, closing);
    }
}
