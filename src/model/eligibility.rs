//! Who may pay for what, and which place someone belongs to.

use super::{Draft, Fund, Route};
use crate::ids::{ExpansionId, HolderId, ItemId, LineId, RegionId, RouteId, SupplierId};

impl Draft {
    /// Whether a fund may pay for an item: one it names, or one that goes into it.
    pub fn may_buy_goods(&self, fund: &Fund, item: ItemId) -> bool {
        let items = &fund.buys.items;
        items.is_empty()
            || items
                .iter()
                .any(|&bought| bought == item || self.contains(bought, item))
    }

    /// Whether a fund may pay for goods for a holder.
    pub fn may_buy_for(&self, fund: &Fund, holder: HolderId) -> bool {
        fund.buys.holders.is_empty() || fund.buys.holders.contains(&holder)
    }

    /// Whether a fund may buy from a line.
    pub fn may_buy_from_line(&self, fund: &Fund, line: LineId) -> bool {
        let named = fund.buys.lines.is_empty() && fund.buys.suppliers.is_empty();
        (named || fund.buys.lines.contains(&line))
            && self.is_from(self.lines[line].country, &fund.buys.origins)
            && self.content_kept(fund, &self.lines[line].content, self.lines[line].country)
    }

    /// Whether a fund may buy from a supplier.
    pub fn may_buy_from_supplier(&self, fund: &Fund, supplier: SupplierId) -> bool {
        let source = &self.suppliers[supplier];
        let named = fund.buys.lines.is_empty() && fund.buys.suppliers.is_empty();
        (named || fund.buys.suppliers.contains(&supplier))
            && self.is_from(source.country, &fund.buys.origins)
            && self.content_kept(fund, &source.content, source.country)
    }

    /// Whether a fund may pay for an expansion.
    pub fn may_expand(&self, fund: &Fund, expansion: ExpansionId) -> bool {
        let line = self.expansions[expansion].line;
        let mut items = self.lines[line].products.iter().map(|product| product.item);
        fund.buys.expansion
            && items.any(|item| self.may_buy_goods(fund, item))
            && self.may_buy_from_line(fund, line)
    }

    /// Whether a country is one of some countries and blocs, or lies in one. An empty list lets
    /// everything pass.
    pub fn is_from(&self, country: Option<RegionId>, origins: &[RegionId]) -> bool {
        let inside = |country| origins.iter().any(|&origin| self.lies_in(country, origin));
        origins.is_empty() || country.is_some_and(inside)
    }

    fn content_kept(
        &self,
        fund: &Fund,
        stated: &[(RegionId, crate::units::Share)],
        home: Option<RegionId>,
    ) -> bool {
        let kept = |rule: super::ContentRule| {
            self.content_share(stated, home, rule.region) >= rule.share.value() - 1e-9
        };
        fund.content.is_none_or(|rule| !rule.each || kept(rule))
    }

    /// Whether any route names an item: it is then kept apart by place.
    pub fn is_routed(&self, item: ItemId) -> bool {
        self.routes
            .values()
            .any(|route| route.items.contains(&item))
    }

    /// The place of an item that a country belongs to: itself, if a route of the item starts or ends there.
    pub fn place_of(&self, item: ItemId, country: Option<RegionId>) -> Option<RegionId> {
        let routes = self.routes.values();
        let mut routes = routes.filter(|route| route.items.contains(&item));
        let mut joins =
            |country| routes.any(|r| self.lies_in(country, r.from) || self.lies_in(country, r.to));
        country.filter(|&country| joins(country))
    }

    /// The places of an item, if routes keep it apart: every country in which a route of it can start or
    /// end and where someone deals in it or that a route names; of the others of a bloc, through which it could
    /// only pass, one for each choice of routes, as they are alike.
    pub fn places(&self, item: ItemId) -> Vec<RegionId> {
        if !self.is_routed(item) {
            return Vec::new();
        }
        let dealers = self.countries_of(item);
        let mut places = Vec::new();
        let mut passed = Vec::new();
        for region in self.regions.ids() {
            let starts = self.routes.ids().filter(|&r| self.starts(r, item, region));
            let ends = self.routes.ids().filter(|&r| self.ends(r, item, region));
            let (starts, ends): (Vec<_>, Vec<_>) = (starts.collect(), ends.collect());
            let joined = !starts.is_empty() || !ends.is_empty();
            let named = |&r: &RouteId| {
                let route = &self.routes[r];
                let bloc = self.is_bloc(region);
                !bloc && (route.from == region || route.to == region)
            };
            let of_its_own = dealers.contains(&region) || starts.iter().chain(&ends).any(named);
            let passes = !starts.is_empty()
                && !ends.is_empty()
                && !self.is_bloc(region)
                && (starts.len() > 1 || starts != ends);
            if joined && of_its_own {
                places.push(region);
            } else if passes && !passed.contains(&(starts.clone(), ends.clone())) {
                passed.push((starts, ends));
                places.push(region);
            }
        }
        places
    }

    /// Whether an item can leave a country along a route: one that names the country as its start, or, if none
    /// of the item's routes does, one that starts in a bloc that it lies in.
    pub fn starts(&self, route: RouteId, item: ItemId, country: RegionId) -> bool {
        self.meets(route, item, country, |route| route.from)
    }

    /// Whether an item can reach a country along a route, in the same way.
    pub fn ends(&self, route: RouteId, item: ItemId, country: RegionId) -> bool {
        self.meets(route, item, country, |route| route.to)
    }

    fn meets(
        &self,
        route: RouteId,
        item: ItemId,
        country: RegionId,
        end: impl Fn(&Route) -> RegionId,
    ) -> bool {
        let of_item = |route: &&Route| route.items.contains(&item);
        let own = &self.routes[route];
        let mut all = self.routes.values().filter(of_item);
        of_item(&own)
            && (end(own) == country
                || self.lies_in(country, end(own)) && !all.any(|other| end(other) == country))
    }

    /// Whether a region is a bloc: any other belongs to it.
    pub fn is_bloc(&self, region: RegionId) -> bool {
        self.regions
            .values()
            .any(|other| other.blocs.contains(&region))
    }

    /// The countries in which someone makes, sells, uses or keeps an item.
    fn countries_of(&self, item: ItemId) -> Vec<RegionId> {
        let needs = |made: ItemId| self.items[made].needs.iter().any(|need| need.item == item);
        let lines = self.lines.iter().filter(|(l, line)| {
            let mut products = line.products.iter();
            let mut expansions = self.expansions.values().filter(|e| e.line == *l);
            products.any(|p| p.item == item || needs(p.item))
                || expansions.any(|e| e.uses.iter().any(|&(used, _)| used == item))
        });
        let suppliers = self.suppliers.values().filter(|q| q.item == item);
        let stocks = self.stocks.values().filter(|stock| stock.item == item);
        let wanted = self.requirements.values();
        let wanted = wanted.filter(|r| r.meets.iter().any(|accepted| accepted.item == item));
        let homes = lines.map(|(_, line)| line.country);
        let homes = homes.chain(suppliers.map(|q| q.country));
        let homes = homes.chain(stocks.map(|s| self.holders[s.holder].country));
        let homes = homes.chain(wanted.map(|r| self.holders[r.holder].country));
        homes.flatten().collect()
    }
}
