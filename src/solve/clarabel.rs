//! Clarabel: an interior-point solver in Rust, built in. For programs without whole columns.

use super::certificate::Checked;
use super::condense::{Condensed, Far, Scale};
use super::linear::{Found, Linear};
use super::modelling::{problem, rows};
use super::refine::refine;
use super::shared::taken_out;
use super::{Device, Failure, Limits};
use crate::program::Sense;
use crate::solution::{Step, Task};
use clarabel::solver::{IPSolver, SolverStatus};
use good_lp::solvers::SolverModel;

/// The best plan of a linear program.
pub(super) fn run(linear: &Linear, limits: &Limits) -> Result<Checked, Failure> {
    let mut best: Option<Checked> = None;
    let (gap, first) = if linear.fine {
        (FINE_GAP, FINE_FIRST)
    } else {
        (GAP, FIRST)
    };
    let mut tried = Vec::new();
    for attempt in [first].iter().chain(&AGAIN) {
        let condensed = Condensed::step(linear, attempt.scale, attempt.far, limits);
        // An aim that is small, or large, is scaled alike by several ways.
        let near = condensed.is_near();
        let way = (condensed.scale(), attempt.tolerance, attempt.refined, near);
        if tried.contains(&way) {
            continue;
        }
        tried.push(way);
        let solved = match solve(&condensed.linear, attempt, gap, limits) {
            // Prices as large as those of an aim scaled up look like a proof that there is no plan, and so may
            // steps that are a little off.
            Err(Failure::Infeasible { .. } | Failure::Unbounded | Failure::Solver { .. })
                if condensed.is_raised() || !attempt.refined || near =>
            {
                continue;
            }
            solved => solved?,
        };
        let small = condensed.linear.columns.len() <= SMALL;
        let refining = limits.uses(Device::Refined);
        let mut checked = None;
        if !(small && refining) {
            checked = Some(undone(&condensed, linear, &solved, limits));
        }
        if refining && !checked.as_ref().is_some_and(Checked::holds) {
            let closer = |closer: &Linear| {
                let condensed = Condensed::step(closer, Scale::To(1_000.0), Far::LeftOut, limits);
                let solved = solve(&condensed.linear, &CLOSER, gap, limits)?;
                Ok(condensed.undo(closer, &solved))
            };
            let refined = refine(&condensed.linear, solved, closer);
            checked = Some(undone(&condensed, linear, &refined, limits));
        }
        let checked = checked.expect("what is not refined is checked as it is");
        let miss = checked.certificate.worst();
        let holds = checked.holds();
        if best
            .as_ref()
            .is_none_or(|best| miss < best.certificate.worst())
        {
            best = Some(checked);
        }
        if holds {
            break;
        }
    }
    best.ok_or_else(|| Failure::solver("Clarabel", "numerical error"))
}

/// What was found for a program made smaller, put back and checked.
fn undone(condensed: &Condensed, whole: &Linear, found: &Found, limits: &Limits) -> Checked {
    let found = limits.step(Task::Undo, whole, |_| condensed.undo(whole, found));
    Checked::of(whole, found, limits)
}

/// Programs with no more columns are refined in any case.
const SMALL: usize = 2_000;

/// How near the value must come to what the prices prove, as a share of it.
const GAP: f64 = 1e-10;
/// The same where the aim is a sum of small preferences: most of its value is settled, and what is left to choose
/// would otherwise stay undecided in the fifth digit. Other aims may never come as near.
const FINE_GAP: f64 = 1e-12;

/// A way to go about a program.
struct Try {
    scale: Scale,
    /// How far rows may be missed. A tolerance that cannot be reached makes Clarabel go on until nothing
    /// gets better.
    tolerance: f64,
    /// Whether each step is refined until it solves its equations to the last digits. That is a third of the
    /// time, and the certificate tells when it was needed.
    refined: bool,
    /// Whether limits that are too far to be reached are seen.
    far: Far,
}

/// The first way.
const FIRST: Try = Try {
    refined: false,
    ..Try::refined(Scale::AtMost(1_000.0), 1e-9)
};
/// The first way where preferences have to be told apart: scaled down they would be too small for that.
const FINE_FIRST: Try = Try {
    refined: false,
    ..Try::refined(Scale::AtMost(10_000.0), 1e-9)
};
/// The way of a step of refining.
const CLOSER: Try = Try::refined(Scale::To(1_000.0), 1e-9);
/// The other ways, in order: where the answer of one does not stand up, the next follows. Raised, an aim is met
/// more closely and rows less, and later stages need rows.
const AGAIN: [Try; 6] = [
    Try::refined(Scale::To(1_000.0), 1e-9),
    Try::refined(Scale::AtMost(1_000.0), 1e-9),
    Try::refined(Scale::AtMost(1_000.0), 1e-14),
    Try::refined(Scale::AtMost(10_000.0), 1e-14),
    Try::refined(Scale::AtMost(100.0), 1e-14),
    Try {
        far: Far::Kept,
        ..Try::refined(Scale::AtMost(1_000.0), 1e-9)
    },
];

impl Try {
    const fn refined(scale: Scale, tolerance: f64) -> Self {
        Self {
            scale,
            tolerance,
            refined: true,
            far: Far::LeftOut,
        }
    }
}

fn solve(linear: &Linear, attempt: &Try, gap: f64, limits: &Limits) -> Result<Found, Failure> {
    if linear.columns.is_empty() {
        return linear.settled("Clarabel");
    }
    let (shared, sums) = if limits.uses(Device::Shared) {
        limits.step(Task::Share, linear, |_| taken_out(linear))
    } else {
        (linear.clone(), 0)
    };
    limits.solving("Clarabel", &shared, |step| {
        run_once(linear, (&shared, sums), attempt, gap, limits, step)
    })
}

/// Clarabel at work on a program with so many shared sums taken out: what it finds for the program as it was.
fn run_once(
    linear: &Linear,
    (shared, sums): (&Linear, usize),
    attempt: &Try,
    gap: f64,
    limits: &Limits,
    step: &mut Step,
) -> Result<Found, Failure> {
    let (unsolved, columns) = problem(shared, false);
    let mut model = unsolved.using(good_lp::clarabel);
    for row in rows(shared, &columns) {
        model.add_constraint(row);
    }
    model
        .settings()
        .verbose(false)
        .iterative_refinement_enable(attempt.refined)
        .tol_feas(attempt.tolerance)
        .tol_gap_rel(gap)
        .tol_gap_abs(gap)
        .time_limit(limits.remaining()?.as_secs_f64());
    let mut solver = model
        .try_into_solver()
        .map_err(|error| Failure::solver("Clarabel", error))?;
    let told = limits.clone();
    solver.set_termination_callback(move |info| {
        if info.iterations > 0 {
            told.iterated(u64::from(info.iterations), Some(info.gap_rel));
        }
        told.cancel
            .as_ref()
            .is_some_and(super::Cancel::is_cancelled)
    });
    solver.solve();
    step.factor = Some(solver.info.linsolver.nnzL);
    let solution = &solver.solution;
    match solution.status {
        SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
            return Err(Failure::Infeasible { rules: Vec::new() });
        }
        SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => {
            return Err(Failure::Unbounded);
        }
        SolverStatus::MaxTime => return Err(Failure::TimeLimit),
        SolverStatus::CallbackTerminated => return Err(Failure::Cancelled),
        SolverStatus::NumericalError => {
            return Err(Failure::solver("Clarabel", "numerical error"));
        }
        // How near "almost" is, the certificate decides.
        SolverStatus::Solved
        | SolverStatus::AlmostSolved
        | SolverStatus::MaxIterations
        | SolverStatus::InsufficientProgress
        | SolverStatus::Unsolved => {}
    }
    // `good_lp` writes finite bounds as rows, all of them before the rows proper; shared sums come next.
    let bounds = linear
        .columns
        .iter()
        .map(|b| usize::from(b.lower.is_finite()) + usize::from(b.upper.is_finite()));
    let first = bounds.sum::<usize>() + sums;
    // Clarabel's `z` belongs to `row + slack = right`, a row `≥` having been turned round.
    let dual = |(n, sense): (usize, &Sense)| {
        let z = solution.z[first + n];
        if *sense == Sense::AtLeast { z } else { -z }
    };
    let clip =
        |(&value, bounds): (&f64, &super::linear::Bounds)| value.clamp(bounds.lower, bounds.upper);
    Ok(Found {
        columns: solution.x.iter().zip(&linear.columns).map(clip).collect(),
        duals: linear.senses.iter().enumerate().map(dual).collect(),
        iterations: u64::from(solution.iterations),
        solver: "Clarabel",
    })
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::super::linear::Bounds;
    use super::super::modelling::mixed;
    use super::*;

    fn duals(linear: &Linear) -> Vec<f64> {
        let limits = Limits::of(&Options::default());
        solve(linear, &CLOSER, GAP, &limits).expect("a plan").duals
    }

    fn same(found: &[f64], wanted: &[f64]) {
        assert_eq!(found.len(), wanted.len());
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-6;
        assert!(found.iter().zip(wanted).all(near), "{found:?}, {wanted:?}");
    }

    /// `good_lp` writes what is finite of bounds as rows before all others, which come in their order.
    #[test]
    fn each_row_has_its_own_price() {
        let (linear, prices) = mixed();
        same(&duals(&linear), &prices);
    }

    /// Rows that define shared sums come between bounds and rows.
    #[test]
    fn each_row_has_its_own_price_where_sums_are_shared() {
        let mut linear = Linear {
            columns: vec![Bounds::FREE; 51],
            starts: vec![0, 50, 101],
            terms: (0..50).map(|j| (j, 1.0)).collect(),
            senses: vec![Sense::AtLeast; 2],
            rights: vec![10.0, 45.0],
            aim: (1..=51).map(f64::from).collect(),
            ..Linear::default()
        };
        linear.terms.extend((0..50).map(|j| (j, 3.0)));
        linear.terms.push((50, 1.0));
        linear.aim[50] = 0.1;
        assert_eq!(taken_out(&linear).1, 1);
        // One more of the second costs a tenth; one more of the first costs one, and saves three of the second.
        same(&duals(&linear), &[0.7, 0.1]);
    }
}
