//! Tables: what an analysis found, as typed cells that every report can show in its own way.
//!
//! Text and Markdown round a cell by what it is; CSV and JSON keep every digit.

pub(crate) mod number;
pub(crate) mod plain;

/// A value in a table.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Cell {
    /// Nothing: there is no such value.
    Empty,
    /// Words.
    Text(String),
    /// A quantity, in the unit of its row or column.
    Quantity(f64),
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
}

impl Cell {
    /// The number of the cell, if it holds one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Empty | Self::Text(_) => None,
            Self::Quantity(number)
            | Self::Decimals(number, _)
            | Self::Share(number)
            | Self::Money(number)
            | Self::Price(number) => Some(*number),
            #[expect(clippy::cast_precision_loss, reason = "a year or a count")]
            Self::Whole(number) => Some(*number as f64),
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

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Whole(i64::from(number))
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// A table with a heading, a line that says what its numbers are, and rows of cells.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Table {
    /// Its key: the name of its file, and its key in JSON.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// What the numbers are, with their units.
    pub note: String,
    /// The heading of each column; columns of words come first.
    pub head: Vec<String>,
    /// How many columns hold words.
    pub words: usize,
    /// The units of columns that neither the kind of their cells nor a column `unit` tells, by heading.
    pub units: Vec<(String, String)>,
    /// The cells, row by row, each as long as the head.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows, with columns of words.
    pub fn new(
        key: &str,
        title: impl Into<String>,
        note: impl Into<String>,
        words: &[&str],
    ) -> Self {
        Self {
            key: key.to_owned(),
            title: title.into(),
            note: note.into(),
            head: words.iter().map(|&word| word.to_owned()).collect(),
            words: words.len(),
            units: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The table with the unit of one of its columns: `years`.
    #[must_use]
    pub fn unit(mut self, head: &str, unit: &str) -> Self {
        self.units.push((head.to_owned(), unit.to_owned()));
        self
    }

    /// The table with more columns, of numbers.
    #[must_use]
    pub fn columns<S: Into<String>>(mut self, heads: impl IntoIterator<Item = S>) -> Self {
        self.head.extend(heads.into_iter().map(Into::into));
        self
    }

    /// The unit that a column was given.
    pub fn unit_of(&self, head: &str) -> Option<&str> {
        let own = self.units.iter().find(|(own, _)| own == head);
        own.map(|(_, unit)| unit.as_str())
    }

    /// Add a row. Where a cell holds no finite number there is none: the cell is empty.
    ///
    /// # Panics
    /// In debug builds, if it is not as long as the head.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.head.len(), "a row of `{}`", self.key);
        let finite = |cell: Cell| match cell.number() {
            Some(number) if !number.is_finite() => Cell::Empty,
            _ => cell,
        };
        self.rows.push(row.into_iter().map(finite).collect());
    }
}
