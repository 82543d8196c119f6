//! Reading facts: `seeds/*.toml`, each a list of `[[fact]]` with a source.

use super::named::load;
use super::quantity::Unit;
use super::reader::{Fields, Reader};
use super::schema::{FACT, SOURCE};
use super::tree::{self, Node, Value};
use crate::evidence::{Confidence, Fact, Origin, Registry};
use crate::files;
use crate::problem::{Kind, Place, Problem, Problems, Text};
use std::collections::HashMap;
use std::path::Path;

/// Read every `*.toml` file of a folder as facts.
///
/// # Errors
/// Every fault of the files, each with its position; or that the folder cannot be read.
pub fn read_seeds(folder: impl AsRef<Path>) -> Result<Registry, Problems> {
    let folder = folder.as_ref();
    let files = files::list(folder).map_err(|fault| {
        let message = format!("cannot read the folder: {}", fault.reason);
        let help = "name a folder of `*.toml` files";
        Problems::of_file(folder, Kind::NoFile, message, help)
    })?;
    let mut sources = Vec::new();
    for name in files {
        let path = folder.join(name);
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        sources.push(Text {
            name: path.display().to_string(),
            text: load(&path)?,
        });
    }
    facts_of(&sources)
}

/// Read facts from one text.
///
/// # Errors
/// Every fault of the text, each with its position.
pub fn seeds_from(name: &str, text: &str) -> Result<Registry, Problems> {
    facts_of(&[Text {
        name: name.to_owned(),
        text: text.to_owned(),
    }])
}

/// Put facts into a registry that has none of their ids.
pub(super) fn join(registry: &mut Registry, facts: &Registry) {
    for fact in facts.facts() {
        registry.add(fact.clone());
    }
}

pub(super) fn facts_of(sources: &[Text]) -> Result<Registry, Problems> {
    let none = Registry::default();
    let mut reader = Reader::new(&none);
    let mut registry = Registry::default();
    let mut places: HashMap<String, &crate::problem::Spot> = HashMap::new();
    let trees: Vec<_> = sources
        .iter()
        .enumerate()
        .map(|(n, s)| tree::parse(&s.text, n))
        .collect();
    for ((tree, syntax), source) in trees.iter().zip(sources) {
        reader.found.extend(syntax.iter().cloned());
        for entry in tree.entries() {
            let Value::List(list) = &entry.node.value else {
                let message = format!("unknown table `{}` among facts", entry.key);
                let problem = Problem::new(Kind::UnknownTable, entry.key_spot.clone(), message)
                    .label("not a list of facts")
                    .help("write `[[fact]]` for each fact");
                reader.push(problem);
                continue;
            };
            for node in list {
                let Some(fact) = reader.fact(node, source) else {
                    continue;
                };
                let id = fact.id.clone();
                if registry.add(fact).is_some() {
                    let problem = Problem::new(Kind::DuplicateFact, node.spot.clone(), format!("two facts are called `{id}`"))
                        .label("the second")
                        .also(Clone::clone(places[&id]), "the first")
                        .help("give each an id of its own; keep conflicting figures side by side under two ids");
                    reader.push(problem);
                } else {
                    places.insert(id, &node.spot);
                }
            }
        }
    }
    let spots = std::mem::take(&mut reader.spots);
    let found = reader.found;
    found
        .located(sources.to_vec(), |place| tree::spot_of(place, &spots))
        .or(registry)
}

impl<'a> Reader<'a> {
    fn fact(&mut self, node: &'a Node, source: &Text) -> Option<Fact> {
        let id = match node.get("id").map(|id| &id.value) {
            Some(Value::Text(id)) => id.clone(),
            _ => String::new(),
        };
        let fields = self.open(&FACT, node, Place::new(["fact", &id]), "");
        let origin = fields.get("source").map(|node| {
            let source = self.open(&SOURCE, node, fields.at("source"), "");
            Origin {
                publisher: self.text(&source, "publisher").unwrap_or_default(),
                title: self.text(&source, "title").unwrap_or_default(),
                date: self.text(&source, "date").unwrap_or_default(),
                url: self.text(&source, "url").unwrap_or_default(),
            }
        });
        let unit = self.text(&fields, "unit").unwrap_or_default();
        self.fact_unit(&fields, &unit);
        let number = |reader: &mut Self, key: &str| reader.number(&fields, key);
        let (value, low, high) = (
            number(self, "value"),
            number(self, "low"),
            number(self, "high"),
        );
        if let Some(value) = value
            && (low.is_some_and(|low| low > value) || high.is_some_and(|high| high < value))
        {
            let message =
                format!("the value of fact `{id}` does not lie between its `low` and its `high`");
            let problem = Problem::new(Kind::RangeOrder, fields.at("value"), message)
                .label("low ≤ value ≤ high does not hold")
                .help("put the three in order");
            self.push(problem);
        }
        let line = source.text[..node.spot.range.start.min(source.text.len())]
            .lines()
            .count();
        self.text(&fields, "id")?;
        Some(Fact {
            subject: self.text(&fields, "subject")?,
            quantity: self.text(&fields, "quantity")?,
            value: value?,
            low,
            high,
            unit,
            as_of: self.text(&fields, "as_of")?,
            confidence: self.choice(&fields, "confidence", &Confidence::WORDS)?,
            source: origin?,
            note: self.text(&fields, "note").unwrap_or_default(),
            position: format!("{}:{}", source.name, line.max(1)),
            id,
        })
    }

    fn fact_unit(&mut self, fields: &Fields<'_>, unit: &str) {
        if Unit::read(unit).is_err() {
            let message = format!("`{unit}` is no unit that can be read");
            let problem = Problem::new(Kind::FactUnit, fields.at("unit"), message)
                .label("not a unit")
                .help("write it as in a model: `round/year`, `EUR/round`, `month`, `%`");
            self.push(problem);
        }
    }
}
