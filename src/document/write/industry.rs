//! `[item]`, `[resource]`, `[line]`, its expansions, and `[supplier]`.

use super::Writer;
use super::fields::{Fields, plain};
use super::text::{Piece, Table};
use crate::document::figure::OWN_UNIT;
use crate::document::industry::BLOCKS;
use crate::document::schema::{
    EXPANSION, ITEM, ITEM_STOCK, LINE, OPENING, PAYMENT, PRODUCT, RESOURCE, SUPPLIER, TIER,
};
use crate::document::windows::WINDOWS;
use crate::ids::{ItemId, LineId, RegionId};
use crate::model::{
    Expansion, IndustryStock, Item, Line, Payment, Product, Resource, Supplier, Tier, UpTo, Window,
};
use crate::problem::Place;
use crate::units::{Months, Pieces, PiecesPerYear, Share};

/// All of it.
const ONE: Share = Share::new(1.0);

impl Writer<'_> {
    pub(super) fn industry(&self) -> Vec<(Vec<String>, Table)> {
        let d = self.draft;
        let items = Self::keyed(
            "item",
            d.items.values(),
            |x| &x.key,
            |x, at| self.item(x, at),
        );
        let resources = d.resources.values();
        let resources = Self::keyed(
            "resource",
            resources,
            |x| &x.key,
            |x, at| self.resource(x, at),
        );
        let lines = d.lines.iter().map(|(l, line)| {
            let keys = vec!["line".to_owned(), line.key.clone()];
            let table = self.line(l, line, Place::new(&keys));
            (keys, table)
        });
        let suppliers = d.suppliers.values();
        let suppliers = Self::keyed(
            "supplier",
            suppliers,
            |x| &x.key,
            |x, at| self.supplier(x, at),
        );
        items
            .into_iter()
            .chain(resources)
            .chain(lines)
            .chain(suppliers)
            .collect()
    }

    fn item(&self, item: &Item, place: Place) -> Table {
        let unit = &item.unit;
        let mut fields = Fields::new(self, &ITEM, place);
        fields.text("name", &item.name, &item.key);
        fields.put("unit", plain(unit));
        let needs = item.needs.iter().map(|need| {
            let input = &self.draft.items[need.item];
            (
                input.key.as_str(),
                format!("{}/{unit}", input.unit),
                need.amount.value(),
            )
        });
        fields.figures("needs", needs);
        fields.amount("shelf_life", OWN_UNIT, item.shelf_life, None);
        fields.price("storage_cost", unit, item.storage_cost.as_ref());
        fields.amount("mass", unit, item.mass, None);
        fields.price("value", unit, item.value.as_ref());
        let stock = item.stock.as_ref();
        let stock = stock.map(|stock| self.makers_stock(stock, unit, fields.place.then("stock")));
        fields.put("stock", stock.map_or(Piece::Nothing, Piece::Table));
        fields.done()
    }

    fn makers_stock(&self, stock: &IndustryStock, unit: &str, place: Place) -> Table {
        let mut fields = Fields::new(self, &ITEM_STOCK, place);
        fields.amount("opening", unit, Some(stock.opening), Some(Pieces::ZERO));
        fields.path("most", unit, stock.most.as_ref(), None);
        fields.amount("closing", unit, Some(stock.closing), Some(Pieces::ZERO));
        fields.done()
    }

    fn resource(&self, resource: &Resource, place: Place) -> Table {
        let mut fields = Fields::new(self, &RESOURCE, place);
        fields.text("name", &resource.name, &resource.key);
        fields.put("unit", plain(&resource.unit));
        fields.path("limit", &resource.unit, Some(&resource.limit), None);
        fields.choice("window", &WINDOWS, &resource.window, None);
        fields.done()
    }

    fn line(&self, l: LineId, line: &Line, place: Place) -> Table {
        let unit = line
            .products
            .first()
            .map_or("", |product| self.unit(product.item));
        let mut fields = Fields::new(self, &LINE, place);
        fields.text("name", &line.name, &line.key);
        fields.text("company", &line.company, "");
        fields.text("site", &line.site, "");
        fields.name("country", self.region(line.country));
        self.products(&mut fields, &line.products);
        fields.path(
            "capacity",
            unit,
            Some(&line.capacity),
            Some(PiecesPerYear::ZERO),
        );
        fields.path("utilisation", OWN_UNIT, Some(&line.utilisation), Some(ONE));
        fields.amount("yield", OWN_UNIT, Some(line.yield_share), Some(ONE));
        fields.amount(
            "lead_time",
            OWN_UNIT,
            Some(line.lead_time),
            Some(Months::ZERO),
        );
        fields.path("booked", unit, line.booked.as_ref(), None);
        fields.path("minimum", unit, line.minimum.as_ref(), None);
        fields.amount("ramp", unit, line.ramp, None);
        fields.amount("growth", OWN_UNIT, line.growth, None);
        fields.amount("running", unit, line.running, None);
        fields.amount("cycle", OWN_UNIT, Some(line.cycle), Some(Months::ZERO));
        fields.figures("content", self.content(&line.content));
        fields.table(
            "payment",
            self.payment(&line.payment, fields.place.then("payment")),
        );
        let draws = line.draws.iter().map(|&(resource, amount)| {
            let resource = &self.draft.resources[resource];
            (
                resource.key.as_str(),
                format!("{}/{unit}", resource.unit),
                amount.value(),
            )
        });
        fields.figures("draws", draws);
        let own = self
            .draft
            .expansions
            .values()
            .filter(|expansion| expansion.line == l);
        let options = own.map(|expansion| {
            let place = fields.place.then("expansion").then(&expansion.key);
            (
                expansion.key.clone(),
                self.expansion(expansion, unit, place),
            )
        });
        let options = options.collect();
        fields.put("expansion", Piece::Tables(options));
        fields.done()
    }

    /// What a line makes and at which price: one item, or a table of products.
    fn products(&self, fields: &mut Fields<'_>, products: &[Product]) {
        let key = |item: ItemId| self.draft.items[item].key.as_str();
        let priced = fields.knows_below("cost") || fields.knows_below("tiers");
        let by_line = match products {
            [product] if product.pace == ONE && !fields.knows_below("makes") => {
                fields.put("makes", plain(key(product.item)));
                self.tiers(fields, &product.tiers, self.unit(product.item));
                return;
            }
            [product] if priced => Some(product),
            _ => None,
        };
        let tables = products.iter().map(|product| {
            let place = fields.place.then("makes").then(key(product.item));
            let mut table = Fields::new(self, &PRODUCT, place);
            table.amount("pace", OWN_UNIT, Some(product.pace), Some(ONE));
            let tiers = if by_line.is_some() {
                &[]
            } else {
                &product.tiers[..]
            };
            self.tiers(&mut table, tiers, self.unit(product.item));
            (key(product.item).to_owned(), table.done())
        });
        let tables = tables.collect();
        fields.put("makes", Piece::Tables(tables));
        match by_line {
            Some(product) => self.tiers(fields, &product.tiers, self.unit(product.item)),
            None => fields.without(&["cost", "tiers"]),
        }
    }

    /// One `cost`, or a list of `tiers`.
    fn tiers(&self, fields: &mut Fields<'_>, tiers: &[Tier], unit: &str) {
        if let [only] = tiers
            && *only == Tier::all(only.cost.clone())
            && !fields.knows_below("tiers")
        {
            fields.price("cost", unit, Some(&only.cost));
            fields.without(&["tiers"]);
            return;
        }
        let steps = (1..).zip(tiers).map(|(n, tier): (usize, _)| {
            let place = fields.place.then("tiers").then(n.to_string());
            let mut fields = Fields::new(self, &TIER, place);
            let usual = match tier.up_to {
                Some(UpTo::Rate(rate)) => {
                    fields.amount("up_to", unit, Some(rate), None);
                    Window::Year
                }
                Some(UpTo::Share(share)) => {
                    fields.amount("up_to", OWN_UNIT, Some(share), None);
                    Window::Period
                }
                None => {
                    fields.without(&["up_to"]);
                    Window::Year
                }
            };
            fields.choice("window", &WINDOWS, &tier.window, Some(&usual));
            fields.price("cost", unit, Some(&tier.cost));
            fields.done()
        });
        let steps: Vec<_> = steps.collect();
        fields.without(&["cost"]);
        fields.put(
            "tiers",
            if steps.is_empty() {
                Piece::Nothing
            } else {
                Piece::List(steps)
            },
        );
    }

    fn expansion(&self, expansion: &Expansion, unit: &str, place: Place) -> Table {
        let mut fields = Fields::new(self, &EXPANSION, place);
        fields.text("name", &expansion.name, &expansion.key);
        fields.amount("adds", unit, Some(expansion.adds), None);
        fields.price("cost", OWN_UNIT, expansion.cost.as_ref());
        fields.amount("lead_time", OWN_UNIT, Some(expansion.lead_time), None);
        let steps = (1..)
            .zip(&expansion.opening)
            .map(|(n, &(after, share)): (usize, _)| {
                let place = fields.place.then("opening").then(n.to_string());
                let mut fields = Fields::new(self, &OPENING, place);
                fields.amount("after", OWN_UNIT, Some(after), None);
                fields.amount("share", OWN_UNIT, Some(share), None);
                fields.done()
            });
        let steps: Vec<_> = steps.collect();
        fields.put(
            "opening",
            if steps.is_empty() {
                Piece::Nothing
            } else {
                Piece::List(steps)
            },
        );
        fields.count("at_most", expansion.at_most.value(), 1.0);
        fields.choice("blocks", &BLOCKS, &expansion.whole, Some(&false));
        fields.month("ordered", expansion.ordered);
        fields.month("from", expansion.from);
        fields.month("until", expansion.until);
        let uses = expansion.uses.iter().map(|&(item, amount)| {
            let item = &self.draft.items[item];
            (item.key.as_str(), item.unit.clone(), amount.value())
        });
        fields.figures("uses", uses);
        fields.done()
    }

    fn supplier(&self, supplier: &Supplier, place: Place) -> Table {
        let unit = self.unit(supplier.item);
        let mut fields = Fields::new(self, &SUPPLIER, place);
        fields.text("name", &supplier.name, &supplier.key);
        fields.name("country", self.region(supplier.country));
        fields.put("item", plain(&self.draft.items[supplier.item].key));
        fields.path("rate", unit, Some(&supplier.rate), None);
        self.tiers(&mut fields, &supplier.tiers, unit);
        fields.amount(
            "lead_time",
            OWN_UNIT,
            Some(supplier.lead_time),
            Some(Months::ZERO),
        );
        fields.amount("queue", OWN_UNIT, Some(supplier.queue), Some(Months::ZERO));
        fields.path("booked", unit, supplier.booked.as_ref(), None);
        fields.amount("minimum_order", unit, supplier.minimum_order, None);
        fields.figures("content", self.content(&supplier.content));
        fields.table(
            "payment",
            self.payment(&supplier.payment, fields.place.then("payment")),
        );
        fields.done()
    }

    fn payment(&self, payment: &Payment, place: Place) -> Table {
        let mut fields = Fields::new(self, &PAYMENT, place);
        fields.amount(
            "advance",
            OWN_UNIT,
            Some(payment.advance),
            Some(Share::ZERO),
        );
        fields.amount("before", OWN_UNIT, Some(payment.before), Some(Months::ZERO));
        fields.amount("after", OWN_UNIT, Some(payment.after), Some(Months::ZERO));
        fields.done()
    }

    /// How much of a price comes from where.
    fn content<'c>(
        &'c self,
        content: &'c [(RegionId, Share)],
    ) -> impl Iterator<Item = (&'c str, String, f64)> {
        content.iter().map(|&(region, share)| {
            let key = self.draft.regions[region].key.as_str();
            (key, OWN_UNIT.to_owned(), share.value())
        })
    }

    /// The key of a region.
    pub(super) fn region(&self, id: Option<RegionId>) -> Option<&str> {
        Some(self.draft.regions[id?].key.as_str())
    }
}
