//! When things happen: orders, building, opening, first deliveries. What follows from a
//! [`Stretch`] of time for each kind of thing is said here, and nowhere else.

use super::{Expansion, Line, Model, Stock, Supplier};
use crate::calendar::{Calendar, Month, Stretch};
use crate::ids::{ExpansionId, PeriodId};
use crate::units::{Months, Pieces, months};

impl Expansion {
    /// When it is ordered if it is ordered in a period: at its start, or in the month from which it can be; of what is
    /// under way, in the month in which it was. `None`: it cannot be ordered in that period.
    pub fn order_date(&self, c: &Calendar, t: PeriodId) -> Option<Month> {
        let first = c.first_month(t);
        if let Some(ordered) = self.ordered {
            let inside = ordered >= first && ordered < first.plus(c.period().months());
            return (inside && c.is_past(t)).then_some(ordered);
        }
        if c.is_past(t) {
            return None;
        }
        let date = self.from.map_or(first, |from| from.max(first));
        let inside = date < first.plus(c.period().months());
        let open = self.until.is_none_or(|until| date <= until);
        (inside && open).then_some(date)
    }

    /// The time in which it is built and paid for, if it is ordered in a period: its lead time, and its delay.
    pub fn building(&self, c: &Calendar, t: PeriodId) -> Option<Stretch> {
        let ordered = c.moment(self.order_date(c, t)?);
        Some(Stretch::between(
            ordered,
            ordered + self.lead_time + self.delay,
        ))
    }

    /// The period in which it opens if it is ordered in a period. `None`: never, or after the end.
    pub fn opens(&self, c: &Calendar, t: PeriodId) -> Option<PeriodId> {
        c.period_at(self.building(c, t)?.end())
    }

    /// How much of what it adds is new in each period, if it is ordered in a period: the growth of the mean
    /// that is open. With `n` whole periods and a part `f` to a step of its opening, `1 − f` of the step
    /// counts `n` periods later and `f` one period after that.
    pub fn growth(&self, c: &Calendar, t: PeriodId) -> Vec<(PeriodId, f64)> {
        let Some(building) = self.building(c, t) else {
            return Vec::new();
        };
        let at_once = [(Months::ZERO, crate::units::Share::new(1.0))];
        let steps = if self.opening.is_empty() {
            &at_once[..]
        } else {
            &self.opening[..]
        };
        let length = months(f64::from(c.period().months()));
        let mut running = 0.0;
        let mut growth = Vec::new();
        for &(after, share) in steps {
            let opens = building.end() + after;
            let new = share.value() - running;
            running = share.value();
            let parts = c.parts(Stretch::between(opens, opens + length));
            growth.extend(parts.map(|(t, part)| (t, new * part)));
        }
        growth
    }

    /// The share of what it adds that is open in a period, on average over it, if it is ordered in another.
    pub fn open_share(&self, c: &Calendar, ordered: PeriodId, t: PeriodId) -> f64 {
        let growth = self.growth(c, ordered);
        let by_then = growth.iter().filter(|&&(grown, _)| grown <= t);
        by_then.map(|(_, new)| new).sum()
    }
}

impl Model {
    /// What an expansion costs if it is ordered in a period: all of one, at its price on the date of the
    /// order, in the base currency at base-year prices.
    pub fn order_price(&self, e: ExpansionId, t: PeriodId) -> f64 {
        let expansion = &self.expansions[e];
        let date = expansion.order_date(&self.calendar, t);
        let price = expansion.cost.as_ref().zip(date);
        price.map_or(0.0, |(cost, date)| {
            cost.amount.at(date).value() * self.money.exchange(cost.currency, date.year())
        })
    }

    /// The same at the price level of the year of the order.
    pub fn order_price_of_the_day(&self, e: ExpansionId, t: PeriodId) -> f64 {
        let date = self.expansions[e].order_date(&self.calendar, t);
        let index = date.map_or(1.0, |date| self.money.arms_index(date.year()));
        self.order_price(e, t) * index
    }
}

impl Line {
    /// For how long after decisions are free it makes no more than was on order by then, as in history.
    pub fn bound_for(&self) -> Months {
        self.lead_time
    }
}

impl Supplier {
    /// For how long after decisions are free it delivers no more than was on order by then, as in history.
    pub fn bound_for(&self) -> Months {
        self.queue + self.lead_time
    }

    /// What it delivers a year of what is on order when decisions are free, on average over a period within which
    /// queue and lead time pass, and the share of what it delivers at its rate that is free for new orders. `None`:
    /// they have passed.
    pub fn on_order(&self, c: &Calendar, t: PeriodId) -> Option<(f64, f64)> {
        let (period, passed) = (c.stretch(t), c.bound_until(self.bound_for())?);
        let bound = period.until(passed)?;
        let share = period.before(passed);
        let booked = |month| {
            self.booked
                .as_ref()
                .map_or(0.0, |path| path.at(month).value())
        };
        let within = |month: Month| booked(month).min(self.rate.at(month).value());
        let (most, kept) = (c.mean(bound, booked), c.mean(bound, within));
        // What is booked is what can be had, but for what of it lies above the rate in a part of the time.
        let all = share == 1.0 && kept == most.min(self.rate.over(c, bound).value());
        let rate = self.rate.mean(c, t).value();
        let free = period.since(passed).filter(|_| rate > 0.0);
        let free = free.map_or(0.0, |free| {
            (1.0 - share) * self.rate.over(c, free).value() / rate
        });
        Some((share * if all { most } else { kept }, free))
    }
}

impl Stock {
    /// What is left of the opening stock after a period for the next one, if nothing is drawn: of what expires
    /// in the course of that, the share of it until then; after the last period, all that has not expired.
    pub fn usable_after(&self, c: &Calendar, t: PeriodId) -> Pieces {
        let next = match c.after(t, 1) {
            Some(next) => c.stretch(next),
            None => Stretch::between(c.end_moment(), c.end_moment()),
        };
        let batches = self.opening.iter().map(|batch| {
            let expires = batch.expires.map(|month| c.moment(month));
            batch.quantity * expires.map_or(1.0, |expires| next.before(expires))
        });
        batches.sum()
    }
}
