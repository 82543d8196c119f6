//! The curve of shortfall against money, on toys that can be worked out by hand.
#![allow(clippy::unwrap_used)]

mod common;

use common::{all_same, cheap_and_dear as toy, same, text};
use sinews::analysis::frontier::{Request, cost, frontier};
use sinews::analysis::{Findings, Trouble, Work};
use sinews::solve::Options;
use sinews::table::Cell;

fn one_thread() -> Work {
    Work {
        threads: Some(1),
        ..Work::default()
    }
}

#[test]
fn every_breakpoint_and_price_is_found() {
    let curve = frontier(
        &toy(),
        &Request::default(),
        &Options::default(),
        &one_thread(),
    )
    .unwrap();
    let money: Vec<f64> = curve.points.iter().map(|point| point.money).collect();
    all_same(&money, &[0.0, 40.0, 100.0, 200.0]);
    let short: Vec<f64> = curve.points.iter().map(|point| point.shortfall).collect();
    all_same(&short, &[1_000.0, 600.0, 300.0, 300.0]);
    let prices: Vec<f64> = curve.pieces.iter().map(|piece| piece.price).collect();
    all_same(&prices, &[10.0, 5.0, 0.0]);
    // Three pieces take no more than seven solves.
    assert!(curve.solves <= 7, "{}", curve.solves);
    same(curve.gap, 0.0);
    assert_eq!(curve.pieces[1].begins, ["the capacity of line `cheap`"]);
    assert_eq!(curve.pieces[2].begins, ["the capacity of line `dear`"]);
    assert_eq!(curve.pieces[2].ends, ["fund `aid`"]);
}

/// Ten rounds at 10 EUR are paid with 1e-7 of a fund of a billion: beyond that nothing is missing, and the curve is no straight line
/// from nothing to all.
#[test]
fn money_that_stands_for_no_limit_bends_the_curve_at_once() {
    let model = text(
        r#"
model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.round = { unit = "round", value = "100 EUR/round" }
line.plant = { makes = "round", capacity = "10 round/year", cost = "10 EUR/round" }
holder.ua = {}
requirement.rounds = { holder = "ua", item = "round", quantity = "10 round/year" }
fund.aid = { amount = "1 bn EUR/year" }
"#,
    );
    let curve = frontier(
        &model,
        &Request::default(),
        &Options::default(),
        &one_thread(),
    )
    .unwrap();
    same(curve.points[0].shortfall, 1_000.0);
    // Of two neighbours, the right one tells what the shortfall is at most between 1e-5 times the money and all of it.
    let beyond = curve.points.iter().filter(|point| point.factor > 1e-5);
    for point in beyond {
        assert!(point.shortfall < 1e-3, "{point:?}");
    }
    let early = curve.points.iter().filter(|point| point.factor < 1e-5);
    assert!(early.count() > 1, "{:?}", curve.points);
    same(curve.gap, 0.0);
}

#[test]
fn one_requirement_counts_in_its_own_unit() {
    let request = Request {
        requirement: Some("rounds".into()),
        to: 1.0,
        ..Request::default()
    };
    let curve = frontier(&toy(), &request, &Options::default(), &Work::default()).unwrap();
    let short: Vec<f64> = curve.points.iter().map(|point| point.shortfall).collect();
    all_same(&short, &[10.0, 6.0, 3.0]);
    let prices: Vec<f64> = curve.pieces.iter().map(|piece| piece.price).collect();
    all_same(&prices, &[0.1, 0.05]);
}

#[test]
fn few_solves_leave_a_known_gap() {
    let request = Request {
        from: 0.1,
        solves: 2,
        ..Request::default()
    };
    let curve = frontier(&toy(), &request, &Options::default(), &Work::default()).unwrap();
    assert_eq!(curve.points.len(), 2);
    // The lines cross at (70, 300), where that from (10, 900) to (200, 300) is at 900 − 60 · 600/190.
    same(curve.gap, 600.0 - 60.0 * 600.0 / 190.0);
}

/// The price of a piece is what the curve itself loses: on a model of several years, lines and stages.
#[test]
fn prices_are_finite_differences() {
    let model = sinews::read("models/shells.toml").unwrap();
    let request = Request {
        funds: vec!["aid".into()],
        ..Request::default()
    };
    let curve = frontier(&model, &request, &Options::default(), &Work::default()).unwrap();
    same(curve.gap, 0.0);
    for piece in curve.pieces.windows(2) {
        assert!(
            piece[1].price <= piece[0].price + 1e-9,
            "the curve is convex"
        );
    }
    let middle = f64::midpoint(curve.points[3].factor, curve.points[4].factor);
    let at = |factor: f64| {
        let request = Request {
            from: factor,
            to: factor + 1e-3,
            ..request.clone()
        };
        let near = frontier(&model, &request, &Options::default(), &Work::default()).unwrap();
        (
            near.points[0].clone(),
            near.points[near.points.len() - 1].clone(),
        )
    };
    let (left, right) = at(middle);
    let difference = (left.shortfall - right.shortfall) / (right.money - left.money);
    assert!(
        (difference / curve.pieces[3].price - 1.0).abs() < 1e-4,
        "{difference}"
    );
}

/// Four rounds worth 100 EUR and four mines worth 50, at 10 EUR each: the first 40 EUR buy rounds, the next 40 mines, and the
/// last 40 nothing.
#[test]
fn the_next_euro_buys_what_is_worth_most() {
    let model = text(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[objective]
measure = "value"
[item.round]
unit = "round"
value = "100 EUR/round"
[item.mine]
unit = "mine"
value = "50 EUR/mine"
[line.rounds]
makes = "round"
capacity = "9 round/year"
cost = "10 EUR/round"
[line.mines]
makes = "mine"
capacity = "9 mine/year"
cost = "10 EUR/mine"
[holder.ua]
[requirement.rounds]
name = "Rounds"
holder = "ua"
item = "round"
quantity = "4 round/year"
[requirement.mines]
name = "Mines"
holder = "ua"
item = "mine"
quantity = "4 mine/year"
[fund.aid]
amount = "60 EUR/year"
"#,
    );
    let request = Request::default();
    let curve = frontier(&model, &request, &Options::default(), &one_thread()).unwrap();
    let money: Vec<f64> = curve.points.iter().map(|point| point.money).collect();
    all_same(&money, &[0.0, 40.0, 80.0, 120.0]);
    let gains: Vec<Vec<(&str, f64)>> = curve
        .pieces
        .iter()
        .map(|piece| {
            let gains = piece.gains.iter();
            gains
                .map(|gain| (gain.requirement.as_str(), (gain.more * 1e3).round() / 1e3))
                .collect()
        })
        .collect();
    assert_eq!(gains, [vec![("rounds", 4.0)], vec![("mines", 4.0)], vec![]]);
    let worth: Vec<f64> = curve.pieces[..2]
        .iter()
        .map(|piece| piece.gains[0].worth)
        .collect();
    assert!(
        (worth[0] - 400.0).abs() < 0.1 && (worth[1] - 200.0).abs() < 0.1,
        "{worth:?}"
    );
    let tables = curve.tables();
    let pieces = tables.iter().find(|table| table.key == "pieces").unwrap();
    let first: Vec<String> = pieces.rows.iter().map(|row| row[1].in_full()).collect();
    assert_eq!(first, ["Rounds", "Mines", ""]);
    assert!(tables.iter().any(|table| table.key == "gains"));
}

/// Without money nothing is made: 1000 EUR of shortfall at no cost. The cheap rounds cost 40 EUR, the
/// dear ones 60 EUR more.
#[test]
fn cost_against_shortfall_has_its_corners() {
    let curve = cost(&toy(), 50, &Options::default(), &one_thread()).unwrap();
    let corners: Vec<(f64, f64)> = curve
        .corners
        .iter()
        .map(|corner| (corner.shortfall, corner.discounted))
        .collect();
    assert_eq!(corners.len(), 3, "{corners:?}");
    for ((shortfall, cost), (wanted, price)) in
        corners
            .into_iter()
            .zip([(300.0, 100.0), (600.0, 40.0), (1_000.0, 0.0)])
    {
        assert!((shortfall - wanted).abs() < 1e-3 && (cost - price).abs() < 1e-3);
    }
    assert_eq!(curve.tables()[0].rows.len(), 3);
}

#[test]
fn bad_requests_say_what_to_ask() {
    let refused = |request: Request| match frontier(
        &toy(),
        &request,
        &Options::default(),
        &Work::default(),
    ) {
        Err(trouble @ Trouble::Request { .. }) => trouble.to_string(),
        other => panic!("{other:?}"),
    };
    let request = Request {
        funds: vec!["ais".into()],
        ..Request::default()
    };
    assert_eq!(
        refused(request),
        "no fund is called `ais`\n  = help: did you mean `aid`?"
    );
    let request = Request {
        requirement: Some("round".into()),
        ..Request::default()
    };
    assert_eq!(
        refused(request),
        "no requirement is called `round`\n  = help: did you mean `rounds`?"
    );
    let request = Request {
        from: 2.0,
        to: 1.0,
        ..Request::default()
    };
    assert_eq!(
        refused(request),
        "the range from 2 to 1 is none\n  = help: ask for two factors of the model's money, such as from 0 to 2"
    );
}

/// A plant that must make a round a year, at 10 EUR each, needs 10 EUR a year whatever it is worth.
#[test]
fn less_money_than_must_be_spent_is_said() {
    let model = text(
        r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = "4 round/year"
minimum = "1 round/year"
cost = "10 EUR/round"
[holder.ua]
[requirement.rounds]
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.aid]
amount = "100 EUR/year"
"#,
    );
    let ask = |from| {
        let request = Request {
            from,
            ..Request::default()
        };
        frontier(&model, &request, &Options::default(), &one_thread())
    };
    let trouble = ask(0.0).unwrap_err();
    assert_eq!(
        trouble.to_string(),
        "with 0 times the money of the model what its rules demand cannot be paid for: there is no plan\n  \
         = help: begin the range with more money, such as 0.5 times what the model has (`from`)"
    );
    same(ask(0.2).unwrap().points[0].shortfall, 800.0);
}

/// A thousandth of the model's money lies between two breakpoints; what the plans there cost is all of it.
#[test]
fn breakpoints_near_each_other_are_told_apart_and_cost_what_they_must() {
    let model = text(
        r#"
model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.round = { unit = "round", value = "100 EUR/round" }
line.cheap = { makes = "round", capacity = "400 round/year", cost = "100 EUR/round" }
line.middle = { makes = "round", capacity = "1 round/year", cost = "120 EUR/round" }
line.dear = { makes = "round", capacity = "200 round/year", cost = "200 EUR/round" }
holder.ua.name = "Ukraine"
requirement.rounds = { holder = "ua", item = "round", quantity = "1_000 round/year" }
fund.aid.amount = "100_000 EUR/year"
"#,
    );
    let ask = |solves| {
        let request = Request {
            solves,
            ..Request::default()
        };
        frontier(&model, &request, &Options::default(), &one_thread()).unwrap()
    };
    let curve = ask(200);
    let money: Vec<f64> = curve.points.iter().map(|point| point.money).collect();
    let breaks = [0.0, 40_000.0, 40_120.0, 80_120.0, 200_000.0];
    all_same(&money, &breaks);
    // Beyond what all lines can take no more is spent.
    let cost = curve
        .points
        .iter()
        .map(|p| p.cheapest.as_ref().unwrap().cost);
    let wanted = [0.0, 40_000.0, 40_120.0, 80_120.0, 80_120.0];
    all_same(&cost.collect::<Vec<_>>(), &wanted);
    let tables = curve.tables();
    let times = &tables[0].rows[1][1];
    assert!(matches!(times, Cell::Decimals(_, 3)), "{times:?}");
    for solves in [2, 3, 5, 8, 13] {
        let few = ask(solves);
        assert!(few.solves + few.settled <= solves, "{solves}");
    }
}
