//! Where does a number come from? `cargo run --release --example explain -- requirement.ukraine.2027 models/shells.toml`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::explain::explain;
use std::process::ExitCode;

/// Explain one number of a plan: its parts, what holds it, and the figures and facts behind it.
///
/// Exit code 0: an explanation; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "explain", after_help = CALLS)]
struct Arguments {
    /// `requirement.KEY.YEAR` (what is missing), `line.KEY.YEAR`, `supplier.KEY.YEAR`, `fund.KEY.YEAR`, each
    /// without the year over all; `cost`, `holder.KEY.stock.ITEM.YEAR`, `gift.KEY.GIVER.ITEM.YEAR`,
    /// `line.KEY.expansion.KEY`; or `price.` and a row, or `column.` and a column, as `--format lp` names them
    number: String,
    #[command(flatten)]
    asking: Asking,
}

/// Three calls.
const CALLS: &str = "Examples:
  explain requirement.ukraine.2027 models/shells.toml
  explain price.capacity.powder-mill.2027Q1 models/shells.toml
  explain requirement.ukraine.2027 models/shells.toml --format markdown";

fn main() -> ExitCode {
    let Arguments { number, asking } = common::arguments::<Arguments>();
    let found = || Ok(explain(&asking.document()?, &number, &asking.options())?);
    asking.answer(found())
}
