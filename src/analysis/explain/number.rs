//! A number of a plan: the columns that add up to it, and the places it rests on.

use crate::ids::RequirementId;
use crate::problem::Place;
use crate::program::Column;
use crate::solution::Solution;

/// A number of a plan.
pub(super) struct Subject {
    pub(super) words: String,
    pub(super) value: f64,
    pub(super) unit: String,
    /// The columns that add up to it, each with the factor that brings it to its unit.
    pub(super) columns: Vec<(usize, f64)>,
    /// The number of each year in which there is one, where that is not the sum of the year's columns.
    pub(super) years: Option<Vec<(i32, f64)>>,
    /// The row whose price it is, if it is one.
    pub(super) row: Option<usize>,
    /// The requirement of which it is what is missing, if it is that.
    pub(super) requirement: Option<RequirementId>,
    /// Where what it rests on stands: everything below these places.
    pub(super) places: Vec<Place>,
}

impl Subject {
    /// A number that is the sum of columns.
    pub(super) fn sum(s: &Solution, factor: impl Fn(Column) -> Option<f64>) -> Self {
        Self::of_columns(s, Self::columns(s, factor))
    }

    /// A number that is the sum of columns, each with its factor.
    pub(super) fn of_columns(s: &Solution, columns: Vec<(usize, f64)>) -> Self {
        let value = columns.iter().map(|&(j, factor)| factor * natural(s, j));
        Self {
            words: String::new(),
            value: value.sum(),
            unit: String::new(),
            columns,
            years: None,
            row: None,
            requirement: None,
            places: Vec::new(),
        }
    }

    pub(super) fn columns(
        s: &Solution,
        factor: impl Fn(Column) -> Option<f64>,
    ) -> Vec<(usize, f64)> {
        let all = s.program().columns().iter().enumerate();
        all.filter_map(|(j, column)| Some((j, factor(column.name)?)))
            .collect()
    }
}

/// A column's value in natural units.
pub(super) fn natural(s: &Solution, j: usize) -> f64 {
    s.value(s.program().columns()[j].name)
}
