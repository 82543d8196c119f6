//! Holders' stocks, gifts, routes, hubs.

use super::{Allowed, Check};
use crate::ids::{HubId, ItemId, RegionId};
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    pub(super) fn transport(&mut self) {
        self.stocks();
        self.gifts();
        self.routes();
        for hub in self.draft.hubs.values() {
            let place = Place::new(["hub", &hub.key, "throughput"]);
            self.path(&place, &hub.throughput, Allowed::NotNegative);
        }
    }

    fn stocks(&mut self) {
        let start = self.draft.calendar.start();
        for stock in self.draft.stocks.values() {
            let (holder, item) = (
                &self.draft.holders[stock.holder],
                &self.draft.items[stock.item],
            );
            let place = Place::new(["holder", &holder.key, "stock", &item.key]);
            for batch in &stock.opening {
                self.number(
                    &place.then("opening"),
                    batch.quantity.value(),
                    Allowed::NotNegative,
                );
                if batch.expires.is_some_and(|expires| expires <= start) {
                    let message = format!(
                        "`{}` of holder `{}` has expired before the calendar starts",
                        item.key, holder.key
                    );
                    let problem = Problem::new(Kind::Expired, place.then("ages"), message)
                        .label(format!("the calendar starts in {start}"))
                        .help("leave out what can no longer be used");
                    self.push(problem);
                }
            }
            if let Some(floor) = &stock.floor {
                self.path(&place.then("floor"), floor, Allowed::NotNegative);
            }
            if let Some(draw) = &stock.draw {
                self.path(&place.then("draw"), draw, Allowed::NotNegative);
            }
            self.amount(&place.then("closing"), stock.closing, Allowed::NotNegative);
            let value = stock.closing_value.value();
            self.number(&place.then("closing_value"), value, Allowed::Share);
        }
    }

    fn gifts(&mut self) {
        for gift in self.draft.gifts.values() {
            let place = Place::new(["gift", &gift.key]);
            self.price(&place.then("cost"), gift.cost.as_ref());
            self.number(&place.then("lag"), gift.lag.value(), Allowed::Span);
            self.masses(&place, &gift.items, gift.hub);
            if gift.from.contains(&gift.to) {
                let holder = &self.draft.holders[gift.to].key;
                let message = format!("`{holder}` gives to itself along gift `{}`", gift.key);
                let problem = Problem::new(Kind::ToItself, place.then("to"), message)
                    .label("also among `from`")
                    .help("name another holder");
                self.push(problem);
            }
            let held = |item: ItemId| {
                let stocks = self.draft.stocks.values();
                stocks
                    .filter(|s| s.item == item)
                    .any(|s| gift.from.contains(&s.holder))
            };
            let missing: Vec<_> = gift.items.iter().filter(|&&i| !held(i)).collect();
            for &&item in &missing {
                let item = &self.draft.items[item].key;
                let message = format!("nobody who gives along gift `{}` holds `{item}`", gift.key);
                let problem = Problem::new(Kind::NothingToGive, place.then("items"), message)
                    .label(format!("names `{item}`"))
                    .help(format!(
                        "give one of them a `stock.{item}`, or take the item out"
                    ));
                self.push(problem);
            }
        }
    }

    fn routes(&mut self) {
        for route in self.draft.routes.values() {
            let place = Place::new(["route", &route.key]);
            self.price(&place.then("cost"), route.cost.as_ref());
            self.number(&place.then("lag"), route.lag.value(), Allowed::Span);
            self.masses(&place, &route.items, route.hub);
            // Within a bloc, it joins each of its countries with all others.
            if route.from == route.to && !self.draft.is_bloc(route.from) {
                let region = &self.draft.regions[route.from].key;
                let message = format!("route `{}` leads from `{region}` to itself", route.key);
                let problem = Problem::new(Kind::ToItself, place.then("to"), message)
                    .label("the same as `from`")
                    .help("name two places");
                self.push(problem);
            }
        }
        self.placeless();
    }

    /// Whoever deals in an item that routes keep apart by place must lie in one of its places.
    fn placeless(&mut self) {
        let d = self.draft;
        let mut dealers: Vec<(Place, ItemId, Option<RegionId>)> = Vec::new();
        for line in d.lines.values() {
            let made = line.products.iter().map(|product| product.item);
            let used = line
                .products
                .iter()
                .flat_map(|p| &d.items[p.item].needs)
                .map(|n| n.item);
            let place = Place::new(["line", &line.key]);
            dealers.extend(
                made.chain(used)
                    .map(|item| (place.clone(), item, line.country)),
            );
        }
        for expansion in d.expansions.values() {
            let line = &d.lines[expansion.line];
            let place = Place::new(["line", &line.key]);
            let used = expansion.uses.iter();
            dealers.extend(used.map(|&(item, _)| (place.clone(), item, line.country)));
        }
        for supplier in d.suppliers.values() {
            let place = Place::new(["supplier", &supplier.key]);
            dealers.push((place, supplier.item, supplier.country));
        }
        for requirement in d.requirements.values() {
            let holder = &d.holders[requirement.holder];
            let place = Place::new(["holder", &holder.key]);
            let items = requirement.meets.iter().map(|accepted| accepted.item);
            dealers.extend(items.map(|item| (place.clone(), item, holder.country)));
        }
        dealers.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        dealers.dedup();
        for (place, item, country) in dealers {
            if !d.is_routed(item) || d.place_of(item, country).is_some() {
                continue;
            }
            let routes = d.routes.values();
            let routes = routes.filter(|route| route.items.contains(&item));
            let mut ends: Vec<_> = routes.flat_map(|route| [route.from, route.to]).collect();
            ends.sort_unstable();
            ends.dedup();
            let names: Vec<_> = ends.iter().map(|&p| d.regions[p].key.as_str()).collect();
            let item = &d.items[item].key;
            let message = format!("`{place}` deals in `{item}`, but lies on none of its routes");
            let problem = Problem::new(Kind::NoPlace, place.clone(), message)
                .label(format!("routes of `{item}` join `{}`", names.join("`, `")))
                .help("give it a `country` in one of these places, or add a route");
            self.push(problem);
        }
    }

    fn masses(&mut self, place: &Place, items: &[ItemId], hub: Option<HubId>) {
        let Some(hub) = hub else { return };
        for &item in items {
            let item = &self.draft.items[item];
            if item.weight().is_none() {
                let hub = &self.draft.hubs[hub].key;
                let message = format!("`{}` passes hub `{hub}`, but has no mass", item.key);
                let problem = Problem::new(Kind::NoMass, place.then("hub"), message)
                    .label("counts in tonnes")
                    .also(Place::new(["item", &item.key]), "has no `mass`")
                    .help(format!(
                        "write `mass = \"47 kg/{}\"` with its weight",
                        item.unit
                    ));
                self.push(problem);
            }
        }
    }
}
