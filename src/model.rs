//! The problem statement: items, lines, suppliers, stocks, requirements, money, rules.
//!
//! A [`Draft`] is the statement as it is written, in plain structs that anyone may fill; a
//! [`Model`] is a draft that was [checked](Draft::check). Neither knows a file format or a linear
//! program. Ids replace names: `draft.items.push(item)` gives the [`ItemId`] by which
//! a line says what it makes.
//!
//! Prices are in their own currency at the prices of [`Money::price_year`]; what is paid in a year
//! is the price times that year's [price index](Money::price_index) and exchange rate.

mod allowed;
mod burden;
mod cap;
mod check;
mod eligibility;
mod figures;
mod friction;
mod fund;
mod holder;
mod industry;
mod item;
#[cfg(feature = "serde")]
mod keys;
mod money;
mod objective;
mod region;
mod requirement;
mod rule;
mod tier;
mod timing;
mod transport;

pub use burden::{Burden, BurdenRule, EvenBy};
pub use cap::{Cap, CapRule};
pub(crate) use check::Doubt;
pub(crate) use figures::{Written, is_same, product_of, turned, written_as};
pub use friction::Friction;
pub use fund::{Buys, ContentRule, Fund, Loan};
pub use holder::{Batch, Holder, Stock};
pub use industry::{Expansion, Line, Payment, Product, Resource, Supplier};
pub use item::{IndustryStock, Input, Item};
pub use money::{Currency, Money, Price, StoragePrice, TotalPrice, UnitPrice};
pub use objective::{Financing, Measure, Objective, ObjectiveKind};
pub use region::Region;
pub use requirement::{Acceptance, Need, Requirement, Unmet, Window};
pub use rule::{Holds, Measured, Rule, Term};
pub use tier::{Tier, UpTo};
pub use transport::{Gift, Hub, Route};

use crate::calendar::Calendar;
use crate::evidence::Evidence;
use crate::ids::{
    BurdenId, CapId, ExpansionId, FundId, GiftId, HolderId, HubId, Id, ItemId, Keyed, LineId,
    RegionId, RequirementId, ResourceId, RouteId, RuleId, StockId, SupplierId, Table, YearId,
};
use crate::problem::Problems;
use crate::units::Share;
use std::ops::Deref;

/// A problem statement that may still be changed, and may still be wrong.
///
/// ```
/// use sinews::calendar::{Calendar, PeriodLength};
/// use sinews::model::{Draft, Holder, Item, Line, Requirement};
/// use sinews::units::{per_piece, per_year};
///
/// let year = Calendar::new("2026-01".parse()?, "2026-12".parse()?, PeriodLength::Year)?;
/// let mut draft = Draft::new(year);
/// let round = draft.items.push(Item::new("round", "round"));
/// let plant = Line::new("plant", round).capacity(per_year(100.0)).cost(per_piece(3_600.0));
/// draft.lines.push(plant);
/// let ukraine = draft.holders.push(Holder::new("ukraine"));
/// draft.requirements.push(Requirement::new("shells", ukraine, round, per_year(150.0)));
/// let model = draft.check()?;
/// assert_eq!(model.lines.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Draft {
    /// What the model is called in reports.
    pub name: String,
    /// Time.
    pub calendar: Calendar,
    /// Currencies, price index, discount rate.
    pub money: Money,
    /// What the plan strives for.
    pub objective: Objective,
    /// What lies between what could be done and what is done.
    pub friction: Friction,
    /// Countries and blocs.
    pub regions: Table<RegionId, Region>,
    /// Finished goods, components and materials.
    pub items: Table<ItemId, Item>,
    /// Limits shared by several lines.
    pub resources: Table<ResourceId, Resource>,
    /// Production lines.
    pub lines: Table<LineId, Line>,
    /// Options to expand a line.
    pub expansions: Table<ExpansionId, Expansion>,
    /// Sources outside the plan's industry.
    pub suppliers: Table<SupplierId, Supplier>,
    /// Owners of stocks and requirements.
    pub holders: Table<HolderId, Holder>,
    /// What holders keep in store.
    pub stocks: Table<StockId, Stock>,
    /// Gifts from one holder's stocks to another's.
    pub gifts: Table<GiftId, Gift>,
    /// Routes between places.
    pub routes: Table<RouteId, Route>,
    /// Hubs with a limited throughput.
    pub hubs: Table<HubId, Hub>,
    /// What holders require.
    pub requirements: Table<RequirementId, Requirement>,
    /// Where money comes from and what it may buy.
    pub funds: Table<FundId, Fund>,
    /// Caps over everything.
    pub caps: Table<CapId, Cap>,
    /// Limits on what countries bear.
    pub burdens: Table<BurdenId, Burden>,
    /// Rules of one's own, which no file has.
    pub rules: Table<RuleId, Rule>,
    /// Where the figures come from.
    pub evidence: Evidence,
}

impl Draft {
    /// An empty draft over a calendar, in euros of its first year.
    pub fn new(calendar: Calendar) -> Self {
        Self {
            name: String::new(),
            calendar,
            money: Money::new("EUR", calendar.start().year()),
            objective: Objective::default(),
            friction: Friction::default(),
            regions: Table::new(),
            items: Table::new(),
            resources: Table::new(),
            lines: Table::new(),
            expansions: Table::new(),
            suppliers: Table::new(),
            holders: Table::new(),
            stocks: Table::new(),
            gifts: Table::new(),
            routes: Table::new(),
            hubs: Table::new(),
            requirements: Table::new(),
            funds: Table::new(),
            caps: Table::new(),
            burdens: Table::new(),
            rules: Table::new(),
            evidence: Evidence::default(),
        }
    }

    /// The draft as a model, if nothing is wrong with it.
    ///
    /// Stocks that are implied (a requirement of an item, a gift received) are added, and the
    /// [evidence](Self::evidence) speaks of what the draft holds now: what was edited has lost its source.
    ///
    /// # Errors
    /// Every rule that the draft breaks, each at its [place](crate::problem::Place).
    pub fn check(mut self) -> Result<Model, Problems> {
        self.renew_evidence();
        self.check_beside(Doubt::default())
    }

    /// The same of a variation, which may leave something idle on purpose, and whose evidence stands.
    pub(crate) fn check_varied(self) -> Result<Model, Problems> {
        let idle = true;
        self.check_beside(Doubt {
            idle,
            ..Doubt::default()
        })
    }

    /// The same, where some of it could not be read.
    pub(crate) fn check_beside(mut self, doubt: Doubt) -> Result<Model, Problems> {
        // What follows looks ids up, which may lead nowhere.
        check::problems(&self, doubt).or(())?;
        self.add_implied_stocks();
        self.delay_expansions();
        Ok(Model(self))
    }

    fn add_implied_stocks(&mut self) {
        for (holder, item) in self.implied_stocks(self.stocks.len()) {
            self.stocks.push(Stock::new(holder, item));
        }
    }

    /// How many of its stocks were stated: those after them are what [`check`](Self::check) adds.
    pub(crate) fn stated_stocks(&self) -> usize {
        let added = |stated: &usize| {
            let rest = self.stocks.values().skip(*stated);
            let implied = self.implied_stocks(*stated).into_iter();
            rest.eq(implied
                .map(|(holder, item)| Stock::new(holder, item))
                .collect::<Vec<_>>()
                .iter())
        };
        // What is given must be stated: a stock that is added gives nothing.
        let gives = |stated: &usize| {
            let held = |gift: &Gift, item: &ItemId| {
                let mut stated = self.stocks.values().take(*stated);
                stated.any(|stock| gift.from.contains(&stock.holder) && stock.item == *item)
            };
            let mut gifts = self.gifts.values();
            gifts.all(|gift| gift.items.iter().all(|item| held(gift, item)))
        };
        let empty = |stock: &&Stock| **stock == Stock::new(stock.holder, stock.item);
        let empty = self.stocks.values().rev().take_while(empty).count();
        let (first, all) = (self.stocks.len() - empty, self.stocks.len());
        let mut found = (first..all).filter(|stated| added(stated) && gives(stated));
        found.next().unwrap_or(all)
    }

    /// The stocks that a requirement or a gift asks for, beside the first so many that are stated.
    fn implied_stocks(&self, stated: usize) -> Vec<(HolderId, ItemId)> {
        let stated = || self.stocks.values().take(stated);
        let required = self.requirements.values().flat_map(|requirement| {
            requirement
                .meets
                .iter()
                .map(|accepted| (requirement.holder, accepted.item))
        });
        let received = self.gifts.values().flat_map(|gift| {
            let arrives = |&item: &ItemId| {
                let held = |stock: &Stock| gift.from.contains(&stock.holder) && stock.item == item;
                stated().any(held)
            };
            gift.items
                .iter()
                .filter(move |i| arrives(i))
                .map(|&item| (gift.to, item))
        });
        let mut implied: Vec<_> = required.chain(received).collect();
        implied.sort_unstable();
        implied.dedup();
        implied.retain(|&(holder, item)| {
            let mut stated = stated();
            !stated.any(|stock| stock.holder == holder && stock.item == item)
        });
        implied
    }

    /// Whether it differs from another in nothing but how much money its funds have; where figures come from
    /// does not count.
    pub(crate) fn is_refunded(&self, other: &Self) -> bool {
        let Self {
            name,
            calendar,
            money,
            objective,
            friction,
            regions,
            items,
            resources,
            lines,
            expansions,
            suppliers,
            holders,
            stocks,
            gifts,
            routes,
            hubs,
            requirements,
            funds,
            caps,
            burdens,
            rules,
            evidence: _,
        } = self;
        let same_terms = |(fund, other): (&Fund, &Fund)| {
            fund.key == other.key
                && fund.name == other.name
                && fund.currency == other.currency
                && fund.given_by == other.given_by
                && fund.is_like(other)
        };
        funds.len() == other.funds.len()
            && funds.values().zip(other.funds.values()).all(same_terms)
            && *name == other.name
            && *calendar == other.calendar
            && *money == other.money
            && *objective == other.objective
            && *friction == other.friction
            && *regions == other.regions
            && *items == other.items
            && *resources == other.resources
            && *lines == other.lines
            && *expansions == other.expansions
            && *suppliers == other.suppliers
            && *holders == other.holders
            && *stocks == other.stocks
            && *gifts == other.gifts
            && *routes == other.routes
            && *hubs == other.hubs
            && *requirements == other.requirements
            && *caps == other.caps
            && *burdens == other.burdens
            && *rules == other.rules
    }

    /// What one unit of money paid in a year is worth when decisions are free, in base-year prices.
    pub(crate) fn present_value(&self, year: i32) -> f64 {
        let years = f64::from(year - self.calendar.decide_from().year());
        self.money.discount_factor(years) / self.money.price_index(year)
    }

    /// A fund's money in a year, in the base currency.
    pub(crate) fn fund_money(&self, f: FundId, y: YearId) -> f64 {
        let (fund, c) = (&self.funds[f], &self.calendar);
        let months = c
            .periods_of(y)
            .map(|t| (fund.amount.mean(c, t) * c.length()).value());
        let promised = months.sum::<f64>() * self.money.exchange(fund.currency, c.year_number(y));
        let (in_time, _) = self.kept_promises(f, y);
        promised * in_time + self.late_money(f, y)
    }

    /// What a fund has in a year of what it was promised a year earlier, in the base currency.
    fn late_money(&self, f: FundId, y: YearId) -> f64 {
        let (fund, c) = (&self.funds[f], &self.calendar);
        let before = c.year_number(y) - 1;
        // What happened to the year before the calendar is what happened to its first.
        let (_, late) = self.kept_promises(f, c.year(before).unwrap_or(y));
        if late == 0.0 {
            return 0.0;
        }
        let months = c.periods_of(y).flat_map(|t| {
            let first = c.first_month(t);
            (0..c.period().months()).map(move |n| first.plus(n - 12))
        });
        let promised = months
            .map(|month| fund.amount.at(month).value())
            .sum::<f64>()
            / 12.0;
        late * promised * self.money.exchange(fund.currency, before)
    }

    /// A holder's stock of an item, if it has one.
    pub fn stock(&self, holder: HolderId, item: ItemId) -> Option<StockId> {
        let found = self
            .stocks
            .iter()
            .find(|(_, s)| s.holder == holder && s.item == item);
        found.map(|(id, _)| id)
    }

    /// The share of a price that comes from a region: as stated, else all from the home country.
    pub fn content_share(
        &self,
        stated: &[(RegionId, Share)],
        home: Option<RegionId>,
        region: RegionId,
    ) -> f64 {
        if stated.is_empty() {
            return f64::from(u8::from(
                home.is_some_and(|home| self.lies_in(home, region)),
            ));
        }
        let inside = stated
            .iter()
            .filter(|&&(origin, _)| self.lies_in(origin, region));
        inside.map(|(_, share)| share.value()).sum()
    }

    /// Whether a country or bloc is `region` or belongs to it.
    pub fn lies_in(&self, country: RegionId, region: RegionId) -> bool {
        country == region || self.regions[country].blocs.contains(&region)
    }

    /// The countries that a country or bloc stands for: a bloc for those that belong to it.
    pub(crate) fn members_of(&self, region: RegionId) -> Vec<RegionId> {
        let all = self.regions.iter();
        let inside = all.filter(|(_, country)| country.blocs.contains(&region));
        let inside: Vec<RegionId> = inside.map(|(country, _)| country).collect();
        if inside.is_empty() {
            vec![region]
        } else {
            inside
        }
    }

    /// Whether making `product` uses `item`, directly or further down.
    pub fn contains(&self, product: ItemId, item: ItemId) -> bool {
        // Before a draft is checked its bills of materials may run in a circle.
        let mut seen = vec![false; self.items.len()];
        let mut open = vec![product];
        while let Some(made) = open.pop() {
            let Some(made) = self.items.get(made) else {
                continue;
            };
            for need in &made.needs {
                if need.item == item {
                    return true;
                }
                if let Some(seen) = seen.get_mut(need.item.position())
                    && !std::mem::replace(seen, true)
                {
                    open.push(need.item);
                }
            }
        }
        false
    }
}

macro_rules! keyed {
    ($($Thing:ty),+ $(,)?) => {$(
        impl Keyed for $Thing {
            fn key(&self) -> &str {
                &self.key
            }
        }
    )+};
}

keyed!(
    Region,
    Item,
    Resource,
    Line,
    Expansion,
    Supplier,
    Holder,
    Gift,
    Route,
    Hub,
    Requirement,
    Fund,
    Cap,
    Burden,
    Rule,
);

/// A checked problem statement: every id resolves, every number is finite and in range, no bill of
/// materials runs in a circle, and every requirement has something that could meet it.
///
/// It is read like the [`Draft`] that it was, and changed by way of it:
///
/// ```
/// let model = sinews::read("models/tiny.toml")?;
/// assert_eq!(model.items.len(), 1);
/// let mut draft = model.into_draft();
/// draft.requirements.values_mut().for_each(|requirement| requirement.weight = 2.0);
/// let model = draft.check()?;
/// assert_eq!(model.requirements.values().next().map(|own| own.weight), Some(2.0));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Model(Draft);

impl Model {
    /// The draft again, to change it.
    pub fn into_draft(self) -> Draft {
        self.0
    }
}

impl Deref for Model {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.0
    }
}
