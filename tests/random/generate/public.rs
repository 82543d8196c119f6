//! Public money: what it costs to raise, how fast arms become dearer, how far each fund keeps its word, and what countries
//! may bear. Drawn after all else and from numbers of its own, so that a model without it is what it would be if there
//! were no such thing.

use super::{Draw, table};
use crate::node::Node;
use crate::rng::Rng;

impl Draw {
    pub(super) fn public_money(&mut self) {
        self.rng = Rng::new(self.written.seed ^ 0x0070_7562_6c69_6321);
        if self.rng.chance(0.2) {
            let times = *self.rng.pick(&[1.2, 2.0, 0.5]);
            self.also("objective", "cost_of_funds", Node::Number(times));
        }
        if self.rng.chance(0.2) {
            let pace = *self.rng.pick(&[0.0, 4.0, 10.0]);
            let pace = self.over_time(pace, "%/year");
            self.also("macro", "arms_inflation", pace);
        }
        let past = self
            .of("calendar")
            .any(|one| one.get("decide_from").is_some());
        let onward = self.of("friction").any(|one| {
            let word = one.get("onward");
            word == Some(&Node::Text("yes".into()))
        });
        if past || onward {
            self.words_kept();
        }
        let has_funds = self.of("fund").next().is_some();
        if has_funds && !self.lands.is_empty() && self.rng.chance(0.3) {
            self.limited();
        }
    }

    fn of(&self, kind: &'static str) -> impl Iterator<Item = &Node> {
        self.written.of(kind).map(|(_, node)| node)
    }

    /// Put a field into the only table of a kind, or into a new one.
    fn also(&mut self, kind: &str, field: &str, node: Node) {
        let mut tables = self.written.tables.iter_mut();
        if let Some((.., table)) = tables.find(|(own, ..)| own == kind) {
            table.put(field, node);
        } else {
            let mut table = table();
            table.put(field, node);
            self.add(kind, None, table);
        }
    }

    fn words_kept(&mut self) {
        for n in 0..self.written.tables.len() {
            if self.written.tables[n].0 != "fund" {
                continue;
            }
            for (field, shares) in [("fulfilled", [1.0, 0.8, 0.5]), ("late", [0.0, 0.3, 1.0])] {
                if self.rng.chance(0.4) {
                    let share = *self.rng.pick(&shares);
                    let share = self.share_of(share);
                    self.written.tables[n].2.put(field, share);
                }
            }
        }
    }

    /// What countries may bear: all say what they produce and how many live there.
    fn limited(&mut self) {
        let unit = self.money_per("year");
        let mut all = self.lands.clone();
        all.extend(self.blocs.clone());
        let mut givers: Vec<String> = Vec::new();
        for n in 0..self.written.tables.len() {
            let (kind, _, node) = &self.written.tables[n];
            let (kind, has) = (kind.clone(), |field: &str| node.get(field).is_some());
            let (gdp, given) = (has("gdp"), node.get("given_by").cloned());
            if kind == "country" {
                if !gdp {
                    let gdp = *self.rng.pick(&[1e9, 4e9, 5e8]);
                    let gdp = self.over_time(gdp, &unit);
                    self.written.tables[n].2.put("gdp", gdp);
                }
                let people = *self.rng.pick(&[1e5, 4e5, 2e4]);
                let people = self.number(people);
                self.written.tables[n].2.put("population", people);
            } else if kind == "fund" {
                let given = given.unwrap_or_else(|| {
                    let some = Node::from(self.rng.some(&all));
                    self.written.tables[n].2.put("given_by", some.clone());
                    some
                });
                if let Node::List(names) = given {
                    let name = |name: &Node| name.to_string().replace('"', "");
                    givers = names.iter().map(name).collect();
                }
            }
        }
        let all: f64 = self.items.iter().map(|item| item.flow * item.price).sum();
        for key in ["fiscal", "even"] {
            if self.rng.chance(0.3) {
                continue;
            }
            let mut burden = table();
            self.name(&mut burden, key);
            burden.put("countries", givers.clone());
            if self.rng.chance(0.5) {
                let share = self.limit(all / 1e9).clamp(1e-6, 1.0);
                let share = self.share_over_time(share);
                burden.put("gdp", share);
            } else {
                let times = *self.rng.pick(&[1.0, 1.5, 0.5, 10.0]);
                let times = self.share_over_time(times);
                burden.put("share", times);
                if self.rng.chance(0.6) {
                    let by = *self.rng.pick(&["gdp", "capacity", "capacity"]);
                    burden.put("by", by);
                }
            }
            self.noted("burden", Some(key), burden);
        }
    }
}
