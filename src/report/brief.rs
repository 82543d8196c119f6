//! The brief: the answer in one screen, as text and as Markdown.

use super::markdown::escaped;
use super::text::{self, Style, wrapped};
use crate::analysis::brief::{Brief, Paragraph};
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";
/// Lines of a screen.
const LINES: usize = 30;
/// Room for headings.
const HEADING: usize = 16;
/// No fewer gaps are named, if there are so many.
const GAPS: usize = 3;

/// A brief as text: at most 30 lines of the style's width where that is 100 columns or more, and names are short. To
/// keep to that, gaps after the third are only counted.
pub fn brief_text(brief: &Brief, style: Style) -> String {
    let mut lines = lines(brief, brief.gaps.len(), style);
    for gaps in (GAPS..brief.gaps.len()).rev() {
        if lines.len() <= LINES {
            break;
        }
        lines = self::lines(brief, gaps, style);
    }
    if lines.len() > LINES && style.width >= 100 {
        lines.truncate(LINES - 1);
        lines.push(format!("{:HEADING$}… `brief` has all of it", ""));
    }
    lines.join("\n") + "\n"
}

fn lines(brief: &Brief, gaps: usize, style: Style) -> Vec<String> {
    let mut head = String::new();
    text::heading(&mut head, &brief.title(), '=', style);
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    let width = usize::from(style.width).saturating_sub(HEADING).max(20);
    for paragraph in brief.paragraphs(gaps) {
        let numbered = paragraph.lines.len() > 1;
        for (n, thought) in paragraph.lines.iter().enumerate() {
            let mark = if numbered { "· " } else { "" };
            let width = u16::try_from(width - mark.len().min(2)).unwrap_or(u16::MAX);
            for (k, line) in wrapped(thought, width).into_iter().enumerate() {
                let heading = if n + k == 0 { paragraph.heading } else { "" };
                let mark = if k == 0 || !numbered { mark } else { "  " };
                lines.push(format!("{heading:HEADING$}{mark}{line}"));
            }
        }
    }
    lines
}

/// A brief as Markdown, as a page of its own.
pub fn brief_markdown(brief: &Brief) -> String {
    format!("# {}\n\n{}", escaped(&brief.title()), body(brief))
}

/// The same without its title.
pub(super) fn body(brief: &Brief) -> String {
    let mut text = String::new();
    for Paragraph { heading, lines } in brief.paragraphs(usize::MAX) {
        match &lines[..] {
            [one] => write!(text, "**{heading}.** {}\n\n", escaped(one)).expect(SAFE),
            all => {
                write!(text, "**{heading}.**\n\n").expect(SAFE);
                for line in all {
                    writeln!(text, "- {}", escaped(line)).expect(SAFE);
                }
                text.push('\n');
            }
        }
    }
    text
}
