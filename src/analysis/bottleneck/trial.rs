//! Plans made again: with a lever pulled, or with a limit a little elsewhere.

use super::remedy::{self, Lever, Remedy};
use crate::analysis::Trouble;
use crate::analysis::equation::{Matrix, Prices};
use crate::analysis::measure::beyond;
use crate::document::{Change, How, Vary};
use crate::model::Model;
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

/// A model with a lever pulled, before it is planned.
struct Varied {
    model: Model,
    program: Program,
    /// What the prices of the plan promise, in the base currency: no plan gains more, as far as the lever moves limits
    /// alone.
    promised: f64,
}

impl Trials<'_> {
    /// Pull a lever and plan anew.
    pub(super) fn remedy(&self, lever: &Lever) -> Result<Remedy, Trouble> {
        self.planned(lever, self.varied(lever)?, self.options)
    }

    /// The same, with options of its own, if it can gain more than so much. `None`: prices prove that it cannot.
    pub(super) fn remedy_above(
        &self,
        lever: &Lever,
        least: f64,
        options: &Options,
    ) -> Result<Option<Remedy>, Trouble> {
        let varied = self.varied(lever)?;
        if lever.limit && varied.promised <= least {
            return Ok(None);
        }
        self.planned(lever, varied, options).map(Some)
    }

    fn varied(&self, lever: &Lever) -> Result<Varied, Trouble> {
        let model = self.document.changed(&lever.changes)?;
        let program = Program::like(&model, self.base.program());
        let program = program.with_history_of(self.base.program());
        let money = self.base.program().money_size();
        let promised = remedy::promise(self.matrix, self.prices, &program) * money;
        Ok(Varied {
            model,
            program,
            promised,
        })
    }

    fn planned(&self, lever: &Lever, varied: Varied, options: &Options) -> Result<Remedy, Trouble> {
        let promised = varied.promised;
        let varied = solve_program(&varied.model, varied.program, options)?;
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
