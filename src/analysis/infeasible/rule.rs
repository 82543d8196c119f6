//! Rules: what a file says in one place, and the rows that keep it.

use crate::document::Document;
use crate::ids::{ItemId, LineId, StockId};
use crate::model::Model;
use crate::problem::Place;
use crate::program::{Program, Row};
use std::fmt;

/// A rule: the places in the file that it is written in, usually one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Where it stands, such as `line.plant.minimum`.
    pub places: Vec<Place>,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places: Vec<String> = self.places.iter().map(Place::to_string).collect();
        f.write_str(&places.join(", "))
    }
}

impl Rule {
    /// The rule that a row keeps; `None` where a row only adds up, or can always be kept.
    pub(in crate::analysis) fn of(m: &Model, program: &Program, row: Row) -> Option<Self> {
        let line = |l: LineId, field: &str| Place::new(["line", &m.lines[l].key, field]);
        let item = |i: ItemId, fields: &[&str]| {
            Place::new(
                ["item", &m.items[i].key]
                    .into_iter()
                    .chain(fields.iter().copied()),
            )
        };
        let market = |k| program.network().markets[k].item;
        let place = match row {
            Row::Capacity(l, _) => line(l, "capacity"),
            Row::Booked(l, _) if m.lines[l].booked.is_some() => line(l, "booked"),
            Row::Booked(l, _) => line(l, "lead_time"),
            Row::Ramp(l, _) => line(l, "ramp"),
            Row::Minimum(l, _) => line(l, "minimum"),
            Row::Options(e) => {
                let option = &m.expansions[e];
                line(option.line, "expansion")
                    .then(&option.key)
                    .then("at_most")
            }
            Row::PoolMost(k, _) => item(market(k), &["stock", "most"]),
            Row::PoolClosing(k) => item(market(k), &["stock", "closing"]),
            Row::Spare(s, t) => stock(m, s, spared(m, s, t == m.calendar.last())),
            Row::Floor(s, _) => stock(m, s, "floor"),
            Row::Draw(s, _) => stock(m, s, "draw"),
            Row::Closing(s) => stock(m, s, "closing"),
            Row::Life(s, _) | Row::Expired(s, _) | Row::Kept(s, _) => {
                item(m.stocks[s].item, &["shelf_life"])
            }
            Row::Hub(h, _) => Place::new(["hub", &m.hubs[h].key, "throughput"]),
            Row::Resource(x, _) => Place::new(["resource", &m.resources[x].key, "limit"]),
            Row::Rate(q, _) => Place::new(["supplier", &m.suppliers[q].key, "rate"]),
            Row::OnOrder(q, _) => {
                let supplier = &m.suppliers[q];
                let field = if supplier.booked.is_some() {
                    "booked"
                } else {
                    "lead_time"
                };
                Place::new(["supplier", &supplier.key, field])
            }
            Row::Tier(q, ..) => Place::new(["supplier", &m.suppliers[q].key, "tiers"]),
            Row::Least(q, _) | Row::Placed(q, _) => {
                Place::new(["supplier", &m.suppliers[q].key, "minimum_order"])
            }
            Row::Cap(cap, _) => Place::new(["cap", &m.caps[cap].key]),
            Row::Purse(g, _) | Row::Content(g, _) => {
                let field = if matches!(row, Row::Purse(..)) {
                    "amount"
                } else {
                    "content"
                };
                let funds = program.network().accounts.purses()[g].iter();
                let places = funds.map(|&f| Place::new(["fund", &m.funds[f].key, field]));
                return Some(Self {
                    places: places.collect(),
                });
            }
            Row::Earmark(..) => {
                let funds = m
                    .funds
                    .values()
                    .filter(|fund| !fund.buys.holders.is_empty());
                let places = funds.map(|f| Place::new(["fund", &f.key, "buys", "holders"]));
                return Some(Self {
                    places: places.collect(),
                });
            }
            Row::Added(..)
            | Row::Balance(..)
            | Row::Stock(..)
            | Row::Fresh(..)
            | Row::Requirement(..)
            | Row::Expense(..)
            | Row::Due(..)
            | Row::Shortfall(_)
            | Row::Share(_)
            | Row::Level(_)
            | Row::Within => return None,
        };
        Some(Self {
            places: vec![place],
        })
    }

    /// File and line, if it is written.
    pub(super) fn position(&self, document: &Document) -> Option<String> {
        document.position(self.places.first()?)
    }
}

fn stock(m: &Model, s: StockId, field: &str) -> Place {
    let stock = &m.stocks[s];
    let (holder, item) = (&m.holders[stock.holder].key, &m.items[stock.item].key);
    Place::new(["holder", holder, "stock", item, field])
}

/// What says how much a stock that only falls can spare.
fn spared(m: &Model, s: StockId, last: bool) -> &'static str {
    let stock = &m.stocks[s];
    match (&stock.floor, stock.closing) {
        (_, Some(_)) if last => "closing",
        (Some(_), _) => "floor",
        _ => "opening",
    }
}
