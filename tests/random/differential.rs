//! The same model on every solver: the same verdict, the same values.

use crate::judge::{Difference, Verdict, ask, compare, embedded, first_by_microlp, near};
use crate::second;
use sinews::model::{Model, ObjectiveKind};
use sinews::solve::Solver;

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

/// Where the second formulation finds another value.
pub fn second(model: &Model) -> Vec<Difference> {
    let mut found = Vec::new();
    if second::leaves_out(model).is_some() {
        return found;
    }
    for kind in [ObjectiveKind::Weighted, ObjectiveKind::Lexicographic] {
        let own = ask(model, kind, embedded(model));
        let other = second::values(model, kind);
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
            // A plan is there if its rows hold, which its certificate says.
            (Verdict::Refused | Verdict::Fault(_), _) | (_, Err(_)) => {}
            _ => found.push(Difference::new(
                "second formulation: verdict",
                format!("{own}\n# against {other:?}"),
            )),
        }
    }
    found
}

/// Where the second formulation finds other shares when the lowest coverage is raised.
pub fn second_max_min(model: &Model) -> Vec<Difference> {
    if second::leaves_out(model).is_some() {
        return Vec::new();
    }
    let own = ask(model, ObjectiveKind::MaxMin, embedded(model));
    let other = second::max_min(model);
    let differs = match (&own, &other) {
        (Verdict::Plan(answer), Ok((shares, values))) => {
            let shares = answer
                .shares
                .iter()
                .zip(shares)
                .any(|(a, b)| (a - b).abs() > 1e-5);
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
