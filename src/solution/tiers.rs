//! How a plan stands, tier by tier.

use super::Solution;
use crate::ids::{HolderId, RequirementId};
use crate::model::Model;

/// The requirements of a tier, from when decisions are free.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TierCoverage {
    /// The tier.
    pub tier: u32,
    /// Whose requirements they are, in the order of the model, and how many of each are met.
    pub holders: Vec<HolderCoverage>,
    /// How many there are of which anything is required.
    pub requirements: usize,
    /// How many of them are [met in full](super::Met::IN_FULL).
    pub in_full: usize,
    /// The one whose coverage is lowest, and its coverage. `None`: nothing is required.
    pub lowest: Option<(RequirementId, f64)>,
    /// The plain mean of their coverages; 1 where nothing is required.
    pub mean: f64,
}

/// The requirements of a holder in a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct HolderCoverage {
    /// The holder.
    pub holder: HolderId,
    /// How many there are of which anything is required.
    pub requirements: usize,
    /// How many of them are [met in full](super::Met::IN_FULL).
    pub in_full: usize,
}

impl TierCoverage {
    /// Whose requirements they are, in words: the holder's name; of two holders each with what is met of its own; else how
    /// many there are.
    pub fn whose(&self, m: &Model) -> String {
        let name = |own: &HolderCoverage| m.holders.get(own.holder).map_or("", |one| &one.name);
        let own: Vec<_> = self
            .holders
            .iter()
            .map(|own| (name(own), own.in_full, own.requirements))
            .collect();
        whose(&own)
    }
}

/// Holders of a tier in words, each by name, how many of its requirements are met in full, and of how many.
pub(crate) fn whose(holders: &[(&str, usize, usize)]) -> String {
    let part = |(name, met, of): (&str, usize, usize)| format!("{name} ({met} of {of})");
    match *holders {
        [(name, ..)] => name.to_owned(),
        [one, two] => format!("{} and {}", part(one), part(two)),
        _ => format!("{} holders", holders.len()),
    }
}

impl Solution {
    /// Every tier in use, the first first.
    pub fn tiers(&self, m: &Model) -> Vec<TierCoverage> {
        self.tiers_of(m, |_| true)
    }

    /// The same of the requirements of some holders: tiers in which they have none are left out.
    pub fn tiers_of(&self, m: &Model, of: impl Fn(HolderId) -> bool) -> Vec<TierCoverage> {
        let m = self.own(m);
        let own = m.requirements.values().filter(|r| of(r.holder));
        let mut tiers: Vec<u32> = own.map(|r| r.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let tiers = tiers.into_iter();
        tiers.map(|tier| self.tier(m, tier, &of)).collect()
    }

    fn tier(&self, m: &Model, tier: u32, of: impl Fn(HolderId) -> bool) -> TierCoverage {
        let own = || {
            let all = m.requirements.iter();
            all.filter(|(_, r)| r.tier == tier && of(r.holder))
        };
        let required: Vec<RequirementId> = own()
            .map(|(r, _)| r)
            .filter(|&r| self.requirements[r].required > 0.0)
            .collect();
        let covered = |&r: &RequirementId| (r, self.requirements[r].coverage());
        let count = required.len();
        let all = required.iter().map(|r| covered(r).1).sum::<f64>();
        let mean = if count > 0 {
            all / f64::from(u32::try_from(count).unwrap_or(u32::MAX))
        } else {
            1.0
        };
        let is_met = |r: &&RequirementId| self.requirements[**r].is_in_full();
        let mut holders: Vec<HolderId> = own().map(|(_, r)| r.holder).collect();
        holders.sort_unstable();
        holders.dedup();
        let holder = |holder| {
            let own = || {
                required
                    .iter()
                    .filter(|&&r| m.requirements[r].holder == holder)
            };
            HolderCoverage {
                holder,
                requirements: own().count(),
                in_full: own().filter(is_met).count(),
            }
        };
        TierCoverage {
            tier,
            holders: holders.into_iter().map(holder).collect(),
            requirements: count,
            in_full: required.iter().filter(is_met).count(),
            lowest: required
                .iter()
                .map(covered)
                .min_by(|(_, a), (_, b)| a.total_cmp(b)),
            mean,
        }
    }
}
