//! What could be done, and what is likely? `cargo run --release --example outlook -- models/europe.toml --samples 100`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::outlook::{Intervals, Request, outlook};
use sinews::files::{make_folder, write};
use std::path::Path;
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
    /// Also keep the intervals of the tiers where `plan` and `brief` find them: `NAME/intervals.toml` beside the model
    #[arg(long)]
    keep: bool,
}

/// Three calls.
const CALLS: &str = "Examples:
  outlook models/europe.toml
  outlook models/europe.toml --samples 100 --keep
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
        let found = outlook(&document, &request, &asking.options(), &asking.work())?;
        if arguments.keep {
            let place = Intervals::place(&asking.chosen.model);
            let folder = place.parent().unwrap_or(Path::new("."));
            make_folder(folder)?;
            write(&place, found.intervals(&document).to_toml()?.as_bytes())?;
        }
        Ok(found)
    };
    asking.answer(found())
}
