//! Scenarios side by side: the page that compares plans, and what the scenarios change.

use super::super::html::{self, Case};
use super::super::page::Section;
use super::Illustrated;
use super::on_page::on_page;
use crate::analysis::Findings;
use crate::analysis::compare::Comparison;
use crate::model::Model;

impl Illustrated for Comparison {
    fn sections(&self, _: &Model) -> Vec<Section> {
        html::compared(&self.cases())
    }

    /// The plans side by side, each on its own behind a switch; then what the scenarios change.
    fn page(&self, model: &Model) -> String {
        let mut sections = html::compared(&self.cases());
        let more = self.tables().into_iter();
        let more = more.filter(|table| table.key == "inputs" || table.key == "supply");
        sections.extend(more.map(|table| {
            let section = Section::new(table.title.clone()).say(table.note.clone());
            section.table(on_page(&table, model.money.base()))
        }));
        html::comparison(&model.name, &self.cases(), sections)
    }
}

impl Comparison {
    fn cases(&self) -> Vec<Case<'_>> {
        let cases = self.scenarios.iter().map(|compared| Case {
            name: &compared.scenario.name,
            model: &compared.model,
            solution: &compared.solution,
        });
        cases.collect()
    }
}
