//! A grid of settings: `cargo run --release --example sweep -- --vary 'fund.*.amount=x0.5..1.5 in 11'`

mod common;

use clap::Parser;
use common::asking::Asking;
use common::rows::Rows;
use sinews::analysis::sweep::{Axis, Request, header, sweep};
use sinews::document::{ChangeList, Pattern};
use std::path::PathBuf;
use std::process::ExitCode;

/// Solve a model at every point of a grid of settings.
///
/// Exit code 0: all points; 1: bad input; 2: interrupted, or a model without a plan.
#[derive(Parser)]
#[command(name = "sweep", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// What to vary: figures, and factors (`x0.5,x2`, `x0.5..1.5 in 11`), delays (`+6 months`) or
    /// values (`3 bn EUR/year`); again for another axis of the grid
    #[arg(
        long,
        value_name = "FIGURES=SETTINGS",
        required_unless_present = "grid"
    )]
    vary: Vec<Axis>,
    /// The same as a CSV file with the columns figure and value: each figure is an axis, each of its lines a setting
    #[arg(long, value_name = "FILE")]
    grid: Option<PathBuf>,
    /// Limits whose prices are shown, by the figures that set them: `line.*.capacity`
    #[arg(long, value_name = "FIGURES")]
    price: Vec<Pattern>,
    #[command(flatten)]
    rows: Rows,
}

/// Three calls.
const CALLS: &str = "Examples:
  sweep models/europe.toml --vary 'fund.aid-*.amount=x0.5..1.5 in 11'
  sweep models/shells.toml --vary 'line.powder-mill.capacity=x0.5,x1,x2'
  sweep models/shells.toml --vary 'line.powder-mill.capacity=x0.5,x1,x2' --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let Arguments { asking, rows, .. } = &arguments;
    let found = || {
        let (document, options) = (asking.document()?, asking.options());
        let mut axes = arguments.vary.clone();
        if let Some(file) = &arguments.grid {
            axes.extend(Axis::listed(&document, &ChangeList::open(file)?)?);
        }
        let mut request = Request {
            axes,
            prices: arguments.price.clone(),
            ..Request::default()
        };
        let kept = rows.keep(header(&document, &request, &options)?)?;
        request.keep = kept.keep.clone();
        let found = sweep(&document, &request, &options, &asking.work())?;
        Ok((kept.close(&found.results)?, found))
    };
    match found() {
        Ok((Some(code), _)) => code,
        Ok((None, found)) => asking.answer(Ok(found)),
        Err(error) => asking.answer::<sinews::analysis::sweep::Sweep>(Err(error)),
    }
}
