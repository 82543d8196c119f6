//! On whom does a plan depend? `cargo run --release --example dependence -- models/europe.toml --less US`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::dependence::{Question, dependence};
use std::process::ExitCode;

/// Trace what holders get to its origins, and see what it costs to depend less on a country or bloc.
///
/// Exit code 0: an answer; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "dependence", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// Only this holder, by key
    #[arg(long)]
    holder: Option<String>,
    /// The country or bloc whose share is to go to zero
    #[arg(long, value_name = "REGION")]
    less: Option<String>,
    /// In how many steps
    #[arg(long, default_value_t = 4)]
    steps: usize,
}

/// Three calls.
const CALLS: &str = "Examples:
  dependence models/europe.toml --holder ukraine
  dependence models/europe.toml --less US --steps 5
  dependence models/shells.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let question = Question {
            holder: arguments.holder.clone(),
            less: arguments.less.clone(),
            steps: arguments.steps,
        };
        let (options, work) = (asking.options(), asking.work());
        Ok(dependence(&asking.document()?, &question, &options, &work)?)
    };
    asking.answer(found())
}
