//! A plan as the page shows it.

use serde::Serialize;
use serde_json::{Value, json};
use sinews::analysis::brief::{Brief, Room};
use sinews::ids::{RequirementId, YearId};
use sinews::model::Model;
use sinews::solution::{PricedLimit, Solution};

/// How many limits are told.
const LIMITS: usize = 60;

/// A plan.
#[derive(Debug, Serialize)]
pub struct Answer {
    name: String,
    /// The answer in one screen: headings, and the thoughts under each.
    brief: Vec<Value>,
    currency: String,
    price_year: i32,
    /// The calendar years, those before decisions are free among them.
    years: Vec<i32>,
    /// The first year in which decisions are free.
    decides: i32,
    tiers: Vec<Tier>,
    requirements: Vec<Required>,
    /// The mean coverage by value.
    coverage: f64,
    /// What is missing, at its value.
    missing: f64,
    /// What the first aim reached.
    value: f64,
    cost: f64,
    discounted: f64,
    owed: f64,
    /// What all funds have from when decisions are free.
    available: f64,
    funds: Vec<Fund>,
    limits: Vec<Limit>,
    limits_in_all: usize,
    solver: &'static str,
    iterations: u64,
    tie_broken: bool,
    gap: f64,
    violation: f64,
}

#[derive(Debug, Serialize)]
struct Tier {
    tier: u32,
    whose: String,
    requirements: usize,
    in_full: usize,
    lowest: Option<String>,
    lowest_coverage: Option<f64>,
    mean: f64,
}

#[derive(Debug, Serialize)]
struct Required {
    key: String,
    name: String,
    holder: String,
    tier: u32,
    unit: String,
    required: f64,
    short: f64,
    coverage: Option<f64>,
    in_full: bool,
    /// By year; nothing where nothing is required.
    years: Vec<Option<f64>>,
}

#[derive(Debug, Serialize)]
struct Fund {
    key: String,
    name: String,
    available: Vec<f64>,
    spent: Vec<f64>,
    price: Vec<f64>,
}

#[derive(Debug, Serialize)]
struct Limit {
    /// In words, with names.
    words: String,
    /// In words, with keys.
    key: String,
    unit: String,
    /// What one more unit in each year is worth.
    prices: Vec<f64>,
    weight: f64,
    /// The figure that sets it, as a pattern, if that is one.
    figure: Option<String>,
    /// The lead time of what would widen it, as a pattern.
    lead_time: Option<String>,
}

impl Answer {
    /// A plan as the page shows it, with its brief in words.
    pub fn of(m: &Model, s: &Solution, brief: &Brief) -> Self {
        let years: Vec<YearId> = m.calendar.years().collect();
        let limits = s.limits(m);
        Self {
            name: m.name.clone(),
            brief: told(brief),
            currency: m.money.base().to_owned(),
            price_year: m.money.price_year,
            years: years.iter().map(|&y| m.calendar.year_number(y)).collect(),
            decides: m.calendar.decide_from().year(),
            tiers: tiers(m, s),
            requirements: m.requirements.ids().map(|r| required(m, s, r)).collect(),
            coverage: s.mean_coverage(m),
            missing: s.missing_value(m),
            value: s.stages.first().map_or(0.0, |stage| stage.value),
            cost: s.cost.total,
            discounted: s.cost.discounted,
            owed: s.cost.owed,
            available: brief.money.available,
            funds: funds(m, s, &years),
            limits: limits.iter().take(LIMITS).map(|l| limit(m, l)).collect(),
            limits_in_all: limits.len(),
            solver: s.solver,
            iterations: s.iterations,
            tie_broken: s.tie_broken,
            gap: s.certificate.relative_gap,
            violation: s.certificate.max_violation,
        }
    }
}

/// A brief in words: a heading and the thoughts under it, paragraph by paragraph.
pub fn told(brief: &Brief) -> Vec<Value> {
    let paragraphs = brief.paragraphs(Room::ALL).into_iter();
    let told = paragraphs.map(|own| json!({ "heading": own.heading, "lines": own.lines }));
    told.collect()
}

fn tiers(m: &Model, s: &Solution) -> Vec<Tier> {
    let all = s.tiers(m).into_iter();
    all.map(|tier| Tier {
        whose: tier.whose(m),
        tier: tier.tier,
        requirements: tier.requirements,
        in_full: tier.in_full,
        lowest: tier.lowest.map(|(r, _)| m.requirements[r].name.clone()),
        lowest_coverage: tier.lowest.map(|(_, share)| share),
        mean: tier.mean,
    })
    .collect()
}

fn required(m: &Model, s: &Solution, r: RequirementId) -> Required {
    let (requirement, met) = (&m.requirements[r], &s.requirements[r]);
    let share = |required: f64, share: f64| (required > 0.0).then_some(share);
    Required {
        key: requirement.key.clone(),
        name: requirement.name.clone(),
        holder: m.holders[requirement.holder].name.clone(),
        tier: requirement.tier,
        unit: m.items[requirement.meets[0].item].unit.clone(),
        required: met.required,
        short: met.short,
        coverage: share(met.required, met.coverage()),
        in_full: met.is_in_full(),
        years: met
            .years
            .values()
            .map(|year| share(year.required, year.coverage()))
            .collect(),
    }
}

fn funds(m: &Model, s: &Solution, years: &[YearId]) -> Vec<Fund> {
    let all = m.funds.iter().map(|(f, fund)| {
        let of = |number: fn(&sinews::solution::FundYear) -> f64| {
            let year = |&y: &YearId| s.fund(f, y).map_or(0.0, number);
            years.iter().map(year).collect()
        };
        Fund {
            key: fund.key.clone(),
            name: fund.name.clone(),
            available: of(|year| year.available),
            spent: of(|year| year.spent),
            price: of(|year| year.price),
        }
    });
    all.collect()
}

fn limit(m: &Model, limit: &PricedLimit) -> Limit {
    let key = limit.words.to_string();
    let dotted = |kind: &str, thing: &str, field: &str| {
        let pattern: Vec<String> = [kind, thing].iter().map(|key| plain(key)).collect();
        format!("{}.{field}", pattern.join("."))
    };
    let line = m
        .lines
        .values()
        .find(|line| key == format!("the capacity of line `{}`", line.key));
    let supplier = m
        .suppliers
        .values()
        .find(|supplier| key == format!("the rate of supplier `{}`", supplier.key));
    let fund = m
        .funds
        .values()
        .find(|fund| key == format!("fund `{}`", fund.key));
    let line_figure = line.map(|line| dotted("line", &line.key, "capacity"));
    let supplier = supplier.map(|supplier| dotted("supplier", &supplier.key, "rate"));
    let fund = fund.map(|fund| dotted("fund", &fund.key, "amount"));
    let expands = |key: &str| m.expansions.values().any(|e| m.lines[e.line].key == key);
    Limit {
        words: limit.words.in_names(),
        unit: limit.unit.clone(),
        prices: limit.prices.iter().map(|sides| sides.worth()).collect(),
        weight: limit.weight,
        figure: line_figure.or(supplier).or(fund),
        lead_time: line
            .filter(|line| expands(&line.key))
            .map(|line| dotted("line", &line.key, "expansion.*.lead_time")),
        key,
    }
}

/// A key as it stands in a pattern.
fn plain(key: &str) -> String {
    sinews::problem::Place::new([key]).to_string()
}
