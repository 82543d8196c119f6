//! Origin: caps on where goods and their value come from.
//!
//! ```text
//! content        Σ_j σ[j,region] · cost[j] · column[j]  ≤  most[y] · Σ_j cost[j] · column[j]
//! spending       Σ_j σ[j,region] · cost[j] · column[j]  ≤  most[y] · length(y)
//! source share   Σ_{j of the sources} column[j]  ≤  most[y] · Σ_{j of the item} column[j]
//! quantity       Σ_{j of the sources} column[j]  ≤  most[y] · length(y)
//!                                        for every cap and calendar year y
//! ```
//!
//! `j` runs over what lines make and suppliers deliver in the year; `cost` is the price of the year of
//! delivery, `σ` the share of it that comes from the region.
//!
//! The price of a cap is what one unit more of it would save: of money (content, spending), or of the item.

use super::plan::Plan;
use super::rows::{Row, Rows};
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{CapId, ItemId, LineId, PeriodId, RegionId, SupplierId, YearId};
use crate::model::CapRule;
use crate::path::Path;
use crate::units::{Per, unit};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for (cap, limit) in x.m.caps.iter() {
        for y in x.m.calendar.years() {
            match &limit.rule {
                CapRule::Content { region, most } => {
                    let left = value(x, v, y, *region, mean(x, y, most));
                    rows.at_most(Row::Cap(cap, y), x.size.money, &left, 0.0);
                }
                CapRule::Spending {
                    region,
                    most,
                    currency,
                } => {
                    let left = value(x, v, y, *region, 0.0);
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
    shares.iter().sum::<f64>() / super::scope::to_f64(shares.len().max(1))
}

/// What is spent on goods in a year: value from a region less a share of all.
fn value(x: &Scope<'_>, v: &Plan<u32>, y: YearId, region: RegionId, most: f64) -> Sum {
    let c = &x.m.calendar;
    let year = c.year_number(y);
    let mut left = Sum::default();
    for t in c.periods_of(y) {
        for (k, make) in x.n.makes.iter() {
            let line = &x.m.lines[make.line];
            let own = x.m.content_share(&line.content, line.country, region);
            left.add((own - most) * x.make_cost(k, t, year), v.make[(k, t)]);
        }
        for (o, order) in x.n.orders.iter() {
            let supplier = &x.m.suppliers[order.supplier];
            let own =
                x.m.content_share(&supplier.content, supplier.country, region);
            left.add((own - most) * x.order_cost(o, t, year), v.order[(o, t)]);
        }
    }
    left
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
