//! Keys that TOML wants in quotes: they can be named wherever any other key can.
#![allow(clippy::unwrap_used)]

mod common;

use common::same;
use sinews::analysis::explain::explain;
use sinews::analysis::sweep::{Request, sweep};
use sinews::analysis::{Findings, Spread};
use sinews::analysis::{Group, Outcome, Work, bottleneck, deadline, disruption, frontier, inputs};
use sinews::document::{Document, Pattern};
use sinews::model::ObjectiveKind;
use sinews::problem::Place;
use sinews::solve::Options;

/// Ten rounds are made where 40 are wanted; each costs 10 EUR, the fund has 1,000 EUR, and a missing one counts 100 EUR.
const TOY: &str = r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[objective]
kind = "weighted"
measure = "value"
shortfall_value = 1
[item."155.2"]
unit = "round"
value = "100 EUR/round"
[line."a.b"]
makes = "155.2"
capacity = { low = "5 round/year", mode = "10 round/year", high = "15 round/year" }
cost = "10 EUR/round"
[line."a.b".expansion."next = step"]
adds = "1 round/year"
lead_time = "24 months"
[holder.ua]
[requirement."the \"shells\""]
holder = "ua"
item = "155.2"
quantity = "40 round/year"
[fund."aid, all"]
amount = "1_000 EUR/year"
[scenario.more]
note = "a test"
scale = { 'line."a.b".capacity' = 2 }
[scenario.later]
note = "a test"
shift = { "line.'a.b'.expansion.\"next = *\".lead_time" = "6 months" }
"#;

fn toy() -> Document {
    Document::parse("toy.toml", TOY).unwrap_or_else(|problems| panic!("{problems}"))
}

fn options() -> Options {
    Options {
        objective: Some(ObjectiveKind::Weighted),
        ..Options::default()
    }
}

#[test]
fn scenarios_and_overlays_name_them() {
    let more = toy().scenario("more").unwrap().model().unwrap();
    let line = more.lines.values().next().unwrap();
    assert_eq!(line.capacity.most().value(), 20.0);
    let text = "line.\"a.b\".cost = \"20 EUR/round\"";
    let dear = toy().with("dear", text, "dearer").unwrap().model().unwrap();
    let line = dear.lines.values().next().unwrap();
    let cost = &line.products[0].tiers[0].cost;
    assert_eq!(cost.amount.most().value(), 20.0);
}

/// Twice the capacity makes 20 of 40.
#[test]
fn sweeps_and_prices_name_them() {
    let axes = [
        r#"line."a.b".capacity=x1,x2"#,
        r#"line."a.b".capacity=10 round/year,20 round/year"#,
    ];
    for axis in axes {
        let request = Request {
            axes: vec![axis.parse().unwrap()],
            prices: vec![r#"line."a.b".capacity"#.parse().unwrap()],
            ..Request::default()
        };
        let found = sweep(&toy(), &request, &options(), &Work::default()).unwrap();
        let coverage: Vec<f64> = found
            .results
            .rows
            .values()
            .map(|row| row.values[0].unwrap())
            .collect();
        same(coverage[0], 0.25);
        same(coverage[1], 0.5);
        let price = Outcome::Price(Place::new(["line", "a.b", "capacity"]));
        assert!(found.outcomes.contains(&price));
        assert_eq!(price.to_string(), r#"price of line."a.b".capacity"#);
    }
}

#[test]
fn groups_name_them() {
    let group: Group = r#"all=line."a.b".capacity,fund."aid, all".amount"#.parse().unwrap();
    let patterns: Vec<String> = group.figures.iter().map(Pattern::to_string).collect();
    assert_eq!(
        patterns,
        [r#"line."a.b".capacity"#, r#"fund."aid, all".amount"#]
    );
    let found = inputs(&toy().model().unwrap(), &[], Spread::default()).unwrap();
    assert_eq!(found[0].name, r#"line."a.b".capacity"#);
}

#[test]
fn explain_names_them() {
    let asked = |what: &str| explain(&toy(), what, &options());
    for what in [
        r#"line."a.b".2026"#,
        r#"line."a.b""#,
        r#"fund."aid, all".2026"#,
        r#"requirement."the \"shells\"".2026"#,
        r#"price.capacity."a.b".2026"#,
        "price.capacity.a.b.2026",
        r#"column.make."a.b"."155.2".ua.2026"#,
    ] {
        let found = asked(what).unwrap_or_else(|trouble| panic!("{what}: {trouble}"));
        assert!(!found.tables().is_empty(), "{what}");
    }
    let trouble = asked("line.c.2026").unwrap_err().to_string();
    assert!(
        trouble.contains(r#"a key with a dot in quotes: `line."a.b".YEAR`"#),
        "{trouble}"
    );
}

#[test]
fn analyses_name_them() {
    let (document, options, work) = (toy(), options(), Work::default());
    let model = document.model().unwrap();
    let request = disruption::Request {
        elements: vec![r#"line."a.*""#.into()],
        ..disruption::Request::default()
    };
    let lost = disruption::disruption(&document, &request, &options, &work).unwrap();
    assert_eq!(lost.losses[0].place, r#"line."a.b""#);
    for fund in ["aid, all", r#""aid, all""#, r#"fund."aid, all""#, "aid*"] {
        let request = frontier::Request {
            funds: vec![fund.into()],
            ..frontier::Request::default()
        };
        let curve = frontier::frontier(&model, &request, &options, &work).unwrap();
        assert_eq!(curve.funds, ["aid, all"]);
    }
    let request = deadline::Request {
        of: vec!["the \"shells\"".into()],
        ..deadline::Request::default()
    };
    let dates = deadline::deadline(&document, &request, &options, &work).unwrap();
    assert_eq!(dates.all[0].from, None);
    // The capacity binds, and a lever against it is tried.
    let found =
        bottleneck::bottleneck(&document, &bottleneck::Question::default(), &options, &work);
    let found: Vec<_> = found.unwrap().tables();
    let text = format!("{found:?}");
    assert!(text.contains("10 % more capacity of line `a.b`"), "{text}");
}

#[test]
fn what_names_nothing_says_how_quotes_are_used() {
    let axis = |text: &str| Request {
        axes: vec![text.parse().unwrap()],
        ..Request::default()
    };
    let asked = axis("line.a.b.capacity=x2");
    let trouble = sweep(&toy(), &asked, &options(), &Work::default()).unwrap_err();
    let wanted = "`line.a.b.capacity` names no figure of the model\n  = help: write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line.\"a.b\".capacity`";
    assert_eq!(trouble.to_string(), wanted);
    let other = TOY.replace("'line.\"a.b\".capacity'", "\"line.a.b.capacity\"");
    let document = Document::parse("toy.toml", &other).unwrap();
    let problems = document.scenario("more").unwrap().model().unwrap_err();
    assert_eq!(
        problems.to_string(),
        "error: `line.a.b.capacity` names no figure of the model\n  --> toy.toml:31:11\n   |\n31 | scale = { \"line.a.b.capacity\" = 2 }\n   |           ^^^^^^^^^^^^^^^^^^^ nothing to change\n   |\n   = help: write where the figures stand, such as `line.KEY.capacity`; `*` stands for any letters of one key; a key with a dot stands in quotes, `line.\"a.b\".capacity`"
    );
    assert_eq!(
        "line.\"a.b".parse::<Pattern>().unwrap_err().to_string(),
        "`line.\"a.b` names no figures; write keys joined by dots, such as `line.*.capacity`, a key with a dot in quotes: `line.\"a.b\".capacity`"
    );
}
