//! What moves the answer: each input at the low and at the high end of its range.

use crate::analysis::uncertain::Input;
use crate::analysis::{Trouble, Work};
use crate::document::{Pattern, Vary};
use crate::evidence::{Basis, Confidence};
use crate::model::Model;
use crate::program::Program;
use crate::solution::Solution;
use crate::solve::{Failure, Session};

/// How the answer moves with one input.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Move {
    /// What moves.
    pub input: Input,
    /// By how much the value of the aim changes at the low and at the high end, as far as prices tell, in
    /// the base currency. `None`: it changes which columns there are, of which prices know nothing.
    pub estimate: Option<(f64, f64)>,
    /// What a solve at the low end gives. `None`: not solved, or without a plan there.
    pub low: Option<Reached>,
    /// What a solve at the high end gives.
    pub high: Option<Reached>,
    /// Whether it was solved at both ends.
    pub solved: bool,
    /// Why it cannot be moved: at one end the model breaks a rule, as shares that must add up to one do.
    pub fault: Option<String>,
}

/// What a plan reaches at one end of an input's range.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Reached {
    /// By how much the value of the aim is higher than without the change, in the base currency.
    pub value: f64,
    /// The mean coverage, by value.
    pub coverage: f64,
    /// What is missing, at its value.
    pub missing: f64,
    /// The cost.
    pub cost: f64,
}

impl Move {
    /// How far the value of the aim moves between the two ends: solved, or as far as prices tell.
    pub fn width(&self) -> f64 {
        let solved = self
            .low
            .zip(self.high)
            .map(|(low, high)| (low.value, high.value));
        let ends = solved.or(self.estimate);
        // Either end may be the one that moves; that of the figure itself is zero.
        ends.map_or(0.0, |(low, high)| {
            low.max(high).max(0.0) - low.min(high).min(0.0)
        })
    }

    fn estimated(&self) -> f64 {
        if self.fault.is_some() {
            return 0.0;
        }
        self.estimate.map_or(f64::INFINITY, |(low, high)| {
            low.max(high).max(0.0) - low.min(high).min(0.0)
        })
    }
}

/// Both ends of every input: estimated from prices, those that matter most solved.
pub(super) fn all(
    document: &dyn Vary,
    inputs: Vec<Input>,
    solved: usize,
    session: &Session,
    work: &Work,
) -> Result<Vec<Move>, Trouble> {
    let base = session.solution();
    let value = base.stages[0].value;
    let ends = work.all(
        2 * inputs.len(),
        || (),
        |(), job| {
            let model = match document.changed(&inputs[job / 2].at(end(job))) {
                Ok(model) => model,
                Err(problems) => return Ok(Err(problems.to_string())),
            };
            let estimate = base.estimate(&Program::like(&model, base.program()));
            Ok(Ok(estimate.map(|estimate| estimate - value)))
        },
    )?;
    let moves = inputs.into_iter().zip(ends.chunks(2));
    let moves = moves.map(|(input, ends)| Move {
        input,
        estimate: ends[0]
            .clone()
            .ok()
            .flatten()
            .zip(ends[1].clone().ok().flatten()),
        low: None,
        high: None,
        solved: false,
        fault: ends.iter().find_map(|end| end.clone().err()),
    });
    let mut moves: Vec<Move> = moves.collect();
    // Stable: equals stay in the order of the file.
    moves.sort_by(|a, b| {
        let movable = a.fault.is_some().cmp(&b.fault.is_some());
        movable.then(b.estimated().total_cmp(&a.estimated()))
    });
    // Those of which prices know nothing stand first: all of them are solved.
    let unknown = moves.iter().filter(|m| m.estimated().is_infinite()).count();
    let movable = moves.iter().filter(|m| m.fault.is_none()).count();
    let chosen = movable.min(unknown + solved);
    let found = work.all(
        2 * chosen,
        || session.runner(),
        |runner, job| {
            let model = document.changed(&moves[job / 2].input.at(end(job)))?;
            match runner.solve(&model) {
                Ok(found) => Ok(Some(reached(&model, &found, value))),
                Err(Failure::Infeasible { .. }) => Ok(None),
                Err(failure) => Err(failure.into()),
            }
        },
    )?;
    for (found, ends) in moves.iter_mut().zip(found.chunks(2)) {
        (found.low, found.high, found.solved) = (ends[0], ends[1], true);
    }
    moves.sort_by(|a, b| b.width().total_cmp(&a.width()));
    Ok(moves)
}

/// The low end of an input for even jobs, the high end for odd ones.
fn end(job: usize) -> f64 {
    if job.is_multiple_of(2) { 0.0 } else { 1.0 }
}

fn reached(model: &Model, solution: &Solution, base: f64) -> Reached {
    Reached {
        value: solution.stages[0].value - base,
        coverage: solution.mean_coverage(model),
        missing: solution.missing_value(model),
        cost: solution.cost.discounted,
    }
}

/// What an input rests on.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Support {
    /// The fact's id, or the note of the assumption.
    pub basis: Basis,
    /// How far the fact can be trusted. `None`: an assumption.
    pub confidence: Option<Confidence>,
    /// Who published it, and when.
    pub source: String,
    /// How many years before the start of the calendar it was published, as far as its date is known.
    pub age: Option<f64>,
    /// How far its sources lie apart, as a share of the figure. `None`: no range is known.
    pub conflict: Option<f64>,
}

/// What the figures of an input rest on, each once.
pub(super) fn supports(model: &Model, input: &Input) -> Vec<Support> {
    let mut all: Vec<Support> = Vec::new();
    for figure in &input.figures {
        let own = Pattern::from(&figure.place);
        let of = |f: &&crate::evidence::Figure| own.matches(&f.place);
        for figure in model.evidence.figures.iter().filter(of) {
            let support = support(model, &figure.basis);
            if !all.contains(&support) {
                all.push(support);
            }
        }
    }
    all
}

fn support(model: &Model, basis: &Basis) -> Support {
    let mut support = Support {
        basis: basis.clone(),
        confidence: None,
        source: String::new(),
        age: None,
        conflict: None,
    };
    let Basis::Fact(id) = basis else {
        return support;
    };
    let Some(fact) = model.evidence.facts.iter().find(|fact| fact.id == *id) else {
        return support;
    };
    support.confidence = Some(fact.confidence);
    support.source = format!("{}, {}", fact.source.publisher, fact.source.date);
    support.age = age(model, &fact.source.date);
    let ends = (
        fact.low.unwrap_or(fact.value),
        fact.high.unwrap_or(fact.value),
    );
    let ranged = fact.low.is_some() || fact.high.is_some();
    support.conflict =
        (ranged && fact.value != 0.0).then(|| (ends.1 - ends.0).abs() / fact.value.abs());
    support
}

/// The years from a date such as `2025-08-27`, or as much of it as is known, to the start of the calendar.
fn age(model: &Model, date: &str) -> Option<f64> {
    let mut parts = date.split('-');
    let year: f64 = parts.next()?.trim().parse().ok()?;
    let month: f64 = parts
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(7.0);
    let start = model.calendar.start();
    let start = f64::from(start.year()) + f64::from(start.number() - 1) / 12.0;
    Some(start - (year + (month - 1.0) / 12.0))
}
