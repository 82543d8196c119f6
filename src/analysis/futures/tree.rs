//! The stochastic program: all blocks at once, or one alone.
//!
//! ```text
//! together   min (1 − λ) Σ_s p[s]·z[s] + λ (η + Σ_s p[s]·ξ[s] / (1 − α)),   z[s] = c[s]·(x, y[s])
//!            A[s]·x + B[s]·y[s] ⋛ b[s],   ξ[s] ≥ z[s] − η,   ξ[s] ≥ 0      for every future s
//! alone      min z[s]    as above for one s, with x free, or held at what another plan decides
//! ```

use super::block::{Block, Blocks, Shared};
use crate::analysis::Trouble;
use crate::solve::{Certificate, Composed, Failure, Optimum, Options};

use super::Risk;
use crate::program::Sense;

/// All futures planned together.
pub(super) struct Together {
    /// The shared decisions.
    pub(super) decided: Vec<f64>,
    /// By future: every column.
    pub(super) columns: Vec<Vec<f64>>,
    /// By future: the value of its aim.
    pub(super) values: Vec<f64>,
    pub(super) certificate: Certificate,
    pub(super) solver: &'static str,
    /// How many columns and rows the program has.
    pub(super) size: (usize, usize),
}

/// One future planned alone.
#[derive(Clone)]
pub(super) struct Alone {
    pub(super) decided: Vec<f64>,
    pub(super) value: f64,
}

/// What a plan made for something else is worth.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    pub(super) value: f64,
    pub(super) extent: Extent,
}

/// How far a plan made for something else can be kept to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All that it decides.
    Full,
    /// Its expansions and orders.
    Committed,
    /// Its expansions and orders but for those that have to be given up.
    GivenUp,
}

/// Where a shared decision is held.
#[derive(Clone, Copy)]
pub(super) enum Hold {
    At(f64),
    AtMost(f64),
}

/// All futures in one program, the shared decisions, and where each future's columns are.
struct All {
    program: Composed,
    shared: Vec<u32>,
    placed: Vec<Placed>,
}

/// How much worse than the best a plan may be for being as good, relative to it: what solvers leave as a rule, then
/// what certificates do.
const SLACK: [f64; 2] = [1e-8, Certificate::GAP];

/// Where a block's columns are in a composed program.
struct Placed(Vec<(u32, f64)>);

impl Placed {
    fn of(program: &mut Composed, block: &Block, shared: &[u32]) -> Self {
        let all = block.columns.iter().zip(&block.shared);
        let place = all.map(|(&(lower, upper, whole), shared_as)| match *shared_as {
            Some((n, part)) => (shared[n], part),
            None => (program.column(lower, upper, whole), 1.0),
        });
        let placed = Self(place.collect());
        for (terms, sense, right) in &block.rows {
            program.row(placed.terms(terms), *sense, *right);
        }
        placed
    }

    fn terms(&self, terms: &[(u32, f64)]) -> Vec<(u32, f64)> {
        let moved = terms.iter().map(|&(j, factor)| {
            let (column, part) = self.0[j as usize];
            (column, factor * part)
        });
        moved.filter(|&(_, factor)| factor != 0.0).collect()
    }

    fn values(&self, best: &Optimum) -> Vec<f64> {
        let value = |&(column, part): &(u32, f64)| part * best.columns[column as usize];
        self.0.iter().map(value).collect()
    }
}

impl Blocks {
    /// Plan for all futures, whose chances are given.
    pub(super) fn together(
        &self,
        chances: &[f64],
        risk: Option<Risk>,
        options: &Options,
    ) -> Result<Together, Failure> {
        let all = self.all(chances, risk);
        Ok(self.settled(&all, &all.program.solve(options)?))
    }

    /// The program of all futures.
    fn all(&self, chances: &[f64], risk: Option<Risk>) -> All {
        let mut program = Composed::default();
        let shared = columns(&mut program, &self.shared, None);
        let weight = risk.map_or(0.0, |risk| risk.weight);
        let mut placed = Vec::new();
        for (block, chance) in self.futures.iter().zip(chances) {
            let new = Placed::of(&mut program, block, &shared);
            for (column, factor) in new.terms(&block.aim) {
                program.aim(column, (1.0 - weight) * chance * factor);
            }
            placed.push(new);
        }
        if let Some(risk) = risk {
            self.tail(&mut program, chances, risk, &placed);
        }
        All {
            program,
            shared,
            placed,
        }
    }

    fn settled(&self, all: &All, best: &Optimum) -> Together {
        let columns = all.placed.iter().map(|placed| placed.values(best));
        let columns: Vec<Vec<f64>> = columns.collect();
        let values = self.futures.iter().zip(&columns);
        let decided = all.shared.iter().map(|&j| best.columns[j as usize]);
        Together {
            decided: decided.collect(),
            values: values
                .map(|(block, columns)| value(block, columns))
                .collect(),
            columns,
            certificate: best.certificate,
            solver: best.solver,
            size: all.program.size(),
        }
    }

    /// The plan that suits all futures best of those that are best for one of them, or for mean figures, whose value
    /// is given: of such plans there may be many, and what another comes to is no measure of it. `None`: none of
    /// them can be kept to in all futures.
    pub(super) fn kept_in_all(
        &self,
        of: Option<usize>,
        value: f64,
        (chances, risk): (&[f64], Option<Risk>),
        options: &Options,
    ) -> Result<Option<Together>, Failure> {
        let mut all = self.all(chances, risk);
        let own = if let Some(n) = of {
            all.placed[n].terms(&self.futures[n].aim)
        } else {
            let mean = Placed::of(&mut all.program, &self.mean, &all.shared);
            mean.terms(&self.mean.aim)
        };
        for slack in SLACK {
            let mut held = all.program.clone();
            let most = value + slack * (1.0 + value.abs());
            held.row(own.iter().copied(), Sense::AtMost, most);
            match held.solve(options) {
                Ok(best) => return Ok(Some(self.settled(&all, &best))),
                Err(
                    Failure::Infeasible { .. }
                    | Failure::Uncertified { .. }
                    | Failure::Numbers { .. },
                ) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(None)
    }

    /// Count the worst futures as well: the linear form of Rockafellar and Uryasev.
    fn tail(&self, program: &mut Composed, chances: &[f64], risk: Risk, placed: &[Placed]) {
        let eta = program.column(f64::NEG_INFINITY, f64::INFINITY, false);
        program.aim(eta, risk.weight);
        for ((block, placed), chance) in self.futures.iter().zip(placed).zip(chances) {
            let beyond = program.column(0.0, f64::INFINITY, false);
            program.aim(beyond, risk.weight * chance / (1.0 - risk.level));
            let mut terms = placed.terms(&block.aim);
            for term in &mut terms {
                term.1 = -term.1;
            }
            terms.extend([(beyond, 1.0), (eta, 1.0)]);
            program.row(terms, Sense::AtLeast, 0.0);
        }
    }

    /// Plan for one future, with the shared decisions free or held.
    pub(super) fn alone(
        &self,
        block: &Block,
        held: Option<&[Option<Hold>]>,
        options: &Options,
    ) -> Result<Alone, Failure> {
        let mut program = Composed::default();
        let shared = columns(&mut program, &self.shared, held);
        let placed = Placed::of(&mut program, block, &shared);
        for (column, factor) in placed.terms(&block.aim) {
            program.aim(column, factor);
        }
        let best = program.solve(options)?;
        Ok(Alone {
            decided: shared.iter().map(|&j| best.columns[j as usize]).collect(),
            value: value(block, &placed.values(&best)),
        })
    }

    /// What a plan made for something else is worth in a future. Where it cannot be kept to in full (what
    /// it makes needs inputs that do not come here), only its expansions and orders are; where there is no
    /// money for them, they are given up as far as that helps. `None`: not even so.
    pub(super) fn kept(
        &self,
        future: usize,
        held: &[f64],
        options: &Options,
    ) -> Result<Option<Kept>, Trouble> {
        self.kept_in(&self.futures[future], held, options)
    }

    /// The same in the future of a block.
    pub(super) fn kept_in(
        &self,
        future: &Block,
        held: &[f64],
        options: &Options,
    ) -> Result<Option<Kept>, Trouble> {
        let holds = |extent| -> Vec<Option<Hold>> {
            let pairs = self.shared.iter().zip(held);
            let hold = |(shared, &held): (&Shared, &f64)| match extent {
                Extent::Full => Some(Hold::At(held)),
                Extent::Committed => shared.commits.then_some(Hold::At(held)),
                Extent::GivenUp => shared.commits.then_some(Hold::AtMost(held)),
            };
            pairs.map(hold).collect()
        };
        for extent in [Extent::Full, Extent::Committed, Extent::GivenUp] {
            match self.alone(future, Some(&holds(extent)), options) {
                Ok(Alone { value, .. }) => return Ok(Some(Kept { value, extent })),
                Err(
                    Failure::Infeasible { .. }
                    | Failure::Uncertified { .. }
                    | Failure::Numbers { .. },
                ) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
        Ok(None)
    }
}

/// How far a held decision may be from where it is held, relative to it: the solver's rounding.
const ROUNDING: f64 = 1e-6;
/// What is held below this is held at nothing.
const NOTHING: f64 = 1e-6;

/// The shared columns, free or held.
fn columns(program: &mut Composed, shared: &[Shared], held: Option<&[Option<Hold>]>) -> Vec<u32> {
    let all = shared.iter().enumerate();
    let column = all.map(|(n, shared)| {
        let (mut lower, mut upper) = (shared.lower, shared.upper);
        let near = |held: f64| {
            if held.abs() < NOTHING {
                (0.0, 0.0)
            } else {
                let room = ROUNDING * (1.0 + held.abs());
                (held - room, held + room)
            }
        };
        match held.and_then(|held| held[n]) {
            Some(Hold::At(held)) => {
                let (least, most) = near(held);
                (lower, upper) = (lower.max(least), upper.min(most));
            }
            Some(Hold::AtMost(held)) => upper = upper.min(near(held).1),
            None => {}
        }
        program.column(lower, upper.max(lower), shared.whole)
    });
    column.collect()
}

fn value(block: &Block, columns: &[f64]) -> f64 {
    let terms = block.aim.iter();
    terms.map(|&(j, factor)| factor * columns[j as usize]).sum()
}
