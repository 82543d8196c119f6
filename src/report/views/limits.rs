//! What one more unit of each limit would be worth: the limits that matter most.

use super::super::number::{price, short_money};
use super::by_year::years;
use crate::model::Model;
use crate::solution::{PricedLimit, Sides, Solution};
use crate::table::{Cell, Table};

/// How many limits the text shows.
const SHOWN: usize = 24;

/// What two numbers in a cell say, if any cell has two; what one says, if there may be others.
fn sided(s: &Solution, limits: &[PricedLimit]) -> &'static str {
    let two = |limit: &PricedLimit| limit.prices.iter().any(|sides| sides.price().is_none());
    if !s.has_sides() {
        " Where several prices are right, one of them: `sensitivity` tells what one more is worth and what one less costs."
    } else if limits.iter().any(two) {
        " Of two numbers, the first is what one more is worth, the second what one less costs."
    } else {
        ""
    }
}

/// A price: in millions from a million on.
fn shown(value: f64) -> String {
    if value.abs() < 1e6 {
        return price(value);
    }
    short_money(value)
}

/// What a price is where tiers come before one another.
fn ranked(m: &Model) -> &'static str {
    let mut tiers: Vec<u32> = m.requirements.values().map(|r| r.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    if tiers.len() > 1 {
        " Where tiers come before one another, a price holds the weight of the tier it serves: what one more missile of the first tier is worth here is what its tier counts, not a market price."
    } else {
        ""
    }
}

/// Both sides of a price: one number where they agree.
fn sides(sides: Sides) -> Cell {
    let side = |side: Option<f64>| side.map_or_else(|| "none".into(), shown);
    match sides.price() {
        Some(both) => Cell::Price(both).shown(shown(both)),
        None => Cell::Empty.shown(format!("{} | {}", side(sides.more), side(sides.less))),
    }
}

/// The limits that matter most.
pub(super) fn view(m: &Model, s: &Solution) -> Table {
    let all = s.limits(m);
    let note = format!(
        "{} per unit, spread over each year; the {} weightiest of {} limits with a price.{}{}",
        m.money.base(),
        all.len().min(SHOWN),
        all.len(),
        sided(s, &all),
        ranked(m)
    );
    let title = "What limits the plan, and what one more unit would be worth";
    let mut view = Table::new("limits", title, note, &["limit", "unit"]).across("year", years(m));
    for limit in all.into_iter().take(SHOWN) {
        let mut row: Vec<Cell> = vec![limit.words.in_names().into(), limit.unit.into()];
        row.extend(limit.prices.into_iter().map(sides));
        view.push(row);
    }
    view
}
