//! What the examples of analyses share: model and scenario, solver, form, progress, interruption.
#![allow(dead_code)]

use super::{deliver, pick};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use sinews::analysis::{Findings, Work};
use sinews::document::Document;
use sinews::model::ObjectiveKind;
use sinews::report::Format;
use sinews::solve::{Cancel, Options, Solver};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// What every analysis is asked.
#[derive(Args)]
pub(crate) struct Asking {
    /// The model, a TOML file (docs/format.md)
    #[arg(default_value = "models/europe.toml")]
    pub(crate) model: PathBuf,
    /// A scenario of the model to work on
    #[arg(long)]
    pub(crate) scenario: Option<String>,
    /// What to strive for, instead of what the model says
    #[arg(long, value_parser = ObjectiveKind::WORDS.map(|(word, _)| word))]
    objective: Option<String>,
    /// Which solver to use
    #[arg(long, default_value = "auto", value_parser = Solver::WORDS.map(|(word, _)| word))]
    solver: String,
    /// What to print
    #[arg(long, default_value = "text", value_parser = ["text", "markdown", "json", "csv"])]
    format: String,
    /// Write files into this folder instead of printing them
    #[arg(long)]
    out: Option<PathBuf>,
    /// How many threads; as many as there are cores without it
    #[arg(long)]
    threads: Option<usize>,
}

impl Asking {
    /// The document, with its scenario applied.
    pub(crate) fn document(&self) -> Result<Document, Box<dyn Error>> {
        let document = Document::open(&self.model)?;
        match &self.scenario {
            Some(scenario) => Ok(document.scenario(scenario)?),
            None => Ok(document),
        }
    }

    /// How to solve.
    pub(crate) fn options(&self) -> Options {
        Options {
            objective: pick(&ObjectiveKind::WORDS, self.objective.as_deref()),
            solver: pick(&Solver::WORDS, Some(&self.solver)).unwrap_or_default(),
            ..Options::default()
        }
    }

    /// How to go about many solves: with a bar on the terminal, until Ctrl-C.
    pub(crate) fn work(&self) -> Work {
        let style = "{bar:30} {pos} of {len}, {eta} to go";
        let style = ProgressStyle::with_template(style).expect("a template that holds");
        let bar = ProgressBar::new(0).with_style(style);
        bar.enable_steady_tick(Duration::from_millis(200));
        let cancel = Cancel::default();
        let handle = cancel.clone();
        // Without a handler Ctrl-C just ends the program.
        let _ = ctrlc::set_handler(move || handle.cancel());
        Work {
            threads: self.threads,
            cancel: Some(cancel),
            step: Some(Arc::new(move |ended, of| {
                bar.set_length(of as u64);
                bar.set_position(ended as u64);
                if ended == of {
                    bar.finish_and_clear();
                }
            })),
        }
    }

    /// Print what was found, or write it into a folder; exit code 1 is bad input, 2 no plan.
    pub(crate) fn answer<F: Findings>(&self, found: Result<F, Box<dyn Error>>) -> ExitCode {
        let format = pick(&Format::WORDS, Some(&self.format)).unwrap_or_default();
        let name = self.model.file_stem().unwrap_or_default().to_string_lossy();
        let files = found.map(|found| {
            sinews::report::tables(format, &name, &found.tables()).unwrap_or_default()
        });
        deliver(files, self.out.as_deref())
    }
}
