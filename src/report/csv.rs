//! CSV: every number, a line each, one table a file.

use super::sheets::{Sheet, Value, sheets};
use crate::model::Model;
use crate::solution::Solution;

/// The plan as CSV files: a name and a text each. Quantities are in the unit named beside them,
/// money in the base currency and money of the day, prices in base-year money.
pub fn csv(m: &Model, s: &Solution) -> Vec<(String, String)> {
    let m = s.own(m);
    let all = sheets(m, s).into_iter();
    all.map(|sheet| (format!("{}.csv", sheet.name), written(&sheet)))
        .collect()
}

/// A sheet as CSV, with the units in the headings.
pub(super) fn written(sheet: &Sheet) -> String {
    let fault = "writing to memory cannot fail";
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(sheet.columns.iter().map(|column| safe(&column.heading())))
        .expect(fault);
    for row in &sheet.rows {
        file.write_record(row.iter().map(cell)).expect(fault);
    }
    let bytes = file.into_inner().expect(fault);
    String::from_utf8(bytes).expect("every cell is UTF-8")
}

/// A cell; one that a spreadsheet would take for a formula is shown as text.
fn cell(value: &Value) -> String {
    match value {
        Value::Text(text) => safe(text),
        // Minus zero is zero.
        Value::Number(number) if *number == 0.0 => "0".into(),
        Value::Number(number) => number.to_string(),
        Value::None => String::new(),
    }
}

/// A text that a spreadsheet does not take for a formula.
fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
