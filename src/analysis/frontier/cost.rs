//! Cost against shortfall: the corners of the curve between the least of one and the least of the other.

use super::OPEN;
use crate::analysis::{Findings, Trouble, Work};
use crate::model::Model;
use crate::program::{Column, Goal, Program};
use crate::solution::Solution;
use crate::solve::{Options, Session, held, solve_program};
use crate::table::{Cell, Table};

/// The curve of cost against shortfall: what it costs to fall short of so much less.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CostCurve {
    /// The code of the base currency.
    pub currency: String,
    /// The corners of the curve, from the least shortfall to the least cost.
    pub corners: Vec<Corner>,
    /// How many solves it took.
    pub solves: usize,
}

/// A corner of the curve of cost against shortfall.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Corner {
    /// The shortfall, as the objective weighs it, in the base currency.
    pub shortfall: f64,
    /// The discounted cost, in prices of the base year.
    pub discounted: f64,
    /// The share of all that is required that is met, by value.
    pub coverage: f64,
    /// The cost in all, in money of the day.
    pub cost: f64,
}

/// The curve of cost against shortfall, with every corner of it, in so many solves beside that of the model
/// itself: at least 2.
///
/// # Errors
/// Fewer solves, or a model without a plan.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::analysis::frontier::cost;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let curve = cost(&model, 10, &Default::default(), &Work::default())?;
/// // From nothing to all that the plant can make.
/// assert!(curve.corners.len() >= 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cost(
    model: &Model,
    solves: usize,
    options: &Options,
    work: &Work,
) -> Result<CostCurve, Trouble> {
    if solves < 2 {
        let message = format!("{solves} solves make no curve");
        return Err(Trouble::request(message, "allow for 2 or more: one an end"));
    }
    let kind = options.objective.unwrap_or(model.objective.kind);
    let program = held(model, Program::of(model, kind), options)?;
    let apart = OPEN * program.money_size();
    let mut first = program.clone();
    first.pursue(model, Goal::SHORTFALL);
    let session = Session::of(model, first, options)?;
    let corner = |blends: &[Goal]| {
        work.all(
            blends.len(),
            || session.runner(),
            |runner, n| {
                let mut program = program.clone();
                program.pursue(model, blends[n]);
                let solution = runner.solve_program(model, program)?;
                Ok(Corner::of(model, &solution))
            },
        )
    };
    // The ends: the least of one, and then of the other.
    let ends = [[Goal::SHORTFALL, Goal::COST], [Goal::COST, Goal::SHORTFALL]];
    let end = |(): &mut (), n: usize| {
        let mut program = program.clone();
        program.pursue_in_turn(model, &ends[n]);
        let solution = solve_program(model, program, options)?;
        Ok(Corner::of(model, &solution))
    };
    let mut corners = work.all(2, || (), end)?;
    let mut known = vec![false];
    let mut count = 2;
    loop {
        let open: Vec<usize> = (0..known.len()).filter(|&n| !known[n]).collect();
        let open: Vec<usize> = open
            .into_iter()
            .take(solves.saturating_sub(count))
            .collect();
        if open.is_empty() {
            break;
        }
        let goals: Vec<Goal> = open
            .iter()
            .map(|&n| normal(&corners[n], &corners[n + 1]))
            .collect();
        let found = corner(&goals)?;
        count += found.len();
        for ((n, new), goal) in open.into_iter().zip(found).zip(goals).rev() {
            if is_below(&new, &corners[n], goal, apart) {
                corners.insert(n + 1, new);
                known.insert(n + 1, false);
            } else {
                known[n] = true;
            }
        }
    }
    Ok(CostCurve {
        currency: model.money.base().to_owned(),
        corners: turning(corners, apart),
        solves: count,
    })
}

fn blend(shortfall: f64, cost: f64) -> Goal {
    Goal::Blend { shortfall, cost }
}

/// The blend for which two corners are equally good.
fn normal(a: &Corner, b: &Corner) -> Goal {
    let (fall, rise) = (a.discounted - b.discounted, b.shortfall - a.shortfall);
    let size = fall.abs().max(rise.abs()).max(1e-12);
    blend((fall / size).max(1e-9), (rise / size).max(1e-9))
}

/// The corners at which the curve turns: a solver may stop anywhere on an edge of it.
fn turning(all: Vec<Corner>, open: f64) -> Vec<Corner> {
    let mut kept: Vec<Corner> = Vec::new();
    for corner in all {
        while let [.., before, last] = kept.as_slice() {
            if is_below(last, before, normal(before, &corner), open) {
                break;
            }
            kept.pop();
        }
        let first = kept.first();
        let same = |first: &Corner| {
            corner.shortfall - first.shortfall <= open + OPEN * corner.shortfall.abs()
        };
        if !first.is_some_and(same) {
            kept.push(corner);
        }
    }
    kept
}

/// Whether a corner is better than another for a blend, by more than certificates leave open.
fn is_below(new: &Corner, old: &Corner, goal: Goal, open: f64) -> bool {
    let Goal::Blend { shortfall, cost } = goal else {
        return false;
    };
    let worth = |c: &Corner| shortfall * c.shortfall + cost * c.discounted;
    let sizes = shortfall * old.shortfall.abs() + cost * old.discounted.abs();
    worth(new) < worth(old) - open * shortfall.max(cost) - OPEN * sizes
}

/// The shortfall of all tiers, as the objective weighs it, in the base currency.
fn shortfall(solution: &Solution) -> f64 {
    let tiers = solution.program().network().tiers.ids();
    tiers.map(|k| solution.value(Column::Tier(k))).sum()
}

impl Corner {
    fn of(model: &Model, solution: &Solution) -> Self {
        Self {
            shortfall: shortfall(solution),
            discounted: solution.cost.discounted,
            coverage: solution.mean_coverage(model),
            cost: solution.cost.total,
        }
    }
}

impl Findings for CostCurve {
    fn tables(&self) -> Vec<Table> {
        let note = format!(
            "Cost in M {0}, discounted in prices of the base year; shortfall as the objective weighs it, in M {0}. The price is what one {0} of shortfall costs to avoid, from the line before. {1} solves.",
            self.currency, self.solves
        );
        let heads = ["shortfall", "discounted", "price", "coverage", "cost"];
        let title = "Cost against shortfall";
        let mut table = Table::new("cost", title, note, &["corner"]).columns(heads);
        for (n, corner) in self.corners.iter().enumerate().rev() {
            let price = self.corners.get(n + 1).map(|next| {
                (corner.discounted - next.discounted) / (next.shortfall - corner.shortfall)
            });
            table.push(vec![
                (self.corners.len() - n).to_string().into(),
                Cell::Money(corner.shortfall),
                Cell::Money(corner.discounted),
                price.map_or(Cell::Empty, Cell::Price),
                Cell::Share(corner.coverage),
                Cell::Money(corner.cost),
            ]);
        }
        vec![table]
    }
}
