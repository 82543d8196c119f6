//! A plan's tables as Parquet: read back, they are those of the CSV files.
#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used)]

mod common;

use common::{solved, toy};
use parquet::basic::Type;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use sinews::analysis::investments::investments;
use sinews::analysis::{Findings, Work};
use sinews::model::Model;
use sinews::report::sheets::sheets;
use sinews::report::{File, Format, parquet, tables};
use sinews::solution::Solution;
use sinews::solve::Options;
use sinews::table::Holds;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file read back from the disk.
fn read(file: &File) -> SerializedFileReader<std::fs::File> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{number}-{}", file.name));
    std::fs::write(&path, &file.bytes).unwrap();
    SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap()
}

/// A file as CSV would hold it: a head, and a line each.
fn cells(file: &File) -> Vec<Vec<String>> {
    let reader = read(file);
    let columns = reader
        .metadata()
        .file_metadata()
        .schema_descr()
        .columns()
        .to_vec();
    let mut all = vec![
        columns
            .iter()
            .map(|column| column.name().to_owned())
            .collect(),
    ];
    for row in reader.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let cells = row.get_column_iter().map(|(_, field)| match field {
            Field::Null => String::new(),
            Field::Double(number) => number.to_string(),
            Field::Long(number) => number.to_string(),
            Field::Str(text) => text.clone(),
            other => panic!("{other}"),
        });
        all.push(cells.collect());
    }
    all
}

fn agree(model: &Model, solution: &Solution) {
    same(
        &parquet(model, solution),
        &Format::Csv.files("x", model, solution),
    );
}

/// Parquet files and CSV files, by name, hold the same.
fn same(files: &[File], texts: &[File]) {
    let (last, texts) = texts.split_last().unwrap();
    assert_eq!(last.name, "datapackage.json");
    assert_eq!(files.len(), texts.len());
    for (file, text) in files.iter().zip(texts) {
        assert_eq!(file.name, text.name.replace(".csv", ".parquet"));
        let mut lines = ::csv::ReaderBuilder::new();
        let lines = lines
            .has_headers(false)
            .from_reader(&*text.bytes)
            .into_records();
        // Only CSV puts an apostrophe before what a spreadsheet would take for a formula.
        let plain = |cell: &str| match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
            _ => cell.to_owned(),
        };
        let lines = lines.map(|line| line.unwrap().iter().map(plain).collect::<Vec<_>>());
        let lines: Vec<_> = lines.collect();
        assert_eq!(cells(file), lines, "{}", file.name);
    }
}

#[test]
fn tables_read_back_are_those_of_csv() {
    let model = sinews::read("models/shells.toml").unwrap();
    let solution = solved(&model);
    agree(&model, &solution);
    assert_eq!(parquet(&model, &solution), parquet(&model, &solution));
}

#[test]
fn so_are_those_of_an_analysis() {
    let model = sinews::read("models/shells.toml").unwrap();
    let budgets = [0.5, 1.0];
    let found = investments(&model, &budgets, &Options::default(), &Work::default()).unwrap();
    let of = |format| tables(format, "shells", &found.tables(), "EUR").unwrap();
    same(&of(Format::Parquet), &of(Format::Csv));
}

#[test]
fn words_are_words_whatever_they_say() {
    let model = toy(r#"
[line.plant]
name = "=cmd|' /C calc'!A0"
makes = "round"
capacity = "9 round/year"
[requirement.a]
name = "</script>Łódź"
holder = "ua"
item = "round"
quantity = "20 round/year"
"#);
    agree(&model, &solved(&model));
}

#[test]
fn metadata_say_what_lines_and_units_are() {
    let model = sinews::read("models/tiny.toml").unwrap();
    let solution = solved(&model);
    let files = parquet(&model, &solution);
    for (file, sheet) in files.iter().zip(sheets(&model, &solution)) {
        let reader = read(file);
        let metadata = reader.metadata().file_metadata();
        let pairs = metadata.key_value_metadata().unwrap();
        let value = |key: &str| {
            let found = pairs.iter().find(|pair| pair.key == key);
            found.and_then(|pair| pair.value.clone())
        };
        assert_eq!(value("about"), Some(sheet.about()), "{}", file.name);
        let kinds = metadata.schema_descr();
        for (n, column) in sheet.columns.iter().enumerate() {
            let unit = column.is_measured().then(|| column.unit().to_owned());
            let key = format!("unit of {}", column.name);
            assert_eq!(value(&key), unit, "{}: {key}", file.name);
            let wanted = match column.holds {
                Holds::Words => Type::BYTE_ARRAY,
                Holds::Whole(_) => Type::INT64,
                Holds::Numbers | Holds::In(_) => Type::DOUBLE,
            };
            assert_eq!(kinds.column(n).physical_type(), wanted, "{key}");
        }
    }
}
