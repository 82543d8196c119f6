//! The brief: the answer in one screen, as text and as Markdown.

use super::layout::{Style, heading, markdown_safe as escaped, wrapped};
use super::pipe_table::wide;
use crate::analysis::Findings;
use crate::analysis::brief::{Brief, Paragraph, Room};
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";
/// Lines of a screen.
const LINES: usize = 30;
/// Columns for headings.
const HEADING: usize = 9;

/// What may be said, from all to the least; what fits a screen first is shown.
const ROOMS: [Room; 6] = [
    Room::ALL,
    room(5, 1, 3),
    room(4, 1, 3),
    room(4, 1, 2),
    room(3, 1, 2),
    room(3, 1, 1),
];

const fn room(gaps: usize, causes: usize, named: usize) -> Room {
    Room {
        gaps,
        causes,
        named,
    }
}

/// A brief as text: at most 30 lines where the style is 100 columns wide or wider, as names in it are cut. To keep to
/// that, fewer gaps, causes and examples are named.
pub fn brief_text(brief: &Brief, style: Style) -> String {
    let mut shown = Vec::new();
    for room in ROOMS {
        shown = lines(brief, room, style);
        if shown.len() <= LINES {
            break;
        }
    }
    if shown.len() > LINES && style.width >= 100 {
        shown.truncate(LINES - 1);
        shown.push(format!("{:HEADING$}… as Markdown it is whole", ""));
    }
    shown.join("\n") + "\n"
}

fn lines(brief: &Brief, room: Room, style: Style) -> Vec<String> {
    let mut head = String::new();
    heading(&mut head, &brief.title(), '=', style);
    let mut lines: Vec<String> = head.lines().map(str::to_owned).collect();
    let width = usize::from(style.width).saturating_sub(HEADING).max(20);
    let width = u16::try_from(width).unwrap_or(u16::MAX);
    for paragraph in brief.paragraphs(room) {
        let several = paragraph.lines.len() > 1;
        for (n, thought) in paragraph.lines.iter().enumerate() {
            for (k, line) in hanging(thought, width, several).into_iter().enumerate() {
                let about = if n + k == 0 { paragraph.heading } else { "" };
                lines.push(format!("{about:HEADING$}{line}"));
            }
        }
    }
    lines
}

/// A thought in lines of at most a width; where it is one of several, its later lines stand further in. A number
/// keeps its `%`.
fn hanging(thought: &str, width: u16, several: bool) -> Vec<String> {
    let whole = thought.replace(" %", "\u{a0}%");
    let mut all = wrapped(&whole, width);
    if several && all.len() > 1 {
        let first = all.swap_remove(0);
        let rest = whole.get(first.len()..).unwrap_or_default().trim_start();
        let rest = wrapped(rest, width.saturating_sub(2)).into_iter();
        all = std::iter::once(first)
            .chain(rest.map(|line| format!("  {line}")))
            .collect();
    }
    let shown = all.iter().map(|line| line.replace('\u{a0}', " "));
    shown.collect()
}

/// A brief as Markdown, as a page of its own: its sentences, then its numbers as tables. `pandoc` takes it as it is.
pub fn brief_markdown(brief: &Brief) -> String {
    brief_markdown_with(brief, &[])
}

/// The same with pictures, each a title and where its file lies, before the tables.
///
/// ```
/// # use sinews::{analysis::{Work, brief::brief}, document::Document, report::brief_markdown_with};
/// let document = Document::open("models/tiny.toml")?;
/// let (model, options) = (document.model()?, Default::default());
/// let plan = sinews::solve(&model, &options)?;
/// let found = brief(&document, (&model, &plan), &Default::default(), &options, &Work::default())?;
/// let picture = ("How each tier stands".to_owned(), "pictures/tiers.png".to_owned());
/// let text = brief_markdown_with(&found, &[picture]);
/// assert!(text.contains("![How each tier stands](<pictures/tiers.png>)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn brief_markdown_with(brief: &Brief, pictures: &[(String, String)]) -> String {
    let mut text = format!("# {}\n\n{}", escaped(&brief.title()), body(brief));
    for (title, file) in pictures {
        // An address in angle brackets may have spaces, but no such bracket and no line break.
        let file: String = file.chars().filter(|c| !"<>\r\n".contains(*c)).collect();
        write!(text, "![{}](<{file}>)\n\n", escaped(title)).expect(SAFE);
    }
    // Its sentences stand above.
    for table in brief.tables().iter().skip(1) {
        text.push_str(&wide(table));
        text.push('\n');
    }
    text
}

/// The same without its title.
pub(super) fn body(brief: &Brief) -> String {
    let mut text = String::new();
    for Paragraph { heading, lines } in brief.paragraphs(Room::ALL) {
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
