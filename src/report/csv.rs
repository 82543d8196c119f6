//! CSV: every number, a line each, one table a file.

use super::File;
use super::sheets::sheets;
use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Column, Table};

/// The plan as CSV files for spreadsheets: a name and a text each. Headings carry units; quantities are in the unit
/// named beside them, money in the base currency and money of the day, prices in base-year money.
pub fn csv(m: &Model, s: &Solution) -> Vec<(String, String)> {
    let m = s.own(m);
    let all = sheets(m, s).into_iter();
    all.map(|sheet| {
        let measured = sheet.measured(m.money.base());
        (format!("{}.csv", sheet.key), with_units(&measured))
    })
    .collect()
}

/// A table with the units in its headings, for spreadsheets.
pub(super) fn with_units(table: &Table) -> String {
    written(table, table.columns.iter().map(Column::heading))
}

/// A table with plain names, for statistics.
pub(super) fn plain(table: &Table) -> String {
    written(table, table.head().map(str::to_owned))
}

fn written(table: &Table, head: impl Iterator<Item = String>) -> String {
    let fault = "writing to memory cannot fail";
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(head.map(|head| safe(&head)))
        .expect(fault);
    for row in &table.rows {
        file.write_record(row.iter().map(|cell| safe(&cell.in_full())))
            .expect(fault);
    }
    let bytes = file.into_inner().expect(fault);
    String::from_utf8(bytes).expect("every cell is UTF-8")
}

/// A text that a spreadsheet does not take for a formula; a number is none.
fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

impl File {
    /// The file with the mark of UTF-8 before its text, by which Excel knows it, if it is CSV; else as it is.
    #[must_use]
    pub fn marked(mut self) -> Self {
        let ending = std::path::Path::new(&self.name).extension();
        if ending.is_some_and(|ending| ending == "csv") {
            self.bytes.splice(0..0, "\u{feff}".bytes());
        }
        self
    }
}
