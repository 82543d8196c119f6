//! Keys joined by dots, quoted as TOML quotes them: `line.nora.capacity`, `line."a.b".capacity`.

use std::collections::BTreeMap;

/// The keys of a text, quotes taken away. `None`: a quote that does not end, or with something beside it.
///
/// A key without quotes may have any characters but dots, more than TOML allows: `line.us *.rate`.
pub(crate) fn keys(text: &str) -> Option<Vec<String>> {
    parts(text, '.').into_iter().map(key).collect()
}

fn key(part: &str) -> Option<String> {
    let part = part.trim();
    if !part.starts_with(['"', '\'']) {
        return Some(part.to_owned());
    }
    // What a text in quotes holds, TOML itself says.
    let read: BTreeMap<String, String> = toml::from_str(&format!("key = {part}")).ok()?;
    let mut values = read.into_values();
    values.next().filter(|_| values.next().is_none())
}

/// The parts of a text between separators that stand in no quotes.
pub(crate) fn parts(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, None, false);
    // A quotation mark within a word is a letter of it.
    let mut fresh = true;
    for (at, c) in text.char_indices() {
        match quote {
            Some('"') if escaped || c == '\\' => escaped = !escaped,
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == separator => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
                fresh = true;
            }
            None if fresh && matches!(c, '"' | '\'') => quote = Some(c),
            None => fresh = c.is_whitespace() || matches!(c, '.' | ',' | '='),
        }
    }
    parts.push(&text[start..]);
    parts
}

/// A text cut in two at the first separator that stands in no quotes.
pub(crate) fn split_once(text: &str, separator: char) -> Option<(&str, &str)> {
    let first = *parts(text, separator).first()?;
    let rest = text[first.len()..].strip_prefix(separator)?;
    Some((first, rest))
}

/// Keys joined by dots; what is no bare key of TOML stands in quotes. With `*` bare as well: it stands for any
/// letters in a pattern.
pub(crate) fn joined<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> String {
    let keys = keys.into_iter().map(|key| quoted(key.as_ref()));
    keys.collect::<Vec<_>>().join(".")
}

fn quoted(key: &str) -> String {
    if is_bare(&key.replace('*', "_")) {
        return key.to_owned();
    }
    in_quotes(key)
}

/// A key as TOML has it.
pub(crate) fn toml_key(key: &str) -> String {
    if is_bare(key) {
        return key.to_owned();
    }
    in_quotes(key)
}

fn is_bare(key: &str) -> bool {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    !key.is_empty() && key.chars().all(bare)
}

/// A text as TOML has it, on one line.
pub(crate) fn in_quotes(key: &str) -> String {
    let mut text = String::from('"');
    for c in key.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => text.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for (text, wanted) in [
            ("line.nora.capacity", ["line", "nora", "capacity"]),
            (r#"line."a.b".capacity"#, ["line", "a.b", "capacity"]),
            (r#"line."a b*".cost"#, ["line", "a b*", "cost"]),
            (r#"line."5\" gun \\".cost"#, ["line", "5\" gun \\", "cost"]),
            (r#"line."a\u0007".cost"#, ["line", "a\u{7}", "cost"]),
            (r#"line."é".cost"#, ["line", "é", "cost"]),
        ] {
            let found = keys(text).unwrap();
            assert_eq!(found, wanted);
            assert_eq!(joined(&found), text);
        }
        assert_eq!(keys(" line . 'a.\"b' ").unwrap(), ["line", "a.\"b"]);
        assert_eq!(keys("line.us x").unwrap(), ["line", "us x"]);
        assert_eq!(
            keys("line.5\"gun.cost").unwrap(),
            ["line", "5\"gun", "cost"]
        );
        assert_eq!(keys("line.\"a.b"), None);
        assert_eq!(keys("line.\"a\"b"), None);
        assert_eq!(keys("line.\"a\"\nx = \"b\""), None);
    }

    #[test]
    fn what_stands_in_quotes_separates_nothing() {
        let text = r#"line."a=b,c".cost=x1,x2"#;
        assert_eq!(
            split_once(text, '='),
            Some((r#"line."a=b,c".cost"#, "x1,x2"))
        );
        assert_eq!(split_once("line", '='), None);
        assert_eq!(parts(r#"line."a,b".x,c"#, ','), [r#"line."a,b".x"#, "c"]);
    }
}
