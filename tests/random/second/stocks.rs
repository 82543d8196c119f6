//! Holders' stocks by the period in which a unit arrived, gifts, requirements.

use super::at;
use super::{Customer, Expense, Second};
use crate::simplex::Sense;
use sinews::ids::{Id, RequirementId, StockId};
use sinews::model::{Need, Unmet, Window};

/// A part of a stock that arrived together.
struct Cohort {
    /// The first period in which it is there.
    from: usize,
    /// The first period in which it can no longer be used.
    until: usize,
    /// What there is of it at the start.
    opening: f64,
    /// The share of what arrives in `from` that belongs to it.
    arrives: f64,
}

impl Second<'_> {
    /// A column for each gift that arrives by the end.
    pub(super) fn add_gifts(&mut self) {
        let m = self.m;
        for (g, gift) in m.gifts.iter() {
            for &giver in &gift.from {
                for &item in &gift.items {
                    let (Some(from), Some(_)) = (m.stock(giver, item), m.stock(gift.to, item))
                    else {
                        continue;
                    };
                    if !self.affordable(Expense::Gift(g, from)) {
                        continue;
                    }
                    for t in 0..self.end() {
                        if self.stretch(t).0 + gift.lag.value() < self.months() - 1e-9 {
                            self.program.at = Some(t);
                            let j = self.program.column();
                            self.give.insert((g, from, t), j);
                        }
                    }
                }
            }
        }
    }

    /// What reaches a stock in a period.
    fn arrivals(&self, s: StockId, t: usize) -> Vec<(usize, f64)> {
        let m = self.m;
        let mut all = Vec::new();
        if self.sites(m.stocks[s].item) == [None] {
            self.supplied((m.stocks[s].item, Customer::Stock(s)), None, t, &mut all);
        }
        all.extend(self.delivered.get(&(s, t)).map(|&j| (j, 1.0)));
        for (&(g, from, left), &j) in &self.give {
            let to = m.stock(m.gifts[g].to, m.stocks[from].item);
            let share = self.falls(m.gifts[g].lag.value(), left, t);
            if to == Some(s) && share > 0.0 {
                all.push((j, share));
            }
        }
        all
    }

    fn cohorts(&self, s: StockId) -> Vec<Cohort> {
        let (m, end) = (self.m, self.end());
        let stock = &m.stocks[s];
        let mut cohorts = Vec::new();
        for batch in &stock.opening {
            let ends = batch
                .expires
                .map_or(f64::INFINITY, |month| self.moment(month));
            let never = if ends > self.months() {
                usize::MAX
            } else {
                end
            };
            let until = (0..end)
                .find(|&t| self.stretch(t).1 > ends)
                .unwrap_or(never);
            // Of what expires within a period, the share of the period before can be used in it; within the first, all.
            let late = if until == 0 {
                1.0
            } else if until < end {
                self.before(until, ends)
            } else {
                1.0
            };
            let part = |until, share: f64| Cohort {
                from: 0,
                until,
                opening: share * batch.quantity.value(),
                arrives: 0.0,
            };
            if until < end {
                cohorts.push(part(until, 1.0 - late));
                cohorts.push(part(until + 1, late));
            } else {
                cohorts.push(part(until, 1.0));
            }
        }
        let life = m.items[stock.item]
            .shelf_life
            .map_or(f64::INFINITY, |life| (life.value() / self.step()).max(1.0));
        for t in 0..end {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few periods"
            )]
            let whole = (life.min(1e6) + 1e-9) as usize;
            #[expect(clippy::cast_precision_loss, reason = "a few periods")]
            let rest = (life.min(1e6) - whole as f64).max(0.0);
            cohorts.push(Cohort {
                from: t,
                until: t + whole,
                opening: 0.0,
                arrives: 1.0 - rest,
            });
            cohorts.push(Cohort {
                from: t,
                until: t + whole + 1,
                opening: 0.0,
                arrives: rest,
            });
        }
        cohorts
    }

    /// What of the opening stock can still be used after a period if nothing is.
    pub(super) fn left_unused(&self, s: StockId, t: usize) -> f64 {
        let cohorts = self.cohorts(s).into_iter();
        let left = cohorts.filter(|cohort| cohort.until > t + 1);
        left.map(|cohort| cohort.opening).sum()
    }

    /// Each cohort is drawn from while it lasts.
    pub(super) fn stocks(&mut self) {
        let m = self.m;
        self.add_meets();
        for (s, stock) in m.stocks.iter() {
            let cohorts = self.cohorts(s);
            let mut drawn: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.end()];
            let mut kept: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.end()];
            for cohort in &cohorts {
                self.cohort(s, cohort, &mut drawn, &mut kept);
            }
            for t in 0..self.end() {
                let period = at(t);
                self.program.at = Some(t);
                let leaves = self.leaves(s, t);
                let mut balance = leaves.clone();
                balance.extend(drawn[t].iter().map(|&(j, _)| (j, -1.0)));
                self.program.row(balance, Sense::Equal, 0.0);
                let all = self.program.column();
                self.kept.insert((s, t), all);
                let mut sum = kept[t].clone();
                sum.push((all, -1.0));
                self.program.row(sum, Sense::Equal, 0.0);
                if let Some(floor) = &stock.floor {
                    let left = self.left_unused(s, t);
                    let least = floor.closing(&m.calendar, period).value().min(left);
                    self.program.row(vec![(all, 1.0)], Sense::AtLeast, least);
                }
                if let Some(draw) = &stock.draw {
                    self.program.row(
                        leaves,
                        Sense::AtMost,
                        (draw.mean(&m.calendar, period) * m.calendar.length()).value(),
                    );
                }
            }
            if let Some(closing) = stock.closing {
                self.program.at = Some(self.end() - 1);
                let last = self.kept[&(s, self.end() - 1)];
                self.program
                    .row(vec![(last, 1.0)], Sense::AtLeast, closing.value());
            }
        }
    }

    fn cohort(
        &mut self,
        s: StockId,
        cohort: &Cohort,
        drawn: &mut [Vec<(usize, f64)>],
        kept: &mut [Vec<(usize, f64)>],
    ) {
        let mut before = None;
        for t in cohort.from..cohort.until.min(self.end()) {
            self.program.at = Some(t);
            let (draw, keep) = (self.program.column(), self.program.column());
            drawn[t].push((draw, 1.0));
            // What cannot be used in the next period is not kept for it.
            if t + 1 < cohort.until {
                kept[t].push((keep, 1.0));
            } else {
                self.expired.entry((s, t)).or_default().push(keep);
            }
            let mut terms = vec![(draw, -1.0), (keep, -1.0)];
            terms.extend(before.map(|before| (before, 1.0)));
            let mut right = 0.0;
            if t == cohort.from {
                right = -cohort.opening;
                let share = cohort.arrives;
                terms.extend(self.arrivals(s, t).into_iter().map(|(j, a)| (j, a * share)));
            }
            self.program.row(terms, Sense::Equal, right);
            before = Some(keep);
        }
    }

    /// What leaves a stock in a period: for requirements and as gifts.
    pub(super) fn leaves(&self, s: StockId, t: usize) -> Vec<(usize, f64)> {
        let met = self
            .meet
            .iter()
            .filter(|((_, stock, at), _)| *stock == s && *at == t)
            .map(|(_, &j)| (j, 1.0));
        let given = self
            .give
            .iter()
            .filter(|((_, from, at), _)| *from == s && *at == t)
            .map(|(_, &j)| (j, 1.0));
        met.chain(given).collect()
    }

    fn add_meets(&mut self) {
        let m = self.m;
        for (r, requirement) in m.requirements.iter() {
            if matches!(requirement.need, Need::Level(_)) {
                continue;
            }
            for accepted in &requirement.meets {
                let Some(s) = m.stock(requirement.holder, accepted.item) else {
                    continue;
                };
                for t in 0..self.end() {
                    self.program.at = Some(t);
                    let j = self.program.column();
                    self.meet.insert((r.position(), s, t), j);
                }
            }
        }
    }

    /// The periods of the window that ends with one; `None`: no window ends there.
    pub(super) fn window(&self, r: RequirementId, t: usize) -> Option<Vec<usize>> {
        match self.m.requirements[r].window {
            Window::Period => Some(vec![t]),
            Window::Year => {
                let last = t + 1 == self.end() || self.year(t + 1) != self.year(t);
                last.then(|| {
                    (0..=t)
                        .filter(|&other| self.year(other) == self.year(t))
                        .collect()
                })
            }
        }
    }

    /// What is required in the window that ends with a period.
    pub(super) fn required(&self, r: RequirementId, t: usize) -> f64 {
        let c = &self.m.calendar;
        match &self.m.requirements[r].need {
            Need::Level(level) => level.closing(c, at(t)).value(),
            Need::Flow(flow) => {
                let window = self.window(r, t).unwrap_or_default();
                window
                    .iter()
                    .map(|&t| (flow.mean(c, at(t)) * c.length()).value())
                    .sum()
            }
        }
    }

    /// What is met and what is missing is what is required.
    pub(super) fn requirements(&mut self) {
        let m = self.m;
        for (r, requirement) in m.requirements.iter() {
            let mut before = None;
            for t in 0..self.end() {
                let Some(window) = self.window(r, t) else {
                    continue;
                };
                self.program.at = Some(t);
                let short = self.program.column();
                self.short.insert((r.position(), t), short);
                let mut terms = vec![(short, 1.0)];
                let level = matches!(requirement.need, Need::Level(_));
                for accepted in &requirement.meets {
                    let Some(s) = m.stock(requirement.holder, accepted.item) else {
                        continue;
                    };
                    let factor = accepted.factor.value();
                    if level {
                        terms.push((self.kept[&(s, t)], factor));
                    } else {
                        terms.extend(
                            window
                                .iter()
                                .map(|&t| (self.meet[&(r.position(), s, t)], factor)),
                        );
                    }
                }
                if requirement.unmet == Unmet::Waits && !level {
                    terms.extend(before.map(|before| (before, -1.0)));
                }
                let sense = if level { Sense::AtLeast } else { Sense::Equal };
                self.program.row(terms, sense, self.required(r, t));
                let at_now = self.now() == t + 1;
                before = (!at_now).then_some(short);
            }
        }
    }
}
