//! What the answer hangs on: `cargo run --release --example sensitivity -- models/europe.toml`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::sensitivity::{Request, evidence_table, rests_on, sensitivity};
use sinews::analysis::{Findings, Group, Spread};
use sinews::report::Illustrated;
use sinews::table::Table;
use std::process::ExitCode;

/// The price of every limit and how far it holds; what moves the answer; what that rests on.
///
/// A lexicographic model is asked with its weighted objective. Exit code 0: an answer; 1: bad input; 2: a
/// model without a plan.
#[derive(Parser)]
#[command(name = "sensitivity", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// For how many limits to find how far their prices hold
    #[arg(long, default_value_t = Request::default().limits)]
    limits: usize,
    /// How many inputs to solve at both ends of their ranges, besides those of which prices know
    /// nothing; the others are told from prices
    #[arg(long, default_value_t = Request::default().solved)]
    solved: usize,
    /// Figures that move together, such as `all prices=line.*.cost,supplier.*.cost`; again for more
    #[arg(long, value_name = "NAME=FIGURES")]
    group: Vec<Group>,
    /// Show the facts and assumptions behind the answer; figures without a range lie so far from their value
    #[arg(long, value_name = "SHARE", num_args = 0..=1, default_missing_value = "0.2")]
    rests_on: Option<f64>,
}

/// What the evidence behind an answer weighs.
struct Evidence(Table);

impl Findings for Evidence {
    fn tables(&self) -> Vec<Table> {
        vec![self.0.clone()]
    }
}

impl Illustrated for Evidence {}

/// Three calls.
const CALLS: &str = "Examples:
  sensitivity models/europe.toml
  sensitivity models/shells.toml --rests-on 0.2
  sensitivity models/shells.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let request = || {
        let spread = Spread {
            assumptions: arguments.rests_on,
            facts: arguments.rests_on,
        };
        Request {
            limits: arguments.limits,
            solved: arguments.solved,
            groups: arguments.group.clone(),
            spread,
        }
    };
    let (options, work) = (asking.options(), asking.work());
    let evidence = || {
        let document = asking.document()?;
        let found = rests_on(&document, &request(), &options, &work)?;
        Ok(Evidence(evidence_table(&document.model()?, &found)))
    };
    let found = || {
        Ok(sensitivity(
            &asking.document()?,
            &request(),
            &options,
            &work,
        )?)
    };
    match arguments.rests_on {
        Some(_) => asking.answer(evidence()),
        None => asking.answer(found()),
    }
}
