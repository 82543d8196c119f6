//! Tables with the unit of each column, as a spreadsheet shows them.

use super::{Cell, Column, Holds, Table};
use std::borrow::Cow;

/// The column that says the units of its row.
const UNIT: &str = "unit";

impl Table {
    /// The table with the unit of each column, money being in a currency; words and numbers, and nothing else.
    ///
    /// A column of numbers of one kind has that kind's unit. Where kinds differ from row to row, as in a summary, a
    /// column `unit` beside the words says what the numbers of a row are.
    #[must_use]
    pub fn measured(&self, currency: &str) -> Self {
        let mut table = self.with_units(currency);
        for cell in table.rows.iter_mut().flatten() {
            let told = match cell {
                Cell::Shown(value, _) if value.number().is_some() => value.bare().clone(),
                Cell::Shown(..) | Cell::Link { .. } | Cell::Date(_) => cell.to_string().into(),
                _ => continue,
            };
            *cell = told;
        }
        table
    }

    /// The table with the unit of each column; cells as they are.
    pub(super) fn with_units(&self, currency: &str) -> Self {
        let mut table = self.clone();
        let units = Units {
            table: self,
            currency,
        };
        let said = self.head().position(|head| head == UNIT);
        let quantity = if said.is_some() { UNIT } else { "" };
        let mut mixed = false;
        for (n, column) in table.columns.iter_mut().enumerate() {
            if column.holds != Holds::Numbers {
                continue;
            }
            column.holds = units.of_column(n, quantity).unwrap_or_else(|| {
                mixed = true;
                Holds::In(UNIT.into())
            });
        }
        if !mixed {
            return table;
        }
        let place = said.unwrap_or_else(|| {
            let place = self.words();
            table.columns.insert(place, Column::new(UNIT, Holds::Words));
            for row in &mut table.rows {
                row.insert(place, "".into());
            }
            place
        });
        for (row, own) in table.rows.iter_mut().zip(&self.rows) {
            if row[place] == Cell::from("") {
                row[place] = units.of_row(own).into_owned().into();
            }
        }
        table
    }
}

/// What the numbers of a table are measured in.
struct Units<'a> {
    table: &'a Table,
    currency: &'a str,
}

impl Units<'_> {
    /// What a column holds; `None`: its unit differs from row to row.
    fn of_column(&self, n: usize, quantity: &'static str) -> Option<Holds> {
        let words = |cell: &Cell| match cell {
            Cell::Shown(value, _) => value.number().is_none(),
            other => matches!(other, Cell::Text(_) | Cell::Link { .. } | Cell::Date(_)),
        };
        if self.table.rows.iter().any(|row| words(&row[n])) {
            return Some(Holds::Words);
        }
        let cells = || self.table.rows.iter().map(|row| row[n].bare());
        let unit = self.one(cells(), quantity)?;
        let mut numbers = cells().filter(|cell| **cell != Cell::Empty).peekable();
        let some = numbers.peek().is_some();
        Some(
            if some && numbers.all(|cell| matches!(cell, Cell::Whole(_))) {
                Holds::Whole(unit)
            } else {
                Holds::In(unit)
            },
        )
    }

    /// The unit of a row whose numbers are of one kind.
    fn of_row(&self, row: &[Cell]) -> Cow<'static, str> {
        let columns = row.iter().zip(&self.table.columns);
        let numbers = columns.filter(|(_, column)| column.holds == Holds::Numbers);
        self.one(numbers.map(|(cell, _)| cell.bare()), "")
            .unwrap_or_default()
    }

    fn one<'c>(
        &self,
        cells: impl Iterator<Item = &'c Cell>,
        quantity: &'static str,
    ) -> Option<Cow<'static, str>> {
        let mut units = cells.filter_map(|cell| match cell {
            Cell::Share(_) => Some(Cow::Borrowed("share")),
            Cell::Money(_) => Some(self.currency.to_owned().into()),
            Cell::Price(_) => Some(format!("{}/unit", self.currency).into()),
            Cell::Quantity(_) | Cell::Pieces(_) | Cell::Decimals(..) => Some(quantity.into()),
            Cell::Whole(_) => Some("".into()),
            Cell::Empty | Cell::Text(_) | Cell::Link { .. } | Cell::Date(_) | Cell::Shown(..) => {
                None
            }
        });
        let first = units.next().unwrap_or_default();
        units.all(|unit| unit == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(table: &Table) -> Vec<String> {
        table.columns.iter().map(Column::heading).collect()
    }

    #[test]
    fn a_column_of_one_kind_has_its_unit() {
        let heads_of = ["year", "spent", "each", "met", "age", "to"];
        let mut table = Table::new("t", "Title", "Note.", &["name", "unit"]).columns(heads_of);
        table = table.unit("age", "years");
        let words = [Cell::from("a"), Cell::from("gun")];
        let numbers = [
            Cell::Whole(2027),
            Cell::Money(2e6),
            Cell::Price(4.5),
            Cell::Quantity(3.0),
            Cell::Quantity(1.5),
            Cell::Empty.shown("any"),
        ];
        table.push(words.into_iter().chain(numbers).collect());
        let sheet = table.measured("USD");
        let wanted = [
            "name",
            "unit",
            "year",
            "spent (USD)",
            "each (USD/unit)",
            "met (unit)",
            "age (years)",
            "to",
        ];
        assert_eq!(heads(&sheet), wanted);
        assert_eq!(sheet.about(), "Title. Note.");
        assert_eq!(sheet.columns[2].holds, Holds::Whole("".into()));
        assert_eq!(sheet.rows[0][3], Cell::Money(2e6));
        assert_eq!(sheet.rows[0][7], Cell::from("any"));
    }

    #[test]
    fn where_kinds_differ_by_row_a_column_says_what_a_row_holds() {
        let mut table = Table::new("t", "Title", "", &["what"]).columns(["a", "b"]);
        table.push(vec!["cost".into(), Cell::Money(1e6), Cell::Empty]);
        table.push(vec!["met".into(), Cell::Share(0.5), Cell::Share(0.75)]);
        let sheet = table.measured("EUR");
        assert_eq!(heads(&sheet), ["what", "unit", "a (unit)", "b (share)"]);
        let row = |n: usize| sheet.rows[n][..3].to_vec();
        assert_eq!(row(0), ["cost".into(), "EUR".into(), Cell::Money(1e6)]);
        assert_eq!(row(1), ["met".into(), "share".into(), Cell::Share(0.5)]);

        let mut said = Table::new("t", "Title", "", &["what", "unit"]).columns(["a"]);
        said.push(vec!["cost".into(), "".into(), Cell::Money(1e6)]);
        said.push(vec!["made".into(), "gun".into(), Cell::Quantity(2.0)]);
        let sheet = said.measured("EUR");
        assert_eq!(heads(&sheet), ["what", "unit", "a (unit)"]);
        assert_eq!(sheet.rows[0][1], Cell::from("EUR"));
        assert_eq!(sheet.rows[1][1], Cell::from("gun"));
    }
}
