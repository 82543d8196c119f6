//! A bare linear program as `good_lp` takes it, for whichever solver.

use super::linear::Linear;
use crate::program::Sense;
use good_lp::solvers::ObjectiveDirection;
use good_lp::variable::UnsolvedProblem;
use good_lp::{Constraint, Expression, ProblemVariables, Variable, constraint, variable};

/// The program and its rows, in order. Whole columns are declared whole only if `whole` is set.
pub(super) fn problem(linear: &Linear, whole: bool) -> (UnsolvedProblem, Vec<Variable>) {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = linear
        .columns
        .iter()
        .map(|bounds| {
            let mut definition = variable();
            if bounds.lower.is_finite() {
                definition = definition.min(bounds.lower);
            }
            if bounds.upper.is_finite() {
                definition = definition.max(bounds.upper);
            }
            variables.add(if whole && bounds.whole {
                definition.integer()
            } else {
                definition
            })
        })
        .collect();
    let mut aim = Expression::with_capacity(columns.len());
    for (&column, &factor) in columns.iter().zip(&linear.aim) {
        if factor != 0.0 {
            aim.add_mul(factor, column);
        }
    }
    (
        variables.optimise(ObjectiveDirection::Minimisation, aim),
        columns,
    )
}

/// The rows, in order.
pub(super) fn rows<'a>(
    linear: &'a Linear,
    columns: &'a [Variable],
) -> impl Iterator<Item = Constraint> + 'a {
    linear.senses.iter().enumerate().map(move |(n, sense)| {
        let terms = linear.row(n);
        let mut left = Expression::with_capacity(terms.len());
        for &(j, factor) in terms {
            left.add_mul(factor, columns[j as usize]);
        }
        let right = linear.rights[n];
        match sense {
            Sense::AtMost => constraint!(left <= right),
            Sense::AtLeast => constraint!(left >= right),
            Sense::Equal => constraint!(left == right),
        }
    })
}

/// A program whose rows are told apart by their prices, which are given with it: columns have both bounds, one, or none,
/// and no two rows of one kind follow each other.
#[cfg(test)]
pub(super) fn mixed() -> (Linear, [f64; 5]) {
    use super::linear::Bounds;
    let bounds = |lower, upper| Bounds {
        lower,
        upper,
        whole: false,
    };
    let linear = Linear {
        columns: vec![
            bounds(0.0, 100.0),
            bounds(0.0, f64::INFINITY),
            bounds(f64::NEG_INFINITY, 50.0),
            bounds(f64::NEG_INFINITY, f64::INFINITY),
            bounds(-3.0, 3.0),
        ],
        starts: (0..=5).collect(),
        terms: vec![(0, 2.0), (1, 1.0), (3, 4.0), (2, 1.0), (4, -1.0)],
        senses: vec![
            Sense::AtLeast,
            Sense::AtMost,
            Sense::Equal,
            Sense::AtLeast,
            Sense::AtMost,
        ],
        rights: vec![6.0, 5.0, 8.0, -7.0, 2.0],
        aim: vec![3.0, -2.0, 4.0, 10.0, 6.0],
        ..Linear::default()
    };
    // Each column is held by one row: its price is the column's aim over its factor.
    (linear, [1.5, -2.0, 2.5, 4.0, -6.0])
}
