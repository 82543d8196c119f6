//! What each device of the solver is worth: `cargo bench --bench devices [-- SOLVER] [-- month]`
//!
//! Each is left out in turn ([`Options::without`]). What that costs is printed as a multiple of what it costs with all of
//! them, in the same run: the processor's time, iterations, numbers in the largest factor; and how many plans are still
//! found and certified. Measured on Europe and on two hundred random models; then what a variation costs that goes on
//! from a plan.
#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub, dead_code)]

mod common;
#[path = "../tests/random/generate/mod.rs"]
mod generate;
#[path = "../tests/random/judge.rs"]
mod judge;
#[path = "../tests/random/node.rs"]
mod node;
#[path = "../tests/random/rng.rs"]
mod rng;

use common::{counts, processor};
use sinews::document::{Change, Document, How};
use sinews::model::{Model, ObjectiveKind};
use sinews::program::Program;
use sinews::solve::{Device, Options, Session, Solver, solve_program};

/// How many random models are solved, and the seed of the first.
const RANDOM: u64 = 200;

/// What solving some models took.
#[derive(Clone, Copy, Default)]
struct Spent {
    seconds: f64,
    iterations: u64,
    factor: u64,
    found: usize,
}

fn spent(programs: &[(Model, Program)], solver: Solver, without: &[Device]) -> Spent {
    let options = Options {
        solver,
        without: without.to_vec(),
        ..Options::default()
    };
    let mut all = Spent::default();
    let (seconds, ()) = processor(|| {
        for (model, program) in programs {
            let Ok(solution) = solve_program(model, program.clone(), &options) else {
                continue;
            };
            let counts = counts::of(&solution.effort);
            all.iterations += counts["iterations"];
            all.factor = all.factor.max(counts["factor"]);
            all.found += 1;
        }
    });
    Spent { seconds, ..all }
}

/// A program of a model for what it strives for.
fn built(model: Model) -> (Model, Program) {
    let program = Program::of(&model, model.objective.kind);
    (model, program)
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = |word: &str| words.iter().any(|own| own == word);
    let solver = Solver::WORDS.iter().find(|(word, _)| asked(word));
    let solver = solver.map_or(Solver::Clarabel, |(_, solver)| *solver);
    let period = if asked("month") { "month" } else { "quarter" };
    let text = std::fs::read_to_string("models/europe.toml").unwrap();
    let text = text.replace("period = \"quarter\"", &format!("period = \"{period}\""));
    let document = Document::parse_beside("europe.toml", &text, "models").unwrap();
    let random = (0..RANDOM).map(|n| built(judge::valid(n).1));
    let sets = [
        ("europe", vec![built(document.model().unwrap())]),
        ("random", random.collect()),
    ];
    println!("by the {period}, {solver:?}: without a device, as a multiple of with all of them");
    println!("set     without        time  iterations  factor  plans");
    for (name, programs) in &sets {
        let all = spent(programs, solver, &[]);
        println!(
            "{name:8}nothing   {:7.2} s {:11} {:7} {:6}",
            all.seconds, all.iterations, all.factor, all.found
        );
        for (word, device) in Device::WORDS {
            let own = spent(programs, solver, &[device]);
            println!(
                "{name:8}{word:10}{:9.2} {:11.2} {:7.2} {:6}",
                own.seconds / all.seconds,
                counts::ratio(own.iterations, all.iterations),
                counts::ratio(own.factor, all.factor),
                own.found
            );
        }
    }
    if cfg!(feature = "highs") {
        variations(&document);
    }
}

/// What variations cost on HiGHS that go on from a plan: from the first, or from the one before.
fn variations(document: &Document) {
    let model = document.model().unwrap();
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        any_of_equals: true,
        ..Options::default()
    };
    let session = Session::new(&model, &options).unwrap();
    let fund = model.funds.values().next().unwrap();
    let figure = format!("fund.{}.amount", fund.key);
    let varied = [0.8, 0.9, 1.1, 1.2].map(|factor| {
        let change = Change::new(figure.parse().unwrap(), How::Scale(factor));
        document.changed(&[change]).unwrap()
    });
    let mut runner = session.runner();
    runner.solve(&model).unwrap();
    let mut measured = |way: &str, anew: Option<f64>| {
        let mut iterations = 0;
        let (seconds, ()) = processor(|| {
            for model in &varied {
                let solution = match way {
                    "from nothing" => runner.solve_anew(model),
                    "from the first" => runner.solve(model),
                    _ => runner.go_on(model),
                };
                iterations += solution.unwrap().iterations;
            }
        });
        let share = anew.map_or(1.0, |anew| seconds / anew);
        println!("{way:20} {share:6.3} {:10}", iterations / 4);
        seconds
    };
    println!("a variation of one fund, on HiGHS: time as a share, iterations");
    let anew = measured("from nothing", None);
    measured("from the first", Some(anew));
    measured("from the one before", Some(anew));
}
