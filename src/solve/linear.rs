//! What solvers take: a bare linear program, cut down to what is still open.

use super::Failure;
use crate::program::{Program, Sense, Stage};
use crate::solution::Certificate;
use std::collections::BTreeMap;

/// A linear program without names. The terms of row `n` are `terms[starts[n]..starts[n + 1]]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Linear {
    pub(super) columns: Vec<Bounds>,
    pub(super) starts: Vec<usize>,
    pub(super) terms: Vec<(u32, f64)>,
    pub(super) senses: Vec<Sense>,
    pub(super) rights: Vec<f64>,
    /// The factor of each column in what is made least.
    pub(super) aim: Vec<f64>,
    /// What is left of it when every column is zero.
    pub(super) offset: f64,
    /// Whether the aim is a sum of small preferences, which have to be told apart.
    pub(super) fine: bool,
}

/// What a column may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) whole: bool,
}

impl Bounds {
    /// From zero on.
    pub(super) const FREE: Self = Self {
        lower: 0.0,
        upper: f64::INFINITY,
        whole: false,
    };

    /// Whether they leave one value.
    #[cfg(feature = "highs")]
    pub(super) fn is_fixed(self) -> bool {
        self.lower == self.upper
    }
}

/// What a solver found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The value of each column.
    pub(super) columns: Vec<f64>,
    /// By how much the least value grows with each row's right side. Empty without duals.
    pub(super) duals: Vec<f64>,
    /// Iterations it took.
    pub(super) iterations: u64,
    /// The solver that found it.
    pub(super) solver: &'static str,
}

impl Linear {
    /// The terms of a row.
    pub(super) fn row(&self, n: usize) -> &[(u32, f64)] {
        &self.terms[self.starts[n]..self.starts[n + 1]]
    }

    /// The largest number of a row: of its factors and its right side.
    pub(super) fn largest(&self, n: usize) -> f64 {
        let factors = self.row(n).iter().map(|&(_, factor)| factor.abs());
        let largest = factors.fold(self.rights[n].abs(), f64::max);
        if largest > 0.0 { largest } else { 1.0 }
    }

    /// The left side of a row.
    pub(super) fn left(&self, n: usize, columns: &[f64]) -> f64 {
        self.row(n)
            .iter()
            .map(|&(j, factor)| factor * columns[j as usize])
            .sum()
    }

    /// The value of what is made least.
    pub(super) fn value(&self, columns: &[f64]) -> f64 {
        self.offset
            + self
                .aim
                .iter()
                .zip(columns)
                .map(|(factor, value)| factor * value)
                .sum::<f64>()
    }

    /// The largest miss of a row or a bound, relative to the numbers in it.
    pub(super) fn violation(&self, columns: &[f64]) -> f64 {
        let mut worst = 0.0_f64;
        for (bounds, &value) in self.columns.iter().zip(columns) {
            let miss = (bounds.lower - value).max(value - bounds.upper).max(0.0);
            worst = worst.max(miss / (1.0 + value.abs()));
        }
        for n in 0..self.senses.len() {
            let mut left = 0.0;
            let mut scale = 1.0 + self.rights[n].abs();
            for &(j, factor) in self.row(n) {
                let term = factor * columns[j as usize];
                left += term;
                scale = scale.max(term.abs());
            }
            let miss = missed(self.senses[n], left - self.rights[n]);
            worst = worst.max(miss / scale);
        }
        if columns.iter().all(|value| value.is_finite()) {
            worst
        } else {
            f64::INFINITY
        }
    }

    /// The same program without the columns that are fixed by their bounds, and which columns are left.
    /// It has the same rows, so the same duals.
    pub(super) fn without_fixed(&self) -> (Self, Vec<usize>) {
        let mut number = vec![None; self.columns.len()];
        let mut kept = Vec::new();
        let mut open = Self {
            starts: vec![0],
            offset: self.offset,
            senses: self.senses.clone(),
            fine: self.fine,
            ..Self::default()
        };
        for (j, bounds) in self.columns.iter().enumerate() {
            if bounds.lower == bounds.upper {
                open.offset += self.aim[j] * bounds.lower;
            } else {
                number[j] = u32::try_from(kept.len()).ok();
                kept.push(j);
                open.columns.push(*bounds);
                open.aim.push(self.aim[j]);
            }
        }
        for n in 0..self.senses.len() {
            let mut right = self.rights[n];
            for &(j, factor) in self.row(n) {
                match number[j as usize] {
                    Some(j) => open.terms.push((j, factor)),
                    None => right -= factor * self.columns[j as usize].lower,
                }
            }
            open.starts.push(open.terms.len());
            open.rights.push(right);
        }
        (open, kept)
    }

    /// The answer if nothing is left to decide.
    pub(super) fn settled(&self, solver: &'static str) -> Result<Found, Failure> {
        if self.violation(&[]) > Certificate::VIOLATION {
            return Err(Failure::Infeasible { rules: Vec::new() });
        }
        Ok(Found {
            columns: Vec::new(),
            duals: vec![0.0; self.senses.len()],
            iterations: 0,
            solver,
        })
    }

    /// What each column would add to the value if one more of it were forced in: its factor less
    /// what it takes from the rows, at their prices.
    pub(super) fn reduced_costs(&self, duals: &[f64]) -> Vec<f64> {
        let mut reduced = self.aim.clone();
        for (n, &dual) in duals.iter().enumerate() {
            for &(j, factor) in self.row(n) {
                reduced[j as usize] -= factor * dual;
            }
        }
        reduced
    }
}

/// By how much a row is missed whose left side exceeds the right by so much.
pub(super) fn missed(sense: Sense, excess: f64) -> f64 {
    match sense {
        Sense::AtMost => excess.max(0.0),
        Sense::AtLeast => (-excess).max(0.0),
        Sense::Equal => excess.abs(),
    }
}

/// The plans that are best so far: which columns are settled, and which limits must be used up.
///
/// Every plan that is best for an aim keeps each column with a reduced cost at its bound, and each
/// limit with a price used up; and every plan that does is best. So a later aim is made least on
/// this *face* of the program, with no limit on the earlier aim and no tolerance, and the program
/// gets smaller from step to step.
///
/// A solver leaves a column a little off its bound, at which it is settled. Many that are a little off may so leave rows that
/// no plan keeps. On a *loose* face each is settled where it was found, and so is the left side of a limit: the plan found
/// is then on it, whatever rounding did.
#[derive(Clone, Debug)]
pub(super) struct Face {
    pub(super) settled: Vec<Option<f64>>,
    /// Whether columns are settled where they were found, instead of at their bounds.
    pub(super) loose: bool,
    pub(super) used_up: Vec<bool>,
    pub(super) dropped: Vec<bool>,
    /// On a loose face: by how much less than a limit its left side was found to be, where that is more than nothing.
    pub(super) short: BTreeMap<usize, f64>,
    /// Columns that may be no larger than so much, whatever the program says.
    pub(super) ceilings: BTreeMap<usize, f64>,
}

/// A price or a reduced cost below this counts as zero.
const NO_PRICE: f64 = 1e-9;
/// A column this near to its bound, or a row this near to its limit, is at it.
const AT_BOUND: f64 = 1e-4;

/// What is no farther from its bound or limit stands at it on a loose face as well, as a share of it.
const NEAREST: f64 = 1e-8;

/// Rounding leaves no more of what is zero.
const UNCLEAR: f64 = 1e-7;

/// Whether a distance from a bound is none beside the price of it. Of the two, one is zero in the best plan:
/// which of them it is, shows by which is the larger.
fn is_at_bound(distance: f64, price: f64) -> bool {
    price > NO_PRICE && distance < AT_BOUND && distance < price
}

impl Face {
    /// All plans of a program. Columns fixed by their bounds are settled.
    pub(super) fn of(program: &Program) -> Self {
        let settled = |c: &crate::program::ColumnData| (c.lower == c.upper).then_some(c.lower);
        let rows = program.rows().len();
        Self {
            settled: program.columns().iter().map(settled).collect(),
            loose: false,
            used_up: vec![false; rows],
            dropped: vec![false; rows],
            short: BTreeMap::new(),
            ceilings: BTreeMap::new(),
        }
    }

    /// All plans of a program, with fixed columns open like all others: so that a variation in which
    /// they are fixed elsewhere has the same columns and rows.
    #[cfg(feature = "highs")]
    pub(super) fn whole(program: &Program) -> Self {
        let (columns, rows) = (program.columns().len(), program.rows().len());
        Self {
            settled: vec![None; columns],
            loose: false,
            used_up: vec![false; rows],
            dropped: vec![false; rows],
            short: BTreeMap::new(),
            ceilings: BTreeMap::new(),
        }
    }

    /// The part of a program that is still open, for an aim.
    pub(super) fn open(&self, program: &Program, stage: &Stage) -> Open {
        let mut open = Open::default();
        let mut number = vec![u32::MAX; self.settled.len()];
        for (j, column) in program.columns().iter().enumerate() {
            if self.settled[j].is_none() {
                number[j] = u32::try_from(open.columns.len()).expect("fewer than 2^32 columns");
                open.columns.push(j);
                let (lower, whole) = (column.lower, column.whole);
                let ceiling = self.ceilings.get(&j).copied().unwrap_or(f64::INFINITY);
                let upper = column.upper.min(ceiling);
                open.linear.columns.push(Bounds {
                    lower,
                    upper,
                    whole,
                });
            }
        }
        open.linear.aim = vec![0.0; open.columns.len()];
        open.linear.fine = !stage.priced && !stage.levels;
        for &(j, factor) in &stage.aim {
            match self.settled[j as usize] {
                Some(value) => open.linear.offset += factor * value,
                None => open.linear.aim[number[j as usize] as usize] += factor,
            }
        }
        open.linear.starts.push(0);
        let rows = program.rows();
        for n in (0..rows.len()).filter(|&n| !self.dropped[n]) {
            let mut right = rows.right(n);
            if self.used_up[n] {
                right -= self.short.get(&n).copied().unwrap_or(0.0);
            }
            let start = open.linear.terms.len();
            for &(j, factor) in rows.row(n) {
                match self.settled[j as usize] {
                    Some(value) => right -= factor * value,
                    None => open.linear.terms.push((number[j as usize], factor)),
                }
            }
            if open.linear.terms.len() > start || !self.is_kept(rows.sense(n), right, n) {
                let sense = if self.used_up[n] {
                    Sense::Equal
                } else {
                    rows.sense(n)
                };
                open.linear.starts.push(open.linear.terms.len());
                open.linear.senses.push(sense);
                open.linear.rights.push(right);
                open.rows.push(n);
            }
        }
        open
    }

    /// Whether a row in which every column is settled is kept anyway.
    fn is_kept(&self, sense: Sense, right: f64, n: usize) -> bool {
        // Settled columns carry the solver's rounding.
        let slack = if self.used_up[n] {
            f64::INFINITY
        } else {
            AT_BOUND
        };
        match sense {
            Sense::AtMost => right >= -slack,
            Sense::AtLeast => right <= slack,
            Sense::Equal => right.abs() <= AT_BOUND.max(if self.used_up[n] { slack } else { 0.0 }),
        }
    }

    /// Whether a plan and its prices leave open which plans are best: a column is off its bound and has a reduced cost, or a
    /// limit is not used up and has a price, both by more than rounding. In the best plan one of the two is zero, and
    /// here nobody can tell which.
    pub(super) fn is_unclear(open: &Open, found: &Found, factor: f64) -> bool {
        let unclear = |distance: f64, price: f64| distance.min(price) > UNCLEAR;
        let reduced = open.linear.reduced_costs(&found.duals);
        let columns = open.linear.columns.iter().zip(&found.columns).zip(&reduced);
        let rows = 0..open.linear.senses.len();
        let slack = |n: usize| open.linear.left(n, &found.columns) - open.linear.rights[n];
        columns.into_iter().any(|((bounds, &value), &reduced)| {
            let reduced = factor * reduced;
            unclear(value - bounds.lower, reduced) || unclear(bounds.upper - value, -reduced)
        }) || rows
            .into_iter()
            .any(|n| unclear(slack(n).abs(), factor * found.duals[n].abs()))
    }

    /// Keep to the plans that are best for the aim just made least. Prices are looked at so many times as large.
    pub(super) fn narrow(&mut self, open: &Open, found: &Found, factor: f64) {
        let linear = &open.linear;
        let mut reduced = linear.reduced_costs(&found.duals);
        for price in &mut reduced {
            *price *= factor;
        }
        for (n, &j) in open.columns.iter().enumerate() {
            let (bounds, value) = (linear.columns[n], found.columns[n]);
            let at = |bound: f64| {
                let near = (value - bound).abs() <= NEAREST * (1.0 + bound.abs());
                Some(if near || !self.loose { bound } else { value })
            };
            if is_at_bound(value - bounds.lower, reduced[n]) {
                self.settled[j] = at(bounds.lower);
            } else if is_at_bound(bounds.upper - value, -reduced[n]) {
                self.settled[j] = at(bounds.upper);
            }
        }
        for (n, &row) in open.rows.iter().enumerate() {
            let short = linear.rights[n] - linear.left(n, &found.columns);
            if !is_at_bound(short.abs(), factor * found.duals[n].abs()) {
                continue;
            }
            self.used_up[row] = true;
            let near = short.abs() <= NEAREST * (1.0 + linear.rights[n].abs());
            if self.loose && !near && linear.senses[n] != Sense::Equal {
                self.short.insert(row, short);
            }
        }
    }
}

/// The part of a program that is still open.
#[derive(Clone, Debug, Default)]
pub(super) struct Open {
    pub(super) linear: Linear,
    /// The program's number of each column.
    pub(super) columns: Vec<usize>,
    /// The program's number of each row.
    pub(super) rows: Vec<usize>,
}

impl Open {
    /// The value of every column of the program.
    pub(super) fn whole_plan(&self, face: &Face, found: &Found) -> Vec<f64> {
        let mut values: Vec<f64> = face
            .settled
            .iter()
            .map(|value| value.unwrap_or(0.0))
            .collect();
        for (&j, &value) in self.columns.iter().zip(&found.columns) {
            values[j] = value;
        }
        values
    }

    /// Add a row: an aim may be at most so much.
    pub(super) fn cap(&mut self, face: &Face, stage: &Stage, most: f64) {
        let mut right = most;
        for &(j, factor) in &stage.aim {
            match (
                face.settled[j as usize],
                self.columns.binary_search(&(j as usize)),
            ) {
                (None, Ok(n)) => {
                    let n = u32::try_from(n).expect("fewer than 2^32 columns");
                    self.linear.terms.push((n, factor));
                }
                (value, _) => right -= factor * value.unwrap_or(0.0),
            }
        }
        self.linear.starts.push(self.linear.terms.len());
        self.linear.senses.push(Sense::AtMost);
        self.linear.rights.push(right);
    }

    /// The dual of every row of the program; zero where the row was not open.
    pub(super) fn all_duals(&self, rows: usize, found: &Found) -> Vec<f64> {
        let mut duals = vec![0.0; rows];
        for (&n, &dual) in self.rows.iter().zip(&found.duals) {
            duals[n] = dual;
        }
        duals
    }
}
