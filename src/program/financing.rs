//! Financing: who pays, where several funds may.
//!
//! ```text
//! have      h[f,y]  =  M[f,y] + keep[f] · (h[f,y−1] − paid[f,y−1])
//! share     paid[f,y]  =  min( λ · w[f,y], h[f,y] )      for funds that may pay for the same, as far as they may
//!
//! pro-rata        w  =  h
//! grants-first    w  =  h; loans pay nothing before all others have paid h
//! by-gdp          w  =  Σ_{d gives f} gdp[d,y] · h[f,y] / Σ h[f′,y] of rivals f′ that d gives;
//!                 funds that no country gives pay first, w = h
//! ```
//!
//! `rivals` of a fund are those that may pay for something that it may pay for, itself among them. What a
//! [purse](super::accounts) pays is shared out among its funds in the same way; with `cheapest` as with `pro-rata`.

use super::accounts::Accounts;
use crate::ids::{FundId, Grid, PurseId, RegionId, Table, YearId};
use crate::model::{Financing, Model};
use std::collections::BTreeSet;

/// Who pays, by what rule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Payers {
    rule: Financing,
    keep: Table<FundId, f64>,
    /// Whether a fund pays only when all others that may have paid what they have.
    last: Table<FundId, bool>,
    /// By fund: the countries that give it.
    givers: Table<FundId, Vec<RegionId>>,
    /// By country and year: its gross domestic product, in the base currency.
    gdp: Grid<RegionId, YearId, f64>,
    /// By fund: those that may pay for the same, itself among them.
    rivals: Table<FundId, Vec<FundId>>,
}

/// A fund among others that pay together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    /// Whether it pays only when those that do not come last have paid all that they have.
    last: bool,
    weight: f64,
    have: f64,
}

impl Payers {
    pub(super) fn of(m: &Model, accounts: &Accounts) -> Self {
        let rule = m.objective.financing;
        let givers = m.funds.map(|fund| m.countries_in(&fund.given_by));
        let gdp = |r: RegionId, y: YearId| m.gdp_within(r, y).unwrap_or(0.0);
        let years = m.calendar.years().len();
        let last = m.funds.iter().map(|(f, fund)| match rule {
            Financing::GrantsFirst => fund.loan.is_some(),
            Financing::ByGdp => !givers[f].is_empty(),
            Financing::Cheapest | Financing::ProRata => false,
        });
        Self {
            rule,
            keep: m.funds.map(|fund| fund.carry_over.value()),
            last: last.collect(),
            gdp: Grid::from_fn(m.regions.len(), years, gdp),
            rivals: m.funds.ids().map(|f| rivals(m, accounts, f)).collect(),
            givers,
        }
    }

    /// Whether who pays is settled by itself, after what is made.
    pub(crate) fn is_settled_last(&self) -> bool {
        self.rule != Financing::Cheapest
    }

    /// Whether loans are drawn as little as can be.
    pub(crate) fn puts_grants_first(&self) -> bool {
        self.rule == Financing::GrantsFirst
    }

    /// Whether a fund pays only when others cannot.
    pub(crate) fn comes_last(&self, f: FundId) -> bool {
        self.last[f]
    }

    /// What each fund has in a year, given its new money and what was left of it a year before.
    pub(crate) fn have(
        &self,
        new: &Table<FundId, f64>,
        left: &Table<FundId, f64>,
    ) -> Table<FundId, f64> {
        let have = new
            .iter()
            .map(|(f, new)| new + self.keep[f] * left[f].max(0.0));
        have.collect()
    }

    /// How much each fund counts in a year, given what each has.
    pub(crate) fn parts(&self, y: YearId, have: &Table<FundId, f64>) -> Table<FundId, Part> {
        let given = |d: RegionId, f: FundId| -> f64 {
            let rivals = self.rivals[f].iter();
            rivals
                .filter(|&&f| self.givers[f].contains(&d))
                .map(|&f| have[f])
                .sum()
        };
        let weight = |f: FundId| {
            if self.rule != Financing::ByGdp || self.givers[f].is_empty() || have[f] <= 0.0 {
                return have[f];
            }
            let shares = self.givers[f].iter();
            shares
                .map(|&d| self.gdp[(d, y)] * have[f] / given(d, f))
                .sum()
        };
        let part = |(f, &have): (FundId, &f64)| Part {
            last: self.last[f],
            weight: weight(f),
            have,
        };
        have.iter().map(part).collect()
    }
}

/// The funds that may pay for something that a fund may pay for.
fn rivals(m: &Model, accounts: &Accounts, f: FundId) -> Vec<FundId> {
    let own = accounts.purse_of(f);
    let shared = accounts
        .accounts()
        .values()
        .filter(|account| account.purses.contains(&own));
    let purses: BTreeSet<PurseId> = shared.flat_map(|a| a.purses.iter().copied()).collect();
    let is_rival = |&other: &FundId| other == f || purses.contains(&accounts.purse_of(other));
    m.funds.ids().filter(is_rival).collect()
}

/// What each of some funds pays of a total: in proportion to its weight, no more than it has.
pub(crate) fn filled(parts: &[Part], total: f64) -> Vec<f64> {
    let mut paid = vec![0.0; parts.len()];
    let mut rest = total;
    for last in [false, true] {
        let mut open: Vec<usize> = (0..parts.len())
            .filter(|&n| parts[n].last == last && parts[n].have > 0.0 && parts[n].weight > 0.0)
            .collect();
        while rest > 0.0 && !open.is_empty() {
            let rate = rest / open.iter().map(|&n| parts[n].weight).sum::<f64>();
            let (full, free): (Vec<usize>, Vec<usize>) = open
                .iter()
                .partition(|&&n| rate * parts[n].weight >= parts[n].have);
            if full.is_empty() {
                for &n in &free {
                    paid[n] = rate * parts[n].weight;
                }
                rest = 0.0;
            }
            for &n in &full {
                paid[n] = parts[n].have;
                rest -= parts[n].have;
            }
            open = free;
        }
    }
    paid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(last: bool, weight: f64, have: f64) -> Part {
        Part { last, weight, have }
    }

    #[test]
    fn each_pays_by_its_weight_up_to_what_it_has() {
        let parts = [part(false, 3.0, 90.0), part(false, 1.0, 10.0)];
        assert_eq!(filled(&parts, 20.0), [15.0, 5.0]);
        // A quarter of 80 is more than 10.
        assert_eq!(filled(&parts, 80.0), [70.0, 10.0]);
        assert_eq!(filled(&parts, 200.0), [90.0, 10.0]);
    }

    #[test]
    fn who_comes_last_pays_what_is_left() {
        let parts = [
            part(true, 50.0, 50.0),
            part(false, 30.0, 30.0),
            part(false, 0.0, 0.0),
        ];
        assert_eq!(filled(&parts, 20.0), [0.0, 20.0, 0.0]);
        assert_eq!(filled(&parts, 40.0), [10.0, 30.0, 0.0]);
    }
}
