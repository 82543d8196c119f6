//! Plans that were kept, read back: checked against their model before they are one again.

use super::Worker;
use super::faint;
use super::ground::BestPlans;
use super::linear::{Face, Found};
use crate::model::{Model, ObjectiveKind};
use crate::program::{Program, Row};
use crate::solution::{Answer, Certificate, Effort, Ground, Saved, Solution};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a row may be missed by, relative to the numbers in it. Rows in which nothing was left to decide are taken for kept
/// within that when a plan is found.
const MISSED: f64 = 1e-4;
/// By how much a fixed column may differ from where the model fixes it, relative to it.
const MOVED: f64 = 1e-9;

/// Why a plan that was kept is no plan of a model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotRestored {
    /// A name has nothing that it stands for.
    ///
    /// ## Resolution
    /// Read the plan with the model that it is of: another has other lines, funds or periods.
    #[error("the plan is of another model: this one has no {0}")]
    UnknownName(String),
    /// The stages of the solve are others.
    ///
    /// ## Resolution
    /// Read the plan with the model and the objective that it is of. A plan of a program that an analysis changed cannot be
    /// read back.
    #[error("the plan has the stages {found}, where the model has {wanted}")]
    Stages {
        /// Those of the plan.
        found: String,
        /// Those of the model.
        wanted: String,
    },
    /// A figure of the model is another.
    ///
    /// ## Resolution
    /// Solve the model again: it has changed since the plan was made.
    #[error("the model has changed since: `{column}` was {was}, and is {is}")]
    Changed {
        /// The column that is fixed by it, as program files name it.
        column: String,
        /// What it was, in the program's units.
        was: f64,
        /// What it is.
        is: f64,
    },
    /// The plan does not keep the model's rules, or is not the best.
    ///
    /// ## Resolution
    /// Solve the model again.
    #[error(
        "the plan does not stand up in `{stage}`: a row is missed by {:.1e}, a price by {:.1e}, the gap is {:.1e}",
        .certificate.max_violation, .certificate.max_dual_violation, .certificate.relative_gap
    )]
    Uncertified {
        /// In which stage.
        stage: String,
        /// What was found.
        certificate: Certificate,
    },
}

/// The solution that a plan which was kept is of a model: the same to the last bit.
///
/// It is checked before it is one: every row of the program, where the model fixes a column, what each aim reaches, and, by
/// its prices, that no plan is better for the first aim. What it says of history, of what was decided as a whole,
/// of the best for later aims and of the best of max-min, whose prices are not kept, is taken as it was written: whoever does not trust a plan solves the model again.
///
/// # Errors
/// [`NotRestored`]: it is of another model, or does not stand up.
pub fn restored(model: &Model, saved: &Saved) -> Result<Solution, NotRestored> {
    let words = ObjectiveKind::WORDS.iter();
    let mut words = words.filter(|(word, _)| *word == saved.objective);
    let unknown = |what: String| NotRestored::UnknownName(what);
    let no_objective = || unknown(format!("objective `{}`", saved.objective));
    let &(_, kind) = words.next().ok_or_else(no_objective)?;
    let no_solver = || unknown(format!("solver `{}`", saved.solver));
    let solver = super::stages::known(&saved.solver).ok_or_else(no_solver)?;
    let program = Program::of(model, kind);
    let columns = in_order("column", &program.column_keys(model), &saved.columns)?;
    // Rows of history are no rows of the plan.
    let program = program.with_history(&columns);
    let rows = program.row_keys(model);
    let mut stages = Vec::new();
    for stage in &saved.stages {
        let duals = in_order("row", &rows, &stage.duals)?;
        stages.push((stage.name.clone(), stage.value, duals));
    }
    let answer = Answer {
        columns,
        stages,
        certificate: saved.certificate,
        solver,
        iterations: saved.iterations,
        tie_broken: saved.tie_broken,
        // It was read, not found.
        effort: Effort::default(),
    };
    is_plan(model, &program, &answer)?;
    let ground = proved(model, &program, &answer)?;
    Ok(Solution::of(model, program, answer, ground, saved.refined))
}

/// Numbers by name in the order of the names; zero where there is none.
fn in_order(
    noun: &str,
    names: &[String],
    numbers: &BTreeMap<String, f64>,
) -> Result<Vec<f64>, NotRestored> {
    let places: HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (name.as_str(), n))
        .collect();
    let mut all = vec![0.0; names.len()];
    for (name, &number) in numbers {
        let place = places.get(name.as_str());
        let place = place.ok_or_else(|| NotRestored::UnknownName(format!("{noun} `{name}`")))?;
        all[*place] = number;
    }
    Ok(all)
}

/// Whether an answer is a plan of a program: it keeps its rows and bounds, and reaches what it says.
fn is_plan(model: &Model, program: &Program, answer: &Answer) -> Result<(), NotRestored> {
    let columns = program.columns().iter().zip(&answer.columns);
    // What is no number is moved, too.
    let stands = |is: f64, was: f64| (is - was).abs() <= MOVED * (1.0 + is.abs());
    let mut changed = columns
        .enumerate()
        .filter(|(_, (column, was))| column.lower == column.upper && !stands(column.lower, **was));
    if let Some((n, (column, &was))) = changed.next() {
        let name = program.column_keys(model).swap_remove(n);
        return Err(NotRestored::Changed {
            column: name,
            was,
            is: column.lower,
        });
    }
    let own = program.stages();
    let own: Vec<_> = own.iter().filter(|stage| stage.priced).collect();
    let names = own.iter().map(|stage| stage.name.as_str());
    let found = answer.stages.iter().map(|(name, ..)| name.as_str());
    if names.clone().ne(found.clone()) {
        let listed = |names: Vec<&str>| format!("`{}`", names.join("`, `"));
        return Err(NotRestored::Stages {
            found: listed(found.collect()),
            wanted: listed(names.collect()),
        });
    }
    let mut all = Face::of(program);
    if program.stages().iter().any(|stage| stage.levels) {
        // They hold as long as the lowest coverage is raised: what is settled leaves them.
        for n in 0..program.rows().len() {
            all.dropped[n] = matches!(program.rows().name(n), Row::Level(_));
        }
    }
    let whole = program.columns().iter().zip(&answer.columns);
    let whole = whole.filter(|(column, _)| column.whole);
    let broken = whole.map(|(_, value)| (value - value.round()).abs());
    let broken = broken.fold(0.0, f64::max);
    for (stage, (_, value, _)) in own.iter().zip(&answer.stages) {
        let open = all.open(program, stage);
        let found = open.columns.iter().map(|&j| answer.columns[j]);
        let found: Vec<f64> = found.collect();
        let reached = open.linear.value(&found);
        let certificate = Certificate {
            max_violation: open.linear.violation(&found).max(broken),
            relative_gap: (reached - value).abs() / (1.0 + value.abs()),
            value: reached,
            ..Certificate::default()
        };
        let holds = certificate.max_violation <= MISSED
            && certificate.relative_gap <= Certificate::DRIFT
            && answer.certificate.holds();
        if !holds {
            return Err(NotRestored::Uncertified {
                stage: stage.name.clone(),
                certificate,
            });
        }
    }
    Ok(())
}

/// Prove by its prices that an answer is the best for the first aim, and for later ones as far as the plans that are best
/// for those before them show in it: what prices stand on, if all of it shows.
fn proved(
    model: &Model,
    program: &Program,
    answer: &Answer,
) -> Result<Option<Arc<dyn Ground>>, NotRestored> {
    let stages = program.stages();
    // Where the lowest coverage is raised step by step, prices of each step are not kept.
    if stages.iter().any(|stage| stage.levels) {
        return Ok(None);
    }
    let mut face = Face::of(program);
    for (j, column) in program.columns().iter().enumerate() {
        if column.whole {
            face.settled[j] = Some(answer.columns[j]);
        }
    }
    let mut plans = BestPlans::new(Worker::Clarabel);
    let priced = stages.iter().filter(|stage| stage.priced);
    for (n, (stage, (.., duals))) in priced.zip(&answer.stages).enumerate() {
        let open = face.open(program, stage);
        let found = Found {
            columns: open.columns.iter().map(|&j| answer.columns[j]).collect(),
            duals: open.rows.iter().map(|&n| duals[n]).collect(),
            iterations: 0,
            solver: answer.solver,
        };
        let certificate = Certificate::of(&open.linear, &found);
        let holds = certificate.max_violation <= MISSED
            && certificate.max_dual_violation <= Certificate::VIOLATION
            && certificate.relative_gap <= Certificate::GAP + Certificate::DRIFT;
        if !holds && n == 0 {
            return Err(NotRestored::Uncertified {
                stage: stage.name.clone(),
                certificate,
            });
        }
        if !holds {
            return Ok(None);
        }
        plans.push(&open, &found);
        face.narrow(&open, &found, faint::factor(stage));
    }
    Ok(plans.settle(model, program, &mut answer.clone()))
}

/// What a solution is read from.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(rename = "Solution")]
struct Whole {
    model: Model,
    plan: Saved,
}

/// Read with its model, and checked as [`restored`] does.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Solution {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let whole = Whole::deserialize(deserializer)?;
        restored(&whole.model, &whole.plan).map_err(serde::de::Error::custom)
    }
}
