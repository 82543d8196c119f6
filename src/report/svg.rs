//! SVG pictures of charts, for papers and slides: drawn here, without a browser.
//!
//! Flows, which need a layout of their own, are drawn by the page alone.

mod bars;
mod canvas;
mod heat;
mod lines;
mod time;
mod tree;

use super::number::{quantity, share};
use super::page::{Chart, Picture, Section, View, slug};
use super::{File, sections};
use crate::model::Model;
use crate::solution::Solution;
use crate::units::as_number;

use canvas::{Canvas, INK, SOFT, WIDTH};

/// Every chart of a plan that can be drawn, in its first view, as a file each.
pub fn plots(m: &Model, s: &Solution) -> Vec<File> {
    plots_of(&sections::of(m, s))
}

/// Every chart of some sections that can be drawn, in its first view, as a file each.
pub fn plots_of(sections: &[Section]) -> Vec<File> {
    let charts = sections.iter().flat_map(|section| &section.charts);
    let drawn = charts.filter_map(|chart| {
        let text = svg(chart, chart.views.first()?)?;
        let name = format!("{}.svg", slug(&chart.title));
        Some(File::new(name, text))
    });
    drawn.collect()
}

/// A view of a chart as an SVG picture, 900 wide; `None` for a flow.
pub fn svg(chart: &Chart, view: &View) -> Option<String> {
    let unit = view.unit.as_deref().unwrap_or(&chart.unit);
    let (height, body) = match &view.picture {
        Picture::Heat(heat) => heat::draw(heat, unit),
        Picture::Lines(lines) => lines::draw(lines, unit),
        Picture::Curve(curve) => lines::curve(curve, unit),
        Picture::Bars(bars) => bars::draw(bars, unit),
        Picture::Tornado(tornado) => bars::tornado(tornado, unit),
        Picture::Gantt(gantt) => time::draw(gantt),
        Picture::Tree(tree) => tree::draw(tree, unit),
        Picture::Flow(_) => return None,
    };
    let heading = if view.name.is_empty() {
        chart.title.clone()
    } else {
        format!("{}: {}", chart.title, view.name)
    };
    let mut canvas = Canvas::default();
    canvas.text(
        14.0,
        28.0,
        &canvas::short(&heading, 70),
        "start",
        19.0,
        INK,
        true,
    );
    let unit = if unit == "%" { "percent" } else { unit };
    canvas.text(14.0, 48.0, unit, "start", 13.0, SOFT, false);
    canvas.group(0.0, HEAD, &body);
    Some(canvas.finish(WIDTH, HEAD + height, &heading))
}

/// The room for the heading.
const HEAD: f64 = 62.0;

/// A value in a unit, `%` being shares.
fn shown(value: f64, unit: &str) -> String {
    if unit == "%" {
        share(value)
    } else {
        quantity(value)
    }
}

/// Round values from nothing to at least `most`, about five of them.
fn ticks(most: f64) -> Vec<f64> {
    if most <= 0.0 || !most.is_finite() {
        return vec![0.0, 1.0];
    }
    let size = 10_f64.powf((most / 5.0).log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * size);
    let step = step
        .into_iter()
        .find(|step| step * 5.0 >= most)
        .unwrap_or(10.0 * size);
    let mut ticks = vec![0.0];
    while ticks.last().is_some_and(|&last| last < most - 1e-9 * most) {
        ticks.push(step * as_number(ticks.len()));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(ticks(95.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(2.5), [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
    }
}
