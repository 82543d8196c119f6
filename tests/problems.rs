//! Every kind of problem that an input can have, with the whole of its message.
//!
//! A case is a file in `tests/problems/`: why it is a fault, its kind, the broken text, and the message. Its blocks
//! that carry a file's name are written to a folder of their own, and `model.toml` there is read; a lone block
//! without a name is parsed as a text. A case without a block is made by a function of its name in [`MADE`].
#![allow(clippy::unwrap_used)]

use sinews::document::{Document, parse};
use sinews::problem::Problems;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Makes an input and reads it; it may write to a folder of its own.
type Made = fn(&Path) -> Problems;

/// Inputs that no text can hold, by the case they belong to.
const MADE: &[(&str, Made)] = &[
    ("a_file_that_is_not_there", |_| {
        sinews::read("models/nowhere.toml").unwrap_err()
    }),
    ("a_file_that_is_not_text", |folder| {
        read_bytes(folder, b"[model]\nname = \"\xff\"\n")
    }),
    ("a_file_that_is_too_large", |folder| {
        read_bytes(folder, &vec![b'#'; (16 << 20) + 1])
    }),
    // What a text beside a folder may not read: tests/files.rs.
    ("named_files_that_are_not_there", |_| {
        let text =
            "[model]\nnote = \"a test\"\nseeds = [\"no-seeds\"]\ninclude = [\"no-part.toml\"]\n";
        Document::parse_beside("model.toml", text, ".").unwrap_err()
    }),
    ("a_model_built_in_rust", |_| built_in_rust()),
];

fn read_bytes(folder: &Path, bytes: &[u8]) -> Problems {
    let path = folder.join("model.toml");
    std::fs::write(&path, bytes).unwrap();
    sinews::read(path).unwrap_err()
}

fn built_in_rust() -> Problems {
    use sinews::calendar::{Calendar, PeriodLength};
    use sinews::model::{Draft, Holder, Item, Line, Requirement};
    use sinews::units::per_year;
    let month = "2026-01".parse().unwrap();
    let mut draft = Draft::new(Calendar::new(month, month, PeriodLength::Month).unwrap());
    let round = draft.items.push(Item::new("round", "round"));
    for capacity in [-20.0, f64::NAN] {
        let line = Line::new("plant", round).capacity(per_year(capacity));
        draft.lines.push(line);
    }
    let ua = draft.holders.push(Holder::new("ua"));
    draft
        .requirements
        .push(Requirement::new("shells", ua, round, per_year(30.0)));
    draft.check().unwrap_err()
}

/// A broken input and what is to be said of it.
#[derive(Default)]
struct Case {
    path: PathBuf,
    /// The name of its file, which is the name of the case.
    name: String,
    /// All that stands before the message.
    head: String,
    /// The kind it claims.
    kind: String,
    /// The scenario of it that is broken, if it is not the model itself.
    scenario: Option<String>,
    /// Texts by the name of their file; a lone text may have none.
    files: Vec<(String, String)>,
    message: String,
}

impl Case {
    fn of(path: PathBuf) -> Self {
        let mut case = Self {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            ..Self::default()
        };
        let whole = std::fs::read_to_string(&path).unwrap();
        let (head, message) = whole.split_once("\n```text\n").unwrap_or((&whole, ""));
        head.clone_into(&mut case.head);
        let message = message.strip_suffix("```\n").unwrap_or(message);
        message.clone_into(&mut case.message);
        let value = |line: &str| line.trim_matches(['`', ' ']).to_owned();
        let mut lines = head.lines();
        while let Some(line) = lines.next() {
            if let Some(name) = line.strip_prefix("```toml") {
                let text = lines.by_ref().take_while(|&line| line != "```");
                let text = text.fold(String::new(), |text, line| text + line + "\n");
                case.files.push((name.trim().to_owned(), text));
            } else if let Some(kind) = line.strip_prefix("Kind:") {
                case.kind = value(kind);
            } else if let Some(scenario) = line.strip_prefix("Scenario:") {
                case.scenario = Some(value(scenario));
            }
        }
        case.path = path;
        case
    }

    /// Every case, by name.
    fn all() -> Vec<Self> {
        let entries = std::fs::read_dir("tests/problems").unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().map(Self::of).collect()
    }

    /// What is said of its input.
    fn problems(&self, folder: &Path) -> Problems {
        if let Some((_, made)) = MADE.iter().find(|(name, _)| *name == self.name) {
            assert!(self.files.is_empty(), "a text, and a function in MADE");
            return made(folder);
        }
        match (&self.files[..], &self.scenario) {
            ([(name, text)], None) if name.is_empty() => parse("model.toml", text).unwrap_err(),
            ([(name, text)], Some(scenario)) if name.is_empty() => {
                let document = Document::parse("model.toml", text).unwrap();
                let scenario = document.scenario(scenario);
                scenario.and_then(|changed| changed.model()).unwrap_err()
            }
            (files, None) if files.iter().any(|(name, _)| name == "model.toml") => {
                for (name, text) in files {
                    let path = folder.join(name);
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, text).unwrap();
                }
                sinews::read(folder.join("model.toml")).unwrap_err()
            }
            _ => panic!("neither one text, nor files with a model.toml, nor a function in MADE"),
        }
    }

    /// What does not hold of it. Its message is written anew where that is asked for.
    fn faults(&self) -> Vec<String> {
        let folder =
            std::env::temp_dir().join(format!("sinews-{}-{}", self.name, std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let problems = self.problems(&folder);
        std::fs::remove_dir_all(&folder).unwrap();

        let mut faults = Vec::new();
        let kinds: Vec<_> = problems
            .list()
            .iter()
            .map(|problem| format!("{:?}", problem.kind))
            .collect();
        if !kinds.contains(&self.kind) {
            faults.push(format!("is not `{}`, but {kinds:?}", self.kind));
        }
        for problem in problems
            .list()
            .iter()
            .filter(|problem| problem.help.is_empty())
        {
            faults.push(format!("has no help for: {}", problem.message));
        }
        let message = format!("{problems}\n").replace(&format!("{}/", folder.display()), "");
        if message != self.message {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                let whole = format!("{}\n```text\n{message}```\n", self.head);
                std::fs::write(&self.path, whole).unwrap();
            } else {
                faults.push(format!(
                    "says\n{message}\nwhere this is wanted\n{}",
                    self.message
                ));
            }
        }
        faults
    }
}

#[test]
fn every_case_has_its_kind_its_help_and_its_whole_message() {
    let mut faults = String::new();
    for case in Case::all() {
        // A panic's own message is printed; here it is said which case it belongs to.
        let found = std::panic::catch_unwind(|| case.faults());
        for fault in found.unwrap_or_else(|_| vec!["cannot be tried: see above".into()]) {
            writeln!(faults, "{} {fault}", case.path.display()).unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_function_has_its_case() {
    let cases = Case::all();
    for (name, _) in MADE {
        assert!(cases.iter().any(|case| case.name == *name), "{name}");
    }
}

#[test]
fn every_kind_has_a_case() {
    let source = syn::parse_file(include_str!("../src/problem/kind.rs")).unwrap();
    let mut kinds = source.items.iter().filter_map(|item| match item {
        syn::Item::Enum(kinds) if kinds.ident == "Kind" => Some(&kinds.variants),
        _ => None,
    });
    let cases = Case::all();
    for kind in kinds.next().unwrap() {
        let has = cases.iter().any(|case| kind.ident == case.kind);
        assert!(
            has,
            "no case in tests/problems/ is of the kind `{}`",
            kind.ident
        );
    }
}
