//! Monte Carlo: chances, quantiles and drivers of models whose spread is known.
#![allow(clippy::unwrap_used)]

mod common;

use sinews::analysis::monte_carlo::{MonteCarlo, Request, monte_carlo};
use sinews::analysis::{Findings, Outcome, Results, Shard, Spread, Trouble, Work};
use sinews::document::{Document, triangular};
use sinews::model::ObjectiveKind;
use sinews::solve::{Cancel, Options};
use sinews::table::Cell;
use std::process::Command;
use std::sync::Arc;

/// From 5 to 15 rounds a year are made, most likely 10, at 40 to 60 EUR; `wanted` are wanted.
fn document(wanted: &str) -> Document {
    let text = format!(
        r#"
[model]
name = "toy"
note = "a toy"
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.plant]
makes = "round"
capacity = {{ low = "5 round/year", value = "10 round/year", high = "15 round/year" }}
cost = {{ low = "40 EUR/round", value = "50 EUR/round", high = "60 EUR/round" }}
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "{wanted} round/year"
[scenario.more]
note = "a tenth more"
scale = {{ "line.plant.capacity" = 1.1 }}
"#
    );
    Document::parse("toy.toml", &text).unwrap()
}

fn options() -> Options {
    Options {
        objective: Some(ObjectiveKind::Weighted),
        ..Options::default()
    }
}

fn drawn(wanted: &str, request: &Request) -> Result<MonteCarlo, Trouble> {
    monte_carlo(&document(wanted), request, &options(), &Work::default())
}

fn number(found: &MonteCarlo, outcome: &Outcome) -> usize {
    found.outcomes.iter().position(|o| o == outcome).unwrap()
}

#[track_caller]
fn near(a: f64, b: f64, by: f64) {
    assert!((a - b).abs() <= by, "{a} and {b}");
}

/// With 10 wanted, all is met if 10 or more are made: half of the time. At a share q of the samples the capacity
/// is no more than the q-quantile of its triangle; a slice of a hundred samples is 1 % wide.
#[test]
fn chances_and_quantiles_are_those_of_the_triangle() {
    let request = Request {
        samples: 100,
        ..Request::default()
    };
    let found = drawn("10", &request).unwrap();
    near(found.chance(0, "shells").unwrap(), 0.5, 0.01);
    let coverage = found.statistics(0, number(&found, &Outcome::Coverage));
    for share in [0.05, 0.25, 0.4] {
        let made = triangular(5.0, 10.0, 15.0, share - 0.005);
        near(coverage.quantile(share).unwrap(), made / 10.0, 0.02);
    }
    near(coverage.quantile(0.75).unwrap(), 1.0, 1e-6);
    let dates = found.statistics(0, number(&found, &Outcome::FullFrom("shells".into())));
    assert_eq!(dates.quantile(0.4), Some(2026.0));
    assert_eq!(dates.quantile(0.6), Some(f64::INFINITY));
}

/// With 20 wanted every round counts. Missing is 200 · (20 − capacity), which capacity alone drives; the mean
/// is that of the triangle. The cost is 2 · capacity · price, with relative deviations of a triangle of half-width
/// 5 about 10 and 10 about 50: √(25/6)/10 = 0.204 and √(100/6)/50 = 0.082; so 86 % of the variance is the capacity's.
#[test]
fn drivers_are_told_apart() {
    let request = Request {
        samples: 400,
        ..Request::default()
    };
    let found = drawn("20", &request).unwrap();
    let missing = number(&found, &Outcome::Missing);
    let spread = found.statistics(0, missing);
    near(spread.mean, 2_000.0, 5.0);
    near(spread.deviation, 200.0 * (25.0_f64 / 6.0).sqrt(), 5.0);
    near(spread.halves.0, spread.mean, 4.0 * spread.error);
    let drivers = found.drivers(0, missing);
    assert_eq!(found.inputs[drivers[0].input].name, "line.plant.capacity");
    near(drivers[0].correlation, -1.0, 1e-9);
    near(drivers[0].first_order.unwrap().value, 1.0, 0.01);
    near(drivers[0].total.unwrap().value, 1.0, 0.01);
    // What the polynomial leaves of the triangle's bend may look like the price, to less than a thousandth.
    let rest = drivers[1].total;
    assert!(rest.is_none_or(|rest| rest.value < 1e-3), "{rest:?}");
    assert!(drivers[1].correlation.abs() < 0.2, "{drivers:?}");
    let drivers = found.drivers(0, number(&found, &Outcome::Cost));
    near(drivers[0].first_order.unwrap().value, 0.86, 0.05);
    near(drivers[1].first_order.unwrap().value, 0.14, 0.08);
    // A product of independent numbers with squared relative deviations a and b has the variance a + b + ab: what
    // is in all of one is (a + ab) of it.
    let [a, b] = [25.0 / 600.0, 100.0 / 15_000.0];
    for (driver, own) in drivers.iter().zip([a, b]) {
        let total = driver.total.unwrap();
        near(
            total.value,
            (own + a * b) / (a + b + a * b),
            3.0 * total.error,
        );
        assert!(total.error < 0.1, "{total:?}");
    }
    for table in found.tables() {
        assert!(!table.rows.is_empty(), "{}", table.key);
    }
}

/// The figures as they stand make 10 of 20 rounds, the median of what is drawn.
#[test]
fn the_plan_of_record_has_its_place_among_the_samples() {
    let request = Request {
        samples: 100,
        scenarios: vec!["base".into(), "more".into()],
        ..Request::default()
    };
    let found = drawn("20", &request).unwrap();
    let coverage = number(&found, &Outcome::Coverage);
    near(found.record(0, coverage).unwrap(), 0.5, 1e-6);
    near(found.record(1, coverage).unwrap(), 0.55, 1e-6);
    near(found.place(0, coverage).unwrap(), 0.5, 0.01);
    let note = &found.tables()[0].note;
    let first = "The plan of record of `base` meets 50 % of all that is required, by value; 50 % of the samples meet less, and half of them between ";
    assert!(note.starts_with(first), "{note}");
    // With 10 wanted it meets all, as half of the samples do.
    let found = drawn("10", &request).unwrap();
    near(found.place(0, coverage).unwrap(), 0.75, 0.01);
    assert_eq!(
        found.record(0, number(&found, &Outcome::FullFrom("shells".into()))),
        Some(2026.0)
    );
}

/// Of 20 wanted the capacity is met, at the price that was drawn.
#[test]
fn what_was_drawn_stands_beside_what_came_of_it() {
    let request = Request {
        samples: 50,
        ..Request::default()
    };
    let found = drawn("20", &request).unwrap();
    let observations = found.observations().remove(0);
    let column = |name: &str| observations.head().position(|head| head == name).unwrap();
    assert_eq!(
        observations.columns[column("line.plant.cost")].unit(),
        "EUR/round"
    );
    assert_eq!(observations.rows.len(), 50);
    let (coverage, cost) = (column("coverage"), column("cost"));
    let (capacity, price) = (column("line.plant.capacity"), column("line.plant.cost"));
    for (sample, row) in observations.rows.iter().enumerate() {
        let number = |n: usize| row[n].number().unwrap();
        assert_eq!(row[column("sample")], Cell::from(sample));
        near(number(coverage), number(capacity) / 20.0, 1e-6);
        near(number(cost), 2.0 * number(capacity) * number(price), 1e-3);
    }
}

/// A tenth more capacity makes a tenth more of what the same draw makes: more in every sample.
#[test]
fn scenarios_are_compared_on_the_same_draws() {
    let request = Request {
        samples: 50,
        scenarios: vec!["base".into(), "more".into()],
        ..Request::default()
    };
    let found = drawn("20", &request).unwrap();
    let missing = number(&found, &Outcome::Missing);
    let difference = found.difference(1, missing);
    assert_eq!((difference.count, difference.above(0.0)), (50, 0.0));
    // 2 · 100 EUR of 0.1 · capacity.
    near(difference.mean, -200.0, 2.0);
    let base = found.values(0, missing);
    for ((_, more), (_, base)) in found.values(1, missing).iter().zip(&base) {
        near(4_000.0 - more, 1.1 * (4_000.0 - base), 1e-3);
    }
    let alone = drawn(
        "20",
        &Request {
            samples: 50,
            ..Request::default()
        },
    )
    .unwrap();
    for (one, other) in alone.values(0, missing).iter().zip(&base) {
        near(one.1, other.1, 1e-3);
    }
}

/// A group moves as one: two inputs become one, and all samples lie on a line.
#[test]
fn groups_move_together() {
    let request = Request {
        samples: 20,
        groups: vec!["plant=line.plant.*".parse().unwrap()],
        ..Request::default()
    };
    let found = drawn("20", &request).unwrap();
    let names: Vec<_> = found
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    assert_eq!(names, ["plant"]);
    near(
        found.drivers(0, number(&found, &Outcome::Cost))[0].correlation,
        1.0,
        1e-9,
    );
    let request = Request {
        spread: Spread {
            assumptions: Some(0.2),
            facts: None,
        },
        ..request
    };
    let found = drawn("20", &request).unwrap();
    let names: Vec<_> = found
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["item.round.value", "plant", "requirement.shells.quantity"]
    );
}

/// Two plants alike make what is missing least. With capacities that correlate by c the variance of their sum is 2 (1 + c) times
/// that of one; the correlation of ranks and that of values differ by little for a triangle.
#[test]
fn a_group_may_be_correlated_in_part() {
    let text = r#"
[model]
note = "a toy"
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[item.round]
unit = "round"
value = "100 EUR/round"
[line.north]
makes = "round"
capacity = { low = "5 round/year", value = "10 round/year", high = "15 round/year" }
[line.south]
makes = "round"
capacity = { low = "5 round/year", value = "10 round/year", high = "15 round/year" }
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "40 round/year"
"#;
    let document = Document::parse("toy.toml", text).unwrap();
    let variance = |group: &str| {
        let request = Request {
            samples: 1_000,
            groups: vec![group.parse().unwrap()],
            ..Request::default()
        };
        let found = monte_carlo(&document, &request, &options(), &Work::default()).unwrap();
        let missing = number(&found, &Outcome::Missing);
        let drivers = found.drivers(0, missing);
        (found.statistics(0, missing).deviation.powi(2), drivers)
    };
    let (whole, drivers) = variance("plants=line.*.capacity");
    assert_eq!(drivers.len(), 1);
    let (half, drivers) = variance("plants~0.5=line.*.capacity");
    assert_eq!(drivers.len(), 2);
    // The standard error of a correlation of 1,000 samples is 0.03, that of such a ratio twice as much.
    // What two correlated inputs explain together is not told apart.
    assert!(drivers.iter().all(|driver| driver.total.is_none()));
    let (apart, _) = variance("plants~0.0001=line.*.capacity");
    near(half / apart, 1.5, 0.2);
    near(whole / apart, 2.0, 0.2);
    for wrong in [
        "plants~0=line.*.capacity",
        "plants~1.5=line.*.capacity",
        "plants~x=line.*.capacity",
    ] {
        let trouble = wrong.parse::<sinews::analysis::Group>().unwrap_err();
        assert!(
            trouble.to_string().contains("above 0 and up to 1"),
            "{trouble}"
        );
    }
}

/// The last place of the running figures is all samples; the error of the mean falls with the root of their number.
#[test]
fn the_first_samples_tell_of_convergence() {
    let request = Request {
        samples: 400,
        ..Request::default()
    };
    let found = drawn("20", &request).unwrap();
    let coverage = number(&found, &Outcome::Coverage);
    let running = found.running(0, coverage);
    let counts: Vec<usize> = running.iter().map(|at| at.samples).collect();
    assert_eq!(counts, (1..=20).map(|n| 20 * n).collect::<Vec<_>>());
    let (all, last) = (found.statistics(0, coverage), running[19]);
    assert_eq!((last.mean, last.error), (all.mean, all.error));
    assert_eq!(Some(last.high), all.quantile(0.95));
    near(running[4].error / last.error, 2.0, 0.3);
    let tables = found.tables();
    let table = tables.iter().find(|table| table.key == "running").unwrap();
    assert_eq!(table.rows.len(), 20);
    let model = &found.scenarios[0].1;
    let charts = sinews::report::Illustrated::charts(&found, model);
    assert!(charts.iter().any(|(key, _)| *key == "running"));
}

#[test]
fn a_seed_is_a_draw_and_shards_are_its_parts() {
    let request = Request {
        samples: 9,
        ..Request::default()
    };
    let whole = drawn("20", &request).unwrap().results;
    let part = |number| {
        let mut request = request.clone();
        request.keep.shard = Shard::new(number, 2).unwrap();
        (number.to_string(), drawn("20", &request).unwrap().results)
    };
    assert_eq!(Results::merge(vec![part(1), part(2)]).unwrap(), whole);
    let other = Request {
        seed: 2,
        ..request.clone()
    };
    let other = drawn("20", &other).unwrap().results;
    assert_ne!(other.rows, whole.rows);
    let mixed = Results::merge(vec![part(1), ("other".into(), other)]).unwrap_err();
    assert!(
        mixed
            .to_string()
            .starts_with("`other` is of another request than `1`"),
        "{mixed}"
    );
}

#[test]
fn a_cancelled_run_keeps_what_has_ended() {
    let cancel = Cancel::default();
    let handle = cancel.clone();
    let mut request = Request {
        samples: 10,
        ..Request::default()
    };
    request.keep.each = Some(Arc::new(move |number, _| {
        if number == 3 {
            handle.cancel();
        }
    }));
    let work = Work {
        threads: Some(1),
        cancel: Some(cancel),
        step: None,
    };
    let found = monte_carlo(&document("20"), &request, &options(), &work).unwrap();
    assert_eq!(found.results.rows.len(), 4);
    assert_eq!(found.statistics(0, 0).count, 4);
}

#[test]
fn requests_that_cannot_be_answered() {
    let refused = |request: Request| drawn("20", &request).unwrap_err().to_string();
    let few = Request {
        samples: 1,
        ..Request::default()
    };
    assert_eq!(
        refused(few),
        "1 samples cannot be drawn\n  = help: draw from 2 to 10000000 samples"
    );
    let group = Request {
        groups: vec!["all=line.nora.*".parse().unwrap()],
        ..Request::default()
    };
    assert!(refused(group).starts_with("group `all` names no uncertain figure"));
    let twice = Request {
        groups: vec![
            "a=line.plant.*".parse().unwrap(),
            "b=line.*.cost".parse().unwrap(),
        ],
        ..Request::default()
    };
    assert!(refused(twice).starts_with("`line.plant.cost` is in the groups `a` and `b`"));
    let spread = Request {
        spread: Spread {
            assumptions: Some(20.0),
            facts: None,
        },
        ..Request::default()
    };
    assert!(refused(spread).starts_with("`20` is no spread"));
    let scenario = Request {
        scenarios: vec!["mroe".into()],
        ..Request::default()
    };
    assert!(refused(scenario).contains("unknown scenario `mroe`"));
    let certain = Document::open("models/shells.toml").unwrap();
    let nothing = monte_carlo(&certain, &Request::default(), &options(), &Work::default());
    assert!(
        nothing
            .unwrap_err()
            .to_string()
            .starts_with("nothing in the model is uncertain")
    );
}

#[test]
fn the_example_prints_its_tables() {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    let output = Command::new(path.join("examples").join("monte_carlo"))
        .args([
            "models/shells.toml",
            "--samples",
            "20",
            "--spread",
            "0.2",
            "--compare",
            "base,half_the_aid",
        ])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for title in [
        "How likely each requirement is met",
        "Scenarios on the same draws",
        "What drives the spread",
    ] {
        assert!(text.contains(title), "{text}");
    }
    for line in text.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

/// Shares in which a plant opens rise to the whole, whatever else is spread: every sample of a model with one is a model.
#[test]
fn a_spread_leaves_openings_whole() {
    let document = Document::open("models/shells.toml").unwrap();
    let request = Request {
        samples: 20,
        spread: Spread {
            assumptions: Some(0.2),
            facts: Some(0.2),
        },
        ..Request::default()
    };
    let found = monte_carlo(&document, &request, &Options::default(), &Work::default()).unwrap();
    let rows = found.results.rows.values();
    let failures: Vec<&String> = rows.filter_map(|row| row.failure.as_ref()).collect();
    assert!(failures.is_empty(), "{failures:#?}");
    let is_share = |input: &&sinews::analysis::Input| input.name.strip_suffix(".share").is_some();
    assert_eq!(found.inputs.iter().find(is_share), None);
    assert!(
        found
            .inputs
            .iter()
            .any(|input| input.name.contains(".opening."))
    );
}
