//! Sessions: many variations of one model, solved one after another.
//!
//! A [`Session`] solves a model once. Its [`Runner`]s then solve variations of it, measured in the
//! same units and with shortfalls counting the same, so that values and prices compare. With HiGHS
//! built in and a weighted objective, a runner starts from the basis of the first plan, which costs
//! a small part of a solve; otherwise it solves anew. Either way the answer is certified, depends on
//! nothing that was solved before, and is any one of equal plans: the last stage, which chooses
//! among them, is left out, but for [`solve_anew`](Runner::solve_anew). Of a row of variations each near the one
//! before, [`go_on`](Runner::go_on) solves all but the first sooner still.
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
use super::ground::BestPlans;
use super::once::solve_program;
#[cfg(feature = "highs")]
use super::warm::{Start, Warm};
use super::{Failure, Options};
#[cfg(feature = "highs")]
use super::{Limits, Solver, Worker};
use crate::model::Model;
use crate::program::Program;
use crate::solution::Solution;
use std::sync::Arc;

/// A model that was solved, and is now to be varied. Cheap to clone and to share between threads.
///
/// ```
/// use sinews::solve::Session;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let session = Session::new(&model, &Default::default())?;
/// assert!(session.solution().certificate.holds());
/// // A variation would go here; of the model itself the plan is as good.
/// let again = session.runner().solve(&model)?;
/// assert!((again.cost.total - session.solution().cost.total).abs() < 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    base: Arc<Base>,
}

#[derive(Debug)]
struct Base {
    solution: Solution,
    /// The model, if the program is all its own.
    model: Option<Model>,
    options: Options,
    /// Whether whoever opened the session takes any of equal plans.
    any_of_equals: bool,
    #[cfg(feature = "highs")]
    start: Option<Start>,
}

impl Session {
    /// Solve a model, and be ready for variations of it.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn new(model: &Model, options: &Options) -> Result<Self, Failure> {
        let kind = options.objective.unwrap_or(model.objective.kind);
        let program = Program::of(model, kind);
        Self::open(model, program, Some(model.clone()), options)
    }

    /// Solve a program that was built before, and be ready for variations of it.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn of(model: &Model, program: Program, options: &Options) -> Result<Self, Failure> {
        Self::open(model, program, None, options)
    }

    fn open(
        model: &Model,
        program: Program,
        own: Option<Model>,
        options: &Options,
    ) -> Result<Self, Failure> {
        let known = program.shared(model);
        let model = &*known;
        let program = super::held(model, program, options)?;
        let any_of_equals = options.any_of_equals;
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
            if let Some((start, mut answer)) = Start::of(&program, &limits)? {
                let ground = BestPlans::single(Worker::Highs, &program, &answer);
                let ground = ground.settle(model, &program, &mut answer);
                let base = Base {
                    solution: Solution::new(model, program, answer, ground),
                    model: own,
                    options,
                    any_of_equals,
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
            model: own,
            options,
            any_of_equals,
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
            warm: Warm::default(),
        }
    }
}

/// Solves variations of a session's model, one after another.
#[derive(Debug)]
pub struct Runner {
    session: Session,
    #[cfg(feature = "highs")]
    warm: Warm,
}

impl Runner {
    /// The session it belongs to.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The program of a variation.
    fn program(&self, model: &Model) -> Program {
        let Base {
            solution,
            model: own,
            ..
        } = &*self.session.base;
        let first = solution.program();
        let refunded = own.as_ref().and_then(|own| first.refunded(model, own));
        refunded.unwrap_or_else(|| Program::like(model, first))
    }

    /// The best plan of a variation. What both models have must come in the same order, as in
    /// [`Program::like`].
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn solve(&mut self, model: &Model) -> Result<Solution, Failure> {
        let program = self.program(model);
        self.solve_program(model, program)
    }

    /// The best plan of a variation that lies far from the session's model, most of its figures being
    /// others: solved from nothing, which is then the faster way. Of equal plans it is the one that
    /// [`solve`](super::solve) gives, unless the session was opened to take any of them.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn solve_anew(&mut self, model: &Model) -> Result<Solution, Failure> {
        let program = self.program(model);
        self.anew(model, program, self.session.base.any_of_equals)
    }

    /// Solve from nothing, on the solver that found the first plan.
    fn anew(
        &self,
        model: &Model,
        program: Program,
        any_of_equals: bool,
    ) -> Result<Solution, Failure> {
        let base = &self.session.base;
        #[cfg_attr(not(feature = "highs"), expect(unused_mut))]
        let mut options = Options {
            any_of_equals,
            ..base.options.clone()
        };
        #[cfg(feature = "highs")]
        if base.start.is_some() {
            options.solver = Solver::Highs;
        }
        solve_program(model, program, &options)
    }

    /// The best plan of a variation whose program was built before.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn solve_program(&mut self, model: &Model, program: Program) -> Result<Solution, Failure> {
        self.solve_from(model, program, false)
    }

    /// The best plan of a variation that lies near the one this runner solved last: with HiGHS, found from
    /// that one's plan instead of the first, in a few iterations. The plan is as good as that of
    /// [`solve`](Self::solve); which of equal plans it is hangs on those before it, back to the last `solve`.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn go_on(&mut self, model: &Model) -> Result<Solution, Failure> {
        let program = self.program(model);
        self.go_on_to(model, program)
    }

    /// The same for a variation whose program was built before.
    ///
    /// # Errors
    /// As [`solve`](super::solve).
    pub fn go_on_to(&mut self, model: &Model, program: Program) -> Result<Solution, Failure> {
        self.solve_from(model, program, true)
    }

    #[cfg_attr(
        not(feature = "highs"),
        expect(unused_variables, clippy::needless_pass_by_ref_mut)
    )]
    fn solve_from(
        &mut self,
        model: &Model,
        program: Program,
        go_on: bool,
    ) -> Result<Solution, Failure> {
        let known = program.shared(model);
        let model = &*known;
        let program = super::held(model, program, &self.session.base.options)?;
        #[cfg(feature = "highs")]
        let base = Arc::clone(&self.session.base);
        #[cfg(feature = "highs")]
        if let Some(start) = &base.start {
            let (first, limits) = (base.solution.program(), Limits::of(&base.options));
            match self.warm.solve(&program, first, start, go_on, &limits) {
                Ok(Some(answer)) => return Ok(Solution::new(model, program, answer, None)),
                // What a warm start cannot settle, a cold one does.
                Ok(None) | Err(Failure::Solver { .. }) => self.warm = Warm::default(),
                // The rules that clash are found on the way of a cold solve.
                Err(Failure::Infeasible { .. } | Failure::Unbounded) => {}
                Err(failure) => return Err(failure),
            }
        }
        self.anew(model, program, true)
    }
}

/// Whether a program has one stage with prices, beside the tie-break.
#[cfg(feature = "highs")]
fn is_single(program: &Program) -> bool {
    let stages = program.stages();
    let priced = stages.iter().filter(|stage| stage.priced).count();
    priced == 1 && stages.iter().all(|stage| !stage.levels)
}

#[cfg(all(test, feature = "highs"))]
mod tests {
    use super::*;
    use crate::model::ObjectiveKind;

    /// A solver that holds another program than it is taken to gives an answer that does not stand up; a solve
    /// from nothing settles it.
    #[test]
    fn what_does_not_stand_up_is_solved_from_nothing() {
        let model = crate::read("models/shells.toml").expect("a model");
        let options = Options {
            objective: Some(ObjectiveKind::Weighted),
            ..Options::default()
        };
        let session = Session::new(&model, &options).expect("a plan");
        let start = session.base.start.as_ref().expect("a basis");
        let value = session.solution().stages[0].value;
        for go_on in [false, true] {
            let mut runner = session.runner();
            runner.warm = Warm::mistaken(session.solution().program(), start);
            let solution = if go_on {
                runner.go_on(&model)
            } else {
                runner.solve(&model)
            };
            let found = solution.expect("a plan").stages[0].value;
            assert!(
                (found - value).abs() <= 1e-7 * value.abs(),
                "{found}, {value}"
            );
        }
    }
}
