//! Money as economists see it: `cargo run --release --example funding -- models/europe.toml --for ukraine`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::funding::{Request, funding};
use std::process::ExitCode;

/// Commitments and payments, loans, currencies, what coverage and delay cost, who crowds out whom.
///
/// Exit code 0: tables; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "funding", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// Holders to set against all others, such as `ukraine` or `uk*`; without it no rivalry is looked into
    #[arg(long = "for", value_name = "HOLDER")]
    holders: Option<String>,
    /// By what share each currency moves against the base currency
    #[arg(long, default_value_t = 0.1, allow_hyphen_values = true)]
    rate: f64,
    /// For how many quarters nothing new is signed; may be given again; without it 1, 2 and 4, as far as the calendar goes
    #[arg(long = "delay", value_name = "QUARTERS")]
    delays: Vec<u32>,
}

/// Three calls.
const CALLS: &str = "Examples:
  funding models/europe.toml --for ukraine
  funding models/europe.toml --rate -0.2 --delay 2
  funding models/shells.toml --format csv --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let model = asking.document()?.model()?;
        let c = &model.calendar;
        let fits = |&quarters: &u8| c.decide_from().plus(3 * i32::from(quarters)) < c.end();
        let usual = || [1, 2, 4].into_iter().filter(fits).map(u32::from).collect();
        let asked = Some(arguments.delays.clone()).filter(|asked| !asked.is_empty());
        let request = Request {
            holders: arguments.holders.clone(),
            rate: arguments.rate,
            delays: asked.unwrap_or_else(usual),
        };
        let (options, work) = (asking.options(), asking.work());
        Ok(funding(&model, &request, &options, &work)?)
    };
    asking.answer(found())
}
