//! How sure is it? `cargo run --release --example monte_carlo -- --samples 1000`

mod common;

use clap::Parser;
use common::asking::Asking;
use common::rows::Rows;
use sinews::analysis::monte_carlo::{MonteCarlo, Request, header, monte_carlo};
use sinews::analysis::{Group, Spread};
use std::process::ExitCode;

/// Draw every uncertain figure of a model from its range, and solve it for each draw.
///
/// Exit code 0: all samples; 1: bad input; 2: interrupted, or a model without a plan.
#[derive(Parser)]
#[command(name = "monte_carlo", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// How many samples
    #[arg(long, default_value_t = Request::default().samples)]
    samples: usize,
    /// Where the draws start: the same seed gives the same samples
    #[arg(long, default_value_t = Request::default().seed)]
    seed: u64,
    /// Scenarios to compare on the same draws, by commas; `base` is the model as it stands
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    compare: Vec<String>,
    /// Figures that move together, such as `all prices=line.*.cost,supplier.*.cost`; again for more
    #[arg(long, value_name = "NAME=FIGURES")]
    group: Vec<Group>,
    /// Let assumptions without a range lie so far from their value: `0.2` is 20 % down and up
    #[arg(long, value_name = "SHARE")]
    spread: Option<f64>,
    #[command(flatten)]
    rows: Rows,
}

/// Three calls.
const CALLS: &str = "Examples:
  monte_carlo models/europe.toml --samples 100
  monte_carlo models/shells.toml --spread 0.2 --compare base,half_the_aid
  monte_carlo models/shells.toml --spread 0.2 --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let Arguments { asking, rows, .. } = &arguments;
    let found = || {
        let (document, options) = (asking.document()?, asking.options());
        let mut request = Request {
            samples: arguments.samples,
            seed: arguments.seed,
            scenarios: arguments.compare.clone(),
            groups: arguments.group.clone(),
            spread: Spread {
                assumptions: arguments.spread,
                facts: None,
            },
            ..Request::default()
        };
        let kept = rows.keep(header(&document, &request, &options)?)?;
        request.keep = kept.keep.clone();
        let found = monte_carlo(&document, &request, &options, &asking.work())?;
        Ok((kept.close(&found.results)?, found))
    };
    match found() {
        Ok((Some(code), _)) => code,
        Ok((None, found)) => asking.answer(Ok(found)),
        Err(error) => asking.answer::<MonteCarlo>(Err(error)),
    }
}
