//! Exposure to exchange rates: what is priced and what is paid in each currency, and what a move does.
//!
//! ```text
//! net[c,y]     =  paid by funds in c in y  −  paid in y for what is priced in c
//! first order  =  L(x, π; moved rate) − L(x, π; rate)
//!              =  Σ_j Δc[j] · x[j]  +  Σ_i π[i] · (Δb[i] − Σ_j ΔA[i,j] · x[j])  +  Σ_f d[f] · Δmoney[f]
//! ```
//!
//! `L` is the Lagrangian of the program at its plan `x` and prices `π`: what the plan is worse by if only the
//! rate moves and nothing is planned anew (the envelope theorem). Prices stated in the currency and amounts of
//! funds in it both move; what a shortfall counts does not. The whole plan is then made anew with the moved rate.

use super::contracts::{Contracts, Part, When, currency};
use super::{Change, Spread};
use crate::ids::{CurrencyId, Id};
use crate::model::{Draft, Model};
use crate::problem::Problems;
use crate::program::Program;
use crate::solution::Solution;
use crate::units::Amount;

/// Exposure to a currency.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Exposure {
    /// The currency.
    pub currency: CurrencyId,
    /// What is paid for what is priced in it, in the base currency and money of the day.
    pub priced: Spread,
    /// What funds in it pay, in the base currency and money of the day.
    pub funded: Spread,
    /// The new money of funds in it, in the base currency and money of the day.
    pub money: f64,
    /// What a move of its rate does. `None`: it is the base currency, against which the others move.
    pub moved: Option<Moved>,
}

impl Exposure {
    /// What funds in it pay less what is priced in it, by year. More than nothing: the plan gains as the
    /// currency rises.
    pub fn net(&self) -> Spread {
        let mut net = self.funded.clone();
        net.before -= self.priced.before;
        net.after -= self.priced.after;
        for (net, priced) in net.years.values_mut().zip(self.priced.years.values()) {
            *net -= priced;
        }
        net
    }
}

/// What a move of an exchange rate does.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Moved {
    /// What the same plan costs more, in the base currency and money of the day.
    pub same_plan: f64,
    /// What the plan is worse by to first order: shortfalls at what they count, and discounted cost, in the
    /// base currency at base-year prices. `None`: the programs before and after do not compare.
    pub first_order: Option<f64>,
    /// How the plan made anew differs. `None`: no plan keeps the rules at the moved rate.
    pub anew: Option<Change>,
}

/// Every currency that anything is priced or funded in.
pub(super) fn all(
    m: &Model,
    s: &Solution,
    parts: &[Part],
    contracts: &[Contracts],
) -> Vec<Exposure> {
    let none = |c: CurrencyId| Exposure {
        currency: c,
        priced: Spread::none(m),
        funded: Spread::none(m),
        money: money(m, s, c),
        moved: None,
    };
    let currencies = m.money.currencies.ids();
    let mut all: Vec<Exposure> = currencies.map(none).collect();
    for part in parts {
        let own = &mut all[currency(m, s.program(), part.column).position()];
        own.priced.add(When::paid(m, part.paid), part.money);
    }
    for contracts in contracts {
        if let Some(fund) = contracts.fund {
            let own = &mut all[m.funds[fund].currency.position()];
            own.funded.join(&contracts.day.paid);
        }
    }
    all.retain(|e| e.priced.total() != 0.0 || e.funded.total() != 0.0 || e.money != 0.0);
    all
}

/// The new money of all funds in a currency.
fn money(m: &Model, s: &Solution, c: CurrencyId) -> f64 {
    let own = s.plan.money.iter();
    let own = own.filter(|&(f, _, _)| m.funds[f].currency == c);
    own.filter_map(|(_, _, money)| *money).sum()
}

/// The model with a currency worth so much more, a share; what a shortfall counts stays as it is.
pub(super) fn moved(m: &Model, c: CurrencyId, by: f64) -> Result<Model, Problems> {
    let mut draft: Draft = (**m).clone();
    let worth = &mut draft.money.currencies[c].worth;
    *worth = worth.map(|worth| worth * (1.0 + by));
    for requirement in draft.requirements.values_mut() {
        if let Some(value) = requirement.value.as_mut().filter(|v| v.currency == c) {
            value.amount = value
                .amount
                .map(|amount| Amount::new(amount.value() / (1.0 + by)));
        }
    }
    draft.check()
}

/// What a plan is worse by if its program becomes another of the same shape and nothing is planned anew.
/// `None`: the programs differ in shape.
pub(super) fn envelope(s: &Solution, other: &Program) -> Option<f64> {
    let program = s.program();
    let (rows, new) = (program.rows(), other.rows());
    let columns = program.columns();
    let same = rows.len() == new.len()
        && (0..rows.len()).all(|n| rows.name(n) == new.name(n))
        && columns.len() == other.columns().len();
    if !same {
        return None;
    }
    let x: Vec<f64> = columns
        .iter()
        .map(|column| s.value(column.name) / column.unit)
        .collect();
    let dot = |terms: &[(u32, f64)]| -> f64 { terms.iter().map(|&(j, a)| a * x[j as usize]).sum() };
    let aim = |program: &Program| program.stages().into_iter().next().map(|stage| stage.aim);
    let (old_aim, new_aim) = (aim(program)?, aim(other)?);
    let mut reduced = vec![0.0; columns.len()];
    for &(j, c) in &old_aim {
        reduced[j as usize] += c;
    }
    let mut change = dot(&new_aim) - dot(&old_aim);
    for (n, &dual) in s.duals(0).iter().enumerate() {
        let right = new.right(n) - rows.right(n);
        change += dual * (right - (dot(new.row(n)) - dot(rows.row(n))));
        for &(j, a) in rows.row(n) {
            reduced[j as usize] -= dual * a;
        }
    }
    // What is held by its bounds, such as a fund's money, may be held elsewhere.
    for ((old, new), reduced) in columns.iter().zip(other.columns()).zip(reduced) {
        if old.lower == old.upper {
            change += reduced * (new.lower - old.lower);
        }
    }
    Some(change * program.money_size())
}
