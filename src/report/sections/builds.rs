//! What is built, when.

use super::super::number::{millions, quantity, share};
use super::super::page::{Chart, Gantt, Picture, Section, Task};
use super::drawing::periods;
use crate::dotted::joined;
use crate::ids::Id;
use crate::model::Model;
use crate::solution::{Build, Solution};

/// More builds than this are shown in parts.
const SHOWN: usize = 30;

/// Every expansion that the plan orders, in the order of time and then of the model.
pub(in crate::report) fn all(s: &Solution) -> Vec<Build> {
    let felt = s.builds.iter().filter(|build| build.taken > Build::TRACE);
    let mut all: Vec<Build> = felt.copied().collect();
    all.sort_by_key(|build| (build.ordered, build.expansion));
    all
}

/// The expansions on a time line.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let chart = Chart::new(
        "Builds on a time line",
        "From order to opening (light) and in use from then on (full); the share of the option that is taken stands beside it.",
        "%",
    );
    let builds = all(s);
    let section = Section::new("What is built");
    if builds.is_empty() {
        return section;
    }
    let total: f64 = builds.iter().map(|build| build.cost_of_the_day).sum();
    let money = format!("{} M {}", millions(total), m.money.base());
    let about = builds.iter().map(|build| {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        let key = joined(["line", &line.key, "expansion", &option.key]);
        (format!("{}: {}", line.name, option.name), key)
    });
    let section = section.explains(about).say(format!(
        "{} expansions are ordered, for {money} at the price level of their orders.",
        builds.len()
    ));
    if builds.len() <= SHOWN {
        return section.chart(chart.view("", gantt(m, &builds)));
    }
    let mut by_cost: Vec<_> = builds.iter().map(|build| build.cost_of_the_day).collect();
    by_cost.sort_by(|a, b| b.total_cmp(a));
    let least = by_cost[SHOWN - 1];
    let large = builds.iter().filter(|build| build.cost_of_the_day >= least);
    let name = format!("The {SHOWN} that cost most");
    let chart = chart.view(name, gantt(m, large.take(SHOWN)));
    section.chart(chart.view(format!("All {}", builds.len()), gantt(m, &builds)))
}

fn gantt<'a>(m: &Model, builds: impl IntoIterator<Item = &'a Build>) -> Picture {
    let task = |build: &Build| {
        let option = &m.expansions[build.expansion];
        let line = &m.lines[option.line];
        let start = build.ordered.position();
        let unit = &m.items[line.products[0].item].unit;
        Task {
            name: format!("{}: {}", line.name, option.name),
            start,
            ready: option
                .opens(&m.calendar, build.ordered)
                .map_or(m.calendar.periods().len(), Id::position),
            share: build.taken,
            passes: false,
            detail: format!(
                "{} of the option; adds {} {unit}/year for {} M {}",
                share(build.taken),
                quantity(build.taken * option.adds.value()),
                millions(build.cost_of_the_day),
                m.money.base()
            ),
        }
    };
    Picture::Gantt(Gantt {
        periods: periods(m),
        tasks: builds.into_iter().map(task).collect(),
    })
}
