//! Who makes what, and how busy each line is.

use super::super::order::Order;
use super::super::page::{Chart, Mark, Picture, Scale, Section, Series};
use super::drawing::{bars, heat, largest, lines, periods, years};
use crate::dotted::joined;
use crate::ids::{ItemId, LineId, PeriodId, YearId};
use crate::model::{Line, Model};
use crate::solution::{ProductOutput, Solution};

/// More lines than this are shown in parts.
const SHOWN: usize = 30;

/// Output by item and by line, and the use of capacity.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let about = |line: &Line| (line.name.clone(), joined(["line", line.key.as_str()]));
    Section::new("Who makes what")
        .explains(m.lines.values().map(about))
        .chart(by_item(m, s))
        .chart(against_capacity(m, s))
        .chart(use_of_lines(m, s))
}

fn by_item(m: &Model, s: &Solution) -> Chart {
    let mut chart = Chart::new("Output by item", "Units made in a year, by line.", "");
    for item in by_use(m, s) {
        let wanted = &m.items[item];
        let made = s.lines.iter().filter(|made| made.item == item);
        let series = made.map(|made| {
            let name = m.lines[made.line].name.clone();
            let output = made.years.values().map(|year| year.output);
            (made.output, bars(name, output))
        });
        let series = largest(series.collect(), 11, "other lines");
        if !series.is_empty() {
            let name = wanted.name.clone();
            chart = chart.view_in("", name, wanted.unit.clone(), lines(years(m), series));
        }
    }
    chart
}

/// Every item: by the first requirement that it serves, goods before what goes into them.
fn by_use(m: &Model, s: &Solution) -> Vec<ItemId> {
    let order = Order::of(m, s);
    let mut all: Vec<ItemId> = m.items.ids().collect();
    all.sort_by_key(|&item| (order.item(item), item));
    all
}

fn against_capacity(m: &Model, s: &Solution) -> Chart {
    let mut chart = Chart::new(
        "Output against capacity",
        "Yearly rates by period: what the line makes, the capacity that is financed and built, and the part of it that can be used.",
        "",
    );
    for item in by_use(m, s) {
        for (l, line) in m
            .lines
            .iter()
            .filter(|(_, line)| line.products[0].item == item)
        {
            let item = &m.items[item];
            let name = if line.company.is_empty() || line.company == line.name {
                line.name.clone()
            } else {
                format!("{} ({})", line.name, line.company)
            };
            let unit = format!("{}/year", item.unit);
            chart = chart.view_in(item.name.clone(), name, unit, rates(m, s, l));
        }
    }
    chart
}

/// What there is of a line in a period: financed and added.
fn capacity(s: &Solution, l: LineId, t: PeriodId) -> f64 {
    s.plan.financed[(l, t)].unwrap_or(0.0) + s.plan.added[(l, t)].unwrap_or(0.0)
}

fn rates(m: &Model, s: &Solution, l: LineId) -> Picture {
    let c = &m.calendar;
    let a_year = 1.0 / c.length().value();
    let line = &m.lines[l];
    let made = s.lines.iter().filter(|made| made.line == l);
    let mut series: Vec<Series> = made
        .zip(&line.products)
        .map(|(made, product)| {
            let rate = made
                .periods
                .values()
                .map(|output| output / product.pace.value() * a_year);
            bars(m.items[made.item].name.clone(), rate)
        })
        .collect();
    let all = c.periods().map(|t| capacity(s, l, t) * a_year);
    series.push(Series::of("capacity", Mark::Step, all));
    let in_use = |t: PeriodId| m.usable(l, t).value();
    if c.periods().any(|t| in_use(t) < 1.0) {
        let usable = c.periods().map(|t| capacity(s, l, t) * in_use(t) * a_year);
        series.push(Series::of("usable capacity", Mark::Limit, usable));
    }
    lines(periods(m), series)
}

fn use_of_lines(m: &Model, s: &Solution) -> Chart {
    let mut chart = Chart::new(
        "Use of capacity",
        "Share of usable capacity that a line uses for all its products.",
        "%",
    );
    let mut all: Vec<&ProductOutput> = Vec::new();
    for made in &s.lines {
        if !all.iter().any(|other| other.line == made.line) {
            all.push(made);
        }
    }
    if all.len() > SHOWN {
        let worth = |made: &ProductOutput| s.program().item_value(made.item) * made.output;
        let mut top = all.clone();
        top.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
        top.truncate(SHOWN);
        let name = format!("The {SHOWN} lines that make most, by value");
        chart = chart.view(name, grid(m, s, &top));
        let items = m.items.iter().filter_map(|(item, wanted)| {
            let own = makers(&all, item);
            (!own.is_empty()).then_some((wanted, own))
        });
        for (item, own) in items {
            chart = chart.view_in("by item", item.name.clone(), "%", grid(m, s, &own));
        }
        let name = format!("All {} lines", all.len());
        return chart.view(name, grid(m, s, &all));
    }
    if all.is_empty() {
        return chart;
    }
    chart.view("", grid(m, s, &all))
}

fn makers<'a>(all: &[&'a ProductOutput], item: ItemId) -> Vec<&'a ProductOutput> {
    all.iter()
        .filter(|made| made.item == item)
        .copied()
        .collect()
}

fn grid(m: &Model, s: &Solution, rows: &[&ProductOutput]) -> Picture {
    let mut columns = years(m);
    columns.push("all".into());
    let row = |made: &&ProductOutput| {
        let open = |y: YearId| {
            m.calendar
                .periods_of(y)
                .any(|t| capacity(s, made.line, t) > 1e-6)
        };
        let mut cells: Vec<_> = made
            .years
            .iter()
            .map(|(y, year)| open(y).then_some(year.utilisation.min(1.0)))
            .collect();
        cells.push(Some(made.utilisation.min(1.0)));
        let (line, item) = (&m.lines[made.line], &m.items[made.item]);
        (format!("{} · {}", line.name, item.name), cells)
    };
    heat(Scale::Plain, columns, rows.iter().map(row).collect())
}
