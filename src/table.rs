//! Tables: what a plan or an analysis says in rows and columns, as typed cells that every report shows in its own way.
//!
//! There is one type for all of them, in three states. As it is [made](Table::new), the kind of a cell says what a
//! number is: text, Markdown and the page round it by that. [`Table::measured`] says the unit of each column, for a
//! spreadsheet; [`Table::tidy`] has one row an observation and plain names, for statistics. All but text keep every
//! digit.

mod cell;
mod measured;
pub(crate) mod number;
mod tidy;

pub use cell::Cell;

use std::borrow::Cow;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Holds {
    /// Words.
    Words,
    /// Numbers that say themselves what they are, by the kind of their [`Cell`].
    Numbers,
    /// Numbers in this unit. `unit` means: what the column `unit` of the same row says. Empty: there is none.
    In(Cow<'static, str>),
    /// Whole numbers in this unit, such as `year` or `number`; it may be empty.
    Whole(Cow<'static, str>),
}

/// A column of a table.
///
/// ```
/// use sinews::table::{Column, Holds};
///
/// let made = Column::new("made", Holds::In("round".into()));
/// assert_eq!(made.heading(), "made (round)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Column {
    /// Its heading.
    pub name: Cow<'static, str>,
    /// Words, or numbers and their unit.
    pub holds: Holds,
    /// What it holds, in a sentence; may be empty.
    pub about: Cow<'static, str>,
    /// Of columns that hold one variable at each value of another, such as a year each: the name of that other.
    pub across: Option<Cow<'static, str>>,
    /// Its name in a tidy table, where that does not follow from its heading.
    pub plain: Option<Cow<'static, str>>,
}

impl Column {
    /// A column with a heading.
    pub fn new(name: impl Into<Cow<'static, str>>, holds: Holds) -> Self {
        Self {
            name: name.into(),
            holds,
            about: "".into(),
            across: None,
            plain: None,
        }
    }

    /// The unit of its numbers; `text` for words. `unit` means: what the column `unit` says. Empty: none, or none yet.
    pub fn unit(&self) -> &str {
        match &self.holds {
            Holds::Words => "text",
            Holds::Numbers => "",
            Holds::In(unit) | Holds::Whole(unit) => unit,
        }
    }

    /// Whether it holds numbers.
    pub fn is_number(&self) -> bool {
        self.holds != Holds::Words
    }

    /// Whether its numbers have a unit: counts and ranks have none.
    pub fn is_measured(&self) -> bool {
        self.is_number() && !["", "number"].contains(&self.unit())
    }

    /// Its name with its unit in brackets, if it has one.
    pub fn heading(&self) -> String {
        if self.is_measured() {
            format!("{} ({})", self.name, self.unit())
        } else {
            self.name.clone().into_owned()
        }
    }
}

/// A table with a heading, a line that says what its numbers are, and rows of cells.
///
/// ```
/// use sinews::table::{Cell, Table};
///
/// let mut table = Table::new("made", "Output", "In rounds.", &["line"]).columns(["2026"]);
/// table.rows.push(vec![Cell::Text("plant".into()), Cell::Pieces(40_000.0)]);
/// assert_eq!(table.columns[1].heading(), "2026");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Table {
    /// Its key: the name of its file, and its key in JSON.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// What the numbers are, with their units.
    pub note: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The cells, row by row, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// The column of shares that a terminal draws as bars, if there is one.
    pub bars: Option<usize>,
    /// The numbers of rows of which there is nothing to say: printed text may count them instead.
    pub quiet: Vec<usize>,
    /// What is so of these rows, in words that go on from their number: `are met in full`.
    pub quiet_words: Cow<'static, str>,
}

impl Table {
    /// A table without rows, with columns of words.
    pub fn new(
        key: impl Into<String>,
        title: impl Into<String>,
        note: impl Into<String>,
        words: &[&str],
    ) -> Self {
        let words = words.iter().map(|&word| word.to_owned());
        Self {
            key: key.into(),
            title: title.into(),
            note: note.into(),
            columns: words.map(|word| Column::new(word, Holds::Words)).collect(),
            ..Self::default()
        }
    }

    /// The table with more columns, of numbers.
    #[must_use]
    pub fn columns<S: Into<String>>(mut self, heads: impl IntoIterator<Item = S>) -> Self {
        let heads = heads.into_iter().map(Into::into);
        self.columns
            .extend(heads.map(|head: String| Column::new(head, Holds::Numbers)));
        self
    }

    /// The table with more columns of numbers, which hold one variable at each value of another: a year or a
    /// scenario to a column. In a tidy table the other is a column of its own, called so.
    #[must_use]
    pub fn across<S: Into<String>>(
        mut self,
        dimension: &'static str,
        heads: impl IntoIterator<Item = S>,
    ) -> Self {
        let first = self.columns.len();
        self = self.columns(heads);
        for column in &mut self.columns[first..] {
            column.across = Some(dimension.into());
        }
        self
    }

    /// The table with the unit of its columns of a heading, which neither the kind of its cells nor a column `unit` tells:
    /// `years`.
    #[must_use]
    pub fn unit(mut self, head: &str, unit: &str) -> Self {
        self.named(head, |own| {
            own.holds = Holds::In(unit.to_owned().into());
        });
        self
    }

    /// The table with the name that its column of a heading has in a tidy table.
    #[must_use]
    pub fn plain(mut self, head: &str, name: &'static str) -> Self {
        self.named(head, |own| own.plain = Some(name.into()));
        self
    }

    fn named(&mut self, head: &str, change: impl Fn(&mut Column)) {
        let own = self.columns.iter_mut().filter(|own| own.name == head);
        own.for_each(change);
    }

    /// The table with what is so of rows of which there is nothing to say.
    #[must_use]
    pub fn quiet(mut self, words: &'static str) -> Self {
        self.quiet_words = words.into();
        self
    }

    /// What one row of it is, in one text.
    pub fn about(&self) -> String {
        if self.note.is_empty() {
            return self.title.clone();
        }
        format!("{}. {}", self.title, self.note)
    }

    /// The headings.
    pub fn head(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_ref())
    }

    /// The number of the first column of numbers, before which all hold words.
    pub fn words(&self) -> usize {
        let first = self.columns.iter().position(Column::is_number);
        first.unwrap_or(self.columns.len())
    }

    /// Add a row. Where a cell holds no finite number there is none: the cell is empty.
    ///
    /// # Panics
    /// In debug builds, if it is not as long as there are columns.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row of `{}`", self.key);
        let finite = |cell: Cell| match cell.number() {
            Some(number) if !number.is_finite() => Cell::Empty,
            _ => cell,
        };
        self.rows.push(row.into_iter().map(finite).collect());
    }

    /// Add a row of which there may be nothing to say.
    pub fn push_quiet(&mut self, row: Vec<Cell>, quiet: bool) {
        self.quiet.extend(quiet.then_some(self.rows.len()));
        self.push(row);
    }
}
