//! Sections, and the charts in them.

use super::table::drawn;
use super::{Bars, Curve, Flow, Gantt, Heat, Lines, Map, Table, Tornado, Tree};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A part of a page: a heading, some sentences, charts and tables.
///
/// ```
/// use sinews::report::page::{Chart, Lines, Mark, Picture, Section, Series};
///
/// let stock = Series::of("Ukraine", Mark::Area, [30_000.0, 12_000.0]);
/// let lines = Lines {
///     steps: vec!["2026".into(), "2027".into()],
///     series: vec![stock],
///     ..Lines::default()
/// };
/// let chart = Chart::new("Stocks", "At the end of each year.", "round").view("all", Picture::Lines(lines));
/// let section = Section::new("In store").say("What is left.").chart(chart);
/// assert_eq!(section.id(), "in-store");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Paragraphs under the heading.
    pub text: Vec<String>,
    /// Its charts.
    pub charts: Vec<Chart>,
    /// Its tables, after the charts: quantities as numbers, all other cells as they are read.
    #[serde(serialize_with = "drawn")]
    pub tables: Vec<Table>,
    /// What its rows are about: by the name of a row or category, what [`explain`](crate::analysis::explain) calls it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub explained: BTreeMap<String, String>,
    /// Whether it is printed, where a page is printed in short.
    pub printed: bool,
}

/// A chart, of which one view is shown at a time.
///
/// ```
/// use sinews::report::page::{Bars, Chart, Mark, Picture, Series};
///
/// let bars = Bars {
///     categories: vec!["Germany".into(), "Spain".into()],
///     series: vec![Series::of("rounds", Mark::Bar, [250_000.0, 333_000.0])],
///     ..Bars::default()
/// };
/// let chart = Chart::new("Capacity", "A year.", "round").view("all", Picture::Bars(bars));
/// assert_eq!(chart.views.len(), 1);
/// ```
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
    /// Places, and what goes from one to another.
    Map(Map),
    /// Tasks on a time line: a Gantt chart.
    Gantt(Gantt),
    /// What an outcome does when one input at a time moves between its ends.
    Tornado(Tornado),
    /// Causes and their causes.
    Tree(Tree),
    /// A piecewise-linear curve with a marker to move along it.
    Curve(Curve),
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

    /// What rows of some names are about, as [`explain`](crate::analysis::explain) calls it. Of two that are called the
    /// same nothing is said.
    #[must_use]
    pub fn explains(mut self, names: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut twice = BTreeSet::new();
        for (name, about) in names {
            if self
                .explained
                .get(&name)
                .is_some_and(|known| *known != about)
            {
                twice.insert(name);
            } else {
                self.explained.insert(name, about);
            }
        }
        self.explained.retain(|name, _| !twice.contains(name));
        self
    }

    /// The same section, printed where a page is printed in short.
    #[must_use]
    pub fn in_print(mut self) -> Self {
        self.printed = true;
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

/// A heading in small letters and hyphens; letters of any alphabet stay.
pub(in crate::report) fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_anchors() {
        assert_eq!(slug("What falls short?"), "what-falls-short");
        assert_eq!(slug("Снаряди та 155 мм"), "снаряди-та-155-мм");
    }
}
