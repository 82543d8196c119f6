//! What the plan costs, who pays, and what loans cost later.

use super::Solution;
use crate::ids::{FundId, Id, Table, YearId};
use crate::model::Model;
use crate::program::{Part, Program, Row, filled, loan_service};
use serde::Serialize;

/// What a plan costs from when decisions are free, in the base currency.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Cost {
    /// All that is paid and owed, and storage, in money of the day.
    pub total: f64,
    /// Its present value in base-year prices, less what is left in store and valued. With `cheapest` financing, a loan
    /// counts what it costs; else like any other money.
    pub discounted: f64,
    /// What falls due after the last year, in money of the day.
    pub owed: f64,
}

/// What a fund has and spends in a year, in the base currency and money of the day.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FundYear {
    /// The fund.
    pub fund: FundId,
    /// The year.
    pub year: YearId,
    /// New money of the year and what was carried over into it.
    pub available: f64,
    /// What it spends.
    pub spent: f64,
    /// What is left of it for the next year.
    pub carried: f64,
    /// What one more unit of money in it would be worth: shortfall avoided and cost saved.
    pub price: f64,
}

/// What a loan costs in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LoanService {
    /// The fund.
    pub fund: FundId,
    /// The calendar year.
    pub year: i32,
    /// Interest and repayment, in the base currency and money of the day.
    pub amount: f64,
}

impl Cost {
    pub(super) fn of(m: &Model, program: &Program, columns: &[f64]) -> Self {
        let money = program.money_size();
        let sum = |terms: &[(u32, f64)]| -> f64 {
            terms
                .iter()
                .map(|&(j, factor)| factor * columns[j as usize])
                .sum()
        };
        let paid: f64 = program
            .charges()
            .iter()
            .filter(|c| !m.calendar.is_past_year(c.2))
            .map(|c| c.3 * columns[c.0 as usize])
            .sum();
        let late = program.charges().iter();
        let late = late.filter(|&&(_, _, year, _)| !m.calendar.has_year(year));
        let owed: f64 = late.map(|c| c.3 * columns[c.0 as usize]).sum();
        Self {
            total: (paid + storage(m, program, columns)) * money,
            discounted: sum(program.cost()) * money,
            owed: owed * money + 0.0, // an empty sum is minus zero
        }
    }
}

/// What storage costs, in internal units of money, in money of the day.
fn storage(m: &Model, program: &Program, columns: &[f64]) -> f64 {
    let c = &m.calendar;
    let plan = program.plan();
    let pools = plan
        .pool
        .iter()
        .map(|(k, t, j)| (program.network().markets[k].item, t, j));
    let stocks = plan.stock.iter().map(|(s, t, j)| (m.stocks[s].item, t, j));
    let costs = pools.chain(stocks).filter(|&(_, t, _)| !c.is_past(t));
    let costs = costs.filter_map(|(item, t, j)| {
        let price = m.items[item].storage_cost.as_ref()?;
        let j = (*j)? as usize;
        let year = c.year_number(c.year_of(t));
        let rate = price.amount.mean(c, t).value() * m.money.nominal(price.currency, year);
        let kept = columns[j] * program.columns()[j].unit;
        Some(rate * c.length().value() * kept / program.money_size())
    });
    costs.sum()
}

/// Every fund in every year. What a purse spends is shared out among its funds by the rule of financing.
pub(super) fn all(m: &Model, solution: &Solution) -> Vec<FundYear> {
    let accounts = &solution.program.network().accounts;
    let payers = solution.program.payers();
    let mut all = Vec::new();
    let mut left: Table<FundId, f64> = m.funds.map(|_| 0.0);
    for y in m.calendar.years() {
        let new = |f| solution.plan.money[(f, y)].unwrap_or(0.0);
        let have = payers.have(&m.funds.ids().map(new).collect(), &left);
        let parts = payers.parts(y, &have);
        for (g, funds) in accounts.purses().iter() {
            let own = accounts
                .pays()
                .iter()
                .filter(|(_, pay)| pay.purse == Some(g));
            let spent: f64 = own
                .map(|(p, _)| solution.plan.pay[(p, y)].unwrap_or(0.0))
                .sum();
            let price = solution.price(Row::Purse(g, y)).unwrap_or(0.0);
            let of_purse: Vec<Part> = funds.iter().map(|&f| parts[f]).collect();
            for (&fund, spent) in funds.iter().zip(filled(&of_purse, spent)) {
                let available = have[fund];
                // What the plan leaves is there next year, whether the plan counts on it or not.
                left[fund] = (available - spent).max(0.0);
                all.push(FundYear {
                    fund,
                    year: y,
                    available,
                    spent,
                    carried: left[fund] * m.funds[fund].carry_over.value(),
                    price,
                });
            }
        }
    }
    all.sort_by_key(|year| (year.fund, year.year));
    all
}

impl Solution {
    /// What loans drawn by the plan cost, year by year until they are paid back.
    pub fn loan_service(&self, m: &Model) -> Vec<LoanService> {
        let m = self.own(m);
        let mut all = Vec::new();
        for (f, fund) in m.funds.iter() {
            let Some(loan) = fund.loan else { continue };
            let mut by_year: Table<YearId, f64> = Table::new();
            for year in self
                .funds
                .iter()
                .filter(|year| year.fund == f && year.spent > 0.0)
            {
                let drawn = m.calendar.year_number(year.year);
                for instalment in loan_service(loan) {
                    let number = drawn + instalment.years;
                    let worth = |year| m.money.exchange(fund.currency, year);
                    let service = instalment.service() * worth(number) / worth(drawn);
                    let due = number - m.calendar.start().year();
                    let due = YearId::at(usize::try_from(due).unwrap_or(0));
                    while by_year.len() <= due.position() {
                        by_year.push(0.0);
                    }
                    by_year[due] += service * year.spent;
                }
            }
            let due = by_year.iter().filter(|&(_, &amount)| amount > 0.0);
            all.extend(due.map(|(y, &amount)| LoanService {
                fund: f,
                year: m.calendar.start().year() + i32::try_from(y.position()).unwrap_or(0),
                amount,
            }));
        }
        all
    }
}
