//! The cost of planning year by year: `cargo run --release --example rolling -- models/europe.toml --see 2 --contracts 1`

mod common;

use clap::Parser;
use common::asking::Asking;
use common::{pick, words};
use sinews::analysis::rolling::{Ask, Unseen, rolling};
use std::process::ExitCode;

/// Plan with full foresight, and year by year with limited foresight and short contracts.
///
/// Exit code 0: plans; 1: bad input; 2: a year without a plan.
#[derive(Parser)]
#[command(name = "rolling", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// For how many calendar years a plan sees what is required, its own included
    #[arg(long, default_value_t = 1)]
    see: usize,
    /// In how many calendar years a contract may fall due; 1 is an annual budget
    #[arg(long)]
    contracts: Option<usize>,
    /// What a plan expects to be required in years that it does not see: as-last (what the last year that it sees requires goes on) or nothing
    #[arg(long, value_parser = words(&Unseen::WORDS), default_value = "as-last")]
    unseen: String,
}

/// Three calls.
const CALLS: &str = "Examples:
  rolling models/shells.toml
  rolling models/shells.toml --see 1 --contracts 1
  rolling models/shells.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let ask = Ask {
            see: arguments.see,
            contracts: arguments.contracts,
            unseen: pick(&Unseen::WORDS, Some(&arguments.unseen)).unwrap_or_default(),
        };
        let model = asking.document()?.model()?;
        Ok(rolling(&model, &ask, &asking.options(), &asking.work())?)
    };
    asking.answer(found())
}
