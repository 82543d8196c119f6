//! What holders have, and give one another.

use super::super::order::Order;
use super::by_year::years;
use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Table};

/// What is given, by the year in which it arrives.
pub(super) fn gifts(m: &Model, s: &Solution, order: &Order) -> Table {
    let note = "Units from one holder's stock that reach another's in a year.";
    let mut view =
        Table::new("gifts", "Gifts", note, &["from", "to", "item"]).across("year", years(m));
    let mut gives: Vec<_> = s.program().network().gives.iter().collect();
    gives.sort_by_key(|(g, give)| {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        (order.holder(to.holder), order.item(from.item), *g)
    });
    for (g, give) in gives {
        let years = &s.gifts[g].arrived.years;
        if years.values().all(|&given| given < 1e-3) {
            continue;
        }
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        let mut row: Vec<Cell> = vec![
            m.holders[from.holder].name.as_str().into(),
            m.holders[to.holder].name.as_str().into(),
            m.items[from.item].name.as_str().into(),
        ];
        let unit = &m.items[from.item].unit;
        row.extend(years.values().map(|&given| Cell::counted(given, unit)));
        view.push(row);
    }
    view
}

/// What is in store.
pub(super) fn stocks(m: &Model, s: &Solution, order: &Order) -> Table {
    let note = "Units in store at the end of each year, and the floor at the end of the last.";
    let mut view = Table::new("stocks", "Stocks", note, &["holder", "item"])
        .columns(["opening"])
        .across("year", years(m))
        .columns(["floor"]);
    let mut stocks: Vec<_> = m.stocks.iter().collect();
    stocks.sort_by_key(|(id, stock)| (order.holder(stock.holder), order.item(stock.item), *id));
    for (id, stock) in stocks {
        let at_end = &s.stocks[id].years;
        if stock.total().value() <= 0.0 && at_end.values().all(|&kept| kept < 1e-3) {
            continue;
        }
        let floor = stock
            .floor
            .as_ref()
            .map_or(0.0, |f| f.closing(&m.calendar, m.calendar.last()).value());
        let unit = &m.items[stock.item].unit;
        let mut row: Vec<Cell> = vec![
            m.holders[stock.holder].name.as_str().into(),
            m.items[stock.item].name.as_str().into(),
            Cell::counted(stock.total().value(), unit),
        ];
        row.extend(at_end.values().map(|&kept| Cell::counted(kept, unit)));
        row.push(Cell::counted(floor, unit));
        view.push(row);
    }
    view
}
