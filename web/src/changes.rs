//! What a person has changed, and the scenario in TOML that says it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Changes to a model: a scenario of it, and what is done to figures after that.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Changes {
    /// The scenario that they start from; empty: the model as it stands.
    pub scenario: String,
    /// Patterns of figures, and how many times as large they are.
    pub scale: BTreeMap<String, f64>,
    /// Patterns of figures over time, and how many months later they happen.
    pub shift: BTreeMap<String, i32>,
    /// Figures, by the keys that lead to them, and what takes their place, with unit.
    pub set: Vec<Set>,
    /// For how many quarters from when decisions are free nothing is signed. No figure of a model says so: it is kept
    /// beside the scenario, not in it.
    pub wait: u32,
    /// How many times the money all funds have from when decisions are free. A factor on `fund.*.amount` reaches history
    /// as well, and so what was bought in it; this leaves the past as it is. It is kept beside the scenario, too; a page
    /// that saves a model writes it fund by fund as what is set.
    pub money: Option<f64>,
}

/// A figure that takes another value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// The keys that lead to it.
    pub keys: Vec<String>,
    /// Its value as it is written in a model: `350_000 round/year`.
    pub value: String,
}

impl Changes {
    /// The key of the scenario that [`toml`](Self::toml) writes.
    pub const KEY: &str = "what_if";

    /// Whether no figure is changed, beside what the scenario changes.
    pub fn is_nothing(&self) -> bool {
        self.scale.is_empty() && self.shift.is_empty() && self.set.is_empty()
    }

    /// The scenario that makes them, or that they start from; empty: the model as it stands.
    pub fn key(&self) -> &str {
        if self.is_nothing() {
            &self.scenario
        } else {
            Self::KEY
        }
    }

    /// The same as [`toml`](Self::toml), and nothing where no figure is changed.
    pub fn toml_if_any(&self) -> String {
        if self.is_nothing() {
            String::new()
        } else {
            self.toml()
        }
    }

    /// The scenario that makes the changes, to be put at the end of a model.
    pub fn toml(&self) -> String {
        let key = Self::KEY;
        let mut text =
            format!("\n[scenario.{key}]\nname = \"What if\"\nnote = \"Changed by hand\"\n");
        if !self.scenario.is_empty() {
            line(&mut text, "extends", &quoted(&self.scenario));
        }
        let scales = self
            .scale
            .iter()
            .map(|(figures, by)| (figures, by.to_string()));
        table(&mut text, "scale", scales);
        let shifts = self.shift.iter();
        let shifts = shifts.map(|(figures, by)| (figures, format!("\"{by} months\"")));
        table(&mut text, "shift", shifts);
        if !self.set.is_empty() {
            let _ = writeln!(text, "\n[scenario.{key}.set]");
        }
        for Set { keys, value } in &self.set {
            let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
            let value = format!(
                "{{ value = {}, note = \"changed by hand\" }}",
                quoted(value)
            );
            line(&mut text, &keys.join("."), &value);
        }
        text
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    // Writing to memory cannot fail.
    let _ = writeln!(text, "{key} = {value}");
}

fn table<'a>(text: &mut String, key: &str, entries: impl Iterator<Item = (&'a String, String)>) {
    let entries = entries.map(|(figures, by)| format!("{} = {by}", quoted(figures)));
    let entries: Vec<String> = entries.collect();
    if !entries.is_empty() {
        line(text, key, &format!("{{ {} }}", entries.join(", ")));
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut new = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => new.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(new, "\\u{:04X}", u32::from(c));
            }
            c => new.push(c),
        }
    }
    new.push('"');
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_a_scenario() {
        let changes = Changes {
            scenario: "likely".into(),
            scale: BTreeMap::from([("line.\"a.b\".capacity".to_owned(), 1.5)]),
            shift: BTreeMap::from([("supplier.us-*.rate".to_owned(), 6)]),
            set: vec![Set {
                keys: vec!["fund".into(), "aid \"x\"".into(), "amount".into()],
                value: "2 bn EUR/year".into(),
            }],
            wait: 2,
            money: Some(1.5),
        };
        let wanted = r#"
[scenario.what_if]
name = "What if"
note = "Changed by hand"
extends = "likely"
scale = { "line.\"a.b\".capacity" = 1.5 }
shift = { "supplier.us-*.rate" = "6 months" }

[scenario.what_if.set]
"fund"."aid \"x\""."amount" = { value = "2 bn EUR/year", note = "changed by hand" }
"#;
        assert_eq!(changes.toml(), wanted);
        assert!(!changes.is_nothing() && Changes::default().is_nothing());
    }
}
