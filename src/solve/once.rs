//! One solve: from a model, or a program that was built before, to its best plan.

use super::{Engine, Failure, Limits, Options, Progress, elastic, numbers, stages};
use crate::model::Model;
use crate::program::Program;
use crate::solution::Solution;

/// Find the best plan of a model.
///
/// # Errors
/// [`Failure`]: when no plan keeps every rule, time runs out, or no answer stands up.
///
/// ```
/// let model = sinews::read("models/tiny.toml")?;
/// let solution = sinews::solve(&model, &Default::default())?;
/// assert!(solution.certificate.holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn solve(model: &Model, options: &Options) -> Result<Solution, Failure> {
    let kind = options.objective.unwrap_or(model.objective.kind);
    solve_program(model, Program::of(model, kind), options)
}

/// Find the best plan of a program that was built before.
///
/// # Errors
/// As [`solve`].
pub fn solve_program(
    model: &Model,
    program: Program,
    options: &Options,
) -> Result<Solution, Failure> {
    let whole = program.columns().iter().any(|column| column.whole);
    let engine = Engine::choose(whole, options.solver)?;
    let limits = Limits::of(options);
    let report = |progress: &Progress| {
        if let Some(call) = &options.progress {
            call(progress);
        }
    };
    let tie_break = !options.any_of_equals;
    match stages::run(&program, engine, &limits, &report, tie_break) {
        Ok((mut answer, ground)) => {
            let ground = ground.settle(model, &program, &mut answer);
            Ok(Solution::new(model, program, answer, ground))
        }
        Err(Failure::Infeasible { .. }) => Err(Failure::Infeasible {
            rules: elastic::broken(model, &program, engine, &limits)?,
        }),
        Err(failure @ (Failure::Uncertified { .. } | Failure::Solver { .. })) => {
            Err(numbers::at_fault(model, failure))
        }
        Err(failure) => Err(failure),
    }
}
