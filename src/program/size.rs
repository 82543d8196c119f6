//! Internal units: each item is counted in a power of ten of its unit, money in a power of ten.
//!
//! Solvers like numbers of one size. An item's internal unit is chosen so that the largest
//! [flow of a period that is of use](super::useful) is between 10 and 100 of it; the unit of money so that
//! what a requirement asks for in a period is worth between 10 and 100 of it on average; where that is worth nothing,
//! it costs as much at most. Rows and columns are scaled by these units and by nothing else, so every price
//! converts back exactly.

use crate::ids::{Id, ItemId, LineId, PeriodId, RequirementId, Table};
use crate::model::{Model, Money, Need, Requirement, Tier, UnitPrice};
use crate::units::as_number;

/// How many natural units make one internal unit.
#[derive(Clone, Debug)]
pub(super) struct Sizes {
    items: Table<ItemId, f64>,
    lines: Table<LineId, f64>,
    /// Base currency in one internal unit of money.
    pub(super) money: f64,
    /// What all requirements are worth together, in the base currency; where that is nothing, what they cost at most;
    /// where that is nothing either, 1.
    pub(super) all_required: f64,
    /// What a unit of each item is worth, in the base currency at base prices.
    pub(super) value: Table<ItemId, f64>,
}

impl Sizes {
    pub(super) fn of(m: &Model) -> Self {
        let value = values(m);
        let items: Table<ItemId, f64> = super::useful::flows(m).map(|&flow| power(flow, -1));
        let lines = m.lines.map(|line| items[line.products[0].item]);
        let worth = m.requirements.values().map(|r| r.basket(m, &value)).sum();
        let all_required = if worth > 0.0 { worth } else { dearest(m) };
        let cells = m.requirements.len() * m.calendar.open_periods().len();
        Self {
            money: power(all_required / as_number(cells.max(1)), -1),
            all_required,
            items,
            lines,
            value,
        }
    }

    /// The units of a model that is measured as another is: what both have keeps its unit and value.
    pub(super) fn like(m: &Model, other: &Self) -> Self {
        let mut new = Self::of(m);
        keep(&mut new.items, &other.items);
        keep(&mut new.lines, &other.lines);
        keep(&mut new.value, &other.value);
        new.money = other.money;
        new.all_required = other.all_required;
        new
    }

    /// Natural units in one internal unit of an item.
    pub(super) fn item(&self, i: ItemId) -> f64 {
        self.items[i]
    }

    /// The same for a line's first product.
    pub(super) fn line(&self, l: LineId) -> f64 {
        self.lines[l]
    }

    /// The same for a requirement, which counts in its first item.
    pub(super) fn requirement(&self, m: &Model, r: RequirementId) -> f64 {
        self.items[m.requirements[r].meets[0].item]
    }
}

/// What two tables both have is taken from the second.
fn keep<I: Id>(new: &mut Table<I, f64>, other: &Table<I, f64>) {
    for (mine, &theirs) in new.values_mut().zip(other.values()) {
        *mine = theirs;
    }
}

impl Requirement {
    /// All that is required over the calendar, at its value.
    pub(super) fn basket(&self, m: &Model, value: &Table<ItemId, f64>) -> f64 {
        self.amount(m) * self.worth(m, value)
    }

    /// All that is required over the calendar; of a level, its highest.
    fn amount(&self, m: &Model) -> f64 {
        let amounts = self.amounts(m);
        match &self.need {
            Need::Flow(_) => amounts.iter().sum(),
            Need::Level(_) => amounts.iter().copied().fold(0.0, f64::max),
        }
    }

    /// What a missing unit is worth, in the base currency at base prices: its own value, on average over
    /// what is required where that changes with time; else the value of its first item.
    pub(super) fn worth(&self, m: &Model, value: &Table<ItemId, f64>) -> f64 {
        let Some(price) = &self.value else {
            return value[self.meets[0].item];
        };
        let amounts = self.amounts(m);
        let all: f64 = amounts.iter().sum();
        if price.amount.is_constant() && price.currency == Money::BASE || all <= 0.0 {
            return at_base(m, price);
        }
        let values = m.calendar.open_periods().map(|t| value_at(m, price, t));
        let values = values.zip(&amounts).map(|(value, amount)| value * amount);
        values.sum::<f64>() / all
    }

    /// What is required, by period whose decisions are free.
    fn amounts(&self, m: &Model) -> Vec<f64> {
        let c = &m.calendar;
        let amount = |t| match &self.need {
            Need::Flow(flow) => (flow.mean(c, t) * c.length()).value(),
            Need::Level(level) => level.closing(c, t).value(),
        };
        c.open_periods().map(amount).collect()
    }
}

/// A price in a period, in the base currency at base prices.
pub(super) fn value_at(m: &Model, price: &UnitPrice, t: PeriodId) -> f64 {
    let year = m.calendar.year_number(m.calendar.year_of(t));
    price.amount.mean(&m.calendar, t).value() * m.money.exchange(price.currency, year)
}

/// A price at the start of the calendar, in the base currency at base prices.
pub(super) fn at_base(m: &Model, price: &UnitPrice) -> f64 {
    let start = m.calendar.start();
    price.amount.at(start).value() * m.money.exchange(price.currency, start.year())
}

/// The price of the first step at the start, the lowest; nothing without steps.
fn first(m: &Model, tiers: &[Tier]) -> f64 {
    tiers.first().map_or(0.0, |tier| at_base(m, &tier.cost))
}

/// What all that is required costs where it is dearest, in the base currency at base prices; 1 if it costs nothing.
fn dearest(m: &Model) -> f64 {
    let unit = |i: ItemId| {
        let products = m.lines.values().flat_map(|line| &line.products);
        let made = products.filter(|product| product.item == i);
        let made = made.flat_map(|product| &product.tiers);
        let bought = m.suppliers.values().filter(|supplier| supplier.item == i);
        let bought = bought.flat_map(|supplier| &supplier.tiers);
        let costs = made.chain(bought).map(|tier| at_base(m, &tier.cost));
        costs.fold(0.0, f64::max)
    };
    let all = m.requirements.values();
    let all = all.map(|r| r.amount(m) * unit(r.meets[0].item)).sum();
    if all > 0.0 { all } else { 1.0 }
}

/// The power of ten at or below `number`, shifted by so many powers; 1 for zero.
fn power(number: f64, shift: i32) -> f64 {
    if number > 0.0 && number.is_finite() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a logarithm of a finite number"
        )]
        let exponent = number.log10().floor() as i32;
        10f64.powi(exponent + shift)
    } else {
        1.0
    }
}

/// What a unit of each item is worth: as stated, or the lowest cost of getting one, inputs included.
fn values(m: &Model) -> Table<ItemId, f64> {
    let mut values: Table<ItemId, Option<f64>> = m
        .items
        .map(|item| item.value.as_ref().map(|price| at_base(m, price)));
    for i in m.items.ids() {
        worth(m, i, &mut values);
    }
    values.map(|value| value.unwrap_or(0.0))
}

fn worth(m: &Model, i: ItemId, values: &mut Table<ItemId, Option<f64>>) -> f64 {
    if let Some(value) = values[i] {
        return value;
    }
    let inputs: f64 = m.items[i]
        .needs
        .iter()
        .map(|need| need.amount.value() * worth(m, need.item, values))
        .sum();
    let mut least = f64::INFINITY;
    for line in m.lines.values() {
        for product in line.products.iter().filter(|product| product.item == i) {
            let own = first(m, &product.tiers);
            least = least.min(own + inputs / line.yield_share.value());
        }
    }
    for supplier in m.suppliers.values().filter(|supplier| supplier.item == i) {
        least = least.min(first(m, &supplier.tiers));
    }
    let value = if least.is_finite() { least } else { 0.0 };
    values[i] = Some(value);
    value
}
