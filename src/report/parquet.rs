//! Parquet: the tables of a plan in columns that keep their types.

use super::File;
use super::sheets::{Sheet, Value, sheets};
use crate::analysis::parquet::{field, optional};
use crate::model::Model;
use crate::solution::Solution;
use ::parquet::basic::{Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use std::sync::Arc;

/// The plan as Parquet files, one a table: the same lines and columns as CSV, numbers as doubles, words as
/// they are. The metadata of a file say what a line is (`about`) and the unit of each column of numbers
/// (`unit of required`).
pub fn parquet(m: &Model, s: &Solution) -> Vec<File> {
    let m = s.own(m);
    sheets(m, s).iter().map(file).collect()
}

/// A sheet as a Parquet file.
pub(super) fn file(sheet: &Sheet) -> File {
    let bytes = written(sheet).expect("writing to memory cannot fail");
    File::new(format!("{}.parquet", sheet.name), bytes)
}

fn written(sheet: &Sheet) -> Result<Vec<u8>, ParquetError> {
    let kind = |number| {
        if number {
            Physical::DOUBLE
        } else {
            Physical::BYTE_ARRAY
        }
    };
    let fields = sheet
        .columns
        .iter()
        .map(|column| field(&column.name, kind(column.is_number()), Repetition::OPTIONAL));
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(&sheet.name)
        .with_fields(fields)
        .build()?;
    let numbers = sheet.columns.iter().filter(|column| column.is_measured());
    let units = numbers.map(|column| {
        let key = format!("unit of {}", column.name);
        KeyValue::new(key, column.unit.clone().into_owned())
    });
    let about = KeyValue::new("about".to_owned(), sheet.about.clone().into_owned());
    let metadata = [about].into_iter().chain(units).collect();
    let properties = WriterProperties::builder().set_key_value_metadata(Some(metadata));
    let mut bytes = Vec::new();
    let properties = Arc::new(properties.build());
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::new(schema), properties)?;
    let mut group = file.next_row_group()?;
    for (n, column) in sheet.columns.iter().enumerate() {
        let cells = sheet.rows.iter().map(|row| &row[n]);
        if column.is_number() {
            optional::<DoubleType>(&mut group, cells.map(number))?;
        } else {
            optional::<ByteArrayType>(&mut group, cells.map(words))?;
        }
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        // Minus zero is zero.
        Value::Number(number) => Some(number + 0.0),
        Value::Text(_) | Value::None => None,
    }
}

fn words(value: &Value) -> Option<ByteArray> {
    match value {
        Value::Text(text) => Some(text.as_str().into()),
        Value::Number(number) => Some(number.to_string().as_str().into()),
        Value::None => None,
    }
}
