//! Plans made again: with a lever pulled, or with a limit a little elsewhere.

use super::remedy::{self, Lever, Remedy};
use crate::analysis::Trouble;
use crate::analysis::equation::{Matrix, Prices};
use crate::analysis::measure::beyond;
use crate::document::{Change, How, Vary};
use crate::program::Program;
use crate::solution::Solution;
use crate::solve::{Options, solve_program};

/// What variations are compared with.
pub(super) struct Trials<'a> {
    pub(super) document: &'a dyn Vary,
    pub(super) matrix: &'a Matrix<'a>,
    pub(super) prices: &'a Prices,
    pub(super) base: &'a Solution,
    pub(super) options: &'a Options,
}

impl Trials<'_> {
    /// Pull a lever and plan anew.
    pub(super) fn remedy(&self, lever: &Lever) -> Result<Remedy, Trouble> {
        let model = self.document.changed(&lever.changes)?;
        let program = Program::like(&model, self.base.program());
        let program = program.with_history_of(self.base.program());
        let money = self.base.program().money_size();
        let promised = remedy::promise(self.matrix, self.prices, &program) * money;
        let varied = solve_program(&model, program, self.options)?;
        let met = self.base.requirements.iter().map(|(r, before)| {
            let after = &varied.requirements[r].years;
            let gained = before
                .years
                .iter()
                .map(|(y, met)| met.short - after[y].short);
            gained.collect()
        });
        let (before, after) = (self.base.stages[0].value, varied.stages[0].value);
        Ok(Remedy {
            promised: lever.limit.then_some(promised),
            gained: beyond(before, after),
            met: met.collect(),
            lever: lever.clone(),
        })
    }

    /// The prices where a limit is a little larger or smaller.
    pub(super) fn nudged(&self, lever: &Lever, by: f64) -> Result<Prices, Trouble> {
        let nudge = |change: &Change| Change::new(change.figures.clone(), How::Scale(1.0 + by));
        let changes: Vec<Change> = lever.changes.iter().map(nudge).collect();
        let model = self.document.changed(&changes)?;
        let program = Program::like(&model, self.base.program());
        let program = program.with_history_of(self.base.program());
        let options = Options {
            any_of_equals: true,
            ..self.options.clone()
        };
        let varied = solve_program(&model, program, &options)?;
        Ok(self.matrix.prices(&varied))
    }
}
