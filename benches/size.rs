//! How building and solving grow with size: `cargo bench --bench size`
//!
//! A synthetic model of a million columns is built; smaller ones are solved over 1 to 5 years by the month,
//! and the growth of time with the number of periods is printed as an exponent.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::{median, peak_memory, synthetic};
use sinews::calendar::PeriodLength;
use sinews::program::Program;
use sinews::solve::{Options, Solver};

fn main() {
    let model = synthetic(20, 5, 5, PeriodLength::Month);
    let (base, small) = median(5, || Program::of(&model, model.objective.kind));
    let rate = |program: &Program, time: f64| {
        f64::from(u32::try_from(program.rows().terms()).unwrap()) / time
    };
    let columns = small.columns().len();
    println!(
        "{columns} columns: {:.1} million terms a second",
        rate(&small, base) / 1e6
    );

    let model = synthetic(250, 70, 5, PeriodLength::Month);
    let (time, large) = median(1, || Program::of(&model, model.objective.kind));
    let columns = large.columns().len();
    println!(
        "{columns} columns: {:.1} million terms a second",
        rate(&large, time) / 1e6
    );
    println!(
        "terms a second, large against small: {:.2}",
        rate(&large, time) / rate(&small, base)
    );
    if let Some(peak) = peak_memory() {
        println!("peak memory: {peak:.0} MiB");
    }
    drop(large);

    let options = Options {
        solver: Solver::Clarabel,
        ..Options::default()
    };
    let mut times = Vec::new();
    for years in [1, 5] {
        let model = synthetic(20, 5, years, PeriodLength::Month);
        let (time, solution) = median(3, || sinews::solve(&model, &options).unwrap());
        println!(
            "{years} years by the month: {} columns, {time:.2} s",
            solution.program().columns().len()
        );
        times.push(time);
    }
    let exponent = (times[1] / times[0]).ln() / 5.0_f64.ln();
    println!("time grows with the number of periods to the power {exponent:.2}");
}
