//! The plan in natural units, without the solver's rounding.
//!
//! What is nothing beside the largest flow of its own kind in the plan is rounding: of the same item, or of money.
//! How large a unit the program counts in says nothing: a plan may be far smaller than what it was measured for.

use crate::program::{Column, ColumnData, Plan, Program};
use std::collections::BTreeMap;

/// A value below this share of the largest of its kind is none.
const NOTHING: f64 = 1e-7;

/// Values that are compared with one another: those of one kind and unit.
fn kind(column: &ColumnData) -> (bool, u64) {
    let money = matches!(
        column.name,
        Column::Pay(..)
            | Column::Carry(..)
            | Column::Money(..)
            | Column::Owed(..)
            | Column::Tier(_)
    );
    (money, column.unit.to_bits())
}

/// Every column in natural units.
pub(super) fn plan(program: &Program, columns: &[f64]) -> Plan<f64> {
    let mut largest: BTreeMap<_, f64> = BTreeMap::new();
    for (column, &value) in program.columns().iter().zip(columns) {
        // What is given is no flow of the plan.
        if column.lower != column.upper && flows(column.name) {
            let most = largest.entry(kind(column)).or_default();
            *most = most.max(value.abs());
        }
    }
    program.plan().map(|&j| {
        let (column, value) = (&program.columns()[j as usize], columns[j as usize]);
        let fixed = column.lower == column.upper;
        let most = largest.get(&kind(column)).copied().unwrap_or(0.0);
        let nothing = !fixed && value.abs() <= (NOTHING * most.min(MOST)).max(NOISE);
        if nothing { 0.0 } else { value * column.unit }
    })
}

/// Where nothing flows at all, this is noise, in internal units.
const NOISE: f64 = 1e-10;
/// Flows of a period of use are measured to be no larger than this.
const MOST: f64 = 100.0;

/// Whether a column is a flow or a stock of goods, or money, and not only a count of what is missing.
fn flows(column: Column) -> bool {
    !matches!(
        column,
        Column::Short(..)
            | Column::Required(..)
            | Column::Tier(_)
            | Column::Share(_)
            | Column::Level
    )
}
