//! Suppliers, and the terms on which lines and suppliers sell.

use super::figures::tidy;
use super::industry::is_nothing;
use super::{Draw, Item, table};
use crate::node::Node;

impl Draw {
    /// Where a price comes from, and when it is paid.
    pub(super) fn terms(&mut self, node: &mut Node) {
        if !self.lands.is_empty() && self.has() {
            let lands = self.lands.clone();
            let (one, two) = (self.share(), *self.rng.pick(&[0.0, 0.3, 1.0]));
            let mut content = vec![(lands[0].clone(), self.share_of(one))];
            if one < 1.0 {
                let rest = tidy((1.0 - one) * two);
                content.push((lands[2].clone(), self.share_of(rest)));
            }
            node.put("content", Node::Table(content));
        }
        if self.has() {
            let mut payment = table();
            if self.rng.chance(0.7) {
                let share = self.share();
                let (share, before) = (self.share_of(share), self.span());
                payment.put("advance", share);
                payment.put("before", before);
            }
            if self.rng.chance(0.5) {
                let after = self.span();
                payment.put("after", after);
            }
            self.note(&mut payment);
            node.put("payment", payment);
        }
    }

    pub(super) fn supplier(&mut self, n: usize) {
        let Item {
            key,
            unit,
            flow,
            price,
            ..
        } = self.items[n].clone();
        let name = format!("{key}-abroad-{}", self.suppliers.len());
        let mut supplier = table();
        self.name(&mut supplier, &name);
        if let Some(land) = self.land() {
            supplier.put("country", land);
        }
        supplier.put("item", &key);
        let rate = self.limit(flow);
        let figure = self.rate(rate, &unit);
        supplier.put("rate", figure);
        let cost = self.near(price);
        if self.has() {
            let tiers = self.tiers(cost, flow, &unit);
            supplier.put("tiers", tiers);
        } else if self.rng.chance(0.9) {
            let cost = self.price(cost, &unit);
            supplier.put("cost", cost);
        }
        let mut late = false;
        for field in ["lead_time", "queue"] {
            if self.has() {
                let span = self.span_to(12);
                late |= !is_nothing(&span);
                supplier.put(field, span);
            }
        }
        if late && self.rng.chance(0.5) {
            let booked = self.near(rate);
            let booked = self.rate(booked, &unit);
            supplier.put("booked", booked);
        }
        if self.rarely() {
            let least = self.some(0.1 * flow);
            let least = self.figure(least, &unit);
            supplier.put("minimum_order", least);
        }
        self.terms(&mut supplier);
        self.noted("supplier", Some(&name), supplier);
        self.suppliers.push(name);
    }

    /// A share in the place of an amount: by draws of its own, so that all else is drawn as without it.
    fn share_instead(&mut self) -> Option<Node> {
        let others = self.rng.clone();
        self.rng.bits();
        let share = *self.rng.pick(&[0.5, 0.8, 1.0]);
        let share = self.rng.chance(0.4).then(|| self.share_of(share));
        self.rng = others;
        share
    }

    /// Price steps, each an amount or a share.
    pub(super) fn tiers(&mut self, cost: f64, flow: f64, unit: &str) -> Node {
        let per = self.money_per(unit);
        let mut tiers = Vec::new();
        for n in 0..self.rng.from(1, 2) {
            let up_to = self.some(0.5 * flow);
            let mut tier = table();
            let up_to = self.figure(up_to, &format!("{unit}/year"));
            let up_to = self.share_instead().unwrap_or(up_to);
            tier.put("up_to", up_to);
            if self.rarely() {
                let window = *self.rng.pick(&["period", "year"]);
                tier.put("window", window);
            }
            let dearer = if n == 0 { 1.0 } else { 1.5 };
            let cost = self.figure(tidy(cost * dearer), &per);
            tier.put("cost", cost);
            self.note(&mut tier);
            tiers.push(tier);
        }
        if self.rng.chance(0.6) {
            let mut last = table();
            // A price over time, which must not start below the one before.
            let cost = Node::Figure(tidy(cost * 2.0), per);
            let cost = match self.rng.from(0, 9) {
                0 => Node::Table(vec![(self.first.to_string(), cost)]),
                1 => {
                    let from = Node::Text(format!("{}-01", self.first));
                    Node::List(vec![Node::Table(vec![
                        ("from".into(), from),
                        ("value".into(), cost),
                    ])])
                }
                _ => cost,
            };
            last.put("cost", cost);
            tiers.push(last);
        }
        Node::List(tiers)
    }
}
