//! Who pays, and what loans cost later.

use super::super::number::{quantity, three};
use super::by_year::years;
use crate::ids::FundId;
use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Table};

/// What each fund has and spends, year by year.
pub(super) fn funds(m: &Model, s: &Solution) -> Table {
    let currency = m.money.base();
    let largest = s.funds.iter().map(|year| year.available);
    let (unit, size) = match largest.fold(0.0, f64::max) {
        most if most >= 1e9 => ("bn", 1e9),
        _ => ("M", 1e6),
    };
    let note = format!(
        "{unit} {currency} of the day, spent of what is available; `worth` is what one more {currency} in the last year that is short of money would be worth."
    );
    let mut view = Table::new("money", "Money by fund and year", note, &["fund"])
        .across("year", years(m))
        .columns(["worth"])
        .quiet("have no money");
    let amount = |value: f64| in_size(three(value) / size, size);
    for f in by_spending(m, s) {
        let mut row: Vec<Cell> = vec![m.funds[f].name.as_str().into()];
        let (mut worth, mut quiet) = (0.0, true);
        for y in m.calendar.years() {
            let Some(year) = s.fund(f, y) else {
                row.push(Cell::Empty);
                continue;
            };
            quiet &= year.available < 0.5;
            let (spent, available) = (amount(year.spent), amount(year.available));
            row.push(Cell::Money(year.spent).shown(format!("{spent} / {available}")));
            worth = if year.price > 1e-6 { year.price } else { worth };
        }
        row.push(Cell::Quantity(worth));
        view.push_quiet(row, quiet);
    }
    view
}

/// Money in millions or billions: what is small beside a billion is shown to ten millions.
fn in_size(value: f64, size: f64) -> String {
    if size < 1e9 || value >= 0.0995 {
        return quantity(value);
    }
    if value < 5e-3 {
        return "0".into();
    }
    format!("{value:.2}")
}

/// Every fund, the one that spends most first.
fn by_spending(m: &Model, s: &Solution) -> Vec<FundId> {
    let mut all: Vec<(f64, FundId)> = m.funds.ids().map(|f| (spent(s, f).round(), f)).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().map(|(_, f)| f).collect()
}

/// What a fund spends in all, in the base currency.
fn spent(s: &Solution, f: FundId) -> f64 {
    let own = s.funds.iter().filter(|year| year.fund == f);
    own.map(|year| year.spent).sum()
}

/// What is drawn of each loan, and what is due on it by when.
pub(super) fn loans(m: &Model, s: &Solution) -> Table {
    let first = m.calendar.start().year();
    let span = i32::try_from(m.calendar.years().len()).unwrap_or(0);
    let decades = [10, 20, 30, 50];
    let note = format!(
        "M {} of the day: interest and repayment of what is drawn, until it is paid back.",
        m.money.base()
    );
    let mut view = Table::new("loans", "What loans cost later", note, &["fund"])
        .columns(["drawn", "within the calendar"])
        .columns(decades.map(|years| format!("to {}", first + years - 1)));
    let service = s.loan_service(m);
    let lent = by_spending(m, s).into_iter();
    for f in lent.filter(|&f| m.funds[f].loan.is_some()) {
        let within = |years: i32| -> f64 {
            let due = service
                .iter()
                .filter(|due| due.fund == f && (first..first + years).contains(&due.year));
            due.map(|due| due.amount).sum()
        };
        let mut row: Vec<Cell> = vec![
            m.funds[f].name.as_str().into(),
            Cell::Money(spent(s, f)),
            Cell::Money(within(span)),
        ];
        row.extend(decades.map(|years| Cell::Money(within(years))));
        view.push(row);
    }
    view
}
