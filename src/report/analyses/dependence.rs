//! On whom a plan depends.

use super::super::number::share;
use super::super::page::{Chart, Mark, Series};
use super::drawing::{BARS, across, lines, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::dependence::{Capped, Dependence};
use crate::model::Model;

impl Illustrated for Dependence {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let mut charts = vec![("cost", self.origin_chart())];
        if !self.sweep.is_empty() {
            charts.push(("sweep", self.less_chart()));
        }
        charts
    }
}

impl Dependence {
    /// Where the cost of what each holder gets comes from.
    fn origin_chart(&self) -> Chart {
        let m = &self.model;
        let chart = Chart::new(
            "Where the value of new goods comes from",
            "What new goods cost through the bill of materials, by country; over the whole calendar.",
            format!("M {} of the day", m.money.base()),
        );
        self.cost.iter().fold(chart, |chart, (holder, cost)| {
            let mut origins: Vec<_> = cost
                .iter()
                .map(|(&region, &value)| (region, value))
                .collect();
            origins.retain(|(_, value)| *value > 0.0);
            origins.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            origins.truncate(BARS);
            if origins.is_empty() {
                return chart;
            }
            let whole: f64 = cost.values().sum();
            let names = origins.iter().map(|(region, _)| {
                region.map_or_else(
                    || "no country stated".into(),
                    |region| m.regions[region].name.clone(),
                )
            });
            let details = origins.iter().map(|(_, value)| share(value / whole));
            let bars = vec![series(
                "cost",
                origins.iter().map(|(_, value)| millions(*value)),
            )];
            let picture = across(names.collect(), details.collect(), bars);
            chart.view(m.holders[*holder].name.clone(), picture)
        })
    }

    /// What it costs to depend less.
    fn less_chart(&self) -> Chart {
        let unit = format!("M {}", self.model.money.base());
        let steps = self.sweep.iter().map(|step| share(step.left));
        let steps: Vec<String> = steps.collect();
        let line = |name: &str, of: fn(&Capped) -> f64| {
            let values = self.sweep.iter().map(|step| step.plan.as_ref().map(of));
            let values: Vec<_> = values.collect();
            lines(steps.clone(), vec![Series::new(name, Mark::Line, values)])
        };
        let chart = Chart::new(
            "Depending less, step by step",
            "Along the bottom: how much of the money that goes there in the plan may still go there. A gap: no plan keeps the cap.",
            unit.clone(),
        );
        chart
            .view_in(
                "",
                "Coverage, by value",
                "%",
                line("coverage", |p| p.coverage),
            )
            .view_in(
                "",
                "What the plan is worse by",
                unit,
                line("worse by", |p| millions(p.worse)),
            )
    }
}
