//! Lines, expansions, suppliers, and the balance of what is made and used.

use super::{Customer, Expense, Second, Source};
use crate::simplex::Sense;
use sinews::ids::{ExpansionId, Id, ItemId, LineId, StockId};
use sinews::model::{CapRule, Model, Need};

/// Whether industry uses an item up.
pub(super) fn is_used(m: &Model, item: ItemId) -> bool {
    let made = m.lines.values().flat_map(|line| &line.products);
    let mut needs = made.flat_map(|product| &m.items[product.item].needs);
    needs.any(|need| need.item == item)
        || m.expansions
            .values()
            .any(|e| e.uses.iter().any(|(used, _)| *used == item))
}

/// Whether a stock's holder may buy: it requires the item, or must or would like to keep some.
fn may_receive(m: &Model, s: StockId) -> bool {
    let stock = &m.stocks[s];
    let wanted = m.requirements.values().any(|r| {
        let some = match &r.need {
            Need::Flow(path) => path.most().value() > 0.0,
            Need::Level(path) => path.most().value() > 0.0,
        };
        some && r.holder == stock.holder
            && r.meets.iter().any(|accepted| accepted.item == stock.item)
    });
    wanted
        || stock.closing.is_some_and(|closing| closing.value() > 0.0)
        || stock.closing_value.value() > 0.0
}

impl Second<'_> {
    /// A column for each source, customer and period that can be.
    pub(super) fn add_supply(&mut self) {
        let m = self.m;
        let lines = m
            .lines
            .iter()
            .flat_map(|(l, line)| (0..line.products.len()).map(move |p| Source::Line(l, p)));
        let suppliers = m
            .suppliers
            .iter()
            .flat_map(|(q, one)| (0..one.tiers.len().max(1)).map(move |n| Source::Supplier(q, n)));
        for source in lines.chain(suppliers) {
            let (item, country) = match source {
                Source::Line(l, p) => (m.lines[l].products[p].item, m.lines[l].country),
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
                let first = m.calendar.first_month(self.at(t));
                let inside = expansion.from.is_none_or(|from| first >= from)
                    && expansion.until.is_none_or(|until| first <= until);
                let opens = t + self.whole(expansion.lead_time) < self.end();
                if inside && opens && self.affordable(Expense::Hall(e)) {
                    let j = self.program.column();
                    self.build.insert((e, t), j);
                }
            }
            let all = (0..self.end()).filter_map(|t| self.build.get(&(e, t)).map(|&j| (j, 1.0)));
            let all = all.collect();
            self.program
                .row(all, Sense::AtMost, expansion.at_most.value());
        }
    }

    /// What a line makes in a period, in units of its first product.
    pub(super) fn output(&self, l: LineId, t: usize) -> Vec<(usize, f64)> {
        let made = self
            .supply
            .iter()
            .filter_map(|(&(source, _, at), &j)| match source {
                Source::Line(line, p) if line == l && at == t => {
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
                let period = self.at(t);
                let share = line.utilisation.mean(c, period).value();
                let output = self.output(l, t);
                let mut within = output.clone();
                for (e, expansion) in m.expansions.iter().filter(|(_, e)| e.line == l) {
                    for ordered in 0..=t {
                        if let Some(&j) = self.build.get(&(e, ordered)) {
                            let open = self.open(e, ordered, t);
                            within.push((j, -share * open * expansion.adds.value() * length));
                        }
                    }
                }
                let most = share * line.capacity.mean(c, period).value() * length;
                self.program.row(within, Sense::AtMost, most);
                if t < self.whole(line.lead_time) {
                    let booked = line
                        .booked
                        .as_ref()
                        .map_or(0.0, |path| path.mean(c, period).value() * length);
                    self.program.row(output.clone(), Sense::AtMost, booked);
                }
                if let Some(least) = &line.minimum {
                    self.program.row(
                        output.clone(),
                        Sense::AtLeast,
                        least.mean(c, period).value() * length,
                    );
                }
                self.ramp(l, t, output);
            }
        }
    }

    /// A line's output grows no faster than its ramp; the first period's by half a period and a month more.
    fn ramp(&mut self, l: LineId, t: usize, output: Vec<(usize, f64)>) {
        let line = &self.m.lines[l];
        let (length, c) = (self.length(), &self.m.calendar);
        let Some(ramp) = line.ramp else { return };
        let mut terms = output;
        let right = if t == 0 {
            let whole = line.capacity.mean(c, self.at(0)).value()
                * line.utilisation.mean(c, self.at(0)).value();
            let running = line.running.map_or(whole, |running| running.value());
            (running + ramp.value() * 0.5 * (length + 1.0 / 12.0)) * length
        } else {
            terms.extend(self.output(l, t - 1).into_iter().map(|(j, a)| (j, -a)));
            ramp.value() * length * length
        };
        self.program.row(terms, Sense::AtMost, right);
    }

    /// The share of an expansion ordered in one period that runs in another.
    fn open(&self, e: ExpansionId, ordered: usize, t: usize) -> f64 {
        let expansion = &self.m.expansions[e];
        let opens = ordered + self.whole(expansion.lead_time);
        if t < opens {
            return 0.0;
        }
        if expansion.opening.is_empty() {
            return 1.0;
        }
        let steps = expansion
            .opening
            .iter()
            .filter(|(after, _)| t >= opens + self.whole(*after));
        steps.last().map_or(0.0, |(_, share)| share.value())
    }

    pub(super) fn suppliers(&mut self) {
        let m = self.m;
        let (c, length) = (&m.calendar, self.length());
        for (q, supplier) in m.suppliers.iter() {
            let of = |source: Source| matches!(source, Source::Supplier(other, _) if other == q);
            for t in 0..self.end() {
                let all = self
                    .supply
                    .iter()
                    .filter(|((source, _, at), _)| of(*source) && *at == t);
                let all = all.map(|(_, &j)| (j, 1.0)).collect();
                let rate = supplier.rate.mean(c, self.at(t)).value();
                let early = t < self.whole(supplier.queue + supplier.lead_time);
                let booked = supplier
                    .booked
                    .as_ref()
                    .map_or(0.0, |path| path.mean(c, self.at(t)).value());
                let most = if early { booked.min(rate) } else { rate };
                self.program.row(all, Sense::AtMost, most * length);
            }
            for (n, tier) in supplier.tiers.iter().enumerate() {
                let Some(up_to) = tier.up_to else { continue };
                for y in c.years() {
                    let periods: Vec<usize> = c.periods_of(y).map(Id::position).collect();
                    let all = self.supply.iter().filter(|((source, _, at), _)| {
                        *source == Source::Supplier(q, n) && periods.contains(at)
                    });
                    let all = all.map(|(_, &j)| (j, 1.0)).collect();
                    #[expect(clippy::cast_precision_loss, reason = "a few periods")]
                    let years = periods.len() as f64 * length;
                    self.program.row(all, Sense::AtMost, up_to.value() * years);
                }
            }
        }
    }

    /// What industry gets of an item is what it uses and keeps.
    pub(super) fn balances(&mut self) {
        let m = self.m;
        for i in m.items.ids().filter(|&i| is_used(m, i)) {
            for t in 0..self.end() {
                let j = self.program.column();
                self.pool.insert((i, t), j);
            }
            let stock = m.items[i].stock.as_ref();
            for t in 0..self.end() {
                let mut terms = vec![(self.pool[&(i, t)], -1.0)];
                let mut right = 0.0;
                match t.checked_sub(1) {
                    Some(before) => terms.push((self.pool[&(i, before)], 1.0)),
                    None => right -= stock.map_or(0.0, |stock| stock.opening.value()),
                }
                for (&(source, customer, at), &j) in &self.supply {
                    if at == t && customer == Customer::Industry && self.item_of(source) == i {
                        terms.push((j, 1.0));
                    }
                }
                self.uses(i, t, &mut terms);
                self.program.row(terms, Sense::Equal, right);
                if let Some(most) = stock.and_then(|stock| stock.most.as_ref()) {
                    let most = most.closing(&m.calendar, self.at(t)).value();
                    self.program
                        .row(vec![(self.pool[&(i, t)], 1.0)], Sense::AtMost, most);
                }
            }
            let closing = stock.map_or(0.0, |stock| stock.closing.value());
            self.program.row(
                vec![(self.pool[&(i, self.end() - 1)], 1.0)],
                Sense::AtLeast,
                closing,
            );
        }
    }

    fn uses(&self, i: ItemId, t: usize, terms: &mut Vec<(usize, f64)>) {
        let m = self.m;
        for (&(source, _, at), &j) in &self.supply {
            let Source::Line(l, p) = source else { continue };
            let line = &m.lines[l];
            let out = (t + self.whole(line.cycle)).min(self.end() - 1);
            if at == out {
                let needs = m.items[line.products[p].item]
                    .needs
                    .iter()
                    .filter(|need| need.item == i);
                let each: f64 = needs.map(|need| need.amount.value()).sum();
                terms.push((j, -each / line.yield_share.value()));
            }
        }
        for (&(e, ordered), &j) in &self.build {
            let periods = self.whole(m.expansions[e].lead_time).max(1);
            if ordered <= t && t < ordered + periods {
                let used = m.expansions[e].uses.iter().filter(|(used, _)| *used == i);
                let amount: f64 = used.map(|(_, amount)| amount.value()).sum();
                #[expect(clippy::cast_precision_loss, reason = "a few periods")]
                terms.push((j, -amount / periods as f64));
            }
        }
    }

    pub(super) fn item_of(&self, source: Source) -> ItemId {
        match source {
            Source::Line(l, p) => self.m.lines[l].products[p].item,
            Source::Supplier(q, _) => self.m.suppliers[q].item,
        }
    }

    /// Caps on where an item comes from.
    pub(super) fn quantity_caps(&mut self) {
        let m = self.m;
        let c = &m.calendar;
        for cap in m.caps.values() {
            let (item, lines, suppliers) = match &cap.rule {
                CapRule::SourceShare {
                    item,
                    lines,
                    suppliers,
                    ..
                }
                | CapRule::Quantity {
                    item,
                    lines,
                    suppliers,
                    ..
                } => (*item, lines, suppliers),
                _ => continue,
            };
            let named = |source: Source| {
                let every = lines.is_empty() && suppliers.is_empty();
                every
                    || match source {
                        Source::Line(l, _) => lines.contains(&l),
                        Source::Supplier(q, _) => suppliers.contains(&q),
                    }
            };
            for y in c.years() {
                let periods: Vec<_> = c.periods_of(y).collect();
                let own = self.supply.iter().filter(|((source, _, at), _)| {
                    self.item_of(*source) == item && periods.iter().any(|t| t.position() == *at)
                });
                #[expect(clippy::cast_precision_loss, reason = "a few periods")]
                let count = periods.len() as f64;
                let (share, right) = match &cap.rule {
                    CapRule::SourceShare { most, .. } => (
                        periods
                            .iter()
                            .map(|&t| most.mean(c, t).value())
                            .sum::<f64>()
                            / count,
                        0.0,
                    ),
                    CapRule::Quantity { most, .. } => (
                        0.0,
                        periods
                            .iter()
                            .map(|&t| (most.mean(c, t) * c.length()).value())
                            .sum(),
                    ),
                    _ => continue,
                };
                let terms =
                    own.map(|((source, ..), &j)| (j, f64::from(u8::from(named(*source))) - share));
                let terms = terms.collect();
                self.program.row(terms, Sense::AtMost, right);
            }
        }
    }
}
