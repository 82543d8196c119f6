//! Texts that are held in memory, and none at all.

use super::folder::normal;
use super::{Part, Refusal, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Texts by their names: a model with its parts and its facts, without a file system.
///
/// ```
/// use sinews::document::{Document, Memory};
///
/// let memory = Memory::new("models")
///     .with("models/parts/tnt.toml", "item.tnt.unit = \"t\"")
///     .with("seeds/tnt.toml", "");
/// let text = "model = { include = [\"parts/tnt.toml\"], seeds = [\"../seeds\"] }";
/// let document = Document::parse_from("models/demo.toml", text, &memory)?;
/// assert_eq!(document.texts().count(), 2);
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Memory {
    own: PathBuf,
    texts: BTreeMap<PathBuf, String>,
}

impl Memory {
    /// No text yet; a model names its files from this folder.
    pub fn new(own: impl AsRef<Path>) -> Self {
        Self {
            own: normal(own.as_ref()),
            texts: BTreeMap::new(),
        }
    }

    /// The same with one text more, which takes the place of one of the same name. Its name is a path, `/` between folders.
    #[must_use]
    pub fn with(mut self, name: impl AsRef<Path>, text: impl Into<String>) -> Self {
        self.texts.insert(normal(name.as_ref()), text.into());
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        normal(&self.own.join(name))
    }
}

impl Source for Memory {
    fn text(&self, _: Part, name: &str, most: u64) -> Result<String, Refusal> {
        let path = self.path(name);
        let text = self.texts.get(&path).ok_or(Refusal::NotThere)?;
        if !is_toml(&path) {
            Err(Refusal::NotToml)
        } else if text.len() as u64 > most {
            Err(Refusal::TooLarge)
        } else {
            Ok(text.clone())
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Refusal> {
        let folder = self.path(folder);
        let inside = |path: &&PathBuf| path.starts_with(&folder);
        if !self.texts.keys().any(|path| inside(&path)) {
            return Err(Refusal::NotThere);
        }
        let own = self
            .texts
            .keys()
            .filter(|path| path.parent() == Some(&folder));
        let names = own
            .filter(|path| is_toml(path))
            .filter_map(|path| path.file_name());
        Ok(names
            .map(|name| name.to_string_lossy().into_owned())
            .collect())
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

/// No text at all: a model that names one has a fault, and nothing is looked at.
///
/// ```
/// use sinews::document::{Nothing, Part, Refusal, Source};
/// let passwords = Nothing.text(Part::Include, "/etc/passwd", 1 << 20);
/// assert_eq!(passwords, Err(Refusal::Nothing));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Source for Nothing {
    fn text(&self, _: Part, _: &str, _: u64) -> Result<String, Refusal> {
        Err(Refusal::Nothing)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, Refusal> {
        Err(Refusal::Nothing)
    }
}
