//! Where an item may come from, who has a use for it, and on what terms the two meet.

use crate::ids::{FundId, ItemId, LineId, RegionId, RouteId, StockId, SupplierId};
use crate::model::{Model, Need, Tier, UnitPrice};
use crate::units::Share;

/// A source of an item: a product of a line, or a supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Source {
    /// A line, and which of its products.
    Line(LineId, usize),
    /// A supplier.
    Supplier(SupplierId),
}

/// On what terms a source may serve a consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Terms {
    /// Not at all: it lies outside the consumer's origins.
    Barred,
    /// For nothing.
    Free,
    /// Paid by one of these funds.
    Paid(Vec<FundId>),
}

/// Who consumes an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consumer {
    Industry,
    Stock(StockId),
}

impl Source {
    /// The country it stands in.
    pub(in crate::program) fn country(self, m: &Model) -> Option<RegionId> {
        match self {
            Self::Line(l, _) => m.lines[l].country,
            Self::Supplier(q) => m.suppliers[q].country,
        }
    }

    pub(super) fn place(self, m: &Model, item: ItemId) -> Option<RegionId> {
        m.place_of(item, self.country(m))
    }

    /// The content it states, and its country.
    pub(super) fn content(self, m: &Model) -> (&[(RegionId, Share)], Option<RegionId>) {
        let stated = match self {
            Self::Line(l, _) => &m.lines[l].content,
            Self::Supplier(q) => &m.suppliers[q].content,
        };
        (stated, self.country(m))
    }

    /// Its price steps, the cheapest first. None: it charges nothing.
    pub(in crate::program) fn tiers(self, m: &Model) -> &[Tier] {
        match self {
            Self::Line(l, p) => &m.lines[l].products[p].tiers,
            Self::Supplier(q) => &m.suppliers[q].tiers,
        }
    }

    /// The item that it makes or sells.
    pub(in crate::program) fn item(self, m: &Model) -> ItemId {
        match self {
            Self::Line(l, p) => m.lines[l].products[p].item,
            Self::Supplier(q) => m.suppliers[q].item,
        }
    }

    /// Whether it charges anything.
    pub(super) fn charges(self, m: &Model) -> bool {
        let mut tiers = self.tiers(m).iter();
        tiers.any(|tier| costs(Some(&tier.cost)))
    }
}

/// Whether a price is ever more than nothing.
pub(in crate::program) fn costs(price: Option<&UnitPrice>) -> bool {
    price.is_some_and(|price| price.amount.values().any(|amount| amount.value() > 0.0))
}

/// Every source of an item, lines first.
pub(super) fn sources(m: &Model, i: ItemId) -> Vec<Source> {
    let lines = m.lines.iter().flat_map(|(l, line)| {
        let products = line.products.iter().enumerate();
        products
            .filter(move |(_, p)| p.item == i)
            .map(move |(n, _)| Source::Line(l, n))
    });
    let suppliers = m
        .suppliers
        .iter()
        .filter(|(_, q)| q.item == i)
        .map(|(q, _)| Source::Supplier(q));
    lines.chain(suppliers).collect()
}

/// Everyone who has a use for new units of an item.
pub(super) fn consumers(m: &Model, i: ItemId) -> Vec<Consumer> {
    let makes_from = |item: ItemId| m.items[item].needs.iter().any(|need| need.item == i);
    let used = m
        .lines
        .values()
        .any(|line| line.products.iter().any(|p| makes_from(p.item)))
        || m.expansions
            .values()
            .any(|e| e.uses.iter().any(|&(item, _)| item == i));
    let held = m.stocks.iter().filter(|(_, stock)| stock.item == i);
    let stocks = held.filter(|(_, stock)| {
        let required = m.requirements.values().any(|r| {
            let wanted = match &r.need {
                Need::Flow(path) => path.most().value() > 0.0,
                Need::Level(path) => path.most().value() > 0.0,
            };
            wanted && r.holder == stock.holder && r.meets.iter().any(|a| a.item == i)
        });
        let kept =
            stock.closing.is_some_and(|c| c.value() > 0.0) || stock.closing_value.value() > 0.0;
        required || kept
    });
    let industry = used.then_some(Consumer::Industry);
    industry
        .into_iter()
        .chain(stocks.map(|(s, _)| Consumer::Stock(s)))
        .collect()
}

/// The places of an item from which someone in a group of its consumers can be reached: what is made
/// for them elsewhere could go nowhere.
pub(super) fn leading(
    m: &Model,
    i: ItemId,
    places: &[Option<RegionId>],
    consumers: &[Consumer],
) -> Vec<Option<RegionId>> {
    let ends = |place: Option<RegionId>| {
        consumers.iter().any(|consumer| match consumer {
            Consumer::Industry => place.is_none() || is_used(m, i, place),
            Consumer::Stock(s) => {
                place.is_none() || m.place_of(i, m.holders[m.stocks[*s].holder].country) == place
            }
        })
    };
    let mut lead: Vec<_> = places.iter().map(|&place| ends(place)).collect();
    let at = |place: RegionId| places.iter().position(|&p| p == Some(place));
    let known: Vec<RegionId> = places.iter().copied().flatten().collect();
    let legs = legs(m, i, &known);
    let legs = legs.into_iter();
    let legs: Vec<_> = legs
        .filter_map(|leg| Some((at(leg.from)?, at(leg.to)?)))
        .collect();
    while let Some(&(from, _)) = legs.iter().find(|&&(from, to)| lead[to] && !lead[from]) {
        lead[from] = true;
    }
    let kept = places.iter().zip(lead).filter(|(_, lead)| *lead);
    kept.map(|(&place, _)| place).collect()
}

/// Whether anyone uses an item up at a place, or its makers keep it there.
fn is_used(m: &Model, i: ItemId, place: Option<RegionId>) -> bool {
    let here = |country| m.place_of(i, country) == place;
    let needs = |made: ItemId| m.items[made].needs.iter().any(|need| need.item == i);
    let mut lines = m.lines.values();
    let mut expansions = m.expansions.values();
    m.items[i].stock.is_some()
        || lines.any(|line| here(line.country) && line.products.iter().any(|p| needs(p.item)))
        || expansions
            .any(|e| here(m.lines[e.line].country) && e.uses.iter().any(|&(item, _)| item == i))
}

/// A way from one place to another along a route.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg {
    pub(super) route: RouteId,
    pub(super) from: RegionId,
    pub(super) to: RegionId,
}

/// Every way of an item along a route between two of its places: a bloc stands for each of its countries.
pub(super) fn legs(m: &Model, i: ItemId, places: &[RegionId]) -> Vec<Leg> {
    let mut legs = Vec::new();
    for route in m.routes.ids() {
        for &from in places.iter().filter(|&&from| m.starts(route, i, from)) {
            let ends = places.iter().filter(|&&to| m.ends(route, i, to));
            legs.extend(
                ends.filter(|&&to| to != from)
                    .map(|&to| Leg { route, from, to }),
            );
        }
    }
    legs
}

/// On what terms a source may serve a consumer.
pub(super) fn terms(m: &Model, i: ItemId, source: Source, consumer: Consumer) -> Terms {
    let barred = match consumer {
        Consumer::Industry => false,
        Consumer::Stock(s) => !m.is_from(source.country(m), &m.stocks[s].origins),
    };
    if barred {
        return Terms::Barred;
    }
    if !source.charges(m) {
        return Terms::Free;
    }
    let may = |f: &FundId| {
        let fund = &m.funds[*f];
        let from = match source {
            Source::Line(l, _) => m.may_buy_from_line(fund, l),
            Source::Supplier(q) => m.may_buy_from_supplier(fund, q),
        };
        let to = match consumer {
            Consumer::Industry => true,
            Consumer::Stock(s) => m.may_buy_for(fund, m.stocks[s].holder),
        };
        fund.buys.production && from && to && m.may_buy_goods(fund, i)
    };
    Terms::Paid(m.funds.ids().filter(may).collect())
}

/// Who may pay for moving an item to a consumer, where that costs anything.
pub(super) fn movers(m: &Model, i: ItemId, consumer: Consumer) -> Terms {
    let mut routes = m.routes.values();
    if !routes.any(|route| route.items.contains(&i) && costs(route.cost.as_ref())) {
        return Terms::Free;
    }
    let may = |f: &FundId| {
        let fund = &m.funds[*f];
        let to = match consumer {
            Consumer::Industry => true,
            Consumer::Stock(s) => m.may_buy_for(fund, m.stocks[s].holder),
        };
        fund.buys.production && to && m.may_buy_goods(fund, i)
    };
    Terms::Paid(m.funds.ids().filter(may).collect())
}
