//! Tables of analyses as the page shows them.

use crate::table::{Cell, Table};

/// A table as the page shows it: shares in percent, money in millions, each where a whole column holds it.
pub(super) fn on_page(table: &Table, currency: &str) -> Table {
    let mut shown = table.clone();
    "In figures".clone_into(&mut shown.title);
    for (n, column) in shown.columns.iter_mut().enumerate() {
        let all = |wanted: fn(&Cell) -> bool| {
            let mut cells = table.rows.iter().map(|row| row[n].bare());
            cells.all(|cell| wanted(cell) || *cell == Cell::Empty)
        };
        let (unit, factor) = if !column.is_number() {
            continue;
        } else if all(|cell| matches!(cell, Cell::Share(_))) {
            ("%".into(), Some(100.0))
        } else if all(|cell| matches!(cell, Cell::Money(_))) {
            (format!("M {currency}"), Some(1e-6))
        } else if all(|cell| matches!(cell, Cell::Price(_))) {
            (format!("{currency}/unit"), Some(1.0))
        } else if all(is_quantity) {
            (column.unit().to_owned(), Some(1.0))
        } else {
            (String::new(), None)
        };
        if !unit.is_empty() {
            column.name = format!("{} ({unit})", column.name).into();
        }
        for row in &mut shown.rows {
            row[n] = match row[n].number().zip(factor) {
                Some((number, factor)) => Cell::Quantity(factor * number),
                None => row[n].to_string().into(),
            };
        }
    }
    shown
}

fn is_quantity(cell: &Cell) -> bool {
    matches!(
        cell,
        Cell::Quantity(_) | Cell::Pieces(_) | Cell::Decimals(..)
    )
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
        let head: Vec<_> = shown.head().collect();
        assert_eq!(head, ["name", "share (%)", "money (M EUR)", "both"]);
        let text = |text: &str| Cell::from(text);
        let number = Cell::Quantity;
        assert_eq!(
            shown.rows,
            [
                vec![text("a"), number(25.0), number(2.5), text("50 %")],
                vec![text("b"), text("–"), number(1.0), text("3")]
            ]
        );
    }
}
