//! Models as TOML text that reads back to the same model.
//!
//! A file holds what a [`Draft`] says, in one text without seeds, included files or scenarios, which belong to a
//! [`Document`]. Fields, units and order are those of the format; numbers have the digits that read back to
//! the last bit. What cannot be cited any more is told in notes: a figure keeps its range and says which fact it was taken
//! from. A figure that was changed since it was read has lost its source, and says so.
//!
//! A product of factors is saved as one figure: what its factors rest on is not kept.
//!
//! A file lists expansions with their line and stocks with their holder. A draft that was built in another order reads
//! back with these in that order, and else alike.

mod fields;
mod holders;
mod industry;
mod money;
mod needs;
mod number;
mod text;
mod world;

use super::Document;
use super::figure::Expect;
use crate::evidence::{Basis, Evidence, Fact};
use crate::files::{self, Fault};
use crate::ids::{CurrencyId, ItemId};
use crate::model::{Draft, Money};
use crate::problem::{Kind, Place, Problem, Problems};
#[cfg(feature = "serde")]
pub(super) use number::number;
use number::quantity;
use std::collections::HashMap;
use std::path::Path;
use text::{Figure, Table};

/// What stands where nothing is known of where a figure comes from.
const NO_SOURCE: &str = "Stated without a source";

/// A draft, or a [`Model`](crate::model::Model), as TOML text that reads back to the same model.
///
/// ```
/// use sinews::document::{parse, to_toml};
/// use sinews::units::per_year;
///
/// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
/// for line in draft.lines.values_mut() {
///     line.capacity = per_year(120.5).into();
/// }
/// let text = to_toml(&draft)?;
/// assert!(text.contains("120.5 round/year"), "{text}");
/// assert_eq!(parse("tiny.toml", &text)?.lines, draft.lines);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
///
/// # Errors
/// [Rules](crate::model::Rule) of one's own, which the format has no words for; every fault that reading the text would find. A model of a scenario may have what a file of its own may not, such
/// as a fund that a scenario has left without use.
pub fn to_toml(draft: &Draft) -> Result<String, Problems> {
    let mut found = Problems::default();
    for rule in draft.rules.values() {
        let place = Place::new(["rule", &rule.key]);
        let message = format!("the rule `{}` cannot be saved", rule.key);
        let problem = Problem::new(Kind::UnknownTable, place, message);
        found.push(problem.help(
            "a model file has no rules of one's own: save the model without it, and add it in Rust",
        ));
    }
    found.or(())?;
    let text = Writer::of(draft).text();
    Document::parse(&draft.name, &text)?.model()?;
    Ok(text)
}

/// Why a model could not be saved.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotSaved {
    /// It could not be read back.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// The file could not be written.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It is a text that was given, and no file.
    #[error("the model is a text, and no file that could be written")]
    NoFile,
}

/// Save a draft or a model as a file of its own, [as TOML](to_toml). What is there stays until the new file is
/// complete.
///
/// # Errors
/// As [`to_toml`], and files that cannot be written.
pub fn save(path: impl AsRef<Path>, draft: &Draft) -> Result<(), NotSaved> {
    let text = to_toml(draft)?;
    Ok(files::write(path.as_ref(), text.as_bytes())?)
}

/// Writes a draft: knows what its figures rest on.
struct Writer<'d> {
    draft: &'d Draft,
    sources: HashMap<&'d Place, &'d crate::evidence::Figure>,
    facts: HashMap<&'d str, &'d Fact>,
}

impl<'d> Writer<'d> {
    fn of(draft: &'d Draft) -> Self {
        let Evidence { facts, figures } = &draft.evidence;
        Self {
            draft,
            sources: figures
                .iter()
                .map(|figure| (&figure.place, figure))
                .collect(),
            facts: facts.iter().map(|fact| (fact.id.as_str(), fact)).collect(),
        }
    }

    fn text(&self) -> String {
        let mut tables = self.world();
        tables.extend(self.industry());
        tables.extend(self.holders());
        tables.extend(self.needs());
        tables.extend(self.funds());
        let note = text::common_note(&tables).unwrap_or(NO_SOURCE).to_owned();
        let model = (vec!["model".into()], self.model(&note));
        tables.insert(0, model);
        text::file(&tables, &note)
    }

    /// Where a figure comes from, if it is still what it was then.
    fn source(&self, place: &Place, value: f64) -> Option<&'d crate::evidence::Figure> {
        let source = self.sources.get(place)?;
        let same = source.value == value || 1.0 / source.value == value;
        same.then_some(*source)
    }

    fn knows(&self, place: &Place, value: f64) -> bool {
        self.source(place, value).is_some()
    }

    fn knows_below(&self, place: &Place) -> bool {
        let mut known = self.sources.keys();
        known.any(|known| known.keys().starts_with(place.keys()))
    }

    /// A figure in its unit, with its range and its note.
    fn figure(
        &self,
        place: &Place,
        expect: &Expect,
        currency: Option<CurrencyId>,
        value: f64,
    ) -> Figure {
        let code = &self.draft.money.currencies[currency.unwrap_or(Money::BASE)].code;
        let unit = expect.counted(Some(code)).unwrap_or_default();
        let source = self.source(place, value);
        let turned = source.filter(|source| expect.turned() == Some(&source.unit));
        let turned = turned.filter(|source| 1.0 / source.value == value);
        let (unit, value) = match turned {
            Some(source) => (&source.unit, source.value),
            None => (&unit, value),
        };
        let source = source.filter(|source| source.value == value);
        let range = source.and_then(|source| source.range);
        let range = range.filter(|(low, high)| *low <= value && value <= *high);
        Figure {
            text: quantity(expect, unit, value),
            range: range.map(|(low, high)| [low, high].map(|end| quantity(expect, unit, end))),
            note: source.map_or_else(|| NO_SOURCE.into(), |source| self.note(source)),
        }
    }

    /// What a figure rests on, in words.
    fn note(&self, figure: &crate::evidence::Figure) -> String {
        let id = match &figure.basis {
            Basis::Assumption(note) => return note.clone(),
            Basis::Fact(id) => id,
        };
        let how = if figure.derived {
            "Derived from fact"
        } else {
            "Fact"
        };
        let Some(fact) = self.facts.get(id.as_str()) else {
            return format!("{how} {id}");
        };
        let source = &fact.source;
        format!(
            "{how} {id}: {}, {}. {}: {}, {}, {}",
            fact.subject, fact.as_of, source.publisher, source.title, source.date, source.url
        )
    }

    /// What an item counts in.
    fn unit(&self, item: ItemId) -> &'d str {
        &self.draft.items[item].unit
    }

    /// Tables of one kind, by their keys.
    fn keyed<'t, T: 't>(
        top: &'static str,
        things: impl IntoIterator<Item = &'t T>,
        key: impl Fn(&T) -> &str,
        table: impl Fn(&T, Place) -> Table,
    ) -> Vec<(Vec<String>, Table)> {
        let tables = things.into_iter().map(|thing| {
            let keys = vec![top.to_owned(), key(thing).to_owned()];
            let place = Place::new(&keys);
            (keys, table(thing, place))
        });
        tables.collect()
    }
}
