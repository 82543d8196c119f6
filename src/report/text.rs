//! Text for a terminal: tables of at most 100 columns.

use super::view::{self, View};
use crate::model::Model;
use crate::solution::Solution;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};
use std::fmt::Write;

/// The widest a line may be.
const WIDTH: u16 = 100;

/// The plan as text, in tables of at most 100 columns.
pub fn text(m: &Model, s: &Solution) -> String {
    let fault = "writing to a string cannot fail";
    let mut text = format!("{}\n{}\n\n", m.name, "=".repeat(m.name.chars().count()));
    for (name, value) in view::summary(m, s) {
        writeln!(text, "{name:<18} {value}").expect(fault);
    }
    for view in view::all(m, s) {
        text.push('\n');
        text.push_str(&section(&view));
    }
    text
}

/// A table under its heading and note.
pub(super) fn section(view: &View) -> String {
    let rule = "-".repeat(view.title.chars().count());
    let mut text = format!("{}\n{rule}\n", view.title);
    for line in wrapped(&view.note) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&table(view));
    text
}

fn table(view: &View) -> String {
    let mut table = Table::new();
    let style = TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-'));
    table.load_style(style);
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table.set_header(view.head.clone());
    for row in &view.rows {
        table.add_row(row.clone());
    }
    for (n, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if n >= view.words {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A note in lines of at most the width.
fn wrapped(note: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in note.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        if line.chars().count() + word.chars().count() + 1 > usize::from(WIDTH) {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
