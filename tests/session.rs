//! Sessions: a variation solved from the first plan's basis, or from that of the variation before, is the plan
//! that a solve from nothing finds.
#![allow(clippy::unwrap_used)]

mod common;

use sinews::document::{Change, Document, How};
use sinews::model::{Model, ObjectiveKind};
use sinews::program::Program;
use sinews::solution::Solution;
use sinews::solve::{Options, Progress, Runner, Session, Solver, solve_program};
use std::sync::{Arc, Mutex};

fn options(kind: ObjectiveKind) -> Options {
    Options {
        objective: Some(kind),
        any_of_equals: true,
        ..Options::default()
    }
}

/// Both reach the same values in every stage, and cover and pay the same.
#[track_caller]
fn agree(what: &str, model: &Model, runner: &Runner, hot: &Solution, options: &Options) {
    let program = Program::like(model, runner.session().solution().program());
    let cold = solve_program(model, program, options).unwrap();
    assert!(hot.certificate.holds(), "{what}");
    assert_eq!(hot.stages.len(), cold.stages.len(), "{what}");
    for (a, b) in hot.stages.iter().zip(&cold.stages) {
        let miss = (a.value - b.value).abs() / (1.0 + b.value.abs());
        assert!(
            miss < 1e-7,
            "{what}, {}: {} and {}",
            a.name,
            a.value,
            b.value
        );
    }
}

fn variations(path: &str, kind: ObjectiveKind, all: &[(&str, How)]) {
    let document = Document::open(path).unwrap();
    let options = options(kind);
    let session = Session::new(&document.model().unwrap(), &options).unwrap();
    let (mut runner, mut follower) = (session.runner(), session.runner());
    for &(figures, how) in all {
        let change = Change::new(figures.parse().unwrap(), how);
        let model = document.changed(&[change]).unwrap();
        let what = format!("{path}, {figures}, {how:?}");
        let hot = runner.solve(&model).unwrap();
        agree(&what, &model, &runner, &hot, &options);
        let next = follower.go_on(&model).unwrap();
        agree(
            &format!("{what}, going on"),
            &model,
            &runner,
            &next,
            &options,
        );
    }
}

/// Bounds, factors, prices and structure: lead times move the first column of an expansion.
const SHELLS: [(&str, How); 9] = [
    ("line.powder-mill.capacity", How::Scale(0.5)),
    ("line.*.capacity", How::Scale(1.5)),
    ("fund.*.amount", How::Scale(0.3)),
    ("line.filling.cost", How::Scale(2.0)),
    ("item.round.needs.*", How::Scale(1.2)),
    (
        "line.powder-mill.expansion.second-mill.lead_time",
        How::Scale(0.5),
    ),
    (
        "line.powder-mill.expansion.second-mill.lead_time",
        How::Scale(1.9),
    ),
    ("requirement.restock.level", How::Shift(-12)),
    ("line.*.capacity", How::Scale(0.0)),
];

#[test]
fn a_variation_from_a_basis_is_the_one_from_nothing() {
    variations("models/shells.toml", ObjectiveKind::Weighted, &SHELLS);
}

#[test]
fn so_it_is_with_several_stages() {
    variations(
        "models/shells.toml",
        ObjectiveKind::Lexicographic,
        &SHELLS[..4],
    );
}

#[test]
fn so_it_is_for_europe() {
    let some = [
        ("line.*.expansion.*.lead_time", How::Scale(1.3)),
        ("fund.*.amount", How::Scale(0.9)),
        ("line.*.cost", How::Scale(1.1)),
    ];
    // Without HiGHS there is no basis to start from, and every solve takes its time.
    let some = &some[..if cfg!(feature = "highs") { 3 } else { 1 }];
    variations("models/europe.toml", ObjectiveKind::Weighted, some);
}

/// The order in which variations are solved leaves no trace: to the last digit.
#[test]
fn a_variation_depends_on_none_before_it() {
    let document = Document::open("models/shells.toml").unwrap();
    let options = options(ObjectiveKind::Weighted);
    let session = Session::new(&document.model().unwrap(), &options).unwrap();
    let models: Vec<Model> = [0.4, 0.8, 1.3, 2.0]
        .map(|factor| {
            let change = Change::new("line.*.capacity".parse().unwrap(), How::Scale(factor));
            document.changed(&[change]).unwrap()
        })
        .into();
    let in_order = |order: [usize; 4]| {
        let mut runner = session.runner();
        let mut values = vec![0.0; 4];
        let mut prices = vec![Vec::new(); 4];
        for n in order {
            let found = runner.solve(&models[n]).unwrap();
            values[n] = found.stages[0].value;
            let rows = found.program().rows();
            prices[n] = (0..rows.len())
                .map(|row| found.price(rows.name(row)))
                .collect();
        }
        (values, prices)
    };
    assert_eq!(in_order([0, 1, 2, 3]), in_order([3, 1, 0, 2]));
}

/// A bar can be drawn from what is told: stages in turn, iterations of each from 1, a share that does not go back at
/// the start of a stage.
#[test]
fn progress_tells_of_stages_and_iterations() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&told);
    let options = Options {
        solver: Solver::Clarabel,
        progress: Some(Arc::new(move |progress: &Progress| {
            kept.lock().unwrap().push(progress.clone());
        })),
        ..Options::default()
    };
    sinews::solve(&sinews::read("models/shells.toml").unwrap(), &options).unwrap();
    let told = told.lock().unwrap();
    let starts: Vec<&Progress> = told.iter().filter(|p| p.iteration == 0).collect();
    let names: Vec<&str> = starts.iter().map(|p| p.stage.as_str()).collect();
    assert_eq!(names, ["tier 1", "tier 2", "cost", "tie-break"]);
    assert!(
        starts
            .windows(2)
            .all(|pair| pair[0].share() < pair[1].share())
    );
    assert_eq!(starts[0].share(), 0.0);
    assert_eq!(
        starts[0].to_string(),
        format!(
            "stage 1 of 4: tier 1 ({} columns, {} rows)",
            starts[0].columns, starts[0].rows
        )
    );
    let first = told.iter().find(|p| p.iteration == 1).unwrap();
    assert!(first.gap.is_some_and(|gap| gap > 0.0), "{first}");
    assert!(told.iter().any(|p| p.iteration > 5 && p.gap < Some(1e-6)));
    assert!(told.iter().all(|p| (0.0..=1.0).contains(&p.share())));
}
