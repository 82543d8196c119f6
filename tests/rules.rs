//! Rules of one's own: value and price worked out by hand, and that every analysis knows them.
//!
//! A round is worth 100 EUR; periods are years; nothing is discounted.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, at, price, same, short, solved, t, toy, toy_of, y};
use sinews::analysis::{Work, explain, infeasible, sweep};
use sinews::document::{Change, How, Vary};
use sinews::ids::RuleId;
use sinews::model::{Draft, Measured, Model, Rule};
use sinews::problem::Kind;
use sinews::program::Row;
use sinews::report;
use sinews::solve::Options;

/// A dear line and a cheap one, a fund of 1,000 EUR a year, and 30 rounds wanted.
const MARKET: &str = r#"
[country.DE]
[country.ES]
[line.de]
makes = "round"
country = "DE"
capacity = "10 round/year"
cost = "60 EUR/round"
[line.es]
makes = "round"
country = "ES"
capacity = "30 round/year"
cost = "80 EUR/round"
[fund.aid]
amount = "1000 EUR/year"
[fund.more]
amount = "0 EUR/year"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;

fn market() -> Draft {
    let text = MARKET.replace("[fund.more]\namount = \"0 EUR/year\"\n", "");
    toy(&text).into_draft()
}

/// No more than 40 % of what the fund spends in a year goes to Germany.
fn ruled() -> Model {
    let mut draft = market();
    let (aid, germany) = (draft.funds.called("aid"), draft.regions.called("DE"));
    let spent = |region| Measured::Spending { fund: aid, region };
    let rule = Rule::at_most("germany", 0.0, "EUR")
        .named("aid to Germany")
        .with(1.0, spent(germany))
        .with(-0.4, spent(None));
    draft.rules.push(rule);
    draft
        .check()
        .unwrap_or_else(|problems| panic!("{problems}"))
}

const RULE: RuleId = RuleId::FIRST;

/// Of 1,000 EUR 400 buy rounds at 60 EUR, 600 at 80: 6 2/3 and 7 1/2. One EUR more to Germany buys 1/60 of a round
/// there in place of 1/80, worth 100/240 EUR.
#[test]
fn a_share_of_a_fund_to_one_country() {
    let model = ruled();
    let solution = solved(&model);
    let missing = 30.0 - 400.0 / 60.0 - 600.0 / 80.0;
    all_same(&short(&solution), &[missing, missing]);
    same(price(&solution, Row::Rule(RULE, t(0))), 100.0 / 240.0);
    let program = solution.program();
    assert_eq!(
        program.describe(&model, Row::Rule(RULE, t(1))),
        "rule `germany` in 2027"
    );
    assert!(solution.certificate.holds());
}

/// Output, supply, orders and stocks count in their own units: at most 4 from one line, in each period.
#[test]
fn goods_count_in_their_units() {
    let of = |measured: fn(&Draft) -> Measured, most: f64| {
        let mut draft = market();
        let rule = Rule::at_most("some", most, "round").with(1.0, measured(&draft));
        draft.rules.push(rule.by_period());
        solved(&draft.check().unwrap())
    };
    let line = |draft: &Draft| Measured::Output {
        line: draft.lines.called("de"),
        item: None,
    };
    // 4 at 60 EUR, the other 760 EUR at 80: 9 1/2.
    let solution = of(line, 4.0);
    all_same(&short(&solution), &[30.0 - 13.5, 30.0 - 13.5]);
    // One more at 60 EUR takes 3/4 of one at 80 away.
    same(price(&solution, Row::Rule(RULE, t(0))), 25.0);
    let item = |draft: &Draft| Measured::Received {
        holder: draft.holders.called("ua"),
        item: draft.items.called("round"),
    };
    let solution = of(item, 5.0);
    all_same(&short(&solution), &[25.0, 25.0]);
    same(price(&solution, Row::Rule(RULE, t(0))), 100.0);
}

/// All money, whichever fund it comes from, counts where none is named.
#[test]
fn all_money_counts_where_no_fund_is_named() {
    let mut draft = market();
    let germany = draft.regions.called("DE");
    let all = |region| Measured::Spending { fund: None, region };
    let rule = Rule::at_most("germany", 300.0, "EUR").with(1.0, all(germany));
    draft.rules.push(rule);
    let solution = solved(&draft.check().unwrap());
    let missing = 30.0 - 300.0 / 60.0 - 700.0 / 80.0;
    all_same(&short(&solution), &[missing, missing]);
    same(price(&solution, Row::Rule(RULE, t(0))), 100.0 / 240.0);
}

/// Of what the fund has, not of what it spends: the same here, where it spends all.
#[test]
fn a_share_of_what_a_fund_has() {
    let mut draft = market();
    let (aid, germany) = (draft.funds.called("aid"), draft.regions.called("DE"));
    let paid = Measured::Spending {
        fund: aid,
        region: germany,
    };
    let rule = Rule::at_most("germany", 0.0, "EUR")
        .with(1.0, paid)
        .with(-0.4, Measured::Money(aid.unwrap()));
    draft.rules.push(rule);
    let solution = solved(&draft.check().unwrap());
    let missing = 30.0 - 400.0 / 60.0 - 600.0 / 80.0;
    all_same(&short(&solution), &[missing, missing]);
}

/// At least 5 stay in store at the end of each year, of 8 that are there: 3 can be used, in either year.
#[test]
fn what_stays_in_store() {
    let text = r#"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    let stock = "stock.round = { opening = \"8 round\" }";
    let mut draft = toy_of("", stock, text).into_draft();
    let (ua, round) = (draft.holders.called("ua"), draft.items.called("round"));
    let store = Measured::InStore {
        holder: ua,
        item: round,
    };
    draft
        .rules
        .push(Rule::at_least("store", 5.0, "round").with(1.0, store));
    let solution = solved(&draft.check().unwrap());
    same(short(&solution).iter().sum(), 60.0 - 3.0);
    same(price(&solution, Row::Rule(RULE, t(1))), 100.0);
}

/// Two funds that are alike are told apart where a rule counts what one of them pays.
#[test]
fn funds_that_are_alike_are_told_apart() {
    let text = MARKET.replace("\"0 EUR/year\"", "\"400 EUR/year\"");
    let mut draft = toy(&text).into_draft();
    let rule = Rule::at_most("aid", 100.0, "EUR").with(
        1.0,
        Measured::Spending {
            fund: draft.funds.called("aid"),
            region: None,
        },
    );
    draft.rules.push(rule);
    let solution = solved(&draft.check().unwrap());
    // 100 EUR and 400 EUR at 60 EUR a round.
    all_same(&short(&solution), &[30.0 - 500.0 / 60.0; 2]);
    let aid = solution.fund(at(0), y(0)).unwrap();
    same(aid.spent, 100.0);
}

/// A sweep of other figures keeps the rule, and the rule's own right side can be swept.
#[test]
fn a_rule_holds_in_every_variation() {
    let model = ruled();
    let request = sweep::Request {
        axes: vec![
            "fund.aid.amount=x1,x2".parse().unwrap(),
            "rule.germany.right=0 EUR,100 EUR".parse().unwrap(),
        ],
        prices: vec!["rule.*.right".parse().unwrap()],
        ..Default::default()
    };
    let work = Work::default();
    let found = sweep::sweep(&model, &request, &Options::default(), &work).unwrap();
    // Twice 1,000 EUR: 10 rounds at 60 EUR, as all of them are within 40 %; 1,400 EUR at 80.
    let met = [
        400.0 / 60.0 + 600.0 / 80.0,
        500.0 / 60.0 + 500.0 / 80.0,
        10.0 + 1_400.0 / 80.0,
        10.0 + 1_400.0 / 80.0,
    ];
    for (n, met) in met.into_iter().enumerate() {
        let coverage = found.results.rows[&n].values[0].unwrap();
        same(coverage, met / 30.0);
    }
    let change = Change::new("rule.germany.right".parse().unwrap(), How::Set(100.0));
    let looser = solved(&Vary::changed(&model, &[change]).unwrap());
    all_same(&short(&looser), &[30.0 - met[1]; 2]);
}

#[test]
fn reports_and_explain_know_a_rule() {
    let model = ruled();
    let solution = solved(&model);
    let name = "rule.germany.2026";
    let text = solution.program().lp(&model);
    assert!(text.contains(name), "{text}");
    let found = explain::explain(&model, name, &Options::default()).unwrap();
    same(found.value, 100.0 / 240.0);
    let limits = solution.limits(&model);
    assert!(
        limits
            .iter()
            .any(|limit| limit.words.to_string().contains("germany"))
    );
    let csv = report::csv(&model, &solution);
    assert!(csv.iter().any(|(_, text)| text.contains("rule `germany`")));
    let page = report::markdown(&model, &solution);
    assert!(page.contains("rule aid to Germany"), "{page}");
}

#[test]
fn rules_that_clash_are_named() {
    let mut draft = market();
    let output = Measured::Output {
        line: draft.lines.called("de"),
        item: None,
    };
    draft
        .rules
        .push(Rule::at_least("all", 12.0, "round").with(1.0, output));
    let model = draft.check().unwrap();
    let found = infeasible::infeasible(&model, &Options::default()).unwrap();
    let rules = &found.clashes[0].rules;
    let places: Vec<String> = rules
        .iter()
        .map(|own| own.rule.places[0].to_string())
        .collect();
    assert_eq!(places, ["line.de.capacity", "rule.all.right"]);
}

#[test]
fn a_rule_that_means_nothing_is_a_problem() {
    let refused = |rule: Rule| {
        let mut draft = market();
        draft.rules.push(rule);
        let problems = draft.check().unwrap_err();
        (problems.list()[0].kind, problems.list()[0].message.clone())
    };
    let money = Measured::Spending {
        fund: None,
        region: None,
    };
    assert_eq!(
        refused(Rule::at_most("r", 1.0, "EUR")),
        (Kind::EmptyList, "rule `r` adds up nothing".into())
    );
    assert_eq!(
        refused(Rule::at_most("r", 1.0, "EUR").with(1.0, money).by_period()),
        (
            Kind::Ambiguous,
            "rule `r` counts money by the period".into()
        )
    );
    assert_eq!(
        refused(Rule::at_most("r", f64::NAN, "EUR").with(1.0, money)),
        (
            Kind::NotFinite,
            "`rule.r.right` is not a finite number".into()
        )
    );
    let nobody = Measured::Money(sinews::ids::Id::at(7));
    assert_eq!(
        refused(Rule::at_most("r", 1.0, "EUR").with(1.0, nobody)),
        (
            Kind::UnknownName,
            "`rule.r` names an id that no fund of this draft has".into()
        )
    );
}

/// One line, money for 25 of the 60 rounds that two holders want; a round is worth 100 EUR to one, 50 EUR to the other.
const TWO_HOLDERS: &str = r#"
[objective]
measure = "value"
[holder.pl]
[line.de]
makes = "round"
capacity = "30 round/year"
cost = "60 EUR/round"
[fund.aid]
amount = "1000 EUR/year"
[fund.more]
amount = "500 EUR/year"
[requirement.ua]
holder = "ua"
item = "round"
quantity = "30 round/year"
[requirement.pl]
holder = "pl"
item = "round"
quantity = "30 round/year"
value = "50 EUR/round"
"#;

/// What is missing of each requirement in the first year.
fn missing(solution: &sinews::solution::Solution) -> Vec<f64> {
    let all = solution.requirements.values();
    all.map(|met| met.years[y(0)].short).collect()
}

/// No more than 900 EUR for one holder buy 15 rounds; the other 600 EUR buy 10 for the other. One EUR more buys 1/60 of
/// a round worth 100 EUR in place of one worth 50.
#[test]
fn what_is_spent_for_a_holder() {
    let free = solved(&toy(TWO_HOLDERS));
    all_same(&missing(&free), &[5.0, 30.0]);
    let mut draft = toy(TWO_HOLDERS).into_draft();
    let holder = draft.holders.called("ua").unwrap();
    let spent = Measured::SpentFor {
        holder,
        fund: None,
        region: None,
    };
    let rule = Rule::at_most("ua", 900.0, "EUR").with(1.0, spent);
    draft.rules.push(rule);
    let solution = solved(&draft.check().unwrap());
    all_same(&missing(&solution), &[15.0, 20.0]);
    same(price(&solution, Row::Rule(RULE, t(0))), 50.0 / 60.0);
}

/// Of one fund no more than 300 EUR, of the other all 500 EUR: 800 EUR buy 13 1/3, the other 700 EUR 11 2/3.
#[test]
fn what_one_fund_spends_for_a_holder() {
    let mut draft = toy(TWO_HOLDERS).into_draft();
    let holder = draft.holders.called("ua").unwrap();
    let spent = Measured::SpentFor {
        holder,
        fund: draft.funds.called("aid"),
        region: None,
    };
    let rule = Rule::at_most("ua", 300.0, "EUR").with(1.0, spent);
    draft.rules.push(rule);
    let solution = solved(&draft.check().unwrap());
    all_same(
        &missing(&solution),
        &[30.0 - 800.0 / 60.0, 30.0 - 700.0 / 60.0],
    );
    same(price(&solution, Row::Rule(RULE, t(0))), 50.0 / 60.0);
    // The funds pay what they have, each its own.
    same(solution.fund(at(0), y(0)).unwrap().spent, 1_000.0);
    same(solution.fund(at(1), y(0)).unwrap().spent, 500.0);
}

/// 300 EUR buy 5 rounds in Germany; the other 700 EUR buy in Spain, at 80 EUR. One EUR more buys 1/60 in place of 1/80 of
/// a round.
#[test]
fn what_one_fund_spends_for_a_holder_in_one_country() {
    let mut draft = market();
    let holder = draft.holders.called("ua").unwrap();
    let spent = Measured::SpentFor {
        holder,
        fund: draft.funds.called("aid"),
        region: draft.regions.called("DE"),
    };
    draft
        .rules
        .push(Rule::at_most("ua", 300.0, "EUR").with(1.0, spent));
    let by_fund = solved(&draft.clone().check().unwrap());
    let rule = draft.rules.values_mut().next().unwrap();
    rule.terms[0].of = Measured::SpentFor {
        holder,
        fund: None,
        region: draft.regions.called("DE"),
    };
    let by_all = solved(&draft.check().unwrap());
    for solution in [by_fund, by_all] {
        let missing = 30.0 - 300.0 / 60.0 - 700.0 / 80.0;
        all_same(&short(&solution), &[missing, missing]);
        same(price(&solution, Row::Rule(RULE, t(0))), 100.0 / 240.0);
    }
}

/// Without the rule 800 EUR are kept for the second year, in which 30 rounds are wanted and all but one can be made; with it 200 EUR.
#[test]
fn what_a_fund_carries_over() {
    let text = r#"
[line.de]
makes = "round"
capacity = { 2026 = "1 round/year", 2027 = "30 round/year" }
cost = "60 EUR/round"
[fund.aid]
amount = "1000 EUR/year"
carry_over = "100 %"
[requirement.shells]
holder = "ua"
item = "round"
quantity = { 2026 = "1 round/year", 2027 = "30 round/year" }
"#;
    let mut draft = toy(text).into_draft();
    all_same(
        &short(&solved(&draft.clone().check().unwrap())),
        &[0.0, 0.0],
    );
    let carried = Measured::Carried(at(0));
    draft
        .rules
        .push(Rule::at_most("kept", 200.0, "EUR").with(1.0, carried));
    let solution = solved(&draft.check().unwrap());
    let second = solution.requirements[at(0)].years[y(1)];
    same(second.short, 30.0 - 1_200.0 / 60.0);
    same(price(&solution, Row::Rule(RULE, t(0))), 100.0 / 60.0);
}

/// What a rule asks of one year it does not ask of the other.
#[test]
fn a_rule_of_one_year() {
    let mut draft = market();
    let line = draft.lines.called("de");
    let made = Measured::Output { line, item: None };
    let rule = Rule::at_most("some", 4.0, "round").with(1.0, made);
    let year = |year: &str| {
        (
            format!("{year}-01").parse().unwrap(),
            format!("{year}-12").parse().unwrap(),
        )
    };
    let (first, last) = year("2027");
    draft.rules.push(rule.clone().between(first, last));
    let solution = solved(&draft.check().unwrap());
    // 10 at 60 EUR and 5 at 80 EUR; then 4 and 9 1/2.
    all_same(&short(&solution), &[15.0, 30.0 - 13.5]);
    assert_eq!(solution.price(Row::Rule(RULE, t(0))), None);
    same(price(&solution, Row::Rule(RULE, t(1))), 25.0);
    let never = |(first, last)| {
        let mut draft = market();
        draft.rules.push(rule.clone().between(first, last));
        draft.check().unwrap_err().list()[0].kind
    };
    assert_eq!(never(year("2031")), Kind::OutsideCalendar);
    assert_eq!(never((last, first)), Kind::OutsideCalendar);
}

/// At most 5 leave along the route, in each year.
#[test]
fn what_moves_along_a_route() {
    let text = r#"
[country.DE]
[country.UA]
[line.de]
makes = "round"
country = "DE"
capacity = "30 round/year"
cost = "60 EUR/round"
[route.road]
from = "DE"
to = "UA"
items = ["round"]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;
    let mut draft = toy_of("", "country = \"UA\"", text).into_draft();
    let route = draft.routes.called("road");
    let moved = Measured::Moved { route, item: None };
    draft
        .rules
        .push(Rule::at_most("road", 5.0, "round").with(1.0, moved));
    let solution = solved(&draft.check().unwrap());
    all_same(&short(&solution), &[25.0, 25.0]);
    same(price(&solution, Row::Rule(RULE, t(0))), 100.0);
}
