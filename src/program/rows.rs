//! The arrays that rows are kept in.

use super::family::Row;
use super::plan::Column;
use super::sum::{Sum, add_up};
use std::collections::HashMap;

/// How the left side of a row compares with its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Equal.
    Equal,
}

/// Rows in arrays: the terms of row `n` are `terms[starts[n]..starts[n + 1]]`.
#[derive(Clone, Debug)]
pub struct Rows {
    names: Vec<Row>,
    starts: Vec<usize>,
    terms: Vec<(u32, f64)>,
    senses: Vec<Sense>,
    rights: Vec<f64>,
    /// Natural units in one internal unit of each row's right side.
    units: Vec<f64>,
    position: HashMap<Row, u32>,
}

impl Rows {
    /// No rows yet, but about so many to come.
    pub(super) fn new(about: usize) -> Self {
        Self {
            names: Vec::new(),
            starts: vec![0],
            terms: Vec::new(),
            senses: Vec::new(),
            rights: Vec::new(),
            units: Vec::new(),
            position: HashMap::with_capacity(about),
        }
    }

    /// `left ≤ right`, in internal units of `unit` natural ones.
    pub(super) fn at_most(&mut self, row: Row, unit: f64, left: &Sum, right: f64) {
        self.add(row, unit, left, Sense::AtMost, right);
    }

    /// `left ≥ right`, in internal units of `unit` natural ones.
    pub(super) fn at_least(&mut self, row: Row, unit: f64, left: &Sum, right: f64) {
        self.add(row, unit, left, Sense::AtLeast, right);
    }

    /// `left = right`, in internal units of `unit` natural ones.
    pub(super) fn equal(&mut self, row: Row, unit: f64, left: &Sum, right: f64) {
        self.add(row, unit, left, Sense::Equal, right);
    }

    /// A row without a variable in it says nothing, unless it cannot hold; it is kept then, so
    /// that the solver finds it.
    pub(super) fn add(&mut self, row: Row, unit: f64, left: &Sum, sense: Sense, right: f64) {
        let start = self.terms.len();
        left.write(&mut self.terms);
        let holds = match sense {
            Sense::AtMost => right >= 0.0,
            Sense::AtLeast => right <= 0.0,
            Sense::Equal => right == 0.0,
        };
        if self.terms.len() == start && holds {
            return;
        }
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 rows");
        let before = self.position.insert(row, number);
        debug_assert!(before.is_none(), "{row:?} is added twice");
        self.names.push(row);
        self.starts.push(self.terms.len());
        self.senses.push(sense);
        self.rights.push(right);
        self.units.push(unit);
    }

    /// Move a row's right side, in internal units.
    pub(super) fn move_right(&mut self, n: usize, to: f64) {
        self.rights[n] = to;
    }

    /// Add a row of columns by their numbers: `left ≤ right`, in internal units of `unit` natural ones.
    pub(super) fn at_most_of(&mut self, row: Row, unit: f64, left: &[(u32, f64)], right: f64) {
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 rows");
        self.terms.extend_from_slice(left);
        let start = self.starts[self.names.len()];
        add_up(&mut self.terms, start);
        self.position.insert(row, number);
        self.names.push(row);
        self.starts.push(self.terms.len());
        self.senses.push(Sense::AtMost);
        self.rights.push(right);
        self.units.push(unit);
    }

    /// The rows that `keep` says, in their order.
    pub(super) fn only(&self, keep: impl Fn(Row) -> bool) -> Self {
        let mut kept = Self::new(self.names.len());
        for n in (0..self.names.len()).filter(|&n| keep(self.names[n])) {
            let number = u32::try_from(kept.names.len()).expect("fewer than 2^32 rows");
            kept.position.insert(self.names[n], number);
            kept.names.push(self.names[n]);
            kept.terms.extend_from_slice(self.row(n));
            kept.starts.push(kept.terms.len());
            kept.senses.push(self.senses[n]);
            kept.rights.push(self.rights[n]);
            kept.units.push(self.units[n]);
        }
        kept
    }

    /// Whether these are the same rows.
    #[cfg(any(test, feature = "highs"))]
    pub(super) fn are(&self, other: &Self) -> bool {
        self.names == other.names
            && self.starts == other.starts
            && self.terms == other.terms
            && self.senses == other.senses
            && self.rights == other.rights
            && self.units == other.units
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How many terms all rows have together.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// The number of a row, if the program has it.
    pub fn position(&self, row: Row) -> Option<usize> {
        self.position.get(&row).map(|&n| n as usize)
    }

    /// The name of a row.
    pub fn name(&self, n: usize) -> Row {
        self.names[n]
    }

    /// The columns of a row and their factors, in the order of the columns.
    pub fn row(&self, n: usize) -> &[(u32, f64)] {
        &self.terms[self.starts[n]..self.starts[n + 1]]
    }

    /// How a row's left side compares with its right side.
    pub fn sense(&self, n: usize) -> Sense {
        self.senses[n]
    }

    /// A row's right side.
    pub fn right(&self, n: usize) -> f64 {
        self.rights[n]
    }

    /// Natural units in one internal unit of a row's right side.
    pub fn unit(&self, n: usize) -> f64 {
        self.units[n]
    }
}

/// A column of the program: its name, its bounds, its natural unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnData {
    /// Its name.
    pub name: Column,
    /// The least it may be.
    pub lower: f64,
    /// The most it may be.
    pub upper: f64,
    /// Whether it must be a whole number.
    pub whole: bool,
    /// Natural units (of an item, of money, blocks) in one internal unit of it.
    pub unit: f64,
}
