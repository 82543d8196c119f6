//! Changes listed in a CSV file: which figure, and what becomes of it.
//!
//! The first line names the columns, in any order: `figure` and `value`, and `note` if there is something to say of
//! the values. A figure is named as changes name it (`fund.*.amount`); a value is a [`Setting`]: `x0.5`, `+6 months`,
//! `3 bn EUR/year`. Commas, semicolons or tabs divide columns, whichever the first line has.
//!
//! ```
//! use sinews::document::{ChangeList, Document};
//!
//! let document = Document::open("models/shells.toml")?;
//! let changes = ChangeList::parse("worse.csv", "figure,value\nline.*.capacity,x0.5\n")?;
//! let model = document.listed(&changes)?.model()?;
//! # Ok::<(), sinews::problem::Problems>(())
//! ```

use super::Document;
use super::change::Pattern;
use super::named::load;
use super::overlay::Overlay;
use super::scenario::Made;
use super::setting::{NotASetting, Setting};
use super::tree::{Entry, Node, Value};
use crate::problem::{Kind, Problem, Problems, Spot, Text};
use std::ops::Range;
use std::path::Path;

/// The columns there may be.
const COLUMNS: [&str; 3] = ["figure", "value", "note"];

/// Changes as a CSV file lists them, each knowing where it stands.
#[derive(Clone, Debug)]
pub struct ChangeList {
    text: Text,
    rows: Vec<Row>,
}

/// A line of the list.
#[derive(Clone, Debug)]
struct Row {
    figures: Pattern,
    setting: Setting,
    note: Option<String>,
    /// Where the figure stands, in bytes.
    figure_at: Range<usize>,
    /// Where the value stands.
    value_at: Range<usize>,
}

impl ChangeList {
    /// Read a file.
    ///
    /// # Errors
    /// It cannot be read, or as [`parse`](Self::parse).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Problems> {
        let path = path.as_ref();
        Self::parse(&path.display().to_string(), &load(path)?)
    }

    /// Read the text of a file.
    ///
    /// # Errors
    /// A column that is missing or unknown; a line whose figure or value cannot be read: all of them, at their lines.
    pub fn parse(name: &str, text: &str) -> Result<Self, Problems> {
        let text = Text {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let mut found = Problems::default();
        let rows = rows(&text.text, &mut found);
        let sources = vec![text.clone()];
        found.located(sources, |_| None).or(Self { text, rows })
    }

    /// Every change, in the order of the lines: which figures, and what becomes of them.
    pub fn settings(&self) -> impl Iterator<Item = (&Pattern, &Setting)> {
        self.rows.iter().map(|row| (&row.figures, &row.setting))
    }

    /// The list with the change of one line alone; `n` counts from 0.
    fn only(&self, n: usize) -> Self {
        Self {
            text: self.text.clone(),
            rows: self.rows[n..=n].to_vec(),
        }
    }

    /// Try each change by itself.
    ///
    /// # Errors
    /// What is wrong with the document, or else with any of the models that one change alone makes of it: all of it,
    /// each at its line.
    pub fn check_each(&self, document: &Document) -> Result<(), Problems> {
        document.model()?;
        let mut found = Problems::default();
        let mut sources = Vec::new();
        for n in 0..self.rows.len() {
            let made = document.listed(&self.only(n));
            if let Err(problems) = made.and_then(|document| document.model()) {
                sources = problems.sources().to_vec();
                found.extend(problems.list().iter().cloned());
            }
        }
        found.located(sources, |_| None).or(())
    }
}

impl Document {
    /// The document with all changes of a list made, as a scenario would make them.
    ///
    /// # Errors
    /// A figure that is changed twice, and patterns that match nothing; what is wrong with the model that the list
    /// makes comes with [`model`](Self::model), at its line.
    pub fn listed(&self, changes: &ChangeList) -> Result<Self, Problems> {
        let mut new = self.clone();
        let source = new.sources.len();
        new.sources.push(changes.text.clone());
        new.applied.layers += 1;
        let layer = new.applied.layers;
        let at = |range: &Range<usize>| Spot {
            source,
            range: range.clone(),
        };
        let mut found = Problems::default();
        for (n, row) in changes.rows.iter().enumerate() {
            let earlier = &changes.rows[..n];
            if let Some(first) = earlier.iter().find(|own| own.figures == row.figures) {
                let message = format!("`{}` is changed twice", row.figures);
                let problem = Problem::new(Kind::Repeated, at(&row.figure_at), message)
                    .label("the second")
                    .also(at(&first.figure_at), "the first")
                    .help("keep one of them");
                found.push(problem);
                continue;
            }
            let spot = at(&row.figure_at);
            if let Some(change) = row.setting.change(&row.figures) {
                new.applied.changes.push(Made {
                    change,
                    layer,
                    spot,
                });
                continue;
            }
            let mut overlay = Overlay::new(&mut new.applied.laid, layer, &mut found);
            let note = format!("Set by {}", changes.text.name);
            let note = row.note.as_deref().unwrap_or(&note);
            overlay.all(&mut new.tree, &row.node(&spot, at(&row.value_at)), note);
        }
        let sources = new.sources.clone();
        found.located(sources, |_| None).or(new)
    }
}

impl Row {
    /// Its value under its keys, as a model file would have it.
    fn node(&self, figure: &Spot, value: Spot) -> Node {
        let text = self.setting.to_string();
        let written = match text.parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Text(text),
        };
        let leaf = Node {
            value: written,
            spot: value,
        };
        let keys = self.figures.keys().iter().rev();
        keys.fold(leaf, |node, key| Node {
            value: Value::Table(vec![Entry {
                key: key.clone(),
                key_spot: figure.clone(),
                node,
            }]),
            spot: figure.clone(),
        })
    }
}

/// Every line that can be read; what is wrong with the others.
fn rows(text: &str, found: &mut Problems) -> Vec<Row> {
    let first = text.lines().next().unwrap_or_default();
    let delimiters = [b',', b';', b'\t'].into_iter();
    let delimiter = delimiters
        .into_iter()
        .find(|&d| first.bytes().any(|b| b == d));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut starts = Vec::new();
    let mut record = csv::StringRecord::new();
    // Texts are UTF-8, and lines may be of any length: nothing else can go wrong.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, csv::Position::byte);
        starts.push(usize::try_from(start).unwrap_or(usize::MAX).min(text.len()));
        records.push(record.clone());
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let lines: Vec<Range<usize>> = starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(a, b)| a..b)
        .collect();
    let mut all = records.iter().zip(&lines);
    let head = all.next();
    let Some([figure, value, note]) = columns(text, head, found) else {
        return Vec::new();
    };
    let (Some(figure), Some(value)) = (figure, value) else {
        return Vec::new();
    };
    let read = |(record, line): (&csv::StringRecord, &Range<usize>)| {
        let cell = |n: usize| record.get(n).unwrap_or_default();
        let (figure, value) = (cell(figure), cell(value));
        let (figure_at, value_at) = (within(text, line, figure), within(text, line, value));
        let figures = figure.parse::<Pattern>().map_err(|fault| {
            let problem = Problem::new(Kind::UnknownName, spot(&figure_at), fault.to_string());
            let problem = problem.label("names no figures");
            found.push(problem.help("write where the figures stand: `line.*.capacity`"));
        });
        let setting = value.parse::<Setting>().map_err(|fault: NotASetting| {
            let problem = Problem::new(Kind::WrongType, spot(&value_at), fault.to_string());
            found.push(problem.label("cannot be read").help(NotASetting::HELP));
        });
        let note = note.map(cell).filter(|note| !note.is_empty());
        Some(Row {
            figures: figures.ok()?,
            setting: setting.ok()?,
            note: note.map(str::to_owned),
            figure_at,
            value_at,
        })
    };
    all.filter_map(read).collect()
}

/// The places of the columns in the first line; `None` with a fault where one is missing or unknown.
fn columns(
    text: &str,
    head: Option<(&csv::StringRecord, &Range<usize>)>,
    found: &mut Problems,
) -> Option<[Option<usize>; 3]> {
    let empty = (csv::StringRecord::new(), 0..text.len().min(1));
    let (record, line) = head.unwrap_or((&empty.0, &empty.1));
    let help = "write `figure,value` in the first line, and a change in each that follows";
    let mut sound = true;
    for name in record.iter().filter(|name| !COLUMNS.contains(name)) {
        let message = format!("there is no column `{name}`");
        let problem = Problem::new(Kind::UnknownField, spot(&within(text, line, name)), message);
        found.push(problem.label("not known").help(help));
        sound = false;
    }
    let places = COLUMNS.map(|name| record.iter().position(|own| own == name));
    for (name, place) in COLUMNS.iter().zip(places).take(2) {
        if place.is_none() {
            let message = format!("no column `{name}`");
            let problem = Problem::new(Kind::MissingField, spot(&within(text, line, "")), message);
            found.push(problem.label("names the columns").help(help));
            sound = false;
        }
    }
    sound.then_some(places)
}

fn spot(range: &Range<usize>) -> Spot {
    Spot {
        source: 0,
        range: range.clone(),
    }
}

/// Where a cell stands in a line of a text; the whole line where it is written in another way.
fn within(text: &str, line: &Range<usize>, cell: &str) -> Range<usize> {
    let whole = text.get(line.clone()).unwrap_or_default();
    let start = line.start + (whole.len() - whole.trim_start().len());
    let line = start..start + whole.trim().len();
    let found = text[line.clone()].find(cell).filter(|_| !cell.is_empty());
    found.map_or(line.clone(), |at| {
        line.start + at..line.start + at + cell.len()
    })
}
