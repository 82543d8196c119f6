//! What the money buys: from funds through goods to the countries that sell them.

use super::super::page::Chart;
use super::drawing::{nominal, seat};
use super::flows::{GOODS, Weave};
use crate::ids::{AccountId, FundId, YearId};
use crate::model::Model;
use crate::program::{Column, Deed};
use crate::solution::Solution;
use std::collections::{BTreeMap, BTreeSet};

/// How many funds, and how many goods, the flow tells apart.
const SHOWN: usize = 14;

/// What is bought, and where its seller stands.
type Purchase = (String, String);

/// The flow of money.
pub(super) fn chart(m: &Model, s: &Solution) -> Chart {
    let mut chart = Chart::new(
        "What the money buys",
        "From funds, through what they pay for, to the countries in which it is spent. Where several funds may pay for the same things, what each has paid is shared out in proportion.",
        nominal(m),
    );
    let paid = paid(m, s);
    let funds = top(paid
        .iter()
        .map(|((fund, _), amount)| (m.funds[*fund].name.as_str(), *amount)));
    let goods = top(paid
        .iter()
        .map(|((_, what), amount)| (what.0.as_str(), *amount)));
    let mut weave = Weave::default();
    for ((fund, (what, place)), amount) in &paid {
        let fund = m.funds[*fund].name.as_str();
        let fund = if funds.contains(fund) {
            fund
        } else {
            "other funds"
        };
        let what = if goods.contains(what.as_str()) {
            what
        } else {
            "other goods"
        };
        let millions = amount / 1e6;
        weave.add((fund, "funds"), (what, GOODS), millions, (0.0, ""));
        weave.add((what, GOODS), (place, "countries"), millions, (0.0, ""));
    }
    if let Some(picture) = weave.picture(true) {
        chart = chart.view("", picture);
    }
    chart
}

/// The names that weigh most.
fn top<'a>(weights: impl Iterator<Item = (&'a str, f64)>) -> BTreeSet<&'a str> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for (name, weight) in weights {
        *sums.entry(name).or_default() += weight;
    }
    let mut all: Vec<_> = sums.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.into_iter().take(SHOWN).map(|(name, _)| name).collect()
}

/// What each fund pays for, over the whole calendar.
fn paid(m: &Model, s: &Solution) -> BTreeMap<(FundId, Purchase), f64> {
    let charged = charged(m, s);
    let accounts = &s.program().network().accounts;
    let mut paid = BTreeMap::new();
    for (p, y, amount) in s.plan.pay.iter() {
        let pay = accounts.pays()[p];
        let (Some(purse), Some(amount)) = (pay.purse, amount.filter(|&amount| amount > 0.0)) else {
            continue;
        };
        let Some(purchases) = charged.get(&(pay.account, y)) else {
            continue;
        };
        let funds = &accounts.purses()[purse];
        let spent = |f: FundId| s.fund(f, y).map_or(0.0, |year| year.spent);
        let all_spent: f64 = funds.iter().map(|&f| spent(f)).sum();
        let all_charged: f64 = purchases.values().sum();
        for (what, charge) in purchases {
            for &fund in funds
                .iter()
                .filter(|_| all_spent > 0.0 && all_charged > 0.0)
            {
                let part = amount * charge / all_charged * spent(fund) / all_spent;
                *paid.entry((fund, what.clone())).or_default() += part;
            }
        }
    }
    paid
}

/// What each account is charged for in each year.
fn charged(m: &Model, s: &Solution) -> BTreeMap<(AccountId, YearId), BTreeMap<Purchase, f64>> {
    let program = s.program();
    let mut all: BTreeMap<_, BTreeMap<Purchase, f64>> = BTreeMap::new();
    for &(j, account, year, factor) in program.charges() {
        let column = &program.columns()[j as usize];
        let amount = factor * s.value(column.name) / column.unit * program.money_size();
        if amount <= 0.0 || !m.calendar.has_year(year) {
            continue;
        }
        let what = purchase(m, s, column.name);
        *all.entry((account, year))
            .or_default()
            .entry(what)
            .or_default() += amount;
    }
    all
}

fn purchase(m: &Model, s: &Solution, column: Column) -> Purchase {
    let network = s.program().network();
    match column.deed(network) {
        Some(Deed::Make(make, _)) => {
            let line = &m.lines[make.line];
            let item = &m.items[line.products[make.product].item];
            (item.name.clone(), seat(m, line))
        }
        Some(Deed::Order(order, _)) => {
            let supplier = &m.suppliers[order.supplier];
            let place = supplier.country;
            let place = place.map_or_else(|| supplier.name.clone(), |c| m.regions[c].name.clone());
            (m.items[supplier.item].name.clone(), place)
        }
        Some(Deed::Build(e, _)) => {
            let line = &m.lines[m.expansions[e].line];
            ("expansion of lines".into(), seat(m, line))
        }
        Some(Deed::Move(..) | Deed::Give(..)) | None => ("transport".into(), "on the way".into()),
    }
}
