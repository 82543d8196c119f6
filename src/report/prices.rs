//! What one more unit of each limit would be worth: the limits that matter most.

use super::number::quantity;
use super::view::{View, year_column};
use crate::model::Model;
use crate::program::{Program, Row, Sense};
use crate::solution::Solution;
use std::collections::BTreeMap;

/// A limit over the years.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    /// What limits, in words, without the time.
    pub(super) name: String,
    /// The unit of its right side.
    pub(super) unit: String,
    /// Its mean price in each year: money per unit.
    pub(super) prices: Vec<f64>,
    /// Price times limit, over all years: what it weighs.
    pub(super) weight: f64,
}

/// How many limits the text shows.
const SHOWN: usize = 24;

/// Every limit with a price, the weightiest first.
pub(super) fn limits(m: &Model, s: &Solution) -> Vec<Limit> {
    let years = m.calendar.years().len();
    let mut by_name: BTreeMap<String, (Limit, Vec<u32>)> = BTreeMap::new();
    let program = s.program();
    for n in 0..program.rows().len() {
        let row = program.rows().name(n);
        let Some((name, unit, column)) = subject(m, program, row) else {
            continue;
        };
        let price = s.price(row).unwrap_or(0.0);
        let right = limit_of(s, row, n);
        let (limit, counts) = by_name.entry(name.clone()).or_insert_with(|| {
            (
                Limit {
                    name,
                    unit,
                    prices: vec![0.0; years],
                    weight: 0.0,
                },
                vec![0; years],
            )
        });
        let columns = column.map_or(0..years, |column| column..column + 1);
        for column in columns {
            limit.prices[column] += price;
            counts[column] += 1;
        }
        limit.weight += price.abs() * right.abs();
    }
    let mut limits: Vec<Limit> = by_name
        .into_values()
        .map(|(mut limit, counts)| {
            for (price, count) in limit.prices.iter_mut().zip(counts) {
                *price /= f64::from(count.max(1));
            }
            limit
        })
        .filter(|limit| limit.prices.iter().any(|&price| price.abs() > 1e-6))
        .collect();
    limits.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.name.cmp(&b.name))
    });
    limits
}

/// What a row's limit is in natural units: its right side, or what its fixed columns allow.
fn limit_of(s: &Solution, row: Row, n: usize) -> f64 {
    let program = s.program();
    let right = program.rows().right(n);
    if right != 0.0 {
        return right * program.rows().unit(n);
    }
    let fixed = program.rows().row(n).iter().filter_map(|&(j, factor)| {
        let column = &program.columns()[j as usize];
        (column.lower == column.upper).then_some(-factor * column.lower)
    });
    let fixed: f64 = fixed.sum();
    let added = match row {
        Row::Capacity(l, t) => s.plan.added[(l, t)].unwrap_or(0.0) / program.rows().unit(n),
        _ => 0.0,
    };
    (fixed + added) * program.rows().unit(n)
}

/// What a limiting row is about, its unit, and its year; rows that only add up are left out.
fn subject(m: &Model, program: &Program, row: Row) -> Option<(String, String, Option<usize>)> {
    let position = program.rows().position(row)?;
    let limits = program.rows().sense(position) != Sense::Equal;
    let item = |i: crate::ids::ItemId| m.items[i].unit.clone();
    let line = |l| item(m.lines[l].products[0].item);
    let stock = |s| item(m.stocks[s].item);
    let currency = || m.money.base().to_owned();
    let year = crate::ids::Id::position;
    let (unit, column) = match row {
        Row::Capacity(l, t) | Row::Booked(l, t) | Row::Ramp(l, t) | Row::Minimum(l, t) => {
            (line(l), Some(year_column(m, t)))
        }
        Row::Options(_) => ("option".to_owned(), None),
        Row::Spare(s, t) | Row::Floor(s, t) | Row::Draw(s, t) | Row::Life(s, t) => {
            (stock(s), Some(year_column(m, t)))
        }
        Row::Closing(s) => (stock(s), None),
        Row::PoolMost(k, t) => (
            item(program.network().markets[k].item),
            Some(year_column(m, t)),
        ),
        Row::PoolClosing(k) => (item(program.network().markets[k].item), None),
        Row::Hub(_, t) => ("t".to_owned(), Some(year_column(m, t))),
        Row::Resource(x, y) => (m.resources[x].unit.clone(), Some(year(y))),
        Row::Rate(q, t) => (item(m.suppliers[q].item), Some(year_column(m, t))),
        Row::Tier(q, _, y) => (item(m.suppliers[q].item), Some(year(y))),
        Row::Purse(_, y) | Row::Content(_, y) => (currency(), Some(year(y))),
        Row::Earmark(_) => (currency(), None),
        Row::Cap(_, y) => ("unit".to_owned(), Some(year(y))),
        _ => return None,
    };
    let words = program.describe(m, row);
    let name = match column {
        Some(_) => words
            .rsplit_once(" in ")
            .map_or(words.clone(), |(name, _)| name.to_owned()),
        None => words,
    };
    limits.then_some((name, unit, column))
}

/// The limits that matter most.
pub(super) fn view(m: &Model, s: &Solution) -> View {
    let currency = m.money.base();
    let all = limits(m, s);
    let shown = all.len().min(SHOWN);
    let mut view = View {
        title: "What limits the plan, and what one more unit would be worth".into(),
        note: format!(
            "{currency} per unit, the mean of each year; the {shown} weightiest of {} limits with a price.",
            all.len()
        ),
        head: vec!["limit".into(), "unit".into()],
        words: 2,
        rows: Vec::new(),
        shares: Vec::new(),
    };
    view.head.extend(
        m.calendar
            .years()
            .map(|y| m.calendar.year_number(y).to_string()),
    );
    for limit in all.into_iter().take(SHOWN) {
        let mut row = vec![limit.name, limit.unit];
        row.extend(limit.prices.into_iter().map(quantity));
        view.rows.push(row);
    }
    view
}
