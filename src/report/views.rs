//! Every table of a plan that text, Markdown and the page without a script show: one subject each, a year to a column.

mod by_year;
mod evidence;
mod industry;
mod limits;
mod money;
mod needs;
mod stocks;
mod unspent;

use super::order::Order;
use crate::model::Model;
use crate::solution::Solution;
use crate::table::Table;

/// Those that have something in them.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<Table> {
    let order = Order::of(m, s);
    let mut views = vec![
        needs::coverage(m, s, &order),
        needs::shortfalls(m, s, &order),
        industry::output(m, s, &order),
        industry::builds(m, s, &order),
        industry::supply(m, s, &order),
        stocks::gifts(m, s, &order),
        stocks::stocks(m, s, &order),
        money::funds(m, s),
        money::loans(m, s),
        unspent::view(m, s),
        limits::view(m, s),
        evidence::view(m),
    ];
    views.retain(|view| !view.rows.is_empty());
    views
}
