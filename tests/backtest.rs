//! The two backtests: what the models of spring 2023 and of January 2026 said beside what came, frictions fitted on the
//! first and tried on the second. The tables of `docs/backtest.md` are written from here.
#![allow(clippy::unwrap_used)]

#[path = "backtest/fit.rs"]
mod fit;
#[path = "backtest/items.rs"]
mod items;
#[path = "backtest/sets.rs"]
mod sets;
#[path = "backtest/show.rs"]
mod show;

use expect_test::expect_file;
use fit::{Fitted, Range};
use items::{Sample, facts};
use sets::{FIRST, SECOND};
use sinews::evidence::Basis;

/// No friction.
const NONE: Fitted = Fitted {
    output: 1.0,
    money: 1.0,
    late: 0.0,
    delay: 0.0,
};

#[test]
fn the_page_shows_both_backtests_with_and_without_the_fitted_friction() {
    let (first, second) = (Sample::of(&FIRST), Sample::of(&SECOND));
    let fitted = fit::fitted(&first);
    let used = fit::used(&first, &second);
    let (plain, rubbed) = (first.said(NONE), first.said(fitted));
    let mut text = show::factors(&used, fitted, fit::fitted(&second));
    text += &show::elsewhere(fit::elsewhere(&first));
    text += &show::table("In sample: spring 2023 to the end of 2025", &plain, &rubbed);
    let (plain, rubbed) = (second.said(NONE), second.said(fitted));
    text += &show::table(
        "Out of sample: January to the middle of 2026",
        &plain,
        &rubbed,
    );
    let path = "docs/backtest.md";
    let page = std::fs::read_to_string(path).unwrap();
    expect_file![format!("../{path}")].assert_eq(&show::replaced(&page, "backtests", &text));
}

/// Of whole percents and months, as the registry has it.
#[test]
fn the_class_of_frictions_is_what_the_backtests_give() {
    let used = fit::used(&Sample::of(&FIRST), &Sample::of(&SECOND));
    let registry = facts();
    for (id, range) in [
        ("eu-class-friction-output", used.output.percent()),
        ("eu-class-friction-money", used.money.percent()),
        ("eu-class-friction-late", used.late.percent()),
        ("eu-class-friction-delay", used.delay),
    ] {
        let fact = registry.get(id).unwrap();
        let written = Range {
            low: fact.low.unwrap_or(fact.value),
            value: fact.value,
            high: fact.high.unwrap_or(fact.value),
        };
        assert_eq!(written, range.rounded(), "{id}");
    }
}

/// What did not reach Ukraine in 2023 and 2024 lies within what the European model has others order.
#[test]
fn what_goes_elsewhere_is_what_the_backtest_points_to() {
    let fitted = fit::elsewhere(&Sample::of(&FIRST));
    let model = sinews::read("models/europe.toml").unwrap();
    let place = "requirement.eu-export-155.quantity.2026-01.times.elsewhere";
    let mut figures = model.evidence.figures.iter();
    let figure = figures.find(|f| f.place.to_string() == place).unwrap();
    let (low, high) = figure.range.unwrap();
    assert!(low <= fitted && fitted <= high, "{low} {fitted} {high}");
}

/// Half of what was said came, in each of two items: half is the share, and no error is left.
#[test]
fn the_share_of_least_squares_is_found() {
    let grid = [
        (0.4, vec![4.0, 40.0]),
        (0.5, vec![5.0, 50.0]),
        (1.0, vec![10.0, 100.0]),
    ];
    assert_eq!(fit::least(&grid, &[5.0, 50.0], |_| true), 0.5);
    // Without the second, which came in full: the first alone.
    assert_eq!(fit::least(&grid, &[4.0, 100.0], |n| n != 1), 0.4);
    assert!((fit::geometric(&[0.25, 1.0]) - 0.5).abs() < 1e-12);
}

#[test]
fn a_backtest_uses_nothing_that_was_published_after_its_time() {
    for (file, end) in [
        ("models/backtest-2023.toml", "2023-07"),
        ("models/backtest-2026.toml", "2026-02"),
    ] {
        let m = sinews::read(file).unwrap();
        let cited = m
            .evidence
            .figures
            .iter()
            .filter_map(|figure| match &figure.basis {
                Basis::Fact(id) => Some(id),
                Basis::Assumption(_) => None,
            });
        for id in cited {
            let fact = m.evidence.facts.iter().find(|fact| fact.id == *id).unwrap();
            let date = fact.source.date.as_str();
            // A year alone does not say that it was in time.
            let known = date.len() >= 7 || date < &end[..4];
            assert!(known && date < end, "{file}: {id}: {date}");
        }
    }
}
