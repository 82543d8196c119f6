//! Names as they may be shown: a model's file may call a thing whatever it likes.

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

/// Whether a letter turns the direction of writing.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_cut_and_escaped() {
        assert_eq!(plain("Żuraw, Київ, Lübeck", 80), "Żuraw, Київ, Lübeck");
        assert_eq!(plain("a\u{1b}[31mb\n", 80), "a\\u{1b}[31mb\\u{a}");
        assert_eq!(plain("\u{202e}x", 80), "\\u{202e}x");
        assert_eq!(plain(&"ä".repeat(100_000), 5), "ääää…");
        assert_eq!(plain("12345", 5), "12345");
    }
}
