//! Results that can be made again: recorded, made again, and told apart from others.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    let example = path.join("examples").join("reproduce");
    Command::new(example).args(arguments).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("sinews-reproduce-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[track_caller]
fn again(folder: &Path, code: i32) -> String {
    let output = run(&["--again", folder.to_str().unwrap()]);
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

#[test]
fn what_is_recorded_is_made_again_to_the_last_byte() {
    let folder = folder("same");
    let out = folder.to_str().unwrap();
    let asked = [
        "models/shells.toml",
        "--scenario",
        "half_the_aid",
        "--solver",
        "clarabel",
    ];
    let drawn = [
        "--samples",
        "10",
        "--spread",
        "0.2",
        "--seed",
        "7",
        "--out",
        out,
    ];
    let output = run(&[&asked[..], &drawn[..]].concat());
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = std::fs::read_to_string(folder.join("results.toml")).unwrap();
    for line in [
        "solver = \"clarabel\"",
        "seed = 7",
        "spread = 0.2",
        "scenario = \"half_the_aid\"",
        "\"observations.csv\" = \"",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let tables = std::fs::read_dir(&folder).unwrap().count() - 1;
    assert_eq!(
        again(&folder, 0),
        format!("the same: {tables} tables, to the last byte\n")
    );
}

#[test]
fn what_is_not_the_same_is_named() {
    let folder = folder("other");
    let out = folder.to_str().unwrap();
    let model = std::env::temp_dir().join(format!("sinews-reproduce-{}.toml", std::process::id()));
    let tiny = std::fs::read_to_string("models/tiny.toml").unwrap();
    std::fs::write(&model, &tiny).unwrap();
    let output = run(&[model.to_str().unwrap(), "--out", out]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let path = folder.join("results.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let outcomes = text.find("[outcomes]").unwrap();
    let at = outcomes + text[outcomes..].find("missing = ").unwrap();
    let end = at + text[at..].find('\n').unwrap();
    let other = format!("{}missing = 1.0{}", &text[..at], &text[end..]);
    std::fs::write(&path, other).unwrap();
    let told = again(&folder, 2);
    assert!(told.starts_with("missing: it was 1, now it is "), "{told}");
    assert!(folder.join("again").join("requirements.csv").exists());

    std::fs::write(&path, text.replace("version = \"", "version = \"0.0.")).unwrap();
    let told = again(&folder, 0);
    assert!(told.starts_with("version: it was `0.0."), "{told}");

    std::fs::write(&model, format!("{tiny}\n# changed\n")).unwrap();
    let told = again(&folder, 1);
    assert!(
        told.ends_with(
            "is not the model that was solved: it or a file or fact of it has changed since\n"
        ),
        "{told}"
    );
    std::fs::remove_file(&path).unwrap();
    again(&folder, 1);
}
