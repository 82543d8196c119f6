//! Markdown: the same tables for a page.

use super::layout::{Style, markdown_safe as escaped};
use super::{Report, brief, summary, views};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::Table;
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// The plan as Markdown.
pub fn markdown(m: &Model, s: &Solution) -> String {
    let m = s.own(m);
    report(&Report {
        model: m,
        solution: s,
        brief: None,
        style: Style::default(),
    })
}

/// A plan as Markdown, its brief first.
pub(super) fn report(report: &Report<'_>) -> String {
    let (m, s) = (report.model, report.solution);
    let mut text = format!("# {}\n\n", escaped(&m.name));
    if let Some(own) = report.brief {
        text.push_str("## In one screen\n\n");
        text.push_str(&brief::body(own));
        text.push_str("## The plan in full\n\n");
    }
    for (name, value) in summary::summary(m, s) {
        writeln!(text, "- **{}**: {}", escaped(&name), escaped(&value)).expect(SAFE);
    }
    for view in views::all(m, s) {
        text.push('\n');
        text.push_str(&section(&view));
    }
    text
}

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
