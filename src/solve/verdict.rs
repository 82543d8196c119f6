//! Verdicts: "no plan" and "no end to it" are proved like a plan, or not believed.
//!
//! ```text
//! no plan   min Σ_n p[n] · (e[n] + f[n])   with   A x + e − f  ~  b,   l ≤ x ≤ u,   e, f ≥ 0     is positive,
//!           e and f no larger than what the plan in which nothing is done misses
//! no end    min c · d                      with   A d  ~  0,   0 ≤ d[j] ≤ 1 (or −1, or both) where x[j] has no end
//!                                                                                             is negative
//! ```
//!
//! Both programs always have a best plan, whose certificate is computed like any other; `p[n]` is one over the
//! largest number of row `n`. What a solver says and cannot be proved is tried again on the others that are
//! built in; what none of them settles is the fault of the numbers.

use super::certificate::Checked;
use super::linear::{Bounds, Linear};
use super::{Failure, Limits, Worker};
use crate::program::Sense;

/// A row missed by less than this share of its numbers, all rows together, is not missed.
const NO_MISS: f64 = 1e-7;
/// A direction in which less than this is won is no way to improve a plan without end.
const NO_GAIN: f64 = 1e-7;

/// The best plan of a linear program without whole columns: one that stands up, if any solver finds it.
pub(super) fn run(first: Worker, linear: &Linear, limits: &Limits) -> Result<Checked, Failure> {
    let mut best: Option<Checked> = None;
    let mut failure = None;
    for worker in first.and_others(linear) {
        match worker.once(linear, limits, false) {
            Ok(checked) => {
                if checked.holds() {
                    return Ok(checked);
                }
                let miss = checked.certificate.worst();
                if best
                    .as_ref()
                    .is_none_or(|best| miss < best.certificate.worst())
                {
                    best = Some(checked);
                }
            }
            Err(Failure::Infeasible { rules }) => {
                if is_without_plan(worker, linear, limits)? {
                    return Err(Failure::Infeasible { rules });
                }
            }
            Err(Failure::Unbounded) => {
                // A solver may not tell which of the two it is, and a direction without end is no plan.
                if is_without_plan(worker, linear, limits)? {
                    return Err(Failure::Infeasible { rules: Vec::new() });
                }
                if is_without_end(worker, linear, limits)? {
                    return Err(Failure::Unbounded);
                }
            }
            Err(Failure::Solver { solver, message }) => {
                failure = failure.or(Some(Failure::Solver { solver, message }));
            }
            Err(other) => return Err(other),
        }
    }
    // Whoever said what: there may be no plan, or no end, and another may prove it.
    for worker in first.and_others(linear) {
        if is_without_plan(worker, linear, limits)? {
            return Err(Failure::Infeasible { rules: Vec::new() });
        }
    }
    for worker in first.and_others(linear) {
        if is_without_end(worker, linear, limits)? {
            return Err(Failure::Unbounded);
        }
    }
    // What does not stand up is for the caller to refuse, with its stage.
    match best {
        Some(checked) => Ok(checked),
        None => Err(failure.unwrap_or(Failure::Solver {
            solver: first.name(),
            message: "says that there is no plan, or no end to it, and cannot prove either".into(),
        })),
    }
}

/// The value of a program that always has a best plan, and how far off it may be, if its certificate holds.
fn proved(worker: Worker, linear: &Linear, limits: &Limits) -> Result<Option<(f64, f64)>, Failure> {
    match worker.once(linear, limits, false) {
        Ok(Checked { certificate, .. }) => {
            let value = certificate.value;
            let off = certificate.relative_gap.max(certificate.max_dual_violation);
            Ok(certificate
                .holds()
                .then_some((value, off * (1.0 + value.abs()))))
        }
        Err(failure @ (Failure::TimeLimit | Failure::Cancelled)) => Err(failure),
        Err(_) => Ok(None),
    }
}

/// Whether rows have to be missed, proved.
fn is_without_plan(worker: Worker, linear: &Linear, limits: &Limits) -> Result<bool, Failure> {
    let least = proved(worker, &elastic(linear), limits)?;
    Ok(least.is_some_and(|(least, off)| least - off > NO_MISS))
}

/// Whether there is a direction in which every plan gets better, proved.
fn is_without_end(worker: Worker, linear: &Linear, limits: &Limits) -> Result<bool, Failure> {
    let least = proved(worker, &directions(linear), limits)?;
    Ok(least.is_some_and(|(least, off)| least + off < -NO_GAIN))
}

/// The same rows; each that is missed where nothing is done may be, by a share of that and at a price.
fn elastic(hard: &Linear) -> Linear {
    let mut new = Linear {
        columns: hard.columns.clone(),
        starts: vec![0],
        aim: vec![0.0; hard.columns.len()],
        ..Linear::default()
    };
    let at = |bounds: &Bounds| bounds.lower.max(0.0_f64.min(bounds.upper));
    let nothing: Vec<f64> = hard.columns.iter().map(at).collect();
    for n in 0..hard.senses.len() {
        new.terms.extend_from_slice(hard.row(n));
        let missing = hard.rights[n] - hard.left(n, &nothing);
        let missed = match hard.senses[n] {
            Sense::AtMost => missing < 0.0,
            Sense::AtLeast => missing > 0.0,
            Sense::Equal => missing != 0.0,
        };
        if missed {
            let column = u32::try_from(new.columns.len()).expect("fewer than 2^32 columns");
            new.terms.push((column, missing));
            new.columns.push(Bounds {
                upper: 1.0,
                ..Bounds::FREE
            });
            new.aim.push(missing.abs() / hard.largest(n));
        }
        new.starts.push(new.terms.len());
        new.senses.push(hard.senses[n]);
        new.rights.push(hard.rights[n]);
    }
    new
}

/// The directions in which a plan may go on without end.
fn directions(linear: &Linear) -> Linear {
    let column = |bounds: &Bounds| Bounds {
        lower: if bounds.lower.is_finite() { 0.0 } else { -1.0 },
        upper: if bounds.upper.is_finite() { 0.0 } else { 1.0 },
        whole: false,
    };
    Linear {
        columns: linear.columns.iter().map(column).collect(),
        rights: vec![0.0; linear.rights.len()],
        offset: 0.0,
        ..linear.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits::of(&super::super::Options::default())
    }

    /// Columns from zero on, one row a list of factors.
    fn linear(rows: &[(&[f64], Sense, f64)], aim: &[f64]) -> Linear {
        let mut new = Linear {
            columns: vec![Bounds::FREE; aim.len()],
            starts: vec![0],
            aim: aim.to_vec(),
            ..Linear::default()
        };
        for &(factors, sense, right) in rows {
            let terms = (0..).zip(factors).filter(|&(_, &factor)| factor != 0.0);
            new.terms.extend(terms.map(|(j, &factor)| (j, factor)));
            new.starts.push(new.terms.len());
            new.senses.push(sense);
            new.rights.push(right);
        }
        new
    }

    #[test]
    fn rules_that_clash_are_proved_to() {
        for worker in Worker::ALL {
            let clash = linear(
                &[(&[1.0], Sense::AtMost, 1.0), (&[1.0], Sense::AtLeast, 2.0)],
                &[1.0],
            );
            let failure = run(*worker, &clash, &limits()).unwrap_err();
            assert!(
                matches!(failure, Failure::Infeasible { .. }),
                "{worker:?}: {failure}"
            );
        }
    }

    #[test]
    fn what_has_no_end_is_proved_to() {
        for worker in Worker::ALL {
            let endless = linear(&[(&[1.0, -1.0], Sense::Equal, 0.0)], &[-1.0, 0.5]);
            let failure = run(*worker, &endless, &limits()).unwrap_err();
            assert!(
                matches!(failure, Failure::Unbounded),
                "{worker:?}: {failure}"
            );
        }
    }

    #[test]
    fn numbers_far_apart_have_a_plan() {
        // x ≤ 1e12, x + y ≥ 1e-4: the cheapest is x = 1e-4.
        for worker in Worker::ALL {
            let far = linear(
                &[
                    (&[1.0, 0.0], Sense::AtMost, 1e12),
                    (&[1.0, 1.0], Sense::AtLeast, 1e-4),
                ],
                &[1.0, 3.0],
            );
            let found = run(*worker, &far, &limits()).unwrap().found;
            assert!(
                (found.columns[0] - 1e-4).abs() < 1e-8,
                "{worker:?}: {found:?}"
            );
        }
    }
}
