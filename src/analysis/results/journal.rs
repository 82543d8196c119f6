//! Rows as they come, in a file beside the one that will hold them all.

use super::{OnRow, Results, Solved};
use crate::analysis::Trouble;
use crate::files;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A file of results under way: `NAME.part` holds the rows that have come so far, a line each; at the
/// end [`finish`](Self::finish) writes `NAME` as a whole and removes it.
///
/// ```
/// use sinews::analysis::sweep::{Request, header, sweep};
/// use sinews::analysis::{Journal, Results, Work};
/// use std::sync::Arc;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let mut request = Request {
///     axes: vec!["line.plant.capacity=x1,x2".parse()?],
///     ..Request::default()
/// };
/// let none = Results {
///     header: header(&model, &request, &Default::default())?,
///     rows: Default::default(),
/// };
/// let file = std::env::temp_dir().join(format!("sinews-journal-{}.csv", std::process::id()));
/// let (journal, done) = Journal::open(&file, none)?;
/// let journal = journal.map(Arc::new);
/// request.keep.done = Some(done);
/// request.keep.each = journal.as_ref().map(Journal::on_row);
/// let found = sweep(&model, &request, &Default::default(), &Work::default())?;
/// if let Some(journal) = journal {
///     journal.finish(&found.results)?;
/// }
/// assert_eq!(Results::read(&file)?.rows.len(), 2);
/// # std::fs::remove_file(&file)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    part: PathBuf,
    file: Mutex<File>,
    columns: Vec<String>,
    /// The first row that could not be kept.
    fault: Mutex<Option<Trouble>>,
}

impl Journal {
    /// Open the journal of a file, with the rows that earlier runs left: `found` starts without rows and
    /// says what they must belong to. `None` for the journal: the file is there and complete.
    ///
    /// # Errors
    /// The file, or its journal, belongs to other work; or it cannot be written.
    pub fn open(path: &Path, mut found: Results) -> Result<(Option<Self>, Results), Trouble> {
        if path.exists() {
            let there = Results::read(path)?;
            refuse_other(path, &found, &there)?;
            if there.is_complete() {
                return Ok((None, there));
            }
            found.rows.extend(there.rows);
        }
        let part = part_of(path);
        if part.exists() {
            // A run that was killed at once may have left a file without its first lines.
            if let Ok(there) = Results::read(&part) {
                refuse_other(&part, &found, &there)?;
                found.rows.extend(there.rows);
            }
        }
        // What was cut off in mid-line goes: the journal starts again with what was whole.
        let head = Results {
            header: found.header.clone(),
            rows: found.rows.clone(),
        };
        let file = files::write(&part, head.csv().as_bytes()).and_then(|()| files::append(&part));
        let file = Mutex::new(file.map_err(Trouble::file)?);
        let path = path.to_owned();
        let fault = Mutex::new(None);
        let journal = Self {
            path,
            part,
            file,
            columns: found.header.columns.clone(),
            fault,
        };
        Ok((Some(journal), found))
    }

    /// Keep a row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, number: usize, row: &Solved) -> Result<(), Trouble> {
        let part = self.part.display();
        let fault = |error: &dyn std::fmt::Display| {
            Trouble::file(format!("cannot write `{part}`: {error}"))
        };
        let mut file = self.file.lock().map_err(|error| fault(&error))?;
        let line = row.line(number, &self.columns);
        file.write_all(line.as_bytes())
            .map_err(|error| fault(&error))
    }

    /// Keeps every row it is told of; [`finish`](Self::finish) tells of the first that could not be.
    pub fn on_row(self: &Arc<Self>) -> OnRow {
        let journal = Arc::clone(self);
        Arc::new(move |number, row| {
            if let (Err(trouble), Ok(mut fault)) = (journal.keep(number, row), journal.fault.lock())
            {
                fault.get_or_insert(trouble);
            }
        })
    }

    /// Write all rows as a whole, and remove the journal. Gives `false`, and does nothing, while rows
    /// are missing.
    ///
    /// # Errors
    /// It, or a row before, cannot be written.
    pub fn finish(&self, all: &Results) -> Result<bool, Trouble> {
        if let Ok(mut fault) = self.fault.lock()
            && let Some(trouble) = fault.take()
        {
            return Err(trouble);
        }
        if !all.is_complete() {
            return Ok(false);
        }
        all.write(&self.path)?;
        files::remove(&self.part).map_err(Trouble::file)?;
        Ok(true)
    }
}

/// The journal of a file.
fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

fn refuse_other(path: &Path, wanted: &Results, there: &Results) -> Result<(), Trouble> {
    let words = wanted.header.difference(&there.header);
    let shard = (wanted.header.shard != there.header.shard).then_some("another shard");
    match words.or(shard) {
        None => Ok(()),
        Some(words) => Err(Trouble::request(
            format!("`{}` holds results of {words}", path.display()),
            "remove it, or name another file",
        )),
    }
}
