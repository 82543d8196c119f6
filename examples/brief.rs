//! The answer in one screen: `cargo run --release --example brief -- models/europe.toml`

mod common;

use clap::Parser;
use common::asking::Asking;
use common::seconds;
use sinews::analysis::brief::{Request, brief, brief_with};
use sinews::report::{File, Format, Illustrated, brief_markdown_with, brief_text};
use std::process::ExitCode;
use std::time::Duration;

/// What matters of a plan in one screen: how it stands, what helps, money, what to decide, what it rests on.
///
/// Exit code 0: a brief; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "brief", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    asking: Asking,
    /// How many further plans may be made to find out what helps
    #[arg(long, value_name = "N", default_value_t = Request::default().solves)]
    solves: usize,
    /// For how many seconds: what has not been tried then is left untried, and the brief says so. Without it their
    /// number counts alone, so that the same input gives the same words
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    time: Option<Duration>,
    /// How many gaps are named at most
    #[arg(long, value_name = "N", default_value_t = Request::default().gaps)]
    gaps: usize,
    /// How many samples give it intervals, as `outlook` does
    #[arg(long, value_name = "N", default_value_t = 0)]
    samples: usize,
    /// The seed of the samples
    #[arg(long, default_value_t = Request::default().seed)]
    seed: u64,
}

/// Three calls.
const CALLS: &str = "Examples:
  brief models/europe.toml
  brief models/europe.toml --scenario war_goes_on --solves 20 --format markdown --plots out
  brief models/shells.toml --samples 50 --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    let asking = &arguments.asking;
    let found = || {
        let request = Request {
            solves: arguments.solves,
            time: arguments.time,
            gaps: arguments.gaps,
            samples: arguments.samples,
            seed: arguments.seed,
        };
        let document = asking.document()?;
        let model = document.model()?;
        let (options, work) = (asking.options(), asking.work());
        let plan = sinews::solve(&model, &options)?;
        let plan = (&model, &plan);
        if request.samples > 0 {
            return Ok(brief(&document, plan, &request, &options, &work)?);
        }
        let kept = asking.chosen.intervals(&document, plan.1.objective);
        Ok(brief_with(
            &document,
            plan,
            kept.as_ref(),
            &request,
            &options,
            &work,
        )?)
    };
    match asking.form() {
        Format::Text => asking.say(found().map(|found| {
            let text = brief_text(&found, asking.style());
            File::new("brief.txt", text)
        })),
        Format::Markdown => {
            let file = found().and_then(|found| {
                let model = asking.document()?.model()?;
                let pictures = asking.drawn(&found.sections(&model))?;
                let text = brief_markdown_with(&found, &pictures);
                Ok(File::new("brief.md", text))
            });
            asking.say(file)
        }
        _ => asking.answer(found()),
    }
}
