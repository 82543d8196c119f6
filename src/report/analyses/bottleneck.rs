//! Why a plan falls short, as trees.

use super::super::number::share;
use super::super::page::{self, Chart, Picture, Tree};
use super::drawing::{BARS, across, millions, series};
use super::{Illustrated, Placed};
use crate::analysis::bottleneck::{Bottlenecks, Branch, Cause, Shortfall};
use crate::model::Model;

/// A part of a price below this share is not drawn.
const TWIG: f64 = 5e-3;

impl Illustrated for Bottlenecks {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        vec![
            ("sentences", self.tree_chart(m)),
            ("bottlenecks", self.cause_chart(m)),
            ("remedies", self.remedy_chart(m)),
        ]
    }
}

impl Bottlenecks {
    fn tree_chart(&self, m: &Model) -> Chart {
        let chart = Chart::new(
            "From the missing units to what binds",
            "What one more unit would cost, split down the bill of materials: the parts of a branch add up to it. What is negative is what more urgent uses offer, or what else a unit does.",
            "%",
        );
        self.shortfalls.iter().fold(chart, |chart, shortfall| {
            let name = title(m, shortfall);
            let root = self.branch(&shortfall.tree, shortfall.value, &name);
            chart.view(name, Picture::Tree(Tree { root }))
        })
    }

    fn branch(&self, branch: &Branch, whole: f64, name: &str) -> page::Branch {
        let part = |value: f64| if whole == 0.0 { 0.0 } else { value / whole };
        let mut parts: Vec<_> = branch.parts.iter().collect();
        parts.retain(|(_, below)| part(below.value).abs() >= TWIG);
        parts.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(b.0)));
        let children = parts.into_iter().map(|(label, below)| {
            let name = self.label(*label).in_names();
            self.branch(below, whole, &name)
        });
        page::Branch {
            name: name.to_owned(),
            value: Some(part(branch.value)),
            detail: String::new(),
            children: children.collect(),
        }
    }

    fn cause_chart(&self, m: &Model) -> Chart {
        let shown: Vec<_> = self.bottlenecks.iter().take(BARS).collect();
        let words = |cause: Cause| cause.words(m, self.solution.program()).in_names();
        let victims = shown.iter().map(|bottleneck| {
            let named = bottleneck.victims.iter().take(3);
            let named = named.map(|&(r, _)| m.requirements[r].name.clone());
            named.collect::<Vec<_>>().join("; ")
        });
        let chart = Chart::new(
            "What everything that is missing waits for",
            "Share of all that is missing, by value.",
            "%",
        );
        let shares = shown.iter().map(|bottleneck| bottleneck.share);
        let picture = across(
            shown.iter().map(|b| words(b.cause)).collect(),
            victims.collect(),
            vec![series("share of all that is missing", shares)],
        );
        chart.view("", picture)
    }

    fn remedy_chart(&self, m: &Model) -> Chart {
        let mut shown: Vec<_> = self.remedies.iter().collect();
        shown.sort_by(|a, b| b.gained.total_cmp(&a.gained));
        shown.truncate(BARS);
        let most = |remedy: &&&crate::analysis::bottleneck::Remedy| {
            let gains = remedy.met.iter().filter_map(|(r, gained)| {
                let required = self.solution.requirements[r].required;
                let gained: f64 = gained.values().sum();
                (required > 0.0).then(|| (gained / required, r))
            });
            let most = gains.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            most.map_or_else(String::new, |(gained, r)| {
                let name = &m.requirements[r].name;
                format!("{name} gains most: {} of what is required", share(gained))
            })
        };
        let gained = shown.iter().map(|remedy| millions(remedy.gained.max(0.0)));
        let picture = across(
            shown.iter().map(|r| r.lever.words.in_names()).collect(),
            shown.iter().map(|r| most(&r)).collect(),
            vec![series("gained in a new plan", gained)],
        );
        let chart = Chart::new(
            "What would help most",
            "Each change in a new plan of its own: by how much less is missing, at what it counts, and cost saved.",
            format!("M {}", m.money.base()),
        );
        if shown.is_empty() {
            return chart;
        }
        chart.view("", picture)
    }
}

/// What a shortfall is called.
fn title(m: &Model, shortfall: &Shortfall) -> String {
    let year = m.calendar.year_number(shortfall.year);
    format!("{}, {year}", m.requirements[shortfall.requirement].name)
}
