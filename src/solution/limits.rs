//! What limits a plan, and what one more unit of each limit would be worth.

use super::{Sides, Solution};
use crate::ids::Id;
use crate::model::Model;
use crate::program::{Row, When};
use std::collections::BTreeMap;
use std::ops::Range;

/// A limit over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// What limits, in words, without the time: things by their keys, in backticks.
    pub name: String,
    /// The same with things by their names.
    pub title: String,
    /// The unit of its right side.
    pub unit: String,
    /// What one more unit in each year is worth and what one less costs, spread evenly over the year: money per unit.
    /// Of a program too large for both sides to be tried, the mean of one price that is right.
    pub prices: Vec<Sides>,
    /// Price times limit, over all years: what it weighs.
    pub weight: f64,
    /// Whether it has a price among those that hold if every limit gets a little looser.
    pub binds: bool,
}

/// The prices of one limit, put together from its rows.
struct Found {
    /// Its rows by year.
    rows: Vec<Vec<Row>>,
    weight: f64,
}

impl Found {
    fn add(&mut self, years: Range<usize>, row: Row, weight: f64) {
        for year in years {
            self.rows[year].push(row);
        }
        self.weight += weight;
    }

    fn limit(self, m: &Model, s: &Solution, row: Row) -> Limit {
        let program = s.program();
        let words = program.subject(m, row);
        let prices = self.rows.iter().map(|rows| prices(s, rows));
        Limit {
            name: words.to_string(),
            title: words.in_names(),
            unit: program.unit_of(m, row),
            prices: prices.collect(),
            weight: self.weight,
            binds: self
                .rows
                .iter()
                .flatten()
                .any(|&row| s.price(row) != Some(0.0)),
        }
    }
}

/// Every limit with a price, the weightiest first.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<Limit> {
    let years = m.calendar.years().len();
    let mut found: BTreeMap<Row, Found> = BTreeMap::new();
    let program = s.program();
    for n in 0..program.rows().len() {
        let row = program.rows().name(n);
        let (subject, when) = row.parts();
        if !is_shown(row) {
            continue;
        }
        let year = match when {
            When::Period(t) => Some(m.calendar.year_of(t).position()),
            When::Year(y) => Some(y.position()),
            When::End | When::Always => None,
        };
        let own = found.entry(subject).or_insert_with(|| Found {
            rows: vec![Vec::new(); years],
            weight: 0.0,
        });
        let price = s.price(row).unwrap_or(0.0);
        own.add(
            year.map_or(0..years, |year| year..year + 1),
            row,
            price.abs() * limit_of(s, row, n).abs(),
        );
    }
    let priced = |own: &Found| own.rows.iter().flatten().any(|&row| s.has_price(row));
    let found = found.into_iter().filter(|(_, own)| priced(own));
    let found = found.map(|(row, own)| own.limit(m, s, row));
    let mut limits: Vec<Limit> = found
        .filter(|limit| limit.prices.iter().any(|sides| !sides.is_nothing()))
        .collect();
    limits.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.name.cmp(&b.name))
    });
    limits
}

/// Both sides of the price of rows that move together; without them, the mean price.
fn prices(s: &Solution, rows: &[Row]) -> Sides {
    if rows.is_empty() {
        return Sides::both(0.0);
    }
    s.sides(rows).unwrap_or_else(|| {
        let all: f64 = rows.iter().filter_map(|&row| s.price(row)).sum();
        Sides::both(all / f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)))
    })
}

/// Whether a row is one of those that are shown: a least order has a price only with its choices settled.
fn is_shown(row: Row) -> bool {
    row.limits() && !matches!(row, Row::Least(..) | Row::Placed(..))
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

impl Solution {
    /// Every limit of the plan with a price, the weightiest first.
    pub fn limits(&self, model: &Model) -> Vec<Limit> {
        all(model, self)
    }
}
