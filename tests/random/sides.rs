//! Both sides of prices: the same on every solver, and what one more and one less come to when they are tried.

use crate::judge::{Answer, Difference, Verdict, ask, embedded, is_whole};
use crate::node::Written;
use crate::rng::Rng;
use sinews::model::{Model, ObjectiveKind};
use sinews::program::{Row, Sense};
use sinews::solution::Sides;
use sinews::solve::{Failure, Options, Solver, solve_program};

/// How many limits of a model are tried.
const TRIED: usize = 3;

/// Where a side of a price is another on another solver, or not what moving its limit comes to.
pub fn differences(written: &Written, model: &Model) -> Vec<Difference> {
    let mut found = Vec::new();
    if is_whole(model) {
        return found;
    }
    let solvers = if cfg!(feature = "highs") {
        vec![embedded(model), Solver::Highs]
    } else {
        vec![embedded(model)]
    };
    let plans = solvers.iter().map(
        |&solver| match ask(model, ObjectiveKind::Weighted, solver) {
            Verdict::Plan(answer) => Some(*answer),
            _ => None,
        },
    );
    let Some(plans) = plans.collect::<Option<Vec<Answer>>>() else {
        return found;
    };
    let mut rng = Rng::new(written.seed ^ 0x0073_6964_6573_2121);
    for row in chosen(&plans, &mut rng) {
        let sides: Vec<Option<Sides>> = plans
            .iter()
            .map(|plan| plan.solution.sides(&[row]))
            .collect();
        let Some(sides) = sides.into_iter().collect::<Option<Vec<Sides>>>() else {
            continue;
        };
        let rows = plans[0].solution.program().rows();
        let unit = rows.position(row).map_or(1.0, |n| rows.unit(n));
        let least = 1e-6 * plans[0].solution.program().money_size() / unit;
        if let [one, other] = sides[..]
            && !(alike(one.more, other.more, least) && alike(one.less, other.less, least))
        {
            let says = format!("{row:?}: {one:?} against {other:?}");
            found.push(Difference::new("sides: embedded and HiGHS", says));
        }
        found.extend(tried(model, &plans[0], row, sides[0]));
    }
    found
}

/// Limits and demands with a price on either solver, and one of all.
fn chosen(plans: &[Answer], rng: &mut Rng) -> Vec<Row> {
    let rows = plans[0].solution.program().rows();
    let all: Vec<Row> = (0..rows.len()).map(|n| rows.name(n)).collect();
    let has_price = |&&row: &&Row| {
        let mut prices = plans.iter().map(|plan| plan.solution.price(row));
        prices.any(|price| price.is_some_and(|price| price != 0.0))
    };
    let mut priced: Vec<Row> = all.iter().filter(has_price).copied().collect();
    rng.shuffle(&mut priced);
    priced.truncate(TRIED - 1);
    if !all.is_empty() {
        priced.push(*rng.pick(&all));
    }
    priced
}

/// Whether two sides are the same to a ten-thousandth, or differ by no more than so little.
fn alike(one: Option<f64>, other: Option<f64>, least: f64) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            (one - other).abs() <= 1e-4 * one.abs().max(other.abs()) + least
        }
        (one, other) => one.is_none() == other.is_none(),
    }
}

/// What the plan's value becomes with a limit moved.
enum Moved {
    To(f64),
    NoPlan,
    Unknown,
}

/// Where moving a limit a little comes to something else than its price says.
fn tried(model: &Model, plan: &Answer, row: Row, sides: Sides) -> Vec<Difference> {
    let solution = &plan.solution;
    let program = solution.program();
    let rows = program.rows();
    let Some(n) = rows.position(row) else {
        return Vec::new();
    };
    let (unit, right) = (rows.unit(n), rows.right(n));
    let own = |&(j, factor): &(u32, f64)| {
        let column = &program.columns()[j as usize];
        (factor * solution.value(column.name) / column.unit).abs()
    };
    let activity = rows.row(n).iter().map(own).fold(right.abs(), f64::max);
    let step = 1e-2 * if activity > 0.0 { activity } else { 1.0 };
    let at = |by: f64| {
        let mut moved = program.clone();
        moved.move_right(row, (right + by) * unit);
        let options = Options {
            objective: Some(ObjectiveKind::Weighted),
            solver: if cfg!(feature = "highs") {
                Solver::Highs
            } else {
                embedded(model)
            },
            any_of_equals: true,
            ..Options::default()
        };
        match solve_program(model, moved, &options) {
            Ok(solution) => Moved::To(solution.stages[0].value),
            Err(Failure::Infeasible { .. }) => Moved::NoPlan,
            Err(_) => Moved::Unknown,
        }
    };
    let Moved::To(value) = at(0.0) else {
        return Vec::new();
    };
    let worth = match rows.sense(n) {
        Sense::AtMost => -1.0,
        Sense::AtLeast | Sense::Equal => 1.0,
    };
    let mut found = Vec::new();
    for (sign, side, word) in [(1.0, sides.more, "more"), (-1.0, sides.less, "less")] {
        let slope = |step: f64| match at(sign * step) {
            Moved::To(moved) => Some(Some(worth * sign * (moved - value) / step / unit)),
            Moved::NoPlan => Some(None),
            Moved::Unknown => None,
        };
        // Where the value has a kink within the step, or the row nothing to move by, nothing is known.
        let (Some(far), Some(near)) = (slope(step), slope(step / 8.0)) else {
            continue;
        };
        let noise = (2e-8 * value.abs() + 1e-9 * plan.worth) * 8.0 / step / unit;
        let wrong = match (side, near) {
            (Some(side), Some(near)) => {
                let straight = far.is_some_and(|far| {
                    (far - near).abs() <= 1e-3 * far.abs().max(near.abs()) + noise
                });
                straight && (side - near).abs() > 2e-3 * near.abs().max(side.abs()) + noise
            }
            (None, None) => false,
            (Some(_), None) => matches!(at(sign * step / 1e4), Moved::NoPlan),
            (None, Some(_)) => true,
        };
        if wrong {
            let says = format!(
                "{row:?} at {}: one {word} is {side:?}, tried {near:?} (within {noise})",
                right * unit
            );
            found.push(Difference::new(format!("sides: one {word}, tried"), says));
        }
    }
    found
}
