//! How each tier stands.

use super::{HolderStanding, Lowest, Standing};
use crate::analysis::outlook::Intervals;
use crate::ids::{HolderId, RequirementId, YearId};
use crate::model::Model;
use crate::solution::{Solution, TierCoverage};

/// Every tier in which anything is required, the first first.
pub(super) fn of(m: &Model, s: &Solution, intervals: Option<&Intervals>) -> Vec<Standing> {
    let tiers = s.tiers(m).into_iter();
    let tiers = tiers.filter(|tier| tier.requirements > 0);
    tiers.map(|tier| standing(m, s, &tier, intervals)).collect()
}

/// The same of some holders alone. What samples say is kept of whole tiers: of these it is not known.
pub(super) fn of_holders(m: &Model, s: &Solution, holders: &[HolderId]) -> Vec<Standing> {
    let tiers = s
        .tiers_of(m, |holder| holders.contains(&holder))
        .into_iter();
    let tiers = tiers.filter(|tier| tier.requirements > 0);
    tiers.map(|tier| standing(m, s, &tier, None)).collect()
}

fn standing(
    m: &Model,
    s: &Solution,
    tier: &TierCoverage,
    intervals: Option<&Intervals>,
) -> Standing {
    let own = m.requirements.iter();
    let whose = |h: HolderId| tier.holders.iter().any(|own| own.holder == h);
    let own = own.filter(|(r, one)| {
        one.tier == tier.tier && whose(one.holder) && s.requirements[*r].required > 0.0
    });
    let own: Vec<RequirementId> = own.map(|(r, _)| r).collect();
    let in_full = |r: RequirementId, y: YearId| s.requirements[r].years[y].is_in_full();
    let every_year = |r: &&RequirementId| m.calendar.open_years().all(|y| in_full(**r, y));
    let late = m.calendar.open_years().rev();
    let all = late.take_while(|&y| own.iter().all(|&r| in_full(r, y)));
    Standing {
        tier: tier.tier,
        holders: tier
            .holders
            .iter()
            .map(|own| HolderStanding {
                name: m.holders[own.holder].name.clone(),
                requirements: own.requirements,
                in_full: own.in_full,
            })
            .collect(),
        requirements: tier.requirements,
        in_full: tier.in_full,
        every_year: own.iter().filter(every_year).count(),
        all_from: all.last().map(|y| m.calendar.year_number(y)),
        lowest: tier.lowest.map(|(r, coverage)| Lowest {
            requirement: m.requirements[r].key.clone(),
            name: m.requirements[r].name.clone(),
            coverage,
        }),
        sampled: intervals.map_or_else(Vec::new, |own| own.of_tier(tier.tier).cloned().collect()),
    }
}
