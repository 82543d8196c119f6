//! Where things are made and where they go, on a map.
//!
//! A place is a country, by its two letters; what has none, or one that has no outline, is on no map.

use super::super::geography::{Plane, Point, countries, cut, middle};
use super::super::number::money;
use super::super::page::{Chart, Link, Map, Picture, Site};
use super::drawing::real;
use crate::ids::{HolderId, ItemId, MarketId, RegionId};
use crate::model::Model;
use crate::solution::Solution;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How wide a map is.
const WIDE: f64 = 1000.0;
/// The lowest map for its width, and the highest.
const HIGH: [f64; 2] = [0.45, 1.0];
/// What lies farther than this from the middle of all that is made and arrives stands at the edge, in radians.
const NEAR: f64 = 0.5;
/// The least that a map shows, in radii of the earth.
const LEAST: f64 = 0.12;
/// The room around places, as a share of what they take.
const MARGIN: f64 = 0.07;
/// Less than this, in millions of money, is nothing.
const TRACE: f64 = 1e-3;
/// How many flows are drawn: the widest.
const LINKS: usize = 60;

/// Of each item: where it comes from, and who gets it.
#[derive(Default)]
struct Item {
    from: BTreeMap<RegionId, f64>,
    to: BTreeMap<HolderId, f64>,
}

/// The map.
pub(super) fn chart(m: &Model, s: &Solution) -> Chart {
    let (flows, placeless) = flows(m, s);
    let map = picture(m, &flows);
    let mut note = "Goods for holders over the whole calendar, at the value of the items, each in the middle of its country. What an item's holders get is shared out over its origins in proportion. Places far from all others stand at the edge, in their direction.".to_owned();
    if map.as_ref().is_some_and(|map| map.links.len() > map.drawn) {
        write!(
            note,
            " The {LINKS} widest flows are drawn; the table has all."
        )
        .expect(SAFE);
    }
    note.push_str(&nowhere(m, &flows, &placeless));
    let chart = Chart::new("Where it is made and where it goes", note, real(m));
    match map {
        Some(map) => chart.view("", Picture::Map(map)),
        None => chart,
    }
}

/// Writing to a text cannot fail.
const SAFE: &str = "a text can be written to";

/// What is said of flows from and to places that have no outline, and to holders that are of no country.
fn nowhere(m: &Model, flows: &Flows, placeless: &BTreeMap<HolderId, f64>) -> String {
    let off = |region: &RegionId| middle(&m.regions[*region].key).is_none();
    let lost = flows.iter().filter(|((from, to), _)| off(from) || off(to));
    let value: f64 = lost.clone().map(|(_, value)| value).sum();
    let value = value + placeless.values().sum::<f64>();
    let ends = lost.flat_map(|(&(from, to), _)| [from, to]);
    let places: BTreeSet<RegionId> = ends.filter(off).collect();
    let names = places.iter().map(|&region| m.regions[region].name.as_str());
    let holders = placeless.keys().map(|&h| m.holders[h].name.as_str());
    let names: Vec<&str> = names.chain(holders).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(
        " Not on it: {} from or to {}.",
        money(1e6 * value, m.money.base()),
        names.join(", ")
    )
}

/// From country to country, in millions.
type Flows = BTreeMap<(RegionId, RegionId), f64>;

/// Flows, and what holders get that are of no country.
fn flows(m: &Model, s: &Solution) -> (Flows, BTreeMap<HolderId, f64>) {
    let mut flows = Flows::new();
    let mut placeless: BTreeMap<HolderId, f64> = BTreeMap::new();
    for (i, item) in items(m, s) {
        let value = s.program().item_value(i) / 1e6;
        let all: f64 = item.from.values().sum();
        let got: f64 = item.to.values().sum();
        if all <= 0.0 || got <= 0.0 {
            continue;
        }
        for (&from, &made) in &item.from {
            for (&holder, &amount) in &item.to {
                let worth = made / all.max(got) * amount * value;
                match m.holders[holder].country {
                    Some(to) => *flows.entry((from, to)).or_insert(0.0) += worth,
                    None => *placeless.entry(holder).or_insert(0.0) += worth,
                }
            }
        }
    }
    for (g, give) in s.program().network().gives.iter() {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        let countries = [from, to].map(|stock| m.holders[stock.holder].country);
        if let [Some(a), Some(b)] = countries {
            let value = s.program().item_value(from.item) / 1e6;
            *flows.entry((a, b)).or_insert(0.0) += s.gifts[g].arrived.total * value;
        }
    }
    flows.retain(|_, value| *value > TRACE);
    placeless.retain(|_, value| *value > TRACE);
    (flows, placeless)
}

/// What each item's holders get, and where it is made or bought.
fn items(m: &Model, s: &Solution) -> BTreeMap<ItemId, Item> {
    let network = s.program().network();
    let mut all: BTreeMap<ItemId, Item> = BTreeMap::new();
    for made in &s.lines {
        if let Some(country) = m.lines[made.line].country {
            let item = all.entry(made.item).or_default();
            *item.from.entry(country).or_insert(0.0) += made.output;
        }
    }
    for (o, order) in network.orders.iter() {
        let supplier = &m.suppliers[order.supplier];
        let item = all.entry(supplier.item).or_default();
        if let Some(country) = supplier.country {
            *item.from.entry(country).or_insert(0.0) += s.orders[o].total;
        }
        gets(m, s, item, order.market, s.orders[o].total);
    }
    for (k, make) in network.makes.iter() {
        let made: f64 = s.plan.make.row(k).iter().flatten().sum();
        let item = all.entry(network.markets[make.market].item).or_default();
        gets(m, s, item, make.market, made);
    }
    for (d, delivery) in network.deliveries.iter() {
        let delivered: f64 = s.plan.deliver.row(d).iter().flatten().sum();
        let stock = &m.stocks[delivery.stock];
        let item = all.entry(stock.item).or_default();
        *item.to.entry(stock.holder).or_insert(0.0) += delivered;
    }
    all
}

/// What reaches a market that serves one stock reaches that stock's holder.
fn gets(m: &Model, s: &Solution, item: &mut Item, market: MarketId, amount: f64) {
    if let Some(stock) = s.program().network().is_direct(market) {
        *item.to.entry(m.stocks[stock].holder).or_insert(0.0) += amount;
    }
}

/// A country on the way to a map.
struct Spot {
    region: RegionId,
    at: Point,
    sends: f64,
    arrives: f64,
}

fn picture(m: &Model, flows: &Flows) -> Option<Map> {
    let spots = spots(m, flows);
    let weight = |spot: &Spot| spot.sends + spot.arrives;
    let all: f64 = spots.iter().map(weight).sum();
    if spots.is_empty() || all <= 0.0 {
        return None;
    }
    let plane = Plane::around(centre(&spots));
    let near = |spot: &&Spot| plane.distance(spot.at) <= NEAR;
    let inside: f64 = spots.iter().filter(near).map(weight).sum();
    // Where places lie all over the world, the map shows all of them.
    let spread = inside < 0.6 * all;
    let shown = |spot: &&Spot| spread || near(spot);
    let frame = Frame::around(
        spots
            .iter()
            .filter(shown)
            .map(|spot| plane.towards(spot.at)),
    )?;
    let places = spots.iter().map(|spot| {
        let (at, outside) = frame.place(plane.towards(spot.at));
        Site {
            name: m.regions[spot.region].name.clone(),
            at,
            outside,
            sends: spot.sends,
            arrives: spot.arrives,
            detail: String::new(),
        }
    });
    let places: Vec<Site> = places.collect();
    let position = |region: RegionId| spots.iter().position(|spot| spot.region == region);
    let mut links: Vec<Link> = flows
        .iter()
        .filter(|((from, to), _)| from != to)
        .filter_map(|(&(from, to), &value)| {
            Some(Link {
                from: position(from)?,
                to: position(to)?,
                value,
                detail: String::new(),
            })
        })
        .collect();
    links.sort_by(|a, b| {
        let value = b.value.total_cmp(&a.value);
        value.then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    Some(Map {
        size: frame.size(),
        outlines: frame.outlines(plane),
        places,
        drawn: links.len().min(LINKS),
        links,
    })
}

/// The countries that anything comes from or goes to, of which it is known where they are.
fn spots(m: &Model, flows: &Flows) -> Vec<Spot> {
    let mut sums: BTreeMap<RegionId, (f64, f64)> = BTreeMap::new();
    for (&(from, to), &value) in flows {
        sums.entry(from).or_default().0 += value;
        sums.entry(to).or_default().1 += value;
    }
    let spots = sums.into_iter().filter_map(|(region, (sends, arrives))| {
        let at = middle(&m.regions[region].key)?;
        Some(Spot {
            region,
            at,
            sends,
            arrives,
        })
    });
    spots.collect()
}

/// The middle of all that is made and arrives: half of it lies on each side. A place far away does not move it.
fn centre(spots: &[Spot]) -> Point {
    [0, 1].map(|axis| {
        let mut along: Vec<(f64, f64)> = spots
            .iter()
            .map(|spot| (spot.at[axis], spot.sends + spot.arrives))
            .collect();
        along.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half: f64 = along.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
        let mut sum = 0.0;
        let reached = along.iter().find(|(_, weight)| {
            sum += weight;
            sum >= half
        });
        reached.map_or(0.0, |(at, _)| *at)
    })
}

/// What of the plane a map shows.
struct Frame {
    corner: Point,
    span: Point,
}

impl Frame {
    fn around(points: impl Iterator<Item = Point>) -> Option<Self> {
        let points: Vec<Point> = points.collect();
        let end = |axis: usize, pick: fn(f64, f64) -> f64| {
            points.iter().map(|point| point[axis]).reduce(pick)
        };
        let low = [end(0, f64::min)?, end(1, f64::min)?];
        let high = [end(0, f64::max)?, end(1, f64::max)?];
        let mut span =
            [0, 1].map(|axis| ((high[axis] - low[axis]) * (1.0 + 2.0 * MARGIN)).max(LEAST));
        span[0] = span[0].max(span[1] / HIGH[1]);
        span[1] = span[1].max(span[0] * HIGH[0]);
        let corner = [0, 1].map(|axis| (low[axis] + high[axis] - span[axis]) / 2.0);
        Some(Self { corner, span })
    }

    /// On the map.
    fn on(&self, point: Point) -> Point {
        [0, 1].map(|axis| (point[axis] - self.corner[axis]) * WIDE / self.span[0])
    }

    fn extent(&self) -> Point {
        [WIDE, (WIDE * self.span[1] / self.span[0]).round()]
    }

    fn size(&self) -> [u32; 2] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of at most the width"
        )]
        self.extent().map(|side| side as u32)
    }

    /// Where a place stands, and whether it lies outside: then at the edge, on the way to it from the middle.
    fn place(&self, point: Point) -> ([i32; 2], bool) {
        /// How far from the edge.
        const INSET: f64 = 14.0;
        let extent = self.extent();
        let middle = extent.map(|side| side / 2.0);
        let at = self.on(point);
        let out = [0, 1].map(|axis| {
            let reach = (middle[axis] - INSET).max(1.0);
            (at[axis] - middle[axis]).abs() / reach
        });
        let far = out[0].max(out[1]);
        if far <= 1.0 {
            return (at.map(whole), false);
        }
        let edge = [0, 1].map(|axis| middle[axis] + (at[axis] - middle[axis]) / far);
        (edge.map(whole), true)
    }

    /// What of the land lies within.
    fn outlines(&self, plane: Plane) -> Vec<Vec<i32>> {
        let parts = countries().iter().flat_map(|country| &country.parts);
        let seen = parts.filter_map(|part| {
            let points: Option<Vec<Point>> = part
                .iter()
                .map(|&corner| plane.at(corner).map(|point| self.on(point)))
                .collect();
            let shape = cut(&points?, self.extent());
            let shape: Vec<i32> = shape.into_iter().flatten().map(whole).collect();
            (shape.len() >= 6).then_some(shape)
        });
        seen.collect()
    }
}

/// A whole number of the map's units.
fn whole(value: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "within a map")]
    let value = value.round() as i32;
    value
}
