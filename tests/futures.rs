//! Planning for several futures: a textbook case, toys worked out by hand, and requests that are wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use expect_test::{Expect, expect};
use sinews::analysis::futures::{Ask, Decision, Fresh, Futures, Kind, Risk, futures};
use sinews::analysis::{Findings, Trouble, Work};
use sinews::document::Document;
use sinews::solve::Options;
use sinews::table::Cell;

fn asked(document: &Document, ask: &Ask) -> Result<Futures, Trouble> {
    futures(document, ask, &Options::default(), &Work::default())
}

fn decided<'a>(found: &'a Futures, kind: Kind, what: &str) -> &'a Decision {
    let mut all = found.decisions.iter();
    all.find(|d| d.kind == kind && d.what == what)
        .unwrap_or_else(|| panic!("no {kind:?} of {what}: {:?}", found.decisions))
}

fn near(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() < 1.0,
        "found {found}, wanted {wanted}"
    );
}

/// Birge and Louveaux, Introduction to Stochastic Programming, chapter 1: the farmer.
#[test]
fn the_farmer_plants_170_80_and_250_acres() {
    let third = 1.0 / 3.0;
    let document = Document::open("models/published/farmer.toml").unwrap();
    let ask = Ask::new("2002-01".parse().unwrap())
        .future("bad", third)
        .future("base", third)
        .future("good", third);
    let found = asked(&document, &ask).unwrap();
    near(found.together, -108_390.0);
    near(found.perfect_information(), 7_016.0);
    near(found.stochastic_solution().unwrap(), 1_150.0);
    near(found.wait_and_see, -115_406.0);
    near(found.mean_plan.unwrap(), -107_240.0);
    let acres = |line: &str| decided(&found, Kind::Expansion, &format!("{line}-fields acre"));
    for (line, wanted) in [("wheat", 170.0), ("corn", 80.0), ("beet", 250.0)] {
        near(acres(line).together, wanted);
    }
    // Table 1.3: the mean future and its plan; table 1.5: the profits of the stochastic plan.
    for (line, wanted) in [("wheat", 120.0), ("corn", 80.0), ("beet", 300.0)] {
        near(acres(line).mean, wanted);
    }
    let profits: Vec<f64> = found.futures.iter().map(|f| -f.together).collect();
    for (profit, wanted) in profits.into_iter().zip([48_820.0, 109_350.0, 167_000.0]) {
        near(profit, wanted);
    }
    let known: Vec<f64> = found.futures.iter().map(|f| -f.known).collect();
    for (profit, wanted) in known.into_iter().zip([59_950.0, 118_600.0, 167_667.0]) {
        near(profit, wanted);
    }
}

const TOY: &str = r#"
[model]
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
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = { 2027 = "10 round/year" }
"#;

/// Ten rounds in 2027, a missing one counts 10 · 100. A plant for them costs 1,500 and must be ordered in
/// 2026; abroad they cost 1,000, if anyone still sells then.
const PLANT: &str = r#"
[line.plant]
makes = "round"
[line.plant.expansion.hall]
adds = "10 round/year"
cost = "1_500 EUR"
lead_time = "12 months"
[supplier.abroad]
item = "round"
rate = { 2027 = "10 round/year" }
cost = "100 EUR/round"
lead_time = "0 months"
[scenario.cut]
note = "no one sells"
scale = { "supplier.abroad.rate" = 0 }
"#;

fn toy(more: &str) -> Document {
    Document::parse("toy.toml", &format!("{TOY}{more}")).unwrap_or_else(|e| panic!("{e}"))
}

fn ask(futures: &[(&str, f64)]) -> Ask {
    let none = Ask::new("2027-01".parse().unwrap());
    let add = |ask: Ask, &(key, chance): &(&str, f64)| ask.future(key, chance);
    futures.iter().fold(none, add)
}

#[test]
fn a_plant_is_built_for_the_future_in_which_no_one_sells() {
    let found = asked(&toy(PLANT), &ask(&[("base", 0.5), ("cut", 0.5)])).unwrap();
    // Built: 1,500 in both. Not built: 1,000 or 10,000. Known: buy for 1,000, or build for 1,500.
    same(found.together, 1_500.0);
    same(found.wait_and_see, 1_250.0);
    same(found.perfect_information(), 250.0);
    // The mean future sells 5: half a plant, 750, and 500 for the rest. If the cut comes, 5 are missing.
    let planned = |n: usize| found.futures[n].planned_for_mean.unwrap();
    assert!((planned(0) - 1_250.0).abs() < 0.01);
    assert!((planned(1) - 5_750.0).abs() < 0.01);
    // A held plan is held to a millionth.
    assert!((found.stochastic_solution().unwrap() - 2_000.0).abs() < 0.01);
    same(found.worst_regret(), 500.0);
    // Planned for the base alone: 1,000, or 10,000; for the cut alone: as for both.
    same(found.planned_for(0).unwrap(), 5_500.0);
    same(found.planned_for(1).unwrap(), 1_500.0);
    let hall = decided(&found, Kind::Expansion, "plant hall");
    same(hall.together, 1.0);
    same(hall.mean, 0.5);
    common::all_same(&hall.alone, &[0.0, 1.0]);
    same(
        found.futures[1]
            .solution
            .mean_coverage(&found.futures[1].model),
        1.0,
    );
}

#[test]
fn the_worst_futures_count_for_more_if_they_are_asked_to() {
    let rare = ask(&[("base", 0.95), ("cut", 0.05)]);
    // Not built: 0.95 · 1,000 + 0.05 · 10,000 = 1,450, less than 1,500.
    let plain = asked(&toy(PLANT), &rare).unwrap();
    same(plain.together, 1_450.0);
    assert!(plain.decisions.iter().all(|d| d.together == 0.0));
    // The worst tenth is half cut, half base: 5,500 if not built, 1,500 if built.
    let risk = Some(Risk {
        weight: 1.0,
        level: 0.9,
    });
    let careful = asked(&toy(PLANT), &Ask { risk, ..rare }).unwrap();
    same(careful.together, 1_500.0);
    same(careful.risk.unwrap().1, 1_500.0);
    same(
        decided(&careful, Kind::Expansion, "plant hall").together,
        1.0,
    );
}

/// Whether the rounds will be needed shows in 2027; they cost 100 each.
fn quiet(lead_time: &str) -> Futures {
    let more = format!(
        r#"
[supplier.abroad]
item = "round"
rate = {{ 2027 = "10 round/year" }}
cost = "100 EUR/round"
lead_time = "{lead_time}"
[scenario.quiet]
note = "none needed"
set.requirement.rounds.quantity = {{ 2027 = "0 round/year" }}
"#
    );
    asked(&toy(&more), &ask(&[("base", 0.5), ("quiet", 0.5)])).unwrap()
}

#[test]
fn what_takes_a_year_to_come_is_ordered_before_it_is_known() {
    // Within the year: buy when needed, 1,000 or nothing.
    let soon = quiet("0 months");
    same(soon.together, 500.0);
    assert!(soon.perfect_information().abs() < 1e-2);
    // A year ahead: 1,000 in both, as not to order would cost 0.5 · 10,000.
    let late = quiet("12 months");
    same(late.together, 1_000.0);
    same(late.perfect_information(), 500.0);
    same(decided(&late, Kind::Order, "abroad").together, 10.0);
    common::all_same(&decided(&late, Kind::Order, "abroad").alone, &[10.0, 0.0]);
}

#[test]
fn an_order_comes_in_the_share_that_its_source_can_still_deliver() {
    let more = r#"
[supplier.abroad]
item = "round"
rate = { 2027 = "10 round/year" }
cost = "100 EUR/round"
lead_time = "12 months"
[scenario.half]
note = "half of what is ordered comes"
scale = { "supplier.abroad.rate" = 0.5 }
[scenario.cut]
note = "none of it"
scale = { "supplier.abroad.rate" = 0 }
"#;
    let found = asked(
        &toy(more),
        &ask(&[("base", 0.5), ("half", 0.25), ("cut", 0.25)]),
    )
    .unwrap();
    same(decided(&found, Kind::Order, "abroad").together, 10.0);
    // All of it: 1,000. Half: 500 and 5,000 missing. None: 10,000 missing, and nothing to pay.
    let values: Vec<f64> = found.futures.iter().map(|f| f.together).collect();
    common::all_same(&values, &[1_000.0, 5_500.0, 10_000.0]);
    assert_eq!(found.partial, 1);
    assert!(found.perfect_information().abs() < 1e-2);
}

/// Ten rounds at 100, ordered a year ahead; in the poor future the fund can pay for three.
#[test]
fn an_order_that_cannot_be_paid_is_given_up() {
    let more = r#"
[supplier.abroad]
item = "round"
rate = { 2027 = "10 round/year" }
cost = "100 EUR/round"
lead_time = "12 months"
[fund.aid]
amount = "1_000 EUR/year"
[scenario.poor]
note = "less than a third of the money"
set.fund.aid.amount = { 2026 = "1_000 EUR/year", 2027 = "300 EUR/year" }
"#;
    let found = asked(&toy(more), &ask(&[("base", 0.5), ("poor", 0.5)])).unwrap();
    // What suits both is three: 300 and 7,000 missing in both.
    same(found.together, 7_300.0);
    // Of the 6.5 that the mean of 650 buys, the base pays all, the poor future keeps three.
    let planned = |n: usize| found.futures[n].planned_for_mean.unwrap();
    assert!((planned(0) - 4_150.0).abs() < 0.1, "{}", planned(0));
    assert!((planned(1) - 7_300.0).abs() < 0.1, "{}", planned(1));
    // Three of the base's ten are kept in the poor future as well.
    assert_eq!((found.cut, found.given_up), (2, 2));
    assert!((found.futures[1].planned_for[0].unwrap() - 7_300.0).abs() < 0.1);
    // What is given up was another plan: it is not compared, and the lines say why.
    let reason = "cannot be kept to in full in `poor`";
    assert_eq!(found.no_mean_plan.as_deref(), Some(reason));
    assert_eq!((found.mean_plan, found.stochastic_solution()), (None, None));
    let line = format!("value of the stochastic solution (EEV − RP): {reason}");
    let rows = &found.tables()[0].rows;
    let row = rows.iter().find(|row| row[0] == line.as_str().into());
    assert_eq!(row.unwrap()[1], Cell::Empty);
    assert!(!found.is_in_full(0) && found.is_in_full(1));
}

fn refused(document: &Document, ask: &Ask, wanted: &Expect) {
    let trouble = asked(document, ask).unwrap_err();
    wanted.assert_eq(&format!("{trouble}\n"));
}

#[test]
fn probabilities_that_do_not_add_up() {
    refused(
        &toy(PLANT),
        &ask(&[("base", 0.5), ("cut", 0.3)]),
        &expect![[r"
            the probabilities add up to 0.8, not to 1
              = help: write probabilities that add up to 1, such as `base=0.625 cut=0.375`
        "]],
    );
    refused(
        &toy(PLANT),
        &ask(&[("base", 1.2), ("cut", -0.2)]),
        &expect![[r"
            future `cut` has the probability -0.2
              = help: write a number above 0, and leave out what cannot come
        "]],
    );
}

#[test]
fn futures_that_are_not_there_or_are_no_choice() {
    refused(
        &toy(PLANT),
        &ask(&[("base", 0.5), ("cuts", 0.5)]),
        &expect![[r"
            error: scenario.cuts: unknown scenario `cuts`
             |
             = help: name one of `cut`
        "]],
    );
    refused(
        &toy(PLANT),
        &ask(&[("base", 1.0)]),
        &expect![[r"
            fewer than two futures
              = help: name each future once, with its probability: `base=0.6 us_cut=0.4`
        "]],
    );
    refused(
        &toy(PLANT),
        &ask(&[("base", 0.5), ("base", 0.5)]),
        &expect![[r"
            future `base` is named twice
              = help: name each future once, with its probability: `base=0.6 us_cut=0.4`
        "]],
    );
}

/// Abroad a round costs from 50 to 150 EUR, 100 on average. The plan for both futures builds, so that in every draw it comes to
/// 1,500. That for mean figures builds half a plant for 750 and buys five rounds at the price drawn, or is short of five, 5,000: half
/// of the draws each, 3,500 on average.
#[test]
fn a_fresh_sample_judges_the_plan() {
    let uncertain = PLANT.replace(
        "\"100 EUR/round\"",
        "{ low = \"50 EUR/round\", mode = \"100 EUR/round\", high = \"150 EUR/round\" }",
    );
    let mut both = ask(&[("base", 0.5), ("cut", 0.5)]);
    both.fresh = Some(Fresh::default());
    let found = asked(&toy(&uncertain), &both).unwrap();
    let fresh = found.fresh.as_ref().unwrap();
    assert_eq!(
        (fresh.samples, fresh.together.cut, fresh.together.lost),
        (50, 0, 0)
    );
    same(found.together, 1_500.0);
    assert!((fresh.together.values.mean - 1_500.0).abs() < 0.1);
    assert!(fresh.together.values.deviation < 0.1);
    let mean = &fresh.mean_plan.as_ref().unwrap().values;
    assert!((mean.mean - 3_500.0).abs() < 30.0, "{}", mean.mean);
    // The dearest and cheapest draws lie within the range of the price.
    let low = mean.quantile(0.01).unwrap();
    assert!((1_000.0..1_250.0).contains(&low), "{low}");
    let gain = fresh.stochastic_solution.as_ref().unwrap();
    assert!((gain.mean - (mean.mean - fresh.together.values.mean)).abs() < 1e-6);
    assert!(gain.mean > 2.0 * gain.error);
    let tables = found.tables();
    assert!(tables.iter().any(|table| table.key == "fresh"));
    // Without a range there is nothing to draw.
    let mut plain = ask(&[("base", 0.5), ("cut", 0.5)]);
    plain.fresh = Some(Fresh::default());
    refused(
        &toy(PLANT),
        &plain,
        &expect![[r"
            nothing in the futures is uncertain: a fresh sample would be the futures themselves
              = help: give figures a range (`low`, `high`), or assumptions a spread
        "]],
    );
}

#[test]
fn a_date_outside_the_calendar_and_a_level_of_one() {
    let both = ask(&[("base", 0.5), ("cut", 0.5)]);
    for date in ["2026-01", "2028-01"] {
        let ask = Ask {
            date: date.parse().unwrap(),
            ..both.clone()
        };
        let trouble = asked(&toy(PLANT), &ask).unwrap_err().to_string();
        let wanted = format!(
            "it cannot show in {date} which future comes\n  = help: name a month from 2027-01 to 2027-01: later than the start, so that something is decided before it"
        );
        assert_eq!(trouble, wanted);
    }
    let risk = Some(Risk {
        weight: 0.5,
        level: 1.0,
    });
    refused(
        &toy(PLANT),
        &Ask { risk, ..both },
        &expect![[r"
            a level of 1 for the worst futures
              = help: write a level from 0 to below 1, such as 0.9 for the worst tenth
        "]],
    );
}

#[test]
fn the_tables_say_what_to_build_now() {
    let found = asked(&toy(PLANT), &ask(&[("base", 0.5), ("cut", 0.5)])).unwrap();
    let tables = found.tables();
    let keys: Vec<&str> = tables.iter().map(|table| table.key.as_str()).collect();
    assert_eq!(keys, ["summary", "now", "futures", "coverage", "regret"]);
    assert_eq!(tables[1].rows.len(), 1);
    let regret: Vec<f64> = tables[4].rows[0].iter().filter_map(Cell::number).collect();
    common::all_same(&regret, &[500.0, 0.0, 250.0, 500.0]);
}

#[test]
fn careful_planning_is_judged_by_its_own_measure() {
    let rare = ask(&[("base", 0.95), ("cut", 0.05)]);
    let risk = Some(Risk {
        weight: 0.5,
        level: 0.9,
    });
    let found = asked(&toy(PLANT), &Ask { risk, ..rare }).unwrap();
    // Built: 1,500 whatever comes. The mean future sells 9.5: a twentieth of the plant, 75, and 950; if the cut
    // comes, 9.5 are missing: 9,575. Expected 1,452.5, less than 1,500; the worst tenth is half cut, half base.
    same(found.together, 1_500.0);
    let near = |found: f64, wanted: f64| {
        assert!(
            (found - wanted).abs() < 0.05,
            "found {found}, wanted {wanted}"
        );
    };
    near(found.mean_plan.unwrap(), 1_452.5);
    near(
        found.measured.mean_plan.unwrap(),
        0.5 * 1_452.5 + 0.5 * 5_300.0,
    );
    near(found.stochastic_solution().unwrap(), 1_876.25);
    // Known: 1,000, or 1,500; the worst tenth has the mean 1,250.
    near(found.wait_and_see, 1_025.0);
    near(
        found.perfect_information(),
        1_500.0 - 0.5 * (1_025.0 + 1_250.0),
    );
    let words: Vec<String> = found.tables()[0]
        .rows
        .iter()
        .filter_map(|row| match &row[0] {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    let wanted = "value of the stochastic solution (EEV − RP, as the worst count)";
    assert!(words.iter().any(|word| word == wanted), "{words:?}");
}

/// Neither knowing nor planning for all futures can be worth less than nothing, whatever the weights.
#[test]
fn no_value_of_planning_ahead_is_negative() {
    let document = toy(PLANT);
    let mut state = 7_u64;
    let mut share = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        f64::from(u32::try_from(state >> 40).unwrap()) / f64::from(1 << 24)
    };
    for _ in 0..25 {
        let chance = 0.01 + 0.98 * share();
        let risk = Some(Risk {
            weight: share(),
            level: 0.99 * share(),
        });
        let futures = ask(&[("base", 1.0 - chance), ("cut", chance)]);
        let found = asked(&document, &Ask { risk, ..futures }).unwrap();
        assert!(found.perfect_information() >= 0.0, "{risk:?}");
        assert!(found.stochastic_solution().unwrap() >= 0.0, "{risk:?}");
        assert!(found.worst_regret() >= 0.0);
    }
}
