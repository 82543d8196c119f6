//! A plan as plain data: keys as names, numbers in natural units. `docs/report.md` describes it.

use crate::analysis::brief::Brief;
use crate::evidence::Fact;
use crate::solution::{Certificate, Cost};
use serde::Serialize;

/// A plan with keys as names and numbers in natural units: what [`json`](super::json()) prints.
///
/// Money is in the base currency; units of quantities stand beside them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Record {
    /// `optimal`.
    pub status: String,
    /// The solvers that had a part in it.
    pub solver: String,
    /// What the model is called.
    pub model: String,
    /// The brief, if the report has one. It is written, and not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "serde", serde(skip_deserializing))]
    pub brief: Option<Brief>,
    /// What the plan strives for, in the word of the format.
    pub objective: String,
    /// The base currency.
    pub currency: String,
    /// The year of prices.
    pub price_year: i32,
    /// Time.
    pub calendar: Calendar,
    /// What was checked, and how well it holds.
    pub certificate: Certificate,
    /// What the plan costs.
    pub cost: Cost,
    /// The mean share of requirements that is met.
    pub coverage: f64,
    /// The stages of the solve.
    pub stages: Vec<Stage>,
    /// What each requirement gets.
    pub requirements: Vec<Requirement>,
    /// What each line makes of each product.
    pub lines: Vec<Line>,
    /// The expansions that are ordered.
    pub expansions: Vec<Build>,
    /// What suppliers deliver.
    pub suppliers: Vec<Supplier>,
    /// What is in each stock.
    pub stocks: Vec<Stock>,
    /// What is given.
    pub gifts: Vec<Gift>,
    /// What each fund has and spends in each year.
    pub funds: Vec<Fund>,
    /// What is left, and why.
    pub unspent: Vec<Unspent>,
    /// What loans cost later.
    pub loans: Vec<Loan>,
    /// The prices of limits.
    pub limits: Vec<Limit>,
    /// What the model rests on.
    pub evidence: Evidence,
}

/// Time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Calendar {
    /// The first month.
    pub start: String,
    /// The month from which decisions are free.
    pub decide_from: String,
    /// The last month.
    pub end: String,
    /// How long a period is.
    pub period: String,
    /// How many there are.
    pub periods: usize,
}

/// A stage of the solve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Stage {
    /// What it is called.
    pub name: String,
    /// What was reached, in the base currency.
    pub value: f64,
}

/// A requirement and what it gets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Requirement {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The key of who requires it.
    pub holder: String,
    /// The key of the first item that meets it.
    pub item: String,
    /// What it counts in.
    pub unit: String,
    /// `quantity` or `level`.
    pub kind: String,
    /// Its priority.
    pub tier: u32,
    /// How much is required in all.
    pub required: f64,
    /// How much of it is met.
    pub met: f64,
    /// How much is missing.
    pub short: f64,
    /// The share that is met.
    pub coverage: f64,
    /// The same year by year.
    pub years: Vec<RequirementYear>,
}

/// A requirement in a calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct RequirementYear {
    /// The year.
    pub year: i32,
    /// How much is required.
    pub required: f64,
    /// How much of it is met.
    pub met: f64,
    /// How much is missing.
    pub short: f64,
    /// The share that is met.
    pub coverage: f64,
}

/// What a line makes of a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Line {
    /// The line's key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The product's key.
    pub item: String,
    /// What it counts in.
    pub unit: String,
    /// How much it makes in all.
    pub output: f64,
    /// The share of its capacity that it uses.
    pub utilisation: f64,
    /// The capacity that is added, a year.
    pub built: f64,
    /// The same year by year.
    pub years: Vec<LineYear>,
}

/// A product of a line in a calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct LineYear {
    /// The year.
    pub year: i32,
    /// How much it makes.
    pub output: f64,
    /// The share of its capacity that it uses.
    pub utilisation: f64,
}

/// An order of an expansion.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Build {
    /// The key of the line that it expands.
    pub line: String,
    /// The key of the expansion.
    pub id: String,
    /// The period in which it is ordered.
    pub ordered: String,
    /// The period in which it opens, if that is in the calendar.
    pub opens: Option<String>,
    /// How often it is taken.
    pub taken: f64,
    /// The capacity that it adds, a year.
    pub adds: f64,
}

/// What a supplier delivers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Supplier {
    /// Its key.
    pub id: String,
    /// The item's key.
    pub item: String,
    /// What it counts in.
    pub unit: String,
    /// How much it delivers in all.
    pub delivered: f64,
    /// The same year by year.
    pub years: Vec<Quantity>,
}

/// A quantity in a calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Quantity {
    /// The year.
    pub year: i32,
    /// How much.
    pub quantity: f64,
}

/// What is in a stock.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Stock {
    /// The holder's key.
    pub holder: String,
    /// The item's key.
    pub item: String,
    /// What it counts in.
    pub unit: String,
    /// What is there at the start.
    pub opening: f64,
    /// What is there at the end.
    pub closing: f64,
    /// What is there at the end of each year.
    pub years: Vec<Quantity>,
}

/// What one holder gives another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Gift {
    /// The gift's key.
    pub id: String,
    /// The key of who gives.
    pub from: String,
    /// The key of who receives.
    pub to: String,
    /// The item's key.
    pub item: String,
    /// What it counts in.
    pub unit: String,
    /// What leaves in all.
    pub given: f64,
    /// What of it arrives within the calendar.
    pub arrives: f64,
    /// What arrives year by year.
    pub years: Vec<Quantity>,
}

/// A fund in a calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Fund {
    /// Its key.
    pub id: String,
    /// The year.
    pub year: i32,
    /// What it has.
    pub available: f64,
    /// What it spends.
    pub spent: f64,
    /// What it carries over.
    pub carried: f64,
    /// What one more of its euros avoids.
    pub price: f64,
}

/// What a fund leaves unspent in a calendar year for one reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Unspent {
    /// Its key.
    pub id: String,
    /// The year.
    pub year: i32,
    /// Why.
    pub why: String,
    /// How much.
    pub amount: f64,
}

/// What a loan costs in a calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Loan {
    /// The fund's key.
    pub id: String,
    /// The year.
    pub year: i32,
    /// Interest and instalments.
    pub service: f64,
}

/// The prices of a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Limit {
    /// What it is called.
    pub name: String,
    /// The unit of its prices.
    pub unit: String,
    /// The prices year by year.
    pub years: Vec<LimitYear>,
}

/// The prices of a limit in a calendar year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct LimitYear {
    /// The year.
    pub year: i32,
    /// The price. Nothing where one more is worth another amount than one less costs.
    pub price: Option<f64>,
    /// What one more is worth. Nothing where there can be no more, or in a program too large to
    /// [try both sides](crate::solution::Solution::has_sides) of every price: there the price is one that is right.
    pub more: Option<f64>,
    /// What one less costs; nothing likewise.
    pub less: Option<f64>,
}

/// What a model rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Evidence {
    /// The facts that it cites.
    pub facts: Vec<Fact>,
    /// What it assumes.
    pub assumptions: Vec<Assumption>,
}

/// An assumed figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
#[non_exhaustive]
pub struct Assumption {
    /// Where it stands.
    pub figure: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// Why it may be assumed.
    pub note: String,
}
