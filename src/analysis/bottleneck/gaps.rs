//! What requirements wait for over the whole calendar, and what helps each, within a number of solves.

use super::cause::Cause;
use super::chain::Chains;
use super::remedy::{Lever, Remedy, levers};
use super::trial::Trials;
use super::waits::shortfall;
use crate::analysis::equation::{Matrix, Prices};
use crate::analysis::{Trouble, Work};
use crate::document::Vary;
use crate::ids::RequirementId;
use crate::model::Model;
use crate::solution::Solution;
use crate::solve::{Failure, Options};
use std::collections::BTreeMap;
use web_time::Instant;

/// A cause of less than this share of a gap is no reason to try a lever.
const SMALL: f64 = 0.02;
/// How many levers a gap has at most.
const LEVERS: usize = 6;
/// What brings less than this share of what is missing does not help.
const HELPS: f64 = 1e-3;

/// A plan with the weighted objective, and how to solve others.
pub(in crate::analysis) struct Asked<'a> {
    pub(in crate::analysis) document: &'a dyn Vary,
    pub(in crate::analysis) model: &'a Model,
    pub(in crate::analysis) base: &'a Solution,
    pub(in crate::analysis) options: &'a Options,
    pub(in crate::analysis) work: &'a Work,
}

/// What a requirement waits for over the calendar, and what helps.
pub(in crate::analysis) struct Gap {
    /// The requirement.
    pub(in crate::analysis) requirement: RequirementId,
    /// What binds, the weightiest first, each with its share of the missing units.
    pub(in crate::analysis) causes: Vec<(Cause, f64)>,
    /// Of the levers tried the one that brings most, and how many units over the calendar.
    pub(in crate::analysis) helps: Option<(Lever, f64)>,
    /// How many levers were tried, and how many there were.
    pub(in crate::analysis) tried: (usize, usize),
}

/// How many plans may be made, and until when.
#[derive(Clone, Copy)]
pub(in crate::analysis) struct Budget {
    /// How many plans.
    pub(in crate::analysis) solves: usize,
    /// When to stop. `None`: when all is done.
    pub(in crate::analysis) until: Option<Instant>,
}

impl Budget {
    /// Options that end with the budget. `None`: it has ended.
    pub(in crate::analysis) fn options(&self, options: &Options) -> Option<Options> {
        let Some(until) = self.until else {
            return Some(options.clone());
        };
        let left = until.checked_duration_since(Instant::now())?;
        let limit = options.time_limit.map_or(left, |limit| limit.min(left));
        Some(Options {
            time_limit: Some(limit),
            ..options.clone()
        })
    }
}

/// Gaps, and what was made to find what helps.
pub(in crate::analysis) struct Found<T> {
    /// The gaps, in the order in which they were asked for.
    pub(in crate::analysis) gaps: Vec<Gap>,
    /// How many plans were made for levers.
    pub(in crate::analysis) made: usize,
    /// Whether time ran out before all levers were tried.
    pub(in crate::analysis) late: bool,
    /// What else was done.
    pub(in crate::analysis) also: Option<T>,
}

/// What else is done beside levers, in the first round.
pub(in crate::analysis) type Also<'a, T> = &'a (dyn Fn(&Options) -> Result<T, Trouble> + Sync);

/// What came of a lever.
enum Came {
    /// A plan with it.
    Plan(Remedy),
    /// Nothing: prices prove it, or there is no plan.
    Nothing,
}

/// What came of a job: of a lever, `None` if time ran out.
enum Done<T> {
    Lever(Option<Came>),
    Also(Option<T>),
}

/// Some requirements' gaps. Levers are tried for the first `tried` of them. Each round tries the next lever of every
/// gap that nothing has helped so far, all at once; a lever of which prices prove that the plan as a whole gains next to nothing by it takes no plan.
pub(in crate::analysis) fn gaps<T: Send>(
    asked: &Asked<'_>,
    (wanted, tried): (&[RequirementId], usize),
    budget: &Budget,
    mut also: Option<Also<'_, T>>,
) -> Result<Found<T>, Trouble> {
    let (m, base) = (asked.model, asked.base);
    let matrix = Matrix::of(base, 0);
    let prices = matrix.prices(base);
    let mut chains = Chains::new(m, &matrix, &prices);
    let waits: Vec<Waits> = wanted
        .iter()
        .map(|&r| waits(&mut chains, m, base, r))
        .collect();
    let queue = |(n, own): (usize, &Waits)| {
        if n < tried {
            queue(m, base, &own.causes)
        } else {
            Vec::new()
        }
    };
    let queues: Vec<Vec<Lever>> = waits.iter().enumerate().map(queue).collect();
    let trials = Trials {
        document: asked.document,
        matrix: &matrix,
        prices: &prices,
        base,
        options: asked.options,
    };
    let mut found: BTreeMap<String, Came> = BTreeMap::new();
    let mut done_also = None;
    let (mut made, mut late) = (0, false);
    while !late {
        let next = next_round(m, base, wanted, &waits, &queues, &found);
        let left = budget.solves.saturating_sub(made);
        let next = &next[..next.len().min(left)];
        let more = also.take();
        if next.is_empty() && more.is_none() {
            break;
        }
        let first = usize::from(more.is_some());
        let jobs = asked.work.all(
            next.len() + first,
            || (),
            |(), n| match (n.checked_sub(first), more) {
                (Some(n), _) => trial(&trials, next[n], budget).map(Done::Lever),
                (None, Some(more)) => match budget.options(asked.options) {
                    Some(options) => match more(&options) {
                        Ok(done) => Ok(Done::Also(Some(done))),
                        Err(Trouble::Solve(Failure::TimeLimit)) if budget.until.is_some() => {
                            Ok(Done::Also(None))
                        }
                        Err(trouble) => Err(trouble),
                    },
                    None => Ok(Done::Also(None)),
                },
                (None, None) => Ok(Done::Also(None)),
            },
        )?;
        let mut levers = next.iter();
        for job in jobs {
            match job {
                Done::Also(done) => {
                    late |= done.is_none();
                    done_also = done;
                }
                Done::Lever(came) => {
                    let lever = levers.next().map(|(lever, _)| lever.words.to_string());
                    made += usize::from(matches!(came, Some(Came::Plan(_))));
                    late |= came.is_none();
                    found.extend(lever.zip(came));
                }
            }
        }
    }
    let gap = |((&requirement, waits), queue): ((&RequirementId, Waits), &Vec<Lever>)| {
        let helps = queue.iter().filter_map(|lever| {
            let brings = brings(m, base, &found, requirement, lever)?;
            Some((lever.clone(), brings))
        });
        let best = helps.reduce(|best, other| if other.1 > best.1 { other } else { best });
        let tried = queue
            .iter()
            .filter(|lever| found.contains_key(&lever.words.to_string()));
        Gap {
            requirement,
            causes: waits.causes,
            helps: best,
            tried: (tried.count(), queue.len()),
        }
    };
    let gaps = wanted.iter().zip(waits).zip(&queues).map(gap).collect();
    Ok(Found {
        gaps,
        made,
        late,
        also: done_also,
    })
}

/// The next lever of every gap that nothing has helped so far, each once, with what it has to gain to help any.
fn next_round<'a>(
    m: &Model,
    base: &Solution,
    wanted: &[RequirementId],
    waits: &[Waits],
    queues: &'a [Vec<Lever>],
    found: &BTreeMap<String, Came>,
) -> Vec<(&'a Lever, f64)> {
    let mut next: Vec<(&Lever, f64)> = Vec::new();
    for ((&r, waits), queue) in wanted.iter().zip(waits).zip(queues) {
        if queue
            .iter()
            .any(|lever| brings(m, base, found, r, lever).is_some())
        {
            continue;
        }
        let known = |lever: &&Lever| found.contains_key(&lever.words.to_string());
        let Some(untried) = queue.iter().find(|lever| !known(lever)) else {
            continue;
        };
        let least = HELPS * waits.value;
        match next.iter_mut().find(|(own, _)| own.words == untried.words) {
            Some((_, other)) => *other = other.min(least),
            None => next.push((untried, least)),
        }
    }
    next
}

/// Pull a lever that has to gain so much. `None`: time ran out.
fn trial(
    trials: &Trials<'_>,
    (lever, least): (&Lever, f64),
    budget: &Budget,
) -> Result<Option<Came>, Trouble> {
    let Some(options) = budget.options(trials.options) else {
        return Ok(None);
    };
    match trials.remedy_above(lever, least, &options) {
        Ok(Some(remedy)) => Ok(Some(Came::Plan(remedy))),
        Ok(None) => Ok(Some(Came::Nothing)),
        Err(Trouble::Solve(Failure::TimeLimit)) if budget.until.is_some() => Ok(None),
        Err(Trouble::Solve(failure)) if !matches!(failure, Failure::Cancelled) => {
            Ok(Some(Came::Nothing))
        }
        Err(trouble) => Err(trouble),
    }
}

/// How many units a lever brings, if it was tried and helps.
fn brings(
    m: &Model,
    base: &Solution,
    found: &BTreeMap<String, Came>,
    r: RequirementId,
    lever: &Lever,
) -> Option<f64> {
    let Some(Came::Plan(remedy)) = found.get(&lever.words.to_string()) else {
        return None;
    };
    let gained = brought(m, base, remedy, r);
    (gained > HELPS * base.requirements[r].short).then_some(gained)
}

/// What a requirement waits for at some prices, from when decisions are free: each cause with its share of what is
/// missing, the weightiest first.
pub(in crate::analysis) fn waits_of(
    m: &Model,
    base: &Solution,
    (matrix, prices): (&Matrix<'_>, &Prices),
    wanted: &[RequirementId],
) -> Vec<Vec<(Cause, f64)>> {
    let mut chains = Chains::new(m, matrix, prices);
    let all = wanted.iter();
    all.map(|&r| waits(&mut chains, m, base, r).causes)
        .collect()
}

/// What a requirement waits for over the calendar.
struct Waits {
    /// Each cause with its share of what is missing, the weightiest first.
    causes: Vec<(Cause, f64)>,
    /// What the missing units count at the price of one more, in the base currency.
    value: f64,
}

/// What a requirement waits for, each cause with its share of what is missing over the calendar.
fn waits(chains: &mut Chains<'_>, m: &Model, base: &Solution, r: RequirementId) -> Waits {
    let mut units: BTreeMap<Cause, f64> = BTreeMap::new();
    let mut value = 0.0;
    for y in m.calendar.open_years() {
        let coverage = &base.requirements[r];
        if coverage.years[y].is_in_full() {
            continue;
        }
        let short = coverage.years[y].short * coverage.part(m, y);
        let found = shortfall(chains, m, base, (r, y));
        value += found.value;
        for own in found.causes {
            *units.entry(own.cause).or_insert(0.0) += own.share * short;
        }
    }
    let all: f64 = units.values().sum();
    let mut causes: Vec<(Cause, f64)> = units.into_iter().collect();
    for (_, own) in &mut causes {
        *own /= all;
    }
    causes.retain(|(_, share)| *share >= SMALL);
    causes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Waits { causes, value }
}

/// The levers to be tried, those against the weightiest cause first.
fn queue(m: &Model, base: &Solution, causes: &[(Cause, f64)]) -> Vec<Lever> {
    let mut all: Vec<Lever> = Vec::new();
    for &(cause, _) in causes {
        for lever in levers(m, base.program(), cause) {
            if !all.iter().any(|own| own.words == lever.words) {
                all.push(lever);
            }
        }
    }
    all.truncate(LEVERS);
    all
}

/// By how much less of a requirement is missing over the calendar with a remedy, as its coverage counts it.
fn brought(m: &Model, base: &Solution, remedy: &Remedy, r: RequirementId) -> f64 {
    let coverage = &base.requirements[r];
    let years = m.calendar.open_years();
    years
        .map(|y| remedy.met[r][y] * coverage.part(m, y))
        .sum::<f64>()
}
