//! What the examples share: words into choices, a progress line, files out.
#![allow(dead_code)] // each example uses some of it

pub(crate) mod asking;
pub(crate) mod out;
pub(crate) mod pictures;
pub(crate) mod profile;
pub(crate) mod rows;

use clap::builder::PossibleValuesParser;
use console::{Term, colors_enabled};
use indicatif::{ProgressBar, ProgressStyle};
use out::complain;
use sinews::analysis::outlook::Intervals;
use sinews::analysis::{OnStep, Trouble};
use sinews::document::{ChangeList, Document};
use sinews::model::ObjectiveKind;
use sinews::problem::Problems;
use sinews::report::{File, Format, Style};
use sinews::solve::{Failure, Options, Progress};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Which model, and which of its scenarios.
#[derive(clap::Args)]
pub(crate) struct Chosen {
    /// The model, a TOML file (docs/format.md)
    #[arg(default_value = "models/europe.toml")]
    pub(crate) model: PathBuf,
    /// A scenario of the model, instead of the model as it stands
    #[arg(long)]
    pub(crate) scenario: Option<String>,
    /// Changes laid over it, a CSV file with the columns figure and value: `fund.*.amount,x0.5`
    #[arg(long, value_name = "FILE")]
    pub(crate) changes: Option<PathBuf>,
    /// Let the model name files anywhere below this folder, besides its own
    #[arg(long, value_name = "FOLDER")]
    within: Option<PathBuf>,
}

impl Chosen {
    /// The document, with its scenario applied.
    pub(crate) fn document(&self) -> Result<Document, Problems> {
        let document = match &self.within {
            Some(folder) => Document::open_within(&self.model, folder),
            None => Document::open(&self.model),
        }?;
        let document = match self.scenario.as_deref() {
            Some(scenario) => document.scenario(scenario),
            None => Ok(document),
        }?;
        match &self.changes {
            Some(file) => document.listed(&ChangeList::open(file)?),
            None => Ok(document),
        }
    }

    /// Intervals that are kept of this very model as it is planned: of none with a scenario or changes.
    pub(crate) fn intervals(&self, document: &Document, kind: ObjectiveKind) -> Option<Intervals> {
        let found = match Intervals::kept(&self.model) {
            Ok(found) => found?,
            Err(trouble) => {
                complain(&trouble.to_string());
                return None;
            }
        };
        if found.fit(document, kind) {
            return Some(found);
        }
        let as_it_stands = self.scenario.is_none() && self.changes.is_none();
        if as_it_stands && found.objective == kind.word() {
            let place = Intervals::place(&self.model);
            complain(&format!(
                "`{}` is of another state of the model; the example `outlook` draws it anew, with `--keep`",
                place.display()
            ));
        }
        None
    }
}

/// How tables are written as CSV.
#[derive(clap::Args)]
pub(crate) struct Sheets {
    /// CSV as people open it in a spreadsheet: units in the headings, columns as in text
    #[arg(long)]
    headings: bool,
    /// CSV with the mark by which Excel knows UTF-8
    #[arg(long)]
    mark: bool,
}

impl Sheets {
    /// The form that is asked for.
    pub(crate) fn form(&self, format: Format) -> Format {
        match format {
            Format::Csv if self.headings => Format::Spreadsheet,
            other => other,
        }
    }

    /// The files as they are asked for.
    pub(crate) fn marked(&self, files: Vec<File>) -> Vec<File> {
        if self.mark {
            files.into_iter().map(File::marked).collect()
        } else {
            files
        }
    }
}

/// What files about a model are called: its own name, and what sets them apart.
pub(crate) fn file_name(path: &Path, apart: &[Option<&str>]) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let apart = apart.iter().copied().flatten();
    let name: Vec<&str> = std::iter::once(stem.as_ref()).chain(apart).collect();
    // The key of a scenario may hold anything, and must not lead to another folder.
    name.join("-").replace(['/', '\\', '\0'], "-")
}

/// What an argument may be: some words, each of which stands for a choice.
pub(crate) fn words<T>(words: &[(&'static str, T)]) -> PossibleValuesParser {
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word).collect::<Vec<_>>())
}

/// A span of seconds.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok();
    let span = number.and_then(|number| Duration::try_from_secs_f64(number).ok());
    span.ok_or_else(|| "write seconds from 0 on, such as `30`".into())
}

/// The choice that a word stands for.
pub(crate) fn pick<T: Copy>(words: &[(&str, T)], word: Option<&str>) -> Option<T> {
    let found = words.iter().find(|(known, _)| Some(*known) == word);
    found.map(|(_, choice)| *choice)
}

/// How text is laid out: as wide as the terminal, in colours unless `NO_COLOR` is set; plain where it
/// goes to a file or another program.
pub(crate) fn style(folder: Option<&Path>) -> Style {
    let terminal = Term::stdout();
    match terminal.size_checked() {
        Some((_, width)) if folder.is_none() && terminal.is_term() => Style {
            width: width.max(40),
            colour: colors_enabled() && std::env::var_os("NO_COLOR").is_none(),
            bars: true,
            ..Style::default()
        },
        _ => Style::default(),
    }
}

/// A line on the terminal that says how far a solve has come, and for how long; silent where there is
/// no terminal.
pub(crate) fn progress(options: &mut Options) -> ProgressBar {
    let line = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed}  {msg}") {
        line.set_style(style);
    }
    line.enable_steady_tick(Duration::from_millis(200));
    let shown = line.clone();
    options.progress = Some(Arc::new(move |p: &Progress| {
        shown.set_message(p.to_string());
    }));
    line
}

/// A bar on the terminal that says how many jobs have ended and how long the others will take; silent
/// where there is no terminal. Jobs may come in several rounds.
pub(crate) fn bar() -> OnStep {
    let style = "{elapsed}  {bar:30} {pos} of {len}, {eta} to go";
    let style = ProgressStyle::with_template(style).expect("a template that holds");
    let bar = ProgressBar::new(0).with_style(style);
    Arc::new(move |ended, of| {
        let of = of as u64;
        if bar.length() != Some(of) || bar.is_finished() {
            bar.set_length(of);
            bar.reset();
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        // Threads may tell of their jobs out of turn.
        bar.set_position(bar.position().max(ended as u64));
        if bar.position() == of {
            bar.finish_and_clear();
        }
    })
}

/// Print files, or write them into a folder; exit code 1 is bad input, 2 no plan.
pub(crate) fn deliver(files: Result<Vec<File>, Box<dyn Error>>, folder: Option<&Path>) -> ExitCode {
    let written = files.and_then(|files| out::deliver(&files, folder));
    let Err(error) = written else {
        return ExitCode::SUCCESS;
    };
    complain(&error.to_string());
    if is_clash(error.as_ref()) {
        complain(
            "the example `infeasible` finds the smallest sets of rules that clash, and where they stand",
        );
    }
    ExitCode::from(code(error.as_ref()))
}

/// Say where the figures stand that a failure names.
pub(crate) fn point_at(document: &Document, failure: &Failure) {
    let Failure::Numbers { figures, .. } = failure else {
        return;
    };
    for figure in figures {
        if let Some(position) = document.position(&figure.place) {
            complain(&format!("{position}: `{}` stands here", figure.place));
        }
    }
}

/// Whether rules of the model cannot hold together.
fn is_clash(error: &(dyn Error + 'static)) -> bool {
    let within = match error.downcast_ref::<Trouble>() {
        Some(Trouble::Solve(failure)) => Some(failure),
        _ => error.downcast_ref::<Failure>(),
    };
    matches!(within, Some(Failure::Infeasible { .. }))
}

/// 1 for bad input, 2 for no plan.
fn code(error: &(dyn Error + 'static)) -> u8 {
    match error.downcast_ref::<Trouble>() {
        Some(Trouble::Solve(_)) => 2,
        Some(_) => 1,
        None => 1 + u8::from(error.is::<Failure>()),
    }
}

/// The arguments of an example; a wrong one is bad input.
pub(crate) fn arguments<A: clap::Parser>() -> A {
    A::try_parse().unwrap_or_else(|error| {
        let wrong = error.use_stderr() || out::quiet(error.print()).is_err();
        if error.use_stderr() {
            let _ = error.print();
        }
        std::process::exit(i32::from(wrong));
    })
}
