//! Tasks on a time line.

use super::super::number::share;
use super::super::page::Gantt;
use super::canvas::{Canvas, INK, RULE, SERIES, WIDTH, short};
use crate::units::as_number;

/// The room for the names of tasks.
const NAMES: f64 = 300.0;
/// The height of a task.
const ROW: f64 = 22.0;

pub(super) fn draw(gantt: &Gantt) -> (f64, Canvas) {
    let mut canvas = Canvas::default();
    let periods = gantt.periods.len();
    let x = |period: usize| {
        NAMES + (WIDTH - NAMES - 60.0) * as_number(period.min(periods)) / as_number(periods.max(1))
    };
    let bottom = 20.0 + ROW * as_number(gantt.tasks.len());
    let year = |n: usize| gantt.periods[n].get(..4);
    for n in (0..periods).filter(|&n| n == 0 || year(n) != year(n - 1)) {
        canvas.line(&[(x(n), 16.0), (x(n), bottom)], RULE, 1.0, false);
        canvas.text(
            x(n) + 2.0,
            12.0,
            year(n).unwrap_or(""),
            "start",
            12.0,
            INK,
            false,
        );
    }
    for (k, task) in gantt.tasks.iter().enumerate() {
        let y = 22.0 + ROW * as_number(k);
        canvas.text(
            NAMES - 10.0,
            y + 12.0,
            &short(&task.name, 39),
            "end",
            12.0,
            INK,
            false,
        );
        let last = task.ready + usize::from(task.passes);
        let (start, ready, end) = (x(task.start), x(last), x(periods));
        canvas.rect((start, y), (ready - start, 15.0), SERIES[1], 0.45);
        if task.passes {
            continue;
        }
        let opacity = 0.3 + 0.7 * task.share.clamp(0.0, 1.0);
        canvas.rect((ready, y), (end - ready, 15.0), SERIES[0], opacity);
        canvas.text(
            end + 6.0,
            y + 12.0,
            &share(task.share),
            "start",
            11.0,
            INK,
            false,
        );
    }
    (bottom + 10.0, canvas)
}
