//! What a missing unit counts.

use super::Second;
use super::at;
use sinews::ids::{Id, ItemId, RequirementId};
use sinews::model::{Measure, Need, ObjectiveKind, UnitPrice, Unmet};

impl Second<'_> {
    /// What each tier's shortfalls count, the first tier first.
    pub(super) fn tiers(&self, kind: ObjectiveKind) -> Vec<Vec<(usize, f64)>> {
        let m = self.m;
        let mut tiers: Vec<u32> = m.requirements.values().map(|r| r.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let aims = tiers.iter().enumerate().map(|(position, tier)| {
            let own = m.requirements.iter().filter(|(_, r)| r.tier == *tier);
            let own: Vec<RequirementId> = own.map(|(r, _)| r).collect();
            let after = i32::try_from(tiers.len() - position).unwrap_or(1);
            let mut aim = Vec::new();
            for &r in &own {
                for t in self.open_periods() {
                    if let Some(&short) = self.short.get(&(r.position(), t)) {
                        let each = self.counts(kind, &own, after, r, t);
                        aim.push((short, each * self.weight(t) * self.lasts(r, t)));
                    }
                }
            }
            aim
        });
        aims.collect()
    }

    /// What a unit of a requirement of a tier counts that is missing in a window; `after` tiers come with it and after it.
    fn counts(
        &self,
        kind: ObjectiveKind,
        tier: &[RequirementId],
        after: i32,
        r: RequirementId,
        t: usize,
    ) -> f64 {
        let requirement = &self.m.requirements[r];
        let weighted = kind == ObjectiveKind::Weighted;
        // In a weighted objective its own value counts just that.
        if let (true, Some(price)) = (weighted, &requirement.value) {
            return requirement.weight * self.value_at(price, t);
        }
        let times = if weighted {
            self.m.objective.shortfall_value.value().powi(after)
        } else {
            1.0
        };
        let each = match (self.m.objective.measure, &requirement.value) {
            (Measure::Value, Some(price)) => requirement.weight * self.value_at(price, t),
            (Measure::Value, None) => requirement.weight * self.value(requirement.meets[0].item),
            (Measure::Share, _) => self.share(weighted, tier, r),
        };
        times * each
    }

    /// A price in a period, at the prices of the base year.
    fn value_at(&self, price: &UnitPrice, t: usize) -> f64 {
        let year = self.m.calendar.start().year() + i32::try_from(self.year(t)).unwrap_or(0);
        price.amount.mean(&self.m.calendar, at(t)).value()
            * self.m.money.exchange(price.currency, year)
    }

    /// The share by which a tier is missing, in money: a unit of one of its requirements. What counts its own value
    /// is no part of it.
    fn share(&self, weighted: bool, tier: &[RequirementId], r: RequirementId) -> f64 {
        let peers = tier
            .iter()
            .filter(|&&r| !(weighted && self.m.requirements[r].value.is_some()));
        let basket: f64 = peers.clone().map(|&r| self.basket(r)).sum();
        let basket = if basket > 0.0 {
            basket
        } else {
            self.all_required()
        };
        let weights: f64 = peers.map(|&r| self.m.requirements[r].weight).sum();
        let missing = self.all_missing(r, |t| self.weight(t));
        if missing > 0.0 {
            basket * self.m.requirements[r].weight / weights / missing
        } else {
            0.0
        }
    }

    /// What all requirements are worth together; if that is nothing, what they cost where that is dearest; if that is
    /// nothing either, 1.
    fn all_required(&self) -> f64 {
        let m = self.m;
        let ids = || m.requirements.ids();
        let dearest = |item: ItemId| {
            let products = m.lines.values().flat_map(|line| &line.products);
            let made = products.filter(|product| product.item == item);
            let bought = m.suppliers.values().filter(|q| q.item == item);
            let steps = made.flat_map(|product| &product.tiers);
            let steps = steps.chain(bought.flat_map(|q| &q.tiers));
            steps
                .map(|tier| self.at_start(&tier.cost))
                .fold(0.0, f64::max)
        };
        let costs = |r: RequirementId| self.amount(r) * dearest(m.requirements[r].meets[0].item);
        let sums = [
            ids().map(|r| self.basket(r)).sum::<f64>(),
            ids().map(costs).sum::<f64>(),
        ];
        sums.into_iter().find(|&sum| sum > 0.0).unwrap_or(1.0)
    }

    /// What is required by period whose decisions are free; of a level, what is to be there.
    fn amounts(&self, r: RequirementId) -> Vec<f64> {
        let c = &self.m.calendar;
        let amount = |t| match &self.m.requirements[r].need {
            Need::Flow(flow) => (flow.mean(c, t) * c.length()).value(),
            Need::Level(level) => level.closing(c, t).value(),
        };
        self.open_periods().map(at).map(amount).collect()
    }

    /// All that is required, at its value.
    fn basket(&self, r: RequirementId) -> f64 {
        self.amount(r) * self.worth(r)
    }

    /// All that is required; of a level, its highest.
    fn amount(&self, r: RequirementId) -> f64 {
        let amounts = self.amounts(r);
        match &self.m.requirements[r].need {
            Need::Flow(_) => amounts.iter().sum(),
            Need::Level(_) => amounts.iter().copied().fold(0.0, f64::max),
        }
    }

    /// What a missing unit is worth: its own value, on average over what is required, else that of its first item.
    pub(super) fn worth(&self, r: RequirementId) -> f64 {
        let requirement = &self.m.requirements[r];
        let Some(price) = &requirement.value else {
            return self.value(requirement.meets[0].item);
        };
        let amounts = self.amounts(r);
        let all: f64 = amounts.iter().sum();
        let values = amounts
            .iter()
            .zip(self.open_periods())
            .map(|(amount, t)| amount * self.value_at(price, t));
        if all > 0.0 {
            values.sum::<f64>() / all
        } else {
            self.at_start(price)
        }
    }

    /// What is counted if all of a requirement is missing.
    fn all_missing(&self, r: RequirementId, weight: impl Fn(usize) -> f64) -> f64 {
        let mut waiting = 0.0;
        let mut sum = 0.0;
        for t in self.open_periods().filter(|&t| self.window(r, t).is_some()) {
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
        // Of what asks for nothing, nothing is missing.
        let asks = self.open_periods().filter(|_| missing > 0.0);
        let short = asks.filter_map(|t| Some((t, *self.short.get(&(r.position(), t))?)));
        short
            .map(|(t, j)| (j, self.lasts(r, t) / missing))
            .collect()
    }

    pub(super) fn waits(&self, r: RequirementId) -> bool {
        let requirement = &self.m.requirements[r];
        requirement.unmet == Unmet::Waits && matches!(requirement.need, Need::Flow(_))
    }

    /// A shortfall is discounted by its calendar year, like money.
    pub(super) fn weight(&self, t: usize) -> f64 {
        self.discount(self.year(t))
    }

    /// The weight of a calendar year: 1 in the first one whose decisions are free.
    pub(super) fn discount(&self, year: usize) -> f64 {
        let years = i32::try_from(year).unwrap_or(0);
        let now = self.m.calendar.decide_from().year() - self.m.calendar.start().year();
        (1.0 + self.m.money.discount.value()).powi(now - years)
    }

    /// For how many years a shortfall lasts that waits, or is one of a level; 1 if it is lost.
    pub(super) fn lasts(&self, r: RequirementId, t: usize) -> f64 {
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
                let first = product.tiers.first();
                first.map_or(0.0, |tier| self.at_start(&tier.cost))
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
