//! The plan's tables as plain HTML, for readers whose viewer runs no script.

use super::super::page::Section;
use super::super::views;
use super::Case;
use super::escape::escaped;
use crate::analysis::brief::{Passage, Span};
use crate::model::Model;
use crate::solution::Solution;
use crate::table::{Cell, Table};

/// The paragraphs of a brief.
pub(super) fn brief(all: &[Passage]) -> String {
    let paragraph = |told: &Passage| {
        let lines = told.lines.iter();
        let lines = lines.map(|line| {
            let words = line.iter().map(|Span { text, .. }| escaped(text));
            format!("<li>{}</li>\n", words.collect::<String>())
        });
        let lines: String = lines.collect();
        format!("<h3>{}</h3>\n<ul>\n{lines}</ul>\n", told.heading)
    };
    all.iter().map(paragraph).collect()
}

/// Every table of a plan.
pub(super) fn plan(m: &Model, s: &Solution) -> String {
    views::all(m, s).iter().map(table).collect()
}

/// The first tables of one of several plans.
pub(super) fn case(case: &Case<'_>) -> String {
    let views = views::all(case.model, case.solution);
    let tables: String = views.iter().take(2).map(table).collect();
    format!("<h2>{}</h2>\n{tables}", escaped(case.name))
}

/// The words and tables of a section.
pub(super) fn section(section: &Section) -> String {
    let words = section.text.iter();
    let words = words.map(|text| format!("<p>{}</p>\n", escaped(text)));
    let heading = format!("<h2>{}</h2>\n", escaped(&section.title));
    let tables = section.tables.iter().map(grid);
    let parts = [heading].into_iter().chain(words).chain(tables);
    parts.collect()
}

/// A table under its heading and note.
fn table(table: &Table) -> String {
    format!(
        "<h3>{}</h3>\n<p>{}</p>\n{}",
        escaped(&table.title),
        escaped(&table.note),
        grid(table)
    )
}

/// The head and rows of a table.
fn grid(table: &Table) -> String {
    let line = |tag: &str, cells: Vec<String>| -> String {
        let cells = cells.iter().zip(&table.columns).map(|(cell, column)| {
            let class = if column.is_number() {
                " class=\"number\""
            } else {
                ""
            };
            format!("<{tag}{class}>{}</{tag}>", escaped(cell))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let head = line("th", table.head().map(str::to_owned).collect());
    let rows = table.rows.iter();
    let rows = rows.map(|row| line("td", row.iter().map(Cell::to_string).collect()));
    let rows: String = rows.collect();
    format!("<table>\n<thead>{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}
