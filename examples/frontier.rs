//! What money buys: `cargo run --release --example frontier -- models/europe.toml --fund 'aid-*'`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::{Findings, frontier};
use sinews::model::Model;
use sinews::report::{Illustrated, Placed};
use sinews::table::Table;
use std::process::ExitCode;

/// The exact curve of shortfall against money, with its breakpoints and the price of each piece.
///
/// Exit code 0: a curve; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "frontier", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// A fund, or a pattern of funds, whose money varies; may be given again. Without it: all
    #[arg(long = "fund", value_name = "PATTERN")]
    funds: Vec<String>,
    /// Only the shortfall of this requirement counts
    #[arg(long, value_name = "KEY")]
    requirement: Option<String>,
    /// From how many times the money of the model
    #[arg(long, default_value_t = 0.0)]
    from: f64,
    /// To how many times
    #[arg(long, default_value_t = 2.0)]
    to: f64,
    /// The most solves of each curve, beside that of the model itself
    #[arg(long, default_value_t = 80)]
    solves: usize,
    /// Show cost against shortfall as well
    #[arg(long)]
    cost: bool,
}

/// One or two curves.
struct Curves(frontier::Frontier, Option<frontier::CostCurve>);

impl Findings for Curves {
    fn tables(&self) -> Vec<Table> {
        let cost = self.1.as_ref().map(Findings::tables);
        [self.0.tables(), cost.unwrap_or_default()].concat()
    }
}

impl Illustrated for Curves {
    fn charts(&self, model: &Model) -> Vec<Placed> {
        let cost = self.1.as_ref().map(|cost| cost.charts(model));
        [self.0.charts(model), cost.unwrap_or_default()].concat()
    }
}

/// Three calls.
const CALLS: &str = "Examples:
  frontier models/europe.toml
  frontier models/europe.toml --fund 'aid-*' --requirement ua-155
  frontier models/shells.toml --cost --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let model = asking.document()?.model()?;
        let request = frontier::Request {
            funds: arguments.funds.clone(),
            requirement: arguments.requirement.clone(),
            from: arguments.from,
            to: arguments.to,
            solves: arguments.solves,
        };
        let (options, work) = (asking.options(), asking.work());
        let curve = frontier::frontier(&model, &request, &options, &work)?;
        let cost = || frontier::cost(&model, arguments.solves, &options, &work);
        let cost = arguments.cost.then(cost).transpose()?;
        Ok(Curves(curve, cost))
    };
    asking.answer(found())
}
