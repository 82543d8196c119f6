//! Holders and their stocks, gifts, routes, hubs, requirements.

use super::figures::tidy;
use super::{Draw, Item, table};
use crate::node::Node;

impl Draw {
    pub(super) fn holders(&mut self) {
        let many = *self.rng.pick(&[1, 1, 2, 2, 3]);
        for n in 0..many {
            let key = ["ua", "de", "fr"][n];
            let mut holder = table();
            self.name(&mut holder, key);
            if let Some(land) = self.land() {
                holder.put("country", land);
            }
            let mut stocks = Vec::new();
            self.kept.push(Vec::new());
            for item in self.finished() {
                if self.rng.chance(if n == 0 { 0.4 } else { 0.7 }) {
                    stocks.push((item.key.clone(), self.stock(&item)));
                    self.kept[n].push(item);
                }
            }
            if !stocks.is_empty() {
                holder.put("stock", Node::Table(stocks));
            }
            self.noted("holder", Some(key), holder);
            self.holders.push(key.into());
        }
    }

    fn finished(&self) -> Vec<Item> {
        self.items
            .iter()
            .filter(|item| !item.part)
            .cloned()
            .collect()
    }

    fn stock(&mut self, item: &Item) -> Node {
        let (flow, unit) = (item.flow, item.unit.clone());
        let mut stock = table();
        let mut opening = self.near(flow);
        if self.rarely() {
            // What ages is a part of what is there.
            let (aged, month) = (self.some(0.5 * flow), *self.rng.pick(&["03", "05", "07"]));
            opening = opening.max(aged);
            let mut batch = table();
            let quantity = self.figure(aged, &unit);
            batch.put("quantity", quantity);
            let year = self.first + self.rng.from(0, self.years);
            let expires = if year == self.first { "07" } else { month };
            batch.put("expires", Node::Text(format!("{year}-{expires}")));
            self.note(&mut batch);
            stock.put("ages", Node::List(vec![batch]));
        }
        if opening > 0.0 {
            let opening = self.figure(opening, &unit);
            stock.put("opening", opening);
        }
        if self.has() {
            let floor = self.near(0.5 * opening);
            let floor = self.over_time(floor, &unit);
            stock.put("floor", floor);
        }
        if !self.lands.is_empty() && self.has() {
            let origin = self.region();
            stock.put("origins", vec![origin]);
        }
        if self.has() {
            let draw = self.limit(0.5 * flow);
            let draw = self.rate(draw, &unit);
            stock.put("draw", draw);
        }
        if self.rarely() {
            let closing = *self.rng.pick(&[0.0, 0.1, 0.5]);
            let closing = self.figure(tidy(closing * opening), &unit);
            stock.put("closing", closing);
        }
        if self.rarely() {
            let share = *self.rng.pick(&[0.1, 0.5, 1.0]);
            let share = self.share_of(share);
            // What is valued at the end is worth making without end, and a limit that means none then is one.
            if !self.endless {
                stock.put("closing_value", share);
            }
        }
        self.note(&mut stock);
        stock
    }

    pub(super) fn transport(&mut self) {
        if self.has() {
            let mut hub = table();
            self.name(&mut hub, "hub");
            let mass: f64 = self.items.iter().map(|item| item.flow).sum::<f64>() * 0.05;
            let through = self.limit(tidy(mass));
            let through = self.rate(through, "t");
            hub.put("throughput", through);
            self.noted("hub", Some("east"), hub);
            self.hubs.push("east".into());
        }
        if self.holders.len() > 1 && self.rng.chance(0.6) {
            self.gift();
        }
        if self.lands.len() > 1 && self.has() {
            self.route();
        }
    }

    fn gift(&mut self) {
        let mut gift = table();
        let items: Vec<Item> = self.kept[1..].concat();
        if items.is_empty() {
            return;
        }
        let item = self.rng.pick(&items).clone();
        let keeps = |n: &usize| self.kept[*n].iter().any(|kept| kept.key == item.key);
        let givers: Vec<String> = (1..self.holders.len())
            .filter(keeps)
            .map(|n| self.holders[n].clone())
            .collect();
        let givers = self.rng.some(&givers);
        gift.put("from", givers);
        gift.put("to", "ua");
        self.moving(&mut gift, &item);
        self.noted("gift", Some("aid"), gift);
    }

    fn route(&mut self) {
        let items = self.items.clone();
        let item = self.rng.pick(&items).clone();
        let mut lands = self.lands.clone();
        self.rng.shuffle(&mut lands);
        for (key, from, to) in [("rail", 0, 1), ("sea", 2, 1)] {
            if key == "sea" && self.rng.chance(0.4) {
                continue;
            }
            let mut route = table();
            let bloc = !self.blocs.is_empty() && self.rng.chance(0.15);
            let from = if bloc {
                self.blocs[0].clone()
            } else {
                lands[from].clone()
            };
            route.put("from", &from);
            route.put("to", &lands[to]);
            self.moving(&mut route, &item);
            self.noted("route", Some(key), route);
        }
    }

    /// What a gift and a route share.
    fn moving(&mut self, node: &mut Node, item: &Item) {
        node.put("items", vec![item.key.clone()]);
        if self.rng.chance(0.4) {
            let cost = tidy(0.1 * item.price);
            let cost = self.near(cost);
            let cost = self.price(cost, &item.unit);
            node.put("cost", cost);
        }
        if self.rng.chance(0.4) {
            let lag = self.span_to(12);
            node.put("lag", lag);
        }
        let weighs = |(kind, key, node): &(String, Option<String>, Node)| {
            kind == "item" && key.as_deref() == Some(&item.key) && node.get("mass").is_some()
        };
        if !self.hubs.is_empty() && self.written.tables.iter().any(weighs) {
            let hub = self.hubs[0].clone();
            node.put("hub", &hub);
        }
    }

    pub(super) fn requirements(&mut self) {
        let items = self.finished();
        let many = self.rng.from(1, 3);
        for n in 0..many {
            let holder = if n == 0 {
                "ua".to_owned()
            } else {
                self.rng.pick(&self.holders).clone()
            };
            let item = self.rng.pick(&items).clone();
            let key = format!("r{n}");
            let requirement = self.requirement(&key, &holder, &item);
            self.noted("requirement", Some(&key), requirement);
        }
    }

    fn requirement(&mut self, key: &str, holder: &String, item: &Item) -> Node {
        let unit = item.unit.clone();
        let mut node = table();
        self.name(&mut node, key);
        node.put("holder", holder);
        let other = self
            .finished()
            .into_iter()
            .find(|other| other.key != item.key);
        match other.filter(|_| self.has()) {
            None => node.put("item", &item.key),
            Some(other) => {
                let factor = *self.rng.pick(&[1.0, 0.5, 0.8, 10.0]);
                let factor = self.number(factor);
                node.put(
                    "meets",
                    Node::Table(vec![
                        (item.key.clone(), Node::Number(1.0)),
                        (other.key, factor),
                    ]),
                );
            }
        }
        if self.rng.chance(0.2) {
            let level = self.near(item.flow);
            let level = self.over_time(level, &unit);
            node.put("level", level);
        } else {
            let quantity = self.near(item.flow);
            let quantity = self.rate(quantity, &unit);
            node.put("quantity", quantity);
        }
        if self.rng.chance(0.4) {
            let tier = *self.rng.pick(&[1.0, 2.0, 3.0]);
            node.put("tier", Node::Number(tier));
        }
        if self.has() {
            let weight = *self.rng.pick(&[1.0, 2.0, 0.1, 10.0]);
            node.put("weight", Node::Number(weight));
        }
        if self.has() {
            let window = *self.rng.pick(&["period", "year"]);
            node.put("window", window);
        }
        if self.has() {
            let unmet = *self.rng.pick(&["lost", "waits"]);
            node.put("unmet", unmet);
        }
        if self.has() {
            let value = self.near(item.price);
            let value = self.price(value, &unit);
            node.put("value", value);
        }
        node
    }
}
