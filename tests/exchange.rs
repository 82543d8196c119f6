//! Models and plans by serde: read back they are what they were, and what is read is checked.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used)]

mod common;

use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_json::{Value, json};
use sinews::analysis::investments::investments;
use sinews::analysis::{
    Findings, Group, Spread, Work, alternatives, bottleneck, compare, deadline, dependence,
    disruption, explain, frontier, funding, futures, infeasible, monte_carlo, outlook, rolling,
    sensitivity, sweep,
};
use sinews::calendar::{Calendar, Month, PeriodLength};
use sinews::document::Versions;
use sinews::evidence::Evidence;
use sinews::ids::{Id, LineId, Table};
use sinews::model::{Draft, Model};
use sinews::problem::Place;
use sinews::report::{record, record::Record};
use sinews::solution::{Coverage, Kept, Solution};
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

fn again<T: serde::Serialize + DeserializeOwned>(thing: &T) -> T {
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

#[test]
fn a_calendar_is_checked_as_it_is_read() {
    let quarters = Calendar::new(month("2025-01"), month("2028-12"), PeriodLength::Quarter);
    let calendar = quarters.unwrap().deciding_from(month("2026-01")).unwrap();
    let written = serde_json::to_value(calendar).unwrap();
    let wanted = json!({ "start": "2025-01", "end": "2028-12", "period": "quarter", "decide_from": "2026-01" });
    assert_eq!(written, wanted);
    assert_eq!(again(&calendar), calendar);
    let mut partial = wanted.clone();
    partial["end"] = json!("2028-11");
    assert!(serde_json::from_value::<Calendar>(partial).is_err());
    let mut late = wanted;
    late["decide_from"] = json!("2029-01");
    assert!(serde_json::from_value::<Calendar>(late).is_err());
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A solution is written with its model, and reads back by itself.
#[test]
fn a_solution_reads_back_by_itself() {
    let model = sinews::read("models/shells.toml").unwrap();
    let was = common::solved(&model);
    let data = serde_json::to_value(&was).unwrap();
    // Its tables come in the order of their keys there, so that ids are others: by names it is the same plan.
    let is: Solution = serde_json::from_value(data.clone()).unwrap();
    assert_eq!(is.saved().columns, was.saved().columns);
    // As a text as well, whose numbers may have lost their last bit.
    let is: Solution = serde_json::from_str(&serde_json::to_string(&was).unwrap()).unwrap();
    assert!(is.certificate.holds());
    assert!(bare(is.model()) == bare(&model));
    for (r, met) in was.requirements.iter() {
        common::same(is.requirements[r].short, met.short);
    }
    common::same(is.cost.total, was.cost.total);
    let mut broken = data;
    broken["model"]["line"]["powder-mill"]["capacity"] = json!("1 t/year");
    let refused = serde_json::from_value::<Solution>(broken).unwrap_err();
    assert!(
        refused.to_string().contains("the model has changed since"),
        "{refused}"
    );
}

/// What an analysis found is written with keys and reads back, as the same data.
fn both_ways<T: serde::Serialize + DeserializeOwned>(model: &Model, found: &T) -> Value {
    let keys = model.keys();
    let named = serde_json::to_value(keys.naming(found)).unwrap();
    let is: T = keys.reading().deserialize(named.clone()).unwrap();
    assert_eq!(serde_json::to_value(keys.naming(&is)).unwrap(), named);
    // With numbers for ids as well.
    let plain = serde_json::to_value(found).unwrap();
    let is: T = serde_json::from_value(plain.clone()).unwrap();
    assert_eq!(serde_json::to_value(&is).unwrap(), plain);
    named
}

#[test]
fn what_an_analysis_finds_reads_back() {
    let model = &sinews::read("models/shells.toml").unwrap();
    let (options, work) = (&Options::default(), &Work::default());
    let found = investments(model, &[], options, work).unwrap();
    let data = both_ways(model, &found);
    assert_eq!(
        data["options"][0]["expansion"],
        json!("powder-mill.second-mill")
    );
    let request = alternatives::Request {
        plans: 2,
        ..Default::default()
    };
    both_ways(
        model,
        &alternatives::alternatives(model, &request, options, work).unwrap(),
    );
    let question = bottleneck::Question::default();
    let found = bottleneck::bottleneck(model, &question, options, work).unwrap();
    let data = both_ways(model, &found);
    assert!(data["shortfalls"][0]["requirement"].is_string());
    assert!(data["shortfalls"][0]["year"].is_string());
    let request = deadline::Request {
        levers: 1,
        ..Default::default()
    };
    both_ways(
        model,
        &deadline::deadline(model, &request, options, work).unwrap(),
    );
    let question = dependence::Question::default();
    both_ways(
        model,
        &dependence::dependence(model, &question, options, work).unwrap(),
    );
    let request = disruption::Request::default();
    both_ways(
        model,
        &disruption::disruption(model, &request, options, work).unwrap(),
    );
    both_ways(model, &explain::explain(model, "cost", options).unwrap());
    let request = frontier::Request {
        solves: 6,
        ..Default::default()
    };
    both_ways(
        model,
        &frontier::frontier(model, &request, options, work).unwrap(),
    );
    both_ways(model, &frontier::cost(model, 6, options, work).unwrap());
    let request = funding::Request {
        delays: vec![2],
        ..Default::default()
    };
    both_ways(
        model,
        &funding::funding(model, &request, options, work).unwrap(),
    );
    let spread = Spread {
        assumptions: Some(0.2),
        facts: None,
    };
    let request = monte_carlo::Request {
        samples: 4,
        spread,
        ..Default::default()
    };
    both_ways(
        model,
        &monte_carlo::monte_carlo(model, &request, options, work).unwrap(),
    );
    let request = sensitivity::Request {
        limits: 2,
        solved: 1,
        spread,
        groups: vec![Group::new(
            "mills",
            vec!["line.powder-mill.*".parse().unwrap()],
        )],
    };
    both_ways(
        model,
        &sensitivity::sensitivity(model, &request, options, work).unwrap(),
    );
    let request = sweep::Request {
        axes: vec!["fund.*.amount=x0.5,x1".parse().unwrap()],
        ..Default::default()
    };
    both_ways(
        model,
        &sweep::sweep(model, &request, options, work).unwrap(),
    );
}

/// Which rules clash in a model that has no plan.
#[test]
fn clashes_read_back() {
    let model = common::toy(
        r#"
[line.de]
makes = "round"
capacity = "10 round/year"
minimum = "5 round/year"
cost = "60 EUR/round"
[fund.aid]
amount = "100 EUR/year"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#,
    );
    let found = infeasible::infeasible(&model, &Options::default()).unwrap();
    assert!(!found.clashes.is_empty());
    both_ways(&model, &found);
}

/// Plans beside one another read back; plans of programs that an analysis has changed are written for the record.
#[test]
fn plans_side_by_side() {
    let model = sinews::read("models/shells.toml").unwrap();
    let (options, work) = (&Options::default(), &Work::default());
    let mut more = model.clone().into_draft();
    for line in more.lines.values_mut() {
        line.capacity = line.capacity.map(|rate| rate * 1.5);
    }
    let versions = Versions::of(model.clone()).with("more", "More", more.check().unwrap());
    let found = compare::compare(&versions, &["base", "more"], options, work).unwrap();
    both_ways(&model, &found);
    let named = |data: Value| data["scenarios"][1]["scenario"]["key"] == json!("more");
    assert!(named(serde_json::to_value(&found).unwrap()));
    let request = outlook::Request {
        samples: 0,
        seed: 1,
    };
    let found = outlook::outlook(&model, &request, options, work).unwrap();
    let data = serde_json::to_value(&found).unwrap();
    let side: Solution = serde_json::from_value(data["sides"][0]["solution"].clone()).unwrap();
    assert_eq!(
        side.saved().columns,
        found.sides[0].solution.saved().columns
    );
    let ask = rolling::Ask::default();
    let found = rolling::rolling(&model, &ask, options, work).unwrap();
    let data = serde_json::to_value(&found).unwrap();
    assert_eq!(data["plans"].as_array().unwrap().len(), found.plans.len());
    let ask = futures::Ask::new(month("2027-01"));
    let ask = ask.future("base", 0.5).future("more", 0.5);
    let found = futures::futures(&versions, &ask, options, work).unwrap();
    let data = serde_json::to_value(&found).unwrap();
    assert_eq!(data["futures"].as_array().unwrap().len(), 2);
}
