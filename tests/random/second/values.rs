//! What a missing unit counts.

use super::Second;
use sinews::ids::{Id, ItemId, RequirementId};
use sinews::model::{Measure, Need, ObjectiveKind, UnitPrice, Unmet};

impl Second<'_> {
    /// What each tier's shortfalls count, the first tier first.
    pub(super) fn tiers(&self, kind: ObjectiveKind) -> Vec<Vec<(usize, f64)>> {
        let m = self.m;
        let mut tiers: Vec<u32> = m.requirements.values().map(|r| r.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let mut aims = Vec::new();
        for (position, tier) in tiers.iter().enumerate() {
            let own: Vec<RequirementId> = m
                .requirements
                .iter()
                .filter(|(_, r)| r.tier == *tier)
                .map(|(r, _)| r)
                .collect();
            let after = i32::try_from(tiers.len() - position).unwrap_or(1);
            let times = match kind {
                ObjectiveKind::Weighted => m.objective.shortfall_value.value().powi(after),
                _ => 1.0,
            };
            let mut aim = Vec::new();
            for &r in &own {
                let each = match m.objective.measure {
                    Measure::Value => m.requirements[r].weight * self.value_of(r),
                    Measure::Share => self.share(&own, r),
                };
                for t in 0..self.end() {
                    if let Some(&short) = self.short.get(&(r.position(), t)) {
                        aim.push((short, times * each * self.weight(t) * self.lasts(r, t)));
                    }
                }
            }
            aims.push(aim);
        }
        aims
    }

    /// The share by which a tier is missing, in money: a unit of one of its requirements.
    fn share(&self, tier: &[RequirementId], r: RequirementId) -> f64 {
        let basket: f64 = tier.iter().map(|&r| self.basket(r)).sum();
        let weights: f64 = tier.iter().map(|&r| self.m.requirements[r].weight).sum();
        let missing = self.all_missing(r, |t| self.weight(t));
        if missing > 0.0 {
            basket * self.m.requirements[r].weight / weights / missing
        } else {
            0.0
        }
    }

    /// All that is required, at its value; of a level, its highest.
    fn basket(&self, r: RequirementId) -> f64 {
        let c = &self.m.calendar;
        let amount = match &self.m.requirements[r].need {
            Need::Flow(flow) => c
                .periods()
                .map(|t| (flow.mean(c, t) * c.length()).value())
                .sum::<f64>(),
            Need::Level(level) => c
                .periods()
                .map(|t| level.closing(c, t).value())
                .fold(0.0, f64::max),
        };
        amount * self.value_of(r)
    }

    fn value_of(&self, r: RequirementId) -> f64 {
        self.value(self.m.requirements[r].meets[0].item)
    }

    /// What is counted if all of a requirement is missing.
    fn all_missing(&self, r: RequirementId, weight: impl Fn(usize) -> f64) -> f64 {
        let mut waiting = 0.0;
        let mut sum = 0.0;
        for t in (0..self.end()).filter(|&t| self.window(r, t).is_some()) {
            let required = self.required(r, t);
            waiting = if self.waits(r) {
                waiting + required
            } else {
                required
            };
            sum += weight(t) * self.lasts(r, t) * waiting;
        }
        sum
    }

    /// The share of a requirement that is missing, undiscounted.
    pub(super) fn share_missing(&self, r: RequirementId) -> Vec<(usize, f64)> {
        let missing = self.all_missing(r, |_| 1.0);
        let short = (0..self.end()).filter_map(|t| Some((t, *self.short.get(&(r.position(), t))?)));
        short
            .map(|(t, j)| (j, self.lasts(r, t) / missing))
            .collect()
    }

    fn waits(&self, r: RequirementId) -> bool {
        let requirement = &self.m.requirements[r];
        requirement.unmet == Unmet::Waits && matches!(requirement.need, Need::Flow(_))
    }

    /// A shortfall is discounted by its calendar year, like money.
    fn weight(&self, t: usize) -> f64 {
        (1.0 + self.m.money.discount.value()).powi(-i32::try_from(self.year(t)).unwrap_or(0))
    }

    /// For how many years a shortfall lasts that waits, or is one of a level; 1 if it is lost.
    fn lasts(&self, r: RequirementId, t: usize) -> f64 {
        let level = matches!(self.m.requirements[r].need, Need::Level(_));
        if !level && !self.waits(r) {
            return 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few periods")]
        let periods = self.window(r, t).map_or(1.0, |window| window.len() as f64);
        periods * self.length()
    }

    fn at_start(&self, price: &UnitPrice) -> f64 {
        let start = self.m.calendar.start();
        price.amount.at(start).value() * self.m.money.exchange(price.currency, start.year())
    }

    /// What one of an item is worth: as stated, or the lowest cost of getting one.
    pub(super) fn value(&self, item: ItemId) -> f64 {
        let m = self.m;
        if let Some(value) = &m.items[item].value {
            return self.at_start(value);
        }
        let inputs: f64 = m.items[item]
            .needs
            .iter()
            .map(|need| need.amount.value() * self.value(need.item))
            .sum();
        let made = m.lines.values().flat_map(|line| {
            let own = line.products.iter().filter(|product| product.item == item);
            own.map(|product| {
                product
                    .cost
                    .as_ref()
                    .map_or(0.0, |cost| self.at_start(cost))
                    + inputs / line.yield_share.value()
            })
        });
        let bought = m
            .suppliers
            .values()
            .filter(|supplier| supplier.item == item);
        let bought = bought.map(|supplier| {
            supplier
                .tiers
                .first()
                .map_or(0.0, |tier| self.at_start(&tier.cost))
        });
        let least = made.chain(bought).fold(f64::INFINITY, f64::min);
        if least.is_finite() { least } else { 0.0 }
    }
}
