//! Where goods come from: through markets, up the bill of materials.
//!
//! ```text
//! U[k]  =  Σ_j x[j] · ( c[j] · σ[j]  +  Σ_i a[i,j] · U[k(i)] )  /  Σ_j x[j]
//! ```
//!
//! `j` runs over what supplies market `k` in the plan, over the whole calendar; `c` is what a buyer pays,
//! `σ` the share of it that comes from each country, `a` the bill of materials over the yield.

use crate::ids::{
    GiveId, HolderId, ItemId, LineId, MarketId, PeriodId, RegionId, StockId, Table, YearId,
};
use crate::model::Model;
use crate::program::{Column, Network};
use crate::solution::Solution;
use crate::units::Share;
use std::collections::{BTreeMap, HashMap};

/// Where a unit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Origin {
    /// Made or sold in a country, if one is stated.
    Country(Option<RegionId>),
    /// Given from a holder's stores.
    Store(HolderId),
}

/// What a holder gets of an item.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Deliveries {
    /// The holder.
    pub holder: HolderId,
    /// The item.
    pub item: ItemId,
    /// How much in all, in units of the item.
    pub quantity: f64,
    /// How much from where: who makes the finished good, sells it, or gives it.
    #[cfg_attr(feature = "serde", serde(with = "crate::ids::pairs"))]
    pub origins: BTreeMap<Origin, f64>,
}

/// Value by where it comes from.
pub(in crate::analysis) type Mix = BTreeMap<Option<RegionId>, f64>;

/// What supplies a market over the whole calendar.
#[derive(Clone, Debug, Default)]
struct Supply {
    /// Units by the country of the source.
    countries: BTreeMap<Option<RegionId>, f64>,
    /// Units in all.
    quantity: f64,
    /// Their value by where it comes from.
    value: Mix,
}

/// What one unit in a holder's store has cost, on average.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::analysis) struct Held {
    /// Money, through the bill of materials and along gifts. What was there at the start cost nothing.
    pub(in crate::analysis) cost: f64,
    /// The share that is new: made or bought since the start.
    pub(in crate::analysis) new: f64,
}

/// Traces a plan.
pub(in crate::analysis) struct Trace<'a> {
    m: &'a Model,
    s: &'a Solution,
    /// What each column charges for a natural unit.
    charged: Vec<f64>,
    /// By line: what its expansions cost for each unit of its first product, or of the time that takes.
    plant: Table<LineId, f64>,
    known: HashMap<MarketId, Supply>,
    /// The markets on the way: none supplies itself.
    open: Vec<MarketId>,
}

impl<'a> Trace<'a> {
    pub(super) fn new(m: &'a Model, s: &'a Solution) -> Self {
        Self::weighing(m, s, |_| 1.0)
    }

    /// The same, with what is paid in a year, also after the last, times a factor.
    pub(in crate::analysis) fn weighing(
        m: &'a Model,
        s: &'a Solution,
        factor: impl Fn(YearId) -> f64,
    ) -> Self {
        let program = s.program();
        let mut charged = vec![0.0; program.columns().len()];
        for &(j, _, year, amount) in program.charges() {
            let unit = program.columns()[j as usize].unit;
            charged[j as usize] += amount * program.money_size() / unit * factor(year);
        }
        Self {
            m,
            s,
            charged,
            plant: m.lines.map(|_| 0.0),
            known: HashMap::new(),
            open: Vec::new(),
        }
    }

    /// The same, with what expansions cost shared out over all that their lines make.
    #[must_use]
    pub(in crate::analysis) fn with_plants(mut self) -> Self {
        let (m, network) = (self.m, self.network());
        let mut busy = m.lines.map(|_| 0.0);
        for (x, make) in network.makes.iter() {
            let (units, _) = self.sum(m.calendar.periods(), |t| Column::Make(x, t));
            busy[make.line] += units / m.lines[make.line].products[make.product].pace.value();
        }
        let mut plant = m.lines.map(|_| 0.0);
        for (e, expansion) in m.expansions.iter() {
            let (_, charged) = self.sum(m.calendar.periods(), |t| Column::Build(e, t));
            if busy[expansion.line] > 0.0 {
                plant[expansion.line] += charged / busy[expansion.line];
            }
        }
        self.plant = plant;
        self
    }

    fn network(&self) -> &'a Network {
        self.s.program().network()
    }

    /// A column's units and what they are charged in all.
    fn bought(&self, column: Column) -> Option<(f64, f64)> {
        let &j = self.s.program().plan().get(column)?;
        let units = self.s.value(column);
        Some((units, units * self.charged[j as usize]))
    }

    /// What of a gift arrives within the calendar.
    fn given(&self, g: GiveId) -> f64 {
        self.s.gifts[g].arrived.total
    }

    /// Units and charges of a column over some periods.
    fn sum(
        &self,
        periods: impl Iterator<Item = PeriodId>,
        column: impl Fn(PeriodId) -> Column,
    ) -> (f64, f64) {
        let all = periods.filter_map(|t| self.bought(column(t)));
        all.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// What supplies a market.
    fn supply(&mut self, k: MarketId) -> Supply {
        if let Some(known) = self.known.get(&k) {
            return known.clone();
        }
        self.open.push(k);
        let mut supply = Supply::default();
        self.made(&mut supply, k);
        self.ordered(&mut supply, k);
        self.moved(&mut supply, k);
        self.open.pop();
        self.known.insert(k, supply.clone());
        supply
    }

    fn made(&mut self, supply: &mut Supply, k: MarketId) {
        let (m, network) = (self.m, self.network());
        for (made, make) in network.makes.iter().filter(|(_, make)| make.market == k) {
            let periods = m.calendar.periods();
            let (units, charged) = self.sum(periods, |t| Column::Make(made, t));
            if units <= 0.0 {
                continue;
            }
            let line = &m.lines[make.line];
            *supply.countries.entry(line.country).or_default() += units;
            supply.quantity += units;
            let product = &line.products[make.product];
            let charged = charged + self.plant[make.line] * units / product.pace.value();
            spread(&mut supply.value, charged, &line.content, line.country);
            let item = product.item;
            for need in &m.items[item].needs {
                let market = network.industry_market(m, need.item, line.country);
                let Some(market) = market.filter(|market| !self.open.contains(market)) else {
                    continue;
                };
                let taken = units * need.amount.value() / line.yield_share.value();
                let input = self.supply(market);
                add(&mut supply.value, &input, taken);
            }
        }
    }

    fn ordered(&self, supply: &mut Supply, k: MarketId) {
        for (o, order) in self.network().orders.iter().filter(|(_, o)| o.market == k) {
            let periods = self.m.calendar.periods();
            let (units, charged) = self.sum(periods, |t| Column::Order(o, t));
            if units > 0.0 {
                let supplier = &self.m.suppliers[order.supplier];
                *supply.countries.entry(supplier.country).or_default() += units;
                supply.quantity += units;
                spread(
                    &mut supply.value,
                    charged,
                    &supplier.content,
                    supplier.country,
                );
            }
        }
    }

    /// What comes along routes brings its origins with it; moving it comes from nowhere in particular.
    fn moved(&mut self, supply: &mut Supply, k: MarketId) {
        for (v, along) in self.network().moves.iter().filter(|(_, v)| v.to == k) {
            let periods = self.m.calendar.periods();
            let (_, charged) = self.sum(periods, |t| Column::Moved(v, t));
            let units = self.s.moves[v].arrived.total;
            if units <= 0.0 || self.open.contains(&along.from) {
                continue;
            }
            let from = self.supply(along.from);
            for (&country, amount) in &from.countries {
                *supply.countries.entry(country).or_default() += units * amount / from.quantity;
            }
            supply.quantity += units;
            *supply.value.entry(None).or_default() += charged;
            add(&mut supply.value, &from, units);
        }
    }

    /// What reaches a stock from each market.
    fn arrivals(&self, s: StockId) -> Vec<(MarketId, f64)> {
        let network = self.network();
        let direct = network
            .markets
            .ids()
            .filter(|&k| network.is_direct(k) == Some(s));
        let direct = direct.map(|k| {
            let all = |columns: Vec<f64>| columns.into_iter().sum::<f64>();
            let makes = network.makes.iter().filter(|(_, make)| make.market == k);
            let made = makes.map(|(x, _)| {
                self.sum(self.m.calendar.periods(), |t| Column::Make(x, t))
                    .0
            });
            let orders = network.orders.iter().filter(|(_, order)| order.market == k);
            let got = orders.map(|(o, _)| {
                self.sum(self.m.calendar.periods(), |t| Column::Order(o, t))
                    .0
            });
            (k, all(made.chain(got).collect()))
        });
        let deliveries = network.deliveries.iter().filter(|(_, d)| d.stock == s);
        let delivered = deliveries.map(|(d, delivery)| {
            let periods = self.m.calendar.periods();
            (
                delivery.market,
                self.sum(periods, |t| Column::Deliver(d, t)).0,
            )
        });
        let all = direct.chain(delivered);
        all.filter(|&(_, units)| units > 0.0).collect()
    }

    /// What a holder gets, and from where.
    pub(super) fn deliveries(&mut self, holder: HolderId) -> Vec<Deliveries> {
        let m = self.m;
        let mut all = Vec::new();
        for (s, stock) in m.stocks.iter().filter(|(_, stock)| stock.holder == holder) {
            let mut origins = BTreeMap::new();
            for (k, units) in self.arrivals(s) {
                let supply = self.supply(k);
                for (&country, amount) in &supply.countries {
                    let share = amount / supply.quantity;
                    *origins.entry(Origin::Country(country)).or_default() += units * share;
                }
            }
            for (g, give) in self.network().gives.iter().filter(|(_, give)| give.to == s) {
                let units = self.given(g);
                if units > 0.0 {
                    let giver = m.stocks[give.from].holder;
                    *origins.entry(Origin::Store(giver)).or_default() += units;
                }
            }
            let quantity: f64 = origins.values().sum();
            if quantity > 0.0 {
                all.push(Deliveries {
                    holder,
                    item: stock.item,
                    quantity,
                    origins,
                });
            }
        }
        all
    }

    /// What a holder's new goods cost, by where the value comes from.
    pub(in crate::analysis) fn cost(&mut self, holder: HolderId) -> Mix {
        let m = self.m;
        let mut cost = Mix::new();
        for (s, _) in m.stocks.iter().filter(|(_, stock)| stock.holder == holder) {
            for (k, units) in self.arrivals(s) {
                let supply = self.supply(k);
                add(&mut cost, &supply, units);
            }
        }
        cost
    }

    /// What a unit in each store has cost, on average over the whole calendar.
    pub(in crate::analysis) fn held(&mut self) -> Table<StockId, Held> {
        let mut known = self.m.stocks.map(|_| None);
        for s in self.m.stocks.ids() {
            self.held_in(s, &mut known);
        }
        known.map(|held| held.unwrap_or_default())
    }

    /// A stock that gifts lead back to counts as having cost nothing where it comes up again.
    fn held_in(&mut self, s: StockId, known: &mut Table<StockId, Option<Held>>) -> Held {
        if let Some(held) = known[s] {
            return held;
        }
        known[s] = Some(Held::default());
        let (mut units, mut cost, mut new) = (self.m.stocks[s].total().value(), 0.0, 0.0);
        for (k, arrived) in self.arrivals(s) {
            let supply = self.supply(k);
            units += arrived;
            new += arrived;
            cost += arrived * supply.value.values().sum::<f64>() / supply.quantity;
        }
        let gives = self.network().gives.iter();
        let gives: Vec<_> = gives.filter(|(_, give)| give.to == s).collect();
        let gives: Vec<_> = gives.into_iter().map(|(g, give)| (g, give.from)).collect();
        for (g, from) in gives {
            let (_, charged) = self.sum(self.m.calendar.periods(), |t| Column::Give(g, t));
            let given = self.given(g);
            let held = self.held_in(from, known);
            units += given;
            new += given * held.new;
            cost += given * held.cost + charged;
        }
        let held = if units > 0.0 {
            Held {
                cost: cost / units,
                new: new / units,
            }
        } else {
            Held::default()
        };
        known[s] = Some(held);
        held
    }

    /// By year: how much of what is paid for goods and expansions goes to a region, in money of the day.
    pub(super) fn spent_on(&self, region: RegionId) -> Table<YearId, f64> {
        let (m, program) = (self.m, self.s.program());
        let mut spent: Table<YearId, f64> = m.calendar.years().map(|_| 0.0).collect();
        for &(j, _, year, amount) in program.charges() {
            let column = &program.columns()[j as usize];
            let share = program.share_from(m, column.name, region);
            if let Some(share) = share.filter(|_| m.calendar.has_year(year)) {
                let units = self.s.value(column.name) / column.unit;
                spent[year] += share * amount * program.money_size() * units;
            }
        }
        spent
    }
}

/// Spread what is charged over where it comes from.
fn spread(mix: &mut Mix, charged: f64, stated: &[(RegionId, Share)], home: Option<RegionId>) {
    if stated.is_empty() {
        *mix.entry(home).or_default() += charged;
        return;
    }
    let mut rest = 1.0;
    for &(region, share) in stated {
        *mix.entry(Some(region)).or_default() += charged * share.value();
        rest -= share.value();
    }
    if rest > 1e-9 {
        *mix.entry(None).or_default() += charged * rest;
    }
}

/// Add so many units of what a market gets.
fn add(mix: &mut Mix, supply: &Supply, units: f64) {
    if supply.quantity > 0.0 {
        for (&region, value) in &supply.value {
            *mix.entry(region).or_default() += value * units / supply.quantity;
        }
    }
}
