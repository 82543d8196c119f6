//! Trees, a node a line: what lies behind a node stands under it, further in.

use super::super::page::{Branch, Tree};
use super::canvas::{Canvas, INK, RULE, SERIES, SOFT, WIDTH, short};
use super::scale::shown;
use crate::units::as_number;

/// The height of a line.
const LINE: f64 = 22.0;
/// How far in a node stands from what it lies behind.
const STEP: f64 = 22.0;
/// Where the bars begin.
const BARS: f64 = 610.0;
/// Deeper nodes are not drawn.
const DEEPEST: usize = 8;

pub(super) fn draw(tree: &Tree, unit: &str) -> (f64, Canvas) {
    let mut drawing = Drawing {
        canvas: Canvas::default(),
        line: 0,
        most: widest(&tree.root).max(1e-9),
        unit,
    };
    drawing.node(&tree.root, 0);
    (LINE * as_number(drawing.line) + 14.0, drawing.canvas)
}

/// The largest weight of a node.
fn widest(branch: &Branch) -> f64 {
    let own = branch.value.unwrap_or(0.0).abs();
    branch.children.iter().map(widest).fold(own, f64::max)
}

struct Drawing<'a> {
    canvas: Canvas,
    line: usize,
    most: f64,
    unit: &'a str,
}

impl Drawing<'_> {
    /// A node and what lies behind it; gives the height of its line.
    fn node(&mut self, branch: &Branch, depth: usize) -> f64 {
        let y = LINE * as_number(self.line) + 14.0;
        self.line += 1;
        let x = 20.0 + STEP * as_number(depth);
        self.words(branch, x, y, depth);
        let mut last = y;
        for child in branch.children.iter().filter(|_| depth < DEEPEST) {
            last = self.node(child, depth + 1);
            let (from, to) = (x - 4.0, x + STEP - 8.0);
            let middle = last - 4.0;
            self.canvas
                .line(&[(from, middle), (to, middle)], RULE, 1.5, false);
        }
        if last > y {
            let ends = [(x - 4.0, y + 4.0), (x - 4.0, last - 4.0)];
            self.canvas.line(&ends, RULE, 1.5, false);
        }
        y
    }

    fn words(&mut self, branch: &Branch, x: f64, y: f64, depth: usize) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few dozen letters"
        )]
        let room = ((BARS - x - 10.0) / 6.9) as usize;
        let name = short(&branch.name, room);
        self.canvas
            .text(x, y, &name, "start", 12.0, INK, depth == 0);
        let Some(value) = branch.value else { return };
        let colour = if value < 0.0 { SERIES[1] } else { SERIES[0] };
        let wide = (WIDTH - BARS - 80.0) * value.abs() / self.most;
        self.canvas
            .rect((BARS, y - 11.0), (wide, 14.0), colour, 1.0);
        let words = shown(value, self.unit);
        let at = BARS + wide + 6.0;
        self.canvas.text(at, y, &words, "start", 11.0, SOFT, false);
    }
}
