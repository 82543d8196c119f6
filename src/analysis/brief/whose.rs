//! Whose requirements they are: groups of holders, each of which can be looked at by itself.
//!
//! Nothing here knows who a holder is. Those who have requirements of the first tier come first; the others are one group,
//! called by the smallest bloc that all their countries belong to and that no country of the first does; then each by
//! itself.

use super::Group;
use crate::ids::{HolderId, Id, RegionId};
use crate::model::Model;
use crate::solution::Solution;

/// A group of holders.
pub(super) struct Own {
    pub(super) name: String,
    pub(super) holders: Vec<HolderId>,
}

/// The groups of a model; none where one holder has all requirements.
pub(super) fn groups(m: &Model, s: &Solution) -> Vec<Own> {
    let wanted = m.requirements.iter();
    let wanted = wanted.filter(|(r, _)| s.requirements[*r].required > 0.0);
    let mut all: Vec<(u32, HolderId)> = wanted.map(|(_, r)| (r.tier, r.holder)).collect();
    all.sort_unstable();
    let Some(&(top, _)) = all.first() else {
        return Vec::new();
    };
    let mut first: Vec<HolderId> = Vec::new();
    let mut others: Vec<HolderId> = Vec::new();
    for (tier, holder) in all {
        let seen = first.contains(&holder) || others.contains(&holder);
        match (seen, tier == top) {
            (true, _) => {}
            (false, true) => first.push(holder),
            (false, false) => others.push(holder),
        }
    }
    if first.len() + others.len() < 2 {
        return Vec::new();
    }
    let mut singles = [first.clone(), others.clone()].concat();
    singles.sort_unstable();
    let mut groups = Vec::new();
    if !others.is_empty() {
        if first.len() > 1 {
            groups.push(Own {
                name: format!("Holders of tier {top}"),
                holders: first.clone(),
            });
        } else {
            singles.retain(|holder| !first.contains(holder));
            groups.extend(first.iter().map(|&holder| alone(m, holder)));
        }
        if others.len() > 1 {
            groups.push(Own {
                name: bloc(m, &others, &first).unwrap_or_else(|| "Others".into()),
                holders: others,
            });
        }
    }
    groups.extend(singles.into_iter().map(|holder| alone(m, holder)));
    groups
}

fn alone(m: &Model, holder: HolderId) -> Own {
    Own {
        name: m.holders[holder].name.clone(),
        holders: vec![holder],
    }
}

/// The smallest bloc that the countries of some holders belong to, all that have one, and none of others' does.
fn bloc(m: &Model, own: &[HolderId], others: &[HolderId]) -> Option<String> {
    let countries = |holders: &[HolderId]| -> Vec<RegionId> {
        let countries = holders.iter().filter_map(|&h| m.holders[h].country);
        countries.collect()
    };
    let (own, others) = (countries(own), countries(others));
    let within = |country: &RegionId, bloc: RegionId| m.regions[*country].blocs.contains(&bloc);
    let size = |bloc: RegionId| m.regions.ids().filter(|r| within(r, bloc)).count();
    let blocs = m.regions.ids().filter(|&bloc| {
        m.is_bloc(bloc)
            && !own.is_empty()
            && own.iter().all(|country| within(country, bloc))
            && !others.iter().any(|country| within(country, bloc))
    });
    let smallest = blocs.min_by_key(|&bloc| (size(bloc), bloc.position()))?;
    Some(m.regions[smallest].name.clone())
}

impl Group {
    /// Whether a holder, by name, belongs to it.
    pub fn has(&self, holder: &str) -> bool {
        self.holders.iter().any(|own| own == holder)
    }
}
