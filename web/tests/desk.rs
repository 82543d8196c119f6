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
    let sheets = ask(&mut desk, &json!({ "ask": "sheets" }));
    let first = &sheets["ok"][0];
    assert_eq!(first["name"], "requirements");
    assert!(
        first["rows"][0]
            .as_array()
            .unwrap()
            .iter()
            .any(Value::is_number),
        "{first}"
    );
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

/// A fund buys 20,000 of the 40,000 rounds that can be made; a second kind of requirement comes after the first.
fn funded() -> String {
    PLANT.replace(
        "holder.ukraine.name",
        "objective.kind = \"weighted\"\nfund.aid = { amount = \"72 M EUR/year\" }\nholder.ukraine.name",
    )
}

#[test]
fn an_estimate_is_what_a_small_step_brings() {
    let (mut desk, _) = opened(&funded());
    let value = |desk: &mut Desk, changes: Value| {
        let reply = ask(desk, &json!({ "ask": "solve", "changes": changes }));
        let value = reply["ok"]["value"].as_f64();
        value.unwrap_or_else(|| panic!("{reply}"))
    };
    let more = value(&mut desk, json!({ "scale": { "fund.*.amount": 1.1 } }));
    let base = value(&mut desk, json!({}));
    let steps = json!([
        { "figures": "fund.*.amount", "scale": 1.1 },
        { "figures": "line.plant.capacity", "scale": 1.1 },
        { "figures": "line.nobody.capacity", "scale": 1.1 },
    ]);
    let reply = ask(&mut desk, &json!({ "ask": "estimate", "steps": steps }));
    let gains = reply["ok"].as_array().unwrap_or_else(|| panic!("{reply}"));
    let gain = gains[0].as_f64().unwrap();
    assert!(
        (gain - (base - more)).abs() < 1e-5 * base,
        "{gain}, not {}",
        base - more
    );
    // There is more capacity than money, and no such line.
    assert!(gains[1].as_f64().unwrap().abs() < 1e-5 * base, "{reply}");
    assert_eq!(gains[2], Value::Null);
}

#[test]
fn what_is_signed_later_is_delivered_later() {
    let (mut desk, _) = opened(PLANT);
    let found = coverage(&mut desk, &json!({ "wait": 1 }));
    assert!((found - 0.5).abs() < 1e-7, "{found}");
    let never = ask(
        &mut desk,
        &json!({ "ask": "solve", "changes": { "wait": 4 } }),
    );
    let words = never["error"].as_str().unwrap_or_default();
    assert!(
        words.starts_with("a delay of 4 quarters does not end within the calendar"),
        "{never}"
    );
}

#[test]
fn money_alters_from_when_decisions_are_free() {
    let (mut desk, _) = opened(&funded());
    let found = coverage(&mut desk, &json!({ "money": 1.5 }));
    assert!((found - 0.5).abs() < 1e-7, "{found}");
    let debt = json!({ "ask": "solve", "changes": { "money": -1.0 } });
    let none = ask(&mut desk, &debt);
    assert_eq!(none["error"], "-1 times the money is none");
}

#[test]
fn the_brief_says_what_helps_and_progress_is_heard() {
    let (mut desk, _) = opened(&funded());
    let told = Arc::new(Mutex::new(Vec::new()));
    let ear = told.clone();
    let heard: Heard =
        Arc::new(move |progress: &str| ear.lock().unwrap().push(progress.to_owned()));
    let mut ask = |request: Value| -> Value {
        serde_json::from_str(&desk.ask(&request.to_string(), &heard)).unwrap()
    };
    let heading = |brief: &Value| -> Vec<String> {
        let all = brief.as_array().unwrap().iter();
        all.map(|own| own["heading"].as_str().unwrap().to_owned())
            .collect()
    };
    let solved = ask(json!({ "ask": "solve", "changes": {} }));
    let quick = &solved["ok"]["brief"];
    assert!(heading(quick).contains(&"Standing".to_owned()), "{solved}");
    let whole = ask(json!({ "ask": "brief", "solves": 4 }));
    let whole = &whole["ok"]["brief"];
    assert!(
        whole.to_string().contains("wait for") && !quick.to_string().contains("wait for"),
        "{whole}"
    );
    assert!(told.lock().unwrap().iter().any(|words| words == "building"));
}

#[test]
fn parts_are_joined_into_one_text_that_is_the_same_model() {
    let (main, part) = PLANT.split_once("holder.ukraine.name").unwrap();
    let main = main.replace(
        "model.note = \"invented\"",
        "model.note = \"invented\"\nmodel.include = [\"toy/rest.toml\"]",
    );
    let open = |part: &str| {
        let mut desk = Desk::default();
        let texts = json!({ "models/toy.toml": main, "models/toy/rest.toml": part });
        let reply = ask(
            &mut desk,
            &json!({ "ask": "open", "main": "models/toy.toml", "texts": texts }),
        );
        assert!(reply["ok"].is_object(), "{reply}");
        desk
    };
    let changes = json!({ "scale": { "line.plant.capacity": 1.2 } });
    let request = json!({ "ask": "joined", "changes": changes });
    let part = format!("holder.ukraine.name{part}");
    let reply = ask(&mut open(&part), &request);
    let text = reply["ok"]["toml"]
        .as_str()
        .unwrap_or_else(|| panic!("{reply}"));
    assert!(!text.contains("include"), "{text}");
    let (mut whole, _) = opened(text);
    assert!((coverage(&mut whole, &json!({ "scenario": "what_if" })) - 0.8).abs() < 1e-7);
}
