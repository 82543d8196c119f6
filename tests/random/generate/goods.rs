//! Items and what makers keep of them.

use super::figures::tidy;
use super::industry::is_nothing;
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

    pub(super) fn item(&mut self, n: usize) {
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
            let cost = self.over_time(tidy(cost * price), &format!("{unit}/year"));
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

    pub(super) fn makers_stock(&mut self, flow: f64, unit: &str) -> Node {
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
}
