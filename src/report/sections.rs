//! A plan as sections: what falls short, who makes what, where it goes, who pays, what it rests on.
//!
//! One subject a file. The page shows them, and so can anything else that draws a [`Picture`].

pub(super) mod builds;
mod coverage;
mod evidence;
mod flows;
mod industry;
mod limits;
mod money;
mod payments;
mod stocks;
mod supply;

use super::page::{Heat, Lines, Mark, Picture, Scale, Section, Series};
use crate::model::{Line, Model};
use crate::solution::Solution;

/// Every section of a plan that has something in it.
pub(super) fn of(m: &Model, s: &Solution) -> Vec<Section> {
    let sections = vec![
        coverage::section(m, s),
        industry::section(m, s),
        builds::section(m, s),
        flows::section(m, s),
        stocks::section(m, s),
        supply::section(m, s),
        money::section(m, s),
        limits::section(m, s),
        evidence::section(m),
    ];
    sections
        .into_iter()
        .filter(|section| !section.is_empty())
        .collect()
}

/// The sections in which plans of several scenarios differ most.
pub(super) fn brief(m: &Model, s: &Solution) -> Vec<Section> {
    let sections = vec![
        coverage::section(m, s),
        builds::section(m, s),
        money::section(m, s),
        limits::section(m, s),
    ];
    sections
        .into_iter()
        .filter(|section| !section.is_empty())
        .collect()
}

/// Money of the price year.
pub(super) fn real(m: &Model) -> String {
    format!("M {} of {}", m.money.base(), m.money.price_year)
}

/// Money of the day.
pub(super) fn nominal(m: &Model) -> String {
    format!("M {} of the day", m.money.base())
}

/// The years by name.
fn years(m: &Model) -> Vec<String> {
    let years = m.calendar.years();
    years
        .map(|y| m.calendar.year_number(y).to_string())
        .collect()
}

/// The periods by name.
fn periods(m: &Model) -> Vec<String> {
    m.calendar.periods().map(|t| m.calendar.label(t)).collect()
}

/// Where a line stands: its country, or its own name where it says none.
fn seat(m: &Model, line: &Line) -> String {
    let country = line.country.map(|country| m.regions[country].name.clone());
    country.unwrap_or_else(|| line.name.clone())
}

/// The weightiest `most` series by name, and one more that adds up the rest.
fn largest(mut series: Vec<(f64, Series)>, most: usize, rest: &str) -> Vec<Series> {
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
fn heat(scale: Scale, columns: Vec<String>, rows: Vec<(String, Vec<Option<f64>>)>) -> Picture {
    let (rows, values) = rows.into_iter().unzip();
    Picture::Heat(Heat {
        rows,
        columns,
        values,
        scale,
    })
}

/// Series by step, as a picture.
fn lines(steps: Vec<String>, series: Vec<Series>) -> Picture {
    Picture::Lines(Lines {
        steps,
        series,
        bands: Vec::new(),
    })
}

/// Stacked bars by year, as a series.
fn bars(name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Series {
    Series::of(name, Mark::Bar, values)
}
