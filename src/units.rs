//! Numbers that carry their unit in the type.
//!
//! An [`Amount<U>`] is a finite number of `U`. Amounts of one unit add up, a ratio of two units is
//! the unit [`Per`], and multiplying a ratio by its denominator gives the numerator back:
//!
//! ```
//! use sinews::units::{Money, Pieces, PricePerPiece};
//!
//! let price: PricePerPiece = Money::new(3_600.0) / Pieces::new(1.0);
//! let bill: Money = price * Pieces::new(100.0);
//! assert_eq!(bill.value(), 360_000.0);
//! ```
//!
//! Money, pieces, time, mass and shares are Rust types, so adding a price to a lead time does not
//! compile. *Whose* pieces (rounds, missiles, tonnes of TNT) and *which* currency are data: an item
//! names its unit, a price its currency.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::marker::PhantomData;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// The units themselves: markers that never hold a value.
pub mod unit {
    /// Money in some currency.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Money {}
    /// Whole or part units of an item: rounds, missiles, tonnes of TNT.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Pieces {}
    /// Years of 12 months.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Years {}
    /// Months, a twelfth of a year each.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Months {}
    /// Tonnes, of what a hub can handle.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Tonnes {}
    /// A pure number.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum One {}
}

/// The unit "`N` per `D`".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Per<N, D>(PhantomData<(N, D)>);

/// A number of `U`. Finite wherever a checked model holds it. With the feature `serde` it is written as the number alone.
///
/// ```
/// use sinews::units::{Years, per_year};
///
/// let made = per_year(350_000.0) * Years::new(0.25);
/// assert_eq!(made.value(), 87_500.0);
/// ```
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent, bound = "")
)]
pub struct Amount<U>(f64, PhantomData<fn() -> U>);

/// A count of things as a number.
pub(crate) fn as_number(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

/// Money in some currency.
pub type Money = Amount<unit::Money>;
/// Units of an item.
pub type Pieces = Amount<unit::Pieces>;
/// Years.
pub type Years = Amount<unit::Years>;
/// Months.
pub type Months = Amount<unit::Months>;
/// Tonnes.
pub type Tonnes = Amount<unit::Tonnes>;
/// A share, a factor, a rate of exchange: a pure number.
pub type Share = Amount<unit::One>;
/// Units of an item per year: capacity, output, a yearly requirement.
pub type PiecesPerYear = Amount<Per<unit::Pieces, unit::Years>>;
/// How fast a yearly rate may itself grow in a year.
pub type PiecesPerYearPerYear = Amount<Per<Per<unit::Pieces, unit::Years>, unit::Years>>;
/// Units of an input per unit of what is made from it.
pub type PiecesPerPiece = Amount<Per<unit::Pieces, unit::Pieces>>;
/// Money per unit of an item.
pub type PricePerPiece = Amount<Per<unit::Money, unit::Pieces>>;
/// Money per unit of an item and year kept in store.
pub type PricePerPieceYear = Amount<Per<Per<unit::Money, unit::Pieces>, unit::Years>>;
/// Money per year: a fund's yearly amount.
pub type MoneyPerYear = Amount<Per<unit::Money, unit::Years>>;
/// Tonnes per unit of an item.
pub type TonnesPerPiece = Amount<Per<unit::Tonnes, unit::Pieces>>;
/// Tonnes per year: the throughput of a hub.
pub type TonnesPerYear = Amount<Per<unit::Tonnes, unit::Years>>;
/// A rate of growth, interest or inflation: a share per year.
pub type SharePerYear = Amount<Per<unit::One, unit::Years>>;

impl<U> Amount<U> {
    /// Nothing of it.
    pub const ZERO: Self = Self::new(0.0);

    /// So many `U`.
    pub const fn new(value: f64) -> Self {
        Self(value, PhantomData)
    }

    /// The bare number; where units end.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// The larger of two amounts.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self::new(self.0.max(other.0))
    }

    /// The smaller of two amounts.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self::new(self.0.min(other.0))
    }
}

/// Units of mass by name, and how many tonnes one is.
pub(crate) const MASSES: [(&str, f64); 4] =
    [("t", 1.0), ("kt", 1_000.0), ("kg", 0.001), ("g", 0.000_001)];

/// So many pieces a year.
pub fn per_year(pieces: f64) -> PiecesPerYear {
    PiecesPerYear::new(pieces)
}

/// So many months.
pub fn months(number: f64) -> Months {
    Months::new(number)
}

/// So much money for each piece.
pub fn per_piece(money: f64) -> PricePerPiece {
    PricePerPiece::new(money)
}

impl<U> Clone for Amount<U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<U> Copy for Amount<U> {}

impl<U> Default for Amount<U> {
    fn default() -> Self {
        Self::ZERO
    }
}

impl<U> PartialEq for Amount<U> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<U> PartialOrd for Amount<U> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<U> fmt::Debug for Amount<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<U> fmt::Display for Amount<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<U> Add for Amount<U> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.0 + other.0)
    }
}

impl<U> AddAssign for Amount<U> {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl<U> Sub for Amount<U> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.0 - other.0)
    }
}

impl<U> Neg for Amount<U> {
    type Output = Self;
    fn neg(self) -> Self {
        Self::new(-self.0)
    }
}

impl<U> Mul<f64> for Amount<U> {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.0 * factor)
    }
}

impl<U> Sum for Amount<U> {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<N, D> Div<Amount<D>> for Amount<N> {
    type Output = Amount<Per<N, D>>;
    fn div(self, by: Amount<D>) -> Self::Output {
        Amount::new(self.0 / by.0)
    }
}

impl<N, D> Mul<Amount<D>> for Amount<Per<N, D>> {
    type Output = Amount<N>;
    fn mul(self, of: Amount<D>) -> Self::Output {
        Amount::new(self.0 * of.0)
    }
}

impl From<Years> for Months {
    fn from(years: Years) -> Self {
        Self::new(years.value() * 12.0)
    }
}

impl From<Months> for Years {
    fn from(months: Months) -> Self {
        Self::new(months.value() / 12.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_times_its_time_is_a_quantity() {
        let made: Pieces = per_year(350_000.0) * Years::from(months(3.0));
        assert_eq!(made, Pieces::new(87_500.0));
    }

    #[test]
    fn amounts_of_one_unit_add_up() {
        let total: Money = [1.0, 2.5, -0.5].into_iter().map(Money::new).sum();
        assert_eq!(total, Money::new(3.0));
        assert_eq!(total - Money::new(1.0), -Money::new(-2.0));
        assert_eq!(total.max(Money::new(4.0)), Money::new(4.0));
    }
}
