//! History comes first: what is taken to have happened is settled, and held, before anything is planned.

use super::{Engine, Failure, Limits, Options, clash, numbers, stages};
use crate::model::Model;
use crate::program::Program;

/// A program with its history held.
///
/// # Errors
/// As [`solve`](super::solve()): when nothing keeps every rule before decisions are free.
pub(crate) fn held(model: &Model, program: Program, options: &Options) -> Result<Program, Failure> {
    let Some(history) = program.history() else {
        return Ok(program);
    };
    let whole = history.columns().iter().any(|column| column.whole);
    let engine = Engine::choose(whole, options.solver)?;
    let limits = Limits::of(options);
    match stages::run(&history, engine, &limits, &|_| {}, true) {
        Ok((answer, _)) => Ok(program.with_history(&answer.columns)),
        Err(Failure::Infeasible { .. }) => Err(clash(model, &history, engine, &limits)),
        Err(failure @ (Failure::Uncertified { .. } | Failure::Solver { .. })) => {
            Err(numbers::at_fault(model, failure))
        }
        Err(failure) => Err(failure),
    }
}
