//! Model files changed in place: comments, order and notation of all else stay.
//!
//! An [`Editor`] holds a file and those that it includes. Figures are named as in a [`Change`](super::Change), without
//! stars: `line.nora.capacity`, `fund.aid.amount.2027`, `supplier.us.tiers.2.cost`. Whatever is named is changed in the file in
//! which it stands, and [`save`](Editor::save) writes the files that were changed, if the model that they describe can be
//! read.

mod figure;
mod new_value;
mod walk;

pub use new_value::NewValue;

use super::named::{asked_for, files_named};
use super::slot::Slot;
use super::source::{Folder, Nothing, Part, Refusal, Source};
use super::write::NotSaved;
use super::{Document, tree};
use crate::dotted;
use crate::files;
use crate::problem::{Kind, Place, Problem, Problems, Text};
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item};
use walk::{container, existing, table_at};

/// A model file that is being changed, with those that it includes.
///
/// ```
/// use sinews::document::Editor;
///
/// let mut editor = Editor::open("models/shells.toml")?;
/// editor.set("line.tnt-works.capacity", "5_000 t/year")?;
/// editor.add("holder.poland", "name = \"Poland\" # a neighbour")?;
/// editor.remove("holder.poland")?;
/// let model = editor.document()?.model()?;
/// # assert!(model.lines.values().any(|line| line.capacity.most().value() == 5_000.0));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
///
/// # What setting a figure does
///
/// | the figure is | it becomes |
/// |---|---|
/// | not there | the new value, in the table around it; tables that are written once, such as `payment`, are made for it |
/// | a number or text | the new value in its place; what was written beside it as a comment stays |
/// | a table with a `value` | the same table with the new `value`: `low`, `high` and `note` stay unless they are set, too |
/// | a cited `fact` | a table with the new `value` and a `note`, that given or `Instead of fact ID`: it is no longer the fact's, nor are its range, `scale` and `over` |
/// | over time, named as a whole | the new value for all time: its steps go |
/// | over time, named with a month or year | that step changed, or one more step |
/// | for all time, named with a month or year | refused: what it was before would have to be guessed |
#[derive(Debug)]
pub struct Editor {
    path: PathBuf,
    /// Whether it was opened as a file.
    is_file: bool,
    files: Vec<Edited>,
}

/// A file, and what has become of it.
#[derive(Debug)]
struct Edited {
    /// Its name in the file that includes it.
    name: String,
    /// What it is called in problems: its path.
    shown: String,
    /// As it was read.
    read: String,
    toml: DocumentMut,
}

impl Editor {
    /// Open a file to change it, with the files that it includes.
    ///
    /// # Errors
    /// As [`Document::open`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Problems> {
        let path = path.as_ref();
        Self::of(path, asked_for(path)?, &Folder::of_file(path), true)
    }

    /// Open a text to change it. It is no file: [`texts`](Self::texts) gives it back.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse(name: &str, text: &str) -> Result<Self, Problems> {
        Self::of(Path::new(name), text.to_owned(), &Nothing, false)
    }

    fn of(path: &Path, text: String, source: &dyn Source, is_file: bool) -> Result<Self, Problems> {
        let document = Document::of(path, text, source)?;
        let included = files_named(&document.tree, Part::Include);
        let names = included.into_iter().map(|(name, _)| name);
        let names = std::iter::once(String::new()).chain(names);
        let files = names.zip(document.sources).map(|(name, source)| {
            let toml = source
                .text
                .parse()
                .map_err(|error| syntax(&source, &error))?;
            let Text {
                name: shown,
                text: read,
            } = source;
            Ok(Edited {
                name,
                shown,
                read,
                toml,
            })
        });
        Ok(Self {
            path: path.to_owned(),
            is_file,
            files: files.collect::<Result<_, Problems>>()?,
        })
    }

    /// Set a figure, a name, a choice, a list of names (see [what setting a figure does](Self#what-setting-a-figure-does)).
    ///
    /// # Errors
    /// There is no such field, or nothing that it could be a field of; a step of what does not change over time. What the value
    /// is worth is told when the [document](Self::document) is read.
    pub fn set(&mut self, place: &str, setting: impl Into<NewValue>) -> Result<(), Problems> {
        let keys = self.keys(place)?;
        let (setting, slot) = (setting.into(), Slot::at(&keys));
        let (depth, step) = match slot {
            Slot::Step => (keys.len() - 2, keys.last().and_then(|key| key.parse().ok())),
            Slot::Figure(_) | Slot::Other(_) => (keys.len() - 1, None),
            Slot::Nothing => return Err(self.unknown(&keys)),
            _ => {
                let message = format!("`{place}` is a table");
                let problem = Problem::new(Kind::WrongType, Place::new(&keys), message);
                return Err(self.located(
                    problem
                        .label("not one figure")
                        .help("set a field of it, or add a table"),
                ));
            }
        };
        let n = self.file_of(&keys);
        let around = table_at(
            self.files[n].toml.as_table_mut(),
            &keys[..depth],
            Slot::File,
        );
        let done = around.map(|table| match (step, slot) {
            (Some(month), _) => figure::set_step(table, &keys[depth], month, &setting),
            (None, Slot::Figure(_)) => {
                figure::set(table, &keys[depth], &setting);
                true
            }
            _ => {
                figure::replace(table, &keys[depth], setting.value());
                true
            }
        });
        match done {
            Some(true) => Ok(()),
            Some(false) => {
                let whole = Place::new(&keys[..=depth]);
                let message = format!("`{whole}` is one figure for all time");
                let problem = Problem::new(Kind::WrongType, whole, message).label("no steps");
                Err(self.located(problem.help("set it as a whole, or remove it and set each step")))
            }
            None => Err(self.missing(&keys)),
        }
    }

    /// Add a table, such as `line.nora`, with fields as TOML has them; comments stay.
    ///
    /// # Errors
    /// The fields are no TOML, the format has no such table, or it is there.
    pub fn add(&mut self, place: &str, fields: &str) -> Result<(), Problems> {
        let keys = self.keys(place)?;
        if !matches!(Slot::at(&keys), Slot::Table(_)) {
            return Err(self.unknown(&keys));
        }
        let toml: DocumentMut = fields.parse().map_err(|error| {
            let (name, text) = (place.to_owned(), fields.to_owned());
            syntax(&Text { name, text }, &error)
        })?;
        let (n, (key, around)) = (
            self.file_of(&keys),
            keys.split_last().unwrap_or((&keys[0], &[])),
        );
        let root = self.files[n].toml.as_table_mut();
        let Some(table) = container(root, around, Slot::File) else {
            return Err(self.missing(&keys));
        };
        if table.contains_key(key) {
            let message = format!("`{place}` is there already");
            let problem = Problem::new(Kind::DuplicateKey, Place::new(&keys), message);
            return Err(self.located(
                problem
                    .label("here")
                    .help("set its fields, or remove it first"),
            ));
        }
        let trailing = toml
            .trailing()
            .as_str()
            .unwrap_or_default()
            .trim_end()
            .to_owned();
        let mut new = toml.into_table();
        figure::anywhere(&mut new);
        new.set_implicit(false);
        new.decor_mut().set_prefix("\n");
        if !trailing.is_empty() {
            new.decor_mut().set_prefix(format!("\n{trailing}\n"));
        }
        table.insert(key, Item::Table(new));
        Ok(())
    }

    /// Remove a table, a field, a step of a figure over time, or an item of a list.
    ///
    /// # Errors
    /// It is not there.
    pub fn remove(&mut self, place: &str) -> Result<(), Problems> {
        let keys = self.keys(place)?;
        let n = self.file_of(&keys);
        let (key, around) = keys.split_last().unwrap_or((&keys[0], &[]));
        let root = self.files[n].toml.as_table_mut();
        let gone = if let Some(table) = existing(root, around) {
            figure::remove(table, key)
        } else {
            let (list, outer) = around.split_last().unwrap_or((key, &[]));
            existing(root, outer).is_some_and(|table| figure::remove_item(table, list, key))
        };
        if gone {
            Ok(())
        } else {
            Err(self.missing(&keys))
        }
    }

    /// The texts as they are now, each with its path: the file's own first, then those that it includes.
    pub fn texts(&self) -> impl Iterator<Item = (&str, String)> {
        self.files
            .iter()
            .map(|file| (file.shown.as_str(), file.toml.to_string()))
    }

    /// The document that the texts are now: what is wrong with it stands at its line in them.
    ///
    /// # Errors
    /// As [`Document::open`].
    pub fn document(&self) -> Result<Document, Problems> {
        let text = self.files[0].toml.to_string();
        if self.is_file {
            let folder = Folder::of_file(&self.path);
            let source = Edits {
                files: &self.files,
                source: &folder,
            };
            Document::of(&self.path, text, &source)
        } else {
            Document::of(&self.path, text, &Nothing)
        }
    }

    /// Write the files that were changed, each whole, if the model that they describe can be read.
    ///
    /// # Errors
    /// What is wrong with the model; a file that cannot be written; a text that is no file.
    pub fn save(&mut self) -> Result<(), NotSaved> {
        self.document()?.model()?;
        if !self.is_file {
            return Err(NotSaved::NoFile);
        }
        let folder = self.path.parent().unwrap_or(Path::new("")).to_owned();
        for file in &mut self.files {
            let text = file.toml.to_string();
            if text != file.read {
                let path = if file.name.is_empty() {
                    self.path.clone()
                } else {
                    folder.join(&file.name)
                };
                files::write(&path, text.as_bytes())?;
                file.read = text;
            }
        }
        Ok(())
    }

    fn keys(&self, place: &str) -> Result<Vec<String>, Problems> {
        let keys = dotted::keys(place).filter(|keys| !keys.iter().any(String::is_empty));
        keys.ok_or_else(|| {
            let message = format!("`{place}` names nothing");
            let problem = Problem::new(Kind::UnknownField, Place::new([place]), message);
            self.located(problem.help("write keys joined by dots, such as `line.nora.capacity`"))
        })
    }

    /// The file in which most of the keys are there.
    fn file_of(&self, keys: &[String]) -> usize {
        let depth = |file: &Edited| {
            let mut item = Some(file.toml.as_item());
            let found = keys.iter().take_while(|key| {
                item = item.and_then(|item| item.as_table_like()?.get(key));
                item.is_some()
            });
            found.count()
        };
        let depths = self.files.iter().map(depth).enumerate();
        // Of several, the first.
        depths
            .max_by_key(|&(n, depth)| (depth, usize::MAX - n))
            .map_or(0, |(n, _)| n)
    }

    fn unknown(&self, keys: &[String]) -> Problems {
        let place = Place::new(keys);
        let problem = Problem::new(
            Kind::UnknownField,
            place.clone(),
            format!("the format has no `{place}`"),
        );
        self.located(
            problem
                .label("around here")
                .help("see docs/format.md for its tables and fields"),
        )
    }

    fn missing(&self, keys: &[String]) -> Problems {
        let place = Place::new(keys);
        let problem = Problem::new(
            Kind::UnknownName,
            place.clone(),
            format!("there is no `{place}`"),
        );
        self.located(
            problem
                .label("around here")
                .help("add the table that it belongs to"),
        )
    }

    /// A problem at the line around it.
    fn located(&self, problem: Problem) -> Problems {
        let texts = self.texts().map(|(name, text)| Text {
            name: name.into(),
            text,
        });
        let texts: Vec<_> = texts.collect();
        let (mut tree, _) = tree::parse(&texts[0].text, 0);
        for (n, text) in texts.iter().enumerate().skip(1) {
            tree.join(tree::parse(&text.text, n).0, 3, &mut Vec::new());
        }
        let mut problems = Problems::default();
        problems.push(problem);
        problems.located(texts, |place| tree.nearest(place).cloned())
    }
}

/// A text that is no TOML.
fn syntax(source: &Text, error: &toml_edit::TomlError) -> Problems {
    let range = error.span().unwrap_or(0..0);
    let spot = crate::problem::Spot { source: 0, range };
    let mut problems = Problems::default();
    problems.push(
        Problem::new(Kind::Syntax, spot, error.message().trim())
            .help("see https://toml.io for how TOML is written"),
    );
    problems.located(vec![source.clone()], |_| None)
}

/// Files as they are now, and all else as it is on the disk.
struct Edits<'e> {
    files: &'e [Edited],
    source: &'e Folder,
}

impl Source for Edits<'_> {
    fn text(&self, part: Part, name: &str, most: u64) -> Result<String, Refusal> {
        let mut files = self
            .files
            .iter()
            .filter(|file| part == Part::Include && file.name == name);
        match files.next() {
            Some(file) => Ok(file.toml.to_string()),
            None => self.source.text(part, name, most),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Refusal> {
        self.source.list(folder)
    }

    fn shown(&self, name: &str) -> String {
        self.source.shown(name)
    }
}
