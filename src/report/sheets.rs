//! Sheets: every number of a plan, one table a subject, one number a line.
//!
//! CSV, Parquet and Excel files are written from them, lists of the JSON report too, and the data dictionary from
//! their columns, so that they cannot disagree.

mod evidence;
mod money;
mod notation;
mod plan;

use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Column, Table};
use std::fmt::Write;

/// Every sheet of a plan. Quantities are in the unit named beside them, money in the base currency.
pub fn sheets(m: &Model, s: &Solution) -> Vec<Table> {
    ALL.iter().map(|kind| kind.of(m, s)).collect()
}

/// The sheet of a plan with a key.
pub(super) fn sheet(key: &str, m: &Model, s: &Solution) -> Option<Table> {
    let kind = ALL.iter().find(|kind| kind.name == key)?;
    Some(kind.of(m, s))
}

/// A sheet before it is filled.
struct Kind {
    name: &'static str,
    about: &'static str,
    columns: &'static [Column],
    rows: fn(&Model, &Solution) -> Vec<Vec<Cell>>,
}

impl Kind {
    fn of(&self, m: &Model, s: &Solution) -> Table {
        let mut table = Table::new(self.name, self.about, "", &[]);
        table.columns = self.columns.to_vec();
        for row in (self.rows)(m, s) {
            table.push(row);
        }
        table
    }
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
            let (name, unit, about) = (&column.name, column.unit(), &column.about);
            writeln!(text, "| `{name}` | {unit} | {about} |").expect(fault);
        }
    }
    text
}
