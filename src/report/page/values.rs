//! Numbers by step, by category, by place in a grid or along a curve.

use super::number::{short, short_grid, short_list, short_numbers, short_or_none};
use serde::Serialize;

/// A grid of numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Heat {
    /// What the rows are.
    pub rows: Vec<String>,
    /// What the columns are.
    pub columns: Vec<String>,
    /// The cells, row by row; `None` where there is nothing to say.
    #[serde(serialize_with = "short_grid")]
    pub values: Vec<Vec<Option<f64>>>,
    /// What a high value means.
    pub scale: Scale,
}

/// What a high value of a grid means, for its colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Much, neither good nor bad.
    #[default]
    Plain,
    /// It is good.
    Good,
    /// It is bad.
    Bad,
}

/// Values by step.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Lines {
    /// The steps: periods, years.
    pub steps: Vec<String>,
    /// What is drawn by step.
    pub series: Vec<Series>,
    /// What lies behind the series, the widest first.
    pub bands: Vec<Band>,
}

/// A row of values.
///
/// ```
/// use sinews::report::page::{Mark, Series};
///
/// let met = Series::new("met", Mark::Step, [Some(0.5), None]);
/// assert!(met.has_something());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Series {
    /// What it is.
    pub name: String,
    /// Its values, one for each step or category.
    #[serde(serialize_with = "short_list")]
    pub values: Vec<Option<f64>>,
    /// How it is drawn; bars and tornados draw bars all the same.
    pub mark: Mark,
}

/// How a row of values is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// A line.
    #[default]
    Line,
    /// A line that keeps its value until the next step.
    Step,
    /// A dashed line that keeps its value: a floor, a target.
    Limit,
    /// An area, stacked on those before it.
    Area,
    /// A bar, stacked on those before it.
    Bar,
}

/// A band between two rows of values, such as quantiles.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Band {
    /// What it is: `80 % of draws`.
    pub name: String,
    /// Its lower end by step.
    #[serde(serialize_with = "short_numbers")]
    pub low: Vec<f64>,
    /// Its upper end by step.
    #[serde(serialize_with = "short_numbers")]
    pub high: Vec<f64>,
}

/// Bars by category.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bars {
    /// The categories, first at the top or on the left.
    pub categories: Vec<String>,
    /// A sentence more on each category; may be empty.
    pub details: Vec<String>,
    /// The bars of each category.
    pub series: Vec<Series>,
    /// Whether the bars of a category lie on one another rather than beside one another.
    pub stacked: bool,
    /// Whether they lie on their side, for long names.
    pub across: bool,
}

/// What an outcome does when one input at a time moves between its ends.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tornado {
    /// The outcome with every input at its best single value.
    #[serde(serialize_with = "short")]
    pub base: f64,
    /// The inputs, the one that matters most first.
    pub bars: Vec<Bar>,
}

/// An input of a tornado.
///
/// ```
/// use sinews::report::page::Bar;
///
/// let mut bar = Bar::new("capacity of powder-mill", 1.2e6, 1.8e6);
/// bar.low_input = "4,000 t/year".into();
/// bar.high_input = "8,000 t/year".into();
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bar {
    /// The input.
    pub name: String,
    /// The outcome with the input at its lower end.
    #[serde(serialize_with = "short")]
    pub low: f64,
    /// The outcome with the input at its upper end.
    #[serde(serialize_with = "short")]
    pub high: f64,
    /// The lower end itself, with its unit.
    pub low_input: String,
    /// The upper end itself, with its unit.
    pub high_input: String,
}

/// A piecewise-linear curve: between its points it is straight.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Curve {
    /// What lies along it, with its unit; the unit of the chart is that of the height.
    pub across: String,
    /// What its height is.
    pub height: String,
    /// Its corners, from left to right.
    pub points: Vec<Point>,
    /// Where the marker stands at first, along the curve.
    #[serde(serialize_with = "short_or_none")]
    pub marker: Option<f64>,
}

/// A corner of a curve.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Point {
    /// How far along.
    #[serde(serialize_with = "short")]
    pub x: f64,
    /// How high.
    #[serde(serialize_with = "short")]
    pub y: f64,
    /// What holds from here to the next corner: the price of the piece, what limits it.
    pub detail: String,
}

impl Series {
    /// A row of values.
    pub fn new(name: impl Into<String>, mark: Mark, values: impl Into<Vec<Option<f64>>>) -> Self {
        Self {
            name: name.into(),
            values: values.into(),
            mark,
        }
    }

    /// A row of values of which none is missing.
    pub fn of(name: impl Into<String>, mark: Mark, values: impl IntoIterator<Item = f64>) -> Self {
        Self::new(name, mark, values.into_iter().map(Some).collect::<Vec<_>>())
    }

    /// Whether it has a value other than nothing.
    pub fn has_something(&self) -> bool {
        self.values.iter().flatten().any(|value| value.abs() > 1e-9)
    }
}

impl Bar {
    /// An input and the outcome at its two ends.
    pub fn new(name: impl Into<String>, low: f64, high: f64) -> Self {
        Self {
            name: name.into(),
            low,
            high,
            ..Self::default()
        }
    }
}
