//! What a unit of coverage costs: money down the bill of materials, and the price of one more.
//!
//! ```text
//! u[s]  =  ( Σ_k in[k,s] · U[k]  +  Σ_g give[g] · (u[from] + c[g]) )  /  (opening[s] + Σ in + Σ give)
//! money[r]  =  Σ_s met[r,s] · u[s]          for what is used up
//! money[r]  =  Σ_s closing[s] · u[s]        for a level in store
//! ```
//!
//! `U[k]` is what a unit from market `k` costs through the bill of materials, as in
//! [`dependence`](crate::analysis::dependence), here with what expansions of a line cost shared out over all
//! that it makes. All are means over the whole calendar: shared costs go by quantity. What was in store at the
//! start cost nothing. A stock that several levels count is shared out evenly among them.

use super::contracts::deflator;
use crate::analysis::dependence::trace::{Held, Trace};
use crate::ids::{RequirementId, StockId, Table};
use crate::model::{Model, Need};
use crate::program::Row;
use crate::solution::{Met, Solution};
use crate::units::as_number;

/// What meeting a requirement costs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UnitCost {
    /// The requirement.
    pub requirement: RequirementId,
    /// What is required and met over the calendar, in units of its first item; of a level, at its last window.
    pub met: Met,
    /// The share of what meets it that is new: made or bought since the start.
    pub new: f64,
    /// The money that goes into it, in the base currency and money of the day.
    pub day: f64,
    /// The same in prices of the base year.
    pub base: f64,
    /// What one more unit required costs, in the base currency at base-year prices: the mean price of its
    /// windows, weighted by what they require; of a level one more at all times, the sum of them. Where it falls
    /// short, what the shortfall counts.
    pub marginal: f64,
}

impl UnitCost {
    /// Money for each unit met, in prices of the base year. `None`: nothing is met.
    pub fn per_unit(&self) -> Option<f64> {
        (self.met.met > 0.0).then(|| self.base / self.met.met)
    }

    /// Money for each unit that is new, in prices of the base year. `None`: nothing is.
    pub fn per_new_unit(&self) -> Option<f64> {
        let new = self.new * self.met.met;
        (new > 1e-9 * self.met.required).then(|| self.base / new)
    }

    /// Money for each hundredth of what is required, in prices of the base year. `None`: nothing is met.
    pub fn per_point(&self) -> Option<f64> {
        let points = 100.0 * self.met.coverage();
        (points > 0.0 && self.met.required > 0.0).then(|| self.base / points)
    }
}

/// Every requirement.
pub(super) fn all(m: &Model, s: &Solution) -> Vec<UnitCost> {
    let day = Trace::weighing(m, s, |_| 1.0).with_plants().held();
    let real = |year| deflator(m, year);
    let base = Trace::weighing(m, s, real).with_plants().held();
    let requirements = m.requirements.ids();
    requirements.map(|r| of(m, s, (&day, &base), r)).collect()
}

type Stores<'a> = (&'a Table<StockId, Held>, &'a Table<StockId, Held>);

fn of(m: &Model, s: &Solution, (day, base): Stores<'_>, r: RequirementId) -> UnitCost {
    let coverage = &s.requirements[r];
    let level = matches!(m.requirements[r].need, Need::Level(_));
    let met = if level {
        coverage.windows.last().map(|&(_, met)| met)
    } else {
        None
    };
    let mut cost = UnitCost {
        requirement: r,
        met: met.unwrap_or(Met {
            required: coverage.required,
            met: coverage.met,
            short: coverage.short,
        }),
        new: 0.0,
        day: 0.0,
        base: 0.0,
        marginal: marginal(s, r, level),
    };
    let mut counted = 0.0;
    for (stock, units, factor) in uses(m, s, r, level) {
        cost.day += units * day[stock].cost;
        cost.base += units * base[stock].cost;
        cost.new += units * factor * day[stock].new;
        counted += units * factor;
    }
    cost.new = if counted > 0.0 {
        cost.new / counted
    } else {
        0.0
    };
    cost
}

/// What a requirement takes from which stock, and what a unit counts.
fn uses(m: &Model, s: &Solution, r: RequirementId, level: bool) -> Vec<(StockId, f64, f64)> {
    let meets = &s.program().network().meets;
    let own = meets.iter().filter(|(_, meet)| meet.requirement == r);
    let taken = own.map(|(e, meet)| {
        let units = if level {
            let others = meets.values().filter(|other| {
                let need = &m.requirements[other.requirement].need;
                other.stock == meet.stock && matches!(need, Need::Level(_))
            });
            let sharing = as_number(others.count());
            s.stocks[meet.stock].periods[m.calendar.last()] / sharing
        } else {
            let periods = m.calendar.periods();
            periods.filter_map(|t| s.plan.meet[(e, t)]).sum()
        };
        (meet.stock, units, meet.factor)
    });
    taken.collect()
}

fn marginal(s: &Solution, r: RequirementId, level: bool) -> f64 {
    let (mut sum, mut required) = (0.0, 0.0);
    for &(t, met) in &s.requirements[r].windows {
        let weight = match level {
            true if met.required > 0.0 => 1.0,
            true => 0.0,
            false => met.required,
        };
        sum += weight * s.price(Row::Requirement(r, t)).unwrap_or(0.0);
        required += weight;
    }
    match level {
        true => sum,
        false if required > 0.0 => sum / required,
        false => 0.0,
    }
}
