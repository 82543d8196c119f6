//! What has to be decided within a year, and what it costs to wait.

use super::{Build, Decisions, Loss, Order, Solves, Waiting};
use crate::analysis::Trouble;
use crate::analysis::bottleneck::Asked;
use crate::analysis::funding::late;
use crate::ids::{MarketId, RequirementId};
use crate::model::Model;
use crate::program::Deed;
use crate::solution::{self, Solution};
use crate::solve::{Failure, solve_program};
use std::collections::BTreeMap;

/// How many expansions and how many purchases are named.
const NAMED: usize = 3;
/// For how many months decisions are listed.
const AHEAD: i32 = 12;
/// How many months are waited.
const QUARTER: i32 = 3;
/// What loses less than this share of what is required loses nothing.
const NOT_FELT: f64 = 1e-3;

/// Expansions and purchases of the first twelve months in which decisions are free.
pub(super) fn of(m: &Model, s: &Solution) -> Decisions {
    let c = &m.calendar;
    let until = c.decide_from().plus(AHEAD);
    let felt = s.builds.iter();
    let felt = felt.filter(|build| build.taken > solution::Build::TRACE);
    let mut builds: Vec<&solution::Build> = felt
        .filter(|build| !c.is_past(build.ordered) && c.first_month(build.ordered) < until)
        .collect();
    builds.sort_by(|a, b| {
        let cost = b.cost_of_the_day.total_cmp(&a.cost_of_the_day);
        cost.then((a.expansion, a.ordered).cmp(&(b.expansion, b.ordered)))
    });
    let build = |build: &&solution::Build| {
        let option = &m.expansions[build.expansion];
        Build {
            line: m.lines[option.line].name.clone(),
            expansion: option.name.clone(),
            ordered: c.label(build.ordered),
            opens: option.opens(c, build.ordered).map(|t| c.label(t)),
            taken: build.taken,
            cost: build.cost_of_the_day,
        }
    };
    let mut orders = signed(m, s);
    let all_orders = orders.len();
    orders.truncate(NAMED);
    Decisions {
        until: until.plus(-1).min(c.end().plus(-1)).to_string(),
        builds: builds.iter().take(NAMED).map(build).collect(),
        all_builds: builds.len(),
        builds_cost: builds.iter().map(|build| build.cost_of_the_day).sum(),
        orders: orders.into_iter().map(|(_, order)| order).collect(),
        all_orders,
        waiting: None,
    }
}

/// What holders' purchases are signed for in these months, the most valuable first.
fn signed(m: &Model, s: &Solution) -> Vec<(f64, Order)> {
    let (program, c) = (s.program(), &m.calendar);
    let n = program.network();
    let for_holders = |k: MarketId| !(n.markets[k].industry && n.markets[k].stocks.is_empty());
    let ends = [c.decide_from(), c.decide_from().plus(AHEAD)].map(|month| c.moment(month));
    let mut found: BTreeMap<(String, crate::ids::ItemId), f64> = BTreeMap::new();
    let columns = program.columns().iter();
    for column in columns.map(|data| data.name) {
        let (from, market) = match column.deed(n) {
            Some(Deed::Make(make, _)) => (&m.lines[make.line].name, make.market),
            Some(Deed::Order(order, _)) => (&m.suppliers[order.supplier].name, order.market),
            Some(Deed::Build(..) | Deed::Move(..) | Deed::Give(..)) | None => continue,
        };
        let bought = for_holders(market).then(|| program.ordered(m, column));
        let Some(stretch) = bought.flatten() else {
            continue;
        };
        let part = stretch.before(ends[1]) - stretch.before(ends[0]);
        let much = part * s.value(column);
        if much > 0.0 {
            let item = n.markets[market].item;
            *found.entry((from.clone(), item)).or_insert(0.0) += much;
        }
    }
    let mut orders: Vec<(f64, Order)> = found
        .into_iter()
        .filter(|(_, quantity)| *quantity >= 0.5)
        .map(|((from, i), quantity)| {
            let item = &m.items[i];
            let order = Order {
                from,
                item: item.name.clone(),
                unit: item.unit.clone(),
                quantity,
            };
            (quantity * program.item_value(i), order)
        })
        .collect();
    orders.sort_by(|a, b| b.0.total_cmp(&a.0));
    orders
}

/// What comes of it if nothing is signed for a quarter. `None`: there is no such plan, or no time for it.
pub(super) fn waiting(asked: &Asked<'_>, solves: &mut Solves) -> Result<Option<Waiting>, Trouble> {
    let (m, base) = (asked.model, asked.base);
    let from = m.calendar.decide_from();
    let until = from.plus(QUARTER);
    if until >= m.calendar.end() {
        return Ok(None);
    }
    let program = late(m, base.program().clone(), (from, until));
    solves.made += 1;
    let now = match solve_program(m, program, asked.options) {
        Ok(now) => now,
        Err(Failure::Cancelled) => return Err(Failure::Cancelled.into()),
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
        name: requirement.name.clone(),
        tier: requirement.tier,
        unit: m.items[requirement.meets[0].item].unit.clone(),
        units: lost(worst),
    })
}
