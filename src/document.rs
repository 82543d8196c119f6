//! Reading: a TOML file, and the files and facts it names, become a [`Model`].
//!
//! The format is described field by field in `docs/format.md`. Reading never stops at the first
//! fault: every one is found and shown at its line.
//!
//! ```
//! let text = r#"
//! [model]
//! note = "Invented figures"
//! [calendar]
//! start = "2026-01"
//! end = "2026-12"
//! [item.round]
//! unit = "round"
//! [line.plant]
//! makes = "round"
//! capacity = "40_000 round/year"
//! [holder.ukraine]
//! [requirement.shells]
//! holder = "ukraine"
//! item = "round"
//! quantity = "50_000 round/year"
//! "#;
//! let model = sinews::document::parse("demo.toml", text)?;
//! assert_eq!(model.calendar.periods().len(), 4);
//! # Ok::<(), sinews::problem::Problems>(())
//! ```

mod built;
mod change;
mod cited;
mod declared;
#[cfg(feature = "edit")]
mod edit;
mod effect;
#[cfg(feature = "serde")]
mod exchange;
mod figure;
mod funds;
mod goods;
mod holders;
mod industry;
mod json_schema;
mod listed;
mod manual;
mod named;
mod names;
mod over_time;
mod overlay;
mod quantity;
#[cfg(test)]
mod reach;
mod reader;
mod requirements;
mod scenario;
mod schema;
mod seeds;
mod setting;
mod slot;
mod source;
mod tiers;
mod transport;
mod tree;
mod vary;
mod versions;
mod windows;
mod world;
mod write;

pub use change::{Change, How, NotAPattern, Pattern, triangular};
#[cfg(feature = "edit")]
pub use edit::{Editor, NewValue};
pub use json_schema::{facts_json_schema, json_schema};
pub use listed::ChangeList;
pub use manual::manual;
pub use scenario::Scenario;
pub use seeds::{read_seeds, seeds_from};
pub use setting::{NotASetting, Setting};
pub(crate) use slot::{factor_of, whole};
pub use source::{Folder, MOST_BYTES, Memory, Nothing, Part, Refusal, Source};
pub use vary::Vary;
pub use versions::Versions;
pub use write::{NotSaved, save, to_toml};

use crate::evidence::{Evidence, Registry};
use crate::model::{Doubt, Draft, Model};
use crate::problem::{At, Kind, Place, Problem, Problems, Spot, Text, nearest};
use change::Changes;
use named::{Named, asked_for, files_named, refused};
use names::Names;
use reader::Reader;
use std::path::Path;
use tree::{Node, Value, spot_of};

/// Read a model from a file, with the files it includes and the facts it cites.
///
/// # Errors
/// Every fault of the files and of the model they describe, each with its position.
pub fn read(path: impl AsRef<Path>) -> Result<Model, Problems> {
    Document::open(path)?.model()
}

/// Read a model from a text. It reads no file: a text that names some is a fault
/// ([`Document::parse_beside`] looks for them in a folder).
///
/// # Errors
/// Every fault of the text and of the model it describes, each with its position.
pub fn parse(name: &str, text: &str) -> Result<Model, Problems> {
    Document::parse(name, text)?.model()
}

/// A file and all it names, read as far as TOML goes: what scenarios and changes are made to.
///
/// ```
/// use sinews::document::Document;
///
/// let document = Document::open("models/shells.toml")?;
/// let model = document.model()?;
/// assert_eq!(model.name, "Shells");
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    sources: Vec<Text>,
    tree: Node,
    registry: Registry,
    /// What the model is called if it does not say.
    name: String,
    /// What scenarios have done to it.
    applied: scenario::Applied,
}

impl Document {
    /// Open a file, with the files it includes and the facts it may cite. What it includes must lie below its
    /// own folder, its facts below the folder around that, wherever links lead.
    ///
    /// # Errors
    /// What is wrong with the files as TOML, and with the facts.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Problems> {
        let path = path.as_ref();
        Self::of(path, asked_for(path)?, &Folder::of_file(path))
    }

    /// Open a file that may also name files anywhere below another folder.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_within(path: impl AsRef<Path>, folder: impl AsRef<Path>) -> Result<Self, Problems> {
        let path = path.as_ref();
        let folders = Folder::of_file(path).within(folder);
        Self::of(path, asked_for(path)?, &folders)
    }

    /// Open a text. It reads no file: a text that names some is a fault.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn parse(name: &str, text: &str) -> Result<Self, Problems> {
        Self::parse_from(name, text, &Nothing)
    }

    /// Open a text as if it stood in a file of a folder, whose files it may name as that file could.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    ///
    /// ```
    /// use sinews::document::Document;
    ///
    /// let text = std::fs::read_to_string("models/europe.toml")?;
    /// let document = Document::parse_beside("europe.toml", &text, "models")?;
    /// assert!(Document::parse("europe.toml", &text).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse_beside(
        name: &str,
        text: &str,
        folder: impl AsRef<Path>,
    ) -> Result<Self, Problems> {
        Self::parse_from(name, text, &Folder::new(folder))
    }

    /// Open a text; what it names comes from a [`Source`].
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn parse_from(name: &str, text: &str, source: &dyn Source) -> Result<Self, Problems> {
        if text.len() as u64 > MOST_BYTES {
            return Err(named::too_large(Path::new(name)));
        }
        Self::of(Path::new(name), text.to_owned(), source)
    }

    fn of(path: &Path, text: String, source: &dyn Source) -> Result<Self, Problems> {
        let name = path.display().to_string();
        let mut named = Named::of(source);
        let mut found = Problems::default();
        let (mut tree, syntax) = tree::parse(&text, 0);
        found.extend(syntax);
        let mut sources = vec![Text { name, text }];
        for (file, spot) in files_named(&tree, Part::Include) {
            match named.text(Part::Include, &file) {
                Err(refusal) => found.push(refused(&refusal, Part::Include, &file, spot)),
                Ok(text) => {
                    let (other, syntax) = tree::parse(&text.text, sources.len());
                    found.extend(syntax);
                    let mut clashes = Vec::new();
                    tree.join(other, 3, &mut clashes);
                    found.extend(clashes);
                    sources.push(text);
                }
            }
        }
        let mut registry = Registry::default();
        for (folder, spot) in files_named(&tree, Part::Seeds) {
            match named.facts(&folder) {
                Ok(texts) => seeds::join(&mut registry, &seeds::facts_of(&texts)?),
                Err((file, refusal)) => found.push(refused(&refusal, Part::Seeds, &file, spot)),
            }
        }
        if tree.entries().is_empty() && found.is_empty() {
            let spot = Spot {
                source: 0,
                range: 0..0,
            };
            let problem = Problem::new(Kind::Empty, spot, "the file describes nothing");
            found.push(
                problem
                    .label("no table")
                    .help("start with `[calendar]`; see docs/format.md"),
            );
        }
        let name = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into());
        found.located(sources.clone(), |_| None).or(Self {
            sources,
            tree,
            registry,
            name,
            applied: scenario::Applied::default(),
        })
    }

    /// The texts it was read from: its file, what that includes, what was laid over it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|source| source.text.as_str())
    }

    /// The facts it may cite.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Where a value stands: file and line, such as `models/shells.toml:39`. What is written in no key of
    /// its own, such as a step of a figure over time, stands where the value around it does. `None`:
    /// nothing of it is written.
    ///
    /// ```
    /// # use sinews::{document::Document, problem::Place};
    /// let document = Document::open("models/tiny.toml")?;
    /// let place = Place::new(["line", "plant", "capacity"]);
    /// assert_eq!(document.position(&place).as_deref(), Some("models/tiny.toml:5"));
    /// # Ok::<(), sinews::problem::Problems>(())
    /// ```
    pub fn position(&self, place: &Place) -> Option<String> {
        let spot = self.tree.nearest(place)?;
        let source = self.sources.get(spot.source)?;
        let before = source.text.get(..spot.range.start)?;
        let line = 1 + before.matches('\n').count();
        Some(format!("{}:{line}", source.name))
    }

    /// The scenario that is applied, if one is.
    pub fn applied(&self) -> Option<&Scenario> {
        self.applied.scenario.as_ref()
    }

    /// The model it describes.
    ///
    /// # Errors
    /// Every fault of the document and of the model it describes, each with its position.
    pub fn model(&self) -> Result<Model, Problems> {
        self.changed(&[])
    }

    /// The model it describes, with some figures changed.
    ///
    /// A scenario or a change may leave something idle on purpose, so what is only useless is no
    /// fault here.
    ///
    /// # Errors
    /// As [`model`](Self::model), and changes that name no figure.
    pub fn changed(&self, changes: &[Change]) -> Result<Model, Problems> {
        // Where each value stands is half of the work, and is needed for problems only.
        self.read_with(changes, false)
            .or_else(|_| self.read_with(changes, true))
    }

    fn read_with(&self, changes: &[Change], locating: bool) -> Result<Model, Problems> {
        let own = self.applied.changes.iter();
        let own = own.map(|made| (made.change.clone(), made.layer));
        // What is asked beside all scenarios is done last.
        let last = self.applied.layers + 1;
        let all = own.chain(changes.iter().map(|change| (change.clone(), last)));
        let idle = !(changes.is_empty() && self.applied.is_nothing());
        let mut reader = Reader::new(&self.registry);
        reader.locating = locating;
        reader.changes = Changes::of(all);
        reader.laid = Some(&self.applied.laid);
        self.unknown_tables(&mut reader);
        let draft = self.draft(&mut reader);
        self.idle(&mut reader);
        if changes.is_empty() {
            self.patterns(&mut reader);
        }
        let Reader {
            lost_units,
            mut found,
            spots,
            cited,
            figures,
            lost_names,
            ..
        } = reader;
        let checked = draft.and_then(|mut draft| {
            let facts = cited
                .iter()
                .filter_map(|id| self.registry.get(id).cloned())
                .collect();
            draft.evidence = Evidence { facts, figures };
            let tables = found
                .list()
                .iter()
                .filter_map(|problem| self.table_of(&problem.at));
            let doubt = Doubt {
                tables: tables.collect(),
                names: lost_names || lost_units,
                idle,
            };
            match draft.check_beside(doubt) {
                Ok(model) => Some(model),
                Err(problems) => {
                    found.extend(problems.list().iter().cloned());
                    None
                }
            }
        });
        let found = if found.is_empty() {
            found
        } else {
            found.located(self.sources.clone(), |place| spot_of(place, &spots))
        };
        match checked {
            Some(model) => found.or(model),
            None if found.is_empty() => unreachable!("a draft is missing only with a problem"),
            None => Err(found.or(()).expect_err("there is a problem")),
        }
    }

    /// Read everything; `None` without a calendar, on which all else hangs.
    fn draft<'a>(&'a self, reader: &mut Reader<'a>) -> Option<Draft> {
        let root = &self.tree;
        let names = Names::of(root, reader);
        let model = root.get("model");
        let name = model.and_then(|node| reader.world_model(node));
        reader.scenarios(root);
        let calendar = reader.world_calendar(root)?;
        reader.start = Some(calendar.start());
        reader.end = Some(calendar.end());
        let mut draft = Draft::new(calendar);
        draft.name = name.unwrap_or_else(|| self.name.clone());
        reader.world(root, &names, &mut draft);
        reader.goods(root, &names, &mut draft);
        reader.industry(root, &names, &mut draft);
        reader.holders(root, &names, &mut draft);
        reader.transport(root, &names, &mut draft);
        reader.requirements(root, &names, &mut draft);
        reader.funds(root, &names, &mut draft);
        Some(draft)
    }

    /// The table of an entry, such as `line.plant`, that a fault lies in.
    fn table_of(&self, at: &At) -> Option<Place> {
        let spot = match at {
            At::Place(place) => return Some(place.around(2)),
            At::Spot(spot) => spot,
        };
        let top = self.tree.entries().iter();
        let entries = top.flat_map(|top| top.node.entries().iter().map(|entry| (&top.key, entry)));
        // The last one that starts before the fault: tables follow one another.
        let before = entries.filter(|(_, entry)| {
            entry.key_spot.source == spot.source && entry.key_spot.range.start <= spot.range.start
        });
        let last = before.max_by_key(|(_, entry)| entry.key_spot.range.start)?;
        Some(Place::new([last.0, &last.1.key]))
    }

    fn unknown_tables(&self, reader: &mut Reader<'_>) {
        let mut known: Vec<_> = schema::TABLES
            .iter()
            .filter(|s| s.is_top())
            .map(|s| s.name())
            .collect();
        known.dedup();
        for entry in self.tree.entries() {
            if known.contains(&entry.key.as_str()) {
                if !matches!(entry.node.value, Value::Table(_)) {
                    let place = Place::new([&entry.key]);
                    let example = format!("`[{}.KEY]` and its fields below it", entry.key);
                    reader.wrong_type(&entry.node, &place, "a table", &example);
                }
                continue;
            }
            let label = match nearest(&entry.key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "no such table".into(),
            };
            let message = format!("unknown table `{}`", entry.key);
            let problem = Problem::new(Kind::UnknownTable, entry.key_spot.clone(), message)
                .label(label)
                .help(format!("the tables are `{}`", known.join("`, `")));
            reader.push(problem);
        }
    }
}
