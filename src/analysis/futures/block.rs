//! The program of each future as a block, and what the blocks share: decisions taken before the date.

use crate::ids::{Id, YearId};
use crate::model::Model;
use crate::program::{Column, ColumnData, Decided, Deed, Program, Row, Sense};
use std::collections::{HashMap, HashSet};

/// A future: its model, its program, and the names by which programs compare.
pub(super) struct Source {
    pub(super) model: Model,
    pub(super) program: Program,
    pub(super) chance: f64,
    columns: Vec<String>,
    rows: Vec<String>,
    position: HashMap<String, usize>,
}

impl Source {
    pub(super) fn new(model: Model, program: Program, chance: f64) -> Self {
        let columns = program.column_keys(&model);
        let rows = program.row_keys(&model);
        let position = columns.iter().cloned().zip(0..).collect();
        Self {
            model,
            program,
            chance,
            columns,
            rows,
            position,
        }
    }

    fn column(&self, j: usize) -> &ColumnData {
        &self.program.columns()[j]
    }

    /// Where a column is held, by its name, in natural units; nothing if it has no such column.
    fn at(&self, key: &str) -> f64 {
        self.position.get(key).map_or(0.0, |&j| {
            let column = self.column(j);
            column.lower * column.unit
        })
    }

    /// Another program with the history of this future.
    pub(super) fn give_history(&self, model: &Model, program: Program) -> Program {
        let keys = program.column_keys(model);
        let columns = keys.iter().zip(program.columns());
        let columns = columns.map(|(key, own)| self.at(key) / own.unit);
        let columns: Vec<f64> = columns.collect();
        program.with_history(&columns)
    }

    /// Until the date this future is as the first: what is required, the money, capacity and rates of the
    /// periods and years before it.
    pub(super) fn until_the_date_as(&mut self, first: &Self, periods: usize) {
        let c = self.model.calendar;
        let known: Vec<Option<f64>> = self
            .columns
            .iter()
            .map(|key| Some(first.column(*first.position.get(key)?)))
            .map(|column| column.map(|column| column.upper * column.unit))
            .collect();
        let over = |y: YearId| c.periods_of(y).all(|t| t.position() < periods);
        let program = self.program.clone().with_bounds(|j, column| {
            let early = if let Column::Required(_, t)
            | Column::Financed(_, t)
            | Column::Available(_, t) = column.name
            {
                t.position() < periods
            } else if let Column::Money(_, y) = column.name {
                over(y)
            } else {
                false
            };
            if let Some(known) = known[j].filter(|_| early) {
                (column.lower, column.upper) = (known / column.unit, known / column.unit);
            }
        });
        self.program = program;
        self.orders_as(first, periods);
    }

    /// Until the date suppliers have on order what they have in the first future.
    fn orders_as(&mut self, first: &Self, periods: usize) {
        for (q, supplier) in self.model.suppliers.iter() {
            let mut same = first.model.suppliers.iter();
            let Some((other, _)) = same.find(|(_, s)| s.key == supplier.key) else {
                continue;
            };
            for t in self.model.calendar.periods().take(periods) {
                let rows = first.program.rows();
                if let Some(n) = rows.position(Row::OnOrder(other, t)) {
                    let booked = rows.right(n) * rows.unit(n);
                    self.program.move_right(Row::OnOrder(q, t), booked);
                }
            }
        }
    }

    /// What is required in the window in which a column meets a requirement; `None` if it does not.
    fn wanted(&self, column: Column) -> Option<f64> {
        let Column::Meet(e, t) = column else {
            return None;
        };
        let r = self.program.network().meets[e].requirement;
        let mut later = self.model.calendar.periods().skip(t.position());
        let j = later.find_map(|t| self.program.plan().required[(r, t)])?;
        let required = self.column(j as usize);
        Some(required.upper * required.unit)
    }
}

/// A decision that all futures share.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) whole: bool,
    /// The first future that has it, and its column there.
    pub(super) named: (usize, usize),
    /// Whether some future lacks it, or gives only part of it.
    pub(super) partial: bool,
    /// Whether it binds beyond its own period: an expansion, an order from a supplier.
    pub(super) commits: bool,
    /// Of a delivery: the most that its source can give in any future, in natural units.
    pub(super) most: f64,
}

/// A row of a block.
pub(super) type BlockRow = (Vec<(u32, f64)>, Sense, f64);

/// One future's columns and rows.
pub(super) struct Block {
    /// Bounds, and whether it is whole.
    pub(super) columns: Vec<(f64, f64, bool)>,
    pub(super) rows: Vec<BlockRow>,
    pub(super) aim: Vec<(u32, f64)>,
    /// By column: the shared decision it follows, and how much of it comes true here.
    pub(super) shared: Vec<Option<(usize, f64)>>,
}

/// Every future as a block, the future of mean figures, and what they share.
pub(super) struct Blocks {
    pub(super) shared: Vec<Shared>,
    pub(super) futures: Vec<Block>,
    pub(super) mean: Block,
}

impl Blocks {
    /// A future that no plan was made for, as a block that follows what was decided before the date: what is made, ordered,
    /// built, moved and given. A delivery comes in the share that its source can still give of the most that it can in the
    /// futures that were planned for; who pays, and what is used up, follow.
    pub(super) fn unplanned(&self, sources: &[Source], future: &Source) -> Block {
        let mut numbers = vec![None; future.columns.len()];
        let mut unused = Vec::new();
        for (n, shared) in self.shared.iter().enumerate() {
            let (s, j) = shared.named;
            let from = &sources[s];
            let (column, key) = (from.column(j), &from.columns[j]);
            let deed = column.name.deed(from.program.network());
            if deed.is_none() && !matches!(column.name, Column::Placed(..)) {
                continue;
            }
            let can = future.can(from, column.name);
            let share = match can {
                Some(can) if shared.most > 0.0 => (can / shared.most).min(1.0),
                _ => 1.0,
            };
            match future.position.get(key) {
                Some(&own) => {
                    let unit = column.unit / future.column(own).unit;
                    numbers[own] = Some((n, share * unit));
                }
                None if can.is_some() => unused.push((n, share, from.present_cost(j))),
                None => {}
            }
        }
        let mut block = block(future, numbers);
        for (n, share, cost) in unused {
            block.unused(n, share, cost);
        }
        block
    }

    /// The blocks of futures that part after so many periods, beside their mean.
    pub(super) fn of(
        sources: &[Source],
        periods: usize,
        mean: impl FnOnce(&[Source], &[Vec<Option<(usize, f64)>>]) -> Block,
    ) -> Self {
        let mut sharing = Sharing::of(sources, periods);
        sharing.leave_use_open();
        sharing.leave_refunds_open();
        let numbers = sharing.numbers();
        let mut mean = mean(sources, &numbers);
        let mut futures = Vec::new();
        for (s, (source, numbers)) in sources.iter().zip(numbers).enumerate() {
            let mut block = block(source, numbers);
            pay_for_unused(&mut block, sources, &sharing.named, s, 1.0);
            pay_for_unused(&mut mean, sources, &sharing.named, s, source.chance);
            futures.push(block);
        }
        Self {
            shared: sharing.shared(),
            futures,
            mean,
        }
    }
}

fn block(source: &Source, shared: Vec<Option<(usize, f64)>>) -> Block {
    let rows = source.program.rows();
    let stages = source.program.stages();
    Block {
        columns: source.program.columns().iter().map(bounds).collect(),
        rows: (0..rows.len())
            .map(|n| (rows.row(n).to_vec(), rows.sense(n), rows.right(n)))
            .collect(),
        aim: stages[0].aim.clone(),
        shared,
    }
}

pub(super) fn bounds(column: &ColumnData) -> (f64, f64, bool) {
    (column.lower, column.upper, column.whole)
}

/// A decision by name: in which futures it can be taken.
struct Named {
    /// By future: its column, and how much of the decision comes true.
    at: Vec<Option<(usize, f64)>>,
    /// By future that lacks it: how much of the decision comes all the same, for no one's use.
    unused: Vec<f64>,
    /// Of a delivery: the most that its source can give in any future.
    most: f64,
}

/// Decisions taken before the date, by name, in the order in which the futures have them.
struct Sharing<'a> {
    sources: &'a [Source],
    named: Vec<Named>,
}

impl<'a> Sharing<'a> {
    fn of(sources: &'a [Source], periods: usize) -> Self {
        let mut new = Self {
            sources,
            named: Vec::new(),
        };
        let mut seen: HashSet<&str> = HashSet::new();
        for source in sources {
            for (j, key) in source.columns.iter().enumerate() {
                if is_early(source, source.column(j).name, periods) && seen.insert(key) {
                    let at = sources.iter().map(|other| {
                        let j = *other.position.get(key)?;
                        Some((j, 1.0))
                    });
                    let unused = vec![0.0; sources.len()];
                    let at = at.collect();
                    let most = 0.0;
                    new.named.push(Named { at, unused, most });
                }
            }
        }
        for named in &mut new.named {
            give_parts(sources, named);
        }
        new
    }

    /// What is used up follows what is required: it is shared only where all futures require the same.
    fn leave_use_open(&mut self) {
        let sources = self.sources;
        self.named.retain(|named| {
            let wanted = named.at.iter().zip(sources).map(|(at, source)| {
                let column = source.column((*at)?.0);
                source.wanted(column.name)
            });
            let wanted: Vec<Option<f64>> = wanted.collect();
            let Some(first) = wanted.iter().flatten().next() else {
                return true;
            };
            let same = |own: &f64| (own - first).abs() <= 1e-9 * (1.0 + first.abs());
            wanted.iter().all(|own| own.as_ref().is_some_and(same))
        });
    }

    /// What is paid for a delivery that fails in some future is not paid there: such payments follow
    /// what is delivered.
    fn leave_refunds_open(&mut self) {
        let mut touched: HashSet<(String, YearId)> = HashSet::new();
        let accounts = self.sources.iter();
        let accounts: Vec<Vec<String>> =
            accounts.map(|s| s.program.account_keys(&s.model)).collect();
        for named in self.named.iter().filter(|named| named.is_partial()) {
            for (s, at) in named.at.iter().enumerate() {
                let Some((j, _)) = *at else { continue };
                let charges = self.sources[s].program.charges().iter();
                let own = charges.filter(|charge| charge.0 as usize == j);
                touched.extend(
                    own.map(|&(_, account, year, _)| {
                        (accounts[s][account.position()].clone(), year)
                    }),
                );
            }
        }
        let sources = self.sources;
        self.named.retain(|named| {
            let Some((s, (j, _))) = named.first() else {
                return false;
            };
            let source = &sources[s];
            let Column::Pay(p, y) = source.column(j).name else {
                return true;
            };
            let account = source.program.network().accounts.pays()[p].account;
            !touched.contains(&(accounts[s][account.position()].clone(), y))
        });
    }

    fn shared(&self) -> Vec<Shared> {
        let shared = |named: &Named| {
            let all = named.at.iter().enumerate();
            let columns = all.filter_map(|(s, at)| Some(self.sources[s].column((*at)?.0)));
            let columns: Vec<_> = columns.collect();
            let (named_at, (j, _)) = named.first()?;
            Some(Shared {
                lower: columns
                    .iter()
                    .map(|c| c.lower)
                    .fold(f64::INFINITY, f64::min),
                upper: columns
                    .iter()
                    .map(|c| c.upper)
                    .fold(f64::INFINITY, f64::min),
                whole: columns.iter().any(|c| c.whole),
                named: (named_at, j),
                partial: named.is_partial(),
                most: named.most,
                commits: matches!(
                    columns.first()?.name,
                    Column::Build(..) | Column::Order(..) | Column::Placed(..)
                ),
            })
        };
        self.named.iter().filter_map(shared).collect()
    }

    /// By future and column: the decision it follows.
    fn numbers(&self) -> Vec<Vec<Option<(usize, f64)>>> {
        let columns = self.sources.iter().map(|s| vec![None; s.columns.len()]);
        let mut numbers: Vec<Vec<Option<(usize, f64)>>> = columns.collect();
        for (n, named) in self.named.iter().enumerate() {
            for (s, at) in named.at.iter().enumerate() {
                if let Some((j, part)) = *at {
                    numbers[s][j] = Some((n, part));
                }
            }
        }
        numbers
    }
}

impl Named {
    fn first(&self) -> Option<(usize, (usize, f64))> {
        let mut all = self.at.iter().enumerate();
        all.find_map(|(s, at)| Some((s, (*at)?)))
    }

    fn is_partial(&self) -> bool {
        let whole = |at: &Option<(usize, f64)>| at.is_some_and(|(_, part)| part == 1.0);
        !self.at.iter().all(whole)
    }
}

/// Whether a column is decided before so many periods have passed.
fn is_early(source: &Source, column: Column, periods: usize) -> bool {
    let c = &source.model.calendar;
    match source.program.decided(&source.model, column) {
        Decided::Follows => false,
        Decided::Period(n) => n < i64::try_from(periods).unwrap_or(i64::MAX),
        // Money is by year: a year counts as decided once all of it has passed.
        Decided::Year(y) => c.periods_of(y).all(|t| t.position() < periods),
    }
}

/// A delivery ordered before the date comes in each future in the share that its source can still
/// deliver there, of the most that it can in any.
fn give_parts(sources: &[Source], named: &mut Named) {
    let Some((first, (column, _))) = named.first() else {
        return;
    };
    let (unit, name) = (
        sources[first].column(column).unit,
        sources[first].column(column).name,
    );
    let limits = sources
        .iter()
        .map(|source| source.can(&sources[first], name));
    let limits: Vec<Option<f64>> = limits.collect();
    let most = limits.iter().flatten().copied().fold(0.0, f64::max);
    named.most = most;
    for (s, source) in sources.iter().enumerate() {
        let share = limits[s]
            .filter(|_| most > 0.0)
            .map_or(1.0, |limit| limit / most);
        match &mut named.at[s] {
            Some((j, part)) => {
                let own = source.column(*j).unit;
                *part = if own == unit {
                    share
                } else {
                    share * unit / own
                };
            }
            // It comes, no one there has a use for it, and it is paid for.
            None if limits[s].is_some() => named.unused[s] = share,
            None => {}
        }
    }
}

impl Source {
    /// What the source of a delivery that another future has can give here, in natural units. `None`: it
    /// is no delivery.
    fn can(&self, other: &Self, column: Column) -> Option<f64> {
        let m = &other.model;
        match column.deed(other.program.network())? {
            Deed::Make(make, t) => {
                let key = &m.lines[make.line].key;
                let mut lines = self.model.lines.iter();
                let own = lines.find(|(_, line)| line.key == *key);
                Some(own.map_or(0.0, |(l, _)| self.program.line_can(&self.model, l, t)))
            }
            Deed::Order(order, t) => {
                let key = &m.suppliers[order.supplier].key;
                let mut suppliers = self.model.suppliers.iter();
                let own = suppliers.find(|(_, supplier)| supplier.key == *key);
                Some(own.map_or(0.0, |(q, _)| self.program.supplier_can(q, t)))
            }
            Deed::Build(..) | Deed::Move(..) | Deed::Give(..) => None,
        }
    }
}

/// Add to a future's block what is ordered before the date and comes where no one has a use for it: it
/// is paid for, whoever pays.
fn pay_for_unused(block: &mut Block, sources: &[Source], named: &[Named], s: usize, weight: f64) {
    for (n, named) in named.iter().enumerate() {
        let (Some((first, (j, _))), true) = (named.first(), named.unused[s] > 0.0) else {
            continue;
        };
        let cost = sources[first].present_cost(j);
        block.unused(n, weight * named.unused[s], cost);
    }
}

impl Block {
    /// A share of a decision comes for no one's use, and costs so much.
    fn unused(&mut self, n: usize, share: f64, cost: f64) {
        let number = u32::try_from(self.columns.len()).expect("fewer than 2^32 columns");
        self.columns.push((0.0, f64::INFINITY, false));
        self.shared.push(Some((n, share)));
        self.aim.push((number, cost));
    }
}

impl Source {
    /// What a unit of a column costs whoever pays for it.
    fn present_cost(&self, j: usize) -> f64 {
        self.program.present_cost(&self.model, j)
    }

    pub(super) fn column_keys(&self) -> &[String] {
        &self.columns
    }

    pub(super) fn row_keys(&self) -> &[String] {
        &self.rows
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.position.contains_key(column)
    }
}
