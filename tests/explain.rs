//! One number explained: its parts, its equation, the figures and facts behind it.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::Findings;
use sinews::analysis::explain::{Explanation, explain, explanations};
use sinews::document::Document;
use sinews::solve::Options;

/// 40 rounds a year of 80 t of powder, at 10 EUR a round; 100 are required, each counting 1000 EUR.
const TOY: &str = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
objective = { kind = "weighted", shortfall_value = 10 }
item.powder.unit = "t"
item.round = { unit = "round", needs = { powder = "2 t/round" }, value = "100 EUR/round" }
holder.ua.name = "Ukraine"
requirement.rounds = { holder = "ua", item = "round", quantity = "100 round/year" }
line.filling = { makes = "round", capacity = "500 round/year", cost = "10 EUR/round" }
line.powder-mill = { makes = "powder", capacity = "80 t/year" }
"#;

fn ask(what: &str) -> Explanation {
    let document = Document::parse("toy.toml", TOY).unwrap();
    explain(&document, what, &Options::default()).unwrap_or_else(|trouble| panic!("{trouble}"))
}

#[test]
fn a_shortfall_is_held_by_its_requirement() {
    let found = ask("requirement.rounds.2026");
    same(found.value, 60.0);
    assert_eq!(found.unit, "round");
    let figures: Vec<_> = found
        .figures
        .iter()
        .map(|f| (f.place.as_str(), f.value))
        .collect();
    assert!(
        figures.contains(&("requirement.rounds.quantity", 100.0)),
        "{figures:?}"
    );
    let quantity = found
        .figures
        .iter()
        .find(|f| f.place.ends_with("quantity"))
        .unwrap();
    assert_eq!(quantity.position.as_deref(), Some("toy.toml:7"));
    assert_eq!(quantity.basis, "assumed: a toy");
}

#[test]
fn the_price_of_a_requirement_has_a_name_of_its_own() {
    let found = ask("price.requirement.rounds.2026");
    same(found.value, 1_000.0);
    same(found.equation.iter().map(|term| term.value).sum(), 1_000.0);
}

#[test]
fn the_price_of_a_limit_is_the_sum_of_its_equation() {
    // One more tonne of powder makes half a round: (1000 − 10) / 2.
    let found = ask("capacity.powder-mill.2026");
    same(found.value, 495.0);
    let sum: f64 = found.equation.iter().map(|term| term.value).sum();
    same(sum, 495.0);
    for term in &found.equation {
        if let (Some(price), Some(factor)) = (term.price, term.factor) {
            same(price * factor, term.value);
        }
    }
    assert!(
        found
            .figures
            .iter()
            .any(|f| f.place == "line.powder-mill.capacity")
    );
}

#[test]
fn the_price_of_a_demand_is_what_its_sources_cost() {
    // Two tonnes of powder at 495 EUR and 10 EUR of money are worth one round.
    let found = ask("balance.powder.industry.2026");
    same(found.value, 495.0);
    let [term] = &found.equation[..] else {
        panic!("{:?}", found.equation)
    };
    assert_eq!(term.words, "the capacity of line `powder-mill` in 2026");
    same(term.value, 495.0);
}

#[test]
fn an_output_is_the_sum_of_its_parts_and_its_equation_comes_to_nothing() {
    let found = ask("line.filling.2026");
    same(found.value, 40.0);
    same(found.parts.iter().map(|part| part.value).sum(), 40.0);
    // A round in the plan earns what it costs: 1000 = 10 + 2 · 495.
    let terms: Vec<f64> = found.equation.iter().map(|term| term.value).collect();
    same(terms[0], -1_000.0);
    same(terms[1], 990.0);
    same(terms.iter().sum(), 0.0);
}

/// Two years, in the second a hall for 10 more; the store gives 5 of its 8.
#[test]
fn every_table_of_a_report_can_be_asked() {
    let text = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2027-12", period = "year" }
objective = { kind = "weighted", shortfall_value = 10 }
item.round = { unit = "round", value = "100 EUR/round" }
holder.ua.name = "Ukraine"
holder.store = { stock.round = { opening = "8 round", floor = "3 round" } }
gift.rounds = { from = ["store"], to = "ua", items = ["round"] }
requirement.rounds = { holder = "ua", item = "round", quantity = "100 round/year" }
[line.filling]
makes = "round"
capacity = "40 round/year"
cost = "10 EUR/round"
expansion.hall = { adds = "10 round/year", cost = "50 EUR", lead_time = "12 months" }
[fund.aid]
amount = "900 EUR/year"
"#;
    let document = Document::parse("toy.toml", text).unwrap();
    let ask = |what: &str| {
        let found = explain(&document, what, &Options::default());
        let found = found.unwrap_or_else(|trouble| panic!("{what}: {trouble}"));
        let parts: f64 = found.parts.iter().map(|part| part.value).sum();
        (found, parts)
    };
    let (left, parts) = ask("holder.store.stock.round.2027");
    same(left.value, 3.0);
    same(parts, -5.0);
    let words = "what of `round` `store` has in store at the end of 2027, 8 at the start";
    assert_eq!(left.words, words);
    let ask = |what: &str| {
        let (found, parts) = ask(what);
        assert!((parts - found.value).abs() < 1e-6, "{what}: {parts}");
        found
    };
    same(ask("line.filling.2027").value, 50.0);
    same(ask("line.filling").value, 90.0);
    same(ask("requirement.rounds").value, 105.0);
    same(ask("fund.aid").value, 950.0);
    same(ask("cost").value, 950.0);
    same(ask("gift.rounds.store.round.2026").value, 5.0);
    same(ask("gift.rounds.store.round").value, 5.0);
    same(ask("line.filling.expansion.hall").value, 1.0);
    let hall = ask("column.build.filling.hall.2026");
    same(hall.value, 1.0);
    assert_eq!(hall.unit, "times");
    assert_eq!(ask("column.make.filling.round.ua.2026").unit, "round");
    let adds = |f: &sinews::analysis::explain::Figure| f.place.ends_with("hall.adds");
    assert!(hall.figures.iter().any(adds), "{:?}", hall.figures);
}

/// The mill makes half of the powder that is wanted, and a supplier sells some more: what is missing waits for both.
#[test]
fn what_is_missing_leads_to_the_suppliers_rate() {
    let text = format!(
        "{TOY}supplier.overseas = {{ item = \"powder\", rate = {{ value = \"20 t/year\", note = \"What it said\" }}, cost = \"1 EUR/t\" }}\n"
    );
    let document = Document::parse("toy.toml", &text).unwrap();
    let found = explain(&document, "requirement.rounds.2026", &Options::default()).unwrap();
    same(found.value, 50.0);
    let figures = found.waits_for.iter().flat_map(|wait| &wait.figures);
    let rate = figures
        .clone()
        .find(|own| own.place == "supplier.overseas.rate");
    let rate = rate.unwrap_or_else(|| panic!("{:?}", found.waits_for));
    assert_eq!(rate.basis, "assumed: What it said");
    assert_eq!(rate.position.as_deref(), Some("toy.toml:10"));
    assert!(
        figures
            .clone()
            .any(|own| own.place == "line.powder-mill.capacity")
    );
    let shares: f64 = found.waits_for.iter().map(|wait| wait.share).sum();
    same(shares, 1.0);
    let table = found
        .tables()
        .into_iter()
        .find(|table| table.key == "waits");
    assert!(table.is_some_and(|table| !table.rows.is_empty()));
}

#[test]
fn a_name_that_is_nearly_right_is_told() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    let help = |what: &str| {
        let trouble = explain(&document, what, &Options::default()).unwrap_err();
        trouble.to_string()
    };
    for (wrong, right) in [
        ("requirement.round.2026", "requirement.rounds.2026"),
        ("requiremnt.rounds", "requirement.rounds"),
        ("line.powdermill.2026", "line.powder-mill.2026"),
    ] {
        let text = help(wrong);
        assert!(text.contains(&format!("did you mean `{right}`?")), "{text}");
    }
    let long = help(&format!("line.{}\u{1b}[31m", "x".repeat(100_000)));
    assert!(
        long.len() < 1_500 && !long.contains('\u{1b}'),
        "{}",
        long.len()
    );
}

#[test]
fn facts_come_with_their_source() {
    let document = Document::open("models/europe.toml").unwrap();
    let model = document.model().unwrap();
    let cited = model.evidence.figures.iter().find(|figure| {
        let keys = figure.place.keys();
        &*keys[0] == "line" && matches!(figure.basis, sinews::evidence::Basis::Fact(_))
    });
    let line = &cited.unwrap().place.keys()[1];
    let what = format!("line.{line}.2027");
    let found = explain(&document, &what, &Options::default()).unwrap();
    let fact = found
        .figures
        .iter()
        .find(|figure| figure.basis.starts_with("fact `"))
        .unwrap();
    assert!(fact.basis.contains("http"), "{}", fact.basis);
    assert!(
        fact.position
            .as_ref()
            .unwrap()
            .starts_with("models/europe/")
    );
    let sum: f64 = found.parts.iter().map(|part| part.value).sum();
    assert!((sum - found.value).abs() < 1e-6 * found.value.max(1.0));
    assert!(!found.tables().is_empty());
}

#[test]
fn a_number_that_is_not_there_is_a_request_with_help() {
    let document = Document::parse("toy.toml", TOY).unwrap();
    for what in [
        "rounds",
        "line.nowhere.2026",
        "requirement.rounds.2031",
        "line.filling.expansion.nothing",
        "column.nothing",
        "holder.ua.stock.nothing.2026",
    ] {
        let trouble = explain(&document, what, &Options::default())
            .unwrap_err()
            .to_string();
        let message =
            format!("no number is called `{what}`\n  = help: write `requirement.KEY.YEAR`");
        assert!(trouble.starts_with(&message), "{trouble}");
    }
}

/// A line of 5 a year fills a store of which 100 are wanted at the end of every quarter: 1.25 more each, so that
/// 98.75, 97.5, … 90 are missing, 94.375 on average. Of 20 a year in the second tier all wait.
const STORE: &str = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
item.x.unit = "x"
holder.a.name = "A"
requirement.level = { holder = "a", item = "x", level = "100 x" }
requirement.later = { holder = "a", item = "x", quantity = "20 x/year", tier = 2, unmet = "waits" }
line.works = { makes = "x", capacity = "5 x/year" }
"#;

fn sum(found: &Explanation) -> f64 {
    found.parts.iter().map(|part| part.value).sum()
}

#[test]
fn a_level_is_averaged_and_what_waits_counts_at_the_end() {
    let document = Document::parse("toy.toml", STORE).unwrap();
    let model = document.model().unwrap();
    let solution = sinews::solve(&model, &Options::default()).unwrap();
    let all = explanations(&document, &model, &solution);
    for (what, value, years) in [
        (
            "requirement.level",
            94.375,
            vec![(2026, 96.875), (2027, 91.875)],
        ),
        ("requirement.level.2026", 96.875, vec![(2026, 96.875)]),
        ("requirement.later", 40.0, vec![(2026, 20.0), (2027, 40.0)]),
        ("requirement.later.2026", 20.0, vec![(2026, 20.0)]),
    ] {
        let found = explain(&document, what, &Options::default()).unwrap();
        same(found.value, value);
        same(sum(&found), value);
        assert_eq!(found.years.len(), years.len(), "{what}");
        for ((year, value), (wanted, of)) in found.years.iter().zip(years) {
            assert_eq!(*year, wanted);
            same(*value, of);
        }
        if let Some(page) = all.get(what) {
            same(page.value, value);
            assert_eq!((&page.words, &page.years), (&found.words, &found.years));
        }
    }
    // The first quarter is an eighth of the mean; of what waits, the last quarter is all there is.
    let level = &all["requirement.level"];
    same(level.parts[0].value, 98.75 / 8.0);
    let names = all["requirement.later"]
        .parts
        .iter()
        .map(|part| &*part.name);
    assert_eq!(names.collect::<Vec<_>>(), ["short.later.2027Q4"]);
}

/// In the year of history half of 100 is made, and 50 are missing; in each of the two others all is.
#[test]
fn history_counts_in_its_own_year_alone() {
    for unmet in ["lost", "waits"] {
        let text = format!(
            r#"model.note = "a toy"
calendar = {{ start = "2026-01", decide_from = "2027-01", end = "2028-12", period = "year" }}
friction.output = 0.5
item.x.unit = "x"
holder.a.name = "A"
requirement.r = {{ holder = "a", item = "x", quantity = "100 x/year", unmet = "{unmet}" }}
line.works = {{ makes = "x", capacity = "100 x/year" }}
"#
        );
        let document = Document::parse("toy.toml", &text).unwrap();
        let ask = |what: &str| explain(&document, what, &Options::default()).unwrap();
        let all = ask("requirement.r");
        same(all.value, 0.0);
        same(sum(&all), 0.0);
        assert_eq!(all.words, "what is missing of “r” from 2027-01 on");
        let past = ask("requirement.r.2026");
        same(past.value, 50.0);
        same(sum(&past), 50.0);
        same(ask("line.works").value, 200.0);
        same(ask("line.works.2026").value, 50.0);
    }
}

/// In program files `a|b` is written `au7cb`, as another line is called: each is found by its own key, and the second
/// of one name as the file has it.
#[test]
fn a_name_is_first_of_all_a_key() {
    let text = r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.x.unit = "x"
holder.a.name = "A"
requirement.r = { holder = "a", item = "x", quantity = "100 x/year" }
line."a|b" = { makes = "x", capacity = "40 x/year", cost = "3 EUR/x" }
line.au7cb = { makes = "x", capacity = "10 x/year", cost = "4 EUR/x" }
line."a b" = { makes = "x", capacity = "5 x/year", cost = "4 EUR/x" }
"#;
    let document = Document::parse("toy.toml", text).unwrap();
    let ask = |what: &str| explain(&document, what, &Options::default()).unwrap();
    for (name, line) in [
        ("au7cb.2026", "au7cb"),
        ("\"a|b\".2026", "a|b"),
        ("a_b.2026", "a b"),
        ("au7cb.2026.again2", "au7cb"),
    ] {
        let words = ask(&format!("price.capacity.{name}")).words;
        assert_eq!(
            words,
            format!("the price of the capacity of line `{line}` in 2026")
        );
    }
    same(ask("column.make.au7cb.x.a.2026").value, 10.0);
    same(ask("column.make.\"a|b\".x.a.2026").value, 40.0);
}
