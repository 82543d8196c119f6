//! Growth from year to year, a limit of one table entry: every analysis explains it.
#![allow(clippy::unwrap_used)]

use sinews::analysis::Work;
use sinews::analysis::bottleneck::{Cause, Question, bottleneck};
use sinews::analysis::infeasible::infeasible;
use sinews::analysis::sensitivity::{Request, sensitivity};
use sinews::document::Document;
use sinews::ids::{LineId, YearId};
use sinews::program::Row;
use sinews::solve::Options;

/// From 10 a year 11 in 2026 and 12.1 in 2027, of 30 a year.
const TOY: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
item.round = { unit = "round", value = "100 EUR/round" }
line.plant = { name = "The plant", makes = "round", capacity = "50 round/year", growth = "10 %", running = "10 round/year" }
holder.ukraine.name = "Ukraine"
requirement.shells = { holder = "ukraine", item = "round", quantity = "30 round/year" }
"#;

fn toy(text: &str) -> Document {
    Document::parse("toy.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_shortfall_waits_for_growth_and_more_of_it_helps() {
    let (ask, work) = (Question::default(), Work::default());
    let found = bottleneck(&toy(TOY), &ask, &Options::default(), &work).unwrap();
    let cause = Cause::Limit(Row::Growth(LineId::FIRST, YearId::FIRST));
    assert_eq!(found.bottlenecks[0].cause, cause);
    let words = found.sentence(&found.shortfalls[0]);
    assert!(
        words.contains("wait for the growth of line “The plant”"),
        "{words}"
    );
    let lever = "a growth of line `plant` 10 % higher";
    let remedy = found.remedies.iter().find(|r| r.lever.words == lever);
    assert!(remedy.unwrap().gained > 0.0);
}

#[test]
fn growth_is_ranged_in_rounds() {
    let (ask, work) = (Request::default(), Work::default());
    let found = sensitivity(&toy(TOY), &ask, &Options::default(), &work).unwrap();
    let words = "the growth of line `plant` in 2026";
    let limit = found.limits.iter().find(|limit| limit.words == words);
    assert_eq!(limit.unwrap().unit, "round");
    assert!((limit.unwrap().amount - 11.0).abs() < 1e-4);
}

#[test]
fn growth_clashes_with_a_minimum_above_it() {
    let text = TOY.replace("growth =", "minimum = \"20 round/year\", growth =");
    let found = infeasible(&toy(&text), &Options::default()).unwrap();
    let rules = &found.clashes[0].rules;
    let growth = rules
        .iter()
        .find(|rule| rule.rule.to_string() == "line.plant.growth")
        .unwrap();
    assert_eq!(growth.most, "the growth of line `plant` in 2026");
    assert_eq!(growth.unit, "round");
}
