//! On whom does a plan depend? Where what holders get comes from, what of its cost comes from where
//! through the bill of materials, and what it costs to depend less.
//!
//! `docs/analyses/dependence.md` has the mathematics and its limits.

mod tables;
pub(super) mod trace;

pub use trace::{Deliveries, Origin};

use super::measure::beyond;
use super::{Trouble, Work};
use crate::calendar::Month;
use crate::document::Vary;
use crate::ids::{CapId, HolderId, Id, RegionId, RequirementId, Table, YearId};
use crate::model::{Cap, CapRule, Model, Money, ObjectiveKind};
use crate::path::Path;
use crate::program::{Program, Row};
use crate::solution::Solution;
use crate::solve::{Failure, Options, solve_program};
use crate::units::{MoneyPerYear, as_number};

use std::collections::BTreeMap;
use trace::Trace;

/// What to look into.
///
/// ```
/// use sinews::analysis::dependence::Question;
///
/// let question = Question {
///     holder: Some("ukraine".into()),
///     ..Question::default()
/// };
/// # let _ = question;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Only this holder, by key. `None`: all.
    pub holder: Option<String>,
    /// The country or bloc to depend less on, by key. `None`: no sweep.
    pub less: Option<String>,
    /// In how many steps its share goes to zero.
    pub steps: usize,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            holder: None,
            less: None,
            steps: 4,
        }
    }
}

/// Where a plan's goods come from.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Dependence {
    /// The model.
    pub model: Model,
    /// Its plan.
    pub solution: Solution,
    /// What each holder gets of each item, and from where.
    pub deliveries: Vec<Deliveries>,
    /// By holder: what its goods cost through the bill of materials, by where that value comes from, in
    /// the base currency and money of the day. `None`: no country is stated.
    #[cfg_attr(feature = "serde", serde(with = "crate::ids::pairs::of_each"))]
    pub cost: Vec<(HolderId, BTreeMap<Option<RegionId>, f64>)>,
    /// What it costs to depend less on a region; the first step is the plan as it is.
    pub sweep: Vec<Step>,
}

/// A plan under a cap on what may come from a region.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Step {
    /// How much of what goes to the region in the plan as it is may go there: 1 − n/N.
    pub left: f64,
    /// In each year of the calendar: the most money of the day that may go there.
    pub most: Table<YearId, f64>,
    /// The plan. `None`: no plan keeps the cap and all other rules.
    pub plan: Option<Capped>,
}

/// A plan under a cap, in numbers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Capped {
    /// What it costs, in money of the day.
    pub cost: f64,
    /// What it is worse by than the plan as it is: shortfalls at what they count, and cost.
    pub worse: f64,
    /// The mean coverage of all requirements, by value.
    pub coverage: f64,
    /// By requirement: its coverage.
    pub requirements: Table<RequirementId, f64>,
    /// What one more unit of money from the region would be worth, in the dearest year.
    pub price: f64,
}

/// Trace a plan's goods to their origins, and sweep a cap on what may come from a region.
///
/// The plan is that of the weighted objective, whatever the model asks for, so that the steps of the sweep
/// compare in one number.
///
/// # Errors
/// A fault of the document, no plan, or a holder or region that is not there.
///
/// ```
/// # use sinews::{analysis::{Work, dependence}, document::Document};
/// let document = Document::open("models/tiny.toml")?;
/// let ask = dependence::Question::default();
/// let found = dependence::dependence(&document, &ask, &Default::default(), &Work::default())?;
/// assert_eq!(found.deliveries[0].quantity.round(), 40_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn dependence(
    document: &dyn Vary,
    question: &Question,
    options: &Options,
    work: &Work,
) -> Result<Dependence, Trouble> {
    let model = document.model()?;
    let holder = question.holder.as_deref();
    let holder = holder.map(|key| find("holder", &model.holders, key, |h| &h.key));
    let holder = holder.transpose()?;
    let less = question.less.as_deref();
    let less = less.map(|key| find("country or bloc", &model.regions, key, |r| &r.key));
    let less = less.transpose()?;
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        ..options.clone()
    };
    let program = Program::of(&model, ObjectiveKind::Weighted);
    let solution = solve_program(&model, program, &options)?;
    let mut trace = Trace::new(&model, &solution);
    let chosen = |h: &HolderId| holder.is_none_or(|only| only == *h);
    let holders: Vec<HolderId> = model.holders.ids().filter(chosen).collect();
    let deliveries = holders.iter().flat_map(|&h| trace.deliveries(h)).collect();
    let cost = holders.iter().map(|&h| (h, trace.cost(h))).collect();
    let sweep = match less {
        None => Vec::new(),
        Some(region) => {
            let present = trace.spent_on(region);
            let sweep = Sweep {
                base: &solution,
                options: &options,
                region,
            };
            let steps = question.steps.max(1);
            work.all(
                steps + 1,
                || (),
                |(), n| sweep.step(&model, &present, n, steps),
            )?
        }
    };
    Ok(Dependence {
        model,
        solution,
        deliveries,
        cost,
        sweep,
    })
}

/// The thing with a key.
fn find<I: Id, T>(
    what: &str,
    things: &Table<I, T>,
    wanted: &str,
    key: impl Fn(&T) -> &str,
) -> Result<I, Trouble> {
    let found = things.iter().find(|(_, thing)| key(thing) == wanted);
    found
        .map(|(id, _)| id)
        .ok_or_else(|| Trouble::unknown(what, wanted, things.values().map(&key)))
}

/// Lowers a cap on a region.
struct Sweep<'a> {
    base: &'a Solution,
    options: &'a Options,
    region: RegionId,
}

impl Sweep<'_> {
    /// The plan in which no more than so much of each year's money goes to the region.
    fn step(
        &self,
        m: &Model,
        present: &Table<YearId, f64>,
        n: usize,
        of: usize,
    ) -> Result<Step, Trouble> {
        let left = 1.0 - as_number(n) / as_number(of);
        let most = present.map(|spent| (spent * left).max(0.0));
        if n == 0 {
            let plan = Some(self.plan(m, self.base, Vec::new()));
            return Ok(Step { left, most, plan });
        }
        let model = self.capped(m, &most)?;
        let cap = CapId::at(model.caps.len() - 1);
        let rows = m.calendar.years().map(|y| Row::Cap(cap, y)).collect();
        let program = Program::like(&model, self.base.program());
        let program = program.with_history_of(self.base.program());
        let plan = match solve_program(&model, program, self.options) {
            Ok(solution) => Some(self.plan(&model, &solution, rows)),
            Err(Failure::Infeasible { .. }) => None,
            Err(failure) => return Err(failure.into()),
        };
        Ok(Step { left, most, plan })
    }

    /// The model with a last cap: no more than so much of each year's money goes to the region.
    fn capped(&self, m: &Model, most: &Table<YearId, f64>) -> Result<Model, Trouble> {
        let c = &m.calendar;
        let rates = most.iter().filter_map(|(y, most)| {
            let length = c.length().value() * as_number(c.periods_of(y).count());
            Some((
                Month::new(c.year_number(y), 1)?,
                MoneyPerYear::new(most / length),
            ))
        });
        let mut key = format!("less-{}", m.regions[self.region].key);
        while m.caps.values().any(|cap| cap.key == key) {
            key.push('-');
        }
        let mut draft = m.clone().into_draft();
        draft.caps.push(Cap {
            name: key.clone(),
            key,
            rule: CapRule::Spending {
                region: self.region,
                most: Path::steps(rates),
                currency: Money::BASE,
            },
        });
        Ok(draft.check_varied()?)
    }

    fn plan(&self, m: &Model, solution: &Solution, caps: Vec<Row>) -> Capped {
        let prices = caps.into_iter().filter_map(|row| solution.price(row));
        Capped {
            cost: solution.cost.total,
            worse: beyond(solution.stages[0].value, self.base.stages[0].value).max(0.0),
            coverage: solution.mean_coverage(m),
            requirements: solution
                .requirements
                .map(crate::solution::Coverage::coverage),
            price: prices.fold(0.0, f64::max),
        }
    }
}
