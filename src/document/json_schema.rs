//! The JSON Schema of the format, made from the same list that reading uses: editors complete and
//! check with it.
//!
//! It says what a text must look like; that names exist and units fit their item only reading can say.

use super::schema::{FACT, Field, Holds, Measure, Over, SOURCE, Spec, TABLES, VALUE};
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
    let properties = spec
        .fields
        .iter()
        .map(|field| (field.key.to_owned(), property(field)));
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
fn property(field: &Field) -> Value {
    let mut schema = held(field.holds);
    let Some(found) = schema.as_object_mut() else {
        return schema;
    };
    let (default, about) = (field.default.map(default_value), field.about);
    let without = match (field.default, &default) {
        (Some(words), Some(None)) => format!(" Without it: {words}."),
        _ => String::new(),
    };
    let holds = field.holds;
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

/// What may stand in a field.
fn held(holds: Holds) -> Value {
    match holds {
        Holds::Figure(measure, Over::Never) => figure(measure),
        Holds::Figure(measure, _) => over_time(measure),
        Holds::Figures(_, measure, Over::Never) | Holds::Changes(measure) => {
            keyed(&figure(measure))
        }
        Holds::Figures(_, measure, _) => keyed(&over_time(measure)),
        Holds::Table(spec) => reference(spec),
        Holds::Tables(_, spec) => keyed(&reference(spec)),
        Holds::NameOrTables(_, spec) => {
            json!({ "anyOf": [{ "type": "string" }, keyed(&reference(spec))] })
        }
        Holds::List(_, spec) => json!({ "type": "array", "items": reference(spec) }),
        Holds::Choice(words) => json!({ "enum": words }),
        Holds::Choices(words) => json!({ "type": "array", "items": { "enum": words } }),
        Holds::Names(_) => json!({ "type": "array", "items": { "type": "string" } }),
        Holds::Text(_) => json!({ "type": "string" }),
        Holds::Month => text(r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"),
        Holds::Year => json!({ "type": "integer", "minimum": 1900, "maximum": 2200 }),
        Holds::Rank => json!({ "type": "integer", "minimum": 1, "maximum": 9 }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Currency => text(&format!("^{CURRENCY}$")),
        // What stands there is read by other rules.
        Holds::NameOrNames(_) | Holds::Model => json!({}),
    }
}

/// Tables whose keys are names.
fn keyed(values: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": values })
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// What the text of a figure looks like.
fn pattern(measure: Measure) -> String {
    let unit = match measure {
        Measure::Time => TIME.to_owned(),
        Measure::Amount => WORD.to_owned(),
        Measure::Rate => format!("{WORD}/{TIME}"),
        Measure::RateGrowth => format!("{WORD}/{TIME}/{TIME}"),
        Measure::PerUnit | Measure::Mass => format!("{WORD}/{WORD}"),
        Measure::MassRate => format!("{MASS}/{TIME}"),
        Measure::Money => CURRENCY.to_owned(),
        Measure::MoneyRate => format!("{CURRENCY}/{TIME}"),
        Measure::Sum => format!("{CURRENCY}(/{TIME})?"),
        Measure::Price => format!("{CURRENCY}/{WORD}"),
        Measure::StoragePrice => format!("{CURRENCY}/{WORD}/{WORD}"),
        Measure::Exchange => format!("{CURRENCY}/{CURRENCY}"),
        Measure::Share | Measure::Factor => return format!(r"{NUMBER}\s*%?$"),
        Measure::RateOrShare => return format!(r"{NUMBER}(\s*%?|\s+{WORD}/{TIME}\s*)$"),
        Measure::Count => return format!("{NUMBER}$"),
        Measure::Growth => return format!(r"{NUMBER}(\s*%|\s+1)/{TIME}\s*$"),
        Measure::Any => return format!(r"{NUMBER}(\s*[^\s].*)?$"),
    };
    format!(r"{NUMBER}\s+{unit}\s*$")
}

/// A figure: its text, a plain number where it has no unit, or a table with its source.
fn figure(measure: Measure) -> Value {
    let mut forms = vec![text(&pattern(measure))];
    match measure {
        Measure::Share | Measure::Factor | Measure::RateOrShare | Measure::Any => {
            forms.push(json!({ "type": "number" }));
        }
        Measure::Count => forms.insert(0, json!({ "type": "number" })),
        _ => {}
    }
    // The parts of a figure are no figures themselves.
    if measure != Measure::Any {
        forms.push(reference(&VALUE));
    }
    json!({ "anyOf": forms })
}

/// A figure over time: one, a list with `from`, or a table by year.
fn over_time(measure: Measure) -> Value {
    let one = figure(measure);
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
