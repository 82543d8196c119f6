//! What has to be decided within a year, and what it costs to wait.

use super::{Build, Decision, Decisions, Loss, Order, Waiting};
use crate::analysis::Trouble;
use crate::analysis::bottleneck::Asked;
use crate::analysis::funding::late;
use crate::calendar::Month;
use crate::dotted::joined;
use crate::ids::{Id, ItemId, LineId, MarketId, PeriodId, RequirementId, SupplierId};
use crate::model::Model;
use crate::program::Deed;
use crate::solution::{self, Solution};
use crate::solve::{Failure, Options, solve_program};
use std::collections::BTreeMap;

/// How many expansions and how many purchases are named.
const NAMED: usize = 3;
/// For how many months decisions are listed.
const AHEAD: i32 = 12;
/// How many months are waited.
const QUARTER: i32 = 3;
/// What loses less than this share of what is required loses nothing.
const NOT_FELT: f64 = 1e-3;
/// Less than this of a purchase, in its unit, is none.
const NO_PURCHASE: f64 = 0.5;

/// Expansions and purchases of the first twelve months in which decisions are free.
pub(super) fn of(m: &Model, s: &Solution) -> Decisions {
    let c = &m.calendar;
    let until = until(m);
    let builds = builds(m, s);
    let build = |build: &&solution::Build| {
        let option = &m.expansions[build.expansion];
        Build {
            line: m.lines[option.line].name.clone(),
            expansion: option.name.clone(),
            key: expansion_key(m, build),
            ordered: c.label(build.ordered),
            opens: option.opens(c, build.ordered).map(|t| c.label(t)),
            taken: build.taken,
            cost: build.cost_of_the_day,
        }
    };
    let signed = signed(m, s);
    let order = |(key, own): &(&(Seller, ItemId), &Signed)| {
        let (from, i) = **key;
        let label = |t: Option<&PeriodId>| t.map_or(String::new(), |&t| c.label(t));
        Order {
            from: from.name(m).to_owned(),
            key: from.key(m),
            item: m.items[i].name.clone(),
            unit: m.items[i].unit.clone(),
            quantity: own.quantity(),
            signed: [
                label(own.parts.keys().next()),
                label(own.parts.keys().next_back()),
            ],
        }
    };
    let mut orders: Vec<_> = signed.iter().collect();
    let worth =
        |(key, own): &(&(Seller, ItemId), &Signed)| own.quantity() * s.program().item_value(key.1);
    orders.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.0.cmp(b.0)));
    Decisions {
        until: until.plus(-1).to_string(),
        builds: builds.iter().take(NAMED).map(build).collect(),
        all_builds: builds.len(),
        builds_cost: builds.iter().map(|build| build.cost_of_the_day).sum(),
        orders: orders.iter().take(NAMED).map(order).collect(),
        all_orders: orders.len(),
        waiting: None,
    }
}

/// The first month after those in which decisions are listed.
fn until(m: &Model) -> Month {
    m.calendar.decide_from().plus(AHEAD).min(m.calendar.end())
}

/// What a plan decides in the twelve months after decisions are free, by period, then by what it is worth.
///
/// ```
/// # use sinews::analysis::brief::calendar;
/// let model = sinews::read("models/shells.toml")?;
/// let plan = sinews::solve(&model, &Default::default())?;
/// let all = calendar(&model, &plan);
/// assert!(all.is_sorted_by_key(|decision| decision.period));
/// assert!(all.iter().any(|decision| decision.what == "second-mill"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn calendar(m: &Model, s: &Solution) -> Vec<Decision> {
    let m = s.own(m);
    let c = &m.calendar;
    let mut all: Vec<Decision> = Vec::new();
    for build in builds(m, s) {
        let option = &m.expansions[build.expansion];
        all.push(Decision {
            period: build.ordered,
            from: m.lines[option.line].name.clone(),
            what: option.name.clone(),
            key: expansion_key(m, build),
            quantity: build.taken,
            unit: None,
            ready: option.opens(c, build.ordered),
            worth: build.cost_of_the_day,
        });
    }
    for (&(from, i), own) in &signed(m, s) {
        for (&t, &(quantity, ready)) in &own.parts {
            all.push(Decision {
                period: t,
                from: from.name(m).to_owned(),
                what: m.items[i].name.clone(),
                key: from.key(m),
                quantity,
                unit: Some(m.items[i].unit.clone()),
                ready: Some(ready),
                worth: quantity * s.program().item_value(i),
            });
        }
    }
    // Kept in the order of the model where two are worth the same.
    all.sort_by(|a, b| {
        let when = a.period.position().cmp(&b.period.position());
        when.then(b.worth.total_cmp(&a.worth))
    });
    all
}

/// The name by which `explain` knows an expansion.
fn expansion_key(m: &Model, build: &solution::Build) -> String {
    let option = &m.expansions[build.expansion];
    joined(["line", &m.lines[option.line].key, "expansion", &option.key])
}

/// The expansions that are ordered in these months, the dearest first.
fn builds<'a>(m: &Model, s: &'a Solution) -> Vec<&'a solution::Build> {
    let (c, until) = (&m.calendar, until(m));
    let felt = s.builds.iter();
    let felt = felt.filter(|build| build.taken > solution::Build::TRACE);
    let mut builds: Vec<&solution::Build> = felt
        .filter(|build| !c.is_past(build.ordered) && c.first_month(build.ordered) < until)
        .collect();
    builds.sort_by(|a, b| {
        let cost = b.cost_of_the_day.total_cmp(&a.cost_of_the_day);
        cost.then((a.expansion, a.ordered).cmp(&(b.expansion, b.ordered)))
    });
    builds
}

/// Who sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seller {
    Line(LineId),
    Supplier(SupplierId),
}

impl Seller {
    fn name(self, m: &Model) -> &str {
        match self {
            Self::Line(l) => &m.lines[l].name,
            Self::Supplier(q) => &m.suppliers[q].name,
        }
    }

    /// The name by which `explain` knows it.
    fn key(self, m: &Model) -> String {
        match self {
            Self::Line(l) => joined(["line", m.lines[l].key.as_str()]),
            Self::Supplier(q) => joined(["supplier", m.suppliers[q].key.as_str()]),
        }
    }
}

/// What is signed for, by the period in which it is, and the last period in which that is delivered.
#[derive(Default)]
struct Signed {
    parts: BTreeMap<PeriodId, (f64, PeriodId)>,
}

impl Signed {
    fn quantity(&self) -> f64 {
        self.parts.values().map(|(quantity, _)| quantity).sum()
    }
}

/// What holders' purchases are signed for in these months.
fn signed(m: &Model, s: &Solution) -> BTreeMap<(Seller, ItemId), Signed> {
    let (program, c) = (s.program(), &m.calendar);
    let n = program.network();
    let for_holders = |k: MarketId| !(n.markets[k].industry && n.markets[k].stocks.is_empty());
    let until = until(m);
    let listed = |t: &PeriodId| !c.is_past(*t) && c.first_month(*t) < until;
    let listed: Vec<PeriodId> = c.periods().filter(listed).collect();
    let mut found: BTreeMap<(Seller, ItemId), Signed> = BTreeMap::new();
    let columns = program.columns().iter();
    for column in columns.map(|data| data.name) {
        let (from, market, delivered) = match column.deed(n) {
            Some(Deed::Make(make, t)) => (Seller::Line(make.line), make.market, t),
            Some(Deed::Order(order, t)) => (Seller::Supplier(order.supplier), order.market, t),
            Some(Deed::Build(..) | Deed::Move(..) | Deed::Give(..)) | None => continue,
        };
        let bought = for_holders(market).then(|| program.ordered(m, column));
        let (Some(stretch), much) = (bought.flatten(), s.value(column)) else {
            continue;
        };
        if much <= 0.0 {
            continue;
        }
        let item = n.markets[market].item;
        for &t in &listed {
            let own = c.stretch(t);
            let share = stretch.before(own.end()) - stretch.before(own.start());
            if share > 0.0 {
                let signed = found.entry((from, item)).or_default();
                let part = signed.parts.entry(t).or_insert((0.0, delivered));
                part.0 += share * much;
                part.1 = part.1.max(delivered);
            }
        }
    }
    found.retain(|_, signed| signed.quantity() >= NO_PURCHASE);
    found
}

/// Whether there is anything after the quarter that is waited.
pub(super) fn can_wait(m: &Model) -> bool {
    m.calendar.decide_from().plus(QUARTER) < m.calendar.end()
}

/// What comes of it if nothing is signed for a quarter. `None`: there is no such plan.
pub(super) fn waiting(asked: &Asked<'_>, options: &Options) -> Result<Option<Waiting>, Trouble> {
    let (m, base) = (asked.model, asked.base);
    let from = m.calendar.decide_from();
    let until = from.plus(QUARTER);
    let program = late(m, base.program().clone(), (from, until));
    let now = match solve_program(m, program, options) {
        Ok(now) => now,
        Err(failure @ (Failure::Cancelled | Failure::TimeLimit)) => return Err(failure.into()),
        Err(_) => return Ok(None),
    };
    let (before, after) = (base.tiers(m), now.tiers(m));
    let tiers = before.iter().zip(&after);
    Ok(Some(Waiting {
        until: until.to_string(),
        in_full: tiers
            .map(|(before, after)| (before.tier, before.in_full, after.in_full))
            .collect(),
        loses: loses(m, base, &now),
    }))
}

/// What loses most: of the first tier in which anything loses, by value.
fn loses(m: &Model, base: &Solution, now: &Solution) -> Option<Loss> {
    let lost = |r: RequirementId| now.requirements[r].short - base.requirements[r].short;
    let felt = |r: &RequirementId| lost(*r) > NOT_FELT * base.requirements[*r].required;
    let worth = |r: RequirementId| lost(r) * base.program().worth(m, r);
    let worst = m.requirements.ids().filter(felt).min_by(|&a, &b| {
        let tier = m.requirements[a].tier.cmp(&m.requirements[b].tier);
        tier.then(worth(b).total_cmp(&worth(a))).then(a.cmp(&b))
    })?;
    let requirement = &m.requirements[worst];
    Some(Loss {
        requirement: requirement.key.clone(),
        name: requirement.name.clone(),
        tier: requirement.tier,
        unit: m.items[requirement.meets[0].item].unit.clone(),
        units: lost(worst),
    })
}
