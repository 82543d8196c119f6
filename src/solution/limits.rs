//! What limits a plan, and what one more unit of each limit would be worth.

use super::Solution;
use crate::ids::Id;
use crate::model::Model;
use crate::program::{Program, Row, When};
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
    /// Its mean price in each year: money per unit.
    pub prices: Vec<f64>,
    /// Price times limit, over all years: what it weighs.
    pub weight: f64,
}

/// The prices of one limit, put together from its rows.
struct Found {
    prices: Vec<f64>,
    counts: Vec<u32>,
    weight: f64,
}

impl Found {
    fn add(&mut self, years: Range<usize>, price: f64, amount: f64) {
        for year in years {
            self.prices[year] += price;
            self.counts[year] += 1;
        }
        self.weight += price.abs() * amount.abs();
    }

    fn limit(self, m: &Model, program: &Program, row: Row) -> Limit {
        let words = program.subject(m, row);
        let prices = self.prices.into_iter().zip(self.counts);
        Limit {
            name: words.to_string(),
            title: words.in_names(),
            unit: program.unit_of(m, row),
            prices: prices
                .map(|(price, count)| price / f64::from(count.max(1)))
                .collect(),
            weight: self.weight,
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
            prices: vec![0.0; years],
            counts: vec![0; years],
            weight: 0.0,
        });
        let price = s.price(row).unwrap_or(0.0);
        own.add(
            year.map_or(0..years, |year| year..year + 1),
            price,
            limit_of(s, row, n),
        );
    }
    let found = found
        .into_iter()
        .map(|(row, own)| own.limit(m, program, row));
    let mut limits: Vec<Limit> = found
        .filter(|limit| limit.prices.iter().any(|&price| price.abs() > 1e-6))
        .collect();
    limits.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| a.name.cmp(&b.name))
    });
    limits
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
