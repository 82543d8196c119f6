//! What has to be decided in the twelve months after decisions are free, on a calendar.

use super::super::number::{counted, plural, share};
use super::super::page::{Cell, Chart, Gantt, Picture, Section, Table, Task};
use super::drawing::periods;
use crate::analysis::brief::{Decision, calendar};
use crate::ids::Id;
use crate::model::Model;
use crate::solution::Solution;
use std::collections::BTreeMap;

/// How many decisions are drawn.
const SHOWN: usize = 24;

/// The decisions, drawn by what is decided and listed by period.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    let all = calendar(m, s);
    let section = Section::new("What has to be decided");
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return section;
    };
    let c = &m.calendar;
    let builds = all.iter().filter(|own| own.unit.is_none()).count();
    let section = section.say(format!(
        "From {} to {}: {builds} orders of expansions, and {} purchases to be signed. An expansion counts at what it costs at the price level of its order, a purchase at the value of its goods.",
        c.label(first.period),
        c.label(last.period),
        tasks(m, &all).len() - builds,
    ));
    let names = all.iter().map(|own| (name(own), own.key.clone()));
    section
        .explains(names)
        .chart(drawn(m, &all))
        .table(listed(m, &all))
        .in_print()
}

fn name(own: &Decision) -> String {
    format!("{}: {}", own.from, own.what)
}

/// A decision: all purchases of one thing from one place are one.
struct Taken<'a> {
    first: &'a Decision,
    ready: Option<usize>,
    quantity: f64,
    worth: f64,
}

fn tasks<'a>(m: &Model, all: &'a [Decision]) -> Vec<Taken<'a>> {
    let mut found: BTreeMap<(&str, &str, bool, usize), Taken<'a>> = BTreeMap::new();
    for own in all {
        // Each order of an expansion stands by itself.
        let order = match own.unit {
            None => own.period.position(),
            Some(_) => 0,
        };
        let ready = own.ready.map(Id::position);
        let key = (
            own.key.as_str(),
            own.what.as_str(),
            own.unit.is_some(),
            order,
        );
        let taken = found.entry(key).or_insert(Taken {
            first: own,
            ready,
            quantity: 0.0,
            worth: 0.0,
        });
        taken.quantity += own.quantity;
        taken.worth += own.worth;
        let later = |position: Option<usize>| position.unwrap_or(m.calendar.periods().len());
        if later(ready) > later(taken.ready) {
            taken.ready = ready;
        }
    }
    let mut all: Vec<Taken<'a>> = found.into_values().collect();
    all.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    all
}

fn how_much(own: &Decision, quantity: f64) -> String {
    match &own.unit {
        Some(unit) => format!("{} {}", counted(quantity, unit), plural(unit)),
        None => share(quantity),
    }
}

fn drawn(m: &Model, all: &[Decision]) -> Chart {
    // What an expansion costs and what goods are worth do not compare: of each kind the weightiest, as far as there is room.
    let (mut builds, mut purchases): (Vec<_>, Vec<_>) = tasks(m, all)
        .into_iter()
        .partition(|own| own.first.unit.is_none());
    let half = SHOWN / 2;
    let room = SHOWN - purchases.len().min(half);
    let mut others = builds.split_off(builds.len().min(room));
    others.extend(purchases.split_off(purchases.len().min(SHOWN - builds.len())));
    for kind in [&mut builds, &mut purchases] {
        kind.sort_by_key(|own| own.first.period.position());
    }
    let drawn: Vec<_> = builds.into_iter().chain(purchases).collect();
    let spans = "From when it is signed or ordered (light) to the last delivery, or to the opening and from then on (full).";
    let note = if others.is_empty() {
        spans.to_owned()
    } else {
        format!("The weightiest of each; the table has all. {spans}")
    };
    let currency = m.money.base();
    let task = |own: &Taken<'_>| Task {
        name: name(own.first),
        start: own.first.period.position(),
        ready: own.ready.unwrap_or(m.calendar.periods().len()),
        share: if own.first.unit.is_none() {
            own.quantity.min(1.0)
        } else {
            0.0
        },
        passes: own.first.unit.is_some(),
        detail: format!(
            "{}, {}",
            how_much(own.first, own.quantity),
            super::super::number::money(own.worth, currency)
        ),
    };
    let gantt = Gantt {
        periods: periods(m),
        tasks: drawn.iter().map(task).collect(),
    };
    // Of an expansion the share that is taken stands beside it.
    let builds = drawn.iter().any(|own| own.first.unit.is_none());
    let unit = if builds { "%" } else { "" };
    Chart::new("Decisions on a calendar", note, unit).view("", Picture::Gantt(gantt))
}

fn listed(m: &Model, all: &[Decision]) -> Table {
    let c = &m.calendar;
    let words = [
        "decision",
        "when",
        "what",
        "how much",
        "opens or delivered by",
    ];
    let title = "Every decision, by when it is taken";
    let mut table =
        Table::new("decisions", title, "", &words).columns([format!("M {}", m.money.base())]);
    for own in all {
        let what = if own.unit.is_some() {
            "sign"
        } else {
            "order the expansion"
        };
        let ready = own
            .ready
            .map_or_else(|| "after the end".into(), |t| c.label(t));
        table.push(vec![
            name(own).into(),
            c.label(own.period).into(),
            what.into(),
            how_much(own, own.quantity).into(),
            ready.into(),
            Cell::Quantity(own.worth / 1e6),
        ]);
    }
    table
}
