//! The reference model of Europe: its size, its evidence, its basket, its scenarios.
#![allow(clippy::unwrap_used)]

mod common;

use common::solved;
use sinews::document::Document;
use sinews::evidence::Basis;
use sinews::ids::{ItemId, RequirementId};
use sinews::model::{Model, Need, UnitPrice};
use std::fmt::Write;

const EUROPE: &str = "models/europe.toml";

/// A price in euros at the start of the calendar.
fn euros(m: &Model, price: &UnitPrice) -> f64 {
    let start = m.calendar.start();
    price.amount.at(start).value() * m.money.exchange(price.currency, start.year())
}

/// The prices at which an item is offered: makers' with what its inputs cost, and suppliers'.
fn offers(m: &Model, item: ItemId) -> Vec<f64> {
    let inputs: f64 = m.items[item]
        .needs
        .iter()
        .map(|need| need.amount.value() * lowest(m, need.item))
        .sum();
    let lines = m.lines.values().flat_map(|line| &line.products);
    let made = lines.filter(|product| product.item == item);
    let made = made.filter_map(|product| Some(euros(m, product.cost.as_ref()?) + inputs));
    let bought = m
        .suppliers
        .values()
        .filter(|supplier| supplier.item == item);
    let bought = bought.filter_map(|supplier| Some(euros(m, &supplier.tiers.first()?.cost)));
    made.chain(bought).collect()
}

fn lowest(m: &Model, item: ItemId) -> f64 {
    offers(m, item)
        .into_iter()
        .reduce(f64::min)
        .unwrap_or_default()
}

/// What a requirement asks for in the mean year, and its worth in euros: at the lowest price of
/// each item that meets it, in the mean of them.
fn worth(m: &Model, r: RequirementId) -> (f64, f64) {
    let requirement = &m.requirements[r];
    let Need::Flow(flow) = &requirement.need else {
        return (0.0, 0.0);
    };
    let periods = m.calendar.periods();
    let years = m.calendar.length().value() * f64::from(u32::try_from(periods.len()).unwrap());
    let all: f64 = periods
        .map(|t| (flow.mean(&m.calendar, t) * m.calendar.length()).value())
        .sum();
    let prices = requirement
        .meets
        .iter()
        .map(|met| lowest(m, met.item) / met.factor.value());
    let mean = prices.sum::<f64>() / f64::from(u32::try_from(requirement.meets.len()).unwrap());
    (all / years, all / years * mean)
}

fn ukraine(m: &Model) -> impl Iterator<Item = RequirementId> + '_ {
    m.requirements
        .iter()
        .filter(|(_, requirement)| m.holders[requirement.holder].key == "ukraine")
        .map(|(r, _)| r)
}

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

#[test]
fn the_basket_of_armed_neutrality_is_worth_about_20_bn_dollars_a_year() {
    let m = sinews::read(EUROPE).unwrap();
    let dollar = m.money.currency("USD").unwrap();
    let rate = m.money.exchange(dollar, m.calendar.start().year());
    let mut table = String::new();
    let mut sum = 0.0;
    for r in ukraine(&m) {
        let (quantity, value) = worth(&m, r);
        sum += value / rate;
        let name = &m.requirements[r].name;
        writeln!(
            table,
            "{name}: {quantity:.0} a year, {:.0} M USD",
            value / rate / 1e6
        )
        .unwrap();
    }
    assert!(
        (18e9..22e9).contains(&sum),
        "{:.2} bn USD\n{table}",
        sum / 1e9
    );
}

#[test]
fn every_scenario_of_europe_reads_and_gives_a_certified_plan() {
    let document = Document::open(EUROPE).unwrap();
    let keys: Vec<String> = document.scenarios().into_iter().map(|s| s.key).collect();
    for key in [
        "armed_neutrality",
        "war_goes_on",
        "us_backstop",
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
    std::thread::scope(|scope| {
        for half in keys.chunks(keys.len().div_ceil(2)) {
            let document = &document;
            scope.spawn(move || {
                for key in half {
                    let model = document.scenario(key).and_then(|changed| changed.model());
                    let model = model.unwrap_or_else(|problems| panic!("{key}: {problems}"));
                    let solution = solved(&model);
                    assert!(solution.certificate.holds(), "{key}");
                }
            });
        }
    });
}

#[test]
fn the_backtest_uses_nothing_that_was_published_after_june_2023() {
    let m = sinews::read("models/backtest-2023.toml").unwrap();
    for figure in &m.evidence.figures {
        if let Basis::Fact(id) = &figure.basis {
            let fact = m.evidence.facts.iter().find(|fact| fact.id == *id).unwrap();
            assert!(
                fact.source.date.as_str() < "2023-07",
                "{id}: {}",
                fact.source.date
            );
        }
    }
}
