//! microlp: a simplex and branch-and-bound solver in Rust, built in. For small programs with whole
//! columns; it gives no duals.

use super::linear::{Found, Linear};
use super::modelling::{problem, rows};
use super::{Failure, Limits};
use good_lp::solvers::{ResolutionError, Solution, SolverModel, WithTimeLimit};

/// The best plan of a linear program, whole columns whole.
pub(super) fn run(linear: &Linear, limits: &Limits) -> Result<Found, Failure> {
    let seconds = limits.remaining()?.as_secs_f64().min(1e6);
    let own = linear.clone();
    let found = limits.detached("microlp", move || solve(&own, seconds));
    match found {
        Err(Failure::Solver { .. }) => limits.remaining().and(found),
        found => found,
    }
}

fn solve(linear: &Linear, seconds: f64) -> Result<Found, Failure> {
    let (unsolved, columns) = problem(linear, true);
    let mut model = unsolved.using(good_lp::microlp).with_time_limit(seconds);
    for row in rows(linear, &columns) {
        model.add_constraint(row);
    }
    match model.solve() {
        Ok(solution) => Ok(Found {
            columns: columns
                .iter()
                .map(|&column| solution.value(column))
                .collect(),
            duals: Vec::new(),
            iterations: 0,
        }),
        Err(ResolutionError::Infeasible) => Err(Failure::Infeasible { rules: Vec::new() }),
        Err(ResolutionError::Unbounded) => Err(Failure::Unbounded),
        Err(error) => Err(Failure::solver("microlp", error)),
    }
}
