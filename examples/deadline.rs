//! By when it can be met: `cargo run --release --example deadline -- models/europe.toml --of 'tier 1'`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::deadline::{Request, deadline};
use std::process::ExitCode;

/// The first window from which requirements can be met in full, what binds before, and what helps.
///
/// Exit code 0: dates; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "deadline", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// A requirement's key, or `tier 1` for all of a tier together; may be given again. Without it: each
    /// requirement that falls short
    #[arg(long, value_name = "WHAT")]
    of: Vec<String>,
    /// How many levers to try for each
    #[arg(long, default_value_t = 3)]
    levers: usize,
}

/// Three calls.
const CALLS: &str = "Examples:
  deadline models/europe.toml
  deadline models/europe.toml --of 'tier 1' --levers 6
  deadline models/shells.toml --format csv --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let request = Request {
            of: arguments.of.clone(),
            levers: arguments.levers,
        };
        let document = asking.document()?;
        Ok(deadline(
            &document,
            &request,
            &asking.options(),
            &asking.work(),
        )?)
    };
    asking.answer(found())
}
