//! The text form, line by line: numbers with every digit, dates as the first day of their month.

use crate::analysis::outcome::{FULL_FROM, as_year, month};

/// A line of CSV.
pub(super) fn record<S: AsRef<[u8]>>(cells: impl IntoIterator<Item = S>) -> String {
    let fault = "writing to memory cannot fail";
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(cells).expect(fault);
    let bytes = csv.into_inner().expect(fault);
    String::from_utf8(bytes).expect("written from text")
}

/// Whether a column holds dates.
pub(super) fn is_date(column: &str) -> bool {
    column.starts_with(FULL_FROM)
}

/// A value of a column as text; nothing where there is none.
pub(super) fn written(column: &str, value: Option<f64>) -> String {
    let Some(value) = value else {
        return String::new();
    };
    if !is_date(column) {
        return value.to_string();
    }
    month(value).map_or_else(String::new, |month| format!("{month}-01"))
}

/// A value of a column as it was written; `None`: it cannot be read.
#[expect(
    clippy::option_option,
    reason = "that there is no value is not that it cannot be read"
)]
pub(super) fn read(column: &str, text: &str) -> Option<Option<f64>> {
    if text.is_empty() {
        return Some(None);
    }
    if !is_date(column) {
        return text.parse().ok().map(Some);
    }
    let month = text.strip_suffix("-01")?.parse().ok()?;
    Some(Some(as_year(month)))
}
