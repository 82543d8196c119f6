//! Which plant next: `cargo run --release --example investments -- models/europe.toml`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::investments::investments;
use std::process::ExitCode;

/// Every expansion option with its value, its cost, and when a growing budget takes it.
///
/// Exit code 0: a ranking; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "investments", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// A budget to try, as a multiple of the model's money; may be given again
    #[arg(long = "budget", default_values_t = [0.1, 0.25, 0.5, 0.75, 1.0, 1.5])]
    budgets: Vec<f64>,
}

/// Three calls.
const CALLS: &str = "Examples:
  investments models/europe.toml
  investments models/shells.toml
  investments models/shells.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let model = asking.document()?.model()?;
        let (options, work) = (asking.options(), asking.work());
        Ok(investments(&model, &arguments.budgets, &options, &work)?)
    };
    asking.answer(found())
}
