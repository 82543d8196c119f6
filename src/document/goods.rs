//! `[item]` and `[resource]`.

use super::figure::OWN_UNIT;
use super::names::{Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{ITEM, ITEM_STOCK, RESOURCE};
use super::tree::Node;
use crate::ids::ItemId;
use crate::model::{Draft, IndustryStock, Input, Item, Resource};
use crate::path::Path;
use crate::problem::Place;
use crate::units::{Pieces, PiecesPerPiece, PiecesPerYear};

impl<'a> Reader<'a> {
    pub(super) fn goods(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        for entry in entries(root, "item") {
            let fields = self.open(&ITEM, &entry.node, Place::new(["item", &entry.key]), "");
            let item = self.item(&fields, &entry.key, names);
            draft.items.push(item);
        }
        if draft.items.is_empty() {
            // What names an item that is not there still needs one to hold on to.
            draft.items.push(Item::new("?", "piece"));
        }
        for entry in entries(root, "resource") {
            let fields = self.open(
                &RESOURCE,
                &entry.node,
                Place::new(["resource", &entry.key]),
                "",
            );
            let unit = names.resource_units[names.resources[&entry.key]].clone();
            let limit = self.path(&fields, "limit", &unit);
            let limit = limit.unwrap_or_else(|| Path::constant(PiecesPerYear::new(1.0)));
            let steps = limit.iter().map(|(month, _)| month);
            let window = self.window(&fields, "limit", &draft.calendar, steps);
            draft.resources.push(Resource {
                key: entry.key.clone(),
                name: self
                    .text(&fields, "name")
                    .unwrap_or_else(|| entry.key.clone()),
                limit,
                window,
                unit,
            });
        }
    }

    fn item(&mut self, fields: &Fields<'a>, key: &str, names: &Names) -> Item {
        let unit = names.item_units[names.items[key]].clone();
        self.text(fields, "unit");
        let mut item = Item::new(key, &unit);
        item.name = self.text(fields, "name").unwrap_or(item.name);
        item.needs = self
            .amounts(fields, "needs", names, |input| format!("{input}/{unit}"))
            .into_iter()
            .map(|(item, amount)| Input {
                item,
                amount: PiecesPerPiece::new(amount),
            })
            .collect();
        item.shelf_life = self.amount(fields, "shelf_life", OWN_UNIT);
        item.storage_cost = self.price(fields, "storage_cost", &unit);
        item.mass = self.amount(fields, "mass", &unit);
        item.value = self.price(fields, "value", &unit);
        if let Some(node) = fields.get("stock") {
            let stock = self.open(&ITEM_STOCK, node, fields.at("stock"), &fields.note);
            item.stock = Some(IndustryStock {
                opening: self
                    .amount(&stock, "opening", &unit)
                    .unwrap_or(Pieces::ZERO),
                most: self.path(&stock, "most", &unit),
                closing: self
                    .amount(&stock, "closing", &unit)
                    .unwrap_or(Pieces::ZERO),
            });
        }
        item
    }

    /// A table from items to amounts of them, each in a unit made from its own.
    pub(super) fn amounts(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        names: &Names,
        unit: impl Fn(&str) -> String,
    ) -> Vec<(ItemId, f64)> {
        let mut amounts = Vec::new();
        for entry in self.keyed(fields, key) {
            let Some(item) = self.refer(&entry.key, &entry.key_spot, "item", &names.items) else {
                continue;
            };
            let unit = unit(&names.item_units[item]);
            if let Some(reading) = self.named_figure(fields, key, entry, &unit) {
                amounts.push((item, reading.number));
            }
        }
        amounts
    }
}
