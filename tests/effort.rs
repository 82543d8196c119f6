//! What a plan takes is told step by step, and no step costs more than it did. `scripts/counts` compares larger models.
#![allow(clippy::unwrap_used)]

#[path = "../benches/common/mod.rs"]
mod common;

use common::counts;
use sinews::model::Model;
use sinews::solution::{Solution, Task};
use sinews::solve::{Device, Options, Solver};
use std::time::Instant;

fn read(name: &str) -> Model {
    sinews::read(format!("models/{name}.toml")).unwrap()
}

fn by(model: &Model, solver: Solver, without: &[Device]) -> Solution {
    let options = Options {
        solver,
        without: without.to_vec(),
        ..Options::default()
    };
    sinews::solve(model, &options).unwrap()
}

#[test]
fn every_stage_says_what_it_took() {
    let (model, start) = (read("shells"), Instant::now());
    let solution = by(&model, Solver::Clarabel, &[]);
    let spent = start.elapsed().as_secs_f64();
    let effort = &solution.effort;
    for stage in &solution.stages {
        for task in [
            Task::Open,
            Task::Condense,
            Task::Solve,
            Task::Undo,
            Task::Certify,
        ] {
            let mut own = effort.steps.iter();
            let done = own.any(|step| step.stage == stage.name && step.task == task);
            assert!(done, "{task} in {}", stage.name);
        }
    }
    let solves: Vec<_> = effort
        .steps
        .iter()
        .filter(|step| step.task == Task::Solve)
        .collect();
    for step in &solves {
        assert_eq!(step.solver.as_deref(), Some("Clarabel"));
        assert!(step.columns > 0 && step.rows > 0, "{step:?}");
        // What has no terms takes no steps, and nothing is factored.
        let counted = step.iterations > 0;
        assert_eq!(step.terms > 0, counted, "{step:?}");
        assert_eq!(step.factor.unwrap() > 0, counted, "{step:?}");
    }
    assert!(effort.iterations() >= solution.iterations && solution.iterations > 0);
    assert!(effort.steps.iter().all(|step| step.seconds >= 0.0));
    assert!(effort.seconds() <= spent, "{} of {spent}", effort.seconds());
    // What is undone is what was opened.
    let sizes = |task| {
        let own = effort.steps.iter().filter(move |step| step.task == task);
        own.map(|step| (step.columns, step.rows)).max()
    };
    assert_eq!(sizes(Task::Undo), sizes(Task::Open));
    assert!(sizes(Task::Solve) < sizes(Task::Open));
}

#[test]
fn other_solvers_say_it_too() {
    let solution = by(&read("tiny"), Solver::Microlp, &[]);
    let mut steps = solution.effort.steps.iter();
    assert!(steps.all(|step| step.factor.is_none()));
    if cfg!(feature = "highs") {
        let solution = by(&read("shells"), Solver::Highs, &[]);
        let steps = solution.effort.steps.iter();
        let solvers: Vec<_> = steps.filter_map(|step| step.solver.as_deref()).collect();
        assert!(!solvers.is_empty() && solvers.iter().all(|name| *name == "HiGHS"));
        assert!(solution.effort.iterations() > 0);
    }
}

#[test]
fn history_is_told_apart() {
    let text = r#"
model.note = "Invented figures"
calendar = { start = "2026-01", end = "2028-12", period = "year", decide_from = "2027-01" }
item.round = { unit = "round" }
holder.ukraine = {}
[line.plant]
makes = "round"
capacity = "100 round/year"
cost = "1_000 EUR/round"
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = "150 round/year"
"#;
    let model = sinews::document::parse("toy.toml", text).unwrap();
    let solution = by(&model, Solver::Clarabel, &[]);
    let steps = &solution.effort.steps;
    let first = steps
        .iter()
        .position(|step| !step.stage.starts_with("history, "));
    assert!(first.unwrap() > 0);
    let later = &steps[first.unwrap()..];
    assert!(
        later
            .iter()
            .all(|step| !step.stage.starts_with("history, "))
    );
}

#[test]
fn plans_are_as_good_without_any_device() {
    for name in ["tiny", "shells"] {
        let model = read(name);
        for solver in [Solver::Clarabel, Solver::Auto] {
            let all = by(&model, solver, &[]);
            for (word, device) in Device::WORDS {
                let own = by(&model, solver, &[device]);
                assert!(own.certificate.holds());
                assert_eq!(all.stages.len(), own.stages.len(), "{name} without {word}");
                for (a, b) in all.stages.iter().zip(&own.stages) {
                    let near = 1e-6 * (1.0 + a.value.abs());
                    assert!(
                        (a.value - b.value).abs() <= near,
                        "{name} without {word}: {}",
                        a.name
                    );
                }
                let task = match device {
                    Device::Shared => Task::Share,
                    Device::Prices => Task::Prices,
                    Device::Face => Task::Narrow,
                    _ => continue,
                };
                let mut steps = own.effort.steps.iter();
                assert!(
                    steps.all(|step| step.task != task),
                    "{name}: {word} is left out"
                );
            }
        }
    }
}

/// The cheap one of `benches/counts.toml`: the others take minutes.
#[test]
fn what_is_counted_is_no_more_than_it_was() {
    let (tolerance, kept) = counts::kept();
    let found = counts::of(&by(&read("shells"), Solver::Clarabel, &[]).effort);
    let worse = counts::larger("shells", &found, &kept["shells"], tolerance);
    assert!(
        worse.is_empty(),
        "{worse:?}; if it is meant, `scripts/counts --write`"
    );
}
