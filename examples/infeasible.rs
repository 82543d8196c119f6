//! Which rules clash? `cargo run --release --example infeasible -- MODEL.toml`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::infeasible::infeasible;
use std::process::ExitCode;

/// Find the smallest sets of rules that cannot hold together, and the least that restores them.
///
/// Exit code 0: an answer, also that nothing clashes; 1: bad input; 2: no answer that stands up.
#[derive(Parser)]
#[command(name = "infeasible", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
}

/// Three calls.
const CALLS: &str = "Examples:
  infeasible models/shells.toml
  infeasible models/shells.toml --scenario half_the_aid
  infeasible models/shells.toml --format markdown";

fn main() -> ExitCode {
    let Arguments { asking } = common::arguments::<Arguments>();
    let found = || Ok(infeasible(&asking.document()?, &asking.options())?);
    asking.answer(found())
}
