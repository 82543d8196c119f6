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
//! # Build in Rust
//!
//! Fill a [`model::Draft`] and [check](model::Draft::check) it: ids come from its tables, and every problem comes at
//! once. `examples/quickstart.rs` does so in fifty lines. A model that was read is a draft again with
//! [`into_draft`](model::Model::into_draft); what is edited in it loses its source, and reports say so.
//!
//! ```
//! let mut draft = sinews::read("models/tiny.toml")?.into_draft();
//! let plant = draft.lines.called("plant").expect("there is such a line");
//! draft.lines[plant].capacity = draft.lines[plant].capacity.map(|rate| rate * 2.0);
//! let model = draft.check()?;
//! # let _ = model;
//! # Ok::<(), sinews::problem::Problems>(())
//! ```
//!
//! # Change and solve again
//!
//! A [`document::Change`] names figures as the file does, `line.*.capacity`, and scales, sets or shifts them or takes
//! them elsewhere in their range. Files and models in Rust take changes alike: both are what a
//! [`document::Vary`] is, and every analysis takes one. A [`solve::Session`] solves variations, from the first plan's
//! basis where HiGHS is built in.
//!
//! ```
//! use sinews::document::{Change, How, Vary};
//! use sinews::solve::Session;
//!
//! let model = sinews::read("models/tiny.toml")?;
//! let session = Session::new(&model, &Default::default())?;
//! let change = Change::new("line.plant.capacity".parse()?, How::Set(60_000.0));
//! let plan = session.runner().solve(&model.changed(&[change])?)?;
//! assert!(plan.missing_value(&model) < 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Cancel, limit, progress
//!
//! [`solve::Options`] has a time limit, a [`solve::Cancel`] handle that any thread may use, and a call as a solve goes on,
//! with stage, iteration and gap: [`solve::Progress::share`] is what a bar wants. [`analysis::Work`] has the same for many
//! solves: threads, a handle, and a call as each job ends.
//!
//! ```
//! use sinews::solve::{Cancel, Failure, Options};
//! use std::time::Duration;
//!
//! let cancel = Cancel::default();
//! let options = Options {
//!     time_limit: Some(Duration::from_secs(60)),
//!     cancel: Some(cancel.clone()),
//!     ..Options::default()
//! };
//! cancel.cancel();
//! let stopped = sinews::solve(&sinews::read("models/tiny.toml")?, &options);
//! assert_eq!(stopped.unwrap_err(), Failure::Cancelled);
//! # Ok::<(), sinews::problem::Problems>(())
//! ```
//!
//! # Rules of one's own
//!
//! A [`model::Rule`] adds up what a plan does, in natural units, and holds it to a right side: no more than 40 % of a fund
//! to one country. It belongs to the model, so that every variation keeps it, and is a row like any other: with a
//! price, in reports, in [`analysis::explain`] and [`analysis::infeasible`].
//!
//! ```
//! use sinews::model::{Measured, Rule};
//! use sinews::program::Row;
//!
//! let mut draft = sinews::read("models/tiny.toml")?.into_draft();
//! let made = Measured::Output { line: draft.lines.called("plant"), item: None };
//! let rule = draft.rules.push(Rule::at_most("quota", 30_000.0, "round").with(1.0, made));
//! let model = draft.check()?;
//! let plan = sinews::solve(&model, &Default::default())?;
//! let price = plan.price(Row::Rule(rule, model.calendar.last()));
//! assert!(price > Some(0.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Analyses in parallel, in a web service
//!
//! Everything is `Send + Sync`, holds no lock between calls and prints nothing. Each analysis shares its own solves out
//! over the cores ([`analysis::Work::threads`]); several of them run side by side on threads of one's own, as
//! `examples/embed` shows. What a stranger sends is safe to read: [`document::Document::parse`] opens no file, and
//! [`document::MOST_BYTES`] bounds what is read. Give each request a time limit and a cancel handle.
//!
//! # In memory, and in a browser
//!
//! [`document::Memory`] holds a model, its parts and its facts as texts. The library builds for
//! `wasm32-unknown-unknown`, where everything runs on one thread; `web/` is a page that solves.
//!
//! ```
//! use sinews::document::{Document, Memory};
//! let text = std::fs::read_to_string("models/tiny.toml")?;
//! let document = Document::parse_from("tiny.toml", &text, &Memory::new(""))?;
//! assert_eq!(document.model()?.lines.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Save, edit, exchange
//!
//! [`document::to_toml`] and [`document::save`] write a model as one file that reads back to the same model. With the feature
//! `edit`, `document::Editor` sets figures in a file in place and keeps its comments. [`report::record()`] is a plan as
//! plain data, with keys and natural units, for whoever reads it.
//!
//! [`Solution::saved`](solution::Solution::saved) is a plan to be kept, and [`solve::restored`] makes it one again of its model: the
//! same to the last bit, and checked. With the feature `serde` the following are read and written in any format:
//!
//! | what | as | read back |
//! |---|---|---|
//! | a [`model::Model`] or [`model::Draft`] | the tables of its file | checked like a file |
//! | a [`solution::Solution`] | its model, and what is kept of it | checked as by [`solve::restored`] |
//! | units, ids, calendars, places, parts of a solution | numbers, texts, plain structs | yes |
//! | what an analysis found | its result struct | yes, but for [`analysis::brief`], [`analysis::futures`], [`analysis::outlook`] and [`analysis::rolling`], whose words are the library's own or whose plans are of programs that were changed |
//! | its [tables](analysis::Findings::tables) | plain structs, things by their names | yes |
//!
//! Ids are numbers by themselves, and keys where a model lends its keys: `model.keys().naming(&found)`, and
//! `model.keys().reading()` the other way.
//!
//! ```
//! let mut draft = sinews::read("models/tiny.toml")?.into_draft();
//! draft.name = "Tiny, by another name".into();
//! let text = sinews::document::to_toml(&draft)?;
//! assert_eq!(sinews::document::parse("tiny.toml", &text)?.name, draft.name);
//! # Ok::<(), sinews::problem::Problems>(())
//! ```
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
//! The default build needs Rust alone: Clarabel solves, microlp decides whole blocks in small models. Each feature only
//! adds.
//!
//! | feature | adds | crates beside the default's 62 | needs |
//! |---|---|--:|---|
//! | `highs` | HiGHS: faster on large models, whole blocks in them, variations from the first plan's basis | 22 | a C++ compiler, `cmake`, `libclang-dev`; some minutes, once |
//! | `edit` | model files changed in place, comments kept: `document::Editor` | 4 | Rust alone |
//! | `serde` | models, plans and what they are made of read and written in any format | none | Rust alone |
//! | `xlsx` | every table as an Excel workbook | 18 | Rust alone |
//! | `parquet` | every table, and results of many solves, as Parquet files | 24 | Rust alone |
//! | `png` | charts as pictures of pixels | 42 | Rust alone |
//!
//! # Read on
//!
//! [`pages`] has the pages of `docs/`: a [tutorial](pages::tutorial), [all that a model file may say](pages::format), the
//! [equations](pages::formulation), the [reports](pages::report), [what a stranger's model can
//! reach](pages::untrusted_models), a page for each [analysis](pages::analyses), and [what was decided, and
//! why](pages::design).
//!
//! # What it promises
//!
//! Bad input never panics and gets every problem at once, be it a file or a draft filled in Rust; only indexing a table by
//! an id that it does not have panics, as indexing a list does ([`ids::Table::get`] does not). Nothing is printed. The same input gives the
//! same bytes. Everything is `Send + Sync`. A [`solution::Solution`] does not exist without a
//! [certificate](solve::Certificate) that holds.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)] // allowed in solve/hot.rs alone, which says why

// In reading order; each module uses only those above it (`tests/floors/`).
mod dotted;
pub mod files;
mod plain;
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

/// The pages that come with the library, to be read beside its reference. Links from page to page lead anywhere in the
/// repository only.
#[cfg(all(doc, not(doctest)))]
#[allow(
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    rustdoc::invalid_rust_codeblocks
)]
pub mod pages {
    macro_rules! pages {
        ($($name:ident = $file:literal,)+) => {$(
            #[doc = include_str!(concat!("../docs/", $file))]
            pub mod $name {}
        )+};
    }
    pages! {
        tutorial = "tutorial.md",
        format = "format.md",
        formulation = "formulation.md",
        report = "report.md",
        data_dictionary = "data-dictionary.md",
        evidence = "evidence.md",
        untrusted_models = "untrusted-models.md",
        scale_out = "scale-out.md",
        what_if = "what-if.md",
        reference_model = "reference-model.md",
        founding_claims = "founding-claims.md",
        backtest = "backtest.md",
        python = "python.md",
        r = "r.md",
        excel = "excel.md",
        gallery = "gallery.md",
        solving = "solving.md",
        design = "design.md",
    }

    /// A page for each analysis: its mathematics, its reading, its limits.
    pub mod analyses {
        pages! {
            alternatives = "analyses/alternatives.md",
            bottleneck = "analyses/bottleneck.md",
            brief = "analyses/brief.md",
            compare = "analyses/compare.md",
            deadline = "analyses/deadline.md",
            dependence = "analyses/dependence.md",
            disruption = "analyses/disruption.md",
            explain = "analyses/explain.md",
            frontier = "analyses/frontier.md",
            funding = "analyses/funding.md",
            futures = "analyses/futures.md",
            infeasible = "analyses/infeasible.md",
            investments = "analyses/investments.md",
            monte_carlo = "analyses/monte_carlo.md",
            outlook = "analyses/outlook.md",
            rolling = "analyses/rolling.md",
            sensitivity = "analyses/sensitivity.md",
            sweep = "analyses/sweep.md",
        }
    }
}

/// The README's own examples.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct Readme;
