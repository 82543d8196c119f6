//! What a page is made of: sections with charts and tables, plain data without any drawing.
//!
//! The page of a plan is a list of [`Section`]s, and so is what an analysis adds to it
//! ([`html_with`](super::html_with)): fill a section, hand it over, and the page gives it a place in the
//! contents, a table behind each chart, and downloads.
//!
//! ```
//! use sinews::report::page::{Bar, Chart, Picture, Section, Tornado};
//!
//! let bars = vec![Bar::new("price of a round", 41.0, 58.0)];
//! let tornado = Tornado { base: 50.0, bars };
//! let chart = Chart::new("What moves the cost", "Cost of the plan", "bn EUR of 2026")
//!     .view("", Picture::Tornado(tornado));
//! let section = Section::new("Sensitivity").say("One input at a time.").chart(chart);
//! assert_eq!(section.id(), "sensitivity");
//! ```
//!
//! A unit of `%` means shares, shown in percent.

use serde::{Serialize, Serializer};

/// A part of a page: a heading, some sentences, charts and tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Paragraphs under the heading.
    pub text: Vec<String>,
    /// Its charts.
    pub charts: Vec<Chart>,
    /// Its tables, after the charts.
    pub tables: Vec<Table>,
}

/// A chart, of which one view is shown at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// Its heading.
    pub title: String,
    /// What the numbers are.
    pub note: String,
    /// The unit of its numbers, with the price year if it is money; `%` for shares.
    pub unit: String,
    /// What can be shown; with several, a reader picks one.
    pub views: Vec<View>,
}

/// One of the pictures of a chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// The heading it is listed under among the views; may be empty.
    pub group: String,
    /// What it is called among the views.
    pub name: String,
    /// Its own unit, if it is not that of the chart.
    pub unit: Option<String>,
    /// What is drawn.
    #[serde(flatten)]
    pub picture: Picture,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Picture {
    /// A grid of shares, each a shade.
    Heat(Heat),
    /// Values over time or other steps: lines, areas, steps, bars, and bands behind them.
    Lines(Lines),
    /// Bars by category.
    Bars(Bars),
    /// Flows between nodes: a Sankey diagram.
    Flow(Flow),
    /// Tasks on a time line: a Gantt chart.
    Gantt(Gantt),
    /// What an outcome does when one input at a time moves between its ends.
    Tornado(Tornado),
    /// Causes and their causes.
    Tree(Tree),
    /// A piecewise-linear curve with a marker to move along it.
    Curve(Curve),
}

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

/// Flows between nodes. Links run from earlier nodes to later ones, never in a circle.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Flow {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The flows.
    pub links: Vec<Link>,
    /// Whether what passes a node adds up to something that can be said.
    pub totals: bool,
}

/// A node of a flow.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What kind it is: nodes of a kind share a colour.
    pub group: String,
}

/// A flow from one node to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Link {
    /// The position of the node it leaves.
    pub from: usize,
    /// The position of the node it reaches.
    pub to: usize,
    /// How wide it is, in the unit of the chart.
    #[serde(serialize_with = "short")]
    pub value: f64,
    /// How much it is in its own unit.
    pub detail: String,
}

/// Tasks on a time line.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Gantt {
    /// The periods, by name.
    pub periods: Vec<String>,
    /// The tasks, first at the top.
    pub tasks: Vec<Task>,
}

/// A task: it starts, is ready, and stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Task {
    /// What it is called.
    pub name: String,
    /// The position of the period in which it starts.
    pub start: usize,
    /// The position of the period in which it is ready; past the last one if it is ready later.
    pub ready: usize,
    /// How much of it is done, between 0 and 1.
    #[serde(serialize_with = "short")]
    pub share: f64,
    /// What it brings and costs.
    pub detail: String,
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

/// Causes and their causes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tree {
    /// Where it begins: what is to be explained.
    pub root: Branch,
}

/// A node of a tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Branch {
    /// What it is.
    pub name: String,
    /// How much it weighs, in the unit of the chart.
    #[serde(serialize_with = "short_or_none")]
    pub value: Option<f64>,
    /// A sentence more on it.
    pub detail: String,
    /// What lies behind it.
    pub children: Vec<Branch>,
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

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Its heading.
    pub title: String,
    /// The heading of each column, with its unit.
    pub head: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Words that lead somewhere. Only `http` and `https` addresses become links.
    Link {
        /// What is shown.
        text: String,
        /// The address.
        address: String,
    },
}

impl Section {
    /// A section with nothing in it.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// One more paragraph.
    #[must_use]
    pub fn say(mut self, text: impl Into<String>) -> Self {
        self.text.push(text.into());
        self
    }

    /// One more chart; a chart without a view is left out.
    #[must_use]
    pub fn chart(mut self, chart: Chart) -> Self {
        if !chart.views.is_empty() {
            self.charts.push(chart);
        }
        self
    }

    /// One more table; a table without a row is left out.
    #[must_use]
    pub fn table(mut self, table: Table) -> Self {
        if !table.rows.is_empty() {
            self.tables.push(table);
        }
        self
    }

    /// Whether it has neither words, nor charts, nor tables.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.charts.is_empty() && self.tables.is_empty()
    }

    /// Its anchor on the page: its heading in small letters and hyphens.
    pub fn id(&self) -> String {
        slug(&self.title)
    }
}

impl Chart {
    /// A chart without a view yet.
    pub fn new(title: impl Into<String>, note: impl Into<String>, unit: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            note: note.into(),
            unit: unit.into(),
            views: Vec::new(),
        }
    }

    /// One more view.
    #[must_use]
    pub fn view(mut self, name: impl Into<String>, picture: Picture) -> Self {
        self.views.push(View {
            group: String::new(),
            name: name.into(),
            unit: None,
            picture,
        });
        self
    }

    /// One more view, in a group of views and with a unit of its own.
    #[must_use]
    pub fn view_in(
        mut self,
        group: impl Into<String>,
        name: impl Into<String>,
        unit: impl Into<String>,
        picture: Picture,
    ) -> Self {
        self.views.push(View {
            group: group.into(),
            name: name.into(),
            unit: Some(unit.into()),
            picture,
        });
        self
    }
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

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, head: &[&str]) -> Self {
        Self {
            title: title.into(),
            head: head.iter().map(|&head| head.to_owned()).collect(),
            rows: Vec::new(),
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
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl Serialize for Cell {
    /// Words as a text, a number as a number, a link as a pair; an address that is not one of the
    /// web is left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => short(value, serializer),
            Self::Link { text, address } if is_web(address) => {
                [text, address].serialize(serializer)
            }
            Self::Text(text) | Self::Link { text, .. } => text.serialize(serializer),
        }
    }
}

/// Whether an address may become a link.
pub(super) fn is_web(address: &str) -> bool {
    let begins = |with: &str| {
        let start = address.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    (begins("https://") || begins("http://")) && address.chars().all(plain)
}

/// A heading in small letters and hyphens; letters of any alphabet stay.
pub(super) fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    words.join("-")
}

/// A number of six digits: what a chart can show, without the solver's noise.
fn six_digits(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    format!("{value:.5e}").parse().unwrap_or(value)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn short<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let value = six_digits(*value);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number"
    )]
    if value.fract() == 0.0 && value.abs() < 1e15 {
        serializer.serialize_i64(value as i64)
    } else {
        serializer.serialize_f64(value)
    }
}

struct Short(f64);

impl Serialize for Short {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        short(&self.0, serializer)
    }
}

#[expect(clippy::ref_option, reason = "serde asks for a reference")]
fn short_or_none<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(Short).serialize(serializer)
}

fn short_list<S: Serializer>(values: &[Option<f64>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(|value| value.map(Short)))
}

fn short_numbers<S: Serializer>(values: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(|&value| Short(value)))
}

fn short_grid<S: Serializer>(
    values: &[Vec<Option<f64>>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let rows = values.iter();
    serializer
        .collect_seq(rows.map(|row| row.iter().map(|cell| cell.map(Short)).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(is_web("https://example.org/a?b=c#d") && is_web("HTTP://example.org"));
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "",
            "https:/x",
            "http://a b",
            " https://a",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }

    #[test]
    fn numbers_are_short() {
        let json = |value| serde_json::to_string(&Short(value)).unwrap();
        assert_eq!(json(1_234_567.0), "1234570");
        assert_eq!(json(0.1 + 0.2), "0.3");
        assert_eq!(json(f64::NAN), "0");
        assert_eq!(json(-0.0), "0");
    }

    #[test]
    fn headings_become_anchors() {
        assert_eq!(slug("What falls short?"), "what-falls-short");
        assert_eq!(slug("Снаряди та 155 мм"), "снаряди-та-155-мм");
    }
}
