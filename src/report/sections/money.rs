//! Who pays, what money is worth, what loans cost.

use super::super::page::{Chart, Mark, Scale, Section, Series};
use super::drawing::{bars, heat, largest, lines, nominal, years};
use crate::dotted::joined;
use crate::ids::{FundId, YearId};
use crate::model::{Fund, Model};
use crate::solution::{FundYear, Solution};
use std::collections::BTreeMap;

/// Spending by fund and year, how much of each fund is used, what more of it would be worth.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let section = Section::new("Who pays");
    if m.funds.is_empty() {
        return section;
    }
    let about = |fund: &Fund| (fund.name.clone(), joined(["fund", fund.key.as_str()]));
    section
        .explains(m.funds.values().map(about))
        .in_print()
        .say("Money is of the day: nominal, converted at the year's exchange rate, paid when it falls due.")
        .chart(spending(m, s))
        .chart(super::payments::chart(m, s))
        .chart(drawn(m, s))
        .chart(worth(m, s))
        .chart(loans(m, s))
}

/// A fund's year, if it has one.
fn year_of(s: &Solution, f: FundId, y: YearId, of: impl Fn(&FundYear) -> f64) -> f64 {
    s.fund(f, y).map_or(0.0, of)
}

/// The new money that a fund gets in a year, in millions.
fn new_money(s: &Solution, f: FundId, y: YearId) -> f64 {
    s.plan.money[(f, y)].unwrap_or(0.0) / 1e6
}

fn spending(m: &Model, s: &Solution) -> Chart {
    let chart = Chart::new(
        "Spending by fund and year",
        "What each fund pays, and the new money that funds get in the year; what they carry over comes on top.",
        nominal(m),
    );
    let funds = m.funds.iter().map(|(f, fund)| {
        let spent = m
            .calendar
            .years()
            .map(|y| year_of(s, f, y, |year| year.spent) / 1e6);
        let spent: Vec<_> = spent.collect();
        (spent.iter().sum(), bars(fund.name.clone(), spent))
    });
    let mut series = largest(funds.collect(), 11, "other funds");
    let new = m
        .calendar
        .years()
        .map(|y| m.funds.ids().map(|f| new_money(s, f, y)).sum());
    series.push(Series::of(
        "new money of the year",
        Mark::Limit,
        new.collect::<Vec<f64>>(),
    ));
    let mut chart = chart.view("All funds", lines(years(m), series));
    for (f, fund) in m.funds.iter() {
        let each =
            |of: fn(&FundYear) -> f64| m.calendar.years().map(move |y| year_of(s, f, y, of) / 1e6);
        let series = vec![
            bars("spent", each(|year| year.spent)),
            Series::of(
                "available, with what was carried over",
                Mark::Limit,
                each(|year| year.available),
            ),
        ];
        if series.iter().any(Series::has_something) {
            let picture = lines(years(m), series);
            chart = chart.view_in("one fund", fund.name.clone(), nominal(m), picture);
        }
    }
    chart
}

fn drawn(m: &Model, s: &Solution) -> Chart {
    let chart = Chart::new(
        "How much of each fund is used",
        "Share of what a fund has in a year that it spends. What it does not spend it may carry over, if its rules let it.",
        "%",
    );
    let row = |(f, fund): (FundId, &Fund)| {
        let cells = m.calendar.years().map(|y| {
            let year = s.fund(f, y)?;
            (year.available > 0.5).then(|| (year.spent / year.available).min(1.0))
        });
        (fund.name.clone(), cells.collect::<Vec<_>>())
    };
    let rows: Vec<_> = m.funds.iter().map(row).collect();
    chart.view("", heat(Scale::Plain, years(m), rows))
}

fn worth(m: &Model, s: &Solution) -> Chart {
    let currency = m.money.base();
    let chart = Chart::new(
        "What more money would be worth",
        format!(
            "Shortfall avoided and cost saved by one more {currency} in a fund, in the year it comes; only funds for which it is worth something."
        ),
        format!("{currency} of {} per {currency}", m.money.price_year),
    );
    let row = |(f, fund): (FundId, &Fund)| {
        let prices = m
            .calendar
            .years()
            .map(|y| year_of(s, f, y, |year| year.price));
        let cells: Vec<_> = prices.map(Some).collect();
        let most = cells
            .iter()
            .flatten()
            .fold(0.0_f64, |most, &price| most.max(price));
        (most > 1e-6).then(|| (most, (fund.name.clone(), cells)))
    };
    let mut rows: Vec<_> = m.funds.iter().filter_map(row).collect();
    if rows.is_empty() {
        return chart;
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    chart.view(
        "",
        heat(
            Scale::Plain,
            years(m),
            rows.into_iter().map(|(_, row)| row).collect(),
        ),
    )
}

fn loans(m: &Model, s: &Solution) -> Chart {
    let chart = Chart::new(
        "What loans cost later",
        "Interest and repayment of what the plan draws, until it is paid back.",
        nominal(m),
    );
    let service = s.loan_service(m);
    let (Some(first), Some(last)) = (
        service.iter().map(|due| due.year).min(),
        service.iter().map(|due| due.year).max(),
    ) else {
        return chart;
    };
    let mut by_fund: BTreeMap<FundId, BTreeMap<i32, f64>> = BTreeMap::new();
    for due in &service {
        by_fund
            .entry(due.fund)
            .or_default()
            .insert(due.year, due.amount / 1e6);
    }
    let series = by_fund.into_iter().map(|(f, due)| {
        let values = (first..=last).map(|year| due.get(&year).copied().unwrap_or(0.0));
        (due.values().sum(), bars(m.funds[f].name.clone(), values))
    });
    let series = largest(series.collect(), 11, "other funds");
    let steps = (first..=last).map(|year| year.to_string()).collect();
    chart.view("", lines(steps, series))
}
