//! Every figure of a model: its value, unit, range, and what it rests on.

use serde::Serialize;
use serde_json::{Map, Value, json};
use sinews::document::Document;
use sinews::evidence::{Basis, Class, Figure};
use sinews::model::Model;
use sinews::problem::Place;
use sinews::table::{Cell, Column, Table};
use std::collections::{BTreeMap, HashMap};

/// A figure as the page shows it.
#[derive(Serialize)]
struct Shown<'a> {
    place: String,
    keys: Vec<&'a str>,
    value: f64,
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<(f64, f64)>,
    class: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// Text and line.
    at: Option<String>,
}

/// The figures, and the facts that they cite.
pub fn all(document: &Document, m: &Model) -> Value {
    let figures: Vec<_> = m
        .evidence
        .figures
        .iter()
        .map(|f| shown(document, f))
        .collect();
    let facts = m.evidence.facts.iter().map(|fact| {
        let told = json!({
            "subject": fact.subject, "value": fact.value, "unit": fact.unit, "as_of": fact.as_of,
            "confidence": fact.confidence, "source": fact.source, "note": fact.note,
        });
        (fact.id.clone(), told)
    });
    let names = names(m);
    json!({ "figures": figures, "facts": facts.collect::<Map<_, _>>(), "names": names })
}

/// What a table of the file is called: `line.nora` and the line's name.
fn names<'m>(m: &'m Model) -> BTreeMap<String, &'m str> {
    let mut all = BTreeMap::new();
    let mut add = |kind: &str, key: &str, name: &'m str| {
        all.insert(Place::new([kind, key]).to_string(), name);
    };
    m.items.values().for_each(|x| add("item", &x.key, &x.name));
    m.lines.values().for_each(|x| add("line", &x.key, &x.name));
    m.suppliers
        .values()
        .for_each(|x| add("supplier", &x.key, &x.name));
    m.holders
        .values()
        .for_each(|x| add("holder", &x.key, &x.name));
    m.requirements
        .values()
        .for_each(|x| add("requirement", &x.key, &x.name));
    m.funds.values().for_each(|x| add("fund", &x.key, &x.name));
    all
}

fn shown<'a>(document: &Document, figure: &'a Figure) -> Shown<'a> {
    let (fact, note) = match &figure.basis {
        Basis::Fact(id) => (Some(id.as_str()), None),
        Basis::Assumption(note) => (None, Some(note.as_str())),
    };
    Shown {
        place: figure.place.to_string(),
        keys: figure.place.keys().iter().map(AsRef::as_ref).collect(),
        value: figure.value,
        unit: &figure.unit,
        range: figure.range,
        class: match figure.class() {
            Class::Published => "published",
            Class::Derived => "derived",
            Class::Assumed => "assumed",
        },
        fact,
        note,
        at: document.position(&figure.place),
    }
}

/// The figures that are not the same in two models: place, unit, before, after.
pub fn moved(before: &Model, after: &Model) -> Value {
    let old = by_place(before);
    let new = by_place(after);
    let mut places: Vec<&Place> = old.keys().chain(new.keys()).copied().collect();
    places.sort_unstable();
    places.dedup();
    let value = |all: &HashMap<&Place, &Figure>, place| all.get(place).map(|f: &&Figure| f.value);
    let rows = places.into_iter().filter_map(|place| {
        let (before, after) = (value(&old, place), value(&new, place));
        let unit = new.get(place).or(old.get(place)).map(|f| f.unit.as_str());
        (before != after).then(|| json!({ "place": place.to_string(), "unit": unit, "before": before, "after": after }))
    });
    rows.collect()
}

fn by_place(m: &Model) -> HashMap<&Place, &Figure> {
    m.evidence
        .figures
        .iter()
        .map(|figure| (&figure.place, figure))
        .collect()
}

/// By how much each scenario moves each figure that it moves: scenario, place, factor. What it makes of nothing, or takes
/// away, is left out, and so are scenarios with a fault.
pub fn levels(document: &Document, base: &Model) -> Value {
    let old = by_place(base);
    let scenarios = document.scenarios().into_iter();
    let all = scenarios.filter_map(|scenario| {
        let changed = document.scenario(&scenario.key).ok()?.model().ok()?;
        let factors = changed.evidence.figures.iter().filter_map(|figure| {
            let before = old.get(&figure.place)?;
            let factor = figure.value / before.value;
            let moved =
                before.unit == figure.unit && factor.is_finite() && figure.value != before.value;
            moved.then(|| (figure.place.to_string(), json!(factor)))
        });
        Some((scenario.key, Value::Object(factors.collect())))
    });
    Value::Object(all.collect())
}

/// A table cell by cell: words as text, numbers as numbers, nothing as null.
pub fn sheet(sheet: &Table) -> Value {
    let cell = |cell: &Cell| match (cell, cell.number()) {
        (Cell::Empty, _) => Value::Null,
        (_, Some(number)) => json!(number),
        (_, None) => json!(cell.to_string()),
    };
    let rows = sheet.rows.iter();
    let rows = rows.map(|row| row.iter().map(cell).collect::<Value>());
    let head = sheet.columns.iter().map(Column::heading);
    json!({ "name": sheet.key, "head": head.collect::<Vec<_>>(), "rows": rows.collect::<Value>() })
}
