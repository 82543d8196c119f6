//! Tables in every form: text, Markdown, CSV, JSON, Parquet.

#[cfg(feature = "parquet")]
use super::parquet;
use super::{File, Format, Style, csv, datapackage, pipe_table, text};
use crate::table::{Cell, Table};
use serde_json::{Map, Value, json};

/// Tables as files in a form, money being in a currency: one for all, or for CSV, spreadsheets and Parquet one a
/// table. With CSV comes a file that says what its columns hold. `None` for the others: a page needs the charts too
/// ([`Illustrated`](super::Illustrated)), `lp` and `mps` hold programs.
pub fn tables(format: Format, name: &str, tables: &[Table], currency: &str) -> Option<Vec<File>> {
    let text = match format {
        Format::Text => joined(tables, |table| text::section(table, Style::default())),
        Format::Markdown => joined(tables, pipe_table::section),
        Format::Json => tables_json(tables, currency),
        Format::Csv => {
            let tidy = tables.iter().map(|table| table.tidy(currency));
            let tidy: Vec<Table> = tidy.collect();
            let file = |table: &Table| csv_file(table, csv::plain(table));
            let said = datapackage::file(name, &tidy, currency);
            return Some(tidy.iter().map(file).chain([said]).collect());
        }
        Format::Spreadsheet => {
            let measured = tables.iter().map(|table| table.measured(currency));
            let file = |table: Table| csv_file(&table, csv::with_units(&table));
            return Some(measured.map(file).collect());
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            let tidy = tables.iter().map(|table| table.tidy(currency));
            return Some(tidy.map(|table| parquet::file(&table)).collect());
        }
        Format::Html | Format::Lp | Format::Mps => return None,
    };
    let name = format!("{name}.{}", format.ending());
    Some(vec![File::new(name, text)])
}

fn csv_file(table: &Table, text: String) -> File {
    File::new(format!("{}.csv", table.key), text)
}

fn joined(tables: &[Table], section: impl Fn(&Table) -> String) -> String {
    let sections: Vec<String> = tables.iter().map(section).collect();
    sections.join("\n")
}

/// A cell as JSON.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Whole(number) => json!(number),
        other => match other.number() {
            Some(number) => json!(number),
            None => json!(other.to_string()),
        },
    }
}

fn tables_json(tables: &[Table], currency: &str) -> String {
    let row = |table: &Table, row: &[Cell]| {
        let cells = table.head().map(str::to_owned).zip(row.iter().map(value));
        Value::Object(cells.collect::<Map<_, _>>())
    };
    let all = tables.iter().map(|table| {
        let rows: Vec<Value> = table.rows.iter().map(|cells| row(table, cells)).collect();
        let measured = table.measured(currency);
        let units = measured.columns.iter().filter(|column| column.is_number());
        let units = units.map(|column| (column.name.to_string(), json!(column.unit())));
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
        let mut table = Table::new("t", "Title", "EUR", &["name"]).columns(["a share", "money"]);
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
            "Title\n-----\nEUR\nname   a share   money\n------------------------\n=1+1      25 %    2.50\nb            –       0\n"
        );
        assert_eq!(
            of(Format::Spreadsheet),
            "name,a share (share),money (EUR)\n'=1+1,0.25,2500000\nb,,0.1\n"
        );
        assert_eq!(
            of(Format::Csv),
            "name,a_share,money\n'=1+1,0.25,2500000\nb,,0.1\n"
        );
        assert!(of(Format::Markdown).contains("| =1+1 | 25 % | 2.50 |"));
        let json: Value = serde_json::from_str(&of(Format::Json)).unwrap();
        assert_eq!(json["t"]["rows"][0]["a share"], 0.25);
        assert!(tables(Format::Lp, "x", &[], "EUR").is_none());
    }
}
