//! JSON: stable keys, described in `docs/report.md`.

use super::sheets::sheet;
use super::tables::Records;
use super::{Report as Reported, Style};
use crate::analysis::brief::Brief;
use crate::evidence::Fact;
use crate::ids::{Id, Table, YearId};
use crate::model::{Model, Need, ObjectiveKind};
use crate::solution::{Cost, Solution};
use crate::solve::Certificate;
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    status: &'static str,
    solver: &'static str,
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    brief: Option<&'a Brief>,
    objective: &'static str,
    currency: &'a str,
    price_year: i32,
    calendar: Calendar,
    certificate: Certificate,
    cost: Cost,
    coverage: f64,
    stages: Vec<Stage<'a>>,
    requirements: Vec<Requirement<'a>>,
    lines: Vec<Line<'a>>,
    expansions: Records,
    suppliers: Vec<Supplier<'a>>,
    stocks: Vec<Stock<'a>>,
    gifts: Vec<Gift<'a>>,
    funds: Records,
    unspent: Records,
    loans: Records,
    limits: Vec<LimitRecord>,
    evidence: Evidence<'a>,
}

#[derive(Serialize)]
struct Calendar {
    start: String,
    decide_from: String,
    end: String,
    period: &'static str,
    periods: usize,
}

#[derive(Serialize)]
struct Stage<'a> {
    name: &'a str,
    value: f64,
}

#[derive(Serialize)]
struct Requirement<'a> {
    id: &'a str,
    name: &'a str,
    holder: &'a str,
    item: &'a str,
    unit: &'a str,
    kind: &'static str,
    tier: u32,
    required: f64,
    met: f64,
    short: f64,
    coverage: f64,
    years: Vec<RequirementYear>,
}

#[derive(Serialize)]
struct RequirementYear {
    year: i32,
    required: f64,
    met: f64,
    short: f64,
    coverage: f64,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    name: &'a str,
    item: &'a str,
    unit: &'a str,
    output: f64,
    utilisation: f64,
    built: f64,
    years: Vec<LineYear>,
}

#[derive(Serialize)]
struct LineYear {
    year: i32,
    output: f64,
    utilisation: f64,
}

#[derive(Serialize)]
struct Supplier<'a> {
    id: &'a str,
    item: &'a str,
    unit: &'a str,
    delivered: f64,
    years: Vec<Quantity>,
}

#[derive(Serialize)]
struct Quantity {
    year: i32,
    quantity: f64,
}

#[derive(Serialize)]
struct Stock<'a> {
    holder: &'a str,
    item: &'a str,
    unit: &'a str,
    opening: f64,
    closing: f64,
    years: Vec<Quantity>,
}

#[derive(Serialize)]
struct Gift<'a> {
    id: &'a str,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    unit: &'a str,
    given: f64,
    arrives: f64,
    years: Vec<Quantity>,
}

#[derive(Serialize)]
struct LimitRecord {
    name: String,
    unit: String,
    years: Vec<LimitYear>,
}

#[derive(Serialize)]
struct LimitYear {
    year: i32,
    /// Nothing where one more is worth another amount than one less costs.
    price: Option<f64>,
    more: Option<f64>,
    less: Option<f64>,
}

#[derive(Serialize)]
struct Evidence<'a> {
    facts: &'a [Fact],
    assumptions: Records,
}

/// The plan as JSON, with stable keys: `docs/report.md` describes them.
pub fn json(m: &Model, s: &Solution) -> String {
    report(&Reported {
        model: m,
        solution: s,
        brief: None,
        style: Style::default(),
    })
}

/// A plan as JSON, with its brief if it has one.
pub(super) fn report(reported: &Reported<'_>) -> String {
    let (m, s) = (reported.model, reported.solution);
    let c = &m.calendar;
    let objective = ObjectiveKind::WORDS
        .iter()
        .find(|(_, kind)| *kind == s.objective);
    let listed = |key: &str| Records(sheet(key, m, s).unwrap_or_default());
    let report = Report {
        status: "optimal",
        solver: s.solver,
        model: &m.name,
        brief: reported.brief,
        objective: objective.map_or("", |(word, _)| word),
        currency: m.money.base(),
        price_year: m.money.price_year,
        calendar: Calendar {
            start: c.start().to_string(),
            decide_from: c.decide_from().to_string(),
            end: c.end().plus(-1).to_string(),
            period: c.period().word(),
            periods: c.periods().len(),
        },
        certificate: s.certificate,
        cost: s.cost.clone(),
        coverage: s.mean_coverage(m),
        stages: s
            .stages
            .iter()
            .map(|stage| Stage {
                name: &stage.name,
                value: stage.value,
            })
            .collect(),
        requirements: requirements(m, s),
        lines: lines(m, s),
        expansions: listed("expansions"),
        suppliers: suppliers(m, s),
        stocks: stocks(m, s),
        gifts: gifts(m, s),
        funds: listed("funds"),
        unspent: listed("unspent"),
        loans: listed("loans"),
        limits: priced(m, s),
        evidence: Evidence {
            facts: &m.evidence.facts,
            assumptions: listed("assumptions"),
        },
    };
    let mut text = serde_json::to_string_pretty(&report).expect("every key is a text");
    text.push('\n');
    text
}

fn requirements<'a>(m: &'a Model, s: &Solution) -> Vec<Requirement<'a>> {
    let all = m.requirements.iter().map(|(r, requirement)| {
        let item = &m.items[requirement.meets[0].item];
        let coverage = &s.requirements[r];
        Requirement {
            id: &requirement.key,
            name: &requirement.name,
            holder: &m.holders[requirement.holder].key,
            item: &item.key,
            unit: &item.unit,
            kind: if matches!(requirement.need, Need::Level(_)) {
                "level"
            } else {
                "quantity"
            },
            tier: requirement.tier,
            required: coverage.required,
            met: coverage.met,
            short: coverage.short,
            coverage: coverage.coverage(),
            years: coverage
                .years
                .iter()
                .map(|(y, met)| RequirementYear {
                    year: m.calendar.year_number(y),
                    required: met.required,
                    met: met.met,
                    short: met.short,
                    coverage: met.coverage(),
                })
                .collect(),
        }
    });
    all.collect()
}

fn lines<'a>(m: &'a Model, s: &Solution) -> Vec<Line<'a>> {
    let all = s.lines.iter().map(|made| Line {
        id: &m.lines[made.line].key,
        name: &m.lines[made.line].name,
        item: &m.items[made.item].key,
        unit: &m.items[made.item].unit,
        output: made.output,
        utilisation: made.utilisation,
        built: made.built,
        years: made
            .years
            .iter()
            .map(|(y, year)| LineYear {
                year: m.calendar.year_number(y),
                output: year.output,
                utilisation: year.utilisation,
            })
            .collect(),
    });
    all.collect()
}

/// Quantities by year.
fn by_year(m: &Model, years: &Table<YearId, f64>) -> Vec<Quantity> {
    let year = |(y, &quantity): (YearId, &f64)| Quantity {
        year: m.calendar.year_number(y),
        quantity,
    };
    years.iter().map(year).collect()
}

fn suppliers<'a>(m: &'a Model, s: &Solution) -> Vec<Supplier<'a>> {
    let all = m.suppliers.iter().map(|(q, supplier)| Supplier {
        id: &supplier.key,
        item: &m.items[supplier.item].key,
        unit: &m.items[supplier.item].unit,
        delivered: s.supply[q].total,
        years: by_year(m, &s.supply[q].years),
    });
    all.collect()
}

fn stocks<'a>(m: &'a Model, s: &Solution) -> Vec<Stock<'a>> {
    let all = m.stocks.iter().map(|(id, stock)| Stock {
        holder: &m.holders[stock.holder].key,
        item: &m.items[stock.item].key,
        unit: &m.items[stock.item].unit,
        opening: stock.total().value(),
        closing: s.stocks[id].periods[m.calendar.last()],
        years: by_year(m, &s.stocks[id].years),
    });
    all.collect()
}

fn gifts<'a>(m: &'a Model, s: &Solution) -> Vec<Gift<'a>> {
    let all = s.program().network().gives.iter().map(|(g, give)| {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        let given = &s.gifts[g];
        Gift {
            id: &m.gifts[give.gift].key,
            from: &m.holders[from.holder].key,
            to: &m.holders[to.holder].key,
            item: &m.items[from.item].key,
            unit: &m.items[from.item].unit,
            given: given.left.total,
            arrives: given.arrived.total,
            years: by_year(m, &given.arrived.years),
        }
    });
    all.collect()
}

fn priced(m: &Model, s: &Solution) -> Vec<LimitRecord> {
    let all = s.limits(m).into_iter().map(|limit| LimitRecord {
        unit: format!("{}/{}", m.money.base(), limit.unit),
        years: limit
            .prices
            .iter()
            .enumerate()
            .map(|(n, sides)| LimitYear {
                year: m.calendar.year_number(YearId::at(n)),
                price: sides.price(),
                more: sides.more,
                less: sides.less,
            })
            .collect(),
        name: limit.words.to_string(),
    });
    all.collect()
}
