//! Places and routes: an item that a route names is in some country, and moves only along its routes.

use super::at;
use super::industry::{is_used, may_receive};
use super::{Customer, Expense, Second, Way};
use crate::simplex::Sense;
use sinews::ids::{GiftId, HubId, ItemId, RegionId, RouteId};
use sinews::units::Amount;

impl Second<'_> {
    fn is_bloc(&self, region: RegionId) -> bool {
        let mut all = self.m.regions.values();
        all.any(|other| other.blocs.contains(&region))
    }

    fn routes_of(&self, i: ItemId) -> impl Iterator<Item = RouteId> {
        let all = self.m.routes.iter();
        all.filter(move |(_, route)| route.items.contains(&i))
            .map(|(r, _)| r)
    }

    /// Whether a route has an end, its start if `start`, in a country: it names it, or a bloc that it lies in if no route
    /// of the item names the country itself at that end.
    fn meets(&self, r: RouteId, i: ItemId, country: RegionId, start: bool) -> bool {
        let end = |r: RouteId| {
            let route = &self.m.routes[r];
            if start { route.from } else { route.to }
        };
        let itself = end(r) == country;
        let named = self.routes_of(i).any(|other| end(other) == country);
        !self.is_bloc(country)
            && (itself || !named && self.m.regions[country].blocs.contains(&end(r)))
    }

    /// The countries in which a route of an item starts or ends; of an item without routes one place that is none.
    pub(super) fn sites(&self, i: ItemId) -> Vec<Option<RegionId>> {
        if self.routes_of(i).next().is_none() {
            return vec![None];
        }
        let joined = |&country: &RegionId| {
            self.routes_of(i)
                .any(|r| self.meets(r, i, country, true) || self.meets(r, i, country, false))
        };
        self.m.regions.ids().filter(joined).map(Some).collect()
    }

    /// The place of an item at which someone in a country is.
    pub(super) fn site(&self, i: ItemId, country: Option<RegionId>) -> Option<RegionId> {
        country.filter(|&country| self.sites(i).contains(&Some(country)))
    }

    /// Where the makers' opening stock lies: the first place at which someone deals in the item or that a route names.
    pub(super) fn first_site(&self, i: ItemId) -> Option<RegionId> {
        let places = self.sites(i).into_iter().flatten();
        let mut dealt = places.filter(|&place| {
            let named = self.routes_of(i).any(|r| {
                let route = &self.m.routes[r];
                route.from == place || route.to == place
            });
            named || self.deals(i, place)
        });
        dealt.next()
    }

    /// Whether someone makes, sells, uses or keeps an item in a country.
    fn deals(&self, i: ItemId, country: RegionId) -> bool {
        let m = self.m;
        let home = Some(country);
        let takes = |item: ItemId| {
            let mut needs = m.items[item].needs.iter();
            item == i || needs.any(|need| need.item == i)
        };
        let mut lines = m.lines.values();
        let mut expansions = m.expansions.values();
        let mut suppliers = m.suppliers.values();
        let mut stocks = m.stocks.values();
        lines.any(|line| line.country == home && line.products.iter().any(|p| takes(p.item)))
            || expansions.any(|e| {
                m.lines[e.line].country == home && e.uses.iter().any(|&(used, _)| used == i)
            })
            || suppliers.any(|q| q.country == home && q.item == i)
            || stocks.any(|s| m.holders[s.holder].country == home && s.item == i)
    }

    /// A column for each way that something can take by the end.
    pub(super) fn add_ways(&mut self) {
        let m = self.m;
        let mut ways = Vec::new();
        for i in m.items.ids() {
            let places: Vec<RegionId> = self.sites(i).into_iter().flatten().collect();
            let stocks = m
                .stocks
                .ids()
                .filter(|&s| m.stocks[s].item == i && may_receive(m, s));
            let industry = is_used(m, i).then_some(Customer::Industry);
            let customers: Vec<Customer> = industry
                .into_iter()
                .chain(stocks.map(Customer::Stock))
                .collect();
            for route in self.routes_of(i) {
                for &from in places
                    .iter()
                    .filter(|&&from| self.meets(route, i, from, true))
                {
                    let ends = places.iter().filter(|&&to| self.meets(route, i, to, false));
                    for &to in ends.filter(|&&to| to != from) {
                        let way = |&customer: &Customer| Way {
                            route,
                            from,
                            to,
                            item: i,
                            customer,
                        };
                        ways.extend(customers.iter().map(way));
                    }
                }
            }
        }
        for way in ways {
            if !self.affordable(Expense::Moving(way.route, way.item, way.customer)) {
                continue;
            }
            let lag = m.routes[way.route].lag.value();
            for t in 0..self.end() {
                if self.stretch(t).0 + lag < self.months() - 1e-9 {
                    self.program.at = Some(t);
                    let j = self.program.column();
                    self.moved.insert((way, t), j);
                }
            }
        }
    }

    /// What is on its way to a stock arrives, moves on or is delivered: nothing is kept on the way.
    pub(super) fn ways(&mut self) {
        let m = self.m;
        let routed = m
            .stocks
            .ids()
            .filter(|&s| self.routes_of(m.stocks[s].item).next().is_some() && may_receive(m, s));
        for s in routed.collect::<Vec<_>>() {
            let item = m.stocks[s].item;
            let home = self.site(item, m.holders[m.stocks[s].holder].country);
            for t in 0..self.end() {
                self.program.at = Some(t);
                for place in self.sites(item) {
                    let mut terms = Vec::new();
                    self.supplied((item, Customer::Stock(s)), place, t, &mut terms);
                    if place == home {
                        let j = self.program.column();
                        self.delivered.insert((s, t), j);
                        terms.push((j, -1.0));
                    }
                    self.program.row(terms, Sense::Equal, 0.0);
                }
            }
        }
    }

    /// Gifts and moves through hubs.
    pub(super) fn hubs(&mut self) {
        let m = self.m;
        let mass = |item: ItemId| m.items[item].weight().map_or(0.0, Amount::value);
        for (h, hub) in m.hubs.iter() {
            let through = |other: Option<HubId>| other == Some(h);
            let given = |gift: GiftId| through(m.gifts[gift].hub);
            for t in 0..self.end() {
                let gifts = self
                    .give
                    .iter()
                    .filter(|((gift, _, at), _)| given(*gift) && *at == t)
                    .map(|(&(_, from, _), &j)| (j, mass(m.stocks[from].item)));
                let moves = self
                    .moved
                    .iter()
                    .filter(|((way, at), _)| through(m.routes[way.route].hub) && *at == t)
                    .map(|(&(way, _), &j)| (j, mass(way.item)));
                let terms = gifts.chain(moves).collect();
                let most = (hub.throughput.mean(&m.calendar, at(t)) * m.calendar.length()).value();
                self.program.at = Some(t);
                self.program.row(terms, Sense::AtMost, most);
            }
        }
    }
}
