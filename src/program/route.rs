//! Routes and gifts: what passes a hub is no more than it can handle.
//!
//! ```text
//! hub   Σ_{v through h} mass[v] · v[v,t] + Σ_{g through h} mass[g] · g[g,t]  ≤  throughput[h,t]
//!                                        for every hub h and period t
//! ```
//!
//! Counted in tonnes in the period in which goods leave. What may travel at all, and how long it
//! takes, is in which columns exist and in the [balance](super::balance) and [stock](super::stock) rows.
//!
//! The price of a hub row is what room for one more tonne would save.

use super::family::Row;
use super::plan::Plan;
use super::rows::Rows;
use super::scope::Scope;
use super::sum::Sum;
use crate::ids::{HubId, ItemId};
use crate::units::Amount;

/// Tonnes in one internal unit of a hub's row.
const UNIT: f64 = 1_000.0;

pub(super) fn add(rows: &mut Rows, x: &Scope<'_>, v: &Plan<u32>) {
    let c = &x.m.calendar;
    for (h, hub) in x.m.hubs.iter() {
        for t in c.periods() {
            let mut left = Sum::default();
            for (g, give) in x.n.gives.iter() {
                let gift = &x.m.gifts[give.gift];
                left.add(
                    tonnes(x, gift.hub, h, x.m.stocks[give.from].item),
                    v.give[(g, t)],
                );
            }
            for (along, between) in x.n.moves.iter() {
                let route = &x.m.routes[between.route];
                let item = x.n.markets[between.from].item;
                left.add(tonnes(x, route.hub, h, item), v.moved[(along, t)]);
            }
            let most = (hub.throughput.mean(c, t) * c.length()).value() / UNIT;
            rows.at_most(Row::Hub(h, t), UNIT, &left, most);
        }
    }
}

/// What an internal unit of an item weighs in a hub's row; nothing if it passes another way.
fn tonnes(x: &Scope<'_>, through: Option<HubId>, hub: HubId, item: ItemId) -> f64 {
    if through != Some(hub) {
        return 0.0;
    }
    let mass = x.m.items[item].weight().map_or(0.0, Amount::value);
    mass * x.size.item(item) / UNIT
}
