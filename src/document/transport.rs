//! `[hub]`, `[gift]`, `[route]`.

use super::figure::OWN_UNIT;
use super::names::{Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{GIFT, HUB, ROUTE};
use super::tree::Node;
use crate::ids::{HolderId, ItemId};
use crate::model::{Draft, Gift, Hub, Route, UnitPrice};
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};
use crate::units::TonnesPerYear;

impl<'a> Reader<'a> {
    pub(super) fn transport(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        for entry in entries(root, "hub") {
            let fields = self.open(&HUB, &entry.node, Place::new(["hub", &entry.key]), "");
            let throughput = self.path(&fields, "throughput", OWN_UNIT);
            let name = self
                .text(&fields, "name")
                .unwrap_or_else(|| entry.key.clone());
            let throughput = throughput.unwrap_or_else(|| Path::constant(TonnesPerYear::new(1.0)));
            draft.hubs.push(Hub {
                key: entry.key.clone(),
                name,
                throughput,
            });
        }
        for entry in entries(root, "gift") {
            let fields = self.open(&GIFT, &entry.node, Place::new(["gift", &entry.key]), "");
            let from = self.name_list(&fields, "from", "holder", &names.holders);
            let to = self.name(&fields, "to", "holder", &names.holders);
            let items = self.name_list(&fields, "items", "item", &names.items);
            let gift = Gift {
                key: entry.key.clone(),
                from,
                to: to.unwrap_or(HolderId::FIRST),
                cost: self.moving_cost(&fields, &items, names),
                items,
                lag: self.amount(&fields, "lag", OWN_UNIT).unwrap_or_default(),
                hub: self.name(&fields, "hub", "hub", &names.hubs),
            };
            if to.is_some() {
                draft.gifts.push(gift);
            }
        }
        for entry in entries(root, "route") {
            let fields = self.open(&ROUTE, &entry.node, Place::new(["route", &entry.key]), "");
            let from = self.name(&fields, "from", "country", &names.regions);
            let to = self.name(&fields, "to", "country", &names.regions);
            let items = self.name_list(&fields, "items", "item", &names.items);
            let cost = self.moving_cost(&fields, &items, names);
            let lag = self.amount(&fields, "lag", OWN_UNIT).unwrap_or_default();
            let hub = self.name(&fields, "hub", "hub", &names.hubs);
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            draft.routes.push(Route {
                key: entry.key.clone(),
                from,
                to,
                items,
                cost,
                lag,
                hub,
            });
        }
    }

    /// What moving one unit costs; all that moves must count in the same unit.
    fn moving_cost(
        &mut self,
        fields: &Fields<'a>,
        items: &[ItemId],
        names: &Names,
    ) -> Option<UnitPrice> {
        let first = names.unit(*items.first()?);
        let other = items
            .iter()
            .map(|&item| names.unit(item))
            .find(|&unit| unit != first);
        if let Some(other) = other.filter(|_| fields.has("cost")) {
            let message = format!(
                "`{}` is one cost for `{first}` and `{other}`",
                fields.at("cost")
            );
            let problem = Problem::new(Kind::Ambiguous, fields.at("cost"), message)
                .label("per what?")
                .help("write one entry for each unit, with its own cost");
            self.push(problem);
            return None;
        }
        self.price(fields, "cost", first)
    }
}
