//! What is required, and what of it is met.

use super::super::number::met_and_short;
use super::super::order::Order;
use super::by_year::years;
use crate::model::{Model, Need};
use crate::solution::{Met, Solution};
use crate::table::{Cell, Table};

/// The share of each requirement that is met, year by year.
pub(super) fn coverage(m: &Model, s: &Solution, order: &Order) -> Table {
    let history = m.calendar.last_past().map_or(String::new(), |last| {
        let year = m.calendar.year_number(m.calendar.year_of(last));
        format!(
            " What lies before {} is history: its years (to {year}) are no part of `all`.",
            m.calendar.decide_from()
        )
    });
    let note = format!(
        "Share of what is required that is met; of a level, at the ends of its windows.{history}"
    );
    let title = "Coverage by requirement and year";
    let mut view = Table::new("coverage", title, note, &["requirement", "tier"])
        .across("year", years(m))
        .columns(["all"])
        .quiet("met in full in every year");
    view.bars = Some(view.columns.len() - 1);
    for &r in &order.requirements {
        let (requirement, coverage) = (&m.requirements[r], &s.requirements[r]);
        let mut row: Vec<Cell> = vec![
            requirement.name.as_str().into(),
            requirement.tier.to_string().into(),
        ];
        row.extend(coverage.years.values().map(|met| {
            if met.required > 0.0 {
                Cell::Share(met.coverage())
            } else {
                Cell::Empty
            }
        }));
        row.push(Cell::Share(coverage.coverage()));
        let always = coverage.is_in_full() && coverage.years.values().all(Met::is_in_full);
        view.push_quiet(row, always);
    }
    view
}

/// What is missing of each requirement.
pub(super) fn shortfalls(m: &Model, s: &Solution, order: &Order) -> Table {
    let span = if m.calendar.has_past() {
        format!("from {} on", m.calendar.decide_from())
    } else {
        "over the whole calendar".into()
    };
    let note = format!("What is required {span} (of a level: on average) and what is missing.");
    let title = "Required, met and short";
    let mut view = Table::new("short", title, note, &["requirement", "holder", "unit"])
        .columns(["required", "met", "short"])
        .quiet("are met in full");
    for &r in &order.requirements {
        let (requirement, coverage) = (&m.requirements[r], &s.requirements[r]);
        let item = &m.items[requirement.meets[0].item];
        let level = if matches!(requirement.need, Need::Level(_)) {
            " in store"
        } else {
            ""
        };
        let numbers = [coverage.required, coverage.met, coverage.short];
        let mut row: Vec<Cell> = vec![
            requirement.name.as_str().into(),
            m.holders[requirement.holder].name.as_str().into(),
            format!("{}{level}", item.unit).into(),
        ];
        let words = met_and_short(numbers, &item.unit);
        let numbers = numbers.into_iter().zip(words);
        row.extend(numbers.map(|(number, words)| Cell::Quantity(number).shown(words)));
        view.push_quiet(row, coverage.is_in_full());
    }
    view
}
