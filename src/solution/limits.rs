//! What limits a plan, and what one more unit of each limit would be worth.

use super::{Sides, Solution};
use crate::ids::Id;
use crate::model::Model;
use crate::names::Words;
use crate::program::{Role, Row, When};
use crate::units::as_number;

use std::collections::BTreeMap;
use std::ops::Range;

/// A limit over the years.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PricedLimit {
    /// What limits, in words, without the time.
    pub words: Words,
    /// The unit of its right side.
    pub unit: String,
    /// What one more unit in each year is worth and what one less costs, spread evenly over the year: money per unit.
    /// Of a program [too large](Solution::has_sides) for both sides to be tried, the mean of one price that is right, as both.
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

    fn limit(self, m: &Model, s: &Solution, row: Row) -> PricedLimit {
        let program = s.program();
        let prices = self.rows.iter().map(|rows| prices(s, rows));
        PricedLimit {
            words: program.subject(m, row),
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
pub(super) fn all(m: &Model, s: &Solution) -> Vec<PricedLimit> {
    let years = m.calendar.years().len();
    let mut found: BTreeMap<Row, Found> = BTreeMap::new();
    let program = s.program();
    for n in 0..program.rows().len() {
        let row = program.rows().name(n);
        let (subject, when) = row.parts();
        // A least order has a price only with its choices settled.
        if row.role() != Role::Limit {
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
        // Its right side, or what columns of its row allow.
        let right = (program.rows().right(n) * program.rows().unit(n)).abs();
        let limit = if right > 0.0 { right } else { s.in_use(n) };
        let price = s.price(row).unwrap_or(0.0);
        let years = year.map_or(0..years, |year| year..year + 1);
        own.add(years, row, price.abs() * limit);
    }
    let priced = |own: &Found| own.rows.iter().flatten().any(|&row| s.has_price(row));
    let found = found.into_iter().filter(|(_, own)| priced(own));
    let found = found.map(|(row, own)| own.limit(m, s, row));
    let mut limits: Vec<PricedLimit> = found
        .filter(|limit| limit.prices.iter().any(|sides| !sides.is_nothing()))
        .collect();
    limits.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.words.to_string().cmp(&b.words.to_string()))
    });
    limits
}

/// Both sides of the price of rows that move together; without them, the mean price.
fn prices(s: &Solution, rows: &[Row]) -> Sides {
    if rows.is_empty() {
        return Sides::both(0.0);
    }
    let sides = if s.has_sides() { s.sides(rows) } else { None };
    sides.unwrap_or_else(|| {
        let all: f64 = rows.iter().filter_map(|&row| s.price(row)).sum();
        Sides::both(all / as_number(rows.len()))
    })
}

impl Solution {
    /// How much of a limit or a demand is in use, in its unit: what stands on the larger side of its row.
    pub(crate) fn in_use(&self, n: usize) -> f64 {
        let program = &self.program;
        let rows = program.rows();
        let terms = rows.row(n).iter().map(|&(j, factor)| {
            let column = &program.columns()[j as usize];
            factor * self.value(column.name) / column.unit
        });
        let positive: f64 = terms.filter(|term| *term > 0.0).sum();
        positive.max(rows.right(n).abs()) * rows.unit(n)
    }

    /// Every limit of the plan with a price, the weightiest first.
    pub fn limits(&self, model: &Model) -> Vec<PricedLimit> {
        let model = self.own(model);
        all(model, self)
    }
}
