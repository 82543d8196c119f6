//! What goods contain of a component: how much of it, and in which periods that is taken in.
//!
//! ```text
//! κ[c,m,t,τ]  =  Σ_i a[i,m] / yield · Σ_θ α[cycle[m],θ,τ] · κ[c,i,t,θ],     κ[c,c,t,t] = 1
//! κ[c,i,t,θ]  =  that of the line that makes i:  Σ_{t' ≥ t} κ[c,i,t',θ]  =  max_{l of i} Σ_{t' ≥ t} κ[c,l,t',θ]  for every t
//! ```
//!
//! `κ[c,m,t,τ]` is how many of a component are taken in in `t` for one unit that is made in `τ`, level by level, as the
//! [balance](super::balance) counts it: what was taken in before the calendar starts is in none, and what is taken in for
//! output after its end follows the output of the last period. A part is made when it is taken in, or before. Of a part that
//! lines make with different yields the most counts, of one that they make with different cycles the latest.

use super::balance::output_of;
use crate::ids::{Id, ItemId, PeriodId, Table};
use crate::model::{Line, Model};
use std::collections::BTreeMap;

/// How many of a component are taken in in each period for one unit that is used or made in each.
pub(super) type Taken = Table<PeriodId, BTreeMap<PeriodId, f64>>;

/// What is less is rounding.
const NOTHING: f64 = 1e-12;

/// What is in one of each item of a component.
pub(super) struct Content<'m> {
    m: &'m Model,
    component: ItemId,
    known: Table<ItemId, Option<Taken>>,
}

impl<'m> Content<'m> {
    pub(super) fn of(m: &'m Model, component: ItemId) -> Self {
        Self {
            m,
            component,
            known: m.items.map(|_| None),
        }
    }

    /// Whether there is any in an item, or it is the component itself.
    pub(super) fn is_in(&self, item: ItemId) -> bool {
        item == self.component || self.m.contains(item, self.component)
    }

    /// In what a line makes, by the period of its output.
    pub(super) fn in_made(&mut self, line: &Line, product: ItemId) -> Taken {
        let mut taken = self.nothing();
        let needs = &self.m.items[product].needs;
        for need in needs {
            let each = need.amount.value() / line.yield_share.value();
            let part = self.in_part(need.item);
            for used in part.ids() {
                for (made, share) in output_of(&self.m.calendar, used, line.cycle) {
                    for (&when, amount) in &part[used] {
                        *taken[made].entry(when).or_insert(0.0) += each * share * amount;
                    }
                }
            }
        }
        taken
    }

    /// In one of an item from any line, by the period in which it is used: the most, and the latest.
    pub(super) fn in_part(&mut self, item: ItemId) -> Taken {
        if let Some(known) = &self.known[item] {
            return known.clone();
        }
        let m = self.m;
        let taken = if item == self.component {
            let own = |t: PeriodId| BTreeMap::from([(t, 1.0)]);
            m.calendar.periods().map(own).collect()
        } else if self.is_in(item) {
            let makers = m.lines.values();
            let makers = makers.filter(|line| line.products.iter().any(|p| p.item == item));
            let all: Vec<Taken> = makers.map(|line| self.in_made(line, item)).collect();
            let each = |t: PeriodId| latest(&all.iter().map(|one| &one[t]).collect::<Vec<_>>());
            m.calendar.periods().map(each).collect()
        } else {
            self.nothing()
        };
        self.known[item] = Some(taken.clone());
        taken
    }

    fn nothing(&self) -> Taken {
        let periods = self.m.calendar.periods();
        periods.map(|_| BTreeMap::new()).collect()
    }
}

/// As much from each period on as there is in any of them.
fn latest(all: &[&BTreeMap<PeriodId, f64>]) -> BTreeMap<PeriodId, f64> {
    let Some((first, others)) = all.split_first() else {
        return BTreeMap::new();
    };
    if others.iter().all(|other| other == first) {
        return (*first).clone();
    }
    let last = all.iter().filter_map(|one| one.last_key_value());
    let last = last.map(|(t, _)| t.position() + 1).max().unwrap_or(0);
    let mut from = vec![0.0; all.len()];
    let (mut most, mut found) = (0.0_f64, BTreeMap::new());
    for t in (0..last).rev().map(PeriodId::at) {
        for (so_far, one) in from.iter_mut().zip(all) {
            *so_far += one.get(&t).copied().unwrap_or(0.0);
        }
        let now = from.iter().copied().fold(most, f64::max);
        if now > most + NOTHING {
            found.insert(t, now - most);
            most = now;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_period(amounts: &[(usize, f64)]) -> BTreeMap<PeriodId, f64> {
        let amounts = amounts.iter().map(|&(t, n)| (PeriodId::at(t), n));
        amounts.collect()
    }

    /// Two lines make the same part: one takes in 2 units of what it needs at once, the other 1 two periods later. From the
    /// third period on one may be needed, from the first on two.
    #[test]
    fn of_lines_with_other_cycles_the_most_counts_from_each_period_on() {
        let (early, late) = (by_period(&[(0, 2.0)]), by_period(&[(2, 1.0)]));
        let both = by_period(&[(0, 1.0), (2, 1.0)]);
        assert_eq!(latest(&[&early, &late]), both);
        assert_eq!(latest(&[&late, &early]), both);
        assert_eq!(latest(&[&early, &early]), early);
        assert_eq!(latest(&[&late, &by_period(&[])]), late);
        assert_eq!(latest(&[]), by_period(&[]));
    }
}
