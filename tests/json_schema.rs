//! The JSON Schema of the format: it is made from the code, every model passes it, and it finds faults.
#![allow(clippy::unwrap_used)]

use expect_test::expect_file;
use jsonschema::Validator;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn schema(text: &str) -> Validator {
    jsonschema::draft202012::new(&serde_json::from_str(text).unwrap()).unwrap()
}

fn model_schema() -> Validator {
    schema(&sinews::document::json_schema())
}

/// Every TOML file below a folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn faults(schema: &Validator, text: &str) -> Vec<String> {
    let document: Value = toml::from_str(text).unwrap();
    let errors = schema.iter_errors(&document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn passes(schema: &Validator, path: &Path) {
    let found = faults(schema, &std::fs::read_to_string(path).unwrap());
    assert!(found.is_empty(), "{}: {found:#?}", path.display());
}

#[test]
fn the_schemas_are_up_to_date() {
    expect_file!["../docs/sinews.schema.json"].assert_eq(&sinews::document::json_schema());
    let facts = sinews::document::facts_json_schema();
    expect_file!["../docs/sinews-facts.schema.json"].assert_eq(&facts);
}

#[test]
fn every_model_and_every_part_of_one_passes() {
    let schema = model_schema();
    let models = files("models");
    assert!(models.len() > 5);
    for path in &models {
        passes(&schema, path);
    }
}

#[test]
fn every_file_of_facts_passes() {
    let schema = schema(&sinews::document::facts_json_schema());
    for path in files("seeds") {
        passes(&schema, &path);
    }
}

/// The examples of the manual, table by table, each under the keys where it belongs.
#[test]
fn every_example_of_the_manual_passes() {
    let schema = model_schema();
    let manual = sinews::document::manual();
    let mut checked = 0;
    let (models, _) = manual.split_once("\n# The registry of facts").unwrap();
    for part in models.split("\n## `[").skip(1) {
        let (path, rest) = part.split_once("]`").unwrap();
        let example = rest.split_once("```toml\n").unwrap().1;
        let example = example.split_once("```").unwrap().0;
        let found = faults(&schema, &format!("[{path}]\n{example}"));
        assert!(found.is_empty(), "{path}: {found:#?}");
        checked += 1;
    }
    assert!(checked >= 15, "{checked}");
}

#[test]
fn what_is_wrong_is_found_at_its_place() {
    let schema = model_schema();
    let wrong = |text| {
        let found = faults(&schema, text);
        assert_eq!(found.len(), 1, "{found:#?}");
        found[0].clone()
    };
    let misspelt = wrong("[calendar]\nstart = \"2026-01\"\nend = \"2026-12\"\nperoid = \"year\"");
    assert!(misspelt.contains("peroid"), "{misspelt}");
    let missing = wrong("[calendar]\nstart = \"2026-01\"");
    assert_eq!(missing, "/calendar: \"end\" is a required property");
    for (text, place) in [
        (
            "[item.round]\nunit = \"round\"\nmass = \"heavy\"",
            "/item/round/mass",
        ),
        (
            "[line.a]\nmakes = \"round\"\ncapacity = \"40_000\"",
            "/line/a/capacity",
        ),
        (
            "[line.a]\nmakes = \"round\"\nlead_time = \"2 rounds\"",
            "/line/a/lead_time",
        ),
        (
            "[line.a]\nmakes = \"round\"\ncost = \"3_600\"",
            "/line/a/cost",
        ),
        (
            "[fund.a]\namount = { 2026 = \"1 bn EUR\" }",
            "/fund/a/amount",
        ),
        ("[objective]\nkind = \"best\"", "/objective/kind"),
        (
            "[requirement.a]\nholder = \"ua\"\ntier = 10",
            "/requirement/a/tier",
        ),
    ] {
        let found = wrong(text);
        assert!(found.starts_with(&format!("{place}: ")), "{found}");
    }
}
