//! Where the texts come from that a model names: a folder, memory, nowhere.
//!
//! A model may come from anyone, and names files: parts of itself under `include`, folders of facts under `seeds`.
//! What it gets for a name is for its [`Source`] to say:
//!
//! | source | used by | what a model can reach |
//! |---|---|---|
//! | [`Nothing`] | [`parse`](super::parse), [`Document::parse`](super::Document::parse) | nothing: a text that names files is a fault, and no file is looked at |
//! | [`Folder`] | [`read`](super::read), [`Document::open`](super::Document::open) | TOML files below its own folder, facts below the folder around that, and one folder more if whoever opens it says so |
//! | [`Memory`] | [`Document::parse_from`](super::Document::parse_from) | the texts that were put there |
//!
//! # What a model from a stranger cannot do
//!
//! | it tries to | what stops it |
//! |---|---|
//! | read a file elsewhere, by `..`, by a path from the root or by a link | the place to which all links lead must lie below a folder that is allowed; whether anything lies elsewhere is not told |
//! | show a file that is no TOML in an error | only names that end in `.toml` are read, after links; of a file asked for under another name no line is shown |
//! | make the reader wait or fill its memory | only regular files are opened; a text may have 16 MiB, all that a model names 64 MiB, counted while they are read, and for any source again afterwards |
//! | make the reader write or run something, or ask a network | nothing of it is in the reader |
//!
//! It can have a TOML file below its own folders shown, line by line, where that is no model: give a stranger's model a folder
//! of its own, or `Nothing`. It can ask for a program that takes long to solve: set a [time limit](crate::solve::Options::time_limit).
//! Files that somebody else changes while they are read are read as they are at that moment.

mod folder;
mod memory;

pub use folder::Folder;
pub use memory::{Memory, Nothing};

use crate::files::Reason;
use std::io::ErrorKind;

/// The largest text that is read, in bytes.
pub const MOST_BYTES: u64 = 16 << 20;

/// What a model names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A file of tables, under `include`.
    Include,
    /// A folder of facts, under `seeds`, or a file in it.
    Seeds,
}

impl Part {
    /// The field of `[model]` that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Seeds => "seeds",
        }
    }
}

/// Where the texts come from that a model names.
///
/// A name is as the model writes it, relative to the model, with `/` between folders; the name of a file in a folder of facts is
/// that of the folder, `/`, and what [`list`](Self::list) says.
///
/// ```
/// use sinews::document::{Document, Part, Refusal, Source};
///
/// /// Parts of models from a table of a database.
/// struct Shelf;
///
/// impl Source for Shelf {
///     fn text(&self, _: Part, name: &str, _: u64) -> Result<String, Refusal> {
///         match name {
///             "tnt.toml" => Ok("item.tnt.unit = \"t\"".to_owned()),
///             _ => Err(Refusal::NotThere),
///         }
///     }
///     fn list(&self, _: &str) -> Result<Vec<String>, Refusal> {
///         Err(Refusal::NotThere)
///     }
/// }
///
/// let text = "model.include = [\"tnt.toml\"]";
/// let document = Document::parse_from("demo.toml", text, &Shelf)?;
/// assert_eq!(document.texts().count(), 2);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
pub trait Source {
    /// The text under a name, which may have so many bytes.
    ///
    /// # Errors
    /// It is not there, may not be read, or is no text.
    fn text(&self, part: Part, name: &str, most: u64) -> Result<String, Refusal>;

    /// The names of the `*.toml` files of a folder of facts, without the folder, in order.
    ///
    /// # Errors
    /// It is not there, or may not be read.
    fn list(&self, folder: &str) -> Result<Vec<String>, Refusal>;

    /// What a text is called in problems.
    fn shown(&self, name: &str) -> String {
        name.to_owned()
    }
}

/// Why a text that a model names was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The model is a text that may name nothing.
    Nothing,
    /// It lies outside the folders in which it may.
    Outside,
    /// There is nothing under the name.
    NotThere,
    /// Its name does not end in `.toml`.
    NotToml,
    /// It is not UTF-8.
    NotUtf8,
    /// It is larger than a text may be.
    TooLarge,
    /// What the model names is too large together.
    TooMuch,
    /// Something else: what, in a few words.
    Other(String),
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::System(error) if error.kind() == ErrorKind::NotFound => Self::NotThere,
            Reason::TooLarge { .. } => Self::TooLarge,
            reason => Self::Other(reason.to_string()),
        }
    }
}
