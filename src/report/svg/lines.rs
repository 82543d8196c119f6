//! Lines, areas, steps, bars and bands by step; curves.

use super::super::number::quantity;
use super::super::page::{Curve, Lines, Mark, Series};
use super::canvas::{Canvas, INK, MARK, RULE, SERIES, SOFT, WIDTH};
use super::scale::{shown, ticks};
use crate::units::as_number;

/// Where the axes stand.
const LEFT: f64 = 84.0;
const RIGHT: f64 = 16.0;
const HEIGHT: f64 = 300.0;

/// The plane of a picture: from values to places.
struct Plane {
    top: f64,
    most: f64,
    steps: f64,
}

impl Plane {
    fn y(&self, value: f64) -> f64 {
        self.top + HEIGHT * (1.0 - value / self.most)
    }

    fn wide(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.steps
    }

    fn middle(&self, step: usize) -> f64 {
        LEFT + self.wide() * (as_number(step) + 0.5)
    }

    /// Lines across at round values, with the values.
    fn grid(&self, canvas: &mut Canvas, ticks: &[f64], unit: &str) {
        for &tick in ticks {
            let y = self.y(tick);
            canvas.line(&[(LEFT, y), (WIDTH - RIGHT, y)], RULE, 1.0, false);
            canvas.text(
                LEFT - 8.0,
                y + 4.0,
                &shown(tick, unit),
                "end",
                11.0,
                SOFT,
                false,
            );
        }
    }
}

pub(super) fn draw(lines: &Lines, unit: &str) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let colours: Vec<&str> = lines
        .series
        .iter()
        .enumerate()
        .map(|(n, one)| colour(n, one))
        .collect();
    let bands = lines
        .bands
        .iter()
        .map(|band| (band.name.as_str(), "#a4bfdc"));
    let series = lines
        .series
        .iter()
        .map(|one| one.name.as_str())
        .zip(colours.iter().copied());
    let top = canvas.legend(&bands.chain(series).collect::<Vec<_>>()) + 10.0;
    let ticks = ticks(most(lines));
    let plane = Plane {
        top,
        most: ticks.last().copied().unwrap_or(1.0),
        steps: as_number(lines.steps.len().max(1)),
    };
    plane.grid(&mut canvas, &ticks, unit);
    for band in &lines.bands {
        let upper = band
            .high
            .iter()
            .enumerate()
            .map(|(k, &value)| (plane.middle(k), plane.y(value)));
        let lower = band
            .low
            .iter()
            .enumerate()
            .map(|(k, &value)| (plane.middle(k), plane.y(value)));
        let edge: Vec<_> = upper.chain(lower.rev()).collect();
        canvas.area(&edge, SERIES[0], 0.2);
    }
    let mut under = (vec![0.0; lines.steps.len()], vec![0.0; lines.steps.len()]);
    for (one, colour) in lines.series.iter().zip(colours) {
        match one.mark {
            Mark::Bar => stacked(&mut canvas, &plane, one, colour, &mut under.0),
            Mark::Area => area(&mut canvas, &plane, one, colour, &mut under.1),
            Mark::Line => runs(&mut canvas, &plane, one, colour, false),
            Mark::Step | Mark::Limit => runs(&mut canvas, &plane, one, colour, true),
        }
    }
    let every = lines.steps.len().div_ceil(12);
    for (k, step) in lines
        .steps
        .iter()
        .enumerate()
        .filter(|(k, _)| k % every.max(1) == 0)
    {
        canvas.text(
            plane.middle(k),
            top + HEIGHT + 18.0,
            step,
            "middle",
            12.0,
            INK,
            false,
        );
    }
    (top + HEIGHT + 32.0, canvas)
}

fn colour(n: usize, one: &Series) -> &'static str {
    match one.mark {
        Mark::Step => INK,
        Mark::Limit => MARK,
        _ => SERIES[n % SERIES.len()],
    }
}

/// The highest value that is drawn, stacks added up.
fn most(lines: &Lines) -> f64 {
    let at = |k: usize| {
        let of = |mark: Mark| {
            let own = lines.series.iter().filter(move |one| one.mark == mark);
            own.filter_map(move |one| one.values.get(k).copied().flatten())
        };
        let single = [Mark::Line, Mark::Step, Mark::Limit];
        let single = single.into_iter().flat_map(of).fold(0.0_f64, f64::max);
        let bands = lines.bands.iter().filter_map(|band| band.high.get(k));
        let bands = bands.fold(0.0_f64, |most, &high| most.max(high));
        single
            .max(bands)
            .max(of(Mark::Bar).sum())
            .max(of(Mark::Area).sum())
    };
    (0..lines.steps.len()).map(at).fold(0.0, f64::max)
}

fn stacked(canvas: &mut Canvas, plane: &Plane, one: &Series, colour: &str, under: &mut [f64]) {
    let wide = (plane.wide() * 0.66).min(52.0);
    for (k, value) in one.values.iter().enumerate() {
        let value = value.unwrap_or(0.0);
        if value > 0.0 {
            let y = plane.y(under[k] + value);
            let high = plane.y(under[k]) - y;
            canvas.rect((plane.middle(k) - wide / 2.0, y), (wide, high), colour, 1.0);
            under[k] += value;
        }
    }
}

fn area(canvas: &mut Canvas, plane: &Plane, one: &Series, colour: &str, under: &mut [f64]) {
    let mut edge = Vec::new();
    let mut base = Vec::new();
    for (k, value) in one.values.iter().enumerate() {
        base.push((plane.middle(k), plane.y(under[k])));
        under[k] += value.unwrap_or(0.0);
        edge.push((plane.middle(k), plane.y(under[k])));
    }
    canvas.line(&edge, colour, 2.0, false);
    edge.extend(base.into_iter().rev());
    canvas.area(&edge, colour, 0.35);
}

/// A line, broken where a value is missing.
fn runs(canvas: &mut Canvas, plane: &Plane, one: &Series, colour: &str, stepped: bool) {
    let mut run: Vec<(f64, f64)> = Vec::new();
    for k in 0..=one.values.len() {
        match one.values.get(k).copied().flatten() {
            Some(value) if stepped => {
                let (x, half) = (plane.middle(k), plane.wide() / 2.0);
                run.extend([(x - half, plane.y(value)), (x + half, plane.y(value))]);
            }
            Some(value) => run.push((plane.middle(k), plane.y(value))),
            None => {
                if !run.is_empty() {
                    canvas.line(&run, colour, 2.2, one.mark == Mark::Limit);
                }
                run.clear();
            }
        }
    }
}

pub(super) fn curve(curve: &Curve, unit: &str) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let top = 10.0;
    let highest = curve
        .points
        .iter()
        .fold(0.0_f64, |most, point| most.max(point.y));
    let up = ticks(highest);
    let plane = Plane {
        top,
        most: up.last().copied().unwrap_or(1.0),
        steps: 1.0,
    };
    plane.grid(&mut canvas, &up, unit);
    let (first, last) = match (curve.points.first(), curve.points.last()) {
        (Some(first), Some(last)) if last.x > first.x => (first.x, last.x),
        _ => (0.0, 1.0),
    };
    let x = |value: f64| LEFT + (WIDTH - LEFT - RIGHT) * (value - first) / (last - first);
    let points: Vec<_> = curve
        .points
        .iter()
        .map(|point| (x(point.x), plane.y(point.y)))
        .collect();
    canvas.line(&points, SERIES[0], 2.4, false);
    for (px, py) in &points {
        canvas.rect((px - 3.0, py - 3.0), (6.0, 6.0), SERIES[0], 1.0);
    }
    if let Some(marker) = curve.marker.filter(|m| (first..=last).contains(m)) {
        let ends = [(x(marker), plane.y(0.0)), (x(marker), top)];
        canvas.line(&ends, MARK, 1.5, true);
    }
    for n in 0..=5_u32 {
        let value = first + (last - first) * f64::from(n) / 5.0;
        let anchor = if n == 5 { "end" } else { "middle" };
        canvas.text(
            x(value),
            top + HEIGHT + 18.0,
            &quantity(value),
            anchor,
            11.0,
            SOFT,
            false,
        );
    }
    canvas.text(
        WIDTH / 2.0,
        top + HEIGHT + 40.0,
        &curve.across,
        "middle",
        12.0,
        INK,
        false,
    );
    (top + HEIGHT + 52.0, canvas)
}
