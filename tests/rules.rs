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
