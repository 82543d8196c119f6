//! The program while it is made smaller: rows that change, and columns that know their rows.

use crate::program::Sense;
use crate::solve::linear::{Bounds, Linear};

/// A program whose rows and columns go one after the other.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) rows: Vec<Option<RowData>>,
    pub(super) columns: Vec<Option<ColumnData>>,
    /// What was taken out by definition, the first first.
    pub(super) defined: Vec<Defined>,
}

/// A row that is still there.
#[derive(Debug)]
pub(super) struct RowData {
    /// Sorted by column, no factor zero.
    pub(super) terms: Vec<(u32, f64)>,
    pub(super) sense: Sense,
    pub(super) right: f64,
}

/// A column that is still there.
#[derive(Debug)]
pub(super) struct ColumnData {
    pub(super) bounds: Bounds,
    pub(super) aim: f64,
    /// The rows that mention it, each once.
    rows: Vec<u32>,
}

/// A column that an equation defined, as both were when they were taken out.
#[derive(Clone, Debug)]
pub(super) struct Defined {
    pub(super) column: usize,
    pub(super) row: usize,
    /// Its factor in the equation.
    pub(super) factor: f64,
    /// The other terms of the equation.
    pub(super) others: Vec<(u32, f64)>,
    pub(super) right: f64,
    /// Its factor in what is made least.
    pub(super) aim: f64,
    /// Its factor in every other row.
    pub(super) elsewhere: Vec<(u32, f64)>,
}

impl Defined {
    /// The column's value, from the others'.
    pub(super) fn value(&self, columns: &[f64]) -> f64 {
        let others = self.others.iter();
        let sum: f64 = others.map(|&(j, a)| a * columns[j as usize]).sum();
        (self.right - sum) / self.factor
    }

    /// The price of the equation, from those of the other rows: the column's reduced cost is zero.
    pub(super) fn dual(&self, duals: &[f64]) -> f64 {
        let elsewhere = self.elsewhere.iter();
        let sum: f64 = elsewhere.map(|&(n, a)| a * duals[n as usize]).sum();
        (self.aim - sum) / self.factor
    }
}

/// A factor by which an equation is divided is no smaller than this share of its largest, so that no
/// number grows much.
const PIVOT: f64 = 1e-2;
/// An equation without terms says nothing if its right side is no larger.
const NOTHING: f64 = 1e-9;
/// A factor this small, where others have cancelled, is none.
const CANCELLED: f64 = 1e-12;

impl Work {
    /// A program, its columns within bounds that may be tighter than its own.
    pub(super) fn of(linear: &Linear, bounds: &[Bounds]) -> Self {
        let mut columns: Vec<ColumnData> = bounds
            .iter()
            .zip(&linear.aim)
            .map(|(&bounds, &aim)| ColumnData {
                bounds,
                aim,
                rows: Vec::new(),
            })
            .collect();
        let rows = (0_u32..).zip(&linear.senses).map(|(n, &sense)| {
            let mut terms = linear.row(n as usize).to_vec();
            terms.sort_by_key(|&(j, _)| j);
            for &(j, _) in &terms {
                columns[j as usize].rows.push(n);
            }
            let right = linear.rights[n as usize];
            Some(RowData {
                terms,
                sense,
                right,
            })
        });
        let rows = rows.collect();
        Self {
            rows,
            columns: columns.into_iter().map(Some).collect(),
            defined: Vec::new(),
        }
    }

    /// A column that is still there.
    pub(super) fn column(&self, j: u32) -> &ColumnData {
        self.columns[j as usize]
            .as_ref()
            .expect("rows mention columns that are there")
    }

    /// The least and the most that some terms can add up to.
    pub(super) fn range(&self, terms: impl Iterator<Item = (u32, f64)>) -> (f64, f64) {
        terms.fold((0.0, 0.0), |(least, most), (j, factor)| {
            let bounds = self.column(j).bounds;
            let (a, b) = (factor * bounds.lower, factor * bounds.upper);
            (least + a.min(b), most + a.max(b))
        })
    }

    /// Take out a row.
    pub(super) fn drop_row(&mut self, n: usize) -> Option<RowData> {
        let row = self.rows[n].take()?;
        for &(j, _) in &row.terms {
            self.forget(j, n);
        }
        Some(row)
    }

    fn forget(&mut self, j: u32, n: usize) {
        if let Some(column) = &mut self.columns[j as usize] {
            column.rows.retain(|&row| row as usize != n);
        }
    }

    /// Take out what equations define. Whether there was anything.
    pub(super) fn define(&mut self) -> bool {
        let before = self.defined.len();
        for n in 0..self.rows.len() {
            let Some(row) = &self.rows[n] else { continue };
            if row.sense != Sense::Equal || row.terms.is_empty() {
                continue;
            }
            if let Some(k) = self.pivot(row) {
                self.substitute(k, n);
            }
        }
        self.defined.len() > before
    }

    /// The column that an equation best defines: one that its bounds do not hold, whatever the others
    /// are, with no more terms in the program afterwards than before.
    fn pivot(&self, row: &RowData) -> Option<u32> {
        let largest = row
            .terms
            .iter()
            .fold(0.0_f64, |most, (_, a)| most.max(a.abs()));
        let others = row.terms.len() - 1;
        let fits = |&&(j, a): &&(u32, f64)| {
            let elsewhere = self.column(j).rows.len() - 1;
            let grows = others * elsewhere > row.terms.len() + elsewhere;
            !grows && (elsewhere == 0 || a.abs() >= PIVOT * largest)
        };
        let candidates = row.terms.iter().filter(fits);
        candidates
            .filter(|&&term| self.is_implied(row, term))
            .min_by_key(|&&(j, _)| self.column(j).rows.len())
            .map(|&(j, _)| j)
    }

    /// Whether the rest of an equation keeps a column within its bounds, whatever it is.
    fn is_implied(&self, row: &RowData, (k, a): (u32, f64)) -> bool {
        let own = self.column(k).bounds;
        if own.whole {
            return false;
        }
        let (least, most) = self.range(row.terms.iter().copied().filter(|&(j, _)| j != k));
        let (x, y) = ((row.right - least) / a, (row.right - most) / a);
        x.min(y) >= own.lower && x.max(y) <= own.upper
    }

    /// Put what an equation says of a column in the column's place.
    fn substitute(&mut self, k: u32, n: usize) {
        let mut row = self.drop_row(n).expect("the equation is there");
        let at = row.terms.iter().position(|&(j, _)| j == k);
        let (_, factor) = row
            .terms
            .remove(at.expect("the equation mentions the column"));
        let column = self.columns[k as usize]
            .take()
            .expect("the column is there");
        let ratio = column.aim / factor;
        for &(j, a) in &row.terms {
            let other = self.columns[j as usize].as_mut();
            other.expect("rows mention columns that are there").aim -= ratio * a;
        }
        let mut elsewhere = Vec::with_capacity(column.rows.len());
        for &i in &column.rows {
            elsewhere.push((i, self.replace(i, k, factor, &row)));
        }
        self.defined.push(Defined {
            column: k as usize,
            row: n,
            factor,
            others: row.terms,
            right: row.right,
            aim: column.aim,
            elsewhere,
        });
    }

    /// Put `(right − others) / factor` in the place of a column of one row; what its factor was.
    fn replace(&mut self, i: u32, k: u32, factor: f64, by: &RowData) -> f64 {
        let row = self.rows[i as usize]
            .as_mut()
            .expect("columns know rows that are there");
        let at = row.terms.iter().position(|&(j, _)| j == k);
        let (_, own) = row
            .terms
            .remove(at.expect("columns know the rows that mention them"));
        let ratio = own / factor;
        row.right -= ratio * by.right;
        for &(j, a) in &by.terms {
            let more = -ratio * a;
            let rows = &mut self.columns[j as usize].as_mut().expect("it is there").rows;
            match row.terms.binary_search_by_key(&j, |&(j, _)| j) {
                Ok(at) => {
                    let sum = row.terms[at].1 + more;
                    if sum.abs() <= CANCELLED * more.abs() {
                        row.terms.remove(at);
                        rows.retain(|&row| row != i);
                    } else {
                        row.terms[at].1 = sum;
                    }
                }
                Err(at) => {
                    row.terms.insert(at, (j, more));
                    rows.push(i);
                }
            }
        }
        own
    }

    /// Take out limits that the bounds of their columns keep.
    pub(super) fn drop_slack(&mut self) -> bool {
        let mut found = false;
        for n in 0..self.rows.len() {
            let Some(row) = &self.rows[n] else { continue };
            let (least, most) = self.range(row.terms.iter().copied());
            let slack = match row.sense {
                Sense::AtMost => most <= row.right,
                Sense::AtLeast => least >= row.right,
                Sense::Equal => row.terms.is_empty() && row.right.abs() <= NOTHING,
            };
            if slack {
                self.drop_row(n);
                found = true;
            }
        }
        found
    }

    /// Leave out limits that are so many times as large as their factors. Whether there were any.
    pub(super) fn leave_out_far(&mut self, times: f64) -> bool {
        let mut found = false;
        for n in 0..self.rows.len() {
            let Some(row) = &self.rows[n] else { continue };
            let factors = row.terms.iter().map(|&(_, factor)| factor.abs());
            let far = row.right.abs() > times * factors.fold(0.0, f64::max);
            let open = match row.sense {
                Sense::AtMost => row.right > 0.0,
                Sense::AtLeast => row.right < 0.0,
                Sense::Equal => false,
            };
            if far && open {
                self.drop_row(n);
                found = true;
            }
        }
        for column in self.columns.iter_mut().flatten() {
            let bounds = &mut column.bounds;
            if bounds.upper > times && bounds.upper.is_finite() && bounds.lower.abs() < times {
                bounds.upper = f64::INFINITY;
                found = true;
            }
        }
        found
    }

    /// The columns that may as well be at a bound: to move them from it costs and helps no row.
    pub(super) fn idle(&self) -> Vec<(usize, f64)> {
        let at = |(j, column): (usize, &Option<ColumnData>)| {
            let column = column.as_ref()?;
            let j32 = u32::try_from(j).expect("fewer than 2^32 columns");
            let mut helps_up = column.aim < 0.0;
            let mut helps_down = column.aim > 0.0;
            for &n in &column.rows {
                let row = self.rows[n as usize].as_ref()?;
                let at = row.terms.binary_search_by_key(&j32, |&(j, _)| j).ok()?;
                let up = row.terms[at].1 > 0.0;
                helps_up |= row.sense == Sense::Equal || up == (row.sense == Sense::AtLeast);
                helps_down |= row.sense == Sense::Equal || up == (row.sense == Sense::AtMost);
            }
            if !helps_up && column.bounds.lower.is_finite() {
                Some((j, column.bounds.lower))
            } else if !helps_down && column.bounds.upper.is_finite() {
                Some((j, column.bounds.upper))
            } else {
                None
            }
        };
        self.columns.iter().enumerate().filter_map(at).collect()
    }

    /// Take out a column at a value.
    pub(super) fn fix(&mut self, j: usize, value: f64) {
        let Some(column) = self.columns[j].take() else {
            return;
        };
        for n in column.rows {
            let row = self.rows[n as usize]
                .as_mut()
                .expect("columns know rows that are there");
            let at = row.terms.iter().position(|&(k, _)| k as usize == j);
            let (_, factor) = row
                .terms
                .remove(at.expect("columns know the rows that mention them"));
            row.right -= factor * value;
        }
    }
}
