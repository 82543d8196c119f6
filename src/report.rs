//! Reports: the plan as text, Markdown, CSV, JSON and a page with charts, the program as LP and MPS.
//!
//! Every function returns its report; nothing is printed. [`text()`] and [`markdown()`] show the same
//! tables, a year to a column; [`csv()`] gives every number, a line each, with units in the headings; [`json()`] has stable keys,
//! described in `docs/report.md`; [`html()`] is one self-contained page. An analysis adds to the page
//! by filling [`page::Section`]s and handing them to [`html_with`]; what an analysis found has a page of
//! its own ([`Illustrated`]) and tables in the same forms ([`tables()`]). With a brief of the plan, every form but the
//! program's leads with it ([`Report`]).

mod analyses;
mod brief;
mod csv;
mod datapackage;
mod findings;
mod geography;
mod html;
mod json;
mod layout;
mod markdown;
mod number;
mod order;
pub mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod pipe_table;
#[cfg(feature = "png")]
mod png;
pub mod record;
mod sections;
pub mod sheets;
mod summary;
mod svg;
mod tables;
mod text;
mod views;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use analyses::{Illustrated, Placed};
pub use brief::{brief_markdown, brief_markdown_with, brief_text};
pub use csv::csv;
pub use html::{Case, comparison_html, html, html_with};
pub use json::{json, record};
pub use layout::Style;
pub use markdown::markdown;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
#[cfg(feature = "png")]
pub use png::{NoPicture, png};
pub use svg::{plots, plots_of, svg};
pub use tables::tables;
pub use text::{text, text_with};
#[cfg(feature = "xlsx")]
pub use xlsx::{xlsx, xlsx_tables};

use crate::analysis::Findings;
use crate::analysis::brief::Brief;
use crate::document::Vary;
use crate::model::Model;
use crate::program::Program;
use crate::solution::Solution;

/// A form in which a plan can be reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Tables for a terminal.
    #[default]
    Text,
    /// Tables for a page.
    Markdown,
    /// One document with stable keys.
    Json,
    /// One file a table, for statistics: one row an observation, plain names, every digit, and a file
    /// `datapackage.json` that says what each column holds, in which unit.
    Csv,
    /// One file a table as CSV, for people who open it in a spreadsheet: units in the headings, columns as in text.
    Spreadsheet,
    /// One self-contained page with charts.
    Html,
    /// One file a table, as CSV, in columns that keep their types.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The program itself in the LP format; needs no solve.
    Lp,
    /// The program itself in the MPS format; needs no solve.
    Mps,
}

impl Format {
    /// Every form, with the word for it.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("json", Self::Json),
        ("csv", Self::Csv),
        ("spreadsheet", Self::Spreadsheet),
        ("html", Self::Html),
        #[cfg(feature = "parquet")]
        ("parquet", Self::Parquet),
        ("lp", Self::Lp),
        ("mps", Self::Mps),
    ];

    /// Whether it has one file a table: room for tables of thousands of rows.
    pub fn is_by_table(self) -> bool {
        match self {
            Self::Csv | Self::Spreadsheet => true,
            #[cfg(feature = "parquet")]
            Self::Parquet => true,
            Self::Text | Self::Markdown | Self::Json | Self::Html | Self::Lp | Self::Mps => false,
        }
    }

    /// The program of a model as files, in a form that needs no solve; `None` for the other forms.
    pub fn program(self, name: &str, model: &Model, program: &Program) -> Option<Vec<File>> {
        let text = match self {
            Self::Lp => program.lp(model),
            Self::Mps => program.mps(model),
            _ => return None,
        };
        Some(vec![File::new(format!("{name}.{}", self.ending()), text)])
    }

    /// A plan as files: one, or for CSV, spreadsheets and Parquet one a table. Text is laid out plainly.
    pub fn files(self, name: &str, model: &Model, solution: &Solution) -> Vec<File> {
        self.files_with(name, model, solution, Style::default())
    }

    /// The same, with text laid out in a style.
    pub fn files_with(
        self,
        name: &str,
        model: &Model,
        solution: &Solution,
        style: Style,
    ) -> Vec<File> {
        let report = Report {
            model,
            solution,
            brief: None,
            style,
        };
        report.files(self, name)
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Csv | Self::Spreadsheet => "csv",
            Self::Html => "html",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Lp => "lp",
            Self::Mps => "mps",
        }
    }
}

/// A plan, and the brief of it if there is one.
///
/// ```
/// use sinews::report::{Format, Report, Style};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let solution = sinews::solve(&model, &Default::default())?;
/// let report = Report {
///     model: &model,
///     solution: &solution,
///     brief: None,
///     style: Style::default(),
/// };
/// assert_eq!(report.files(Format::Html, "tiny").len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its plan.
    pub solution: &'a Solution,
    /// What matters in one screen: it stands before all else.
    pub brief: Option<&'a Brief>,
    /// How text is laid out.
    pub style: Style,
}

impl Report<'_> {
    /// It as one HTML file that needs nothing else, with sections that analyses add. The document, or the model itself,
    /// says where the figures stand that are behind the numbers.
    pub fn page(&self, document: &dyn Vary, more: &[page::Section]) -> String {
        html::report(self, document, more)
    }

    /// It as files in a form: one, or for CSV, spreadsheets and Parquet one a table.
    pub fn files(&self, format: Format, name: &str) -> Vec<File> {
        let (model, solution) = (self.solution.own(self.model), self.solution);
        let text = match format {
            Format::Text => text::report(self),
            Format::Markdown => markdown::report(self),
            Format::Json => json::report(self),
            Format::Html => self.page(model, &[]),
            Format::Lp | Format::Mps => {
                return format
                    .program(name, model, solution.program())
                    .unwrap_or_default();
            }
            _ => {
                let mut all = self.brief.map_or_else(Vec::new, Findings::tables);
                all.extend(sheets::sheets(model, solution));
                return tables(format, name, &all, model.money.base()).unwrap_or_default();
            }
        };
        vec![File::new(format!("{name}.{}", format.ending()), text)]
    }
}

/// A file to be written: its name and what is in it.
///
/// ```
/// use sinews::report::{File, Format};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let plan = sinews::solve(&model, &Default::default())?;
/// let files: Vec<File> = Format::Csv.files("tiny", &model, &plan);
/// assert!(files.iter().any(|file| file.name.ends_with(".csv")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file of text or of bytes.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: content.into(),
        }
    }

    /// Its text. `None`: it holds none, as Parquet and pictures of pixels.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}
