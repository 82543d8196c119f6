//! By when requirements can be met, on a toy that can be worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use sinews::analysis::deadline::{Deadlines, Request, deadline};
use sinews::analysis::{Findings, Trouble, Work};
use sinews::document::Document;
use sinews::ids::{Id, PeriodId};
use sinews::solve::Options;

/// Ten a quarter are required from 2026 to 2028. The line makes six a quarter; a hall for four more a
/// quarter takes 18 months: six quarters. Stocks may fill no gap, as nothing more is made than is needed.
const TOY: &str = r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2028-12"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = "24 round/year"
expansion.hall = { adds = "16 round/year", lead_time = "18 months" }
[holder.ua]
[requirement.rounds]
name = "Rounds"
holder = "ua"
item = "round"
quantity = "40 round/year"
[requirement.others]
holder = "ua"
item = "round"
quantity = "4 round/year"
tier = 2
"#;

fn ask(of: &[&str]) -> Result<Deadlines, Trouble> {
    let document = Document::parse("toy.toml", TOY).unwrap_or_else(|e| panic!("{e}"));
    let request = Request {
        of: of.iter().map(|&key| key.into()).collect(),
        levers: 5,
    };
    deadline(&document, &request, &Options::default(), &Work::default())
}

#[test]
fn a_lead_time_sets_the_date_and_a_shorter_one_brings_it_forward() {
    let found = ask(&["rounds"]).unwrap();
    let rounds = &found.all[0];
    // Everything may be stored: from T on, 10 (12 − T) are needed, and all that is made from the start
    // may be kept: 6 · 12 + 4 · (12 − 6) = 96 in all, so that 9 whole quarters can be met, the last
    // ones; but up to the hall's opening in the seventh quarter 36 are made. From the fourth on, 90 are
    // needed, and by the sixth 36 ≥ 30 are there.
    assert_eq!(
        rounds.from.map(|t| found.model.calendar.label(t)).unwrap(),
        "2026Q4"
    );
    let sooner = rounds
        .levers
        .iter()
        .find(|lever| lever.words.contains("six months sooner"));
    // Two quarters earlier: 6 · 12 + 4 · 8 = 104, so ten quarters.
    assert_eq!(sooner.unwrap().from, Some(PeriodId::at(2)));
    let more = rounds
        .levers
        .iter()
        .find(|lever| lever.words.contains("10 % more capacity"));
    // Ten quarters need 40 by the sixth, when 6.6 · 6 = 39.6 have been made: not enough by a hair.
    assert_eq!(more.unwrap().from, Some(PeriodId::at(3)));
    assert!(!rounds.because.is_empty());
    assert_eq!(found.tables().len(), 2);
}

#[test]
fn all_of_a_tier_is_met_together() {
    let found = ask(&["tier 1", "tier 2"]).unwrap();
    assert_eq!(found.all[0].name, "all of tier 1");
    // One a quarter can be met at once, if all else waits.
    assert_eq!(found.all[1].from, Some(PeriodId::at(0)));
}

#[test]
fn without_a_question_all_that_falls_short_is_asked_for() {
    let found = ask(&[]).unwrap();
    assert!(found.all.iter().any(|deadline| deadline.name == "Rounds"));
}

#[test]
fn unknown_names_say_what_to_write() {
    let trouble = ask(&["round"]).unwrap_err().to_string();
    assert_eq!(
        trouble,
        "no requirement is called `round`\n  = help: did you mean `rounds`?"
    );
    let trouble = ask(&["tier 7"]).unwrap_err().to_string();
    assert_eq!(
        trouble,
        "nothing is in `tier 7`\n  = help: name a requirement's key, or a tier that is in use, such as `tier 1`"
    );
}

#[test]
fn where_nothing_falls_short_a_sentence_says_so() {
    let enough = TOY.replace("24 round/year", "60 round/year");
    let document = Document::parse("toy.toml", &enough).unwrap();
    let found = deadline(
        &document,
        &Request::default(),
        &Options::default(),
        &Work::default(),
    );
    let found = found.unwrap();
    assert!(found.all.is_empty());
    let [table] = &found.tables()[..] else {
        panic!("{:?}", found.tables())
    };
    assert_eq!(table.key, "deadlines");
    assert_eq!(
        table.rows[0][0].to_string(),
        "Nothing falls short from 2026-01 on."
    );
}
