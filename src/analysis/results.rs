//! Results of many solves in files: a row a solve, under a line that says what they belong to.
//!
//! A [`Results`] knows the model and the request it was made from, as fingerprints, so that rows of
//! different work are never mixed. [`Results::merge`] joins what shards found, and says what is missing.
//! [`Journal`] keeps rows as they come, so that work that was killed goes on where it stopped.
//!
//! A file is CSV, with a file beside it, `rows.datapackage.json`, that says what it belongs to and holds:
//!
//! ```text
//! number,key,failure,coverage,missing,input fund.aid.amount
//! 0,fund.aid.amount=x0.5,,0.41,2000000,0.5
//! ```
//!
//! In a journal, and as a [text](Results::csv), one line of properties stands before it instead:
//!
//! ```text
//! # sinews results; version=0.1.0; analysis=sweep; model=…; request=…; rows=3; shard=1/1
//! ```

mod journal;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
mod record;
mod sidecar;

pub use journal::Journal;

use super::{Shard, Trouble};
use crate::files;
use record::record;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What is told as each row comes: its number and what it holds, in whatever order they come.
pub type OnRow = Arc<dyn Fn(usize, &Solved) + Send + Sync>;

/// What rows belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Header {
    /// The version of this library that made them.
    pub version: String,
    /// Which analysis made them.
    pub analysis: String,
    /// The [`fingerprint`] of the model and of how it was solved.
    pub model: String,
    /// The fingerprint of what was asked.
    pub request: String,
    /// How many rows there are in all.
    pub rows: usize,
    /// The part of them that is meant to be here.
    pub shard: Shard,
    /// What each number of a row is.
    pub columns: Vec<String>,
}

/// What one solve gave.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Solved {
    /// What was solved: the same key means the same variation of the model.
    pub key: String,
    /// A number for each column; `None` where there is none.
    pub values: Vec<Option<f64>>,
    /// Why there is no plan, if there is none.
    pub failure: Option<String>,
}

/// What solves gave, by their number.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::analysis::sweep::{Request, sweep};
///
/// let model = sinews::read("models/tiny.toml")?;
/// let request = Request {
///     axes: vec!["line.plant.capacity=x1,x2".parse()?],
///     ..Request::default()
/// };
/// let found = sweep(&model, &request, &Default::default(), &Work::default())?;
/// assert!(found.results.is_complete());
/// assert_eq!(found.results.rows[&1].key, "line.plant.capacity=x2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Results {
    /// What they belong to.
    pub header: Header,
    /// What each solve gave, by its number.
    pub rows: BTreeMap<usize, Solved>,
}

/// The first words of a file of results.
const FIRST: &str = "# sinews results";
/// The largest file that is read.
const MOST_BYTES: u64 = 4 << 30;
/// The columns before the numbers.
const LEADING: [&str; 3] = ["number", "key", "failure"];

/// A short text that differs where texts differ: FNV-1a in 128 bits.
pub fn fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for text in texts {
        // A byte that no UTF-8 text holds ends each.
        for byte in text.bytes().chain([0xff]) {
            hash =
                (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    format!("{hash:032x}")
}

impl Header {
    pub(super) fn line(&self) -> String {
        let Self {
            version,
            analysis,
            model,
            request,
            rows,
            shard,
            ..
        } = self;
        format!(
            "{FIRST}; version={version}; analysis={analysis}; model={model}; request={request}; rows={rows}; shard={shard}"
        )
    }

    fn read(line: &str, columns: Vec<String>) -> Option<Self> {
        let parts = line.strip_prefix(FIRST)?.split("; ");
        let parts: BTreeMap<&str, &str> = parts.filter_map(|part| part.split_once('=')).collect();
        let text = |key: &str| parts.get(key).map(|&text| text.to_owned());
        Some(Self {
            version: text("version")?,
            analysis: text("analysis")?,
            model: text("model")?,
            request: text("request")?,
            rows: text("rows")?.parse().ok()?,
            shard: text("shard")?.parse().ok()?,
            columns,
        })
    }

    /// The record that names the columns.
    fn record(&self) -> impl Iterator<Item = &str> {
        LEADING
            .into_iter()
            .chain(self.columns.iter().map(String::as_str))
    }

    /// In what results of something else differ, in words.
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        let same = [
            (self.version == other.version, "another version"),
            (self.analysis == other.analysis, "another analysis"),
            (self.model == other.model, "another model"),
            (self.request == other.request, "another request"),
            (self.rows == other.rows, "another number of rows"),
            (self.columns == other.columns, "other columns"),
        ];
        let first = same.into_iter().find(|(same, _)| !same);
        first.map(|(_, words)| words)
    }
}

impl Solved {
    /// The row as a line of CSV.
    fn line(&self, number: usize, columns: &[String]) -> String {
        let numbers = columns.iter().zip(&self.values);
        let numbers = numbers.map(|(column, &value)| record::written(column, value));
        let leading = [
            number.to_string(),
            self.key.clone(),
            self.failure.clone().unwrap_or_default(),
        ];
        record(leading.into_iter().chain(numbers))
    }

    fn read(record: &csv::StringRecord, columns: &[String]) -> Option<(usize, Self)> {
        if record.len() != LEADING.len() + columns.len() {
            return None;
        }
        let number = record[0].parse().ok()?;
        let values = columns.iter().zip(record.iter().skip(LEADING.len()));
        let values = values.map(|(column, text)| record::read(column, text));
        let values: Option<Vec<_>> = values.collect();
        let failure = (!record[2].is_empty()).then(|| record[2].to_owned());
        let key = record[1].to_owned();
        Some((
            number,
            Self {
                key,
                values: values?,
                failure,
            },
        ))
    }
}

impl Results {
    /// No rows yet.
    pub fn new(header: Header) -> Self {
        Self {
            header,
            rows: BTreeMap::new(),
        }
    }

    /// Them as one text, which says in its first line what they belong to.
    pub fn csv(&self) -> String {
        format!("{}\n{}", self.header.line(), self.plain())
    }

    /// The text of a file of them.
    fn plain(&self) -> String {
        let mut text = record(self.header.record());
        for (&number, row) in &self.rows {
            text.push_str(&row.line(number, &self.header.columns));
        }
        text
    }

    /// Read the text of a file. What stands after the last whole line is left out, so that a file
    /// whose writing was cut off can be read.
    ///
    /// # Errors
    /// The text is no file of results.
    pub fn parse(name: &str, text: &str) -> Result<Self, Trouble> {
        let refuse = || {
            let message = format!("`{name}` holds no results");
            let help =
                "name files that `--rows` wrote, each with its `.datapackage.json` beside it";
            Trouble::request(message, help)
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        let (first, rest) = whole.split_once('\n').ok_or_else(refuse)?;
        let mut records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(rest.as_bytes());
        let mut records = records.records();
        let head = records.next().and_then(Result::ok).ok_or_else(refuse)?;
        let columns = head.iter().skip(LEADING.len()).map(Into::into).collect();
        let header = Header::read(first, columns).ok_or_else(refuse)?;
        let mut results = Self::new(header);
        for record in records {
            let read = record.ok();
            let read = read.and_then(|record| Solved::read(&record, &results.header.columns));
            let (number, row) = read.ok_or_else(refuse)?;
            results.rows.insert(number, row);
        }
        Ok(results)
    }

    /// Read a file, as Parquet if its name ends so (with the feature `parquet`), else as CSV.
    ///
    /// # Errors
    /// It cannot be read, or holds no results.
    pub fn read(path: &Path) -> Result<Self, Trouble> {
        #[cfg(feature = "parquet")]
        if path.extension().is_some_and(|ending| ending == "parquet") {
            return parquet::read(path);
        }
        let bytes = files::read(path, MOST_BYTES).map_err(Trouble::file)?;
        let mut text = String::from_utf8_lossy(&bytes);
        if !text.starts_with(FIRST)
            && let Some(line) = sidecar::read(path)
        {
            text = format!("{line}\n{text}").into();
        }
        Self::parse(&path.display().to_string(), &text)
    }

    /// Write a file as a [whole](files::write). As Parquet if its name ends so (with the feature `parquet`),
    /// else as CSV, with a file `.datapackage.json` beside it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Trouble> {
        let bytes = if path.extension().is_some_and(|ending| ending == "parquet") {
            self.parquet()?
        } else {
            sidecar::write(path, &self.header)?;
            self.plain().into_bytes()
        };
        files::write(path, &bytes).map_err(Trouble::file)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self) -> Result<Vec<u8>, Trouble> {
        parquet::bytes(self)
    }

    #[cfg(not(feature = "parquet"))]
    #[expect(clippy::unused_self, reason = "with Parquet it is used")]
    fn parquet(&self) -> Result<Vec<u8>, Trouble> {
        Err(Trouble::request(
            "Parquet is not built in",
            "build with `--features parquet`, or name a file that ends in `.csv`",
        ))
    }

    /// Whether every row of its shard is here.
    pub fn is_complete(&self) -> bool {
        let mut wanted = self.header.shard.jobs(self.header.rows);
        wanted.all(|number| self.rows.contains_key(&number))
    }

    /// Join what shards found into the whole.
    ///
    /// # Errors
    /// Parts of different work, a row twice, or rows that are missing: which, and what to run again.
    pub fn merge(parts: Vec<(String, Self)>) -> Result<Self, Trouble> {
        let mut parts = parts.into_iter();
        let Some((first_name, mut all)) = parts.next() else {
            let help = "name the files that the shards wrote";
            return Err(Trouble::request("nothing to merge", help));
        };
        let mut shards = vec![all.header.shard];
        for (name, part) in parts {
            if let Some(words) = all.header.difference(&part.header) {
                return Err(Trouble::request(
                    format!("`{name}` is of {words} than `{first_name}`"),
                    "merge files of one request only, all made by one version",
                ));
            }
            if let Some((number, _)) = part.rows.iter().find(|(n, _)| all.rows.contains_key(n)) {
                return Err(Trouble::request(
                    format!("row {number} is in `{name}` and in a file before it"),
                    "name each shard's file once",
                ));
            }
            shards.push(part.header.shard);
            all.rows.extend(part.rows);
        }
        all.header.shard = Shard::WHOLE;
        if all.is_complete() {
            return Ok(all);
        }
        let missing = |shard: &Shard| {
            let mut jobs = shard.jobs(all.header.rows);
            jobs.any(|number| !all.rows.contains_key(&number))
        };
        let of = shards[0].of();
        let lacking = (1..=of).filter_map(|number| Shard::new(number, of).ok());
        let lacking: Vec<_> = lacking.filter(missing).map(|s| format!("`{s}`")).collect();
        let (here, wanted) = (all.rows.len(), all.header.rows);
        Err(Trouble::request(
            format!("{} of {wanted} rows are missing", wanted - here),
            format!(
                "run shard {} again, and merge all files",
                lacking.join(", ")
            ),
        ))
    }
}
