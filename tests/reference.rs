//! The reference model of Europe: its size, its evidence, its basket, its scenarios.
#![allow(clippy::unwrap_used)]

mod common;

use common::basket::basket;
use sinews::calendar::Month;
use sinews::document::Document;
use sinews::evidence::Basis;
use sinews::model::{Model, Need};

const EUROPE: &str = "models/europe.toml";

#[test]
fn europe_has_at_least_80_lines_15_donors_and_every_item_of_the_debate() {
    let m = sinews::read(EUROPE).unwrap();
    assert!(m.lines.len() >= 80, "{}", m.lines.len());
    let donors = m.stocks.values().map(|stock| stock.holder);
    let donors: std::collections::BTreeSet<_> = donors.collect();
    assert!(donors.len() >= 16, "{}", donors.len());
    for key in [
        "round-155",
        "round-152",
        "round-122",
        "mortar-120",
        "rocket-guided",
        "pac3-mse",
        "gem-t",
        "aster-30",
        "irist-slm",
        "amraam",
        "camm",
        "mistral",
        "piorun",
        "rbs70",
        "lmm",
        "round-35",
        "interceptor-drone",
        "atgm-nlaw",
        "at-mine",
        "nsm",
        "cruise-missile",
        "glide-bomb",
        "sead-missile",
        "howitzer",
        "barrel",
        "ifv",
        "fortification-set",
        "soldier-kit",
        "tnt",
        "rdx",
        "nitrocellulose",
        "powder",
        "body-155",
        "module",
        "fuze",
        "rocket-motor",
        "seeker",
    ] {
        assert!(m.items.values().any(|item| item.key == key), "{key}");
    }
}

#[test]
fn every_figure_of_europe_cites_a_fact_or_says_why_it_is_assumed() {
    let m = sinews::read(EUROPE).unwrap();
    assert!(m.evidence.figures.len() > 1_500);
    for figure in &m.evidence.figures {
        match &figure.basis {
            Basis::Fact(id) => {
                let fact = m.evidence.facts.iter().find(|fact| fact.id == *id);
                let source = &fact.unwrap().source;
                assert!(
                    !source.publisher.is_empty() && !source.url.is_empty(),
                    "{id}"
                );
            }
            Basis::Assumption(note) => assert!(!note.trim().is_empty(), "{:?}", figure.place),
        }
    }
}

/// What is said of the months of 2026: money, needs, capacities and their use, orders, rates.
fn history(m: &Model) -> Vec<(String, Vec<f64>)> {
    let months: Vec<Month> = (0..12).map(|n| m.calendar.start().plus(n)).collect();
    let over = |at: &dyn Fn(Month) -> f64| months.iter().map(|&month| at(month)).collect();
    let mut all: Vec<(String, Vec<f64>)> = Vec::new();
    for fund in m.funds.values() {
        let name = format!("money of {}", fund.key);
        all.push((name, over(&|t| fund.amount.at(t).value())));
    }
    for need in m.requirements.values() {
        let at = |t| match &need.need {
            Need::Flow(path) => path.at(t).value(),
            Need::Level(_) => 0.0,
        };
        all.push((format!("need of {}", need.key), over(&at)));
    }
    for line in m.lines.values() {
        let orders = |t| line.booked.as_ref().map_or(0.0, |path| path.at(t).value());
        let key = &line.key;
        all.push((format!("orders of {key}"), over(&orders)));
        let can = |t| line.capacity.at(t).value() * line.utilisation.at(t).value();
        all.push((format!("capacity of {key}"), over(&can)));
    }
    for supplier in m.suppliers.values() {
        // What has to be ordered ahead comes as it is on order.
        let waits = supplier.queue.value() + supplier.lead_time.value() > 0.0;
        let path = Some(&supplier.rate)
            .filter(|_| !waits)
            .or(supplier.booked.as_ref());
        let name = format!("rate of {}", supplier.key);
        all.push((name, over(&|t| path.map_or(0.0, |path| path.at(t).value()))));
    }
    // What a scenario adds is nothing in 2026.
    all.retain(|(_, values)| values.iter().any(|value| *value != 0.0));
    all
}

/// American supplies are the world's doing, and goals for stores may be pulled forward into 2026; all else of it is history
/// in every scenario.
#[test]
fn scenarios_leave_2026_as_it_was() {
    let document = Document::open(EUROPE).unwrap();
    let base = history(&document.model().unwrap());
    for scenario in document.scenarios() {
        let model = document.scenario(&scenario.key).and_then(|d| d.model());
        let own = history(&model.unwrap());
        let american = |name: &str| {
            ["us-", "jp-"]
                .iter()
                .any(|of| name.contains(&format!("rate of {of}")))
        };
        let of = |all: &[(String, Vec<f64>)]| -> Vec<(String, Vec<f64>)> {
            let kept = all.iter().filter(|(name, _)| !american(name));
            kept.cloned().collect()
        };
        let (base, own) = (of(&base), of(&own));
        let changed: Vec<_> = own.iter().filter(|row| !base.contains(row)).collect();
        assert!(changed.is_empty(), "{}: {changed:?}", scenario.key);
        assert_eq!(base.len(), own.len(), "{}", scenario.key);
    }
}

/// What the basket of a scenario is worth in a year, in bn USD.
fn worth(scenario: &str) -> f64 {
    let document = Document::open(EUROPE).unwrap();
    let m = document
        .scenario(scenario)
        .and_then(|changed| changed.model())
        .unwrap();
    basket(&m).iter().map(|entry| entry.dollars).sum::<f64>() / 1e9
}

#[test]
fn the_basket_is_worth_some_20_bn_dollars_a_year_and_its_levels_lie_on_both_sides() {
    let [low, reference, high] = ["needs_low", "needs_reference", "needs_high"].map(worth);
    let all = format!("{low:.2}, {reference:.2}, {high:.2} bn USD");
    assert!((10.0..15.0).contains(&low), "{all}");
    assert!((20.0..24.0).contains(&reference), "{all}");
    assert!((33.0..43.0).contains(&high), "{all}");
}

#[test]
fn every_scenario_of_the_debate_is_there() {
    let document = Document::open(EUROPE).unwrap();
    let keys: Vec<String> = document.scenarios().into_iter().map(|s| s.key).collect();
    for key in [
        "armed_neutrality",
        "needs_low",
        "needs_reference",
        "needs_high",
        "war_goes_on",
        "us_backstop",
        "half_the_money",
        "us_patriot_freeze",
        "us_supplies_cut",
        "coerced_deal",
        "drawn_out_talks",
        "ceasefire_rearmament",
        "reassurance_force",
        "national_only",
        "joint_funding",
        "order_books_full",
        "energetics_push",
        "south_korea",
        "multi_year_contracts",
        "china_linters_cut",
    ] {
        assert!(keys.iter().any(|declared| declared == key), "{key}");
    }
}

/// Scenarios of money that the model does not read by itself: each makes a model, and changes it.
#[test]
fn scenarios_of_money_can_be_laid_over_the_model() {
    let text = std::fs::read_to_string(EUROPE).unwrap();
    let last = "    \"europe/scenarios.toml\",\n";
    assert_eq!(text.matches(last).count(), 1);
    let more = format!("{last}    \"europe/money-scenarios.toml\",\n");
    let text = text.replace(last, &more);
    let document = Document::parse_beside("europe.toml", &text, "models").unwrap();
    let known = Document::open(EUROPE).unwrap().scenarios();
    let base = document.model().unwrap();
    let mut tried = 0;
    for scenario in document.scenarios() {
        if known.iter().any(|other| other.key == scenario.key) {
            continue;
        }
        let model = document.scenario(&scenario.key).and_then(|own| own.model());
        let model = model.unwrap_or_else(|problems| panic!("{}: {problems}", scenario.key));
        assert!(*model != *base, "{} changes nothing", scenario.key);
        tried += 1;
    }
    assert_eq!(tried, 6);
}
