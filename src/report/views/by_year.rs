//! Tables with a year to a column.

use crate::model::Model;

/// The headings of a table by year.
pub(super) fn years(m: &Model) -> impl Iterator<Item = String> {
    let years = m.calendar.years();
    years.map(|y| m.calendar.year_number(y).to_string())
}
