//! What a model names: which files, their texts, and what is told where one cannot be read.

use super::source::{MOST_BYTES, Part, Refusal, Source};
use super::tree::{Node, Value, parse};
use crate::files::{self, Reason};
use crate::problem::{At, Kind, Problem, Problems, Spot, Text, nearest};
use std::path::Path;

/// The most that is read of all files that one model names, in bytes.
const MOST_IN_ALL: u64 = 64 << 20;

/// The texts that a model names, counted as they are read.
pub(super) struct Named<'s> {
    source: &'s dyn Source,
    /// How many bytes have been read.
    read: u64,
}

impl<'s> Named<'s> {
    pub(super) fn of(source: &'s dyn Source) -> Self {
        Self { source, read: 0 }
    }

    /// A text with what it is called.
    pub(super) fn text(&mut self, part: Part, name: &str) -> Result<Text, Refusal> {
        let left = MOST_IN_ALL - self.read;
        let most = MOST_BYTES.min(left);
        let text = match self.source.text(part, name, most) {
            Ok(text) if text.len() as u64 > most => Err(Refusal::TooLarge),
            read => read,
        };
        let text = text.map_err(|refusal| match refusal {
            Refusal::TooLarge if left < MOST_BYTES => Refusal::TooMuch,
            refusal => refusal,
        })?;
        self.read += text.len() as u64;
        let name = self.source.shown(name);
        Ok(Text { name, text })
    }

    /// The texts of a folder of facts, or the name of the one that cannot be read and why.
    pub(super) fn facts(&mut self, folder: &str) -> Result<Vec<Text>, (String, Refusal)> {
        let files = self.source.list(folder);
        let files = files.map_err(|refusal| (folder.to_owned(), refusal))?;
        let mut texts = Vec::new();
        for name in files {
            let file = match folder {
                "" => name,
                folder => format!("{}/{name}", folder.trim_end_matches('/')),
            };
            match self.text(Part::Seeds, &file) {
                Err(refusal) => return Err((file, refusal)),
                Ok(text) => texts.push(text),
            }
        }
        Ok(texts)
    }
}

/// A refusal as a problem of the place that names the file.
pub(super) fn refused(refusal: &Refusal, part: Part, file: &str, spot: Spot) -> Problem {
    let (kind, message, label, help) = words(refusal, part, file);
    Problem::new(kind, spot, message).label(label).help(help)
}

fn words(refusal: &Refusal, part: Part, file: &str) -> (Kind, String, String, &'static str) {
    let key = part.key();
    let cannot = format!("cannot read `{file}`");
    let help = match part {
        Part::Include => "name a TOML file, relative to this file",
        Part::Seeds => "name a folder of `*.toml` files, relative to this file",
    };
    match refusal {
        Refusal::Nothing => (
            Kind::OutOfReach,
            format!("`{key}` names files, and a text has no folder to read them from"),
            "not read".into(),
            "open the model as a file, or put what it names into the text",
        ),
        Refusal::Outside => (
            Kind::OutOfReach,
            format!("`{file}` lies outside the folders that this file may read"),
            "not read".into(),
            match part {
                Part::Include => {
                    "put it below the folder of this file, or open the model with leave to read another folder: `--within FOLDER`"
                }
                Part::Seeds => {
                    "put it below the folder around that of this file, or open the model with leave to read another folder: `--within FOLDER`"
                }
            },
        ),
        Refusal::NotToml => {
            let label = "its name does not end in `.toml`";
            (Kind::NoFile, cannot, label.into(), help)
        }
        Refusal::NotUtf8 => {
            let label = "not UTF-8 text";
            (Kind::NotUtf8, cannot, label.into(), "save it as UTF-8")
        }
        Refusal::TooMuch => (
            Kind::TooLarge,
            cannot,
            "more than 64 MiB with the files before it".into(),
            "name fewer or smaller files",
        ),
        Refusal::NotThere => (Kind::NoFile, cannot, "not there".into(), help),
        Refusal::TooLarge => (
            Kind::TooLarge,
            cannot,
            "larger than 16 MiB".into(),
            "split it, and name the parts",
        ),
        Refusal::Other(reason) => (Kind::NoFile, cannot, reason.clone(), help),
    }
}

/// The files that `[model]` names, with where they are named.
pub(super) fn files_named(tree: &Node, part: Part) -> Vec<(String, Spot)> {
    let list = tree.get("model").and_then(|model| model.get(part.key()));
    let Some(Node {
        value: Value::List(list),
        ..
    }) = list
    else {
        return Vec::new();
    };
    let file = |node: &Node| match &node.value {
        Value::Text(text) => Some((text.clone(), node.spot.clone())),
        _ => None,
    };
    list.iter().filter_map(file).collect()
}

/// The text of a file that somebody asks for by its path.
pub(super) fn load(path: &Path) -> Result<String, Problems> {
    let refuse = |kind, message: String, help: &str| Problems::of_file(path, kind, message, help);
    let bytes = files::read(path, MOST_BYTES).map_err(|fault| match fault.reason {
        Reason::TooLarge { .. } => too_large(path),
        reason => refuse(
            Kind::NoFile,
            format!("cannot read the file: {reason}"),
            &beside(path),
        ),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("the file is not UTF-8 text (at byte {at})");
        refuse(Kind::NotUtf8, message, "save it as UTF-8")
    })
}

/// What to name instead of a file that is not there: the TOML file in its folder that is called most like it.
fn beside(path: &Path) -> String {
    let near = || {
        let name = path.file_name()?.to_str()?;
        let folder = path.parent().filter(|own| !own.as_os_str().is_empty());
        let names = files::list(folder.unwrap_or(Path::new("."))).ok()?;
        let toml = |own: &&str| Path::new(own).extension().is_some_and(|end| end == "toml");
        let names = names.iter().map(String::as_str).filter(toml);
        let near = nearest(name, names).filter(|near| *near != name)?;
        Some(path.with_file_name(near))
    };
    near().map_or_else(
        || "name a TOML file that is there".into(),
        |near| format!("did you mean `{}`?", near.display()),
    )
}

/// The problem of a text that is too large to be read.
pub(super) fn too_large(path: &Path) -> Problems {
    let message = "the file is larger than 16 MiB".to_owned();
    let help = "split it, and name the parts under `include`";
    Problems::of_file(path, Kind::TooLarge, message, help)
}

/// The text of a file that somebody opens. Unless it is called TOML its lines are not shown.
pub(super) fn asked_for(path: &Path) -> Result<String, Problems> {
    let text = load(path)?;
    if path.extension().is_some_and(|ending| ending == "toml") {
        return Ok(text);
    }
    match parse(&text, 0).1.first() {
        None => Ok(text),
        Some(problem) => {
            let message = match &problem.at {
                At::Spot(spot) => format!("the file is not TOML (at byte {})", spot.range.start),
                At::Place(_) => "the file is not TOML".into(),
            };
            let help =
                "name a TOML file; one whose name ends in `.toml` is shown where it is wrong";
            Err(Problems::of_file(path, Kind::Syntax, message, help))
        }
    }
}
