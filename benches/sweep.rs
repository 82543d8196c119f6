//! What a variation costs: `cargo bench --bench sweep --features highs [-- MODEL.toml]`
//!
//! Solves variations of a model from the basis of the first plan, and prints each step as a share of a solve from
//! nothing in the same run; then what a point of a sweep costs, where each goes on from its neighbour, and what a
//! Monte Carlo sample costs.
//! Shares hold on any machine, seconds do not.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::median;
use sinews::analysis::Work;
use sinews::analysis::monte_carlo::{Request, monte_carlo};
use sinews::analysis::sweep;
use sinews::document::{Change, Document, How, Pattern};
use sinews::model::ObjectiveKind;
use sinews::program::Program;
use sinews::solve::{Options, Session, solve_program};

fn main() {
    let path = std::env::args().skip(1).find(|word| word.contains(".toml"));
    let path = path.unwrap_or_else(|| "models/europe.toml".into());
    let document = Document::open(&path).unwrap();
    let model = document.model().unwrap();
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        any_of_equals: true,
        ..Options::default()
    };
    let program = Program::of(&model, ObjectiveKind::Weighted);
    let (cold, base) = median(3, || {
        solve_program(&model, program.clone(), &options).unwrap()
    });
    let session = Session::new(&model, &options).unwrap();
    println!(
        "{path}: {} columns, {} rows, {}; a solve from nothing {cold:.2} s; shares of it",
        program.columns().len(),
        program.rows().len(),
        base.solver
    );
    println!("variation                   read   build   solve   point   1/n of cold  iterations");
    for (name, mut changes) in variations(&model) {
        // Some draws break a rule of the model, as a least rate above a capacity does.
        changes.retain(|changes| document.changed(changes).is_ok());
        if changes.is_empty() {
            println!("{name:24} breaks a rule of the model every time");
            continue;
        }
        let mut times = [0.0; 3];
        let mut iterations = 0;
        for changes in &changes {
            let mut runner = session.runner();
            // What is loaded once is no part of a point.
            runner.solve(&model).unwrap();
            let (read, varied) = median(3, || document.changed(changes).unwrap());
            let (build, program) = median(3, || Program::like(&varied, base.program()));
            let far = name == FAR;
            let (solve, solution) = median(3, || {
                if far {
                    runner.solve_anew(&varied).unwrap()
                } else {
                    runner.solve_program(&varied, program.clone()).unwrap()
                }
            });
            for (sum, time) in times.iter_mut().zip([read, build, solve]) {
                *sum += time;
            }
            iterations += solution.iterations;
        }
        let count = f64::from(u32::try_from(changes.len()).unwrap());
        let [read, build, solve] = times.map(|time| time / count);
        let point = read + build + solve;
        let share = |part: f64| format!("{:.1} %", 100.0 * part / cold);
        println!(
            "{name:24} {:>7} {:>7} {:>7} {:>7} {:13.1} {:11}",
            share(read),
            share(build),
            share(solve),
            share(point),
            cold / point,
            iterations / u64::try_from(changes.len()).unwrap()
        );
    }
    grids(&document, &options, cold);
    samples(&document, &options, cold);
}

/// What a point of a sweep costs: over the first fund, the first line, and all funds.
fn grids(document: &Document, options: &Options, cold: f64) {
    let model = document.model().unwrap();
    let (opening, _) = median(3, || Session::new(&model, options).unwrap());
    println!("a point of a sweep of 41                1/n of a solve from nothing");
    println!("                                      on one thread    on all cores");
    let fund = model.funds.values().next();
    let line = model.lines.values().next();
    let figures = [
        fund.map(|fund| format!("fund.{}.amount", fund.key)),
        line.map(|line| format!("line.{}.capacity", line.key)),
        fund.map(|_| "fund.*.amount".into()),
    ];
    for figures in figures.into_iter().flatten() {
        let request = sweep::Request {
            axes: vec![format!("{figures}=x0.5..1.5 in 41").parse().unwrap()],
            ..sweep::Request::default()
        };
        let each = [Some(1), None].map(|threads| {
            let work = Work {
                threads,
                ..Work::default()
            };
            let run = || sweep::sweep(document, &request, options, &work).unwrap();
            let (time, found) = median(3, run);
            // The plan of the model itself comes first.
            let points = f64::from(u32::try_from(found.results.rows.len()).unwrap());
            points * cold / (time - opening)
        });
        println!("{figures:36} {:12.1} {:15.1}", each[0], each[1]);
    }
}

/// The variation that a Monte Carlo sample is: solved from nothing.
const FAR: &str = "every uncertain figure";

/// What a Monte Carlo sample costs, all cores at work.
fn samples(document: &Document, options: &Options, cold: f64) {
    let count = 24;
    let request = Request {
        samples: count,
        ..Request::default()
    };
    if let Err(trouble) = monte_carlo(document, &request, options, &Work::default()) {
        println!("Monte Carlo: {trouble}");
        return;
    }
    let (time, _) = median(3, || {
        monte_carlo(document, &request, options, &Work::default()).unwrap()
    });
    // The plan of the model itself comes first.
    let each = (time - cold) / f64::from(u32::try_from(count).unwrap());
    println!(
        "Monte Carlo: {count} samples on all cores, each {:.0} % of a solve from nothing; 1,000 would take {:.0} s here",
        100.0 * each / cold,
        1_000.0 * each
    );
}

/// Variations by name, each as several sets of changes.
fn variations(model: &sinews::model::Model) -> Vec<(&'static str, Vec<Vec<Change>>)> {
    let change = |figures: &str, how| vec![Change::new(figures.parse().unwrap(), how)];
    let scaled = |figures: &str| {
        let factors = [0.8, 0.9, 1.1, 1.2];
        factors
            .map(|factor| change(figures, How::Scale(factor)))
            .to_vec()
    };
    let fund = model.funds.values().next().unwrap();
    let line = model.lines.values().next().unwrap();
    let mut all = vec![
        ("nothing", vec![Vec::new()]),
        ("one fund", scaled(&format!("fund.{}.amount", fund.key))),
        ("all funds", scaled("fund.*.amount")),
        ("one line", scaled(&format!("line.{}.capacity", line.key))),
        ("all lines", scaled("line.*.capacity")),
        ("all prices of lines", scaled("line.*.cost")),
        ("all lead times", scaled("line.*.expansion.*.lead_time")),
        (FAR, uncertain(model)),
    ];
    all.retain(|(name, changes)| {
        let used = |change: &Change| {
            let figures = &model.evidence.figures;
            figures
                .iter()
                .any(|figure| change.figures.matches(&figure.place))
        };
        *name == "nothing" || changes.iter().flatten().all(used)
    });
    all
}

/// Every figure with a range, at some place in it: what a sample is.
fn uncertain(model: &sinews::model::Model) -> Vec<Vec<Change>> {
    let figures = model.evidence.figures.iter();
    let places: Vec<_> = figures
        .filter(|f| f.range.is_some())
        .map(|f| &f.place)
        .collect();
    let mut seed = 1_u64;
    let mut share = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(seed >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    let sample = |_| {
        let change = |place: &&_| Change::new(Pattern::from(*place), How::Quantile(share()));
        places.iter().map(change).collect()
    };
    (0..4).map(sample).collect()
}
