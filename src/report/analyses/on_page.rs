//! Tables of analyses as the page shows them.

use super::super::{page, tables};
use crate::table::{Cell, Table};

/// A table as the page shows it: shares in percent, money in millions, each where a whole column holds it.
pub(super) fn on_page(table: &Table, currency: &str) -> page::Table {
    let holds = |n: usize, wanted: fn(&Cell) -> bool| {
        let mut cells = table.rows.iter().map(|row| &row[n]);
        cells.all(|cell| wanted(cell) || matches!(cell, Cell::Empty))
    };
    let heads = table.head.iter().enumerate();
    let kinds: Vec<(String, Shown)> = heads
        .map(|(n, head)| {
            if n < table.words {
                (head.clone(), Shown::AsRead)
            } else if holds(n, |cell| matches!(cell, Cell::Share(_))) {
                (format!("{head} (%)"), Shown::Times(100.0))
            } else if holds(n, |cell| matches!(cell, Cell::Money(_))) {
                (format!("{head} (M {currency})"), Shown::Times(1e-6))
            } else if holds(n, |cell| matches!(cell, Cell::Price(_))) {
                (format!("{head} ({currency}/unit)"), Shown::Times(1.0))
            } else if holds(n, |cell| {
                matches!(cell, Cell::Quantity(_) | Cell::Decimals(..))
            }) {
                let unit = table.unit_of(head).map(|unit| format!(" ({unit})"));
                (
                    format!("{head}{}", unit.unwrap_or_default()),
                    Shown::Times(1.0),
                )
            } else {
                (head.clone(), Shown::AsRead)
            }
        })
        .collect();
    let cell = |cell: &Cell, shown: Shown| match (shown, cell.number()) {
        (Shown::Times(factor), Some(number)) => page::Cell::Number(factor * number),
        _ => page::Cell::Text(tables::cell(cell)),
    };
    page::Table {
        title: "In figures".into(),
        head: kinds.iter().map(|(head, _)| head.clone()).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().zip(&kinds).map(|(c, k)| cell(c, k.1)).collect())
            .collect(),
    }
}

/// How the cells of a column are shown.
#[derive(Clone, Copy)]
enum Shown {
    /// As text and Markdown write them: words, dates, numbers of several kinds in one column.
    AsRead,
    /// As numbers, so many times as large.
    Times(f64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_one_kind_is_a_column_of_numbers() {
        let mut table =
            Table::new("t", "Title", "M EUR", &["name"]).columns(["share", "money", "both"]);
        let row = [Cell::Share(0.25), Cell::Money(2.5e6), Cell::Share(0.5)];
        table.push([Cell::from("a")].into_iter().chain(row).collect());
        let row = [Cell::Empty, Cell::Money(1e6), Cell::Money(3e6)];
        table.push([Cell::from("b")].into_iter().chain(row).collect());
        let shown = on_page(&table, "EUR");
        assert_eq!(shown.head, ["name", "share (%)", "money (M EUR)", "both"]);
        let text = |text: &str| page::Cell::Text(text.into());
        let number = page::Cell::Number;
        assert_eq!(
            shown.rows,
            [
                vec![text("a"), number(25.0), number(2.5), text("50 %")],
                vec![text("b"), text("–"), number(1.0), text("3")]
            ]
        );
    }
}
