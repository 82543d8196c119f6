//! Things by the names that a reader knows, in place of the keys of the file.

use crate::model::{Expansion, Model};
use crate::problem::Place;
use std::fmt;

/// Words in which things of a model are named: shown with their keys, or with the names that a reader knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    Text(String),
    Thing { key: String, name: String },
}

impl Words {
    /// Some text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(vec![Word::Text(text.into())])
    }

    /// The same and more text.
    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Word::Text(text.into()));
        self
    }

    /// The same and a thing.
    #[must_use]
    pub(crate) fn thing(mut self, key: &str, name: &str) -> Self {
        let (key, name) = (key.to_owned(), name.to_owned());
        self.0.push(Word::Thing { key, name });
        self
    }

    /// With names in place of keys.
    pub(crate) fn in_names(&self) -> String {
        let words = self.0.iter().map(|word| match word {
            Word::Text(text) => text.as_str(),
            Word::Thing { name, .. } => name.as_str(),
        });
        words.collect()
    }
}

/// With keys in backticks.
impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|word| match word {
            Word::Text(text) => f.write_str(text),
            Word::Thing { key, .. } => write!(f, "`{key}`"),
        })
    }
}

/// Words about a model, such as a limit, with names in place of the keys in backticks.
pub(crate) fn in_names(m: &Model, words: &str) -> String {
    replaced(m, words, str::to_owned)
}

/// The same, with names in quotation marks: for sentences, in which a name may be any words.
pub(crate) fn in_quotes(m: &Model, words: &str) -> String {
    replaced(m, words, |name| format!("“{name}”"))
}

/// A figure by where it stands: `line.powder-mill.capacity` is `Powder mill: capacity`.
pub(crate) fn of_place(m: &Model, place: &Place) -> String {
    let (name, rest) = match place.keys() {
        [kind, line, below, key, rest @ ..] if **kind == *"line" && **below == *"expansion" => {
            (named(m, "expansion", key, line), rest)
        }
        [kind, key, rest @ ..] => (named(m, kind, key, ""), rest),
        _ => return place.to_string(),
    };
    let Some(name) = name else {
        return place.to_string();
    };
    let word = |key: &std::sync::Arc<str>| {
        let item = m.items.values().find(|item| *item.key == **key);
        item.map_or_else(|| key.replace('_', " "), |item| item.name.clone())
    };
    let rest: Vec<String> = rest.iter().map(word).collect();
    format!("{name}: {}", rest.join(" "))
}

fn replaced(m: &Model, words: &str, show: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = words.split('`').collect();
    let mut text = String::new();
    for (n, part) in parts.iter().enumerate() {
        if n % 2 == 0 {
            text.push_str(part);
            continue;
        }
        let kind = parts[n - 1].split_whitespace().next_back().unwrap_or("");
        let later = parts.get(n + 2).copied().unwrap_or("");
        let name = named(m, &kind.to_lowercase(), part, later);
        text.push_str(&show(name.unwrap_or(part)));
    }
    text
}

/// The name of a thing of some kind by its key; an expansion is named with the key of its line.
fn named<'a>(m: &'a Model, kind: &str, key: &str, later: &str) -> Option<&'a str> {
    /// The name of the thing with the key.
    macro_rules! named {
        ($table:expr) => {
            $table
                .values()
                .find(|thing| thing.key == key)
                .map(|thing| thing.name.as_str())
        };
    }
    match kind {
        "line" => named!(m.lines),
        "supplier" => named!(m.suppliers),
        "holder" => named!(m.holders),
        "fund" | "funds" | "," | "and" => named!(m.funds),
        "resource" => named!(m.resources),
        "hub" => named!(m.hubs),
        "cap" => named!(m.caps),
        "requirement" => named!(m.requirements),
        "expansion" => {
            let own = |e: &&Expansion| e.key == key && m.lines[e.line].key == later;
            m.expansions.values().find(own).map(|e| e.name.as_str())
        }
        _ => named!(m.items),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names_and_what_is_no_key_stays() {
        let model = crate::read("models/europe.toml").expect("a model");
        let words = "expansion `belfast` of line `thales-lmm` to open, `lmm` of holder `nobody`";
        assert_eq!(
            in_names(&model, words),
            "expansion LMM: Belfast, next step of line Thales LMM to open, LMM (Martlet) of holder nobody"
        );
        let words = "Line `thales-lmm` waits";
        assert_eq!(in_quotes(&model, words), "Line “Thales LMM” waits");
        let place = |words: &str| of_place(&model, &Place::new(words.split('.')));
        assert_eq!(
            place("line.thales-lmm.expansion.belfast.lead_time"),
            "LMM: Belfast, next step: lead time"
        );
        assert_eq!(place("line.thales-lmm.capacity"), "Thales LMM: capacity");
        assert_eq!(
            place("holder.ukraine.stock.lmm.draw"),
            "Ukraine: stock LMM (Martlet) draw"
        );
        assert_eq!(place("calendar.start"), "calendar.start");
    }
}
