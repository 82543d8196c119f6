//! What comes from outside.

use super::super::page::{Chart, Mark, Section, Series};
use super::drawing::{bars, largest, lines, periods, real, years};
use crate::dotted::joined;
use crate::model::{Model, Supplier};
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
        let flow = &s.supply[q];
        let by_year = flow.years.values().map(|units| value * units);
        (value * flow.total, bars(supplier.name.clone(), by_year))
    });
    let all = largest(all.collect(), 11, "other suppliers");
    if all.is_empty() {
        return Section::new("What comes from outside");
    }
    chart = chart.view("All suppliers, by value", lines(years(m), all));
    let a_year = 1.0 / m.calendar.length().value();
    for (q, supplier) in m.suppliers.iter() {
        let item = &m.items[supplier.item];
        let rate = s.supply[q].periods.values().map(|units| units * a_year);
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
    let about = |supplier: &Supplier| {
        let key = joined(["supplier", supplier.key.as_str()]);
        (supplier.name.clone(), key)
    };
    Section::new("What comes from outside")
        .explains(m.suppliers.values().map(about))
        .chart(chart)
}
