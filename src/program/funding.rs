//! Funding: every cost is paid, when its terms say, by funds that may pay it.
//!
//! ```text
//! expense   Σ_{g ∈ G(a)} f[g,a,y]  =  Σ_j cost[j,a,y] · column[j]
//! due       o[a]  =  Σ_j cost[j,a,after] · column[j]
//! purse     Σ_{a ∈ A(g)} f[g,a,y] + c[g,y]  ≤  Σ_{f ∈ g} M[f,y] + keep[g] · c[g,y−1]
//! content   Σ_{a ∈ A(g)} (σ[g,a] − least[g]) · f[g,a,y]  ≥  0
//! earmark   Σ_{g for holders in H} Σ_{a of components} Σ_y f[g,a,y]  ≤  Σ_{s of H} κ[s] · Σ_t in[s,t]
//!                                        for every account a, purse g, year y, set of holders H
//! ```
//!
//! A [purse](super::accounts) `g` is the funds that are alike in everything but their amounts; an
//! account `a` holds all expenses that the same purses `G(a)` may pay. `cost[j,a,y]` is
//! what one unit of column `j` charges to it in year `y`, in money of the day: advances before delivery,
//! the rest after, expansions evenly while they are built. What falls due after the last year is owed:
//! counted in the cost, charged to no fund. `σ` is the share of an account's value that comes from the
//! region of the fund's rule. Components are made for no holder in particular; funds that may buy only
//! for the holders `H` together pay no more for them than those holders' goods contain, `κ` being the
//! dearest cost of the components in one.
//!
//! The price of an expense row is what one more unit of money charged to the account would cost; of a
//! purse row, what one more unit of money in any of its funds would save: shortfall avoided and cost
//! saved.

use super::ledger::Charge;
use super::plan::Plan;
use super::rows::{Row, Rows};
use super::scope::Scope;
use super::stock::arrivals;
use super::sum::Sum;
use crate::ids::{AccountId, HolderId, Id, ItemId, PurseId, YearId};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, charges: &[Charge]) {
    expenses(rows, x, v, charges);
    for g in x.n.accounts.purses().ids() {
        for y in x.m.calendar.years() {
            purse(rows, x, v, g, y);
            content(rows, x, v, g, y);
        }
    }
    earmarks(rows, x, v);
}

fn expenses(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, charges: &[Charge]) {
    let years = x.m.calendar.years().len();
    let slot = |a: AccountId, y: Option<YearId>| {
        a.position() * (years + 1) + y.map_or(years, Id::position)
    };
    let accounts = x.n.accounts.accounts();
    let mut left = vec![Sum::default(); accounts.len() * (years + 1)];
    for charge in charges {
        left[slot(charge.account, charge.year)].add(-charge.amount, charge.column);
    }
    for a in accounts.ids() {
        for y in x.m.calendar.years() {
            let mut left = std::mem::take(&mut left[slot(a, Some(y))]);
            for &p in &x.by_account[a] {
                left.add(1.0, v.pay[(p, y)]);
            }
            rows.equal(Row::Expense(a, y), x.size.money, &left, 0.0);
        }
        if let Some(owed) = v.owed[a] {
            let left = std::mem::take(&mut left[slot(a, None)]).with(1.0, owed);
            rows.equal(Row::Due(a), x.size.money, &left, 0.0);
        }
    }
}

fn purse(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, g: PurseId, y: YearId) {
    let mut left = Sum::default();
    for &p in &x.by_purse[g] {
        left.add(1.0, v.pay[(p, y)]);
    }
    left.add(1.0, v.carry[(g, y)]);
    let before = y.position().checked_sub(1).map(YearId::at);
    let keep = x.fund_of(g).carry_over.value();
    left.add(-keep, before.and_then(|before| v.carry[(g, before)]));
    for &f in &x.n.accounts.purses()[g] {
        left.add(-1.0, v.money[(f, y)]);
    }
    rows.at_most(Row::Purse(g, y), x.size.money, &left, 0.0);
}

fn content(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, g: PurseId, y: YearId) {
    let Some(rule) = x.fund_of(g).content.filter(|rule| !rule.each) else {
        return;
    };
    let mut left = Sum::default();
    for &p in &x.by_purse[g] {
        let account = &x.n.accounts[x.n.accounts.pays()[p].account];
        let own = account.content.iter().find(|&&(purse, _)| purse == g);
        let own = own.map_or(1.0, |&(_, own)| own);
        left.add(own - rule.share.value(), v.pay[(p, y)]);
    }
    rows.at_least(Row::Content(g, y), x.size.money, &left, 0.0);
}

fn earmarks(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    let mut sets: Vec<&[HolderId]> =
        x.m.funds
            .values()
            .map(|f| f.buys.holders.as_slice())
            .collect();
    sets.retain(|set| !set.is_empty());
    sets.sort_unstable();
    sets.dedup();
    let mut worth = x.m.items.map(|_| None);
    for (n, set) in sets.into_iter().enumerate() {
        let mut left = Sum::default();
        let within = |&g: &PurseId| {
            let holders = &x.fund_of(g).buys.holders;
            !holders.is_empty() && holders.iter().all(|holder| set.contains(holder))
        };
        let purses = x.n.accounts.purses().ids().filter(within);
        for &p in purses.flat_map(|g| &x.by_purse[g]) {
            let component = x.n.accounts[x.n.accounts.pays()[p].account].component;
            for y in x.m.calendar.years().filter(|_| component) {
                left.add(1.0, v.pay[(p, y)]);
            }
        }
        if left.is_empty() {
            continue;
        }
        for (s, stock) in x.m.stocks.iter().filter(|(_, s)| set.contains(&s.holder)) {
            let worth = *worth[stock.item].get_or_insert_with(|| components(x, stock.item));
            let worth = worth * x.size.item(stock.item);
            for t in x.m.calendar.periods().filter(|_| worth > 0.0) {
                left.add_all(-worth, &arrivals(x, v, s, t));
            }
        }
        let n = u32::try_from(n).expect("fewer sets than funds");
        rows.at_most(Row::Earmark(n), x.size.money, &left, 0.0);
    }
}

/// `κ`: the dearest cost of the components in one unit of an item, in internal units of money.
fn components(x: &Scope<'_>, item: ItemId) -> f64 {
    let c = &x.m.calendar;
    let last = c.end().plus(-1).year();
    let dearest = |input: ItemId| {
        let lines = x.m.lines.values().flat_map(|line| &line.products);
        let made = lines
            .filter(|p| p.item == input)
            .filter_map(|p| p.cost.as_ref());
        let bought = x.m.suppliers.values().filter(|q| q.item == input);
        let bought = bought.flat_map(|q| q.tiers.iter().map(|tier| &tier.cost));
        let nominal = made
            .chain(bought)
            .map(|price| price.amount.most().value() * x.nominal(price.currency, last));
        nominal.fold(0.0, f64::max) / x.size.money
    };
    let worst_yield = |product: ItemId| {
        let lines =
            x.m.lines
                .values()
                .filter(|l| l.products.iter().any(|p| p.item == product));
        lines
            .map(|line| line.yield_share.value())
            .fold(1.0, f64::min)
    };
    let needs = x.m.items[item].needs.iter();
    let cost =
        needs.map(|need| need.amount.value() * (dearest(need.item) + components(x, need.item)));
    cost.sum::<f64>() / worst_yield(item)
}
