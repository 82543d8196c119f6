//! microlp: a simplex and branch-and-bound solver in Rust, built in, for small programs.
//!
//! It gives no prices. Those of a program without whole columns are the best plan of its dual:
//!
//! ```text
//! max  Σ_n b[n]·y[n] − Σ_j u[j]·q[j]    with  Σ_n a[n,j]·y[n] − q[j] ≤ c[j]  for every column j ≥ 0,
//!                                       y[n] ≤ 0 for a limit, y[n] ≥ 0 for a demand, q[j] ≥ 0 where j has an end
//! ```
//!
//! once every column counts from its lower bound.

use super::condense::{Condensed, Far, Scale};
use super::linear::{Bounds, Found, Linear};
use super::modelling::{problem, rows};
use super::{Certificate, Failure, Limits};
use crate::program::Sense;
use good_lp::solvers::{ResolutionError, Solution, SolverModel, WithTimeLimit};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// Programs with more columns take it too long to be asked for a second opinion.
pub(super) const SMALL: usize = 3_000;

/// The seconds after which a program without whole columns is given up, a thousand times what it should take: microlp
/// may go in circles where many plans are as good as each other.
fn patience(linear: &Linear) -> f64 {
    let columns = u32::try_from(linear.columns.len()).unwrap_or(u32::MAX);
    1.0 + f64::from(columns) / 300.0
}

/// The best plan of a linear program, whole columns whole if `whole` is set; without prices.
pub(super) fn run(linear: &Linear, limits: &Limits, whole: bool) -> Result<Found, Failure> {
    limits.solving("microlp", linear, |_| at_work(linear, limits, whole))
}

fn at_work(linear: &Linear, limits: &Limits, whole: bool) -> Result<Found, Failure> {
    let all = limits.remaining()?.as_secs_f64().min(1e6);
    let seconds = if whole {
        all
    } else {
        all.min(patience(linear))
    };
    let own = linear.clone();
    let found = if whole {
        limits.detached("microlp", move || caught(&own, true, seconds))
    } else {
        patiently(own, seconds, limits)
    };
    match found {
        Err(Failure::Solver { .. }) => limits.remaining().and(found),
        found => found,
    }
}

/// The best plan of a program with whole columns: made smaller, if what is found then keeps every row; else as it is.
pub(super) fn run_whole(linear: &Linear, limits: &Limits) -> Result<Found, Failure> {
    let condensed = Condensed::step(linear, Scale::AtMost(1_000.0), Far::LeftOut, limits);
    let small = &condensed.linear;
    if !small.columns.is_empty() {
        match run(small, limits, true) {
            Ok(found) => {
                let found = condensed.undo(linear, &found);
                if linear.violation(&found.columns) <= Certificate::VIOLATION {
                    let duals = Vec::new();
                    return Ok(Found { duals, ..found });
                }
            }
            Err(failure @ (Failure::TimeLimit | Failure::Cancelled)) => return Err(failure),
            Err(_) => {}
        }
    }
    run(linear, limits, true)
}

/// The best plan of a linear program without whole columns, and its prices.
pub(super) fn run_smooth(linear: &Linear, limits: &Limits) -> Result<Found, Failure> {
    let condensed = Condensed::step(linear, Scale::AtMost(1_000.0), Far::LeftOut, limits);
    let small = &condensed.linear;
    if small.columns.is_empty() {
        return Ok(condensed.undo(linear, &small.settled("microlp")?));
    }
    let plan = match run(small, limits, false) {
        Err(Failure::Infeasible { .. } | Failure::Unbounded) if condensed.is_near() => {
            let plan = run(linear, limits, false)?;
            return with_prices(linear, plan, limits);
        }
        plan => plan?,
    };
    let found = with_prices(small, plan, limits)?;
    Ok(condensed.undo(linear, &found))
}

/// A plan with the prices that prove it the best.
fn with_prices(linear: &Linear, plan: Found, limits: &Limits) -> Result<Found, Failure> {
    let prices = match run(&dual(linear), limits, false) {
        Ok(prices) => prices,
        Err(failure @ (Failure::TimeLimit | Failure::Cancelled)) => return Err(failure),
        Err(failure) => return Err(Failure::solver("microlp", format!("no prices: {failure}"))),
    };
    let duals = prices.columns[..linear.senses.len()].to_vec();
    Ok(Found { duals, ..plan })
}

/// The dual of a program, as one in which something is made least; its first columns are the rows' prices.
fn dual(linear: &Linear) -> Linear {
    let mut new = Linear {
        starts: vec![0],
        ..Linear::default()
    };
    let lower = |j: usize| {
        let Bounds { lower, upper, .. } = linear.columns[j];
        if lower.is_finite() {
            lower
        } else if upper.is_finite() {
            upper
        } else {
            0.0
        }
    };
    let mut columns = vec![Vec::new(); linear.columns.len()];
    for n in 0..linear.senses.len() {
        let (least, most) = match linear.senses[n] {
            Sense::AtMost => (f64::NEG_INFINITY, 0.0),
            Sense::AtLeast => (0.0, f64::INFINITY),
            Sense::Equal => (f64::NEG_INFINITY, f64::INFINITY),
        };
        new.columns.push(Bounds {
            lower: least,
            upper: most,
            whole: false,
        });
        let number = u32::try_from(n).expect("fewer than 2^32 rows");
        let mut right = linear.rights[n];
        for &(j, factor) in linear.row(n) {
            columns[j as usize].push((number, factor));
            right -= factor * lower(j as usize);
        }
        new.aim.push(-right);
    }
    for (j, own) in columns.into_iter().enumerate() {
        let Bounds { lower, upper, .. } = linear.columns[j];
        new.terms.extend(own);
        let sense = match (lower.is_finite(), upper.is_finite()) {
            (true, true) => {
                let column = u32::try_from(new.columns.len()).expect("fewer than 2^32 columns");
                new.columns.push(Bounds::FREE);
                new.aim.push(upper - lower);
                new.terms.push((column, -1.0));
                Sense::AtMost
            }
            (true, false) => Sense::AtMost,
            (false, true) => Sense::AtLeast,
            (false, false) => Sense::Equal,
        };
        new.starts.push(new.terms.len());
        new.senses.push(sense);
        new.rights.push(linear.aim[j]);
    }
    new
}

/// A solve that is given up after some seconds: microlp looks at the clock between steps, and may go in circles within
/// one. What is given up goes on by itself and is not heard any more.
fn patiently(linear: Linear, seconds: f64, limits: &Limits) -> Result<Found, Failure> {
    let receive = Limits::apart(move || caught(&linear, false, seconds));
    match receive.recv_timeout(Duration::from_secs_f64(seconds + 1.0)) {
        Ok(found) => found,
        Err(RecvTimeoutError::Timeout) => {
            limits.remaining()?;
            Err(Failure::solver("microlp", "went in circles"))
        }
        Err(RecvTimeoutError::Disconnected) => {
            Err(Failure::solver("microlp", "its thread ended early"))
        }
    }
}

/// A solve whose panic is a failure like any other.
fn caught(linear: &Linear, whole: bool, seconds: f64) -> Result<Found, Failure> {
    let solved = std::panic::catch_unwind(|| solve(linear, whole, seconds));
    solved.unwrap_or_else(|_| Err(Failure::solver("microlp", "lost its way")))
}

fn solve(linear: &Linear, whole: bool, seconds: f64) -> Result<Found, Failure> {
    let (unsolved, columns) = problem(linear, whole);
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
            solver: "microlp",
        }),
        Err(ResolutionError::Infeasible) => Err(Failure::Infeasible { rules: Vec::new() }),
        Err(ResolutionError::Unbounded) => Err(Failure::Unbounded),
        Err(error) => Err(Failure::solver("microlp", error)),
    }
}
