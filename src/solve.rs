//! Solving: stage by stage, on whichever solver, and never believed without a certificate.
//!
//! This module is the only place that names a solver. [`solve`] builds the program, makes each aim
//! least on the plans that were best for the aims before, checks every answer, and gives a
//! [`Solution`](crate::solution::Solution) that cannot exist without its [`Certificate`].

mod certificate;
mod clarabel;
mod composed;
mod condense;
mod elastic;
mod faint;
mod ground;
#[cfg(feature = "highs")]
mod highs;
#[cfg(feature = "highs")]
mod hot;
mod linear;
mod microlp;
mod modelling;
mod numbers;
mod once;
mod payers;
mod reach;
mod record;
mod refine;
mod restored;
mod session;
mod shared;
mod shares;
mod stages;
mod verdict;
#[cfg(feature = "highs")]
mod warm;

pub use composed::{Composed, Optimum};
pub(crate) use elastic::{Keep, Slacks, slacks};
pub use once::{held, solve, solve_program};
pub use restored::{NotRestored, restored};
pub use session::{Runner, Session};

use crate::model::ObjectiveKind;
use crate::problem::Place;
pub use crate::solution::{Certificate, Effort};
use crate::solution::{Step, Task};
use certificate::Checked;
use record::Record;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use web_time::Instant;

/// Which solver to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Solver {
    /// HiGHS if it is built in; else Clarabel, with microlp for whole blocks.
    #[default]
    Auto,
    /// Clarabel; whole blocks are refused.
    Clarabel,
    /// HiGHS. Needs the feature `highs`.
    Highs,
    /// microlp, for small models: the simplex method, in Rust as well.
    Microlp,
}

impl Solver {
    /// Every choice, with the word for it.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("clarabel", Self::Clarabel),
        ("highs", Self::Highs),
        ("microlp", Self::Microlp),
    ];
}

/// What is called as a solve goes on.
pub type OnProgress = Arc<dyn Fn(&Progress) + Send + Sync>;

/// How to solve.
///
/// ```
/// use sinews::solve::{Options, Solver};
/// use std::time::Duration;
/// let options = Options {
///     solver: Solver::Clarabel,
///     time_limit: Some(Duration::from_secs(60)),
///     ..Options::default()
/// };
/// # let _ = options;
/// ```
#[derive(Clone, Default)]
pub struct Options {
    /// What to strive for. `None`: what the model says.
    pub objective: Option<ObjectiveKind>,
    /// Which solver to use.
    pub solver: Solver,
    /// Leave out the last stage, which chooses among plans of equal value.
    pub any_of_equals: bool,
    /// How long it may take. `None`: as long as it does.
    pub time_limit: Option<Duration>,
    /// A handle to stop it from elsewhere.
    pub cancel: Option<Cancel>,
    /// Called as each stage starts, and with each iteration of a solver that tells them.
    pub progress: Option<OnProgress>,
    /// Devices that are left out. Plans are as good without them and are found more slowly: it is for measuring what
    /// each of them is worth, as `benches/devices.rs` does.
    pub without: Vec<Device>,
}

/// A way to make solving faster or surer that can be [left out](Options::without).
///
/// ```
/// use sinews::solve::{Device, Options, solve};
/// let model = sinews::read("models/tiny.toml")?;
/// let plain = Options { without: vec![Device::Condensed, Device::Refined], ..Options::default() };
/// let (with, without) = (solve(&model, &Options::default())?, solve(&model, &plain)?);
/// assert!((with.cost.total - without.cost.total).abs() < 1e-6 * with.cost.total);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Device {
    /// Programs are made smaller before a solver sees them. What scales an aim stays.
    Condensed,
    /// Sums that long rows have in common get columns of their own, for Clarabel.
    Shared,
    /// Answers are refined: what they miss is solved again, seen closer.
    Refined,
    /// Later stages are solved on what is best for the earlier ones; without it, earlier aims are held by limits.
    Face,
    /// Prices of small programs are chosen among those that are equally right.
    Prices,
}

impl Device {
    /// Every device, with the word for it.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("condensed", Self::Condensed),
        ("shared", Self::Shared),
        ("refined", Self::Refined),
        ("face", Self::Face),
        ("prices", Self::Prices),
    ];
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("objective", &self.objective)
            .field("solver", &self.solver)
            .field("any_of_equals", &self.any_of_equals)
            .field("time_limit", &self.time_limit)
            .field("cancel", &self.cancel)
            .field("progress", &self.progress.is_some())
            .field("without", &self.without)
            .finish()
    }
}

/// Stops a solve from another thread.
///
/// ```
/// let cancel = sinews::solve::Cancel::default();
/// let handle = cancel.clone();
/// handle.cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Stop every solve that has a copy of this handle.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How far a solve has come: what a bar can be drawn from.
///
/// ```
/// use sinews::solve::{Options, Progress};
/// use std::sync::{Arc, Mutex};
///
/// let shares = Arc::new(Mutex::new(Vec::new()));
/// let kept = shares.clone();
/// let options = Options {
///     progress: Some(Arc::new(move |progress: &Progress| {
///         kept.lock().expect("nobody panics").push(progress.share());
///     })),
///     ..Options::default()
/// };
/// sinews::solve(&sinews::read("models/tiny.toml")?, &options)?;
/// let shares = shares.lock().expect("nobody panics");
/// assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// The stage that starts.
    pub stage: String,
    /// Its number, from 1.
    pub number: usize,
    /// How many stages there are, as far as is known.
    pub of: usize,
    /// Columns that are still open.
    pub columns: usize,
    /// Rows that are still open.
    pub rows: usize,
    /// The iteration of the solver at work, from 1; 0 as the stage starts. Clarabel tells them, HiGHS and microlp do
    /// not. A program that is solved again, seen closer, starts anew.
    pub iteration: u64,
    /// How far the value of the plan so far is from what its prices prove, as a share of it.
    pub gap: Option<f64>,
}

/// A gap at which a stage is done.
const DONE: f64 = 1e-9;

impl Progress {
    /// The share of the work that is done, from 0 to 1: stages by number, and within a stage by how many digits of the
    /// gap are there. A guess: stages take unlike times.
    pub fn share(&self) -> f64 {
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let digits = self.gap.map_or(0.0, |gap| gap.max(DONE).log(DONE));
        let before = number(self.number.saturating_sub(1));
        ((before + digits.clamp(0.0, 1.0)) / number(self.of.max(1))).clamp(0.0, 1.0)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            stage,
            number,
            of,
            columns,
            rows,
            iteration,
            gap,
        } = self;
        write!(
            f,
            "stage {number} of {of}: {stage} ({columns} columns, {rows} rows)"
        )?;
        if *iteration > 0 {
            write!(f, ", iteration {iteration}")?;
        }
        match gap {
            Some(gap) => write!(f, ", gap {gap:.0e}"),
            None => Ok(()),
        }
    }
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Rules of the model cannot hold together.
    ///
    /// ## Resolution
    /// Relax one of the rules named: lower a minimum rate, a closing stock or a cap, or give what
    /// they need. The analysis [`infeasible`](crate::analysis::infeasible) finds the smallest sets that
    /// cannot hold together.
    #[error("no plan keeps every rule{}", list(.rules))]
    Infeasible {
        /// Rules that must give way, each with how far.
        rules: Vec<Broken>,
    },
    /// The aim can be improved without end: a fault of the model.
    ///
    /// ## Resolution
    /// Look for something that is worth more at the end than it costs.
    #[error("the plan can be improved without end; something is worth more than it costs")]
    Unbounded,
    /// The time limit came first.
    #[error("no plan within the time limit")]
    TimeLimit,
    /// It was cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The solver's answer did not stand up.
    ///
    /// ## Resolution
    /// Try another solver.
    #[error(
        "the answer of {solver} in stage `{stage}` does not stand up: a row is missed by {:.1e}, a price by {:.1e}, the gap is {:.1e}, earlier stages moved by {:.1e}",
        .certificate.max_violation, .certificate.max_dual_violation, .certificate.relative_gap, .certificate.drift
    )]
    Uncertified {
        /// Which solver.
        solver: &'static str,
        /// In which stage.
        stage: String,
        /// What was found.
        certificate: Certificate,
    },
    /// The solver gave up.
    ///
    /// ## Resolution
    /// Try another solver; report the model if all of them fail.
    #[error("{solver} failed: {message}")]
    Solver {
        /// Which solver.
        solver: &'static str,
        /// What it said.
        message: String,
    },
    /// No answer stood up, and some figures of the model are far from all others of their kind.
    ///
    /// ## Resolution
    /// Look at the figures named: a word such as `M` or `bn` may be one too many. A limit that is meant to be none is
    /// better left out.
    #[error("{cause}; figures may be too far apart for the solvers that are built in: {}", far(.figures))]
    Numbers {
        /// The figures that are farthest from all others in their unit, the farthest first.
        figures: Vec<FarFigure>,
        /// What the solvers came to.
        cause: Box<Failure>,
    },
    /// The solver asked for is not built in, or cannot take the model.
    #[error("{message}")]
    NotPossible {
        /// What is missing, and what to do.
        message: String,
    },
}

/// A figure that is many powers of ten from all others in its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct FarFigure {
    /// Where it stands in the document.
    pub place: Place,
    /// The figure as used.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}

fn far(figures: &[FarFigure]) -> String {
    let words = figures.iter().map(|FarFigure { place, value, unit }| {
        format!("`{place}` is {value:e} {unit}, far from all others in that unit")
    });
    words.collect::<Vec<_>>().join("; ")
}

/// A rule that has to give way.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The rule, in words.
    pub rule: String,
    /// How far it is from holding, in its own unit.
    pub by: f64,
}

fn list(rules: &[Broken]) -> String {
    let lines = rules
        .iter()
        .map(|broken| format!("\n  {} (by {:.6})", broken.rule, broken.by));
    let lines: String = lines.collect();
    if lines.is_empty() {
        lines
    } else {
        format!("; these would have to give way:{lines}")
    }
}

impl Failure {
    fn solver(solver: &'static str, message: impl fmt::Display) -> Self {
        Self::Solver {
            solver,
            message: message.to_string(),
        }
    }
}

/// What a solve may use, and whom it tells how far it has come.
#[derive(Clone)]
struct Limits {
    deadline: Option<Instant>,
    cancel: Option<Cancel>,
    progress: Option<OnProgress>,
    /// The stage that is being solved.
    stage: Option<Progress>,
    /// The devices that are left out.
    without: Arc<[Device]>,
    /// What is done.
    record: Record,
}

impl Limits {
    /// What a solve that starts now may use.
    fn of(options: &Options) -> Self {
        Self {
            // What lies beyond the clock's range is no limit.
            deadline: options
                .time_limit
                .and_then(|limit| Instant::now().checked_add(limit)),
            cancel: options.cancel.clone(),
            progress: options.progress.clone(),
            stage: None,
            without: options.without.as_slice().into(),
            record: Record::default(),
        }
    }

    /// Whether a device is used.
    fn uses(&self, device: Device) -> bool {
        !self.without.contains(&device)
    }

    /// Do some work on a program as a step that is kept. The work may add what it comes to know.
    fn step<T>(&self, task: Task, linear: &linear::Linear, work: impl FnOnce(&mut Step) -> T) -> T {
        let stage = self.stage.as_ref().map_or("", |stage| &stage.stage);
        self.record.step(task, stage, linear, work)
    }

    /// A solver at work on a program, as a step.
    fn solving(
        &self,
        solver: &str,
        linear: &linear::Linear,
        work: impl FnOnce(&mut Step) -> Result<linear::Found, Failure>,
    ) -> Result<linear::Found, Failure> {
        self.step(Task::Solve, linear, |step| {
            step.solver = Some(solver.to_owned());
            let found = work(step)?;
            step.iterations = found.iterations;
            Ok(found)
        })
    }

    /// The same for a stage, of which it tells that it starts.
    fn of_stage(&self, stage: Progress) -> Self {
        if let Some(call) = &self.progress {
            call(&stage);
        }
        Self {
            stage: Some(stage),
            ..self.clone()
        }
    }

    /// Tell of an iteration, if it is one of a stage.
    fn iterated(&self, iteration: u64, gap: Option<f64>) {
        if let (Some(call), Some(stage)) = (&self.progress, &self.stage) {
            call(&Progress {
                iteration,
                gap: gap.filter(|gap| gap.is_finite()),
                ..stage.clone()
            });
        }
    }

    /// The time that is left.
    fn remaining(&self) -> Result<Duration, Failure> {
        if self.cancel.as_ref().is_some_and(Cancel::is_cancelled) {
            return Err(Failure::Cancelled);
        }
        let Some(deadline) = self.deadline else {
            return Ok(Duration::from_secs(1_000_000_000));
        };
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            Err(Failure::TimeLimit)
        } else {
            Ok(left)
        }
    }

    /// Run a solver that cannot be interrupted: with a cancel handle on a thread of its own, which
    /// is left to its time limit when its answer is no longer wanted.
    fn detached<T: Send + 'static>(
        &self,
        solver: &'static str,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let Some(cancel) = &self.cancel else {
            return work();
        };
        let receive = Self::apart(work);
        loop {
            match receive.recv_timeout(Duration::from_millis(20)) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Failure::solver(solver, "its thread ended early"));
                }
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => {
                    return Err(Failure::Cancelled);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Work on a thread of its own, and where its answer comes out. Where there are no threads, as in a browser, it is done
    /// at once.
    fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
        let (send, receive) = channel();
        let work = move || {
            // Nobody may be waiting any more.
            let _ = send.send(work());
        };
        if cfg!(target_family = "wasm") {
            work();
        } else {
            std::thread::spawn(work);
        }
        receive
    }
}

/// Which solver does what.
#[derive(Clone, Copy, Debug)]
struct Engine {
    /// For programs without whole columns.
    smooth: Worker,
    /// For programs with whole columns.
    whole: Worker,
}

/// A solver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worker {
    Clarabel,
    #[cfg(feature = "highs")]
    Highs,
    Microlp,
}

impl Engine {
    /// The solvers for a program, with whole columns or without.
    fn choose(whole: bool, solver: Solver) -> Result<Self, Failure> {
        let refuse = |message: &str| {
            Err(Failure::NotPossible {
                message: message.to_owned(),
            })
        };
        match solver {
            #[cfg(feature = "highs")]
            Solver::Auto | Solver::Highs => Ok(Self {
                smooth: Worker::Highs,
                whole: Worker::Highs,
            }),
            #[cfg(not(feature = "highs"))]
            Solver::Highs => refuse(
                "HiGHS is not built in; build with `--features highs` (needs cmake and libclang-dev), or use another solver",
            ),
            Solver::Clarabel if whole => refuse(
                "Clarabel cannot build whole blocks or keep minimum orders; use `highs` or `microlp`",
            ),
            Solver::Clarabel => Ok(Self {
                smooth: Worker::Clarabel,
                whole: Worker::Microlp,
            }),
            Solver::Microlp => Ok(Self {
                smooth: Worker::Microlp,
                whole: Worker::Microlp,
            }),
            #[cfg(not(feature = "highs"))]
            Solver::Auto => Ok(Self {
                smooth: Worker::Clarabel,
                whole: Worker::Microlp,
            }),
        }
    }
}

impl Worker {
    fn name(self) -> &'static str {
        match self {
            Self::Clarabel => "Clarabel",
            #[cfg(feature = "highs")]
            Self::Highs => "HiGHS",
            Self::Microlp => "microlp",
        }
    }

    /// Every solver that is built in, the one to ask first in front.
    const ALL: &'static [Self] = &[
        Self::Clarabel,
        #[cfg(feature = "highs")]
        Self::Highs,
        Self::Microlp,
    ];

    /// Those that decide whole columns.
    const WHOLE: &'static [Self] = &[
        #[cfg(feature = "highs")]
        Self::Highs,
        Self::Microlp,
    ];

    /// It, then the others that may settle what it cannot.
    fn and_others(self, linear: &linear::Linear) -> impl Iterator<Item = Self> {
        let small = linear.columns.len() <= microlp::SMALL;
        let others = Self::ALL.iter().copied();
        let others =
            others.filter(move |&other| other != self && (small || other != Self::Microlp));
        std::iter::once(self).chain(others)
    }

    /// The best plan of a linear program, whole columns whole if `whole` is set. A verdict that there is none is
    /// proved; an answer that does not stand up is tried again elsewhere, and is for the caller to refuse.
    fn run(
        self,
        linear: &linear::Linear,
        limits: &Limits,
        whole: bool,
    ) -> Result<Checked, Failure> {
        if whole && linear.columns.iter().any(|bounds| bounds.whole) {
            self.once(linear, limits, true)
        } else {
            verdict::run(self, linear, limits)
        }
    }

    /// What this solver says of a linear program, checked.
    fn once(
        self,
        linear: &linear::Linear,
        limits: &Limits,
        whole: bool,
    ) -> Result<Checked, Failure> {
        let found = match self {
            _ if linear.columns.is_empty() => linear.settled(self.name()),
            Self::Clarabel => return clarabel::run(linear, limits),
            #[cfg(feature = "highs")]
            Self::Highs => return highs::run(linear, limits, whole),
            Self::Microlp if whole => microlp::run_whole(linear, limits),
            Self::Microlp => microlp::run_smooth(linear, limits),
        };
        Ok(Checked::of(linear, found?, limits))
    }
}
