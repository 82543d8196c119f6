//! What falls short.

use super::super::number::{met_and_short, share};
use super::super::order::Order;
use super::super::page::{Bars, Chart, Picture, Scale, Section};
use super::drawing::{bars, heat, lines, real, years};
use crate::dotted::joined;
use crate::ids::{HolderId, RequirementId};
use crate::model::{Model, Need};
use crate::solution::Solution;

/// More requirements than this are shown in parts.
const SHOWN: usize = 30;

/// The coverage of every requirement, and what is missing by value.
pub(super) fn section(m: &Model, s: &Solution) -> Section {
    section_of(m, s, |_| true)
}

/// The same of some requirements alone.
pub(super) fn section_of(m: &Model, s: &Solution, of: impl Fn(RequirementId) -> bool) -> Section {
    let mut all = Order::of(m, s).requirements;
    all.retain(|&r| of(r));
    let about = |&r: &RequirementId| {
        let requirement = &m.requirements[r];
        let about = joined(["requirement", requirement.key.as_str()]);
        (requirement.name.clone(), about)
    };
    Section::new("What falls short")
        .say(sentence(s, &all))
        .explains(all.iter().map(about))
        .chart(coverage(m, s, &all))
        .chart(missing(m, s, &all))
        .chart(quantities(m, s, &all))
        .in_print()
}

fn sentence(s: &Solution, all: &[RequirementId]) -> String {
    let full = all.iter().filter(|&&r| s.requirements[r].is_in_full());
    format!(
        "{} of {} requirements are met in full over the whole calendar. A requirement of a level is met at the ends of its windows; all others as they arise.",
        full.count(),
        all.len()
    )
}

/// What a requirement lacks over the calendar, at what it is worth.
fn worth(m: &Model, s: &Solution, r: RequirementId, short: f64) -> f64 {
    s.program().worth(m, r) * short / 1e6
}

/// Requirements, what lacks most by value first, then in the order of the model.
fn by_gap(m: &Model, s: &Solution, all: &[RequirementId]) -> Vec<RequirementId> {
    let mut all = all.to_vec();
    all.sort_unstable();
    let gap = |r: RequirementId| worth(m, s, r, s.requirements[r].short);
    all.sort_by(|&a, &b| gap(b).total_cmp(&gap(a)));
    all
}

fn coverage(m: &Model, s: &Solution, all: &[RequirementId]) -> Chart {
    let mut chart = Chart::new(
        "Coverage by requirement and year",
        "Share of what is required that is met.",
        "%",
    );
    if all.len() > SHOWN {
        let mut gaps = by_gap(m, s, all);
        gaps.truncate(SHOWN);
        let name = format!("The {SHOWN} widest gaps by value");
        chart = chart.view(name, grid(m, s, &gaps));
        for (holder, own) in by_holder(m, all) {
            let name = m.holders[holder].name.clone();
            chart = chart.view_in("by holder", name, "%", grid(m, s, &own));
        }
        let name = format!("All {} requirements", all.len());
        return chart.view(name, grid(m, s, all));
    }
    if all.is_empty() {
        return chart;
    }
    chart.view("", grid(m, s, all))
}

fn by_holder(m: &Model, all: &[RequirementId]) -> Vec<(HolderId, Vec<RequirementId>)> {
    let own = |holder| {
        let ids = m.requirements.iter();
        let own = ids.filter(|(r, one)| one.holder == holder && all.contains(r));
        own.map(|(r, _)| r).collect::<Vec<_>>()
    };
    let all = m.holders.ids().map(|holder| (holder, own(holder)));
    all.filter(|(_, own)| !own.is_empty()).collect()
}

fn grid(m: &Model, s: &Solution, requirements: &[RequirementId]) -> Picture {
    let mut columns = years(m);
    columns.push("all".into());
    let row = |&r: &RequirementId| {
        let coverage = &s.requirements[r];
        let by_year = coverage.years.values();
        let mut cells: Vec<_> = by_year
            .map(|met| (met.required > 0.0).then(|| met.coverage()))
            .collect();
        cells.push(Some(coverage.coverage()));
        (m.requirements[r].name.clone(), cells)
    };
    heat(Scale::Good, columns, requirements.iter().map(row).collect())
}

fn missing(m: &Model, s: &Solution, all: &[RequirementId]) -> Chart {
    let chart = Chart::new(
        "What is missing, by value",
        "What falls short over the whole calendar, at the value of the item; the widest gaps first. A level counts what is missing on average, what waits counts what still waits at the end.",
        real(m),
    );
    let mut gaps = by_gap(m, s, all);
    gaps.retain(|&r| {
        worth(m, s, r, s.requirements[r].short) > 1e-3 && !s.requirements[r].is_in_full()
    });
    gaps.truncate(SHOWN);
    if gaps.is_empty() {
        return chart;
    }
    let short = |&r: &RequirementId| worth(m, s, r, s.requirements[r].short);
    let series = vec![bars("missing", gaps.iter().map(short))];
    let names = gaps.iter().map(|&r| m.requirements[r].name.clone());
    let details = gaps.iter().map(|&r| detail(m, s, r));
    chart.view(
        "",
        Picture::Bars(Bars {
            categories: names.collect(),
            details: details.collect(),
            series,
            stacked: true,
            across: true,
        }),
    )
}

fn detail(m: &Model, s: &Solution, r: RequirementId) -> String {
    let (requirement, coverage) = (&m.requirements[r], &s.requirements[r]);
    let unit = &m.items[requirement.meets[0].item].unit;
    let level = if matches!(requirement.need, Need::Level(_)) {
        " in store, on average"
    } else {
        ""
    };
    let [required, _, short] =
        met_and_short([coverage.required, coverage.met, coverage.short], unit);
    format!(
        "{} met: {short} {unit} short of {required}{level}",
        share(coverage.coverage())
    )
}

fn quantities(m: &Model, s: &Solution, all: &[RequirementId]) -> Chart {
    let mut chart = Chart::new(
        "Required, met and short",
        "What is required in each year, and how much of it is met.",
        "",
    );
    for &r in all {
        let (requirement, coverage) = (&m.requirements[r], &s.requirements[r]);
        let unit = &m.items[requirement.meets[0].item].unit;
        let years_of = || coverage.years.values();
        let series = vec![
            bars(
                "met",
                years_of().map(|met| (met.required - met.short).max(0.0)),
            ),
            bars("short", years_of().map(|met| met.short)),
        ];
        let holder = m.holders[requirement.holder].name.clone();
        let unit = match requirement.need {
            Need::Flow(_) => unit.clone(),
            Need::Level(_) => format!("{unit} in store"),
        };
        chart = chart.view_in(
            holder,
            requirement.name.clone(),
            unit,
            lines(years(m), series),
        );
    }
    chart
}
