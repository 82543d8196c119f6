//! Capacity: a line makes no more than it can, and what it can is a state that grows.
//!
//! ```text
//! capacity   Σ_{m ∈ M(l)} x[m,t] / pace[m]  ≤  util[l,t] · (K⁰[l,t] + K⁺[l,t])
//! booked     X[l,t]  ≤  ρ[l,t] · booked[l,t]  +  util[l,t] · (ψ[l,t] · K⁰[l,t] + (1 − ρ[l,t]) · K⁺[l,t])
//!                                        for every period t of history, and that begins within the lead time of l
//! added      K⁺[l,t]  =  K⁺[l,t−1]  +  Σ_{e ∈ E(l)} Σ_{τ} (ω[e,τ,t] − ω[e,τ,t−1]) · add[e] · b[e,τ]
//! options    Σ_t b[e,t]  ≤  most[e]
//! ramp       X[l,t]  ≤  X[l,t−1] + ramp[l] · L²,     X[l,0]  ≤  X[l,−1] + ramp[l] · L · (L + month) / 2
//! growth     X[l,y]  ≤  (1 + growth[l]) · X[l,y−1] · L[y] / L[y−1],     X[l,0]  ≤  (1 + growth[l]) · X[l,−1] · L[0] / L
//! minimum    X[l,t]  ≥  min[l,t]
//!            X[l,t] = Σ_{m ∈ M(l)} x[m,t] / pace[m],     X[l,y] = Σ_{t ∈ y} X[l,t]
//!                                        for every line l, period t and calendar year y, every expansion e
//! ```
//!
//! `M(l)` is what line `l` makes, by product and market; `pace` how many units of a product it makes
//! in the time of one of its first product, in which capacity counts. `ω[e,τ,t]` is the share of an expansion
//! ordered in `τ` that is open in `t`, on average over it: ordered at the start of `τ`, or in the month `from`
//! within it, each step of its opening is open for the share of `t` that lies after it. `X[l,−1]` is what the
//! output before the start makes in a period. A ramp by the month and year, summed over a period of `L` years,
//! lets the first period exceed that by the mean over its months, `(L + month) / 2`. Growth compares years by
//! their rates: `L[y]` is how much of year `y` the calendar has. Until its lead time has passed since decisions are
//! free, a line makes no more than was on order by then, in history as well: nothing new is ordered there. That holds for
//! a share `ρ` of the period in which it passes, and `ψ` of the financed capacity of that period lies in the rest of it.
//! A line without a lead time is not bound by orders.
//!
//! The price of a capacity row is what one more unit of capacity would save; of a booked row, what one
//! more unit on order would; of an options row, what one more block would; of a ramp and of a growth row,
//! what one more unit in that period or year would. A minimum's price is what the last unit of it costs.

use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{ExpansionId, LineId, PeriodId, Table};

/// A month, in years.
const MONTH: f64 = 1.0 / 12.0;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for l in x.m.lines.ids() {
        let mut before = None;
        let opening = opening(x, v, l);
        for t in x.m.calendar.periods() {
            let output = output(x, v, l, t);
            capacity(rows, x, v, (l, t), &output);
            booked(rows, x, v, (l, t), &output);
            added(rows, x, v, (l, t), &opening[t]);
            ramp(rows, x, (l, t), &output, before.as_ref());
            minimum(rows, x, (l, t), &output);
            before = Some(output);
        }
        growth(rows, x, v, l);
    }
    for e in x.m.expansions.ids() {
        options(rows, x, v, e);
    }
}

/// `X[l,t]`: a line's output, in units of its first product.
pub(super) fn output(x: &Scope<'_>, v: &Plan<u32>, l: LineId, t: PeriodId) -> Sum {
    let mut output = Sum::default();
    for &k in &x.makes[l] {
        output.add(x.time(k), v.make[(k, t)]);
    }
    output
}

fn capacity(
    rows: &mut Rows,
    x: &Scope<'_>,
    v: &Plan<u32>,
    (l, t): (LineId, PeriodId),
    output: &Sum,
) {
    let usable = x.utilisation(l, t);
    let financed = output.clone().with(-usable, v.financed[(l, t)]);
    let left = financed.with(-usable, v.added[(l, t)]);
    if !x.makes[l].is_empty() {
        rows.at_most(Row::Capacity(l, t), x.size.line(l), &left, 0.0);
    }
}

fn booked(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, (l, t): (LineId, PeriodId), output: &Sum) {
    let Some(booked) = x.booked(l, t) else { return };
    let usable = x.utilisation(l, t);
    let mut left = output.clone();
    if booked.added > 0.0 {
        left.add(-usable * booked.financed, v.financed[(l, t)]);
        left.add(-usable * booked.added, v.added[(l, t)]);
    }
    if !output.is_empty() {
        rows.at_most(Row::Booked(l, t), x.size.line(l), &left, booked.most);
    }
}

/// What opens of all that can be ordered for a line, in each period.
fn opening(x: &Scope<'_>, v: &Plan<u32>, l: LineId) -> Table<PeriodId, Sum> {
    let c = &x.m.calendar;
    let mut opening: Table<PeriodId, Sum> = c.periods().map(|_| Sum::default()).collect();
    for (e, expansion) in x.m.expansions.iter().filter(|(_, e)| e.line == l) {
        let add = expansion.adds.value() * c.length().value() / x.size.line(l);
        for ordered in c.periods() {
            let Some(built) = v.build[(e, ordered)] else {
                continue;
            };
            for (t, growth) in expansion.growth(c, ordered) {
                opening[t].add(growth * add, built);
            }
        }
    }
    opening
}

fn added(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, (l, t): (LineId, PeriodId), opening: &Sum) {
    let Some(now) = v.added[(l, t)] else { return };
    let before = x.m.calendar.before(t, 1);
    let mut left = opening.clone().with(-1.0, now);
    left.add(1.0, before.and_then(|before| v.added[(l, before)]));
    rows.equal(Row::Added(l, t), x.size.line(l), &left, 0.0);
}

fn options(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, e: ExpansionId) {
    let mut left = Sum::default();
    for built in x.m.calendar.periods().filter_map(|t| v.build[(e, t)]) {
        left.add(1.0, built);
    }
    rows.at_most(
        Row::Options(e),
        1.0,
        &left,
        x.m.expansions[e].at_most.value(),
    );
}

fn ramp(
    rows: &mut Rows,
    x: &Scope<'_>,
    (l, t): (LineId, PeriodId),
    output: &Sum,
    before: Option<&Sum>,
) {
    let (line, c, size) = (&x.m.lines[l], &x.m.calendar, x.size.line(l));
    let Some(ramp) = line.ramp else { return };
    let length = c.length().value();
    let mut right = ramp.value() * length * length / size;
    let mut left = output.clone();
    if let Some(before) = before {
        left.add_all(-1.0, before);
    } else {
        // The mean over the months of the first period.
        right = ramp.value() * length * f64::midpoint(length, MONTH) / size;
        right += before_start(x, l);
    }
    rows.at_most(Row::Ramp(l, t), size, &left, right);
}

/// `X[l,−1]`: what a line's output before the start makes in a period.
fn before_start(x: &Scope<'_>, l: LineId) -> f64 {
    let (length, size) = (x.m.calendar.length().value(), x.size.line(l));
    let running = x.m.lines[l].running;
    let running = running.map(|running| running.value() * length / size);
    running.unwrap_or_else(|| {
        let (line, c) = (&x.m.lines[l], &x.m.calendar);
        let start = c.start();
        let used = line.utilisation.at(start) * x.m.done(PeriodId::FIRST);
        line.capacity.at(start).value() * used.value() * length / size
    })
}

fn growth(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, l: LineId) {
    let (c, size) = (&x.m.calendar, x.size.line(l));
    let Some(growth) = x.m.lines[l].growth else {
        return;
    };
    let most = 1.0 + growth.value();
    let mut before: Option<(Sum, f64)> = None;
    for y in c.years() {
        let (mut made, mut periods) = (Sum::default(), 0.0);
        for t in c.periods_of(y) {
            made.add_all(1.0, &output(x, v, l, t));
            periods += 1.0;
        }
        let (mut left, mut right) = (made.clone(), 0.0);
        if let Some((before, length)) = &before {
            left.add_all(-most * periods / length, before);
        } else {
            right = most * before_start(x, l) * periods;
        }
        rows.at_most(Row::Growth(l, y), size, &left, right);
        before = Some((made, periods));
    }
}

fn minimum(rows: &mut Rows, x: &Scope<'_>, (l, t): (LineId, PeriodId), output: &Sum) {
    let (c, size) = (&x.m.calendar, x.size.line(l));
    let least = (x.m.minimum(l, t) * c.length()).value() / size;
    if least > 0.0 {
        rows.at_least(Row::Minimum(l, t), size, output, least);
    }
}
