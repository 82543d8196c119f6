//! Funds and caps.

use super::figures::tidy;
use super::{Draw, table};
use crate::node::Node;

impl Draw {
    pub(super) fn funding(&mut self) {
        let many = *self.rng.pick(&[0, 0, 1, 2, 2]);
        for n in 0..many {
            self.fund(["aid", "budget"][n]);
        }
        if self.has() {
            self.cap("one");
        }
        if self.rarely() {
            self.cap("two");
        }
    }

    fn fund(&mut self, key: &str) {
        let mut fund = table();
        self.name(&mut fund, key);
        let all: f64 = self.items.iter().map(|item| item.flow * item.price).sum();
        let amount = if self.rng.chance(0.15) {
            1e18
        } else {
            self.some(tidy(all))
        };
        let unit = self.money_per("year");
        let amount = self.over_time(amount, &unit);
        fund.put("amount", amount);
        if self.has() {
            let buys = self.buys();
            fund.put("buys", buys);
        }
        if self.has() {
            let share = self.share();
            let share = self.share_of(share);
            fund.put("carry_over", share);
        }
        if self.has() {
            let mut loan = table();
            let rate = *self.rng.pick(&[0.0, 3.0, 10.0]);
            let rate = self.figure(rate, "%/year");
            loan.put("rate", rate);
            if self.rng.chance(0.5) {
                let grace = self.span();
                loan.put("grace", grace);
            }
            let maturity = *self.rng.pick(&[5.0, 10.0, 45.0]);
            let maturity = self.figure(maturity, "years");
            loan.put("maturity", maturity);
            self.note(&mut loan);
            fund.put("loan", loan);
        }
        if !self.lands.is_empty() && self.has() {
            let mut content = table();
            let region = self.region();
            content.put("region", &region);
            let share = self.share();
            let share = self.share_of(share);
            content.put("share", share);
            if self.rng.chance(0.6) {
                let of = *self.rng.pick(&["each", "all"]);
                content.put("of", of);
            }
            self.note(&mut content);
            fund.put("content", content);
        }
        self.noted("fund", Some(key), fund);
    }

    fn buys(&mut self) -> Node {
        let mut buys = table();
        let lists = [
            ("holders", self.holders.clone()),
            (
                "items",
                self.items.iter().map(|item| item.key.clone()).collect(),
            ),
            ("lines", self.lines.clone()),
            ("suppliers", self.suppliers.clone()),
            ("origins", self.lands.clone()),
        ];
        for (field, all) in lists {
            if !all.is_empty() && self.rng.chance(0.3) {
                let some = self.rng.some(&all);
                buys.put(field, some);
            }
        }
        if self.rng.chance(0.2) {
            let kinds = ["production".to_owned(), "expansion".to_owned()];
            let kinds = self.rng.some(&kinds);
            buys.put("pays_for", kinds);
        }
        buys
    }

    fn cap(&mut self, key: &str) {
        let mut cap = table();
        self.name(&mut cap, key);
        if !self.lands.is_empty() && self.rng.chance(0.5) {
            let region = self.region();
            cap.put("region", &region);
            if self.rng.chance(0.5) {
                let share = self.share();
                let share = self.share_over_time(share);
                cap.put("share", share);
            } else {
                let all: f64 = self.items.iter().map(|item| item.flow * item.price).sum();
                let amount = self.limit(tidy(0.5 * all));
                let unit = self.money_per("year");
                let amount = self.over_time(amount, &unit);
                cap.put("amount", amount);
            }
        } else {
            let item = self.rng.pick(&self.items).clone();
            cap.put("item", &item.key);
            if self.rng.chance(0.5) {
                let lines = self.lines.clone();
                let lines = self.rng.some(&lines);
                cap.put("lines", lines);
            }
            if !self.suppliers.is_empty() && self.rng.chance(0.5) {
                let suppliers = self.suppliers.clone();
                let suppliers = self.rng.some(&suppliers);
                cap.put("suppliers", suppliers);
            }
            if self.rng.chance(0.5) {
                let share = self.share();
                let share = self.share_over_time(share);
                cap.put("share", share);
            } else {
                let quantity = self.limit(0.5 * item.flow);
                let quantity = self.rate(quantity, &item.unit);
                cap.put("quantity", quantity);
            }
        }
        self.noted("cap", Some(key), cap);
    }
}
