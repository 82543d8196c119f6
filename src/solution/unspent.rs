//! Money that is not spent, and why: from the prices of the plan.
//!
//! What a fund has left in a year and does not carry over, and what it has left at the end. In the years in which it
//! was there, in this order:
//!
//! | why | what shows it |
//! |---|---|
//! | [`Nobody`](Why::Nobody) | nothing that can be decided charges an account that it may pay |
//! | [`Lapsed`](Why::Lapsed) | it is not carried over, and its row `purse` has a price in a later year |
//! | [`Earmarked`](Why::Earmarked) | its row `content` or an `earmark` on what it pays has a price; or one more unit charged to an account that it may not pay costs more (the price of the row `expense`) than what it pays counts |
//! | [`Limited`](Why::Limited) | something that it may buy is short, though its row `purse` has no price: for want of something else than money |
//! | [`NotNeeded`](Why::NotNeeded) | none of these: more of it would buy nothing |

use super::Solution;
use crate::ids::{AccountId, FundId, Grid, PurseId, YearId};
use crate::model::Model;
use crate::program::Row;
use std::collections::{BTreeMap, BTreeSet};

/// Money that a fund does not spend.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unspent {
    /// The fund.
    pub fund: FundId,
    /// The year at whose end it is lost to the fund, or left over at the end of the calendar.
    pub year: YearId,
    /// How much, in the base currency and money of the day.
    pub amount: f64,
    /// Why it was not spent.
    pub why: Why,
}

/// Why money is not spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Why {
    /// It could not be carried over into a year in which it would have been worth something.
    Lapsed,
    /// Money is short elsewhere, and its own terms keep it from there: what it may buy, its content rule, for whom it is.
    Earmarked,
    /// What it may buy is short for want of something else: capacity, materials, another rule.
    Limited,
    /// Nothing in the calendar can be paid from it.
    Nobody,
    /// All that it may buy is met.
    NotNeeded,
}

impl Why {
    /// Every reason, with the word for it.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("lapsed", Self::Lapsed),
        ("earmarked", Self::Earmarked),
        ("other limit", Self::Limited),
        ("nobody may", Self::Nobody),
        ("not needed", Self::NotNeeded),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, why)| *why == self);
        found.map_or("", |(word, _)| word)
    }
}

/// A price below this is none: what rounding leaves of a large program.
const NOTHING: f64 = 1e-5;
/// What is left of a fund's money below this share of it is rounding.
const ROUNDING: f64 = 1e-6;

impl Solution {
    /// What no fund spends, year by year, and why.
    pub fn unspent(&self, m: &Model) -> Vec<Unspent> {
        let m = self.own(m);
        let prices = Prices::of(self, m);
        let last = m.calendar.years().last();
        let mut all = Vec::new();
        for year in &self.funds {
            let left = year.available - year.spent;
            let kept = if Some(year.year) == last {
                0.0
            } else {
                year.carried
            };
            let amount = left - kept;
            if amount > ROUNDING * year.available {
                all.push(Unspent {
                    fund: year.fund,
                    year: year.year,
                    amount,
                    why: prices.why(year.fund, year.year),
                });
            }
        }
        all
    }
}

/// What one more unit charged to each account costs in each year, stage by stage; and what a payment counts.
struct Prices<'a> {
    m: &'a Model,
    s: &'a Solution,
    expense: Grid<AccountId, YearId, Vec<f64>>,
    /// By purse and year: what a unit that it pays counts, stage by stage.
    counts: BTreeMap<(PurseId, YearId), Vec<f64>>,
}

impl<'a> Prices<'a> {
    fn of(s: &'a Solution, m: &'a Model) -> Self {
        let (program, years) = (s.program(), m.calendar.years().len());
        let accounts = &program.network().accounts;
        let aims: Vec<Vec<f64>> = program
            .stages()
            .iter()
            .filter(|stage| stage.priced)
            .map(|stage| {
                let mut factors = vec![0.0; program.columns().len()];
                for &(j, factor) in &stage.aim {
                    factors[j as usize] = factor;
                }
                factors
            })
            .collect();
        let charges = program.charges().iter();
        let charged: BTreeSet<(AccountId, YearId)> = charges.map(|&(_, a, y, _)| (a, y)).collect();
        let mut counts = BTreeMap::new();
        for (p, y, paid) in program.plan().pay.iter() {
            let pay = accounts.pays()[p];
            let (Some(g), &Some(j)) = (pay.purse, paid) else {
                continue;
            };
            if charged.contains(&(pay.account, y)) {
                let factors = || aims.iter().map(|aim| aim[j as usize]).collect();
                counts.entry((g, y)).or_insert_with(factors);
            }
        }
        let expense = |a, y| {
            let prices = s.prices(Row::Expense(a, y)).into_iter();
            prices.map(|(_, price)| price).collect()
        };
        Self {
            m,
            s,
            expense: Grid::from_fn(accounts.accounts().len(), years, expense),
            counts,
        }
    }

    fn why(&self, f: FundId, y: YearId) -> Why {
        let g = self.s.program().network().accounts.purse_of(f);
        let there = self.there(f, y);
        let may = |&y: &YearId| self.counts.contains_key(&(g, y));
        let later = self.m.calendar.years().filter(|&later| later > y);
        let has_price = |row: Row| self.s.price(row).is_some_and(|price| price > NOTHING);
        if !there.iter().any(may) {
            Why::Nobody
        } else if later.into_iter().any(|y| has_price(Row::Purse(g, y))) {
            Why::Lapsed
        } else if there.iter().any(|&y| self.is_kept_from(g, y)) {
            Why::Earmarked
        } else if self.is_short(f, &there) {
            Why::Limited
        } else {
            Why::NotNeeded
        }
    }

    /// The years in which money that is left at the end of one was there.
    fn there(&self, f: FundId, y: YearId) -> Vec<YearId> {
        let own = |year: YearId| self.s.fund(f, year);
        let years = self.m.calendar.years().rev().filter(|&year| year <= y);
        // What a year spends in full is not what is left later.
        let kept = |&year: &YearId| year == y || own(year).is_some_and(|own| own.carried > 0.0);
        let has = |&year: &YearId| own(year).is_some_and(|own| own.available > 0.0);
        let mut there: Vec<YearId> = years.take_while(kept).filter(has).collect();
        there.reverse();
        there
    }

    /// Whether its own terms keep a purse from what it would be worth something for.
    fn is_kept_from(&self, g: PurseId, y: YearId) -> bool {
        let network = self.s.program().network();
        let accounts = &network.accounts;
        let has_price = |row: Row| self.s.price(row).is_some_and(|price| price > NOTHING);
        let own = |p: &crate::ids::PayId| accounts.pays()[*p].purse == Some(g);
        let mut earmarks = network
            .earmarks
            .iter()
            .filter(|(_, e)| e.pays.iter().any(own));
        if has_price(Row::Content(g, y)) || earmarks.any(|(e, _)| has_price(Row::Earmark(e, y))) {
            return true;
        }
        let Some(counts) = self.counts.get(&(g, y)) else {
            return false;
        };
        let others = accounts
            .accounts()
            .iter()
            .filter(|(_, a)| !a.purses.contains(&g));
        let dearer = |a: AccountId| {
            let stages = self.expense[(a, y)].iter().zip(counts);
            stages
                .into_iter()
                .any(|(price, counts)| price - counts > NOTHING * (1.0 + counts))
        };
        others.into_iter().any(|(a, _)| dearer(a))
    }

    /// Whether anything that a fund may buy is short in some years.
    fn is_short(&self, f: FundId, years: &[YearId]) -> bool {
        let (m, fund) = (self.m, &self.m.funds[f]);
        let mut requirements = m.requirements.iter();
        requirements.any(|(r, requirement)| {
            let may = m.may_buy_for(fund, requirement.holder)
                && requirement
                    .meets
                    .iter()
                    .any(|meet| m.may_buy_goods(fund, meet.item));
            may && years
                .iter()
                .any(|&y| !self.s.requirements[r].years[y].is_in_full())
        })
    }
}
