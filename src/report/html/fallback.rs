//! The plan's tables as plain HTML, for readers whose viewer runs no script.

use super::super::number::quantity;
use super::super::page::{Cell, Section};
use super::super::view::View;
use super::super::views;
use super::escape::escaped;
use super::{Case, Told};
use crate::model::Model;
use crate::solution::Solution;

/// The paragraphs of a brief.
pub(super) fn brief(all: &[Told]) -> String {
    let paragraph = |told: &Told| {
        let lines = told.lines.iter();
        let lines = lines.map(|line| format!("<li>{}</li>\n", escaped(line)));
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
    let tables = section.tables.iter().map(|table| {
        let cells = |tag: &str, cells: Vec<String>| {
            let cells = cells
                .iter()
                .map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        let shown = |cell: &Cell| match cell {
            Cell::Text(text) | Cell::Link { text, .. } => text.clone(),
            Cell::Number(number) => quantity(*number),
        };
        let rows = table.rows.iter();
        let rows = rows.map(|row| cells("td", row.iter().map(shown).collect()));
        let head = cells("th", table.head.clone());
        format!("<table>\n{head}{}</table>\n", rows.collect::<String>())
    });
    let parts = [heading].into_iter().chain(words).chain(tables);
    parts.collect()
}

fn table(view: &View) -> String {
    let cells = |tag: &str, cells: &[String]| -> String {
        let cells = cells.iter().enumerate().map(|(n, cell)| {
            let class = if n < view.words {
                ""
            } else {
                " class=\"number\""
            };
            format!("<{tag}{class}>{}</{tag}>", escaped(cell))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = view.rows.iter().map(|row| cells("td", row)).collect();
    format!(
        "<h3>{}</h3>\n<p>{}</p>\n<table>\n<thead>{}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        escaped(&view.title),
        escaped(&view.note),
        cells("th", &view.head)
    )
}
