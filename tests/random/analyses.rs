//! What analyses decide: dates against the second formulation, dates and causes between solvers.

use crate::judge::{Difference, document, embedded};
use crate::node::Written;
use crate::second;
use sinews::analysis::Work;
use sinews::analysis::deadline::{Request, deadline};
use sinews::ids::{Id, PeriodId, RequirementId, YearId};
use sinews::model::Model;
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
    if second::leaves_out(model).is_some() {
        return Vec::new();
    }
    let r = RequirementId::at(0);
    let Ok(missing) = second::missing_from(model, r) else {
        return Vec::new();
    };
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
    found
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
