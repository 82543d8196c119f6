//! The linear program a second time, from docs/formulation.md and docs/format.md alone.
//!
//! It is dense and plain: everything is indexed by customer (a holder's stock, or the industry) and by fund, in
//! natural units, without markets, purses or accounts, and what is in store is kept by the period in which it
//! arrived. It leaves out what [`covers`] names.

mod funds;
mod industry;
mod lines;
mod stocks;
mod time;
mod values;

use crate::simplex::{NoValue, Program, Sense};
use sinews::ids::{
    ExpansionId, FundId, GiftId, Id as _, ItemId, LineId, PeriodId, RequirementId, ResourceId,
    StockId, SupplierId,
};
use sinews::model::{Model, Need, ObjectiveKind, Window};
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
    /// The makers' stock.
    pool: BTreeMap<(ItemId, usize), usize>,
    /// The cost, and what each tier counts.
    cost: Vec<(usize, f64)>,
    /// What each expense charges in each year (counted from the first, later ones after the end), by column.
    charges: BTreeMap<(Expense, usize), Vec<(usize, f64)>>,
}

/// The values that an objective reaches, stage by stage.
pub fn values(m: &Model, kind: ObjectiveKind) -> Result<Vec<f64>, NoValue> {
    let mut second = Second::of(m);
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
        let (value, _) = second.program.least(&aim)?;
        values.push(value);
        let slack = 1e-9 * value.abs();
        second.program.row(aim, Sense::AtMost, value + slack);
    }
    Ok(values)
}

/// The shares missing when the lowest coverage is raised, least first; then all shortfalls, then the cost.
pub fn max_min(m: &Model) -> Result<(Vec<f64>, Vec<f64>), NoValue> {
    let mut second = Second::of(m);
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
        open.row(vec![(level, 1.0)], Sense::AtMost, highest + 1e-9);
        let mut any = false;
        for &r in &free {
            let (least, _) = open.least(&shares[r])?;
            if least >= highest - 1e-7 {
                settled[r] = Some(highest);
                any = true;
                second
                    .program
                    .row(shares[r].clone(), Sense::AtMost, highest + 1e-9);
            }
        }
        if !any {
            return Err(NoValue::TooLong);
        }
    }
    let mut reached: Vec<f64> = settled.into_iter().flatten().collect();
    reached.sort_by(f64::total_cmp);
    let shortfall: Vec<_> = second.tiers(ObjectiveKind::MaxMin).concat();
    let (least, _) = second.program.least(&shortfall)?;
    second
        .program
        .row(shortfall, Sense::AtMost, least + 1e-9 * least.abs());
    let (cost, _) = second.program.least(&second.cost)?;
    Ok((reached, vec![least, cost]))
}

/// What is missing of a requirement at the least from each of its windows on, in shares of a window: by the last
/// period of the window, where anything is required in it.
pub fn missing_from(m: &Model, r: RequirementId) -> Result<Vec<(usize, f64)>, NoValue> {
    let second = Second::of(m);
    let windows: Vec<(usize, f64)> = (0..second.end())
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

/// What of a model the second formulation does not have; `None`: it has all of it.
pub fn leaves_out(m: &Model) -> Option<&'static str> {
    let components = m
        .lines
        .values()
        .any(|l| l.products.iter().any(|p| industry::is_used(m, p.item)));
    let earmarked = m.funds.values().any(|f| !f.buys.holders.is_empty());
    let ages = m
        .stocks
        .values()
        .any(|s| s.opening.iter().any(|b| b.expires.is_some()));
    let stored = m.items.values().any(|i| i.storage_cost.is_some());
    let aging = ages || m.items.values().any(|i| i.shelf_life.is_some());
    let flat = m.requirements.values().any(|r| match &r.need {
        Need::Flow(path) => path.most().value() <= 0.0,
        Need::Level(path) => path.most().value() <= 0.0,
    });
    [
        (crate::judge::is_whole(m), "whole blocks and minimum orders"),
        (
            m.calendar.has_past() || m.has_friction(),
            "history and friction",
        ),
        (!m.routes.is_empty(), "routes"),
        (earmarked && components, "earmarks"),
        (stored && aging, "storage of what ages"),
        (flat, "requirements of nothing"),
        (worthless(m), "what nobody pays for"),
    ]
    .into_iter()
    .find_map(|(left_out, what)| left_out.then_some(what))
}

/// Whether something that is required is worth nothing: what a tier of nothing else counts is open.
fn worthless(m: &Model) -> bool {
    let plain = Second::empty(m);
    m.requirements.ids().any(|r| plain.worth(r) <= 0.0)
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
            pool: BTreeMap::new(),
            cost: Vec::new(),
            charges: BTreeMap::new(),
        }
    }

    fn of(m: &'m Model) -> Self {
        let mut new = Self::empty(m);
        new.add_supply();
        new.add_halls();
        new.add_gifts();
        new.capacities();
        new.suppliers();
        new.balances();
        new.stocks();
        new.requirements();
        new.hubs();
        new.resources();
        new.quantity_caps();
        new.payments();
        new.money_caps();
        new.storage();
        new
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

    /// Gifts through hubs.
    fn hubs(&mut self) {
        let m = self.m;
        for (h, hub) in m.hubs.iter() {
            for t in 0..self.end() {
                let through = |gift: GiftId| m.gifts[gift].hub == Some(h);
                let passing = self
                    .give
                    .iter()
                    .filter(|((gift, _, at), _)| through(*gift) && *at == t);
                let terms = passing.map(|(&(_, from, _), &j)| {
                    let mass = m.items[m.stocks[from].item]
                        .mass
                        .map_or(1.0, sinews::units::Amount::value);
                    (j, mass)
                });
                let terms = terms.collect();
                let most = (hub.throughput.mean(&m.calendar, at(t)) * m.calendar.length()).value();
                self.program.row(terms, Sense::AtMost, most);
            }
        }
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
