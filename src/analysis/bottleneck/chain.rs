//! Chains: from the price of a row down the bill of materials to what binds.
//!
//! ```text
//! y[n]  =  Σ_j w[j] · ( c[j] − Σ_{m ≠ n} a[m,j] · y[m] − r[j] ) / a[n,j]        Σ_j w[j] = 1
//! ```
//!
//! `j` runs over the columns that bring something into row `n`, weighted by how much they bring in the
//! plan; over what was kept from the period before only where nothing is brought anew. Every term of the right side is a price times a factor: a row that passes on (a balance, a stock,
//! an expense) is followed, a limit is a leaf. A row that nothing can reach is a leaf as well: what its own
//! sources would cost is no one's price.

use super::cause::Cause;
use super::label::Label;
use super::sources::{NO_LOSS, Sources};
use crate::analysis::equation::{Matrix, Prices, year_number};
use crate::ids::{ExpansionId, LineId, PeriodId};
use crate::model::Model;
use crate::program::{Column, Role, Row};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// A part of a price and what it is made of: the parts sum to the value.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Branch {
    /// What it contributes, in the unit of the root.
    pub value: f64,
    /// What it goes back to. Empty: a leaf.
    #[cfg_attr(feature = "serde", serde(with = "crate::ids::pairs"))]
    pub parts: BTreeMap<Label, Branch>,
}

impl Branch {
    /// Add `factor` times another part of the same label.
    pub(super) fn add(&mut self, other: &Self, factor: f64) {
        self.value += factor * other.value;
        for (&label, part) in &other.parts {
            self.parts.entry(label).or_default().add(part, factor);
        }
    }

    fn leaf(&mut self, cause: Cause, year: Option<i32>, value: f64) {
        if value != 0.0 {
            self.value += value;
            let leaf = self.parts.entry(Label::Leaf(cause, year)).or_default();
            leaf.value += value;
        }
    }

    /// What its leaves contribute, by cause.
    pub fn causes(&self) -> BTreeMap<Cause, f64> {
        let mut causes = BTreeMap::new();
        self.gather(&mut causes);
        causes
    }

    fn gather(&self, causes: &mut BTreeMap<Cause, f64>) {
        for (label, part) in &self.parts {
            if let Label::Leaf(cause, _) = label {
                *causes.entry(*cause).or_insert(0.0) += part.value;
            } else {
                part.gather(causes);
            }
        }
    }
}

/// Explains the prices of rows, each once.
pub(super) struct Chains<'a> {
    m: &'a Model,
    matrix: &'a Matrix<'a>,
    prices: &'a Prices,
    known: HashMap<usize, Rc<Branch>>,
    /// The rows on the way from the root: none is its own cause.
    open: Vec<usize>,
    sources: Sources<'a>,
}

/// A share of what can be ordered of an expansion, or of one block of it, below this is not ordered.
const NOT_ORDERED: f64 = 1e-4;

impl<'a> Chains<'a> {
    pub(super) fn new(m: &'a Model, matrix: &'a Matrix<'a>, prices: &'a Prices) -> Self {
        Self {
            m,
            matrix,
            prices,
            known: HashMap::new(),
            open: Vec::new(),
            sources: Sources::new(m, matrix, prices),
        }
    }

    /// What is used up on the way of what the plan brings into some rows; see [`Sources::used_up`].
    pub(super) fn used_up(&self, roots: impl IntoIterator<Item = usize>) -> BTreeSet<Cause> {
        self.sources.used_up(roots)
    }

    /// What the price of a row is made of, per internal unit of it.
    pub(super) fn explain(&mut self, n: usize) -> Rc<Branch> {
        if let Some(known) = self.known.get(&n) {
            return Rc::clone(known);
        }
        self.open.push(n);
        let mut branch = Branch::default();
        let sources = self.sources.weights(n, &self.open);
        for &(j, factor, weight) in &sources {
            self.terms(&mut branch, n, (j, factor), weight);
        }
        if sources.is_empty() {
            let (cause, year) = self.without_source(n);
            branch.leaf(cause, year, self.prices.duals[n]);
        }
        self.open.pop();
        let branch = Rc::new(branch);
        self.known.insert(n, Rc::clone(&branch));
        branch
    }

    /// The terms of a column's dual equation, for one unit of a row.
    fn terms(&mut self, branch: &mut Branch, n: usize, (j, factor): (usize, f64), weight: f64) {
        let per = weight / factor;
        let matrix = self.matrix;
        branch.leaf(Cause::Cost, None, per * matrix.cost(j));
        branch.leaf(Cause::Urgent, None, -per * self.prices.reduced[j]);
        let own = self.sources.label(n);
        for &(row, used) in matrix.rows(j) {
            if row == n || self.prices.duals[row] == 0.0 {
                continue;
            }
            match self
                .sources
                .label(row)
                .filter(|_| used < 0.0 && matrix.passes(row))
            {
                Some(label) => {
                    let below = self.explain(row);
                    if Some(label) == own {
                        branch.add(&below, -per * used);
                    } else {
                        branch.value -= per * used * below.value;
                        let part = branch.parts.entry(label).or_default();
                        part.add(&below, -per * used);
                    }
                }
                None => self.limit(branch, row, -per * used * self.prices.duals[row]),
            }
        }
    }

    /// What a limit contributes. The capacity of a line of which more is being built, and could be, is
    /// what it costs to build; until what is ordered has opened, it is a matter of time.
    fn limit(&mut self, branch: &mut Branch, row: usize, value: f64) {
        let program = self.matrix.program;
        let name = program.rows().name(row);
        let year = year_number(self.m, name);
        let Row::Capacity(l, t) = name else {
            return branch.leaf(Cause::of(self.m, program, name), year, value);
        };
        if let Some((e, j)) = self.being_built(l, t) {
            let costs: Vec<_> = self.building(j).collect();
            let whole: f64 = costs.iter().map(|&(.., cost)| cost).sum();
            let known = whole > 0.0 && costs.iter().all(|(m, ..)| !self.open.contains(m));
            if known {
                branch.value += value;
                let part = branch.parts.entry(Label::Building(e)).or_default();
                let mut parts = Branch::default();
                for (m, label, cost) in costs {
                    let below = self.explain(m);
                    let factor = value * cost / whole / self.prices.duals[m];
                    parts.value += factor * below.value;
                    parts.parts.entry(label).or_default().add(&below, factor);
                }
                part.add(&parts, 1.0);
                return;
            }
        }
        let cause = self
            .pending(l, t)
            .map_or(Cause::capacity(l), Cause::Opening);
        branch.leaf(cause, year, value);
    }

    /// An order that adds to a line by a period, and of which more could be had: with its column.
    fn being_built(&self, l: LineId, t: PeriodId) -> Option<(ExpansionId, usize)> {
        let (c, program) = (&self.m.calendar, self.matrix.program);
        let options = self.m.expansions.iter().filter(|(_, e)| e.line == l);
        let mut orders = options.flat_map(|(e, expansion)| {
            let opens = move |&o: &PeriodId| expansion.opens(c, o).is_some_and(|opens| opens <= t);
            c.periods().filter(opens).map(move |ordered| (e, ordered))
        });
        orders.find_map(|(e, ordered)| {
            let j = *program.plan().get(Column::Build(e, ordered))? as usize;
            let options = program.rows().position(Row::Options(e))?;
            let costs: f64 = self.building(j).map(|(.., cost)| cost).sum();
            let free = self.prices.duals[options].abs() <= NO_LOSS * costs;
            let whole = program.columns()[j].whole;
            let ordered = self.matrix.value(j) > self.not_ordered(e);
            (free && !whole && ordered).then_some((e, j))
        })
    }

    /// What an order takes from rows that pass on, each at its price.
    fn building(&self, j: usize) -> impl Iterator<Item = (usize, Label, f64)> + '_ {
        let rows = self
            .matrix
            .rows(j)
            .iter()
            .filter(|&&(_, factor)| factor < 0.0);
        rows.filter_map(|&(m, factor)| {
            let cost = -factor * self.prices.duals[m];
            let label = self.sources.label(m).filter(|_| self.matrix.passes(m))?;
            (cost > 0.0).then_some((m, label, cost))
        })
    }

    /// How much of an expansion is as good as nothing.
    fn not_ordered(&self, e: ExpansionId) -> f64 {
        NOT_ORDERED * self.m.expansions[e].at_most.value().min(1.0)
    }

    /// The expansion of a line that is ordered but not all open in a period, the largest if there are more.
    fn pending(&self, l: LineId, t: PeriodId) -> Option<ExpansionId> {
        let (c, plan) = (&self.m.calendar, self.matrix.program.plan());
        let options = self.m.expansions.iter().filter(|(_, e)| e.line == l);
        let waits = options.filter_map(|(e, expansion)| {
            let ordered = c
                .periods()
                .filter(|&o| expansion.open_share(c, o, t) < 1.0 - 1e-9);
            let built = ordered.filter_map(|o| plan.get(Column::Build(e, o)));
            let built: f64 = built.map(|&j| self.matrix.value(j as usize)).sum();
            let pending = built * expansion.adds.value();
            (built > self.not_ordered(e)).then_some((e, pending))
        });
        let largest = waits.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        largest.map(|(e, _)| e)
    }

    /// Why nothing can reach a row.
    fn without_source(&self, n: usize) -> (Cause, Option<i32>) {
        let name = self.matrix.program.rows().name(n);
        let year = year_number(self.m, name);
        let wanted = matches!(name.role(), Role::Goods | Role::Requirement);
        let item = name.thing().item(self.m, self.matrix.program.network());
        let item = item.filter(|_| wanted);
        (item.map_or(Cause::Joint, Cause::NoSource), year)
    }
}
