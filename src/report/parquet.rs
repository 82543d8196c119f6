//! Parquet: tables in columns that keep their types.

use super::File;
use super::sheets::sheets;
use crate::analysis::parquet::{field, optional};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Column, Holds, Table};
use ::parquet::basic::{Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use std::sync::Arc;

/// The plan as Parquet files, one a table: the same lines and columns as [tidy](Table::tidy) CSV, whole numbers as
/// integers, all others as doubles, words and dates as texts. The metadata of a file say what a line is (`about`) and
/// the unit of each column of numbers (`unit of required`).
pub fn parquet(m: &Model, s: &Solution) -> Vec<File> {
    let all = sheets(m, s).into_iter();
    all.map(|sheet| file(&sheet.tidy(m.money.base()))).collect()
}

/// A tidy table as a Parquet file.
pub(super) fn file(table: &Table) -> File {
    let bytes = written(table).expect("writing to memory cannot fail");
    File::new(format!("{}.parquet", table.key), bytes)
}

/// How the cells of a column are kept.
fn physical(column: &Column) -> Physical {
    match column.holds {
        Holds::Words => Physical::BYTE_ARRAY,
        Holds::Whole(_) => Physical::INT64,
        Holds::Numbers | Holds::In(_) => Physical::DOUBLE,
    }
}

fn written(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let columns = table.columns.iter();
    let fields = columns.map(|own| field(&own.name, physical(own), Repetition::OPTIONAL));
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(&table.key)
        .with_fields(fields)
        .build()?;
    let numbers = table.columns.iter().filter(|column| column.is_measured());
    let units = numbers.map(|column| {
        let key = format!("unit of {}", column.name);
        KeyValue::new(key, column.unit().to_owned())
    });
    let about = KeyValue::new("about".to_owned(), table.about());
    let metadata = [about].into_iter().chain(units).collect();
    let properties = WriterProperties::builder().set_key_value_metadata(Some(metadata));
    let mut bytes = Vec::new();
    let properties = Arc::new(properties.build());
    let mut file = SerializedFileWriter::new(&mut bytes, Arc::new(schema), properties)?;
    let mut group = file.next_row_group()?;
    for (n, column) in table.columns.iter().enumerate() {
        let cells = table.rows.iter().map(|row| &row[n]);
        match column.holds {
            Holds::Words => optional::<ByteArrayType>(&mut group, cells.map(words))?,
            Holds::Whole(_) => optional::<Int64Type>(&mut group, cells.map(whole))?,
            Holds::Numbers | Holds::In(_) => {
                // Minus zero is zero.
                let numbers = cells.map(|cell| cell.number().map(|number| number + 0.0));
                optional::<DoubleType>(&mut group, numbers)?;
            }
        }
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(number) => Some(*number),
        _ => None,
    }
}

fn words(cell: &Cell) -> Option<ByteArray> {
    let some = *cell != Cell::Empty;
    some.then(|| cell.in_full().as_str().into())
}
