//! Families of rows: one table of what each is, from which every message, report and analysis takes what it says.
//!
//! A new family is an entry here and its equation. An entry has the row's documentation, its name in program
//! files, what it is about, when it holds, and how it is spoken of and eased; `{}` stands for the thing it is
//! about. No `match` on a row stands anywhere else (`tests/house.rs`).

use super::network::{Network, Source};
use super::thing::Thing;
use super::when::When;
use crate::ids::{
    AccountId, BurdenId, CapId, EarmarkId, ExpansionId, HubId, ItemId, LineId, MarketId, PeriodId,
    PurseId, RegionId, RequirementId, ResourceId, RuleId, StockId, SupplierId, TierId, YearId,
};
use crate::model::{BurdenRule, Model};
use crate::problem::Place;

/// What rows of a family do in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// They limit it: their right side can be varied, and has a price.
    Limit,
    /// They limit it once a choice is settled, and only then have a price.
    Choice,
    /// They say what is required: their right side can be varied, and has a price.
    Requirement,
    /// They pass an item on: what comes in equals what goes out.
    Goods,
    /// They pass money on.
    Money,
    /// They add up, or say what is aimed at.
    Sum,
}

/// Where the file says what a row holds to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Written {
    /// Nowhere: it can always be kept.
    Nowhere,
    /// In a field of what it is about.
    Field(&'static str),
    /// In a place that hangs on the model.
    Places(fn(&Model, &Network, Row) -> Vec<Place>),
}

/// How far a figure is moved to ease a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By {
    /// So many times what it is.
    Times(f64),
    /// A billion of the base currency more, spread as it is.
    Billion,
    /// Six months sooner: the longest span from order to delivery.
    Sooner,
}

/// A change that eases a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Easing {
    /// In words. Of several with the same words the first that the file has a figure for is meant.
    pub(crate) words: &'static str,
    /// The field, within what the row is about.
    pub(crate) field: &'static str,
    /// How far it is moved.
    pub(crate) by: By,
    /// Whether it moves a limit and nothing else, so that prices promise what it is worth.
    pub(crate) alone: bool,
}

/// What a family of rows is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family {
    /// What a row of it is about, whatever the time: "the capacity of {}".
    pub(crate) words: &'static str,
    /// What waits for it waits for: "the lead time of {}".
    pub(crate) cause: &'static str,
    /// The word before the time.
    pub(crate) before_time: &'static str,
    /// What its rows do.
    pub(crate) role: Role,
    /// The unit of its right side; empty: that of what it is about.
    pub(crate) unit: &'static str,
    /// Where the file says it.
    pub(crate) written: Written,
    /// The limit that it is a part of, if it is one of several rows that make up one.
    pub(crate) part_of: Option<fn(&Model, &Network, Row) -> Row>,
    /// What eases it.
    pub(crate) easings: &'static [Easing],
}

impl Family {
    const fn new(words: &'static str, role: Role) -> Self {
        Self {
            words,
            cause: words,
            before_time: "in",
            role,
            unit: "",
            written: Written::Nowhere,
            part_of: None,
            easings: &[],
        }
    }

    /// A limit, in a field of what it is about.
    const fn limit(words: &'static str, field: &'static str) -> Self {
        Self {
            written: Written::Field(field),
            ..Self::new(words, Role::Limit)
        }
    }

    /// A limit that stands in a place that hangs on the model.
    const fn limit_at(
        words: &'static str,
        places: fn(&Model, &Network, Row) -> Vec<Place>,
    ) -> Self {
        Self {
            written: Written::Places(places),
            ..Self::new(words, Role::Limit)
        }
    }

    const fn called(self, cause: &'static str) -> Self {
        Self { cause, ..self }
    }

    const fn time(self, before_time: &'static str) -> Self {
        Self {
            before_time,
            ..self
        }
    }

    const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    const fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    const fn part_of(self, whole: fn(&Model, &Network, Row) -> Row) -> Self {
        Self {
            part_of: Some(whole),
            ..self
        }
    }

    const fn eased(self, easings: &'static [Easing]) -> Self {
        Self { easings, ..self }
    }
}

/// A limit moved to so many times what it is.
const fn limit(words: &'static str, field: &'static str, times: f64) -> Easing {
    let (by, alone) = (By::Times(times), true);
    Easing {
        words,
        field,
        by,
        alone,
    }
}

/// Something else moved to so many times what it is.
const fn other(words: &'static str, field: &'static str, times: f64) -> Easing {
    Easing {
        alone: false,
        ..limit(words, field, times)
    }
}

/// A span of time made six months shorter.
const fn sooner(words: &'static str) -> Easing {
    Easing {
        by: By::Sooner,
        ..other(words, "", 1.0)
    }
}

/// What eases the lead time of a supplier, and what has no source at all.
pub(crate) const SUPPLIER_SOONER: Easing = sooner("deliveries of {} six months sooner");
/// What eases what waits for an expansion to open.
pub(crate) const OPENING_SOONER: Easing = sooner("{} open six months sooner");
/// More of what a line has, or of what expands it.
pub(crate) const MORE_CAPACITY: [Easing; 2] = [
    limit("10 % more capacity of {}", "capacity", 1.1),
    other("10 % more capacity of {}", "expansion.*.adds", 1.1),
];

/// The time of a row, and the same of the first period or year; any other id is no time.
trait Timeless: Sized {
    fn timeless(self) -> Self {
        self
    }
}

impl Timeless for PeriodId {
    fn timeless(self) -> Self {
        Self::FIRST
    }
}

impl Timeless for YearId {
    fn timeless(self) -> Self {
        Self::FIRST
    }
}

macro_rules! things {
    ($($Id:ty),+) => { $(impl Timeless for $Id {})+ };
}

things!(
    AccountId,
    BurdenId,
    RegionId,
    CapId,
    EarmarkId,
    ExpansionId,
    HubId,
    LineId,
    MarketId,
    PurseId,
    RequirementId,
    ResourceId,
    RuleId,
    Source,
    StockId,
    SupplierId,
    TierId,
    u32
);

/// Declares the families of rows once: the enum, and all that is known of each.
macro_rules! families {
    ($(
        $(#[$doc:meta])*
        $Row:ident $(($($id:ident: $Id:ty),+))? = $name:literal,
            $Thing:ident $(($($of:ident),+))?, $When:ident $(($at:ident))?: $family:expr;
    )+) => {
        /// The name of a row. Prices are looked up by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
        #[non_exhaustive]
        pub enum Row {
            $($(#[$doc])* $Row $(($($Id),+))?,)+
        }

        impl Row {
            /// The names of the families.
            pub const FAMILIES: &'static [&'static str] = &[$($name),+];

            /// The name of its family.
            pub fn family(self) -> &'static str {
                match self {
                    $(Self::$Row { .. } => $name,)+
                }
            }

            /// What it is about, when it holds, and what its family is.
            fn entry(self) -> (Thing, When, &'static Family) {
                match self {
                    $(Self::$Row $(($($id),+))? => {
                        const FAMILY: Family = $family;
                        (Thing::$Thing $(($($of),+))?, When::$When $(($at))?, &FAMILY)
                    })+
                }
            }

            /// The same row of the first period or year: what it is about whatever the time.
            #[must_use]
            pub fn timeless(self) -> Self {
                match self {
                    $(Self::$Row $(($($id),+))? => Self::$Row $(($($id.timeless()),+))?,)+
                }
            }
        }
    };
}

families! {
    /// A line makes no more than its capacity allows.
    Capacity(l: LineId, t: PeriodId) = "capacity", Line(l), Period(t):
        Family::limit("the capacity of {}", "capacity").eased(&MORE_CAPACITY);
    /// A line makes no more than was on order, until new orders can be delivered.
    Booked(l: LineId, t: PeriodId) = "booked", Line(l), Period(t):
        Family::limit_at("what {} has on order", on_order).time("for").called("the order book of {}")
            .eased(&[
                limit("10 % more on order with {}", "booked", 1.1),
                sooner("what is ordered of {} six months sooner"),
            ]);
    /// Added capacity is last period's and what opens now.
    Added(l: LineId, t: PeriodId) = "added", Line(l), Period(t):
        Family::new("the added capacity of {}", Role::Sum);
    /// An expansion is taken no more often than it can be.
    Options(e: ExpansionId) = "options", Expansion(e), Always:
        Family::limit("how often {} can be taken", "at_most").called("the options of {}");
    /// A line's output grows no faster than it can.
    Ramp(l: LineId, t: PeriodId) = "ramp", Line(l), Period(t):
        Family::limit("the ramp of {}", "ramp")
            .eased(&[limit("a ramp of {} 10 % steeper", "ramp", 1.1)]);
    /// A line's output in a year exceeds that of the year before by no more than a share of it.
    Growth(l: LineId, y: YearId) = "growth", Line(l), Year(y):
        Family::limit("the growth of {}", "growth")
            .eased(&[other("a growth of {} 10 % higher", "growth", 1.1)]);
    /// A line makes no less than it must.
    Minimum(l: LineId, t: PeriodId) = "minimum", Line(l), Period(t):
        Family::limit("the minimum rate of {}", "minimum")
            .eased(&[limit("a minimum rate of {} 10 % lower", "minimum", 0.9)]);
    /// What reaches a market equals what leaves it and what stays.
    Balance(k: MarketId, t: PeriodId) = "balance", Market(k), Period(t):
        Family::new("the balance of {}", Role::Goods);
    /// Makers keep no more of an item than they can.
    PoolMost(k: MarketId, t: PeriodId) = "pool_most", Market(k), Period(t):
        Family::limit("the room makers have for {}", "stock.most").part_of(first_market)
            .eased(&[limit("10 % more room for makers' stock of {}", "stock.most", 1.1)]);
    /// What makers must keep of an item at the end.
    PoolClosing(k: MarketId) = "pool_closing", Market(k), End:
        Family::limit("the makers' closing stock of {}", "stock.closing").part_of(first_market)
            .eased(&[limit("a makers' closing stock of {} 10 % lower", "stock.closing", 0.9)]);
    /// A stock that only falls gives no more than it can spare.
    Spare(s: StockId, t: PeriodId) = "spare", Stock(s), Period(t):
        Family::limit_at("what can be spared of {}", spared).time("by").called("the stock of {}").part_of(floor)
            .eased(&[limit("10 % more {} in store at the start", "opening", 1.1)]);
    /// What reaches a stock equals what leaves it and what stays.
    Stock(s: StockId, t: PeriodId) = "stock", Stock(s), Period(t):
        Family::new("the stock of {}", Role::Goods);
    /// A stock stays at its floor.
    Floor(s: StockId, t: PeriodId) = "floor", Stock(s), Period(t):
        Family::limit("the floor of {}", "floor").part_of(floor).eased(&[
            limit("a floor of {} 10 % lower", "floor", 0.9),
            limit("a closing stock of {} 10 % lower", "closing", 0.9),
        ]);
    /// A stock is drawn no faster than it can be.
    Draw(s: StockId, t: PeriodId) = "draw", Stock(s), Period(t):
        Family::limit("the draw limit of {}", "draw")
            .eased(&[limit("a draw limit of {} 10 % higher", "draw", 1.1)]);
    /// What has reached a stock and has not expired.
    Fresh(s: StockId, t: PeriodId) = "fresh", Stock(s), Period(t):
        Family::new("what has reached {}", Role::Sum).time("by").part_of(life);
    /// A stock holds only what has not expired.
    Life(s: StockId, t: PeriodId) = "life", Stock(s), Period(t):
        Family::limit_at("the shelf life of {}", shelf_life);
    /// What is left of an opening stock never grows.
    Old(s: StockId, t: PeriodId) = "old", Stock(s), Period(t):
        Family::limit_at("what is left of the opening {}", shelf_life).time("by").part_of(life);
    /// What is left of an opening stock was in store before.
    Stored(s: StockId, t: PeriodId) = "stored", Stock(s), Period(t):
        Family::limit_at("what is in {}", shelf_life).time("by").part_of(life);
    /// No more goes for nothing than has expired.
    Expired(s: StockId, t: PeriodId) = "expired", Stock(s), Period(t):
        Family::limit_at("what expires of {}", shelf_life).part_of(life);
    /// What will expire is in store till then.
    Kept(s: StockId, t: PeriodId) = "kept", Stock(s), Period(t):
        Family::limit_at("what will expire of {}", shelf_life).time("after").part_of(life);
    /// What a holder must have in store at the end.
    Closing(s: StockId) = "closing", Stock(s), End:
        Family::limit("the closing stock of {}", "closing").part_of(floor);
    /// What is met and what is short is what is required.
    Requirement(r: RequirementId, t: PeriodId) = "requirement", Requirement(r), Period(t):
        Family::new("{}", Role::Requirement);
    /// What passes a hub is no more than it can handle.
    Hub(h: HubId, t: PeriodId) = "hub", Hub(h), Period(t):
        Family::limit("the throughput of {}", "throughput")
            .eased(&[limit("10 % more throughput of {}", "throughput", 1.1)]);
    /// What lines draw on a resource is no more than there is, by the last period of its window.
    Resource(x: ResourceId, t: PeriodId) = "resource", Resource(x), Period(t):
        Family::limit("{}", "limit").eased(&[limit("10 % more of {}", "limit", 1.1)]);
    /// A supplier delivers no more than it can.
    Rate(q: SupplierId, t: PeriodId) = "rate", Supplier(q), Period(t):
        Family::limit("the rate of {}", "rate").eased(&[limit("10 % more from {}", "rate", 1.1)]);
    /// A supplier delivers no more than was on order, until new orders can be delivered.
    OnOrder(q: SupplierId, t: PeriodId) = "on_order", Supplier(q), Period(t):
        Family::limit_at("what {} has on order", on_order).time("for").called("the order book of {}")
            .eased(&[limit("10 % more on order with {}", "booked", 1.1), SUPPLIER_SOONER]);
    /// A line or a supplier sells at a price no more than there is at it, by the last period of its window.
    Tier(source: Source, step: u32, t: PeriodId) = "tier", Step(source, step), Period(t):
        Family::limit("{}", "tiers");
    /// A supplier that delivers delivers its least order.
    Least(q: SupplierId, t: PeriodId) = "least", Supplier(q), Period(t):
        Family::limit("the minimum order of {}", "minimum_order").role(Role::Choice);
    /// A supplier delivers only if an order is placed.
    Placed(q: SupplierId, t: PeriodId) = "placed", Supplier(q), Period(t):
        Family::limit("the minimum order of {}", "minimum_order").role(Role::Choice).part_of(least);
    /// The expenses of an account are paid.
    Expense(a: AccountId, y: YearId) = "expense", Account(a), Year(y):
        Family::new("the expenses of {}", Role::Money);
    /// What falls due after the last year is owed.
    Due(a: AccountId, y: YearId) = "due", Account(a), Year(y):
        Family::new("what {} owes after the end", Role::Money);
    /// A purse spends no more than its funds have.
    Purse(g: PurseId, y: YearId) = "purse", Purse(g), Year(y):
        Family::limit("{}", "amount").called("the money of {}").eased(&[
            limit("10 % more money in {}", "amount", 1.1),
            Easing { by: By::Billion, ..limit("more in {}", "amount", 1.0) },
        ]);
    /// What a purse buys in a year keeps its content rule.
    Content(g: PurseId, y: YearId) = "content", Purse(g), Year(y):
        Family::limit("the content rule of {}", "content")
            .eased(&[other("a content rule of {} 10 % lower", "content.share", 0.9)]);
    /// Funds for some holders pay for no more of a component than those holders' goods contain.
    Earmark(e: EarmarkId, y: YearId) = "earmark", Earmark(e), Year(y):
        Family::limit_at("{}", earmarked);
    /// A cap over everything.
    Cap(cap: CapId, y: YearId) = "cap", Cap(cap), Year(y):
        Family::limit("{}", "").eased(&[
            other("{} 10 % higher", "share", 1.1),
            limit("{} 10 % higher", "quantity", 1.1),
        ]);
    /// A country bears no more than it may.
    Burden(b: BurdenId, d: RegionId, y: YearId) = "burden", Burden(b, d), Year(y):
        Family::limit_at("{}", burdened).eased(&[
            other("{} 10 % higher", "gdp", 1.1),
            other("{} 10 % higher", "share", 1.1),
        ]);
    /// A rule of one's own: a sum of what a plan does is held to a right side, by the last period of its window.
    Rule(r: RuleId, t: PeriodId) = "rule", Rule(r), Period(t):
        Family::limit("{}", "right");
    /// What the shortfalls of a tier count.
    Shortfall(k: TierId) = "shortfall", Tier(k), Always:
        Family::new("the shortfall of {}", Role::Sum);
    /// The share of a requirement that is missing.
    Share(r: RequirementId) = "share", Requirement(r), Always:
        Family::new("the coverage of {}", Role::Sum).unit("share");
    /// No share missing is higher than the level.
    Level(r: RequirementId) = "level", Requirement(r), Always:
        Family::new("the coverage of {}", Role::Sum).unit("share");
    /// A plan is no worse than it may be: only where plans near the best are looked for.
    Within = "within", Plan, Always:
        Family::new("how much worse than the best a plan may be", Role::Sum);
}

impl Row {
    /// What a row is about whatever the time, as its row of the first period or year, and when it holds.
    pub fn parts(self) -> (Self, When) {
        (self.timeless(), self.entry().1)
    }

    /// Whether it limits a plan; if not, it only adds up, or says what is aimed at.
    pub fn limits(self) -> bool {
        matches!(self.role(), Role::Limit | Role::Choice)
    }

    /// What it is about.
    pub(crate) fn thing(self) -> Thing {
        self.entry().0
    }

    /// What its family is.
    pub(crate) fn table(self) -> &'static Family {
        self.entry().2
    }

    /// What it does in a plan.
    pub(crate) fn role(self) -> Role {
        self.table().role
    }

    /// Where the file says what it holds to; nothing where it only adds up, or can always be kept.
    pub(crate) fn places(self, m: &Model, n: &Network) -> Vec<Place> {
        match self.table().written {
            Written::Nowhere => Vec::new(),
            Written::Field(field) => self.thing().places(m, n, field),
            Written::Places(places) => places(m, n, self),
        }
    }

    /// The row that stands for the limit it is a part of, whatever the time.
    pub(crate) fn whole(self, m: &Model, n: &Network) -> Self {
        let whole = self.table().part_of;
        whole.map_or(self, |whole| whole(m, n, self)).timeless()
    }

    /// The item that it passes on.
    pub(crate) fn passes(self, m: &Model, n: &Network) -> Option<ItemId> {
        let goods = self.role() == Role::Goods;
        self.thing().item(m, n).filter(|_| goods)
    }
}

/// What is on order, or the lead time until which nothing else is delivered.
fn on_order(m: &Model, n: &Network, row: Row) -> Vec<Place> {
    let thing = row.thing();
    let lines = thing.line(m).map(|l| m.lines[l].booked.is_some());
    let booked = lines.or_else(|| Some(m.suppliers[thing.supplier()?].booked.is_some()));
    let field = if booked == Some(true) {
        "booked"
    } else {
        "lead_time"
    };
    thing.places(m, n, field)
}

/// The stock of a row.
fn stock_of(row: Row) -> StockId {
    let Thing::Stock(s) = row.thing() else {
        unreachable!("it is of a stock: {row:?}");
    };
    s
}

/// What says how much a stock that only falls can spare.
fn spared(m: &Model, n: &Network, row: Row) -> Vec<Place> {
    let stock = &m.stocks[stock_of(row)];
    let last = row.parts().1 == When::Period(m.calendar.last());
    let field = match (&stock.floor, stock.closing) {
        (_, Some(_)) if last => "closing",
        (Some(_), _) => "floor",
        (None, _) => "opening",
    };
    row.thing().places(m, n, field)
}

fn shelf_life(m: &Model, _: &Network, row: Row) -> Vec<Place> {
    let item = &m.items[m.stocks[stock_of(row)].item].key;
    vec![Place::new(["item", item, "shelf_life"])]
}

/// What says how much a country may bear.
fn burdened(m: &Model, n: &Network, row: Row) -> Vec<Place> {
    let Thing::Burden(b, _) = row.thing() else {
        unreachable!("it is of a burden: {row:?}");
    };
    let field = match m.burdens[b].rule {
        BurdenRule::OfGdp { .. } => "gdp",
        BurdenRule::EvenShare { .. } => "share",
    };
    row.thing().places(m, n, field)
}

/// All funds that are for some holders.
fn earmarked(m: &Model, _: &Network, _: Row) -> Vec<Place> {
    let funds = m
        .funds
        .values()
        .filter(|fund| !fund.buys.holders.is_empty());
    let places = funds.map(|f| Place::new(["fund", &f.key, "buys", "holders"]));
    places.collect()
}

/// What must stay in a stock, if anything must; else what is in it.
fn floor(m: &Model, _: &Network, row: Row) -> Row {
    let s = stock_of(row);
    if m.stocks[s].floor.is_some() || m.stocks[s].closing.is_some() {
        Row::Floor(s, PeriodId::FIRST)
    } else {
        Row::Spare(s, PeriodId::FIRST)
    }
}

fn life(_: &Model, _: &Network, row: Row) -> Row {
    Row::Life(stock_of(row), PeriodId::FIRST)
}

fn least(_: &Model, _: &Network, row: Row) -> Row {
    let q = row.thing().supplier();
    q.map_or(row, |q| Row::Least(q, PeriodId::FIRST))
}

/// The same of the first market of an item at a place: makers' stocks of one item are one limit.
fn first_market(_: &Model, n: &Network, row: Row) -> Row {
    let alike = |k: MarketId| {
        let (item, place) = (n.markets[k].item, n.markets[k].place);
        let mut all = n.markets.iter();
        let first = all.find(|(_, other)| (other.item, other.place) == (item, place));
        first.map_or(k, |(first, _)| first)
    };
    if let Row::PoolMost(k, t) = row {
        return Row::PoolMost(alike(k), t);
    }
    if let Row::PoolClosing(k) = row {
        return Row::PoolClosing(alike(k));
    }
    row
}
