//! Planning before it is known which future comes: `cargo run --release --example futures -- models/europe.toml base=0.6 us_supplies_cut=0.4 --date 2027-01`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::Spread;
use sinews::analysis::futures::{Ask, Fresh, Risk, futures};
use sinews::calendar::Month;
use std::process::ExitCode;

/// What to order and build now, before it is known which of several scenarios comes.
///
/// Exit code 0: a plan; 1: bad input; 2: a future without a plan.
#[derive(Parser)]
#[command(name = "futures", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// Scenarios with their probabilities, SCENARIO=PROBABILITY; `base` is the model as it stands
    #[arg(value_parser = future)]
    futures: Vec<(String, f64)>,
    /// The month in which it shows which future comes
    #[arg(long)]
    date: Month,
    /// How much the worst futures count against the expected value, 0 to 1
    #[arg(long, default_value_t = 0.0)]
    weight: f64,
    /// Which futures are the worst: those beyond this share of probability
    #[arg(long, default_value_t = 0.9)]
    level: f64,
    /// Judge the plan by so many fresh draws of what is uncertain in the futures
    #[arg(long, value_name = "SAMPLES")]
    fresh: Option<usize>,
    /// Where these draws start: the same seed gives the same draws
    #[arg(long, default_value_t = Fresh::default().seed)]
    seed: u64,
    /// Let assumptions without a range lie so far from their value in them: `0.2` is 20 % down and up
    #[arg(long, value_name = "SHARE")]
    spread: Option<f64>,
}

fn future(text: &str) -> Result<(String, f64), String> {
    let wanted = || format!("`{text}` is no future: write SCENARIO=PROBABILITY, such as base=0.6");
    let (key, chance) = text.rsplit_once('=').ok_or_else(wanted)?;
    Ok((key.to_owned(), chance.parse().map_err(|_| wanted())?))
}

/// Three calls.
const CALLS: &str = "Examples:
  futures models/shells.toml base=0.5 half_the_aid=0.5 --date 2027-01
  futures models/shells.toml base=0.5 half_the_aid=0.5 --date 2027-01 --fresh 50 --spread 0.2
  futures models/shells.toml base=0.5 half_the_aid=0.5 --date 2027-01 --weight 0.5 --level 0.9";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let risk = Risk {
            weight: arguments.weight,
            level: arguments.level,
        };
        let ask = Ask {
            futures: arguments.futures.clone(),
            date: arguments.date,
            risk: (risk.weight != 0.0).then_some(risk),
            fresh: arguments.fresh.map(|samples| Fresh {
                samples,
                seed: arguments.seed,
                spread: Spread {
                    assumptions: arguments.spread,
                    facts: None,
                },
                ..Fresh::default()
            }),
        };
        let document = asking.document()?;
        Ok(futures(&document, &ask, &asking.options(), &asking.work())?)
    };
    asking.answer(found())
}
