//! Scenarios side by side: `cargo run --release --example compare -- models/europe.toml base us_supplies_cut`

mod common;

use clap::Parser;
use common::asking::Asking;
use sinews::analysis::compare::{BASE, compare};
use std::process::ExitCode;

/// Solve scenarios of a model and set them side by side; the others are compared with the first.
///
/// Exit code 0: a comparison; 1: bad input; 2: a scenario without a plan.
#[derive(Parser)]
#[command(name = "compare", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// The scenarios; `base` is the model as it stands. Without any: all that the model declares
    scenarios: Vec<String>,
}

/// Three calls.
const CALLS: &str = "Examples:
  compare models/europe.toml
  compare models/europe.toml base us_supplies_cut
  compare models/shells.toml base half_the_aid --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let Arguments { asking, scenarios } = &arguments;
    let found = || {
        let document = asking.document()?;
        let mut keys: Vec<String> = scenarios.clone();
        if keys.is_empty() {
            keys.push(BASE.into());
            keys.extend(document.scenarios().into_iter().map(|s| s.key));
        }
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        Ok(compare(
            &document,
            &keys,
            &asking.options(),
            &asking.work(),
        )?)
    };
    asking.answer(found())
}
