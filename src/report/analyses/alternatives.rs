//! What good plans share.

use super::super::number::quantity;
use super::super::page::Chart;
use super::drawing::{BARS, across, series};
use super::{Illustrated, Placed};
use crate::analysis::alternatives::{Alternatives, Decision, Range};
use crate::model::Model;

impl Illustrated for Alternatives {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        let chart = Chart::new(
            "How much of each decision good plans take",
            "As a share of the most that any good plan takes of it. Where the least is above nothing, no good plan does without it.",
            "%",
        );
        let builds = |range: &Range| matches!(range.decision, Decision::Build(_));
        let views = [("What is built", true), ("What is ordered", false)];
        let chart = views.into_iter().fold(chart, |chart, (name, built)| {
            let taken = |range: &&Range| builds(range) == built && range.most > 1e-6;
            let mut ranges: Vec<_> = self.decisions.iter().filter(taken).collect();
            // First what all good plans share, then what they differ in.
            ranges.sort_by(|a, b| (b.least / b.most).total_cmp(&(a.least / a.most)));
            ranges.truncate(BARS);
            if ranges.is_empty() {
                return chart;
            }
            let share =
                |of: fn(&Range) -> f64| ranges.iter().map(move |r| (of(r) / r.most).max(0.0));
            let bars = vec![
                series("least", share(|r| r.least)),
                series("in the best plan", share(|r| r.best)),
            ];
            let names = ranges.iter().map(|range| named(m, range.decision));
            let details = ranges.iter().map(|range| {
                let (least, most) = (quantity(range.least), quantity(range.most));
                format!("from {least} to {most} {}", range.unit)
            });
            chart.view(name, across(names.collect(), details.collect(), bars))
        });
        vec![("shared", chart)]
    }
}

fn named(m: &Model, decision: Decision) -> String {
    match decision {
        Decision::Build(e) => {
            let expansion = &m.expansions[e];
            format!("{}: {}", m.lines[expansion.line].name, expansion.name)
        }
        Decision::Order(q) => m.suppliers[q].name.clone(),
    }
}
