//! Every number of a plan as sheets: one table a subject, one number a line.
//!
//! CSV and Excel files are written from them, and the data dictionary from their columns, so that the
//! three cannot disagree.

mod evidence;
mod money;
mod plan;

use crate::model::Model;
use crate::solution::Solution;
use std::fmt::Write;

/// A table with what its columns hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name, which is also that of its file.
    pub name: &'static str,
    /// What one line of it is.
    pub about: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its lines; a cell for each column.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its name: the key that JSON has for it.
    pub name: &'static str,
    /// The unit of its numbers; `text` for words. `unit` means: what the column `unit` says.
    pub unit: &'static str,
    /// What it holds.
    pub about: &'static str,
}

impl Column {
    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        self.unit != TEXT
    }

    /// Its name with its unit in brackets, if it has one.
    pub fn heading(&self) -> String {
        if self.is_number() {
            format!("{} ({})", self.name, self.unit)
        } else {
            self.name.to_owned()
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
    fn from(number: f64) -> Self {
        Self::Number(number)
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
        number.map_or(Self::None, Self::Number)
    }
}

/// `columns! { name: "unit" => "what it holds"; … }`
macro_rules! columns {
    ($($name:ident: $unit:literal => $about:literal;)*) => {
        &[$(Column { name: stringify!($name), unit: $unit, about: $about }),*]
    };
}
use columns;

/// `row![a, b, …]`: cells of any kind.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Value::from($cell)),*] };
}
use row;

/// Every sheet of a plan. Quantities are in the unit named beside them, money in the base currency.
pub fn sheets(m: &Model, s: &Solution) -> Vec<Sheet> {
    ALL.iter()
        .map(|kind| Sheet {
            name: kind.name,
            about: kind.about,
            columns: kind.columns,
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
