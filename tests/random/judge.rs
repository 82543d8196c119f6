//! What a model's plan is by each solver, and whether two answers say the same.

use crate::node::Written;
use sinews::document::Document;
use sinews::model::{Model, ObjectiveKind};
use sinews::problem::Problems;
use sinews::program::{Program, Sense};
use sinews::solution::Solution;
use sinews::solve::{Failure, Options, Solver};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// What a solver says of a model.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// The best plan.
    Plan(Box<Answer>),
    /// No plan keeps every rule, or it can be improved without end.
    NoPlan(String),
    /// It gave no answer.
    Fault(String),
    /// It does not take such a model.
    Refused,
}

/// What matters of a plan.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Each stage that has prices, and what it reached, in the base currency.
    pub stages: Vec<(String, f64)>,
    /// The share missing of each requirement, least first, when the lowest coverage is raised.
    pub shares: Vec<f64>,
    /// What all requirements are worth together, and a hundred of the units in which money is counted: what
    /// values are small against.
    pub worth: f64,
    /// The solution itself.
    pub solution: Solution,
}

/// Where two answers differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The kind of disagreement, which is counted.
    pub kind: String,
    /// What each side says.
    pub says: String,
}

impl Difference {
    /// A disagreement of a kind.
    pub fn new(kind: impl Into<String>, says: impl fmt::Display) -> Self {
        Self {
            kind: kind.into(),
            says: says.to_string(),
        }
    }
}

/// The document that was written; what it names lies beside this file.
pub fn document(written: &Written) -> Result<Document, Problems> {
    Document::parse_beside("random.toml", &written.text(), "tests/random")
}

/// The model that was written, or the rules that it breaks.
pub fn read_or_why(written: &Written) -> Result<Model, Problems> {
    document(written)?.model()
}

/// The model that was written, if it breaks no rule.
pub fn read(written: &Written) -> Option<Model> {
    read_or_why(written).ok()
}

/// The first model from a seed on that breaks no rule.
pub fn valid(seed: u64) -> (Written, Model) {
    let tries = (0..1_000).map(|n| crate::generate::draw(seed.wrapping_mul(1_000).wrapping_add(n)));
    let mut found = tries.filter_map(|written| read(&written).map(|model| (written, model)));
    found
        .next()
        .expect("one of a thousand models breaks no rule")
}

/// Whether a model decides anything as a whole.
pub fn is_whole(model: &Model) -> bool {
    model.expansions.values().any(|e| e.whole)
        || model.suppliers.values().any(|q| q.minimum_order.is_some())
}

/// The solver that is always there and can take the model.
pub fn embedded(model: &Model) -> Solver {
    if is_whole(model) {
        Solver::Microlp
    } else {
        Solver::Clarabel
    }
}

/// What a solver says of a model.
pub fn ask(model: &Model, kind: ObjectiveKind, solver: Solver) -> Verdict {
    let options = Options {
        objective: Some(kind),
        solver,
        time_limit: Some(Duration::from_secs(60)),
        ..Options::default()
    };
    match catch_unwind(AssertUnwindSafe(|| sinews::solve(model, &options))) {
        Err(_) => Verdict::Fault("panic".into()),
        Ok(Ok(solution)) => Verdict::Plan(Box::new(answer(model, solution))),
        Ok(Err(Failure::NotPossible { .. })) => Verdict::Refused,
        Ok(Err(failure @ (Failure::Infeasible { .. } | Failure::Unbounded))) => {
            Verdict::NoPlan(failure.to_string())
        }
        Ok(Err(failure)) => Verdict::Fault(failure.to_string()),
    }
}

fn answer(model: &Model, solution: Solution) -> Answer {
    let worth = model.requirements.iter().map(|(r, requirement)| {
        let value = solution.program().item_value(requirement.meets[0].item);
        solution.requirements[r].required * value
    });
    // In any order of the requirements.
    let mut shares: Vec<f64> = solution
        .plan
        .share
        .values()
        .filter_map(|&share| share)
        .collect();
    shares.sort_by(f64::total_cmp);
    Answer {
        stages: solution
            .stages
            .iter()
            .map(|stage| (stage.name.clone(), stage.value))
            .collect(),
        shares,
        worth: worth.sum::<f64>() + 100.0 * solution.program().money_size(),
        solution,
    }
}

impl Verdict {
    fn word(&self) -> &'static str {
        match self {
            Self::Plan(_) => "plan",
            Self::NoPlan(_) => "no plan",
            Self::Fault(_) => "fault",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(answer) => {
                write!(f, "{:?} shares missing {:?}", answer.stages, answer.shares)
            }
            Self::NoPlan(why) | Self::Fault(why) => {
                f.write_str(why.lines().take(3).collect::<Vec<_>>().join(" ").as_str())
            }
            Self::Refused => f.write_str("refused"),
        }
    }
}

/// Whether two values are equal to a millionth, or to a hundred-millionth of what they are small against.
pub fn near(one: f64, other: f64, against: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs()) + 1e-8 * against.abs()
}

/// Where two verdicts differ, the values of the second being `times` those of the first.
pub fn compare(name: &str, one: &Verdict, other: &Verdict, times: f64) -> Option<Difference> {
    let differ = |what: &str| {
        Some(Difference::new(
            format!("{name}: {what}"),
            format!("{one}\n# against {other}"),
        ))
    };
    match (one, other) {
        // Of the model as it is a fault is told once; a twin must not have one either.
        (Verdict::Refused | Verdict::Fault(_), _) | (_, Verdict::Refused) => None,
        (_, Verdict::Fault(_)) => differ("fault"),
        (Verdict::Plan(one), Verdict::Plan(other)) => {
            let pairs = one.stages.iter().zip(&other.stages);
            let against = (one.worth * times).max(other.worth);
            let differs = |a: f64, b: f64| !near(a * times, b, against);
            for ((stage, a), (_, b)) in pairs {
                if differs(*a, *b) {
                    return differ(&format!("value of {stage}"));
                }
            }
            let mut shares = one.shares.iter().zip(&other.shares);
            if shares.any(|(a, b)| (a - b).abs() > 1e-5) {
                return differ("shares");
            }
            None
        }
        (one, other) if one.word() != other.word() => differ("verdict"),
        _ => None,
    }
}

/// The least value of a program's first aim by microlp, in the base currency. `None`: it finds none, or the program is large.
pub fn first_by_microlp(program: &Program) -> Option<f64> {
    use good_lp::{Expression, ProblemVariables, Solution as _, SolverModel, constraint, variable};
    if program.columns().len() > 400 {
        return None;
    }
    let mut variables = ProblemVariables::new();
    let columns = program.columns().iter().map(|column| {
        let mut bounded = variable().min(column.lower);
        if column.upper.is_finite() {
            bounded = bounded.max(column.upper);
        }
        variables.add(if column.whole {
            bounded.integer()
        } else {
            bounded
        })
    });
    let columns: Vec<_> = columns.collect();
    let sum = |terms: &[(u32, f64)]| {
        let mut left = Expression::default();
        for &(j, factor) in terms {
            left.add_mul(factor, columns[j as usize]);
        }
        left
    };
    let aim = sum(&program.stages()[0].aim);
    let mut model = variables.minimise(aim.clone()).using(good_lp::microlp);
    let rows = program.rows();
    for n in 0..rows.len() {
        let (left, right) = (sum(rows.row(n)), rows.right(n));
        model.add_constraint(match rows.sense(n) {
            Sense::AtMost => constraint!(left <= right),
            Sense::AtLeast => constraint!(left >= right),
            Sense::Equal => constraint!(left == right),
        });
    }
    let found = catch_unwind(AssertUnwindSafe(|| model.solve()))
        .ok()?
        .ok()?;
    Some(found.eval(aim) * program.money_size())
}
