//! What the evidence must show, beyond what the reader asks: who is primary, which factors say why, which
//! assumptions have a range, and that no goal is met by what was there.
#![allow(clippy::unwrap_used)]

use regex_lite::Regex;
use std::fs;

/// The publishers that speak of themselves: companies, governments, the EU, NATO.
const PRIMARY: &str = "seeds/primary-publishers.txt";

fn toml_files(folder: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let mut all: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.display().to_string(), text)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn only_a_primary_publisher_gives_high_confidence() {
    let list = fs::read_to_string(PRIMARY).unwrap();
    let primary: Vec<&str> = list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let publisher = Regex::new("publisher = \"([^\"]*)\"").unwrap();
    let mut wrong = Vec::new();
    let mut used = Vec::new();
    for (file, text) in toml_files("seeds") {
        for fact in text.split("[[fact]]").skip(1) {
            if !fact.contains("\nconfidence = \"high\"") {
                continue;
            }
            let name = publisher.captures(fact).unwrap()[1].to_owned();
            if primary.contains(&name.as_str()) {
                used.push(name);
            } else {
                let id = fact.lines().nth(1).unwrap_or_default();
                wrong.push(format!("{file}: {id}: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "not primary: {wrong:#?}");
    let idle: Vec<_> = primary.iter().filter(|name| !used.iter().any(|u| u == *name)).collect();
    assert!(idle.is_empty(), "no fact needs them: {idle:?}");
}
