//! What can flow, and what of it is of use: the size of each item, whatever its limits say.
//!
//! ```text
//! S[i]  =  Σ_l min( K[l] · pace · length,  money / cost[l],  min_n S[n] · yield[l] / a[i,n] )
//!          + Σ_q min( rate[q] · length,  money / cost[q] )  +  opening stocks
//! D[i]  =  Σ_r required[r] / φ  +  floors, closing stocks, minimum rates
//!          +  Σ_p a[p,i] · min(S[p], D[p]) / yield[p]  +  what expansions use up
//! U[i]  =  min( S[i], D[i] )
//! ```
//!
//! `S` runs up the bill of materials, `D` down it, all in natural units a period, each at its highest. A
//! capacity, a rate or a fund so large that it stands for "no limit" is therefore no measure of anything: what
//! it could make nobody asks for, or there is nothing to make it from.

use crate::ids::{ExpansionId, ItemId, Table};
use crate::model::{Model, Need, Tier, UnitPrice};

/// How often an expansion that may be taken more often counts.
const OPTIONS: f64 = 4.0;
/// A flow is counted in units of no less than this share of what there must be.
const MUST: f64 = 1e-3;
/// What is so many times of use is beyond it.
const BEYOND_USE: f64 = 1e3;

/// The largest flow of each item in a period that is of use.
pub(super) fn flows(m: &Model) -> Table<ItemId, f64> {
    let order = inputs_first(m);
    let supply = supply(m, &order);
    let mut demand = own_demand(m);
    let musts = musts(m);
    let mut flows: Table<ItemId, f64> = m.items.map(|_| 0.0);
    for &i in order.iter().rev() {
        let both = supply[i] > 0.0 && demand[i] > 0.0;
        // Where nothing flows there is only what could be, or what is asked for.
        let flow = if both {
            supply[i].min(demand[i])
        } else {
            supply[i].max(demand[i])
        };
        flows[i] = flow.max(MUST * musts[i]);
        let made = supply[i].min(demand[i]) / worst_yield(m, i);
        for need in &m.items[i].needs {
            demand[need.item] += need.amount.value() * made;
        }
    }
    flows
}

/// Every item after all that it is made from.
fn inputs_first(m: &Model) -> Vec<ItemId> {
    fn visit(m: &Model, i: ItemId, seen: &mut Table<ItemId, bool>, order: &mut Vec<ItemId>) {
        if std::mem::replace(&mut seen[i], true) {
            return;
        }
        for need in &m.items[i].needs {
            visit(m, need.item, seen, order);
        }
        order.push(i);
    }
    let mut seen = m.items.map(|_| false);
    let mut order = Vec::new();
    for i in m.items.ids() {
        visit(m, i, &mut seen, &mut order);
    }
    order
}

/// `S`: the most that can come in a period.
fn supply(m: &Model, order: &[ItemId]) -> Table<ItemId, f64> {
    let length = m.calendar.length().value();
    let money = money(m);
    let mut supply: Table<ItemId, f64> = m.items.map(|_| 0.0);
    for stock in m.stocks.values() {
        supply[stock.item] += stock.total().value();
    }
    for (i, item) in m.items.iter() {
        supply[i] += item
            .stock
            .as_ref()
            .map_or(0.0, |stock| stock.opening.value());
    }
    for supplier in m.suppliers.values() {
        let rate = supplier.rate.most().value() * length;
        supply[supplier.item] += rate.min(affordable(money, cheapest(m, &supplier.tiers)));
    }
    for &i in order {
        for (l, line) in m.lines.iter() {
            let options = m.expansions.values().filter(|e| e.line == l);
            let added: f64 = options
                .map(|e| e.adds.value() * e.at_most.value().min(OPTIONS))
                .sum();
            for product in line.products.iter().filter(|product| product.item == i) {
                let made = (line.capacity.most().value() + added) * product.pace.value() * length;
                let cost = cheapest(m, &product.tiers);
                let inputs = m.items[i]
                    .needs
                    .iter()
                    .map(|need| supply[need.item] * line.yield_share.value() / need.amount.value());
                let most = inputs.fold(made.min(affordable(money, cost)), f64::min);
                supply[i] += most;
            }
        }
    }
    supply
}

/// How often an expansion that comes in whole blocks may be taken: no more often than a thousand times what all that is asked
/// for in a period could use. A solver that branches loses its way among more.
pub(super) fn blocks(m: &Model, e: ExpansionId) -> f64 {
    let expansion = &m.expansions[e];
    let most = expansion.at_most.value();
    if most <= BEYOND_USE {
        return most;
    }
    let mut demand = own_demand(m);
    for &i in inputs_first(m).iter().rev() {
        let made = demand[i] / worst_yield(m, i);
        for need in &m.items[i].needs {
            demand[need.item] += need.amount.value() * made;
        }
    }
    let length = m.calendar.length().value();
    let products = m.lines[expansion.line].products.iter();
    let blocks = products.map(|product| {
        let adds = expansion.adds.value() * product.pace.value() * length;
        if adds > 0.0 {
            demand[product.item] / adds
        } else {
            0.0
        }
    });
    let useful = blocks.sum::<f64>().ceil().max(1.0);
    most.min(BEYOND_USE * useful)
}

/// What there must be of each item, whatever is useful: in store, and as the least that a line makes. Where it cannot be had the
/// rules clash, and how far each would have to give way is measured beside it.
fn musts(m: &Model) -> Table<ItemId, f64> {
    let length = m.calendar.length().value();
    let mut musts: Table<ItemId, f64> = m.items.map(|_| 0.0);
    for stock in m.stocks.values() {
        let floor = stock.floor.as_ref().map_or(0.0, |path| path.most().value());
        let closing = stock.closing.map_or(0.0, crate::units::Amount::value);
        musts[stock.item] = musts[stock.item].max(floor).max(closing);
    }
    for line in m.lines.values() {
        let least = line
            .minimum
            .as_ref()
            .map_or(0.0, |path| path.most().value());
        let item = line.products[0].item;
        musts[item] = musts[item].max(least * length);
    }
    musts
}

/// What is asked for in a period of each item itself, not as a part of others.
fn own_demand(m: &Model) -> Table<ItemId, f64> {
    let length = m.calendar.length().value();
    let mut demand: Table<ItemId, f64> = m.items.map(|_| 0.0);
    for requirement in m.requirements.values() {
        let most = match &requirement.need {
            Need::Flow(flow) => flow.most().value() * length,
            Need::Level(level) => level.most().value(),
        };
        for accepted in &requirement.meets {
            demand[accepted.item] += most / accepted.factor.value();
        }
    }
    for stock in m.stocks.values() {
        let floor = stock
            .floor
            .as_ref()
            .map_or(0.0, |floor| floor.most().value());
        let closing = stock.closing.map_or(0.0, crate::units::Amount::value);
        demand[stock.item] += floor.max(closing);
        if stock.closing_value.value() > 0.0 {
            demand[stock.item] = f64::INFINITY;
        }
    }
    for (i, item) in m.items.iter() {
        demand[i] += item
            .stock
            .as_ref()
            .map_or(0.0, |stock| stock.closing.value());
    }
    for line in m.lines.values() {
        let minimum = line.minimum.as_ref();
        let minimum = minimum.map_or(0.0, |path| path.most().value() * length);
        demand[line.products[0].item] += minimum;
    }
    for expansion in m.expansions.values() {
        for &(item, amount) in &expansion.uses {
            demand[item] += amount.value() * expansion.at_most.value().min(OPTIONS);
        }
    }
    demand
}

/// All money there is in the best year, in the base currency; without funds there is no end of it.
fn money(m: &Model) -> f64 {
    if m.funds.is_empty() {
        return f64::INFINITY;
    }
    let year = |y| m.funds.ids().map(|f| m.fund_money(f, y)).sum::<f64>();
    m.calendar.years().map(year).sum()
}

/// How much an amount of money buys.
fn affordable(money: f64, price: f64) -> f64 {
    if price > 0.0 {
        money / price
    } else {
        f64::INFINITY
    }
}

/// The lowest that any step ever costs, in the base currency; nothing without steps.
fn cheapest(m: &Model, tiers: &[Tier]) -> f64 {
    let all = tiers.iter().map(|tier| least(m, &tier.cost));
    all.reduce(f64::min).unwrap_or(0.0)
}

/// The lowest that a price ever is, at the prices of the base year, in the base currency.
fn least(m: &Model, price: &UnitPrice) -> f64 {
    let start = m.calendar.start().year();
    let lowest = price.amount.values().map(crate::units::Amount::value);
    lowest.fold(f64::INFINITY, f64::min) * m.money.exchange(price.currency, start)
}

/// The least share of its output that any line gets out of what it takes in.
fn worst_yield(m: &Model, i: ItemId) -> f64 {
    let makers = m.lines.values();
    let makers = makers.filter(|line| line.products.iter().any(|product| product.item == i));
    makers
        .map(|line| line.yield_share.value())
        .fold(1.0, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn flow(text: &str, item: usize) -> f64 {
        let head = "model.note = 'x'\ncalendar = { start = '2026-01', end = '2026-12', period = 'year' }\nholder.h = {}\n";
        let model = crate::document::parse("x.toml", &format!("{head}{text}")).expect("a model");
        flows(&model)[ItemId::at(item)]
    }

    #[test]
    fn what_nobody_asks_for_is_no_measure() {
        let text = "item.a.unit = 'a'\nsupplier.s = { item = 'a', rate = '1e9 a/year', cost = '1 EUR/a' }\nrequirement.r = { holder = 'h', item = 'a', quantity = '10 a/year' }\n";
        assert_eq!(flow(text, 0), 10.0);
    }

    #[test]
    fn what_cannot_be_made_is_no_measure() {
        let text = "item.a = { unit = 'a', needs = { b = '2 b/a' } }\nitem.b.unit = 'b'\nline.l = { makes = 'a', capacity = '1e9 a/year' }\nline.k = { makes = 'b', capacity = '8 b/year' }\nrequirement.r = { holder = 'h', item = 'a', quantity = '1e6 a/year' }\n";
        assert_eq!((flow(text, 0), flow(text, 1)), (4.0, 8.0));
    }

    #[test]
    fn what_cannot_be_paid_is_no_measure() {
        let text = "item.a.unit = 'a'\nline.l = { makes = 'a', capacity = '1e6 a/year', cost = '1e9 EUR/a' }\nfund.f.amount = '3e9 EUR/year'\nrequirement.r = { holder = 'h', item = 'a', quantity = '1e5 a/year' }\n";
        assert_eq!(flow(text, 0), 3.0);
    }
}
