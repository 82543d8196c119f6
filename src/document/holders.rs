//! `[holder]` and its stocks.

use super::figure::Expect;
use super::names::{Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{BATCH, HOLDER, STOCK};
use super::tree::Node;
use crate::ids::{HolderId, ItemId};
use crate::model::{Batch, Draft, Holder, Stock};
use crate::problem::Place;

impl<'a> Reader<'a> {
    pub(super) fn holders(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        for entry in entries(root, "holder") {
            let fields = self.open(&HOLDER, &entry.node, Place::new(["holder", &entry.key]), "");
            let mut holder = Holder::new(&entry.key);
            holder.name = self.text(&fields, "name").unwrap_or(holder.name);
            holder.country = self.name(&fields, "country", "country", &names.regions);
            let id = draft.holders.push(holder);
            for entry in self.keyed(&fields, "stock") {
                let item = self.refer(&entry.key, &entry.key_spot, "item", &names.items);
                let Some(item) = item else { continue };
                let place = fields.at("stock").then(&entry.key);
                let stock = self.open(&STOCK, &entry.node, place, &fields.note);
                let stock = self.stock(&stock, names, id, item);
                draft.stocks.push(stock);
            }
        }
    }

    fn stock(
        &mut self,
        fields: &Fields<'a>,
        names: &Names,
        holder: HolderId,
        item: ItemId,
    ) -> Stock {
        let unit = names.unit(item);
        let amount = Expect::unit(unit);
        let mut stock = Stock::new(holder, item);
        if let Some(quantity) = self.amount(fields, "opening", &amount) {
            stock.opening.push(Batch {
                quantity,
                expires: None,
            });
        }
        for node in self.list(fields, "ages") {
            let batch = self.open(&BATCH, node, fields.at("ages"), &fields.note);
            let quantity = self.amount(&batch, "quantity", &amount);
            let expires = self.month(&batch, "expires");
            stock
                .opening
                .extend(quantity.map(|quantity| Batch { quantity, expires }));
        }
        stock.floor = self.path(fields, "floor", &amount);
        stock.origins = self.name_list(fields, "origins", "country", &names.regions);
        stock.draw = self.path(fields, "draw", &Expect::unit(format!("{unit}/year")));
        stock.closing = self.amount(fields, "closing", &amount);
        stock.closing_value = self
            .amount(fields, "closing_value", &Expect::share())
            .unwrap_or_default();
        stock
    }
}
