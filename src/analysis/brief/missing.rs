//! The gaps that matter most, why they are there, and what helps.

use super::{Gap, Help, Request, Solves, Wait};
use crate::analysis::Trouble;
use crate::analysis::bottleneck::{self, Asked, gaps};
use crate::ids::RequirementId;
use crate::model::{Model, Need};
use crate::solution::Solution;

/// The gaps that are named, and how many others there are.
pub(super) fn of(
    asked: &Asked<'_>,
    plan: &Solution,
    request: &Request,
    solves: &mut Solves,
) -> Result<(Vec<Gap>, usize), Trouble> {
    let m = asked.model;
    let mut short = ranked(m, plan);
    let others = short.split_off(request.gaps.min(short.len())).len();
    if request.solves == 0 {
        let bare = short.into_iter().map(|r| gap(asked, plan, r, None));
        return Ok((bare.collect(), others));
    }
    // One plan is kept for waiting.
    let (found, made) = gaps(asked, &short, request.solves - 1)?;
    solves.made += made;
    let open = found.iter().filter(|gap| gap.helps.is_none());
    solves.left_out += open.map(|gap| gap.tried.1 - gap.tried.0).sum::<usize>();
    let all = found.iter();
    let all = all.map(|gap| self::gap(asked, plan, gap.requirement, Some(gap)));
    Ok((all.collect(), others))
}

/// What is not met in full: by tier, then by the value of what is missing, then in the order of the model.
fn ranked(m: &Model, plan: &Solution) -> Vec<RequirementId> {
    let mut short: Vec<RequirementId> = m.requirements.ids().collect();
    short.retain(|&r| !plan.requirements[r].is_in_full());
    let worth = |r: RequirementId| plan.requirements[r].short * plan.program().worth(m, r);
    short.sort_by(|&a, &b| {
        let tier = m.requirements[a].tier.cmp(&m.requirements[b].tier);
        tier.then(worth(b).total_cmp(&worth(a))).then(a.cmp(&b))
    });
    short
}

fn gap(
    asked: &Asked<'_>,
    plan: &Solution,
    r: RequirementId,
    found: Option<&bottleneck::Gap>,
) -> Gap {
    let (m, base) = (asked.model, asked.base);
    let (requirement, coverage) = (&m.requirements[r], &plan.requirements[r]);
    let years = m.calendar.open_years();
    let years = years.filter(|&y| !coverage.years[y].is_in_full());
    let years: Vec<i32> = years.map(|y| m.calendar.year_number(y)).collect();
    let last = m
        .calendar
        .year_number(m.calendar.year_of(m.calendar.last()));
    let causes = found.map_or(&[][..], |found| &found.causes);
    let wait = |&(cause, share): &(bottleneck::Cause, f64)| Wait {
        cause: cause.words(m, base.program()).in_quotes(),
        share,
    };
    let helps = found.and_then(|found| found.helps.as_ref());
    let (tried, all) = found.map_or((0, 0), |found| found.tried);
    Gap {
        requirement: requirement.key.clone(),
        name: requirement.name.clone(),
        holder: m.holders[requirement.holder].name.clone(),
        tier: requirement.tier,
        unit: m.items[requirement.meets[0].item].unit.clone(),
        level: matches!(requirement.need, Need::Level(_)),
        required: coverage.required,
        met: coverage.met,
        short: coverage.short,
        coverage: coverage.coverage(),
        years: [
            years.first().copied().unwrap_or(last),
            years.last().copied().unwrap_or(last),
        ],
        waits_for: causes.iter().map(wait).collect(),
        met_by_weights: found.is_some() && base.requirements[r].is_in_full(),
        helps: helps.map(|(lever, brings)| Help {
            lever: lever.words.in_quotes(),
            brings: *brings,
        }),
        tried,
        untried: all - tried,
    }
}
