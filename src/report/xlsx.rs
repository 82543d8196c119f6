//! Excel: every table as a sheet of one workbook.

use super::sheets::sheets;
use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The plan as an Excel workbook, a sheet a table; headings carry the units. Words are written as words,
/// so that none is taken for a formula or a link.
///
/// # Errors
/// When a table has more lines than a sheet holds (1,048,576), or a text is longer than a cell holds
/// (32,767 characters).
pub fn xlsx(m: &Model, s: &Solution) -> Result<Vec<u8>, XlsxError> {
    xlsx_tables(&sheets(m, s), m.money.base())
}

/// Tables as an Excel workbook, like [`xlsx`]; money is in a currency.
///
/// # Errors
/// As [`xlsx`].
pub fn xlsx_tables(tables: &[Table], currency: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day: the same plan gives the same bytes.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for table in tables {
        written(book.add_worksheet(), &table.measured(currency))?;
    }
    book.save_to_buffer()
}

fn written(page: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    page.set_name(&table.key)?;
    page.set_freeze_panes(1, 0)?;
    for (k, column) in (0_u16..).zip(&table.columns) {
        page.write_string_with_format(0, k, column.heading(), &bold)?;
        page.set_column_width(k, if column.is_number() { 16 } else { 22 })?;
    }
    for (n, row) in (1_u32..).zip(&table.rows) {
        for (k, cell) in (0_u16..).zip(row) {
            match (cell, cell.number()) {
                (Cell::Empty, _) => continue,
                (_, Some(number)) => page.write_number(n, k, number)?,
                (other, None) => page.write_string(n, k, other.to_string())?,
            };
        }
    }
    Ok(())
}
