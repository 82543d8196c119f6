//! Evidence: the public facts a model rests on, and what is assumed where there is none.
//!
//! A [`Registry`] holds facts read from `seeds/*.toml`. A model cites them by id; what it cites,
//! and what it assumes instead, is kept as its [`Evidence`] and listed in every report.

use crate::problem::Place;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// A public figure with its source.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
pub struct Fact {
    /// Its id: unique, starting with area or country.
    pub id: String,
    /// What it is about.
    pub subject: String,
    /// What kind of figure it is: capacity, production, price, lead-time, funding, …
    pub quantity: String,
    /// The best single figure.
    pub value: f64,
    /// The lower end, where sources differ.
    pub low: Option<f64>,
    /// The upper end, where sources differ.
    pub high: Option<f64>,
    /// Its unit, such as `round/year`.
    pub unit: String,
    /// The period it is about.
    pub as_of: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Where it was published.
    pub source: Origin,
    /// A caveat or definition.
    pub note: String,
    /// The file it was read from, and the line.
    pub position: String,
}

/// How far a fact can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
pub enum Confidence {
    /// An estimate, or a single weak source.
    Low,
    /// Reputable press or a research institute.
    Medium,
    /// A primary source: company, government, EU, NATO.
    High,
}

impl Confidence {
    /// Every class, with the word for it.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
    ];
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::WORDS
            .iter()
            .find(|(_, class)| class == self)
            .map_or("", |(word, _)| word);
        f.pad(word)
    }
}

/// Where a fact was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
pub struct Origin {
    /// Who published it.
    pub publisher: String,
    /// Under what title.
    pub title: String,
    /// When: `2025-08-27`, or as much of it as is known.
    pub date: String,
    /// Its address.
    pub url: String,
}

/// Facts by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    facts: BTreeMap<String, Fact>,
}

impl Registry {
    /// The fact with this id.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.facts.get(id)
    }

    /// Every fact, in the order of their ids.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.values()
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// Add a fact; gives the one that already has its id, if any, and keeps that.
    pub fn add(&mut self, fact: Fact) -> Option<&Fact> {
        use std::collections::btree_map::Entry;
        match self.facts.entry(fact.id.clone()) {
            Entry::Vacant(free) => {
                free.insert(fact);
                None
            }
            Entry::Occupied(taken) => Some(taken.into_mut()),
        }
    }
}

/// What a model rests on.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Evidence {
    /// The facts it cites, each once, in the order of their ids.
    pub facts: Vec<Fact>,
    /// Every figure it was read from, in the order of the file.
    pub figures: Vec<Figure>,
}

impl Evidence {
    /// What a figure rests on, in words: the fact with its value and source, or why it is assumed.
    pub fn basis_in_words(&self, basis: &Basis) -> String {
        match basis {
            Basis::Assumption(note) => format!("assumed: {note}"),
            Basis::Fact(id) => match self.facts.iter().find(|fact| fact.id == *id) {
                None => format!("fact `{id}`"),
                Some(fact) => format!(
                    "fact `{id}`: {} {} ({}, confidence {}); {}, “{}”, {}, {}",
                    fact.value,
                    fact.unit,
                    fact.as_of,
                    fact.confidence,
                    fact.source.publisher,
                    fact.source.title,
                    fact.source.date,
                    fact.source.url
                ),
            },
        }
    }

    /// The figures that are assumed, with the note that says why.
    pub fn assumptions(&self) -> impl Iterator<Item = (&Figure, &str)> {
        self.figures
            .iter()
            .filter_map(|figure| match &figure.basis {
                Basis::Assumption(note) => Some((figure, note.as_str())),
                Basis::Fact(_) => None,
            })
    }
}

/// A figure of a model and what it rests on.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Figure {
    /// Where it stands.
    pub place: Place,
    /// The figure as used, with its unit.
    pub value: f64,
    /// Its unit as written.
    pub unit: String,
    /// Lower and upper end, if it is uncertain.
    pub range: Option<(f64, f64)>,
    /// What it rests on.
    pub basis: Basis,
    /// Whether it is derived from the fact that it cites: a share or a multiple of it, or spread over a time. If not,
    /// it is used as published.
    pub derived: bool,
}

/// How figures come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Class {
    /// A fact as it was published.
    Published,
    /// Derived from a published fact: scaled, or spread over a time.
    Derived,
    /// Assumed, for a reason that its note gives.
    Assumed,
}

impl Figure {
    /// How it comes about.
    pub fn class(&self) -> Class {
        match (&self.basis, self.derived) {
            (Basis::Assumption(_), _) => Class::Assumed,
            (Basis::Fact(_), true) => Class::Derived,
            (Basis::Fact(_), false) => Class::Published,
        }
    }
}

/// What a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Basis {
    /// A cited fact.
    Fact(String),
    /// An assumption, with its note.
    Assumption(String),
}
