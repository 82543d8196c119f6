//! Planning before it is known which future comes.

use super::super::page::{Chart, Scale};
use super::drawing::{across, grid, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::Findings;
use crate::analysis::futures::Futures;
use crate::model::Model;

impl Illustrated for Futures {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let unit = format!("M {} of {}", self.money.0, self.money.1);
        let mut charts = vec![("summary", self.worth_chart(&unit))];
        let tables = self.tables();
        let coverage = Chart::new(
            "Coverage by requirement and future",
            "Share of what is required over the whole calendar that the plan for all futures meets.",
            "%",
        );
        if let Some(picture) = grid(&tables, "coverage", Scale::Good) {
            charts.push(("coverage", coverage.view("", picture)));
        }
        charts.push(("regret", self.regret_chart(&unit)));
        charts
    }
}

impl Futures {
    /// What each way of planning comes to, beyond what it would if the future were known.
    fn worth_chart(&self, unit: &str) -> Chart {
        let chart = Chart::new(
            "What it costs not to know which future comes",
            "By how much the expected value of shortfall and cost is higher than if it were known beforehand which future comes; less is better. A plan that some future does not let be kept to is left out.",
            unit,
        );
        let mut ways = vec![("plan for all futures".to_owned(), Some(self.together))];
        ways.push(("plan for mean figures".into(), self.mean_plan));
        for (n, future) in self.futures.iter().enumerate() {
            let name = format!("plan for {} alone", future.scenario.name);
            ways.push((name, self.planned_for(n)));
        }
        let known = ways.into_iter().filter_map(|(name, value)| {
            Some((name, millions((value? - self.wait_and_see).max(0.0))))
        });
        let (names, values): (Vec<String>, Vec<f64>) = known.unzip();
        let bars = vec![series("beyond what knowing would give", values)];
        chart.view("", across(names, Vec::new(), bars))
    }

    fn regret_chart(&self, unit: &str) -> Chart {
        let chart = Chart::new(
            "What the plan for all futures costs in each",
            "Regret: what it costs in a future that it was not known beforehand.",
            unit,
        );
        let names = self.futures.iter().map(|f| f.scenario.name.clone());
        let regret = self.futures.iter().map(|f| millions(f.regret().max(0.0)));
        let bars = vec![series("regret", regret)];
        chart.view("", across(names.collect(), Vec::new(), bars))
    }
}
