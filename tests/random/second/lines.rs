//! Columns of supply and expansions; what lines can make.

use super::at;
use super::industry::{is_used, may_receive};
use super::{Customer, Expense, Second, Source};
use crate::simplex::Sense;
use sinews::ids::{ExpansionId, Id, LineId, YearId};
use sinews::model::UpTo;

impl Second<'_> {
    /// A column for each source, customer and period that can be.
    pub(super) fn add_supply(&mut self) {
        let m = self.m;
        let lines = m.lines.iter().flat_map(|(l, line)| {
            let products = line.products.iter().enumerate();
            products.flat_map(move |(p, product)| {
                let steps = 0..product.tiers.len().max(1);
                steps.map(move |n| Source::Line(l, p, n))
            })
        });
        let suppliers = m
            .suppliers
            .iter()
            .flat_map(|(q, one)| (0..one.tiers.len().max(1)).map(move |n| Source::Supplier(q, n)));
        for source in lines.chain(suppliers) {
            let (item, country) = match source {
                Source::Line(l, p, _) => (m.lines[l].products[p].item, m.lines[l].country),
                Source::Supplier(q, _) => (m.suppliers[q].item, m.suppliers[q].country),
            };
            let industry = is_used(m, item).then_some(Customer::Industry);
            let stocks = m.stocks.ids().filter(|&s| {
                m.stocks[s].item == item
                    && may_receive(m, s)
                    && m.is_from(country, &m.stocks[s].origins)
            });
            let customers: Vec<_> = industry
                .into_iter()
                .chain(stocks.map(Customer::Stock))
                .collect();
            for customer in customers {
                if self.affordable(Expense::Goods(source, customer)) {
                    for t in 0..self.end() {
                        self.program.at = Some(t);
                        let j = self.program.column();
                        self.supply.insert((source, customer, t), j);
                    }
                }
            }
        }
    }

    /// A column for each order of an expansion that opens by the end.
    pub(super) fn add_halls(&mut self) {
        let m = self.m;
        for (e, expansion) in m.expansions.iter() {
            for t in 0..self.end() {
                let date = self.ordered(e, t);
                let opens = date.is_some_and(|date| date + self.building(e) < self.months() - 1e-9);
                let under_way = expansion.ordered.is_some() && date.is_some();
                if under_way || (opens && self.affordable(Expense::Hall(e))) {
                    self.program.at = Some(t);
                    let j = self.program.column();
                    self.build.insert((e, t), j);
                    if expansion.ordered.is_some() {
                        let all = expansion.at_most.value();
                        self.program.row(vec![(j, 1.0)], Sense::Equal, all);
                    } else if expansion.whole {
                        self.program.whole.push(j);
                    }
                }
            }
            let all = (0..self.end()).filter_map(|t| self.build.get(&(e, t)).map(|&j| (j, 1.0)));
            let all = all.collect();
            self.program.at = Some(self.end() - 1);
            self.program
                .row(all, Sense::AtMost, expansion.at_most.value());
        }
    }

    /// How long an expansion takes from its order to its opening.
    pub(super) fn building(&self, e: ExpansionId) -> f64 {
        let (expansion, friction) = (&self.m.expansions[e], &self.m.friction);
        let late = friction.onward || expansion.ordered.is_some();
        let delay = if late { friction.delay.value() } else { 0.0 };
        expansion.lead_time.value() + delay
    }

    /// When an expansion is ordered in a period, in months from the start; `None`: it cannot be.
    pub(super) fn ordered(&self, e: ExpansionId, t: usize) -> Option<f64> {
        let expansion = &self.m.expansions[e];
        let (start, end) = self.stretch(t);
        if let Some(month) = expansion.ordered {
            let date = self.moment(month);
            return (start <= date && date < end && t < self.now()).then_some(date);
        }
        if t < self.now() {
            return None;
        }
        let date = expansion
            .from
            .map_or(start, |from| self.moment(from).max(start));
        let open = expansion
            .until
            .is_none_or(|until| date <= self.moment(until));
        (open && date < end).then_some(date)
    }

    /// What a line makes in a period, in units of its first product.
    pub(super) fn output(&self, l: LineId, t: usize) -> Vec<(usize, f64)> {
        let made = self
            .supply
            .iter()
            .filter_map(|(&(source, _, at), &j)| match source {
                Source::Line(line, p, _) if line == l && at == t => {
                    Some((j, 1.0 / self.m.lines[l].products[p].pace.value()))
                }
                _ => None,
            });
        made.collect()
    }

    pub(super) fn capacities(&mut self) {
        let m = self.m;
        let (c, length) = (&m.calendar, self.length());
        for (l, line) in m.lines.iter() {
            for t in 0..self.end() {
                let period = at(t);
                let share = self.usable(l, t);
                self.program.at = Some(t);
                let output = self.output(l, t);
                let added = self.added(l, t);
                let mut within = output.clone();
                within.extend(added.iter().map(|&(j, a)| (j, -share * a)));
                let most = share * line.capacity.mean(c, period).value() * length;
                self.program.row(within, Sense::AtMost, most);
                let lead = self.free_from() + line.lead_time.value();
                let bound = self.before(t, lead);
                if line.lead_time.value() > 0.0 && bound > 0.0 {
                    let (start, end) = self.stretch(t);
                    let (bound_part, free_part) = ((start, end.min(lead)), (lead.max(start), end));
                    let booked = line
                        .booked
                        .as_ref()
                        .map_or(0.0, |path| self.over(path, bound_part) / 12.0);
                    let booked = booked * self.done(t);
                    let own = if bound < 1.0 {
                        share * self.over(&line.capacity, free_part) / 12.0
                    } else {
                        0.0
                    };
                    let mut early = output.clone();
                    early.extend(added.iter().map(|&(j, a)| (j, -share * (1.0 - bound) * a)));
                    self.program.row(early, Sense::AtMost, booked + own);
                }
                if let Some(least) = &line.minimum {
                    self.program.row(
                        output.clone(),
                        Sense::AtLeast,
                        least.mean(c, period).value() * self.done(t) * length,
                    );
                }
                self.ramp(l, t, output);
            }
            self.growth(l);
            self.steps(l);
        }
    }

    /// What is made at each price step of each product: an amount a year, or a share of all that could be made of it.
    fn steps(&mut self, l: LineId) {
        let (m, c, length) = (self.m, &self.m.calendar, self.length());
        let line = &m.lines[l];
        let steps = line.products.iter().enumerate().flat_map(|(p, product)| {
            let tiers = product.tiers.iter().enumerate();
            tiers.filter_map(move |(n, tier)| Some((p, product, n, tier.window, tier.up_to?)))
        });
        for (p, product, n, window, up_to) in steps {
            for span in self.spans(window) {
                let (mut terms, mut right) = (Vec::new(), 0.0);
                for t in span.into_iter().map(Id::position) {
                    self.program.at = Some(t);
                    let own = self.supply.iter().filter(|((source, _, at), _)| {
                        *source == Source::Line(l, p, n) && *at == t
                    });
                    terms.extend(own.map(|(_, &j)| (j, 1.0)));
                    match up_to {
                        UpTo::Rate(rate) => right += rate.value() * length,
                        UpTo::Share(share) => {
                            let usable = self.usable(l, t);
                            let each = share.value() * product.pace.value() * usable;
                            right += each * line.capacity.mean(c, at(t)).value() * length;
                            let added = self.added(l, t).into_iter();
                            terms.extend(added.map(|(j, a)| (j, -each * a)));
                        }
                    }
                }
                self.program.row(terms, Sense::AtMost, right);
            }
        }
    }

    /// A line's output grows no faster than its ramp; the first period's by half a period and a month more.
    fn ramp(&mut self, l: LineId, t: usize, output: Vec<(usize, f64)>) {
        let line = &self.m.lines[l];
        let length = self.length();
        let Some(ramp) = line.ramp else { return };
        let mut terms = output;
        let right = if t == 0 {
            (self.running(l) + ramp.value() * 0.5 * (length + 1.0 / 12.0)) * length
        } else {
            terms.extend(self.output(l, t - 1).into_iter().map(|(j, a)| (j, -a)));
            ramp.value() * length * length
        };
        self.program.row(terms, Sense::AtMost, right);
    }

    /// The share of its capacity that a line can use.
    fn usable(&self, l: LineId, t: usize) -> f64 {
        let (line, c) = (&self.m.lines[l], &self.m.calendar);
        let first = c.first_month(at(t));
        let months = (0..c.period().months()).map(|n| first.plus(n));
        let capacity = |month| line.capacity.at(month).value();
        let all: f64 = months.clone().map(capacity).sum();
        let used = |month| line.utilisation.at(month).value();
        let part = if all > 0.0 {
            months
                .map(|month| used(month) * capacity(month))
                .sum::<f64>()
                / all
        } else {
            line.utilisation.mean(c, at(t)).value()
        };
        part * self.done(t)
    }

    /// What a line's output a year was before the start.
    fn running(&self, l: LineId) -> f64 {
        let (line, c) = (&self.m.lines[l], &self.m.calendar);
        let used = line.utilisation.at(c.start()).value() * self.done(0);
        let whole = line.capacity.at(c.start()).value() * used;
        line.running.map_or(whole, sinews::units::Amount::value)
    }

    /// A line's mean output of a year is no more than its growth above that of the year before.
    fn growth(&mut self, l: LineId) {
        let (m, c) = (self.m, &self.m.calendar);
        let Some(growth) = m.lines[l].growth else {
            return;
        };
        let mean = |new: &Self, y: usize, factor: f64| {
            let periods: Vec<_> = c.periods_of(YearId::at(y)).collect();
            let factor = factor / periods.iter().map(|_| new.length()).sum::<f64>();
            let terms = periods.iter().flat_map(|t| new.output(l, t.position()));
            terms.map(|(j, a)| (j, factor * a)).collect::<Vec<_>>()
        };
        for y in 0..c.years().len() {
            let mut terms = mean(self, y, 1.0);
            let more = 1.0 + growth.value();
            let right = if y == 0 {
                more * self.running(l)
            } else {
                terms.extend(mean(self, y - 1, -more));
                0.0
            };
            self.program.at = None;
            self.program.row(terms, Sense::AtMost, right);
        }
    }

    /// Capacity that a line's expansions add to a period.
    fn added(&self, l: LineId, t: usize) -> Vec<(usize, f64)> {
        let mut added = Vec::new();
        for (&(e, ordered), &j) in &self.build {
            let expansion = &self.m.expansions[e];
            if expansion.line == l {
                let open = self.open(e, ordered, t);
                added.push((j, open * expansion.adds.value() * self.length()));
            }
        }
        added
    }

    /// The share of an expansion ordered in one period that runs in another, on average over it.
    fn open(&self, e: ExpansionId, ordered: usize, t: usize) -> f64 {
        let expansion = &self.m.expansions[e];
        let opens = self.ordered(e, ordered).unwrap_or(f64::INFINITY) + self.building(e);
        if expansion.opening.is_empty() {
            return 1.0 - self.before(t, opens);
        }
        let mut running = 0.0;
        let mut open = 0.0;
        for (after, share) in &expansion.opening {
            open += (share.value() - running) * (1.0 - self.before(t, opens + after.value()));
            running = share.value();
        }
        open
    }
}
