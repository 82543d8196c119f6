//! History: what is taken to have happened before decisions are free. Nobody can change it, so no plan may.
//!
//! ```text
//! shortfall   min  Σ_{r ∈ R(k)} ( Σ_{w < now} V[r] · δ[w] · δ'[w] · u[r,w] − Σ_{e ∈ Y(r)} V[r] · φ[e] · s[s(e),now−1] )
//!             for every tier k in turn; the second sum for levels alone, s[s,now−1] no more than the highest level later
//! cost        min  C − Σ_k value[k] · p[k,now−1],     p[k,now−1]  ≤  p[k,−1] + what lines had to make
//! stores      max  Σ_k value[k] · p[k,now−1] − Σ_s value[s] · Σ_{t < now} ( Σ_{e ∈ Y(s)} y[e,t] + Σ_{s → g} g[g,t] + w[s,t] )
//! money       max  Σ_g c[g,now−1]
//! ahead       min  Σ_e value[c] · E[e,now]
//! ```
//!
//! History is a plan of its own, made without a view to anything that is required later, and the same whatever the
//! objective: all rows of periods before decisions are free, all that say how things are paid, what leaves a stock that
//! only falls; whatever happens later is nothing. It meets what was required then, and fills stores for levels that are
//! required of them later (buyers had ordered for them), as well as [friction](crate::model::Friction) lets it, at the
//! least cost; makers end with the stores of inputs that they began with, if they can, as little as can be leaves
//! holders' stores, so that what would expire is used first, and funds carry over what they can. No stock falls below what its floor and closing rule ask for later. What history comes to is then held, and its
//! rows are no rows of the plan: what earmarked funds had paid ahead by its end (`E[e,now]`) is held with it, and what is left
//! of an opening stock (`o`) is all that may be, `min(o[s,t−1], left[s,t], s[s,t−1])`.
//!
//! What public money costs (`objective.cost_of_funds`) counts for nothing in it: `C` is with λ = 1.

use super::family::Row;
use super::network::Earmark;
use super::objective::Aim;
use super::plan::{Column, Plan};
use super::rows::ColumnData;
use super::scope::Scope;
use super::when::When;
use super::{Goals, Program, Pursued, sum};
use crate::calendar::Calendar;
use crate::ids::{EarmarkId, ItemId, LineId, MarketId, PeriodId, StockId};
use crate::model::Line;

/// What history strives for, and between which bounds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Past {
    calendar: Calendar,
    goals: Goals,
    /// Columns that history bounds more tightly: the least and the most.
    bounds: Vec<(u32, f64, f64)>,
}

/// A value of history below this, in internal units, is none.
const NOTHING: f64 = 1e-9;

/// More than that, in internal units of money, no plan can spend: a fund that has more means "no limit", and carries
/// over just that.
const ENDLESS: f64 = 1e6;

impl Past {
    /// `None`: nothing is history.
    pub(super) fn of(x: &Scope<'_>, v: &Plan<u32>, cost: &Aim) -> Option<Self> {
        let last = x.m.calendar.last_past()?;
        let mut bounds = Vec::new();
        let mut stores = Aim::new();
        for k in x.n.markets.ids() {
            if let Some(kept) = v.pool[(k, last)] {
                let item = x.n.markets[k].item;
                bounds.push((kept, 0.0, most_kept(x, k)));
                let value = x.size.value[item] * x.size.item(item) / x.size.money;
                stores.push((kept, -value));
            }
        }
        for s in x.m.stocks.ids() {
            if let Some(kept) = v.stock[(s, last)] {
                let least = least_kept(x, s);
                let most = most_wanted(x, s).map_or(f64::INFINITY, |most| most.max(least));
                bounds.push((kept, least, most));
            }
        }
        let year = x.m.calendar.year_of(last);
        let mut kept = stores.clone();
        leaving(x, v, &mut kept);
        let mut money = Aim::new();
        for (g, funds) in x.n.accounts.purses().iter() {
            let Some(carried) = v.carry[(g, year)] else {
                continue;
            };
            let own: f64 = funds.iter().map(|&f| x.money(f, year)).sum();
            if own > 2.0 * ENDLESS {
                bounds.push((carried, ENDLESS, ENDLESS));
            } else {
                money.push((carried, -1.0));
            }
        }
        let mut net = cost.clone();
        net.extend(&stores);
        let mut all = Vec::new();
        let mut push = |name, mut aim: Aim| {
            sum::add_up(&mut aim, 0);
            let size = x.size.money;
            all.push(Pursued { name, aim, size });
        };
        for aim in super::objective::short_in_the_past(x, v) {
            push("shortfall before", aim);
        }
        push("cost before", net);
        push("stores before", kept);
        push("money before", money);
        push("ahead before", paid_ahead(x, v));
        all.retain(|goal: &Pursued| !goal.aim.is_empty());
        Some(Self {
            calendar: x.m.calendar,
            goals: Goals {
                all,
                tie_break: true,
            },
            bounds,
        })
    }

    /// Whether a column says what happened before decisions are free.
    fn holds(&self, column: Column) -> bool {
        let first = self.calendar.open_years().next();
        let was_paid = matches!(column, Column::Ahead(_, y) if first == Some(y));
        was_paid || self.has(column.when())
    }

    fn has(&self, when: When) -> bool {
        match when {
            When::Period(t) => self.calendar.is_past(t),
            When::Year(y) => self.calendar.is_past_year(y),
            When::End | When::Always => false,
        }
    }
}

/// What leaves holders' stores in history, used, given or expired, at its value; of what is worth nothing, one internal
/// unit counts as one of money.
fn leaving(x: &Scope<'_>, v: &Plan<u32>, aim: &mut Aim) {
    for (s, stock) in x.m.stocks.iter() {
        let value = x.size.value[stock.item] * x.size.item(stock.item) / x.size.money;
        let value = if value > 0.0 { value } else { 1.0 };
        let at = &x.stock[s];
        for t in x.m.calendar.periods().filter(|&t| x.m.calendar.is_past(t)) {
            let used = at.meets.iter().filter_map(|&e| v.meet[(e, t)]);
            let given = at.gives_out.iter().filter_map(|&g| v.give[(g, t)]);
            let gone = used.chain(given).chain(v.scrap[(s, t)]);
            aim.extend(gone.map(|gone| (gone, value)));
        }
    }
}

/// What earmarked funds pay in history for goods that count later, at its value; of what is worth nothing, one internal
/// unit counts as one of money.
fn paid_ahead(x: &Scope<'_>, v: &Plan<u32>) -> Aim {
    let now = x.m.calendar.open_years().next();
    let of = |(e, earmark): (EarmarkId, &Earmark)| {
        let value = x.size.value[earmark.item] * x.size.item(earmark.item) / x.size.money;
        let value = if value > 0.0 { value } else { 1.0 };
        Some((v.ahead[(e, now?)]?, value))
    };
    x.n.earmarks.iter().filter_map(of).collect()
}

/// How much of an item is made in history whether it is used or not, so that somebody may have to keep it.
fn made_anyway(x: &Scope<'_>, item: ItemId) -> f64 {
    let c = &x.m.calendar;
    let least = |(l, line): (LineId, &Line)| {
        let own = line.products.iter().find(|product| product.item == item);
        let past = c.periods().filter(|&t| c.is_past(t));
        let least = past.map(|t| (x.m.minimum(l, t) * c.length()).value());
        own.map_or(0.0, |product| product.pace.value() * least.sum::<f64>())
    };
    x.m.lines.iter().map(least).sum::<f64>() / x.size.item(item)
}

/// The most that makers keep in a market at the end of history: what they began with, and what they had to make.
fn most_kept(x: &Scope<'_>, k: MarketId) -> f64 {
    x.pool_opening(k) + made_anyway(x, x.n.markets[k].item)
}

/// The most that is in a stock at the end of history of which a level is required later: the highest, or what was there
/// at the start, and what had to be made. `None`: no level is required of it.
fn most_wanted(x: &Scope<'_>, s: StockId) -> Option<f64> {
    let (stock, c) = (&x.m.stocks[s], &x.m.calendar);
    let own = x.stock[s].meets.iter().map(|&e| &x.n.meets[e]);
    let levels = own.filter(|meet| !x.is_flow(meet.requirement));
    let highest = levels.map(|meet| {
        let size = x.size.requirement(x.m, meet.requirement);
        let levels = c.open_periods().map(|t| x.required(meet.requirement, t));
        levels.fold(0.0, f64::max) * size / meet.factor
    });
    let highest: Vec<f64> = highest.collect();
    let is_wanted = !highest.is_empty();
    let most = highest.into_iter().fold(stock.total().value(), f64::max);
    is_wanted.then(|| most / x.size.item(stock.item) + made_anyway(x, stock.item))
}

/// The least that is in a stock at the end of history: what its rules ask for later, as far as what was there at the
/// start could do.
fn least_kept(x: &Scope<'_>, s: StockId) -> f64 {
    let (stock, c) = (&x.m.stocks[s], &x.m.calendar);
    let usable = |t: PeriodId| stock.usable_after(c, t).value();
    let floor = |t: PeriodId| {
        let floor = stock.floor.as_ref();
        floor.map_or(0.0, |floor| floor.closing(c, t).value().min(usable(t)))
    };
    let closing = stock.closing.map_or(0.0, crate::units::Amount::value);
    let least = c.open_periods().map(floor);
    let least = least.fold(closing.min(usable(c.last())), f64::max);
    least / x.size.item(stock.item)
}

impl Program {
    /// The program of its history. `None`: nothing is, or it is held already.
    pub(crate) fn history(&self) -> Option<Self> {
        let past = self.past.as_ref()?;
        let mut own = self.clone();
        for column in &mut own.columns {
            let later = match column.name.when() {
                When::Period(t) => !past.calendar.is_past(t),
                When::Year(_) => false,
                When::End | When::Always => true,
            };
            if later && column.lower < column.upper {
                (column.lower, column.upper) = (0.0, 0.0);
            }
        }
        for &(j, least, most) in &past.bounds {
            let column = &mut own.columns[j as usize];
            column.lower = column.lower.max(least);
            column.upper = column.upper.min(most).max(column.lower);
        }
        own.rows = self.rows.only(|row| match row.parts().1 {
            // What has left a stock that only falls is missing later.
            When::Period(t) => past.calendar.is_past(t) || matches!(row, Row::Spare(..)),
            When::Year(_) => true,
            When::End | When::Always => false,
        });
        own.goal = Some(past.goals.clone());
        own.past = None;
        Some(own)
    }

    /// The same program with the history that is held in another, which has the same things: the past is the same
    /// whatever is varied.
    pub(crate) fn with_history_of(self, other: &Self) -> Self {
        if self.past.is_none() {
            return self;
        }
        let value = |column: &ColumnData| {
            let held = other.plan.get(column.name);
            let held = held.map(|&j| &other.columns[j as usize]);
            held.map_or(0.0, |held| held.lower * held.unit / column.unit)
        };
        let columns: Vec<f64> = self.columns.iter().map(value).collect();
        self.with_history(&columns)
    }

    /// The same program with history held where the columns of its [program](Self::history) are.
    pub(crate) fn with_history(mut self, columns: &[f64]) -> Self {
        let Some(past) = self.past.take() else {
            return self;
        };
        for (column, &value) in self.columns.iter_mut().zip(columns) {
            let own = past.holds(column.name) && !matches!(column.name, Column::Old(..));
            if own && column.lower < column.upper {
                let value = value.clamp(column.lower, column.upper);
                let value = if column.whole { value.round() } else { value };
                let value = if value.abs() < NOTHING { 0.0 } else { value };
                (column.lower, column.upper) = (value, value);
            }
        }
        self.hold_what_is_left(&past.calendar);
        self.rows = self.rows.only(|row| !past.has(row.parts().1));
        self
    }

    /// Of opening stocks all is left at the end of history that may be: nothing in it asks how much is.
    fn hold_what_is_left(&mut self, calendar: &Calendar) {
        let own = self.plan.old.iter();
        for (s, t, left) in own.filter(|&(_, t, _)| calendar.is_past(t)) {
            let Some(left) = *left else { continue };
            let before = calendar.before(t, 1);
            let most = [&self.plan.old, &self.plan.stock].map(|kept| {
                let kept = before.and_then(|before| kept[(s, before)]);
                kept.map_or(f64::INFINITY, |j| self.columns[j as usize].upper)
            });
            let column = &mut self.columns[left as usize];
            let most = most.into_iter().fold(column.upper, f64::min);
            (column.lower, column.upper) = (most, most);
        }
    }
}
