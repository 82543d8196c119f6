//! The JSON Schema of the format, made from the same list that reading uses: editors complete and
//! check with it.
//!
//! It says what a text must look like; that names exist and units fit their item only reading can say.

use super::schema::{FACT, Field, SOURCE, Spec, TABLES, VALUE};
use serde_json::{Map, Value, json};

/// A number of a quantity, with its scale.
const NUMBER: &str = r"^\s*[+-]?[0-9][0-9_]*(\.[0-9][0-9_]*)?([eE][+-]?[0-9]+)?(\s+(k|thousand|M|million|bn|billion))?";
/// A unit of time.
const TIME: &str = r"(day|week|month|quarter|year)s?";
/// A word: the unit of an item.
const WORD: &str = r"[^\s/%]+";
/// A currency code.
const CURRENCY: &str = r"[A-Z]{3}";
/// A unit of mass.
const MASS: &str = r"(g|kg|t|kt)";

/// The JSON Schema (draft 2020-12) of a model in TOML: the text of `docs/sinews.schema.json`.
pub fn json_schema() -> String {
    let mut properties = Map::new();
    for spec in TABLES.iter().filter(|spec| spec.is_top()) {
        let table = reference(spec);
        let one = if spec.path.contains('.') {
            json!({ "type": "object", "additionalProperties": table, "description": spec.about })
        } else {
            table
        };
        properties.insert(spec.name().to_owned(), one);
    }
    let title = "A model of sinews";
    let about = "Industry, stocks, money and requirements, as docs/format.md describes them.";
    printed(&document(title, about, &properties, TABLES))
}

/// The JSON Schema (draft 2020-12) of a file of facts: the text of `docs/sinews-facts.schema.json`.
pub fn facts_json_schema() -> String {
    let list = json!({ "type": "array", "items": reference(&FACT) });
    let properties = Map::from_iter([("fact".to_owned(), list)]);
    let title = "Facts of sinews";
    let about = "Public figures with their sources, as docs/format.md describes them.";
    printed(&document(title, about, &properties, &[&FACT, &SOURCE]))
}

fn document(title: &str, about: &str, properties: &Map<String, Value>, tables: &[&Spec]) -> Value {
    let tables = tables.iter().map(|spec| (name(spec), table(spec)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": about,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": tables.collect::<Map<_, _>>(),
    })
}

fn printed(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// What a table is called among the definitions.
fn name(spec: &Spec) -> String {
    if spec.path == VALUE.path {
        "figure".to_owned()
    } else {
        spec.path.replace('.', "-")
    }
}

fn reference(spec: &Spec) -> Value {
    json!({ "$ref": format!("#/$defs/{}", name(spec)) })
}

fn table(spec: &Spec) -> Value {
    // A fact and the parts of a figure hold plain numbers.
    let plain = [FACT.path, VALUE.path].contains(&spec.path);
    let properties = spec
        .fields
        .iter()
        .map(|field| (field.key.to_owned(), property(field, plain)));
    let required = spec.fields.iter().filter(|field| field.default.is_none());
    json!({
        "title": spec.path,
        "description": spec.about,
        "type": "object",
        "properties": properties.collect::<Map<_, _>>(),
        "required": required.map(|field| field.key).collect::<Vec<_>>(),
        "additionalProperties": false,
    })
}

/// A field: what may stand there, what it means, what happens without it, an example.
fn property(field: &Field, plain: bool) -> Value {
    let mut schema = if plain && field.kind == "number" {
        json!({ "type": "number" })
    } else {
        kind(field)
    };
    let Some(found) = schema.as_object_mut() else {
        return schema;
    };
    let (default, about) = (field.default.map(default_value), field.about);
    let without = match (field.default, &default) {
        (Some(words), Some(None)) => format!(" Without it: {words}."),
        _ => String::new(),
    };
    let holds = field.kind;
    found.insert(
        "description".into(),
        json!(format!("{about} Holds: {holds}.{without}")),
    );
    if let Some(Some(default)) = default {
        found.insert("default".into(), default);
    }
    if let Some(example) = example(field) {
        found.insert("examples".into(), json!([example]));
    }
    schema
}

/// A default that is a value rather than words: a number, a share, a word in backticks.
fn default_value(words: &str) -> Option<Value> {
    if let Ok(number) = words.parse::<u32>() {
        return Some(json!(number));
    }
    let word = words
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let share = words.ends_with(" %").then_some(words);
    word.or(share).map(|text| json!(text))
}

fn example(field: &Field) -> Option<Value> {
    let table: Map<String, Value> = toml::from_str(field.example).ok()?;
    table.get(field.key).cloned()
}

/// What may stand in a field, from the words that the manual has for it.
fn kind(field: &Field) -> Value {
    let kind = field.kind;
    if let Some(words) = kind.strip_prefix("list of `") {
        return json!({ "type": "array", "items": { "enum": quoted(&format!("`{words}")) } });
    }
    if kind.starts_with('`') {
        return json!({ "enum": quoted(kind) });
    }
    if let Some(values) = kind
        .strip_prefix("table: ")
        .and_then(|rest| rest.split_once(" = "))
    {
        return json!({ "type": "object", "additionalProperties": of_values(values.1) });
    }
    if let Some(single) = kind.strip_suffix(" over time") {
        return over_time(single);
    }
    match kind {
        "table" => seen(field).map_or_else(|| json!({ "type": "object" }), reference),
        "tables by key" | "tables by item" => tables(field),
        "item, or table: item = product table" => {
            json!({ "anyOf": [{ "type": "string" }, tables(field)] })
        }
        "list of steps" | "list of price steps" | "list of batches" => {
            json!({ "type": "array", "items": seen(field).map(reference) })
        }
        "number" => {
            json!({ "anyOf": [{ "type": "number" }, text(&format!("{NUMBER}$")), reference(&VALUE)] })
        }
        "year" => json!({ "type": "integer", "minimum": 1900, "maximum": 2200 }),
        "1 to 9" => json!({ "type": "integer", "minimum": 1, "maximum": 9 }),
        "month" => text(r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        "currency code" => text(&format!("^{CURRENCY}$")),
        kind if kind.starts_with("list of ") => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
        kind if pattern(kind).is_some() => figure(kind),
        "text" | "word" | "item" | "country" | "country or bloc" | "holder" | "hub" | "unit"
        | "date" | "period" | "address" | "id of a fact" => json!({ "type": "string" }),
        _ => json!({}),
    }
}

/// The values of a table whose keys are names.
fn of_values(kind: &str) -> Value {
    match kind.strip_suffix(" over time") {
        Some(single) => over_time(single),
        None => figure(match kind {
            "amount per unit" => "amount/unit",
            kind => kind,
        }),
    }
}

/// The tables that a field points to: `see …` in its meaning.
fn tables(field: &Field) -> Value {
    json!({ "type": "object", "additionalProperties": seen(field).map(reference) })
}

fn seen(field: &Field) -> Option<&'static Spec> {
    let (_, rest) = field.about.split_once("see `")?;
    let (path, _) = rest.split_once('`')?;
    let all = TABLES.iter().chain([&&SOURCE, &&FACT]);
    all.copied().find(|spec| spec.path == path)
}

/// The words in backticks.
fn quoted(words: &str) -> Vec<&str> {
    words.split('`').skip(1).step_by(2).collect()
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// What the text of a quantity looks like; `None` where a field holds no quantity.
fn pattern(kind: &str) -> Option<String> {
    let unit = match kind {
        "time" => TIME.to_owned(),
        "amount" => WORD.to_owned(),
        "amount/time" => format!("{WORD}/{TIME}"),
        "amount/time or share" => {
            return Some(format!(r"{NUMBER}(\s*%?|\s+{WORD}/{TIME}\s*)$"));
        }
        "amount/time/time" => format!("{WORD}/{TIME}/{TIME}"),
        "amount/unit" | "mass/unit" => format!("{WORD}/{WORD}"),
        "mass/time" => format!("{MASS}/{TIME}"),
        "money" => CURRENCY.to_owned(),
        "money/year" => format!("{CURRENCY}/{TIME}"),
        "money/unit" => format!("{CURRENCY}/{WORD}"),
        "money/unit/year" => format!("{CURRENCY}/{WORD}/{WORD}"),
        "rate" => format!("{CURRENCY}/{CURRENCY}"),
        "share" | "factor" => return Some(format!(r"{NUMBER}\s*%?$")),
        "%/year" => return Some(format!(r"{NUMBER}\s*%/{TIME}$")),
        "figure with unit" => return Some(format!(r"{NUMBER}(\s*[^\s].*)?$")),
        _ => return None,
    };
    Some(format!(r"{NUMBER}\s+{unit}\s*$"))
}

/// A quantity: its text, a plain number where it has no unit, or a table with its source.
fn figure(kind: &str) -> Value {
    let pattern = pattern(kind).unwrap_or_else(|| format!("{NUMBER}.*$"));
    let mut forms = vec![text(&pattern)];
    let numbers = [
        "share",
        "factor",
        "figure with unit",
        "amount/time or share",
    ];
    if numbers.contains(&kind) {
        forms.push(json!({ "type": "number" }));
    }
    // The parts of a figure are no figures themselves.
    if kind != "figure with unit" {
        forms.push(reference(&VALUE));
    }
    json!({ "anyOf": forms })
}

/// A quantity over time: one, a list with `from`, or a table by year.
fn over_time(kind: &str) -> Value {
    let one = figure(kind);
    let mut forms = one["anyOf"].as_array().cloned().unwrap_or_default();
    forms.push(json!({ "type": "array", "items": reference(&VALUE), "minItems": 1 }));
    forms.push(json!({
        "type": "object",
        "patternProperties": { "^[0-9]{4}(-(0[1-9]|1[0-2]))?$": one },
        "additionalProperties": false,
        "minProperties": 1,
    }));
    json!({ "anyOf": forms })
}
