//! Scenarios: named changes that a file makes to its own model.
//!
//! A scenario lays tables over those of the model (`set`), multiplies figures (`scale`) and lets
//! figures over time happen later (`shift`), in this order. It may extend others, which are applied, whole,
//! before it: what it sets is not changed by them. Each value it sets keeps the position at which the
//! scenario writes it.
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
use super::change::{Change, How, Pattern};
use super::names::entries;
use super::overlay::{Laid, Overlay};
use super::quantity::{Quantity, Unit};
use super::reader::{Fields, Reader};
use super::schema::{SCENARIO, in_words};
use super::tree::{self, Entry, Node, Value};
use crate::problem::{At, Kind, Place, Problem, Problems, Spot, Text, nearest};

/// So many scenarios may extend one another in a row.
const DEEPEST: usize = 100;

/// A scenario as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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
    /// What they set.
    pub(super) laid: Laid,
    /// The changes they make to figures.
    pub(super) changes: Vec<Made>,
    /// How many came before, one after another.
    pub(super) layers: usize,
    /// The scenario that is applied, if one is.
    pub(super) scenario: Option<Scenario>,
}

/// A change that a scenario makes.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) change: Change,
    /// How many scenarios came before the one that makes it.
    pub(super) layer: usize,
    /// Where it is written.
    pub(super) spot: Spot,
}

impl Applied {
    /// Whether the model is as its file has it.
    pub(super) fn is_nothing(&self) -> bool {
        self.laid.is_nothing() && self.changes.is_empty()
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
        new.sources.push(Text {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let mut found = Problems::default();
        found.extend(syntax);
        new.applied.layers += 1;
        let mut overlay = Overlay::new(&mut new.applied.laid, new.applied.layers, &mut found);
        overlay.all(&mut new.tree, &tree, note);
        let sources = new.sources.clone();
        found.located(sources, |_| None).or(new)
    }

    /// The document with a scenario applied that no file of it declares: a text of what would stand under
    /// `[scenario.KEY]`. It comes after all that is applied already, and [`applied`](Self::applied) does not tell of it.
    ///
    /// # Errors
    /// What is wrong with the text; what is wrong with the model that it makes comes with [`model`](Self::model).
    ///
    /// ```
    /// # use sinews::document::Document;
    /// let document = Document::open("models/shells.toml")?;
    /// let text = "note = \"A bad winter\"\nscale = { \"line.*.capacity\" = 0.8 }";
    /// let model = document.with_scenario("winter", text)?.model()?;
    /// # Ok::<(), sinews::problem::Problems>(())
    /// ```
    pub fn with_scenario(&self, name: &str, text: &str) -> Result<Self, Problems> {
        let mut new = self.clone();
        let source = new.sources.len();
        let (node, syntax) = tree::parse(text, source);
        new.sources.push(Text {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let mut found = Problems::default();
        found.extend(syntax);
        let entry = Entry {
            key: name.to_owned(),
            key_spot: Spot {
                source,
                range: 0..0,
            },
            node,
        };
        new.apply(self, &entry, &mut found);
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
            found.push(unknown(key, at.clone(), &keys(declared)));
            return;
        };
        if path.iter().any(|other| other == key) {
            found.push(circle(key, at.clone()));
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
        self.applied.layers += 1;
        let layer = self.applied.layers;
        let mut reader = Reader::new(&base.registry);
        let place = Place::new(["scenario", &entry.key]);
        let fields = reader.open(&SCENARIO, &entry.node, place.clone(), "");
        reader.text(&fields, "name");
        for (change, spot) in reader.made(&fields) {
            self.applied.changes.push(Made {
                change,
                layer,
                spot,
            });
        }
        found.extend(reader.found.list().iter().cloned());
        if let Some(set) = fields.get("set") {
            let mut overlay = Overlay::new(&mut self.applied.laid, layer, found);
            overlay.all(&mut self.tree, set, &fields.note);
        }
    }
}

impl<'a> Reader<'a> {
    /// Every scenario that is declared: its fields, and that what it extends is there and does not lead back to it.
    pub(super) fn scenarios(&mut self, root: &'a Node) {
        let declared = entries(root, "scenario");
        for entry in declared {
            let place = Place::new(["scenario", &entry.key]);
            let fields = self.open(&SCENARIO, &entry.node, place, "");
            self.text(&fields, "name");
            for (base, spot) in bases(entry) {
                if !declared.iter().any(|other| other.key == base) {
                    self.push(unknown(&base, spot, &keys(declared)));
                }
            }
            self.is_table_or_absent(&fields, "set");
        }
        self.circles(declared);
    }

    /// The changes that a scenario makes to figures, each with where its pattern stands.
    pub(super) fn made(&mut self, fields: &Fields<'a>) -> Vec<(Change, Spot)> {
        let mut all = Vec::new();
        for key in ["scale", "shift"] {
            for change in self.keyed(fields, key) {
                let at = fields.at(key).then(&change.key);
                let how = if key == "scale" {
                    self.factor(&change.node, &at).map(How::Scale)
                } else {
                    self.delay(&change.node, &at).map(How::Shift)
                };
                let pattern = self.pattern(change);
                if let Some((how, pattern)) = how.zip(pattern) {
                    all.push((Change::new(pattern, how), change.key_spot.clone()));
                }
            }
        }
        all
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
        let span = match &node.value {
            Value::Text(text) => months(text),
            _ => None,
        };
        let Some(span) = span else {
            self.wrong_type(node, place, "a span of time", "it as `\"12 months\"`");
            return None;
        };
        if (span - span.round()).abs() > 1e-9 {
            let message = format!("`{place}` is no whole number of months");
            let problem = Problem::new(Kind::OutOfRange, node.spot.clone(), message);
            let problem = problem.label("steps start in months");
            self.push(problem.help("write whole months, such as `\"2 months\"`"));
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
        Some(span.round() as i32)
    }
}

fn share(text: &str) -> Option<f64> {
    Quantity::read(text).ok()?.to(&Unit::read("").ok()?)
}

/// The months of a span of up to a century, which may run backwards: `-6 months`.
fn months(text: &str) -> Option<f64> {
    let months = Quantity::read(text).ok()?.to(&Unit::read("month").ok()?)?;
    (months.abs() <= 1_200.0).then_some(months)
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
pub(super) fn bases(entry: &Entry) -> Vec<(String, Spot)> {
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

/// A scenario leads back to itself.
pub(super) fn circle(key: &str, at: At) -> Problem {
    let message = format!("scenario `{key}` extends itself");
    Problem::new(Kind::Circle, at, message)
        .label("leads back to it")
        .help("take one of the scenarios out of the circle")
}

fn keys(declared: &[Entry]) -> Vec<&str> {
    declared.iter().map(|entry| entry.key.as_str()).collect()
}

/// No version of a model built in Rust has such a key.
pub(super) fn unknown_version(key: &str, known: &[&str]) -> Problems {
    let problem = unknown(key, Place::new(["scenario", key]), known);
    let mut found = Problems::default();
    found.push(if known.is_empty() {
        problem.help("set versions of the model beside it: `Versions::of(model).with(…)`")
    } else {
        problem
    });
    found
}

fn unknown(key: &str, at: impl Into<At>, known: &[&str]) -> Problem {
    let label = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "no scenario has this name".into(),
    };
    let all: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
    let help = if all.is_empty() {
        "declare one under `[scenario.KEY]`".into()
    } else {
        format!("name one of {}", in_words(&all, "or"))
    };
    let message = format!("unknown scenario `{key}`");
    Problem::new(Kind::UnknownName, at, message)
        .label(label)
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_may_run_backwards() {
        assert_eq!(months("12 months"), Some(12.0));
        assert_eq!(months("-2 year"), Some(-24.0));
        assert_eq!(months("12 EUR"), None);
        assert_eq!(share("50 %"), Some(0.5));
    }
}
