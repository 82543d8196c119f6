//! By when? The first window from which a requirement can be met in full and stay met.
//!
//! ```text
//! T(R)  =  the first window T with  min { Σ_{r ∈ R} Σ_{w ≥ T} u[r,w] / D[r,w] }  =  0
//! ```
//!
//! Everything may be done for these requirements, and all others may go short: it is the earliest date that
//! the model allows at all. If all windows from `T` on can be met, so can all from any later one: the
//! date is found by halving, each step one solve. What stands in the way of the window before it are the limits with a price
//! there; each lever against them is tried by searching again.

use super::bottleneck::{Cause, Lever, levers};
use super::frontier::requirement;
use super::measure::rank;
use super::{Findings, Trouble, Work};
use crate::document::Vary;
use crate::ids::{ItemId, PeriodId, RequirementId};
use crate::model::{Model, ObjectiveKind};
use crate::program::{Column, Program, Row, Sense};
use crate::solution::{Met, Solution};
use crate::solve::{Failure, Options, Runner, Session, held, solve_program};
use crate::table::{Cell, Table};
use crate::units::as_number;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked.
///
/// ```
/// use sinews::analysis::deadline::Request;
///
/// let request = Request {
///     levers: 3,
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug)]
pub struct Request {
    /// Keys of requirements, or `tier 1` and the like for all of a tier together. Empty: each requirement
    /// that falls short in the best plan.
    pub of: Vec<String>,
    /// How many levers are tried for each.
    pub levers: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            of: Vec::new(),
            levers: 3,
        }
    }
}

/// When requirements can be met.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Deadlines {
    /// The model.
    pub model: Model,
    /// Each requirement or tier asked for.
    pub all: Vec<Deadline>,
}

/// When one requirement, or all of a tier, can be met.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Deadline {
    /// What it is about.
    pub name: String,
    /// The requirements that are to be met.
    pub requirements: Vec<RequirementId>,
    /// The window from which all of them can be met to the end, by its last period. `None`: not within
    /// the calendar.
    pub from: Option<PeriodId>,
    /// What stands in the way of the window before it: causes in words, with their share of what
    /// limits weigh there.
    pub because: Vec<(String, f64)>,
    /// What levers bring it forward to.
    pub levers: Vec<Sooner>,
}

/// A lever and the date it leads to.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sooner {
    /// The lever in words.
    pub words: String,
    /// The window from which all can then be met. `None`: still not within the calendar.
    pub from: Option<PeriodId>,
}

/// By when requirements can be met.
///
/// # Errors
/// Unknown requirements or tiers, or a model without a plan.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::analysis::deadline::{Request, deadline};
///
/// let model = sinews::read("models/shells.toml")?;
/// let request = Request {
///     levers: 0,
///     ..Request::default()
/// };
/// let found = deadline(&model, &request, &Default::default(), &Work::default())?;
/// assert!(!found.all.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn deadline(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Deadlines, Trouble> {
    let model = document.model()?;
    let program = held(
        &model,
        Program::of(&model, ObjectiveKind::Weighted),
        options,
    )?;
    let groups = groups(&model, &program, request, options)?;
    let session = Session::of(&model, program, options)?;
    let search = Search {
        document,
        model: &model,
        session: &session,
        options,
        levers: request.levers,
    };
    let all = work.all(
        groups.len(),
        || session.runner(),
        |runner, n| {
            let (name, requirements) = groups[n].clone();
            search.of(runner, name, requirements)
        },
    );
    let all = all?;
    Ok(Deadlines { model, all })
}

/// What is asked for: a name and the requirements that are meant.
type Group = (String, Vec<RequirementId>);

fn groups(
    m: &Model,
    program: &Program,
    request: &Request,
    options: &Options,
) -> Result<Vec<Group>, Trouble> {
    let of = &request.of;
    if of.is_empty() {
        // Of plans that are equally good the one chosen on purpose: which requirements go short is its choice.
        let best = solve_program(m, program.clone(), options)?;
        let short = best.requirements.iter();
        let short = short.filter(|(_, met)| !met.is_in_full());
        return Ok(short
            .map(|(r, _)| (m.requirements[r].name.clone(), vec![r]))
            .collect());
    }
    let group = |text: &String| {
        let Some(tier) = text.strip_prefix("tier ") else {
            let r = requirement(m, text)?;
            return Ok((m.requirements[r].name.clone(), vec![r]));
        };
        let own = |(_, r): &(RequirementId, &crate::model::Requirement)| {
            r.tier.to_string() == tier.trim()
        };
        let all: Vec<RequirementId> = m.requirements.iter().filter(own).map(|(r, _)| r).collect();
        if all.is_empty() {
            let help = "name a requirement's key, or a tier that is in use, such as `tier 1`";
            return Err(Trouble::request(format!("nothing is in `{text}`"), help));
        }
        Ok((format!("all of tier {}", tier.trim()), all))
    };
    of.iter().map(group).collect()
}

struct Search<'a> {
    document: &'a dyn Vary,
    model: &'a Model,
    session: &'a Session,
    options: &'a Options,
    levers: usize,
}

impl Search<'_> {
    fn of(
        &self,
        runner: &mut Runner,
        name: String,
        requirements: Vec<RequirementId>,
    ) -> Result<Deadline, Trouble> {
        let program = self.session.solution().program();
        let (from, before) = earliest(runner, self.model, program, &requirements)?;
        let causes = match before {
            // Solved from nothing, so that its prices are the same on every solver.
            Some(before) => {
                let program = before.program().clone();
                let before = solve_program(self.model, program, self.options)?;
                self.causes(&before, &requirements)
            }
            None => Vec::new(),
        };
        let whole: f64 = causes.iter().map(|(_, weight)| weight).sum();
        let because = causes
            .iter()
            .take(5)
            .map(|&(cause, weight)| (cause.words(self.model, program).to_string(), weight / whole));
        let mut new = Deadline {
            name,
            because: because.collect(),
            levers: Vec::new(),
            from,
            requirements,
        };
        for lever in self.levers_against(program, &causes) {
            let model = self.document.changed(&lever.changes)?;
            let program = Program::like(&model, program).with_history_of(program);
            let (from, _) = earliest(runner, &model, &program, &new.requirements)?;
            let words = lever.words.to_string();
            new.levers.push(Sooner { words, from });
        }
        Ok(new)
    }

    /// The levers to try: against each cause, and where a line's capacity binds, an earlier opening of what
    /// expands it.
    fn levers_against(&self, program: &Program, causes: &[(Cause, f64)]) -> Vec<Lever> {
        let mut found: Vec<Lever> = Vec::new();
        for &(cause, _) in causes {
            let expansions = self.model.expansions.iter();
            let own = expansions.filter(|(_, e)| cause == Cause::capacity(e.line));
            let openings = own.map(|(e, _)| Cause::Opening(e));
            for cause in std::iter::once(cause).chain(openings) {
                for lever in levers(self.model, program, cause) {
                    if found.iter().all(|other| other.changes != lever.changes) {
                        found.push(lever);
                    }
                }
            }
        }
        found.truncate(self.levers);
        found
    }

    /// What limits a plan, by cause, the weightiest first; where no limit does, first deliveries: nothing comes so
    /// early.
    fn causes(&self, solution: &Solution, of: &[RequirementId]) -> Vec<(Cause, f64)> {
        let program = solution.program();
        let mut found: BTreeMap<Cause, f64> = BTreeMap::new();
        for n in 0..program.rows().len() {
            let row = program.rows().name(n);
            let price = solution.price(row).unwrap_or(0.0);
            let cause = Cause::of(self.model, program, row);
            if price > 0.0 && cause.binds() && !is_spare(solution, row) {
                *found.entry(cause).or_default() += price * room(solution, n);
            }
        }
        let all: f64 = found.values().sum();
        let mut causes: Vec<_> = found
            .into_iter()
            .filter(|&(_, weight)| weight > NO_CAUSE * all)
            .collect();
        rank(&mut causes, |cause| cause.1, all, |cause| cause.0);
        if causes.is_empty() {
            let items = of.iter().map(|&r| self.model.requirements[r].meets[0].item);
            let items: BTreeSet<ItemId> = items.collect();
            causes.extend(items.into_iter().map(|i| (Cause::NoSource(i), 1.0)));
        }
        causes
    }
}

/// A share of what limits weigh below this is no cause.
const NO_CAUSE: f64 = 1e-6;

/// Whether one more of a limit, or one less of a demand, is worth nothing, whatever its price.
fn is_spare(solution: &Solution, row: Row) -> bool {
    let Some(sides) = solution.sides(&[row]) else {
        return false;
    };
    let rows = solution.program().rows();
    let sense = rows.position(row).map(|n| rows.sense(n));
    let eased = if sense == Some(Sense::AtMost) {
        sides.more
    } else {
        sides.less
    };
    eased == Some(0.0)
}

/// What a row allows, in natural units: its right side and what its fixed columns give.
fn room(solution: &Solution, n: usize) -> f64 {
    let program = solution.program();
    let given = program.rows().row(n).iter().filter_map(|&(j, factor)| {
        let column = program.columns()[j as usize];
        let state = matches!(column.name, Column::Added(..));
        let fixed = column.lower == column.upper;
        let value = solution.value(column.name) / column.unit;
        (fixed || state).then_some(-factor * value)
    });
    let all = program.rows().right(n) + given.sum::<f64>();
    all.abs() * program.rows().unit(n)
}

/// The first window from which all can be met, and the plan for the window before it.
fn earliest(
    runner: &mut Runner,
    m: &Model,
    program: &Program,
    requirements: &[RequirementId],
) -> Result<(Option<PeriodId>, Option<Solution>), Failure> {
    let required = |r: RequirementId, t: PeriodId| program.fixed(Column::Required(r, t)) > 0.0;
    let windows = requirements.iter().flat_map(|&r| {
        let windows = m.calendar.open_periods().filter(move |&t| required(r, t));
        windows.map(move |t| (r, t))
    });
    let windows: Vec<Window> = windows.collect();
    let mut ends: Vec<PeriodId> = windows.iter().map(|&(_, t)| t).collect();
    ends.sort_unstable();
    ends.dedup();
    // All windows from `ends[high]` on can be met, those from `ends[low - 1]` on cannot.
    let (mut low, mut high) = (0, ends.len());
    let mut before = None;
    while low < high {
        let middle = usize::midpoint(low, high);
        let late = windows.iter().filter(|&&(_, t)| t >= ends[middle]);
        let late: Vec<Window> = late.copied().collect();
        let (can, nearest) = can_meet(runner, m, program, &late)?;
        if can {
            high = middle;
        } else {
            low = middle + 1;
            before = Some(nearest);
        }
    }
    Ok((ends.get(high).copied(), before))
}

/// A requirement and one of its windows.
type Window = (RequirementId, PeriodId);

/// Whether some plan meets a requirement in full in each of several windows, and the plan that comes nearest.
///
/// The least of what is missing is certified. If all windows together miss no more than one may, each is met in
/// full; if they miss more than all may, some is not. What lies between is tried with each window held to it.
fn can_meet(
    runner: &mut Runner,
    m: &Model,
    program: &Program,
    windows: &[Window],
) -> Result<(bool, Solution), Failure> {
    let mut nearest = program.clone();
    nearest.pursue_windows(m, windows);
    let found = runner.solve_program(m, nearest.clone())?;
    let missing = found.stages[0].value;
    if missing <= Met::IN_FULL {
        return Ok((true, found));
    }
    if missing > Met::IN_FULL * as_number(windows.len()) {
        return Ok((false, found));
    }
    for &(r, t) in windows {
        let required = program.fixed(Column::Required(r, t));
        nearest.limit(Column::Short(r, t), Met::IN_FULL * required);
    }
    match runner.solve_program(m, nearest) {
        Ok(held) => Ok((true, held)),
        Err(Failure::Infeasible { .. }) => Ok((false, found)),
        Err(failure) => Err(failure),
    }
}

impl Deadlines {
    fn label(&self, from: Option<PeriodId>) -> Cell {
        let period = from.map(|t| Cell::period(&self.model.calendar, t));
        period.unwrap_or_else(|| Cell::Empty.shown("not by the end"))
    }
}

impl Findings for Deadlines {
    fn tables(&self) -> Vec<Table> {
        if self.all.is_empty() {
            let from = self.model.calendar.decide_from();
            let mut table = Table::new("deadlines", "Nothing falls short", "", &["in words"]);
            table.push(vec![format!("Nothing falls short from {from} on.").into()]);
            return vec![table];
        }
        let note = "The first window from which it can be met in full to the end, if everything is done for it and all else may go short.";
        let words = ["requirement", "from", "with", "then from"];
        let title = "By when it can be met";
        let mut dates = Table::new("deadlines", title, note, &words);
        for deadline in &self.all {
            let own = [deadline.name.clone().into(), self.label(deadline.from)];
            if deadline.levers.is_empty() {
                let none = ["".into(), "".into()];
                dates.push(own.clone().into_iter().chain(none).collect());
            }
            for (n, lever) in deadline.levers.iter().enumerate() {
                let own = if n == 0 {
                    own.clone()
                } else {
                    own.clone().map(|cell| cell.bare().clone().shown(""))
                };
                let more = [lever.words.clone().into(), self.label(lever.from)];
                dates.push(own.into_iter().chain(more).collect());
            }
        }
        let note = "What stands in the way of the window before; the share of what the limits weigh there.";
        let title = "What binds before that";
        let mut because =
            Table::new("because", title, note, &["requirement", "what binds"]).columns(["share"]);
        for deadline in &self.all {
            for (words, share) in &deadline.because {
                because.push(vec![
                    deadline.name.clone().into(),
                    words.clone().into(),
                    Cell::Share(*share),
                ]);
            }
        }
        let tables = [dates, because];
        tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect()
    }
}
