//! What charts of analyses share: bars, lines and grids from numbers and tables.

use super::super::page::{Bars, Heat, Lines, Mark, Picture, Scale, Series};
use crate::table::{Cell, Table};

/// How many bars a chart shows.
pub(super) const BARS: usize = 20;

/// Bars that lie on their side, beside one another.
pub(super) fn across(
    categories: Vec<String>,
    details: Vec<String>,
    series: Vec<Series>,
) -> Picture {
    Picture::Bars(Bars {
        categories,
        details,
        series,
        stacked: false,
        across: true,
    })
}

/// One bar a category.
pub(super) fn series(name: &str, values: impl IntoIterator<Item = f64>) -> Series {
    Series::of(name, Mark::Bar, values)
}

/// Lines by step.
pub(super) fn lines(steps: Vec<String>, series: Vec<Series>) -> Picture {
    Picture::Lines(Lines {
        steps,
        series,
        bands: Vec::new(),
    })
}

/// The table with a key as a grid: its first column of words names the rows.
pub(super) fn grid(tables: &[Table], key: &str, scale: Scale) -> Option<Picture> {
    let table = tables.iter().find(|table| table.key == key)?;
    let name = |row: &Vec<Cell>| row.first().map(Cell::to_string).unwrap_or_default();
    let words = table.words();
    let values = |row: &Vec<Cell>| row[words..].iter().map(Cell::number).collect();
    Some(Picture::Heat(Heat {
        rows: table.rows.iter().map(name).collect(),
        columns: table.head().skip(words).map(str::to_owned).collect(),
        values: table.rows.iter().map(values).collect(),
        scale,
    }))
}

/// Money in millions.
pub(super) fn millions(value: f64) -> f64 {
    value / 1e6
}
