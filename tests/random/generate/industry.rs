//! Resources, lines and their expansions.

use super::figures::tidy;
use super::{Draw, Item, table};
use crate::node::Node;

impl Draw {
    pub(super) fn industry(&mut self) {
        if self.has() {
            self.resource();
        }
        for n in 0..self.items.len() {
            let most = if self.items[n].part { 2 } else { 3 };
            let sources = self.rng.from(1, most);
            for m in 0..sources {
                if m > 0 && self.rng.chance(0.4) {
                    self.supplier(n);
                } else {
                    self.line(n);
                }
            }
        }
    }

    pub(super) fn resource(&mut self) {
        let limit = self.limit(100.0);
        let mut resource = table();
        self.name(&mut resource, "welders");
        resource.put("unit", "hour");
        let limit = self.rate(limit, "hour");
        resource.put("limit", limit);
        if self.rarely() {
            let window = *self.rng.pick(&["period", "year"]);
            resource.put("window", window);
        }
        self.noted("resource", Some("welders"), resource);
        self.resources.push(("welders".into(), "hour".into()));
    }

    pub(super) fn line(&mut self, n: usize) {
        let Item { flow, unit, .. } = self.items[n].clone();
        let key = format!("{}-works-{}", self.items[n].key, self.lines.len());
        let mut line = table();
        self.name(&mut line, &key);
        if self.rarely() {
            line.put("company", "Works");
            line.put("site", "Somewhere");
        }
        if let Some(land) = self.land() {
            line.put("country", land);
        }
        self.products(&mut line, n);
        let capacity = self.limit(flow);
        let steady = capacity > 0.0 && self.rarely();
        let figure = if steady {
            Node::Figure(capacity, format!("{unit}/year"))
        } else {
            self.rate(capacity, &unit)
        };
        let own = capacity > 0.0 || self.rng.chance(0.5);
        if own {
            line.put("capacity", figure);
        }
        if !steady && self.has() {
            let share = self.share();
            let share = self.share_over_time(share);
            line.put("utilisation", share);
        }
        if steady {
            let least = *self.rng.pick(&[0.1, 0.5, 0.4]);
            let least = self.over_time(least * capacity, &format!("{unit}/year"));
            line.put("minimum", least);
        }
        self.pace(&mut line, capacity, &unit);
        self.terms(&mut line);
        if !self.resources.is_empty() && self.rng.chance(0.7) {
            let each = self.some(100.0 / flow);
            let (resource, hours) = self.resources[0].clone();
            let each = self.figure(each, &format!("{hours}/{unit}"));
            line.put("draws", Node::Table(vec![(resource, each)]));
        }
        if self.has() || capacity == 0.0 {
            let expansion = self.expansion(n);
            line.put("expansion", Node::Table(vec![("hall".into(), expansion)]));
        }
        self.noted("line", Some(&key), line);
        self.lines.push(key);
    }

    pub(super) fn share_over_time(&mut self, share: f64) -> Node {
        if self.rng.chance(0.5) {
            return Node::Number(share);
        }
        self.over_time(tidy(100.0 * share), "%")
    }

    /// What a line makes, and at what cost.
    pub(super) fn products(&mut self, line: &mut Node, n: usize) {
        let Item {
            key,
            unit,
            price,
            part,
            ..
        } = self.items[n].clone();
        let twin = self
            .items
            .iter()
            .position(|item| !item.part && item.key != key);
        let twin = twin.filter(|_| !part && self.rng.chance(0.3));
        let costs = self.rng.chance(if part { 0.5 } else { 0.8 });
        let Some(twin) = twin else {
            line.put("makes", &key);
            if costs {
                let number = self.near(price);
                let cost = self.price(number, &unit);
                if let Some(tiers) = self.price_steps(n, number) {
                    line.put("tiers", tiers);
                } else {
                    line.put("cost", cost);
                }
            }
            return;
        };
        let twin = self.items[twin].clone();
        let mut first = table();
        let mut second = table();
        if costs {
            let (number, two) = (self.near(price), self.near(twin.price));
            let (one, two) = (self.price(number, &unit), self.price(two, &twin.unit));
            if let Some(tiers) = self.price_steps(n, number) {
                first.put("tiers", tiers);
            } else {
                first.put("cost", one);
            }
            second.put("cost", two);
        }
        if self.rng.chance(0.7) {
            let pace = *self.rng.pick(&[1.0, 2.0, 0.5, 1.4, 10.0]);
            let pace = self.number(pace);
            second.put("pace", pace);
        }
        self.note(&mut second);
        line.put("makes", Node::Table(vec![(key, first), (twin.key, second)]));
    }

    /// Price steps of a line: by draws of its own, so that all else is drawn as without them.
    fn price_steps(&mut self, n: usize, cost: f64) -> Option<Node> {
        let others = self.rng.clone();
        self.rng.bits();
        let Item { flow, unit, .. } = self.items[n].clone();
        let some = self.has().then(|| self.tiers(cost, flow, &unit));
        self.rng = others;
        some
    }

    /// How fast a line answers: yield, lead time, ramp, cycle.
    pub(super) fn pace(&mut self, line: &mut Node, capacity: f64, unit: &str) {
        if self.has() {
            let share = self.share();
            let share = self.share_of(share);
            line.put("yield", share);
        }
        if self.has() {
            let lead = self.span();
            let late = !is_nothing(&lead);
            line.put("lead_time", lead);
            if late && self.rng.chance(0.6) {
                let booked = self.near(capacity.min(1e6));
                let booked = self.rate(booked, unit);
                line.put("booked", booked);
            }
        }
        if self.has() {
            let ramp = self.some(0.5 * capacity.clamp(0.01, 1e7));
            let ramp = self.figure(ramp, &format!("{unit}/year/year"));
            line.put("ramp", ramp);
            if self.rng.chance(0.5) {
                let running = self.near(0.5 * capacity);
                let running = self.figure(running, &format!("{unit}/year"));
                line.put("running", running);
            }
        }
        self.growth(line, capacity, unit);
        if self.has() {
            let cycle = self.span();
            line.put("cycle", cycle);
        }
    }

    /// How fast a line's output may grow: by draws of its own, so that all else is drawn as without it.
    fn growth(&mut self, line: &mut Node, capacity: f64, unit: &str) {
        let others = self.rng.clone();
        self.rng.bits();
        if self.has() {
            let growth = *self.rng.pick(&[0.0, 0.1, 0.5, 1.5]);
            let growth = self.share_of(growth);
            line.put("growth", growth);
            if line.get("running").is_none() && self.rng.chance(0.5) {
                let running = self.near(0.5 * capacity);
                let running = self.figure(running, &format!("{unit}/year"));
                line.put("running", running);
            }
        }
        self.rng = others;
    }

    pub(super) fn expansion(&mut self, n: usize) -> Node {
        let Item {
            flow, unit, price, ..
        } = self.items[n].clone();
        let mut expansion = table();
        self.name(&mut expansion, "hall");
        let adds = self.some(0.5 * flow);
        let figure = self.figure(adds, &format!("{unit}/year"));
        expansion.put("adds", figure);
        if self.rng.chance(0.8) {
            let cost = self.near(tidy(adds * price * 0.5));
            let unit = self.money_per("");
            let cost = self.over_time(cost, &unit);
            expansion.put("cost", cost);
        }
        let most = (6 * self.years).min(24);
        let lead = self.span_to(most);
        expansion.put("lead_time", lead);
        if self.rarely() {
            let (first, second) = (self.span_to(3), self.share());
            let first = [
                ("after".to_owned(), first),
                ("share".to_owned(), self.share_of(second)),
            ];
            let last = vec![
                ("after".into(), Node::Figure(6.0, "months".into())),
                ("share".into(), Node::Number(1.0)),
            ];
            let mut first = Node::Table(first.into());
            self.note(&mut first);
            expansion.put("opening", Node::List(vec![first, Node::Table(last)]));
        }
        if self.has() {
            let most = *self.rng.pick(&[1.0, 2.0, 0.5, 1e7]);
            expansion.put("at_most", Node::Number(most));
        }
        if self.rarely() {
            let blocks = *self.rng.pick(&["any", "whole"]);
            expansion.put("blocks", blocks);
        }
        if self.rarely() {
            let from = *self.rng.pick(&["01", "02", "04", "07"]);
            expansion.put("from", Node::Text(format!("{}-{from}", self.first)));
        }
        if self.rarely() {
            let until = format!(
                "{}-{}",
                self.first + self.years - 1,
                self.rng.pick(&["06", "08", "12"])
            );
            expansion.put("until", Node::Text(until));
        }
        let part = self
            .items
            .iter()
            .position(|item| item.part)
            .filter(|&part| part != n);
        if let Some(part) = part.filter(|_| self.has()) {
            let Item {
                key,
                unit,
                flow,
                needs,
                ..
            } = self.items[part].clone();
            if !needs.contains(&n) {
                let amount = self.some(0.1 * flow);
                let amount = self.figure(tidy(amount), &unit);
                expansion.put("uses", Node::Table(vec![(key, amount)]));
            }
        }
        self.note(&mut expansion);
        expansion
    }
}

/// Whether a span is no time at all.
pub(super) fn is_nothing(span: &Node) -> bool {
    let zero = |node: &Node| matches!(node, Node::Figure(number, _) if *number == 0.0);
    zero(span)
        || span
            .entries()
            .iter()
            .any(|(key, node)| (key == "value" || key == "mode") && zero(node))
}
