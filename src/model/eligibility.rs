//! Who may pay for what, and which place someone belongs to.

use super::{Draft, Fund};
use crate::ids::{ExpansionId, HolderId, ItemId, LineId, RegionId, SupplierId};

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

    /// The places that the routes of an item join; none if it moves freely.
    pub fn places(&self, item: ItemId) -> Vec<RegionId> {
        let routes = self
            .routes
            .values()
            .filter(|route| route.items.contains(&item));
        let mut places: Vec<_> = routes.flat_map(|route| [route.from, route.to]).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The place of an item that a country belongs to: itself, or else a bloc it lies in.
    pub fn place_of(&self, item: ItemId, country: Option<RegionId>) -> Option<RegionId> {
        let country = country?;
        let places = self.places(item);
        let own = places.iter().find(|&&place| place == country);
        own.or_else(|| places.iter().find(|&&place| self.lies_in(country, place)))
            .copied()
    }
}
