//! Excel: every table of a plan as a sheet of one workbook.

use super::sheets::{Sheet, Value, sheets};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::Table;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The plan as an Excel workbook, a sheet a table; headings carry the units. Words are written as words,
/// so that none is taken for a formula or a link.
///
/// # Errors
/// When a table has more lines than a sheet holds (1,048,576), or a text is longer than a cell holds
/// (32,767 characters).
pub fn xlsx(m: &Model, s: &Solution) -> Result<Vec<u8>, XlsxError> {
    let m = s.own(m);
    book(&sheets(m, s))
}

/// The tables of an analysis as an Excel workbook, like [`xlsx`]; money is in a currency.
///
/// # Errors
/// As [`xlsx`].
pub fn xlsx_tables(tables: &[Table], currency: &str) -> Result<Vec<u8>, XlsxError> {
    let sheets: Vec<_> = tables
        .iter()
        .map(|table| Sheet::of(table, currency))
        .collect();
    book(&sheets)
}

fn book(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day: the same plan gives the same bytes.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for sheet in sheets {
        written(book.add_worksheet(), sheet)?;
    }
    book.save_to_buffer()
}

fn written(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    page.set_name(sheet.name.as_ref())?;
    page.set_freeze_panes(1, 0)?;
    for (k, column) in (0_u16..).zip(sheet.columns.iter()) {
        page.write_string_with_format(0, k, column.heading(), &bold)?;
        page.set_column_width(k, if column.is_number() { 16 } else { 22 })?;
    }
    for (n, row) in (1_u32..).zip(&sheet.rows) {
        for (k, value) in (0_u16..).zip(row) {
            match value {
                Value::Text(text) => page.write_string(n, k, text)?,
                Value::Number(number) => page.write_number(n, k, *number)?,
                Value::None => continue,
            };
        }
    }
    Ok(())
}
