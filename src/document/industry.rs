//! `[line]`, its expansions, and `[supplier]`.

use super::figure::OWN_UNIT;
use super::names::{NO_UNIT, Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{EXPANSION, LINE, OPENING, PAYMENT, PRODUCT, SUPPLIER};
use super::tree::{Node, Value};
use crate::calendar::Calendar;
use crate::ids::{ItemId, LineId, RegionId, ResourceId};
use crate::model::{Draft, Expansion, Line, Payment, Product, Supplier, UnitPrice};
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};
use crate::units::{Months, Pieces, PiecesPerPiece, PiecesPerYear, Share};

/// The words for whether an expansion is built in whole blocks only.
pub(super) const BLOCKS: [(&str, bool); 2] = [("any", false), ("whole", true)];

impl<'a> Reader<'a> {
    pub(super) fn industry(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        for entry in entries(root, "line") {
            let fields = self.open(&LINE, &entry.node, Place::new(["line", &entry.key]), "");
            let line = self.line(&fields, &entry.key, names, &draft.calendar);
            let unit = names.unit(line.products[0].item).to_owned();
            let id = draft.lines.push(line);
            for entry in self.keyed(&fields, "expansion") {
                let place = fields.at("expansion").then(&entry.key);
                let option = self.open(&EXPANSION, &entry.node, place, &fields.note);
                let expansion = self.expansion(&option, &entry.key, id, &unit, names);
                draft.expansions.push(expansion);
            }
        }
        for entry in entries(root, "supplier") {
            let fields = self.open(
                &SUPPLIER,
                &entry.node,
                Place::new(["supplier", &entry.key]),
                "",
            );
            let supplier = self.supplier(&fields, &entry.key, names, &draft.calendar);
            draft.suppliers.push(supplier);
        }
    }

    fn line(&mut self, fields: &Fields<'a>, key: &str, names: &Names, calendar: &Calendar) -> Line {
        let products = self.products(fields, names, calendar);
        let first = products
            .first()
            .map_or(ItemId::FIRST, |product| product.item);
        let unit = names.unit(first).to_owned();
        let mut line = Line::new(key, first);
        if !products.is_empty() {
            line.products = products;
        }
        line.name = self.text(fields, "name").unwrap_or(line.name);
        line.company = self.text(fields, "company").unwrap_or_default();
        line.site = self.text(fields, "site").unwrap_or_default();
        line.country = self.name(fields, "country", "country", &names.regions);
        if let Some(capacity) = self.path(fields, "capacity", &unit) {
            line.capacity = capacity;
        } else if fields.has("capacity") {
            line.capacity = Path::constant(PiecesPerYear::new(1.0));
        }
        if let Some(share) = self.path(fields, "utilisation", OWN_UNIT) {
            line.utilisation = share;
        }
        if let Some(share) = self.amount(fields, "yield", OWN_UNIT) {
            line.yield_share = share;
        }
        line.lead_time = self
            .amount(fields, "lead_time", OWN_UNIT)
            .unwrap_or_default();
        line.booked = self.path(fields, "booked", &unit);
        line.minimum = self.path(fields, "minimum", &unit);
        line.ramp = self.amount(fields, "ramp", &unit);
        line.growth = self.amount(fields, "growth", OWN_UNIT);
        line.running = self.amount(fields, "running", &unit);
        line.cycle = self.amount(fields, "cycle", OWN_UNIT).unwrap_or_default();
        line.content = self.content(fields, names);
        line.payment = self.payment(fields);
        line.draws = self.draws(fields, &unit, names);
        line
    }

    /// `makes = "item"` or a table of products.
    fn products(
        &mut self,
        fields: &Fields<'a>,
        names: &Names,
        calendar: &Calendar,
    ) -> Vec<Product> {
        let Some(node) = fields.get("makes") else {
            return Vec::new();
        };
        if let Value::Text(name) = &node.value {
            let Some(item) = self.refer(name, &node.spot, "item", &names.items) else {
                return Vec::new();
            };
            let place = fields.at("makes").then(name);
            let tiers = self.tiers(fields, names.unit(item), calendar, &place);
            return vec![Product {
                item,
                pace: Share::new(1.0),
                tiers,
            }];
        }
        if !matches!(node.value, Value::Table(_)) {
            let wanted = "an item or a table of products";
            self.wrong_type(
                node,
                &fields.at("makes"),
                wanted,
                "one item: `makes = \"round\"`",
            );
            return Vec::new();
        }
        let mut products = Vec::new();
        for entry in self.keyed(fields, "makes") {
            let Some(item) = self.refer(&entry.key, &entry.key_spot, "item", &names.items) else {
                continue;
            };
            let place = fields.at("makes").then(&entry.key);
            let product = self.open(&PRODUCT, &entry.node, place.clone(), &fields.note);
            products.push(Product {
                item,
                pace: self
                    .amount(&product, "pace", OWN_UNIT)
                    .unwrap_or(Share::new(1.0)),
                tiers: self.tiers(&product, names.unit(item), calendar, &place),
            });
        }
        if products.is_empty() && matches!(node.value, Value::Table(_)) {
            let message = format!("`{}` makes nothing", fields.place);
            let problem = Problem::new(Kind::EmptyList, node.spot.clone(), message)
                .label("no product")
                .help("name an item: `makes = \"round\"`");
            self.push(problem);
        }
        let priced = ["cost", "tiers"].into_iter().find(|key| fields.has(key));
        if let (Some(key), true) = (priced, products.len() > 1) {
            let message = format!("`{}` has several products, and one `{key}`", fields.place);
            let problem = Problem::new(Kind::Ambiguous, fields.at(key), message)
                .label("of which?")
                .help(format!("give each product a `{key}` of its own"));
            self.push(problem);
        } else if let [product] = products.as_mut_slice()
            && product.tiers.is_empty()
        {
            let item = product.item;
            let mut keys = names.items.iter().filter(|&(_, &id)| id == item);
            let key = keys.next().map_or("", |(key, _)| key);
            let place = fields.at("makes").then(key);
            product.tiers = self.tiers(fields, names.unit(item), calendar, &place);
        }
        products
    }

    fn expansion(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        line: LineId,
        unit: &str,
        names: &Names,
    ) -> Expansion {
        let adds = self.amount(fields, "adds", unit);
        let lead_time = self.amount(fields, "lead_time", OWN_UNIT);
        let adds = adds.unwrap_or(PiecesPerYear::new(1.0));
        let mut expansion = Expansion::new(key, line, adds, lead_time.unwrap_or_default());
        expansion.name = self.text(fields, "name").unwrap_or(expansion.name);
        expansion.cost = self.price(fields, "cost", OWN_UNIT);
        for (place, node) in self.items(fields, "opening") {
            let step = self.open(&OPENING, node, place, &fields.note);
            let after = self.amount(&step, "after", OWN_UNIT);
            let share = self.amount(&step, "share", OWN_UNIT);
            expansion.opening.extend(after.zip(share));
        }
        expansion
            .opening
            .sort_by(|a: &(Months, Share), b| a.0.value().total_cmp(&b.0.value()));
        if let Some(most) = self.count(fields, "at_most") {
            expansion.at_most = Share::new(most);
        }
        expansion.whole = self.choice(fields, "blocks", &BLOCKS).unwrap_or(false);
        expansion.ordered = self.month(fields, "ordered");
        expansion.from = self.month(fields, "from");
        expansion.until = self.month(fields, "until");
        expansion.uses = self
            .amounts(fields, "uses", names, str::to_owned)
            .into_iter()
            .map(|(item, amount)| (item, Pieces::new(amount)))
            .collect();
        expansion
    }

    fn supplier(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        names: &Names,
        calendar: &Calendar,
    ) -> Supplier {
        let item = self.name(fields, "item", "item", &names.items);
        let unit = item.map_or(NO_UNIT, |item| names.unit(item)).to_owned();
        let item = item.unwrap_or(ItemId::FIRST);
        let free = UnitPrice::from(crate::units::PricePerPiece::ZERO);
        let mut supplier = Supplier::new(key, item, PiecesPerYear::new(1.0), free);
        supplier.name = self.text(fields, "name").unwrap_or(supplier.name);
        supplier.country = self.name(fields, "country", "country", &names.regions);
        if let Some(path) = self.path(fields, "rate", &unit) {
            supplier.rate = path;
        }
        supplier.tiers = self.tiers(fields, &unit, calendar, &fields.place);
        supplier.lead_time = self
            .amount(fields, "lead_time", OWN_UNIT)
            .unwrap_or_default();
        supplier.queue = self.amount(fields, "queue", OWN_UNIT).unwrap_or_default();
        supplier.booked = self.path(fields, "booked", &unit);
        supplier.minimum_order = self.amount(fields, "minimum_order", &unit);
        supplier.content = self.content(fields, names);
        supplier.payment = self.payment(fields);
        supplier
    }

    pub(super) fn content(&mut self, fields: &Fields<'a>, names: &Names) -> Vec<(RegionId, Share)> {
        let mut content = Vec::new();
        for entry in self.keyed(fields, "content") {
            let region = self.refer(&entry.key, &entry.key_spot, "country", &names.regions);
            let share = self.named_figure(fields, "content", entry, OWN_UNIT);
            content.extend(region.zip(share.map(|share| Share::new(share.number))));
        }
        content
    }

    fn payment(&mut self, fields: &Fields<'a>) -> Payment {
        let Some(node) = fields.get("payment") else {
            return Payment::default();
        };
        let payment = self.open(&PAYMENT, node, fields.at("payment"), &fields.note);
        Payment {
            advance: self
                .amount(&payment, "advance", OWN_UNIT)
                .unwrap_or_default(),
            before: self
                .amount(&payment, "before", OWN_UNIT)
                .unwrap_or_default(),
            after: self.amount(&payment, "after", OWN_UNIT).unwrap_or_default(),
        }
    }

    fn draws(
        &mut self,
        fields: &Fields<'a>,
        unit: &str,
        names: &Names,
    ) -> Vec<(ResourceId, PiecesPerPiece)> {
        let mut draws = Vec::new();
        for entry in self.keyed(fields, "draws") {
            let resource = self.refer(&entry.key, &entry.key_spot, "resource", &names.resources);
            let Some(resource) = resource else { continue };
            let unit = format!("{}/{unit}", names.resource_units[resource]);
            if let Some(reading) = self.named_figure(fields, "draws", entry, &unit) {
                draws.push((resource, PiecesPerPiece::new(reading.number)));
            }
        }
        draws
    }
}
