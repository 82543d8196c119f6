//! Which figures a plan hangs on, by price alone: no solve beyond the plan's own.
//!
//! ```text
//! moves  =  Σ_t |y[t]| · b[t] · (high − low) / value
//! ```
//!
//! with the price `y` and the amount `b` of each limit, or requirement, that a figure says, and the ends of its range; and
//! for a price that buyers pay, with what is made or bought at it instead of `y · b`, at the price level and rate of its
//! year. A figure's further factors weigh what it does. Right for small ranges; that money is short makes a price weigh more than it is counted here.

use super::limits;
use crate::analysis::Spread;
use crate::analysis::uncertain::steps;
use crate::calendar::Month;
use crate::document::{Pattern, factor_of};
use crate::evidence::{Class, Figure};
use crate::model::{Fund, Model};
use crate::problem::Place;
use crate::program::{Role, Row};
use crate::solution::Solution;
use std::collections::BTreeMap;

/// A figure over all time, and what hangs on it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Weighed {
    /// Where it stands.
    pub place: Place,
    /// Its steps that hold while decisions are free, in the order of the file.
    pub steps: Vec<Figure>,
    /// Price times amount over all time, in the base currency: a hundred times what one percent of it is worth.
    pub weight: f64,
    /// By how much the value of the aim moves between the ends of its range, in the base currency.
    pub moves: f64,
}

impl Weighed {
    /// Whether it has a range of its own.
    pub fn has_range(&self) -> bool {
        self.steps.iter().any(is_ranged)
    }

    /// The share of its steps of a class.
    pub fn share(&self, class: Class) -> f64 {
        mean(
            self.steps
                .iter()
                .map(|step| f64::from(u8::from(step.class() == class))),
        )
    }
}

fn is_ranged(figure: &Figure) -> bool {
    figure.range.is_some_and(|(low, high)| low < high)
}

/// Every figure that says a limit, a requirement or a price of a plan, the one first that moves it most. A figure without
/// a range is taken to lie as far from its value as the spread says, or to be certain.
pub fn weights(m: &Model, solution: &Solution, spread: Spread) -> Vec<Weighed> {
    let mut by_place: BTreeMap<Place, f64> = BTreeMap::new();
    for (row, weight) in limits::weighed(m, solution) {
        for (place, share) in said_at(m, solution, row) {
            *by_place.entry(place).or_default() += share * weight;
        }
    }
    for (place, paid) in paid(m, solution) {
        *by_place.entry(place).or_default() += paid;
    }
    let mut all: Vec<Weighed> = Vec::new();
    for (place, figures) in steps(m) {
        // What a figure weighs, each of its factors does.
        let mut whole = place.clone();
        while let Some(product) = factor_of(&whole) {
            whole = product;
        }
        let named = |(named, _): &(&Place, &f64)| Pattern::from(*named).matches(&whole);
        let weight: f64 = by_place
            .iter()
            .filter(named)
            .map(|(_, weight)| weight)
            .sum();
        if weight > 0.0 {
            let steps: Vec<Figure> = open(m, &figures).into_iter().cloned().collect();
            let moves = weight * width(&steps, spread);
            all.push(Weighed {
                place,
                steps,
                weight,
                moves,
            });
        }
    }
    all.sort_by(|a, b| {
        b.moves
            .total_cmp(&a.moves)
            .then_with(|| a.place.cmp(&b.place))
    });
    all
}

/// The steps of a figure that hold while decisions are free: what history was has no price.
fn open<'f>(m: &Model, figures: &[&'f Figure]) -> Vec<&'f Figure> {
    let date = |figure: &Figure| figure.place.keys().iter().find_map(|key| key.parse().ok());
    let undated = |figure: &Figure| -> Vec<String> {
        let keys = figure.place.keys().iter();
        let kept = keys.filter(|key| key.parse::<Month>().is_err());
        kept.map(ToString::to_string).collect()
    };
    let now = m.calendar.decide_from();
    let is_over = |figure: &Figure| {
        figures.iter().any(|other| {
            let later: Option<Month> = date(other);
            later > date(figure) && later <= Some(now) && undated(other) == undated(figure)
        })
    };
    let holds = |figure: &&Figure| !is_over(figure);
    figures.iter().copied().filter(holds).collect()
}

/// How wide the range of a figure is, as a share of it, on average over its steps.
fn width(steps: &[Figure], spread: Spread) -> f64 {
    let ranged = steps.iter().any(is_ranged);
    let of = |figure: &Figure| match figure.range {
        Some((low, high)) if figure.value != 0.0 => (high - low) / figure.value.abs(),
        None if !ranged => 2.0 * spread.of(&figure.basis).unwrap_or(0.0),
        _ => 0.0,
    };
    mean(steps.iter().map(of))
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.map(|_| 1.0).sum::<f64>()
}

/// The figures that say what a row holds to, and which share of it each: funds of a purse by their money. What a line can
/// use of its capacity says as much of it.
fn said_at(m: &Model, solution: &Solution, row: Row) -> Vec<(Place, f64)> {
    let network = solution.program().network();
    let mut places = row.places(m, network);
    if row.role() == Role::Requirement {
        for field in ["quantity", "level"] {
            places.extend(row.thing().places(m, network, field));
        }
    }
    let money: Vec<f64> = places.iter().map(|place| money_of(m, place)).collect();
    let all: f64 = money.iter().sum();
    let shares = money
        .into_iter()
        .map(|own| if all > 0.0 { own / all } else { 1.0 });
    let mut said: Vec<_> = places.into_iter().zip(shares).collect();
    if said
        .iter()
        .any(|(place, _)| place.keys().last().is_some_and(|key| &**key == "capacity"))
    {
        let used = row.thing().places(m, network, "utilisation");
        said.extend(used.into_iter().map(|place| (place, 1.0)));
    }
    said
}

/// What the fund at a place has while decisions are free; of another thing, nothing.
fn money_of(m: &Model, place: &Place) -> f64 {
    let [table, key, ..] = place.keys() else {
        return 0.0;
    };
    let is_it = |fund: &Fund| &**table == "fund" && fund.key == **key;
    let found = m.funds.iter().find(|(_, fund)| is_it(fund));
    found.map_or(0.0, |(f, _)| {
        m.calendar.open_years().map(|y| m.fund_money(f, y)).sum()
    })
}

/// What is paid at each price that a line asks; of price steps, as if all were made at the first.
fn paid(m: &Model, solution: &Solution) -> Vec<(Place, f64)> {
    let c = &m.calendar;
    let worth =
        |year| m.objective.cost_of_funds.value() * m.present_value(year) * m.money.arms_index(year);
    let mut all = Vec::new();
    for made in &solution.lines {
        let line = &m.lines[made.line];
        let product = line
            .products
            .iter()
            .find(|product| product.item == made.item);
        if let Some(tier) = product.and_then(|product| product.tiers.first()) {
            let cost = &tier.cost;
            let paid = c.open_periods().map(|t| {
                let year = c.year_number(c.year_of(t));
                let price = cost.amount.mean(c, t).value() * m.money.exchange(cost.currency, year);
                made.periods[t] * price * worth(year)
            });
            let place = Place::new(["line", &line.key]);
            let place = if product.is_some_and(|product| product.tiers.len() > 1) {
                place.then("tiers").then("cost")
            } else {
                place.then("cost")
            };
            all.push((place, paid.sum()));
        }
    }
    all
}
