//! Plans made again: later, and without one side's requirements.
//!
//! ```text
//! delay n    x[j] = 0   for everything ordered within n quarters of when decisions are free that some holder is to get;
//!            x[j] ≤ (1 − β) · most[j]   for what is ordered then to a share β only
//! rivalry    D[r,w] = 0   for the requirements of the other holders
//! ```

use crate::analysis::Trouble;
use crate::analysis::dependence::trace::Trace;
use crate::analysis::measure::beyond;
use crate::calendar::Month;
use crate::document::Pattern;
use crate::ids::{FundId, HolderId, MarketId, RequirementId};
use crate::model::{Model, Requirement};
use crate::problem::{Place, nearest};
use crate::program::{Column, Deed, Program};
use crate::solution::Solution;

/// How a plan differs from the first.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Change {
    /// What it is worse by: shortfalls at what they count, and discounted cost, in the base currency at
    /// base-year prices.
    pub worse: f64,
    /// What it costs more, in the base currency and money of the day.
    pub cost: f64,
    /// What it costs more, discounted, in the base currency at base-year prices.
    pub discounted: f64,
    /// What more is missing, at its value in the base currency at base-year prices.
    pub missing: f64,
    /// By how much the coverage of all requirements rises, by value.
    pub coverage: f64,
}

impl Change {
    pub(super) fn of(m: &Model, first: &Solution, now: &Solution) -> Self {
        let value = |s: &Solution| s.stages[0].value;
        Self {
            worse: beyond(value(now), value(first)),
            cost: now.cost.total - first.cost.total,
            discounted: now.cost.discounted - first.cost.discounted,
            missing: now.missing_value(m) - first.missing_value(m),
            coverage: now.mean_coverage(m) - first.mean_coverage(m),
        }
    }
}

/// What it costs to sign nothing for some time.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Delay {
    /// For how many quarters nothing new is signed.
    pub quarters: u32,
    /// The first month in which something is.
    pub until: Month,
    /// How the plan changes. `None`: no plan keeps the rules then.
    pub change: Option<Change>,
    /// The requirement that loses most by value, and how many units of its first item.
    pub victim: Option<(RequirementId, f64)>,
}

/// The month until which a delay lasts.
pub(super) fn until(m: &Model, quarters: u32) -> Result<Month, Trouble> {
    let c = &m.calendar;
    let months = i32::try_from(quarters).unwrap_or(4_000).min(4_000) * 3;
    let until = c.decide_from().plus(months);
    if quarters > 0 && until < c.end() {
        return Ok(until);
    }
    let plural = if quarters == 1 { "" } else { "s" };
    let message = format!("a delay of {quarters} quarter{plural} does not end within the calendar");
    let help = format!(
        "ask for a whole number of quarters, at least 1, that ends before {}",
        c.end()
    );
    Err(Trouble::request(message, help))
}

/// A program in which nothing that a holder is to get, and no expansion, is ordered from one month until before
/// another. What was signed earlier is on the books; a line's minimum rate goes on, and makers go on buying parts from
/// one another. Of what is ordered before the month in part only, the other part can be had.
pub(in crate::analysis) fn late(
    m: &Model,
    mut program: Program,
    (from, until): (Month, Month),
) -> Program {
    let columns: Vec<Column> = program.columns().iter().map(|c| c.name).collect();
    let c = &m.calendar;
    for column in columns {
        let Some(ordered) = program.ordered(m, column) else {
            continue;
        };
        let barred = ordered.before(c.moment(until)) - ordered.before(c.moment(from));
        if barred <= 0.0 {
            continue;
        }
        let n = program.network();
        let for_holders = |k: MarketId| !(n.markets[k].industry && n.markets[k].stocks.is_empty());
        let (least, barrable) = match column.deed(n) {
            Some(Deed::Make(make, t)) => {
                let minimum = m.lines[make.line].minimum.as_ref();
                let least = minimum.map_or(0.0, |path| (path.mean(c, t) * c.length()).value());
                (least, for_holders(make.market))
            }
            Some(Deed::Order(order, _)) => (0.0, for_holders(order.market)),
            Some(Deed::Build(..)) => (0.0, true),
            Some(Deed::Move(..) | Deed::Give(..)) | None => (0.0, false),
        };
        if !barrable {
            continue;
        }
        let free = (1.0 - barred) * program.could(m, column);
        program.limit(column, least.max(barred * least + free));
    }
    program
}

/// A program that was built but not yet solved, with everything later: for so many quarters from when decisions are
/// free nothing is signed that a holder is to get, and no expansion is ordered.
///
/// # Errors
/// A delay of no quarter, or one that does not end within the calendar.
pub fn delayed(m: &Model, program: Program, quarters: u32) -> Result<Program, Trouble> {
    let until = until(m, quarters)?;
    Ok(late(m, program, (m.calendar.decide_from(), until)))
}

/// The requirement that loses most by value from one plan to another.
pub(super) fn victim(m: &Model, first: &Solution, now: &Solution) -> Option<(RequirementId, f64)> {
    let lost = m.requirements.ids().map(|r| {
        let short = now.requirements[r].short - first.requirements[r].short;
        (r, short, short * first.program().worth(m, r))
    });
    let worst = lost.max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)))?;
    let old = first.missing_value(m);
    (beyond(old + worst.2, old) > 0.0).then_some((worst.0, worst.1))
}

/// How much some holders' requirements and all others' stand in each other's way.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Rivalry {
    /// Those holders.
    pub holders: Vec<HolderId>,
    /// Both sides: those holders, then all others.
    pub sides: [Side; 2],
    /// What every fund spends.
    pub funds: Vec<Contested>,
    /// Every requirement.
    pub requirements: Vec<Crowded>,
}

/// What a side gets together with the other and alone.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Side {
    /// Its coverage by value, together with the other side.
    pub together: f64,
    /// Its coverage by value where the other side requires nothing.
    pub alone: f64,
    /// What it is missing together, at its value in the base currency at base-year prices.
    pub missing_together: f64,
    /// What it is missing alone.
    pub missing_alone: f64,
    /// What goes into new goods for it together, through the bill of materials, in money of the day.
    pub goods_together: f64,
    /// What goes into new goods for it alone.
    pub goods_alone: f64,
    /// All that is paid where it is alone, in money of the day.
    pub cost_alone: f64,
}

/// What a fund spends over the calendar, in the base currency and money of the day.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Contested {
    /// The fund.
    pub fund: FundId,
    /// On both sides together.
    pub together: f64,
    /// On each side alone.
    pub alone: [f64; 2],
}

impl Contested {
    /// What both sides alone would spend of it beyond what they spend together: the part they compete for.
    pub fn contested(&self) -> f64 {
        (self.alone[0] + self.alone[1] - self.together).max(0.0)
    }
}

/// A requirement's coverage together with the other side and without it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Crowded {
    /// The requirement.
    pub requirement: RequirementId,
    /// Its side: 0 or 1.
    pub side: usize,
    /// Its coverage together.
    pub together: f64,
    /// Its coverage where the other side requires nothing.
    pub alone: f64,
    /// What more it gets alone, in units of its first item.
    pub units: f64,
}

/// The holders that a pattern names: `ukraine`, `uk*`, `holder.ukraine`.
pub(super) fn holders(m: &Model, text: &str) -> Result<Vec<HolderId>, Trouble> {
    let text = text.trim();
    let whole = if text.starts_with("holder.") {
        text.to_owned()
    } else {
        format!("holder.{text}")
    };
    let pattern: Option<Pattern> = whole.parse().ok();
    let place = |key: &str| Place::new(["holder", key]);
    // A key may as well be given as it is.
    let named = |key: &str| key == text || pattern.as_ref().is_some_and(|p| p.matches(&place(key)));
    let own = m.holders.iter().filter(|(_, holder)| named(&holder.key));
    let own: Vec<HolderId> = own.map(|(h, _)| h).collect();
    let requires = |requirement: &Requirement| own.contains(&requirement.holder);
    let count = m.requirements.values().filter(|r| requires(r)).count();
    let keys: Vec<&str> = m
        .holders
        .values()
        .map(|holder| holder.key.as_str())
        .collect();
    let near = nearest(text, keys.iter().copied());
    let help = match near.filter(|near| *near != text) {
        Some(near) => format!("did you mean `{near}`? `*` stands for any letters"),
        None => format!(
            "name one of `{}`; `*` stands for any letters",
            keys.join("`, `")
        ),
    };
    if count == 0 {
        let message = format!("`{text}` names no holder that requires anything");
        return Err(Trouble::request(message, help));
    }
    if count == m.requirements.len() {
        let message = format!("`{text}` names every holder that requires anything: none is left");
        return Err(Trouble::request(message, help));
    }
    Ok(own)
}

/// A program in which only one side requires anything.
pub(super) fn alone(m: &Model, mut program: Program, own: &[HolderId], side: usize) -> Program {
    for (r, requirement) in m.requirements.iter() {
        if side_of(own, requirement) == side {
            continue;
        }
        for t in m.calendar.periods() {
            program.fix(Column::Required(r, t), 0.0);
        }
    }
    program
}

fn side_of(own: &[HolderId], requirement: &Requirement) -> usize {
    usize::from(!own.contains(&requirement.holder))
}

/// What two sides do to one another: the plan for both, and the plans for each alone.
pub(super) fn rivalry(
    m: &Model,
    own: Vec<HolderId>,
    together: &Solution,
    alone: &[Solution; 2],
) -> Rivalry {
    let sides = [0, 1].map(|side| self::side(m, &own, side, together, &alone[side]));
    let spent = |s: &Solution, f: FundId| -> f64 {
        let own = s.funds.iter().filter(|year| year.fund == f);
        own.map(|year| year.spent).sum()
    };
    let funds = m.funds.ids().map(|f| Contested {
        fund: f,
        together: spent(together, f),
        alone: [spent(&alone[0], f), spent(&alone[1], f)],
    });
    let crowded = |(r, requirement): (RequirementId, &Requirement)| {
        let side = side_of(&own, requirement);
        let (both, single) = (&together.requirements[r], &alone[side].requirements[r]);
        Crowded {
            requirement: r,
            side,
            together: both.coverage(),
            alone: single.coverage(),
            units: both.short - single.short,
        }
    };
    Rivalry {
        sides,
        funds: funds.collect(),
        requirements: m.requirements.iter().map(crowded).collect(),
        holders: own,
    }
}

fn side(m: &Model, own: &[HolderId], side: usize, together: &Solution, alone: &Solution) -> Side {
    let mine = |r: &RequirementId| side_of(own, &m.requirements[*r]) == side;
    let value = |s: &Solution, r: RequirementId| s.program().worth(m, r);
    let missing = |s: &Solution| -> f64 {
        let own = m.requirements.ids().filter(mine);
        own.map(|r| s.requirements[r].short * value(s, r)).sum()
    };
    let coverage = |s: &Solution| {
        let (mut met, mut all) = (0.0, 0.0);
        for r in m.requirements.ids().filter(mine) {
            let worth = s.requirements[r].required * value(s, r);
            all += worth;
            met += worth * s.requirements[r].coverage();
        }
        if all > 0.0 { met / all } else { 1.0 }
    };
    let goods = |s: &Solution| -> f64 {
        let mut trace = Trace::weighing(m, s, |_| 1.0);
        let holders = m.holders.ids();
        let holders = holders.filter(|h| own.contains(h) == (side == 0));
        holders.map(|h| trace.cost(h).values().sum::<f64>()).sum()
    };
    Side {
        together: coverage(together),
        alone: coverage(alone),
        missing_together: missing(together),
        missing_alone: missing(alone),
        goods_together: goods(together),
        goods_alone: goods(alone),
        cost_alone: alone.cost.total,
    }
}
