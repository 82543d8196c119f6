//! Cost against shortfall: the corners of the curve between the least of one and the least of the other.

use crate::analysis::{Findings, Trouble, Work};
use crate::model::Model;
use crate::program::{Column, Goal, Program};
use crate::solution::Solution;
use crate::solve::{Options, Session};
use crate::table::{Cell, Table};

/// The curve of cost against shortfall: what it costs to fall short of so much less.
#[derive(Clone, Debug)]
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

/// The curve of cost against shortfall, with every corner of it.
///
/// # Errors
/// A model without a plan.
pub fn cost(
    model: &Model,
    solves: usize,
    options: &Options,
    work: &Work,
) -> Result<CostCurve, Trouble> {
    let kind = options.objective.unwrap_or(model.objective.kind);
    let program = Program::of(model, kind);
    let mut first = program.clone();
    first.pursue(model, blend(1.0, 1e-6));
    let session = Session::of(model, first, options)?;
    let corner = |blends: &[Goal]| {
        work.all(
            blends.len(),
            || session.runner(),
            |runner, n| {
                let mut program = program.clone();
                program.pursue(model, blends[n]);
                let solution = runner.solve_program(model, program)?;
                Ok(Corner {
                    shortfall: shortfall(&solution),
                    discounted: solution.cost.discounted,
                    coverage: solution.mean_coverage(model),
                    cost: solution.cost.total,
                })
            },
        )
    };
    let mut corners = corner(&[blend(1.0, 1e-6), blend(1e-6, 1.0)])?;
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
            if is_below(&new, &corners[n], goal) {
                corners.insert(n + 1, new);
                known.insert(n + 1, false);
            } else {
                known[n] = true;
            }
        }
    }
    Ok(CostCurve {
        currency: model.money.base().to_owned(),
        corners,
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

/// Whether a corner is better than another for a blend.
fn is_below(new: &Corner, old: &Corner, goal: Goal) -> bool {
    let Goal::Blend { shortfall, cost } = goal else {
        return false;
    };
    let worth = |c: &Corner| shortfall * c.shortfall + cost * c.discounted;
    worth(new) < worth(old) - 1e-6 * (1.0 + worth(old).abs())
}

/// The shortfall of all tiers, as the objective weighs it, in the base currency.
fn shortfall(solution: &Solution) -> f64 {
    let tiers = solution.program().network().tiers.ids();
    tiers.map(|k| solution.value(Column::Tier(k))).sum()
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
