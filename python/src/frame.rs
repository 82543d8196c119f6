//! The one place where the library's tables become columns of numbers, whole numbers and words.

use arrow_array::{
    ArrayRef, Float64Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use sinews::report::sheets::{Column, Sheet, Value};
use sinews::table::Table;
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
    /// Of a sheet of a plan.
    pub(crate) fn of_sheet(sheet: &Sheet) -> Self {
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = sheet
            .columns
            .iter()
            .enumerate()
            .map(|(n, column)| {
                let cells = || sheet.rows.iter().map(|row| &row[n]);
                let array = array(column, cells);
                (field(column, array.data_type().clone()), array)
            })
            .unzip();
        let options = RecordBatchOptions::new().with_row_count(Some(sheet.rows.len()));
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new_with_options(schema, arrays, &options);
        Self {
            name: sheet.name.clone().into_owned(),
            about: sheet.about.clone().into_owned(),
            batch: batch.expect("every row has a cell for each column"),
        }
    }

    /// Of a table that an analysis found, money being in a currency.
    pub(crate) fn of_table(table: &Table, currency: &str) -> Self {
        Self::of_sheet(&Sheet::of(table, currency))
    }
}

/// The cells of a column. What has no unit and holds nothing but whole numbers, such as years and counts, is whole.
fn array<'a, C: Iterator<Item = &'a Value>>(column: &Column, cells: impl Fn() -> C) -> ArrayRef {
    if !column.is_number() {
        return Arc::new(cells().map(words).collect::<StringArray>());
    }
    if !column.is_measured() {
        let whole: Option<Vec<Option<i64>>> = cells().map(whole).collect();
        if let Some(whole) = whole.filter(|whole| whole.iter().any(Option::is_some)) {
            return Arc::new(Int64Array::from(whole));
        }
    }
    Arc::new(cells().map(number).collect::<Float64Array>())
}

fn field(column: &Column, kind: DataType) -> Field {
    let unit = column.is_measured().then_some(&column.unit);
    let told = [("unit", unit), ("about", Some(&column.about))];
    let told = told
        .into_iter()
        .filter_map(|(key, words)| Some((key, words?)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(key, words)| (key.to_owned(), words.clone().into_owned()));
    Field::new(column.name.clone(), kind, true).with_metadata(told.collect::<HashMap<_, _>>())
}

/// Words; nothing where there are none.
fn words(cell: &Value) -> Option<String> {
    match cell {
        Value::Text(text) if text.is_empty() => None,
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::None => None,
    }
}

fn number(cell: &Value) -> Option<f64> {
    match cell {
        // Minus zero is zero.
        Value::Number(number) => Some(number + 0.0),
        Value::Text(_) | Value::None => None,
    }
}

/// The whole number of a cell, which may hold none; `None` if it holds another.
#[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
fn whole(cell: &Value) -> Option<Option<i64>> {
    let Some(number) = number(cell) else {
        return Some(None);
    };
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(Some(number as i64))
}
