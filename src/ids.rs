//! Typed indices: a table of lines takes a [`LineId`] and nothing else.
//!
//! Names are strings only where people read and write them. Everything behind the reader goes by
//! id, so a wrong order of indices does not compile:
//!
//! ```compile_fail
//! # use sinews::ids::{Grid, ItemId, LineId};
//! # fn wrong(grid: Grid<ItemId, LineId, f64>, item: ItemId, line: LineId) -> f64 {
//! grid[(line, item)] // expected `ItemId`, found `LineId`
//! # }
//! ```
//!
//! With the feature `serde` an id is written as its number, and a table as a list; within
#![cfg_attr(
    feature = "serde",
    doc = "[`Keys::naming`] as a key, and a table as a map from keys."
)]
#![cfg_attr(
    not(feature = "serde"),
    doc = "`Keys::naming` as a key, and a table as a map from keys."
)]

#[cfg(feature = "serde")]
mod by_key;
#[cfg(feature = "serde")]
pub(crate) mod pairs;

#[cfg(feature = "serde")]
pub use by_key::{Keys, Naming, Reading};

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An index of one kind of thing.
pub trait Id: Copy + Ord + fmt::Debug + 'static {
    /// The id of the thing at this position.
    fn at(position: usize) -> Self;
    /// The position of the thing with this id.
    fn position(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        /// As its number, or as its key.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                by_key::write(*self, serializer)
            }
        }

        /// From its number, or from its key.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                by_key::read(deserializer)
            }
        }

        impl $name {
            /// The first of its kind.
            pub const FIRST: Self = Self(0);
        }

        impl Id for $name {
            fn at(position: usize) -> Self {
                Self(u32::try_from(position).expect("fewer than 2^32 of a kind"))
            }
            fn position(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// An item: a finished good, a component or a material.
    ItemId,
    /// A country or a bloc of countries.
    RegionId,
    /// A production line.
    LineId,
    /// An option to expand a line.
    ExpansionId,
    /// A limit shared by several lines.
    ResourceId,
    /// A source outside the plan's industry.
    SupplierId,
    /// An owner of stocks and of requirements.
    HolderId,
    /// A stock: one holder's holding of one item.
    StockId,
    /// A gift route from one holder's stocks to another's.
    GiftId,
    /// A route along which an item moves between places.
    RouteId,
    /// A hub with a limited throughput.
    HubId,
    /// A requirement.
    RequirementId,
    /// A fund.
    FundId,
    /// A currency.
    CurrencyId,
    /// A cap over everything.
    CapId,
    /// A limit on what countries bear.
    BurdenId,
    /// A rule of one's own.
    RuleId,
    /// A period of the calendar.
    PeriodId,
    /// A calendar year.
    YearId,
    /// A priority tier, the most urgent first.
    TierId,
    /// A market: where the supply of an item meets those it may serve.
    MarketId,
    /// What a line makes of one product for one market.
    MakeId,
    /// What a supplier delivers at one price step to one market.
    OrderId,
    /// What goes from a market to a stock.
    DeliveryId,
    /// What moves along a route for one market.
    MoveId,
    /// What one holder may give to another of one item.
    GiveId,
    /// An item that meets a requirement.
    MeetId,
    /// An account: expenses that the same funds may pay.
    AccountId,
    /// A purse: funds that are alike in everything but their amounts.
    PurseId,
    /// What a purse pays into an account.
    PayId,
    /// What funds for some holders may pay for of a component.
    EarmarkId,
    /// What funds for several lots of a component's users pay for of one of them.
    AllotId,
}

/// What has a key: a short name of its own.
pub trait Keyed {
    /// Its key.
    fn key(&self) -> &str;
}

impl<I: Id, T: Keyed> Table<I, T> {
    /// The id of the first thing with a key; `None`: nothing has it.
    ///
    /// ```
    /// let model = sinews::read("models/tiny.toml")?;
    /// let plant = model.lines.called("plant").expect("there is such a line");
    /// assert_eq!(model.lines[plant].name, "plant");
    /// # Ok::<(), sinews::problem::Problems>(())
    /// ```
    pub fn called(&self, key: &str) -> Option<I> {
        let found = self.iter().find(|(_, thing)| thing.key() == key);
        found.map(|(id, _)| id)
    }
}

/// One `T` for each id of a kind. Indexing by an id that it does not have panics, as that of a list does;
/// [`get`](Self::get) gives `None`.
///
/// ```
/// use sinews::ids::{ItemId, Table};
///
/// let mut stocks: Table<ItemId, f64> = Table::new();
/// let round = stocks.push(120.0);
/// stocks[round] += 30.0;
/// assert_eq!(stocks.get(round), Some(&150.0));
/// assert_eq!(stocks.ids().count(), 1);
/// ```
#[derive(Clone, PartialEq)]
pub struct Table<I, T>(Vec<T>, PhantomData<fn() -> I>);

impl<I: Id, T> Table<I, T> {
    /// A table with nothing in it.
    pub const fn new() -> Self {
        Self(Vec::new(), PhantomData)
    }

    /// Add a thing and get its id.
    pub fn push(&mut self, thing: T) -> I {
        self.0.push(thing);
        I::at(self.0.len() - 1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.0.len()).map(I::at)
    }

    /// Every id with its thing, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.0
            .iter()
            .enumerate()
            .map(|(n, thing)| (I::at(n), thing))
    }

    /// Every thing, in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Every thing, in order, to change.
    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// The thing with this id, if the table reaches that far.
    pub fn get(&self, id: I) -> Option<&T> {
        self.0.get(id.position())
    }

    /// The same table with every thing passed through `f`.
    pub fn map<S>(&self, f: impl FnMut(&T) -> S) -> Table<I, S> {
        self.0.iter().map(f).collect()
    }
}

impl<I: Id, T> Default for Table<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(things: A) -> Self {
        Self(things.into_iter().collect(), PhantomData)
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.0[id.position()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.0[id.position()]
    }
}

/// One `T` for each pair of ids. Indexing by a pair that it does not have panics, as that of a list does;
/// [`get`](Self::get) gives `None`.
///
/// ```
/// use sinews::ids::{Grid, Id, LineId, PeriodId};
///
/// let grid = Grid::from_fn(2, 4, |l: LineId, t: PeriodId| l.position() * 10 + t.position());
/// assert_eq!(grid[(LineId::at(1), PeriodId::at(3))], 13);
/// assert_eq!(grid.get((LineId::at(2), PeriodId::FIRST)), None);
/// ```
#[derive(Clone, PartialEq)]
pub struct Grid<A, B, T> {
    cells: Vec<T>,
    columns: usize,
    kind: PhantomData<fn() -> (A, B)>,
}

impl<A: Id, B: Id, T> Grid<A, B, T> {
    /// A grid of `rows` × `columns` cells, each made by `f`.
    pub fn from_fn(rows: usize, columns: usize, mut f: impl FnMut(A, B) -> T) -> Self {
        let mut cells = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                cells.push(f(A::at(row), B::at(column)));
            }
        }
        Self {
            cells,
            columns,
            kind: PhantomData,
        }
    }

    /// Every pair of ids with its cell, row by row.
    pub fn iter(&self) -> impl Iterator<Item = (A, B, &T)> {
        let columns = self.columns;
        self.cells
            .iter()
            .enumerate()
            .map(move |(n, cell)| (A::at(n / columns), B::at(n % columns), cell))
    }

    /// The cell of two ids, if the grid reaches that far.
    pub fn get(&self, (a, b): (A, B)) -> Option<&T> {
        let inside = b.position() < self.columns;
        let place = a
            .position()
            .checked_mul(self.columns)?
            .checked_add(b.position())?;
        self.cells.get(place).filter(|_| inside)
    }

    /// The cells of one row, in order.
    pub fn row(&self, a: A) -> &[T] {
        &self.cells[a.position() * self.columns..][..self.columns]
    }

    /// The same grid with every cell passed through `f`.
    pub fn map<S>(&self, f: impl FnMut(&T) -> S) -> Grid<A, B, S> {
        Grid {
            cells: self.cells.iter().map(f).collect(),
            columns: self.columns,
            kind: PhantomData,
        }
    }
}

impl<A, B, T> Default for Grid<A, B, T> {
    fn default() -> Self {
        Self {
            cells: Vec::new(),
            columns: 0,
            kind: PhantomData,
        }
    }
}

impl<A: Id, B: Id, T: fmt::Debug> fmt::Debug for Grid<A, B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.cells.chunks(self.columns.max(1)))
            .finish()
    }
}

impl<A: Id, B: Id, T> Index<(A, B)> for Grid<A, B, T> {
    type Output = T;
    fn index(&self, (a, b): (A, B)) -> &T {
        assert!(b.position() < self.columns, "{b:?} is outside this grid");
        &self.cells[a.position() * self.columns + b.position()]
    }
}

impl<A: Id, B: Id, T> IndexMut<(A, B)> for Grid<A, B, T> {
    fn index_mut(&mut self, (a, b): (A, B)) -> &mut T {
        assert!(b.position() < self.columns, "{b:?} is outside this grid");
        &mut self.cells[a.position() * self.columns + b.position()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_was_pushed() {
        let mut table: Table<ItemId, &str> = Table::new();
        let tnt = table.push("tnt");
        let round = table.push("round");
        assert_eq!((table[tnt], table[round]), ("tnt", "round"));
        assert_eq!(table.ids().collect::<Vec<_>>(), [tnt, round]);
    }

    #[test]
    fn a_grid_is_indexed_row_first() {
        let grid: Grid<ItemId, PeriodId, usize> = Grid::from_fn(2, 3, |i: ItemId, t: PeriodId| {
            10 * i.position() + t.position()
        });
        assert_eq!(grid[(ItemId::at(1), PeriodId::at(2))], 12);
        assert_eq!(grid.get((ItemId::at(1), PeriodId::at(2))), Some(&12));
        assert_eq!(grid.get((ItemId::at(0), PeriodId::at(3))), None);
        assert_eq!(grid.get((ItemId::at(2), PeriodId::at(0))), None);
        assert_eq!(grid.row(ItemId::at(1)), [10, 11, 12]);
        assert_eq!(grid.iter().filter(|(_, t, _)| t.position() == 0).count(), 2);
    }
}
