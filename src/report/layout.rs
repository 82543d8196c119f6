//! How text is laid out: its width, headings and lines; what Markdown would take for its own.

use crate::plain::plain;
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// How text is laid out. The default is plain and whole: 100 columns, without colours or bars, every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The widest a line may be, in columns.
    pub width: u16,
    /// Whether headings and shares are coloured, by the escape codes of terminals.
    pub colour: bool,
    /// Whether shares are also drawn as bars.
    pub bars: bool,
    /// Whether rows of which there is nothing to say are only counted: what is met in full in every year, what makes
    /// nothing.
    pub fold: bool,
    /// How many rows of a table are shown. `None`: all.
    pub rows: Option<usize>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
            bars: false,
            fold: false,
            rows: None,
        }
    }
}

/// A heading, underlined.
pub(super) fn heading(text: &mut String, words: &str, rule: char, style: Style) {
    let words = plain(words, usize::from(style.width));
    let rule = rule.to_string().repeat(words.chars().count());
    if style.colour {
        writeln!(text, "\u{1b}[1m{words}\u{1b}[0m\n\u{1b}[2m{rule}\u{1b}[0m").expect(SAFE);
    } else {
        writeln!(text, "{words}\n{rule}").expect(SAFE);
    }
}

/// A note in lines of at most the width.
pub(super) fn wrapped(note: &str, width: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in note.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        if !line.is_empty() && line.chars().count() + word.chars().count() + 1 > usize::from(width)
        {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Text that Markdown shows as it is.
pub(super) fn markdown_safe(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '<' | '>' | '*' | '_' | '[' | ']' | '\\' | '#' | '~' | '^' | '$' | '@' => {
                plain.push('\\');
                plain.push(c);
            }
            '\n' | '\r' => plain.push(' '),
            c => plain.push(c),
        }
    }
    // Two of them would become a dash.
    plain.replace("--", "\\-\\-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_take_for_its_own_is_escaped() {
        assert_eq!(
            markdown_safe("a|b <c> *d* $e$ ~f~ ^g^ @h"),
            "a\\|b \\<c\\> \\*d\\* \\$e\\$ \\~f\\~ \\^g\\^ \\@h"
        );
        assert_eq!(markdown_safe("a-b --c"), "a-b \\-\\-c");
    }
}
