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
