//! What Ukraine's requirements ask for in the mean year, and what that is worth.

use sinews::ids::{ItemId, RequirementId};
use sinews::model::{Model, Need, UnitPrice};

/// A requirement of the basket.
#[derive(Debug)]
pub struct Entry {
    pub name: String,
    /// What it asks for in the mean year.
    pub quantity: f64,
    pub dollars: f64,
    /// Whether it is for air-defence missiles.
    pub missiles: bool,
}

/// Ukraine's requirements, in the order of the model.
pub fn basket(m: &Model) -> Vec<Entry> {
    let dollar = m.money.currency("USD").unwrap();
    let rate = m.money.exchange(dollar, m.calendar.start().year());
    let entry = |r| {
        let (quantity, euros) = worth(m, r);
        let requirement = &m.requirements[r];
        let against_air = ["-air-defence", "-ballistic-defence", "-light-missiles"];
        Entry {
            name: requirement.name.clone(),
            quantity,
            dollars: euros / rate,
            missiles: against_air.iter().any(|end| requirement.key.ends_with(end))
                && !requirement.key.contains("-gun-"),
        }
    };
    ukraine(m).map(entry).collect()
}

/// A price in euros at the start of the calendar.
fn euros(m: &Model, price: &UnitPrice) -> f64 {
    let start = m.calendar.start();
    price.amount.at(start).value() * m.money.exchange(price.currency, start.year())
}

/// The prices at which an item is offered: makers' with what its inputs cost, and suppliers'.
fn offers(m: &Model, item: ItemId) -> Vec<f64> {
    let inputs: f64 = m.items[item]
        .needs
        .iter()
        .map(|need| need.amount.value() * lowest(m, need.item))
        .sum();
    let lines = m.lines.values().flat_map(|line| &line.products);
    let made = lines.filter(|product| product.item == item);
    let made = made.filter_map(|product| Some(euros(m, &product.tiers.first()?.cost) + inputs));
    let bought = m
        .suppliers
        .values()
        .filter(|supplier| supplier.item == item);
    let bought = bought.filter_map(|supplier| Some(euros(m, &supplier.tiers.first()?.cost)));
    made.chain(bought).collect()
}

fn lowest(m: &Model, item: ItemId) -> f64 {
    offers(m, item)
        .into_iter()
        .reduce(f64::min)
        .unwrap_or_default()
}

/// What a requirement asks for in the mean year, and its worth in euros: at the lowest price of
/// each item that meets it, in the mean of them.
fn worth(m: &Model, r: RequirementId) -> (f64, f64) {
    let requirement = &m.requirements[r];
    let Need::Flow(flow) = &requirement.need else {
        return (0.0, 0.0);
    };
    let periods = m.calendar.open_periods();
    let years = m.calendar.length().value() * f64::from(u32::try_from(periods.len()).unwrap());
    let all: f64 = periods
        .map(|t| (flow.mean(&m.calendar, t) * m.calendar.length()).value())
        .sum();
    let prices = requirement
        .meets
        .iter()
        .map(|met| lowest(m, met.item) / met.factor.value());
    let mean = prices.sum::<f64>() / f64::from(u32::try_from(requirement.meets.len()).unwrap());
    (all / years, all / years * mean)
}

fn ukraine(m: &Model) -> impl Iterator<Item = RequirementId> + '_ {
    m.requirements
        .iter()
        .filter(|(_, requirement)| m.holders[requirement.holder].key == "ukraine")
        .map(|(r, _)| r)
}
