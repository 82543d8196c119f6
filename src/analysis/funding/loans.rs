//! What loans cost: interest and repayment year by year, and their present value.
//!
//! ```text
//! interest[n]  =  rate · owed[n−1]          owed[n]  =  owed[n−1] + drawn[n] − repaid[n]
//! repaid[n]    =  Σ_d drawn[d] / (maturity − grace)          grace < n − d ≤ maturity
//! present      =  Σ_n (interest[n] + repaid[n]) · X[n] · δ[n] / P[n]
//! ```
//!
//! all in the currency of the fund; `X` is what it is worth in the base currency, `P` the price index, `δ` the
//! discount factor. A part of a year of grace or maturity counts as a year. Interest is first due in the year
//! after the money was drawn.

use crate::ids::{CurrencyId, FundId, YearId};
use crate::model::{Loan, Model};
use crate::program::{Column, loan_service};
use crate::solution::Solution;
use std::collections::BTreeMap;

/// What a fund that has to be paid back costs.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LoanCost {
    /// The fund.
    pub fund: FundId,
    /// Its terms.
    pub terms: Loan,
    /// Its currency.
    pub currency: CurrencyId,
    /// By calendar year, from the first drawing to the last instalment: money of the day in its currency.
    pub years: BTreeMap<i32, LoanYear>,
    /// The present value of what is drawn, in the base currency at base-year prices.
    pub drawn_present: f64,
    /// The present value of interest and repayment, in the base currency at base-year prices.
    pub present: f64,
    /// The same as the objective of the plan counts it: what the fund pays times its factors.
    pub counted: f64,
}

/// A year of a loan, in the currency of the fund and money of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LoanYear {
    /// What is drawn.
    pub drawn: f64,
    /// Interest that falls due.
    pub interest: f64,
    /// What is paid back.
    pub repaid: f64,
    /// What is owed at the end of the year.
    pub owed: f64,
}

impl LoanCost {
    /// All that is drawn, in the currency of the fund.
    pub fn drawn(&self) -> f64 {
        self.years.values().map(|year| year.drawn).sum()
    }

    /// All interest, in the currency of the fund.
    pub fn interest(&self) -> f64 {
        self.years.values().map(|year| year.interest).sum()
    }

    /// The share of what is drawn that is a gift, in present value: 1 − service / drawn. Less than nothing
    /// where a loan costs more than the discount rate. `None`: nothing is drawn.
    pub fn grant_element(&self) -> Option<f64> {
        (self.drawn_present > 0.0).then(|| 1.0 - self.present / self.drawn_present)
    }
}

/// Every fund that has to be paid back.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<LoanCost> {
    let loans = m.funds.iter().filter_map(|(f, fund)| Some((f, fund.loan?)));
    loans.map(|(f, terms)| cost(m, s, f, terms)).collect()
}

fn cost(m: &Model, s: &Solution, f: FundId, terms: Loan) -> LoanCost {
    let currency = m.funds[f].currency;
    let spent: Vec<(i32, f64)> = s
        .funds
        .iter()
        .filter(|year| year.fund == f && year.spent > 0.0)
        .map(|year| (m.calendar.year_number(year.year), year.spent))
        .collect();
    let worth = |year| m.money.exchange(currency, year);
    let drawn = spent.iter().map(|&(year, base)| (year, base / worth(year)));
    let years = schedule(terms, drawn);
    let service = years.iter();
    let service = service
        .map(|(&year, due)| (due.interest + due.repaid) * worth(year) * m.present_value(year));
    LoanCost {
        fund: f,
        terms,
        currency,
        drawn_present: spent
            .iter()
            .map(|&(year, base)| base * m.present_value(year))
            .sum(),
        present: service.sum(),
        counted: counted(s, f),
        years,
    }
}

/// The years of a loan, given what is drawn in which.
fn schedule(terms: Loan, drawn: impl Iterator<Item = (i32, f64)>) -> BTreeMap<i32, LoanYear> {
    let mut years: BTreeMap<i32, LoanYear> = BTreeMap::new();
    for (year, amount) in drawn {
        years.entry(year).or_default().drawn += amount;
        for due in loan_service(terms) {
            let year = years.entry(year + due.years).or_default();
            year.interest += amount * due.interest;
            year.repaid += amount * due.repaid;
        }
    }
    let mut owed = 0.0;
    for year in years.values_mut() {
        owed += year.drawn - year.repaid;
        year.owed = owed;
    }
    years
}

/// What the plan's own objective counts for what a fund pays.
fn counted(s: &Solution, f: FundId) -> f64 {
    let program = s.program();
    let accounts = &program.network().accounts;
    let purse = accounts.purse_of(f);
    let share = |y: YearId| {
        let spent = |f: FundId| s.fund(f, y).map_or(0.0, |year| year.spent);
        let all: f64 = accounts.purses()[purse].iter().map(|&f| spent(f)).sum();
        if all > 0.0 { spent(f) / all } else { 0.0 }
    };
    let terms = program.cost().iter().map(|&(j, factor)| {
        let name = program.columns()[j as usize].name;
        let Column::Pay(p, y) = name else { return 0.0 };
        let own = accounts.pays()[p].purse == Some(purse);
        if own {
            factor * s.value(name) * share(y)
        } else {
            0.0
        }
    });
    terms.sum()
}
