//! Tables of an analysis in every form: text, Markdown, CSV, JSON.

use super::number::{millions, price, quantity, share};
#[cfg(feature = "parquet")]
use super::parquet;
use super::sheets::Sheet;
use super::view::View;
use super::{File, Format, Style, csv, markdown, text};
use crate::table::{Cell, Table};
use serde_json::{Map, Value, json};

/// Tables as files in a form, money being in a currency: one for all, or for CSV and Parquet one a table.
/// `None` for the others: a page needs the charts too ([`Illustrated`](super::Illustrated)), `lp` and `mps`
/// hold programs.
pub fn tables(format: Format, name: &str, tables: &[Table], currency: &str) -> Option<Vec<File>> {
    let sheets = || tables.iter().map(|table| Sheet::of(table, currency));
    let text = match format {
        Format::Text => joined(tables, |view| text::section(view, Style::default())),
        Format::Markdown => joined(tables, markdown::section),
        Format::Json => tables_json(tables, currency),
        Format::Csv => {
            let file =
                |sheet: Sheet| File::new(format!("{}.csv", sheet.name), csv::written(&sheet));
            return Some(sheets().map(file).collect());
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => return Some(sheets().map(|sheet| parquet::file(&sheet)).collect()),
        _ => return None,
    };
    let name = format!("{name}.{}", format.ending());
    Some(vec![File::new(name, text)])
}

fn joined(tables: &[Table], section: impl Fn(&View) -> String) -> String {
    let sections: Vec<String> = tables.iter().map(|table| section(&shown(table))).collect();
    sections.join("\n")
}

/// A table with its numbers rounded for reading.
pub(super) fn shown(table: &Table) -> View {
    View {
        title: table.title.clone(),
        note: table.note.clone(),
        head: table.head.clone(),
        words: table.words,
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect(),
        ..View::default()
    }
}

/// A cell as it is read.
pub(super) fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => "–".into(),
        Cell::Text(text) => text.clone(),
        Cell::Quantity(number) => quantity(*number),
        Cell::Decimals(number, decimals) => format!("{number:.decimals$}"),
        Cell::Price(number) => price(*number),
        Cell::Share(number) => share(*number),
        Cell::Money(number) => millions(*number),
        Cell::Whole(number) => number.to_string(),
    }
}

fn tables_json(tables: &[Table], currency: &str) -> String {
    let value = |cell: &Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Whole(number) => json!(number),
        other => json!(other.number()),
    };
    let row = |table: &Table, row: &Vec<Cell>| {
        let cells = table.head.iter().cloned().zip(row.iter().map(value));
        Value::Object(cells.collect::<Map<_, _>>())
    };
    let all = tables.iter().map(|table| {
        let rows: Vec<Value> = table.rows.iter().map(|cells| row(table, cells)).collect();
        let sheet = Sheet::of(table, currency);
        let units = sheet.columns.iter().filter(|column| column.is_number());
        let units = units.map(|column| (column.name.to_string(), json!(column.unit)));
        let units: Map<_, _> = units.collect();
        let head =
            json!({ "title": table.title, "note": table.note, "units": units, "rows": rows });
        (table.key.clone(), head)
    });
    let all = Value::Object(all.collect::<Map<_, _>>());
    let mut text = serde_json::to_string_pretty(&all).expect("numbers and texts");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new("t", "Title", "EUR", &["name"]).columns(["share", "money"]);
        table.push(vec!["=1+1".into(), Cell::Share(0.25), Cell::Money(2.5e6)]);
        table.push(vec!["b".into(), Cell::Empty, Cell::Money(0.1)]);
        table
    }

    #[test]
    fn a_table_has_one_form_for_each_reader() {
        let of = |format| {
            tables(format, "x", &[table()], "EUR").unwrap()[0]
                .text()
                .map(str::to_owned)
                .unwrap()
        };
        assert_eq!(
            of(Format::Text),
            "Title\n-----\nEUR\nname   share   money\n----------------------\n=1+1    25 %    2.50\nb          –       0\n"
        );
        assert_eq!(
            of(Format::Csv),
            "name,share (share),money (EUR)\n'=1+1,0.25,2500000\nb,,0.1\n"
        );
        assert!(of(Format::Markdown).contains("| =1+1 | 25 % | 2.50 |"));
        let json: Value = serde_json::from_str(&of(Format::Json)).unwrap();
        assert_eq!(json["t"]["rows"][0]["share"], 0.25);
        assert!(tables(Format::Lp, "x", &[], "EUR").is_none());
    }
}
