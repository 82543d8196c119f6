//! What could be done and what is likely, worked out by hand.
#![allow(clippy::unwrap_used)]

use approx::assert_relative_eq;
use sinews::analysis::outlook::{Request, outlook};
use sinews::analysis::{Findings, Outcome, Work};
use sinews::document::Document;
use sinews::solve::Options;
use sinews::table::Cell;

/// 100 rounds a year in 2027; in 2028 with a hall 150. With friction 80, and 150 with more of the hall.
const PLANT: &str = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2028-12", period = "year", decide_from = "2027-01" }
friction = { output = { value = "80 %", low = "60 %", high = "90 %", note = "A guess" } }
item.round = { unit = "round" }
holder.ukraine = { name = "Ukraine" }
line.plant = { makes = "round", capacity = "100 round/year", cost = "1_000 EUR/round", expansion.hall = { adds = "100 round/year", cost = "10_000 EUR", lead_time = "12 months" } }
requirement.shells = { name = "Shells", holder = "ukraine", item = "round", quantity = "150 round/year" }
"#;

fn document() -> Document {
    Document::parse("toy.toml", PLANT).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn what_is_likely_stands_beside_what_could_be_done() {
    let (options, work) = (Options::default(), Work::default());
    let found = outlook(&document(), &Request::default(), &options, &work).unwrap();
    let lowest = |n: usize| {
        let side = &found.sides[n];
        side.solution.tiers(&side.model)[0].lowest.unwrap().1
    };
    assert_eq!(found.sides.len(), 2);
    assert_relative_eq!(lowest(0), 1.0 - 50.0 / 300.0, epsilon = 1e-6);
    assert_relative_eq!(lowest(1), 1.0 - 70.0 / 300.0, epsilon = 1e-6);
    // What is likely has the same history.
    let short = |n: usize| {
        let requirements = found.sides[n].solution.requirements.values();
        requirements.map(|met| met.windows[0].1.short).sum::<f64>()
    };
    assert_relative_eq!(short(0), 70.0, epsilon = 1e-6);
    assert_relative_eq!(short(1), 70.0, epsilon = 1e-6);
    let table = &found.tables()[0];
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[0][1], Cell::from("Ukraine"));
    assert_eq!(table.rows[0][2], Cell::from("could be done"));
    assert_eq!(table.rows[1][3], Cell::from("Shells"));
    assert_eq!(table.rows[1][6], Cell::Empty);
}

/// Friction draws from its range: it moves what is likely and not what could be done.
#[test]
fn samples_make_an_interval_in_which_the_plan_has_its_place() {
    let (options, work) = (Options::default(), Work::default());
    let request = Request {
        samples: 20,
        seed: 1,
    };
    let found = outlook(&document(), &request, &options, &work).unwrap();
    let least = Outcome::Lowest(1);
    let ends = |n: usize| {
        let spread = found.sides[n].spread(&least).unwrap();
        (spread.quantile(0.1).unwrap(), spread.quantile(0.9).unwrap())
    };
    let (low, high) = ends(0);
    assert_relative_eq!(low, high, epsilon = 1e-6);
    let (low, high) = ends(1);
    // At 60 % a hall is not enough: 90 are missing in 2027 and 30 in 2028. At 90 %, 60 in 2027.
    assert!(low > 1.0 - 120.0 / 300.0 && high < 1.0 - 60.0 / 300.0 && high > low + 0.01);
    let standing = found.sides[1].standing(&least).unwrap();
    assert!((0.3..0.8).contains(&standing), "{standing}");
    assert!(found.sides[0].standing(&least).unwrap() < 1e-9);
}

#[test]
fn a_model_without_friction_has_one_side() {
    let document = Document::open("models/shells.toml").unwrap();
    let (options, work) = (Options::default(), Work::default());
    let found = outlook(&document, &Request::default(), &options, &work).unwrap();
    assert_eq!(found.sides.len(), 1);
}
