//! Texts from a folder of the file system, and from no other place of it.

use super::{Part, Refusal, Source};
use crate::files;
use std::path::{Component, Path, PathBuf};

/// Files below a model's own folder, facts below the folder around that, and files below one folder more where
/// that is allowed.
///
/// ```
/// use sinews::document::{Folder, Part, Refusal, Source};
///
/// let folder = Folder::new("models");
/// assert!(folder.text(Part::Include, "europe/world.toml", 1 << 20).is_ok());
/// let outside = folder.text(Part::Include, "../Cargo.toml", 1 << 20);
/// assert_eq!(outside, Err(Refusal::Outside));
/// ```
#[derive(Clone, Debug)]
pub struct Folder {
    own: PathBuf,
    more: Option<PathBuf>,
}

impl Folder {
    /// A model's own folder; the empty path is the working directory.
    pub fn new(own: impl AsRef<Path>) -> Self {
        Self {
            own: own.as_ref().to_owned(),
            more: None,
        }
    }

    /// The folder of a file.
    pub fn of_file(file: impl AsRef<Path>) -> Self {
        Self::new(file.as_ref().parent().unwrap_or(Path::new("")))
    }

    /// The same, with leave to read another folder.
    #[must_use]
    pub fn within(self, more: impl AsRef<Path>) -> Self {
        Self {
            more: Some(more.as_ref().to_owned()),
            ..self
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        normal(&self.own.join(name))
    }

    /// Where a file really lies that a model may read.
    fn find(&self, part: Part, name: &str) -> Result<PathBuf, Refusal> {
        let own = real(&self.own).map_err(|error| Refusal::from(files::Reason::from(error)))?;
        let more = self.more.as_deref().and_then(|more| real(more).ok());
        let around = own.parent().filter(|around| around.parent().is_some());
        let root = match part {
            Part::Include => &own,
            Part::Seeds => around.unwrap_or(&own),
        };
        let allowed = |path: &Path| {
            path.starts_with(root) || more.as_ref().is_some_and(|more| path.starts_with(more))
        };
        match std::fs::canonicalize(self.path(name)) {
            Ok(path) if allowed(&path) => Ok(path),
            // Whether anything is there is told of places that may be read only.
            Err(error) if allowed(&normal(&own.join(name))) => {
                Err(files::Reason::from(error).into())
            }
            _ => Err(Refusal::Outside),
        }
    }
}

impl Source for Folder {
    fn text(&self, part: Part, name: &str, most: u64) -> Result<String, Refusal> {
        let path = self.find(part, name)?;
        if path.extension().is_none_or(|ending| ending != "toml") {
            return Err(Refusal::NotToml);
        }
        let bytes = files::read(&path, most).map_err(|fault| Refusal::from(fault.reason))?;
        String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Refusal> {
        let found = self.find(Part::Seeds, folder)?;
        let names = files::list(&found).map_err(|fault| Refusal::from(fault.reason))?;
        let toml = |name: &String| Path::new(name).extension().is_some_and(|e| e == "toml");
        Ok(names.into_iter().filter(toml).collect())
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}

/// A path without links and steps up.
fn real(folder: &Path) -> std::io::Result<PathBuf> {
    let here = folder.as_os_str().is_empty();
    std::fs::canonicalize(if here { Path::new(".") } else { folder })
}

/// A path without steps up where it can be written without: `models/../seeds` as `seeds`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut new = PathBuf::new();
    for part in path.components() {
        let up = part == Component::ParentDir;
        if !(up && new.file_name().is_some() && new.pop()) {
            new.push(part);
        }
    }
    new
}
