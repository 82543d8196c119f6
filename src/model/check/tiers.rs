//! Price steps of lines and suppliers.

use super::{Allowed, Check};
use crate::ids::PeriodId;
use crate::model::{Tier, UpTo};
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    /// Steps must rise, or a plan would take the cheap ones first and never the dear ones; only the last may be open.
    pub(super) fn tiers(&mut self, place: &Place, tiers: &[Tier], who: &str) {
        for (n, tier) in (1..).zip(tiers) {
            let place = place.then("tiers").then(n.to_string());
            self.price(&place.then("cost"), Some(&tier.cost));
            let up_to = place.then("up_to");
            match tier.up_to {
                None => {}
                Some(UpTo::Rate(rate)) => self.number(&up_to, rate.value(), Allowed::Worthwhile),
                Some(UpTo::Share(share)) => {
                    self.number(&up_to, share.value(), Allowed::SomeShare);
                }
            }
        }
        let calendar = &self.draft.calendar;
        if let Some(t) = calendar.periods().find(|&t| self.falls(tiers, t)) {
            let first = calendar.periods().next() == Some(t);
            let when = (!first).then(|| format!(" in {}", calendar.label(t)));
            let when = when.unwrap_or_default();
            let message = format!("a later tier of {who} is cheaper than one before{when}");
            let problem = Problem::new(Kind::TiersFall, place.then("tiers"), message)
                .label("must get dearer from tier to tier")
                .help("put the cheapest tier first; a discount for quantity cannot be modelled");
            self.push(problem);
        }
        let open = tiers.iter().rev().skip(1).any(|tier| tier.up_to.is_none());
        if open {
            let message = format!("a tier of {who} that is not the last has no end");
            let problem = Problem::new(Kind::OpenTier, place.then("tiers"), message)
                .label("later tiers are never reached")
                .help("give every tier but the last an `up_to`");
            self.push(problem);
        }
    }

    /// Whether a later step is cheaper in a period than one before, in the base currency.
    fn falls(&self, tiers: &[Tier], t: PeriodId) -> bool {
        let c = &self.draft.calendar;
        let year = c.year_number(c.year_of(t));
        let price = |tier: &Tier| {
            let rate = self.draft.money.exchange(tier.cost.currency, year);
            tier.cost.amount.mean(c, t).value() * rate
        };
        let rises = |pair: &[Tier]| price(&pair[0]) <= price(&pair[1]) * (1.0 + 1e-9);
        !tiers.windows(2).all(rises)
    }
}
