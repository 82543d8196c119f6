//! The one place where the library's tables become columns of numbers, whole numbers and words.

use arrow_array::{
    ArrayRef, Float64Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use sinews::table::{Cell, Column, Holds, Table};
use std::collections::HashMap;
use std::sync::Arc;

/// A table as columns.
#[derive(Clone)]
pub(crate) struct Frame {
    pub(crate) name: String,
    /// What a row of it is.
    pub(crate) about: String,
    /// The cells; a field's metadata hold its `unit` and what it is `about`, where they are known.
    pub(crate) batch: RecordBatch,
}

impl Frame {
    /// Of a table of a plan or an analysis, money being in a currency: one row an observation.
    pub(crate) fn of(table: &Table, currency: &str) -> Self {
        let tidy = table.tidy(currency);
        let columns = tidy.columns.iter().enumerate();
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns
            .map(|(n, column)| {
                let array = array(column, tidy.rows.iter().map(|row| &row[n]));
                (field(column, array.data_type().clone()), array)
            })
            .unzip();
        let options = RecordBatchOptions::new().with_row_count(Some(tidy.rows.len()));
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new_with_options(schema, arrays, &options);
        Self {
            about: tidy.about(),
            name: tidy.key,
            batch: batch.expect("every row has a cell for each column"),
        }
    }
}

/// The cells of a column: whole numbers, numbers, or words and dates.
fn array<'a>(column: &Column, cells: impl Iterator<Item = &'a Cell>) -> ArrayRef {
    match column.holds {
        Holds::Words => Arc::new(cells.map(words).collect::<StringArray>()),
        Holds::Whole(_) => Arc::new(cells.map(whole).collect::<Int64Array>()),
        // Minus zero is zero.
        Holds::Numbers | Holds::In(_) => Arc::new(
            cells
                .map(|cell| cell.number().map(|number| number + 0.0))
                .collect::<Float64Array>(),
        ),
    }
}

fn field(column: &Column, kind: DataType) -> Field {
    let unit = column.is_measured().then(|| column.unit());
    let told = [("unit", unit), ("about", Some(&*column.about))];
    let told = told
        .into_iter()
        .filter_map(|(key, words)| Some((key.to_owned(), words?.to_owned())))
        .filter(|(_, words)| !words.is_empty());
    Field::new(column.name.clone(), kind, true).with_metadata(told.collect::<HashMap<_, _>>())
}

/// Words; nothing where there are none.
fn words(cell: &Cell) -> Option<String> {
    (*cell != Cell::Empty).then(|| cell.in_full())
}

fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(number) => Some(*number),
        _ => None,
    }
}
