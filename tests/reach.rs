//! What scenarios, sweeps and samples reach: values worked out by hand, and whole messages.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use expect_test::{Expect, expect};
use sinews::analysis::monte_carlo::{self, monte_carlo};
use sinews::analysis::sensitivity::{self, sensitivity};
use sinews::analysis::sweep::{self, sweep};
use sinews::analysis::{Outcome, Work};
use sinews::calendar::Month;
use sinews::document::{Change, ChangeList, Document, How, triangular};
use sinews::ids::{Id, LineId};
use sinews::model::{Model, ObjectiveKind};
use sinews::solve::Options;

fn open(text: &str) -> Document {
    Document::parse("toy.toml", text).unwrap_or_else(|e| panic!("{e}"))
}

fn model(text: &str, scenario: &str) -> Model {
    let document = open(text).scenario(scenario);
    let model = document.and_then(|document| document.model());
    model.unwrap_or_else(|e| panic!("{e}"))
}

/// The share of the only requirement that is met.
fn met(model: &Model) -> f64 {
    let solution = common::solved(model);
    solution.requirements.values().next().unwrap().coverage()
}

fn swept(text: &str, axis: &str) -> Vec<f64> {
    let request = sweep::Request {
        axes: vec![axis.parse().unwrap()],
        ..Default::default()
    };
    let options = weighted();
    let found = sweep(&open(text), &request, &options, &Work::default());
    let found = found.unwrap_or_else(|e| panic!("{e}"));
    let n = found.outcomes.iter().position(|o| *o == Outcome::Coverage);
    let rows = found.results.rows.values();
    rows.map(|row| row.values[n.unwrap()].unwrap()).collect()
}

fn weighted() -> Options {
    Options {
        objective: Some(ObjectiveKind::Weighted),
        ..Options::default()
    }
}

fn refused(text: &str, scenario: &str, wanted: &Expect) {
    let document = open(text).scenario(scenario);
    let problems = document.and_then(|document| document.model()).unwrap_err();
    wanted.assert_eq(&format!("{problems}\n"));
}

/// 40,000 rounds can be made in the year and 60,000 are wanted: half a year later, 20,000.
const PLANT: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2026-12", period = "quarter" }
item.round = { unit = "round", value = "9_000 EUR/round" }
line.plant = { makes = "round", capacity = CAPACITY, cost = "3_600 EUR/round" }
holder.ukraine.name = "Ukraine"
requirement.shells = { holder = "ukraine", item = "round", quantity = "60_000 round/year" }
scenario.late = { note = "Half a year later", shift = { "line.plant.capacity" = "6 months" } }
scenario.early = { note = "Half a year sooner", shift = { "line.plant.capacity" = "-6 months" } }
scenario.odd = { note = "x", shift = { "line.plant.capacity" = "1 month" } }
scenario.price = { note = "x", shift = { "line.plant.cost" = "6 months" } }
scenario.yield = { note = "x", set.line.plant.yield = "90 %", shift = { "line.plant.yield" = "6 months" } }
scenario.date = { note = "x", shift = { "calendar.start" = "6 months" } }
scenario.tier = { note = "x", set.requirement.shells.tier = 2, scale = { "requirement.*.tier" = 2 } }
"#;

fn plant(capacity: &str) -> String {
    PLANT.replace("CAPACITY", capacity)
}

#[test]
fn one_figure_moves_like_a_step_from_the_start() {
    let notations = [
        "\"40_000 round/year\"",
        "{ value = \"40_000 round/year\", note = \"x\" }",
        "{ low = \"20_000 round/year\", mode = \"40_000 round/year\", high = \"50_000 round/year\" }",
        "[{ from = \"2026-01\", value = \"40_000 round/year\" }]",
        "{ 2026 = \"40_000 round/year\" }",
    ];
    for notation in notations {
        let text = plant(notation);
        same(met(&model(&text, "late")), 1.0 / 3.0);
        same(met(&model(&text, "early")), 2.0 / 3.0);
        let swept = swept(
            &text,
            "line.plant.capacity=-6 months,+0 months,+6 months,+3 months",
        );
        let wanted = [2.0 / 3.0, 2.0 / 3.0, 1.0 / 3.0, 0.5];
        swept
            .iter()
            .zip(wanted)
            .for_each(|(is, wanted)| same(*is, wanted));
    }
}

#[test]
fn a_step_may_move_to_before_the_start_and_months_are_steps_too() {
    let text = plant("{ \"2026-07\" = \"40_000 round/year\" }");
    same(met(&open(&text).model().unwrap()), 1.0 / 3.0);
    same(met(&model(&text, "early")), 2.0 / 3.0);
    same(met(&model(&text, "late")), 0.0);
}

#[test]
fn a_span_that_is_no_whole_number_of_months() {
    refused(
        &plant("\"40_000 round/year\"").replace("\"1 month\"", "\"1 week\""),
        "odd",
        &expect![[r#"
            error: `scenario.odd.shift."line.plant.capacity"` is no whole number of months
              --> toy.toml:10:64
               |
            10 | scenario.odd = { note = "x", shift = { "line.plant.capacity" = "1 week" } }
               |                                                                ^^^^^^^^ steps start in months
               |
               = help: write whole months, such as `"2 months"`
        "#]],
    );
}

#[test]
fn a_price_for_all_time_has_no_step_to_move() {
    refused(
        &plant("\"40_000 round/year\""),
        "price",
        &expect![[r#"
            error: a shift of `line.plant.cost` moves nothing
              --> toy.toml:11:42
               |
             5 | line.plant = { makes = "round", capacity = "40_000 round/year", cost = "3_600 EUR/round" }
               |                                                                        ----------------- one value for all time, before its first step as well
            ...
            11 | scenario.price = { note = "x", shift = { "line.plant.cost" = "6 months" } }
               |                                          ^^^^^^^^^^^^^^^^^ no step to move
               |
               = help: write the figure as steps, `[{ from = "2026-01", value = … }, { from = "2027-01", value = … }]`: all but the first move
        "#]],
    );
}

#[test]
fn a_share_for_all_time_is_no_figure_over_time() {
    refused(
        &plant("\"40_000 round/year\""),
        "yield",
        &expect![[r#"
            error: a shift of `line.plant.yield` moves nothing
              --> toy.toml:12:73
               |
            12 | scenario.yield = { note = "x", set.line.plant.yield = "90 %", shift = { "line.plant.yield" = "6 months" } }
               |                                                       ------            ^^^^^^^^^^^^^^^^^^ no step to move
               |                                                       |
               |                                                       no figure over time
               |
               = help: `scale` it or `set` it; what moves is a figure over time, such as `line.KEY.capacity`
        "#]],
    );
}

#[test]
fn a_date_is_no_figure() {
    refused(
        &plant("\"40_000 round/year\""),
        "date",
        &expect![[r#"
            error: `calendar.start` names a date, no figure: it can be neither scaled nor shifted
              --> toy.toml:13:41
               |
            13 | scenario.date = { note = "x", shift = { "calendar.start" = "6 months" } }
               |                                         ^^^^^^^^^^^^^^^^ nothing to change
               |
               = help: `set` it: write what takes its place
        "#]],
    );
}

#[test]
fn a_rank_is_no_figure() {
    refused(
        &plant("\"40_000 round/year\""),
        "tier",
        &expect![[r#"
            error: `requirement.*.tier` names a rank, no figure: it can be neither scaled nor shifted
              --> toy.toml:14:74
               |
            14 | scenario.tier = { note = "x", set.requirement.shells.tier = 2, scale = { "requirement.*.tier" = 2 } }
               |                                                                          ^^^^^^^^^^^^^^^^^^^^ nothing to change
               |
               = help: `set` it: write what takes its place
        "#]],
    );
}

#[test]
fn a_sweep_that_can_move_nothing() {
    let refused = |axis: &str| {
        let request = sweep::Request {
            axes: vec![axis.parse().unwrap()],
            ..Default::default()
        };
        let text = plant("\"40_000 round/year\"");
        let found = sweep(&open(&text), &request, &weighted(), &Work::default());
        found.unwrap_err().to_string()
    };
    expect![[r#"
        a shift of `line.plant.cost` moves nothing
          = help: write the figure as steps, `[{ from = "2026-01", value = … }, { from = "2027-01", value = … }]`: all but the first move"#]].assert_eq(&refused("line.plant.cost=+6 months"));
    expect![[r"
        `calendar.end` names a date, no figure: it can be neither scaled nor shifted
          = help: `set` it: write what takes its place"]]
    .assert_eq(&refused("calendar.end=x2"));
    expect![[r#"
        `line.nora.cost` names no figure of the model
          = help: write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line."a.b".capacity`"#]].assert_eq(&refused("line.nora.cost=x2"));
}

/// A quantile of what is certain.
#[test]
fn nothing_is_drawn_from_what_is_certain() {
    let draw = Change::new("line.plant.cost".parse().unwrap(), How::Quantile(0.5));
    let document = open(&plant("\"40_000 round/year\""));
    let problems = document.changed(&[draw]).unwrap_err();
    expect![[r#"
        error: line.plant.cost: `line.plant.cost` has no range to take a value from
         --> toy.toml:5:72
          |
        5 | line.plant = { makes = "round", capacity = "40_000 round/year", cost = "3_600 EUR/round" }
          |                                                                        ----------------- certain
          |
          = help: give it a `low` and a `high`
    "#]].assert_eq(&format!("{problems}\n"));
}

/// Entries and fields that are called as the parts of a figure are.
const NAMES: &str = r#"
[model]
note = "x"
[calendar]
start = "2001-01"
end = "2002-12"
period = "year"
[item.value]
unit = "a"
value = "3 EUR/a"
needs = { low = "1 t/a" }
[item.low]
unit = "t"
[line.value]
makes = "value"
capacity = "10 a/year"
[line.fact]
makes = "low"
capacity = "10 t/year"
[supplier.high]
item = "value"
rate = "0.5 a/year"
[holder.mode]
[requirement.value]
holder = "mode"
item = "value"
quantity = "5 a/year"
value = "3 EUR/a"
[fund.from]
amount = "9 EUR/year"
[scenario.s]
note = "y"
set.requirement.value.quantity = "7 a/year"
set.item.value.mass = "2 t/a"
set.line.value.cost = "1 EUR/a"
set.line.late = { makes = "low", capacity = "1 t/year" }
set.fund.from.carry_over = "100 %"
set.item.value.needs.low = "2 t/a"
"#;

#[test]
fn a_table_is_a_figure_by_where_it_stands_and_not_by_its_keys() {
    let model = model(NAMES, "s");
    let solution = common::solved(&model);
    let requirement = solution.requirements.values().next().unwrap();
    // 7 a year are wanted; 11 t a year make 5.5 of them, and 0.5 are bought.
    same(requirement.required, 14.0);
    same(requirement.short, 2.0);
    assert_eq!(model.lines.len(), 3);
}

/// 20,000 rounds a year come from line b at the top of its range.
const ZERO: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
item.round = { unit = "round", value = "9_000 EUR/round" }
[line.b]
makes = "round"
capacity = { low = "0 round/year", mode = "0 round/year", high = "20_000 round/year", note = "x" }
cost = "4_000 EUR/round"
[holder.ukraine]
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = "40_000 round/year"
"#;

#[test]
fn what_is_zero_at_its_mode_may_be_some_in_a_draw() {
    let document = open(ZERO);
    same(met(&document.model().unwrap()), 0.0);
    let at = |share| {
        let change = Change::new("line.b.capacity".parse().unwrap(), How::Quantile(share));
        met(&document.changed(&[change]).unwrap())
    };
    same(at(1.0), 0.5);
    same(at(0.0), 0.0);
    let request = monte_carlo::Request {
        samples: 4,
        ..Default::default()
    };
    let found = monte_carlo(&document, &request, &weighted(), &Work::default()).unwrap();
    a_value_from_each_quarter(&found, |share| triangular(0.0, 0.0, 0.5, share));
}

/// Four samples take a value from each quarter of a range.
fn a_value_from_each_quarter(found: &monte_carlo::MonteCarlo, coverage: impl Fn(f64) -> f64) {
    let n = found.outcomes.iter().position(|o| *o == Outcome::Coverage);
    let rows = found.results.rows.values();
    let mut met: Vec<f64> = rows.map(|row| row.values[n.unwrap()].unwrap()).collect();
    met.sort_by(f64::total_cmp);
    assert_eq!(met.len(), 4);
    for (met, n) in met.iter().zip([0.0, 1.0, 2.0, 3.0]) {
        let (least, most) = (coverage(n / 4.0), coverage((n + 1.0) / 4.0));
        assert!(
            least - 1e-6 <= *met && *met <= most + 1e-6,
            "{met} in {least}..{most}"
        );
    }
}

#[test]
fn every_figure_that_is_zero_at_its_mode_may_be_some_in_a_draw() {
    let zero = |unit: &str| {
        format!("{{ low = \"0 {unit}\", mode = \"0 {unit}\", high = \"9 {unit}\", note = \"x\" }}")
    };
    let alternatives = [
        format!(
            "supplier.s = {{ item = \"round\", rate = {} }}",
            zero("round/year")
        ),
        format!("holder.ukraine.stock.round.opening = {}", zero("round")),
        format!(
            "holder.ukraine.stock.round.ages = [{{ quantity = {}, expires = \"2027-01\" }}]",
            zero("round")
        ),
        format!(
            "line.c = {{ makes = \"round\", ramp = {}, running = \"1 round/year\", capacity = \"1 round/year\" }}",
            zero("round/year/year")
        ),
        format!(
            "line.c = {{ makes = \"round\", expansion.hall = {{ adds = {}, lead_time = \"6 months\" }} }}",
            zero("round/year")
        ),
        format!(
            "line.c = {{ makes = \"round\", capacity = \"9 round/year\", booked = \"1 round/year\", lead_time = {} }}",
            zero("months")
        ),
    ];
    let start = ZERO.find("[line.b]").unwrap();
    let end = ZERO.find("[holder.ukraine]").unwrap();
    let holder = "holder.ukraine.name = \"Ukraine\"\n";
    let rest = "requirement.shells = { holder = \"ukraine\", item = \"round\", quantity = \"9 round/year\" }\n";
    assert!(start < end);
    for more in alternatives {
        let text = format!("{}{holder}{rest}{more}\n", &ZERO[..start]);
        let _ = common::solved(
            &open(&text)
                .model()
                .unwrap_or_else(|e| panic!("{more}: {e}")),
        );
    }
    let fund = format!("fund.aid.amount = {}\n", zero("EUR/year"));
    let line =
        "line.c = { makes = \"round\", capacity = \"9 round/year\", cost = \"1 EUR/round\" }\n";
    let text = format!("{}{holder}{rest}{line}{fund}", &ZERO[..start]);
    same(met(&open(&text).model().unwrap()), 0.0);
}

#[test]
fn what_is_zero_for_certain_is_still_a_slip() {
    let range = "{ low = \"0 round/year\", mode = \"0 round/year\", high = \"20_000 round/year\", note = \"x\" }";
    let plain = ZERO.replace(range, "\"0 round/year\"");
    let problems = open(&plain).model().unwrap_err();
    expect![[r#"
        error: line `b` can never make anything
         --> toy.toml:7:12
          |
        7 | capacity = "0 round/year"
          |            ^^^^^^^^^^^^^^ no capacity at any time
          |
          = help: give it capacity or an `expansion`, or take the line out

        error: nothing can meet requirement `shells`
          --> toy.toml:10:1
           |
        10 | [requirement.shells]
           | ^^^^^^^^^^^^^^^^^^^^ asks for `round`
           |
           = help: add a line, a supplier or an opening stock that provides it, with all that it needs
    "#]].assert_eq(&format!("{problems}\n"));
    let never = ZERO.replace("high = \"20_000 round/year\"", "high = \"0 round/year\"");
    assert_eq!(open(&never).model().unwrap_err().list().len(), 2);
}

/// 200 rounds a year are wanted at 10 USD each; the fund has EUR, whose worth in USD decides how many it buys.
const DOLLARS: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
macro.exchange.USD = RATE
item.round = { unit = "round", value = "90 EUR/round" }
line.plant = { makes = "round", capacity = "900 round/year", cost = "10 USD/round" }
holder.ua.name = "Ukraine"
requirement.rounds = { holder = "ua", item = "round", quantity = "200 round/year" }
fund.aid.amount = "AMOUNT EUR/year"
scenario.dear = { note = "x", scale = { "macro.exchange.USD" = 1.25 } }
"#;

fn dollars(rate: &str, amount: &str) -> String {
    DOLLARS.replace("RATE", rate).replace("AMOUNT", amount)
}

/// 900 EUR at 0.9 EUR/USD are 100 rounds, at 1.125 EUR/USD 80. 800 EUR at 1.25 USD/EUR are 100 rounds, at
/// 1.5625 USD/EUR 125.
#[test]
fn a_factor_acts_on_a_rate_of_exchange_as_it_is_written() {
    let straight = dollars("\"0.9 EUR/USD\"", "900");
    let turned = dollars("\"1.25 USD/EUR\"", "800");
    for (text, wanted) in [(&straight, 80.0), (&turned, 125.0)] {
        same(met(&model(text, "dear")), wanted / 200.0);
        let swept = swept(text, "macro.exchange.USD=x1,x1.25");
        same(swept[0], 0.5);
        same(swept[1], wanted / 200.0);
    }
    let swept = swept(
        &turned,
        "macro.exchange.*=1.25 USD/EUR,1.5625 USD/EUR,0.5 EUR/USD",
    );
    same(swept[0], 0.5);
    same(swept[1], 0.625);
    same(swept[2], 0.8);
}

/// From 1 to 2 USD/EUR 800 EUR buy 80 to 160 rounds: as many as USD, in proportion.
#[test]
fn a_rate_of_exchange_is_drawn_the_way_round_in_which_it_is_written() {
    let range =
        "{ low = \"1 USD/EUR\", mode = \"1.25 USD/EUR\", high = \"2 USD/EUR\", note = \"x\" }";
    let document = open(&dollars(range, "800"));
    let found = sensitivity(
        &document,
        &sensitivity::Request::default(),
        &weighted(),
        &Work::default(),
    );
    let moves = found.unwrap().moves;
    assert_eq!(moves[0].input.figures[0].first.range, Some((1.0, 2.0)));
    assert_eq!(moves[0].input.figures[0].first.unit, "USD/EUR");
    same(moves[0].low.unwrap().coverage, 0.4);
    same(moves[0].high.unwrap().coverage, 0.8);
    let request = monte_carlo::Request {
        samples: 4,
        ..Default::default()
    };
    let found = monte_carlo(&document, &request, &weighted(), &Work::default()).unwrap();
    a_value_from_each_quarter(&found, |share| 0.4 * triangular(1.0, 1.25, 2.0, share));
    // The other way round, from 0.5 to 1 EUR/USD.
    let range =
        "{ low = \"0.5 EUR/USD\", mode = \"0.8 EUR/USD\", high = \"1 EUR/USD\", note = \"x\" }";
    let document = open(&dollars(range, "800"));
    let at = |share| {
        let change = Change::new("macro.exchange.USD".parse().unwrap(), How::Quantile(share));
        met(&document.changed(&[change]).unwrap())
    };
    same(at(0.0), 0.8);
    same(at(1.0), 0.4);
}

/// Ends of a range may be written either way round.
#[test]
fn the_ends_of_a_range_may_be_written_the_other_way_round() {
    let range =
        "{ low = \"1 USD/EUR\", mode = \"1.25 USD/EUR\", high = \"0.5 EUR/USD\", note = \"x\" }";
    let model = open(&dollars(range, "800")).model().unwrap();
    let mut figures = model.evidence.figures.iter();
    let rate = figures.find(|figure| figure.place.to_string() == "macro.exchange.USD");
    assert_eq!(rate.unwrap().range, Some((1.0, 2.0)));
}

/// A capacity of 10 and what scenarios make of it.
const ORDER: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "year" }
item.round.unit = "round"
line.a = { makes = "round", capacity = "10 round/year" }
holder.ua.name = "Ukraine"
requirement.rounds = { holder = "ua", item = "round", quantity = "200 round/year" }
scenario.half = { note = "x", scale = { "line.*.capacity" = 0.5 } }
scenario.set_and_half = { note = "x", set.line.a.capacity = "8 round/year", scale = { "line.*.capacity" = 0.5 } }
scenario.half_then_set = { note = "x", extends = "half", set.line.a.capacity = "8 round/year" }
scenario.half_then_new = { note = "x", extends = "half", set.line.b = { makes = "round", capacity = "8 round/year" } }
scenario.half_then_half = { note = "x", extends = "half", scale = { "line.a.capacity" = 0.5 } }
scenario.later = { note = "x", shift = { "line.a.capacity" = "12 months" } }
scenario.later_then_year = { note = "x", extends = "later", set.line.a.capacity = { 2026 = "4 round/year" } }
scenario.years = { note = "x", set.line.a.capacity = { 2026 = "4 round/year", 2027 = "6 round/year" } }
scenario.years_later = { note = "x", extends = "years", shift = { "line.a.capacity" = "12 months" } }
scenario.years_then_one = { note = "x", extends = ["years", "half"], set.line.a.capacity.2027 = "7 round/year" }
scenario.one_of_years = { note = "x", extends = "years", scale = { "line.a.capacity.2027" = 0.5 } }
"#;

#[test]
fn a_scenario_is_applied_whole_after_those_it_extends() {
    let capacity = |scenario: &str| {
        let model = model(ORDER, scenario);
        [2026, 2027].map(|year| {
            let capacities = model.lines.values().map(|line| &line.capacity);
            let month = Month::new(year, 1).unwrap();
            capacities.map(|path| path.at(month).value()).sum::<f64>()
        })
    };
    assert_eq!(capacity("half"), [5.0, 5.0]);
    assert_eq!(capacity("set_and_half"), [4.0, 4.0]);
    assert_eq!(capacity("half_then_set"), [8.0, 8.0]);
    assert_eq!(capacity("half_then_new"), [13.0, 13.0]);
    assert_eq!(capacity("half_then_half"), [2.5, 2.5]);
    assert_eq!(capacity("later"), [0.0, 10.0]);
    assert_eq!(capacity("later_then_year"), [4.0, 4.0]);
    assert_eq!(capacity("years_later"), [0.0, 4.0]);
    assert_eq!(capacity("years_then_one"), [2.0, 7.0]);
    assert_eq!(capacity("one_of_years"), [4.0, 3.0]);
}

#[test]
fn what_is_read_before_a_scenario_cannot_be_set_by_it() {
    let text =
        format!("{ORDER}scenario.late = {{ note = \"x\", set.model.include = [\"a.toml\"] }}\n");
    refused(
        &text,
        "late",
        &expect![[r#"
        error: `model.include` is read before anything is laid over the model
          --> toy.toml:19:41
           |
        19 | scenario.late = { note = "x", set.model.include = ["a.toml"] }
           |                                         ^^^^^^^ comes too late
           |
           = help: write it in the file itself, outside `set`
    "#]],
    );
}

/// A sweep comes after a scenario: its value is what the plan has.
#[test]
fn a_value_of_a_sweep_is_not_scaled_by_the_scenario() {
    let document = open(ORDER).scenario("half").unwrap();
    let laid = document
        .with("sweep", "line.a.capacity = \"20 round/year\"", "x")
        .unwrap();
    let double = Change::new("line.*.capacity".parse().unwrap(), How::Scale(2.0));
    let capacity = |model: &Model| model.lines[LineId::at(0)].capacity.most().value();
    same(capacity(&laid.model().unwrap()), 20.0);
    same(capacity(&laid.changed(&[double]).unwrap()), 40.0);
}

/// Two price steps, two steps over time, a number that is a choice.
const PARTS: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "year" }
item.round = { unit = "round", value = "90 EUR/round" }
[supplier.s]
item = "round"
rate = [{ from = "2026-01", value = "10 round/year" }, { from = "2027-01", value = "20 round/year" }]
tiers = [{ up_to = "5 round/year", cost = "10 EUR/round" }, { cost = "20 EUR/round" }]
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "200 round/year"
weight = 2
[scenario.second]
note = "x"
scale = { "supplier.s.tiers.2.cost" = 2, "requirement.rounds.weight" = 3 }
[scenario.both]
note = "x"
scale = { "supplier.s.tiers.cost" = 2 }
[scenario.first]
note = "x"
set.supplier.s.tiers.1.cost = "15 EUR/round"
set.supplier.s.rate.2027 = "30 round/year"
[scenario.third]
note = "x"
set.supplier.s.tiers.3.cost = "15 EUR/round"
"#;

#[test]
fn items_of_a_list_and_steps_are_reached_by_their_numbers_and_months() {
    let costs = |model: &Model| {
        let tiers = &model.suppliers.values().next().unwrap().tiers;
        tiers
            .iter()
            .map(|tier| tier.cost.amount.most().value())
            .collect::<Vec<_>>()
    };
    let second = model(PARTS, "second");
    assert_eq!(costs(&second), [10.0, 40.0]);
    same(second.requirements.values().next().unwrap().weight, 6.0);
    assert_eq!(costs(&model(PARTS, "both")), [20.0, 40.0]);
    let first = model(PARTS, "first");
    assert_eq!(costs(&first), [15.0, 20.0]);
    let rate = &first.suppliers.values().next().unwrap().rate;
    let rates: Vec<f64> = rate.values().map(sinews::units::Amount::value).collect();
    assert_eq!(rates, [10.0, 30.0]);
    // 10 and 30 are delivered of 400.
    same(met(&first), 0.1);
    let swept = swept(PARTS, "supplier.s.rate.2027-01=x1,x2,30 round/year");
    [0.075, 0.125, 0.1]
        .iter()
        .zip(&swept)
        .for_each(|(wanted, is)| same(*is, *wanted));
    refused(
        PARTS,
        "third",
        &expect![[r#"
            error: `supplier.s.tiers.3` matches nothing
              --> toy.toml:27:22
               |
            27 | set.supplier.s.tiers.3.cost = "15 EUR/round"
               |                      ^ the list has 2 items
               |
               = help: count its items from 1, or write the whole list
        "#]],
    );
}

#[test]
fn every_scenario_of_the_models_that_ship_is_read() {
    let mut count = 0;
    for file in std::fs::read_dir("models").unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let document = Document::open(&path).unwrap_or_else(|e| panic!("{e}"));
        for scenario in document.scenarios() {
            let applied = document.scenario(&scenario.key);
            let model = applied.and_then(|applied| applied.model());
            model.unwrap_or_else(|e| panic!("{}: {e}", scenario.key));
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

/// A list of changes sets a factor of 10, which counts 4 times 2, to 1: 20 are wanted. One that is not there is told.
#[test]
fn a_factor_is_set_by_a_list_of_changes() {
    let quantity = "{ value = \"10 round/year\", times = { engaged = 4, each = 2 } }";
    let document = open(&ORDER.replace("\"200 round/year\"", quantity));
    let listed = |factor: &str| {
        let list = format!("figure,value\nrequirement.rounds.quantity.times.{factor},1\n");
        document.listed(&ChangeList::parse("list.csv", &list).unwrap())
    };
    let quantity = |model: &Model| {
        let requirement = model.requirements.values().next().unwrap();
        let sinews::model::Need::Flow(path) = &requirement.need else {
            panic!("{requirement:?}")
        };
        path.most().value()
    };
    same(quantity(&document.model().unwrap()), 80.0);
    same(quantity(&listed("engaged").unwrap().model().unwrap()), 20.0);
    let problems = listed("engagd").unwrap_err().to_string();
    assert!(
        problems.contains("matches nothing") && problems.contains("list.csv:2"),
        "{problems}"
    );
}
