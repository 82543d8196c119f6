//! Sensitivity: prices, how far they hold, and what moves the answer, of models worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::sensitivity::{Request, Sensitivity, evidence_table, rests_on, sensitivity};
use sinews::analysis::{Findings, Spread, Work};
use sinews::document::Document;
use sinews::evidence::{Basis, Confidence};
use sinews::program::Row;
use sinews::solve::Options;
use std::process::Command;

/// 10 rounds a year are made, from 5 to 15, at 50 EUR, from 40 to 60; 20 are wanted, in two years. A round that is missing
/// counts ten times its 100 EUR: one more unit of capacity avoids 1,000 EUR for 50 EUR.
const TOY: &str = r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = { low = "5 round/year", value = "10 round/year", high = "15 round/year" }
cost = { low = "40 EUR/round", value = "50 EUR/round", high = "60 EUR/round" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "20 round/year"
"#;

fn found(text: &str, request: &Request) -> Sensitivity {
    let document = Document::parse("toy.toml", text).unwrap();
    let found = sensitivity(&document, request, &Options::default(), &Work::default());
    found.unwrap_or_else(|trouble| panic!("{trouble}"))
}

/// The price of the first year's capacity holds until nothing is made, and until it makes the 10 that are missing in
/// each of the two years, for rounds keep; that of the first year's
/// requirement down to nothing, for rounds it leaves are missing in the second, and up without end.
#[test]
fn prices_hold_as_far_as_they_do() {
    let found = found(TOY, &Request::default());
    let limit = |family: &str| {
        let mut limits = found.limits.iter();
        limits.find(|limit| limit.row.family() == family).unwrap()
    };
    let capacity = limit("capacity");
    same(capacity.price, 950.0);
    same(capacity.amount, 10.0);
    same(capacity.weight, 2.0 * 950.0 * 10.0);
    let held = capacity.held.unwrap();
    assert!(
        (held.down - 10.0).abs() < 0.02 && (held.up - 20.0).abs() < 0.03,
        "{held:?}"
    );
    let requirement = limit("requirement");
    same(requirement.price, 1_000.0);
    same(requirement.amount, 20.0);
    let held = requirement.held.unwrap();
    assert!((held.down - 20.0).abs() < 0.03, "{held:?}");
    assert_eq!(held.up, f64::INFINITY);
    // A requirement of 20 weighs more than a capacity of 10.
    assert!(matches!(found.limits[0].row, Row::Requirement(..)));
}

/// Five rounds a year less are 2 · 5 · 950 EUR more; ten euros a round on 20 rounds are 200 EUR. Prices tell both exactly.
#[test]
fn inputs_move_the_answer_as_their_prices_say() {
    for solved in [0, 1, 20] {
        let request = Request {
            solved,
            ..Request::default()
        };
        let found = found(TOY, &request);
        let names: Vec<_> = found.moves.iter().map(|m| m.input.name.as_str()).collect();
        assert_eq!(names, ["line.plant.capacity", "line.plant.cost"]);
        let wanted = [(9_500.0, -9_500.0), (-200.0, 200.0)];
        for (n, (moved, (low, high))) in found.moves.iter().zip(wanted).enumerate() {
            let (a, b) = moved.estimate.unwrap();
            same(a, low);
            same(b, high);
            assert_eq!(moved.solved, n < solved);
            if moved.solved {
                same(moved.low.unwrap().value, low);
                same(moved.high.unwrap().value, high);
            }
            same(moved.width(), (low - high).abs());
        }
        for table in found.tables() {
            assert!(!table.rows.is_empty(), "{}", table.key);
        }
    }
}

/// With 12 wanted a capacity of 15 is too much: the price says 9,500 EUR less, a solve that only the 2 · 2 missing
/// rounds come, 3,800 EUR.
#[test]
fn a_solve_corrects_what_prices_say() {
    let text = TOY.replace("\"20 round/year\"", "\"12 round/year\"");
    let found = found(&text, &Request::default());
    let moved = &found.moves[0];
    same(moved.estimate.unwrap().1, -9_500.0);
    same(moved.high.unwrap().value, -3_800.0);
    same(moved.high.unwrap().coverage, 1.0);
}

/// The capacity is a fact of mid-2024 whose sources lie 100 % apart; the rest is assumed.
#[test]
fn an_answer_rests_on_facts_and_assumptions() {
    let folder = std::env::temp_dir().join(format!("sinews-rests-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let fact = r#"
[[fact]]
id = "eu-rounds"
subject = "Rounds"
quantity = "capacity"
value = 10
low = 5
high = 15
unit = "round/year"
as_of = "2024"
confidence = "medium"
note = ""
[fact.source]
publisher = "A paper"
title = "Rounds"
date = "2024-07-01"
url = "https://example.org"
"#;
    std::fs::write(folder.join("facts.toml"), fact).unwrap();
    let text = TOY
        .replace("note = \"a toy\"", "note = \"a toy\"\nseeds = [\".\"]")
        .replace(
            "{ low = \"5 round/year\", value = \"10 round/year\", high = \"15 round/year\" }",
            "{ fact = \"eu-rounds\" }",
        );
    let document = Document::parse_beside("toy.toml", &text, &folder).unwrap();
    let request = Request {
        spread: Spread {
            assumptions: Some(0.1),
            facts: None,
        },
        ..Request::default()
    };
    let found = rests_on(&document, &request, &Options::default(), &Work::default()).unwrap();
    let names: Vec<_> = found.iter().map(|(m, _)| m.input.name.as_str()).collect();
    // What is wanted by a tenth: 2 · 2 · 1,000 EUR either way. A shortfall counts as the model first had it, so the value
    // of a round moves nothing.
    assert_eq!(
        names,
        [
            "line.plant.capacity",
            "requirement.shells.quantity",
            "line.plant.cost",
            "item.round.value"
        ]
    );
    same(found[0].0.width(), 19_000.0);
    same(found[1].0.width(), 8_000.0);
    let support = &found[0].1[0];
    assert_eq!(support.basis, Basis::Fact("eu-rounds".into()));
    assert_eq!(support.confidence, Some(Confidence::Medium));
    assert_eq!(support.source, "A paper, 2024-07-01");
    same(support.age.unwrap(), 1.5);
    same(support.conflict.unwrap(), 1.0);
    assert_eq!(found[1].1[0].basis, Basis::Assumption("a toy".into()));
    let table = evidence_table(&document.model().unwrap(), &found);
    assert_eq!(table.rows.len(), 4);
}

#[test]
fn requests_that_cannot_be_answered() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    let request = Request {
        spread: Spread {
            assumptions: Some(0.0),
            facts: None,
        },
        ..Request::default()
    };
    let refused = sensitivity(&document, &request, &Options::default(), &Work::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "`0` is no spread\n  = help: write a share between 0 and 1: `0.2` is 20 % down and up"
    );
}

#[test]
fn the_example_prints_its_tables() {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    for (more, title) in [
        (
            &["--limits", "3"][..],
            "The limits that matter most, and how far their prices hold",
        ),
        (
            &["--rests-on", "0.2", "--solved", "3"],
            "What the answer rests on",
        ),
    ] {
        let output = Command::new(path.join("examples").join("sensitivity"))
            .arg("models/shells.toml")
            .args(more)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(text.contains(title), "{text}");
    }
}
