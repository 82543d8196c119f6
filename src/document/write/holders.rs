//! `[holder]` and its stocks, `[gift]`, `[route]`, `[hub]`.

use super::Writer;
use super::fields::{Fields, plain};
use super::text::{Piece, Table};
use crate::document::figure::OWN_UNIT;
use crate::document::holders::ROUNDING;
use crate::document::schema::{BATCH, GIFT, HOLDER, HUB, ROUTE, STOCK};
use crate::ids::{HolderId, HubId, ItemId};
use crate::model::{Batch, Gift, Holder, Hub, Route, Stock};
use crate::problem::Place;
use crate::units::{Months, Pieces, Share};

impl Writer<'_> {
    pub(super) fn holders(&self) -> Vec<(Vec<String>, Table)> {
        let d = self.draft;
        let stated = d.stated_stocks();
        let holders = d.holders.iter().map(|(h, holder)| {
            let keys = vec!["holder".to_owned(), holder.key.clone()];
            let own = d
                .stocks
                .values()
                .take(stated)
                .filter(|stock| stock.holder == h);
            let table = self.holder(holder, own, Place::new(&keys));
            (keys, table)
        });
        let gifts = Self::keyed(
            "gift",
            d.gifts.values(),
            |x| &x.key,
            |x, at| self.gift(x, at),
        );
        let routes = Self::keyed(
            "route",
            d.routes.values(),
            |x| &x.key,
            |x, at| self.route(x, at),
        );
        let hubs = Self::keyed("hub", d.hubs.values(), |x| &x.key, |x, at| self.hub(x, at));
        holders.chain(gifts).chain(routes).chain(hubs).collect()
    }

    fn holder<'s>(
        &self,
        holder: &Holder,
        stocks: impl Iterator<Item = &'s Stock>,
        place: Place,
    ) -> Table {
        let mut fields = Fields::new(self, &HOLDER, place);
        fields.text("name", &holder.name, &holder.key);
        fields.name("country", self.region(holder.country));
        let stocks = stocks.map(|stock| {
            let key = &self.draft.items[stock.item].key;
            let place = fields.place.then("stock").then(key);
            (key.clone(), self.stock(stock, place))
        });
        let stocks = stocks.collect();
        fields.put("stock", Piece::Tables(stocks));
        fields.done()
    }

    fn stock(&self, stock: &Stock, place: Place) -> Table {
        let unit = self.unit(stock.item);
        let mut fields = Fields::new(self, &STOCK, place);
        let stated = self.sources.get(&fields.place.then("opening"));
        let stated = stated.map(|source| Pieces::new(source.value));
        let (all, ages) = opening(&stock.opening, stated);
        // That there is nothing may have a source of its own.
        let nothing = Some(Pieces::ZERO).filter(|_| stock.opening.is_empty());
        fields.amount("opening", unit, all.or(nothing), nothing);
        let batches = (1..).zip(ages).map(|(n, batch): (usize, _)| {
            let place = fields.place.then("ages").then(n.to_string());
            let mut fields = Fields::new(self, &BATCH, place);
            fields.amount("quantity", unit, Some(batch.quantity), None);
            fields.month("expires", batch.expires);
            fields.done()
        });
        let batches: Vec<_> = batches.collect();
        fields.put(
            "ages",
            if batches.is_empty() {
                Piece::Nothing
            } else {
                Piece::List(batches)
            },
        );
        fields.path("floor", unit, stock.floor.as_ref(), None);
        fields.names("origins", self.regions(&stock.origins));
        fields.path("draw", unit, stock.draw.as_ref(), None);
        fields.amount("closing", unit, stock.closing, None);
        fields.amount(
            "closing_value",
            OWN_UNIT,
            Some(stock.closing_value),
            Some(Share::ZERO),
        );
        fields.done()
    }

    fn gift(&self, gift: &Gift, place: Place) -> Table {
        let mut fields = Fields::new(self, &GIFT, place);
        fields.names("from", self.holder_keys(&gift.from));
        fields.put("to", plain(&self.draft.holders[gift.to].key));
        fields.names("items", self.item_keys(&gift.items));
        fields.price("cost", self.moved_unit(&gift.items), gift.cost.as_ref());
        fields.amount("lag", OWN_UNIT, Some(gift.lag), Some(Months::ZERO));
        fields.name("hub", self.hub_key(gift.hub));
        fields.done()
    }

    fn route(&self, route: &Route, place: Place) -> Table {
        let mut fields = Fields::new(self, &ROUTE, place);
        fields.name("from", self.region(Some(route.from)));
        fields.name("to", self.region(Some(route.to)));
        fields.names("items", self.item_keys(&route.items));
        fields.price("cost", self.moved_unit(&route.items), route.cost.as_ref());
        fields.amount("lag", OWN_UNIT, Some(route.lag), Some(Months::ZERO));
        fields.name("hub", self.hub_key(route.hub));
        fields.done()
    }

    fn hub(&self, hub: &Hub, place: Place) -> Table {
        let mut fields = Fields::new(self, &HUB, place);
        fields.text("name", &hub.name, &hub.key);
        fields.path("throughput", OWN_UNIT, Some(&hub.throughput), None);
        fields.done()
    }

    /// What all that moves counts in.
    fn moved_unit(&self, items: &[ItemId]) -> &str {
        items.first().map_or("", |&item| self.unit(item))
    }

    fn hub_key(&self, id: Option<HubId>) -> Option<&str> {
        Some(self.draft.hubs[id?].key.as_str())
    }

    /// The keys of some holders.
    pub(super) fn holder_keys<'r>(&'r self, ids: &'r [HolderId]) -> impl Iterator<Item = &'r str> {
        ids.iter().map(|&id| self.draft.holders[id].key.as_str())
    }

    /// The keys of some items.
    pub(super) fn item_keys<'r>(&'r self, ids: &'r [ItemId]) -> impl Iterator<Item = &'r str> {
        ids.iter().map(|&id| self.draft.items[id].key.as_str())
    }
}

/// An opening stock as a sum, if it has one, and the parts of it that are told. Where the sum was stated, that is it.
fn opening(batches: &[Batch], stated: Option<Pieces>) -> (Option<Pieces>, &[Batch]) {
    let keeps = batches.first().filter(|batch| batch.expires.is_none());
    let dated = &batches[usize::from(keeps.is_some())..];
    if dated.iter().any(|batch| batch.expires.is_none()) {
        return (None, batches);
    }
    let sum: Pieces = dated.iter().map(|batch| batch.quantity).sum();
    let rest = keeps.map_or(Pieces::ZERO, |batch| batch.quantity);
    let near = (sum + rest).value();
    let near = [near, near.next_up(), near.next_down()].map(Pieces::new);
    // The rest is a difference: it must come out to the last bit, and be more than rounding.
    let comes_out = |all: &Pieces| {
        let left = *all - sum;
        let nothing = ROUNDING * all.value();
        match keeps {
            Some(_) => left == rest && left.value() > nothing,
            None => left.value().abs() <= nothing,
        }
    };
    let known = stated
        .into_iter()
        .chain(near.into_iter().filter(|_| keeps.is_some()));
    match known.into_iter().find(comes_out) {
        Some(all) => (Some(all), dated),
        None => (None, batches),
    }
}
