//! Names and messages as they may be shown: a model's file may call a thing whatever it likes.

/// A text of at most so many letters, without anything that a terminal would obey: control characters and those
/// that turn the direction of writing are escaped, what is too long is cut.
pub(crate) fn plain(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut letters = text.chars();
    for letter in letters.by_ref().take(most) {
        if letter.is_control() || turns(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    if letters.next().is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// The longest name within a message, in letters.
const NAMED: usize = 120;
/// The longest message, in letters.
const SAID: usize = 2_000;

/// A message that repeats names: each, between backticks, is cut and escaped, and so is the message, line breaks in it as
/// well: a name may have some.
pub(crate) fn message(text: &str) -> String {
    plain(&named(text), SAID)
}

/// The same of a message that has lines, which stay.
pub(crate) fn lines(text: &str) -> String {
    let mut left = SAID;
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = named(line);
        lines.push(plain(&line, left));
        left = left.saturating_sub(line.chars().count());
        if left == 0 {
            break;
        }
    }
    lines.join("\n")
}

/// A message in which what stands between backticks is cut and escaped.
fn named(text: &str) -> String {
    let named = |(n, part): (usize, &str)| match n % 2 {
        1 => plain(part, NAMED),
        _ => part.to_owned(),
    };
    let named: Vec<String> = text.split('`').enumerate().map(named).collect();
    named.join("`")
}

/// Whether a letter turns the direction of writing.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{lines, message, plain};

    #[test]
    fn names_are_cut_and_escaped() {
        assert_eq!(plain("Żuraw, Київ, Lübeck", 80), "Żuraw, Київ, Lübeck");
        assert_eq!(plain("a\u{1b}[31mb\n", 80), "a\\u{1b}[31mb\\u{a}");
        assert_eq!(plain("\u{202e}x", 80), "\\u{202e}x");
        assert_eq!(plain(&"ä".repeat(100_000), 5), "ääää…");
        assert_eq!(plain("12345", 5), "12345");
    }

    #[test]
    fn messages_cut_the_names_in_them() {
        let short = "no line is called `nora`\ndid you mean `Żuraw`?";
        assert_eq!(lines(short), short);
        assert_eq!(
            message("unknown item `a`b\nc`"),
            "unknown item `a`b\\u{a}c`"
        );
        let long = format!("no line is called `{}`: name another", "x".repeat(100_000));
        let told = message(&long);
        assert!(
            told.len() < 200 && told.ends_with("…`: name another"),
            "{told}"
        );
        assert_eq!(message("`a\u{1b}[31m`"), "`a\\u{1b}[31m`");
        assert!(message(&"many ".repeat(100_000)).chars().count() <= 2_000);
    }
}
