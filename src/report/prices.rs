//! What one more unit of each limit would be worth: the limits that matter most.

use super::number::price;
use super::view::View;
use crate::model::Model;
use crate::solution::{PricedLimit, Sides, Solution};

/// How many limits the text shows.
const SHOWN: usize = 24;

/// Every limit with a price, the weightiest first.
pub(super) fn limits(m: &Model, s: &Solution) -> Vec<PricedLimit> {
    s.limits(m)
}

/// What two numbers in a cell say, if any cell has two.
fn sided(limits: &[PricedLimit]) -> &'static str {
    let two = |limit: &PricedLimit| limit.prices.iter().any(|sides| sides.price().is_none());
    if limits.iter().any(two) {
        " Of two numbers, the first is what one more is worth, the second what one less costs."
    } else {
        ""
    }
}

/// Both sides of a price: one number where they agree.
pub(super) fn sides(sides: Sides) -> String {
    let side = |side: Option<f64>| side.map_or_else(|| "none".into(), price);
    match sides.price() {
        Some(both) => price(both),
        None => format!("{} | {}", side(sides.more), side(sides.less)),
    }
}

/// The limits that matter most.
pub(super) fn view(m: &Model, s: &Solution) -> View {
    let currency = m.money.base();
    let all = limits(m, s);
    let shown = all.len().min(SHOWN);
    let mut view = View {
        title: "What limits the plan, and what one more unit would be worth".into(),
        note: format!(
            "{currency} per unit, spread over each year; the {shown} weightiest of {} limits with a price.{}",
            all.len(),
            sided(&all)
        ),
        head: vec!["limit".into(), "unit".into()],
        words: 2,
        rows: Vec::new(),
        shares: Vec::new(),
    };
    view.head.extend(
        m.calendar
            .years()
            .map(|y| m.calendar.year_number(y).to_string()),
    );
    for limit in all.into_iter().take(SHOWN) {
        let mut row = vec![limit.words.to_string(), limit.unit];
        row.extend(limit.prices.into_iter().map(sides));
        view.rows.push(row);
    }
    view
}
