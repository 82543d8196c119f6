//! Analyses: what turns a plan into an argument. One question a file.
//!
//! | analysis | question |
//! |---|---|
//! | [`brief`] | what matters, in one screen: how it stands, what helps, what to decide, what it rests on |
//! | [`compare`] | what if? Scenarios side by side: what they change, and what comes of it |
//! | [`outlook`] | how does it stand? What could be done and what is likely, tier by tier, each with its interval |
//! | [`rolling`] | what does it cost to plan year by year, without foresight or multi-year contracts? |
//! | [`futures`] | what to order and build now, before it is known which future comes? |
//! | [`frontier`] | what does money buy? The exact curve of shortfall against it, with its breakpoints |
//! | [`bottleneck`] | why does it fall short? Each shortfall's causes, each cause's victims, and what helps |
//! | [`disruption`] | what if something is lost? Each line, supplier, fund and country in turn, ranked by harm |
//! | [`deadline`] | by when can it be met, what binds before, and what would bring it forward? |
//! | [`alternatives`] | what do all good plans share, and how can they differ? |
//! | [`investments`] | which plant next? Every option with its value, and when a growing budget takes it |
//! | [`funding`] | what does the money do? Commitments and payments, loans, currencies, what delay costs |
//! | [`dependence`] | on whom does it depend? Origins through the bill of materials, and the price of less |
//! | [`explain`] | where does one number come from? Its rows, prices, figures and facts |
//! | [`infeasible`] | which rules cannot hold together, where they stand, and what would restore them |
//! | [`monte_carlo`] | how sure is it? Uncertain figures drawn from their ranges, a plan for each draw |
//! | [`sensitivity`] | what does the answer hang on? Prices and how far they hold, a tornado, the evidence |
//! | [`sweep`] | how does the answer move with some figures? A grid of settings, a plan for each |
//!
//! Each takes a file or a model built in Rust ([`Vary`](crate::document::Vary)), gives one result struct with every
//! number typed, and shows it as [tables](Findings::tables) that `report` renders. Each has an example
//! of its name, and a page in `docs/analyses/` with its mathematics, its reading and its limits.
//!
//! Many solves run side by side on the cores of the machine ([`Work`]); the answer depends neither on
//! how many there are nor on which comes first.

pub mod alternatives;
pub mod bottleneck;
pub mod brief;
pub mod compare;
pub mod deadline;
pub mod dependence;
pub mod disruption;
pub mod explain;
pub mod frontier;
pub mod funding;
pub mod futures;
pub mod infeasible;
pub mod investments;
pub mod monte_carlo;
pub mod outlook;
pub mod rolling;
pub mod sensitivity;
pub mod sweep;

mod equation;
mod many;
pub(crate) mod measure;
mod outcome;
mod results;
mod shard;
mod uncertain;
mod work;

pub use compare::BASE;
pub use many::{Keep, digest};
pub use outcome::Outcome;
#[cfg(feature = "parquet")]
pub(crate) use results::parquet;
pub use results::{Header, Journal, OnRow, Results, Solved, fingerprint};
pub use shard::Shard;
pub use uncertain::{Group, Input, Spread, Uncertain, inputs};
pub use work::{OnStep, Work};

use crate::plain;
use crate::problem::{Problems, nearest};
use crate::solve::Failure;
use crate::table::Table;

/// What an analysis found.
pub trait Findings {
    /// What was found, as tables: the one that answers the question first. Things stand in them by their names, and
    /// with the feature `serde` they can be written and read in any format.
    fn tables(&self) -> Vec<Table>;

    /// Every solve in a row, what was set or drawn beside what came of it, where an analysis makes many: for files,
    /// not for a page.
    fn observations(&self) -> Vec<Table> {
        Vec::new()
    }
}

/// Why there are no findings.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// A variation of the model has something wrong with it.
    #[error(transparent)]
    Input(#[from] Problems),
    /// A variation has no plan.
    #[error(transparent)]
    Solve(#[from] Failure),
    /// What was asked cannot be answered.
    ///
    /// ## Resolution
    /// The help says what to ask instead.
    #[error("{message}\n  = help: {help}")]
    Request {
        /// What is wrong with it.
        message: String,
        /// What to ask instead.
        help: String,
    },
}

impl Trouble {
    /// A request that cannot be answered, and what to ask instead.
    pub(crate) fn request(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Request {
            message: plain::message(&message.into()),
            help: plain::message(&help.into()),
        }
    }

    /// That nothing of a kind is called so: with the name that was most likely meant, or those there are.
    pub(crate) fn unknown<'a>(
        what: &str,
        wanted: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        /// How many names are listed.
        const LISTED: usize = 20;
        let known: Vec<&str> = known.into_iter().collect();
        let help = match nearest(wanted, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("the model has no {what}"),
            None => {
                let listed = known.iter().take(LISTED).map(|name| format!("`{name}`"));
                let listed = listed.collect::<Vec<_>>().join(", ");
                let more = known.len().saturating_sub(LISTED);
                let more = match more {
                    0 => String::new(),
                    more => format!(" or one of {more} others"),
                };
                format!("name one of {listed}{more}")
            }
        };
        Self::request(format!("no {what} is called `{wanted}`"), help)
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(fault: impl std::fmt::Display) -> Self {
        Self::request(
            fault.to_string(),
            "name a file that is there, in a folder that may be written to",
        )
    }
}
