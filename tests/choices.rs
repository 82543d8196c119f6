//! What good plans share, and what each expansion is worth, on a toy that can be worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, same, text};
use sinews::analysis::alternatives::{Request, Share, alternatives};
use sinews::analysis::investments::investments;
use sinews::analysis::{Findings, Trouble, Work};
use sinews::model::Model;
use sinews::solve::Options;

/// Ten rounds are required and six can be made; a hall for four more costs 40 EUR, an annex for four more
/// 41 EUR, a tower 400 EUR. Three mines are required, which only a shop of 30 EUR can make. A missing unit counts
/// 10 · 100 EUR. The best plan builds hall and shop for 70 EUR.
fn toy() -> Model {
    text(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[objective]
measure = "value"
[item.round]
unit = "round"
value = "100 EUR/round"
[item.mine]
unit = "mine"
value = "100 EUR/mine"
[line.plant]
makes = "round"
capacity = "6 round/year"
[line.plant.expansion]
hall = { adds = "4 round/year", cost = "40 EUR", lead_time = "0 months" }
annex = { adds = "4 round/year", cost = "41 EUR", lead_time = "0 months" }
tower = { adds = "4 round/year", cost = "400 EUR", lead_time = "0 months" }
[line.works]
makes = "mine"
[line.works.expansion]
shop = { adds = "3 mine/year", cost = "30 EUR", lead_time = "0 months" }
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[requirement.mines]
holder = "ua"
item = "mine"
quantity = "3 mine/year"
[fund.aid]
amount = "100 EUR/year"
"#,
    )
}

/// Two percent more than 70 EUR leave 1.40 EUR: enough for the whole annex in place of the hall, for 1.4 / 360
/// of a tower in place of as much hall, and for no plan without the shop.
#[test]
fn what_is_in_all_good_plans_is_told_from_what_is_in_some() {
    let request = Request {
        within: 0.02,
        plans: 1,
    };
    let found = alternatives(&toy(), &request, &Options::default(), &Work::default()).unwrap();
    let range = |key: &str| {
        found
            .decisions
            .iter()
            .find(|r| r.place.ends_with(key))
            .unwrap()
    };
    let ends = |key: &str| [range(key).least, range(key).best, range(key).most];
    assert_eq!(range("hall").share(), Share::Some);
    assert_eq!(range("annex").share(), Share::Some);
    assert_eq!(range("shop").share(), Share::All);
    assert!(ends("hall")[0] < 1e-4 && ends("annex")[1] < 1e-4);
    same(ends("hall")[2], 4.0);
    // Mines count 1000 EUR: 1.40 EUR of them may be missing, which saves 1.40 EUR / 100 more.
    let least = 3.0 - 1.4 / (1_000.0 - 10.0);
    assert!((ends("shop")[0] - least).abs() < 1e-5, "{:?}", ends("shop"));
    assert!(ends("tower")[2] < 0.02);
    // The other plan takes the annex and leaves the hall.
    assert_eq!(found.plans.len(), 2);
    let at = |key: &str| {
        found
            .decisions
            .iter()
            .position(|r| r.place.ends_with(key))
            .unwrap()
    };
    assert!(found.plans[1].taken[at("hall")] < 1e-3);
    assert!(found.plans[1].taken[at("annex")] > 3.9);
    assert_eq!(found.tables().len(), 2);
}

#[test]
fn an_option_is_worth_what_the_plan_loses_without_it() {
    let budgets = [0.2, 0.5, 1.0];
    let found = investments(&toy(), &budgets, &Options::default(), &Work::default()).unwrap();
    let places: Vec<&str> = found
        .options
        .iter()
        .map(|option| option.place.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "line.works.expansion.shop",
            "line.plant.expansion.hall",
            "line.plant.expansion.annex",
            "line.plant.expansion.tower",
        ]
    );
    let values: Vec<f64> = found.options.iter().map(|option| option.value).collect();
    // Without the shop three mines are missing and 30 EUR saved; the annex stands in for the hall.
    all_same(&values, &[3_000.0 - 30.0, 1.0, 0.0, 0.0]);
    same(found.options[0].avoided, 300.0);
    same(found.options[0].payback().unwrap(), 10.0);
    same(found.options[1].payback().unwrap(), 0.0);
    // Both cost 10 EUR a unit a year: 20 EUR are for either, 50 for both.
    assert!(
        found.options[1]
            .from_budget
            .is_some_and(|budget| budget <= 0.5)
    );
    assert_eq!(found.options[3].from_budget, None);
    assert_eq!(found.tables()[0].rows.len(), 4);
}

#[test]
fn bad_requests_say_what_to_ask() {
    let request = Request {
        within: 1.0,
        ..Request::default()
    };
    let refused = alternatives(&toy(), &request, &Options::default(), &Work::default());
    let Err(trouble @ Trouble::Request { .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        trouble.to_string(),
        "1 is no share between 0 and 1\n  = help: write how much worse a plan may be, such as 0.01 for one percent"
    );
    let model = sinews::read("models/tiny.toml").unwrap();
    let none = investments(&model, &[], &Options::default(), &Work::default()).unwrap_err();
    assert_eq!(
        none.to_string(),
        "the model has no expansion options\n  = help: add a `[line.KEY.expansion.KEY]`"
    );
}

#[test]
fn an_order_costs_what_it_costs_when_it_is_placed() {
    // 1,000 USD at 3 EUR each from 2028, when the hall can be ordered: 200 rounds a year of which 10 are made.
    let model = text(
        r#"
model.note = "a toy"
calendar = { start = "2026-01", end = "2029-12", period = "year" }
macro.exchange = { USD = [{ from = "2026-01", value = "1 EUR/USD" }, { from = "2028-01", value = "3 EUR/USD" }] }
item.round = { unit = "round", value = "100_000 EUR/round" }
line.plant = { makes = "round", capacity = "10 round/year", expansion.hall = { adds = "100 round/year", cost = "1_000 USD", lead_time = "12 months", from = "2028-01" } }
holder.ua.name = "Ukraine"
requirement.shells = { holder = "ua", item = "round", quantity = "200 round/year" }
"#,
    );
    let found = investments(&model, &[], &Options::default(), &Work::default()).unwrap();
    let hall = &found.options[0];
    same(hall.built, 1.0);
    same(hall.cost, 3_000.0);
    // 100 rounds in 2029, at 100,000 EUR each.
    same(hall.avoided, 10_000_000.0);
    same(hall.payback().unwrap(), 10_000.0 / 3.0);
}
