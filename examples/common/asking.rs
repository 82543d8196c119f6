//! What the examples of analyses share: model and scenario, solver, form, progress, interruption.
#![allow(dead_code)]

use super::pictures::Pictures;
use super::{Chosen, Sheets, bar, deliver, file_name, pick, style, words};
use clap::Args;
use clap::builder::PossibleValuesParser;
use sinews::analysis::Work;
use sinews::document::Document;
use sinews::model::ObjectiveKind;
use sinews::report::page::Section;
use sinews::report::{File, Format, Illustrated, Style, plots_of};
use sinews::solve::{Cancel, Options, Solver};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The name of the example: pages of several analyses of a model can lie in one folder.
const ANALYSIS: &str = env!("CARGO_CRATE_NAME");

/// What every analysis is asked.
#[derive(Args)]
pub(crate) struct Asking {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// What to strive for, instead of what the model says
    #[arg(long, value_parser = ObjectiveKind::WORDS.map(|(word, _)| word))]
    objective: Option<String>,
    /// Which solver to use
    #[arg(long, default_value = "auto", value_parser = words(Solver::WORDS))]
    solver: String,
    /// What to print; `html` is one page with charts
    #[arg(long, default_value = "text", value_parser = formats())]
    format: String,
    #[command(flatten)]
    sheets: Sheets,
    /// Write files into this folder instead of printing them
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    pictures: Pictures,
    /// Also write every table into this Excel workbook
    #[cfg(feature = "xlsx")]
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// How many threads; as many as there are cores without it
    #[arg(long)]
    threads: Option<usize>,
}

/// The forms that tables of an analysis have.
fn formats() -> PossibleValuesParser {
    let words = Format::WORDS.iter().map(|(word, _)| *word);
    let own = words.filter(|word| !["lp", "mps"].contains(word));
    PossibleValuesParser::new(own.collect::<Vec<_>>())
}

impl Asking {
    /// The document, with its scenario applied.
    pub(crate) fn document(&self) -> Result<Document, Box<dyn Error>> {
        Ok(self.chosen.document()?)
    }

    /// How to solve.
    pub(crate) fn options(&self) -> Options {
        Options {
            objective: pick(&ObjectiveKind::WORDS, self.objective.as_deref()),
            solver: pick(Solver::WORDS, Some(&self.solver)).unwrap_or_default(),
            ..Options::default()
        }
    }

    /// How to go about many solves: with a bar on the terminal, until Ctrl-C.
    pub(crate) fn work(&self) -> Work {
        let cancel = Cancel::default();
        let handle = cancel.clone();
        // Without a handler Ctrl-C just ends the program.
        let _ = ctrlc::set_handler(move || handle.cancel());
        Work {
            threads: self.threads,
            cancel: Some(cancel),
            step: Some(bar()),
        }
    }

    /// The form that is asked for.
    pub(crate) fn form(&self) -> Format {
        let format = pick(Format::WORDS, Some(&self.format)).unwrap_or_default();
        self.sheets.form(format)
    }

    /// How text is laid out.
    pub(crate) fn style(&self) -> Style {
        style(self.out.as_deref())
    }

    /// Write pictures of some sections, if they are asked for: their titles, and where their files lie.
    pub(crate) fn drawn(
        &self,
        sections: &[Section],
    ) -> Result<Vec<(String, String)>, Box<dyn Error>> {
        self.pictures.write(|| plots_of(sections))?;
        let from = self.out.as_deref().unwrap_or(Path::new(""));
        Ok(self.pictures.written(sections, from))
    }

    /// Print one file, or write it into the folder.
    pub(crate) fn say(&self, file: Result<File, Box<dyn Error>>) -> ExitCode {
        deliver(file.map(|file| vec![file]), self.out.as_deref())
    }

    /// Print what was found, or write it into a folder; exit code 1 is bad input, 2 no plan.
    pub(crate) fn answer<F: Illustrated>(&self, found: Result<F, Box<dyn Error>>) -> ExitCode {
        let files = found.and_then(|found| self.files(&found));
        deliver(files, self.out.as_deref())
    }

    fn files(&self, found: &dyn Illustrated) -> Result<Vec<File>, Box<dyn Error>> {
        let format = self.form();
        let path = &self.chosen.model;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let model = || Ok::<_, Box<dyn Error>>(self.document()?.model()?);
        if self.pictures.wanted() {
            let sections = found.sections(&model()?);
            self.pictures.write(|| plots_of(&sections))?;
        }
        #[cfg(feature = "xlsx")]
        if let Some(file) = &self.xlsx {
            let tables = [found.tables(), found.observations()].concat();
            let book = sinews::report::xlsx_tables(&tables, model()?.money.base())?;
            sinews::files::write(file, &book)?;
        }
        if format == Format::Html {
            let apart = [self.chosen.scenario.as_deref(), Some(ANALYSIS)];
            let name = file_name(path, &apart);
            let page = found.page(&model()?);
            return Ok(vec![File::new(format!("{name}.html"), page)]);
        }
        let mut tables = found.tables();
        if format.is_by_table() {
            tables.extend(found.observations());
        }
        let files = sinews::report::tables(format, &name, &tables, model()?.money.base());
        Ok(self.sheets.marked(files.unwrap_or_default()))
    }
}
