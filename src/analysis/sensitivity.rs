//! What does the answer hang on? The price of every limit and how far it holds, and what moves the
//! answer: uncertain figures at the ends of their ranges, and the evidence they rest on.
//!
//! All of it is about one linear aim: a lexicographic model is asked with its weighted objective.

mod limits;
mod moves;
mod show;
mod weights;

pub use show::evidence_table;

pub(in crate::analysis) use limits::weighed;
pub use limits::{Held, RangedLimit};
pub use moves::{Move, Reached, Support};
pub use weights::{Weighed, weights};

use super::uncertain::{Group, Spread, inputs};
use super::{Trouble, Work};
use crate::document::Vary;
use crate::model::{Model, ObjectiveKind};
use crate::solution::Solution;
use crate::solve::{Options, Session};

/// What to look into.
///
/// ```
/// use sinews::analysis::sensitivity::Request;
///
/// let request = Request {
///     limits: 5,
///     solved: 0,
///     ..Request::default()
/// };
/// # let _ = request;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// How many limits get a range over which their price holds, the weightiest first; in a large program both sides of their
    /// prices are tried, too.
    pub limits: usize,
    /// How many inputs are solved at both ends of their range, those first that prices say matter most;
    /// besides them every input of which prices know nothing, such as a lead time.
    pub solved: usize,
    /// Figures that move together.
    pub groups: Vec<Group>,
    /// How far figures without a range are taken to lie from their value.
    pub spread: Spread,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            limits: 10,
            solved: 20,
            groups: Vec::new(),
            spread: Spread::default(),
        }
    }
}

/// What the answer hangs on.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sensitivity {
    /// The model.
    pub model: Model,
    /// Its plan, with the weighted objective.
    pub solution: Solution,
    /// Every limit with a price, the weightiest first.
    pub limits: Vec<RangedLimit>,
    /// Every uncertain input, the one first that moves the answer most.
    pub moves: Vec<Move>,
}

/// Options with one linear aim.
fn weighted(options: &Options) -> Options {
    Options {
        objective: Some(ObjectiveKind::Weighted),
        ..options.clone()
    }
}

/// The limits of a model and the inputs that move its answer.
///
/// # Errors
/// A group that names no uncertain figure, a spread that is none; a model without a plan; cancelled.
///
/// ```
/// # use sinews::{analysis::{Work, sensitivity}, document::Document};
/// let document = Document::open("models/shells.toml")?;
/// let found =
///     sensitivity::sensitivity(&document, &Default::default(), &Default::default(), &Work::default())?;
/// assert!(found.limits.iter().any(|limit| limit.words.to_string().contains("powder-mill")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sensitivity(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Sensitivity, Trouble> {
    let model = document.model()?;
    let inputs = inputs(&model, &request.groups, request.spread)?;
    let session = Session::new(&model, &weighted(options))?;
    let solution = session.solution();
    let mut limits = limits::all(&model, solution, request.limits, work)?;
    limits::hold(&mut limits, request.limits, &model, &session, work)?;
    let moves = moves::all(document, inputs, request.solved, &session, work)?;
    Ok(Sensitivity {
        limits,
        moves,
        solution: solution.clone(),
        model,
    })
}

/// The facts and assumptions behind an answer, the one first on which it hangs most.
///
/// Every figure is moved: over its range if it has one, else by the spread of the request. Those that prices
/// say matter most are solved at both ends.
///
/// # Errors
/// As [`sensitivity`].
///
/// ```
/// use sinews::analysis::sensitivity::{Request, rests_on};
/// use sinews::analysis::{Spread, Work};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let request = Request {
///     solved: 1,
///     spread: Spread { assumptions: Some(0.2), facts: None },
///     ..Request::default()
/// };
/// let moves = rests_on(&model, &request, &Default::default(), &Work::default())?;
/// assert!(!moves.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rests_on(
    document: &dyn Vary,
    request: &Request,
    options: &Options,
    work: &Work,
) -> Result<Vec<(Move, Vec<Support>)>, Trouble> {
    let model = document.model()?;
    let inputs = inputs(&model, &request.groups, request.spread)?;
    let session = Session::new(&model, &weighted(options))?;
    let moves = moves::all(document, inputs, request.solved, &session, work)?;
    let supported = |found: Move| {
        let supports = moves::supports(&model, &found.input);
        (found, supports)
    };
    Ok(moves.into_iter().map(supported).collect())
}
