//! Models and plans by serde: read back they are what they were, and what is read is checked.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used)]

mod common;

use serde_json::{Value, json};
use sinews::analysis::investments::investments;
use sinews::analysis::{Findings, Work};
use sinews::calendar::Month;
use sinews::evidence::Evidence;
use sinews::ids::{Id, LineId, Table};
use sinews::model::{Draft, Model};
use sinews::problem::Place;
use sinews::report::{record, record::Record};
use sinews::solution::{Coverage, Kept};
use sinews::solve::Options;
use sinews::units::{PiecesPerYear, per_year};

fn bare(model: &Model) -> Draft {
    let mut draft = model.clone().into_draft();
    draft.evidence = Evidence::default();
    draft
}

#[test]
fn every_shipped_model_reads_back_from_json() {
    for path in common::shipped() {
        let model = sinews::read(&path).unwrap();
        let text = serde_json::to_string(&model).unwrap();
        let again: Model = serde_json::from_str(&text).unwrap();
        assert!(bare(&again) == bare(&model), "{}", path.display());
        assert_eq!(
            serde_json::to_string(&again).unwrap(),
            text,
            "{}",
            path.display()
        );
    }
}

/// The tables of a file, keys as names: any model may be written so by hand.
#[test]
fn a_model_is_the_tables_of_a_file() {
    let data = json!({
        "model": { "note": "a toy" },
        "calendar": { "start": "2026-01", "end": "2026-12", "period": "year" },
        "item": { "a \"b\".c": { "unit": "round" } },
        "line": { "plant": { "makes": "a \"b\".c", "capacity": "100 round/year", "yield": 0.5 } },
        "holder": { "ua": {} },
        "requirement": { "r": { "holder": "ua", "item": "a \"b\".c", "quantity": "10 round/year", "tier": 2 } },
    });
    let model: Model = serde_json::from_value(data).unwrap();
    assert_eq!(model.lines[LineId::at(0)].capacity.most(), per_year(100.0));
    let written = serde_json::to_value(&model).unwrap();
    assert_eq!(written["line"]["plant"]["makes"], "a \"b\".c");
    assert_eq!(written["requirement"]["r"]["tier"], 2);
    assert_eq!(written["line"]["plant"]["yield"], "50 %");
}

#[test]
fn what_is_read_is_checked() {
    let refused = |data: Value| {
        serde_json::from_value::<Model>(data)
            .unwrap_err()
            .to_string()
    };
    let found = refused(json!({ "calendar": { "start": "2026-01", "end": "2026-13" } }));
    assert!(found.contains("`2026-13` is not a month"), "{found}");
    let found = refused(json!({ "calendar": 3 }));
    assert!(found.contains("error: "), "{found}");
    let found = refused(json!([1]));
    assert!(found.contains("error: "), "{found}");
    assert!(serde_json::from_value::<Month>(json!("2026-13")).is_err());
}

#[test]
fn plans_are_written_with_names_and_read_back() {
    let model = sinews::read("models/shells.toml").unwrap();
    let solution = common::solved(&model);
    let was = record(&model, &solution);
    let text = serde_json::to_string(&was).unwrap();
    let is: Record = serde_json::from_str(&text).unwrap();
    assert_eq!(is, was);
    let kept: Table<_, Kept> = again(&solution.stocks);
    assert_eq!(kept, solution.stocks);
    let coverage: Table<_, Coverage> = again(&solution.requirements);
    assert_eq!(coverage, solution.requirements);
}

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(thing: &T) -> T {
    serde_json::from_str(&serde_json::to_string(thing).unwrap()).unwrap()
}

/// What an analysis finds is its tables.
#[test]
fn findings_are_written_as_tables_and_read_back() {
    let model = sinews::read("models/shells.toml").unwrap();
    let found = investments(&model, &[], &Options::default(), &Work::default()).unwrap();
    let tables = found.tables();
    assert!(!tables[0].rows.is_empty());
    assert_eq!(again(&tables), tables);
}

#[test]
fn numbers_ids_months_and_places_are_plain() {
    assert_eq!(
        serde_json::to_value(per_year(0.1 + 0.2)).unwrap(),
        json!(0.1 + 0.2)
    );
    assert_eq!(again(&PiecesPerYear::new(1e300)), PiecesPerYear::new(1e300));
    assert_eq!(serde_json::to_value(LineId::at(3)).unwrap(), json!(3));
    let place = Place::new(["line", "a.b", "capacity"]);
    assert_eq!(
        serde_json::to_value(&place).unwrap(),
        json!("line.\"a.b\".capacity")
    );
    assert_eq!(again(&place), place);
    let month: Month = "2026-07".parse().unwrap();
    assert_eq!(serde_json::to_value(month).unwrap(), json!("2026-07"));
    assert_eq!(again(&month), month);
}
