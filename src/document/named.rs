//! The files that a model names: where they may lie, and their texts.
//!
//! A model may come from anyone. What it includes lies below its own folder, its facts below the folder around
//! that, wherever links lead; whoever opens it may allow one folder more. Nothing but TOML files is read, so that
//! no message shows a line of anything else.

use super::tree::{Node, Value};
use crate::files::{self, Reason};
use crate::problem::{Kind, Problem, Problems, Spot};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The largest file that is read.
pub(super) const MOST_BYTES: u64 = 16 << 20;
/// The most that is read of all files that one model names.
const MOST_IN_ALL: u64 = 64 << 20;

/// What a model names: parts of itself, or facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A file of tables.
    Include,
    /// A folder of facts.
    Seeds,
}

impl Named {
    /// The field of `[model]` that names it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Seeds => "seeds",
        }
    }
}

/// Where files that a model names are looked for, and how far away they may lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Folders {
    /// The model's own folder. `None`: it names no files.
    own: Option<PathBuf>,
    /// A folder that is allowed besides.
    more: Option<PathBuf>,
    /// How many bytes have been read.
    read: u64,
}

/// Why a file that a model names was not read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The model is a text that comes from no folder.
    NoFolder,
    /// It lies outside the folders in which it may.
    Outside,
    /// Its name does not end in `.toml`.
    NotToml,
    /// Its text is not UTF-8.
    NotUtf8,
    /// The files that the model names are too large together.
    TooMuch,
    /// It cannot be read.
    Fault(Reason),
}

impl Folders {
    /// Beside a file, and below another folder if there is one.
    pub(super) fn beside(file: &Path, more: Option<&Path>) -> Self {
        Self::of(file.parent().unwrap_or(Path::new("")), more)
    }

    /// In a folder, and below another if there is one.
    pub(super) fn of(own: &Path, more: Option<&Path>) -> Self {
        Self {
            own: Some(own.to_owned()),
            more: more.map(Path::to_owned),
            read: 0,
        }
    }

    /// The path of a file as it is shown.
    pub(super) fn shown(&self, file: &Path) -> PathBuf {
        normal(&self.own.as_deref().unwrap_or(Path::new("")).join(file))
    }

    /// Where a file really lies that a model may read.
    pub(super) fn find(&self, named: Named, file: &Path) -> Result<PathBuf, Refusal> {
        let own = self.own.as_deref().ok_or(Refusal::NoFolder)?;
        let own = real(own).map_err(|error| Refusal::Fault(error.into()))?;
        let more = self.more.as_deref().and_then(|more| real(more).ok());
        let around = own.parent().filter(|around| around.parent().is_some());
        let root = match named {
            Named::Include => &own,
            Named::Seeds => around.unwrap_or(&own),
        };
        let allowed = |path: &Path| {
            path.starts_with(root) || more.as_ref().is_some_and(|more| path.starts_with(more))
        };
        match std::fs::canonicalize(self.shown(file)) {
            Ok(path) if allowed(&path) => Ok(path),
            // Whether anything is there is told of places that may be read only.
            Err(error) if allowed(&normal(&own.join(file))) => Err(Refusal::Fault(error.into())),
            _ => Err(Refusal::Outside),
        }
    }

    /// The text of a TOML file.
    pub(super) fn text(&mut self, named: Named, file: &Path) -> Result<String, Refusal> {
        let path = self.find(named, file)?;
        let toml = path.extension().is_some_and(|ending| ending == "toml");
        if !toml {
            return Err(Refusal::NotToml);
        }
        let left = MOST_IN_ALL - self.read;
        let bytes = match files::read(&path, MOST_BYTES.min(left)) {
            Ok(bytes) => bytes,
            Err(fault) if left < MOST_BYTES && matches!(fault.reason, Reason::TooLarge { .. }) => {
                return Err(Refusal::TooMuch);
            }
            Err(fault) => return Err(Refusal::Fault(fault.reason)),
        };
        self.read += bytes.len() as u64;
        String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)
    }
}

/// A path without links and steps up.
fn real(folder: &Path) -> std::io::Result<PathBuf> {
    let here = folder.as_os_str().is_empty();
    std::fs::canonicalize(if here { Path::new(".") } else { folder })
}

/// A path without steps up where it can be written without: `models/../seeds` as `seeds`.
fn normal(path: &Path) -> PathBuf {
    let mut new = PathBuf::new();
    for part in path.components() {
        let up = part == Component::ParentDir;
        if !(up && new.file_name().is_some() && new.pop()) {
            new.push(part);
        }
    }
    new
}

impl Refusal {
    /// The refusal as a problem of the place that names the file.
    pub(super) fn problem(&self, named: Named, file: &Path, spot: Spot) -> Problem {
        let (kind, message, label, help) = self.words(named, &file.display().to_string());
        Problem::new(kind, spot, message).label(label).help(help)
    }

    fn words(&self, named: Named, file: &str) -> (Kind, String, String, &'static str) {
        let key = named.key();
        let cannot = format!("cannot read `{file}`");
        let help = match named {
            Named::Include => "name a TOML file, relative to this file",
            Named::Seeds => "name a folder of `*.toml` files, relative to this file",
        };
        match self {
            Self::NoFolder => (
                Kind::OutOfReach,
                format!("`{key}` names files, and a text has no folder to read them from"),
                "not read".into(),
                "open the model as a file, or put what it names into the text",
            ),
            Self::Outside => (
                Kind::OutOfReach,
                format!("`{file}` lies outside the folders that this file may read"),
                "not read".into(),
                match named {
                    Named::Include => {
                        "put it below the folder of this file, or open the model with leave to read another folder: `--within FOLDER`"
                    }
                    Named::Seeds => {
                        "put it below the folder around that of this file, or open the model with leave to read another folder: `--within FOLDER`"
                    }
                },
            ),
            Self::NotToml => (
                Kind::NoFile,
                cannot,
                "its name does not end in `.toml`".into(),
                help,
            ),
            Self::NotUtf8 => (
                Kind::NotUtf8,
                cannot,
                "not UTF-8 text".into(),
                "save it as UTF-8",
            ),
            Self::TooMuch => (
                Kind::TooLarge,
                cannot,
                "more than 64 MiB with the files before it".into(),
                "name fewer or smaller files",
            ),
            Self::Fault(Reason::System(error)) if error.kind() == ErrorKind::NotFound => {
                (Kind::NoFile, cannot, "not there".into(), help)
            }
            Self::Fault(reason @ Reason::TooLarge { .. }) => (
                Kind::TooLarge,
                cannot,
                reason.to_string(),
                "split it, and name the parts",
            ),
            Self::Fault(reason) => (Kind::NoFile, cannot, reason.to_string(), help),
        }
    }
}

/// The files that `[model]` names, with where they are named.
pub(super) fn files_named(tree: &Node, named: Named) -> Vec<(PathBuf, Spot)> {
    let list = tree.get("model").and_then(|model| model.get(named.key()));
    let Some(Node {
        value: Value::List(list),
        ..
    }) = list
    else {
        return Vec::new();
    };
    let file = |node: &Node| match &node.value {
        Value::Text(text) => Some((PathBuf::from(text), node.spot.clone())),
        _ => None,
    };
    list.iter().filter_map(file).collect()
}

/// The text of a file that somebody asks for by its path.
pub(super) fn load(path: &Path) -> Result<String, Problems> {
    let refuse = |kind, message: String, help| Problems::of_file(path, kind, message, help);
    let bytes = files::read(path, MOST_BYTES).map_err(|fault| match fault.reason {
        Reason::TooLarge { .. } => refuse(
            Kind::TooLarge,
            "the file is larger than 16 MiB".into(),
            "split it, and name the parts under `include`",
        ),
        reason => refuse(
            Kind::NoFile,
            format!("cannot read the file: {reason}"),
            "name a TOML file that is there",
        ),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("the file is not UTF-8 text (at byte {at})");
        refuse(Kind::NotUtf8, message, "save it as UTF-8")
    })
}
