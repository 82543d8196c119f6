//! What comes from outside.

use super::super::page::{Chart, Mark, Section, Series};
use super::drawing::{bars, in_year, largest, lines, periods, real, years};
use crate::ids::{PeriodId, SupplierId};
use crate::model::Model;
use crate::solution::Solution;

/// Deliveries by suppliers outside the plan's industry.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let mut chart = Chart::new(
        "Supply from outside",
        "What suppliers outside the plan's industry deliver: all of them at the value of the items, each one against what it can deliver.",
        real(m),
    );
    let all = m.suppliers.iter().map(|(q, supplier)| {
        let value = s.program().item_value(supplier.item) / 1e6;
        let by_year = m
            .calendar
            .years()
            .map(|y| value * in_year(m, y, |t| delivered(s, q, t)));
        let by_year: Vec<_> = by_year.collect();
        (by_year.iter().sum(), bars(supplier.name.clone(), by_year))
    });
    let all = largest(all.collect(), 11, "other suppliers");
    if all.is_empty() {
        return Section::new("What comes from outside");
    }
    chart = chart.view("All suppliers, by value", lines(years(m), all));
    let a_year = 1.0 / m.calendar.length().value();
    for (q, supplier) in m.suppliers.iter() {
        let item = &m.items[supplier.item];
        let rate = m.calendar.periods().map(|t| delivered(s, q, t) * a_year);
        let most = m.calendar.periods();
        let most = most.map(|t| s.program().supplier_can(q, t) * a_year);
        let series = vec![
            bars("delivered", rate),
            Series::of("could be delivered", Mark::Limit, most),
        ];
        let name = format!("{}: {}", supplier.name, item.name);
        let unit = format!("{}/year", item.unit);
        chart = chart.view_in("by supplier", name, unit, lines(periods(m), series));
    }
    Section::new("What comes from outside").chart(chart)
}

/// What a supplier delivers in a period.
fn delivered(s: &Solution, q: SupplierId, t: PeriodId) -> f64 {
    let orders = s.program().network().orders.iter();
    let own = orders.filter(|(_, order)| order.supplier == q);
    own.filter_map(|(o, _)| s.plan.order[(o, t)]).sum()
}
