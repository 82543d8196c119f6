//! What may stand in a table.

use super::number::{is_whole, millions, pieces, price, quantity, share};
use crate::calendar::{Calendar, Month};
use crate::ids::PeriodId;
use std::fmt;

/// A value in a table.
///
/// ```
/// use sinews::table::Cell;
///
/// assert_eq!(Cell::counted(40_000.0, "round"), Cell::Pieces(40_000.0));
/// assert_eq!(Cell::counted(6.5, "t"), Cell::Quantity(6.5));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Cell {
    /// Nothing: there is no such value.
    Empty,
    /// Words.
    Text(String),
    /// Words that lead somewhere. Only `http` and `https` addresses become links.
    Link {
        /// What is shown.
        text: String,
        /// The address.
        address: String,
    },
    /// A quantity, in the unit of its row or column.
    Quantity(f64),
    /// A quantity of what comes in whole pieces, and is shown so.
    Pieces(f64),
    /// A quantity, shown to so many decimals: where its neighbours differ from it by less than three digits say.
    Decimals(f64, usize),
    /// A share, shown in percent.
    Share(f64),
    /// Money in the base currency, shown in millions.
    Money(f64),
    /// A price in the base currency per unit.
    Price(f64),
    /// A whole number, such as a year or a count.
    Whole(i64),
    /// The first month of a period.
    Date(Month),
    /// A value that is read in words of its own: the period `2027Q1`, the date `not by the end`, which is none.
    Shown(Box<Cell>, String),
}

impl Cell {
    /// A quantity of a unit: what comes in pieces is shown in whole numbers.
    pub fn counted(value: f64, unit: &str) -> Self {
        if is_whole(unit) {
            Self::Pieces(value)
        } else {
            Self::Quantity(value)
        }
    }

    /// A period of a calendar, read as its label.
    pub fn period(calendar: &Calendar, t: PeriodId) -> Self {
        Self::Date(calendar.first_month(t)).shown(calendar.label(t))
    }

    /// The same value, read in words of its own.
    #[must_use]
    pub fn shown(self, words: impl Into<String>) -> Self {
        Self::Shown(Box::new(self), words.into())
    }

    /// The value without words of its own.
    pub fn bare(&self) -> &Self {
        match self {
            Self::Shown(value, _) => value.bare(),
            other => other,
        }
    }

    /// The value in full, for machines: every digit of a number, the first day of a period, nothing where it is
    /// empty.
    pub fn in_full(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Date(month) => format!("{month}-01"),
            Self::Whole(number) => number.to_string(),
            other => match other.number() {
                // Minus zero is zero.
                Some(number) => (number + 0.0).to_string(),
                None => other.to_string(),
            },
        }
    }

    /// The number of the cell, if it holds one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Empty | Self::Text(_) | Self::Link { .. } | Self::Date(_) => None,
            Self::Quantity(number)
            | Self::Pieces(number)
            | Self::Decimals(number, _)
            | Self::Share(number)
            | Self::Money(number)
            | Self::Price(number) => Some(*number),
            #[expect(clippy::cast_precision_loss, reason = "a year or a count")]
            Self::Whole(number) => Some(*number as f64),
            Self::Shown(value, _) => value.number(),
        }
    }
}

/// The cell as people read it.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("–"),
            Self::Text(text) | Self::Link { text, .. } | Self::Shown(_, text) => f.write_str(text),
            Self::Quantity(number) => f.write_str(&quantity(*number)),
            Self::Pieces(number) => f.write_str(&pieces(*number)),
            Self::Decimals(number, decimals) => write!(f, "{number:.decimals$}"),
            Self::Price(number) => f.write_str(&price(*number)),
            Self::Share(number) => f.write_str(&share(*number)),
            Self::Money(number) => f.write_str(&millions(*number)),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Date(month) => write!(f, "{month}"),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Quantity(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
