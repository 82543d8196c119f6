//! Tables as Markdown: a heading, a note, and cells between pipes.

use super::layout::markdown_safe as escaped;
use crate::table::Table;
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// A table under its heading and note.
pub(super) fn section(view: &Table) -> String {
    under_heading(view, |_| 3)
}

/// The same, its rules as long as what stands in its columns, within bounds: readers that divide a page by them give each
/// column the room that it needs.
pub(super) fn wide(view: &Table) -> String {
    under_heading(view, |n| {
        let cells = view.rows.iter().map(|row| row[n].to_string());
        let longest = cells.map(|cell| cell.chars().count()).max();
        longest.unwrap_or(0).clamp(6, 36)
    })
}

fn under_heading(view: &Table, dashes: impl Fn(usize) -> usize) -> String {
    let (title, note) = (escaped(&view.title), escaped(&view.note));
    format!("## {title}\n\n{note}\n\n{}", table(view, dashes))
}

fn table(view: &Table, dashes: impl Fn(usize) -> usize) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(view.head().map(escaped).collect());
    let columns = view.columns.iter().enumerate();
    let rule = columns.map(|(n, own)| {
        let end = if own.is_number() { ":" } else { "-" };
        format!("{}{end}", "-".repeat(dashes(n) - 1))
    });
    writeln!(text, "|{}|", rule.collect::<Vec<_>>().join("|")).expect(SAFE);
    for row in &view.rows {
        text.push_str(&line(
            row.iter().map(|cell| escaped(&cell.to_string())).collect(),
        ));
    }
    text
}
