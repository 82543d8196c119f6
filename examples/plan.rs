//! Solve a model and print the plan: `cargo run --release --example plan -- models/europe.toml`

mod common;

use clap::Parser;
use common::out::complain;
use common::pictures::Pictures;
use common::profile::Profile;
use common::{Chosen, Sheets, deliver, file_name, pick, point_at, progress, seconds, style, words};
use sinews::analysis::brief::{Brief, Request, brief_with};
use sinews::analysis::outlook::{self, Intervals, Outlook, outlook};
use sinews::analysis::{Trouble, Work};
use sinews::document::Document;
use sinews::model::{Model, ObjectiveKind};
use sinews::program::Program;
use sinews::report::{File, Format, Report, Style, plots};
use sinews::solution::{Effort, Solution, Task};
use sinews::solve::{Options, Solver};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Solve a model and print the plan, what matters first. Exit code 0: a plan; 1: bad input; 2: no plan.
#[derive(Parser)]
#[command(name = "plan", after_help = CALLS)]
struct Arguments {
    #[command(flatten)]
    chosen: Chosen,
    /// What to strive for, instead of what the model says
    #[arg(long, value_parser = ObjectiveKind::WORDS.map(|(word, _)| word))]
    objective: Option<String>,
    /// Which solver to use
    #[arg(long, default_value = "auto", value_parser = words(Solver::WORDS))]
    solver: String,
    /// What to print; `lp` and `mps` are the program itself, unsolved
    #[arg(long, default_value = "text", value_parser = words(Format::WORDS))]
    format: String,
    #[command(flatten)]
    sheets: Sheets,
    /// Write files into this folder instead of printing them
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    pictures: Pictures,
    #[command(flatten)]
    profile: Profile,
    /// Also write every table into this Excel workbook
    #[cfg(feature = "xlsx")]
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Every row of every table: on a terminal long tables are cut, and rows of which there is nothing to say are
    /// only counted wherever text is printed
    #[arg(long)]
    full: bool,
    /// Leave out the brief and the plans it takes
    #[arg(long)]
    no_brief: bool,
    /// For how many seconds plans may be made for the brief: what has not been tried then is left untried, and the brief
    /// says so. Without it their number counts alone, so that the same input gives the same words
    #[arg(long, value_name = "SECONDS", value_parser = seconds, conflicts_with = "no_brief")]
    brief_time: Option<Duration>,
    /// How many samples give the brief its intervals, and the page its bands, as `outlook` does
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        conflicts_with = "no_brief"
    )]
    samples: usize,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    time_limit: Option<Duration>,
}

/// Three calls.
const CALLS: &str = "Examples:
  plan models/shells.toml
  plan models/europe.toml --scenario war_goes_on --no-brief --full
  plan models/europe.toml --format html --out out";

fn main() -> ExitCode {
    let arguments = common::arguments::<Arguments>();
    deliver(run(&arguments), arguments.out.as_deref())
}

fn run(arguments: &Arguments) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let chosen = &arguments.chosen;
    let mut effort = Effort::default();
    let document = effort.time(Task::Read, || chosen.document())?;
    let model = effort.time(Task::Read, || document.model())?;
    let mut options = Options {
        objective: pick(&ObjectiveKind::WORDS, arguments.objective.as_deref()),
        solver: pick(Solver::WORDS, Some(&arguments.solver)).unwrap_or_default(),
        time_limit: arguments.time_limit,
        ..Options::default()
    };
    let format = pick(Format::WORDS, Some(&arguments.format)).unwrap_or_default();
    let format = arguments.sheets.form(format);
    let name = file_name(&chosen.model, &[chosen.scenario.as_deref()]);
    let kind = options.objective.unwrap_or(model.objective.kind);
    let program = effort.time(Task::Build, || Program::of(&model, kind));
    if matches!(format, Format::Lp | Format::Mps) {
        // The file holds what is solved, with what has happened held.
        let program = sinews::solve::held(&model, program, &options)?;
        return Ok(format.program(&name, &model, &program).unwrap_or_default());
    }
    let line = progress(&mut options);
    let solved = sinews::solve::solve_program(&model, program, &options);
    let solution = solved
        .inspect(|_| line.set_message("further plans, for the brief"))
        .inspect_err(|_| line.finish_and_clear())
        .inspect_err(|failure| point_at(&document, failure))?;
    effort.steps.extend_from_slice(&solution.effort.steps);
    let wanted = !arguments.no_brief;
    let samples = || sampled(arguments, &document, &options);
    let samples = (arguments.samples > 0).then(|| effort.time(Task::Analyse, samples));
    let samples = samples
        .transpose()
        .inspect_err(|_| line.finish_and_clear())?;
    let (plan, samples) = ((&model, &solution), samples.as_ref());
    let intervals = match samples {
        Some(drawn) => Some(drawn.intervals(&document)),
        None if wanted => arguments.chosen.intervals(&document, kind),
        None => None,
    };
    let brief = || in_one_screen(arguments, &document, plan, intervals.as_ref(), &options);
    let brief = wanted.then(|| effort.time(Task::Analyse, brief));
    line.finish_and_clear();
    let brief = brief.transpose()?.flatten();
    arguments.pictures.write(|| plots(&model, &solution))?;
    #[cfg(feature = "xlsx")]
    if let Some(file) = &arguments.xlsx {
        sinews::files::write(file, &sinews::report::xlsx(&model, &solution)?)?;
    }
    let report = Report {
        model: &model,
        solution: &solution,
        brief: brief.as_ref(),
        style: laid_out(arguments),
    };
    let files = || match format {
        Format::Html => {
            let bands = samples.map(Outlook::section);
            let page = report.page(&document, bands.as_slice());
            vec![File::new(format!("{name}.html"), page)]
        }
        _ => report.files(format, &name),
    };
    let files = effort.time(Task::Report, files);
    arguments.profile.tell(effort)?;
    Ok(arguments.sheets.marked(files))
}

/// Plans of samples, for intervals and bands.
fn sampled(
    arguments: &Arguments,
    document: &Document,
    options: &Options,
) -> Result<Outlook, Trouble> {
    let request = outlook::Request {
        samples: arguments.samples,
        ..outlook::Request::default()
    };
    let options = Options {
        progress: None,
        ..options.clone()
    };
    outlook(document, &request, &options, &Work::default())
}

/// What matters. Where that cannot be said the plan stands all the same.
fn in_one_screen(
    arguments: &Arguments,
    document: &Document,
    plan: (&Model, &Solution),
    intervals: Option<&Intervals>,
    options: &Options,
) -> Result<Option<Brief>, Box<dyn std::error::Error>> {
    let request = Request {
        time: arguments.brief_time,
        ..Request::default()
    };
    match brief_with(
        document,
        plan,
        intervals,
        &request,
        options,
        &Work::default(),
    ) {
        Ok(brief) => Ok(Some(brief)),
        Err(Trouble::Solve(failure)) => {
            complain(&format!("no brief: {failure}"));
            Ok(None)
        }
        Err(trouble) => Err(trouble.into()),
    }
}

/// Printed text counts what says nothing, and is cut on a terminal; files are complete.
fn laid_out(arguments: &Arguments) -> Style {
    /// How many rows of a table a terminal shows.
    const ROWS: usize = 12;
    let own = style(arguments.out.as_deref());
    if arguments.full || arguments.out.is_some() {
        return own;
    }
    let terminal = console::Term::stdout().is_term();
    Style {
        fold: true,
        rows: terminal.then_some(ROWS),
        ..own
    }
}
