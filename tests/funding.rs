//! What a plan's money does, on toys that can be worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use common::{same, text};
use sinews::analysis::funding::{Borne, Funding, Request, Spread, funding};
use sinews::analysis::{Findings, Trouble, Work};
use sinews::model::Model;
use sinews::solve::Options;

/// A model by the year from 2026, with rounds worth 100 EUR each and a holder; and more TOML.
fn toy(end: &str, money: &str, more: &str) -> Model {
    text(&format!(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "{end}"
period = "year"
[macro]
{money}
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
{more}
"#
    ))
}

fn ask(model: &Model, request: &Request) -> Funding {
    funding(model, request, &Options::default(), &Work::default()).unwrap()
}

/// Nothing made again.
fn plain() -> Request {
    Request {
        delays: Vec::new(),
        ..Request::default()
    }
}

fn years(spread: &Spread) -> Vec<f64> {
    spread.years.values().copied().collect()
}

fn all_same(found: &[f64], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    for (&found, &wanted) in found.iter().zip(wanted) {
        same(found, wanted);
    }
}

/// Ten rounds of 2026 at 10 EUR are paid by a loan with two years of grace that runs for four: 100 EUR drawn in
/// 2026; interest of 10 EUR in 2027 and 2028; 50 EUR back and 10 EUR of interest in 2029; 50 and 5 in 2030.
fn loan(money: &str, currency: &str, amount: &str) -> Model {
    toy(
        "2027-12",
        money,
        &format!(
            r#"
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = "10 EUR/round"
[requirement.rounds]
holder = "ua"
item = "round"
quantity = {{ 2026 = "10 round/year", 2027 = "0 round/year" }}
[fund.loan]
name = "Loan"
amount = "{amount} {currency}/year"
loan = {{ rate = "10 %/year", grace = "2 years", maturity = "4 years" }}
"#
        ),
    )
}

#[test]
fn a_loan_is_served_year_by_year_and_costs_what_the_objective_counts() {
    let found = ask(&loan("discount = \"5 %/year\"", "EUR", "500"), &plain());
    let loan = &found.loans[0];
    let due: Vec<_> = loan.years.iter().map(|(&year, due)| (year, *due)).collect();
    assert_eq!(
        due.iter().map(|(year, _)| *year).collect::<Vec<_>>(),
        [2026, 2027, 2028, 2029, 2030]
    );
    let column = |of: fn(&sinews::analysis::funding::LoanYear) -> f64| -> Vec<f64> {
        due.iter().map(|(_, due)| of(due)).collect()
    };
    all_same(&column(|due| due.drawn), &[100.0, 0.0, 0.0, 0.0, 0.0]);
    all_same(&column(|due| due.interest), &[0.0, 10.0, 10.0, 10.0, 5.0]);
    all_same(&column(|due| due.repaid), &[0.0, 0.0, 0.0, 50.0, 50.0]);
    all_same(&column(|due| due.owed), &[100.0, 100.0, 100.0, 50.0, 0.0]);
    same(loan.drawn(), 100.0);
    same(loan.interest(), 35.0);
    let present =
        10.0 / 1.05 + 10.0 / 1.05_f64.powi(2) + 60.0 / 1.05_f64.powi(3) + 55.0 / 1.05_f64.powi(4);
    same(loan.present, present);
    same(loan.drawn_present, 100.0);
    same(loan.grant_element().unwrap(), 1.0 - present / 100.0);
    // The whole cost of the plan is this loan: three ways to the same number.
    same(loan.counted, present);
    same(found.solution.cost.discounted, present);
}

/// The dollar is worth 0.8 EUR in 2026 and 1 EUR later: 125 dollars drawn cost a quarter more to pay back. Prices
/// rise by 2 % a year.
#[test]
fn a_loan_in_foreign_currency_is_paid_back_in_it() {
    let money = r#"
discount = "5 %/year"
inflation = "2 %/year"
exchange = { USD = { 2026 = "0.8 EUR/USD", 2027 = "1 EUR/USD" } }
"#;
    let found = ask(&loan(money, "USD", "500"), &plain());
    let loan = &found.loans[0];
    same(loan.drawn(), 125.0);
    same(loan.years[&2029].repaid, 62.5);
    let factor = |n: i32| (1.05_f64 * 1.02).powi(-n);
    let dollars = [12.5, 12.5, 75.0, 68.75];
    let present: f64 = dollars.iter().zip(1..).map(|(d, n)| d * factor(n)).sum();
    same(loan.present, present);
    same(loan.counted, present);
    same(found.solution.cost.discounted, present);
    let service = found.solution.loan_service(&found.model);
    assert_eq!(service[2].year, 2029);
    same(service[2].amount, 75.0);
}

/// A line delivers a year after the order, 30 % paid with the order: the 10 rounds of 2027 are signed in 2026, those
/// of 2028 in 2027. A round costs 10 EUR in prices of 2026; prices rise by a tenth a year. 4 rounds of 2026 were on
/// order at the start.
#[test]
fn what_is_signed_is_paid_as_its_terms_say() {
    let model = toy(
        "2028-12",
        "inflation = \"10 %/year\"",
        r#"
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = "10 EUR/round"
lead_time = "12 months"
booked = "4 round/year"
payment = { advance = "30 %", before = "12 months" }
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.first]
amount = { 2026 = "1_000 EUR/year", 2027 = "0 EUR/year" }
[fund.second]
amount = { 2026 = "0 EUR/year", 2027 = "1_000 EUR/year" }
"#,
    );
    let found = ask(&model, &plain());
    let total = found.total();
    // 2026: 40 for what was on order, its advance included, and 30 in advance. 2027: 70 and 30. 2028: 70.
    all_same(&years(&total.base.paid), &[70.0, 100.0, 70.0]);
    all_same(&years(&total.day.paid), &[70.0, 110.0, 84.7]);
    same(total.base.committed.before, 40.0);
    all_same(&years(&total.base.committed), &[100.0, 100.0, 0.0]);
    // 30 at once and 70 · 1.1; 30 · 1.1 and 70 · 1.21.
    all_same(&years(&total.day.committed), &[107.0, 117.7, 0.0]);
    let open = |y| total.day.undisbursed(common::y(y));
    all_same(&[open(0), open(1), open(2)], &[77.0, 84.7, 0.0]);
    same(total.day.committed.total(), total.day.paid.total());
    // The second fund pays what was signed in 2026 when it falls due in 2027.
    let [first, second] = &found.contracts[..] else {
        panic!("two funds pay");
    };
    all_same(&years(&first.day.paid), &[70.0, 0.0, 0.0]);
    all_same(&years(&first.day.committed), &[30.0, 0.0, 0.0]);
    all_same(&years(&second.day.committed), &[77.0, 117.7, 0.0]);
    let table = &found.tables()[0];
    assert_eq!(
        table.title,
        "Commitments and payments by year, M EUR of the day and M EUR of 2026"
    );
}

/// Six rounds a year come for 10 dollars, 8 EUR, each; four for 20 EUR. There is money enough.
#[test]
fn a_dearer_dollar_costs_what_is_priced_in_it() {
    let model = toy(
        "2027-12",
        "exchange = { USD = \"0.8 EUR/USD\" }",
        r#"
[line.abroad]
makes = "round"
capacity = "6 round/year"
cost = "10 USD/round"
[line.home]
makes = "round"
capacity = "4 round/year"
cost = "20 EUR/round"
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
value = "125 USD/round"
[fund.aid]
amount = "1_000 EUR/year"
"#,
    );
    let found = ask(&model, &plain());
    let [euro, dollar] = &found.exposures[..] else {
        panic!("two currencies are in use");
    };
    all_same(&years(&euro.priced), &[80.0, 80.0]);
    all_same(&years(&euro.net()), &[48.0, 48.0]);
    all_same(&years(&dollar.priced), &[48.0, 48.0]);
    all_same(&years(&dollar.net()), &[-48.0, -48.0]);
    assert!(euro.moved.is_none());
    let moved = dollar.moved.as_ref().unwrap();
    same(moved.same_plan, 9.6);
    same(moved.first_order.unwrap(), 9.6);
    same(moved.anew.unwrap().worse, 9.6);
    same(moved.anew.unwrap().cost, 9.6);
    same(moved.anew.unwrap().missing, 0.0);
}

/// A fund of 40 dollars, 32 EUR, a year buys 4 rounds of 8 EUR; 10 are required. At 0.88 EUR to the dollar it buys
/// 4.4. A round missing counts ten times its value of 100 EUR, so each is worth 1000 − 8 EUR.
#[test]
fn a_dearer_dollar_helps_where_funds_are_in_dollars() {
    let model = toy(
        "2027-12",
        "exchange = { USD = \"0.8 EUR/USD\" }",
        r#"
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = "8 EUR/round"
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.aid]
amount = "40 USD/year"
"#,
    );
    let found = ask(&model, &plain());
    let dollar = &found.exposures[1];
    all_same(&years(&dollar.net()), &[32.0, 32.0]);
    same(dollar.money, 64.0);
    let moved = dollar.moved.as_ref().unwrap();
    same(moved.same_plan, 0.0);
    same(moved.first_order.unwrap(), -0.8 * 992.0);
    same(moved.anew.unwrap().worse, -0.8 * 992.0);
    same(moved.anew.unwrap().cost, 6.4);
    same(moved.anew.unwrap().missing, -80.0);
}

/// A plant must make 10 rounds a year at 8 EUR; 100 dollars, 80 EUR, pay for just that. At half the rate they do not.
#[test]
fn a_rate_at_which_rules_clash_is_said_to_have_no_plan() {
    let model = toy(
        "2027-12",
        "exchange = { USD = \"0.8 EUR/USD\" }",
        r#"
[line.plant]
makes = "round"
capacity = "10 round/year"
minimum = "10 round/year"
cost = "8 EUR/round"
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.aid]
amount = "100 USD/year"
"#,
    );
    let found = ask(
        &model,
        &Request {
            rate: -0.5,
            ..plain()
        },
    );
    assert_eq!(found.exposures[1].moved.as_ref().unwrap().anew, None);
}

/// By the quarter, 10 rounds are required and can be made, 10 EUR each. The plant delivers a quarter after the
/// order; 5 rounds of the first quarter are on order.
#[test]
fn delay_costs_what_is_not_delivered() {
    let model = text(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "quarter"
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
[line.plant]
makes = "round"
capacity = "40 round/year"
cost = "10 EUR/round"
lead_time = "3 months"
booked = "20 round/year"
[requirement.rounds]
name = "Rounds"
holder = "ua"
item = "round"
quantity = "40 round/year"
"#,
    );
    let found = ask(&model, &Request::default());
    let until: Vec<String> = found.delays.iter().map(|d| d.until.to_string()).collect();
    assert_eq!(until, ["2026-04", "2026-07", "2027-01"]);
    for (delay, rounds) in found.delays.iter().zip([10.0, 20.0, 40.0]) {
        let change = delay.change.unwrap();
        same(change.missing, 100.0 * rounds);
        same(change.cost, -10.0 * rounds);
        same(change.worse, (1_000.0 - 10.0) * rounds);
        // Of 80 rounds 75 are met without delay.
        same(change.coverage, -rounds / 80.0);
        same(delay.victim.unwrap().1, rounds);
    }
}

/// Half is paid two years ahead, so what is delivered in the first two years is on the books: one quarter's delay
/// bars what one quarter delivers two years later, by any step; by the year a quarter of a year's.
#[test]
fn a_delay_bars_no_more_than_what_is_signed_in_it() {
    for step in ["month", "quarter", "year"] {
        let model = text(&format!(
            r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2028-12"
period = "{step}"
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
[line.plant]
makes = "round"
capacity = "40 round/year"
cost = "10 EUR/round"
payment = {{ advance = "50 %", before = "24 months" }}
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "40 round/year"
"#
        ));
        let request = Request {
            delays: vec![1, 3],
            ..Request::default()
        };
        let delays = ask(&model, &request).delays;
        for (delay, rounds) in delays.iter().zip([10.0, 30.0]) {
            same(delay.change.unwrap().missing, 100.0 * rounds);
        }
        assert_eq!(delays[0].until.to_string(), "2026-04");
    }
}

/// What happened in history was signed: a delay begins when decisions are free.
#[test]
fn a_delay_begins_when_decisions_are_free() {
    let model = text(
        r#"
model.note = "a toy"
calendar = { start = "2025-01", end = "2027-12", decide_from = "2026-01" }
item.round = { unit = "round", value = "100 EUR/round" }
holder.ua = {}
line.plant = { makes = "round", capacity = "40 round/year", cost = "10 EUR/round" }
requirement.rounds = { holder = "ua", item = "round", quantity = "40 round/year" }
"#,
    );
    let request = Request {
        delays: vec![1],
        ..Request::default()
    };
    let delay = &ask(&model, &request).delays[0];
    assert_eq!(delay.until.to_string(), "2026-04");
    same(delay.change.unwrap().missing, 1_000.0);
}

/// A minimum rate goes on without a new contract.
#[test]
fn a_delay_leaves_minimum_rates_alone() {
    let model = toy(
        "2027-12",
        "",
        r#"
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = "10 EUR/round"
minimum = "3 round/year"
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
"#,
    );
    let request = Request {
        delays: vec![4],
        ..Request::default()
    };
    let change = ask(&model, &request).delays[0].change.unwrap();
    same(change.missing, 700.0);
}

/// A plant makes 10 rounds a year at 10 EUR. Ukraine, in tier 1, and another holder, in tier 2, require 8 each.
fn two_sides() -> Model {
    toy(
        "2026-12",
        "",
        r#"
[holder.eu]
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = "10 EUR/round"
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "8 round/year"
tier = 1
[requirement.restocking]
holder = "eu"
item = "round"
quantity = "8 round/year"
tier = 2
[fund.aid]
amount = "1_000 EUR/year"
"#,
    )
}

#[test]
fn two_sides_crowd_each_other_out() {
    let request = Request {
        holders: Some("u*".into()),
        ..plain()
    };
    let found = ask(&two_sides(), &request);
    let rivalry = found.rivalry.as_ref().unwrap();
    let [ua, eu] = rivalry.sides;
    same(ua.together, 1.0);
    same(ua.alone, 1.0);
    same(ua.goods_together, 80.0);
    same(ua.goods_alone, 80.0);
    same(eu.together, 0.25);
    same(eu.alone, 1.0);
    same(eu.missing_together, 600.0);
    same(eu.missing_alone, 0.0);
    same(eu.goods_together, 20.0);
    same(eu.goods_alone, 80.0);
    let fund = rivalry.funds[0];
    same(fund.together, 100.0);
    all_same(&fund.alone, &[80.0, 80.0]);
    same(fund.contested(), 60.0);
    same(rivalry.requirements[1].units, 6.0);
    // What is met costs 10 EUR a round; a hundredth of 8 rounds 0.8 EUR.
    for cost in &found.unit_costs {
        same(cost.per_unit().unwrap(), 10.0);
        same(cost.per_point().unwrap(), 0.8);
    }
}

/// 8 rounds a year are required in one year; 4 are in store. The other 4 cost 10 EUR each, take a body of 5 EUR, and a
/// plant of 20 EUR that has to be built first, a year before. Prices rise by a tenth a year.
#[test]
fn a_unit_costs_what_went_into_it() {
    let model = toy(
        "2027-12",
        "inflation = \"10 %/year\"",
        r#"
stock.round = { opening = "4 round" }
[item.body]
unit = "body"
[item.round.needs]
body = "1 body/round"
[line.forge]
makes = "body"
capacity = "100 body/year"
cost = "5 EUR/body"
[line.plant]
makes = "round"
capacity = "0 round/year"
cost = "10 EUR/round"
expansion.hall = { adds = "10 round/year", cost = "50 EUR", lead_time = "12 months", at_most = 1 }
[requirement.rounds]
holder = "ua"
item = "round"
quantity = { 2026 = "0 round/year", 2027 = "8 round/year" }
"#,
    );
    let found = ask(&model, &plain());
    let cost = &found.unit_costs[0];
    same(cost.met.met, 8.0);
    same(cost.new, 0.5);
    // The hall is paid in 2026, and so are the bodies, as of equal plans the earlier is taken; the rounds in 2027.
    same(cost.base, 20.0 + 4.0 * 15.0);
    same(cost.day, 20.0 + 4.0 * 5.0 + 1.1 * 4.0 * 10.0);
    same(cost.per_unit().unwrap(), 10.0);
    same(cost.per_new_unit().unwrap(), 20.0);
    same(cost.per_point().unwrap(), 0.8);
    // One more takes a tenth of another hall.
    same(cost.marginal, 20.0);
    let table = found
        .tables()
        .into_iter()
        .find(|t| t.key == "coverage_money");
    let table = table.unwrap();
    let rest = &table.rows[table.rows.len() - 2];
    same(rest[5].number().unwrap(), 0.0);
}

/// 8 rounds in store are required in both years, 4 are there; the others cost 10 EUR each. One more, bought in the
/// first year, is there in both.
#[test]
fn a_level_costs_what_is_in_store_at_the_end() {
    let model = toy(
        "2027-12",
        "",
        r#"
stock.round = { opening = "4 round" }
[line.plant]
makes = "round"
capacity = "10 round/year"
cost = "10 EUR/round"
[requirement.rounds]
holder = "ua"
item = "round"
level = "8 round"
"#,
    );
    let found = ask(&model, &plain());
    let cost = &found.unit_costs[0];
    same(cost.met.met, 8.0);
    same(cost.new, 0.5);
    same(cost.base, 40.0);
    same(cost.per_unit().unwrap(), 5.0);
    same(cost.marginal, 10.0);
}

#[test]
fn what_cannot_be_asked_is_said() {
    let trouble = |request: Request| {
        let found = funding(
            &two_sides(),
            &request,
            &Options::default(),
            &Work::default(),
        );
        let trouble = found.unwrap_err();
        assert!(matches!(trouble, Trouble::Request { .. }));
        trouble.to_string()
    };
    let of = |holders: &str| Request {
        holders: Some(holders.into()),
        ..plain()
    };
    assert_eq!(
        trouble(of("russia")),
        "`russia` names no holder that requires anything\n  = help: name one of `ua`, `eu`; `*` stands for any letters"
    );
    assert_eq!(
        trouble(of("*")),
        "`*` names every holder that requires anything: none is left\n  = help: name one of `ua`, `eu`; `*` stands for any letters"
    );
    let delays = vec![4];
    assert_eq!(
        trouble(Request { delays, ..plain() }),
        "a delay of 4 quarters does not end within the calendar\n  = help: ask for a whole number of quarters, at least 1, that ends before 2027-01"
    );
    let rate = -1.0;
    assert_eq!(
        trouble(Request { rate, ..plain() }),
        "a currency cannot move by -1\n  = help: give a share above -1, such as 0.1 for a tenth more"
    );
}

/// Germany pays 450 EUR a year by itself and two thirds of what the joint fund pays, 300: 650 in each of two years. Norway bears the
/// other 100. Germany produces 6,000 EUR a year for 6 people, Norway 3,000 for 1: half as much, and 1,000 and 3,000 per head around a
/// mean of 9,000 / 7. Frozen assets, of no country, pay 60.
#[test]
fn countries_bear_what_the_funds_pay_that_they_give() {
    let model = toy(
        "2027-12",
        "",
        r#"
[line.plant]
makes = "round"
capacity = "90 round/year"
cost = "10 EUR/round"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "90 round/year"
[country.DE]
name = "Germany"
gdp = "6_000 EUR/year"
population = 6
[country.NO]
gdp = "3_000 EUR/year"
population = 1
[fund.german]
amount = "450 EUR/year"
given_by = ["DE"]
[fund.joint]
amount = "300 EUR/year"
given_by = ["DE", "NO"]
[fund.assets]
amount = "60 EUR/year"
"#,
    );
    let found = ask(&model, &plain());
    let borne: Vec<f64> = found.burdens.iter().map(Borne::total).collect();
    all_same(&borne, &[1_300.0, 200.0, 120.0]);
    let [german, norwegian, none] = &found.burdens[..] else {
        panic!("two countries and no country");
    };
    assert_eq!(none.country, None);
    same(german.of_gdp().unwrap(), 1_300.0 / 12_000.0);
    same(german.even_by_gdp.unwrap(), 2.0 / 3.0);
    same(norwegian.even_by_gdp.unwrap(), 1.0 / 3.0);
    // Germany's 1,000 per head lie 2/9 below the mean of 9,000/7: of its 6,000 it is relieved of 0.8 · 2/9.
    let relieved = 6_000.0 * 0.8 * (1.0 - 7.0 / 9.0);
    same(
        german.even_by_capacity.unwrap(),
        (6_000.0 - relieved) / 9_000.0,
    );
    same(
        norwegian.even_by_capacity.unwrap(),
        (3_000.0 + relieved) / 9_000.0,
    );
    let tables = found.tables();
    let table = tables.iter().find(|table| table.key == "burdens").unwrap();
    assert_eq!(table.rows[0][0].in_full(), "Germany");
    assert!(tables.iter().any(|table| table.key == "burdens_by_year"));
    let charts = sinews::report::Illustrated::charts(&found, &model);
    assert!(charts.iter().any(|(key, _)| *key == "burdens"));
}
