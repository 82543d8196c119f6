//! What could be done, and what is likely? `cargo run --release --example outlook -- models/europe.toml --samples 100`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::outlook::{Request, outlook};
use std::process::ExitCode;

/// See how each tier stands: what could be done, what is likely with friction, each with its interval.
///
/// Exit code 0: an outlook; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "outlook", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// How many samples of what is uncertain make the intervals; 0: none
    #[arg(long, default_value_t = 100)]
    samples: usize,
    /// Where the draws start: the same seed gives the same samples
    #[arg(long, default_value_t = Request::default().seed)]
    seed: u64,
}

/// Three calls.
const CALLS: &str = "Examples:
  outlook models/europe.toml
  outlook models/europe.toml --samples 100
  outlook models/europe.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let request = Request {
        samples: arguments.samples,
        seed: arguments.seed,
    };
    let found = || {
        let document = asking.document()?;
        Ok(outlook(
            &document,
            &request,
            &asking.options(),
            &asking.work(),
        )?)
    };
    asking.answer(found())
}
