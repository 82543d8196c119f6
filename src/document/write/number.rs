//! Numbers as text that reads back to the last bit.

use crate::document::figure::Expect;
use crate::document::quantity::{Quantity, Unit, rounded};

/// A number of what is expected, with its unit: as people write it, if that reads back to the last bit.
pub(super) fn quantity(expect: &Expect, unit: &str, value: f64) -> String {
    let target = Unit::read(unit);
    let same = |text: &String| {
        let read = Quantity::read(text).ok();
        read.zip(target.as_ref().ok())
            .and_then(|(read, target)| read.to(target))
            == Some(value)
    };
    let exact = match unit {
        "" => number_in_text(value),
        unit => format!("{} {unit}", number_in_text(value)),
    };
    let friendly = if expect.in_percent() {
        let percent = number_in_text(rounded(value * 100.0));
        let per = expect.shown.strip_prefix('%').unwrap_or_default();
        Some(format!("{percent} %{per}"))
    } else if unit == "month" && value != 1.0 {
        Some(format!("{exact}s"))
    } else if expect.per.is_some() && value.abs() >= 1e6 {
        let (word, scale) = if value.abs() >= 1e9 {
            ("bn", 1e9)
        } else {
            ("M", 1e6)
        };
        Some(format!(
            "{} {word} {unit}",
            number_in_text(rounded(value / scale))
        ))
    } else {
        None
    };
    let short = |text: &String| text.len() <= exact.len() + 4 && same(text);
    friendly.filter(short).unwrap_or(exact)
}

/// The shortest digits that read back to the last bit, in groups of three.
fn number_in_text(value: f64) -> String {
    let digits = number(value);
    let whole = digits.find(['.', 'e']).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(whole);
    let start = usize::from(whole.starts_with('-'));
    let mut text = String::new();
    for (n, digit) in whole.char_indices() {
        if n > start && (whole.len() - n).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text + rest
}

/// The shortest digits that read back to the last bit, as a number of TOML.
pub(in crate::document) fn number(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() > 21 || value.abs() >= 1e15 {
        format!("{value:e}")
    } else {
        plain
    }
}
