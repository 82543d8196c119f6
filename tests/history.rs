//! What lies before decisions are free is history: worked out by hand.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc)]

use approx::assert_relative_eq;
use sinews::ids::{Id, PeriodId, RequirementId, YearId};
use sinews::model::{Model, ObjectiveKind};
use sinews::program::Row;
use sinews::solution::Solution;
use sinews::solve::{Options, solve};

const PLANT: &str = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2028-12", period = "year", decide_from = "2027-01" }
item.round = { unit = "round" }
holder.ukraine = {}
[line.plant]
makes = "round"
capacity = "100 round/year"
cost = "1_000 EUR/round"
[line.plant.expansion.hall]
adds = "100 round/year"
cost = "10_000 EUR"
lead_time = "12 months"
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = "150 round/year"
"#;

fn read(text: &str) -> Model {
    sinews::document::parse("toy.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn plan(text: &str) -> (Model, Solution) {
    let model = read(text);
    let solution = solve(&model, &Options::default()).unwrap();
    (model, solution)
}

fn short(s: &Solution, year: usize) -> f64 {
    s.requirements[Id::at(0)].years[YearId::at(year)].short
}

/// A hall that could have been ordered in 2026 was not: it is ordered in 2027 and opens in 2028. What was short in
/// 2026 is reported, and counts in no total.
#[test]
fn nothing_is_ordered_in_the_past() {
    let (m, s) = plan(PLANT);
    assert_relative_eq!(short(&s, 0), 50.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 1), 50.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 2), 0.0, epsilon = 1e-6);
    let coverage = &s.requirements[Id::at(0)];
    assert_relative_eq!(coverage.required, 300.0, epsilon = 1e-6);
    assert_relative_eq!(coverage.short, 50.0, epsilon = 1e-6);
    let built = |t| s.plan.build[(Id::at(0), PeriodId::at(t))];
    assert_eq!(built(0), None);
    assert_relative_eq!(built(1).unwrap(), 0.5, epsilon = 1e-6);
    // 100 and 150 rounds, and half a hall, of which nothing before 2027.
    assert_relative_eq!(s.cost.total, 255_000.0, max_relative = 1e-7);
    assert_eq!(s.price(Row::Capacity(Id::at(0), PeriodId::at(0))), None);
    assert!(s.price(Row::Capacity(Id::at(0), PeriodId::at(1))).unwrap() > 0.0);
    assert!(m.calendar.has_past());
}

/// What is under way opens whatever the plan would choose, and is paid as it is built.
#[test]
fn what_is_under_way_opens() {
    let text = PLANT.replace(
        "lead_time = \"12 months\"",
        "lead_time = \"18 months\"\nordered = \"2026-07\"",
    );
    let (_, s) = plan(&text);
    assert_relative_eq!(short(&s, 0), 50.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 1), 50.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 2), 0.0, epsilon = 1e-6);
    // Two thirds of the hall are paid in 2027.
    let paid = 250_000.0 + 10_000.0 * 2.0 / 3.0;
    assert_relative_eq!(s.cost.total, paid, max_relative = 1e-7);
}

/// Friction acts on history alone; with `onward` on what is planned as well.
#[test]
fn friction_lessens_output_and_delays_what_is_under_way() {
    let friction = "friction = { output = \"80 %\", delay = \"12 months\" }\n";
    let under_way = "lead_time = \"12 months\"\nordered = \"2026-01\"";
    let text = format!("{friction}{PLANT}").replace("lead_time = \"12 months\"", under_way);
    let (_, s) = plan(&text);
    assert_relative_eq!(short(&s, 0), 70.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 1), 50.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 2), 0.0, epsilon = 1e-6);
    let (_, s) = plan(&text.replace("output =", "onward = \"yes\", output ="));
    assert_relative_eq!(short(&s, 1), 70.0, epsilon = 1e-6);
    assert_relative_eq!(short(&s, 2), 0.0, epsilon = 1e-6);
}

/// Of 100 EUR a year from 2026 on a tenth never comes, and a fifth of the rest a year late: 72 in 2026, 90 in 2027. Where
/// friction is history's alone, 2027 has its own 100 and what is late of 2026; a fund that was there before has in 2026
/// what was late of that.
#[test]
fn money_comes_late_and_in_part() {
    let friction = "friction = { money = \"90 %\", late = \"20 %\", onward = \"yes\" }\n";
    let text = format!("{friction}{PLANT}[fund.aid]\namount = {{ 2026 = \"100 EUR/year\" }}\n");
    let has = |text: &str| {
        let (_, s) = plan(text);
        let year = |y| {
            s.funds
                .iter()
                .find(|fund| fund.year == YearId::at(y))
                .unwrap()
        };
        [0, 1, 2].map(|y| year(y).available)
    };
    let money = |text: &str, wanted: [f64; 3]| {
        for (found, wanted) in has(text).into_iter().zip(wanted) {
            assert_relative_eq!(found, wanted, max_relative = 1e-6);
        }
    };
    money(&text, [72.0, 90.0, 90.0]);
    money(
        &text.replace(", onward = \"yes\"", ""),
        [72.0, 118.0, 100.0],
    );
    let before = text.replace("{ 2026 = \"100", "{ 2025 = \"50 EUR/year\", 2026 = \"100");
    money(&before, [81.0, 90.0, 90.0]);
}

/// A line makes what was ordered, in history and until what is ordered from 2027 on can be delivered: 60, then 40 of the
/// 100 that it could. One more on order in 2027 is one less missing; in 2028 it is capacity that is short.
#[test]
fn a_line_makes_what_is_on_order() {
    let booked = "lead_time = \"12 months\"\nbooked = { 2026 = \"60 round/year\", 2027 = \"40 round/year\" }\ncost =";
    let text = PLANT.replacen("cost =", booked, 1);
    let text = text.replace(
        "cost = \"10_000 EUR\"",
        "cost = \"10_000 EUR\"\nfrom = \"2028-01\"",
    );
    let (_, s) = plan(&text);
    for (year, missing) in [90.0, 110.0, 50.0].into_iter().enumerate() {
        assert_relative_eq!(short(&s, year), missing, epsilon = 1e-6);
    }
    let price = |row| s.price(row).unwrap();
    let worth = price(Row::Requirement(Id::at(0), PeriodId::at(1)));
    let booked = |t| Row::Booked(Id::at(0), PeriodId::at(t));
    assert_relative_eq!(price(booked(1)), worth, max_relative = 1e-6);
    assert_eq!((s.price(booked(0)), s.price(booked(2))), (None, None));
}

/// History does not look ahead: it uses up what is in store although it is needed more urgently later, and no store
/// falls below what its floor asks for later.
#[test]
fn history_does_not_save_for_later() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2027-12", period = "year", decide_from = "2027-01" }
item.round = { unit = "round" }
[holder.ukraine.stock.round]
opening = "100 round"
floor = { 2026 = "0 round", 2027 = "30 round" }
[requirement.practice]
holder = "ukraine"
item = "round"
quantity = { 2026 = "90 round/year", 2027 = "0 round/year" }
tier = 2
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = { 2026 = "0 round/year", 2027 = "60 round/year" }
"#;
    let (m, s) = plan(text);
    let of = |key: &str| m.requirements.iter().find(|(_, r)| r.key == key).unwrap().0;
    let year = |key, y| s.requirements[of(key)].years[YearId::at(y)].short;
    assert_relative_eq!(year("practice", 0), 20.0, epsilon = 1e-6);
    assert_relative_eq!(year("shells", 1), 60.0, epsilon = 1e-6);
}

/// Makers end history with the inputs that they began with, and what is paid later is paid with later money.
#[test]
fn history_leaves_stores_and_debts_as_they_are() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2027-12", period = "year", decide_from = "2027-01" }
[item.tnt]
unit = "t"
stock = { opening = "50 t" }
[item.round]
unit = "round"
needs.tnt = "1 t/round"
[holder.ukraine]
[line.mixer]
makes = "tnt"
capacity = "100 t/year"
cost = "1 EUR/t"
[line.plant]
makes = "round"
capacity = "80 round/year"
cost = "10 EUR/round"
payment = { after = "12 months" }
[fund.aid]
amount = { 2026 = "1_000 EUR/year", 2027 = "300 EUR/year" }
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = "80 round/year"
"#;
    let (m, s) = plan(text);
    let tnt = m.items.iter().find(|(_, i)| i.key == "tnt").unwrap().0;
    let markets = s.program().network().markets.iter();
    let mut markets = markets.filter(|(_, k)| k.item == tnt);
    let pool = s.plan.pool[(markets.next().unwrap().0, PeriodId::at(0))].unwrap();
    assert_relative_eq!(pool, 50.0, epsilon = 1e-6);
    // Rounds of 2026 are paid in 2027, of 300 EUR: thirty, less what their explosive costs in 2026, which 2026 pays.
    assert_relative_eq!(short(&s, 0), 50.0, epsilon = 1e-4);
}

/// Whatever is asked for, history is the same, even where a weighted plan would find a round too dear for its value.
#[test]
fn every_objective_has_one_history() {
    let cheap = format!("{PLANT}value = \"1 EUR/round\"\n");
    for (text, after) in [(PLANT, 50.0), (&cheap, 150.0)] {
        for kind in [
            ObjectiveKind::Lexicographic,
            ObjectiveKind::Weighted,
            ObjectiveKind::MaxMin,
        ] {
            let options = Options {
                objective: Some(kind),
                ..Options::default()
            };
            let s = solve(&read(text), &options).unwrap();
            assert_relative_eq!(short(&s, 0), 50.0, epsilon = 1e-6);
            let weighted = kind == ObjectiveKind::Weighted;
            let wanted = if weighted { after } else { 50.0 };
            assert_relative_eq!(short(&s, 1), wanted, epsilon = 1e-6);
        }
    }
}

/// Stores are filled for the level that is required of them later: 30, and no more but for the 10 that a line makes
/// whether they are wanted or not.
#[test]
fn stores_are_filled_for_later_levels_and_no_further() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2027-12", period = "year", decide_from = "2027-01" }
item.round = { unit = "round" }
line.plant = { makes = "round", capacity = "100 round/year", cost = "1 EUR/round" }
holder.poland = {}
requirement.store = { holder = "poland", item = "round", level = { 2026 = "0 round", 2027 = "30 round" } }
"#;
    let stored = |text: &str| {
        let (_, s) = plan(text);
        s.plan.stock[(Id::at(0), PeriodId::at(0))].unwrap()
    };
    assert_relative_eq!(stored(text), 30.0, epsilon = 1e-6);
    let must = text.replace("cost =", "minimum = \"10 round/year\", cost =");
    let kept = stored(&must);
    assert!((30.0 - 1e-6..=40.0 + 1e-6).contains(&kept), "{kept}");
}

/// Rules that clash before decisions are free are found there; rules that clash because of history, in the plan.
#[test]
fn clashes_with_history_are_found() {
    let mut text = PLANT.replace(
        "cost = \"1_000",
        "minimum = \"90 round/year\"\ncost = \"1_000",
    );
    text.push_str("[fund.aid]\namount = { 2026 = \"50_000 EUR/year\", 2027 = \"1 M EUR/year\" }\n");
    let document = sinews::document::Document::parse("toy.toml", &text).unwrap();
    let found = sinews::analysis::infeasible::infeasible(&document, &Options::default()).unwrap();
    let rules: Vec<String> = found.clashes[0]
        .rules
        .iter()
        .map(|r| r.rule.to_string())
        .collect();
    assert_eq!(rules, ["fund.aid.amount", "line.plant.minimum"]);
    assert!(solve(&document.model().unwrap(), &Options::default()).is_err());
}

/// What would expire goes first, whatever holders are called: what keeps is there when decisions are free.
#[test]
fn history_uses_what_expires_first() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2027-12", period = "year", decide_from = "2027-01" }
item.round = { unit = "round", value = "1_000 EUR/round" }
holder.ukraine = {}
holder.KEEPS.stock.round = { opening = "100 round" }
holder.AGES.stock.round = { ages = [{ quantity = "100 round", expires = "2027-01" }] }
gift.aid = { from = ["KEEPS", "AGES"], to = "ukraine", items = ["round"] }
requirement.shells = { holder = "ukraine", item = "round", quantity = "80 round/year" }
"#;
    for (keeps, ages) in [("a", "b"), ("b", "a")] {
        let (_, s) = plan(&text.replace("KEEPS", keeps).replace("AGES", ages));
        assert_relative_eq!(short(&s, 0), 0.0, epsilon = 1e-6);
        assert_relative_eq!(short(&s, 1), 0.0, epsilon = 1e-6);
    }
}

/// A fund that has more than anybody can spend carries over no less of use than one that has just more than enough.
#[test]
fn an_endless_fund_is_like_an_ample_one() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2027-12", period = "year", decide_from = "2027-01" }
item.round.unit = "round"
line.plant = { makes = "round", capacity = "100 round/year", cost = "1_000 EUR/round" }
holder.ukraine = {}
requirement.shells = { holder = "ukraine", item = "round", quantity = "80 round/year" }
fund.small = { amount = "10_000 EUR/year", carry_over = "100 %" }
fund.once = { amount = { 2026 = "AMOUNT EUR/year", 2027 = "0 EUR/year" }, carry_over = "50 %" }
"#;
    for amount in ["1_000_000", "1e12", "1e18"] {
        let (_, s) = plan(&text.replace("AMOUNT", amount));
        assert_relative_eq!(short(&s, 0), 0.0, epsilon = 1e-6);
        assert_relative_eq!(short(&s, 1), 0.0, epsilon = 1e-6);
        assert_relative_eq!(s.cost.total, 80_000.0, max_relative = 1e-7);
    }
}

/// What waits from history is history: 20 a year of `r` and 50 of `s` from 2027 on, 60 a year made, leave 10 a year missing,
/// not a hundred that nobody asks for any more.
#[test]
fn what_history_left_open_waits_no_more() {
    let (_, s) = plan(
        r#"model.note = "a toy"
calendar = { start = "2026-01", end = "2028-12", decide_from = "2027-01", period = "year" }
item.a = { unit = "a", value = "5 EUR/a" }
line.l = { makes = "a", capacity = [{ from = "2026-01", value = "10 a/year" }, { from = "2027-01", value = "60 a/year" }], cost = "1 EUR/a" }
holder.h = {}
holder.k = {}
requirement.r = { holder = "h", item = "a", quantity = [{ from = "2026-01", value = "100 a/year" }, { from = "2027-01", value = "20 a/year" }], unmet = "waits" }
requirement.s = { holder = "k", item = "a", quantity = [{ from = "2026-01", value = "0 a/year" }, { from = "2027-01", value = "50 a/year" }] }
"#,
    );
    let of = |r: usize| &s.requirements[RequirementId::at(r)];
    assert_relative_eq!(of(0).required, 40.0, max_relative = 1e-9);
    assert!(of(0).met <= 40.0 + 1e-6, "{}", of(0).met);
    // What waits for a year counts as much as what is lost in it.
    let missing = of(1).short + of(0).years.values().skip(1).map(|y| y.short).sum::<f64>();
    assert_relative_eq!(missing, 20.0, max_relative = 1e-6);
}

/// An expansion under way is paid for whenever it opens: 48 EUR over 48 months, 12 of them a year, leave 138 of 150 EUR for goods
/// at 2 EUR each. And it opens whether any fund of the model pays for it or not.
#[test]
fn what_is_under_way_is_paid_for_and_opens() {
    let toy = |capacity: u32, months: u32, buys: &str| {
        let text = format!(
            r#"model.note = "a toy"
calendar = {{ start = "2026-01", end = "2028-12", decide_from = "2027-01", period = "year" }}
item.a.unit = "a"
line.l = {{ makes = "a", capacity = "{capacity} a/year", cost = "2 EUR/a", expansion.e = {{ adds = "100 a/year", cost = "48 EUR", lead_time = "{months} months", ordered = "2026-01" }} }}
holder.h = {{}}
fund.f = {{ amount = "150 EUR/year"{buys} }}
requirement.r = {{ holder = "h", item = "a", quantity = "100 a/year" }}
"#
        );
        let s = plan(&text).1;
        [1, 2].map(|year| 100.0 - short(&s, year))
    };
    for made in toy(100, 48, "") {
        assert_relative_eq!(made, 69.0, max_relative = 1e-6);
    }
    for made in toy(50, 12, ", buys = { pays_for = [\"production\"] }") {
        assert_relative_eq!(made, 75.0, max_relative = 1e-6);
    }
}

/// Of what was in store at the start all is left that was not used: the 400 that are required in 2025 are made in it, so
/// 1,000 that never expire are there in 2027, by whatever step.
#[test]
fn what_was_not_used_of_opening_stocks_is_left() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2025-01", decide_from = "2026-01", end = "2027-12", period = "STEP" }
item.round = { unit = "round", shelf_life = "6 months", value = "1_000 EUR/round" }
line.plant = { makes = "round", capacity = { 2025 = "400 round/year", 2026 = "0 round/year" }, cost = "1_000 EUR/round", minimum = { 2025 = "400 round/year", 2026 = "0 round/year" } }
holder.ua.stock.round = { opening = "1_000 round" }
requirement.now = { holder = "ua", item = "round", quantity = { 2025 = "400 round/year", 2026 = "0 round/year" } }
requirement.later = { holder = "ua", item = "round", quantity = { 2025 = "0 round/year", 2027 = "1_000 round/year" } }
"#;
    for step in ["year", "quarter", "month"] {
        let (_, s) = plan(&text.replace("STEP", step));
        for requirement in s.requirements.values() {
            assert_relative_eq!(requirement.short, 0.0, epsilon = 1e-4);
        }
    }
}

/// What a fund for one holder paid in history of fuzes in that holder's goods is paid: in 2026, the year up to which one
/// more supplier may wait for its money, it pays for no others. 200 EUR of the other fund pay for rounds at 101 EUR, of which a
/// thousandth of a fuze is paid for after the end.
#[test]
fn what_was_paid_in_history_of_components_is_paid() {
    let (_, s) = plan(
        r#"
model.note = "Invented figures"
calendar = { start = "2025-01", decide_from = "2026-01", end = "2026-12", period = "year" }
item.fuze = { unit = "fuze", value = "100 EUR/fuze" }
item.round = { unit = "round", value = "1_000 EUR/round", needs = { fuze = "1 fuze/round" } }
line.fuzes = { makes = "fuze", capacity = "200 fuze/year", cost = "100 EUR/fuze" }
supplier.late = { item = "fuze", rate = "0.001 fuze/year", cost = "500 EUR/fuze", payment = { after = "12 months" } }
line.plant = { makes = "round", capacity = "200 round/year", cost = "1 EUR/round" }
holder.x = {}
holder.y = {}
requirement.rx = { holder = "x", item = "round", quantity = { 2025 = "100 round/year", 2026 = "0 round/year" } }
requirement.ry = { holder = "y", item = "round", quantity = { 2025 = "0 round/year", 2026 = "100 round/year" } }
fund.fx = { amount = "20_000 EUR/year", buys = { holders = ["x"] } }
fund.fy = { amount = "200 EUR/year", buys = { holders = ["y"] } }
"#,
    );
    assert_relative_eq!(short(&s, 0), 0.0, epsilon = 1e-6);
    let met = s.requirements[RequirementId::at(1)].met;
    assert_relative_eq!(met, 200.1 / 101.0, max_relative = 1e-6);
}

/// Fuzes go into rounds a year before these are made: 200 in 2026 for those of 2027, and what is taken in in 2027 for rounds
/// after history follows those of 2027. The fund for the rounds' holder pays for all of it: 400 fuzes, and 300 rounds at
/// 10 EUR.
#[test]
fn earmarked_funds_pay_for_what_is_taken_in_at_the_end_of_history() {
    let (_, s) = plan(
        r#"
model.note = "Invented figures"
calendar = { start = "2026-01", decide_from = "2028-01", end = "2029-12", period = "year" }
item.fuze = { unit = "fuze" }
item.round = { unit = "round", value = "1_000 EUR/round", needs = { fuze = "1 fuze/round" } }
line.fuzes = { makes = "fuze", capacity = "1_000 fuze/year", cost = "100 EUR/fuze" }
line.plant = { makes = "round", capacity = { 2026 = "100 round/year", 2027 = "200 round/year" }, cost = "10 EUR/round", cycle = "12 months" }
holder.a = {}
requirement.a = { holder = "a", item = "round", quantity = { 2026 = "100 round/year", 2027 = "200 round/year" } }
fund.a = { amount = "1_000_000 EUR/year", buys = { holders = ["a"] } }
"#,
    );
    for year in 0..4 {
        assert_relative_eq!(short(&s, year), 0.0, epsilon = 1e-4);
    }
    let spent = |y| {
        let own = s.funds.iter().find(|fund| fund.year == YearId::at(y));
        own.unwrap().spent
    };
    assert_relative_eq!(spent(0) + spent(1), 43_000.0, max_relative = 1e-6);
}

/// What public money costs is nothing to history: makers who have used up their fuzes, worth 150 EUR, make as many again at
/// 100 EUR, though public money counts twice. There are none to be had in 2026.
#[test]
fn history_is_the_same_whatever_public_money_costs() {
    for times in ["0.5", "1", "2", "10"] {
        let (_, s) = plan(&format!(
            r#"
model.note = "Invented figures"
calendar = {{ start = "2025-01", decide_from = "2026-01", end = "2026-12", period = "quarter" }}
objective.cost_of_funds = {times}
item.fuze = {{ unit = "fuze", value = "150 EUR/fuze", stock = {{ opening = "100 fuze" }} }}
item.round = {{ unit = "round", value = "1_000 EUR/round", needs = {{ fuze = "1 fuze/round" }} }}
line.fuzes = {{ makes = "fuze", capacity = {{ 2025 = "100 fuze/year", 2026 = "0 fuze/year" }}, cost = "100 EUR/fuze" }}
line.plant = {{ makes = "round", capacity = "100 round/year" }}
holder.ua = {{}}
requirement.now = {{ holder = "ua", item = "round", quantity = "100 round/year" }}
"#
        ));
        assert_relative_eq!(short(&s, 0), 0.0, epsilon = 1e-6);
        assert_relative_eq!(short(&s, 1), 0.0, epsilon = 1e-6);
    }
}
