//! What analyses show on a page and in pictures: their tables, with charts where they say more.
//!
//! One analysis a file. Each of its tables becomes a section; a chart stands in the section of the table
//! whose numbers it draws.

mod alternatives;
mod bottleneck;
mod brief;
mod compare;
mod deadline;
mod dependence;
mod disruption;
mod drawing;
mod frontier;
mod funding;
mod futures;
mod investments;
mod monte_carlo;
mod on_page;
mod outlook;
mod rolling;
mod sensitivity;
mod sweep;

use super::html;
use super::page::{Chart, Section};
use crate::analysis::Findings;
use crate::analysis::explain::Explanation;
use crate::analysis::infeasible::Clashes;
use crate::model::Model;
use on_page::on_page;

/// A chart, and the key of the table whose section it stands in.
pub type Placed = (&'static str, Chart);

/// What an analysis found, to be looked at.
///
/// An analysis without charts of its own has a page of its tables: an empty `impl` will do.
///
/// ```
/// # use sinews::{analysis::{Work, investments::investments}, report::Illustrated};
/// let model = sinews::read("models/shells.toml")?;
/// let found = investments(&model, &[0.5, 1.0], &Default::default(), &Work::default())?;
/// let sections = found.sections(&model);
/// assert_eq!(sections[0].title, "Expansion options, the most valuable first");
/// assert_eq!(sections[0].charts.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Illustrated: Findings {
    /// Its charts for a model, each with the key of the table that it belongs to.
    fn charts(&self, _model: &Model) -> Vec<Placed> {
        Vec::new()
    }

    /// A section for each of its tables.
    fn sections(&self, model: &Model) -> Vec<Section> {
        let mut charts = self.charts(model);
        let sections = self.tables().into_iter().map(|table| {
            let (own, others) = charts.drain(..).partition(|(key, _)| *key == table.key);
            charts = others;
            let charts: Vec<Placed> = own;
            let mut section = Section::new(table.title.clone());
            if !table.note.is_empty() {
                section = section.say(table.note.clone());
            }
            let section = charts.into_iter().fold(section, |s, (_, c)| s.chart(c));
            section.table(on_page(&table, model.money.base()))
        });
        sections.collect()
    }

    /// Its page: one HTML file that needs nothing else.
    fn page(&self, model: &Model) -> String {
        html::analysis(model, &self.sections(model))
    }
}

impl Illustrated for Explanation {}
impl Illustrated for Clashes {}
