//! A grid of shaded cells.

use super::super::page::{Heat, Scale};
use super::canvas::{Canvas, INK, SOFT, WIDTH, short};
use super::scale::shown;
use crate::units::as_number;

/// The height of a row.
const ROW: f64 = 24.0;
/// The room for the names of rows.
const NAMES: f64 = 300.0;

/// Colours from low to high: neither good nor bad.
const PLAIN: [(f64, f64, f64); 6] = [
    (238.0, 243.0, 248.0),
    (196.0, 216.0, 234.0),
    (143.0, 182.0, 217.0),
    (79.0, 139.0, 192.0),
    (27.0, 95.0, 168.0),
    (13.0, 59.0, 110.0),
];
/// Colours from bad to good.
const GOOD: [(f64, f64, f64); 6] = [
    (163.0, 38.0, 45.0),
    (217.0, 105.0, 63.0),
    (243.0, 182.0, 103.0),
    (207.0, 224.0, 180.0),
    (111.0, 183.0, 160.0),
    (31.0, 122.0, 118.0),
];

pub(super) fn draw(heat: &Heat, unit: &str) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let wide = (WIDTH - NAMES - 14.0) / as_number(heat.columns.len().max(1));
    for (n, column) in heat.columns.iter().enumerate() {
        let middle = NAMES + wide * (as_number(n) + 0.5);
        canvas.text(middle, 12.0, &short(column, 18), "middle", 12.0, INK, false);
    }
    let all = heat.values.iter().flatten().flatten();
    let most = if unit == "%" {
        1.0
    } else {
        all.fold(1e-9_f64, |most, &v| most.max(v))
    };
    for (n, (name, row)) in heat.rows.iter().zip(&heat.values).enumerate() {
        let top = 20.0 + ROW * as_number(n);
        canvas.text(
            NAMES - 10.0,
            top + 16.0,
            &short(name, 39),
            "end",
            12.0,
            INK,
            false,
        );
        for (k, value) in row.iter().enumerate() {
            let left = NAMES + wide * as_number(k);
            let middle = (left + wide / 2.0, top + 16.0);
            let Some(value) = *value else {
                canvas.text(middle.0, middle.1, "–", "middle", 12.0, SOFT, false);
                continue;
            };
            let (colour, light) = colour(heat.scale, value / most);
            canvas.rect((left, top), (wide - 1.5, ROW - 1.5), &colour, 1.0);
            let ink = if light { "#10151c" } else { "#ffffff" };
            canvas.text(
                middle.0,
                middle.1,
                &shown(value, unit),
                "middle",
                12.0,
                ink,
                false,
            );
        }
    }
    (30.0 + ROW * as_number(heat.rows.len()), canvas)
}

/// The colour of a share, and whether it is light.
fn colour(scale: Scale, share: f64) -> (String, bool) {
    let (scale, share) = match scale {
        Scale::Plain => (PLAIN, share),
        Scale::Good => (GOOD, share),
        Scale::Bad => (GOOD, 1.0 - share),
    };
    let at = share.clamp(0.0, 1.0) * 5.0;
    let mut low = 0;
    while low < 4 && as_number(low + 1) <= at {
        low += 1;
    }
    let (a, b, part) = (scale[low], scale[low + 1], at - as_number(low));
    let mix = |a: f64, b: f64| (a + (b - a) * part).round();
    let (red, green, blue) = (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2));
    let linear = |c: f64| (c / 255.0).powf(2.2);
    let light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) > 0.18;
    (format!("rgb({red},{green},{blue})"), light)
}
