//! What the plan strives for: shortfall by tier, cost, and which of equal plans.
//!
//! ```text
//! shortfall   S[k]  =  Σ_{r ∈ R(k)} Σ_w V[r] · δ[w] · δ'[w] · u[r,w]
//! share       h[r]  =  Σ_w δ'[w] · u[r,w] / N[r]              (max-min only)
//! level       h[r]  ≤  H                                      (max-min only)
//!                                        for every tier k, requirement r and window w
//!
//! lexicographic   min S[1], then min S[2], …, then min C, then the tie-break
//! weighted        min Σ_k S[k] + C, then the tie-break
//! max-min         min H; settle the requirements that hold it there; again; then min Σ_k S[k], C, …
//! C               =  Σ_y δ[y] · (Σ_{f,a} φ[f] · f[f,a,y]) + Σ_{y after the last} δ[y] · Σ_a o[a,y] + storage − closing value
//! ```
//!
//! `u[r,w]` counts once if what is not met is lost, and for the time it lasts (in years) if it waits or
//! is a level in store: `δ'`. By default a shortfall counts as a share: `V[r]` is such that a tier in which
//! everything is missing counts all that it requires, at its value, shared out by weight. With the
//! measure `value`, `V[r]` is the value of a unit times its weight. In a weighted objective, `V[r]` is
//! also multiplied by how much dearer a shortfall is than what is missing, unless the requirement
//! states a value of its own: then, whatever the measure, a unit counts that value times its weight.
//!
//! `δ` discounts at the real rate; costs are first brought to base-year prices. `φ` is the present value
//! of paying a loan back, per unit drawn; 1 for a grant. Everything is in money, so every price is.
//!
//! Plans of equal shortfall and cost differ in who makes what and when. The tie-break chooses on
//! purpose: earlier, from lines at home before lines abroad, from production before gifts, less in
//! store, narrow funds before broad ones, by name at last.

use super::accounts::Pay;
use super::family::Row;
use super::naming::market_name;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::size::value_at;
use super::sum::Sum;
use crate::ids::{Id, MarketId, PeriodId, PurseId, RegionId, RequirementId, Table, TierId, YearId};
use crate::model::{Financing, Fund, Loan, Measure, ObjectiveKind, Requirement, UnitPrice};
use crate::units::as_number;

/// A function to be made least: columns and their factors.
pub(super) type Aim = Vec<(u32, f64)>;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, kind: ObjectiveKind) {
    for k in x.n.tiers.ids() {
        let mut left = Sum::of(v.tier[k].expect("every tier has its column"));
        for (r, _) in
            x.m.requirements
                .iter()
                .filter(|(_, r)| r.tier == x.n.tiers[k])
        {
            let value = unit_value(x, k, r, kind);
            for t in x.m.calendar.open_periods() {
                if let Some(short) = v.short[(r, t)] {
                    let weight = x.shortfall_weight(t) * duration(x, r, t);
                    left.add(-value(t) * weight, short);
                }
            }
        }
        rows.equal(Row::Shortfall(k), x.size.money, &left, 0.0);
    }
    if kind == ObjectiveKind::MaxMin {
        shares(rows, x, v);
    }
}

/// How long a shortfall lasts that a window's column stands for: 1 if it is lost.
fn duration(x: &Scope<'_>, r: RequirementId, t: PeriodId) -> f64 {
    let lasts = x.waits(r) || !x.is_flow(r);
    if lasts {
        as_number(x.window(r, t).len()) * x.m.calendar.length().value()
    } else {
        1.0
    }
}

/// The same for every window of a requirement.
pub(super) fn duration_of(x: &Scope<'_>, r: RequirementId) -> f64 {
    let mut windows = x.m.calendar.periods().filter(|&t| x.ends_window(r, t));
    windows.next().map_or(1.0, |t| duration(x, r, t))
}

/// `N[r]`: what a requirement counts if all of it is missing, each window times `weight`.
fn all_missing(x: &Scope<'_>, r: RequirementId, weight: impl Fn(PeriodId) -> f64) -> f64 {
    let mut waiting = 0.0;
    let ends = x.m.calendar.open_periods().filter(|&t| x.ends_window(r, t));
    let counts = ends.map(|t| {
        let required = x.required(r, t);
        waiting = if x.waits(r) {
            waiting + required
        } else {
            required
        };
        weight(t) * duration(x, r, t) * waiting
    });
    counts.sum()
}

/// By requirement: what a unit short counts, in the base currency, if shortfalls count as shares: a tier
/// in which everything is missing counts all that it requires, at its value, shared out by weight. What counts
/// its own value is no part of it. What counted in a program that this one is measured as counts the same.
pub(super) fn counted(
    x: &Scope<'_>,
    kind: ObjectiveKind,
    like: Option<&Table<RequirementId, f64>>,
) -> Table<RequirementId, f64> {
    let peers = x.n.tiers.ids().map(|k| Peers::of(x, k, kind));
    let peers: Table<TierId, Peers> = peers.collect();
    let counted = |(r, requirement): (RequirementId, &Requirement)| {
        let tier =
            x.n.tiers
                .iter()
                .find(|&(_, &tier)| tier == requirement.tier);
        let peers = &peers[tier.expect("every tier in use is listed").0];
        let missing = all_missing(x, r, |t| x.shortfall_weight(t));
        let counted = peers.basket * requirement.weight / peers.weights;
        let shared = own_value(requirement, kind).is_none() && missing > 0.0;
        if shared { counted / missing } else { 0.0 }
    };
    let mut counted: Table<RequirementId, f64> = x.m.requirements.iter().map(counted).collect();
    for (mine, &theirs) in counted
        .values_mut()
        .zip(like.iter().flat_map(|all| all.values()))
    {
        if theirs > 0.0 {
            *mine = theirs;
        }
    }
    counted
}

/// The value that a requirement states, where a missing unit counts just that: in a weighted objective,
/// which has the value of a shortfall and cost in one sum.
fn own_value(requirement: &Requirement, kind: ObjectiveKind) -> Option<&UnitPrice> {
    let weighted = kind == ObjectiveKind::Weighted;
    requirement.value.as_ref().filter(|_| weighted)
}

/// A tier as a whole.
struct Peers {
    /// All that the tier requires, at its value, in the base currency.
    basket: f64,
    /// The weights of its requirements together.
    weights: f64,
}

impl Peers {
    fn of(x: &Scope<'_>, tier: TierId, kind: ObjectiveKind) -> Self {
        let peers = || {
            let all = x.m.requirements.values();
            all.filter(|r| r.tier == x.n.tiers[tier] && own_value(r, kind).is_none())
        };
        let worth = |r: &Requirement| r.basket(x.m, &x.size.value);
        let own: f64 = peers().map(worth).sum();
        // A tier of things that are worth nothing still counts: as much as all that is required.
        let basket = if own > 0.0 { own } else { x.size.all_required };
        Self {
            basket,
            weights: peers().map(|r| r.weight).sum(),
        }
    }
}

/// `V[r]`: what a missing unit counts, in internal units of money, by the window it is missing in.
fn unit_value<'x>(
    x: &'x Scope<'_>,
    tier: TierId,
    r: RequirementId,
    kind: ObjectiveKind,
) -> impl Fn(PeriodId) -> f64 + use<'x> {
    let requirement = &x.m.requirements[r];
    let unit = x.size.requirement(x.m, r);
    let after = i32::try_from(x.n.tiers.len() - tier.position()).unwrap_or(9);
    let own = own_value(requirement, kind);
    let dearer = match kind {
        ObjectiveKind::Weighted if own.is_none() => {
            x.m.objective.shortfall_value.value().powi(after)
        }
        ObjectiveKind::Weighted | ObjectiveKind::Lexicographic | ObjectiveKind::MaxMin => 1.0,
    };
    let by_value = x.m.objective.measure == Measure::Value;
    let plain = if by_value {
        requirement.weight * unit * x.size.value[requirement.meets[0].item]
    } else {
        x.counted[r]
    };
    let stated = own.or(requirement.value.as_ref().filter(|_| by_value));
    move |t| match stated {
        Some(price) => dearer * requirement.weight * unit * value_at(x.m, price, t) / x.size.money,
        None => dearer * plain / x.size.money,
    }
}

fn shares(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    let level = v.level.expect("max-min has a level");
    for r in x.m.requirements.ids() {
        let share = v.share[r].expect("max-min has shares");
        let missing = all_missing(x, r, |_| 1.0);
        let mut left = Sum::of(share);
        // Of what asks for nothing, nothing is missing.
        for t in x.m.calendar.open_periods().filter(|_| missing > 0.0) {
            left.add(-duration(x, r, t) / missing, v.short[(r, t)]);
        }
        rows.equal(Row::Share(r), 1.0, &left, 0.0);
        rows.at_most(Row::Level(r), 1.0, &Sum::of(share).with(-1.0, level), 0.0);
    }
}

/// By tier: what is missing in history counts, at its value; what is worth nothing, as much as one internal unit of
/// money for one of its own.
pub(super) fn short_in_the_past(x: &Scope<'_>, v: &Plan<u32>) -> Vec<Aim> {
    let periods = || x.m.calendar.periods().filter(|&t| x.m.calendar.is_past(t));
    let of_tier = |k: TierId| {
        let mut aim = Aim::new();
        let own = x.m.requirements.iter();
        for (r, requirement) in own.filter(|(_, r)| r.tier == x.n.tiers[k]) {
            let worth = requirement.worth(x.m, &x.size.value);
            let unit = worth * x.size.requirement(x.m, r) / x.size.money;
            let unit = if unit > 0.0 { unit } else { 1.0 };
            // Stores are filled for what is asked of them later: buyers had ordered for it.
            for (stored, share) in x.stored_for(v, r) {
                aim.push((stored, -requirement.weight * unit * share));
            }
            for t in periods() {
                let weight = x.shortfall_weight(t) * duration(x, r, t);
                let counts = requirement.weight * unit * weight;
                aim.extend(v.short[(r, t)].map(|short| (short, counts)));
            }
        }
        aim
    };
    x.n.tiers.ids().map(of_tier).collect()
}

/// `C`: the present value of all that the plan costs from when decisions are free.
pub(super) fn cost(x: &Scope<'_>, v: &Plan<u32>) -> Aim {
    let cost_of_funds = x.m.objective.cost_of_funds.value();
    let mut aim = paid(x, v, cost_of_funds, |y| !x.m.calendar.is_past_year(y));
    storage(x, v, &mut aim);
    closing(x, v, &mut aim);
    aim
}

/// The present value of all that is paid, before and after decisions are free, whatever public money costs: history is
/// the same for every objective.
pub(super) fn cost_of_all(x: &Scope<'_>, v: &Plan<u32>) -> Aim {
    paid(x, v, 1.0, |_| true)
}

/// The present value of what is paid in some years, each unit of money counted so many times.
fn paid(x: &Scope<'_>, v: &Plan<u32>, cost_of_funds: f64, counts: impl Fn(YearId) -> bool) -> Aim {
    let c = &x.m.calendar;
    let mut aim = Aim::new();
    let burdens = x.n.accounts.purses().ids().map(|g| {
        let years = c.years().map(|y| c.year_number(y));
        let burdens = years.map(|year| x.loan_burden(x.fund_of(g), year));
        burdens.collect()
    });
    let burdens: Table<PurseId, Vec<f64>> = burdens.collect();
    for (p, y, paid) in v.pay.iter().filter(|&(_, y, _)| counts(y)) {
        let Pay { purse, .. } = x.n.accounts.pays()[p];
        let burden = purse.map_or(1.0, |g| burdens[g][y.position()]);
        let worth = x.present_value(c.year_number(y)) * burden * cost_of_funds;
        aim.extend(paid.map(|paid| (paid, worth)));
    }
    for (_, y, owed) in v.owed.iter() {
        let worth = x.present_value(c.year_number(y)) * cost_of_funds;
        aim.extend(owed.map(|owed| (owed, worth)));
    }
    aim
}

fn storage(x: &Scope<'_>, v: &Plan<u32>, aim: &mut Aim) {
    let (m, c) = (x.m, &x.m.calendar);
    let pools = v
        .pool
        .iter()
        .map(|(k, t, pool)| (x.n.markets[k].item, t, pool));
    let stocks = v
        .stock
        .iter()
        .map(|(s, t, stock)| (m.stocks[s].item, t, stock));
    for (item, t, kept) in pools.chain(stocks).filter(|&(_, t, _)| !c.is_past(t)) {
        let (Some(kept), Some(price)) = (kept, &m.items[item].storage_cost) else {
            continue;
        };
        let year = c.year_number(c.year_of(t));
        let rate = price.amount.mean(c, t).value() * x.nominal(price.currency, year);
        let cost = rate * c.length().value() * x.size.item(item) / x.size.money;
        aim.push((*kept, cost * x.present_value(year)));
    }
}

/// A unit left in store at the end is worth its share of the item's value.
fn closing(x: &Scope<'_>, v: &Plan<u32>, aim: &mut Aim) {
    let last = x.m.calendar.last();
    for (s, stock) in x.m.stocks.iter() {
        let share = stock.closing_value.value();
        let (true, Some(kept)) = (share > 0.0, v.stock[(s, last)]) else {
            continue;
        };
        let value = x.size.value[stock.item] * x.size.item(stock.item) / x.size.money;
        let year = x.m.calendar.end().plus(-1).year();
        let worth = share * value * x.m.money.arms_index(year) * x.present_value(year);
        aim.push((kept, -worth));
    }
}

impl Scope<'_> {
    /// What is in the stores that a level is required of at the end of history, and how much of it one internal unit
    /// is. Nothing, if it is no level.
    fn stored_for(&self, v: &Plan<u32>, r: RequirementId) -> Vec<(u32, f64)> {
        let Some(last) = self.m.calendar.last_past().filter(|_| !self.is_flow(r)) else {
            return Vec::new();
        };
        let own = self.meets[r].iter().filter_map(|&e| {
            let meet = &self.n.meets[e];
            let size = self.size.item(self.m.stocks[meet.stock].item);
            let share = meet.factor * size / self.size.requirement(self.m, r);
            Some((v.stock[(meet.stock, last)]?, share))
        });
        own.collect()
    }

    /// `φ`: the present value of interest and repayment, per unit of present value drawn; 1 for a grant. A
    /// loan is paid back in its own currency, at the rates of the years it falls due in.
    pub(super) fn loan_burden(&self, fund: &Fund, drawn: i32) -> f64 {
        let Some(loan) = fund.loan else { return 1.0 };
        // Whoever pays, it counts the same, so that what is made does not hang on it.
        if self.m.objective.financing != Financing::Cheapest {
            return 1.0;
        }
        let worth = |year| self.m.money.exchange(fund.currency, year) * self.present_value(year);
        loan_service(loan)
            .map(|due| due.service() * worth(drawn + due.years) / worth(drawn))
            .sum()
    }
}

/// What falls due in a year of a loan of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Instalment {
    /// Years since it was drawn.
    pub(crate) years: i32,
    /// Interest on what was owed in the year.
    pub(crate) interest: f64,
    /// What is paid back at its end.
    pub(crate) repaid: f64,
}

impl Instalment {
    /// Interest and repayment.
    pub(crate) fn service(self) -> f64 {
        self.interest + self.repaid
    }
}

/// Interest and repayment of a loan of 1, by years since it was drawn.
pub(crate) fn loan_service(loan: Loan) -> impl Iterator<Item = Instalment> {
    let whole = |months: crate::units::Months| {
        let years = (months.value() / 12.0 - 1e-9).ceil().max(0.0);
        #[expect(clippy::cast_possible_truncation, reason = "a few years")]
        let years = years as i32;
        years
    };
    let (grace, maturity) = (whole(loan.grace), whole(loan.maturity).max(1));
    let instalments = (maturity - grace).max(1);
    let first = maturity - instalments + 1;
    let mut owed = 1.0;
    (1..=maturity).map(move |years| {
        let interest = owed * loan.rate.value();
        let repaid = if years >= first {
            1.0 / f64::from(instalments)
        } else {
            0.0
        };
        owed -= repaid;
        Instalment {
            years,
            interest,
            repaid,
        }
    })
}

/// Which of equal plans: small preferences in place of an accident of the solver.
pub(super) fn tie_break(x: &Scope<'_>, v: &Plan<u32>) -> Aim {
    let mut aim = Aim::new();
    sources(x, v, &mut aim);
    let late = |t| lateness(x, t);
    let holders = ranks(&x.m.holders, |h| &h.key);
    for (g, t, given) in v.give.iter() {
        let rank = holders[x.m.stocks[x.n.gives[g].from].holder];
        aim.extend(given.map(|given| (given, in_time(1.5 + 0.2 * rank, late(t)))));
    }
    let requirements = ranks(&x.m.requirements, |r| &r.key);
    for (r, t, short) in v.short.iter() {
        let early = 1.0 - late(t);
        aim.extend(short.map(|short| (short, 2.0 + early + 0.1 * requirements[r])));
    }
    let pools = v
        .pool
        .iter()
        .filter_map(|(_, _, kept)| Some(((*kept)?, 0.01)));
    let stocks = v
        .stock
        .iter()
        .filter_map(|(_, _, kept)| Some(((*kept)?, 0.005)));
    aim.extend(pools.chain(stocks));
    let expansions = ranks(&x.m.expansions, |e| &e.key);
    for (e, t, built) in v.build.iter() {
        aim.extend(built.map(|built| (built, in_time(1.0 + 0.2 * expansions[e], late(t)))));
    }
    for (_, factor) in &mut aim {
        *factor *= PREFERENCE;
    }
    if x.m.objective.financing == Financing::Cheapest {
        aim.extend(payers(x, v));
    }
    aim
}

/// How much a preference of 1 counts: what solvers take for a small miss is an absolute number, and some of
/// the preferences are hundredths.
const PREFERENCE: f64 = 10.0;

/// Production at home before production abroad, production before supply from outside.
fn sources(x: &Scope<'_>, v: &Plan<u32>, aim: &mut Aim) {
    let lines = ranks(&x.m.lines, |l| &l.key);
    let items = ranks(&x.m.items, |i| &i.key);
    let names = x.n.markets.ids().map(|k| market_name(x.m, x.n, k));
    let markets = ranks(&names.collect(), String::as_str);
    for (k, t, made) in v.make.iter() {
        let make = x.n.makes[k];
        let abroad = if x.is_home(make.market, x.m.lines[make.line].country) {
            0.0
        } else {
            0.5
        };
        let (line, item) = (lines[make.line], items[x.n.markets[make.market].item]);
        // Lines that share out two items between them: which makes more of which.
        let weight = 0.2 + abroad + 0.2 * line + 0.1 * line * item;
        let weight = weight + dear(make.tier, markets[make.market]);
        let weight = in_time(weight, lateness(x, t));
        aim.extend(made.map(|made| (made, x.time(k) * weight)));
    }
    let suppliers = ranks(&x.m.suppliers, |q| &q.key);
    for (o, t, ordered) in v.order.iter() {
        let order = x.n.orders[o];
        let weight = 1.0 + 0.2 * suppliers[order.supplier];
        let weight = weight + dear(order.tier, markets[order.market]);
        let weight = in_time(weight, lateness(x, t));
        aim.extend(ordered.map(|ordered| (ordered, weight)));
    }
}

/// Cheaper steps before dearer ones of the same price, and of two markets that share out two steps between them, which
/// gets more of the cheaper one.
fn dear(tier: usize, market: f64) -> f64 {
    0.02 * as_number(tier) * (1.0 - 0.5 * market)
}

/// Narrow funds before broad ones. What is paid in a year is settled: a narrow fund pays early.
pub(super) fn payers(x: &Scope<'_>, v: &Plan<u32>) -> Aim {
    let mut aim = Aim::new();
    let ranks = ranks(&x.m.funds, |f| &f.key);
    let purses = x.n.accounts.purses();
    let weight: Table<PurseId, f64> = purses
        .iter()
        .map(|(g, funds)| {
            let first = funds.iter().map(|&f| ranks[f]).fold(1.0, f64::min);
            0.5 + breadth(x, g) + 0.2 * first
        })
        .collect();
    let years = as_number(x.m.calendar.years().len());
    for (p, y, paid) in v.pay.iter() {
        let Some(g) = x.n.accounts.pays()[p].purse else {
            continue;
        };
        let weight = weight[g] * (1.0 - 0.2 * as_number(y.position()) / years);
        aim.extend(paid.map(|paid| (paid, 0.001 * weight * PREFERENCE)));
    }
    aim
}

/// A preference at a time: earlier before later, and of two that share out early and late between them, the
/// preferred one early. Without that product any exchange between them would be a tie. Time counts little: by the
/// quarter or month, a period's delay less than to keep a unit in a pool for it.
fn in_time(weight: f64, late: f64) -> f64 {
    weight + 0.1 * late * (1.0 - 0.25 * weight)
}

/// How late a period is, from 0 to 1.
fn lateness(x: &Scope<'_>, t: PeriodId) -> f64 {
    as_number(t.position()) / as_number(x.m.calendar.periods().len())
}

impl Scope<'_> {
    /// Whether every holder a market serves is at home in a country.
    fn is_home(&self, market: MarketId, country: Option<RegionId>) -> bool {
        let mut stocks = self.n.markets[market].stocks.iter();
        country.is_some()
            && stocks.all(|&s| self.m.holders[self.m.stocks[s].holder].country == country)
    }
}

/// The place of each thing among all by its name in alphabetical order, from 0 to 1: an order that
/// does not change when a file is rearranged.
fn ranks<I: Id, T>(things: &Table<I, T>, key: impl Fn(&T) -> &str) -> Table<I, f64> {
    let mut order: Vec<I> = things.ids().collect();
    order.sort_by_key(|&id| key(&things[id]));
    let mut ranks: Table<I, f64> = things.map(|_| 0.0);
    for (n, id) in order.into_iter().enumerate() {
        ranks[id] = as_number(n) / as_number(things.len());
    }
    ranks
}

/// How much a purse may pay for: the share of all accounts.
fn breadth(x: &Scope<'_>, g: PurseId) -> f64 {
    let accounts = x.n.accounts.accounts();
    let open = accounts
        .values()
        .filter(|account| account.purses.contains(&g));
    as_number(open.count()) / as_number(accounts.len().max(1))
}
