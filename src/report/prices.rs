//! What one more unit of each limit would be worth: the limits that matter most.

use super::number::price;
use super::view::View;
use crate::model::Model;
use crate::solution::{Limit, Solution};

/// How many limits the text shows.
const SHOWN: usize = 24;

/// Every limit with a price, the weightiest first.
pub(super) fn limits(m: &Model, s: &Solution) -> Vec<Limit> {
    s.limits(m)
}

/// The limits that matter most.
pub(super) fn view(m: &Model, s: &Solution) -> View {
    let currency = m.money.base();
    let all = limits(m, s);
    let shown = all.len().min(SHOWN);
    let mut view = View {
        title: "What limits the plan, and what one more unit would be worth".into(),
        note: format!(
            "{currency} per unit, the mean of each year; the {shown} weightiest of {} limits with a price.",
            all.len()
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
        let mut row = vec![limit.name, limit.unit];
        row.extend(limit.prices.into_iter().map(price));
        view.rows.push(row);
    }
    view
}
