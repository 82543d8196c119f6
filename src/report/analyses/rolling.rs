//! What it costs to plan year by year.

use super::super::page::{Chart, Mark, Scale, Series};
use super::drawing::{grid, lines};
use super::{Illustrated, Placed};
use crate::analysis::Findings;
use crate::analysis::measure::coverage_of_year;
use crate::analysis::rolling::Rolling;
use crate::model::Model;

impl Illustrated for Rolling {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let m = &self.model;
        let years = || m.calendar.years();
        let steps = years().map(|y| m.calendar.year_number(y).to_string());
        let plans = self.plans.iter().map(|plan| {
            let coverage = years().map(|y| coverage_of_year(m, &plan.solution, y));
            Series::new(plan.name.clone(), Mark::Line, coverage.collect::<Vec<_>>())
        });
        let by_year = Chart::new(
            "Coverage by year",
            "Share of what is required in a year that is met, by value.",
            "%",
        )
        .view("", lines(steps.collect(), plans.collect()));
        let by_requirement = Chart::new(
            "Coverage by requirement and way of planning",
            "Share of what is required over the whole calendar that is met.",
            "%",
        );
        let mut charts = vec![("summary", by_year)];
        if let Some(picture) = grid(&self.tables(), "coverage", Scale::Good) {
            charts.push(("coverage", by_requirement.view("", picture)));
        }
        charts
    }
}
