//! Planning year by year: toys worked out by hand, and requests that are wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::{same, text};
use sinews::analysis::rolling::{Ask, Rolling, Unseen, rolling};
use sinews::analysis::{Findings, Work};
use sinews::ids::ExpansionId;
use sinews::model::Model;
use sinews::solve::Options;
use sinews::units::per_year;

/// Ten rounds are required in 2027, and none before.
fn toy(more: &str) -> Model {
    text(&format!(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = {{ 2027 = "10 round/year" }}
{more}
"#
    ))
}

fn rolled(model: &Model, see: usize, contracts: Option<usize>) -> Rolling {
    let ask = Ask {
        see,
        contracts,
        ..Ask::default()
    };
    rolling(model, &ask, &Options::default(), &Work::default()).unwrap_or_else(|e| panic!("{e}"))
}

/// By plan: the rounds that are missing. What was decided before is held within a thousandth.
#[track_caller]
fn missing(found: &Rolling, wanted: &[f64]) {
    let short = found.plans.iter().map(|plan| {
        let all = plan.solution.requirements.values();
        all.map(|met| met.short).sum::<f64>()
    });
    let short: Vec<f64> = short.collect();
    assert_eq!(short.len(), wanted.len());
    for (found, wanted) in short.iter().zip(wanted) {
        assert!(
            (found - wanted).abs() < 0.01,
            "found {short:?}, wanted {wanted:?}"
        );
    }
}

const HALL: &str = r#"
[line.plant]
makes = "round"
[line.plant.expansion.hall]
adds = "10 round/year"
cost = "500 EUR"
lead_time = "12 months"
"#;

#[test]
fn who_does_not_see_next_year_does_not_build_for_it() {
    let model = toy(HALL);
    // In 2026 nothing is required, so nothing is built; in 2027 it is too late.
    let blind = rolled(&model, 1, None);
    missing(&blind, &[0.0, 10.0]);
    let built = |n: usize| blind.plans[n].ordered(&model, ExpansionId::FIRST);
    same(built(0).unwrap().blocks, 1.0);
    same(built(0).unwrap().months, 0.0);
    assert_eq!(built(1), None);
    missing(&rolled(&model, 2, None), &[0.0, 0.0]);
}

/// Ten rounds a year are required, of which none can be made in 2026. Who expects that to go on builds in 2026 for 2027; who
/// expects nothing builds never, as a hall of 2027 opens after the end.
#[test]
fn what_is_required_is_expected_to_go_on() {
    let steady = HALL.replace("[line.plant]\n", "[line.plant]\nlead_time = \"0 months\"\n");
    let model = toy(&steady);
    let mut draft = model.into_draft();
    let requirement = draft.requirements.values_mut().next().unwrap();
    requirement.need = sinews::model::Need::Flow(sinews::path::Path::constant(per_year(10.0)));
    let model = draft.check().unwrap();
    missing(&rolled(&model, 1, None), &[10.0, 10.0]);
    let blind = Ask {
        unseen: Unseen::Nothing,
        ..Ask::default()
    };
    let found = rolling(&model, &blind, &Options::default(), &Work::default()).unwrap();
    missing(&found, &[10.0, 20.0]);
    assert_eq!(found.plans[1].name, "sees 1 year and nothing beyond");
}

/// What is required in 2026 alone is expected again in 2027, when nothing is: a hall is built for 500 EUR that nobody needs.
#[test]
fn what_ends_is_expected_in_vain() {
    let model = text(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = { 2026 = "10 round/year", 2027 = "0 round/year" }
[line.plant]
makes = "round"
[line.plant.expansion.hall]
adds = "10 round/year"
cost = "500 EUR"
lead_time = "12 months"
"#,
    );
    let found = rolled(&model, 1, None);
    missing(&found, &[10.0, 10.0]);
    let cost = |n: usize| found.plans[n].solution.cost.total;
    same(cost(0), 0.0);
    assert!((cost(1) - 500.0).abs() < 0.1, "{}", cost(1));
    // Who sees 2027 does not build.
    let seen = rolled(&model, 2, None);
    assert!(seen.plans[1].solution.cost.total < 0.1);
}

#[test]
fn an_annual_contract_cannot_pay_on_delivery_next_year() {
    let supplier = r#"
[supplier.abroad]
item = "round"
rate = "10 round/year"
cost = "100 EUR/round"
lead_time = "12 months"
"#;
    let model = toy(supplier);
    // Ordered in 2026, delivered and paid in 2027.
    missing(&rolled(&model, 2, Some(1)), &[0.0, 0.0, 10.0]);
    missing(&rolled(&model, 2, Some(2)), &[0.0, 0.0, 0.0]);
    // A hall that is ordered and paid within 2026 needs no longer contract.
    missing(&rolled(&toy(HALL), 2, Some(1)), &[0.0, 0.0, 0.0]);
}

#[test]
fn the_plan_made_year_by_year_is_measured_against_all_that_is_required() {
    let model = sinews::read("models/shells.toml").unwrap();
    let found = rolled(&model, 1, None);
    for plan in &found.plans {
        let required = plan.solution.requirements.values().map(|met| met.required);
        assert!((required.sum::<f64>() - 4_000_000.0).abs() < 1.0);
        assert!(plan.solution.certificate.holds());
    }
    // With all years in sight the first decision is the only one.
    let seen = rolled(&model, 3, None);
    let value = |n: usize| seen.plans[n].solution.missing_value(&model);
    assert!(
        (value(0) - value(1)).abs() < 1e-3 * value(0),
        "{} {}",
        value(0),
        value(1)
    );
    let keys: Vec<String> = found.tables().into_iter().map(|table| table.key).collect();
    // What is required stays the same: who expects that builds what who sees it does.
    assert_eq!(keys, ["summary", "coverage"]);
    let blind = Ask {
        unseen: Unseen::Nothing,
        ..Ask::default()
    };
    let found = rolling(&model, &blind, &Options::default(), &Work::default()).unwrap();
    let keys: Vec<String> = found.tables().into_iter().map(|table| table.key).collect();
    assert_eq!(keys, ["summary", "coverage", "built"]);
}

#[test]
fn a_plan_that_sees_nothing_and_contracts_for_nothing() {
    let refused = |see, contracts| {
        let ask = Ask {
            see,
            contracts,
            ..Ask::default()
        };
        let trouble = rolling(&toy(HALL), &ask, &Options::default(), &Work::default());
        trouble.unwrap_err().to_string()
    };
    assert_eq!(
        refused(0, None),
        "a plan that sees no year\n  = help: write a number of years from 1, the year itself included"
    );
    assert_eq!(
        refused(1, Some(0)),
        "contracts for no year\n  = help: write a number of years from 1, the year of signature included"
    );
}
