//! Origin: caps on where goods and their value come from.
//!
//! ```text
//! content        Σ_j σ[j,region] · cost[j,y] · column[j]  ≤  most[y] · Σ_j cost[j,y] · column[j]
//! spending       Σ_j σ[j,region] · cost[j,y] · column[j]  ≤  most[y] · length(y)
//! source share   Σ_{j of the sources} column[j]  ≤  most[y] · Σ_{j of the item} column[j]
//! quantity       Σ_{j of the sources} column[j]  ≤  most[y] · length(y)
//!                                        for every cap and calendar year y
//! ```
//!
//! Money counts in the year in which it is paid: `cost[j,a,y]` of the [expenses](super::funding), over all
//! accounts. `j` runs over what lines make and suppliers deliver, and for `spending` over expansions; `σ` is
//! the share of it that comes from the region. What falls due after the last year counts in none.
//! Quantities count in the year of delivery: `j` runs over what lines make and suppliers deliver in it.
//!
//! The price of a cap is what one unit more of it would save: of money (content, spending), or of the item.

use super::deed::Deed;
use super::family::Row;
use super::ledger::Charge;
use super::network::Network;
use super::plan::{Column, Plan};
use super::rows::{ColumnData, Rows};
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{CapId, ItemId, LineId, PeriodId, RegionId, SupplierId, YearId};
use crate::model::{CapRule, Model};
use crate::path::Path;
use crate::units::as_number;
use crate::units::{Per, unit};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>, bill: &Bill<'_>) {
    for (cap, limit) in x.m.caps.iter() {
        for y in x.m.calendar.years() {
            match &limit.rule {
                CapRule::Content { region, most } => {
                    let most = mean(x, y, most);
                    let left = bill.paid(y, |column| {
                        let goods = !matches!(column, Column::Build(..));
                        let share = from_region(x.m, x.n, column, *region)?;
                        goods.then_some(share - most)
                    });
                    rows.at_most(Row::Cap(cap, y), x.size.money, &left, 0.0);
                }
                CapRule::Spending {
                    region,
                    most,
                    currency,
                } => {
                    let left = bill.paid(y, |column| from_region(x.m, x.n, column, *region));
                    let c = &x.m.calendar;
                    let money = c
                        .periods_of(y)
                        .map(|t| (most.mean(c, t) * c.length()).value());
                    let rate = x.m.money.exchange(*currency, c.year_number(y));
                    let most = money.sum::<f64>() * rate / x.size.money;
                    rows.at_most(Row::Cap(cap, y), x.size.money, &left, most);
                }
                CapRule::SourceShare {
                    item,
                    lines,
                    suppliers,
                    most,
                } => {
                    let supply = supply(x, v, y, *item, lines, suppliers);
                    source_share(rows, x, (cap, y), *item, &supply, most);
                }
                CapRule::Quantity {
                    item,
                    lines,
                    suppliers,
                    most,
                } => {
                    let (named, _) = supply(x, v, y, *item, lines, suppliers);
                    quantity(rows, x, (cap, y), *item, &named, most);
                }
            }
        }
    }
}

/// The mean of a share over a year's periods.
fn mean(x: &Scope<'_>, y: YearId, share: &Path<unit::One>) -> f64 {
    let c = &x.m.calendar;
    let shares: Vec<f64> = c.periods_of(y).map(|t| share.mean(c, t).value()).collect();
    shares.iter().sum::<f64>() / as_number(shares.len().max(1))
}

/// What the columns of a program cost, and when that is paid.
pub(super) struct Bill<'a> {
    pub(super) columns: &'a [ColumnData],
    pub(super) charges: &'a [Charge],
}

impl Bill<'_> {
    /// What is paid in a year: what each column costs times a factor, if it has one.
    pub(super) fn paid(&self, y: YearId, factor: impl Fn(Column) -> Option<f64>) -> Sum {
        let mut left = Sum::default();
        for charge in self.charges.iter().filter(|charge| charge.year == y) {
            let column = self.columns[charge.column as usize].name;
            if let Some(factor) = factor(column) {
                left.add(factor * charge.amount, charge.column);
            }
        }
        left
    }
}

/// The share of what a column of goods or of an expansion costs that comes from a region. `None`: it is
/// neither.
pub(super) fn from_region(m: &Model, n: &Network, column: Column, region: RegionId) -> Option<f64> {
    let line = |l: LineId| (&m.lines[l].content, m.lines[l].country);
    let (stated, home) = match column.deed(n)? {
        Deed::Make(make, _) => line(make.line),
        Deed::Build(e, _) => line(m.expansions[e].line),
        Deed::Order(order, _) => {
            let supplier = &m.suppliers[order.supplier];
            (&supplier.content, supplier.country)
        }
        Deed::Move(..) | Deed::Give(..) => return None,
    };
    Some(m.content_share(stated, home, region))
}

/// What named sources supply of an item in a year, and what all do. No source named: all.
fn supply(
    x: &Scope<'_>,
    v: &Plan<u32>,
    y: YearId,
    item: ItemId,
    lines: &[LineId],
    suppliers: &[SupplierId],
) -> (Sum, Sum) {
    let (mut named, mut all) = (Sum::default(), Sum::default());
    let every = lines.is_empty() && suppliers.is_empty();
    let periods: Vec<PeriodId> = x.m.calendar.periods_of(y).collect();
    let mut add = |column: Option<u32>, is_named: bool| {
        if let Some(column) = column {
            all.add(1.0, column);
            if is_named {
                named.add(1.0, column);
            }
        }
    };
    for (k, make) in
        x.n.makes
            .iter()
            .filter(|(_, make)| x.n.markets[make.market].item == item)
    {
        for &t in &periods {
            add(v.make[(k, t)], every || lines.contains(&make.line));
        }
    }
    for (o, order) in
        x.n.orders
            .iter()
            .filter(|(_, o)| x.n.markets[o.market].item == item)
    {
        for &t in &periods {
            add(
                v.order[(o, t)],
                every || suppliers.contains(&order.supplier),
            );
        }
    }
    (named, all)
}

fn source_share(
    rows: &mut Rows,
    x: &Scope<'_>,
    (cap, y): (CapId, YearId),
    item: ItemId,
    (named, all): &(Sum, Sum),
    most: &Path<unit::One>,
) {
    let mut left = named.clone();
    left.add_all(-mean(x, y, most), all);
    rows.at_most(Row::Cap(cap, y), x.size.item(item), &left, 0.0);
}

fn quantity(
    rows: &mut Rows,
    x: &Scope<'_>,
    (cap, y): (CapId, YearId),
    item: ItemId,
    named: &Sum,
    most: &Path<Per<unit::Pieces, unit::Years>>,
) {
    let c = &x.m.calendar;
    let limits = c
        .periods_of(y)
        .map(|t| (most.mean(c, t) * c.length()).value());
    let limit = limits.sum::<f64>() / x.size.item(item);
    rows.at_most(Row::Cap(cap, y), x.size.item(item), named, limit);
}
