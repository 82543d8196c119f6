//! What a plan costs, and who pays.

use super::{Left, Money, Payer};
use crate::dotted::joined;
use crate::ids::{FundId, YearId};
use crate::model::Model;
use crate::solution::{FundYear, Solution, Why};

/// How many payers are named.
const NAMED: usize = 3;
/// Less money than this, in the base currency, is none.
const NOTHING: f64 = 0.5;

/// Money from when decisions are free. What funds have is what they carried over into the first of these years,
/// and what is new in each; what they do not spend of it is left, whether it could be carried on or not.
pub(super) fn of(m: &Model, s: &Solution) -> Money {
    let first = m.calendar.open_years().next();
    let (mut available, mut spent) = (0.0, 0.0);
    let mut payers: Vec<(FundId, f64)> = m.funds.ids().map(|f| (f, 0.0)).collect();
    for year in s
        .funds
        .iter()
        .filter(|year| !m.calendar.is_past_year(year.year))
    {
        available += has(s, year, first);
        spent += year.spent;
        for own in payers.iter_mut().filter(|own| own.0 == year.fund) {
            own.1 += year.spent;
        }
    }
    payers.retain(|(_, spent)| *spent > NOTHING);
    payers.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let others = payers.split_off(NAMED.min(payers.len())).len();
    let payer = |(f, spent): (FundId, f64)| Payer {
        key: joined(["fund", m.funds[f].key.as_str()]),
        fund: m.funds[f].name.clone(),
        spent,
    };
    Money {
        needed: s.cost.total,
        owed: s.cost.owed,
        funds: m.funds.len(),
        available,
        spent,
        unspent: (available - spent).max(0.0),
        left: left(m, s),
        payers: payers.into_iter().map(payer).collect(),
        other_payers: others,
    }
}

/// Why money is left, from when decisions are free, the largest sum first.
fn left(m: &Model, s: &Solution) -> Vec<Left> {
    let all = s.unspent(m);
    let open = |y: YearId| !m.calendar.is_past_year(y);
    let sum = |why: Why| -> f64 {
        let own = all.iter().filter(|own| own.why == why && open(own.year));
        own.map(|own| own.amount).sum()
    };
    let sums = Why::WORDS.iter().map(|&(_, why)| Left {
        why,
        amount: sum(why),
    });
    let mut sums: Vec<Left> = sums.filter(|own| own.amount > NOTHING).collect();
    // A stable sort: reasons of one sum stay in their order.
    sums.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    sums
}

/// What a fund has in a year that it did not have before.
fn has(s: &Solution, year: &FundYear, first: Option<YearId>) -> f64 {
    if Some(year.year) == first {
        year.available
    } else {
        s.plan.money[(year.fund, year.year)].unwrap_or(0.0)
    }
}
