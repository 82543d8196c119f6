//! Price steps of lines and suppliers: one `cost`, or a list of `tiers`.

use super::figure::OWN_UNIT;
use super::quantity::{Quantity, Unit};
use super::reader::{Fields, Reader};
use super::schema::TIER;
use super::tree::{Entry, Node, Value};
use crate::calendar::Calendar;
use crate::model::{Tier, UpTo, Window};
use crate::problem::{Kind, Place, Problem};

impl<'a> Reader<'a> {
    /// What a line or a supplier sells an item at. A check finds the steps at `place`, wherever they are written.
    pub(super) fn tiers(
        &mut self,
        fields: &Fields<'a>,
        unit: &str,
        calendar: &Calendar,
        place: &Place,
    ) -> Vec<Tier> {
        let cost = self.price(fields, "cost", unit);
        let mut tiers = Vec::new();
        for (place, node) in self.items(fields, "tiers") {
            let tier = self.open(&TIER, node, place, &fields.note);
            tiers.extend(self.price_step(&tier, unit, calendar));
        }
        if fields.has("cost") && fields.has("tiers") {
            let message = format!("`{}` has both a `cost` and `tiers`", fields.place);
            let problem = Problem::new(Kind::Ambiguous, fields.at("cost"), message)
                .label("which price?")
                .also(fields.at("tiers"), "or these")
                .help("keep one of the two");
            self.push(problem);
        }
        if tiers.is_empty() {
            tiers.extend(cost.map(Tier::all));
            let only = place.then("tiers").then("1").then("cost");
            self.alias(&fields.at("cost"), &only);
        } else if *place != fields.place {
            self.alias(&fields.at("tiers"), &place.then("tiers"));
        }
        tiers
    }

    fn price_step(&mut self, tier: &Fields<'a>, unit: &str, calendar: &Calendar) -> Option<Tier> {
        let is_share = tier.get("up_to").is_some_and(|node| self.is_share(node));
        let up_to = if is_share {
            let share = self.amount(tier, "up_to", OWN_UNIT);
            share.map(UpTo::Share)
        } else {
            self.amount(tier, "up_to", unit).map(UpTo::Rate)
        };
        let stated = self.window(tier, "up_to", calendar, std::iter::empty());
        let window = if is_share && !tier.has("window") {
            Window::Period
        } else {
            stated
        };
        let cost = self.price(tier, "cost", unit)?;
        Some(Tier {
            up_to,
            window,
            cost,
        })
    }

    /// Whether a figure is written as a share, and not as an amount a year.
    fn is_share(&self, node: &Node) -> bool {
        match &node.value {
            Value::Number(_) => true,
            Value::Text(text) => Quantity::read(text).is_ok_and(|read| read.unit.is_pure()),
            Value::Table(entries) => self.is_share_of_facts(entries),
            _ => false,
        }
    }

    /// The same of a figure with its source: its fact and what that is scaled by, or all that it says itself.
    fn is_share_of_facts(&self, entries: &[Entry]) -> bool {
        let of = |key: &str| entries.iter().find(|entry| entry.key == key);
        let Some(fact) = of("fact") else {
            let mut own = ["value", "mode", "low", "high"].into_iter().filter_map(of);
            return own.next().is_some_and(|entry| self.is_share(&entry.node));
        };
        let fact = match &fact.node.value {
            Value::Text(id) => self.registry.get(id),
            _ => None,
        };
        let pure =
            |fact: &crate::evidence::Fact| Unit::read(&fact.unit).is_ok_and(|unit| unit.is_pure());
        fact.is_some_and(pure) && of("scale").is_none_or(|entry| self.is_share(&entry.node))
    }
}
