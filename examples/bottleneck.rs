//! Why does it fall short? `cargo run --release --example bottleneck -- models/europe.toml`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::bottleneck::{Question, bottleneck};
use std::process::ExitCode;

/// Explain each shortfall of a plan by what binds, and try what would help.
///
/// Exit code 0: an explanation; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "bottleneck", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// Only this requirement, by key
    #[arg(long)]
    requirement: Option<String>,
    /// How many shortfalls to show, the weightiest first
    #[arg(long, default_value_t = 12)]
    shortfalls: usize,
    /// How many causes to find remedies for, the weightiest first
    #[arg(long, default_value_t = 10)]
    causes: usize,
}

/// Three calls.
const CALLS: &str = "Examples:
  bottleneck models/europe.toml
  bottleneck models/shells.toml --requirement ukraine --causes 10
  bottleneck models/europe.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let question = Question {
            requirement: arguments.requirement.clone(),
            shortfalls: arguments.shortfalls,
            causes: arguments.causes,
        };
        let document = asking.document()?;
        let found = bottleneck(&document, &question, &asking.options(), &asking.work())?;
        Ok(found)
    };
    asking.answer(found())
}
