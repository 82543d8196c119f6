//! The gaps that matter most, why they are there, and what helps.

use super::whose::Own;
use super::{Gap, Help, Request, Solves, Waiting, decisions};
use crate::analysis::Trouble;
use crate::analysis::bottleneck::{self, Asked, Budget, gaps};
use crate::ids::RequirementId;
use crate::model::{Model, Need};
use crate::solution::Solution;
use crate::solve::Options;
use std::collections::BTreeMap;

/// What is missing: in all, of each group, and what waiting does.
pub(super) struct Missing {
    /// The gaps that are named, and how many others there are.
    pub(super) all: (Vec<Gap>, usize),
    /// The same of each group of holders.
    pub(super) groups: Vec<(Vec<Gap>, usize)>,
    /// What comes of it if nothing is signed for a quarter.
    pub(super) waiting: Option<Waiting>,
}

/// What is missing. Levers are tried for the gaps that are named of all.
pub(super) fn of(
    asked: &Asked<'_>,
    plan: &Solution,
    groups: &[Own],
    request: &Request,
    (solves, budget): (&mut Solves, &Budget),
) -> Result<Missing, Trouble> {
    let m = asked.model;
    let short = ranked(m, plan);
    let named = |own: Vec<RequirementId>| -> (Vec<RequirementId>, usize) {
        let mut own = own;
        let others = own.split_off(request.gaps.min(own.len())).len();
        (own, others)
    };
    let all = named(short.clone());
    let groups: Vec<(Vec<RequirementId>, usize)> = groups
        .iter()
        .map(|group| {
            let of = |r: &RequirementId| group.holders.contains(&m.requirements[*r].holder);
            named(short.iter().copied().filter(of).collect())
        })
        .collect();
    let mut wanted = all.0.clone();
    for &r in groups.iter().flat_map(|(own, _)| own) {
        if !wanted.contains(&r) {
            wanted.push(r);
        }
    }
    let mut waiting = None;
    let mut known: BTreeMap<RequirementId, Gap> = BTreeMap::new();
    if request.solves == 0 {
        known.extend(wanted.iter().map(|&r| (r, gap(asked, plan, r, None))));
    } else {
        let can_wait = decisions::can_wait(m);
        // One plan is kept for waiting.
        let budget = Budget {
            solves: budget.solves.saturating_sub(usize::from(can_wait)),
            ..*budget
        };
        let wait = |options: &Options| decisions::waiting(asked, options);
        let found = gaps(
            asked,
            (&wanted, all.0.len()),
            &budget,
            can_wait.then_some(&wait),
        )?;
        solves.made += found.made + usize::from(can_wait && found.also.is_some());
        solves.out_of_time |= found.late;
        let open = found.gaps.iter().filter(|gap| gap.helps.is_none());
        solves.left_out += open.map(|gap| gap.tried.1 - gap.tried.0).sum::<usize>();
        waiting = found.also.flatten();
        let own = found.gaps.iter();
        known.extend(own.map(|own| {
            let r = own.requirement;
            (r, gap(asked, plan, r, Some(own)))
        }));
    }
    let told = |(own, others): &(Vec<RequirementId>, usize)| {
        let gaps = own.iter().filter_map(|r| known.get(r).cloned());
        (gaps.collect(), *others)
    };
    Ok(Missing {
        all: told(&all),
        groups: groups.iter().map(told).collect(),
        waiting,
    })
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
    let wait = |&(cause, share): &(bottleneck::Cause, f64)| super::Wait {
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
