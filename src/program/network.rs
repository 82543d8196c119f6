//! Who can serve whom: the pairs and groups that columns and rows run over.
//!
//! A column exists only where it can be non-zero, so the program runs over *markets*, not over
//! every pair of line and holder. The consumers of an item (its holders, and the industry that
//! uses it up) that the same funds may serve from every source form one market; a line makes *for
//! a market*. Where no rule tells customers apart there is one market and production has no
//! customer index at all.

use super::accounts::{Accounts, Payer};
use crate::ids::{
    DeliveryId, FundId, GiftId, GiveId, HolderId, ItemId, LineId, MakeId, MarketId, MeetId, MoveId,
    OrderId, RegionId, RequirementId, RouteId, StockId, SupplierId, Table, TierId,
};
use crate::model::{Model, Need, UnitPrice};
use crate::units::Share;

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

/// What a line makes of one product for one market.
#[derive(Clone, Copy, Debug)]
pub struct Make {
    /// The line.
    pub line: LineId,
    /// Which of its products.
    pub product: usize,
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

/// Every pair and group that the program runs over.
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
    /// The tiers in use, the most urgent first.
    pub tiers: Table<TierId, u32>,
}

/// A source of an item: a product of a line, or a supplier.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Line(LineId, usize),
    Supplier(SupplierId),
}

/// On what terms a source may serve a consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Terms {
    /// Not at all: it lies outside the consumer's origins.
    Barred,
    /// For nothing.
    Free,
    /// Paid by one of these funds.
    Paid(Vec<FundId>),
}

/// Who consumes an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Consumer {
    Industry,
    Stock(StockId),
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
            tiers: tiers.into_iter().collect(),
        };
        for i in m.items.ids() {
            n.add_markets(m, i);
        }
        n.add_moves(m);
        n.add_gives(m);
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

    /// Group the consumers of an item by who may pay each source for them, and let every source
    /// serve every group that someone may pay for.
    fn add_markets(&mut self, m: &Model, i: ItemId) {
        let sources = sources(m, i);
        let mut groups: Vec<(Vec<Terms>, Vec<Consumer>)> = Vec::new();
        for consumer in consumers(m, i) {
            let terms: Vec<_> = sources.iter().map(|&s| terms(m, i, s, consumer)).collect();
            match groups.iter_mut().find(|(key, _)| *key == terms) {
                Some((_, group)) => group.push(consumer),
                None => groups.push((terms, vec![consumer])),
            }
        }
        let places: Vec<_> = match m.places(i) {
            places if places.is_empty() => vec![None],
            places => places.into_iter().map(Some).collect(),
        };
        for (n, (terms, consumers)) in groups.into_iter().enumerate() {
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
        let (content, home) = source.content(m);
        let payer = match terms {
            Terms::Paid(funds) => self.accounts.of_goods(m, funds, content, home, component),
            Terms::Free => Payer::Free,
            Terms::Barred => Payer::Nobody,
        };
        if payer == Payer::Nobody {
            return;
        }
        match source {
            Source::Line(line, product) => {
                self.makes.push(Make {
                    line,
                    product,
                    market,
                    payer,
                });
            }
            Source::Supplier(supplier) => {
                for tier in 0..m.suppliers[supplier].tiers.len().max(1) {
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

    fn add_moves(&mut self, m: &Model) {
        for (route, along) in m.routes.iter() {
            let starts: Vec<_> = self
                .markets
                .iter()
                .filter(|(_, market)| market.place == Some(along.from))
                .map(|(id, market)| (id, market.item, market.group))
                .collect();
            for (from, item, group) in starts {
                let to = self.markets.iter().find(|(_, market)| {
                    (market.item, market.group, market.place) == (item, group, Some(along.to))
                });
                let Some((to, _)) = to.filter(|_| along.items.contains(&item)) else {
                    continue;
                };
                let holders: Vec<_> = self.holders_of_group(m, item, group);
                let payer = self.transport(m, along.cost.as_ref(), item, &holders);
                if payer != Payer::Nobody {
                    self.moves.push(Move {
                        route,
                        from,
                        to,
                        payer,
                    });
                }
            }
        }
    }

    fn transport(
        &mut self,
        m: &Model,
        cost: Option<&UnitPrice>,
        item: ItemId,
        holders: &[HolderId],
    ) -> Payer {
        if costs(cost) {
            self.accounts.of_transport(m, item, holders)
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
                    let payer = self.transport(m, along.cost.as_ref(), item, &[along.to]);
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

    /// The market that serves only one stock, with nothing in between, if there is one.
    pub fn is_direct(&self, market: MarketId) -> Option<StockId> {
        let k = &self.markets[market];
        (k.place.is_none() && !k.industry && k.stocks.len() == 1).then(|| k.stocks[0])
    }
}

impl Source {
    /// The country it stands in.
    pub(super) fn country(self, m: &Model) -> Option<RegionId> {
        match self {
            Self::Line(l, _) => m.lines[l].country,
            Self::Supplier(q) => m.suppliers[q].country,
        }
    }

    fn place(self, m: &Model, item: ItemId) -> Option<RegionId> {
        m.place_of(item, self.country(m))
    }

    /// The content it states, and its country.
    fn content(self, m: &Model) -> (&[(RegionId, Share)], Option<RegionId>) {
        let stated = match self {
            Self::Line(l, _) => &m.lines[l].content,
            Self::Supplier(q) => &m.suppliers[q].content,
        };
        (stated, self.country(m))
    }

    /// Whether it charges anything.
    fn charges(self, m: &Model) -> bool {
        match self {
            Self::Line(l, p) => costs(m.lines[l].products[p].cost.as_ref()),
            Self::Supplier(q) => m.suppliers[q]
                .tiers
                .iter()
                .any(|tier| costs(Some(&tier.cost))),
        }
    }
}

/// Whether a price is ever more than nothing.
pub(super) fn costs(price: Option<&UnitPrice>) -> bool {
    price.is_some_and(|price| price.amount.values().any(|amount| amount.value() > 0.0))
}

/// Every source of an item, lines first.
fn sources(m: &Model, i: ItemId) -> Vec<Source> {
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
fn consumers(m: &Model, i: ItemId) -> Vec<Consumer> {
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
fn leading(
    m: &Model,
    i: ItemId,
    places: &[Option<RegionId>],
    consumers: &[Consumer],
) -> Vec<Option<RegionId>> {
    let ends = |place: Option<RegionId>| {
        consumers.iter().any(|consumer| match consumer {
            Consumer::Industry => true,
            Consumer::Stock(s) => {
                place.is_none() || m.place_of(i, m.holders[m.stocks[*s].holder].country) == place
            }
        })
    };
    let mut lead: Vec<_> = places.iter().map(|&place| ends(place)).collect();
    let at = |place: RegionId| places.iter().position(|&p| p == Some(place));
    let legs = m.routes.values().filter(|route| route.items.contains(&i));
    let legs: Vec<_> = legs
        .filter_map(|route| Some((at(route.from)?, at(route.to)?)))
        .collect();
    while let Some(&(from, _)) = legs.iter().find(|&&(from, to)| lead[to] && !lead[from]) {
        lead[from] = true;
    }
    let kept = places.iter().zip(lead).filter(|(_, lead)| *lead);
    kept.map(|(&place, _)| place).collect()
}

/// On what terms a source may serve a consumer.
fn terms(m: &Model, i: ItemId, source: Source, consumer: Consumer) -> Terms {
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
