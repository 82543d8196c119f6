//! What good plans share: `cargo run --release --example alternatives -- models/europe.toml --worse 0.01`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::alternatives::{Request, alternatives};
use std::process::ExitCode;

/// Which builds and orders are in all, some or none of the plans near the best, and plans that differ most.
///
/// Exit code 0: an answer; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "alternatives", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// How much worse than the best a plan may be, as a share
    #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
    worse: f64,
    /// How many plans that differ most
    #[arg(long, default_value_t = 3)]
    plans: usize,
}

/// Three calls.
const CALLS: &str = "Examples:
  alternatives models/europe.toml
  alternatives models/europe.toml --worse 0.01
  alternatives models/shells.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let request = Request {
            within: arguments.worse,
            plans: arguments.plans,
        };
        let model = asking.document()?.model()?;
        Ok(alternatives(
            &model,
            &request,
            &asking.options(),
            &asking.work(),
        )?)
    };
    asking.answer(found())
}
