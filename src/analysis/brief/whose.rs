//! Whose requirements they are: groups of holders, each of which can be looked at by itself.
//!
//! Nothing here knows who a holder is. The one who has most of the requirements of the first tier comes first, if it has
//! more than half of them; the others are one group, called by the smallest bloc that all their countries belong to and the
//! country of the first does not; then each by itself.

use super::Group;
use crate::ids::{HolderId, RegionId};
use crate::model::Model;
use crate::solution::Solution;
use std::cmp::Reverse;

/// A group of holders.
pub(super) struct Own {
    pub(super) name: String,
    pub(super) holders: Vec<HolderId>,
}

/// The groups of a model; none where one holder has all requirements.
pub(super) fn groups(m: &Model, s: &Solution) -> Vec<Own> {
    let wanted = m.requirements.iter();
    let wanted = wanted.filter(|(r, _)| s.requirements[*r].required > 0.0);
    let wanted: Vec<(u32, HolderId)> = wanted.map(|(_, r)| (r.tier, r.holder)).collect();
    let mut all: Vec<HolderId> = wanted.iter().map(|&(_, holder)| holder).collect();
    all.sort_unstable();
    all.dedup();
    if all.len() < 2 {
        return Vec::new();
    }
    let mut groups = Vec::new();
    if let Some(first) = first(&wanted, &all) {
        all.retain(|&holder| holder != first);
        groups.push(alone(m, first));
        if all.len() > 1 {
            groups.push(Own {
                name: bloc(m, &all, &[first]).unwrap_or_else(|| "Others".into()),
                holders: all.clone(),
            });
        }
    }
    groups.extend(all.into_iter().map(|holder| alone(m, holder)));
    groups
}

/// The holder that has more than half of the requirements of the first tier.
fn first(wanted: &[(u32, HolderId)], all: &[HolderId]) -> Option<HolderId> {
    let top = wanted.iter().map(|&(tier, _)| tier).min()?;
    let count = |holder: HolderId| wanted.iter().filter(|&&own| own == (top, holder)).count();
    let most = all.iter().rev().max_by_key(|&&holder| count(holder))?;
    let of = wanted.iter().filter(|&&(tier, _)| tier == top).count();
    (2 * count(*most) > of).then_some(*most)
}

fn alone(m: &Model, holder: HolderId) -> Own {
    let own = &m.holders[holder];
    let alike = m.holders.values().filter(|other| other.name == own.name);
    Own {
        name: if alike.count() > 1 {
            format!("{} ({})", own.name, own.key)
        } else {
            own.name.clone()
        },
        holders: vec![holder],
    }
}

/// The smallest bloc that the countries of some holders belong to, all that have one, and none of others' does; of two
/// that are as small, the one that the first of these countries names last.
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
    let named = |bloc: RegionId| {
        let first = own.first().map(|&country| m.regions[country].blocs.iter());
        first.and_then(|mut blocs| blocs.position(|&other| other == bloc))
    };
    let smallest = blocs.min_by_key(|&bloc| (size(bloc), Reverse(named(bloc))))?;
    Some(m.regions[smallest].name.clone())
}

impl Group {
    /// Whether a holder, by its key, belongs to it.
    pub fn has(&self, holder: &str) -> bool {
        self.holders.iter().any(|own| own == holder)
    }
}
