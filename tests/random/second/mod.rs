//! The linear program a second time, from docs/formulation.md and docs/format.md alone.
//!
//! It is dense and plain: everything is indexed by customer (a holder's stock, or the industry) and by fund, in
//! natural units, without markets, purses or accounts; what is in store is kept by the period in which it
//! arrived, and each unit of a component that a fund pays for is given to a holder.

mod earmarks;
mod funds;
mod history;
mod industry;
mod lines;
mod routes;
mod stocks;
mod time;
mod values;

use crate::simplex::{NoValue, Program, Sense};
use sinews::ids::{
    ExpansionId, FundId, GiftId, Id as _, ItemId, LineId, PeriodId, RegionId, RequirementId,
    ResourceId, RouteId, StockId, SupplierId,
};
use sinews::model::{Model, ObjectiveKind, Window};
use sinews::solution::Solution;

pub use history::reached as history_reached;
use std::collections::BTreeMap;

/// The period with a position.
fn at(t: usize) -> PeriodId {
    sinews::ids::Id::at(t)
}

/// Who something is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Customer {
    Industry,
    Stock(StockId),
}

/// Where something comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Line(LineId, usize, usize),
    Supplier(SupplierId, usize),
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Expense {
    Goods(Source, Customer),
    Hall(ExpansionId),
    Gift(GiftId, StockId),
    Moving(RouteId, ItemId, Customer),
}

/// Moving an item for a customer along a route, from a country to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    route: RouteId,
    from: RegionId,
    to: RegionId,
    item: ItemId,
    customer: Customer,
}

/// The program as it grows.
struct Second<'m> {
    m: &'m Model,
    program: Program,
    /// Supply by source, customer and period.
    supply: BTreeMap<(Source, Customer, usize), usize>,
    /// Expansions ordered.
    build: BTreeMap<(ExpansionId, usize), usize>,
    /// Gifts, by giver's stock, by the period in which they leave.
    give: BTreeMap<(GiftId, StockId, usize), usize>,
    /// What meets a requirement from a stock.
    meet: BTreeMap<(usize, StockId, usize), usize>,
    /// What is missing.
    short: BTreeMap<(usize, usize), usize>,
    /// What is left in store at the end of a period, all of it.
    kept: BTreeMap<(StockId, usize), usize>,
    /// What expired at the end of a period.
    expired: BTreeMap<(StockId, usize), Vec<usize>>,
    /// The makers' stock, by place.
    pool: BTreeMap<(ItemId, Option<RegionId>, usize), usize>,
    /// What moves along routes, by the period in which it leaves.
    moved: BTreeMap<(Way, usize), usize>,
    /// What reaches a stock of an item that routes keep apart by place.
    delivered: BTreeMap<(StockId, usize), usize>,
    /// The cost of the plan.
    cost: Vec<(usize, f64)>,
    /// What all years pay, history's as well.
    paid: Vec<(usize, f64)>,
    /// What a fund pays for an expense in a year.
    pays: BTreeMap<(FundId, Expense, usize), usize>,
    /// What a fund carries over from a year.
    carries: BTreeMap<(FundId, usize), usize>,
    /// What each expense charges in each year (counted from the first, later ones after the end), by column.
    charges: BTreeMap<(Expense, usize), Vec<(usize, f64)>>,
}

/// The values that an objective reaches, stage by stage. History is taken from a solution, once it is seen to be as
/// good as it can be.
pub fn values(
    m: &Model,
    kind: ObjectiveKind,
    known: Option<&Solution>,
) -> Result<Vec<f64>, NoValue> {
    let mut second = Second::after_history(m, known)?;
    let tiers = second.tiers(kind);
    if kind == ObjectiveKind::Weighted {
        let all: Vec<_> = tiers
            .into_iter()
            .flatten()
            .chain(second.cost.iter().copied())
            .collect();
        return Ok(vec![second.program.least(&all)?.0]);
    }
    let mut values = Vec::new();
    for aim in tiers.into_iter().chain([second.cost.clone()]) {
        // What earlier aims reached can be reached again: that it is not is rounding.
        let rounding = |why| {
            if values.is_empty() {
                why
            } else {
                NoValue::TooLong
            }
        };
        let (value, _) = second.program.least(&aim).map_err(rounding)?;
        values.push(value);
        second.hold(aim, value);
    }
    Ok(values)
}

/// The shares missing when the lowest coverage is raised, least first; then all shortfalls, then the cost.
pub fn max_min(m: &Model, known: Option<&Solution>) -> Result<(Vec<f64>, Vec<f64>), NoValue> {
    let mut second = Second::after_history(m, known)?;
    let shares: Vec<Vec<(usize, f64)>> = m
        .requirements
        .ids()
        .map(|r| second.share_missing(r))
        .collect();
    let mut settled: Vec<Option<f64>> = vec![None; shares.len()];
    while settled.iter().any(Option::is_none) {
        let mut open = second.program.clone();
        let level = open.column();
        let free: Vec<usize> = (0..shares.len())
            .filter(|&r| settled[r].is_none())
            .collect();
        for &r in &free {
            let mut row = shares[r].clone();
            row.push((level, -1.0));
            open.row(row, Sense::AtMost, 0.0);
        }
        let (highest, _) = open.least(&[(level, 1.0)])?;
        open.row(vec![(level, 1.0)], Sense::AtMost, highest + 1e-11);
        let mut any = false;
        for &r in &free {
            let (least, _) = open.least(&shares[r])?;
            if least >= highest - 1e-7 {
                settled[r] = Some(highest);
                any = true;
                second
                    .program
                    .row(shares[r].clone(), Sense::AtMost, highest + 1e-11);
            }
        }
        if !any {
            return Err(NoValue::TooLong);
        }
        // What is decided as a whole is decided by the highest share, all shortfalls and the cost.
        if crate::judge::is_whole(m) {
            return Ok((vec![highest], Vec::new()));
        }
    }
    let mut reached: Vec<f64> = settled.into_iter().flatten().collect();
    reached.sort_by(f64::total_cmp);
    let shortfall: Vec<_> = second.tiers(ObjectiveKind::MaxMin).concat();
    let (least, _) = second.program.least(&shortfall)?;
    second.hold(shortfall, least);
    let (cost, _) = second.program.least(&second.cost)?;
    Ok((reached, vec![least, cost]))
}

/// What is missing of a requirement at the least from each of its windows on, in shares of a window: by the last
/// period of the window, where anything is required in it.
pub fn missing_from(
    m: &Model,
    r: RequirementId,
    known: Option<&Solution>,
) -> Result<Vec<(usize, f64)>, NoValue> {
    let second = Second::after_history(m, known)?;
    let windows: Vec<(usize, f64)> = second
        .open_periods()
        .filter(|&t| second.window(r, t).is_some())
        .map(|t| (t, second.required(r, t)))
        .filter(|&(_, required)| required > 0.0)
        .collect();
    let from = |n: usize| {
        let aim = windows[n..]
            .iter()
            .map(|&(t, required)| (second.short[&(r.position(), t)], 1.0 / required));
        let aim: Vec<_> = aim.collect();
        second
            .program
            .least(&aim)
            .map(|(share, _)| (windows[n].0, share))
    };
    (0..windows.len()).map(from).collect()
}

impl<'m> Second<'m> {
    fn empty(m: &'m Model) -> Self {
        Self {
            m,
            program: Program::default(),
            supply: BTreeMap::new(),
            build: BTreeMap::new(),
            give: BTreeMap::new(),
            meet: BTreeMap::new(),
            short: BTreeMap::new(),
            kept: BTreeMap::new(),
            expired: BTreeMap::new(),
            pool: BTreeMap::new(),
            moved: BTreeMap::new(),
            delivered: BTreeMap::new(),
            cost: Vec::new(),
            paid: Vec::new(),
            pays: BTreeMap::new(),
            carries: BTreeMap::new(),
            charges: BTreeMap::new(),
        }
    }

    fn of(m: &'m Model) -> Self {
        let mut new = Self::empty(m);
        new.add_supply();
        new.add_halls();
        new.add_gifts();
        new.add_ways();
        new.capacities();
        new.suppliers();
        new.balances();
        new.ways();
        new.stocks();
        new.requirements();
        new.hubs();
        new.resources();
        new.quantity_caps();
        new.payments();
        new.earmarks();
        new.money_caps();
        new.storage();
        new
    }

    /// Hold an aim at the least that it can be.
    fn hold(&mut self, aim: Vec<(usize, f64)>, value: f64) {
        let slack = 1e-11 * value.abs();
        self.program.at = None;
        self.program.row(aim, Sense::AtMost, value + slack);
    }

    /// The first period whose decisions are free.
    fn now(&self) -> usize {
        let c = &self.m.calendar;
        c.last_past().map_or(0, |t| t.position() + 1)
    }

    /// The periods whose decisions are free.
    fn open_periods(&self) -> std::ops::Range<usize> {
        self.now()..self.end()
    }

    /// What of what could come in a period does.
    fn done(&self, t: usize) -> f64 {
        let friction = &self.m.friction;
        if friction.onward || t < self.now() {
            friction.output.value()
        } else {
            1.0
        }
    }

    /// The number of periods.
    fn end(&self) -> usize {
        self.m.calendar.periods().len()
    }

    /// Years in a period.
    fn length(&self) -> f64 {
        self.m.calendar.length().value()
    }

    /// The position of a period's calendar year.
    fn year(&self, t: usize) -> usize {
        sinews::ids::Id::position(self.m.calendar.year_of(at(t)))
    }

    /// The periods within which a limit with some window holds together.
    fn spans(&self, window: Window) -> Vec<Vec<PeriodId>> {
        let c = &self.m.calendar;
        match window {
            Window::Period => c.periods().map(|t| vec![t]).collect(),
            Window::Year => c.years().map(|y| c.periods_of(y).collect()).collect(),
        }
    }

    /// What a resource has in a year, or in each period.
    fn resources(&mut self) {
        let m = self.m;
        for (resource, shared) in m.resources.iter() {
            for periods in self.spans(shared.window) {
                let limit: f64 = periods
                    .iter()
                    .map(|&t| (shared.limit.mean(&m.calendar, t) * m.calendar.length()).value())
                    .sum();
                let mut terms = Vec::new();
                for l in m.lines.ids() {
                    for &t in &periods {
                        let output = self.output(l, sinews::ids::Id::position(t));
                        let draw = self.draws(l, resource);
                        terms.extend(output.into_iter().map(|(j, a)| (j, a * draw)));
                    }
                }
                self.program.at = periods.last().map(|t| t.position());
                self.program.row(terms, Sense::AtMost, limit);
            }
        }
    }

    fn draws(&self, l: LineId, resource: ResourceId) -> f64 {
        let own = self.m.lines[l]
            .draws
            .iter()
            .filter(|(other, _)| *other == resource);
        own.map(|(_, amount)| amount.value()).sum()
    }

    /// Who a fund may pay for, if anyone pays: `None` for what is free.
    fn payers(&self, expense: Expense) -> Option<Vec<FundId>> {
        funds::payers(self.m, expense)
    }

    /// Whether there is money for an expense: it is free, there are no funds at all, or one may pay.
    fn affordable(&self, expense: Expense) -> bool {
        self.m.funds.is_empty() || self.payers(expense).is_none_or(|funds| !funds.is_empty())
    }
}
