//! Where texts come from: a folder, memory, nothing, a source of one's own; and what a stranger's model cannot reach.
#![allow(clippy::unwrap_used)]

use expect_test::expect;
use sinews::document::{Document, Folder, MOST_BYTES, Memory, Nothing, Part, Refusal, Source};
use sinews::problem::Kind;
use std::path::{Path, PathBuf};

/// Every TOML file below some folders.
fn files(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text and the memory that stand for a shipped model.
fn held(path: &Path) -> (String, Memory) {
    let memory = Memory::new(path.parent().unwrap());
    let all = files(&["models", "seeds"]).into_iter();
    let memory = all.fold(memory, |memory, file| {
        let text = std::fs::read_to_string(&file).unwrap();
        memory.with(file, text)
    });
    (std::fs::read_to_string(path).unwrap(), memory)
}

#[test]
fn memory_equals_files_for_every_shipped_model() {
    let models = files(&["models"]).into_iter();
    let models = models.filter(|path| path.parent() != Some(Path::new("models/europe")));
    let mut count = 0;
    for path in models {
        let (text, memory) = held(&path);
        let name = path.display().to_string();
        let from_memory = Document::parse_from(&name, &text, &memory).unwrap();
        let from_files = Document::open(&path).unwrap();
        // Models have no equality: their whole data in words, with evidence and the positions of facts.
        let both = [&from_memory, &from_files].map(|document| {
            let scenarios = document.scenarios().into_iter();
            let varied = scenarios.map(|s| document.scenario(&s.key).unwrap().model().unwrap());
            let models: Vec<_> = [document.model().unwrap()]
                .into_iter()
                .chain(varied)
                .collect();
            format!("{models:?}")
        });
        assert!(both[0] == both[1], "{name}");
        count += 1;
    }
    assert!(count >= 7, "{count}");
}

#[test]
fn faults_are_told_of_memory_as_of_files() {
    let (text, _) = held(Path::new("models/europe.toml"));
    let memory = Memory::new("models")
        .with(
            "models/europe/world.toml",
            "[macro]\ncurrency = 3\nnonsense = [",
        )
        .with("seeds/macro.toml", "[[fact]]\nid = \"a\"\n");
    let problems = Document::parse_from("models/europe.toml", &text, &memory).unwrap_err();
    let shown = problems.to_string();
    for wanted in ["seeds/macro.toml:1", "missing"] {
        assert!(shown.contains(wanted), "{shown}");
    }
    let memory = memory.with("seeds/macro.toml", "");
    let problems = Document::parse_from("models/europe.toml", &text, &memory).unwrap_err();
    let shown = problems.to_string();
    let wanted = [
        "models/europe/world.toml:3",
        "cannot read `europe/artillery.toml`",
        "not there",
    ];
    for wanted in wanted {
        assert!(shown.contains(wanted), "{shown}");
    }
}

/// The passwords of the machine are not looked at, whoever asks in which way.
#[test]
fn a_text_cannot_name_the_files_of_a_machine() {
    let text = "[model]\ninclude = [\"/etc/passwd\"]\nseeds = [\"../../../../etc\"]\n";
    let problems = sinews::document::parse("upload.toml", text).unwrap_err();
    expect![[r#"
        error: `include` names files, and a text has no folder to read them from
         --> upload.toml:2:12
          |
        2 | include = ["/etc/passwd"]
          |            ^^^^^^^^^^^^^ not read
          |
          = help: open the model as a file, or put what it names into the text

        error: `seeds` names files, and a text has no folder to read them from
         --> upload.toml:3:10
          |
        3 | seeds = ["../../../../etc"]
          |          ^^^^^^^^^^^^^^^^^ not read
          |
          = help: open the model as a file, or put what it names into the text
    "#]]
    .assert_eq(&format!("{problems}\n"));
    let problems = Document::parse_from("upload.toml", text, &Memory::new("models")).unwrap_err();
    expect![[r#"
        error: cannot read `/etc/passwd`
         --> upload.toml:2:12
          |
        2 | include = ["/etc/passwd"]
          |            ^^^^^^^^^^^^^ not there
          |
          = help: name a TOML file, relative to this file

        error: cannot read `../../../../etc`
         --> upload.toml:3:10
          |
        3 | seeds = ["../../../../etc"]
          |          ^^^^^^^^^^^^^^^^^ not there
          |
          = help: name a folder of `*.toml` files, relative to this file
    "#]]
    .assert_eq(&format!("{problems}\n"));
    let problems = Document::parse_from("upload.toml", text, &Folder::new("models")).unwrap_err();
    let kinds: Vec<_> = problems.list().iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [Kind::OutOfReach, Kind::OutOfReach], "{problems}");
}

#[test]
fn each_source_says_why_it_refuses() {
    let memory = Memory::new("a/b")
        .with("a/b/part.toml", "x = 1")
        .with("a/key.pem", "secret")
        .with("a/facts/one.toml", "")
        .with("a/facts/below/two.toml", "")
        .with("a/facts/notes.txt", "");
    let text = |name| memory.text(Part::Include, name, 100);
    assert_eq!(text("part.toml").as_deref(), Ok("x = 1"));
    assert_eq!(text("./x/../part.toml").as_deref(), Ok("x = 1"));
    assert_eq!(text("../key.pem"), Err(Refusal::NotToml));
    assert_eq!(text("../../../part.toml"), Err(Refusal::NotThere));
    assert_eq!(text("/a/b/part.toml"), Err(Refusal::NotThere));
    let small = memory.text(Part::Include, "part.toml", 4);
    assert_eq!(small, Err(Refusal::TooLarge));
    assert_eq!(memory.list("../facts"), Ok(vec!["one.toml".to_owned()]));
    assert_eq!(memory.list("../nothing"), Err(Refusal::NotThere));
    assert_eq!(Nothing.list("."), Err(Refusal::Nothing));
    let folder = Folder::new("models");
    assert_eq!(folder.list("../.."), Err(Refusal::Outside));
    assert_eq!(
        folder.list("../seeds").unwrap(),
        Folder::new("").list("seeds").unwrap()
    );
    let outside = folder.text(Part::Include, "../seeds/macro.toml", MOST_BYTES);
    assert_eq!(outside, Err(Refusal::Outside));
    let within = Folder::new("models").within("seeds");
    assert!(
        within
            .text(Part::Include, "../seeds/macro.toml", MOST_BYTES)
            .is_ok()
    );
}

/// A source that gives more than it may.
struct Flood;

impl Source for Flood {
    fn text(&self, _: Part, name: &str, _: u64) -> Result<String, Refusal> {
        let most = usize::try_from(MOST_BYTES).unwrap();
        Ok("#".repeat(if name.starts_with("large") {
            most + 1
        } else {
            most
        }))
    }

    fn list(&self, _: &str) -> Result<Vec<String>, Refusal> {
        Err(Refusal::Other("closed on Sundays".into()))
    }
}

#[test]
fn what_any_source_gives_is_counted() {
    let text = "model.include = [\"large.toml\", \"1\", \"2\", \"3\", \"4\", \"5\"]\nmodel.seeds = [\"facts\"]\n";
    let problems = Document::parse_from("flood.toml", text, &Flood).unwrap_err();
    let labels: Vec<_> = problems.list().iter().map(|p| p.label.as_str()).collect();
    let wanted = [
        "larger than 16 MiB",
        "more than 64 MiB with the files before it",
        "closed on Sundays",
    ];
    assert_eq!(labels, wanted);
    let huge = " ".repeat(usize::try_from(MOST_BYTES).unwrap() + 1);
    let problems = sinews::document::parse("huge.toml", &huge).unwrap_err();
    assert_eq!(problems.list()[0].kind, Kind::TooLarge);
}

/// A limit beyond the clock's range is none.
#[test]
fn any_time_limit_can_be_given() {
    let model = sinews::read("models/tiny.toml").unwrap();
    for solver in [
        sinews::solve::Solver::Clarabel,
        sinews::solve::Solver::Microlp,
    ] {
        for time_limit in [
            std::time::Duration::MAX,
            std::time::Duration::from_secs(u64::MAX / 2),
        ] {
            let options = sinews::solve::Options {
                solver,
                time_limit: Some(time_limit),
                cancel: Some(sinews::solve::Cancel::default()),
                ..Default::default()
            };
            assert!(sinews::solve(&model, &options).is_ok());
        }
    }
}
