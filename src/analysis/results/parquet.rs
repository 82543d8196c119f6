//! Results as Parquet: the same rows and columns as CSV, the first line as metadata of the file.

use super::record::{is_date, read as number_of, record, written};
use super::{Results, Solved};
use crate::analysis::Trouble;
use crate::files;
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::Field;
use parquet::schema::types::{Type, TypePtr};
use std::path::Path;
use std::sync::Arc;

/// The metadata that holds the first line of the CSV form.
const KEY: &str = "sinews results";

/// The bytes of a file of results.
pub(super) fn bytes(results: &Results) -> Result<Vec<u8>, Trouble> {
    write(results).map_err(|error| {
        let help = "write the results as CSV instead";
        Trouble::request(format!("Parquet failed: {error}"), help)
    })
}

fn write(results: &Results) -> Result<Vec<u8>, ParquetError> {
    let line = KeyValue::new(KEY.to_owned(), results.header.line());
    let properties = WriterProperties::builder().set_key_value_metadata(Some(vec![line]));
    let mut bytes = Vec::new();
    let schema = schema(results)?;
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))?;
    let mut group = file.next_row_group()?;
    let numbers = results.rows.keys();
    let numbers: Vec<i64> = numbers.filter_map(|&n| i64::try_from(n).ok()).collect();
    column::<Int64Type>(&mut group, &numbers, None)?;
    let rows = || results.rows.values();
    let keys: Vec<ByteArray> = rows().map(|row| row.key.as_str().into()).collect();
    column::<ByteArrayType>(&mut group, &keys, None)?;
    let failures = rows().map(|row| row.failure.as_deref().map(ByteArray::from));
    optional::<ByteArrayType>(&mut group, failures)?;
    for (n, column) in results.header.columns.iter().enumerate() {
        let values = rows().map(|row| row.values[n]);
        if is_date(column) {
            let dates =
                values.map(|value| value.map(|_| ByteArray::from(written(column, value).as_str())));
            optional::<ByteArrayType>(&mut group, dates)?;
        } else {
            optional::<DoubleType>(&mut group, values)?;
        }
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

fn schema(results: &Results) -> Result<TypePtr, ParquetError> {
    let mut fields = vec![
        field("number", Physical::INT64, Repetition::REQUIRED)?,
        field("key", Physical::BYTE_ARRAY, Repetition::REQUIRED)?,
        field("failure", Physical::BYTE_ARRAY, Repetition::OPTIONAL)?,
    ];
    for name in &results.header.columns {
        let physical = if is_date(name) {
            Physical::BYTE_ARRAY
        } else {
            Physical::DOUBLE
        };
        fields.push(field(name, physical, Repetition::OPTIONAL)?);
    }
    let schema = Type::group_type_builder("results").with_fields(fields);
    schema.build().map(Arc::new)
}

/// A column of a file: bytes are text.
pub(crate) fn field(
    name: &str,
    physical: Physical,
    repetition: Repetition,
) -> Result<TypePtr, ParquetError> {
    let field = Type::primitive_type_builder(name, physical).with_repetition(repetition);
    let text = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    field.with_logical_type(text).build().map(Arc::new)
}

/// Write a column in which nothing is missing, or, with levels, only where they are 1.
fn column<T: parquet::data_type::DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}

/// Write a column in which values may be missing.
pub(crate) fn optional<T: parquet::data_type::DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let values: Vec<_> = values.collect();
    let levels: Vec<i16> = values.iter().map(|v| i16::from(v.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    column::<T>(group, &values, Some(&levels))
}

/// Read a file of results.
pub(super) fn read(path: &Path) -> Result<Results, Trouble> {
    let file = files::open(path).map_err(Trouble::file)?;
    let fault =
        |error: ParquetError| Trouble::file(format!("cannot read `{}`: {error}", path.display()));
    let reader = SerializedFileReader::new(file).map_err(fault)?;
    let metadata = reader.metadata().file_metadata();
    let pairs = metadata.key_value_metadata().into_iter().flatten();
    let line = pairs.filter(|pair| pair.key == KEY);
    let line = line.filter_map(|pair| pair.value.clone()).next_back();
    let columns = metadata.schema_descr().columns().iter();
    let head: Vec<String> = columns.map(|column| column.name().to_owned()).collect();
    // The header is read as that of the text form is.
    let text = format!("{}\n{}", line.unwrap_or_default(), record(&head));
    let mut results = Results::parse(&path.display().to_string(), &text)?;
    for row in reader.get_row_iter(None).map_err(fault)? {
        let row = row.map_err(fault)?;
        let mut number = None;
        let mut solved = Solved {
            key: String::new(),
            values: Vec::new(),
            failure: None,
        };
        for (n, (_, field)) in row.get_column_iter().enumerate() {
            match (n, field) {
                (0, Field::Long(long)) => number = usize::try_from(*long).ok(),
                (1, Field::Str(key)) => solved.key.clone_from(key),
                (2, Field::Str(failure)) => solved.failure = Some(failure.clone()),
                (3.., Field::Double(value)) => solved.values.push(Some(*value)),
                (3.., Field::Str(date)) => {
                    let column = head.get(n).map_or("", String::as_str);
                    solved.values.push(number_of(column, date).flatten());
                }
                (3.., _) => solved.values.push(None),
                _ => {}
            }
        }
        results.rows.extend(number.map(|number| (number, solved)));
    }
    Ok(results)
}
