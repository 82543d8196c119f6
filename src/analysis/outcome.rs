//! What is kept of each of many plans: coverage, what is missing, cost, dates, chosen prices.

use super::Trouble;
use super::measure::coverage_of_year;
use crate::calendar::Month;
use crate::document::Pattern;
use crate::ids::{PeriodId, RequirementId};
use crate::model::Model;
use crate::problem::Place;
use crate::program::{Program, Row};
use crate::solution::{Solution, TierCoverage};
use crate::table::Cell;
use crate::units::as_number;
use std::fmt;

/// One number that is kept of a plan.
///
/// ```
/// use sinews::analysis::Outcome;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let plan = sinews::solve(&model, &Default::default())?;
/// let coverage = Outcome::Coverage.of(&model, &plan).expect("every plan has one");
/// assert!((coverage - 2.0 / 3.0).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Outcome {
    /// The mean coverage of all requirements, by value.
    Coverage,
    /// What is missing of everything, at its value in the base currency.
    Missing,
    /// What is paid, in money of the day.
    Cost,
    /// The discounted cost in prices of the base year.
    Discounted,
    /// What the first aim reached, in the base currency.
    Value,
    /// The coverage of a requirement, by its key.
    CoverageOf(String),
    /// From when on a requirement is always met in full, as a year: 2027.25 is April 2027. Nothing where it is
    /// not within the calendar.
    FullFrom(String),
    /// The share of what is required in a year that is met, by value.
    CoverageIn(i32),
    /// How many requirements of a tier are met in full.
    InFull(u32),
    /// The lowest coverage of the requirements of a tier.
    Lowest(u32),
    /// The mean price over time of the limit that a figure sets, by the figure's place.
    Price(Place),
}

/// How the name of an outcome that is a date begins.
pub(super) const FULL_FROM: &str = "full from of ";

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Coverage => f.write_str("coverage"),
            Self::Missing => f.write_str("missing"),
            Self::Cost => f.write_str("cost"),
            Self::Discounted => f.write_str("cost discounted"),
            Self::Value => f.write_str("value"),
            Self::CoverageOf(key) => write!(f, "coverage of {key}"),
            Self::FullFrom(key) => write!(f, "{FULL_FROM}{key}"),
            Self::CoverageIn(year) => write!(f, "coverage in {year}"),
            Self::InFull(tier) => write!(f, "met in full in tier {tier}"),
            Self::Lowest(tier) => write!(f, "lowest coverage in tier {tier}"),
            Self::Price(place) => write!(f, "price of {place}"),
        }
    }
}

impl Outcome {
    /// What is kept of every plan of a model, and the prices of the limits that some figures set.
    ///
    /// # Errors
    /// A pattern that names no limit.
    pub fn all(model: &Model, prices: &[Pattern]) -> Result<Vec<Self>, Trouble> {
        let mut all = vec![
            Self::Coverage,
            Self::Missing,
            Self::Cost,
            Self::Discounted,
            Self::Value,
        ];
        let keys = || model.requirements.values().map(|r| r.key.clone());
        all.extend(keys().map(Self::CoverageOf));
        all.extend(keys().map(Self::FullFrom));
        let c = &model.calendar;
        all.extend(c.years().map(|y| Self::CoverageIn(c.year_number(y))));
        let mut tiers: Vec<u32> = model.requirements.values().map(|r| r.tier).collect();
        tiers.sort_unstable();
        tiers.dedup();
        all.extend(tiers.iter().copied().map(Self::InFull));
        all.extend(tiers.into_iter().map(Self::Lowest));
        let limits = limits(model);
        for pattern in prices {
            let before = all.len();
            let named = limits.iter().filter(|place| pattern.matches(place));
            all.extend(named.cloned().map(Self::Price));
            if all.len() == before {
                return Err(Trouble::request(
                    format!("`{pattern}` names no limit that has a price"),
                    "write `line.KEY.capacity`, `line.KEY.expansion.KEY`, `supplier.KEY.rate`, `fund.KEY.amount`, `requirement.KEY.quantity` or `rule.KEY.right`; `*` stands for any letters of one key",
                ));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|outcome| seen.insert(outcome.clone()));
        Ok(all)
    }

    /// The number in a plan. `None`: it has no such requirement or limit, or no such date.
    pub fn of(&self, model: &Model, solution: &Solution) -> Option<f64> {
        match self {
            Self::Coverage => Some(solution.mean_coverage(model)),
            Self::Missing => Some(solution.missing_value(model)),
            Self::Cost => Some(solution.cost.total),
            Self::Discounted => Some(solution.cost.discounted),
            Self::Value => solution.stages.first().map(|stage| stage.value),
            Self::CoverageOf(key) => {
                let met = &solution.requirements[requirement(model, key)?];
                (met.required > 0.0).then(|| met.coverage())
            }
            Self::FullFrom(key) => full_from(model, solution, requirement(model, key)?),
            Self::CoverageIn(year) => {
                coverage_of_year(model, solution, model.calendar.year(*year)?)
            }
            Self::InFull(tier) => {
                let found = tier_of(model, solution, *tier)?;
                Some(f64::from(u32::try_from(found.in_full).unwrap_or(u32::MAX)))
            }
            Self::Lowest(tier) => Some(tier_of(model, solution, *tier)?.lowest?.1),
            Self::Price(place) => price(model, solution, place),
        }
    }

    /// The number as a cell of a table.
    pub fn cell(&self, model: &Model, number: Option<f64>) -> Cell {
        let Some(number) = number else {
            return Cell::Empty;
        };
        match self {
            Self::Coverage | Self::CoverageOf(_) | Self::CoverageIn(_) | Self::Lowest(_) => {
                Cell::Share(number)
            }
            Self::InFull(_) => Cell::Decimals(number, 0),
            Self::Missing | Self::Cost | Self::Discounted | Self::Value => Cell::Money(number),
            Self::FullFrom(_) => date(model, number),
            Self::Price(_) => Cell::Price(number),
        }
    }
}

fn requirement(model: &Model, key: &str) -> Option<RequirementId> {
    let mut all = model.requirements.iter();
    all.find(|(_, requirement)| requirement.key == key)
        .map(|(r, _)| r)
}

fn tier_of(model: &Model, solution: &Solution, tier: u32) -> Option<TierCoverage> {
    let mut tiers = solution.tiers(model).into_iter();
    tiers.find(|found| found.tier == tier)
}

fn full_from(model: &Model, solution: &Solution, r: RequirementId) -> Option<f64> {
    let wanted = solution.requirements[r].windows.iter();
    let wanted = wanted.filter(|(t, met)| met.required > 0.0 && !model.calendar.is_past(*t));
    let wanted: Vec<_> = wanted.collect();
    let full = wanted.iter().rev().take_while(|(_, met)| met.is_in_full());
    full.last().map(|(t, _)| start_of(model, *t))
}

/// The start of a period as a year: 2027.25 is April 2027.
fn start_of(model: &Model, t: PeriodId) -> f64 {
    as_year(model.calendar.first_month(t))
}

/// The start of a month as a year.
pub(super) fn as_year(month: Month) -> f64 {
    f64::from(month.year()) + f64::from(month.number() - 1) / 12.0
}

/// The month that starts nearest to a year with a fraction; `None` outside 1900 to 2200.
pub(super) fn month(year: f64) -> Option<Month> {
    if !(1900.0..2201.0).contains(&year) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    let months = ((year - 1900.0) * 12.0).round() as i32;
    Some(Month::new(1900, 1)?.plus(months))
}

/// The period that starts nearest to a year with a fraction.
pub(super) fn date(model: &Model, year: f64) -> Cell {
    let near = |t: &PeriodId| (start_of(model, *t) - year).abs();
    let mut periods = model.calendar.periods();
    match periods.find(|t| near(t) < 1e-6) {
        Some(t) => Cell::period(&model.calendar, t),
        None => Cell::Empty.shown("not by the end"),
    }
}

/// Every figure that sets a limit with a price.
fn limits(model: &Model) -> Vec<Place> {
    let mut all = Vec::new();
    for line in model.lines.values() {
        all.push(Place::new(["line", &line.key, "capacity"]));
    }
    for expansion in model.expansions.values() {
        let line = &model.lines[expansion.line].key;
        all.push(Place::new(["line", line, "expansion", &expansion.key]));
    }
    for supplier in model.suppliers.values() {
        all.push(Place::new(["supplier", &supplier.key, "rate"]));
    }
    for fund in model.funds.values() {
        all.push(Place::new(["fund", &fund.key, "amount"]));
    }
    for requirement in model.requirements.values() {
        all.push(Place::new(["requirement", &requirement.key, "quantity"]));
    }
    for rule in model.rules.values() {
        all.push(Place::new(["rule", &rule.key, "right"]));
    }
    all
}

/// The mean price of the limit that a figure sets, over the rows that it limits.
fn price(model: &Model, solution: &Solution, place: &Place) -> Option<f64> {
    let rows = rows(model, solution.program(), place);
    let prices: Vec<f64> = rows
        .into_iter()
        .filter_map(|row| solution.price(row))
        .collect();
    let some = !prices.is_empty();
    some.then(|| prices.iter().sum::<f64>() / as_number(prices.len()))
}

/// The rows that a figure limits.
fn rows(model: &Model, program: &Program, place: &Place) -> Vec<Row> {
    let keys: Vec<&str> = place.keys().iter().map(AsRef::as_ref).collect();
    let (periods, years) = (|| model.calendar.periods(), || model.calendar.years());
    match keys[..] {
        ["line", key, "capacity"] => {
            let lines = model.lines.iter().filter(|(_, line)| line.key == key);
            lines
                .flat_map(|(l, _)| periods().map(move |t| Row::Capacity(l, t)))
                .collect()
        }
        ["line", line, "expansion", key] => {
            let own = model.expansions.iter();
            own.filter(|(_, e)| e.key == key && model.lines[e.line].key == line)
                .map(|(e, _)| Row::Options(e))
                .collect()
        }
        ["supplier", key, "rate"] => {
            let suppliers = model.suppliers.iter().filter(|(_, s)| s.key == key);
            suppliers
                .flat_map(|(q, _)| periods().map(move |t| Row::Rate(q, t)))
                .collect()
        }
        ["fund", key, "amount"] => {
            let funds = model.funds.iter().filter(|(_, fund)| fund.key == key);
            let accounts = &program.network().accounts;
            funds
                .map(|(f, _)| accounts.purse_of(f))
                .flat_map(|g| years().map(move |y| Row::Purse(g, y)))
                .collect()
        }
        ["requirement", key, "quantity"] => {
            let wanted = model.requirements.iter().filter(|(_, r)| r.key == key);
            wanted
                .flat_map(|(r, _)| periods().map(move |t| Row::Requirement(r, t)))
                .collect()
        }
        ["rule", key, "right"] => {
            let rules = model.rules.called(key).into_iter();
            rules
                .flat_map(|r| periods().map(move |t| Row::Rule(r, t)))
                .collect()
        }
        _ => Vec::new(),
    }
}
