//! History comes first: what is taken to have happened is settled, and held, before anything is planned.

use super::once::best;
use super::{Failure, Options};
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
    let (answer, _) = best(model, &history, options, &|_| {}, true)?;
    Ok(program.with_history(&answer.columns))
}
