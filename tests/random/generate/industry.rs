//! Items, resources, lines with their expansions, suppliers.

use super::figures::tidy;
use super::{Draw, Item, table};
use crate::node::Node;

impl Draw {
    pub(super) fn goods(&mut self) {
        let finished = *self.rng.pick(&[1, 1, 2]);
        let parts = *self.rng.pick(&[0, 0, 1, 1, 2]);
        let flow = *self.rng.pick(&[1.0, 10.0, 100.0, 1e3, 1e4, 1e6]);
        let price = *self.rng.pick(&[1.0, 100.0, 3e3, 1e6, 4e6]);
        for n in 0..parts {
            let unit = ["t", "body"][n % 2];
            let each = *self.rng.pick(&[0.001, 0.01, 1.0, 5.0]);
            self.items.push(Item {
                key: ["powder", "body"][n].into(),
                unit: unit.into(),
                flow: flow * each,
                price: tidy(0.2 * price / each),
                needs: Vec::new(),
                part: true,
            });
        }
        for n in 0..finished {
            let needs = (0..parts).filter(|_| self.rng.chance(0.7)).collect();
            let times = *self.rng.pick(&[1.0, 1.0, 0.1, 10.0]);
            self.items.push(Item {
                key: ["round", "rocket"][n].into(),
                unit: ["round", "rocket"][n].into(),
                flow: flow * times,
                price: tidy(price / times),
                needs,
                part: false,
            });
        }
        // One part may be made from the other.
        if parts == 2 && self.rng.chance(0.4) {
            self.items[1].needs = vec![0];
        }
        for n in 0..self.items.len() {
            self.item(n);
        }
    }

    fn item(&mut self, n: usize) {
        let Item {
            key,
            unit,
            flow,
            price,
            needs,
            part,
        } = self.items[n].clone();
        let mut item = table();
        self.name(&mut item, &key);
        item.put("unit", &unit);
        if !needs.is_empty() {
            let mut table = Vec::new();
            for need in needs {
                let other = self.items[need].clone();
                let each = other.flow / flow;
                let (each, above) = if other.unit == "t" && self.rng.chance(0.5) {
                    (each * 1_000.0, "kg".to_owned())
                } else {
                    (each, other.unit)
                };
                table.push((
                    other.key,
                    self.figure(tidy(each), &format!("{above}/{unit}")),
                ));
            }
            item.put("needs", Node::Table(table));
        }
        if !part && self.has() {
            let life = self.span();
            if !is_nothing(&life) {
                item.put("shelf_life", life);
            }
        }
        if self.has() {
            let cost = *self.rng.pick(&[0.0, 0.01, 0.1]);
            let unit = self.money_per(&unit);
            let cost = self.figure(tidy(cost * price), &format!("{unit}/year"));
            item.put("storage_cost", cost);
        }
        if self.rng.chance(0.5) {
            let value = self.some(price);
            let per = self.money_per(&unit);
            let value = self.figure(value, &per);
            item.put("value", value);
        }
        if unit != "t" && self.rng.chance(0.4) {
            let mass = *self.rng.pick(&[1.0, 47.0, 1_000.0]);
            let mass = self.figure(mass, &format!("kg/{unit}"));
            item.put("mass", mass);
        }
        if part && self.has() {
            let stock = self.makers_stock(flow, &unit);
            item.put("stock", stock);
        }
        self.noted("item", Some(&key), item);
    }

    fn makers_stock(&mut self, flow: f64, unit: &str) -> Node {
        let mut stock = table();
        let opening = self.near(0.5 * flow);
        if self.rng.chance(0.7) {
            let opening = self.figure(opening, unit);
            stock.put("opening", opening);
        }
        if self.rng.chance(0.4) {
            let most = self.limit(flow).max(opening);
            let most = self.over_time(most, unit);
            stock.put("most", most);
        }
        if self.rng.chance(0.3) {
            let closing = self.figure(tidy(0.5 * opening), unit);
            stock.put("closing", closing);
        }
        self.note(&mut stock);
        stock
    }

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

    fn resource(&mut self) {
        let limit = self.limit(100.0);
        let mut resource = table();
        self.name(&mut resource, "welders");
        resource.put("unit", "hour");
        let limit = self.rate(limit, "hour");
        resource.put("limit", limit);
        self.noted("resource", Some("welders"), resource);
        self.resources.push(("welders".into(), "hour".into()));
    }

    fn line(&mut self, n: usize) {
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
    fn products(&mut self, line: &mut Node, n: usize) {
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
                let cost = self.near(price);
                let cost = self.price(cost, &unit);
                line.put("cost", cost);
            }
            return;
        };
        let twin = self.items[twin].clone();
        let mut first = table();
        let mut second = table();
        if costs {
            let (one, two) = (self.near(price), self.near(twin.price));
            let (one, two) = (self.price(one, &unit), self.price(two, &twin.unit));
            first.put("cost", one);
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

    /// How fast a line answers: yield, lead time, ramp, cycle.
    fn pace(&mut self, line: &mut Node, capacity: f64, unit: &str) {
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
        if self.has() {
            let cycle = self.span();
            line.put("cycle", cycle);
        }
    }

    /// Where a price comes from, and when it is paid.
    fn terms(&mut self, node: &mut Node) {
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

    fn expansion(&mut self, n: usize) -> Node {
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
            let cost = self.figure(cost, &unit);
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

    fn supplier(&mut self, n: usize) {
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

    fn tiers(&mut self, cost: f64, flow: f64, unit: &str) -> Node {
        let per = self.money_per(unit);
        let mut tiers = Vec::new();
        for n in 0..self.rng.from(1, 2) {
            let up_to = self.some(0.5 * flow);
            let mut tier = table();
            let up_to = self.figure(up_to, &format!("{unit}/year"));
            tier.put("up_to", up_to);
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

/// Whether a span is no time at all.
fn is_nothing(span: &Node) -> bool {
    let zero = |node: &Node| matches!(node, Node::Figure(number, _) if *number == 0.0);
    zero(span)
        || span
            .entries()
            .iter()
            .any(|(key, node)| (key == "value" || key == "mode") && zero(node))
}
