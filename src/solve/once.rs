//! One solve: from a model, or a program that was built before, to its best plan.

use super::ground::BestPlans;
use super::{Device, Effort, Engine, Failure, Limits, Options, Solver, elastic, numbers, stages};
use crate::model::Model;
use crate::program::Program;
use crate::solution::{Answer, Solution, Step, Task};

/// Find the best plan of a model.
///
/// # Errors
/// [`Failure`]: when no plan keeps every rule, time runs out, or no answer stands up.
///
/// ```
/// let model = sinews::read("models/tiny.toml")?;
/// let solution = sinews::solve(&model, &Default::default())?;
/// assert!(solution.certificate.holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn solve(model: &Model, options: &Options) -> Result<Solution, Failure> {
    let kind = options.objective.unwrap_or(model.objective.kind);
    solve_program(model, Program::of(model, kind), options)
}

/// Find the best plan of a program that was built before. It knows the model that it is of, and another one that is
/// given is not looked at.
///
/// # Errors
/// As [`solve`]; [`Failure::NotPossible`] if the program was changed to something that is no number.
///
/// ```
/// use sinews::program::Program;
/// use sinews::solve::solve_program;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let program = Program::of(&model, model.objective.kind);
/// assert!(solve_program(&model, program, &Default::default())?.certificate.holds());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn solve_program(
    model: &Model,
    program: Program,
    options: &Options,
) -> Result<Solution, Failure> {
    let own = program.shared(model);
    let model = &*own;
    let (program, mut effort) = settled_first(model, program, options)?;
    let tie_break = !options.any_of_equals;
    let (mut answer, plans) = best(model, &program, options, tie_break)?;
    effort.steps.append(&mut answer.effort.steps);
    let ground = if options.without.contains(&Device::Prices) {
        None
    } else {
        effort.time(Task::Prices, || plans.settle(model, &program, &mut answer))
    };
    let mut step = Step::new(Task::Plan, "");
    let mut solution = step.time(|_| Solution::new(model, program, answer, ground));
    effort.steps.push(step);
    solution.effort = effort;
    Ok(solution)
}

/// A program with its history held: what is taken to have happened is settled before anything is planned, by the embedded
/// solver if that can, so that it is the same whatever the plan is made with.
///
/// Every solve does so by itself; whoever writes a program to a file, or varies one, may want what is solved. A program
/// without history, or with one that is held already, is given back as it is.
///
/// # Errors
/// As [`solve`]: when nothing keeps every rule before decisions are free.
///
/// ```
/// use sinews::{program::Program, solve::held};
/// let model = sinews::read("models/tiny.toml")?;
/// let program = held(&model, Program::of(&model, model.objective.kind), &Default::default())?;
/// assert!(program.lp(&model).contains("Minimize"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn held(model: &Model, program: Program, options: &Options) -> Result<Program, Failure> {
    Ok(settled_first(model, program, options)?.0)
}

/// A program with its history held, and what it took to settle that.
fn settled_first(
    model: &Model,
    program: Program,
    options: &Options,
) -> Result<(Program, Effort), Failure> {
    sound(&program)?;
    let Some(history) = program.history() else {
        return Ok((program, Effort::default()));
    };
    let quiet = Options {
        progress: None,
        ..options.clone()
    };
    let mut answer = settled(program.own(model), &history, &quiet)?;
    for step in &mut answer.effort.steps {
        step.stage = format!("history, {}", step.stage);
    }
    Ok((program.with_history(&answer.columns), answer.effort))
}

/// What was done to a program since it was built must leave numbers, and each column a value.
fn sound(program: &Program) -> Result<(), Failure> {
    let rows = program.rows();
    let broken = (0..rows.len()).find(|&n| rows.right(n).is_nan());
    if let Some(n) = broken {
        let row = program.describe(program.model(), rows.name(n));
        let message = format!("the right side of {row} is not a number; move it to one");
        return Err(Failure::NotPossible { message });
    }
    let mut columns = program.columns().iter();
    if columns.any(|column| column.lower.is_nan() || column.upper.is_nan()) {
        let message = "a bound of a column is not a number; give it one".to_owned();
        return Err(Failure::NotPossible { message });
    }
    let mut columns = program.columns().iter();
    if columns.any(|column| column.lower > column.upper) {
        return Err(Failure::Infeasible { rules: Vec::new() });
    }
    Ok(())
}

/// What happened in history. It has several answers that are as good as each other, so it is the embedded solver that
/// settles it, whatever the plan is made with: what is taken to have happened is one.
fn settled(model: &Model, history: &Program, options: &Options) -> Result<Answer, Failure> {
    let solve = |engine: Engine| {
        let limits = Limits::of(options);
        stages::run(history, engine, &limits, true)
    };
    let whole = history.columns().iter().any(|column| column.whole);
    if !whole {
        match solve(Engine::choose(whole, Solver::Clarabel)?) {
            Err(
                Failure::Uncertified { .. } | Failure::Solver { .. } | Failure::Infeasible { .. },
            ) => {}
            settled => return Ok(settled?.0),
        }
    }
    Ok(best(model, history, options, true)?.0)
}

/// The best plan of a program as it is, and what prices stand on; if there is none, why.
fn best(
    model: &Model,
    program: &Program,
    options: &Options,
    tie_break: bool,
) -> Result<(Answer, BestPlans), Failure> {
    let whole = program.columns().iter().any(|column| column.whole);
    let engine = Engine::choose(whole, options.solver)?;
    let limits = Limits::of(options);
    stages::run(program, engine, &limits, tie_break).map_err(|failure| match failure {
        Failure::Infeasible { .. } => clash(model, program, engine, &limits),
        Failure::Uncertified { .. } | Failure::Solver { .. } => numbers::at_fault(model, failure),
        failure => failure,
    })
}

/// That no plan keeps every rule, which is proved, with the rules that would have to give way where they can be told.
fn clash(model: &Model, program: &Program, engine: Engine, limits: &Limits) -> Failure {
    match elastic::broken(model, program, engine, limits) {
        Ok(rules) => Failure::Infeasible { rules },
        Err(failure @ (Failure::TimeLimit | Failure::Cancelled)) => failure,
        Err(_) => Failure::Infeasible { rules: Vec::new() },
    }
}
