//! HiGHS: simplex, interior point and branch-and-bound in C++, behind the feature `highs`.

use super::certificate::Checked;
use super::condense::{Condensed, Far, Scale};
use super::linear::{Found, Linear};
use super::modelling::{problem, rows};
use super::{Failure, Limits};
use crate::solution::Task;
use good_lp::solvers::SolverModel;
use highs::{HighsModelStatus, HighsOptionValue, HighsSolutionStatus, Model};
use web_time::Instant;

/// Above this many columns, interior point is tried first. Simplex was the faster on 65,000.
const LARGE: usize = 200_000;

/// The best plan of a linear program; whole columns whole if `whole` is set.
pub(super) fn run(linear: &Linear, limits: &Limits, whole: bool) -> Result<Checked, Failure> {
    let all = limits.remaining()?;
    let (own, inside) = (linear.clone(), limits.clone());
    limits.detached("HiGHS", move || {
        let start = Instant::now();
        let left = || all.saturating_sub(start.elapsed()).as_secs_f64();
        let wholes = whole && own.columns.iter().any(|bounds| bounds.whole);
        let large = own.columns.len() > LARGE && !wholes;
        if !wholes && !large {
            let scale = Scale::AtMost(1_000.0);
            let condensed = Condensed::step(&own, scale, Far::LeftOut, &inside);
            let small = &condensed.linear;
            match inside.solving("HiGHS", small, |_| solve_open(small, left())) {
                Ok(solved) => {
                    let undo = || condensed.undo(&own, &solved);
                    let found = inside.step(Task::Undo, &own, |_| undo());
                    let checked = Checked::of(&own, found, &inside);
                    if checked.holds() {
                        return Ok(checked);
                    }
                }
                Err(Failure::Solver { .. } | Failure::Infeasible { .. } | Failure::Unbounded) => {}
                Err(failure) => return Err(failure),
            }
        }
        let checked = |large| {
            let found = inside.solving("HiGHS", &own, |_| solve(&own, left(), whole, large));
            Ok(Checked::of(&own, found?, &inside))
        };
        let first = checked(large)?;
        // Interior point may stop short; simplex then takes its time.
        if large && !first.holds() {
            return checked(false);
        }
        Ok(first)
    })
}

/// The answer to a program made smaller, in which nothing may be left.
fn solve_open(linear: &Linear, seconds: f64) -> Result<Found, Failure> {
    if linear.columns.is_empty() {
        return linear.settled("HiGHS");
    }
    solve(linear, seconds, false, false)
}

fn solve(linear: &Linear, seconds: f64, whole: bool, large: bool) -> Result<Found, Failure> {
    let fault = |status: &dyn std::fmt::Debug| Failure::solver("HiGHS", format!("{status:?}"));
    let (unsolved, columns) = problem(linear, whole);
    let mut model = unsolved.using(good_lp::highs);
    for row in rows(linear, &columns) {
        model.add_constraint(row);
    }
    let mut model = model
        .try_into_inner()
        .map_err(|error| Failure::solver("HiGHS", error))?;
    prepare(&mut model)?;
    let wholes = whole && linear.columns.iter().any(|bounds| bounds.whole);
    set(&mut model, "time_limit", seconds)?;
    if wholes {
        set(&mut model, "mip_rel_gap", 1e-7)?;
        // A choice that is whole but for a millionth is none where a thousand can be chosen.
        set(&mut model, "mip_feasibility_tolerance", 1e-9)?;
    } else if large {
        set(&mut model, "solver", "ipm")?;
        set(&mut model, "run_crossover", "off")?;
        set(&mut model, "ipm_optimality_tolerance", 1e-10)?;
    } else {
        set(&mut model, "solver", "simplex")?;
        // Programs are well scaled as they are: scaled anew, Europe by the month takes twice as long.
        set(&mut model, "simplex_scale_strategy", 0)?;
    }
    let solved = model.try_solve().map_err(|status| fault(&status))?;
    match solved.status() {
        HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => {}
        // Interior point without crossover may stop short of its own tolerance; the certificate
        // decides.
        HighsModelStatus::Unknown
            if solved.primal_solution_status() == HighsSolutionStatus::Feasible => {}
        HighsModelStatus::Infeasible => return Err(Failure::Infeasible { rules: Vec::new() }),
        HighsModelStatus::Unbounded | HighsModelStatus::UnboundedOrInfeasible => {
            return Err(Failure::Unbounded);
        }
        HighsModelStatus::ReachedTimeLimit => return Err(Failure::TimeLimit),
        status => return Err(fault(&status)),
    }
    let iterations = solved.simplex_iteration_count().max(0) + solved.ipm_iteration_count().max(0);
    let solution = solved.get_solution();
    Ok(Found {
        columns: solution.columns().to_vec(),
        duals: if wholes {
            Vec::new()
        } else {
            solution.dual_rows().to_vec()
        },
        iterations: iterations.unsigned_abs(),
        solver: "HiGHS",
    })
}

/// The rule of HiGHS's presolve that merges parallel columns, by its number. Taking it back, HiGHS 1.15 may write
/// a line to the standard output of whoever solves, however quiet it is told to be.
const PARALLEL_COLUMNS: i32 = 1 << 13;

/// What HiGHS is told in any case.
pub(super) fn prepare(model: &mut Model) -> Result<(), Failure> {
    model.make_quiet();
    set(model, "presolve_rule_off", PARALLEL_COLUMNS)?;
    set(model, "primal_feasibility_tolerance", 1e-9)?;
    set(model, "dual_feasibility_tolerance", 1e-9)
}

/// Set an option.
pub(super) fn set(
    model: &mut Model,
    option: &str,
    value: impl HighsOptionValue,
) -> Result<(), Failure> {
    let set = model.try_set_option(option, value);
    set.map_err(|_| Failure::solver("HiGHS", format!("no option `{option}`")))
}

#[cfg(test)]
mod tests {
    use super::super::modelling::mixed;
    use super::*;

    /// Prices come in the order in which `good_lp` was given the rows.
    #[test]
    fn each_row_has_its_own_price() {
        let (linear, prices) = mixed();
        let found = solve(&linear, 60.0, false, false).expect("a plan");
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
        let mut pairs = found.duals.iter().zip(&prices);
        assert!(pairs.all(near), "{:?}, {prices:?}", found.duals);
        assert_eq!(found.duals.len(), prices.len());
    }
}
