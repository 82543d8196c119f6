//! Sessions: many variations of one model, solved one after another.
//!
//! A [`Session`] solves a model once. Its [`Runner`]s then solve variations of it, measured in the
//! same units and with shortfalls counting the same, so that values and prices compare. With HiGHS
//! built in and a weighted objective, a runner starts from the basis of the first plan, which costs
//! a small part of a solve; otherwise it solves anew. Either way the answer is certified, depends on
//! nothing that was solved before, and is any one of equal plans: the last stage, which chooses
//! among them, is left out.
//!
//! ```
//! use sinews::document::{Change, Document, How};
//! use sinews::solve::{Options, Session};
//!
//! let document = Document::open("models/shells.toml")?;
//! let session = Session::new(&document.model()?, &Options::default())?;
//! let mut runner = session.runner();
//! for factor in [0.5, 1.0, 1.5] {
//!     let change = Change::new("line.powder-mill.capacity".parse()?, How::Scale(factor));
//!     let solution = runner.solve(&document.changed(&[change])?)?;
//!     println!("{factor}: {:.0}", solution.stages[0].value);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "highs")]
use super::condense::{Condensed, Scale};
#[cfg(feature = "highs")]
use super::hot::{Basis, Hot};
#[cfg(feature = "highs")]
use super::linear::{Face, Found, Linear, Open};
#[cfg(feature = "highs")]
use super::{Answer, Certificate, Limits, Solver};
use super::{Failure, Options, solve_program};
use crate::model::Model;
use crate::program::Program;
#[cfg(feature = "highs")]
use crate::program::{Column, Row};
use crate::solution::Solution;
use std::sync::Arc;

/// A model that was solved, and is now to be varied. Cheap to clone and to share between threads.
#[derive(Clone, Debug)]
pub struct Session {
    base: Arc<Base>,
}

#[derive(Debug)]
struct Base {
    solution: Solution,
    options: Options,
    #[cfg(feature = "highs")]
    start: Option<Start>,
}

/// The first plan as HiGHS left it.
#[cfg(feature = "highs")]
#[derive(Debug)]
struct Start {
    varying: Varying,
    basis: Basis,
    /// The iterations after which a solve from this basis is given up.
    most: u64,
}

/// A program with every column in it, those that are fixed as well, and the same made smaller in ways
/// that hold wherever these are fixed.
#[cfg(feature = "highs")]
#[derive(Clone, Debug)]
struct Varying {
    open: Open,
    condensed: Arc<Condensed>,
    /// What is left to solve.
    linear: Linear,
}

impl Session {
    /// Solve a model, and be ready for variations of it.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn new(model: &Model, options: &Options) -> Result<Self, Failure> {
        let kind = options.objective.unwrap_or(model.objective.kind);
        Self::of(model, Program::of(model, kind), options)
    }

    /// Solve a program that was built before, and be ready for variations of it.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn of(model: &Model, program: Program, options: &Options) -> Result<Self, Failure> {
        let options = Options {
            any_of_equals: true,
            progress: None,
            ..options.clone()
        };
        #[cfg(feature = "highs")]
        if is_single(&program)
            && matches!(options.solver, Solver::Auto | Solver::Highs)
            && !program.columns().iter().any(|column| column.whole)
        {
            let limits = Limits::of(&options);
            if let Some((start, answer)) = first(&program, &limits)? {
                let base = Base {
                    solution: Solution::new(model, program, answer),
                    options,
                    start: Some(start),
                };
                return Ok(Self {
                    base: Arc::new(base),
                });
            }
        }
        let solution = solve_program(model, program, &options)?;
        let base = Base {
            solution,
            options,
            #[cfg(feature = "highs")]
            start: None,
        };
        Ok(Self {
            base: Arc::new(base),
        })
    }

    /// The plan of the model that the session was opened with.
    pub fn solution(&self) -> &Solution {
        &self.base.solution
    }

    /// One that solves variations; each thread has its own.
    pub fn runner(&self) -> Runner {
        Runner {
            session: self.clone(),
            #[cfg(feature = "highs")]
            hot: None,
        }
    }
}

/// Solves variations of a session's model, one after another.
#[derive(Debug)]
pub struct Runner {
    session: Session,
    #[cfg(feature = "highs")]
    hot: Option<Hot>,
}

impl Runner {
    /// The session it belongs to.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The best plan of a variation. What both models have must come in the same order, as in
    /// [`Program::like`].
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn solve(&mut self, model: &Model) -> Result<Solution, Failure> {
        let program = Program::like(model, self.session.solution().program());
        self.solve_program(model, program)
    }

    /// The best plan of a variation that lies far from the session's model, most of its figures being
    /// others: solved from nothing, which is then the faster way.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn solve_anew(&mut self, model: &Model) -> Result<Solution, Failure> {
        let program = Program::like(model, self.session.solution().program());
        self.anew(model, program)
    }

    /// Solve from nothing, on the solver that found the first plan.
    fn anew(&self, model: &Model, program: Program) -> Result<Solution, Failure> {
        let base = &self.session.base;
        #[cfg(feature = "highs")]
        if base.start.is_some() {
            let options = Options {
                solver: Solver::Highs,
                ..base.options.clone()
            };
            return solve_program(model, program, &options);
        }
        solve_program(model, program, &base.options)
    }

    /// The best plan of a variation whose program was built before.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn solve_program(&mut self, model: &Model, program: Program) -> Result<Solution, Failure> {
        #[cfg(feature = "highs")]
        let base = Arc::clone(&self.session.base);
        #[cfg(feature = "highs")]
        if let Some(start) = &base.start {
            match self.warm(&program, start, &Limits::of(&base.options)) {
                Ok(Some(answer)) => return Ok(Solution::new(model, program, answer)),
                // What a warm start cannot settle, a cold one does.
                Ok(None) | Err(Failure::Solver { .. }) => self.hot = None,
                // The rules that clash are found on the way of a cold solve.
                Err(Failure::Infeasible { .. } | Failure::Unbounded) => {}
                Err(failure) => return Err(failure),
            }
        }
        self.anew(model, program)
    }

    /// Solve from the basis of the first plan. `None`: the answer did not stand up.
    #[cfg(feature = "highs")]
    fn warm(
        &mut self,
        program: &Program,
        start: &Start,
        limits: &Limits,
    ) -> Result<Option<Answer>, Failure> {
        let first = self.session.base.solution.program();
        let varying = if program.is_moved(first) {
            start.varying.moved(program)
        } else {
            Varying::of(program)
        };
        if self.hot.is_none() {
            self.hot = Some(Hot::load(&start.varying.linear)?);
        }
        let hot = self.hot.as_mut().expect("loaded above");
        let linear = &varying.linear;
        let found = if hot.fits(linear) {
            hot.change(linear)?;
            hot.run(Some((&start.basis, start.most)), limits)?
        } else {
            let basis = carried(first, start, program, &varying);
            Hot::load(linear)?.run(Some((&basis, start.most)), limits)?
        };
        Ok(varying.answer(program, &found))
    }
}

/// Whether a program has one stage with prices, beside the tie-break.
#[cfg(feature = "highs")]
fn is_single(program: &Program) -> bool {
    let stages = program.stages();
    let priced = stages.iter().filter(|stage| stage.priced).count();
    priced == 1 && stages.iter().all(|stage| !stage.levels)
}

#[cfg(feature = "highs")]
impl Varying {
    fn of(program: &Program) -> Self {
        let stages = program.stages();
        let stage = stages
            .first()
            .expect("a program with a single stage has it");
        let open = Face::whole(program).open(program, stage);
        let condensed = Condensed::varying(&open.linear, Scale::AtMost(1_000.0));
        Self {
            linear: condensed.linear.clone(),
            condensed: Arc::new(condensed),
            open,
        }
    }

    /// The same for a program in which fixed columns are fixed elsewhere.
    fn moved(&self, program: &Program) -> Self {
        let mut open = self.open.clone();
        for (own, &j) in open.linear.columns.iter_mut().zip(&open.columns) {
            let column = &program.columns()[j];
            (own.lower, own.upper) = (column.lower, column.upper);
        }
        Self {
            linear: self.condensed.moved(&open.linear),
            condensed: Arc::clone(&self.condensed),
            open,
        }
    }

    /// The names of the columns that are left.
    fn columns<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = Column> + 'a {
        let left = self.condensed.columns.iter();
        left.map(|&j| program.columns()[self.open.columns[j]].name)
    }

    /// The names of the rows that are left.
    fn rows<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = Row> + 'a {
        let left = self.condensed.rows.iter();
        left.map(|&n| program.rows().name(self.open.rows[n]))
    }

    /// What was found for the program made smaller as the answer of its one stage, if its certificate holds.
    fn answer(&self, program: &Program, found: &Found) -> Option<Answer> {
        let found = self.condensed.undo(&self.open.linear, found);
        let certificate = Certificate::of(&self.open.linear, &found);
        let stages = program.stages();
        certificate.holds().then(|| Answer {
            columns: self.open.whole_plan(&Face::whole(program), &found),
            stages: vec![(
                stages[0].name.clone(),
                certificate.value,
                self.open.all_duals(program.rows().len(), &found),
            )],
            certificate,
            solver: "HiGHS",
            iterations: found.iterations,
            tie_broken: false,
        })
    }
}

/// The first plan, and the basis to start from. `None`: no plan stood up, or nothing was left to solve.
#[cfg(feature = "highs")]
fn first(program: &Program, limits: &Limits) -> Result<Option<(Start, Answer)>, Failure> {
    let varying = Varying::of(program);
    if varying.linear.columns.is_empty() {
        return Ok(None);
    }
    let mut hot = Hot::load(&varying.linear)?;
    let found = hot.run(None, limits)?;
    let answer = varying.answer(program, &found);
    let start = hot.basis().map(|basis| Start {
        varying,
        basis,
        most: (found.iterations / 8).max(500),
    });
    Ok(start.zip(answer))
}

/// The first plan's basis, carried over by name to a program with other columns or rows.
#[cfg(feature = "highs")]
fn carried(first: &Program, start: &Start, program: &Program, to: &Varying) -> Basis {
    use std::collections::HashMap;
    let names = start.varying.columns(first);
    let columns: HashMap<_, _> = names.zip(&start.basis.columns).collect();
    let names = start.varying.rows(first);
    let rows: HashMap<_, _> = names.zip(&start.basis.rows).collect();
    let status = |found: Option<&&i32>, new| found.map_or(new, |status| **status);
    Basis {
        columns: to
            .columns(program)
            .map(|name| status(columns.get(&name), Basis::AT_LOWER))
            .collect(),
        rows: to
            .rows(program)
            .map(|name| status(rows.get(&name), Basis::BASIC))
            .collect(),
    }
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use super::*;
    use crate::model::ObjectiveKind;

    /// A solver that holds another program than it is taken to gives an answer that does not stand up; a solve
    /// from nothing settles it. So it does where the basis is no basis.
    #[test]
    fn what_does_not_stand_up_is_solved_from_nothing() {
        let model = crate::read("models/shells.toml").expect("a model");
        let options = Options {
            objective: Some(ObjectiveKind::Weighted),
            ..Options::default()
        };
        let session = Session::new(&model, &options).expect("a plan");
        let value = session.solution().stages[0].value;
        let same = |solution: &Solution| {
            let miss = (solution.stages[0].value - value).abs();
            assert!(miss <= 1e-7 * value.abs(), "{miss}");
        };

        let start = session.base.start.as_ref().expect("a basis");
        let mut poisoned = start.varying.linear.clone();
        for factor in &mut poisoned.aim {
            *factor *= 0.5;
        }
        let mut hot = Hot::load(&poisoned).expect("loaded");
        hot.mistake_for(&start.varying.linear);
        let mut runner = session.runner();
        runner.hot = Some(hot);
        let program = session.solution().program().clone();
        let limits = Limits::of(&options);
        let warm = runner.warm(&program, start, &limits).expect("an answer");
        assert!(warm.is_none(), "the answer of another program is refused");
        same(&runner.solve(&model).expect("a plan"));

        let mut hot = Hot::load(&start.varying.linear).expect("loaded");
        let nowhere = Basis {
            columns: vec![Basis::AT_LOWER; start.basis.columns.len()],
            rows: vec![Basis::AT_LOWER; start.basis.rows.len()],
        };
        let found = hot
            .run(Some((&nowhere, u64::MAX)), &limits)
            .expect("solved");
        let answer = start.varying.answer(&program, &found).expect("certified");
        same(&Solution::new(&model, program, answer));
    }
}
