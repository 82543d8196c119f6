//! Why does it fall short? From each shortfall down the bill of materials to what binds, and back.
//!
//! One more unit required costs what the price of its row says. The dual equations split that price into
//! terms, price × factor, down to limits; the terms sum to the whole. What part of the price goes back to
//! a cause is the part of the missing units that waits for it. `docs/analyses/bottleneck.md` has the
//! mathematics and its limits.

mod cause;
mod chain;
mod gaps;
mod label;
mod ranges;
mod reach;
mod remedy;
mod sources;
mod trial;
mod waits;
mod words;

pub use cause::Cause;
pub use chain::Branch;
pub(in crate::analysis) use gaps::{Asked, Budget, Gap, gaps, waits_of};
pub use label::Label;
pub(crate) use remedy::levers;
pub use remedy::{Lever, Remedy};

use super::equation::{Matrix, Prices};
use super::measure::rank;
use super::{Trouble, Work};
use crate::document::Vary;
use crate::ids::{RequirementId, YearId};
use crate::model::{Model, ObjectiveKind};
use crate::program::Program;
use crate::solution::Solution;
use crate::solve::{Options, solve_program};
use chain::Chains;
use std::collections::BTreeMap;
use trial::Trials;
use waits::{explained, price_row};

/// What to look into.
///
/// ```
/// use sinews::analysis::bottleneck::Question;
///
/// let question = Question {
///     requirement: Some("shells".into()),
///     ..Question::default()
/// };
/// # let _ = question;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Only this requirement, by key. `None`: all.
    pub requirement: Option<String>,
    /// How many shortfalls to show, the weightiest first.
    pub shortfalls: usize,
    /// How many causes to find remedies for, the weightiest first.
    pub causes: usize,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            requirement: None,
            shortfalls: 12,
            causes: 10,
        }
    }
}

/// Why a plan falls short.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Bottlenecks {
    /// The model.
    pub model: Model,
    /// Its plan.
    pub solution: Solution,
    /// The requirement that was asked for. `None`: all were.
    pub of: Option<RequirementId>,
    /// The shortfalls, the weightiest first.
    pub shortfalls: Vec<Shortfall>,
    /// The causes, the weightiest first.
    pub bottlenecks: Vec<Bottleneck>,
    /// What helps against the weightiest causes.
    pub remedies: Vec<Remedy>,
}

/// What a requirement is short of in a year, and why.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Shortfall {
    /// The requirement.
    pub requirement: RequirementId,
    /// The year.
    pub year: YearId,
    /// What is required, in its unit.
    pub required: f64,
    /// What is missing, in its unit.
    pub short: f64,
    /// What the missing units count at the price of one more, in the base currency; zero where they count nothing.
    pub value: f64,
    /// The same, split: its parts sum to it.
    pub tree: Branch,
    /// What binds, the weightiest first. The shares sum to 1.
    pub causes: Vec<Share>,
    /// How many times what it can offer others offer for what it lacks; 1 where it is among those served.
    pub outbid: f64,
}

/// The share of a shortfall that waits for a cause.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Share {
    /// The cause.
    pub cause: Cause,
    /// The share.
    pub share: f64,
    /// The least and the largest share at any prices found that prove the same plan.
    pub range: (f64, f64),
}

/// A cause and its victims.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Bottleneck {
    /// The cause.
    pub cause: Cause,
    /// Its share of everything that is missing, by value.
    pub share: f64,
    /// Who is short because of it, the weightiest first: requirement, and units missing over the calendar,
    /// as its [coverage](crate::solution::Coverage) has them.
    pub victims: Vec<(RequirementId, f64)>,
}

/// Explain what a plan falls short of, and find what helps.
///
/// The plan is that of the weighted objective, whatever the model asks for: one aim, so that every limit
/// has one price.
///
/// # Errors
/// A fault of the document, no plan, or a requirement that is not there.
///
/// ```
/// # use sinews::{analysis::{Work, bottleneck}, document::Document};
/// let document = Document::open("models/tiny.toml")?;
/// let ask = bottleneck::Question::default();
/// let found = bottleneck::bottleneck(&document, &ask, &Default::default(), &Work::default())?;
/// assert_eq!(found.shortfalls[0].short.round(), 20_000.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bottleneck(
    document: &dyn Vary,
    question: &Question,
    options: &Options,
    work: &Work,
) -> Result<Bottlenecks, Trouble> {
    let model = document.model()?;
    let only = only(&model, question)?;
    let options = Options {
        objective: Some(ObjectiveKind::Weighted),
        ..options.clone()
    };
    let program = Program::of(&model, ObjectiveKind::Weighted);
    let solution = solve_program(&model, program, &options)?;
    let matrix = Matrix::of(&solution, 0);
    let prices = matrix.prices(&solution);
    let mut shortfalls = explained(&model, &matrix, &prices, &solution, only);
    let all = shortfalls.iter().map(|shortfall| shortfall.value).sum();
    let key = |s: &Shortfall| (s.requirement, s.year);
    rank(&mut shortfalls, |s| s.value, all, key);
    let causes = tried(&model, &matrix, &prices, &solution, &shortfalls, question);
    let levers = causes
        .iter()
        .flat_map(|&cause| levers(&model, solution.program(), cause));
    let mut levers: Vec<Lever> = levers.collect();
    let mut seen = std::collections::BTreeSet::new();
    levers.retain(|lever| seen.insert(lever.words.clone()));
    let trials = Trials {
        document,
        matrix: &matrix,
        prices: &prices,
        base: &solution,
        options: &options,
    };
    let mut remedies = work.all(levers.len(), || (), |(), n| trials.remedy(&levers[n]))?;
    let value = solution.stages[0].value;
    rank(
        &mut remedies,
        |r| r.gained,
        value,
        |r| r.lever.words.clone(),
    );
    if solution.has_sides() {
        for other in ranges::others(&matrix, &model, &solution, &causes) {
            let varied = explained(&model, &matrix, &other, &solution, only);
            ranges::widen(&mut shortfalls, &varied);
        }
    } else {
        let moved: Vec<(&Lever, f64)> = levers
            .iter()
            .filter(|lever| lever.limit)
            .flat_map(|lever| [(lever, -NUDGE), (lever, NUDGE)])
            .collect();
        let others = work.all(
            moved.len(),
            || (),
            |(), n| trials.nudged(moved[n].0, moved[n].1),
        )?;
        for other in &others {
            let varied = explained(&model, &matrix, other, &solution, only);
            ranges::widen_near(&mut shortfalls, &varied);
        }
    }
    let bottlenecks = victims(&model, &solution, &shortfalls);
    shortfalls.truncate(question.shortfalls);
    Ok(Bottlenecks {
        model,
        solution,
        of: only,
        shortfalls,
        bottlenecks,
        remedies,
    })
}

/// The requirement asked for.
fn only(m: &Model, question: &Question) -> Result<Option<RequirementId>, Trouble> {
    let Some(key) = &question.requirement else {
        return Ok(None);
    };
    let found = m.requirements.iter().find(|(_, r)| r.key == *key);
    if let Some((r, _)) = found {
        return Ok(Some(r));
    }
    let keys = m.requirements.values().map(|r| r.key.as_str());
    Err(Trouble::unknown("requirement", key, keys))
}

/// By how much a limit is moved to see its price on either side, as a share of it.
const NUDGE: f64 = 1e-3;
/// A share of all that is missing below this is no cause.
const NO_CAUSE: f64 = 1e-6;

/// The causes to find levers against: the weightiest; and as many limits that are used up where something is
/// short: those of the same line or supplier, and those that prices put nothing on.
fn tried(
    m: &Model,
    matrix: &Matrix<'_>,
    prices: &Prices,
    solution: &Solution,
    shortfalls: &[Shortfall],
    question: &Question,
) -> Vec<Cause> {
    let mut causes = ranked(shortfalls);
    let lighter = causes.split_off(question.causes.min(causes.len()));
    let near = |cause: &Cause| causes.iter().any(|other| other.is_of_one(m, *cause));
    let chains = Chains::new(m, matrix, prices);
    let mut silent: Vec<Cause> = Vec::new();
    for shortfall in shortfalls {
        let r = shortfall.requirement;
        let windows = solution.requirements[r].windows.iter();
        let short = windows
            .filter(|(t, met)| m.calendar.year_of(*t) == shortfall.year && !met.is_in_full())
            .filter_map(|&(t, _)| solution.program().rows().position(price_row(m, (r, t))));
        for cause in chains.used_up(short) {
            let known = causes.contains(&cause) || silent.contains(&cause);
            if !known && (near(&cause) || !lighter.contains(&cause)) {
                silent.push(cause);
            }
        }
    }
    causes.extend(silent.into_iter().take(question.causes));
    causes
}

/// The causes of all shortfalls, the weightiest first.
fn ranked(shortfalls: &[Shortfall]) -> Vec<Cause> {
    let mut weights: BTreeMap<Cause, f64> = BTreeMap::new();
    for shortfall in shortfalls {
        for share in &shortfall.causes {
            *weights.entry(share.cause).or_insert(0.0) += share.share * shortfall.value;
        }
    }
    let mut causes: Vec<_> = weights.into_iter().collect();
    causes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let all: f64 = causes.iter().map(|(_, weight)| weight).sum();
    causes.retain(|(_, weight)| *weight > NO_CAUSE * all);
    causes.into_iter().map(|(cause, _)| cause).collect()
}

/// By requirement: what it lacks, in money and in its unit.
type Victims = BTreeMap<RequirementId, (f64, f64)>;

/// By cause: its share of all that is missing, and who lacks it.
fn victims(m: &Model, solution: &Solution, shortfalls: &[Shortfall]) -> Vec<Bottleneck> {
    let all: f64 = shortfalls.iter().map(|shortfall| shortfall.value).sum();
    let mut found: BTreeMap<Cause, (f64, Victims)> = BTreeMap::new();
    for shortfall in shortfalls {
        for share in shortfall.causes.iter().filter(|share| share.share != 0.0) {
            let (weight, victims) = found.entry(share.cause).or_default();
            *weight += share.share * shortfall.value / all;
            let victim = victims.entry(shortfall.requirement).or_default();
            victim.0 += share.share * shortfall.value;
            let part = solution.requirements[shortfall.requirement].part(m, shortfall.year);
            victim.1 += share.share * shortfall.short * part;
        }
    }
    let mut bottlenecks: Vec<Bottleneck> = found
        .into_iter()
        .map(|(cause, (share, victims))| {
            let mut victims: Vec<_> = victims.into_iter().collect();
            victims.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
            let victims = victims.into_iter().map(|(r, (_, units))| (r, units));
            Bottleneck {
                cause,
                share,
                victims: victims.collect(),
            }
        })
        .collect();
    bottlenecks.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.cause.cmp(&b.cause)));
    bottlenecks
}
