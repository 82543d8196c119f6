//! What analyses decide: dates against the second formulation, dates and causes between solvers.

use crate::judge::{Difference, Verdict, ask, document, embedded, is_whole, near};
use crate::node::Written;
use crate::second;
use sinews::analysis::Work;
use sinews::analysis::deadline::{Request, deadline};
use sinews::ids::{Id, PeriodId, RequirementId, YearId};
use sinews::model::{Model, ObjectiveKind};
use sinews::program::Program;
use sinews::solve::{Options, Solver};
use std::collections::BTreeMap;

/// Where analyses decide otherwise than they should.
pub fn differences(written: &Written, model: &Model) -> Vec<Difference> {
    let mut found = dates(written, model);
    if cfg!(feature = "highs") {
        found.extend(between_solvers(written, model));
    }
    found
}

fn options(solver: Solver) -> Options {
    Options {
        solver,
        ..Options::default()
    }
}

fn work() -> Work {
    Work {
        threads: Some(1),
        ..Work::default()
    }
}

/// The date from which the first requirement can be met in full, by a solver.
fn date(written: &Written, model: &Model, solver: Solver) -> Result<Option<PeriodId>, String> {
    let own = document(written).map_err(|p| p.to_string())?;
    let key = model.requirements[RequirementId::at(0)].key.clone();
    let request = Request {
        of: vec![key],
        levers: 0,
    };
    let found = deadline(&own, &request, &options(solver), &work());
    found
        .map(|found| found.all[0].from)
        .map_err(|trouble| trouble.to_string())
}

/// The date against what the second formulation finds missing from each window on.
fn dates(written: &Written, model: &Model) -> Vec<Difference> {
    let r = RequirementId::at(0);
    let known = model
        .calendar
        .has_past()
        .then(|| ask(model, ObjectiveKind::Weighted, embedded(model)));
    let known = match &known {
        Some(Verdict::Plan(answer)) => Some(&answer.solution),
        _ => None,
    };
    let Ok(missing) = second::missing_from(model, r, known) else {
        return Vec::new();
    };
    if missing.is_empty() {
        return Vec::new();
    }
    let from = match date(written, model, embedded(model)) {
        Ok(from) => from,
        Err(why) => {
            return vec![Difference::new(
                "deadline: fault",
                why.lines().next().unwrap_or(""),
            )];
        }
    };
    // In full, and clearly not: what lies between is nobody's fault.
    let surely = |share: f64| share <= 1e-6;
    let never = |share: f64| share > 2e-3;
    let wrong = missing.iter().any(|&(t, share)| match from {
        Some(from) if t == from.position() => never(share),
        Some(from) => t < from.position() && surely(share),
        None => surely(share),
    });
    let says = || format!("{from:?}, where the shares missing from each window on are {missing:?}");
    wrong
        .then(|| Difference::new("deadline and second formulation", says()))
        .into_iter()
        .collect()
}

/// The first cause of each shortfall, and whether it is that at all right prices.
type FirstCauses = BTreeMap<(RequirementId, YearId), (String, bool)>;

/// Dates and first causes on the solver built in and on HiGHS.
fn between_solvers(written: &Written, model: &Model) -> Vec<Difference> {
    let mut found = Vec::new();
    let solvers = [embedded(model), Solver::Highs];
    if let [Ok(one), Ok(other)] = solvers.map(|solver| date(written, model, solver))
        && one != other
    {
        found.push(Difference::new(
            "deadline: embedded and HiGHS",
            format!("{one:?} against {other:?}"),
        ));
    }
    if let [Some(one), Some(other)] = solvers.map(|solver| first_causes(written, solver))
        && one.iter().any(|(of, a)| {
            let b = other.get(of);
            b.is_some_and(|b| a.0 != b.0 && a.1 && b.1)
        })
    {
        found.push(Difference::new(
            "bottleneck: embedded and HiGHS",
            format!("{one:?} against {other:?}"),
        ));
    }
    if !is_whole(model) {
        found.extend(samples(written, model, solvers));
        found.extend(curves(model, solvers));
    }
    found
}

/// What a few samples come to on two solvers: their values, and from when on what is required is met.
fn samples(written: &Written, model: &Model, solvers: [Solver; 2]) -> Option<Difference> {
    use sinews::analysis::monte_carlo::{Request, monte_carlo};
    use sinews::analysis::{Outcome, Spread};
    let own = document(written).ok()?;
    let request = Request {
        samples: 2,
        seed: written.seed,
        spread: Spread {
            assumptions: Some(0.1),
            facts: Some(0.1),
        },
        ..Request::default()
    };
    let [one, other] = solvers.map(|solver| {
        let options = Options {
            objective: Some(ObjectiveKind::Weighted),
            ..options(solver)
        };
        monte_carlo(&own, &request, &options, &work()).ok()
    });
    let (one, other) = (one?, other?);
    let program = Program::of(model, ObjectiveKind::Weighted);
    let small = 100.0 * program.money_size();
    for (n, outcome) in one.outcomes.iter().enumerate() {
        let differs = match outcome {
            Outcome::Value => |a: f64, b: f64, small: f64| !near(a, b, small),
            Outcome::FullFrom(_) => |a: f64, b: f64, _| a != b,
            _ => continue,
        };
        let (a, b) = (one.values(0, n), other.values(0, n));
        if a.len() != b.len() || a.iter().zip(&b).any(|(a, b)| differs(a.1, b.1, small)) {
            let says = format!("{outcome}: {a:?} against {b:?}");
            let what = if *outcome == Outcome::Value {
                "value"
            } else {
                "date"
            };
            return Some(Difference::new(format!("samples: {what}"), says));
        }
    }
    None
}

/// Where the curve of shortfall against money is another on another solver.
fn curves(model: &Model, solvers: [Solver; 2]) -> Option<Difference> {
    use sinews::analysis::frontier::{Frontier, Request, frontier};
    if model.funds.is_empty() {
        return None;
    }
    let request = Request {
        solves: 24,
        ..Request::default()
    };
    let [one, other] =
        solvers.map(|solver| frontier(model, &request, &options(solver), &work()).ok());
    let (one, other) = (one?, other?);
    let at = |curve: &Frontier, factor: f64| {
        let pairs = curve.points.windows(2);
        let mut own = pairs.filter(|pair| pair[0].factor <= factor && factor <= pair[1].factor);
        let [a, b] = own.next()? else { return None };
        let share = (factor - a.factor) / (b.factor - a.factor).max(1e-300);
        Some(a.shortfall + share * (b.shortfall - a.shortfall))
    };
    let most = one.points.first().map_or(0.0, |point| point.shortfall);
    let small = Program::of(model, ObjectiveKind::Weighted).money_size();
    for factor in [0.01, 0.3, 0.75, 1.1, 1.9] {
        if let (Some(a), Some(b)) = (at(&one, factor), at(&other, factor))
            && (a - b).abs() > 1.001 * (one.gap + other.gap) + 4e-6 * (most.abs() + small)
        {
            let points = [&one, &other].map(|curve| {
                let points = curve.points.iter();
                let points = points.map(|point| (point.factor, point.shortfall));
                (curve.gap, points.collect::<Vec<_>>())
            });
            let says = format!("{a} against {b} at {factor} times the money: {points:?}");
            return Some(Difference::new("frontier: embedded and HiGHS", says));
        }
    }
    None
}

/// By requirement and year of each shortfall: its weightiest cause, and whether it is that at all right prices: whether the least that it weighs
/// is more, by a hundredth, than the most that any other does. If not, the analysis says that both hold.
fn first_causes(written: &Written, solver: Solver) -> Option<FirstCauses> {
    use sinews::analysis::bottleneck::{Question, bottleneck};
    let own = document(written).ok()?;
    // Limits are moved to see how far their shares can go.
    let found = bottleneck(&own, &Question::default(), &options(solver), &work()).ok()?;
    let first = found.shortfalls.iter().map(|shortfall| {
        let of = (shortfall.requirement, shortfall.year);
        let Some((first, rest)) = shortfall.causes.split_first() else {
            return (of, (String::new(), false));
        };
        let most = rest.iter().map(|other| other.range.1.max(other.share));
        let most = most.fold(0.0, f64::max);
        let least = first.range.0.min(first.share);
        (of, (format!("{:?}", first.cause), least - most > 0.01))
    });
    Some(first.collect())
}
