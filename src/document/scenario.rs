//! Scenarios: named changes that a file makes to its own model.
//!
//! A scenario lays tables over those of the model (`set`), multiplies figures (`scale`) and lets
//! figures over time happen later (`shift`). It may extend others, which are applied before it. Each
//! value it sets keeps the position at which the scenario writes it.
//!
//! ```
//! use sinews::document::Document;
//!
//! let document = Document::open("models/shells.toml")?;
//! for scenario in document.scenarios() {
//!     let model = document.scenario(&scenario.key)?.model()?;
//!     println!("{}: {}", scenario.key, model.name);
//! }
//! # Ok::<(), sinews::problem::Problems>(())
//! ```

use super::Document;
use super::change::{Change, How, Pattern, like};
use super::names::entries;
use super::quantity::{Quantity, Unit};
use super::reader::{Fields, Reader, either};
use super::schema::SCENARIO;
use super::tree::{self, Entry, Node, Value};
use crate::problem::{At, Kind, Place, Problem, Problems, Source, Spot, nearest};
use std::collections::HashMap;
use std::sync::Arc;

/// So many scenarios may extend one another in a row.
const DEEPEST: usize = 100;

/// A scenario as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// What happens in it, and on what source it rests.
    pub note: String,
    /// The scenarios that are applied before it.
    pub extends: Vec<String>,
}

/// What scenarios have done to a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Applied {
    /// The note that covers each figure they set, by source and first byte.
    pub(super) notes: HashMap<(usize, usize), Arc<str>>,
    /// The changes they make to figures, each with where it is written.
    pub(super) changes: Vec<(Change, Spot)>,
    /// The scenario that is applied, if one is.
    pub(super) scenario: Option<Scenario>,
}

impl Applied {
    /// Whether the model is as its file has it.
    pub(super) fn is_nothing(&self) -> bool {
        self.notes.is_empty() && self.changes.is_empty()
    }
}

impl Document {
    /// Every scenario that the document declares, in the order of the file.
    pub fn scenarios(&self) -> Vec<Scenario> {
        let declared = entries(&self.tree, "scenario").iter();
        declared.map(declaration).collect()
    }

    /// The document with a scenario applied.
    ///
    /// # Errors
    /// No such scenario, one that extends itself, or what is wrong with one; what is wrong with the
    /// model that it makes comes with [`model`](Self::model).
    pub fn scenario(&self, key: &str) -> Result<Self, Problems> {
        let mut found = Problems::default();
        let mut chain = Vec::new();
        let asked = At::Place(Place::new(["scenario", key]));
        self.follow((key, &asked), &mut Vec::new(), &mut chain, &mut found);
        let mut new = self.clone();
        for entry in &chain {
            new.apply(self, entry, &mut found);
        }
        new.applied.scenario = chain.last().map(|entry| declaration(entry));
        found.located(self.sources.clone(), |_| None).or(new)
    }

    /// The document with more tables laid over it, as a scenario's `set` would.
    ///
    /// # Errors
    /// What is wrong with the text as TOML, and patterns that match nothing.
    ///
    /// ```
    /// # use sinews::document::Document;
    /// let document = Document::open("models/shells.toml")?;
    /// let text = "line.\"*\".utilisation = \"80 %\"";
    /// let model = document.with("what if", text, "A bad winter")?.model()?;
    /// assert!(model.lines.values().all(|line| line.utilisation.most().value() == 0.8));
    /// # Ok::<(), sinews::problem::Problems>(())
    /// ```
    pub fn with(&self, name: &str, text: &str, note: &str) -> Result<Self, Problems> {
        let mut new = self.clone();
        let (tree, syntax) = tree::parse(text, new.sources.len());
        new.sources.push(Source {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let mut found = Problems::default();
        found.extend(syntax);
        let mut overlay = Overlay {
            notes: &mut new.applied.notes,
            found: &mut found,
        };
        overlay.lay(&mut new.tree, &tree, &note.into(), &Place::default());
        let sources = new.sources.clone();
        found.located(sources, |_| None).or(new)
    }

    /// Follow what a scenario extends, depth first, to the order in which to apply them.
    fn follow<'d>(
        &'d self,
        (key, at): (&str, &At),
        path: &mut Vec<String>,
        chain: &mut Vec<&'d Entry>,
        found: &mut Problems,
    ) {
        let declared = entries(&self.tree, "scenario");
        let Some(entry) = declared.iter().find(|entry| entry.key == key) else {
            found.push(unknown(key, at.clone(), declared));
            return;
        };
        if path.iter().any(|other| other == key) {
            let message = format!("scenario `{key}` extends itself");
            let problem = Problem::new(Kind::Circle, at.clone(), message)
                .label("leads back to it")
                .help("take one of the scenarios out of the circle");
            found.push(problem);
            return;
        }
        // What is in the chain has all that it extends before it, however often it is extended.
        if chain.iter().any(|other| other.key == key) {
            return;
        }
        if path.len() == DEEPEST {
            let message = format!("more than {DEEPEST} scenarios extend one another in a row");
            let problem = Problem::new(Kind::OutOfRange, at.clone(), message);
            found.push(
                problem
                    .label("one too many")
                    .help("let one scenario extend several"),
            );
            return;
        }
        path.push(key.to_owned());
        for (base, spot) in bases(entry) {
            self.follow((&base, &At::Spot(spot)), path, chain, found);
        }
        path.pop();
        chain.push(entry);
    }

    /// Apply one scenario, without what it extends.
    fn apply(&mut self, base: &Self, entry: &Entry, found: &mut Problems) {
        let mut reader = Reader::new(&base.registry);
        let place = Place::new(["scenario", &entry.key]);
        let fields = reader.open(&SCENARIO, &entry.node, place.clone(), "");
        reader.text(&fields, "name");
        for key in ["scale", "shift"] {
            for change in reader.keyed(&fields, key) {
                let at = fields.at(key).then(&change.key);
                let how = if key == "scale" {
                    reader.factor(&change.node, &at).map(How::Scale)
                } else {
                    reader.delay(&change.node, &at).map(How::Shift)
                };
                let pattern = reader.pattern(change);
                if let Some((how, pattern)) = how.zip(pattern) {
                    let change_spot = change.key_spot.clone();
                    let change = Change::new(pattern, how);
                    self.applied.changes.push((change, change_spot));
                }
            }
        }
        found.extend(reader.found.list().iter().cloned());
        if let Some(set) = fields.get("set") {
            let mut overlay = Overlay {
                notes: &mut self.applied.notes,
                found,
            };
            let note = fields.note.as_str().into();
            overlay.lay(&mut self.tree, set, &note, &Place::default());
        }
    }
}

impl<'a> Reader<'a> {
    /// Every scenario that is declared: its fields, and that what it extends is there.
    pub(super) fn scenarios(&mut self, root: &'a Node) {
        let declared = entries(root, "scenario");
        for entry in declared {
            let place = Place::new(["scenario", &entry.key]);
            let fields = self.open(&SCENARIO, &entry.node, place, "");
            self.text(&fields, "name");
            for (base, spot) in bases(entry) {
                if !declared.iter().any(|other| other.key == base) {
                    self.push(unknown(&base, spot, declared));
                }
            }
            self.is_table_or_absent(&fields, "set");
        }
    }

    fn is_table_or_absent(&mut self, fields: &Fields<'_>, key: &str) {
        if let Some(node) = fields.get(key).filter(|node| !node.is_table()) {
            let example = format!(
                "`[{}.{key}.line.KEY]` and fields of the model",
                fields.place
            );
            self.wrong_type(node, &fields.at(key), "a table", &example);
        }
    }

    fn pattern(&mut self, entry: &Entry) -> Option<Pattern> {
        let pattern = entry.key.parse();
        if pattern.is_err() {
            let message = format!("`{}` names no figures", entry.key);
            let problem = Problem::new(Kind::UnknownName, entry.key_spot.clone(), message)
                .label("not keys joined by dots")
                .help("write where the figures stand, in quotes: `\"line.*.capacity\"`; a key with a dot in quotes of its own: `'line.\"a.b\".capacity'`");
            self.push(problem);
        }
        pattern.ok()
    }

    fn factor(&mut self, node: &Node, place: &Place) -> Option<f64> {
        let number = match &node.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => share(text),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite() && *number >= 0.0);
        if number.is_none() {
            self.wrong_type(
                node,
                place,
                "a factor",
                "a number such as `0.5`, or `\"50 %\"`",
            );
        }
        number
    }

    fn delay(&mut self, node: &Node, place: &Place) -> Option<i32> {
        let months = match &node.value {
            Value::Text(text) => months(text),
            _ => None,
        };
        if months.is_none() {
            self.wrong_type(node, place, "a span of time", "it as `\"12 months\"`");
        }
        months
    }
}

fn share(text: &str) -> Option<f64> {
    Quantity::read(text).ok()?.to(&Unit::read("").ok()?)
}

/// Whole months of a span, which may run backwards: `-6 months`.
fn months(text: &str) -> Option<i32> {
    let months = Quantity::read(text).ok()?.to(&Unit::read("month").ok()?)?;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    (months.abs() <= 1_200.0).then(|| months.round() as i32)
}

fn declaration(entry: &Entry) -> Scenario {
    let text = |key: &str| match entry.node.get(key).map(|node| &node.value) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    Scenario {
        key: entry.key.clone(),
        name: text("name").unwrap_or_else(|| entry.key.clone()),
        note: text("note").unwrap_or_default(),
        extends: bases(entry).into_iter().map(|(key, _)| key).collect(),
    }
}

/// The scenarios that one extends, and where it says so.
fn bases(entry: &Entry) -> Vec<(String, Spot)> {
    let named = |node: &Node| match &node.value {
        Value::Text(text) => Some((text.clone(), node.spot.clone())),
        _ => None,
    };
    match entry.node.get("extends") {
        None => Vec::new(),
        Some(Node {
            value: Value::List(list),
            ..
        }) => list.iter().filter_map(named).collect(),
        Some(node) => named(node).into_iter().collect(),
    }
}

fn unknown(key: &str, at: impl Into<At>, declared: &[Entry]) -> Problem {
    let known: Vec<&str> = declared.iter().map(|entry| entry.key.as_str()).collect();
    let label = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "no scenario has this name".into(),
    };
    let all: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
    let help = if all.is_empty() {
        "declare one under `[scenario.KEY]`".into()
    } else {
        format!("name one of {}", either(&all))
    };
    let message = format!("unknown scenario `{key}`");
    Problem::new(Kind::UnknownName, at, message)
        .label(label)
        .help(help)
}

/// Tables being laid over others.
struct Overlay<'a> {
    notes: &'a mut HashMap<(usize, usize), Arc<str>>,
    found: &'a mut Problems,
}

impl Overlay<'_> {
    /// Lay a table over another. What is no table, or is a figure, takes the place of what is there.
    fn lay(&mut self, base: &mut Node, over: &Node, note: &Arc<str>, place: &Place) {
        let Value::Table(base) = &mut base.value else {
            return;
        };
        let note = match over.get("note").map(|node| &node.value) {
            Some(Value::Text(own)) => &Arc::from(own.as_str()),
            _ => note,
        };
        for entry in over.entries() {
            let place = place.then(&entry.key);
            let mut met = false;
            for mine in base.iter_mut().filter(|mine| like(&entry.key, &mine.key)) {
                met = true;
                self.replace(mine, entry, note, &place);
            }
            if !met && entry.key.contains('*') {
                let message = format!("`{place}` matches nothing");
                let problem = Problem::new(Kind::UnknownName, entry.key_spot.clone(), message)
                    .label("no such entry in the model")
                    .help("name entries that are there; `*` stands for any letters of one key");
                self.found.push(problem);
            } else if !met {
                self.cover(&entry.node, note);
                base.push(entry.clone());
            }
        }
    }

    fn replace(&mut self, mine: &mut Entry, over: &Entry, note: &Arc<str>, place: &Place) {
        if mine.node.is_table()
            && over.node.is_table()
            && !is_figure(&mine.node)
            && !is_figure(&over.node)
        {
            self.lay(&mut mine.node, &over.node, note, place);
        } else if over.key != "note" {
            // A note of the scenario covers what the scenario sets, not what the model has.
            self.cover(&over.node, note);
            mine.node = over.node.clone();
            mine.key_spot = over.key_spot.clone();
        }
    }

    /// Let a note cover a value and all within it.
    fn cover(&mut self, node: &Node, note: &Arc<str>) {
        let spot = (node.spot.source, node.spot.range.start);
        self.notes.insert(spot, Arc::clone(note));
        match &node.value {
            Value::Table(entries) => {
                let note = match node.get("note").map(|node| &node.value) {
                    Some(Value::Text(own)) => &Arc::from(own.as_str()),
                    _ => note,
                };
                for entry in entries {
                    self.cover(&entry.node, note);
                }
            }
            Value::List(list) => {
                for node in list {
                    self.cover(node, note);
                }
            }
            _ => {}
        }
    }
}

/// Whether a table is one figure with its source.
fn is_figure(node: &Node) -> bool {
    ["fact", "value", "low", "mode", "high"]
        .iter()
        .any(|key| node.get(key).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_may_run_backwards() {
        assert_eq!(months("12 months"), Some(12));
        assert_eq!(months("-2 year"), Some(-24));
        assert_eq!(months("12 EUR"), None);
        assert_eq!(share("50 %"), Some(0.5));
    }
}
