//! How long a plan takes, step by step: `cargo bench --bench plan [-- MODEL.toml]`
//!
//! Reads, builds, solves and reports a model by the quarter and by the month, on every solver that is built
//! in, and prints each step as a share of the whole: shares hold on any machine, seconds do not.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{median, peak_memory};
use sinews::document::Document;
use sinews::program::Program;
use sinews::solve::{Options, Solver};

fn main() {
    let path = std::env::args().skip(1).find(|word| word.contains(".toml"));
    let path = path.unwrap_or_else(|| "models/europe.toml".into());
    let text = std::fs::read_to_string(&path).unwrap();
    println!("{path}: medians; shares of the whole");
    println!(
        "period   solver    columns    rows   terms    read   build   solve  report   whole s  terms/s built"
    );
    for period in ["quarter", "month"] {
        let text = text.replace("period = \"quarter\"", &format!("period = \"{period}\""));
        for solver in [Solver::Clarabel, Solver::Highs] {
            step(&path, &text, period, solver);
        }
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory of all of it: {peak:.0} MiB");
    }
}

fn step(path: &str, text: &str, period: &str, solver: Solver) {
    if solver == Solver::Highs && !cfg!(feature = "highs") {
        return;
    }
    let runs = if period == "month" { 3 } else { 5 };
    let options = Options {
        solver,
        ..Options::default()
    };
    let (read, model) = median(runs, || {
        let folder = std::path::Path::new(path).parent().unwrap();
        let document = Document::parse_beside(path, text, folder).unwrap();
        document.model().unwrap()
    });
    let (build, program) = median(runs, || Program::of(&model, model.objective.kind));
    let (solve, solution) = median(runs, || {
        sinews::solve::solve_program(&model, program.clone(), &options).unwrap()
    });
    let (report, _) = median(runs, || sinews::report::text(&model, &solution));
    let whole = read + build + solve + report;
    let share = |part: f64| format!("{:.1} %", 100.0 * part / whole);
    let terms = f64::from(u32::try_from(program.rows().terms()).unwrap());
    println!(
        "{period:8} {:8} {:8} {:7} {:7} {:>7} {:>7} {:>7} {:>7} {whole:8.2} {:10.0}",
        solution.solver,
        program.columns().len(),
        program.rows().len(),
        program.rows().terms(),
        share(read),
        share(build),
        share(solve),
        share(report),
        terms / build,
    );
}
