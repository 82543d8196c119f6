//! Several plans side by side.

use super::super::number::share;
use super::super::page::{
    Bars, Cell, Chart, Heat, Lines, Mark, Picture, Scale, Section, Series, Table,
};
use super::super::sections::{nominal, real};
use crate::ids::YearId;
use crate::model::Model;
use crate::solution::{Solution, TierCoverage};
use crate::table::{Column, Holds};
use crate::units::as_number;
use std::collections::{BTreeMap, BTreeSet};

/// A plan among several: what it is called, its model and its solution.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What the scenario is called.
    pub name: &'a str,
    /// Its model.
    pub model: &'a Model,
    /// Its plan.
    pub solution: &'a Solution,
}

/// What compares the cases.
pub(super) fn sections(cases: &[Case<'_>]) -> Vec<Section> {
    let Some(first) = cases.first() else {
        return Vec::new();
    };
    let m = first.model;
    vec![
        Section::new("The scenarios side by side")
            .table(figures(cases))
            .table(tiers(cases))
            .chart(in_full(cases))
            .chart(coverage(cases))
            .chart(cost(m, cases))
            .chart(spending(m, cases))
            .chart(missing(m, cases)),
    ]
}

/// A row of figures: what it is, its unit, its value for a case.
type Row<'a> = (&'a str, String, fn(&Case<'_>) -> Cell);

fn figures(cases: &[Case<'_>]) -> Table {
    let mut table = Table::new("figures", "In figures", "", &["figure", "unit"])
        .across("scenario", cases.iter().map(|case| case.name));
    let m = cases[0].model;
    let rows: [Row<'_>; 5] = [
        (
            "Coverage of all that is required, by value",
            "%".into(),
            |case| Cell::Share(case.solution.mean_coverage(case.model)),
        ),
        ("Requirements met in full", "number".into(), |case| {
            let all = case.solution.requirements.values();
            all.filter(|c| c.is_in_full()).count().into()
        }),
        ("Cost", nominal(m), |case| {
            Cell::Money(case.solution.cost.total)
        }),
        ("Cost, discounted", real(m), |case| {
            Cell::Money(case.solution.cost.discounted)
        }),
        ("Due after the end", nominal(m), |case| {
            Cell::Money(case.solution.cost.owed)
        }),
    ];
    for (name, unit, of) in rows {
        let row = [name.into(), unit.into()];
        table.push(row.into_iter().chain(cases.iter().map(of)).collect());
    }
    table
}

/// Every tier of any case in which anything is required, with whose requirements it holds.
fn all_tiers(cases: &[Case<'_>]) -> BTreeMap<u32, String> {
    let mut all = BTreeMap::new();
    for case in cases {
        for tier in case.solution.tiers(case.model) {
            if tier.requirements > 0 {
                let name = match &tier.holders[..] {
                    [one] => case.model.holders[one.holder].name.clone(),
                    several => format!("{} holders", several.len()),
                };
                all.entry(tier.tier)
                    .or_insert_with(|| format!("Tier {}, {name}", tier.tier));
            }
        }
    }
    all
}

fn tier_of(case: &Case<'_>, tier: u32) -> Option<TierCoverage> {
    let mut tiers = case.solution.tiers(case.model).into_iter();
    tiers.find(|own| own.tier == tier && own.requirements > 0)
}

fn tiers(cases: &[Case<'_>]) -> Table {
    let title = "By tier: how many requirements are met in full, and the lowest";
    let mut table = Table::new("tiers", title, "", &["tier"]);
    for case in cases {
        table
            .columns
            .push(Column::new(case.name.to_owned(), Holds::Words));
    }
    for (tier, name) in all_tiers(cases) {
        let cell = |case: &Case<'_>| -> Cell {
            let Some(own) = tier_of(case, tier) else {
                return Cell::Empty;
            };
            let lowest = own.lowest.filter(|_| own.in_full < own.requirements);
            let lowest = lowest.map_or(String::new(), |(r, coverage)| {
                let name = &case.model.requirements[r].name;
                format!("; lowest: {name} {}", share(coverage))
            });
            format!("{} of {}{lowest}", own.in_full, own.requirements).into()
        };
        table.push(
            [name.into()]
                .into_iter()
                .chain(cases.iter().map(cell))
                .collect(),
        );
    }
    table
}

fn in_full(cases: &[Case<'_>]) -> Chart {
    let tiers = all_tiers(cases);
    let grid = |of: fn(&TierCoverage) -> Option<f64>| {
        let row = |&tier: &u32| {
            let cells = cases.iter().map(|case| of(&tier_of(case, tier)?));
            cells.collect::<Vec<_>>()
        };
        Picture::Heat(Heat {
            rows: tiers.values().cloned().collect(),
            columns: cases.iter().map(|case| case.name.to_owned()).collect(),
            values: tiers.keys().map(row).collect(),
            scale: Scale::Good,
        })
    };
    let chart = Chart::new(
        "Tiers by scenario",
        "Share of the requirements of a tier that is met in full, and the lowest coverage among them.",
        "%",
    );
    if tiers.is_empty() {
        return chart;
    }
    let met = |own: &TierCoverage| Some(as_number(own.in_full) / as_number(own.requirements));
    chart
        .view("Met in full", grid(met))
        .view("Lowest coverage", grid(|own| Some(own.lowest?.1)))
}

/// Every requirement of any case: by tier, then in the order in which it is met first.
fn requirements<'a>(cases: &[Case<'a>]) -> Vec<(&'a str, &'a str)> {
    let mut seen = BTreeSet::new();
    let all = cases
        .iter()
        .flat_map(|case| case.model.requirements.values());
    let mut all: Vec<_> = all.filter(|r| seen.insert(r.key.as_str())).collect();
    // A stable sort: within a tier as they are met.
    all.sort_by_key(|r| r.tier);
    let names = all.into_iter();
    names.map(|r| (r.key.as_str(), r.name.as_str())).collect()
}

/// The coverage of a requirement in a case that has it.
fn covered(case: &Case<'_>, key: &str) -> Option<f64> {
    let found = case.model.requirements.iter().find(|(_, r)| r.key == key);
    found.map(|(r, _)| case.solution.requirements[r].coverage())
}

fn coverage(cases: &[Case<'_>]) -> Chart {
    let chart = Chart::new(
        "Coverage by requirement and scenario",
        "Share of what is required over the whole calendar that is met.",
        "%",
    );
    let all = requirements(cases);
    let row = |key: &str| {
        cases
            .iter()
            .map(|case| covered(case, key))
            .collect::<Vec<_>>()
    };
    let differs = |key: &str| {
        let shares = row(key);
        let least = shares.iter().flatten().fold(1.0_f64, |a, &b| a.min(b));
        let most = shares.iter().flatten().fold(0.0_f64, |a, &b| a.max(b));
        most - least > 5e-4
    };
    let grid = |rows: &[&(&str, &str)]| {
        Picture::Heat(Heat {
            rows: rows.iter().map(|(_, name)| (*name).to_owned()).collect(),
            columns: cases.iter().map(|case| case.name.to_owned()).collect(),
            values: rows.iter().map(|(key, _)| row(key)).collect(),
            scale: Scale::Good,
        })
    };
    let different: Vec<_> = all.iter().filter(|(key, _)| differs(key)).collect();
    let everything: Vec<_> = all.iter().collect();
    let chart = if different.is_empty() || different.len() == all.len() {
        chart
    } else {
        chart.view("Where they differ", grid(&different))
    };
    if everything.is_empty() {
        return chart;
    }
    chart.view("All requirements", grid(&everything))
}

fn names(cases: &[Case<'_>]) -> Vec<String> {
    cases.iter().map(|case| case.name.to_owned()).collect()
}

fn bars(cases: &[Case<'_>], series: Vec<Series>, stacked: bool) -> Picture {
    Picture::Bars(Bars {
        categories: names(cases),
        details: Vec::new(),
        series,
        stacked,
        across: true,
    })
}

fn cost(m: &Model, cases: &[Case<'_>]) -> Chart {
    let each = |of: fn(&Solution) -> f64| cases.iter().map(move |case| of(case.solution) / 1e6);
    let series = vec![
        Series::of(
            "paid by the end",
            Mark::Bar,
            each(|s| s.cost.total - s.cost.owed),
        ),
        Series::of("due after the end", Mark::Bar, each(|s| s.cost.owed)),
    ];
    Chart::new("Cost", "All that is paid and owed.", nominal(m)).view("", bars(cases, series, true))
}

fn spending(m: &Model, cases: &[Case<'_>]) -> Chart {
    let chart = Chart::new(
        "Spending by year",
        "What all funds pay in each year.",
        nominal(m),
    );
    let years: BTreeSet<i32> = cases
        .iter()
        .flat_map(|case| {
            case.model
                .calendar
                .years()
                .map(|y| case.model.calendar.year_number(y))
        })
        .collect();
    let spent = |case: &Case<'_>, year: i32| {
        let y: YearId = case.model.calendar.year(year)?;
        let own = case.solution.funds.iter().filter(|fund| fund.year == y);
        Some(own.map(|fund| fund.spent).sum::<f64>() / 1e6)
    };
    let series = cases.iter().map(|case| {
        let values: Vec<_> = years.iter().map(|&year| spent(case, year)).collect();
        Series::new(case.name, Mark::Line, values)
    });
    let series: Vec<_> = series.collect();
    if !series.iter().any(Series::has_something) {
        return chart;
    }
    chart.view(
        "",
        Picture::Lines(Lines {
            steps: years.iter().map(i32::to_string).collect(),
            series,
            bands: Vec::new(),
        }),
    )
}

fn missing(m: &Model, cases: &[Case<'_>]) -> Chart {
    let chart = Chart::new(
        "What is missing, by tier",
        "What falls short over the whole calendar, at the value of the items. A level counts what is missing on average.",
        real(m),
    );
    let tiers: BTreeSet<u32> = cases
        .iter()
        .flat_map(|case| case.model.requirements.values().map(|r| r.tier))
        .collect();
    let short = |case: &Case<'_>, tier: u32| -> f64 {
        let own = case
            .model
            .requirements
            .iter()
            .filter(|(_, r)| r.tier == tier);
        let worth = own.map(|(r, _)| {
            let value = case.solution.program().worth(case.model, r);
            case.solution.requirements[r].short * value / 1e6
        });
        worth.sum()
    };
    let series = tiers.iter().map(|&tier| {
        Series::of(
            format!("tier {tier}"),
            Mark::Bar,
            cases.iter().map(|case| short(case, tier)),
        )
    });
    chart.view("", bars(cases, series.collect(), true))
}
