//! Keys must be there, and each its own.

use super::Check;
use crate::problem::{Kind, Place, Problem};
use std::collections::HashSet;

impl Check<'_> {
    pub(super) fn names(&mut self) {
        let d = self.draft;
        self.keys("country", d.regions.values().map(|x| x.key.as_str()));
        self.keys("item", d.items.values().map(|x| x.key.as_str()));
        self.keys("resource", d.resources.values().map(|x| x.key.as_str()));
        self.keys("line", d.lines.values().map(|x| x.key.as_str()));
        self.keys("supplier", d.suppliers.values().map(|x| x.key.as_str()));
        self.keys("holder", d.holders.values().map(|x| x.key.as_str()));
        self.keys("gift", d.gifts.values().map(|x| x.key.as_str()));
        self.keys("route", d.routes.values().map(|x| x.key.as_str()));
        self.keys("hub", d.hubs.values().map(|x| x.key.as_str()));
        self.keys(
            "requirement",
            d.requirements.values().map(|x| x.key.as_str()),
        );
        self.keys("fund", d.funds.values().map(|x| x.key.as_str()));
        self.keys("cap", d.caps.values().map(|x| x.key.as_str()));
        self.keys("burden", d.burdens.values().map(|x| x.key.as_str()));
        self.keys("rule", d.rules.values().map(|x| x.key.as_str()));
        for l in d.lines.ids() {
            let options = d.expansions.values().filter(|e| e.line == l);
            self.keys("expansion", options.map(|x| x.key.as_str()));
        }
    }

    fn keys<'k>(&mut self, table: &str, keys: impl Iterator<Item = &'k str>) {
        let mut seen = HashSet::new();
        for key in keys {
            let place = Place::new([table, key]);
            if key.trim().is_empty() {
                let message = format!("a {table} has no name");
                let problem = Problem::new(Kind::EmptyName, place, message).label("empty");
                self.push(problem.help("give it a short name of its own"));
            } else if !seen.insert(key) {
                let message = format!("two {table}s are called `{key}`");
                let problem = Problem::new(Kind::DuplicateName, place, message).label("the second");
                self.push(problem.help("give each a name of its own"));
            }
        }
    }
}
