//! What is built, when.

use super::super::number::{millions, quantity, share};
use super::super::page::{Chart, Gantt, Picture, Section, Task};
use super::drawing::periods;
use crate::ids::{ExpansionId, Id, PeriodId};
use crate::model::Model;
use crate::solution::Solution;

/// More builds than this are shown in parts.
const SHOWN: usize = 30;

/// Less than this share of an option is no build.
const TRACE: f64 = 1e-4;

/// An expansion that is ordered.
pub(in crate::report) struct Build {
    /// The option.
    pub(in crate::report) expansion: ExpansionId,
    /// When it is ordered.
    pub(in crate::report) ordered: PeriodId,
    /// How much of the option is taken.
    pub(in crate::report) taken: f64,
    /// What it costs in all, in base currency at the price level of the order.
    pub(in crate::report) cost: f64,
}

/// Every expansion that the plan orders, in the order of time and then of the model.
pub(in crate::report) fn all(m: &Model, s: &Solution) -> Vec<Build> {
    let mut all = Vec::new();
    for (e, t, taken) in s.plan.build.iter() {
        let Some(taken) = taken.filter(|&taken| taken > TRACE) else {
            continue;
        };
        all.push(Build {
            expansion: e,
            ordered: t,
            taken,
            cost: m.order_price_of_the_day(e, t) * taken,
        });
    }
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
    let builds = all(m, s);
    let section = Section::new("What is built");
    if builds.is_empty() {
        return section;
    }
    let total: f64 = builds.iter().map(|build| build.cost).sum();
    let money = format!("{} M {}", millions(total), m.money.base());
    let section = section.say(format!(
        "{} expansions are ordered, for {money} at the price level of their orders.",
        builds.len()
    ));
    if builds.len() <= SHOWN {
        return section.chart(chart.view("", gantt(m, &builds)));
    }
    let mut by_cost: Vec<_> = builds.iter().map(|build| build.cost).collect();
    by_cost.sort_by(|a, b| b.total_cmp(a));
    let least = by_cost[SHOWN - 1];
    let large = builds.iter().filter(|build| build.cost >= least);
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
            detail: format!(
                "{} of the option; adds {} {unit}/year for {} M {}",
                share(build.taken),
                quantity(build.taken * option.adds.value()),
                millions(build.cost),
                m.money.base()
            ),
        }
    };
    Picture::Gantt(Gantt {
        periods: periods(m),
        tasks: builds.into_iter().map(task).collect(),
    })
}
