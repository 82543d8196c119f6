//! One rule of time: the same model by the month, the quarter and the year.
//!
//! Where nothing is finer than the longest step, the answers are equal: value, coverage and spending by year.
//! Where a lag is finer, flows that are even give equal answers still; where they are not, an answer differs
//! by what a longer period averages, and each is worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, same, short, solved, text};
use sinews::analysis::Work;
use sinews::analysis::investments::investments;
use sinews::model::Model;
use sinews::solution::Solution;

const STEPS: [&str; 3] = ["month", "quarter", "year"];

/// Four years, by a step; one item, one holder who requires it; and more TOML.
fn model(step: &str, item: &str, more: &str) -> Model {
    text(&format!(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2029-12"
period = "{step}"
[macro]
inflation = "4 %/year"
discount = "3 %/year"
[item.round]
unit = "round"
value = "2_000 EUR/round"
{item}
[holder.ua]
country = "UA"
[country.UA]
[requirement.shells]
holder = "ua"
item = "round"
{more}
"#
    ))
}

/// What a plan is worth, meets and pays: the value of each stage, coverage and payments by year, and what is owed.
fn answer(m: &Model, s: &Solution) -> Vec<(String, f64)> {
    let mut all = Vec::new();
    for stage in &s.stages {
        all.push((format!("stage {}", stage.name), stage.value));
    }
    for (r, coverage) in s.requirements.iter() {
        for (y, met) in coverage.years.iter() {
            let name = format!("{} in {}", m.requirements[r].key, m.calendar.year_number(y));
            all.push((name, met.met));
        }
    }
    for y in m.calendar.years() {
        let paid = s.plan.pay.iter().filter(|&(_, year, _)| year == y);
        let paid: f64 = paid.filter_map(|(_, _, paid)| *paid).sum();
        all.push((format!("paid in {}", m.calendar.year_number(y)), paid));
    }
    all.push(("owed".into(), s.cost.owed));
    all.push(("discounted".into(), s.cost.discounted));
    all
}

/// Solves a model by each step, and asserts that the answers are equal.
#[track_caller]
fn equal(steps: &[&str], more: &str) -> Vec<(String, f64)> {
    equal_of(steps, "", more)
}

/// The same, with more fields of the item.
#[track_caller]
fn equal_of(steps: &[&str], item: &str, more: &str) -> Vec<(String, f64)> {
    let answers: Vec<_> = steps
        .iter()
        .map(|step| {
            let model = model(step, item, more);
            answer(&model, &solved(&model))
        })
        .collect();
    for (step, other) in steps.iter().zip(&answers).skip(1) {
        for ((name, first), (_, other)) in answers[0].iter().zip(other) {
            let near = (first - other).abs() <= EXACT * first.abs().max(1.0);
            assert!(
                near,
                "{name}: {first} by the {}, {other} by the {step}",
                steps[0]
            );
        }
    }
    answers.into_iter().next().unwrap()
}

const EXACT: f64 = 1e-9;

/// What is met, by year, of what is required.
fn met(answer: &[(String, f64)]) -> Vec<f64> {
    let own = answer
        .iter()
        .filter(|(name, _)| name.starts_with("shells in"));
    own.map(|&(_, met)| met).collect()
}

fn paid(answer: &[(String, f64)]) -> Vec<f64> {
    let own = answer
        .iter()
        .filter(|(name, _)| name.starts_with("paid in"));
    own.map(|&(_, met)| met).collect()
}

/// Of 12,000 a year, half of the first year's arrive in it with a lag of six months.
#[test]
fn gifts_and_routes_arrive_in_proportion() {
    let gift = |lag: &str| {
        format!(
            "quantity = \"20_000 round/year\"
[holder.donor.stock.round]
opening = \"100_000 round\"
draw = \"12_000 round/year\"
[gift.rail]
from = [\"donor\"]
to = \"ua\"
items = [\"round\"]
lag = \"{lag}\"
cost = \"10 EUR/round\"
"
        )
    };
    let route = |lag: &str| {
        format!(
            "quantity = \"20_000 round/year\"
[country.FR]
[line.plant]
makes = \"round\"
country = \"FR\"
capacity = \"12_000 round/year\"
cost = \"1_000 EUR/round\"
[route.rail]
from = \"FR\"
to = \"UA\"
items = [\"round\"]
lag = \"{lag}\"
cost = \"10 EUR/round\"
"
        )
    };
    for way in [&gift as &dyn Fn(&str) -> String, &route] {
        let found = met(&equal(&STEPS, &way("24 months")));
        all_same(&found, &[0.0, 0.0, 12_000.0, 12_000.0]);
        // Of a longer last period more leaves than arrives, and costs: all else is equal.
        for (lag, first) in [
            ("6 months", [6_000.0, 12_000.0]),
            ("19 months", [0.0, 5_000.0]),
            ("1 month", [11_000.0, 12_000.0]),
        ] {
            for step in STEPS {
                let model = model(step, "", &way(lag));
                let found = met(&answer(&model, &solved(&model)));
                all_same(&found, &[first[0], first[1], 12_000.0, 12_000.0]);
            }
        }
    }
}

/// Until 18 months have passed, what is booked: 2,000 a year; then 12,000. In 2027: 1,000 and 6,000.
#[test]
fn lead_times_and_queues_split_the_period_in_which_they_pass() {
    let wait = "quantity = \"20_000 round/year\"\n";
    let line = format!(
        "{wait}[line.plant]
makes = \"round\"
capacity = \"12_000 round/year\"
cost = \"1_000 EUR/round\"
lead_time = \"18 months\"
booked = \"2_000 round/year\"
"
    );
    all_same(
        &met(&equal(&STEPS, &line)),
        &[2_000.0, 7_000.0, 12_000.0, 12_000.0],
    );
    // The capacity is financed from the month on in which the lead time has passed.
    let late = line.replace(
        "capacity = \"12_000 round/year\"",
        "capacity = [{ from = \"2026-01\", value = \"3_000 round/year\" }, { from = \"2027-07\", value = \"12_000 round/year\" }]",
    );
    all_same(
        &met(&equal(&STEPS, &late)),
        &[2_000.0, 7_000.0, 12_000.0, 12_000.0],
    );
    let supplier = format!(
        "{wait}[supplier.far]
item = \"round\"
rate = \"12_000 round/year\"
queue = \"12 months\"
lead_time = \"5 months\"
booked = [{{ from = \"2026-01\", value = \"1_200 round/year\" }}, {{ from = \"2027-03\", value = \"24_000 round/year\" }}]
tiers = [{{ up_to = \"3_000 round/year\", cost = \"1_000 EUR/round\" }}, {{ cost = \"1_500 EUR/round\" }}]
"
    );
    // In 2027: two months at 100, three at the rate of 1,000 (no more can be booked), seven at the rate.
    all_same(
        &met(&equal(&STEPS, &supplier)),
        &[1_200.0, 10_200.0, 12_000.0, 12_000.0],
    );
}

/// Ordered at the start, half of it opens after 7 months, the rest after 11 more: in 2026 a half for 5 months.
#[test]
fn expansions_open_and_are_paid_in_proportion() {
    let hall = |lead: &str, after: &str, from: &str| {
        format!(
            "quantity = \"20_000 round/year\"
[line.plant]
makes = \"round\"
capacity = \"1_200 round/year\"
[line.plant.expansion.hall]
adds = \"12_000 round/year\"
cost = \"24 M EUR\"
lead_time = \"{lead}\"
opening = [{{ after = \"0 months\", share = \"50 %\" }}, {{ after = \"{after}\", share = \"100 %\" }}]
uses = {{ machinery = \"12 set\" }}
{from}
[item.machinery]
unit = \"set\"
[supplier.tools]
item = \"machinery\"
rate = \"50 set/year\"
cost = \"1 M EUR/set\"
"
        )
    };
    let found = equal(&STEPS, &hall("24 months", "12 months", ""));
    all_same(&met(&found), &[1_200.0, 1_200.0, 7_200.0, 13_200.0]);
    // Half of the price and of six sets each year, at the price level of the year.
    all_same(&paid(&found), &[18e6, 18e6 * 1.04, 0.0, 0.0]);
    let found = equal(&STEPS, &hall("7 months", "11 months", ""));
    all_same(&met(&found), &[3_700.0, 10_200.0, 13_200.0, 13_200.0]);
    // Ordered in August 2026 at the earliest: paid to 5/18 in 2026, 12/18 in 2027.
    let found = equal(
        &STEPS,
        &hall(
            "18 months",
            "0 months",
            "from = \"2026-08\"\nuntil = \"2026-08\"",
        ),
    );
    all_same(&met(&found), &[1_200.0, 1_200.0, 12_200.0, 13_200.0]);
    all_same(&paid(&found), &[10e6, 24e6 * 1.04, 2e6 * 1.04 * 1.04, 0.0]);
}

/// Half is paid three months before delivery, half five months after it.
#[test]
fn payments_are_shared_out_over_years() {
    let plant = |before: &str, after: &str| {
        format!(
            "quantity = \"20_000 round/year\"
[line.plant]
makes = \"round\"
capacity = \"12_000 round/year\"
cost = \"1_000 EUR/round\"
payment = {{ advance = \"50 %\", before = \"{before}\", after = \"{after}\" }}
"
        )
    };
    let index = |n: i32| 1.04_f64.powi(n);
    let found = equal(&STEPS, &plant("3 months", "5 months"));
    let paid_in = |first: f64, n: i32| (first + 6.0 * 7.0 / 12.0) * 1e6 * index(n);
    all_same(
        &paid(&found),
        &[
            paid_in(6.0 + 1.5, 0),
            paid_in(4.5 + 1.5 + 2.5, 1),
            paid_in(4.5 + 1.5 + 2.5, 2),
            paid_in(4.5 + 2.5, 3),
        ],
    );
    same(
        found.iter().find(|(name, _)| name == "owed").unwrap().1,
        2.5e6 * index(4),
    );
    let found = equal(&STEPS, &plant("12 months", "24 months"));
    all_same(
        &paid(&found),
        &[12e6, 6e6 * index(1), 12e6 * index(2), 6e6 * index(3)],
    );
    // Each due date has its own price level.
    same(
        found.iter().find(|(name, _)| name == "owed").unwrap().1,
        6e6 * (index(4) + index(5)),
    );
}

/// Bodies are taken in 12 months ahead: rounds of 2026 need none, those of 2027 what the forge makes in 2026.
#[test]
fn inputs_are_taken_in_a_cycle_ahead() {
    let plant = |cycle: &str| {
        format!(
            "quantity = \"20_000 round/year\"
[line.plant]
makes = \"round\"
capacity = \"12_000 round/year\"
cycle = \"{cycle}\"
[item.body]
unit = \"body\"
stock = {{ most = \"0 body\" }}
[line.forge]
makes = \"body\"
capacity = {{ 2026 = \"12_000 body/year\", 2027 = \"6_000 body/year\" }}
cost = \"100 EUR/body\"
"
        )
    };
    let needs = "needs = { body = \"1 body/round\" }";
    for (cycle, wanted) in [
        ("12 months", [12_000.0, 12_000.0, 6_000.0, 6_000.0]),
        ("0 months", [12_000.0, 6_000.0, 6_000.0, 6_000.0]),
    ] {
        all_same(&met(&equal_of(&STEPS, needs, &plant(cycle))), &wanted);
    }
    // Six months ahead: half of 2027's are of 2026's bodies. By the year, an even flow of 2027 would need all
    // year what can be had for half of it.
    let found = equal_of(&STEPS[..2], needs, &plant("6 months"));
    all_same(&met(&found), &[12_000.0, 9_000.0, 6_000.0, 6_000.0]);
    // A forge that makes the same all along has no year to average: nine months, and one.
    for cycle in ["9 months", "1 month"] {
        let even =
            plant(cycle).replace("2027 = \"6_000 body/year\"", "2027 = \"12_000 body/year\"");
        let found = equal_of(&STEPS, needs, &even);
        all_same(&met(&found), &[12_000.0; 4]);
    }
}

/// A year's grants of 5 M EUR buy what costs 1,000 EUR; half of what is left is carried over; a loan adds 1 M EUR.
#[test]
fn money_by_year_buys_the_same() {
    let funds = "quantity = { 2026 = \"3_000 round/year\", 2027 = \"8_000 round/year\" }
[line.plant]
makes = \"round\"
capacity = { 2026 = \"3_500 round/year\", 2027 = \"9_000 round/year\" }
cost = \"1_000 EUR/round\"
[fund.budget]
amount = \"5 M EUR/year\"
carry_over = \"50 %\"
[fund.bank]
amount = { 2028 = \"1 M EUR/year\" }
loan = { rate = \"3 %/year\", grace = \"18 months\", maturity = \"5 years\" }
";
    let found = equal(&STEPS, funds);
    let index = |n: i32| 1.04_f64.powi(n);
    // 500 are in store; half of 1.5 M EUR is left.
    let second = 500.0 + (5.0 + 0.75) * 1e3 / index(1);
    all_same(
        &met(&found),
        &[3_000.0, second, 6e3 / index(2), 6e3 / index(3)],
    );
}

/// Hours by the calendar year; levels at the ends of years; what waits by the year.
#[test]
fn yearly_windows_and_limits_do_not_mind_the_step() {
    let plant = "
[resource.welders]
unit = \"hour\"
limit = { 2026 = \"1_000 hour/year\", 2028 = \"3_000 hour/year\" }
[line.plant]
makes = \"round\"
capacity = \"6_000 round/year\"
cost = \"1_000 EUR/round\"
draws = { welders = \"0.5 hour/round\" }
";
    let lost = format!("quantity = \"5_000 round/year\"\nwindow = \"year\"{plant}");
    all_same(
        &met(&equal(&STEPS, &lost)),
        &[2_000.0, 2_000.0, 5_000.0, 5_000.0],
    );
    let waits = format!("unmet = \"waits\"\n{lost}");
    all_same(
        &met(&equal(&STEPS, &waits)),
        &[2_000.0, 2_000.0, 6_000.0, 6_000.0],
    );
    let level = format!("level = \"5_000 round\"\nwindow = \"year\"{plant}");
    all_same(
        &met(&equal(&STEPS, &level)),
        &[2_000.0, 4_000.0, 5_000.0, 5_000.0],
    );
}

/// What is made in 2026 keeps for three years, and is used in 2027 and 2028.
#[test]
fn what_keeps_long_enough_is_used() {
    let stock = "quantity = { 2027 = \"4_000 round/year\", 2029 = \"0 round/year\" }
[line.plant]
makes = \"round\"
capacity = { 2026 = \"6_000 round/year\", 2027 = \"0 round/year\" }
cost = \"1_000 EUR/round\"
";
    let found = equal_of(&STEPS, "shelf_life = \"3 years\"", stock);
    same(met(&found).iter().sum(), 6_000.0);
}

/// A life of nine months: by the month, what is made in the nth month of 2026 can be used until the one eight
/// later: in the first eight of 2027 what was made eight before. By the quarter, each arrives at its start: the
/// last two of 2026 keep into two of 2027; by the year nothing does.
#[test]
fn what_keeps_for_less_converges() {
    let stock = "quantity = { 2027 = \"4_800 round/year\", 2028 = \"0 round/year\" }
[line.plant]
makes = \"round\"
capacity = { 2026 = \"4_800 round/year\", 2027 = \"0 round/year\" }
cost = \"1_000 EUR/round\"
";
    let found = |life: &str, step: &str| {
        let solution = solved(&model(step, &format!("shelf_life = \"{life}\""), stock));
        solution.requirements.values().map(|r| r.met).sum::<f64>()
    };
    same(found("9 months", "month"), 8.0 * 400.0);
    same(found("9 months", "quarter"), 2.0 * 1_200.0);
    same(found("9 months", "year"), 0.0);
    // A third of a quarter more keeps a third of a quarter's rounds, a quarter of a year a quarter of a year's.
    same(found("10 months", "month"), 9.0 * 400.0);
    same(found("10 months", "quarter"), 2.0 * 1_200.0 + 400.0);
    same(found("15 months", "year"), 1_200.0);
}

/// At full ramp from 1,200 a year by 1,200 a year each year: the mean of a year's months.
#[test]
fn a_ramp_starts_with_the_mean_of_its_months() {
    let plant = "quantity = \"20_000 round/year\"
[line.plant]
makes = \"round\"
capacity = \"12_000 round/year\"
cost = \"1_000 EUR/round\"
ramp = \"1_200 round/year/year\"
running = \"1_200 round/year\"
";
    let found = equal(&STEPS, plant);
    // In the nth month 1,200 + 100 n a year: 1,850 on average over the first twelve.
    all_same(&met(&found), &[1_850.0, 3_050.0, 4_250.0, 5_450.0]);
}

const DISCOUNTED: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2027-12", period = "STEP" }
macro = { discount = "10 %/year" }
objective = { kind = "weighted", measure = "value" }
item.round.unit = "round"
line.plant = { makes = "round", capacity = "40_000 round/year", cost = "4_000 EUR/round" }
holder.ukraine.name = "Ukraine"
requirement.shells = { holder = "ukraine", item = "round", quantity = "40_000 round/year", value = "4_200 EUR/round" }
"#;

/// A round that is worth 4,200 EUR and costs 4,000 at the same date is bought, whatever the step.
#[test]
fn money_and_shortfall_are_discounted_at_the_same_date() {
    for step in STEPS {
        let solution = solved(&text(&DISCOUNTED.replace("STEP", step)));
        let met: Vec<f64> = solution.requirements.values().map(|r| r.met).collect();
        all_same(&met, &[80_000.0]);
        let cost = 160e6 * (1.0 + 1.0 / 1.1);
        same(solution.cost.discounted, cost);
    }
}

const BY_RAIL: &str = r#"
model.note = "invented"
calendar = { start = "2026-01", end = "2026-12", period = "STEP" }
item.round.unit = "round"
supplier.depot = { item = "round", rate = "1 round/year", cost = "1 EUR/round" }
holder.donor.stock.round = { opening = "100_000 round" }
holder.ukraine.name = "Ukraine"
gift.rail = { from = ["donor"], to = "ukraine", items = ["round"], lag = "1 month" }
requirement.shells = { holder = "ukraine", item = "round", quantity = "60_000 round/year" }
"#;

/// A lag of a month: by the month nothing arrives in January. By the quarter two thirds of what leaves in the
/// first arrive in it: 15,000 of 22,500, and that meets all that a quarter requires, as it may be met at any
/// time of it; by the year the same.
#[test]
fn a_lag_within_a_period_delays_its_share() {
    // The depot's one round a year comes on top where the requirement is short.
    for (step, wanted) in [
        ("month", 55_000.0 + 1.0 / 12.0),
        ("quarter", 60_000.0),
        ("year", 60_000.0),
    ] {
        let model = text(&BY_RAIL.replace("STEP", step));
        let solution = solved(&model);
        let met: Vec<f64> = solution.requirements.values().map(|r| r.met).collect();
        all_same(&met, &[wanted]);
        let give: Vec<f64> = solution
            .plan
            .give
            .iter()
            .filter_map(|(_, _, given)| *given)
            .collect();
        let g = sinews::ids::Id::at(0);
        let arrived = model
            .calendar
            .periods()
            .map(|t| solution.gifts[g].arrived.periods[t]);
        let arrived: Vec<f64> = arrived.collect();
        if step == "quarter" {
            same(arrived[0], give[0] * 2.0 / 3.0);
            same(arrived[1], give[0] / 3.0 + give[1] * 2.0 / 3.0);
        }
        // What arrives is what meets.
        assert!((arrived.iter().sum::<f64>() - wanted).abs() <= 1.001);
    }
    // What can leave is limited: then each step has 11 months of it.
    for step in STEPS {
        let drawn = BY_RAIL.replace(
            "\"100_000 round\"",
            "\"100_000 round\", draw = \"48_000 round/year\"",
        );
        let drawn = drawn.replace("rate = \"1 round/year\"", "rate = \"12 round/year\"");
        let solution = solved(&text(&drawn.replace("STEP", step)));
        let met: Vec<f64> = solution.requirements.values().map(|r| r.met).collect();
        all_same(&met, &[44_012.0]);
    }
}

const OWED: &str = r#"
model.note = "x"
calendar = { start = "2026-01", end = "2027-12", period = "year" }
macro = { inflation = "5 %/year", discount = "2 %/year" }
objective.kind = "weighted"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "40_000 round/year"
cost = "1_000 EUR/round"
payment = { advance = "50 %", before = "12 months", after = "36 months" }
[holder.ua]
[requirement.a]
holder = "ua"
item = "round"
quantity = "60_000 round/year"
"#;

/// Half of 40 M EUR a year is due in 2029 and 2030, each at its own price level and discount.
#[test]
fn what_is_due_after_the_end_is_valued_at_its_own_year() {
    let solution = solved(&text(OWED));
    same(
        solution.cost.owed,
        20e6 * (1.05_f64.powi(3) + 1.05_f64.powi(4)),
    );
    // Shortfall: a third of 120 M EUR, ten times; advances: both in 2026; the rest discounted to its years.
    let rest = 20e6 * (1.02_f64.powi(-3) + 1.02_f64.powi(-4));
    same(solution.stages[0].value, 400e6 + 40e6 + rest);
    same(solution.cost.discounted, 40e6 + rest);
}

const PLANER: &str = r#"
[model]
note = "x"
[calendar]
start = "2001-01"
end = "2001-06"
period = "month"
[resource.planer]
unit = "hour"
limit = LIMIT
[item.a]
unit = "a"
shelf_life = "1 month"
[line.a]
makes = "a"
capacity = "100 a/month"
draws = { planer = "1 hour/a" }
[holder.h]
[requirement.r]
holder = "h"
item = "a"
quantity = [{ from = "2001-01", value = "0 a/month" }, { from = "2001-06", value = "50 a/month" }]
"#;

fn made_in_june(limit: &str) -> f64 {
    let solution = solved(&text(&PLANER.replace("LIMIT", limit)));
    solution.requirements.values().map(|r| r.met).sum()
}

/// Nothing is made in a month without hours, unless the limit is one of the year.
#[test]
fn a_limit_by_the_month_holds_in_each_month() {
    let steps = "[{ from = \"2001-01\", value = \"10 hour/month\" }, { from = \"2001-06\", value = \"0 hour/month\" }]";
    same(made_in_june(steps), 0.0);
    same(made_in_june("\"10 hour/month\""), 10.0);
    same(made_in_june("\"120 hour/year\""), 50.0);
    same(made_in_june("{ 2001 = \"120 hour/year\" }"), 50.0);
    let by_year = steps
        .replace("10 hour/month", "120 hour/year")
        .replace("0 hour/month", "0 hour/year");
    same(made_in_june(&by_year), 0.0);
    same(made_in_june(&format!("{by_year}\nwindow = \"year\"")), 50.0);
    same(made_in_june("\"120 hour/year\"\nwindow = \"period\""), 10.0);
}

/// The same of a supplier's price steps: ten a month at 1 EUR, the rest at 2.
#[test]
fn a_price_step_by_the_month_holds_in_each_month() {
    let cost = |step: &str| {
        let tiers = format!("[{{ {step}, cost = \"1 EUR/a\" }}, {{ cost = \"2 EUR/a\" }}]");
        let supplier = format!(
            "[supplier.s]\nitem = \"a\"\nrate = \"100 a/month\"\ntiers = {tiers}\n[holder.h]"
        );
        let plain = PLANER.replace("[line.a]\nmakes = \"a\"\ncapacity = \"100 a/month\"\ndraws = { planer = \"1 hour/a\" }\n", "");
        let plain = plain.replace("[resource.planer]\nunit = \"hour\"\nlimit = LIMIT\n", "");
        let model = text(&plain.replace("[holder.h]", &supplier));
        solved(&model).cost.total
    };
    same(cost("up_to = \"10 a/month\""), 10.0 + 40.0 * 2.0);
    same(cost("up_to = \"120 a/year\""), 50.0);
    same(
        cost("up_to = \"120 a/year\", window = \"period\""),
        10.0 + 40.0 * 2.0,
    );
    same(cost("up_to = \"10 a/month\", window = \"year\""), 50.0);
}

/// In dollars worth three times as much by the date of the order.
#[test]
fn an_expansion_is_priced_at_the_date_of_its_order() {
    let model = text(
        r#"
[model]
note = "toy"
[calendar]
start = "2026-01"
end = "2029-12"
period = "year"
[macro]
exchange = { USD = [{ from = "2026-01", value = "1 EUR/USD" }, { from = "2028-01", value = "3 EUR/USD" }] }
[item.round]
unit = "round"
value = "100000 EUR/round"
[line.plant]
makes = "round"
capacity = "10 round/year"
[line.plant.expansion.hall]
adds = "100 round/year"
cost = "1000 USD"
lead_time = "12 months"
from = "2028-01"
[holder.ukraine]
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = "200 round/year"
"#,
    );
    let options = sinews::solve::Options::default();
    let found = investments(&model, &[], &options, &Work::default());
    let found = found.unwrap();
    same(found.options[0].cost, 3_000.0);
    same(
        found.options[0].payback().unwrap(),
        100.0 * 100_000.0 / 3_000.0,
    );
    same(solved(&model).cost.total, 3_000.0);
}

/// Capacity that is there from July, by the step; what a line may use of it, and how it may grow.
fn from_july(step: &str, line: &str) -> (Model, Solution) {
    let model = text(&format!(
        r#"model.note = "a toy"
calendar = {{ start = "2026-01", end = "2026-12", period = "{step}" }}
item.round = {{ unit = "round", value = "5 EUR/round" }}
holder.ua = {{}}
requirement.shells = {{ holder = "ua", item = "round", quantity = "1_000 round/year", window = "year" }}
line.plant = {{ makes = "round", cost = "1 EUR/round", {line} }}
"#
    ));
    let solution = solved(&model);
    (model, solution)
}

/// Half a year of 100 a year is 50, whether what can be used steps with what there is or not.
#[test]
fn what_can_be_used_goes_with_what_there_is() {
    for step in STEPS {
        let (_, plan) = from_july(
            step,
            r#"capacity = [{ from = "2026-01", value = "0 round/year" }, { from = "2026-07", value = "100 round/year" }], utilisation = [{ from = "2026-01", value = "0 %" }, { from = "2026-07", value = "100 %" }]"#,
        );
        same(1_000.0 - short(&plan)[0], 50.0);
    }
}

/// A line that has no capacity before the calendar makes nothing before it, however long the first period is. With 120 a year
/// a year it makes 10 a year more each month: 7.5 + 10 months of it in a half, by the month 17.5; by the year the mean of
/// what twelve months give, 65.
#[test]
fn a_line_runs_as_it_can_before_the_start() {
    let line = r#"ramp = "120 round/year/year", capacity = [{ from = "2026-01", value = "0 round/year" }, { from = "2026-07", value = "1_200 round/year" }]"#;
    let made = |step| 1_000.0 - short(&from_july(step, line).1)[0];
    same(made("month"), 17.5);
    same(made("year"), 65.0);
}
