//! The dual equations of a plan: why a price is what it is.
//!
//! ```text
//! c[j]  =  Σ_n a[n,j] · y[n]  +  r[j]                    for every column j
//! ```
//!
//! `y` are the duals of the rows, `c` what the column costs in the aim, and `r` its reduced cost: zero for
//! every column that is in the plan.

use crate::program::{Column, Program, Row, Sense, When};
use crate::solution::Solution;

/// What is left of a limit is nothing below this share of the largest number in its row.
const USED_UP: f64 = 1e-5;

/// A program by column, and the plan.
#[derive(Debug)]
pub(super) struct Matrix<'a> {
    pub(super) program: &'a Program,
    /// By column: its rows and its factors in them.
    by_column: Vec<Vec<(usize, f64)>>,
    /// By column: its factor in the aim.
    costs: Vec<f64>,
    /// By column: its value in internal units.
    values: Vec<f64>,
    /// Which of the priced stages.
    stage: usize,
}

/// The duals of every row, and the reduced cost of every column, in internal units.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    pub(super) duals: Vec<f64>,
    pub(super) reduced: Vec<f64>,
}

impl<'a> Matrix<'a> {
    /// The program of a solution, with the aim of one of its priced stages.
    pub(super) fn of(solution: &'a Solution, stage: usize) -> Self {
        let program = solution.program();
        let rows = program.rows();
        let mut by_column = vec![Vec::new(); program.columns().len()];
        for n in 0..rows.len() {
            for &(j, factor) in rows.row(n) {
                by_column[j as usize].push((n, factor));
            }
        }
        let mut costs = vec![0.0; program.columns().len()];
        let stages = program.stages();
        let aim = stages.iter().filter(|stage| stage.priced).nth(stage);
        for &(j, factor) in aim.iter().flat_map(|stage| &stage.aim) {
            costs[j as usize] += factor;
        }
        let value = |column: &crate::program::ColumnData| solution.value(column.name) / column.unit;
        let values = program.columns().iter().map(value).collect();
        Self {
            program,
            by_column,
            costs,
            values,
            stage,
        }
    }

    /// The prices of the stage in a solution of the same program, or of one much like it.
    pub(super) fn prices(&self, solution: &Solution) -> Prices {
        let (own, other) = (self.program.rows(), solution.program().rows());
        let duals = solution.duals(self.stage);
        let dual = |n: usize| {
            other
                .position(own.name(n))
                .map_or(0.0, |other| duals[other])
        };
        self.priced((0..own.len()).map(dual).collect())
    }

    /// The prices of which these are the duals of all rows of the program.
    pub(super) fn priced(&self, duals: Vec<f64>) -> Prices {
        let mut reduced = self.costs.clone();
        for (j, rows) in self.by_column.iter().enumerate() {
            for &(n, factor) in rows {
                reduced[j] -= factor * duals[n];
            }
        }
        Prices { duals, reduced }
    }

    /// The rows of a column, and its factors in them.
    pub(super) fn rows(&self, j: usize) -> &[(usize, f64)] {
        &self.by_column[j]
    }

    /// What a column costs in the aim.
    pub(super) fn cost(&self, j: usize) -> f64 {
        self.costs[j]
    }

    /// The value of a column, in internal units.
    pub(super) fn value(&self, j: usize) -> f64 {
        self.values[j]
    }

    /// Whether a column is what is missing, not something that is brought.
    pub(super) fn is_missing(&self, j: usize) -> bool {
        matches!(self.program.columns()[j].name, Column::Short(..))
    }

    /// Whether a limit is used up in the plan: what is left of it is nothing against what it is made of.
    pub(super) fn is_used_up(&self, n: usize) -> bool {
        let rows = self.program.rows();
        let (mut left, mut scale) = (rows.right(n), rows.right(n).abs());
        for &(j, factor) in rows.row(n) {
            let term = factor * self.values[j as usize];
            left -= term;
            scale = scale.max(term.abs());
        }
        rows.sense(n) != Sense::Equal && scale > 0.0 && left.abs() <= USED_UP * scale
    }

    /// The largest term of a column's dual equation: what its reduced cost is to be measured against.
    pub(super) fn price_scale(&self, j: usize, prices: &Prices) -> f64 {
        let terms = self.by_column[j].iter();
        let terms = terms.map(|&(n, factor)| (factor * prices.duals[n]).abs());
        terms.fold(self.costs[j].abs(), f64::max)
    }

    /// Whether a row only passes on: what comes in equals what goes out.
    pub(super) fn passes(&self, n: usize) -> bool {
        self.program.rows().sense(n) == Sense::Equal
    }

    /// The columns that may bring more into a row, and how much one unit of each brings.
    pub(super) fn sources(&self, n: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let terms = self.program.rows().row(n).iter();
        let terms = terms.map(|&(j, factor)| (j as usize, factor));
        terms.filter(|&(j, factor)| {
            let column = &self.program.columns()[j];
            factor > 0.0 && column.lower < column.upper && !self.is_missing(j)
        })
    }
}

/// The year in which a row holds, if it holds in one.
pub(super) fn year_of(m: &crate::model::Model, row: Row) -> Option<crate::ids::YearId> {
    match row.parts().1 {
        When::Period(t) => Some(m.calendar.year_of(t)),
        When::Year(y) => Some(y),
        When::End => m.calendar.years().last(),
        When::Always => None,
    }
}

/// The number of the year in which a row holds.
pub(super) fn year_number(m: &crate::model::Model, row: Row) -> Option<i32> {
    year_of(m, row).map(|y| m.calendar.year_number(y))
}
