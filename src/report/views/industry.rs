//! What is made, built and bought.

use super::super::number::{counted, quantity, three};
use super::super::order::Order;
use super::by_year::years;
use crate::model::{Item, Model};
use crate::solution::{Build, Solution};
use crate::table::{Cell, Table};

/// An item with its unit.
fn with_unit(item: &Item) -> Cell {
    format!("{} ({})", item.name, item.unit).into()
}

/// What each line makes in a year.
pub(super) fn output(m: &Model, s: &Solution, order: &Order) -> Table {
    let note =
        "Units made in a year; `use` is the share of usable capacity over the whole calendar.";
    let mut view = Table::new("output", "Output by line", note, &["line", "item (unit)"])
        .across("year", years(m))
        .columns(["use"])
        .quiet("make nothing");
    let mut lines: Vec<_> = s.lines.iter().collect();
    lines.sort_by(|a, b| {
        let item = order.item(a.item).cmp(&order.item(b.item));
        let output = b.output.round().total_cmp(&a.output.round());
        item.then(output).then(a.line.cmp(&b.line))
    });
    for made in lines {
        let item = &m.items[made.item];
        let mut row: Vec<Cell> = vec![m.lines[made.line].name.as_str().into(), with_unit(item)];
        let years = made.years.values();
        row.extend(years.map(|year| Cell::counted(year.output, &item.unit)));
        row.push(Cell::Share(made.utilisation));
        view.push_quiet(row, made.output < 1e-3);
    }
    view
}

/// Every order of an expansion that is felt.
pub(super) fn builds(m: &Model, s: &Solution, order: &Order) -> Table {
    let note = "Expansions ordered, when they are ordered and open, and their price.";
    let words = ["line", "expansion", "ordered", "opens"];
    let money = format!("M {}", m.money.base());
    let mut view = Table::new("builds", "What is built", note, &words).columns([
        "share of option",
        "added a year",
        money.as_str(),
    ]);
    let felt = s.builds.iter();
    let mut felt: Vec<&Build> = felt.filter(|build| build.taken > Build::TRACE).collect();
    felt.sort_by_key(|build| {
        let line = &m.lines[m.expansions[build.expansion].line];
        let item = order.item(line.products[0].item);
        (item, build.ordered, build.expansion)
    });
    for build in felt {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        let unit = &m.items[line.products[0].item].unit;
        let opens = option.opens(&m.calendar, build.ordered);
        let added = build.taken * option.adds.value();
        view.push(vec![
            line.name.as_str().into(),
            option.name.as_str().into(),
            Cell::period(&m.calendar, build.ordered),
            opens.map_or_else(
                || Cell::Empty.shown("later"),
                |t| Cell::period(&m.calendar, t),
            ),
            Cell::Share(build.taken),
            Cell::Quantity(added).shown(format!("{} {unit}", counted(added, unit))),
            Cell::Money(build.cost_of_the_day).shown(quantity(three(build.cost_of_the_day) / 1e6)),
        ]);
    }
    view
}

/// What comes from outside in a year.
pub(super) fn supply(m: &Model, s: &Solution, order: &Order) -> Table {
    let note = "Units delivered in a year by suppliers outside the plan's industry.";
    let words = ["supplier", "item (unit)"];
    let mut view = Table::new("supply", "Supply from outside", note, &words)
        .across("year", years(m))
        .quiet("deliver nothing");
    let mut suppliers: Vec<_> = m.suppliers.iter().collect();
    suppliers.sort_by(|a, b| {
        let item = order.item(a.1.item).cmp(&order.item(b.1.item));
        let total = |q| s.supply[q].total.round();
        item.then(total(b.0).total_cmp(&total(a.0)))
            .then(a.0.cmp(&b.0))
    });
    for (q, supplier) in suppliers {
        let item = &m.items[supplier.item];
        let mut row: Vec<Cell> = vec![supplier.name.as_str().into(), with_unit(item)];
        let years = s.supply[q].years.values();
        row.extend(years.map(|&units| Cell::counted(units, &item.unit)));
        view.push_quiet(row, s.supply[q].total < 1e-3);
    }
    view
}
