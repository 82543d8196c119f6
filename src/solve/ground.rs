//! What prices stand on: the best plan of each stage, from which one more or one less is tried.
//!
//! ```text
//! v′(w)  =  min  c · d    with   A[T] d  ~  w[T],    d[j] ≥ 0 where x[j] is at its lower bound,
//!                                                    d[j] ≤ 0 where it is at its upper one
//! ```
//!
//! `T` are the equations and the limits that are used up, `w` how their right sides move. Where a best plan has
//! several prices the value has a kink, and `v′(w)` and `−v′(−w)` differ: what one more is worth is not what one
//! less costs. Whatever solver found the plan, both are the same numbers: they belong to the program.
//!
//! Of several prices, those are shown that hold if every limit gets a little looser, each by an amount of its own
//! that its name alone decides: one choice, on every solver. Those that hold if every limit gets a little tighter are
//! kept beside them: where the two agree there is one price.

#[cfg(feature = "highs")]
use super::linear::Face;
use super::linear::{Bounds, Found, Linear, Open};
use super::{Failure, Limits, Options, Worker};
use crate::model::Model;
use crate::program::{Program, Sense};
use crate::solution::{Answer, Certificate, Change, Ground};
use std::sync::Arc;

/// Programs with no more columns have all their prices chosen, and tried on both sides; of others, those that are asked for.
const SMALL: usize = 2_000;
/// Programs with no more columns have every price tried, whatever two choices of prices say.
const TINY: usize = 300;
/// A column this near to its bound, or a limit this near to being used up, as a share of its numbers, is at it.
const AT: f64 = 1e-7;

/// The best plan of each stage, and the prices it was found with.
#[derive(Clone, Debug)]
pub(super) struct BestPlans {
    worker: Worker,
    stages: Vec<(Open, Found)>,
    /// By stage: the prices of all rows of the program that hold if every limit gets a little tighter.
    tighter: Vec<Option<Vec<f64>>>,
    /// How many rows the program has.
    rows: usize,
}

impl BestPlans {
    pub(super) fn new(worker: Worker) -> Self {
        Self {
            worker,
            stages: Vec::new(),
            tighter: Vec::new(),
            rows: 0,
        }
    }

    /// The ground of a program with one stage.
    #[cfg(feature = "highs")]
    pub(super) fn single(worker: Worker, program: &Program, answer: &Answer) -> Self {
        let stages = program.stages();
        let open = Face::of(program).open(program, &stages[0]);
        let found = Found {
            columns: open.columns.iter().map(|&j| answer.columns[j]).collect(),
            duals: open.rows.iter().map(|&n| answer.stages[0].2[n]).collect(),
            iterations: 0,
            solver: answer.solver,
        };
        let mut new = Self::new(worker);
        new.push(&open, &found);
        new
    }

    /// Keep the best plan of a stage.
    pub(super) fn push(&mut self, open: &Open, found: &Found) {
        self.stages.push((open.clone(), found.clone()));
    }

    /// Choose among prices that are equally right, in a program small enough for it; and keep what prices stand on.
    /// `None`: not every stage has a ground.
    pub(super) fn settle(
        mut self,
        model: &Model,
        program: &Program,
        answer: &mut Answer,
    ) -> Option<Arc<dyn Ground>> {
        if self.stages.len() != answer.stages.len() {
            return None;
        }
        if !self.is_small() {
            return Some(Arc::new(self));
        }
        let chosen = self.choose(model, program);
        for ((.., duals), chosen) in answer.stages.iter_mut().zip(chosen) {
            if let Some(chosen) = chosen {
                *duals = chosen;
            }
        }
        Some(Arc::new(self))
    }

    /// The prices of every stage that hold if each limit gets a little looser, by all rows of the program; `None`
    /// where they could not be proved. Keeps those that hold if each gets a little tighter.
    fn choose(&mut self, model: &Model, program: &Program) -> Vec<Option<Vec<f64>>> {
        let keys = program.row_keys(model);
        self.rows = keys.len();
        let weights: Vec<f64> = keys.iter().map(|key| weight(key)).collect();
        self.tighter = self.chosen(&weights, -1.0);
        self.chosen(&weights, 1.0)
    }

    /// The prices that hold if limits move so, by stage.
    fn chosen(&self, weights: &[f64], sign: f64) -> Vec<Option<Vec<f64>>> {
        let choose = |(open, found): &(Open, Found)| {
            let moves = |n: usize| {
                // Limits on earlier aims have no name.
                let Some(&row) = open.rows.get(n) else {
                    return 0.0;
                };
                let weight = sign * weights[row] * (1.0 + open.linear.rights[n].abs());
                match open.linear.senses[n] {
                    Sense::AtMost => weight,
                    Sense::AtLeast => -weight,
                    Sense::Equal => EQUATION * weight,
                }
            };
            self.proved(open, found, weights.len(), moves)
        };
        self.stages.iter().map(choose).collect()
    }

    /// The duals of so many rows of the program that hold if right sides move so. `None`: they could not be proved.
    fn proved(
        &self,
        open: &Open,
        found: &Found,
        rows: usize,
        by: impl Fn(usize) -> f64,
    ) -> Option<Vec<f64>> {
        let along = self.along(open, found, by).ok()?;
        let chosen = Found {
            duals: along.duals,
            ..found.clone()
        };
        let holds = Certificate::of(&open.linear, &chosen).holds();
        holds.then(|| open.all_duals(rows, &chosen))
    }

    /// The cheapest way to move with the right sides, with a price for each row; else [`Change::NoPlan`] or
    /// [`Change::Unproved`].
    fn along(
        &self,
        open: &Open,
        found: &Found,
        by: impl Fn(usize) -> f64,
    ) -> Result<Found, Change> {
        let (directions, tight) = directions(&open.linear, found, by);
        let limits = Limits::of(&Options::default());
        // A verdict is proved before it is given.
        let along = match self.worker.run(&directions, &limits, false) {
            Ok(checked) if checked.holds() => checked.found,
            Err(Failure::Infeasible { .. }) => return Err(Change::NoPlan),
            Ok(_) | Err(_) => return Err(Change::Unproved),
        };
        let mut duals = vec![0.0; open.linear.senses.len()];
        for (&n, &dual) in tight.iter().zip(&along.duals) {
            duals[n] = dual;
        }
        Ok(Found { duals, ..along })
    }
}

impl Ground for BestPlans {
    fn tighter(&self, stage: usize, row: usize) -> Option<f64> {
        self.tighter.get(stage)?.as_ref().map(|duals| duals[row])
    }

    fn is_small(&self) -> bool {
        let columns = |(open, _): &(Open, Found)| open.linear.columns.len();
        self.stages.iter().map(columns).all(|n| n <= SMALL)
    }

    fn is_tiny(&self, stage: usize) -> bool {
        let columns = |(open, _): &(Open, Found)| open.linear.columns.len();
        self.stages
            .get(stage)
            .map(columns)
            .is_some_and(|columns| columns <= TINY)
    }

    fn duals(&self, stage: usize, moves: &[(usize, f64)]) -> Option<Vec<f64>> {
        let (open, found) = self.stages.get(stage)?;
        let by = moved(open, moves);
        self.proved(open, found, self.rows, |n| by[n])
    }

    fn moved(&self, stage: usize, moves: &[(usize, f64)]) -> Change {
        let Some((open, found)) = self.stages.get(stage) else {
            return Change::Unproved;
        };
        let by = moved(open, moves);
        let largest = by.iter().fold(0.0_f64, |most, by| most.max(by.abs()));
        if largest == 0.0 {
            return Change::By(0.0);
        }
        // Directions have no size of their own, and what solvers take for no miss has one.
        match self.along(open, found, |n| by[n] / largest) {
            Ok(along) => {
                let terms = along.columns.iter().zip(&open.linear.aim);
                Change::By(largest * terms.map(|(d, c)| d * c).sum::<f64>())
            }
            Err(change) => change,
        }
    }
}

/// By how much each row that is open moves.
fn moved(open: &Open, moves: &[(usize, f64)]) -> Vec<f64> {
    let mut by = vec![0.0; open.linear.senses.len()];
    for &(row, amount) in moves {
        if let Ok(n) = open.rows.binary_search(&row) {
            by[n] += amount;
        }
    }
    by
}

/// How much an equation moves beside a limit: so little that it decides nothing that a limit does.
const EQUATION: f64 = 1e-3;

/// An amount between 1 and 2 that a name decides.
fn weight(name: &str) -> f64 {
    // FNV-1a.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    1.0 + f64::from(u32::try_from(hash >> 40).unwrap_or(0)) / f64::from(1_u32 << 24)
}

/// The directions in which a best plan can move, and the rows that are used up.
fn directions(linear: &Linear, found: &Found, by: impl Fn(usize) -> f64) -> (Linear, Vec<usize>) {
    let column = |(bounds, &value): (&Bounds, &f64)| {
        let near = AT * (1.0 + value.abs());
        Bounds {
            lower: if value - bounds.lower <= near {
                0.0
            } else {
                f64::NEG_INFINITY
            },
            upper: if bounds.upper - value <= near {
                0.0
            } else {
                f64::INFINITY
            },
            whole: false,
        }
    };
    let mut new = Linear {
        columns: linear
            .columns
            .iter()
            .zip(&found.columns)
            .map(column)
            .collect(),
        starts: vec![0],
        aim: linear.aim.clone(),
        ..Linear::default()
    };
    let mut tight = Vec::new();
    for n in 0..linear.senses.len() {
        let spare = (linear.rights[n] - linear.left(n, &found.columns)).abs();
        let equation = linear.senses[n] == Sense::Equal;
        if !equation && spare > AT * linear.largest(n).max(1.0) {
            continue;
        }
        new.terms.extend_from_slice(linear.row(n));
        new.starts.push(new.terms.len());
        new.senses.push(linear.senses[n]);
        new.rights.push(by(n));
        tight.push(n);
    }
    (new, tight)
}
