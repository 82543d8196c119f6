//! The plan's tables as plain HTML, for readers whose viewer runs no script.

use super::super::view::{self, View};
use super::{Case, escaped};
use crate::model::Model;
use crate::solution::Solution;

/// Every table of a plan.
pub(super) fn plan(m: &Model, s: &Solution) -> String {
    view::all(m, s).iter().map(table).collect()
}

/// The first tables of one of several plans.
pub(super) fn case(case: &Case<'_>) -> String {
    let views = view::all(case.model, case.solution);
    let tables: String = views.iter().take(2).map(table).collect();
    format!("<h2>{}</h2>\n{tables}", escaped(case.name))
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
