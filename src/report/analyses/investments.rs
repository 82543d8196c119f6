//! Which plant next.

use super::super::page::Chart;
use super::drawing::{BARS, across, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::investments::Investments;
use crate::model::Model;

impl Illustrated for Investments {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        let shown: Vec<_> = self.options.iter().take(BARS).collect();
        let names = shown.iter().map(|option| {
            let expansion = &m.expansions[option.expansion];
            format!("{}: {}", m.lines[expansion.line].name, expansion.name)
        });
        let from = shown.iter().map(|option| match option.from_budget {
            Some(times) => format!("built from {times} times the model's money on"),
            None => "built at none of the budgets tried".into(),
        });
        let bars = vec![
            series("value", shown.iter().map(|o| millions(o.value.max(0.0)))),
            series("cost", shown.iter().map(|o| millions(o.cost))),
        ];
        let chart = Chart::new(
            "What the options are worth, and what they cost",
            "Value: what the best plan is worse by without the option. Cost: of as much of it as the plan builds.",
            format!("M {}", self.currency),
        );
        let picture = across(names.collect(), from.collect(), bars);
        vec![("investments", chart.view("", picture))]
    }
}
