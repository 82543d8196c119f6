//! What requirements wait for over the whole calendar, and what helps each, within a number of solves.

use super::cause::Cause;
use super::chain::Chains;
use super::remedy::{Lever, Remedy, levers};
use super::trial::Trials;
use super::waits::shortfall;
use crate::analysis::equation::Matrix;
use crate::analysis::{Trouble, Work};
use crate::document::Vary;
use crate::ids::RequirementId;
use crate::model::Model;
use crate::solution::Solution;
use crate::solve::{Failure, Options};
use std::collections::BTreeMap;

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

/// Some requirements' gaps, and how many plans were made for them. Each round tries the next lever of every gap
/// that nothing has helped so far.
pub(in crate::analysis) fn gaps(
    asked: &Asked<'_>,
    wanted: &[RequirementId],
    solves: usize,
) -> Result<(Vec<Gap>, usize), Trouble> {
    let (m, base) = (asked.model, asked.base);
    let matrix = Matrix::of(base, 0);
    let prices = matrix.prices(base);
    let mut chains = Chains::new(m, &matrix, &prices);
    let waits: Vec<_> = wanted
        .iter()
        .map(|&r| waits(&mut chains, m, base, r))
        .collect();
    let queues: Vec<Vec<Lever>> = waits.iter().map(|own| queue(m, base, own)).collect();
    let trials = Trials {
        document: asked.document,
        matrix: &matrix,
        prices: &prices,
        base,
        options: asked.options,
    };
    let mut found: BTreeMap<String, Option<Remedy>> = BTreeMap::new();
    let brings = |found: &BTreeMap<String, Option<Remedy>>, r, lever: &Lever| {
        let remedy = found.get(&lever.words.to_string())?.as_ref()?;
        let gained = brought(m, base, remedy, r);
        (gained > HELPS * base.requirements[r].short).then_some(gained)
    };
    loop {
        let mut next: Vec<&Lever> = Vec::new();
        for (&r, queue) in wanted.iter().zip(&queues) {
            let helped = queue.iter().any(|lever| brings(&found, r, lever).is_some());
            let known = |lever: &&Lever| found.contains_key(&lever.words.to_string());
            let untried = queue.iter().find(|lever| !known(lever));
            let listed = |lever: &&Lever| next.iter().any(|own| own.words == lever.words);
            next.extend(untried.filter(|lever| !helped && !listed(lever)));
        }
        next.truncate(solves.saturating_sub(found.len()));
        if next.is_empty() {
            break;
        }
        let plans = asked.work.all(
            next.len(),
            || (),
            |(), n| match trials.remedy(next[n]) {
                Ok(remedy) => Ok(Some(remedy)),
                Err(Trouble::Solve(failure)) if !matches!(failure, Failure::Cancelled) => Ok(None),
                Err(trouble) => Err(trouble),
            },
        )?;
        let words = next.iter().map(|lever| lever.words.to_string());
        let words: Vec<String> = words.collect();
        found.extend(words.into_iter().zip(plans));
    }
    let gap = |((&requirement, causes), queue): ((&RequirementId, _), &Vec<Lever>)| {
        let helps = queue
            .iter()
            .filter_map(|lever| Some((lever.clone(), brings(&found, requirement, lever)?)));
        let best = helps.reduce(|best, other| if other.1 > best.1 { other } else { best });
        let tried = queue
            .iter()
            .filter(|lever| found.contains_key(&lever.words.to_string()));
        Gap {
            requirement,
            causes,
            helps: best,
            tried: (tried.count(), queue.len()),
        }
    };
    let all = wanted.iter().zip(waits).zip(&queues).map(gap).collect();
    Ok((all, found.len()))
}

/// What a requirement waits for, each cause with its share of what is missing over the calendar.
fn waits(
    chains: &mut Chains<'_>,
    m: &Model,
    base: &Solution,
    r: RequirementId,
) -> Vec<(Cause, f64)> {
    let mut units: BTreeMap<Cause, f64> = BTreeMap::new();
    for y in m.calendar.open_years() {
        let coverage = &base.requirements[r];
        if coverage.years[y].is_in_full() {
            continue;
        }
        let short = coverage.years[y].short * coverage.part(m, y);
        for own in shortfall(chains, m, base, (r, y)).causes {
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
    causes
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
