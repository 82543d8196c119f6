//! Text for a terminal: tables that fit its width, bars, and colours if it has them.

use super::layout::{Style, heading, wrapped};
use super::{Report, brief, summary, views};
use crate::model::Model;
use crate::plain::plain;
use crate::solution::Solution;
use crate::table::{Cell, Table};
use crate::units::as_number;
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// A column of numbers is no wider; what is wider holds words as well.
const NUMBER: usize = 14;

/// The least room that a column of words needs.
const WORDS: usize = 8;

/// A cell is no longer, in letters: what is longer is cut.
const CELL: usize = 4_000;

/// A name is no longer in a table of a plan.
const NAME: usize = 120;

/// Columns of a bar.
const BAR: usize = 10;

/// The plan as plain text, in tables of at most 100 columns.
pub fn text(m: &Model, s: &Solution) -> String {
    let m = s.own(m);
    text_with(m, s, Style::default())
}

/// The plan as text, laid out in a style.
pub fn text_with(m: &Model, s: &Solution, style: Style) -> String {
    let m = s.own(m);
    report(&Report {
        model: m,
        solution: s,
        brief: None,
        style,
    })
}

/// A plan as text; its brief first, if it has one, which then says what the plan is called.
pub(super) fn report(report: &Report<'_>) -> String {
    let (m, s, style) = (report.model, report.solution, report.style);
    let mut text = String::new();
    if let Some(own) = report.brief {
        text.push_str(&brief::brief_text(own, style));
        text.push('\n');
        heading(&mut text, "The plan in full", '=', style);
    } else {
        heading(&mut text, &m.name, '=', style);
    }
    text.push('\n');
    for (name, value) in summary::summary(m, s) {
        let lines = wrapped(
            &plain(&value, 8 * NAME),
            style.width.saturating_sub(19).max(20),
        );
        for (n, line) in lines.iter().enumerate() {
            let name = if n == 0 { name.as_str() } else { "" };
            writeln!(text, "{name:<18} {line}").expect(SAFE);
        }
    }
    for view in views::all(m, s) {
        text.push('\n');
        text.push_str(&cut(&view, style, NAME));
    }
    text
}

/// A table under its heading and note.
pub(super) fn section(table: &Table, style: Style) -> String {
    cut(table, style, CELL)
}

/// The same, each cell cut to so many letters.
fn cut(view: &Table, style: Style, most: usize) -> String {
    let mut text = String::new();
    heading(&mut text, &view.title, '-', style);
    for line in wrapped(&plain(&view.note, usize::MAX), style.width) {
        text.push_str(&line);
        text.push('\n');
    }
    let left = left_out(view, style);
    let rows = view.rows.iter().zip(&left);
    let rows = rows.filter(|(_, why)| **why == Left::In);
    let shown = Shown::of(view, rows.map(|(row, _)| row), most);
    if !shown.rows.is_empty() {
        text.push_str(&table(&shown, style));
    }
    let folded = left.iter().filter(|why| **why == Left::Quiet).count();
    if folded > 0 {
        writeln!(text, "{folded} {}", view.quiet_words).expect(SAFE);
    }
    let cut = left.iter().filter(|why| **why == Left::Cut).count();
    if cut > 0 {
        writeln!(text, "… {cut} more: `--full` shows all").expect(SAFE);
    }
    text
}

/// Whether a row is left out, and why.
#[derive(Clone, Copy, PartialEq)]
enum Left {
    /// It is shown.
    In,
    /// There is nothing to say of it.
    Quiet,
    /// There are too many.
    Cut,
}

fn left_out(view: &Table, style: Style) -> Vec<Left> {
    let mut shown = 0;
    let rows = 0..view.rows.len();
    let why = rows.map(|n| {
        if style.fold && view.quiet.contains(&n) {
            return Left::Quiet;
        }
        shown += 1;
        if style.rows.is_some_and(|most| shown > most) {
            Left::Cut
        } else {
            Left::In
        }
    });
    why.collect()
}

/// What of a table is shown, as texts.
struct Shown {
    head: Vec<String>,
    /// How many columns hold words.
    words: usize,
    rows: Vec<Vec<String>>,
    /// A share for each row, where the table is about shares; else empty.
    shares: Vec<f64>,
}

impl Shown {
    fn of<'a>(table: &Table, rows: impl Iterator<Item = &'a Vec<Cell>>, most: usize) -> Self {
        let mut shown = Self {
            head: table.head().map(str::to_owned).collect(),
            words: table.words(),
            rows: Vec::new(),
            shares: Vec::new(),
        };
        for row in rows {
            let cells = row.iter().map(|cell| plain(&cell.to_string(), most));
            shown.rows.push(cells.collect());
            let share = table.bars.and_then(|n| row[n].number());
            shown.shares.extend(share);
        }
        shown
    }
}

fn table(view: &Shown, style: Style) -> String {
    let bars = style.bars && !view.shares.is_empty();
    let mut table = comfy_table::Table::new();
    let rule = TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-'));
    table.load_style(rule);
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width);
    let mut head = view.head.clone();
    head.extend(bars.then(String::new));
    table.set_header(head);
    for (n, row) in view.rows.iter().enumerate() {
        let mut row = row.clone();
        row.extend(bars.then(|| {
            view.shares
                .get(n)
                .map_or_else(String::new, |&share| bar(share))
        }));
        table.add_row(row);
    }
    keep_numbers_whole(&mut table, view, style);
    let mut text = String::new();
    for line in table.lines() {
        let line = line.trim_end();
        if style.colour && !view.shares.is_empty() {
            text.push_str(&painted(line));
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// Where a table is too wide, it is words that go on in the next line, if they have the room: half a number
/// is another.
fn keep_numbers_whole(table: &mut comfy_table::Table, view: &Shown, style: Style) {
    let numbers = view.words..view.head.len();
    let widths = table.column_max_content_widths();
    let widths: Vec<usize> = widths.into_iter().map(usize::from).collect();
    let width = usize::from(style.width);
    let crowded = widths.iter().map(|width| width + 3).sum::<usize>() > width;
    let is_number = |n: usize| numbers.contains(&n) && widths[n] <= NUMBER;
    let (whole, others): (Vec<_>, Vec<_>) = (0..widths.len()).partition(|&n| is_number(n));
    let taken = whole.iter().map(|&n| widths[n] + 2).sum::<usize>() + WORDS * others.len();
    let longest = |n: usize| {
        let cells = view.rows.iter().map(|row| row[n].as_str());
        let cells = cells.chain([view.head[n].as_str()]);
        let words = cells.flat_map(|cell| cell.split_whitespace().map(|word| word.chars().count()));
        words.max().unwrap_or(0)
    };
    let words: Vec<usize> = (0..view.words.min(widths.len())).map(longest).collect();
    // A blank stands between columns, and the padding beside it.
    let fits_with = |padding: usize| {
        let numbers = whole.iter().map(|&n| widths[n]);
        let all = numbers.chain(words.iter().copied());
        all.map(|one| one + padding + 1).sum::<usize>() <= width + 1
    };
    let fits = fits_with(0);
    let padding = match (crowded, fits_with(1) || !fits) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    };
    for (n, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, padding));
        if numbers.contains(&n) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if crowded && (taken <= width || fits) && is_number(n) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        // No word is cut while there is room for it.
        if crowded && fits && n < words.len() {
            let least = u16::try_from(words[n])
                .unwrap_or(u16::MAX)
                .saturating_add(padding);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
}

/// A share as a bar, to an eighth of a column.
fn bar(share: f64) -> String {
    const PARTS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let mut eighths = 0;
    while eighths < 8 * BAR && as_number(eighths) + 0.5 < share * 80.0 {
        eighths += 1;
    }
    let mut bar = "█".repeat(eighths / 8);
    if eighths < 8 * BAR {
        bar.push(PARTS[eighths % 8]);
    }
    let rest = BAR - bar.chars().count();
    bar + &"·".repeat(rest)
}

/// A line in which every share in percent is red, yellow or green.
fn painted(line: &str) -> String {
    let mut text = String::with_capacity(2 * line.len());
    let mut rest = line;
    while let Some(end) = rest.find(" %") {
        let digit = |c: char| !(c.is_ascii_digit() || c == '.');
        let start = rest[..end].rfind(digit).map_or(0, |at| {
            at + rest[at..].chars().next().map_or(1, char::len_utf8)
        });
        let stop = end + 2;
        let colour = match rest[start..end].parse::<f64>() {
            Ok(share) if share >= 99.5 => 32,
            Ok(share) if share >= 80.0 => 33,
            Ok(_) => 31,
            Err(_) => 0,
        };
        let (before, share) = (&rest[..start], &rest[start..stop]);
        write!(text, "{before}\u{1b}[{colour}m{share}\u{1b}[0m").expect(SAFE);
        rest = &rest[stop..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let bars = [0.0, 0.5, 0.56, 1.0, 2.0].map(bar);
        assert_eq!(
            bars,
            [
                " ·········",
                "█████ ····",
                "█████▋····",
                "██████████",
                "██████████"
            ]
        );
    }

    #[test]
    fn words_go_on_in_the_next_line_before_numbers_do() {
        let view = Shown {
            head: ["line", "2026", "2027"].map(Into::into).to_vec(),
            words: 1,
            rows: vec![
                ["a name of many words", "12,345,678", "1,234,567"]
                    .map(Into::into)
                    .to_vec(),
            ],
            shares: Vec::new(),
        };
        let of = |width| {
            let style = Style {
                width,
                ..Style::default()
            };
            table(&view, style)
        };
        let lines = "line              2026       2027\n\
                     ----------------------------------\n\
                     a name of   12,345,678  1,234,567\n\
                     many words\n";
        assert_eq!(of(34), lines);
        // Where there is no room for that, the width is kept all the same.
        assert!(of(20).lines().all(|line| line.chars().count() <= 20));
    }

    #[test]
    fn shares_are_coloured_where_they_stand() {
        assert_eq!(
            painted("a 5 % b  100 %"),
            "a \u{1b}[31m5 %\u{1b}[0m b  \u{1b}[32m100 %\u{1b}[0m"
        );
        assert_eq!(painted("no share"), "no share");
    }
}
