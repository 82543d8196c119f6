//! SVG pictures of charts, for papers and slides: drawn here, without a browser.
//!
//! Flows, which need a layout of their own, are drawn by the page alone.

mod bars;
mod canvas;
mod heat;
mod lines;
mod map;
mod scale;
mod time;
mod tree;

use super::page::{Chart, Picture, Section, View, slug};
use super::{File, sections};
use crate::model::Model;
use crate::solution::Solution;

use canvas::{Canvas, INK, SOFT, WIDTH};

/// Every chart of a plan that can be drawn, in its first view, as a file each.
pub fn plots(m: &Model, s: &Solution) -> Vec<File> {
    let m = s.own(m);
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
        Picture::Map(map) => map::draw(map, unit),
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
