//! Modules import themselves and lower floors only.
#![allow(clippy::missing_panics_doc)]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The floors, lowest first. Modules of one floor do not import one another.
const FLOORS: &[&[&str]] = &[
    &["dotted", "files", "ids", "units"],
    &["calendar"],
    &["path", "problem", "table"],
    &["evidence"],
    &["model"],
    &["names"],
    &["document", "program"],
    &["solve"],
    &["analysis"],
    &["report"],
];

/// A solution cannot exist without a certificate, which solving makes: the two share a floor.
const SHARED: &[&str] = &["solution", "solve"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .expect("src is there")
        .flatten()
        .collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn modules_import_downward_only() {
    let mut floor = HashMap::new();
    for (n, modules) in FLOORS.iter().enumerate() {
        for module in *modules {
            floor.insert(*module, n);
        }
    }
    floor.insert("solution", floor["solve"]);
    let mut all = Vec::new();
    files(Path::new("src"), &mut all);
    assert!(all.len() > 50);
    for path in all {
        let first = path
            .components()
            .nth(1)
            .expect("inside src")
            .as_os_str()
            .to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        if module == "lib" {
            continue;
        }
        let own = *floor
            .get(module.as_str())
            .unwrap_or_else(|| panic!("`{module}` has no floor: add it here"));
        let text = std::fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]").next().expect("a first part");
        for (n, line) in code
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for part in line.split("crate::").skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let Some(&other) = floor.get(name.as_str()) else {
                    continue;
                };
                let shared = SHARED.contains(&name.as_str()) && SHARED.contains(&module.as_str());
                let fine = name == module || other < own || shared;
                assert!(
                    fine,
                    "{}:{}: `{module}` imports `{name}`, which is no floor below it",
                    path.display(),
                    n + 1
                );
            }
        }
    }
}
