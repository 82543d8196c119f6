//! Sources: what brings something into a row, and by how much each counts.
//!
//! What counts hangs on the plan, of which there is one, as ties are broken on purpose; prices only tell which of
//! the sources that bring nothing come nearest to it.

use super::cause::Cause;
use super::label::Label;
use super::reach::Reach;
use crate::analysis::equation::{Matrix, Prices};
use crate::model::Model;
use crate::program::{Column, Role};
use crate::units::as_number;

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Finds the sources of rows.
pub(super) struct Sources<'a> {
    m: &'a Model,
    matrix: &'a Matrix<'a>,
    prices: &'a Prices,
    reach: Reach,
    /// By what rows pass on: the most that a column brings in the plan, in internal units.
    flows: BTreeMap<Label, f64>,
    /// By column without its time: all that it is in the plan, in internal units.
    totals: HashMap<Column, f64>,
}

/// A flow below this share of the largest flow of the same is none.
const NO_FLOW: f64 = 1e-6;
/// A reduced cost below this share of the largest term of its column's dual equation is none.
pub(super) const NO_LOSS: f64 = 1e-5;

impl<'a> Sources<'a> {
    pub(super) fn new(m: &'a Model, matrix: &'a Matrix<'a>, prices: &'a Prices) -> Self {
        let mut new = Self {
            m,
            matrix,
            prices,
            reach: Reach::of(matrix),
            flows: BTreeMap::new(),
            totals: HashMap::new(),
        };
        for n in 0..matrix.program.rows().len() {
            if let Some(label) = new.label(n) {
                let sources = matrix.sources(n);
                let flows = sources.map(|(j, factor)| factor * matrix.value(j));
                let most = new.flows.entry(label).or_insert(0.0);
                *most = flows.fold(*most, f64::max);
            }
        }
        for (j, column) in matrix.program.columns().iter().enumerate() {
            *new.totals.entry(column.name.timeless()).or_insert(0.0) += matrix.value(j);
        }
        new
    }

    /// The columns that bring something into a row, how much one unit of each does, and its weight: by
    /// what it brings in the plan; if nothing is brought anew, what was kept; if that is nothing either,
    /// those that come nearest to being worth it, each alike.
    pub(super) fn weights(&self, n: usize, open: &[usize]) -> Vec<(usize, f64, f64)> {
        if !self.reach.row(n) {
            return Vec::new();
        }
        let sources = self.matrix.sources(n);
        let sources: Vec<_> = sources.filter(|&(j, _)| self.is_free(n, j, open)).collect();
        let least = self.least(n);
        let flow = |source: &(usize, f64)| {
            let flow = source.1 * self.matrix.value(source.0);
            let counts = flow > least && self.loss(source).abs() <= self.no_loss(source);
            if counts { flow } else { 0.0 }
        };
        // What is brought anew comes before what was kept.
        let fresh = |&(j, _): &(usize, f64)| !self.is_kept(j);
        let anew: f64 = sources.iter().filter(|s| fresh(s)).map(flow).sum();
        let flow = |source: &(usize, f64)| {
            let counts = anew == 0.0 || fresh(source);
            if counts { flow(source) } else { 0.0 }
        };
        let total: f64 = sources.iter().map(flow).sum();
        if total > 0.0 {
            let weighted = sources.iter().map(|source| {
                let (j, factor) = *source;
                (j, factor, flow(source) / total)
            });
            return weighted.filter(|&(.., weight)| weight > 0.0).collect();
        }
        self.nearest(&sources)
    }

    /// The sources that come nearest to being worth it: new supply before what was kept, each by what it brings
    /// at other times; where none ever brings anything, each alike.
    fn nearest(&self, sources: &[(usize, f64)]) -> Vec<(usize, f64, f64)> {
        let losses = sources.iter().map(|source| self.loss(source));
        let least = losses.fold(f64::INFINITY, f64::min);
        let near = |source: &&(usize, f64)| self.loss(source) <= least + self.no_loss(source);
        let mut near: Vec<(usize, f64)> = sources.iter().filter(near).copied().collect();
        if near.iter().any(|&(j, _)| !self.is_kept(j)) {
            near.retain(|&(j, _)| !self.is_kept(j));
        }
        let brings = |&(j, factor): &(usize, f64)| {
            let name = self.matrix.program.columns()[j].name;
            factor * self.totals.get(&name.timeless()).copied().unwrap_or(0.0)
        };
        let all: f64 = near.iter().map(brings).sum();
        let alike = 1.0 / as_number(near.len());
        let weight = |source| {
            if all > 0.0 {
                brings(source) / all
            } else {
                alike
            }
        };
        let weighted = near
            .iter()
            .map(|source| (source.0, source.1, weight(source)));
        weighted.filter(|&(.., weight)| weight > 0.0).collect()
    }

    /// What a source lacks to be worth it, for one unit of what it brings.
    fn loss(&self, &(j, factor): &(usize, f64)) -> f64 {
        self.prices.reduced[j] / factor
    }

    /// What is no loss of a source.
    fn no_loss(&self, &(j, factor): &(usize, f64)) -> f64 {
        NO_LOSS * self.matrix.price_scale(j, self.prices) / factor
    }

    /// Whether a column is what was kept from the period before.
    fn is_kept(&self, j: usize) -> bool {
        let name = self.matrix.program.columns()[j].name;
        matches!(name, Column::Stock(..) | Column::Pool(..))
    }

    /// Whether a source can run, and leads to no row on the way from the root.
    fn is_free(&self, n: usize, j: usize, open: &[usize]) -> bool {
        if !self.reach.column(j) {
            return false;
        }
        let rows = self.matrix.rows(j).iter();
        let mut used = rows.filter(|&&(m, factor)| m != n && factor < 0.0);
        used.all(|(m, _)| !open.contains(m))
    }

    /// What is used up on the way of what the plan brings into some rows, whether or not it has a price: where
    /// several limits bind at once, prices may leave out any but one of them.
    pub(super) fn used_up(&self, roots: impl IntoIterator<Item = usize>) -> BTreeSet<Cause> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<usize> = roots.into_iter().collect();
        while let Some(n) = open.pop() {
            if !seen.insert(n) {
                continue;
            }
            for j in self.bringing(n) {
                for &(row, used) in self.matrix.rows(j) {
                    if self.matrix.passes(row) {
                        open.extend((used < 0.0).then_some(row));
                    } else if self.matrix.is_used_up(row) {
                        let name = self.matrix.program.rows().name(row);
                        found.insert(Cause::of(self.m, self.matrix.program, name));
                    }
                }
            }
        }
        found.retain(|cause| cause.binds());
        found
    }

    /// The columns that bring something into a row in the plan; if none does, those that could.
    fn bringing(&self, n: usize) -> Vec<usize> {
        let sources = self.matrix.sources(n);
        let able: Vec<_> = sources.filter(|&(j, _)| self.reach.column(j)).collect();
        let least = self.least(n);
        let brings = |&&(j, factor): &&(usize, f64)| factor * self.matrix.value(j) > least;
        let bring: Vec<usize> = able.iter().filter(brings).map(|&(j, _)| j).collect();
        if bring.is_empty() {
            able.into_iter().map(|(j, _)| j).collect()
        } else {
            bring
        }
    }

    /// What is no flow into a row.
    fn least(&self, n: usize) -> f64 {
        let most = self.label(n).and_then(|label| self.flows.get(&label));
        NO_FLOW * most.copied().unwrap_or(0.0)
    }

    /// What a row passes on, if it does.
    pub(super) fn label(&self, n: usize) -> Option<Label> {
        let program = self.matrix.program;
        let row = program.rows().name(n);
        if row.role() == Role::Money {
            return Some(Label::Spending);
        }
        row.passes(self.m, program.network()).map(Label::Item)
    }
}
