//! JSON: stable keys, described in `docs/report.md`.

use super::Report as Reported;
use super::record::{
    Assumption, Build, Calendar, Evidence, Fund, Gift, Limit, LimitYear, Line, LineYear, Loan,
    Quantity, Record, Requirement, RequirementYear, Stage, Stock, Supplier, Unspent,
};
use crate::ids::{Id, Table, YearId};
use crate::model::{Model, Need, ObjectiveKind};
use crate::solution::Solution;

/// The plan as JSON, with stable keys: `docs/report.md` describes them.
pub fn json(m: &Model, s: &Solution) -> String {
    text(&record(m, s))
}

/// A plan as JSON, with its brief if it has one.
pub(super) fn report(reported: &Reported<'_>) -> String {
    let brief = reported.brief.cloned();
    text(&Record {
        brief,
        ..record(reported.model, reported.solution)
    })
}

fn text(record: &Record) -> String {
    let mut text = serde_json::to_string_pretty(record).expect("every key is a text");
    text.push('\n');
    text
}

/// A plan as plain data, with keys as names: what [`json`] prints.
///
/// ```
/// let model = sinews::read("models/tiny.toml")?;
/// let solution = sinews::solve(&model, &Default::default())?;
/// let record = sinews::report::record(&model, &solution);
/// assert_eq!(record.lines[0].id, "plant");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn record(m: &Model, s: &Solution) -> Record {
    let m = s.own(m);
    let c = &m.calendar;
    let objective = ObjectiveKind::WORDS
        .iter()
        .find(|(_, kind)| *kind == s.objective);
    Record {
        status: "optimal".into(),
        solver: s.solver.into(),
        model: m.name.clone(),
        brief: None,
        objective: objective.map_or("", |(word, _)| word).into(),
        currency: m.money.base().into(),
        price_year: m.money.price_year,
        calendar: Calendar {
            start: c.start().to_string(),
            decide_from: c.decide_from().to_string(),
            end: c.end().plus(-1).to_string(),
            period: c.period().word().into(),
            periods: c.periods().len(),
        },
        certificate: s.certificate,
        cost: s.cost.clone(),
        coverage: s.mean_coverage(m),
        stages: s
            .stages
            .iter()
            .map(|stage| Stage {
                name: stage.name.clone(),
                value: stage.value,
            })
            .collect(),
        requirements: requirements(m, s),
        lines: lines(m, s),
        expansions: expansions(m, s),
        suppliers: suppliers(m, s),
        stocks: stocks(m, s),
        gifts: gifts(m, s),
        funds: funds(m, s),
        unspent: unspent(m, s),
        loans: loans(m, s),
        limits: priced(m, s),
        evidence: evidence(m),
    }
}

fn requirements(m: &Model, s: &Solution) -> Vec<Requirement> {
    let all = m.requirements.iter().map(|(r, requirement)| {
        let item = &m.items[requirement.meets[0].item];
        let coverage = &s.requirements[r];
        Requirement {
            id: requirement.key.clone(),
            name: requirement.name.clone(),
            holder: m.holders[requirement.holder].key.clone(),
            item: item.key.clone(),
            unit: item.unit.clone(),
            kind: if matches!(requirement.need, Need::Level(_)) {
                "level".into()
            } else {
                "quantity".into()
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

fn lines(m: &Model, s: &Solution) -> Vec<Line> {
    let all = s.lines.iter().map(|made| Line {
        id: m.lines[made.line].key.clone(),
        name: m.lines[made.line].name.clone(),
        item: m.items[made.item].key.clone(),
        unit: m.items[made.item].unit.clone(),
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

fn expansions(m: &Model, s: &Solution) -> Vec<Build> {
    let all = s.builds.iter().map(|build| {
        let option = &m.expansions[build.expansion];
        let opens = option.opens(&m.calendar, build.ordered);
        Build {
            line: m.lines[option.line].key.clone(),
            id: option.key.clone(),
            ordered: m.calendar.label(build.ordered),
            opens: opens.map(|t| m.calendar.label(t)),
            taken: build.taken,
            adds: build.taken * option.adds.value(),
        }
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

fn suppliers(m: &Model, s: &Solution) -> Vec<Supplier> {
    let all = m.suppliers.iter().map(|(q, supplier)| Supplier {
        id: supplier.key.clone(),
        item: m.items[supplier.item].key.clone(),
        unit: m.items[supplier.item].unit.clone(),
        delivered: s.supply[q].total,
        years: by_year(m, &s.supply[q].years),
    });
    all.collect()
}

fn stocks(m: &Model, s: &Solution) -> Vec<Stock> {
    let all = m.stocks.iter().map(|(id, stock)| Stock {
        holder: m.holders[stock.holder].key.clone(),
        item: m.items[stock.item].key.clone(),
        unit: m.items[stock.item].unit.clone(),
        opening: stock.total().value(),
        closing: s.stocks[id].periods[m.calendar.last()],
        years: by_year(m, &s.stocks[id].years),
    });
    all.collect()
}

fn gifts(m: &Model, s: &Solution) -> Vec<Gift> {
    let all = s.program().network().gives.iter().map(|(g, give)| {
        let (from, to) = (&m.stocks[give.from], &m.stocks[give.to]);
        let given = &s.gifts[g];
        Gift {
            id: m.gifts[give.gift].key.clone(),
            from: m.holders[from.holder].key.clone(),
            to: m.holders[to.holder].key.clone(),
            item: m.items[from.item].key.clone(),
            unit: m.items[from.item].unit.clone(),
            given: given.left.total,
            arrives: given.arrived.total,
            years: by_year(m, &given.arrived.years),
        }
    });
    all.collect()
}

fn funds(m: &Model, s: &Solution) -> Vec<Fund> {
    let all = s.funds.iter().map(|year| Fund {
        id: m.funds[year.fund].key.clone(),
        year: m.calendar.year_number(year.year),
        available: year.available,
        spent: year.spent,
        carried: year.carried,
        price: year.price,
    });
    all.collect()
}

fn unspent(m: &Model, s: &Solution) -> Vec<Unspent> {
    let all = s.unspent(m).into_iter().map(|left| Unspent {
        id: m.funds[left.fund].key.clone(),
        year: m.calendar.year_number(left.year),
        why: left.why.word().into(),
        amount: left.amount,
    });
    all.collect()
}

fn loans(m: &Model, s: &Solution) -> Vec<Loan> {
    let due = s.loan_service(m).into_iter();
    due.map(|due| Loan {
        id: m.funds[due.fund].key.clone(),
        year: due.year,
        service: due.amount,
    })
    .collect()
}

fn priced(m: &Model, s: &Solution) -> Vec<Limit> {
    // What was not tried is not said.
    let tried = s.has_sides();
    let all = s.limits(m).into_iter().map(|limit| Limit {
        unit: format!("{}/{}", m.money.base(), limit.unit),
        years: limit
            .prices
            .iter()
            .enumerate()
            .map(|(n, sides)| LimitYear {
                year: m.calendar.year_number(YearId::at(n)),
                price: sides.price(),
                more: sides.more.filter(|_| tried),
                less: sides.less.filter(|_| tried),
            })
            .collect(),
        name: limit.words.to_string(),
    });
    all.collect()
}

fn evidence(m: &Model) -> Evidence {
    let assumptions = m.evidence.assumptions().map(|(figure, note)| Assumption {
        figure: figure.place.to_string(),
        value: figure.value,
        unit: figure.unit.clone(),
        note: note.into(),
    });
    Evidence {
        facts: m.evidence.facts.clone(),
        assumptions: assumptions.collect(),
    }
}
