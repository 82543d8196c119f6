//! What a solve keeps of its own steps.

use super::linear::Linear;
use crate::solution::{Effort, Step, Task};
use std::sync::{Arc, Mutex, PoisonError};

/// The steps of a solve so far, from whichever thread they come. Copies keep one list.
#[derive(Clone, Debug, Default)]
pub(super) struct Record(Arc<Mutex<Vec<Step>>>);

impl Record {
    /// Do some work on a program as a step of a stage. The work may add what it comes to know.
    pub(super) fn step<T>(
        &self,
        task: Task,
        stage: &str,
        linear: &Linear,
        work: impl FnOnce(&mut Step) -> T,
    ) -> T {
        let (columns, rows) = (linear.columns.len(), linear.senses.len());
        let mut step = Step::new(task, stage).sized(columns, rows, linear.terms.len());
        let done = step.time(work);
        self.keep(step);
        done
    }

    /// Keep a step.
    pub(super) fn keep(&self, step: Step) {
        // A list of steps is whole whenever it can be reached.
        let mut steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steps.push(step);
    }

    /// All steps so far.
    pub(super) fn effort(&self) -> Effort {
        let steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut effort = Effort::default();
        effort.steps.clone_from(&steps);
        effort
    }
}
