//! What losses do, on a toy that can be worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::disruption::{Disruption, Request, disruption};
use sinews::analysis::{Findings, Keep, Results, Trouble, Work};
use sinews::document::Document;
use sinews::solve::Options;

/// Ten rounds a year are required in each of two years, worth 100 EUR each. Line a makes up to 8 at 10 EUR,
/// line b up to 4 at 20 EUR; the fund has 1000 EUR a year. The best plan makes 8 and 2 a year.
fn toy() -> Document {
    toy_with("")
}

fn toy_with(more: &str) -> Document {
    let text = r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[country.DE]
[country.PL]
[line.a]
makes = "round"
country = "DE"
capacity = "8 round/year"
cost = "10 EUR/round"
minimum = "1 round/year"
[line.b]
makes = "round"
country = "PL"
capacity = "4 round/year"
cost = "20 EUR/round"
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.aid]
amount = "1_000 EUR/year"
"#;
    Document::parse("toy.toml", &format!("{text}{more}")).unwrap()
}

fn ask(request: &Request) -> Disruption {
    disruption(&toy(), request, &Options::default(), &Work::default()).unwrap()
}

/// A shortfall of the only tier counts ten times its value: a missing round counts 1000 EUR.
#[test]
fn losses_are_what_the_plan_is_worse_by() {
    let found = ask(&Request {
        months: Some(12),
        worst: 3,
        ..Request::default()
    });
    let loss = |place: &str| {
        found
            .losses
            .iter()
            .find(|loss| loss.place == place)
            .unwrap()
    };
    // Without the fund, ten rounds of 2026 are missing; 8 · 10 + 2 · 20 = 120 EUR are not spent.
    let fund = loss("fund.aid");
    same(fund.harm, 10_000.0 - 120.0);
    same(fund.missing, 1_000.0);
    same(fund.cost, -120.0);
    assert_eq!(fund.victim.as_ref().unwrap().0, "rounds");
    same(fund.victim.as_ref().unwrap().2, 10.0);
    // With half the money all can still be made, as it costs 120 of 500 EUR.
    same(fund.blunted.unwrap(), 1.0);
    // Without line a, b makes 4: 6 are missing; 80 EUR are saved and 2 · 20 spent. Its minimum is waived.
    let a = loss("line.a");
    same(a.harm, 6_000.0 - 40.0);
    // With half of its 8, b makes 4 of the other 6: 2 are missing, 40 saved, 40 spent.
    same(a.blunted.unwrap(), 1.0 - 2_000.0 / 5_960.0);
    same(loss("country.DE").harm, a.harm);
    // Without line b, 2 are missing and 40 EUR saved.
    same(loss("line.b").harm, 2_000.0 - 40.0);
    let order: Vec<&str> = found
        .losses
        .iter()
        .map(|loss| loss.place.as_str())
        .collect();
    assert_eq!(
        order,
        ["fund.aid", "country.DE", "line.a", "country.PL", "line.b"]
    );
    assert_eq!(found.tables().len(), 2);
}

#[test]
fn two_that_stand_in_for_one_another_are_worse_together() {
    let found = ask(&Request {
        elements: vec!["line.*".into()],
        worst: 2,
        ..Request::default()
    });
    // Alone: 6 and 2 a year missing, less what is saved. Together: all 10, and 120 EUR saved.
    let [pair] = found.pairs.as_slice() else {
        panic!("{:?}", found.pairs)
    };
    same(pair.harm, 2.0 * (10_000.0 - 120.0));
    same(pair.beyond, 2.0 * (9_880.0 - 5_960.0 - 1_960.0));
}

/// Parts made apart and joined say what one run says, pairs and second sources included.
#[test]
fn shards_are_joined_to_the_same_ranking() {
    let request = |keep| Request {
        worst: 2,
        keep,
        ..Request::default()
    };
    let part = |shard: &str| {
        let keep = Keep {
            shard: shard.parse().unwrap(),
            ..Keep::default()
        };
        let found = ask(&request(keep));
        assert!(found.pairs.is_empty(), "a part does not know the worst");
        (shard.to_owned(), found.results)
    };
    let joined = Results::merge(vec![part("1/2"), part("2/2")]).unwrap();
    let merged = ask(&request(Keep {
        done: Some(joined),
        ..Keep::default()
    }));
    let whole = ask(&request(Keep::default()));
    assert_eq!(merged.losses, whole.losses);
    assert_eq!(merged.pairs, whole.pairs);
    assert_eq!(merged.results, whole.results);
    assert_eq!(merged.pairs.len(), 1);
}

/// A closing stock that must be there cannot be without the line that fills it.
#[test]
fn a_loss_that_leaves_no_plan_is_told_and_the_others_are_ranked() {
    let more = "[holder.ua.stock.round]\nclosing = \"2 round\"\n";
    let document = toy_with(more);
    let request = Request {
        elements: vec!["country.*".into(), "line.*".into(), "fund.*".into()],
        ..Request::default()
    };
    let found = disruption(&document, &request, &Options::default(), &Work::default()).unwrap();
    let lost: Vec<&str> = found
        .hopeless
        .iter()
        .map(|(place, _, _)| place.as_str())
        .collect();
    assert_eq!(lost, ["fund.aid"]);
    assert_eq!(found.losses.len(), 4);
    assert_eq!(found.tables()[0].title, "Losses that leave no plan");
}

/// Line a is lost for three months of 2026: of 8 it makes 6, and line b, dearer by 10 EUR, 4.
#[test]
fn a_loss_within_a_period_takes_its_share() {
    let found = ask(&Request {
        elements: vec!["line.a".into()],
        from: Some("2026-04".parse().unwrap()),
        months: Some(3),
        ..Request::default()
    });
    same(found.losses[0].missing, 0.0);
    same(found.losses[0].cost, 20.0);
}

#[test]
fn bad_requests_say_what_to_ask() {
    let refused = |request: Request| match disruption(
        &toy(),
        &request,
        &Options::default(),
        &Work::default(),
    ) {
        Err(trouble @ Trouble::Request { .. }) => trouble.to_string(),
        other => panic!("{other:?}"),
    };
    let elements = Request {
        elements: vec!["lines.*".into()],
        ..Request::default()
    };
    assert_eq!(
        refused(elements),
        "`lines.*` names nothing that can be lost\n  = help: did you mean `line.a`? write `line.KEY`, `supplier.KEY`, `fund.KEY` or `country.KEY`; `*` stands for any letters"
    );
    let late = Request {
        from: Some("2030-01".parse().unwrap()),
        ..Request::default()
    };
    assert_eq!(
        refused(late),
        "nothing of the calendar lies between 2030-01 and 2028-01\n  = help: ask for a time within 2026-01 and 2028-01"
    );
}
