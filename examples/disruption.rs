//! What if something is lost: `cargo run --release --example disruption -- models/europe.toml --months 12`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::disruption::{Request, disruption};
use sinews::calendar::Month;
use std::process::ExitCode;

/// Lose each line, supplier, fund and country in turn, and rank them by harm after planning anew.
///
/// Exit code 0: a ranking; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "disruption")]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// What may be lost, such as `supplier.us-*`; may be given again. Without it: everything
    #[arg(long = "element", value_name = "PATTERN")]
    elements: Vec<String>,
    /// From which month; the start without it
    #[arg(long, value_name = "MONTH")]
    from: Option<Month>,
    /// For how many months; to the end without it
    #[arg(long)]
    months: Option<i32>,
    /// Of how many of the worst pairs are lost, and second sources tried
    #[arg(long, default_value_t = 10)]
    worst: usize,
}

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let request = Request {
            elements: arguments.elements.clone(),
            from: arguments.from,
            months: arguments.months,
            worst: arguments.worst,
        };
        let model = asking.document()?.model()?;
        Ok(disruption(
            &model,
            &request,
            &asking.options(),
            &asking.work(),
        )?)
    };
    asking.answer(found())
}
