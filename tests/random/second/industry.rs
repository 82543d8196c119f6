//! Suppliers, the balance of what is made and used, caps on where items come from.

use super::at;
use super::time::common;
use super::{Customer, Second, Source};
use crate::simplex::Sense;
use sinews::ids::{ExpansionId, Id, ItemId, LineId, RegionId, StockId};
use sinews::model::{CapRule, Model, Need, UpTo};

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
pub(super) fn may_receive(m: &Model, s: StockId) -> bool {
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
    pub(super) fn suppliers(&mut self) {
        let m = self.m;
        let length = self.length();
        for (q, supplier) in m.suppliers.iter() {
            let of = |source: Source| matches!(source, Source::Supplier(other, _) if other == q);
            for t in 0..self.end() {
                let all = self
                    .supply
                    .iter()
                    .filter(|((source, _, at), _)| of(*source) && *at == t);
                let all: Vec<_> = all.map(|(_, &j)| (j, 1.0)).collect();
                let most = self.available(q, t);
                if let Some(lot) = supplier.minimum_order {
                    self.program.lots.push((all.clone(), lot.value()));
                }
                self.program.at = Some(t);
                self.program.row(all, Sense::AtMost, most);
            }
            for (n, tier) in supplier.tiers.iter().enumerate() {
                let Some(up_to) = tier.up_to else { continue };
                for span in self.spans(tier.window) {
                    let periods: Vec<usize> = span.into_iter().map(Id::position).collect();
                    let all = self.supply.iter().filter(|((source, _, at), _)| {
                        *source == Source::Supplier(q, n) && periods.contains(at)
                    });
                    let all = all.map(|(_, &j)| (j, 1.0)).collect();
                    let each = |&t: &usize| match up_to {
                        UpTo::Rate(rate) => rate.value() * length,
                        UpTo::Share(share) => {
                            let rate = supplier.rate.mean(&m.calendar, at(t));
                            share.value() * rate.value() * self.done(t) * length
                        }
                    };
                    let most = periods.iter().map(each).sum();
                    self.program.at = periods.last().copied();
                    self.program.row(all, Sense::AtMost, most);
                }
            }
        }
    }

    /// What a supplier may deliver in a period: what is booked until queue and lead time have passed, then its rate.
    fn available(&self, q: sinews::ids::SupplierId, t: usize) -> f64 {
        let supplier = &self.m.suppliers[q];
        let wait = (supplier.queue + supplier.lead_time).value();
        // What takes no time need not be ordered ahead.
        let passed = if wait > 0.0 {
            self.free_from() + wait
        } else {
            f64::NEG_INFINITY
        };
        let (start, end) = self.stretch(t);
        let free = self.over(&supplier.rate, (start.max(passed), end));
        let mut bound = 0.0;
        let mut at = start;
        while at < end.min(passed) - 1e-9 {
            let next = (at + 1.0).min(end.min(passed));
            let booked = supplier
                .booked
                .as_ref()
                .map_or(0.0, |path| path.at(self.month(at)).value());
            bound += booked.min(supplier.rate.at(self.month(at)).value()) * (next - at);
            at = next;
        }
        (free + bound) / 12.0 * self.done(t)
    }

    /// What industry gets of an item at a place is what it uses, sends away and keeps there.
    pub(super) fn balances(&mut self) {
        let m = self.m;
        for i in m.items.ids().filter(|&i| is_used(m, i)) {
            let places = self.sites(i);
            for &place in &places {
                for t in 0..self.end() {
                    self.program.at = Some(t);
                    let j = self.program.column();
                    self.pool.insert((i, place, t), j);
                }
            }
            let (first, stock) = (self.first_site(i), m.items[i].stock.as_ref());
            for &place in &places {
                let kept = stock.filter(|_| place == first);
                for t in 0..self.end() {
                    let mut terms = vec![(self.pool[&(i, place, t)], -1.0)];
                    let mut right = 0.0;
                    match t.checked_sub(1) {
                        Some(before) => terms.push((self.pool[&(i, place, before)], 1.0)),
                        None => right -= kept.map_or(0.0, |stock| stock.opening.value()),
                    }
                    self.supplied((i, Customer::Industry), place, t, &mut terms);
                    self.uses(i, place, t, &mut terms);
                    self.program.at = Some(t);
                    self.program.row(terms, Sense::Equal, right);
                    if let Some(most) = stock.and_then(|stock| stock.most.as_ref()) {
                        let most = most.closing(&m.calendar, at(t)).value();
                        let kept = vec![(self.pool[&(i, place, t)], 1.0)];
                        self.program.row(kept, Sense::AtMost, most);
                    }
                }
            }
            let closing = stock.map_or(0.0, |stock| stock.closing.value());
            let last = self.end() - 1;
            if let Some(&kept) = self.pool.get(&(i, first, last)) {
                self.program.at = Some(last);
                self.program.row(vec![(kept, 1.0)], Sense::AtLeast, closing);
            }
        }
    }

    /// What is made, bought and moved for a customer of an item at a place.
    pub(super) fn supplied(
        &self,
        (i, customer): (ItemId, Customer),
        place: Option<RegionId>,
        t: usize,
        terms: &mut Vec<(usize, f64)>,
    ) {
        for (&(source, whose, at), &j) in &self.supply {
            let own = at == t && whose == customer && self.item_of(source) == i;
            if own && self.site(i, self.country_of(source)) == place {
                terms.push((j, 1.0));
            }
        }
        for (&(way, left), &j) in &self.moved {
            if (way.item, way.customer) != (i, customer) {
                continue;
            }
            if Some(way.from) == place && left == t {
                terms.push((j, -1.0));
            }
            if Some(way.to) == place {
                let share = self.falls(self.m.routes[way.route].lag.value(), left, t);
                terms.push((j, share));
            }
        }
    }

    fn uses(&self, i: ItemId, place: Option<RegionId>, t: usize, terms: &mut Vec<(usize, f64)>) {
        let m = self.m;
        for (&(source, _, at), &j) in &self.supply {
            let Source::Line(l, p, _) = source else {
                continue;
            };
            let line = &m.lines[l];
            if self.site(i, line.country) != place {
                continue;
            }
            let share = self.taken_in(l, at, t);
            let needs = m.items[line.products[p].item]
                .needs
                .iter()
                .filter(|need| need.item == i);
            let each: f64 = needs.map(|need| need.amount.value()).sum();
            terms.push((j, -each * share / line.yield_share.value()));
        }
        for (&(e, ordered), &j) in &self.build {
            let expansion = &m.expansions[e];
            if self.site(i, m.lines[expansion.line].country) != place {
                continue;
            }
            let share = self.built_in(e, ordered, t);
            let used = expansion.uses.iter().filter(|(used, _)| *used == i);
            let amount: f64 = used.map(|(_, amount)| amount.value()).sum();
            terms.push((j, -amount * share));
        }
    }

    /// The share of what a line needs for its output of one period that it takes in in another.
    pub(super) fn taken_in(&self, l: LineId, made: usize, t: usize) -> f64 {
        // What falls after the end of history, or of the calendar, follows the last period of it.
        let last = if t < self.now() {
            self.now() - 1
        } else {
            self.end() - 1
        };
        if made > last {
            return 0.0;
        }
        let cycle = -self.m.lines[l].cycle.value();
        let mut share = self.falls(cycle, made, t);
        if made == last {
            let later = last + 1..last + 200;
            share += later.map(|later| self.falls(cycle, later, t)).sum::<f64>();
        }
        share
    }

    /// The share of what an expansion ordered in one period uses up that it does in another.
    pub(super) fn built_in(&self, e: ExpansionId, ordered: usize, t: usize) -> f64 {
        let date = self.ordered(e, ordered).unwrap_or(0.0);
        let lead = self.building(e);
        if lead > 0.0 {
            common((date, date + lead), self.stretch(t)) / lead
        } else {
            f64::from(u8::from(ordered == t))
        }
    }

    pub(super) fn country_of(&self, source: Source) -> Option<RegionId> {
        match source {
            Source::Line(l, ..) => self.m.lines[l].country,
            Source::Supplier(q, _) => self.m.suppliers[q].country,
        }
    }

    pub(super) fn item_of(&self, source: Source) -> ItemId {
        match source {
            Source::Line(l, p, _) => self.m.lines[l].products[p].item,
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
                        Source::Line(l, ..) => lines.contains(&l),
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
                self.program.at = None;
                self.program.row(terms, Sense::AtMost, right);
            }
        }
    }
}
