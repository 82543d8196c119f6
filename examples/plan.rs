//! Solve a model and print the plan: `cargo run --release --example plan -- models/europe.toml`

mod common;

use clap::Parser;
use common::pictures::Pictures;
use common::{Chosen, deliver, file_name, pick, point_at, progress, style};
use sinews::model::ObjectiveKind;
use sinews::program::Program;
use sinews::report::{File, Format, plots};
use sinews::solve::{Options, Solver};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Solve a model and print the plan. Exit code 0: a plan; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "plan")]
struct Arguments {
    #[command(flatten)]
    chosen: Chosen,
    /// What to strive for, instead of what the model says
    #[arg(long, value_parser = ObjectiveKind::WORDS.map(|(word, _)| word))]
    objective: Option<String>,
    /// Which solver to use
    #[arg(long, default_value = "auto", value_parser = Solver::WORDS.map(|(word, _)| word))]
    solver: String,
    /// What to print; `lp` and `mps` are the program itself, unsolved
    #[arg(long, default_value = "text", value_parser = Format::WORDS.map(|(word, _)| word))]
    format: String,
    /// Write files into this folder instead of printing them
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    pictures: Pictures,
    /// Also write every table into this Excel workbook
    #[cfg(feature = "xlsx")]
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
}

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    deliver(run(&arguments), arguments.out.as_deref())
}

fn run(arguments: &Arguments) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let chosen = &arguments.chosen;
    let document = chosen.document()?;
    let model = document.model()?;
    let seconds = arguments.time_limit;
    let mut options = Options {
        objective: pick(&ObjectiveKind::WORDS, arguments.objective.as_deref()),
        solver: pick(&Solver::WORDS, Some(&arguments.solver)).unwrap_or_default(),
        time_limit: seconds.map(Duration::try_from_secs_f64).transpose()?,
        ..Options::default()
    };
    let format = pick(&Format::WORDS, Some(&arguments.format)).unwrap_or_default();
    let name = file_name(&chosen.model, &[chosen.scenario.as_deref()]);
    let program = Program::of(&model, options.objective.unwrap_or(model.objective.kind));
    if matches!(format, Format::Lp | Format::Mps) {
        // The file holds what is solved, with what has happened held.
        let program = sinews::solve::held(&model, program, &options)?;
        return Ok(format.program(&name, &model, &program).unwrap_or_default());
    }
    let line = progress(&mut options);
    let solved = sinews::solve::solve_program(&model, program, &options);
    line.finish_and_clear();
    let solution = solved.inspect_err(|failure| point_at(&document, failure))?;
    arguments.pictures.write(|| plots(&model, &solution))?;
    #[cfg(feature = "xlsx")]
    if let Some(file) = &arguments.xlsx {
        sinews::files::write(file, &sinews::report::xlsx(&model, &solution)?)?;
    }
    Ok(format.files_with(&name, &model, &solution, style(arguments.out.as_deref())))
}
