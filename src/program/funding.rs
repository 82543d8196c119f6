//! Funding: every cost is paid, when its terms say, by funds that may pay it.
//!
//! ```text
//! expense   Σ_{g ∈ G(a)} f[g,a,y]  =  Σ_j cost[j,a,y] · column[j]
//! due       o[a,y]  =  Σ_j cost[j,a,y] · column[j]                   for every year y after the last
//! purse     Σ_{a ∈ A(g)} f[g,a,y] + c[g,y]  ≤  Σ_{f ∈ g} M[f,y] + keep[g] · c[g,y−1]
//! content   Σ_{a ∈ A(g)} (σ[g,a] − least[g]) · f[g,a,y]  ≥  0
//!                                        for every account a, purse g, year y
//! ```
//!
//! A [purse](super::accounts) `g` is the funds that are alike in everything but their amounts; an
//! account `a` holds all expenses that the same purses `G(a)` may pay. `cost[j,a,y]` is
//! what one unit of column `j` charges to it in year `y`, in money of the day: a delivery is even over its
//! period, so the advance falls due over the period moved to earlier by its terms, the rest over the period
//! moved to later, an expansion over its lead time, each with the share of it that lies in the year (before
//! the first year counts as the first). What falls due after the last year is owed: counted in the cost at the
//! price level and discount of its own year, charged to no fund. `σ` is the share of an account's value that
//! comes from the region of the fund's rule.
//! Components are made for no holder in particular: what purses for some holders may pay of them is in the
//! [earmark](super::earmark) rows.
//!
//! The price of an expense row is what one more unit of money charged to the account would cost; of a
//! purse row, what one more unit of money in any of its funds would save: shortfall avoided and cost
//! saved.

use super::family::Row;
use super::ledger::Charge;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{AccountId, Id, PurseId, YearId};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, charges: &[Charge]) {
    expenses(rows, x, v, charges);
    for g in x.n.accounts.purses().ids() {
        for y in x.m.calendar.years() {
            purse(rows, x, v, g, y);
            content(rows, x, v, g, y);
        }
    }
}

fn expenses(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, charges: &[Charge]) {
    let years = x.m.calendar.years().len().max(x.last_due().position() + 1);
    let slot = |a: AccountId, y: YearId| a.position() * years + y.position();
    let accounts = x.n.accounts.accounts();
    let mut left = vec![Sum::default(); accounts.len() * years];
    for charge in charges {
        left[slot(charge.account, charge.year)].add(-charge.amount, charge.column);
    }
    for a in accounts.ids() {
        for y in x.m.calendar.years() {
            let mut left = std::mem::take(&mut left[slot(a, y)]);
            for &p in &x.by_account[a] {
                left.add(1.0, v.pay[(p, y)]);
            }
            rows.equal(Row::Expense(a, y), x.size.money, &left, 0.0);
        }
        for y in (0..years).map(YearId::at) {
            if let Some(owed) = v.owed[(a, y)] {
                let left = std::mem::take(&mut left[slot(a, y)]).with(1.0, owed);
                rows.equal(Row::Due(a, y), x.size.money, &left, 0.0);
            }
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
