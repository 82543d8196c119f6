//! Who can make what, for whom, by when, paid by whom; what falls short, why, and what would another
//! euro, another line or another month change?
//!
//! `sinews` models European production lines, munitions stocks, funding and Ukraine's yearly
//! requirements, and answers with linear programs. It uses public, aggregate figures only, each with
//! its source.
//!
//! ```
//! let model = sinews::read("models/shells.toml")?;
//! let solution = sinews::solve(&model, &sinews::solve::Options::default())?;
//!
//! let (id, shells) = model.requirements.iter().next().expect("there is a requirement");
//! println!("{}: {:.0} % covered", shells.name, 100.0 * solution.requirements[id].coverage());
//! assert!(solution.certificate.holds());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From a file to a plan
//!
//! | step | what happens | where |
//! |---|---|---|
//! | read | a TOML file, the files it includes and the facts it cites become a [`model::Model`]; every problem of the input at once, each at its line | [`document`], [`problem`], [`evidence`] |
//! | build | the model becomes a linear program with named rows and columns | [`program`] |
//! | solve | stage by stage, on the solver built in or on HiGHS; every answer is checked | [`mod@solve`] |
//! | answer | production, builds, orders, stocks, gifts, shortfalls, payments, prices | [`solution`] |
//! | report | text, Markdown, CSV, JSON, a page with charts; the program itself as LP or MPS | [`report`] |
//!
//! A model can as well be built in Rust: fill a [`model::Draft`] and [check](model::Draft::check)
//! it; `examples/quickstart.rs` does so in fifty lines.
//!
//! # What a price says
//!
//! Each row of the program has a price: what one more unit of a limit is worth, or what one more unit
//! wanted costs, in the base currency. "One more tonne of propellant in 2026 avoids a shortfall worth
//! 345,000 EUR." [`solution`] says which sign and unit, `docs/formulation.md` what each row means.
//!
//! ```
//! use sinews::{ids::PeriodId, program::Row};
//! # let model = sinews::read("models/shells.toml")?;
//! # let solution = sinews::solve(&model, &sinews::solve::Options::default())?;
//! for (id, line) in model.lines.iter() {
//!     if let Some(price) = solution.price(Row::Capacity(id, PeriodId::FIRST)) {
//!         println!("{}: {price:.0} EUR per unit of capacity", line.name);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What else can be asked
//!
//! One file and one result each under [`analysis`], one example of the same name, one page in
//! `docs/analyses/`.
//!
//! | question | analysis |
//! |---|---|
//! | what matters, in one screen? | [`analysis::brief`] |
//! | how does it stand: what could be done, what is likely, how sure is it? | [`analysis::outlook`] |
//! | what if? scenarios side by side | [`analysis::compare`] |
//! | why is it short, and what would help? | [`analysis::bottleneck`] |
//! | where does this number come from? | [`analysis::explain`] |
//! | which rules cannot hold together? | [`analysis::infeasible`] |
//! | what does more money buy? | [`analysis::frontier`] |
//! | which plant next? | [`analysis::investments`] |
//! | when can it be met, and what brings that forward? | [`analysis::deadline`] |
//! | what if a line, a supplier or a fund is lost? | [`analysis::disruption`] |
//! | what is committed, paid and owed, and what do rates, delay and rivals cost? | [`analysis::funding`] |
//! | who does it rest on, and what does less of that cost? | [`analysis::dependence`] |
//! | what do all good plans share? | [`analysis::alternatives`] |
//! | how does the answer move with a figure, with many, with all that is uncertain? | [`analysis::sensitivity`], [`analysis::sweep`], [`analysis::monte_carlo`] |
//! | what to order before it is known which future comes? | [`analysis::futures`] |
//! | what does planning year by year cost? | [`analysis::rolling`] |
//!
//! # Features
//!
//! The default build needs Rust alone: Clarabel solves, microlp decides whole blocks in small models.
//! The feature `highs` adds HiGHS, faster on large models and for whole blocks; it needs a C++
//! compiler, `cmake` and `libclang-dev`. The features `xlsx` and `parquet` write every table as an Excel
//! workbook and as Parquet files; `png` turns charts into pictures of pixels. The feature `edit` changes model files in place,
//! comments kept (`document::Editor`); `serde` reads and writes models, plans and what they are made of in any format.
//!
//! # What it promises
//!
//! Bad input never panics and gets every problem at once. Nothing is printed. The same input gives the
//! same bytes. Everything is `Send + Sync`. A [`solution::Solution`] does not exist without a
//! [certificate](solve::Certificate) that holds.
#![deny(unsafe_code)] // allowed in solve/hot.rs alone, which says why

// In reading order; each module uses only those above it (`tests/floors/`).
mod dotted;
pub mod files;
pub mod units;

pub mod calendar;
pub mod ids;
pub mod names;

pub mod path;
pub mod problem;
pub mod table;

pub mod evidence;

pub mod model;

pub mod document;

pub mod program;

pub mod solution;

pub mod solve;

pub mod analysis;

pub mod report;

pub use document::read;
pub use solve::solve;

/// The README's own examples.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
