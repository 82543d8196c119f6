//! The same model on every solver: the same verdict, the same values.

use crate::judge::{Answer, Difference, Verdict, ask, compare, embedded, first_by_microlp, near};
use crate::second;
use crate::simplex::NoValue;
use sinews::model::{Model, ObjectiveKind};
use sinews::solution::Solution;
use sinews::solve::Solver;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What kind of fault it is, without numbers.
fn first_words(why: &str) -> String {
    why.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Where solvers differ on a model.
pub fn differences(model: &Model) -> Vec<Difference> {
    let mut found = Vec::new();
    for (word, kind) in ObjectiveKind::WORDS {
        let own = ask(model, kind, embedded(model));
        if let Verdict::Fault(why) = &own {
            found.push(Difference::new(
                format!("{word}: fault of {}", first_words(why)),
                why,
            ));
        }
        if cfg!(feature = "highs") {
            let other = ask(model, kind, Solver::Highs);
            found.extend(compare(
                &format!("{word}: embedded and HiGHS"),
                &own,
                &other,
                1.0,
            ));
        }
        if let Verdict::Plan(answer) = &own {
            let first = first_by_microlp(answer.solution.program());
            let (name, value) = answer.stages[0].clone();
            if let Some(first) = first.filter(|_| kind != ObjectiveKind::MaxMin)
                && !near(first, value, answer.worth)
            {
                let says = format!("{value} against {first} by microlp");
                found.push(Difference::new(format!("{word}: {name} and microlp"), says));
            }
        }
    }
    found
}

/// How often the second formulation was asked for a model's values.
pub static ASKED: AtomicUsize = AtomicUsize::new(0);
/// How often that took too long.
pub static GAVE_UP: AtomicUsize = AtomicUsize::new(0);

/// The plan of a verdict.
fn plan(verdict: &Verdict) -> Option<&Solution> {
    match verdict {
        Verdict::Plan(answer) => Some(&answer.solution),
        _ => None,
    }
}

/// Where the second formulation finds another value.
pub fn second(model: &Model) -> Vec<Difference> {
    let mut found = Vec::new();
    for kind in [ObjectiveKind::Weighted, ObjectiveKind::Lexicographic] {
        let own = ask(model, kind, embedded(model));
        let other = second::values(model, kind, plan(&own));
        ASKED.fetch_add(1, Ordering::Relaxed);
        GAVE_UP.fetch_add(
            usize::from(other == Err(NoValue::TooLong)),
            Ordering::Relaxed,
        );
        match (&own, &other) {
            (Verdict::Plan(answer), Ok(values)) => {
                let differs = answer
                    .stages
                    .iter()
                    .zip(values)
                    .find(|((_, a), b)| !near(*a, **b, answer.worth));
                if let Some(((name, a), b)) = differs {
                    let says = format!("{a} against {b} by the second formulation");
                    found.push(Difference::new(
                        format!("second formulation: {kind:?}, {name}"),
                        says,
                    ));
                }
            }
            (Verdict::Plan(answer), Err(NoValue::Infeasible)) if model.calendar.has_past() => {
                let says = format!("{:?} breaks a rule", answer.stages);
                found.push(Difference::new("second formulation: history", says));
            }
            // A plan is there if its rows hold, which its certificate says.
            (Verdict::Refused | Verdict::Fault(_), _) | (_, Err(_)) => {}
            _ => found.push(Difference::new(
                "second formulation: verdict",
                format!("{own}\n# against {other:?}"),
            )),
        }
        if kind == ObjectiveKind::Weighted
            && model.calendar.has_past()
            && let Verdict::Plan(answer) = &own
        {
            found.extend(history(model, answer));
        }
    }
    found
}

/// Where history could have reached more.
fn history(model: &Model, answer: &Answer) -> Option<Difference> {
    let aims = second::history_reached(model, &answer.solution).ok()?;
    let (name, least, value) = aims
        .into_iter()
        .find(|&(_, least, value)| !near(least, value, answer.worth))?;
    Some(Difference::new(
        format!(
            "second formulation: history, {}",
            name.split(' ').next().unwrap_or("")
        ),
        format!("{value} where {least} can be reached ({name})"),
    ))
}

/// Where the second formulation finds other shares when the lowest coverage is raised.
pub fn second_max_min(model: &Model) -> Vec<Difference> {
    let own = ask(model, ObjectiveKind::MaxMin, embedded(model));
    let other = second::max_min(model, plan(&own));
    let differs = match (&own, &other) {
        (Verdict::Plan(answer), Ok((shares, values))) => {
            // The highest of them first: where whole blocks are decided it is the only one.
            let pairs = answer.shares.iter().rev().zip(shares.iter().rev());
            let shares = pairs.into_iter().any(|(a, b)| (a - b).abs() > 1e-5);
            let values = answer
                .stages
                .iter()
                .zip(values)
                .any(|((_, a), b)| !close(*a, *b, answer.worth));
            if shares {
                Some("shares")
            } else {
                values.then_some("values")
            }
        }
        // A plan is there if its rows hold, which its certificate says.
        (Verdict::Refused | Verdict::Fault(_), _) | (_, Err(_)) => None,
        _ => Some("verdict"),
    };
    let says = || format!("{own}\n# against {other:?}");
    differs
        .map(|what| Difference::new(format!("second formulation: max-min, {what}"), says()))
        .into_iter()
        .collect()
}

/// Equal to five digits: the shares reached before are held to less than the last of six.
fn close(one: f64, other: f64, against: f64) -> bool {
    near(one, other, against) || (one - other).abs() <= 1e-5 * one.abs().max(other.abs())
}
