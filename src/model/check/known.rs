//! What all other rules stand on: every id names something of this draft, and nothing that must be there is missing.
//!
//! Ids are positions. One of another draft may lie outside a table here, which only code can bring about: no file
//! has ids.

use super::Check;
use crate::ids::{CurrencyId, Id, Table};
use crate::model::{CapRule, Measured, Price, Tier};
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    /// Whether all that the other rules look up is there. If not, they cannot be checked.
    pub(super) fn is_known(&mut self) -> bool {
        let before = self.found.list().len();
        if self.draft.money.currencies.is_empty() {
            let place = Place::new(["macro", "currency"]);
            let problem = Problem::new(Kind::UnknownCurrency, place, "the draft has no currency")
                .label("in what does the plan count?")
                .help("make its `money` with `Money::new`, and leave the base currency in");
            self.push(problem);
        }
        self.known_goods();
        self.known_industry();
        self.known_holders();
        self.known_transport();
        self.known_needs();
        self.known_funds();
        self.known_burdens();
        self.known_rules();
        self.found.list().len() == before
    }

    fn known<I: Id, T>(
        &mut self,
        place: &Place,
        noun: &str,
        table: &Table<I, T>,
        ids: impl IntoIterator<Item = I>,
    ) {
        if ids.into_iter().all(|id| table.get(id).is_some()) {
            return;
        }
        let message = format!("`{place}` names an id that no {noun} of this draft has");
        let problem = Problem::new(Kind::UnknownName, place.clone(), message)
            .label("an id of another draft?")
            .help("use ids that this draft's own tables gave");
        self.push(problem);
    }

    fn currency(&mut self, place: &Place, ids: impl IntoIterator<Item = CurrencyId>) {
        let d = self.draft;
        self.known(place, "currency", &d.money.currencies, ids);
    }

    fn priced<'p, U: 'p>(&mut self, place: &Place, prices: impl IntoIterator<Item = &'p Price<U>>) {
        let ids: Vec<CurrencyId> = prices.into_iter().map(|price| price.currency).collect();
        self.currency(place, ids);
    }

    fn missing(&mut self, place: &Place, message: String, help: &str) {
        let problem = Problem::new(Kind::EmptyList, place.clone(), message);
        self.push(problem.label("nothing in it").help(help));
    }

    fn known_goods(&mut self) {
        let d = self.draft;
        for region in d.regions.values() {
            let place = Place::new(["country", &region.key]);
            self.known(&place, "region", &d.regions, region.blocs.iter().copied());
            self.priced(&place, &region.gdp);
        }
        for item in d.items.values() {
            let place = Place::new(["item", &item.key]);
            self.known(
                &place,
                "item",
                &d.items,
                item.needs.iter().map(|need| need.item),
            );
            self.priced(&place, &item.value);
            self.priced(&place, &item.storage_cost);
        }
    }

    fn known_industry(&mut self) {
        let d = self.draft;
        let costs = |tiers: &'_ [Tier]| -> Vec<CurrencyId> {
            tiers.iter().map(|tier| tier.cost.currency).collect()
        };
        for line in d.lines.values() {
            let place = Place::new(["line", &line.key]);
            if line.products.is_empty() {
                let message = format!("`{place}` makes nothing");
                self.missing(&place, message, "give it a product");
            }
            self.known(&place, "region", &d.regions, line.country);
            self.known(
                &place,
                "region",
                &d.regions,
                line.content.iter().map(|&(r, _)| r),
            );
            self.known(
                &place,
                "item",
                &d.items,
                line.products.iter().map(|p| p.item),
            );
            self.known(
                &place,
                "resource",
                &d.resources,
                line.draws.iter().map(|&(x, _)| x),
            );
            for product in &line.products {
                self.currency(&place, costs(&product.tiers));
            }
        }
        for option in d.expansions.values() {
            let line = d.lines.get(option.line).map_or("?", |line| &line.key);
            let place = Place::new(["line", line, "expansion", &option.key]);
            self.known(&place, "line", &d.lines, [option.line]);
            self.known(
                &place,
                "item",
                &d.items,
                option.uses.iter().map(|&(item, _)| item),
            );
            self.priced(&place, &option.cost);
        }
        for supplier in d.suppliers.values() {
            let place = Place::new(["supplier", &supplier.key]);
            self.known(&place, "region", &d.regions, supplier.country);
            self.known(
                &place,
                "region",
                &d.regions,
                supplier.content.iter().map(|&(r, _)| r),
            );
            self.known(&place, "item", &d.items, [supplier.item]);
            self.currency(&place, costs(&supplier.tiers));
        }
    }

    fn known_holders(&mut self) {
        let d = self.draft;
        for holder in d.holders.values() {
            let place = Place::new(["holder", &holder.key]);
            self.known(&place, "region", &d.regions, holder.country);
        }
        for stock in d.stocks.values() {
            let holder = d
                .holders
                .get(stock.holder)
                .map_or("?", |holder| &holder.key);
            let item = d.items.get(stock.item).map_or("?", |item| &item.key);
            let place = Place::new(["holder", holder, "stock", item]);
            self.known(&place, "holder", &d.holders, [stock.holder]);
            self.known(&place, "item", &d.items, [stock.item]);
            self.known(&place, "region", &d.regions, stock.origins.iter().copied());
        }
    }

    fn known_transport(&mut self) {
        let d = self.draft;
        for gift in d.gifts.values() {
            let place = Place::new(["gift", &gift.key]);
            let holders = gift.from.iter().copied().chain([gift.to]);
            self.known(&place, "holder", &d.holders, holders);
            self.known(&place, "item", &d.items, gift.items.iter().copied());
            self.known(&place, "hub", &d.hubs, gift.hub);
            self.priced(&place, &gift.cost);
        }
        for route in d.routes.values() {
            let place = Place::new(["route", &route.key]);
            self.known(&place, "region", &d.regions, [route.from, route.to]);
            self.known(&place, "item", &d.items, route.items.iter().copied());
            self.known(&place, "hub", &d.hubs, route.hub);
            self.priced(&place, &route.cost);
        }
    }

    fn known_needs(&mut self) {
        let d = self.draft;
        for requirement in d.requirements.values() {
            let place = Place::new(["requirement", &requirement.key]);
            if requirement.meets.is_empty() {
                let message = format!("`{place}` is met by nothing");
                self.missing(&place, message, "name an item that meets it");
            }
            self.known(&place, "holder", &d.holders, [requirement.holder]);
            self.known(
                &place,
                "item",
                &d.items,
                requirement.meets.iter().map(|a| a.item),
            );
            self.priced(&place, &requirement.value);
        }
        for cap in d.caps.values() {
            let place = Place::new(["cap", &cap.key]);
            match &cap.rule {
                CapRule::Content { region, .. } => {
                    self.known(&place, "region", &d.regions, [*region]);
                }
                CapRule::Spending {
                    region, currency, ..
                } => {
                    self.known(&place, "region", &d.regions, [*region]);
                    self.currency(&place, [*currency]);
                }
                CapRule::SourceShare {
                    item,
                    lines,
                    suppliers,
                    ..
                }
                | CapRule::Quantity {
                    item,
                    lines,
                    suppliers,
                    ..
                } => {
                    self.known(&place, "item", &d.items, [*item]);
                    self.known(&place, "line", &d.lines, lines.iter().copied());
                    self.known(&place, "supplier", &d.suppliers, suppliers.iter().copied());
                }
            }
        }
    }

    fn known_funds(&mut self) {
        let d = self.draft;
        for fund in d.funds.values() {
            let (place, buys) = (Place::new(["fund", &fund.key]), &fund.buys);
            self.currency(&place, [fund.currency]);
            self.known(&place, "holder", &d.holders, buys.holders.iter().copied());
            self.known(&place, "item", &d.items, buys.items.iter().copied());
            self.known(&place, "line", &d.lines, buys.lines.iter().copied());
            self.known(
                &place,
                "supplier",
                &d.suppliers,
                buys.suppliers.iter().copied(),
            );
            let named = buys.origins.iter().chain(&fund.given_by).copied();
            let ruled = fund.content.map(|rule| rule.region);
            self.known(&place, "region", &d.regions, named.chain(ruled));
        }
    }

    fn known_burdens(&mut self) {
        let d = self.draft;
        for burden in d.burdens.values() {
            let place = Place::new(["burden", &burden.key]);
            self.known(
                &place,
                "region",
                &d.regions,
                burden.countries.iter().copied(),
            );
        }
    }

    fn known_rules(&mut self) {
        let d = self.draft;
        for rule in d.rules.values() {
            let place = Place::new(["rule", &rule.key]);
            for term in &rule.terms {
                match term.of {
                    Measured::Output { line, item } => {
                        self.known(&place, "line", &d.lines, line);
                        self.known(&place, "item", &d.items, item);
                    }
                    Measured::Supply { supplier, item } => {
                        self.known(&place, "supplier", &d.suppliers, supplier);
                        self.known(&place, "item", &d.items, item);
                    }
                    Measured::Received { holder, item } | Measured::InStore { holder, item } => {
                        self.known(&place, "holder", &d.holders, holder);
                        self.known(&place, "item", &d.items, item);
                    }
                    Measured::Given { from, to, item } => {
                        self.known(&place, "holder", &d.holders, from.into_iter().chain(to));
                        self.known(&place, "item", &d.items, item);
                    }
                    Measured::Missing(r) => {
                        self.known(&place, "requirement", &d.requirements, [r]);
                    }
                    Measured::Built(e) => self.known(&place, "expansion", &d.expansions, [e]),
                    Measured::Spending { fund, region } => {
                        self.known(&place, "fund", &d.funds, fund);
                        self.known(&place, "region", &d.regions, region);
                    }
                    Measured::SpentFor {
                        holder,
                        fund,
                        region,
                    } => {
                        self.known(&place, "holder", &d.holders, [holder]);
                        self.known(&place, "fund", &d.funds, fund);
                        self.known(&place, "region", &d.regions, region);
                    }
                    Measured::Money(f) | Measured::Carried(f) => {
                        self.known(&place, "fund", &d.funds, [f]);
                    }
                    Measured::Moved { route, item } => {
                        self.known(&place, "route", &d.routes, route);
                        self.known(&place, "item", &d.items, item);
                    }
                }
            }
        }
    }
}
