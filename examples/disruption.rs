//! What if something is lost: `cargo run --release --example disruption -- models/europe.toml --months 12`

mod common;

use clap::Parser;
use common::asking::Asking;
use common::rows::Rows;
use sinews::analysis::disruption::{Disruption, Request, disruption, header};
use sinews::calendar::Month;
use std::process::ExitCode;

/// Lose each line, supplier, fund and country in turn, and rank them by harm after planning anew.
///
/// Exit code 0: a ranking; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "disruption", after_help = CALLS)]
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
    #[command(flatten)]
    rows: Rows,
}

/// Three calls.
const CALLS: &str = "Examples:
  disruption models/europe.toml --months 12
  disruption models/europe.toml --element 'supplier.us-*' --from 2027-01
  disruption models/shells.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let Arguments { asking, rows, .. } = &arguments;
    let found = || {
        let (document, options) = (asking.document()?, asking.options());
        let mut request = Request {
            elements: arguments.elements.clone(),
            from: arguments.from,
            months: arguments.months,
            worst: arguments.worst,
            ..Request::default()
        };
        let kept = rows.keep(header(&document, &request, &options)?)?;
        request.keep = kept.keep.clone();
        let found = disruption(&document, &request, &options, &asking.work())?;
        Ok((kept.close(&found.results)?, found))
    };
    match found() {
        Ok((Some(code), _)) => code,
        Ok((None, found)) => asking.answer(Ok(found)),
        Err(error) => asking.answer::<Disruption>(Err(error)),
    }
}
