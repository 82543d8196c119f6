//! What may stand in a field: the one place from which the reader takes how it reads, the manual its words and the JSON
//! Schema its types.

use super::Spec;
use std::fmt;

/// What may stand in a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
    /// A figure, with its source.
    Figure(Measure, Over),
    /// A table of figures, by what its keys are.
    Figures(&'static str, Measure, Over),
    /// One table.
    Table(&'static Spec),
    /// Tables, by what their keys are.
    Tables(&'static str, &'static Spec),
    /// The name of one thing, or tables by the names of several.
    NameOrTables(&'static str, &'static Spec),
    /// A list of tables, in words.
    List(&'static str, &'static Spec),
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A list of some of a few words.
    Choices(&'static [&'static str]),
    /// A list of names: of what.
    Names(&'static str),
    /// One name, or a list of them.
    NameOrNames(&'static str),
    /// A table from patterns to what happens to the figures that they name.
    Changes(Measure),
    /// Tables of the whole model.
    Model,
    /// A text: what kind of one.
    Text(&'static str),
    /// A month.
    Month,
    /// A calendar year.
    Year,
    /// A whole number from 1 to 9.
    Rank,
    /// A plain number, which is no figure.
    Number,
    /// The code of a currency.
    Currency,
}

/// What a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Units of an item.
    Amount,
    /// Units of an item in a time.
    Rate,
    /// Units of an item in a time, or a share of what there could be.
    RateOrShare,
    /// How fast such a rate grows.
    RateGrowth,
    /// Units of one thing for one of another.
    PerUnit,
    /// What one unit weighs.
    Mass,
    /// Mass in a time.
    MassRate,
    /// Money, at the prices of a year.
    Money,
    /// Money of the day, in a year.
    MoneyRate,
    /// The same, or all of it without a time.
    Sum,
    /// Money for one unit.
    Price,
    /// Money for one unit kept a year.
    StoragePrice,
    /// Money for money.
    Exchange,
    /// A pure number of which no change makes more than 1.
    Share,
    /// A pure number, also written in per cent.
    Factor,
    /// A pure number that is a choice where it stands bare, and a figure else.
    Count,
    /// A rate of growth or interest.
    Growth,
    /// A span of time.
    Time,
    /// Whatever the figure around it measures.
    Any,
}

/// Whether a figure may change over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// One for all time.
    Never,
    /// Before its first step it is what it is there.
    Time,
    /// Before its first step there is nothing of it.
    TimeFromNothing,
}

impl Measure {
    fn words(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Rate => "amount/time",
            Self::RateOrShare => "amount/time or share",
            Self::RateGrowth => "amount/time/time",
            Self::PerUnit => "amount per unit",
            Self::Mass => "mass/unit",
            Self::MassRate => "mass/time",
            Self::Money => "money",
            Self::MoneyRate => "money/year",
            Self::Sum => "money/year or money",
            Self::Price => "money/unit",
            Self::StoragePrice => "money/unit/year",
            Self::Exchange => "rate",
            Self::Share => "share",
            Self::Factor => "factor",
            Self::Count => "number",
            Self::Growth => "%/year",
            Self::Time => "time",
            Self::Any => "figure with unit",
        }
    }
}

impl fmt::Display for Holds {
    /// As the manual says it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let over = |over: Over| match over {
            Over::Never => "",
            Over::Time | Over::TimeFromNothing => " over time",
        };
        match *self {
            Self::Figure(measure, time) => write!(f, "{}{}", measure.words(), over(time)),
            Self::Figures(by, measure, time) => {
                write!(f, "table: {by} = {}{}", measure.words(), over(time))
            }
            Self::Table(_) => f.write_str("table"),
            Self::Tables(by, _) => write!(f, "tables by {by}"),
            Self::NameOrTables(what, _) => write!(f, "{what}, or table: {what} = product table"),
            Self::Choice(words) => f.write_str(&quoted(words, "or")),
            Self::Choices(words) => write!(f, "list of {}", quoted(words, "and")),
            Self::List(what, _) | Self::Names(what) => write!(f, "list of {what}"),
            Self::NameOrNames(what) => write!(f, "{what}, or list of {what}s"),
            Self::Changes(measure) => write!(f, "table: pattern = {}", measure.words()),
            Self::Model => f.write_str("tables of the model"),
            Self::Text(what) => f.write_str(what),
            Self::Month => f.write_str("month"),
            Self::Year => f.write_str("year"),
            Self::Rank => f.write_str("1 to 9"),
            Self::Number => f.write_str("number"),
            Self::Currency => f.write_str("currency code"),
        }
    }
}

/// Words in backticks, as a list in prose.
fn quoted(words: &[&str], last: &str) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    in_words(&words, last)
}

/// A list in prose: `a`, `b` or `c`, with the word before the last.
pub(crate) fn in_words(all: &[String], before_last: &str) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} {before_last} {last}", rest.join(", ")),
    }
}

impl Holds {
    /// One figure for all time.
    pub(crate) const fn figure(measure: Measure) -> Self {
        Self::Figure(measure, Over::Never)
    }

    /// A figure over time, which before its first step is what it is there.
    pub(crate) const fn over_time(measure: Measure) -> Self {
        Self::Figure(measure, Over::Time)
    }

    /// A figure over time, of which there is nothing before its first step.
    pub(crate) const fn from_nothing(measure: Measure) -> Self {
        Self::Figure(measure, Over::TimeFromNothing)
    }
}
