//! What the European model rests on: the fifty figures that move its plan most, by price times range, and how many of
//! them are published. The table of `docs/evidence.md` is written from here.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use expect_test::expect_file;
use sinews::analysis::Spread;
use sinews::analysis::sensitivity::{Weighed, weights};
use sinews::document::parse;
use sinews::evidence::{Basis, Class, Figure};
use sinews::ids::Id;
use sinews::model::Model;
use sinews::solve::{Options, Solver, solve};
use std::fmt::Write;

const EUROPE: &str = "models/europe.toml";
const SHOWN: usize = 50;

/// 10 rounds a year are made, from 5 to 15, at 50 EUR, from 40 to 60; 20 are wanted, in two years. A round that is missing
/// counts ten times its 100 EUR, so that one more unit of capacity avoids 950 EUR a year.
#[test]
fn figures_weigh_what_their_prices_say() {
    let text = r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[objective]
kind = "weighted"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = { low = "5 round/year", value = "10 round/year", high = "15 round/year" }
utilisation = { low = "75 %", value = "100 %", high = "100 %" }
cost = { low = "40 EUR/round", value = "50 EUR/round", high = "60 EUR/round" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "20 round/year"
"#;
    let model = parse("toy.toml", text).unwrap();
    let solution = solve(&model, &Options::default()).unwrap();
    let spread = Spread {
        assumptions: Some(0.1),
        facts: None,
    };
    let found = weights(&model, &solution, spread);
    let names: Vec<String> = found.iter().map(|f| f.place.to_string()).collect();
    let wanted = [
        "line.plant.capacity",
        "requirement.shells.quantity",
        "line.plant.utilisation",
        "line.plant.cost",
    ];
    assert_eq!(names, wanted);
    for (found, [weight, moves]) in found.iter().zip([
        [2.0 * 950.0 * 10.0, 19_000.0],
        [2.0 * 1_000.0 * 20.0, 8_000.0],
        [2.0 * 950.0 * 10.0, 4_750.0],
        [2.0 * 50.0 * 10.0, 400.0],
    ]) {
        same(found.weight, weight);
        same(found.moves, moves);
        same(found.share(Class::Assumed), 1.0);
    }
    assert!(!found[1].has_range());
}

/// Four missiles for each of five threats that are engaged, of ten: what the need weighs, each link of it does. What
/// held in history alone does not count.
#[test]
fn each_link_of_a_chain_weighs_what_the_chain_does() {
    let text = r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
decide_from = "2027-01"
end = "2027-12"
period = "year"
[objective]
kind = "weighted"
[item.missile]
unit = "missile"
value = "100 EUR/missile"
[holder.ua]
[line.plant]
makes = "missile"
capacity = "15 missile/year"
[[requirement.defence.quantity]]
from = "2026-01"
value = "100 missile/year"
low = "0 missile/year"
[[requirement.defence.quantity]]
from = "2027-01"
value = "10 missile/year"
times = { engaged = { value = "50 %", low = "25 %", high = "100 %" }, each = { value = 4, low = 3, high = 5 } }
[requirement.defence]
holder = "ua"
item = "missile"
"#;
    let model = parse("toy.toml", text).unwrap();
    let solution = solve(&model, &Options::default()).unwrap();
    same(solution.requirements[Id::at(0)].required, 20.0);
    let spread = Spread {
        assumptions: Some(0.1),
        facts: None,
    };
    let found = weights(&model, &solution, spread);
    let moves = |name: &str| {
        let place = format!("requirement.defence.quantity{name}");
        let mut found = found.iter();
        found.find(|f| f.place.to_string() == place).unwrap().moves
    };
    // 20 missiles at 1,000 EUR each, times the width of each range.
    same(moves(".times.engaged"), 20_000.0 * 1.5);
    same(moves(".times.each"), 20_000.0 * 0.5);
    same(moves(""), 20_000.0 * 0.2);
}

/// How a figure rests on what was published.
#[derive(Clone, Copy, PartialEq)]
enum Rests {
    Published,
    Derived,
    Elsewhere,
    Assumed,
}

const WORDS: [(Rests, &str); 4] = [
    (
        Rests::Published,
        "a published figure of that very thing, as it stands",
    ),
    (
        Rests::Derived,
        "derived from a published figure of that very thing",
    ),
    (
        Rests::Elsewhere,
        "a published figure of another thing: what Russia launched or lost as Ukraine's need, orders as a rate, a class",
    ),
    (Rests::Assumed, "assumed"),
];

/// The kinds of facts that are about what a field says.
const KINDS: [(&[&str], &[&str]); 8] = [
    (&["engaged", "left-by-drones", "elsewhere"], &["share"]),
    (&["each"], &["consumption"]),
    (
        &["capacity", "rate", "adds"],
        &["capacity", "production", "ramp", "rate"],
    ),
    (&["utilisation"], &["share"]),
    (&["cost"], &["price", "investment"]),
    (&["amount"], &["funding", "spending"]),
    (&["quantity", "level"], &["requirement", "consumption"]),
    (
        &["opening", "floor", "closing", "draw"],
        &["stock", "consumption"],
    ),
];

/// Whether further factors multiply a figure: then it counts what a need comes from, such as threats.
fn is_chained(m: &Model, figure: &Figure) -> bool {
    let factors = figure.place.then("times");
    let keys = factors.keys();
    let mut figures = m.evidence.figures.iter();
    figures.any(|other| other.place.keys().starts_with(keys))
}

/// A fact is about the thing itself if it is of the kind that the field says, of no other country's doing, and no class;
/// the first link of a chain if it counts the threats that a need comes from.
fn rests(m: &Model, figure: &Figure) -> Rests {
    let Basis::Fact(id) = &figure.basis else {
        return Rests::Assumed;
    };
    let fact = m.evidence.facts.iter().find(|fact| fact.id == *id).unwrap();
    let said = |key: &str| figure.place.keys().iter().any(|k| **k == *key);
    let kinds = KINDS
        .iter()
        .find(|(fields, _)| fields.iter().any(|f| said(f)));
    let alike = kinds.is_some_and(|(_, kinds)| kinds.contains(&fact.quantity.as_str()));
    let counted =
        is_chained(m, figure) && ["consumption", "production"].contains(&fact.quantity.as_str());
    let own = counted || alike && !id.starts_with("ru-");
    if !own || id.starts_with("eu-class-") {
        return Rests::Elsewhere;
    }
    match figure.class() {
        Class::Derived => Rests::Derived,
        Class::Published | Class::Assumed => Rests::Published,
    }
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.map(|_| 1.0).sum::<f64>()
}

/// The share of what some figures move that rests in a way.
fn share(m: &Model, found: &[Weighed], of: Rests) -> f64 {
    let all: f64 = found.iter().map(|f| f.moves).sum();
    let own = |f: &Weighed| {
        let rests = |step| f64::from(u8::from(rests(m, step) == of));
        f.moves * mean(f.steps.iter().map(rests))
    };
    found.iter().map(own).sum::<f64>() / all
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// What the figures rest on, all fifty and all but the first; then the weightiest.
fn table(m: &Model, found: &[Weighed]) -> String {
    let fifty = &found[..SHOWN];
    let (all, every): (f64, f64) = (
        fifty.iter().map(|f| f.moves).sum(),
        found.iter().map(|f| f.moves).sum(),
    );
    let mut text = format!(
        "The fifty move {} of what all {} move.\n\n| rests on | share of what the fifty move | without the first |\n|---|--:|--:|\n",
        percent(all / every),
        found.len()
    );
    for (rests, words) in WORDS {
        let [with, without] = [fifty, &fifty[1..]].map(|of| percent(share(m, of, rests)));
        writeln!(text, "| {words} | {with} | {without} |").unwrap();
    }
    let cites = |of: &[Weighed]| percent(1.0 - share(m, of, Rests::Assumed));
    writeln!(
        text,
        "| **cites a published figure** | {} | {} |",
        cites(fifty),
        cites(&fifty[1..])
    )
    .unwrap();
    text += "\n| the ten weightiest | share | rests on |\n|---|--:|---|\n";
    for f in &fifty[..10] {
        let mut bases: Vec<String> = Vec::new();
        for step in &f.steps {
            let basis = match &step.basis {
                Basis::Fact(id) => format!("`{id}`{}", if step.derived { ", derived" } else { "" }),
                Basis::Assumption(_) => "assumed".to_owned(),
            };
            if !bases.contains(&basis) {
                bases.push(basis);
            }
        }
        let share = 100.0 * f.moves / all;
        writeln!(
            text,
            "| `{}` | {share:.1} % | {} |",
            f.place,
            bases.join("; ")
        )
        .unwrap();
    }
    text
}

#[test]
fn the_fifty_weightiest_figures_of_europe_cite_what_was_published_and_have_ranges() {
    let model = sinews::read(EUROPE).unwrap();
    // Prices have two sides, and solvers show different ones: the page has those of the one that is always there.
    let options = Options {
        solver: Solver::Clarabel,
        ..Options::default()
    };
    let solution = solve(&model, &options).unwrap();
    let spread = Spread {
        assumptions: Some(0.2),
        facts: Some(0.2),
    };
    let found = weights(&model, &solution, spread);
    let certain: Vec<String> = found[..SHOWN]
        .iter()
        .filter(|f| !f.has_range())
        .map(|f| f.place.to_string())
        .collect();
    assert!(certain.is_empty(), "no range: {certain:#?}");
    let cited = 1.0 - share(&model, &found[..SHOWN], Rests::Assumed);
    assert!(cited > 0.6, "{cited}");
    let path = "docs/evidence.md";
    let page = std::fs::read_to_string(path).unwrap();
    expect_file![format!("../{path}")].assert_eq(&replaced(&page, &table(&model, &found)));
}

/// The page with the part between its marks replaced.
fn replaced(page: &str, text: &str) -> String {
    let (start, end) = ("<!-- weights -->\n", "<!-- end weights -->");
    let (before, rest) = page.split_once(start).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    format!("{before}{start}{text}{end}{after}")
}
