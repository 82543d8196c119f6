//! Funds for some holders only, where goods are made from parts. Drawn after all else and from numbers of its own, so that
//! a model without it is what it would be if there were no such thing.

use super::Draw;
use crate::node::Node;
use crate::rng::Rng;

impl Draw {
    pub(super) fn earmarks(&mut self) {
        self.rng = Rng::new(self.written.seed ^ 0x0065_6172_6d61_726b);
        let made_of = self.items.iter().any(|item| !item.needs.is_empty());
        let funds = self.written.of("fund").count();
        if funds == 0 || !made_of || self.holders.len() < 2 || !self.rng.chance(0.4) {
            return;
        }
        let holders = self.holders.clone();
        for n in 0..self.written.tables.len() {
            if self.written.tables[n].0 != "fund" || !self.rng.chance(0.8) {
                continue;
            }
            let some = self.rng.some(&holders);
            let goods_alone = self.rng.chance(0.25);
            let Node::Table(fund) = &mut self.written.tables[n].2 else {
                continue;
            };
            if !fund.iter().any(|(key, _)| key == "buys") {
                fund.push(("buys".into(), Node::Table(Vec::new())));
            }
            for (_, buys) in fund.iter_mut().filter(|(key, _)| key == "buys") {
                if let Node::Table(lists) = buys {
                    lists.retain(|(key, _)| key != "holders" && key != "pays_for");
                }
                buys.put("holders", some.clone());
                if goods_alone {
                    buys.put("pays_for", vec!["production".to_owned()]);
                }
            }
        }
    }
}
