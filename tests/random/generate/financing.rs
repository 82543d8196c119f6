//! Who pays: the rule, who gives each fund, what countries produce. Drawn after all else and from numbers of its own, so
//! that a model without it is what it would be if there were no such thing.

use super::{Draw, table};
use crate::rng::Rng;

impl Draw {
    pub(super) fn financing(&mut self) {
        self.rng = Rng::new(self.written.seed ^ 0x0070_6179_6572_7321);
        let has_funds = self.written.tables.iter().any(|(kind, ..)| kind == "fund");
        if !self.rng.chance(if has_funds { 0.6 } else { 0.05 }) {
            return;
        }
        let mut rules = vec!["pro-rata", "pro-rata", "grants-first", "cheapest"];
        if has_funds && !self.lands.is_empty() {
            self.givers();
            rules.push("by-gdp");
            rules.push("by-gdp");
        }
        let rule = *self.rng.pick(&rules);
        let tables = &mut self.written.tables;
        if let Some((.., objective)) = tables.iter_mut().find(|(kind, ..)| kind == "objective") {
            objective.put("financing", rule);
        } else {
            let mut objective = table();
            objective.put("financing", rule);
            self.add("objective", None, objective);
        }
    }

    fn givers(&mut self) {
        let unit = self.money_per("year");
        let mut all = self.lands.clone();
        all.extend(self.blocs.clone());
        let mut given = false;
        for n in 0..self.written.tables.len() {
            let kind = self.written.tables[n].0.clone();
            if kind == "country" {
                let gdp = *self.rng.pick(&[1e9, 4e9, 5e8]);
                let gdp = self.over_time(gdp, &unit);
                self.written.tables[n].2.put("gdp", gdp);
            }
            if kind == "fund" && (!given || self.rng.chance(0.7)) {
                given = true;
                let some = self.rng.some(&all);
                self.written.tables[n].2.put("given_by", some);
            }
        }
    }
}
