//! The JSON Schema of the format: it is made from the code, every model passes it, and it finds faults.
#![allow(clippy::unwrap_used)]

use expect_test::expect_file;
use regex_lite::Regex;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// A schema, as far as ours goes: it fails on a word that it does not know, so that none is passed over.
struct Validator(Value);

impl Validator {
    /// Every fault of a value under a schema, each after the place where it is.
    fn faults(&self, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
        for (word, rule) in schema.as_object().unwrap() {
            let mut fault = |what: String| found.push(format!("{place}: {what}"));
            match word.as_str() {
                "$ref" => {
                    let path = rule.as_str().unwrap().trim_start_matches('#');
                    let schema = self.0.pointer(path).unwrap_or_else(|| panic!("no {path}"));
                    self.faults(schema, value, place, found);
                }
                "anyOf" => {
                    let fits = |schema: &Value| {
                        let mut own = Vec::new();
                        self.faults(schema, value, place, &mut own);
                        own.is_empty()
                    };
                    if !rule.as_array().unwrap().iter().any(fits) {
                        fault(format!("{value} is none of what may stand here"));
                    }
                }
                "type" if !is(value, rule.as_str().unwrap()) => fault(format!("no {rule}")),
                "enum" if !rule.as_array().unwrap().contains(value) => {
                    fault(format!("{value} is not one of {rule}"));
                }
                "pattern" => {
                    let text = value.as_str();
                    let pattern = Regex::new(rule.as_str().unwrap()).unwrap();
                    if text.is_some_and(|text| !pattern.is_match(text)) {
                        fault(format!("{value} is not written as {rule}"));
                    }
                }
                "minimum" | "maximum" => {
                    let (bound, number) = (rule.as_f64().unwrap(), value.as_f64());
                    let low = word == "minimum";
                    if number
                        .is_some_and(|number| (low && number < bound) || (!low && number > bound))
                    {
                        fault(format!("{value} is beyond {bound}"));
                    }
                }
                "minItems" if value.as_array().is_some_and(Vec::is_empty) => {
                    fault("no item".into());
                }
                "minProperties" if value.as_object().is_some_and(Map::is_empty) => {
                    fault("no field".into());
                }
                "required" => {
                    let fields = value.as_object();
                    let missing = |key: &&Value| {
                        fields.is_some_and(|f| !f.contains_key(key.as_str().unwrap()))
                    };
                    for key in rule.as_array().unwrap().iter().filter(missing) {
                        fault(format!("{key} is missing"));
                    }
                }
                "items" => {
                    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.faults(rule, item, &format!("{place}/{n}"), found);
                    }
                }
                "properties" | "patternProperties" | "additionalProperties" => {
                    self.fields(word, schema, value, place, found);
                }
                // What says nothing of a value, and what has held above.
                "$schema" | "$defs" | "title" | "description" | "default" | "examples" | "type"
                | "enum" | "minItems" | "minProperties" => {}
                word => panic!("{word} is not known here"),
            }
        }
    }

    /// The fields that a word of a schema speaks of.
    fn fields(
        &self,
        word: &str,
        schema: &Value,
        value: &Value,
        place: &str,
        found: &mut Vec<String>,
    ) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let named = schema["properties"].get(key);
            let patterns = schema["patternProperties"]
                .as_object()
                .into_iter()
                .flatten();
            let pattern = patterns
                .filter(|(pattern, _)| Regex::new(pattern).unwrap().is_match(key))
                .map(|(_, schema)| schema)
                .next();
            let place = format!("{place}/{key}");
            let rule = match word {
                "properties" => named,
                "patternProperties" => pattern,
                _ if named.or(pattern).is_some() => None,
                _ => schema.get("additionalProperties"),
            };
            match rule {
                Some(Value::Bool(false)) => {
                    found.push(format!("{place}: not a field of this table"));
                }
                Some(Value::Object(_)) => self.faults(rule.unwrap(), value, &place, found),
                _ => {}
            }
        }
    }
}

/// Whether a value is of a type.
fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        kind => panic!("{kind} is not known here"),
    }
}

fn schema(text: &str) -> Validator {
    Validator(serde_json::from_str(text).unwrap())
}

fn model_schema() -> Validator {
    schema(&sinews::document::json_schema())
}

/// Every TOML file below a folder that is a model or a part of one; what is kept of samples is none.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml")
                && !path.ends_with("intervals.toml")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn faults(schema: &Validator, text: &str) -> Vec<String> {
    let document: Value = toml::from_str(text).unwrap();
    let mut found = Vec::new();
    schema.faults(&schema.0, &document, "", &mut found);
    found
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
    assert_eq!(missing, "/calendar: \"end\" is missing");
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
        ("[fund.a]\namount = { 2026 = \"1 bn\" }", "/fund/a/amount"),
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
