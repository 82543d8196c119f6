//! What the columns of CSV files hold, as a Frictionless data package: types, units and sentences, in a file beside them.

use super::File;
use super::page::slug;
use crate::table::{Cell, Column, Holds, Table};
use serde_json::{Map, Value, json};

/// The file: `datapackage.json`.
pub(super) fn file(name: &str, tables: &[Table], currency: &str) -> File {
    let resources = tables.iter().map(|table| resource(table, currency));
    let package = json!({
        "profile": "tabular-data-package",
        "name": slug(name),
        "resources": resources.collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&package).expect("every key is a text");
    text.push('\n');
    File::new("datapackage.json", text)
}

fn resource(table: &Table, currency: &str) -> Value {
    let columns = table.columns.iter().enumerate();
    let fields = columns.map(|(n, column)| {
        let cells = table.rows.iter().map(|row| &row[n]);
        field(column, cells, currency)
    });
    json!({
        "profile": "tabular-data-resource",
        "name": table.key,
        "path": format!("{}.csv", table.key),
        "title": table.title,
        "description": table.note,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields.collect::<Vec<_>>(), "missingValues": [""] },
    })
}

/// A column: its name and type; its unit, or the column that says it; what it holds.
fn field<'a>(
    column: &Column,
    cells: impl Iterator<Item = &'a Cell>,
    currency: &str,
) -> Map<String, Value> {
    let mut said = cells.filter(|cell| **cell != Cell::Empty).peekable();
    let some = said.peek().is_some();
    let date = some && said.all(|cell| matches!(cell, Cell::Date(_)));
    let kind = match column.holds {
        Holds::Words if date => "date",
        Holds::Words => "string",
        Holds::Whole(_) => "integer",
        Holds::Numbers | Holds::In(_) => "number",
    };
    let mut field = Map::new();
    let mut say = |key: &str, value: String| field.insert(key.into(), value.into());
    say("name", column.name.to_string());
    say("type", kind.into());
    match column.unit() {
        "unit" => say("unitColumn", "unit".into()),
        unit if column.is_measured() => say("unit", unit.replace("base currency", currency)),
        _ => None,
    };
    let period = if date {
        "The first day of the period."
    } else {
        ""
    };
    let about = format!("{} {period}", column.about);
    if !about.trim().is_empty() {
        say("description", about.trim().to_owned());
    }
    field
}
