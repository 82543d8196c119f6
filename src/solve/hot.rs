//! HiGHS with a program that stays loaded: changed in place, and solved from a basis that was best
//! before.
//!
//! A variation of a program differs from it in some bounds, prices and factors. To change just these
//! and to go on from a basis is many times faster than to start again. A variation starts from the
//! *same* basis whatever was solved before it, or, where it is one of a row of variations, from the one before.
//!
//! This is the one file with `unsafe` in it: the safe bindings can change neither factors nor rows of
//! a loaded program, nor set a basis. Each call passes arrays whose lengths were checked against the
//! program that HiGHS holds.
#![allow(unsafe_code)]

use super::highs::{prepare, set};
use super::linear::{Bounds, Found, Linear};
use super::modelling::{problem, rows};
use super::{Failure, Limits};
use crate::program::Sense;
use good_lp::solvers::SolverModel;
use highs_sys::{
    Highs_changeCoeff, Highs_changeColBounds, Highs_changeColCost, Highs_changeRowBounds,
    Highs_clearSolver, Highs_getBasis, Highs_getIntInfoValue, Highs_getModelStatus,
    Highs_getSolution, Highs_run, Highs_setBasis, Highs_setDoubleOptionValue,
    Highs_setIntOptionValue, HighsInt,
};

/// Which columns and rows are in the basis, and where the others stand, as HiGHS numbers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) columns: Vec<HighsInt>,
    pub(super) rows: Vec<HighsInt>,
}

impl Basis {
    /// Out of the basis, at the lower bound.
    pub(super) const AT_LOWER: HighsInt = 0;
    /// In the basis.
    pub(super) const BASIC: HighsInt = 1;
}

/// A program that HiGHS holds.
#[derive(Debug)]
pub(super) struct Hot {
    model: highs::Model,
    linear: Linear,
    /// Whether the last solve ended with a best plan, from which another may go on.
    stands: bool,
}

/// Where a solve begins, and the most iterations that it may take.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begin<'a> {
    Nothing,
    Basis(&'a Basis, u64),
    /// The plan of the last solve, with all that HiGHS remembers of it.
    Last(u64),
}

/// How HiGHS weighs rows in dual simplex: as it sees fit, by steepest edges. Those have to be measured for a
/// basis that is given, a solve for each row before the first iteration.
const EDGES_CHOSEN: HighsInt = -1;
/// By reference weights, which begin at once and lead astray in the long run.
const EDGES_DEVEX: HighsInt = 1;
/// So many iterations are made by reference weights; where they do not do, it starts again by steepest edges.
const FEW: u64 = 100;

/// HiGHS's numbers for how a solve ended.
mod status {
    use super::HighsInt;
    pub(super) const EMPTY: HighsInt = 6;
    pub(super) const OPTIMAL: HighsInt = 7;
    pub(super) const INFEASIBLE: HighsInt = 8;
    pub(super) const UNBOUNDED_OR_INFEASIBLE: HighsInt = 9;
    pub(super) const UNBOUNDED: HighsInt = 10;
    pub(super) const TIME_LIMIT: HighsInt = 13;
    pub(super) const ITERATION_LIMIT: HighsInt = 14;
}

impl Hot {
    /// Load a program.
    pub(super) fn load(linear: &Linear) -> Result<Self, Failure> {
        let (unsolved, columns) = problem(linear, false);
        let mut model = unsolved.using(good_lp::highs);
        for row in rows(linear, &columns) {
            model.add_constraint(row);
        }
        let mut model = model
            .try_into_inner()
            .map_err(|error| Failure::solver("HiGHS", error))?;
        prepare(&mut model)?;
        set(&mut model, "solver", "simplex")?;
        set(&mut model, "parallel", "off")?;
        set(&mut model, "simplex_scale_strategy", 0)?;
        Ok(Self {
            model,
            linear: linear.clone(),
            stands: false,
        })
    }

    /// Change the bounds of the columns of what is loaded.
    pub(super) fn bound(&mut self, columns: &[Bounds]) -> Result<(), Failure> {
        assert_eq!(columns.len(), self.linear.columns.len());
        let highs = self.model.as_mut_ptr();
        for (j, (own, new)) in self.linear.columns.iter_mut().zip(columns).enumerate() {
            if own == new {
                continue;
            }
            // SAFETY: `highs` is a live instance and `j` one of its columns.
            let status = unsafe { Highs_changeColBounds(highs, int(j), new.lower, new.upper) };
            if status == -1 {
                return Err(refused());
            }
            *own = *new;
        }
        Ok(())
    }

    /// Whether a program differs from the one that is loaded in numbers only.
    pub(super) fn fits(&self, linear: &Linear) -> bool {
        let own = &self.linear;
        let same = |((a, _), (b, _)): (&(u32, f64), &(u32, f64))| a == b;
        own.columns.len() == linear.columns.len()
            && own.starts == linear.starts
            && own.terms.iter().zip(&linear.terms).all(same)
    }

    /// Change the loaded program into one that [fits](Self::fits).
    pub(super) fn change(&mut self, linear: &Linear) -> Result<(), Failure> {
        self.bound(&linear.columns)?;
        let own = std::mem::replace(&mut self.linear, linear.clone());
        let highs = self.model.as_mut_ptr();
        let mut fine = true;
        let mut done = |status: HighsInt| fine &= status != -1;
        for (j, (old, new)) in own.aim.iter().zip(&linear.aim).enumerate() {
            if old != new {
                // SAFETY: `highs` is a live instance and `j` one of its columns.
                done(unsafe { Highs_changeColCost(highs, int(j), *new) });
            }
        }
        for n in 0..linear.senses.len() {
            let (old, new) = (limits_of(&own, n), limits_of(linear, n));
            if old != new {
                // SAFETY: `n` is one of its rows.
                done(unsafe { Highs_changeRowBounds(highs, int(n), new.0, new.1) });
            }
            for (old, new) in own.row(n).iter().zip(linear.row(n)) {
                if old.1 != new.1 {
                    // SAFETY: row and column are those of a term that is loaded.
                    done(unsafe { Highs_changeCoeff(highs, int(n), int(new.0 as usize), new.1) });
                }
            }
        }
        if fine { Ok(()) } else { Err(refused()) }
    }

    /// Whether a solve can go on from the last one.
    pub(super) fn stands(&self) -> bool {
        self.stands
    }

    /// Take it that another program is loaded than is.
    #[cfg(test)]
    pub(super) fn mistake_for(&mut self, linear: &Linear) {
        self.linear = linear.clone();
    }

    /// Solve what is loaded.
    pub(super) fn run(&mut self, from: Begin<'_>, limits: &Limits) -> Result<Found, Failure> {
        let seconds = limits.remaining()?.as_secs_f64();
        let (columns, rows) = (self.linear.columns.len(), self.linear.senses.len());
        let limit = c"time_limit";
        let highs = self.model.as_mut_ptr();
        // SAFETY: `highs` is a live instance, the name ends with a zero.
        unsafe { Highs_setDoubleOptionValue(highs, limit.as_ptr(), seconds) };
        let status = match from {
            Begin::Nothing => {
                // SAFETY: `highs` is a live instance.
                unsafe { Highs_clearSolver(highs) };
                self.attempt(EDGES_CHOSEN, u64::MAX, None)
            }
            Begin::Last(most) => self.attempt(EDGES_DEVEX, most, None),
            Begin::Basis(basis, most) => {
                assert_eq!((basis.columns.len(), basis.rows.len()), (columns, rows));
                match self.attempt(EDGES_DEVEX, most.min(FEW), Some(basis)) {
                    status::ITERATION_LIMIT if most > FEW => {
                        self.attempt(EDGES_CHOSEN, most, Some(basis))
                    }
                    status => status,
                }
            }
        };
        self.stands = matches!(status, status::OPTIMAL | status::EMPTY);
        match status {
            status::OPTIMAL | status::EMPTY => {}
            status::INFEASIBLE => return Err(Failure::Infeasible { rules: Vec::new() }),
            status::UNBOUNDED | status::UNBOUNDED_OR_INFEASIBLE => return Err(Failure::Unbounded),
            status::TIME_LIMIT => return Err(Failure::TimeLimit),
            other => return Err(Failure::solver("HiGHS", format!("status {other}"))),
        }
        let mut values = vec![0.0; columns];
        let mut reduced = vec![0.0; columns];
        let mut lefts = vec![0.0; rows];
        let mut duals = vec![0.0; rows];
        // SAFETY: the arrays are as long as the program has columns and rows.
        let got = unsafe {
            Highs_getSolution(
                highs,
                values.as_mut_ptr(),
                reduced.as_mut_ptr(),
                lefts.as_mut_ptr(),
                duals.as_mut_ptr(),
            )
        };
        if got == -1 {
            return Err(Failure::solver("HiGHS", "no solution"));
        }
        Ok(Found {
            columns: values,
            duals,
            iterations: self.iterations(),
            solver: "HiGHS",
        })
    }

    /// Run the simplex method, and say how it ended.
    fn attempt(&mut self, edges: HighsInt, most: u64, from: Option<&Basis>) -> HighsInt {
        let most = HighsInt::try_from(most).unwrap_or(HighsInt::MAX);
        let highs = self.model.as_mut_ptr();
        for (name, value) in [
            (c"simplex_dual_edge_weight_strategy", edges),
            (c"simplex_iteration_limit", most),
        ] {
            // SAFETY: `highs` is a live instance, the name ends with a zero.
            unsafe { Highs_setIntOptionValue(highs, name.as_ptr(), value) };
        }
        if let Some(basis) = from {
            // SAFETY: `highs` is a live instance. What it remembers of earlier solves would show in the last digits.
            unsafe { Highs_clearSolver(highs) };
            // SAFETY: both arrays are as long as the program has columns and rows.
            unsafe { Highs_setBasis(highs, basis.columns.as_ptr(), basis.rows.as_ptr()) };
        }
        // SAFETY: `highs` is a live instance.
        unsafe {
            Highs_run(highs);
            Highs_getModelStatus(highs)
        }
    }

    /// The iterations of the last solve.
    fn iterations(&self) -> u64 {
        let name = c"simplex_iteration_count";
        let mut count: HighsInt = 0;
        // SAFETY: `highs` is a live instance, the name ends with a zero, the number is ours.
        let got =
            unsafe { Highs_getIntInfoValue(self.model.as_ptr(), name.as_ptr(), &raw mut count) };
        if got == -1 {
            return 0;
        }
        u64::try_from(count).unwrap_or_default()
    }

    /// The basis of the last solve.
    pub(super) fn basis(&self) -> Option<Basis> {
        let mut basis = Basis {
            columns: vec![0; self.linear.columns.len()],
            rows: vec![0; self.linear.senses.len()],
        };
        // SAFETY: both arrays are as long as the program has columns and rows.
        let got = unsafe {
            Highs_getBasis(
                self.model.as_ptr(),
                basis.columns.as_mut_ptr(),
                basis.rows.as_mut_ptr(),
            )
        };
        (got != -1).then_some(basis)
    }
}

fn refused() -> Failure {
    Failure::solver("HiGHS", "a change was refused")
}

/// The least and the most that a row's left side may be.
fn limits_of(linear: &Linear, n: usize) -> (f64, f64) {
    let right = linear.rights[n];
    match linear.senses[n] {
        Sense::AtMost => (f64::NEG_INFINITY, right),
        Sense::AtLeast => (right, f64::INFINITY),
        Sense::Equal => (right, right),
    }
}

fn int(n: usize) -> HighsInt {
    HighsInt::try_from(n).expect("fewer than 2^31 columns and rows")
}
