//! What a page is answered: plans, faults at their lines, and nothing of the machine.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use sinews_web::{Desk, Heard};
use std::sync::{Arc, Mutex};

/// 40,000 rounds can be made in the year and 60,000 are wanted.
const PLANT: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2026-12", period = "quarter" }
item.round = { unit = "round", value = "9_000 EUR/round" }
line.plant = { name = "Plant", makes = "round", capacity = "40_000 round/year", cost = "3_600 EUR/round" }
holder.ukraine.name = "Ukraine"
requirement.shells = { holder = "ukraine", item = "round", quantity = "60_000 round/year" }
scenario.half = { note = "x", scale = { "line.*.capacity" = 0.5 } }
"#;

fn ask(desk: &mut Desk, request: &Value) -> Value {
    let heard: Heard = Arc::new(|_: &str| {});
    serde_json::from_str(&desk.ask(&request.to_string(), &heard)).unwrap()
}

fn opened(text: &str) -> (Desk, Value) {
    let mut desk = Desk::default();
    let reply = ask(
        &mut desk,
        &json!({ "ask": "open", "main": "models/toy.toml", "texts": { "models/toy.toml": text } }),
    );
    (desk, reply)
}

fn coverage(desk: &mut Desk, changes: &Value) -> f64 {
    let reply = ask(desk, &json!({ "ask": "solve", "changes": changes }));
    let coverage = &reply["ok"]["requirements"][0]["coverage"];
    coverage.as_f64().unwrap_or_else(|| panic!("{reply}"))
}

#[test]
fn every_kind_of_change_reaches_the_plan() {
    let (mut desk, reply) = opened(PLANT);
    assert_eq!(reply["ok"]["scenarios"][0]["key"], "half");
    let all = [
        (json!({}), 2.0 / 3.0),
        (json!({ "scenario": "half" }), 1.0 / 3.0),
        (json!({ "scale": { "line.plant.capacity": 1.2 } }), 0.8),
        (
            json!({ "scenario": "half", "scale": { "line.plant.capacity": 2.4 } }),
            0.8,
        ),
        (json!({ "shift": { "line.plant.capacity": 6 } }), 1.0 / 3.0),
        (
            json!({ "set": [{ "keys": ["line", "plant", "capacity"], "value": "30_000 round/year" }] }),
            0.5,
        ),
    ];
    for (changes, wanted) in all {
        let found = coverage(&mut desk, &changes);
        assert!(
            (found - wanted).abs() < 1e-7,
            "{changes}: {found}, not {wanted}"
        );
    }
}

#[test]
fn what_binds_says_which_figure_sets_it() {
    let (mut desk, _) = opened(PLANT);
    let reply = ask(&mut desk, &json!({ "ask": "solve", "changes": {} }));
    let limit = &reply["ok"]["limits"][0];
    assert_eq!(limit["figure"], "line.plant.capacity", "{limit}");
    assert_eq!(limit["lead_time"], Value::Null);
    let moved = json!({ "ask": "compare", "changes": { "scale": { "line.plant.capacity": 1.5 } } });
    let moved = ask(&mut desk, &moved);
    let wanted = json!([{ "place": "line.plant.capacity", "unit": "round/year", "before": 40_000.0, "after": 60_000.0 }]);
    assert_eq!(moved["ok"], wanted);
    let levels = ask(&mut desk, &json!({ "ask": "levels" }));
    assert_eq!(
        levels["ok"],
        json!({ "half": { "line.plant.capacity": 0.5 } })
    );
    let tables = ask(&mut desk, &json!({ "ask": "tables" }));
    assert_eq!(tables["ok"][0]["name"], "requirements.csv");
    let figures = ask(&mut desk, &json!({ "ask": "figures", "changes": {} }));
    assert_eq!(figures["ok"]["names"]["line.plant"], "Plant");
}

#[test]
fn a_saved_model_is_the_changed_one() {
    let (mut desk, _) = opened(PLANT);
    let changes = json!({ "scenario": "half", "scale": { "line.plant.capacity": 2.4 } });
    let toml = ask(&mut desk, &json!({ "ask": "change", "changes": changes }));
    let text = format!("{PLANT}{}", toml["ok"]["toml"].as_str().unwrap());
    let (mut again, _) = opened(&text);
    assert!((coverage(&mut again, &json!({ "scenario": "what_if" })) - 0.8).abs() < 1e-7);
    let more = json!({ "ask": "solve", "changes": { "scale": { "line.plant.capacity": 2.0 } } });
    let refused = ask(&mut again, &more);
    assert!(
        refused["error"]
            .as_str()
            .unwrap()
            .contains("`what_if` of its own"),
        "{refused}"
    );
}

#[test]
fn faults_stand_at_their_lines_and_reach_nothing() {
    let (mut desk, reply) =
        opened("model.include = [\"/etc/passwd\"]\nmodel.seeds = [\"../../etc\"]\n[[");
    let faults = reply["faults"].as_array().unwrap();
    let places: Vec<_> = faults
        .iter()
        .map(|fault| (&fault["file"], &fault["line"]))
        .collect();
    assert!(
        places.contains(&(&json!("models/toy.toml"), &json!(1))),
        "{reply}"
    );
    assert!(!reply["text"].as_str().unwrap().contains("root:"));
    let closed = ask(&mut desk, &json!({ "ask": "solve", "changes": {} }));
    assert_eq!(closed["error"], "no model is open");
    let nothing = ask(&mut desk, &json!({ "ask": "tables" }));
    assert_eq!(nothing["error"], "there is no plan yet");
    let odd = ask(&mut desk, &json!({ "ask": "dance" }));
    assert!(
        odd["error"]
            .as_str()
            .unwrap()
            .starts_with("no request: unknown variant `dance`")
    );
    let (mut desk, _) = opened(PLANT);
    let wrong = json!({ "ask": "solve", "changes": { "scale": { "line.nobody.capacity": 2.0 } } });
    let wrong = ask(&mut desk, &wrong);
    let fault = &wrong["faults"][0];
    assert!(
        fault["message"]
            .as_str()
            .unwrap()
            .contains("line.nobody.capacity"),
        "{wrong}"
    );
}

#[test]
fn progress_is_heard_and_the_frontier_falls() {
    let funded = PLANT.replace(
        "holder.ukraine.name",
        "fund.aid = { amount = \"72 M EUR/year\" }\nholder.ukraine.name",
    );
    let (mut desk, _) = opened(&funded);
    let told = Arc::new(Mutex::new(Vec::new()));
    let ear = told.clone();
    let heard: Heard =
        Arc::new(move |progress: &str| ear.lock().unwrap().push(progress.to_owned()));
    let request = json!({ "ask": "frontier", "changes": {}, "from": 0.5, "to": 3.0, "solves": 20 });
    let reply: Value = serde_json::from_str(&desk.ask(&request.to_string(), &heard)).unwrap();
    // 20,000 rounds for 72 M EUR; 40,000 can be made, for 144 M.
    let corners: Vec<f64> = reply["ok"]["points"]
        .as_array()
        .unwrap_or_else(|| panic!("{reply}"))
        .iter()
        .map(|point| point["factor"].as_f64().unwrap())
        .collect();
    assert!(
        corners.iter().any(|factor| (factor - 2.0).abs() < 1e-6),
        "{corners:?}"
    );
    assert!(!told.lock().unwrap().is_empty());
}
