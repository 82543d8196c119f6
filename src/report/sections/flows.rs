//! Where things flow: materials into goods, goods to holders.

use super::super::number::quantity;
use super::super::page::{Chart, Flow, Link, Node, Picture, Section};
use super::drawing::{real, seat};
use crate::ids::{HolderId, ItemId, StockId};
use crate::model::Model;
use crate::solution::Solution;
use std::collections::BTreeMap;

/// How many items a flow tells apart.
const ITEMS: usize = 14;

/// The kind of node that is never taken together with others.
pub(super) const GOODS: &str = "goods";

/// Nodes smaller than this share of the largest are taken together.
const SMALL: f64 = 0.02;

/// Less than this is no flow, in units of an item or millions of money.
const TRACE: f64 = 1e-3;

/// The flow of materials and of deliveries.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let supplies = supplies(m, s);
    Section::new("What flows where")
        .in_print()
        .chart(super::map::chart(m, s))
        .chart(deliveries(m, s, &supplies))
        .chart(materials(m, &supplies))
}

/// A flow under way: nodes by name and kind, and links that add up.
#[derive(Default)]
pub(super) struct Weave {
    nodes: Vec<Node>,
    links: BTreeMap<(usize, usize), (f64, f64, String)>,
}

impl Weave {
    fn node(&mut self, (name, group): (&str, &str)) -> usize {
        let same = |node: &Node| node.name == name && node.group == group;
        if let Some(found) = self.nodes.iter().position(same) {
            return found;
        }
        self.nodes.push(Node {
            name: name.to_owned(),
            group: group.to_owned(),
        });
        self.nodes.len() - 1
    }

    /// So much more from one node to another, and how much that is in a unit of its own.
    pub(super) fn add(
        &mut self,
        from: (&str, &str),
        to: (&str, &str),
        width: f64,
        own: (f64, &str),
    ) {
        let ends = (self.node(from), self.node(to));
        let link = self
            .links
            .entry(ends)
            .or_insert((0.0, 0.0, own.1.to_owned()));
        link.0 += width;
        link.1 += own.0;
        if link.2 != own.1 {
            link.2.clear();
        }
    }

    /// The flow without traces, small nodes but goods taken together; `None` if nothing is left.
    pub(super) fn picture(self, totals: bool) -> Option<Picture> {
        let merged = self.merged();
        let mut weave = Self::default();
        for ((from, to), (width, own, unit)) in &self.links {
            if *width > TRACE {
                let end = |n: usize| (merged[n].as_str(), self.nodes[n].group.as_str());
                weave.add(end(*from), end(*to), *width, (*own, unit));
            }
        }
        let link = |(ends, (width, own, unit)): ((usize, usize), (f64, f64, String))| Link {
            from: ends.0,
            to: ends.1,
            value: width,
            detail: if unit.is_empty() || own <= 0.0 {
                String::new()
            } else {
                format!("{} {unit}", quantity(own))
            },
        };
        let flow = Flow {
            nodes: weave.nodes,
            links: weave.links.into_iter().map(link).collect(),
            totals,
        };
        (!flow.links.is_empty()).then_some(Picture::Flow(flow))
    }

    /// The name each node is shown under: its own, or one for all small ones of its kind.
    fn merged(&self) -> Vec<String> {
        let mut through = vec![(0.0_f64, 0.0_f64); self.nodes.len()];
        for (&(from, to), (width, ..)) in &self.links {
            through[from].1 += width;
            through[to].0 += width;
        }
        let most: Vec<f64> = through.iter().map(|(into, out)| into.max(*out)).collect();
        let all: f64 = most.iter().fold(0.0, |a, &b| a.max(b));
        let small = |n: usize| self.nodes[n].group != GOODS && most[n] < SMALL * all;
        let name = |(n, node): (usize, &Node)| {
            let alike = |&other: &usize| self.nodes[other].group == node.group && small(other);
            match (0..self.nodes.len()).filter(alike).count() {
                count if count > 1 && small(n) => format!("{count} other {}", node.group),
                _ => node.name.clone(),
            }
        };
        self.nodes.iter().enumerate().map(name).collect()
    }
}

/// Where the supply of an item comes from, over the whole calendar.
#[derive(Default)]
struct Supply {
    /// Made by lines, by country.
    made: BTreeMap<String, f64>,
    /// Started by lines: what is made and what falls out.
    started: f64,
    /// Delivered by suppliers outside, by country or name.
    bought: BTreeMap<String, f64>,
    /// What holders get of it new.
    delivered: BTreeMap<HolderId, f64>,
}

impl Supply {
    fn total(&self) -> f64 {
        self.made.values().chain(self.bought.values()).sum()
    }
}

fn supplies(m: &Model, s: &Solution) -> BTreeMap<ItemId, Supply> {
    let mut all: BTreeMap<ItemId, Supply> = BTreeMap::new();
    let network = s.program().network();
    for made in &s.lines {
        let line = &m.lines[made.line];
        let supply = all.entry(made.item).or_default();
        *supply.made.entry(seat(m, line)).or_default() += made.output;
        supply.started += made.output / line.yield_share.value();
    }
    for (o, order) in network.orders.iter() {
        let supplier = &m.suppliers[order.supplier];
        let origin = supplier.country.map_or_else(
            || supplier.name.clone(),
            |c| format!("{} (suppliers)", m.regions[c].name),
        );
        let delivered = s.orders[o].total;
        *all.entry(supplier.item)
            .or_default()
            .bought
            .entry(origin)
            .or_default() += delivered;
        add_direct(m, s, &mut all, order.market, delivered);
    }
    for (k, make) in network.makes.iter() {
        let made: f64 = s.plan.make.row(k).iter().flatten().sum();
        add_direct(m, s, &mut all, make.market, made);
    }
    for (d, delivery) in network.deliveries.iter() {
        let delivered: f64 = s.plan.deliver.row(d).iter().flatten().sum();
        add_delivered(m, &mut all, delivery.stock, delivered);
    }
    all
}

/// What reaches a market that serves one stock reaches that stock.
fn add_direct(
    m: &Model,
    s: &Solution,
    all: &mut BTreeMap<ItemId, Supply>,
    market: crate::ids::MarketId,
    amount: f64,
) {
    if let Some(stock) = s.program().network().is_direct(market) {
        add_delivered(m, all, stock, amount);
    }
}

fn add_delivered(m: &Model, all: &mut BTreeMap<ItemId, Supply>, stock: StockId, amount: f64) {
    let stock = &m.stocks[stock];
    *all.entry(stock.item)
        .or_default()
        .delivered
        .entry(stock.holder)
        .or_default() += amount;
}

fn deliveries(m: &Model, s: &Solution, supplies: &BTreeMap<ItemId, Supply>) -> Chart {
    let mut chart = Chart::new(
        "Deliveries and gifts",
        "What holders get over the whole calendar, at the value of the items: from the countries of lines and suppliers, and from the stocks of other holders. The origin of what an item's holders get is shared out in proportion to its supply.",
        real(m),
    );
    let top = top_items(m, s, supplies);
    let everything = delivered(m, s, supplies, |_| true, |item| top.contains(&item));
    if let Some(picture) = everything {
        chart = chart.view("All holders", picture);
    }
    let each = m.holders.iter().filter_map(|(holder, owner)| {
        let own = delivered(m, s, supplies, |to| to == holder, |_| true);
        own.map(|picture| (owner, picture))
    });
    let each: Vec<_> = each.collect();
    // With one holder, everything is for that holder.
    for (owner, picture) in each.iter().filter(|_| each.len() > 1) {
        chart = chart.view_in("one holder", owner.name.clone(), real(m), picture.clone());
    }
    chart
}

/// The items that holders get most of, by value.
fn top_items(m: &Model, s: &Solution, supplies: &BTreeMap<ItemId, Supply>) -> Vec<ItemId> {
    let mut worth: Vec<(f64, ItemId)> = m
        .items
        .ids()
        .map(|item| {
            let new: f64 = supplies
                .get(&item)
                .map_or(0.0, |supply| supply.delivered.values().sum());
            (new * s.program().item_value(item), item)
        })
        .collect();
    worth.sort_by(|a, b| b.0.total_cmp(&a.0));
    worth.truncate(ITEMS);
    worth.into_iter().map(|(_, item)| item).collect()
}

fn delivered(
    m: &Model,
    s: &Solution,
    supplies: &BTreeMap<ItemId, Supply>,
    wanted: impl Fn(HolderId) -> bool,
    shown: impl Fn(ItemId) -> bool,
) -> Option<Picture> {
    let mut weave = Weave::default();
    let name = |item: ItemId| {
        if shown(item) {
            m.items[item].name.as_str()
        } else {
            "other goods"
        }
    };
    for (&item, supply) in supplies {
        let value = s.program().item_value(item) / 1e6;
        let unit = m.items[item].unit.as_str();
        let to = supply
            .delivered
            .iter()
            .filter(|&(&holder, _)| wanted(holder));
        let to: Vec<_> = to.collect();
        let all: f64 = to.iter().map(|(_, amount)| **amount).sum();
        let share = if supply.total() > 0.0 {
            all / supply.total()
        } else {
            0.0
        };
        for (sources, group) in [(&supply.made, "makers"), (&supply.bought, "suppliers")] {
            for (origin, amount) in sources {
                let amount = amount * share.min(1.0);
                weave.add(
                    (origin, group),
                    (name(item), GOODS),
                    amount * value,
                    (amount, unit),
                );
            }
        }
        for (&holder, &amount) in to {
            let holder = m.holders[holder].name.as_str();
            weave.add(
                (name(item), GOODS),
                (holder, "holders"),
                amount * value,
                (amount, unit),
            );
        }
    }
    for (g, give) in s.program().network().gives.iter() {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        if !wanted(to.holder) {
            continue;
        }
        let amount = s.gifts[g].arrived.total;
        let value = s.program().item_value(from.item) / 1e6;
        let unit = m.items[from.item].unit.as_str();
        let giver = format!("{} (stocks)", m.holders[from.holder].name);
        let holder = &m.holders[to.holder].name;
        let good = (name(from.item), GOODS);
        weave.add((&giver, "stocks"), good, amount * value, (amount, unit));
        weave.add(good, (holder, "holders"), amount * value, (amount, unit));
    }
    weave.picture(true)
}

fn materials(m: &Model, supplies: &BTreeMap<ItemId, Supply>) -> Chart {
    let mut chart = Chart::new(
        "From materials to goods",
        "Where what goes into a good is made, over the whole calendar. A flow is as wide as the number of finished units that it serves; how much it is in its own unit stands beside it.",
        "",
    );
    for (item, good) in m.items.iter() {
        let Some(supply) = supplies.get(&item) else {
            continue;
        };
        let made: f64 = supply.made.values().sum();
        if good.needs.is_empty() || supply.delivered.is_empty() || made <= TRACE {
            continue;
        }
        let mut weave = Weave::default();
        explode(m, supplies, &mut weave, item, made, made);
        bought(
            m,
            supplies,
            &mut weave,
            (item, &good.name),
            supply.bought.values().sum(),
            1.0,
        );
        for (&holder, &amount) in &supply.delivered {
            let holder = m.holders[holder].name.as_str();
            let own = (amount, good.unit.as_str());
            weave.add((&good.name, GOODS), (holder, "holders"), amount, own);
        }
        if let Some(picture) = weave.picture(false) {
            chart = chart.view_in("", good.name.clone(), good.unit.clone(), picture);
        }
    }
    chart
}

/// What goes into `amount` of an item that lines make, enough for `goods` finished units.
fn explode(
    m: &Model,
    supplies: &BTreeMap<ItemId, Supply>,
    weave: &mut Weave,
    item: ItemId,
    amount: f64,
    goods: f64,
) {
    let (supply, name) = (&supplies[&item], m.items[item].name.as_str());
    let all: f64 = supply.made.values().sum();
    for (origin, part) in supply.made.iter().filter(|_| all > 0.0) {
        let share = part / all;
        let own = (amount * share, m.items[item].unit.as_str());
        weave.add((origin, "makers"), (name, GOODS), goods * share, own);
    }
    for need in &m.items[item].needs {
        let input = &m.items[need.item];
        let used = amount * need.amount.value() * supply.started / all;
        let own = (used, input.unit.as_str());
        weave.add((&input.name, GOODS), (name, GOODS), goods, own);
        let Some(supply) = supplies.get(&need.item) else {
            continue;
        };
        let made: f64 = supply.made.values().sum();
        let share = if supply.total() > 0.0 {
            made / supply.total()
        } else {
            0.0
        };
        if share > 0.0 {
            explode(m, supplies, weave, need.item, used * share, goods * share);
        }
        let per_unit = if used > 0.0 { goods / used } else { 0.0 };
        let outside = used * (1.0 - share);
        bought(
            m,
            supplies,
            weave,
            (need.item, &input.name),
            outside,
            per_unit,
        );
    }
}

/// `amount` of an item that comes from suppliers.
fn bought(
    m: &Model,
    supplies: &BTreeMap<ItemId, Supply>,
    weave: &mut Weave,
    (item, name): (ItemId, &str),
    amount: f64,
    goods_per_unit: f64,
) {
    let sources = &supplies[&item].bought;
    let all: f64 = sources.values().sum();
    for (origin, part) in sources.iter().filter(|_| all > 0.0) {
        let part = amount * part / all;
        let own = (part, m.items[item].unit.as_str());
        weave.add(
            (origin, "suppliers"),
            (name, GOODS),
            part * goods_per_unit,
            own,
        );
    }
}
