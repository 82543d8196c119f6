//! In what order things stand in tables: by tier, holder and what is missing, not by where they stand in a file.

use crate::ids::{HolderId, ItemId, RequirementId};
use crate::model::Model;
use crate::solution::Solution;
use std::collections::{BTreeMap, VecDeque};

/// The order of a plan's things.
pub(super) struct Order {
    /// Requirements: by tier, then the holder that lacks most by value in it, then what lacks most by value.
    pub(super) requirements: Vec<RequirementId>,
    holders: BTreeMap<HolderId, usize>,
    items: BTreeMap<ItemId, usize>,
}

impl Order {
    pub(super) fn of(m: &Model, s: &Solution) -> Self {
        let requirements = requirements(m, s);
        let mut holders = BTreeMap::new();
        let mut items = BTreeMap::new();
        for &r in &requirements {
            let next = holders.len();
            holders.entry(m.requirements[r].holder).or_insert(next);
            // A good stands before what goes into it.
            let accepted = m.requirements[r].meets.iter().map(|own| own.item);
            let mut open: VecDeque<ItemId> = accepted.collect();
            while let Some(i) = open.pop_front() {
                if items.contains_key(&i) {
                    continue;
                }
                items.insert(i, items.len());
                open.extend(m.items[i].needs.iter().map(|need| need.item));
            }
        }
        Self {
            requirements,
            holders,
            items,
        }
    }

    /// The rank of a holder; those that require nothing stand last.
    pub(super) fn holder(&self, h: HolderId) -> usize {
        self.holders.get(&h).copied().unwrap_or(usize::MAX)
    }

    /// The rank of an item: of the first requirement that it serves; what serves none stands last.
    pub(super) fn item(&self, i: ItemId) -> usize {
        self.items.get(&i).copied().unwrap_or(usize::MAX)
    }
}

fn requirements(m: &Model, s: &Solution) -> Vec<RequirementId> {
    let lacks = |r: RequirementId| {
        let coverage = &s.requirements[r];
        if coverage.is_in_full() {
            return 0.0;
        }
        coverage.short * s.program().worth(m, r)
    };
    let mut holders: BTreeMap<(u32, HolderId), f64> = BTreeMap::new();
    for (r, requirement) in m.requirements.iter() {
        *holders
            .entry((requirement.tier, requirement.holder))
            .or_insert(0.0) += lacks(r);
    }
    let mut all: Vec<RequirementId> = m.requirements.ids().collect();
    all.sort_by(|&a, &b| {
        let key = |r: RequirementId| (m.requirements[r].tier, m.requirements[r].holder);
        let by_tier = key(a).0.cmp(&key(b).0);
        let by_holder = holders[&key(b)].total_cmp(&holders[&key(a)]);
        by_tier
            .then(by_holder)
            .then(key(a).1.cmp(&key(b).1))
            .then(lacks(b).total_cmp(&lacks(a)))
            .then(a.cmp(&b))
    });
    all
}
