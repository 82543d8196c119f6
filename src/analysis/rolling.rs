//! What does it cost to plan year by year, without foresight or without multi-year contracts?
//!
//! The horizon is decided one calendar year after another. Each time the plan sees what is required for
//! so many years and takes it that what the last of them requires goes on (or, if asked to, nothing does), decides its own year, and what it has decided stands when the next
//! year is planned. The objective is the weighted one. `docs/analyses/rolling.md` has the rules in full.
//!
//! ```
//! use sinews::analysis::rolling::{Ask, rolling};
//!
//! let model = sinews::read("models/shells.toml")?;
//! let ask = Ask { contracts: Some(1), ..Ask::default() };
//! let found = rolling(&model, &ask, &Default::default(), &Default::default())?;
//! assert_eq!(found.plans.len(), 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod tables;

use super::measure::{built, first_period, orders_of};
use super::{Trouble, Work};
use crate::calendar::{Calendar, Month};
use crate::ids::{ExpansionId, Id, PeriodId, RequirementId, YearId};
use crate::model::{Model, Need, ObjectiveKind};
use crate::path::Path;
use crate::program::{Column, ColumnData, Decided, Program};
use crate::solution::Solution;
use crate::solve::{Failure, Options, held, solve_program};
use crate::units::as_number;

/// What is asked: how far a plan sees, what it expects beyond that, and how long a contract may bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Ask {
    /// For how many calendar years, its own included, a plan sees what is required.
    pub see: usize,
    /// In how many calendar years, that of its signature included, a contract may fall due: 1 is an annual
    /// budget. `None`: contracts bind for as long as they take.
    pub contracts: Option<usize>,
    /// What it expects to be required in years that it does not see.
    pub unseen: Unseen,
}

impl Default for Ask {
    /// A plan that sees its own year and expects it to go on, with contracts that bind as long as they take.
    fn default() -> Self {
        Self {
            see: 1,
            contracts: None,
            unseen: Unseen::default(),
        }
    }
}

/// What a plan expects to be required in years that it does not see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Unseen {
    /// What is required in the last year that it sees, each year again.
    #[default]
    AsLast,
    /// Nothing.
    Nothing,
}

impl Unseen {
    /// Every expectation, with the word for it.
    pub const WORDS: [(&'static str, Self); 2] =
        [("as-last", Self::AsLast), ("nothing", Self::Nothing)];
}

impl Ask {
    fn check(self) -> Result<(), Trouble> {
        if self.see == 0 {
            let help = "write a number of years from 1, the year itself included";
            return Err(Trouble::request("a plan that sees no year", help));
        }
        if self.contracts == Some(0) {
            let help = "write a number of years from 1, the year of signature included";
            return Err(Trouble::request("contracts for no year", help));
        }
        Ok(())
    }
}

/// The full plan, and plans made year by year.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Rolling {
    /// The model.
    pub model: Model,
    /// What was asked.
    pub ask: Ask,
    /// The plan with full foresight first; then those made year by year, with contracts that bind as
    /// long as they take, and, if asked for, with shorter ones.
    pub plans: Vec<Foresight>,
}

/// A plan, and how it was made.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Foresight {
    /// What it is called.
    pub name: String,
    /// For how many years it sees what is required. `None`: to the end.
    pub see: Option<usize>,
    /// In how many years a contract may fall due. `None`: as many as it takes.
    pub contracts: Option<usize>,
    /// What it comes to, measured against all that is required.
    pub solution: Solution,
}

/// When an expansion is ordered.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Ordered {
    /// How much of it is ordered over the calendar.
    pub blocks: f64,
    /// Months from when decisions are free to the order, the mean over what is ordered.
    pub months: f64,
}

impl Foresight {
    /// How much of an expansion the plan orders, and when. `None`: nothing.
    pub fn ordered(&self, m: &Model, e: ExpansionId) -> Option<Ordered> {
        let (mut blocks, mut months) = (0.0, 0.0);
        for build in orders_of(&self.solution, e) {
            let date = m.expansions[e].order_date(&m.calendar, build.ordered);
            let after = date.map_or(0, |date| date.since(m.calendar.decide_from()));
            blocks += build.taken;
            months += build.taken * f64::from(after);
        }
        let months = months / blocks;
        (built(m, &self.solution, e) > 0.0).then_some(Ordered { blocks, months })
    }
}

/// Plan a model with full foresight, and year by year.
///
/// # Errors
/// A number of years that is no number of years, or a year without a plan.
pub fn rolling(
    model: &Model,
    ask: &Ask,
    options: &Options,
    work: &Work,
) -> Result<Rolling, Trouble> {
    ask.check()?;
    let options = &Options {
        // One aim: what stands is held within the solver's rounding, which later ones would take for limits that are used up.
        // Ties are broken: what one year does with its choice among equals, the next has to live with.
        objective: Some(ObjectiveKind::Weighted),
        cancel: options.cancel.clone().or_else(|| work.cancel.clone()),
        ..options.clone()
    };
    let program = held(model, Program::of(model, ObjectiveKind::Weighted), options)?;
    let free = Ask {
        contracts: None,
        ..*ask
    };
    let mut asked = vec![free];
    asked.extend(ask.contracts.map(|_| *ask));
    let expecting = expecting(model, &program)?;
    let job = |(): &mut (), n: usize| {
        let Some(ask) = n.checked_sub(1).map(|n| asked[n]) else {
            return Ok(Foresight {
                name: "full foresight".into(),
                see: None,
                contracts: None,
                solution: solve_program(model, program.clone(), options)?,
            });
        };
        Ok(Foresight {
            name: name(ask),
            see: Some(ask.see),
            contracts: ask.contracts,
            solution: roll(model, (&program, &expecting), ask, options)?,
        })
    };
    let plans = work.all(asked.len() + 1, || (), job)?;
    Ok(Rolling {
        model: model.clone(),
        ask: *ask,
        plans,
    })
}

fn name(ask: Ask) -> String {
    let beyond = match ask.unseen {
        Unseen::AsLast => "",
        Unseen::Nothing => " and nothing beyond",
    };
    let years = |n: usize| {
        if n == 1 {
            "1 year".into()
        } else {
            format!("{n} years")
        }
    };
    match ask.contracts {
        None => format!("sees {}{beyond}", years(ask.see)),
        Some(1) => format!("sees {}{beyond}, annual contracts", years(ask.see)),
        Some(n) => format!("sees {}{beyond}, contracts of {}", years(ask.see), years(n)),
    }
}

/// The program of what might be expected: where nothing is required in a window, something could be.
fn expecting(model: &Model, program: &Program) -> Result<Program, Trouble> {
    let c = model.calendar;
    let mut draft = model.clone().into_draft();
    for requirement in draft.requirements.values_mut() {
        match &mut requirement.need {
            Need::Flow(path) => lift(path, &c),
            Need::Level(path) => lift(path, &c),
        }
    }
    let lifted = draft.check_varied()?;
    Ok(Program::like(&lifted, program).with_history_of(program))
}

/// Where there is none of a figure while decisions are free, let there be as much as there is anywhere.
fn lift<U>(path: &mut Path<U>, c: &Calendar) {
    let (most, first) = (path.most(), c.decide_from());
    let months = (0..c.end().since(first)).map(|n| first.plus(n));
    let is_gap = |month: &Month| path.at(*month).value() <= 0.0;
    if most.value() > 0.0 && months.clone().any(|month| is_gap(&month)) {
        let lifted = |month: Month| {
            let value = if is_gap(&month) { most } else { path.at(month) };
            (month, value)
        };
        let past = path.iter().filter(|(month, _)| *month < first);
        let past: Vec<_> = past.collect();
        *path = Path::steps(past.into_iter().chain(months.map(lifted))).from_nothing();
    }
}

/// Decide year after year; the last plan sees all that is required and has all decisions of the years
/// before it.
fn roll(
    m: &Model,
    (program, expecting): (&Program, &Program),
    ask: Ask,
    options: &Options,
) -> Result<Solution, Failure> {
    let mut before: Option<Solution> = None;
    for y in m.calendar.open_years() {
        // Who sees to the end expects nothing.
        let last = y.position() + ask.see >= m.calendar.years().len();
        let planned = if last { program } else { expecting };
        let charged = last_charges(m, planned);
        let step = Step {
            m,
            program: planned,
            required: program,
            ask,
            year: y,
            charged: &charged,
            before: before.as_ref(),
        };
        let decided: Vec<Decided> = planned
            .columns()
            .iter()
            .map(|column| planned.decided(m, column.name))
            .collect();
        let own = planned.clone();
        let own = own.with_bounds(|j, column| step.bound(j, decided[j], column));
        before = Some(solve_program(m, own, options)?);
    }
    before.ok_or(Failure::Unbounded)
}

/// By column: the position of the last year in which it is charged; one beyond the calendar is the
/// number of years.
fn last_charges(m: &Model, program: &Program) -> Vec<usize> {
    let mut last = vec![0; program.columns().len()];
    for &(j, _, year, _) in program.charges() {
        let year = year.position().min(m.calendar.years().len());
        let known = &mut last[j as usize];
        *known = year.max(*known);
    }
    last
}

/// One year's planning.
struct Step<'a> {
    m: &'a Model,
    program: &'a Program,
    /// The program of what is required.
    required: &'a Program,
    ask: Ask,
    year: YearId,
    charged: &'a [usize],
    /// The plan of the year before.
    before: Option<&'a Solution>,
}

/// How far a decision that stands may be from where it stands, in internal units: what a solution
/// leaves out as rounding in its sums, and a hundred thousandth of it. What is not done stays undone.
const ROUNDING: (f64, f64) = (1e-4, 1e-5);

impl Step<'_> {
    fn bound(&self, j: usize, decided: Decided, column: &mut ColumnData) {
        let (start, year) = (first_period(self.m, self.year), self.year.position());
        let starts = |n: i64| usize::try_from(n).unwrap_or(0);
        if let Column::Required(r, t) = column.name {
            let wanted = if self.m.calendar.year_of(t).position() < year + self.ask.see {
                self.required.fixed(column.name)
            } else {
                self.expected(r, t)
            };
            (column.lower, column.upper) = (wanted / column.unit, wanted / column.unit);
            return;
        }
        match decided {
            Decided::Period(n) if n < 0 || starts(n) < start => self.hold(column),
            Decided::Period(n) if self.is_too_long(j, starts(n)) => {
                column.upper = self.standing(column);
            }
            Decided::Year(y) if y < self.year => self.hold(column),
            Decided::Period(_) | Decided::Year(_) | Decided::Follows => {}
        }
    }

    /// What the plan expects to be required in a window that it does not see: what the last year that it sees requires in
    /// the same part of it.
    fn expected(&self, r: RequirementId, t: PeriodId) -> f64 {
        if self.ask.unseen == Unseen::Nothing {
            return 0.0;
        }
        let c = &self.m.calendar;
        let last = YearId::at(self.year.position() + self.ask.see - 1);
        let has = |t: &PeriodId| self.required.plan().required[(r, *t)].is_some();
        let windows = || c.periods_of(last).filter(has);
        let month = |t: PeriodId| c.first_month(t).number();
        let same = windows().find(|&other| month(other) == month(t));
        let Some(same) = same.or_else(|| windows().next_back()) else {
            return 0.0;
        };
        let requirement = &self.m.requirements[r];
        let flows = matches!(requirement.need, Need::Flow(_));
        let length = |t| as_number(requirement.window.periods(c, t).len());
        // A year of which the calendar has a part requires that part.
        let parts = if flows { length(t) / length(same) } else { 1.0 };
        parts * self.required.fixed(Column::Required(r, same))
    }

    /// What was decided in an earlier year stands.
    fn hold(&self, column: &mut ColumnData) {
        let Some(before) = self.before else { return };
        let value = before.value(column.name) / column.unit;
        let room = match value {
            0.0 => 0.0,
            _ => ROUNDING.0 + ROUNDING.1 * value.abs(),
        };
        if column.lower < column.upper {
            column.lower = column.lower.max(value - room);
            column.upper = column.upper.min(value + room).max(column.lower);
        }
    }

    /// What goes on without a new contract: a line's minimum rate.
    fn standing(&self, column: &ColumnData) -> f64 {
        let Column::Make(k, t) = column.name else {
            return 0.0;
        };
        let c = &self.m.calendar;
        let l = self.program.network().makes[k].line;
        let least = self.m.minimum(l, t) * c.length();
        least.value() / column.unit
    }

    /// Whether something decided in a period would fall due after its contract may. Later years will
    /// sign contracts of their own, and under the same rule.
    fn is_too_long(&self, j: usize, decided: usize) -> bool {
        let signed = self.m.calendar.year_of(Id::at(decided)).position();
        let free = self.ask.contracts;
        free.is_some_and(|years| self.charged[j] >= signed + years)
    }
}
