//! A linear program put together from parts, such as the futures of a stochastic program: the same
//! solvers, and the same certificate before anything is believed.
//!
//! ```
//! use sinews::program::Sense;
//! use sinews::solve::Composed;
//!
//! // min 2a + 3b, a + b ≥ 4, a ≤ 3: a = 3, b = 1.
//! let mut program = Composed::default();
//! let (a, b) = (program.column(0.0, 3.0, false), program.column(0.0, f64::INFINITY, false));
//! program.aim(a, 2.0);
//! program.aim(b, 3.0);
//! program.row([(a, 1.0), (b, 1.0)], Sense::AtLeast, 4.0);
//! let best = program.solve(&Default::default())?;
//! assert!((best.certificate.value - 9.0).abs() < 1e-6);
//! # Ok::<(), sinews::solve::Failure>(())
//! ```

use super::linear::{Bounds, Found, Linear};
use super::{Certificate, Effort, Engine, Failure, Limits, Options, Worker};
use crate::program::Sense;

/// A linear program without names: columns, rows, and what is made least.
#[derive(Clone, Debug)]
pub struct Composed {
    linear: Linear,
    /// The first thing about it that means nothing.
    fault: Option<String>,
}

impl Default for Composed {
    fn default() -> Self {
        let linear = Linear {
            starts: vec![0],
            ..Linear::default()
        };
        Self {
            linear,
            fault: None,
        }
    }
}

/// The best values of a composed program, certified.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// The value of each column.
    pub columns: Vec<f64>,
    /// By how much the least value grows with each row's right side.
    pub duals: Vec<f64>,
    /// What was checked, and how well it holds; its value is what was made least.
    pub certificate: Certificate,
    /// The solver that found it.
    pub solver: &'static str,
    /// The solver's iterations.
    pub iterations: u64,
    /// What it took to find.
    pub effort: Effort,
}

impl Composed {
    /// Keep a fault for the solve, if it is the first.
    fn must(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds && self.fault.is_none() {
            self.fault = Some(fault());
        }
    }

    fn has(&self, column: u32) -> bool {
        (column as usize) < self.linear.columns.len()
    }

    /// A new column between two bounds, which may be infinite, and its number.
    pub fn column(&mut self, lower: f64, upper: f64, whole: bool) -> u32 {
        let new = self.linear.columns.len();
        let some = lower <= upper && lower < f64::INFINITY && upper > f64::NEG_INFINITY;
        self.must(some, || {
            format!("column {new} has no value between {lower} and {upper}")
        });
        self.linear.columns.push(Bounds {
            lower,
            upper,
            whole,
        });
        self.linear.aim.push(0.0);
        u32::try_from(self.linear.columns.len() - 1).expect("fewer than 2^32 columns")
    }

    /// A new row, and its number. Terms of one column add up.
    pub fn row(
        &mut self,
        terms: impl IntoIterator<Item = (u32, f64)>,
        sense: Sense,
        right: f64,
    ) -> usize {
        let (start, new) = (self.linear.terms.len(), self.linear.senses.len());
        for (column, factor) in terms {
            let known = self.has(column);
            self.must(known, || {
                format!("row {new} has column {column}, which is not there")
            });
            self.must(factor.is_finite(), || {
                format!("row {new} has column {column} times {factor}")
            });
            if known {
                self.linear.terms.push((column, factor));
            }
        }
        self.must(right.is_finite(), || {
            format!("row {new} has the right side {right}")
        });
        let new = &mut self.linear.terms[start..];
        new.sort_unstable_by_key(|&(column, _)| column);
        let mut last = start;
        for n in start..self.linear.terms.len() {
            let (column, factor) = self.linear.terms[n];
            if last > start && self.linear.terms[last - 1].0 == column {
                self.linear.terms[last - 1].1 += factor;
            } else {
                self.linear.terms[last] = (column, factor);
                last += 1;
            }
        }
        self.linear.terms.truncate(last);
        self.linear.starts.push(last);
        self.linear.senses.push(sense);
        self.linear.rights.push(right);
        self.linear.senses.len() - 1
    }

    /// Let one more of a column add so much to what is made least.
    pub fn aim(&mut self, column: u32, factor: f64) {
        self.must(factor.is_finite(), || {
            format!("what is made least has column {column} times {factor}")
        });
        match self.linear.aim.get_mut(column as usize) {
            Some(own) => *own += factor,
            None => self.must(false, || {
                format!("what is made least has column {column}, which is not there")
            }),
        }
    }

    /// How many columns and rows it has.
    pub fn size(&self) -> (usize, usize) {
        (self.linear.columns.len(), self.linear.senses.len())
    }

    /// Its least value. Whole columns are decided first, then held while the rest is solved again.
    ///
    /// # Errors
    /// As [`solve`](super::solve), without the names of rules that clash; [`Failure::NotPossible`] for the first thing
    /// in it that means nothing: bounds the wrong way round, a column that is not there, what is no number.
    pub fn solve(&self, options: &Options) -> Result<Optimum, Failure> {
        if let Some(fault) = &self.fault {
            let message = fault.clone();
            return Err(Failure::NotPossible { message });
        }
        let whole = self.linear.columns.iter().any(|bounds| bounds.whole);
        let engine = Engine::choose(whole, options.solver)?;
        let limits = Limits::of(options);
        let mut held = self.linear.clone();
        if whole {
            let (open, kept) = held.without_fixed();
            let found = engine.whole.run(&open, &limits, true)?.found;
            for (&j, &value) in kept.iter().zip(&found.columns) {
                if held.columns[j].whole {
                    let value = value.round();
                    (held.columns[j].lower, held.columns[j].upper) = (value, value);
                }
            }
        }
        certified(&held, engine.smooth, &limits)
    }
}

/// The least value of a program, which the program itself confirms.
fn certified(linear: &Linear, worker: Worker, limits: &Limits) -> Result<Optimum, Failure> {
    let (open, kept) = linear.without_fixed();
    let found = worker.run(&open, limits, false)?.found;
    let mut columns: Vec<f64> = linear.columns.iter().map(|bounds| bounds.lower).collect();
    for (&j, &value) in kept.iter().zip(&found.columns) {
        columns[j] = value;
    }
    // Checked on the whole program, not on what the solver was given.
    let duals = found.duals.iter().zip(&linear.senses).map(signed).collect();
    let found = Found {
        columns,
        duals,
        ..found
    };
    let certificate = Certificate::of(linear, &found);
    if !certificate.holds() {
        return Err(Failure::Uncertified {
            solver: worker.name(),
            stage: "composed".into(),
            certificate,
        });
    }
    Ok(Optimum {
        columns: found.columns,
        duals: found.duals,
        certificate,
        solver: worker.name(),
        iterations: found.iterations,
        effort: limits.record.effort(),
    })
}

/// A dual without the solver's rounding beyond zero. The certificate judges what is left.
fn signed((&dual, sense): (&f64, &Sense)) -> f64 {
    match sense {
        Sense::AtMost => dual.min(0.0),
        Sense::AtLeast => dual.max(0.0),
        Sense::Equal => dual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_one_column_add_up() {
        let mut program = Composed::default();
        let a = program.column(0.0, 10.0, false);
        let b = program.column(2.0, 2.0, false);
        program.aim(a, 1.0);
        // 3a + b ≥ 8 with b = 2: a = 2, and one more wanted costs a third.
        let row = program.row([(a, 1.0), (b, 1.0), (a, 2.0)], Sense::AtLeast, 8.0);
        let best = program.solve(&Options::default()).unwrap();
        assert!((best.columns[a as usize] - 2.0).abs() < 1e-6);
        assert!((best.duals[row] - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(best.columns[b as usize], 2.0);
    }

    #[test]
    fn what_means_nothing_is_said() {
        let refused = |build: fn(&mut Composed)| {
            let mut program = Composed::default();
            program.column(0.0, 1.0, false);
            build(&mut program);
            match program.solve(&Options::default()) {
                Err(Failure::NotPossible { message }) => message,
                other => panic!("{other:?}"),
            }
        };
        let bounds = refused(|program| {
            program.column(5.0, 3.0, false);
        });
        assert_eq!(bounds, "column 1 has no value between 5 and 3");
        let number = refused(|program| {
            program.row([(0, f64::NAN)], Sense::AtMost, 1.0);
        });
        assert_eq!(number, "row 0 has column 0 times NaN");
        let column = refused(|program| {
            program.row([(7, 1.0)], Sense::AtMost, 1.0);
        });
        assert_eq!(column, "row 0 has column 7, which is not there");
        let right = refused(|program| {
            program.row([(0, 1.0)], Sense::AtMost, f64::INFINITY);
        });
        assert_eq!(right, "row 0 has the right side inf");
        let aim = refused(|program| program.aim(9, 1.0));
        assert_eq!(aim, "what is made least has column 9, which is not there");
    }

    #[test]
    fn whole_columns_are_decided_and_what_cannot_hold_is_said() {
        let mut program = Composed::default();
        let a = program.column(0.0, 10.0, true);
        program.aim(a, 1.0);
        program.row([(a, 2.0)], Sense::AtLeast, 5.0);
        assert_eq!(program.solve(&Options::default()).unwrap().columns, [3.0]);
        program.row([(a, 1.0)], Sense::AtMost, 2.0);
        let failure = program.solve(&Options::default()).unwrap_err();
        assert!(matches!(failure, Failure::Infeasible { .. }), "{failure}");
    }
}
