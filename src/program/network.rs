//! Who can serve whom: the pairs and groups that columns and rows run over.
//!
//! A column exists only where it can be non-zero, so the program runs over *markets*, not over
//! every pair of line and holder. The consumers of an item (its holders, and the industry that
//! uses it up) that the same funds may serve from every source form one market; a line makes *for
//! a market*. Where no rule tells customers apart there is one market and production has no
//! customer index at all.

mod earmarks;
mod sources;

pub use earmarks::{Allot, Earmark};
pub use sources::Source;
pub(super) use sources::costs;

use super::accounts::{Accounts, Article, Bought, Payer};
use crate::ids::{
    AllotId, DeliveryId, EarmarkId, GiftId, GiveId, HolderId, ItemId, LineId, MakeId, MarketId,
    MeetId, MoveId, OrderId, RegionId, RequirementId, RouteId, StockId, SupplierId, Table, TierId,
};
use crate::model::{Model, UnitPrice};
use earmarks::Told;
use sources::{Consumer, Leg, Terms, consumers, leading, legs, movers, sources, terms};

/// Where the supply of an item meets those it may serve.
#[derive(Clone, Debug)]
pub struct Market {
    /// The item.
    pub item: ItemId,
    /// The place, if routes keep the item apart by place.
    pub place: Option<RegionId>,
    /// Whether industry uses the item up here.
    pub industry: bool,
    /// The stocks it serves.
    pub stocks: Vec<StockId>,
    /// Which group of consumers it serves: markets of one group are joined by routes.
    group: usize,
}

/// What a line makes of one product at one price step for one market.
#[derive(Clone, Copy, Debug)]
pub struct Make {
    /// The line.
    pub line: LineId,
    /// Which of its products.
    pub product: usize,
    /// At which of its price steps.
    pub tier: usize,
    /// For whom.
    pub market: MarketId,
    /// Who pays.
    pub payer: Payer,
}

/// What a supplier delivers at one price step to one market.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The supplier.
    pub supplier: SupplierId,
    /// Which of its price steps.
    pub tier: usize,
    /// To whom.
    pub market: MarketId,
    /// Who pays.
    pub payer: Payer,
}

/// What goes from a market to a stock.
#[derive(Clone, Copy, Debug)]
pub struct Delivery {
    /// From where.
    pub market: MarketId,
    /// To where.
    pub stock: StockId,
}

/// What moves along a route from one market to another of the same group.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The route.
    pub route: RouteId,
    /// From where.
    pub from: MarketId,
    /// To where.
    pub to: MarketId,
    /// Who pays.
    pub payer: Payer,
}

/// What one holder may give to another of one item.
#[derive(Clone, Copy, Debug)]
pub struct Give {
    /// The gift route.
    pub gift: GiftId,
    /// From which stock.
    pub from: StockId,
    /// To which stock.
    pub to: StockId,
    /// Who pays for moving it.
    pub payer: Payer,
}

/// An item that meets a requirement.
#[derive(Clone, Copy, Debug)]
pub struct Meet {
    /// The requirement.
    pub requirement: RequirementId,
    /// The stock it is taken from.
    pub stock: StockId,
    /// How much one unit counts.
    pub factor: f64,
}

/// The one holder that some are; `None`: there are none, or several.
fn alone(mut holders: impl Iterator<Item = HolderId>) -> Option<HolderId> {
    let first = holders.next()?;
    holders.all(|other| other == first).then_some(first)
}

/// A group of consumers of an item: its market at each place.
type ByPlace = Vec<(RegionId, MarketId)>;

/// Every pair and group that the program runs over.
///
/// ```
/// use sinews::program::Network;
///
/// let network = Network::of(&sinews::read("models/tiny.toml")?);
/// assert_eq!((network.markets.len(), network.makes.len()), (1, 1));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Network {
    /// Where supply meets consumers.
    pub markets: Table<MarketId, Market>,
    /// Production by market.
    pub makes: Table<MakeId, Make>,
    /// Supply from outside by market.
    pub orders: Table<OrderId, Order>,
    /// From market to stock, where a market serves more than one.
    pub deliveries: Table<DeliveryId, Delivery>,
    /// Along routes.
    pub moves: Table<MoveId, Move>,
    /// Gifts by item and giver.
    pub gives: Table<GiveId, Give>,
    /// Items by requirement.
    pub meets: Table<MeetId, Meet>,
    /// Who may pay for what.
    pub accounts: Accounts,
    /// What funds for some holders may pay for of components.
    pub earmarks: Table<EarmarkId, Earmark>,
    /// What of it funds for several lots pay for of each.
    pub allots: Table<AllotId, Allot>,
    /// The tiers in use, the most urgent first.
    pub tiers: Table<TierId, u32>,
}

impl Network {
    /// The network of a model.
    pub fn of(m: &Model) -> Self {
        let mut tiers: Vec<u32> = m.requirements.values().map(|r| r.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let mut n = Self {
            markets: Table::new(),
            makes: Table::new(),
            orders: Table::new(),
            deliveries: Table::new(),
            moves: Table::new(),
            gives: Table::new(),
            meets: Table::new(),
            accounts: Accounts::new(m),
            earmarks: Table::new(),
            allots: Table::new(),
            tiers: tiers.into_iter().collect(),
        };
        for i in m.items.ids() {
            n.add_markets(m, i);
        }
        n.add_moves(m);
        n.add_gives(m);
        (n.earmarks, n.allots) = earmarks::all(m, &n.accounts);
        for (r, requirement) in m.requirements.iter() {
            for accepted in &requirement.meets {
                let stock = m
                    .stock(requirement.holder, accepted.item)
                    .expect("stocks are implied");
                n.meets.push(Meet {
                    requirement: r,
                    stock,
                    factor: accepted.factor.value(),
                });
            }
        }
        n
    }

    /// Group the consumers of an item by who may pay each source for them, for moving it to them, and for the components
    /// in it, and let every source serve every group that someone may pay for.
    fn add_markets(&mut self, m: &Model, i: ItemId) {
        let sources = sources(m, i);
        let told = Told::of(m, i);
        let mut groups: Vec<(Vec<Terms>, Vec<bool>, Vec<Consumer>)> = Vec::new();
        for consumer in consumers(m, i) {
            let bought = sources.iter().map(|&s| terms(m, i, s, consumer));
            let terms: Vec<_> = bought.chain([movers(m, i, consumer)]).collect();
            let apart = told.apart(m, consumer);
            let same =
                |group: &&mut (Vec<Terms>, Vec<bool>, _)| group.0 == terms && group.1 == apart;
            match groups.iter_mut().find(same) {
                Some((.., group)) => group.push(consumer),
                None => groups.push((terms, apart, vec![consumer])),
            }
        }
        let places: Vec<_> = match m.places(i) {
            places if places.is_empty() => vec![None],
            places => places.into_iter().map(Some).collect(),
        };
        for (n, (terms, _, consumers)) in groups.into_iter().enumerate() {
            for &place in &leading(m, i, &places, &consumers) {
                let market = self.add_market(m, i, n, place, &consumers);
                for (&source, terms) in sources.iter().zip(&terms) {
                    if source.place(m, i) == place {
                        self.add_source(m, source, market, terms, &consumers);
                    }
                }
            }
        }
    }

    fn add_market(
        &mut self,
        m: &Model,
        item: ItemId,
        group: usize,
        place: Option<RegionId>,
        consumers: &[Consumer],
    ) -> MarketId {
        let here = |&stock: &StockId| {
            let country = m.holders[m.stocks[stock].holder].country;
            place.is_none() || m.place_of(item, country) == place
        };
        let stocks = consumers.iter().filter_map(|consumer| match consumer {
            Consumer::Stock(stock) => Some(*stock),
            Consumer::Industry => None,
        });
        let stocks: Vec<_> = stocks.filter(here).collect();
        let industry = consumers.contains(&Consumer::Industry);
        let direct = place.is_none() && !industry && stocks.len() == 1;
        let market = self.markets.push(Market {
            item,
            place,
            industry,
            stocks: stocks.clone(),
            group,
        });
        if !direct {
            for stock in stocks {
                self.deliveries.push(Delivery { market, stock });
            }
        }
        market
    }

    fn add_source(
        &mut self,
        m: &Model,
        source: Source,
        market: MarketId,
        terms: &Terms,
        consumers: &[Consumer],
    ) {
        let component = consumers.contains(&Consumer::Industry);
        let stocks = consumers.iter().filter_map(|consumer| match consumer {
            Consumer::Stock(s) => Some(m.stocks[*s].holder),
            Consumer::Industry => None,
        });
        let whose = alone(stocks).filter(|_| !component);
        let mut payer = |price: Option<&UnitPrice>| match terms {
            Terms::Paid(funds) => {
                let article = component.then(|| Article {
                    item: self.markets[market].item,
                    route: None,
                    price: price.cloned(),
                });
                let bought = Bought { article, whose };
                self.accounts.of_goods(m, funds, source.content(m), bought)
            }
            Terms::Free => Payer::Free,
            Terms::Barred => Payer::Nobody,
        };
        let tiers = source.tiers(m);
        for tier in 0..tiers.len().max(1) {
            let payer = payer(tiers.get(tier).map(|tier| &tier.cost));
            match source {
                _ if payer == Payer::Nobody => {}
                Source::Line(line, product) => {
                    self.makes.push(Make {
                        line,
                        product,
                        tier,
                        market,
                        payer,
                    });
                }
                Source::Supplier(supplier) => {
                    self.orders.push(Order {
                        supplier,
                        tier,
                        market,
                        payer,
                    });
                }
            }
        }
    }

    /// Along a route each market of an item is joined with those of the same group at its other end. What
    /// comes along a route alone does not go on along it: a bloc's route joins its countries directly.
    fn add_moves(&mut self, m: &Model) {
        for (i, groups) in self.groups_by_place(m) {
            for group in groups {
                let places: Vec<RegionId> = group.iter().map(|&(place, _)| place).collect();
                let legs = legs(m, i, &places);
                for &leg in &legs {
                    let others = legs.iter().filter(|other| other.route != leg.route);
                    if self.is_supplied(m, &group, others, leg.from) {
                        self.add_move(m, &group, leg);
                    }
                }
            }
        }
        // In the order of the routes, as they are written.
        let mut moves: Vec<Move> = self.moves.values().copied().collect();
        moves.sort_by_key(|along| (along.route, along.from, along.to));
        self.moves = moves.into_iter().collect();
    }

    /// By item that routes keep apart: each group of its consumers, as its market at each place.
    fn groups_by_place(&self, m: &Model) -> Vec<(ItemId, Vec<ByPlace>)> {
        let routed = m.items.ids().filter(|&i| m.is_routed(i));
        let groups = |i| {
            let mut groups: Vec<ByPlace> = Vec::new();
            let own = self.markets.iter().filter(|(_, market)| market.item == i);
            for (k, market) in own {
                let Some(place) = market.place else { continue };
                if groups.len() <= market.group {
                    groups.resize_with(market.group + 1, Vec::new);
                }
                groups[market.group].push((place, k));
            }
            (i, groups)
        };
        routed.map(groups).collect()
    }

    /// Whether anything can be at a place: it comes from there, or along some legs.
    fn is_supplied<'a>(
        &self,
        m: &Model,
        group: &[(RegionId, MarketId)],
        legs: impl Iterator<Item = &'a Leg>,
        place: RegionId,
    ) -> bool {
        let own = |&&(_, k): &&(RegionId, MarketId)| {
            let kept = m.items[self.markets[k].item].stock.is_some();
            kept && self.markets[k].industry
                || self.makes.values().any(|make| make.market == k)
                || self.orders.values().any(|order| order.market == k)
        };
        let mut supplied: Vec<RegionId> = group.iter().filter(own).map(|&(p, _)| p).collect();
        let legs: Vec<&Leg> = legs.collect();
        let next = |known: &[RegionId]| {
            let mut next = legs.iter();
            let next = next.find(|leg| known.contains(&leg.from) && !known.contains(&leg.to));
            next.map(|leg| leg.to)
        };
        while let Some(more) = next(&supplied) {
            supplied.push(more);
        }
        supplied.contains(&place)
    }

    fn add_move(&mut self, m: &Model, group: &[(RegionId, MarketId)], leg: Leg) {
        let at = |place| {
            let found = group.iter().find(|&&(here, _)| here == place);
            found.map(|&(_, k)| k)
        };
        let (Some(from), Some(to)) = (at(leg.from), at(leg.to)) else {
            return;
        };
        let market = &self.markets[from];
        let (item, industry) = (market.item, market.industry);
        let holders = self.holders_of_group(m, item, market.group);
        let cost = m.routes[leg.route].cost.as_ref();
        let article = industry.then(|| Article {
            item,
            route: Some(leg.route),
            price: cost.cloned(),
        });
        let payer = self.transport(m, cost, item, &holders, article);
        if payer != Payer::Nobody {
            self.moves.push(Move {
                route: leg.route,
                from,
                to,
                payer,
            });
        }
    }

    fn transport(
        &mut self,
        m: &Model,
        cost: Option<&UnitPrice>,
        item: ItemId,
        holders: &[HolderId],
        article: Option<Article>,
    ) -> Payer {
        if costs(cost) {
            let whose = alone(holders.iter().copied()).filter(|_| article.is_none());
            let bought = Bought { article, whose };
            self.accounts.of_transport(m, item, holders, bought)
        } else {
            Payer::Free
        }
    }

    /// The holders that a group of consumers stands for.
    fn holders_of_group(&self, m: &Model, item: ItemId, group: usize) -> Vec<HolderId> {
        let same = self
            .markets
            .values()
            .filter(|k| k.item == item && k.group == group);
        same.flat_map(|k| &k.stocks)
            .map(|&s| m.stocks[s].holder)
            .collect()
    }

    fn add_gives(&mut self, m: &Model) {
        for (gift, along) in m.gifts.iter() {
            for &giver in &along.from {
                for &item in &along.items {
                    let Some(from) = m.stock(giver, item) else {
                        continue;
                    };
                    let Some(to) = m.stock(along.to, item) else {
                        continue;
                    };
                    let payer = self.transport(m, along.cost.as_ref(), item, &[along.to], None);
                    if payer != Payer::Nobody {
                        self.gives.push(Give {
                            gift,
                            from,
                            to,
                            payer,
                        });
                    }
                }
            }
        }
    }

    /// The market that serves the industry with an item, at the place of a country.
    pub fn industry_market(
        &self,
        m: &Model,
        item: ItemId,
        country: Option<RegionId>,
    ) -> Option<MarketId> {
        let place = m.place_of(item, country);
        let found = self
            .markets
            .iter()
            .find(|(_, k)| k.item == item && k.industry && k.place == place);
        found.map(|(id, _)| id)
    }

    /// The stocks that a group of consumers stands for, at whatever place; `None` if industry is among it.
    pub(super) fn stocks_of_group(&self, market: MarketId) -> Option<Vec<StockId>> {
        let own = &self.markets[market];
        let same = self.markets.values();
        let same = same.filter(|k| k.item == own.item && k.group == own.group);
        (!own.industry).then(|| same.flat_map(|k| &k.stocks).copied().collect())
    }

    /// Whether what comes to a market reaches one holder alone, at whatever place.
    pub(super) fn is_for(&self, m: &Model, market: MarketId, holder: HolderId) -> bool {
        let stocks = self.stocks_of_group(market).unwrap_or_default();
        alone(stocks.into_iter().map(|s| m.stocks[s].holder)) == Some(holder)
    }

    /// The market that serves only one stock, with nothing in between, if there is one.
    pub fn is_direct(&self, market: MarketId) -> Option<StockId> {
        let k = &self.markets[market];
        (k.place.is_none() && !k.industry && k.stocks.len() == 1).then(|| k.stocks[0])
    }
}
