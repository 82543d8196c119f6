//! `[holder]` and its stocks.

use super::figure::OWN_UNIT;
use super::names::{Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{BATCH, HOLDER, STOCK};
use super::tree::Node;
use crate::ids::{HolderId, ItemId};
use crate::model::{Batch, Draft, Holder, Stock};
use crate::problem::{Kind, Place, Problem};
use crate::table::number::quantity;
use crate::units::Pieces;

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
        let mut stock = Stock::new(holder, item);
        stock.opening = self.opening(fields, unit);
        stock.floor = self.path(fields, "floor", unit);
        stock.origins = self.name_list(fields, "origins", "country", &names.regions);
        stock.draw = self.path(fields, "draw", unit);
        stock.closing = self.amount(fields, "closing", unit);
        stock.closing_value = self
            .amount(fields, "closing_value", OWN_UNIT)
            .unwrap_or_default();
        stock
    }

    /// What is there at the start: batches that expire are a part of `opening`, the rest does not.
    fn opening(&mut self, fields: &Fields<'a>, unit: &str) -> Vec<Batch> {
        let all = self.amount(fields, "opening", unit);
        let mut batches = Vec::new();
        for (place, node) in self.items(fields, "ages") {
            let batch = self.open(&BATCH, node, place, &fields.note);
            let quantity = self.amount(&batch, "quantity", unit);
            let expires = self.month(&batch, "expires");
            batches.extend(quantity.map(|quantity| Batch { quantity, expires }));
        }
        let Some(all) = all else { return batches };
        let dated: Pieces = batches.iter().map(|batch| batch.quantity).sum();
        let rest = all - dated;
        if rest.value() > ROUNDING * all.value() {
            let keeps = Batch {
                quantity: rest,
                expires: None,
            };
            batches.insert(0, keeps);
        } else if rest.value() < -ROUNDING * all.value() {
            self.older_than_all(fields, all, dated);
        }
        batches
    }

    /// Batches with dates that are more than there is.
    fn older_than_all(&mut self, fields: &Fields<'a>, all: Pieces, dated: Pieces) {
        let message = format!(
            "`ages` adds up to {}, more than `opening`, which is {}",
            quantity(dated.value()),
            quantity(all.value())
        );
        let problem = Problem::new(Kind::AgesAboveOpening, fields.at("ages"), message)
            .label("a part of `opening`")
            .also(fields.at("opening"), "all that is there at the start")
            .help("raise `opening`, or leave it out: it is then the sum of `ages`");
        self.push(problem);
    }
}

/// Quantities that differ by less than this share are the same: they are sums of figures.
pub(super) const ROUNDING: f64 = 1e-9;
