//! Things by the names that a reader knows, in place of the keys of the file.

use crate::model::{Expansion, Model};
use crate::problem::Place;

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
