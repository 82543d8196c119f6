//! Who bears it: what countries bear of what funds pay, beside what an even share would be.
//!
//! ```text
//! borne[d,y]  =  Σ_{d gives f} gdp[d,y] / Σ_{d′ gives f} gdp[d′,y] · paid[f,y]
//! ```

use crate::ids::{RegionId, Table, YearId};
use crate::model::{EvenBy, Model};
use crate::solution::Solution;

/// What a country bears, from the year on from which decisions are free, in the base currency and money of the day.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Borne {
    /// The country. `None`: what funds pay that no country gives.
    pub country: Option<RegionId>,
    /// By year; nothing in history.
    pub years: Table<YearId, f64>,
    /// Its gross domestic product over the same years. `None`: not stated.
    pub gdp: Option<f64>,
    /// Its even share of what all countries bear, by gross domestic product. `None`: one of them does not state it.
    pub even_by_gdp: Option<f64>,
    /// The same by capacity to pay. `None`: one of them does not state what it goes by.
    pub even_by_capacity: Option<f64>,
}

impl Borne {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.years.values().sum()
    }

    /// The share of its gross domestic product that it bears.
    pub fn of_gdp(&self) -> Option<f64> {
        self.gdp.map(|gdp| self.total() / gdp)
    }
}

/// What each country bears, most first; what no country bears comes last.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<Borne> {
    let c = &m.calendar;
    let given = m.funds.values();
    let given: Vec<RegionId> = given.flat_map(|fund| fund.given_by.clone()).collect();
    let countries = m.countries_in(&given);
    let none = || -> Table<YearId, f64> { c.years().map(|_| 0.0).collect() };
    let mut borne = vec![none(); countries.len()];
    let mut by_none = none();
    for paid in s.funds.iter().filter(|paid| !c.is_past_year(paid.year)) {
        let bearers = m.bearers(&m.funds[paid.fund], paid.year);
        if bearers.is_empty() {
            by_none[paid.year] += paid.spent;
        }
        for (country, part) in bearers {
            let n = countries.binary_search(&country).expect("one of all");
            borne[n][paid.year] += part * paid.spent;
        }
    }
    let of_year = |y: YearId| borne.iter().map(|years| years[y]).sum::<f64>();
    let total: f64 = c.open_years().map(of_year).sum();
    // Even shares of years in which more is borne weigh more.
    let even = |by: EvenBy, n: usize| -> Option<f64> {
        let years = c.open_years().map(|y| {
            let shares = m.even_shares(&countries, by, y)?;
            Some(shares[n] * of_year(y))
        });
        let all: f64 = years.sum::<Option<f64>>()?;
        (total > 0.0).then(|| all / total)
    };
    let mut all: Vec<Borne> = countries
        .iter()
        .enumerate()
        .map(|(n, &country)| Borne {
            country: Some(country),
            years: borne[n].clone(),
            gdp: c.open_years().map(|y| m.gdp_within(country, y)).sum(),
            even_by_gdp: even(EvenBy::Gdp, n),
            even_by_capacity: even(EvenBy::Capacity, n),
        })
        .collect();
    all.sort_by(|a, b| {
        b.total()
            .total_cmp(&a.total())
            .then(a.country.cmp(&b.country))
    });
    if !all.is_empty() {
        all.push(Borne {
            country: None,
            years: by_none,
            gdp: None,
            even_by_gdp: None,
            even_by_capacity: None,
        });
    }
    all
}
