//! Things by the names that a reader knows, in place of the keys of the file.

use crate::model::{Expansion, Model};
use crate::problem::Place;
use std::fmt;

/// Words in which things of a model are named: shown with their keys, or with the names that a reader knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Words(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
enum Word {
    Text(String),
    Thing { key: String, name: String },
}

impl Words {
    /// Some text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    /// The same and more text.
    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Word::Text(text));
        }
        self
    }

    /// The same and a thing.
    #[must_use]
    pub(crate) fn thing(mut self, key: &str, name: &str) -> Self {
        let (key, name) = (key.to_owned(), name.to_owned());
        self.0.push(Word::Thing { key, name });
        self
    }

    /// The same and others.
    #[must_use]
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// A pattern about a thing, which stands where the pattern has `{}`.
    pub(crate) fn about(pattern: &str, thing: Self) -> Self {
        let Some((before, after)) = pattern.split_once("{}") else {
            return Self::new(pattern);
        };
        let words = Self::default().text(before).and(thing);
        words.text(after)
    }

    /// With the names that a reader knows in place of keys.
    pub fn in_names(&self) -> String {
        self.shown(str::to_owned)
    }

    /// The same with names in quotation marks: for sentences, in which a name may be any words.
    pub fn in_quotes(&self) -> String {
        self.shown(|name| format!("“{name}”"))
    }

    fn shown(&self, show: impl Fn(&str) -> String) -> String {
        let words = self.0.iter().map(|word| match word {
            Word::Text(text) => text.clone(),
            Word::Thing { name, .. } => show(name),
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

/// As they are shown, with keys in backticks.
impl PartialEq<&str> for Words {
    fn eq(&self, other: &&str) -> bool {
        let shown = self.to_string();
        shown == *other
    }
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
        "fund" => named!(m.funds),
        "resource" => named!(m.resources),
        "hub" => named!(m.hubs),
        "cap" => named!(m.caps),
        "burden" => named!(m.burdens),
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
    fn things_are_shown_by_key_and_by_name() {
        let model = crate::read("models/europe.toml").expect("a model");
        let words = Words::about(
            "{} to open",
            Words::new("line ").thing("thales-lmm", "Thales LMM"),
        );
        assert_eq!(words.to_string(), "line `thales-lmm` to open");
        assert_eq!(words.in_names(), "line Thales LMM to open");
        assert_eq!(words.in_quotes(), "line “Thales LMM” to open");
        assert_eq!(Words::about("no thing", words), Words::new("no thing"));
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
