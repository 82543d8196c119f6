//! Markdown: the same tables for a page.

use super::layout::{Style, markdown_safe as escaped};
use super::pipe_table::section;
use super::{Report, brief, summary, views};
use crate::model::Model;
use crate::solution::Solution;
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
