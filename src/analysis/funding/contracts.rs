//! What is signed and what is paid: by fund, by year, in money of the day and in base-year prices.
//!
//! ```text
//! paid[y]          =  Σ_j Σ_a cost[j,a,y] · column[j]
//! committed[y]     =  Σ_{j signed in y} Σ_a Σ_n cost[j,a,n] · column[j]
//! undisbursed[y]   =  Σ_{n ≤ y} committed[n]  −  Σ_{n ≤ y} paid[n]
//! ```
//!
//! A purchase is signed a lead time (and a place in the queue) before delivery, or when its advance is paid
//! if that comes first; an expansion when it is ordered. What cannot have been signed within the calendar was
//! signed before it. Its whole price, all instalments, is committed then.
//!
//! Which fund pays for which purchase is open within an account: all funds that pay into an account in a
//! year pay for everything charged to it in that year, in proportion.

use super::Spread;
use crate::ids::{AccountId, CurrencyId, FundId, YearId};
use crate::model::{Model, Money};
use crate::program::{Column, Deed, Program};
use crate::solution::Solution;
use crate::units::Months;
use std::collections::{BTreeMap, HashMap};

/// What is signed and what is paid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Flow {
    /// The value of what is signed, all instalments, when it is signed.
    pub committed: Spread,
    /// What is paid, when it is paid.
    pub paid: Spread,
}

impl Flow {
    pub(super) fn none(m: &Model) -> Self {
        Self {
            committed: Spread::none(m),
            paid: Spread::none(m),
        }
    }

    /// What is signed and not yet paid at the end of a year.
    pub fn undisbursed(&self, y: YearId) -> f64 {
        let until = |spread: &Spread| -> f64 {
            let years = spread.years.iter().filter(|&(year, _)| year <= y);
            spread.before + years.map(|(_, money)| money).sum::<f64>()
        };
        until(&self.committed) - until(&self.paid)
    }

    fn add(&mut self, signed: When, paid: When, money: f64) {
        self.committed.add(signed, money);
        self.paid.add(paid, money);
    }
}

/// What a fund commits and pays.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Contracts {
    /// The fund. `None`: no fund pays, as there are none or it falls due after the last year.
    pub fund: Option<FundId>,
    /// In the base currency and money of the day.
    pub day: Flow,
    /// The same in prices of the base year: each payment by the price index of its year.
    pub base: Flow,
}

/// When money flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Before,
    In(YearId),
    After,
}

impl When {
    /// When something is paid: in a year of the calendar, or after its last.
    pub(super) fn paid(m: &Model, y: YearId) -> Self {
        if m.calendar.has_year(y) {
            Self::In(y)
        } else {
            Self::After
        }
    }
}

/// A part of what a plan pays.
pub(super) struct Part {
    pub(super) column: Column,
    pub(super) account: AccountId,
    pub(super) signed: When,
    /// In a year of the calendar, or after its last.
    pub(super) paid: YearId,
    /// In the base currency and money of the day.
    pub(super) money: f64,
}

/// Everything that a plan pays for, instalment by instalment.
pub(super) fn parts(m: &Model, s: &Solution) -> Vec<Part> {
    let program = s.program();
    let parts = |&(j, account, paid, factor): &(u32, AccountId, YearId, f64)| {
        let column = program.columns()[j as usize];
        let money = factor * s.value(column.name) / column.unit * program.money_size();
        let signed = signed(m, program, column.name).into_iter();
        let signed = signed.filter(move |_| money > 0.0);
        signed.map(move |(signed, share)| Part {
            column: column.name,
            account,
            signed,
            paid,
            money: money * share,
        })
    };
    program.charges().iter().flat_map(parts).collect()
}

/// When what a column buys is signed, in shares.
fn signed(m: &Model, program: &Program, column: Column) -> Vec<(When, f64)> {
    let c = &m.calendar;
    let Some(ordered) = program.ordered(m, column) else {
        return vec![(When::Before, 1.0)];
    };
    let mut all: Vec<(When, f64)> = vec![(When::Before, ordered.before(Months::ZERO))];
    for (t, share) in c.parts(ordered) {
        let year = When::In(c.year_of(t));
        match all.last_mut() {
            Some((last, sum)) if *last == year => *sum += share,
            _ => all.push((year, share)),
        }
    }
    all.retain(|&(_, share)| share > 0.0);
    all
}

/// The currency that the price of what a column buys is stated in.
pub(super) fn currency(m: &Model, program: &Program, column: Column) -> CurrencyId {
    let stated = match column.deed(program.network()) {
        Some(Deed::Make(make, _)) => {
            let product = &m.lines[make.line].products[make.product];
            let tier = product.tiers.get(make.tier);
            tier.map(|tier| tier.cost.currency)
        }
        Some(Deed::Order(order, _)) => {
            let tier = m.suppliers[order.supplier].tiers.get(order.tier);
            tier.map(|tier| tier.cost.currency)
        }
        Some(Deed::Build(e, _)) => m.expansions[e].cost.as_ref().map(|cost| cost.currency),
        Some(Deed::Move(along, _)) => {
            let cost = m.routes[along.route].cost.as_ref();
            cost.map(|cost| cost.currency)
        }
        Some(Deed::Give(give, _)) => {
            let cost = m.gifts[give.gift].cost.as_ref();
            cost.map(|cost| cost.currency)
        }
        None => None,
    };
    stated.unwrap_or(Money::BASE)
}

/// What money of the day is in prices of the base year.
pub(super) fn deflator(m: &Model, paid: YearId) -> f64 {
    1.0 / m.money.price_index(m.calendar.year_number(paid))
}

/// Who pays for what is charged to each account in each year, in shares.
type Payers = HashMap<(AccountId, YearId), Vec<(Option<FundId>, f64)>>;

fn payers(s: &Solution) -> Payers {
    let accounts = &s.program().network().accounts;
    let mut all = Payers::new();
    for (p, y, paid) in s.plan.pay.iter() {
        let pay = accounts.pays()[p];
        let Some(paid) = paid.filter(|&paid| paid > 0.0) else {
            continue;
        };
        let own = all.entry((pay.account, y)).or_default();
        let Some(purse) = pay.purse else {
            own.push((None, paid));
            continue;
        };
        let spent = |f: FundId| s.fund(f, y).map_or(0.0, |year| year.spent);
        let funds = &accounts.purses()[purse];
        let all_spent: f64 = funds.iter().map(|&f| spent(f)).sum();
        let shared = funds.iter().filter(|&&f| spent(f) > 0.0);
        own.extend(shared.map(|&f| (Some(f), paid * spent(f) / all_spent)));
    }
    for shares in all.values_mut() {
        let whole: f64 = shares.iter().map(|(_, paid)| paid).sum();
        for (_, share) in shares {
            *share /= whole;
        }
    }
    all
}

/// What every fund commits and pays, in the order of the model; what no fund pays comes last.
pub(super) fn by_fund(m: &Model, s: &Solution, parts: &[Part]) -> Vec<Contracts> {
    let payers = payers(s);
    let nobody = [(None, 1.0)];
    let mut all: BTreeMap<(bool, Option<FundId>), Contracts> = BTreeMap::new();
    for part in parts {
        let shares = payers.get(&(part.account, part.paid));
        let shares = shares.map_or(&nobody[..], Vec::as_slice);
        for &(fund, share) in shares {
            let contracts = all
                .entry((fund.is_none(), fund))
                .or_insert_with(|| Contracts {
                    fund,
                    day: Flow::none(m),
                    base: Flow::none(m),
                });
            let money = part.money * share;
            let paid = When::paid(m, part.paid);
            contracts.day.add(part.signed, paid, money);
            let real = money * deflator(m, part.paid);
            contracts.base.add(part.signed, paid, real);
        }
    }
    all.into_values().collect()
}
