//! Who pays: toys solved by hand, on every solver that is built in.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, price, same, short, text, toy, y};
use sinews::ids::{Id, PurseId};
use sinews::model::Model;
use sinews::program::Row;
use sinews::solution::{Solution, Why};
use sinews::solve::{Options, Solver, solve};

/// 20 of 30 rounds a year, for 1,200 EUR.
const PLANT: &str = r#"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
[line.plant]
makes = "round"
capacity = "20 round/year"
cost = "60 EUR/round"
"#;

const AID_AND_LOAN: &str = r#"
[fund.aid]
amount = "3000 EUR/year"
[fund.loan]
amount = "1000 EUR/year"
loan = { rate = "5 %/year", grace = "12 months", maturity = "36 months" }
"#;

fn with(rule: &str, more: &str) -> Model {
    toy(&format!(
        "{PLANT}{more}[objective]\nfinancing = \"{rule}\"\n"
    ))
}

/// The plan of every solver that is built in.
fn plans(model: &Model) -> Vec<Solution> {
    let mut solvers = vec![Solver::Clarabel, Solver::Microlp];
    if cfg!(feature = "highs") {
        solvers.push(Solver::Highs);
    }
    let plan = |solver| {
        let options = Options {
            solver,
            ..Options::default()
        };
        let plan = solve(model, &options).unwrap();
        assert!(plan.certificate.holds() && plan.tie_broken, "{solver:?}");
        plan
    };
    solvers.into_iter().map(plan).collect()
}

/// What each fund spends, year by year.
fn spent(model: &Model, plan: &Solution) -> Vec<f64> {
    let funds = model.funds.ids();
    let cells = funds.flat_map(|f| model.calendar.years().map(move |y| (f, y)));
    cells.map(|(f, y)| plan.fund(f, y).unwrap().spent).collect()
}

#[track_caller]
fn pays(model: &Model, wanted: &[f64]) {
    for plan in plans(model) {
        all_same(&spent(model, &plan), wanted);
    }
}

/// Of 4,000 EUR a year 1,200 are spent: 30 % of each fund. What is made and what it is worth is as it was.
#[test]
fn pro_rata_takes_the_same_share_of_each() {
    let model = with("pro-rata", AID_AND_LOAN);
    pays(&model, &[900.0, 900.0, 300.0, 300.0]);
    for plan in plans(&model) {
        all_same(&short(&plan), &[10.0, 10.0]);
        same(plan.stages[0].value, 2000.0);
        same(plan.cost.discounted, 2400.0);
    }
}

/// 1,200 EUR a year are less than the aid.
#[test]
fn grants_come_first() {
    let model = with("grants-first", AID_AND_LOAN);
    pays(&model, &[1200.0, 1200.0, 0.0, 0.0]);
    // A third of the aid, as far as it goes: then the loan.
    let scarce = AID_AND_LOAN.replace("3000", "1000");
    pays(
        &with("grants-first", &scarce),
        &[1000.0, 1000.0, 200.0, 200.0],
    );
}

/// At a discount rate above its interest the loan is drawn first; under the other rules a euro of it counts 1.
#[test]
fn the_cheapest_hangs_on_the_discount_rate() {
    let dear = format!("{AID_AND_LOAN}[macro]\ndiscount = \"10 %/year\"\n");
    pays(&with("cheapest", AID_AND_LOAN), &[1200.0, 1200.0, 0.0, 0.0]);
    pays(&with("cheapest", &dear), &[200.0, 200.0, 1000.0, 1000.0]);
    pays(&with("pro-rata", &dear), &[900.0, 900.0, 300.0, 300.0]);
    for plan in plans(&with("pro-rata", &dear)) {
        same(plan.cost.discounted, 1200.0 + 1200.0 / 1.1);
    }
}

/// The aid comes in 2026 alone and is carried over: 30 % of it in 2026, of the 2,100 left and the 1,000 of the loan
/// 1,200 / 3,100 in 2027.
#[test]
fn what_is_left_of_a_fund_counts_the_year_after() {
    let funds = AID_AND_LOAN.replace(
        "amount = \"3000 EUR/year\"",
        "amount = { 2026 = \"3000 EUR/year\", 2027 = \"0 EUR/year\" }\ncarry_over = \"100 %\"",
    );
    let share = 1200.0 / 3100.0;
    pays(
        &with("pro-rata", &funds),
        &[900.0, share * 2100.0, 300.0, share * 1000.0],
    );
}

const LINES: &str = r#"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "80 round/year"
[line.first]
makes = "round"
capacity = "50 round/year"
cost = "10 EUR/round"
[line.second]
makes = "round"
capacity = "10 round/year"
cost = "10 EUR/round"
[fund.all]
amount = "600 EUR/year"
[fund.narrow]
amount = "300 EUR/year"
buys = { lines = ["second"] }
[fund.wide]
amount = "300 EUR/year"
[fund.loan]
amount = "600 EUR/year"
loan = { rate = "5 %/year", maturity = "36 months" }
buys = { lines = ["second"] }
"#;

/// The second line's 100 EUR are paid by the two funds that may pay for nothing else, in proportion, for these spend
/// less of their money than the others do on the first line's 500 EUR.
#[test]
fn as_far_as_a_fund_may() {
    let model = |rule| toy(&format!("{LINES}[objective]\nfinancing = \"{rule}\"\n"));
    let (third, two) = (100.0 / 3.0, 200.0 / 3.0);
    let (all, wide) = (1000.0 / 3.0, 500.0 / 3.0);
    pays(
        &model("pro-rata"),
        &[all, all, third, third, wide, wide, two, two],
    );
    // No loan; then the narrow fund may pay 100 of its 300, and the others share 500.
    pays(
        &model("grants-first"),
        &[all, all, 100.0, 100.0, wide, wide, 0.0, 0.0],
    );
}

/// 600 EUR are paid in 2026, 1,200 in 2027. The one fund keeps its 600 EUR, the other has 600 each year and loses what it
/// does not spend: half of each in 2026 would leave 300 EUR missing in 2027.
#[test]
fn no_rule_costs_deliveries() {
    let model = |rule: &str| {
        toy(&format!(
            r#"
[requirement.shells]
holder = "ua"
item = "round"
quantity = {{ 2026 = "10 round/year", 2027 = "20 round/year" }}
[line.plant]
makes = "round"
capacity = {{ 2026 = "10 round/year", 2027 = "20 round/year" }}
cost = "60 EUR/round"
[fund.kept]
amount = {{ 2026 = "600 EUR/year", 2027 = "0 EUR/year" }}
carry_over = "100 %"
[fund.lost]
amount = "600 EUR/year"
[objective]
financing = "{rule}"
"#
        ))
    };
    for rule in ["cheapest", "pro-rata", "grants-first"] {
        pays(&model(rule), &[0.0, 600.0, 600.0, 600.0]);
        for plan in plans(&model(rule)) {
            all_same(&short(&plan), &[0.0, 0.0]);
        }
    }
}

/// 600 EUR buy 10 of 20 rounds: one more EUR in either fund buys a sixtieth of a round, worth 100 EUR.
#[test]
fn money_that_is_short_has_the_same_price_whoever_gives_it() {
    let funds = AID_AND_LOAN.replace("3000", "450").replace("1000", "150");
    for rule in ["pro-rata", "grants-first"] {
        let model = with(rule, &funds);
        pays(&model, &[450.0, 450.0, 150.0, 150.0]);
        for plan in plans(&model) {
            same(plan.stages[0].value, 4000.0);
            for purse in 0..2 {
                same(
                    price(&plan, Row::Purse(PurseId::at(purse), y(1))),
                    100.0 / 60.0,
                );
            }
        }
    }
}

const GIVERS: &str = r#"
[country.DE]
blocs = ["EU"]
gdp = "4000 EUR/year"
[country.NL]
blocs = ["EU"]
gdp = "1000 EUR/year"
[country.NO]
gdp = { value = "500 EUR/year" }
"#;

/// Germany gives four fifths of 1,200 EUR, unless one of them has no more.
#[test]
fn burdens_go_by_gdp() {
    let model = |dutch: &str, more: &str| {
        let funds = format!(
            "{GIVERS}[fund.german]\namount = \"5000 EUR/year\"\ngiven_by = [\"DE\"]\n[fund.dutch]\namount = \"{dutch} EUR/year\"\ngiven_by = [\"NL\"]\n{more}"
        );
        with("by-gdp", &funds)
    };
    pays(&model("5000", ""), &[960.0, 960.0, 240.0, 240.0]);
    pays(&model("100", ""), &[1100.0, 1100.0, 100.0, 100.0]);
    // What nobody bears is spent first.
    let assets = "[fund.assets]\namount = \"200 EUR/year\"\n";
    pays(
        &model("5000", assets),
        &[800.0, 800.0, 200.0, 200.0, 200.0, 200.0],
    );
    // Norway's part is a ninth of what the Union's is.
    let more = "[fund.norwegian]\namount = \"5000 EUR/year\"\ngiven_by = [\"NO\"]\n";
    let part = 1200.0 / 5500.0;
    let shares = [part * 4000.0, part * 1000.0, part * 500.0];
    let wanted: Vec<f64> = shares.iter().flat_map(|&share| [share, share]).collect();
    pays(&model("5000", more), &wanted);
    // With a second fund of the same size, each bears half of Germany's burden; a fund of the Union counts for both.
    let more = "[fund.second]\namount = \"5000 EUR/year\"\ngiven_by = [\"DE\"]\n";
    pays(
        &model("5000", more),
        &[480.0, 480.0, 240.0, 240.0, 480.0, 480.0],
    );
    let more = "[fund.union]\namount = \"5000 EUR/year\"\ngiven_by = [\"EU\"]\n";
    pays(
        &model("5000", more),
        &[480.0, 480.0, 120.0, 120.0, 600.0, 600.0],
    );
}

/// History is paid by the rule as well, and what it leaves counts from then on: of 3,000 and 1,000 EUR 30 % in 2026,
/// what is left and the new money in 2027.
#[test]
fn history_is_paid_by_the_rule() {
    let model = |period: &str| {
        text(&format!(
            r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
decide_from = "2027-01"
end = "2027-12"
period = "{period}"
[item.round]
unit = "round"
value = "100 EUR/round"
[holder.ua]
{PLANT}
[fund.aid]
amount = {{ 2026 = "3000 EUR/year", 2027 = "900 EUR/year" }}
carry_over = "100 %"
[fund.loan]
amount = "1000 EUR/year"
carry_over = "50 %"
loan = {{ rate = "5 %/year", maturity = "36 months" }}
[objective]
financing = "pro-rata"
"#
        ))
    };
    let part = 1200.0 / (3000.0 + 1350.0);
    let wanted = [900.0, part * 3000.0, 300.0, part * 1350.0];
    for period in ["year", "quarter", "month"] {
        let model = model(period);
        pays(&model, &wanted);
        // On the embedded solver to the last digits.
        let plan = common::solved(&model);
        for (found, wanted) in spent(&model, &plan).iter().zip(wanted) {
            assert!(
                (found - wanted).abs() < 1e-9 * wanted,
                "{period}: {found}, {wanted}"
            );
        }
    }
}

/// Half of the aid has to come from a bloc that the first line is outside of: 500 EUR of its goods may be no more than
/// what it buys from the second line, so the loan pays the rest.
#[test]
fn a_content_rule_comes_before_the_rule() {
    let model = toy(r#"
[country.AA]
[country.BB]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "60 round/year"
[line.first]
makes = "round"
country = "BB"
capacity = "50 round/year"
cost = "10 EUR/round"
[line.second]
makes = "round"
country = "AA"
capacity = "10 round/year"
cost = "10 EUR/round"
[fund.aid]
amount = "900 EUR/year"
content = { region = "AA", share = "50 %", of = "all" }
[fund.loan]
amount = "900 EUR/year"
loan = { rate = "5 %/year", maturity = "36 months" }
[objective]
financing = "pro-rata"
"#);
    pays(&model, &[200.0, 200.0, 400.0, 400.0]);
}

/// What is made hangs on no rule but the cheapest.
#[test]
fn what_is_made_is_the_same_under_every_rule() {
    let shells = std::fs::read_to_string("models/shells.toml").unwrap();
    let plan = |rule: &str| {
        let model = text(&format!("{shells}\n[objective]\nfinancing = \"{rule}\"\n"));
        let plan = common::solved(&model);
        (
            plan.stages.iter().map(|s| s.value).collect::<Vec<_>>(),
            plan.plan.make.clone(),
        )
    };
    let (values, made) = plan("pro-rata");
    let (other, again) = plan("grants-first");
    all_same(&values, &other);
    for ((.., a), (.., b)) in made.iter().zip(again.iter()) {
        same(a.unwrap_or(0.0), b.unwrap_or(0.0));
    }
}

/// Why the first or another fund does not spend its money, by year.
#[track_caller]
fn unspent(model: &Model, fund: usize, wanted: &[(i32, f64, Why)]) {
    for plan in plans(model) {
        let own = plan
            .unspent(model)
            .into_iter()
            .filter(|left| left.fund.position() == fund);
        let own: Vec<_> = own.collect();
        assert_eq!(own.len(), wanted.len(), "{own:?}");
        for (left, &(year, amount, why)) in own.iter().zip(wanted) {
            assert_eq!(
                (model.calendar.year_number(left.year), left.why),
                (year, why)
            );
            same(left.amount, amount);
        }
    }
}

/// 30 rounds a year for 1,800 of 3,000 EUR: all is met, and the rest not needed.
#[test]
fn what_is_not_needed_is_left() {
    let funds = "[fund.aid]\namount = \"3000 EUR/year\"\n";
    let model = toy(&format!(
        "{}{funds}",
        PLANT.replace("capacity = \"20", "capacity = \"30")
    ));
    unspent(
        &model,
        0,
        &[
            (2026, 1200.0, Why::NotNeeded),
            (2027, 1200.0, Why::NotNeeded),
        ],
    );
    // What is carried over is left once, at the end.
    let model = toy(&format!(
        "{}{funds}carry_over = \"100 %\"\n",
        PLANT.replace("capacity = \"20", "capacity = \"30")
    ));
    unspent(&model, 0, &[(2027, 2400.0, Why::NotNeeded)]);
}

/// A third is short for want of a plant: more money would buy nothing.
#[test]
fn another_limit_leaves_money() {
    let model = toy(&format!("{PLANT}[fund.aid]\namount = \"3000 EUR/year\"\n"));
    unspent(
        &model,
        0,
        &[(2026, 1800.0, Why::Limited), (2027, 1800.0, Why::Limited)],
    );
}

/// Of 600 EUR in 2026 the plant takes 300; in 2027 it could take 1,200 and there are 600.
#[test]
fn what_lapses_would_be_worth_something_later() {
    let plant = PLANT
        .replace(
            "\"30 round/year\"",
            "{ 2026 = \"5 round/year\", 2027 = \"20 round/year\" }",
        )
        .replace(
            "\"20 round/year\"\ncost",
            "{ 2026 = \"5 round/year\", 2027 = \"20 round/year\" }\ncost",
        );
    let model = toy(&format!("{plant}[fund.aid]\namount = \"600 EUR/year\"\n"));
    unspent(&model, 0, &[(2026, 300.0, Why::Lapsed)]);
    // Half of the 300 EUR is there in 2027.
    let model = toy(&format!(
        "{plant}[fund.aid]\namount = \"600 EUR/year\"\ncarry_over = \"50 %\"\n"
    ));
    unspent(&model, 0, &[(2026, 150.0, Why::Lapsed)]);
}

/// Mines are all met for 100 of 1,000 EUR that may buy nothing else; rounds lack 900 EUR a year.
#[test]
fn an_earmarked_fund_cannot_help_elsewhere() {
    let more = r#"
[fund.aid]
amount = "300 EUR/year"
buys = { items = ["round"] }
[item.mine]
unit = "mine"
[line.mines]
makes = "mine"
capacity = "10 mine/year"
cost = "10 EUR/mine"
[requirement.mines]
holder = "ua"
item = "mine"
quantity = "10 mine/year"
value = "10 EUR/mine"
[fund.mines]
amount = "1000 EUR/year"
buys = { items = ["mine"] }
"#;
    let model = toy(&format!("{PLANT}{more}"));
    unspent(&model, 0, &[]);
    unspent(
        &model,
        1,
        &[(2026, 900.0, Why::Earmarked), (2027, 900.0, Why::Earmarked)],
    );
    // Where the rounds lack no money, it is not needed: mines are met.
    let model = toy(&format!(
        "{PLANT}{}",
        more.replace("\"300 EUR", "\"1800 EUR")
    ));
    unspent(
        &model,
        1,
        &[(2026, 900.0, Why::NotNeeded), (2027, 900.0, Why::NotNeeded)],
    );
}

/// All that the fund buys has to come from AA, where nothing is made for it but 10 rounds: its rule keeps it from the
/// other 50.
#[test]
fn a_content_rule_keeps_money_from_being_spent() {
    let model = toy(r#"
[country.AA]
[country.BB]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "60 round/year"
[line.first]
makes = "round"
country = "BB"
capacity = "50 round/year"
cost = "10 EUR/round"
[line.second]
makes = "round"
country = "AA"
capacity = "10 round/year"
cost = "10 EUR/round"
[fund.aid]
amount = "900 EUR/year"
content = { region = "AA", share = "50 %", of = "all" }
"#);
    // 10 rounds from each: half of the value.
    unspent(
        &model,
        0,
        &[(2026, 700.0, Why::Earmarked), (2027, 700.0, Why::Earmarked)],
    );
}

/// A plant that would open after the end cannot be ordered, and nothing else may be paid.
#[test]
fn what_nobody_may_spend_is_left() {
    let more = r#"
[line.plant.expansion.hall]
adds = "10 round/year"
cost = "100 EUR"
lead_time = "5 years"
[fund.aid]
amount = "3000 EUR/year"
[fund.plants]
amount = "50 EUR/year"
buys = { pays_for = ["expansion"] }
"#;
    let model = toy(&format!("{PLANT}{more}"));
    unspent(
        &model,
        1,
        &[(2026, 50.0, Why::Nobody), (2027, 50.0, Why::Nobody)],
    );
}

/// What donors pay into pools goes back to them if each is on its own: the sums agree in each year, to rounding.
#[test]
fn what_was_pooled_goes_back() {
    let document = sinews::document::Document::open("models/europe.toml").unwrap();
    let base = document.model().unwrap();
    let alone = document.scenario("national_only").unwrap().model().unwrap();
    let money = |m: &Model, year: i32, of: &dyn Fn(&str) -> bool| -> f64 {
        let c = &m.calendar;
        let own = m.funds.values().filter(|fund| of(&fund.key));
        let sums = own.map(|fund| {
            let periods = c.periods_of(c.year(year).unwrap());
            let all = periods.map(|t| (fund.amount.mean(c, t) * c.length()).value());
            all.sum::<f64>() * m.money.exchange(fund.currency, year)
        });
        sums.sum()
    };
    let pools = |key: &str| ["us-arms", "czech-initiative", "danish-model"].contains(&key);
    // What has happened stays as it was.
    assert_eq!(money(&alone, 2026, &pools), money(&base, 2026, &pools));
    for year in 2027..=2031 {
        let pooled = money(&base, year, &pools);
        assert_eq!(money(&alone, year, &pools), 0.0);
        let back = money(&alone, year, &|key| key.starts_with("pooled-"));
        assert!(
            (back / pooled - 1.0).abs() < 0.02,
            "{year}: {back}, {pooled}"
        );
        let aid = |key: &str| key.starts_with("aid-");
        assert_eq!(money(&base, year, &aid), money(&alone, year, &aid));
    }
}
