//! Sheets: tables that say what their columns hold.
//!
//! Every number of a plan is in one of its [`sheets`], one table a subject, one number a line; the
//! [`Table`]s of an analysis become sheets too ([`Sheet::of`]). CSV, Parquet and Excel files are written from
//! them, and the data dictionary from the columns of a plan's, so that they cannot disagree.

mod evidence;
mod money;
mod notation;
mod plan;

use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Table};
use std::borrow::Cow;
use std::fmt::Write;

/// A table with what its columns hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, which is also that of its file.
    pub name: Cow<'static, str>,
    /// What one line of it is.
    pub about: Cow<'static, str>,
    /// Its columns.
    pub columns: Cow<'static, [Column]>,
    /// Its lines; a cell for each column.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name: the key that JSON has for it.
    pub name: Cow<'static, str>,
    /// The unit of its numbers; `text` for words. `unit` means: what the column `unit` says. Empty: a number
    /// that has none, such as a year.
    pub unit: Cow<'static, str>,
    /// What it holds.
    pub about: Cow<'static, str>,
}

impl Column {
    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        self.unit != TEXT
    }

    /// Whether its numbers have a unit: years, counts and ranks have none.
    pub fn is_measured(&self) -> bool {
        self.is_number() && !["", "number"].contains(&self.unit.as_ref())
    }

    /// Its name with its unit in brackets, if it has one.
    pub fn heading(&self) -> String {
        if self.is_measured() {
            format!("{} ({})", self.name, self.unit)
        } else {
            self.name.clone().into_owned()
        }
    }
}

impl Sheet {
    /// The sheet of a table, money being in a currency.
    ///
    /// A column of numbers of one kind has that kind's unit in its heading. Where kinds differ from row to row, as
    /// in a summary, a column `unit` beside the words says what the numbers of a row are.
    pub fn of(table: &Table, currency: &str) -> Self {
        let units = Units { table, currency };
        let said = table.head[..table.words]
            .iter()
            .position(|head| head == "unit");
        let by_column: Vec<Option<Cow<str>>> = (table.words..table.head.len())
            .map(|n| units.of_column(n, said.is_some()))
            .collect();
        let mixed = by_column.contains(&None);
        let words = |head: &str| Column {
            name: head.to_owned().into(),
            unit: TEXT.into(),
            about: "".into(),
        };
        let mut columns: Vec<Column> = table.head[..table.words]
            .iter()
            .map(|head| words(head))
            .collect();
        if mixed && said.is_none() {
            columns.push(words("unit"));
        }
        for (head, unit) in table.head[table.words..].iter().zip(by_column) {
            let unit = unit.unwrap_or("unit".into());
            columns.push(Column {
                unit,
                ..words(head)
            });
        }
        let rows = table.rows.iter().map(|row| {
            let mut cells: Vec<Value> = row.iter().map(Value::from).collect();
            if mixed {
                let unit = || Value::from(units.of_row(row).into_owned());
                match said {
                    Some(n) if cells[n] == Value::from("") => cells[n] = unit(),
                    Some(_) => {}
                    None => cells.insert(table.words, unit()),
                }
            }
            cells
        });
        Self {
            name: table.key.clone().into(),
            about: format!("{}. {}", table.title, table.note)
                .trim_end()
                .to_owned()
                .into(),
            columns: columns.into(),
            rows: rows.collect(),
        }
    }
}

/// What the numbers of a table are measured in.
struct Units<'a> {
    table: &'a Table,
    currency: &'a str,
}

impl Units<'_> {
    /// The unit of a column; `None`: it differs from row to row.
    fn of_column(&self, n: usize, said: bool) -> Option<Cow<'static, str>> {
        let head = &self.table.head[n];
        if let Some(unit) = self.table.unit_of(head) {
            return Some(unit.to_owned().into());
        }
        let cells = || self.table.rows.iter().map(|row| &row[n]);
        if cells().any(|cell| matches!(cell, Cell::Text(_))) {
            return Some(TEXT.into());
        }
        let quantity = if said { "unit" } else { "" };
        self.one(cells(), quantity)
    }

    /// The unit of a row whose numbers are of one kind.
    fn of_row(&self, row: &[Cell]) -> Cow<'static, str> {
        self.one(row[self.table.words..].iter(), "")
            .unwrap_or_default()
    }

    fn one<'c>(
        &self,
        cells: impl Iterator<Item = &'c Cell>,
        quantity: &'static str,
    ) -> Option<Cow<'static, str>> {
        let mut units = cells.filter_map(|cell| match cell {
            Cell::Empty | Cell::Text(_) => None,
            Cell::Share(_) => Some(Cow::Borrowed("share")),
            Cell::Money(_) => Some(self.currency.to_owned().into()),
            Cell::Price(_) => Some(format!("{}/unit", self.currency).into()),
            Cell::Quantity(_) | Cell::Decimals(..) => Some(quantity.into()),
            Cell::Whole(_) => Some("".into()),
        });
        let first = units.next().unwrap_or_default();
        units.all(|unit| unit == first).then_some(first)
    }
}

impl From<&Cell> for Value {
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Text(text) => Self::Text(text.clone()),
            other => other.number().into(),
        }
    }
}

/// What stands for a unit where a column holds words.
const TEXT: &str = "text";

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing: the number does not exist.
    None,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    /// What is infinite or no number is none.
    fn from(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::None
        }
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::None, Self::from)
    }
}

/// Every sheet of a plan. Quantities are in the unit named beside them, money in the base currency.
pub fn sheets(m: &Model, s: &Solution) -> Vec<Sheet> {
    let m = s.own(m);
    ALL.iter()
        .map(|kind| Sheet {
            name: kind.name.into(),
            about: kind.about.into(),
            columns: kind.columns.into(),
            rows: (kind.rows)(m, s),
        })
        .collect()
}

/// A sheet before it is filled.
struct Kind {
    name: &'static str,
    about: &'static str,
    columns: &'static [Column],
    rows: fn(&Model, &Solution) -> Vec<Vec<Value>>,
}

/// Every sheet, in the order of the report.
const ALL: &[Kind] = &[
    plan::REQUIREMENTS,
    plan::LINES,
    plan::EXPANSIONS,
    plan::SUPPLIERS,
    plan::GIFTS,
    plan::STOCKS,
    money::FUNDS,
    money::UNSPENT,
    money::LOANS,
    money::LIMITS,
    evidence::FACTS,
    evidence::ASSUMPTIONS,
];

/// The data dictionary: every column of every sheet, as Markdown; the text of `docs/data-dictionary.md`.
pub fn data_dictionary() -> String {
    let mut text = String::from(include_str!("sheets/dictionary.md"));
    let fault = "writing to a string cannot fail";
    for kind in ALL {
        let head = "| column | unit | what it holds |\n|---|---|---|";
        writeln!(text, "\n## `{}`\n\n{}\n\n{head}", kind.name, kind.about).expect(fault);
        for column in kind.columns {
            let Column { name, unit, about } = column;
            writeln!(text, "| `{name}` | {unit} | {about} |").expect(fault);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(sheet: &Sheet) -> Vec<String> {
        sheet.columns.iter().map(Column::heading).collect()
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
            Cell::from("any"),
        ];
        table.push(words.into_iter().chain(numbers).collect());
        let sheet = Sheet::of(&table, "USD");
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
        assert_eq!(sheet.about, "Title. Note.");
        assert_eq!(sheet.rows[0][3], Value::Number(2e6));
    }

    #[test]
    fn where_kinds_differ_by_row_a_column_says_what_a_row_holds() {
        let mut table = Table::new("t", "Title", "", &["what"]).columns(["a", "b"]);
        table.push(vec!["cost".into(), Cell::Money(1e6), Cell::Empty]);
        table.push(vec!["met".into(), Cell::Share(0.5), Cell::Share(0.75)]);
        let sheet = Sheet::of(&table, "EUR");
        assert_eq!(heads(&sheet), ["what", "unit", "a (unit)", "b (share)"]);
        let row = |n: usize| sheet.rows[n][..3].to_vec();
        assert_eq!(row(0), ["cost".into(), "EUR".into(), Value::Number(1e6)]);
        assert_eq!(row(1), ["met".into(), "share".into(), Value::Number(0.5)]);

        let mut said = Table::new("t", "Title", "", &["what", "unit"]).columns(["a"]);
        said.push(vec!["cost".into(), "".into(), Cell::Money(1e6)]);
        said.push(vec!["made".into(), "gun".into(), Cell::Quantity(2.0)]);
        let sheet = Sheet::of(&said, "EUR");
        assert_eq!(heads(&sheet), ["what", "unit", "a (unit)"]);
        assert_eq!(sheet.rows[0][1], Value::from("EUR"));
        assert_eq!(sheet.rows[1][1], Value::from("gun"));
    }
}
