//! The rows: a name for each, and the arrays they are kept in.

use super::plan::Column;
use super::sum::{Sum, add_up};
use crate::ids::{
    AccountId, CapId, EarmarkId, ExpansionId, HubId, LineId, MarketId, PeriodId, PurseId,
    RequirementId, ResourceId, StockId, SupplierId, TierId, YearId,
};
use std::collections::HashMap;

/// The name of a row. Prices are looked up by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Row {
    /// A line makes no more than its capacity allows.
    Capacity(LineId, PeriodId),
    /// A line makes no more than was on order, until new orders can be delivered.
    Booked(LineId, PeriodId),
    /// Added capacity is last period's and what opens now.
    Added(LineId, PeriodId),
    /// An expansion is taken no more often than it can be.
    Options(ExpansionId),
    /// A line's output grows no faster than it can.
    Ramp(LineId, PeriodId),
    /// A line makes no less than it must.
    Minimum(LineId, PeriodId),
    /// What reaches a market equals what leaves it and what stays.
    Balance(MarketId, PeriodId),
    /// Makers keep no more of an item than they can.
    PoolMost(MarketId, PeriodId),
    /// What makers must keep of an item at the end.
    PoolClosing(MarketId),
    /// A stock that only falls gives no more than it can spare.
    Spare(StockId, PeriodId),
    /// What reaches a stock equals what leaves it and what stays.
    Stock(StockId, PeriodId),
    /// A stock stays at its floor.
    Floor(StockId, PeriodId),
    /// A stock is drawn no faster than it can be.
    Draw(StockId, PeriodId),
    /// What has reached a stock and has not expired.
    Fresh(StockId, PeriodId),
    /// A stock holds only what has not expired.
    Life(StockId, PeriodId),
    /// No more goes for nothing than has expired.
    Expired(StockId, PeriodId),
    /// What will expire is in store till then.
    Kept(StockId, PeriodId),
    /// What a holder must have in store at the end.
    Closing(StockId),
    /// What is met and what is short is what is required.
    Requirement(RequirementId, PeriodId),
    /// What passes a hub is no more than it can handle.
    Hub(HubId, PeriodId),
    /// What lines draw on a resource is no more than there is, by the last period of its window.
    Resource(ResourceId, PeriodId),
    /// A supplier delivers no more than it can.
    Rate(SupplierId, PeriodId),
    /// A supplier delivers no more than was on order, until new orders can be delivered.
    OnOrder(SupplierId, PeriodId),
    /// A supplier delivers at a price no more than there is at it, by the last period of its window.
    Tier(SupplierId, u32, PeriodId),
    /// A supplier that delivers delivers its least order.
    Least(SupplierId, PeriodId),
    /// A supplier delivers only if an order is placed.
    Placed(SupplierId, PeriodId),
    /// The expenses of an account are paid.
    Expense(AccountId, YearId),
    /// What falls due after the last year is owed.
    Due(AccountId, YearId),
    /// A purse spends no more than its funds have.
    Purse(PurseId, YearId),
    /// What a purse buys in a year keeps its content rule.
    Content(PurseId, YearId),
    /// Funds for some holders pay for no more of a component than those holders' goods contain.
    Earmark(EarmarkId, YearId),
    /// A cap over everything.
    Cap(CapId, YearId),
    /// What the shortfalls of a tier count.
    Shortfall(TierId),
    /// The share of a requirement that is missing.
    Share(RequirementId),
    /// No share missing is higher than the level.
    Level(RequirementId),
    /// A plan is no worse than it may be: only where plans near the best are looked for.
    Within,
}

impl Row {
    /// The name of its family.
    pub fn family(self) -> &'static str {
        match self {
            Self::Capacity(..) => "capacity",
            Self::Booked(..) => "booked",
            Self::Added(..) => "added",
            Self::Options(..) => "options",
            Self::Ramp(..) => "ramp",
            Self::Minimum(..) => "minimum",
            Self::Balance(..) => "balance",
            Self::PoolMost(..) => "pool_most",
            Self::PoolClosing(..) => "pool_closing",
            Self::Spare(..) => "spare",
            Self::Stock(..) => "stock",
            Self::Floor(..) => "floor",
            Self::Draw(..) => "draw",
            Self::Fresh(..) => "fresh",
            Self::Life(..) => "life",
            Self::Expired(..) => "expired",
            Self::Kept(..) => "kept",
            Self::Closing(..) => "closing",
            Self::Requirement(..) => "requirement",
            Self::Hub(..) => "hub",
            Self::Resource(..) => "resource",
            Self::Rate(..) => "rate",
            Self::OnOrder(..) => "on_order",
            Self::Tier(..) => "tier",
            Self::Least(..) => "least",
            Self::Placed(..) => "placed",
            Self::Expense(..) => "expense",
            Self::Due(..) => "due",
            Self::Purse(..) => "purse",
            Self::Content(..) => "content",
            Self::Earmark(..) => "earmark",
            Self::Cap(..) => "cap",
            Self::Shortfall(..) => "shortfall",
            Self::Share(..) => "share",
            Self::Level(..) => "level",
            Self::Within => "within",
        }
    }
}

/// When a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// In a period.
    Period(PeriodId),
    /// In a calendar year.
    Year(YearId),
    /// At the end of the calendar.
    End,
    /// Over the whole calendar.
    Always,
}

impl From<PeriodId> for When {
    fn from(t: PeriodId) -> Self {
        Self::Period(t)
    }
}

impl From<YearId> for When {
    fn from(y: YearId) -> Self {
        Self::Year(y)
    }
}

impl Row {
    /// What a row is about whatever the time, as its row of the first period or year, and when it holds.
    pub fn parts(self) -> (Self, When) {
        let (first, year) = (PeriodId::FIRST, YearId::FIRST);
        let period = |row: Self, t| (row, When::Period(t));
        let in_year = |row: Self, y| (row, When::Year(y));
        match self {
            Self::Capacity(l, t) => period(Self::Capacity(l, first), t),
            Self::Booked(l, t) => period(Self::Booked(l, first), t),
            Self::Added(l, t) => period(Self::Added(l, first), t),
            Self::Ramp(l, t) => period(Self::Ramp(l, first), t),
            Self::Minimum(l, t) => period(Self::Minimum(l, first), t),
            Self::Balance(k, t) => period(Self::Balance(k, first), t),
            Self::PoolMost(k, t) => period(Self::PoolMost(k, first), t),
            Self::Spare(s, t) => period(Self::Spare(s, first), t),
            Self::Stock(s, t) => period(Self::Stock(s, first), t),
            Self::Floor(s, t) => period(Self::Floor(s, first), t),
            Self::Draw(s, t) => period(Self::Draw(s, first), t),
            Self::Fresh(s, t) => period(Self::Fresh(s, first), t),
            Self::Life(s, t) => period(Self::Life(s, first), t),
            Self::Expired(s, t) => period(Self::Expired(s, first), t),
            Self::Kept(s, t) => period(Self::Kept(s, first), t),
            Self::Requirement(r, t) => period(Self::Requirement(r, first), t),
            Self::Hub(h, t) => period(Self::Hub(h, first), t),
            Self::Rate(q, t) => period(Self::Rate(q, first), t),
            Self::OnOrder(q, t) => period(Self::OnOrder(q, first), t),
            Self::Least(q, t) => period(Self::Least(q, first), t),
            Self::Placed(q, t) => period(Self::Placed(q, first), t),
            Self::Resource(x, t) => period(Self::Resource(x, first), t),
            Self::Tier(q, n, t) => period(Self::Tier(q, n, first), t),
            Self::Expense(a, y) => in_year(Self::Expense(a, year), y),
            Self::Due(a, y) => in_year(Self::Due(a, year), y),
            Self::Purse(g, y) => in_year(Self::Purse(g, year), y),
            Self::Content(g, y) => in_year(Self::Content(g, year), y),
            Self::Earmark(e, y) => in_year(Self::Earmark(e, year), y),
            Self::Cap(cap, y) => in_year(Self::Cap(cap, year), y),
            Self::PoolClosing(_) | Self::Closing(_) => (self, When::End),
            Self::Options(_)
            | Self::Shortfall(_)
            | Self::Share(_)
            | Self::Level(_)
            | Self::Within => (self, When::Always),
        }
    }

    /// Whether it limits a plan; if not, it only adds up, or says what is aimed at.
    pub fn limits(self) -> bool {
        match self {
            Self::Capacity(..)
            | Self::Booked(..)
            | Self::Options(..)
            | Self::Ramp(..)
            | Self::Minimum(..)
            | Self::PoolMost(..)
            | Self::PoolClosing(..)
            | Self::Spare(..)
            | Self::Floor(..)
            | Self::Draw(..)
            | Self::Life(..)
            | Self::Expired(..)
            | Self::Kept(..)
            | Self::Closing(..)
            | Self::Hub(..)
            | Self::Resource(..)
            | Self::Rate(..)
            | Self::OnOrder(..)
            | Self::Tier(..)
            | Self::Least(..)
            | Self::Placed(..)
            | Self::Purse(..)
            | Self::Content(..)
            | Self::Earmark(..)
            | Self::Cap(..) => true,
            Self::Added(..)
            | Self::Balance(..)
            | Self::Stock(..)
            | Self::Fresh(..)
            | Self::Requirement(..)
            | Self::Expense(..)
            | Self::Due(..)
            | Self::Shortfall(..)
            | Self::Share(..)
            | Self::Level(..)
            | Self::Within => false,
        }
    }
}

/// How the left side of a row compares with its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Equal.
    Equal,
}

/// Rows in arrays: the terms of row `n` are `terms[starts[n]..starts[n + 1]]`.
#[derive(Clone, Debug)]
pub struct Rows {
    names: Vec<Row>,
    starts: Vec<usize>,
    terms: Vec<(u32, f64)>,
    senses: Vec<Sense>,
    rights: Vec<f64>,
    /// Natural units in one internal unit of each row's right side.
    units: Vec<f64>,
    position: HashMap<Row, u32>,
}

impl Rows {
    /// No rows yet, but about so many to come.
    pub(super) fn new(about: usize) -> Self {
        Self {
            names: Vec::new(),
            starts: vec![0],
            terms: Vec::new(),
            senses: Vec::new(),
            rights: Vec::new(),
            units: Vec::new(),
            position: HashMap::with_capacity(about),
        }
    }

    /// `left ≤ right`, in internal units of `unit` natural ones.
    pub(super) fn at_most(&mut self, row: Row, unit: f64, left: &Sum, right: f64) {
        self.add(row, unit, left, Sense::AtMost, right);
    }

    /// `left ≥ right`, in internal units of `unit` natural ones.
    pub(super) fn at_least(&mut self, row: Row, unit: f64, left: &Sum, right: f64) {
        self.add(row, unit, left, Sense::AtLeast, right);
    }

    /// `left = right`, in internal units of `unit` natural ones.
    pub(super) fn equal(&mut self, row: Row, unit: f64, left: &Sum, right: f64) {
        self.add(row, unit, left, Sense::Equal, right);
    }

    /// A row without a variable in it says nothing, unless it cannot hold; it is kept then, so
    /// that the solver finds it.
    fn add(&mut self, row: Row, unit: f64, left: &Sum, sense: Sense, right: f64) {
        let start = self.terms.len();
        left.write(&mut self.terms);
        let holds = match sense {
            Sense::AtMost => right >= 0.0,
            Sense::AtLeast => right <= 0.0,
            Sense::Equal => right == 0.0,
        };
        if self.terms.len() == start && holds {
            return;
        }
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 rows");
        let before = self.position.insert(row, number);
        debug_assert!(before.is_none(), "{row:?} is added twice");
        self.names.push(row);
        self.starts.push(self.terms.len());
        self.senses.push(sense);
        self.rights.push(right);
        self.units.push(unit);
    }

    /// Move a row's right side, in internal units.
    pub(super) fn move_right(&mut self, n: usize, to: f64) {
        self.rights[n] = to;
    }

    /// Add a row of columns by their numbers: `left ≤ right`, in internal units of `unit` natural ones.
    pub(super) fn at_most_of(&mut self, row: Row, unit: f64, left: &[(u32, f64)], right: f64) {
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 rows");
        self.terms.extend_from_slice(left);
        let start = self.starts[self.names.len()];
        add_up(&mut self.terms, start);
        self.position.insert(row, number);
        self.names.push(row);
        self.starts.push(self.terms.len());
        self.senses.push(Sense::AtMost);
        self.rights.push(right);
        self.units.push(unit);
    }

    /// The rows that `keep` says, in their order.
    pub(super) fn only(&self, keep: impl Fn(Row) -> bool) -> Self {
        let mut kept = Self::new(self.names.len());
        for n in (0..self.names.len()).filter(|&n| keep(self.names[n])) {
            let number = u32::try_from(kept.names.len()).expect("fewer than 2^32 rows");
            kept.position.insert(self.names[n], number);
            kept.names.push(self.names[n]);
            kept.terms.extend_from_slice(self.row(n));
            kept.starts.push(kept.terms.len());
            kept.senses.push(self.senses[n]);
            kept.rights.push(self.rights[n]);
            kept.units.push(self.units[n]);
        }
        kept
    }

    /// Whether these are the same rows.
    #[cfg(any(test, feature = "highs"))]
    pub(super) fn are(&self, other: &Self) -> bool {
        self.names == other.names
            && self.starts == other.starts
            && self.terms == other.terms
            && self.senses == other.senses
            && self.rights == other.rights
            && self.units == other.units
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// How many terms all rows have together.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// The number of a row, if the program has it.
    pub fn position(&self, row: Row) -> Option<usize> {
        self.position.get(&row).map(|&n| n as usize)
    }

    /// The name of a row.
    pub fn name(&self, n: usize) -> Row {
        self.names[n]
    }

    /// The columns of a row and their factors, in the order of the columns.
    pub fn row(&self, n: usize) -> &[(u32, f64)] {
        &self.terms[self.starts[n]..self.starts[n + 1]]
    }

    /// How a row's left side compares with its right side.
    pub fn sense(&self, n: usize) -> Sense {
        self.senses[n]
    }

    /// A row's right side.
    pub fn right(&self, n: usize) -> f64 {
        self.rights[n]
    }

    /// Natural units in one internal unit of a row's right side.
    pub fn unit(&self, n: usize) -> f64 {
        self.units[n]
    }
}

/// A column of the program: its name, its bounds, its natural unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColumnData {
    /// Its name.
    pub name: Column,
    /// The least it may be.
    pub lower: f64,
    /// The most it may be.
    pub upper: f64,
    /// Whether it must be a whole number.
    pub whole: bool,
    /// Natural units (of an item, of money, blocks) in one internal unit of it.
    pub unit: f64,
}
