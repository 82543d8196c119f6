//! Shapes and text as SVG.

use crate::units::as_number;
use std::fmt::Write;

/// The width of a picture.
pub(super) const WIDTH: f64 = 900.0;

/// Text.
pub(super) const INK: &str = "#1c2330";
/// Text that stands back.
pub(super) const SOFT: &str = "#55606f";
/// Lines behind.
pub(super) const RULE: &str = "#dcd9d0";
/// What stands out: limits, markers.
pub(super) const MARK: &str = "#c2410c";
/// The colours of series, as on the page.
pub(super) const SERIES: [&str; 12] = [
    "#1b5fa8", "#dd7a2f", "#2f9477", "#a83f6b", "#7765b3", "#b98d12", "#3f9fc4", "#8a573a",
    "#66788a", "#86a83a", "#cf7fa4", "#3f4a5a",
];

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// A picture under way.
#[derive(Default)]
pub(super) struct Canvas(String);

impl Canvas {
    /// A filled box.
    pub(super) fn rect(
        &mut self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        fill: &str,
        opacity: f64,
    ) {
        writeln!(
            self.0,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\" fill-opacity=\"{opacity:.2}\"/>",
            width.max(0.0),
            height.max(0.0)
        )
        .expect(SAFE);
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], stroke: &str, width: f64, dashed: bool) {
        let dash = if dashed {
            " stroke-dasharray=\"6 4\""
        } else {
            ""
        };
        let points = joined(points);
        writeln!(
            self.0,
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\"{dash}/>"
        )
        .expect(SAFE);
    }

    /// A filled shape.
    pub(super) fn area(&mut self, points: &[(f64, f64)], fill: &str, opacity: f64) {
        let points = joined(points);
        writeln!(
            self.0,
            "<polygon points=\"{points}\" fill=\"{fill}\" fill-opacity=\"{opacity:.2}\"/>"
        )
        .expect(SAFE);
    }

    /// Words, at their start, middle or end.
    #[expect(clippy::too_many_arguments, reason = "what a text element has")]
    pub(super) fn text(
        &mut self,
        x: f64,
        y: f64,
        words: &str,
        anchor: &str,
        size: f64,
        fill: &str,
        bold: bool,
    ) {
        let weight = if bold { " font-weight=\"700\"" } else { "" };
        let words = escaped(words);
        writeln!(
            self.0,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{fill}\"{weight}>{words}</text>"
        )
        .expect(SAFE);
    }

    /// Another picture, moved.
    pub(super) fn group(&mut self, x: f64, y: f64, other: &Self) {
        writeln!(
            self.0,
            "<g transform=\"translate({x:.1} {y:.1})\">\n{}</g>",
            other.0
        )
        .expect(SAFE);
    }

    /// The names of series with their colours, in lines; gives the height they take.
    pub(super) fn legend(&mut self, names: &[(&str, &str)]) -> f64 {
        if names.len() < 2 {
            return 4.0;
        }
        let (mut x, mut y) = (14.0, 12.0);
        for (name, colour) in names {
            let name = short(name, 34);
            let room = 30.0 + width(&name);
            if x + room > WIDTH - 10.0 {
                (x, y) = (14.0, y + 20.0);
            }
            self.rect((x, y - 9.0), (12.0, 10.0), colour, 1.0);
            self.text(x + 17.0, y, &name, "start", 12.0, INK, false);
            x += room + 6.0;
        }
        y + 14.0
    }

    /// The whole file.
    pub(super) fn finish(self, width: f64, height: f64, title: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" font-family=\"'Noto Sans', 'DejaVu Sans', 'Segoe UI', Arial, sans-serif\">\n<title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(title),
            self.0
        )
    }
}

fn joined(points: &[(f64, f64)]) -> String {
    let points = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}"));
    points.collect::<Vec<_>>().join(" ")
}

/// About how wide words are, at a size of 12.
pub(super) fn width(words: &str) -> f64 {
    6.9 * as_number(words.chars().count())
}

/// Words cut to a length.
pub(super) fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut cut: String = words.chars().take(most - 1).collect();
    cut.push('…');
    cut
}

/// Text as it stands in XML: characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => plain.push(c),
        }
    }
    plain
}
