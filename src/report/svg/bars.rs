//! Bars by category, on their side; tornados.

use super::super::page::{Bars, Tornado};
use super::canvas::{Canvas, INK, RULE, SERIES, SOFT, WIDTH, short};
use super::scale::{shown, ticks};
use crate::units::as_number;

/// The room for the names of categories.
const NAMES: f64 = 300.0;
/// The room for the totals at the end of bars.
const ENDS: f64 = 80.0;

pub(super) fn draw(bars: &Bars, unit: &str) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let names: Vec<_> = bars
        .series
        .iter()
        .enumerate()
        .map(|(n, one)| (one.name.as_str(), SERIES[n % 12]))
        .collect();
    let top = canvas.legend(&names) + 4.0;
    let value = |n: usize, k: usize| {
        bars.series[n]
            .values
            .get(k)
            .copied()
            .flatten()
            .unwrap_or(0.0)
    };
    let total = |k: usize| (0..bars.series.len()).map(|n| value(n, k)).sum::<f64>();
    let highest = |k: usize| {
        (0..bars.series.len())
            .map(|n| value(n, k))
            .fold(0.0, f64::max)
    };
    let reach = |k: usize| if bars.stacked { total(k) } else { highest(k) };
    let most = (0..bars.categories.len()).map(reach).fold(1e-9, f64::max);
    let across = ticks(most);
    let end = across.last().copied().unwrap_or(1.0);
    let x = |value: f64| NAMES + (WIDTH - NAMES - ENDS) * value / end;
    let each = if bars.stacked {
        1
    } else {
        bars.series.len().max(1)
    };
    let row = 10.0 + 16.0 * as_number(each);
    let height = row * as_number(bars.categories.len());
    for &tick in &across {
        canvas.line(&[(x(tick), top), (x(tick), top + height)], RULE, 1.0, false);
        canvas.text(
            x(tick),
            top + height + 16.0,
            &shown(tick, unit),
            "middle",
            11.0,
            SOFT,
            false,
        );
    }
    for (k, name) in bars.categories.iter().enumerate() {
        let y = top + row * as_number(k) + 5.0;
        canvas.text(
            NAMES - 10.0,
            y + row / 2.0 - 1.0,
            &short(name, 39),
            "end",
            12.0,
            INK,
            false,
        );
        let mut from = 0.0;
        for n in 0..bars.series.len() {
            let (value, colour) = (value(n, k), SERIES[n % 12]);
            if bars.stacked {
                canvas.rect((x(from), y), (x(from + value) - x(from), 16.0), colour, 1.0);
                from += value;
            } else {
                let y = y + 16.0 * as_number(n);
                canvas.rect((x(0.0), y), (x(value) - x(0.0), 14.0), colour, 1.0);
                let said = match bars.series[n].values.get(k) {
                    Some(Some(value)) => shown(*value, unit),
                    _ => "–".into(),
                };
                canvas.text(x(value) + 6.0, y + 12.0, &said, "start", 11.0, INK, false);
            }
        }
        if bars.stacked {
            canvas.text(
                x(from) + 6.0,
                y + 12.0,
                &shown(from, unit),
                "start",
                12.0,
                INK,
                false,
            );
        }
    }
    (top + height + 28.0, canvas)
}

pub(super) fn tornado(tornado: &Tornado, unit: &str) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let names = [
        ("input at its low end", SERIES[0]),
        ("input at its high end", SERIES[1]),
    ];
    let top = canvas.legend(&names) + 4.0;
    let ends = || tornado.bars.iter().flat_map(|bar| [bar.low, bar.high]);
    let least = ends().fold(tornado.base, f64::min);
    let most = ends().fold(tornado.base, f64::max);
    // Room for the numbers on both sides.
    let (first, last) = (NAMES + 60.0, WIDTH - 70.0);
    let x = |value: f64| first + (value - least) / (most - least).max(1e-9) * (last - first);
    let middle = x(tornado.base);
    for (k, bar) in tornado.bars.iter().enumerate() {
        let y = top + 28.0 * as_number(k);
        canvas.text(
            NAMES - 10.0,
            y + 16.0,
            &short(&bar.name, 39),
            "end",
            12.0,
            INK,
            false,
        );
        for (end, other, colour) in [
            (bar.low, bar.high, SERIES[0]),
            (bar.high, bar.low, SERIES[1]),
        ] {
            let (left, right) = (x(end).min(middle), x(end).max(middle));
            canvas.rect((left, y + 3.0), (right - left, 18.0), colour, 1.0);
            // The number of the lower end stands on the left, even where both lie on one side.
            let (at, anchor) = if end < other {
                (left - 5.0, "end")
            } else {
                (right + 5.0, "start")
            };
            canvas.text(at, y + 16.0, &shown(end, unit), anchor, 11.0, INK, false);
        }
    }
    let bottom = top + 28.0 * as_number(tornado.bars.len());
    canvas.line(&[(middle, top), (middle, bottom)], INK, 1.2, false);
    let base = format!("as it is: {}", shown(tornado.base, unit));
    canvas.text(middle, bottom + 16.0, &base, "middle", 11.0, SOFT, false);
    (bottom + 28.0, canvas)
}
