//! History: years before decisions are free, friction, what is under way. Drawn after all else and from numbers of its
//! own, so that a model without it is what it would be if there were no such thing.

use super::{Draw, table};
use crate::node::Node;
use crate::rng::Rng;

impl Draw {
    pub(super) fn history(&mut self) {
        self.rng = Rng::new(self.written.seed ^ 0x0068_6973_746f_7279);
        let past = self.years > 1 && self.rng.chance(0.3);
        if past {
            let year = self.first + self.rng.from(1, self.years - 1);
            let tables = self.written.tables.iter_mut();
            for (_, _, calendar) in tables.filter(|(kind, ..)| kind == "calendar") {
                calendar.put("decide_from", Node::Text(format!("{year}-01")));
            }
            self.under_way(year - self.first);
        }
        if past && self.rng.chance(0.6) || self.rng.chance(0.03) {
            self.friction(past);
        }
    }

    fn friction(&mut self, past: bool) {
        let mut friction = table();
        if self.rng.chance(0.7) {
            let share = *self.rng.pick(&[1.0, 0.8, 0.5, 0.0]);
            let output = self.share_of(share);
            friction.put("output", output);
        }
        if self.rng.chance(0.5) {
            let share = *self.rng.pick(&[1.0, 0.85, 0.5]);
            let money = self.share_of(share);
            friction.put("money", money);
        }
        if self.rng.chance(0.5) {
            let delay = self.span_to(12);
            friction.put("delay", delay);
        }
        if !past || self.rng.chance(0.3) {
            let word = if past {
                *self.rng.pick(&["yes", "no"])
            } else {
                "yes"
            };
            friction.put("onward", word);
        }
        if self.rng.chance(0.6) {
            let share = *self.rng.pick(&[0.5, 0.2, 1.0]);
            let late = self.share_of(share);
            friction.put("late", late);
        }
        self.noted("friction", None, friction);
    }

    /// Some expansions are under way.
    fn under_way(&mut self, years: usize) {
        for n in 0..self.written.tables.len() {
            let ordered = self.rng.chance(0.4);
            let month = self.rng.from(1, 12);
            let year = self.first + self.rng.from(0, years - 1);
            let (kind, _, line) = &mut self.written.tables[n];
            if kind != "line" || !ordered {
                continue;
            }
            let Node::Table(fields) = line else { continue };
            for (_, options) in fields.iter_mut().filter(|(key, _)| key == "expansion") {
                let Node::Table(options) = options else {
                    continue;
                };
                for (_, option) in options {
                    if let Node::Table(fields) = option {
                        fields.retain(|(key, _)| key != "from" && key != "until");
                    }
                    option.put("ordered", Node::Text(format!("{year}-{month:02}")));
                }
            }
        }
    }
}
