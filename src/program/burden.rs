//! Burdens: a country bears no more than it may of what funds pay that it gives.
//!
//! ```text
//! of GDP       B[d,y]  ≤  most[y] · gdp[d,y]
//! even share   B[d,y]  ≤  most[y] · even[d,y] · Σ_{d′ of the burden} B[d′,y]
//!
//! B[d,y]  =  Σ_g part[d,g,y] · Σ_{a ∈ A(g)} f[g,a,y]
//!                                        for every burden, each of its countries d and open year y
//! ```
//!
//! `part` is what the gross domestic product of a country is of that of all who give the funds of a purse; where burdens
//! are limited, a [purse](super::accounts) holds only funds that the same countries give. `even` is a country's share by
//! gross domestic product, or by the capacity to pay ([`EvenBy`](crate::model::EvenBy)). What falls due after the last
//! year no fund pays, and no country bears.
//!
//! The price of a burden is what one more unit of money that the country may bear would save.

use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{RegionId, YearId};
use crate::model::{Burden, BurdenRule};

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    for (b, burden) in x.m.burdens.iter() {
        for y in x.m.calendar.open_years() {
            for (d, left, right) in limits(x, v, burden, y) {
                rows.at_most(Row::Burden(b, d, y), x.size.money, &left, right);
            }
        }
    }
}

/// By country: what is limited in a year, and by what.
fn limits(x: &Scope<'_>, v: &Plan<u32>, burden: &Burden, y: YearId) -> Vec<(RegionId, Sum, f64)> {
    let countries = x.m.countries_in(&burden.countries);
    let borne: Vec<Sum> = countries.iter().map(|&d| borne(x, v, d, y)).collect();
    let even = match &burden.rule {
        BurdenRule::OfGdp { most } => {
            let most = x.m.mean_of_year(y, most);
            let right = |d: RegionId| {
                let gdp = x.m.gdp_within(d, y).expect("a checked model states it");
                most * gdp / x.size.money
            };
            let all = countries.into_iter().zip(borne);
            return all.map(|(d, left)| (d, left, right(d))).collect();
        }
        BurdenRule::EvenShare { most, by } => {
            let most = x.m.mean_of_year(y, most);
            let even = x.m.even_shares(&countries, *by, y);
            let even = even.expect("a checked model states what it goes by");
            even.into_iter().map(move |share| most * share)
        }
    };
    let mut all = Sum::default();
    for borne in &borne {
        all.add_all(1.0, borne);
    }
    let limits = countries.into_iter().zip(borne).zip(even);
    let limits = limits.map(|((d, mut left), share)| {
        left.add_all(-share, &all);
        (d, left, 0.0)
    });
    limits.collect()
}

/// What a country bears in a year.
fn borne(x: &Scope<'_>, v: &Plan<u32>, d: RegionId, y: YearId) -> Sum {
    let mut borne = Sum::default();
    for g in x.n.accounts.purses().ids() {
        let bearers = x.m.bearers(x.fund_of(g), y).into_iter();
        for (_, part) in bearers.filter(|&(bearer, _)| bearer == d) {
            for &p in &x.by_purse[g] {
                borne.add(part, v.pay[(p, y)]);
            }
        }
    }
    borne
}
