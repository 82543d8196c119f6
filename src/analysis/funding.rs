//! Money as economists speak of it: commitments against payments, loan service, price bases, currencies,
//! what coverage costs, what delay costs, and who crowds out whom.
//!
//! The plan is that of the weighted objective, whatever the model asks for, so that plans made again compare
//! with it in one number. `docs/analyses/funding.md` has the mathematics and its limits.

mod again;
mod burdens;
mod contracts;
mod exposure;
mod loans;
mod tables;
mod unit_cost;

pub(in crate::analysis) use again::late;
pub use again::{Change, Contested, Crowded, Delay, Rivalry, Side, delayed};
pub use burdens::Borne;
pub use contracts::{Contracts, Flow};
pub use exposure::{Exposure, Moved};
pub use loans::{LoanCost, LoanYear};
pub use unit_cost::UnitCost;

use super::{Trouble, Work};
use crate::calendar::Month;
use crate::ids::{CurrencyId, HolderId, Table, YearId};
use crate::model::{Model, Money, ObjectiveKind};
use crate::program::Program;
use crate::solution::Solution;
use crate::solve::{Failure, Options, solve_program};
use contracts::When;

/// What is asked.
///
/// ```
/// use sinews::analysis::funding::Request;
///
/// let request = Request {
///     delays: vec![2, 4],
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Holders set against all others, as a pattern: `ukraine`, `uk*`. `None`: no rivalry is looked into.
    pub holders: Option<String>,
    /// By what share each currency moves.
    pub rate: f64,
    /// For how many quarters nothing new is signed, each tried in turn.
    pub delays: Vec<u32>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            holders: None,
            rate: 0.1,
            delays: vec![1, 2, 4],
        }
    }
}

/// Money by calendar year, with what lies before and after the calendar.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Spread {
    /// Before the calendar.
    pub before: f64,
    /// In each of its years.
    pub years: Table<YearId, f64>,
    /// After it.
    pub after: f64,
}

impl Spread {
    fn none(m: &Model) -> Self {
        Self {
            before: 0.0,
            years: m.calendar.years().map(|_| 0.0).collect(),
            after: 0.0,
        }
    }

    /// All of it.
    pub fn total(&self) -> f64 {
        self.before + self.years.values().sum::<f64>() + self.after
    }
}

/// What a plan's money does.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Funding {
    /// The model.
    pub model: Model,
    /// Its plan.
    pub solution: Solution,
    /// By what share currencies were moved.
    pub rate: f64,
    /// What each fund commits and pays.
    pub contracts: Vec<Contracts>,
    /// What each country bears of what funds pay while decisions are free; then, without a country, what none bears.
    pub burdens: Vec<Borne>,
    /// What each fund that has to be paid back costs.
    pub loans: Vec<LoanCost>,
    /// Exposure to each currency in use.
    pub exposures: Vec<Exposure>,
    /// What meeting each requirement costs.
    pub unit_costs: Vec<UnitCost>,
    /// What it costs to sign nothing for some time.
    pub delays: Vec<Delay>,
    /// What some holders and all others do to one another, if it was asked.
    pub rivalry: Option<Rivalry>,
}

impl Funding {
    /// What all funds together commit and pay, in money of the day and in base-year prices.
    pub fn total(&self) -> Contracts {
        let none = || Flow::none(&self.model);
        let mut total = Contracts {
            fund: None,
            day: none(),
            base: none(),
        };
        for contracts in &self.contracts {
            total.day.join(&contracts.day);
            total.base.join(&contracts.base);
        }
        total
    }
}

impl Flow {
    fn join(&mut self, other: &Self) {
        self.committed.join(&other.committed);
        self.paid.join(&other.paid);
    }
}

impl Spread {
    fn add(&mut self, when: When, money: f64) {
        match when {
            When::Before => self.before += money,
            When::In(y) => self.years[y] += money,
            When::After => self.after += money,
        }
    }

    fn join(&mut self, other: &Self) {
        self.before += other.before;
        self.after += other.after;
        for (mine, theirs) in self.years.values_mut().zip(other.years.values()) {
            *mine += theirs;
        }
    }
}

/// A plan to be made again.
enum Job {
    Rate(CurrencyId),
    Delay(u32, Month),
    Alone(usize),
}

/// What making a plan again gave.
enum Done {
    Rate(CurrencyId, Moved),
    Delay(Delay),
    Alone(Box<Solution>),
}

/// Look into a plan's money.
///
/// # Errors
/// A model without a plan, holders that are not there, a move that leaves a currency worthless, or a delay
/// that does not end within the calendar.
///
/// ```
/// # use sinews::{analysis::{Work, funding}, solve::Options};
/// let model = sinews::read("models/shells.toml")?;
/// let ask = funding::Request { delays: vec![2], ..Default::default() };
/// let found = funding::funding(&model, &ask, &Options::default(), &Work::default())?;
/// let late = found.delays[0].change.expect("a plan");
/// assert!(late.missing > 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn funding(
    model: &Model,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Funding, Trouble> {
    let own = request.holders.as_deref();
    let own = own.map(|text| again::holders(model, text)).transpose()?;
    if !(request.rate > -1.0 && request.rate.is_finite()) {
        let message = format!("a currency cannot move by {}", request.rate);
        let help = "give a share above -1, such as 0.1 for a tenth more";
        return Err(Trouble::request(message, help));
    }
    let delays = request.delays.iter();
    let delays = delays.map(|&n| Ok(Job::Delay(n, again::until(model, n)?)));
    let delays: Vec<Job> = delays.collect::<Result<_, Trouble>>()?;
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        progress: None,
        cancel: options.cancel.clone().or_else(|| work.cancel.clone()),
        ..options.clone()
    };
    let program = Program::of(model, ObjectiveKind::Weighted);
    let solution = solve_program(model, program, &options)?;
    let parts = contracts::parts(model, &solution);
    let contracts = contracts::by_fund(model, &solution, &parts);
    let mut exposures = exposure::all(model, &solution, &parts, &contracts);
    let again = Again {
        model,
        first: &solution,
        options: &options,
        rate: request.rate,
        own: own.as_deref().unwrap_or_default(),
        exposures: &exposures,
    };
    let foreign = exposures.iter().filter(|e| e.currency != Money::BASE);
    let mut jobs: Vec<Job> = foreign.map(|e| Job::Rate(e.currency)).collect();
    jobs.extend(delays);
    jobs.extend((0..2).filter(|_| own.is_some()).map(Job::Alone));
    let done = work.all(jobs.len(), || (), |(), n| again.job(&jobs[n]))?;
    let (mut late, mut alone) = (Vec::new(), Vec::new());
    for done in done {
        match done {
            Done::Rate(c, moved) => {
                let own = exposures.iter_mut().find(|e| e.currency == c);
                own.expect("it is one of these").moved = Some(moved);
            }
            Done::Delay(delay) => late.push(delay),
            Done::Alone(solution) => alone.push(*solution),
        }
    }
    let alone: Option<[Solution; 2]> = alone.try_into().ok();
    let rivalry = own.zip(alone.as_ref());
    let rivalry = rivalry.map(|(own, alone)| again::rivalry(model, own, &solution, alone));
    Ok(Funding {
        model: model.clone(),
        rate: request.rate,
        contracts,
        burdens: burdens::all(model, &solution),
        loans: loans::all(model, &solution),
        unit_costs: unit_cost::all(model, &solution),
        exposures,
        delays: late,
        rivalry,
        solution,
    })
}

/// Makes a plan again.
struct Again<'a> {
    model: &'a Model,
    first: &'a Solution,
    options: &'a Options,
    rate: f64,
    own: &'a [HolderId],
    exposures: &'a [Exposure],
}

impl Again<'_> {
    fn job(&self, job: &Job) -> Result<Done, Trouble> {
        match *job {
            Job::Rate(c) => Ok(Done::Rate(c, self.moved(c)?)),
            Job::Delay(quarters, until) => Ok(Done::Delay(self.late(quarters, until)?)),
            Job::Alone(side) => {
                let program = self.first.program().clone();
                let program = again::alone(self.model, program, self.own, side);
                let solution = solve_program(self.model, program, self.options)?;
                Ok(Done::Alone(Box::new(solution)))
            }
        }
    }

    /// The best plan of a program; any of equal plans will do, as only its value counts. `None`: no plan keeps
    /// the rules.
    fn anew(&self, m: &Model, program: Program) -> Result<Option<Solution>, Trouble> {
        let quick = Options {
            any_of_equals: true,
            ..self.options.clone()
        };
        match solve_program(m, program, &quick) {
            Ok(solution) => Ok(Some(solution)),
            Err(Failure::Infeasible { .. }) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }

    fn moved(&self, c: CurrencyId) -> Result<Moved, Trouble> {
        let model = exposure::moved(self.model, c, self.rate)?;
        let program = Program::like(&model, self.first.program());
        let program = program.with_history_of(self.first.program());
        let first_order = exposure::envelope(self.first, &program);
        let own = self.exposures.iter().find(|e| e.currency == c);
        let solution = self.anew(&model, program)?;
        Ok(Moved {
            same_plan: self.rate * own.map_or(0.0, |own| own.priced.total()),
            first_order,
            anew: solution.map(|now| Change::of(&model, self.first, &now)),
        })
    }

    fn late(&self, quarters: u32, until: Month) -> Result<Delay, Trouble> {
        let from = self.model.calendar.decide_from();
        let program = late(self.model, self.first.program().clone(), (from, until));
        let solution = self.anew(self.model, program)?;
        let now = solution.as_ref();
        Ok(Delay {
            quarters,
            until,
            change: now.map(|now| Change::of(self.model, self.first, now)),
            victim: now.and_then(|now| again::victim(self.model, self.first, now)),
        })
    }
}
