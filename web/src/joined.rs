//! A model and what it includes as one text. Tables are joined as the reader joins them; comments are left behind, notes and
//! sources stay.

use crate::faults::Fault;
use sinews::model::Model;
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// The whole model as one text of TOML; facts are still cited by their names.
pub fn text(main: &str, texts: &BTreeMap<String, String>) -> Result<String, Fault> {
    let mut whole = parsed(main, texts)?;
    let model = whole.get_mut("model").and_then(Value::as_table_mut);
    let parts = model.and_then(|model| model.remove("include"));
    let folder = Path::new(main).parent().unwrap_or(Path::new(""));
    for part in parts.iter().flat_map(|parts| parts.as_array()).flatten() {
        let name = folder.join(part.as_str().unwrap_or_default());
        laid(&mut whole, parsed(&name.to_string_lossy(), texts)?);
    }
    toml::to_string(&whole).map_err(|error| Fault::Words(error.to_string()))
}

fn parsed(name: &str, texts: &BTreeMap<String, String>) -> Result<Table, Fault> {
    let text = texts.get(name).map(|text| text.parse::<Table>());
    match text {
        Some(Ok(table)) => Ok(table),
        Some(Err(error)) => Err(Fault::Words(error.to_string())),
        None => Err(Fault::Words(format!("there is no text `{name}`"))),
    }
}

/// What a part declares, beside what is there.
fn laid(whole: &mut Table, part: Table) {
    for (key, value) in part {
        match (whole.get_mut(&key), value) {
            (Some(Value::Table(there)), Value::Table(more)) => laid(there, more),
            (Some(_), _) => {}
            (None, value) => {
                whole.insert(key, value);
            }
        }
    }
}

/// Whether two models differ in any figure, or in what it rests on.
pub fn differs(a: &Model, b: &Model) -> bool {
    let told = |m: &Model| {
        let figures = m.evidence.figures.iter();
        let figures = figures.map(|f| {
            (
                f.place.to_string(),
                f.value.to_bits(),
                format!("{:?}", f.basis),
            )
        });
        let mut figures: Vec<_> = figures.collect();
        figures.sort();
        figures
    };
    a.name != b.name || told(a) != told(b)
}
