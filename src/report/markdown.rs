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
    let (title, note) = (escaped(&view.title), escaped(&view.note));
    format!("## {title}\n\n{note}\n\n{}", table(view))
}

fn table(view: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(view.head().map(escaped).collect());
    let columns = view.columns.iter();
    let rule = columns.map(|own| if own.is_number() { "--:" } else { "---" });
    writeln!(text, "|{}|", rule.collect::<Vec<_>>().join("|")).expect(SAFE);
    for row in &view.rows {
        text.push_str(&line(
            row.iter().map(|cell| escaped(&cell.to_string())).collect(),
        ));
    }
    text
}
