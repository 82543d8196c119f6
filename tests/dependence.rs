//! Dependence: origins through the bill of materials, and the price of depending less.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::dependence::{Dependence, Origin, Question, dependence};
use sinews::analysis::{Findings, Work};
use sinews::document::Document;
use sinews::ids::{Id, RegionId};
use sinews::solve::Options;

/// 60 rounds a year from Germany, whose TNT comes from Poland, and 40 from the United States.
/// There is no more TNT than the rounds take: else a cap on a share could be kept by buying useless TNT.
const TOY: &str = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
country.DE.blocs = ["EU"]
country.PL.blocs = ["EU"]
country.US.name = "United States"
item.tnt.unit = "t"
item.round = { unit = "round", needs = { tnt = "1 t/round" }, value = "100 EUR/round" }
holder.ua.name = "Ukraine"
holder.store = { country = "DE", stock.round = { opening = "5 round" } }
gift.rounds = { from = ["store"], to = "ua", items = ["round"] }
requirement.rounds = { holder = "ua", item = "round", quantity = "105 round/year" }
line.filling = { makes = "round", country = "DE", capacity = "60 round/year", cost = "50 EUR/round" }
line.tnt-works = { makes = "tnt", country = "PL", capacity = "60 t/year", cost = "20 EUR/t" }
supplier.abroad = { item = "round", country = "US", rate = "40 round/year", cost = "70 EUR/round", content = { US = "90 %", DE = "10 %" } }
"#;

fn ask(less: Option<&str>) -> Dependence {
    let document = Document::parse("toy.toml", TOY).unwrap_or_else(|e| panic!("{e}"));
    let question = Question {
        less: less.map(Into::into),
        ..Question::default()
    };
    dependence(&document, &question, &Options::default(), &Work::default()).unwrap()
}

/// The region with a key.
fn region(found: &Dependence, key: &str) -> RegionId {
    let mut all = found.model.regions.iter();
    all.find(|(_, region)| region.key == key).unwrap().0
}

#[test]
fn deliveries_come_from_makers_sellers_and_stores() {
    let found = ask(None);
    let [rounds] = &found.deliveries[..] else {
        panic!("{:?}", found.deliveries)
    };
    same(rounds.quantity, 105.0);
    let from = |key| rounds.origins[&Origin::Country(Some(region(&found, key)))];
    same(from("DE"), 60.0);
    same(from("US"), 40.0);
    let store = Origin::Store(Id::at(1));
    same(rounds.origins[&store], 5.0);
    assert!(found.sweep.is_empty());
}

#[test]
fn cost_goes_back_through_the_bill_of_materials() {
    // DE: 60 · 50 and a tenth of 40 · 70; PL: 60 · 20; US: nine tenths of 40 · 70.
    let found = ask(None);
    let (_, cost) = &found.cost[0];
    let of = |key| cost[&Some(region(&found, key))];
    same(of("DE"), 3_280.0);
    same(of("PL"), 1_200.0);
    same(of("US"), 2_520.0);
    same(cost.values().sum(), 7_000.0);
    // Blocs hold their countries: EU 4480 of 7000.
    let costs = &found.tables()[0];
    let eu = costs.rows.iter().find(|row| row[1] == "EU".into()).unwrap();
    same(eu[3].number().unwrap(), 0.64);
}

#[test]
fn depending_less_costs_what_is_then_missing() {
    // 2520 EUR of the 7000 a year go to the US. With none of it, 40 rounds are missing, counting 1000 EUR each,
    // and their 70 EUR are saved.
    let found = ask(Some("US"));
    assert_eq!(found.sweep.len(), 5);
    same(*found.sweep[0].most.values().next().unwrap(), 2_520.0);
    let last = found.sweep[4].plan.as_ref().unwrap();
    same(*found.sweep[4].most.values().next().unwrap(), 0.0);
    assert!((last.worse - 40.0 * 930.0).abs() < 1.0, "{}", last.worse);
    same(last.cost, 4_200.0);
    same(last.coverage, 65.0 / 105.0);
    // With half of it, 20 rounds: 63 · 20 = 1260.
    let half = found.sweep[2].plan.as_ref().unwrap();
    assert!((half.worse - 20.0 * 930.0).abs() < 1.0, "{}", half.worse);
    // Each step is no better than the one before.
    let worse: Vec<f64> = found
        .sweep
        .iter()
        .map(|s| s.plan.as_ref().unwrap().worse)
        .collect();
    assert!(
        worse.windows(2).all(|pair| pair[1] >= pair[0] - 1e-3),
        "{worse:?}"
    );
    assert_eq!(
        found.tables()[0].rows[4][1],
        "rounds: 62 % instead of 71 %".into()
    );
}

#[test]
fn a_region_that_is_not_there_is_named() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    let question = Question {
        less: Some("CN".into()),
        ..Question::default()
    };
    let trouble = dependence(&document, &question, &Options::default(), &Work::default());
    let text = trouble.unwrap_err().to_string();
    assert!(
        text.starts_with("no country or bloc is called `CN`\n  = help: name one of `DE`"),
        "{text}"
    );
}
