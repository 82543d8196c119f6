//! The plan in natural units, without the solver's rounding.
//!
//! What is nothing beside the largest flow of its own kind in the plan is rounding: of the same item, or of money.
//! How large a unit the program counts in says nothing: a plan may be far smaller than what it was measured for.
//!
//! But a small thing beside a large one is not nothing: the twenty rounds that one holder requires beside another's four
//! hundred millions, the fund of a city beside that of a union. So what matters in a row is kept: what is no rounding
//! beside the row's right side (all that is required of that holder, all that the fund has), or beside a value in the
//! row that is kept.

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
    let rounding = |(column, &value): (&ColumnData, &f64)| {
        let fixed = column.lower == column.upper;
        let most = largest.get(&kind(column)).copied().unwrap_or(0.0);
        !fixed && value.abs() <= (NOTHING * most.min(MOST)).max(NOISE)
    };
    let mut rounding: Vec<bool> = program
        .columns()
        .iter()
        .zip(columns)
        .map(rounding)
        .collect();
    keep_what_matters(program, columns, &mut rounding);
    program.plan().map(|&j| {
        let j = j as usize;
        let nothing = rounding[j];
        if nothing {
            0.0
        } else {
            columns[j] * program.columns()[j].unit
        }
    })
}

/// Of what may be rounding, what matters in a row is none, and what it stands with matters by it.
fn keep_what_matters(program: &Program, columns: &[f64], rounding: &mut [bool]) {
    let rows = program.rows();
    // Rows with something in doubt, and where each thing in doubt stands.
    let mut stands: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    for n in 0..rows.len() {
        let in_doubt = rows.row(n).iter().map(|&(j, _)| j as usize);
        let in_doubt = in_doubt.filter(|&j| rounding[j] && columns[j].abs() > NOISE);
        let before = stands.values().map(Vec::len).sum::<usize>();
        for j in in_doubt {
            stands.entry(j).or_default().push(n);
        }
        if stands.values().map(Vec::len).sum::<usize>() > before {
            open.push(n);
        }
    }
    while let Some(n) = open.pop() {
        let term = |&(j, factor): &(u32, f64)| (j as usize, (factor * columns[j as usize]).abs());
        let terms = || rows.row(n).iter().map(term);
        let kept = terms().filter(|&(j, size)| !rounding[j] && size > 0.0);
        let beside = kept.map(|(_, size)| size).chain([rows.right(n).abs()]);
        let least = beside.filter(|&size| size > 0.0).reduce(f64::min);
        let Some(least) = least else { continue };
        let matters: Vec<usize> = terms()
            .filter(|&(j, size)| rounding[j] && columns[j].abs() > NOISE && size >= MATTERS * least)
            .map(|(j, _)| j)
            .collect();
        for j in matters {
            rounding[j] = false;
            open.extend(&stands[&j]);
        }
    }
}

/// Where nothing flows at all, this is noise, in internal units.
const NOISE: f64 = 1e-10;
/// What is at least this share of the least that is kept in a row matters there.
const MATTERS: f64 = 1e-3;
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
