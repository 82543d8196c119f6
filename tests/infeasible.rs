//! Clashes: sets of rules that cannot hold together, each smallest, and what restores them.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::Findings;
use sinews::analysis::infeasible::{Clashes, infeasible};
use sinews::document::{Change, Document, How};
use sinews::solve::{Failure, Options, solve};

/// Rounds from TNT, one year, and more TOML.
fn document(more: &str) -> Document {
    let text = format!(
        r#"model.note = "a toy"
calendar = {{ start = "2026-01", end = "2026-12", period = "year" }}
item.tnt.unit = "t"
item.round = {{ unit = "round", needs = {{ tnt = "1 t/round" }}, value = "100 EUR/round" }}
holder.ua.name = "Ukraine"
requirement.rounds = {{ holder = "ua", item = "round", quantity = "100 round/year" }}
{more}
"#
    );
    Document::parse("toy.toml", &text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn ask(document: &Document) -> Clashes {
    infeasible(document, &Options::default()).unwrap_or_else(|trouble| panic!("{trouble}"))
}

fn places(found: &Clashes, clash: usize) -> Vec<String> {
    let rules = found.clashes[clash].rules.iter();
    rules.map(|relaxed| relaxed.rule.to_string()).collect()
}

/// Whether a plan exists.
fn holds(document: &Document, changes: &[Change]) -> bool {
    let model = document.changed(changes).unwrap();
    match solve(&model, &Options::default()) {
        Ok(_) => true,
        Err(Failure::Infeasible { .. }) => false,
        Err(other) => panic!("{other}"),
    }
}

const STARVED: &str = r#"line.filling = { makes = "round", capacity = "80 round/year", minimum = "50 round/year" }
line.tnt-works = { makes = "tnt", capacity = "30 t/year" }"#;

#[test]
fn a_minimum_that_its_input_cannot_feed() {
    // 50 rounds must be made of 30 t of TNT: 20 too many, or 20 t too little.
    let document = document(STARVED);
    let found = ask(&document);
    assert_eq!(found.clashes.len(), 1);
    assert_eq!(
        places(&found, 0),
        ["line.filling.minimum", "line.tnt-works.capacity"]
    );
    let rules = &found.clashes[0].rules;
    same(rules[0].by, 20.0);
    same(rules[1].by, 20.0);
    assert_eq!(rules[0].unit, "round");
    assert_eq!(rules[0].position.as_deref(), Some("toy.toml:7"));
    assert_eq!(rules[1].position.as_deref(), Some("toy.toml:8"));
    assert_eq!(rules[0].most, "the minimum rate of line `filling` in 2026");
}

#[test]
fn without_any_one_member_the_rest_holds() {
    let document = document(STARVED);
    assert!(!holds(&document, &[]));
    let change = |text: &str, factor| Change::new(text.parse().unwrap(), How::Scale(factor));
    assert!(holds(&document, &[change("line.filling.minimum", 0.0)]));
    assert!(holds(&document, &[change("line.tnt-works.capacity", 1e3)]));
    // What each would have to give is just enough: 30/50 of the minimum, 50/30 of the capacity.
    assert!(holds(&document, &[change("line.filling.minimum", 0.6)]));
    assert!(!holds(&document, &[change("line.filling.minimum", 0.61)]));
    assert!(holds(
        &document,
        &[change("line.tnt-works.capacity", 5.0 / 3.0)]
    ));
    assert!(!holds(&document, &[change("line.tnt-works.capacity", 1.6)]));
}

#[test]
fn two_clashes_that_share_nothing_are_both_found() {
    // The second: a line that must make 15 fuses of 10 primers.
    let document = document(&format!(
        "{STARVED}\nitem.primer.unit = \"primer\"\n\
         item.fuse = {{ unit = \"fuse\", needs = {{ primer = \"1 primer/fuse\" }} }}\n\
         line.fuses = {{ makes = \"fuse\", capacity = \"20 fuse/year\", minimum = \"15 fuse/year\" }}\n\
         line.primers = {{ makes = \"primer\", capacity = \"10 primer/year\" }}\n\
         requirement.fuses = {{ holder = \"ua\", item = \"fuse\", quantity = \"20 fuse/year\" }}"
    ));
    let found = ask(&document);
    let mut all: Vec<Vec<String>> = (0..2).map(|clash| places(&found, clash)).collect();
    all.sort();
    assert_eq!(all[0], ["line.filling.minimum", "line.tnt-works.capacity"]);
    assert_eq!(all[1], ["line.fuses.minimum", "line.primers.capacity"]);
    assert_eq!(found.clashes.len(), 2);
    // The least that restores all: one rule of each clash gives way, the larger number, of which the same
    // amount is the smaller share.
    let relaxed = found.relaxation.iter().map(|r| (r.rule.to_string(), r.by));
    let relaxed: Vec<(String, f64)> = relaxed.collect();
    assert_eq!(relaxed.len(), 2, "{relaxed:?}");
    assert_eq!(
        (relaxed[0].0.as_str(), relaxed[1].0.as_str()),
        ("line.filling.minimum", "line.fuses.minimum")
    );
    same(relaxed[0].1, 20.0);
    same(relaxed[1].1, 5.0);
}

#[test]
fn rules_that_hold_clash_in_nothing() {
    let found = ask(&Document::open("models/shells.toml").unwrap());
    assert!(found.clashes.is_empty() && found.relaxation.is_empty());
    assert!(found.rules > 5);
    assert_eq!(found.tables()[0].title, "No clash");
}

#[test]
fn what_one_change_does_not_mend_is_said() {
    // 30 t of TNT for the 50 rounds and the 40 mines that must be made: either minimum is too much by itself.
    let document = document(&format!(
        "{STARVED}\nitem.mine = {{ unit = \"mine\", needs = {{ tnt = \"1 t/mine\" }} }}\n\
         line.mines = {{ makes = \"mine\", capacity = \"60 mine/year\", minimum = \"40 mine/year\" }}\n\
         requirement.mines = {{ holder = \"ua\", item = \"mine\", quantity = \"60 mine/year\" }}"
    ));
    let found = ask(&document);
    let all: Vec<Vec<String>> = (0..found.clashes.len())
        .map(|n| places(&found, n))
        .collect();
    let works = "line.tnt-works.capacity";
    assert_eq!(
        all,
        [
            ["line.mines.minimum", works],
            ["line.filling.minimum", works]
        ]
    );
    assert!(!found.more);
    let by = |clash: usize| found.clashes[clash].rules.iter().map(|rule| rule.by);
    common::all_same(&by(0).collect::<Vec<_>>(), &[10.0, 10.0]);
    common::all_same(&by(1).collect::<Vec<_>>(), &[20.0, 20.0]);
    for clash in &found.clashes {
        let enough: Vec<bool> = clash.rules.iter().map(|rule| rule.enough).collect();
        assert_eq!(enough, [false, true]);
    }
    // As said: without the minimum of the mines there is no plan, with more TNT there is.
    let change = |text: &str, factor| Change::new(text.parse().unwrap(), How::Scale(factor));
    assert!(!holds(&document, &[change("line.mines.minimum", 0.0)]));
    assert!(holds(&document, &[change(works, 4.0)]));
    let words = &found.tables()[0].rows[0];
    assert_eq!(words[5], "lifting this alone is not enough".into());
}
