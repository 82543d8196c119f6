//! What analyses show on a page and in pictures: their tables, with charts where they say more.
//!
//! One analysis a file. Each of its tables becomes a section; a chart stands in the section of the table
//! whose numbers it draws.

mod alternatives;
mod bottleneck;
mod compare;
mod deadline;
mod dependence;
mod disruption;
mod frontier;
mod funding;
mod futures;
mod investments;
mod monte_carlo;
mod outlook;
mod rolling;
mod sensitivity;
mod sweep;

use super::page::{self, Bars, Chart, Heat, Lines, Mark, Picture, Scale, Section, Series};
use super::{html, tables};
use crate::analysis::Findings;
use crate::analysis::explain::Explanation;
use crate::analysis::infeasible::Clashes;
use crate::model::Model;
use crate::table::{Cell, Table};

/// A chart, and the key of the table whose section it stands in.
pub type Placed = (&'static str, Chart);

/// What an analysis found, to be looked at.
///
/// An analysis without charts of its own has a page of its tables: an empty `impl` will do.
///
/// ```
/// # use sinews::{analysis::{Work, investments::investments}, report::Illustrated};
/// let model = sinews::read("models/shells.toml")?;
/// let found = investments(&model, &[0.5, 1.0], &Default::default(), &Work::default())?;
/// let sections = found.sections(&model);
/// assert_eq!(sections[0].title, "Expansion options, the most valuable first");
/// assert_eq!(sections[0].charts.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Illustrated: Findings {
    /// Its charts for a model, each with the key of the table that it belongs to.
    fn charts(&self, _model: &Model) -> Vec<Placed> {
        Vec::new()
    }

    /// A section for each of its tables.
    fn sections(&self, model: &Model) -> Vec<Section> {
        let mut charts = self.charts(model);
        let sections = self.tables().into_iter().map(|table| {
            let (own, others) = charts.drain(..).partition(|(key, _)| *key == table.key);
            charts = others;
            let charts: Vec<Placed> = own;
            let mut section = Section::new(table.title.clone());
            if !table.note.is_empty() {
                section = section.say(table.note.clone());
            }
            let section = charts.into_iter().fold(section, |s, (_, c)| s.chart(c));
            section.table(on_page(&table, model.money.base()))
        });
        sections.collect()
    }

    /// Its page: one HTML file that needs nothing else.
    fn page(&self, model: &Model) -> String {
        html::analysis(model, &self.sections(model))
    }
}

impl Illustrated for Explanation {}
impl Illustrated for Clashes {}

/// A table as the page shows it: shares in percent, money in millions, each where a whole column holds it.
fn on_page(table: &Table, currency: &str) -> page::Table {
    let holds = |n: usize, wanted: fn(&Cell) -> bool| {
        let mut cells = table.rows.iter().map(|row| &row[n]);
        cells.all(|cell| wanted(cell) || matches!(cell, Cell::Empty))
    };
    let heads = table.head.iter().enumerate();
    let kinds: Vec<(String, Shown)> = heads
        .map(|(n, head)| {
            if n < table.words {
                (head.clone(), Shown::AsRead)
            } else if holds(n, |cell| matches!(cell, Cell::Share(_))) {
                (format!("{head} (%)"), Shown::Times(100.0))
            } else if holds(n, |cell| matches!(cell, Cell::Money(_))) {
                (format!("{head} (M {currency})"), Shown::Times(1e-6))
            } else if holds(n, |cell| matches!(cell, Cell::Price(_))) {
                (format!("{head} ({currency}/unit)"), Shown::Times(1.0))
            } else if holds(n, |cell| {
                matches!(cell, Cell::Quantity(_) | Cell::Decimals(..))
            }) {
                let unit = table.unit_of(head).map(|unit| format!(" ({unit})"));
                (
                    format!("{head}{}", unit.unwrap_or_default()),
                    Shown::Times(1.0),
                )
            } else {
                (head.clone(), Shown::AsRead)
            }
        })
        .collect();
    let cell = |cell: &Cell, shown: Shown| match (shown, cell.number()) {
        (Shown::Times(factor), Some(number)) => page::Cell::Number(factor * number),
        _ => page::Cell::Text(tables::cell(cell)),
    };
    page::Table {
        title: "In figures".into(),
        head: kinds.iter().map(|(head, _)| head.clone()).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().zip(&kinds).map(|(c, k)| cell(c, k.1)).collect())
            .collect(),
    }
}

/// How the cells of a column are shown.
#[derive(Clone, Copy)]
enum Shown {
    /// As text and Markdown write them: words, dates, numbers of several kinds in one column.
    AsRead,
    /// As numbers, so many times as large.
    Times(f64),
}

/// How many bars a chart shows.
const BARS: usize = 20;

/// Bars that lie on their side, beside one another.
fn across(categories: Vec<String>, details: Vec<String>, series: Vec<Series>) -> Picture {
    Picture::Bars(Bars {
        categories,
        details,
        series,
        stacked: false,
        across: true,
    })
}

/// One bar a category.
fn series(name: &str, values: impl IntoIterator<Item = f64>) -> Series {
    Series::of(name, Mark::Bar, values)
}

/// Lines by step.
fn lines(steps: Vec<String>, series: Vec<Series>) -> Picture {
    Picture::Lines(Lines {
        steps,
        series,
        bands: Vec::new(),
    })
}

/// The table with a key as a grid: its first column of words names the rows.
fn grid(tables: &[Table], key: &str, scale: Scale) -> Option<Picture> {
    let table = tables.iter().find(|table| table.key == key)?;
    let name = |row: &Vec<Cell>| row.first().map(tables::cell).unwrap_or_default();
    let values = |row: &Vec<Cell>| row[table.words..].iter().map(Cell::number).collect();
    Some(Picture::Heat(Heat {
        rows: table.rows.iter().map(name).collect(),
        columns: table.head[table.words..].to_vec(),
        values: table.rows.iter().map(values).collect(),
        scale,
    }))
}

/// Money in millions.
fn millions(value: f64) -> f64 {
    value / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_one_kind_is_a_column_of_numbers() {
        let mut table =
            Table::new("t", "Title", "M EUR", &["name"]).columns(["share", "money", "both"]);
        let row = [Cell::Share(0.25), Cell::Money(2.5e6), Cell::Share(0.5)];
        table.push([Cell::from("a")].into_iter().chain(row).collect());
        let row = [Cell::Empty, Cell::Money(1e6), Cell::Money(3e6)];
        table.push([Cell::from("b")].into_iter().chain(row).collect());
        let shown = on_page(&table, "EUR");
        assert_eq!(shown.head, ["name", "share (%)", "money (M EUR)", "both"]);
        let text = |text: &str| page::Cell::Text(text.into());
        let number = page::Cell::Number;
        assert_eq!(
            shown.rows,
            [
                vec![text("a"), number(25.0), number(2.5), text("50 %")],
                vec![text("b"), text("–"), number(1.0), text("3")]
            ]
        );
    }
}
