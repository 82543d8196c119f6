//! Faint aims: what counts next to nothing beside all the money of a program, made least all the same.
//!
//! A solver takes a price below some size for none, whatever it is the price of: with a first tier of fuzes that are worth
//! a cent beside a second one of shells that are worth milliards, each fuze counts 1e-9 in the units of the program, and any
//! number of them would do. So an aim of which no part counts as much as [`FAINT`] is multiplied before it is
//! handed over, by a power of two, which no number notices. Values and prices are divided by it again; gaps and drift
//! are measured beside the aim as it was handed over.

use super::certificate::Checked;
use super::linear::Linear;
use super::{Failure, Limits, Worker};
use crate::program::{FAINT, Stage};

/// What an aim is multiplied by.
pub(super) fn factor(stage: &Stage) -> f64 {
    let parts = stage.aim.iter().map(|&(_, part)| part.abs());
    let largest = parts.fold(0.0, f64::max);
    if largest > 0.0 && largest < FAINT {
        (1.0 / largest).log2().floor().exp2()
    } else {
        1.0
    }
}

/// What a solver finds for a linear program whose aim is multiplied so.
pub(super) fn run(
    worker: Worker,
    linear: &Linear,
    factor: f64,
    limits: &Limits,
    whole: bool,
) -> Result<Checked, Failure> {
    if factor == 1.0 {
        return worker.run(linear, limits, whole);
    }
    let mut multiplied = linear.clone();
    for part in &mut multiplied.aim {
        *part *= factor;
    }
    multiplied.offset *= factor;
    let mut checked = worker.run(&multiplied, limits, whole)?;
    for price in &mut checked.found.duals {
        *price /= factor;
    }
    checked.certificate.value /= factor;
    Ok(checked)
}
