//! Which tables and fields of the format the random models write, in which notations: from the JSON Schema.

use serde_json::Value;
use std::collections::BTreeSet;

/// What the schema lets pass and the reader does not: numbers that are no figures, and a span that is a part of one.
const PLAIN: [&str; 5] = [
    "at_most",
    "shortfall_value",
    "cost_of_funds",
    "weight",
    "over",
];

/// Everything that may be written: `table.field: notation`.
pub fn possible() -> BTreeSet<String> {
    let schema = schema();
    let mut all = BTreeSet::new();
    let tables = schema["$defs"].as_object().expect("tables");
    for (table, spec) in tables {
        for (field, property) in spec["properties"].as_object().expect("fields") {
            for notation in notations(property) {
                let plain = PLAIN.contains(&field.as_str());
                if plain
                    && !["number", "written"].contains(&notation)
                    && !(field == "over" && notation == "text")
                {
                    continue;
                }
                all.insert(format!("{table}.{field}: {notation}"));
            }
        }
    }
    all
}

/// What a model writes of it.
pub fn written(text: &str) -> BTreeSet<String> {
    let schema = schema();
    let model: toml::Table = toml::from_str(text).expect("valid TOML");
    let mut all = BTreeSet::new();
    for (kind, value) in &model {
        let property = &schema["properties"][kind];
        walk(&schema, property, value, "", &mut all);
    }
    all
}

fn schema() -> Value {
    serde_json::from_str(&sinews::document::json_schema()).expect("a schema")
}

/// The ways in which a field may be written.
fn notations(property: &Value) -> Vec<&'static str> {
    let Some(forms) = property["anyOf"].as_array() else {
        return vec!["written"];
    };
    let mut found: Vec<&str> = forms.iter().map(notation_of).collect();
    if let Some(figure) = found.iter().position(|&form| form == "table") {
        found.splice(figure..=figure, ["value and note", "range"]);
    }
    found
}

fn notation_of(form: &Value) -> &'static str {
    match form["type"].as_str() {
        Some("string") => "text",
        Some("number") => "number",
        Some("array") => "steps",
        Some("object") if form.get("patternProperties").is_some() => "by year",
        Some("object") => "tables",
        _ => "table",
    }
}

/// How a value is written.
fn notation(property: &Value, value: &toml::Value) -> &'static str {
    if property.get("anyOf").is_none() {
        return "written";
    }
    match value {
        toml::Value::String(_) => "text",
        toml::Value::Integer(_) | toml::Value::Float(_) => "number",
        toml::Value::Array(_) => "steps",
        toml::Value::Table(table)
            if table
                .keys()
                .all(|key| key.len() == 4 && key.parse::<u32>().is_ok()) =>
        {
            "by year"
        }
        toml::Value::Table(table) if table.contains_key("low") => "range",
        toml::Value::Table(table) if table.contains_key("value") || table.contains_key("fact") => {
            "value and note"
        }
        toml::Value::Table(_) => "tables",
        _ => "other",
    }
}

/// Follow a value along the schema.
fn walk(
    schema: &Value,
    property: &Value,
    value: &toml::Value,
    at: &str,
    all: &mut BTreeSet<String>,
) {
    if !at.is_empty() {
        all.insert(format!("{at}: {}", notation(property, value)));
    }
    let forms: Vec<&Value> = match property["anyOf"].as_array() {
        Some(forms) => forms.iter().collect(),
        None => vec![property],
    };
    for form in forms {
        follow(schema, form, value, all);
    }
}

fn follow(schema: &Value, form: &Value, value: &toml::Value, all: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            if let Some(name) = form["$ref"]
                .as_str()
                .and_then(|path| path.strip_prefix("#/$defs/"))
            {
                let fields = &schema["$defs"][name]["properties"];
                let known = |key: &String| fields.get(key).is_some();
                if table.keys().all(known) {
                    for (key, value) in table {
                        walk(schema, &fields[key], value, &format!("{name}.{key}"), all);
                    }
                }
            }
            let mut below: Vec<&Value> = form.get("additionalProperties").into_iter().collect();
            below.extend(
                form["patternProperties"]
                    .as_object()
                    .into_iter()
                    .flat_map(|p| p.values()),
            );
            for property in below.into_iter().filter(|property| property.is_object()) {
                table
                    .values()
                    .for_each(|value| walk(schema, property, value, "", all));
            }
        }
        toml::Value::Array(list) => {
            let items = &form["items"];
            for value in list {
                walk(schema, items, value, "", all);
            }
        }
        _ => {}
    }
}
