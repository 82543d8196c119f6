//! Maps: land, what goes from one place to another, places.

use super::super::page::Map;
use super::canvas::{Canvas, INK, RULE, SERIES, WIDTH, short};
use super::scale::shown;

/// How many names are written: those of the places with most.
const NAMED: usize = 18;
/// The widest flow.
const WIDEST: f64 = 12.0;
/// The largest place.
const LARGEST: f64 = 14.0;

pub(super) fn draw(map: &Map, unit: &str) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let top = canvas.legend(&[("sends", SERIES[0]), ("gets", SERIES[1])]);
    let [width, height] = map.size.map(f64::from);
    let scale = WIDTH / width.max(1.0);
    let on = |right: i32, down: i32| (scale * f64::from(right), top + scale * f64::from(down));
    for outline in &map.outlines {
        let corners = outline.chunks_exact(2).map(|at| on(at[0], at[1]));
        let corners: Vec<_> = corners.collect();
        canvas.area(&corners, "#f1efe8", 1.0);
        canvas.line(&corners, RULE, 1.0, false);
    }
    let most = map.links.iter().map(|link| link.value).fold(1e-9, f64::max);
    for link in map.links.iter().take(map.drawn) {
        let [from, to] = [link.from, link.to].map(|n| {
            let [right, down] = map.places[n].at;
            on(right, down)
        });
        let width = (WIDEST * link.value / most).max(0.6);
        canvas.line(&bent(from, to), SERIES[0], width, false);
    }
    let size = |value: f64| value.max(0.0).sqrt();
    let largest = map
        .places
        .iter()
        .map(|place| size(place.sends.max(place.arrives)))
        .fold(1e-9, f64::max);
    for place in &map.places {
        let at = on(place.at[0], place.at[1]);
        for (value, colour) in [(place.arrives, SERIES[1]), (place.sends, SERIES[0])] {
            let radius = LARGEST * size(value) / largest;
            if radius > 0.5 {
                canvas.area(&round(at, radius), colour, 0.75);
            }
        }
    }
    let mut named: Vec<_> = map.places.iter().collect();
    named.sort_by(|a, b| (b.sends + b.arrives).total_cmp(&(a.sends + a.arrives)));
    for place in named.into_iter().take(NAMED) {
        let (x, y) = on(place.at[0], place.at[1]);
        let words = if place.sends > place.arrives {
            format!("{} {}", place.name, shown(place.sends, unit))
        } else {
            place.name.clone()
        };
        let right = x > WIDTH - 170.0;
        let (x, anchor) = if right {
            (x - 8.0, "end")
        } else {
            (x + 8.0, "start")
        };
        canvas.text(x, y - 6.0, &short(&words, 28), anchor, 11.0, INK, false);
    }
    (top + scale * height + 10.0, canvas)
}

/// A way from one point to another, a little to one side, so that ways there and back are two.
fn bent(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let side = (from.0 + dx / 2.0 - dy * 0.15, from.1 + dy / 2.0 + dx * 0.15);
    let at = |part: f64| {
        let rest = 1.0 - part;
        let along =
            |a: f64, b: f64, c: f64| rest * rest * a + 2.0 * rest * part * b + part * part * c;
        (along(from.0, side.0, to.0), along(from.1, side.1, to.1))
    };
    (0..=12).map(|n| at(f64::from(n) / 12.0)).collect()
}

/// The corners of a disc.
fn round((x, y): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    let corner = |n: i32| {
        let angle = f64::from(n) * std::f64::consts::TAU / 20.0;
        (x + radius * angle.cos(), y + radius * angle.sin())
    };
    (0..20).map(corner).collect()
}
