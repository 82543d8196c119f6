//! What sections share: units, steps, and series as pictures.

use super::super::page::{Heat, Lines, Mark, Picture, Scale, Series};
use crate::model::{Line, Model};

/// Money of the price year.
pub(in crate::report) fn real(m: &Model) -> String {
    format!("M {} of {}", m.money.base(), m.money.price_year)
}

/// Money of the day.
pub(in crate::report) fn nominal(m: &Model) -> String {
    format!("M {} of the day", m.money.base())
}

/// The years by name.
pub(super) fn years(m: &Model) -> Vec<String> {
    let years = m.calendar.years();
    years
        .map(|y| m.calendar.year_number(y).to_string())
        .collect()
}

/// The periods by name.
pub(super) fn periods(m: &Model) -> Vec<String> {
    m.calendar.periods().map(|t| m.calendar.label(t)).collect()
}

/// Where a line stands: its country, or its own name where it says none.
pub(super) fn seat(m: &Model, line: &Line) -> String {
    let country = line.country.map(|country| m.regions[country].name.clone());
    country.unwrap_or_else(|| line.name.clone())
}

/// The weightiest `most` series by name, and one more that adds up the rest.
pub(super) fn largest(mut series: Vec<(f64, Series)>, most: usize, rest: &str) -> Vec<Series> {
    series.retain(|(_, one)| one.has_something());
    series.sort_by(|a, b| b.0.total_cmp(&a.0));
    let others = series.split_off(series.len().min(most));
    let mut series: Vec<_> = series.into_iter().map(|(_, one)| one).collect();
    if let Some((_, first)) = others.first() {
        let sum = |n: usize| others.iter().filter_map(|(_, one)| one.values[n]).sum();
        let values = (0..first.values.len()).map(sum);
        let name = format!("{} {rest}", others.len());
        series.push(Series::of(name, first.mark, values));
    }
    series
}

/// Rows of a grid with their names, as a picture.
pub(super) fn heat(
    scale: Scale,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Option<f64>>)>,
) -> Picture {
    let (rows, values) = rows.into_iter().unzip();
    Picture::Heat(Heat {
        rows,
        columns,
        values,
        scale,
    })
}

/// Series by step, as a picture.
pub(super) fn lines(steps: Vec<String>, series: Vec<Series>) -> Picture {
    Picture::Lines(Lines {
        steps,
        series,
        bands: Vec::new(),
    })
}

/// Stacked bars by year, as a series.
pub(super) fn bars(name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Series {
    Series::of(name, Mark::Bar, values)
}
