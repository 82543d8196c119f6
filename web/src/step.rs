//! What a step would do, as far as the prices of a plan tell: which lever to try next.

use crate::desk::{Heard, Plan, arranged};
use crate::faults::Fault;
use serde::Deserialize;
use serde_json::{Value, json};
use sinews::document::{Change, How, Pattern};
use sinews::program::Program;

/// A small change to some figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Which figures, as a pattern.
    figures: String,
    /// How many times as large they are.
    scale: Option<f64>,
    /// How many months later they happen.
    shift: Option<i32>,
}

impl Step {
    fn change(&self) -> Option<Change> {
        let figures: Pattern = self.figures.parse().ok()?;
        let how = self.scale.map(How::Scale).or(self.shift.map(How::Shift))?;
        Some(Change::new(figures, how))
    }
}

/// By how much each step would better the aim of a plan, to the first order, in money as the objective counts it; nothing
/// where the step cannot be made, or changes the shape of the program.
pub fn estimates(plan: &Plan, steps: &[Step], heard: &Heard) -> Result<Value, Fault> {
    let base = &plan.solution;
    let value = base.stages.first().map_or(0.0, |stage| stage.value);
    let mut all = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        heard(&format!("lever {} of {}", n + 1, steps.len()));
        let model = step.change().map(|change| plan.document.changed(&[change]));
        let Some(Ok(model)) = model else {
            all.push(Value::Null);
            continue;
        };
        let program = Program::like(&model, base.program());
        let program = arranged(&model, program, &plan.changes)?;
        let gain = base.estimate(&program).map(|now| value - now);
        all.push(json!(gain));
    }
    Ok(Value::Array(all))
}
