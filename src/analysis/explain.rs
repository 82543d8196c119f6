//! Where does one number come from? Its parts, the rows that hold it, the terms of its dual equation, and
//! the figures and facts behind them.
//!
//! A number is named as reports name it: `requirement.KEY.YEAR` is what is missing, `line.KEY.YEAR` what a
//! line makes, `supplier.KEY.YEAR` what a supplier delivers, `fund.KEY.YEAR` what a fund spends, each from when
//! decisions are free without one; `holder.KEY.stock.ITEM.YEAR` is what is in store at a year's end,
//! `gift.KEY.GIVER.ITEM.YEAR` what a holder gives, `line.KEY.expansion.KEY` how much of an expansion is taken.
//! A row by its name in program files (`--format lp`), such as `price.capacity.powder-mill.2026Q1`, is its
//! price, a column, such as `column.make.filling.round.ua.2026Q1`, its value.
//! Of what is missing it also says what that waits for, down to the figures that would ease it: a supplier's rate, a
//! line's capacity. `docs/analyses/explain.md` has the mathematics and its limits.

mod every;
mod number;
mod subject;
mod sums;
mod tables;
mod writer;

pub use every::explanations;

use super::Trouble;
use super::bottleneck::waits_of;
use super::equation::Matrix;
use crate::document::Vary;
use crate::solve::{Options, solve};
use number::Subject;
use writer::{Writer, stage};

/// One number and what is behind it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Explanation {
    /// The number in words.
    pub words: String,
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// What adds up to it.
    pub parts: Vec<Part>,
    /// The same number of each year in which there is one. They add up to it, but for a level, of which it is the mean,
    /// and for what waits, of which it is what waits last.
    pub years: Vec<(i32, f64)>,
    /// The limits with a price that its parts stand in, the weightiest first.
    pub limits: Vec<Hold>,
    /// The dual equation of its largest part; of a price, the terms that sum to it.
    pub equation: Vec<Term>,
    /// What the equation is about, in words.
    pub about: String,
    /// Of what is missing: what it waits for, from when decisions are free, the weightiest first.
    pub waits_for: Vec<Wait>,
    /// The figures behind it.
    pub figures: Vec<Figure>,
}

/// A part of a number.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Part {
    /// What it is, as program files name it.
    pub name: String,
    /// The calendar year in which it falls. `None`: in none.
    pub year: Option<i32>,
    /// What it adds, in the unit of the number: of a level its share of the mean, of what waits what waits last.
    pub value: f64,
}

/// A limit that holds a number where it is.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Hold {
    /// The limit in words.
    pub words: String,
    /// What one more unit of it is worth, or the last unit of it costs, in the base currency.
    pub price: f64,
    /// The price times what the parts take of the limit, in the base currency.
    pub weight: f64,
}

/// A term of a dual equation.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Term {
    /// What it is, in words.
    pub words: String,
    /// The price of a row, in the base currency per unit of the row. `None`: no row's.
    pub price: Option<f64>,
    /// How many units of the row one unit takes (more than zero) or brings.
    pub factor: Option<f64>,
    /// Price times factor, in the base currency per unit.
    pub value: f64,
}

/// What a number waits for.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Wait {
    /// It in words.
    pub words: String,
    /// The share of what is missing that waits for it.
    pub share: f64,
    /// The figures that would ease it.
    pub figures: Vec<Figure>,
}

/// A figure of the document and what it rests on.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Figure {
    /// Where it stands: the keys.
    pub place: String,
    /// File and line.
    pub position: Option<String>,
    /// Its value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The fact it cites, with its source, or the note on why it is assumed.
    pub basis: String,
}

/// Explain one number of the plan of a document.
///
/// # Errors
/// A fault of the document, no plan, or a number that is not there.
///
/// ```
/// # use sinews::{analysis::explain::explain, document::Document};
/// let document = Document::open("models/tiny.toml")?;
/// let found = explain(&document, "requirement.shells.2026", &Default::default())?;
/// assert_eq!(found.value.round(), 20_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(document: &dyn Vary, what: &str, options: &Options) -> Result<Explanation, Trouble> {
    let model = document.model()?;
    let solution = solve(&model, options)?;
    let subject = Subject::of(&model, &solution, what)?;
    let matrix = Matrix::of(&solution, stage(&solution, &subject));
    let prices = matrix.prices(&solution);
    let writer = Writer {
        m: &model,
        solution: &solution,
        matrix: &matrix,
        prices: &prices,
    };
    let wanted: Vec<_> = subject.requirement.into_iter().collect();
    let waits = waits_of(&model, &solution, (&matrix, &prices), &wanted);
    let waits = waits.first().map_or(&[][..], Vec::as_slice);
    Ok(writer.explanation(document, subject, waits))
}
