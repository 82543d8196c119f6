//! What examples that make many rows share: shards, files of rows that can be gone on from, merging.

use super::out::{complain, say};
use clap::Args;
use sinews::analysis::{Header, Journal, Keep, Results, Shard, Trouble};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Where rows go and which of them are made.
#[derive(Args)]
pub(crate) struct Rows {
    /// Make only part K of N, as `2/4`; without it what Slurm or Kubernetes asks for, else all
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    /// Keep rows in this file, and go on from what is there; a part K of N adds `-K-of-N` to its name
    #[arg(long = "rows", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Make no rows: join the files that all parts wrote, and show what they say
    #[arg(long, value_name = "FILES", num_args = 1.., value_delimiter = ' ')]
    merge: Vec<PathBuf>,
}

/// Rows under way.
pub(crate) struct Kept {
    pub(crate) keep: Keep,
    journal: Option<Arc<Journal>>,
    path: Option<PathBuf>,
}

impl Rows {
    /// What to make, and what is there already.
    pub(crate) fn keep(&self, mut header: Header) -> Result<Kept, Trouble> {
        if !self.merge.is_empty() {
            return self.merged(&header);
        }
        let scheduler = || Shard::from_scheduler(|name| std::env::var(name).ok());
        let shard = match self.shard {
            Some(shard) => shard,
            None => scheduler()?.unwrap_or_default(),
        };
        header.shard = shard;
        let mut kept = Kept {
            keep: Keep {
                shard,
                ..Keep::default()
            },
            journal: None,
            path: self.file.as_deref().map(|path| part_of(path, shard)),
        };
        if let Some(path) = &kept.path {
            let (journal, there) = Journal::open(path, Results::new(header))?;
            kept.keep.done = Some(there);
            kept.journal = journal.map(Arc::new);
            kept.keep.each = kept.journal.as_ref().map(Journal::on_row);
        } else if shard != Shard::WHOLE {
            return Err(Trouble::Request {
                message: format!("shard {shard} has nowhere to go"),
                help: "write `--rows FILE.csv`".into(),
            });
        }
        Ok(kept)
    }

    fn merged(&self, header: &Header) -> Result<Kept, Trouble> {
        let read = |path: &PathBuf| Ok((path.display().to_string(), Results::read(path)?));
        let parts = self
            .merge
            .iter()
            .map(read)
            .collect::<Result<_, Trouble>>()?;
        let all = Results::merge(parts)?;
        if let Some(words) = header.difference(&all.header) {
            return Err(Trouble::Request {
                message: format!("the files are of {words} than what is asked"),
                help: "ask for what the parts were asked for, of the same model".into(),
            });
        }
        if let Some(path) = &self.file {
            all.write(path)?;
        }
        let keep = Keep {
            done: Some(all),
            ..Keep::default()
        };
        Ok(Kept {
            keep,
            journal: None,
            path: None,
        })
    }
}

impl Kept {
    /// Close the file. Gives an exit code where there is nothing more to show: the part is done, or was
    /// interrupted.
    pub(crate) fn close(&self, results: &Results) -> Result<Option<ExitCode>, Box<dyn Error>> {
        let whole = match &self.journal {
            Some(journal) => journal.finish(results)?,
            None => results.is_complete(),
        };
        let (shard, rows) = (results.header.shard, results.rows.len());
        let wanted = shard.jobs(results.header.rows).count();
        let place = self.path.as_ref().map(|path| path.display().to_string());
        if !whole {
            let kept = match &place {
                Some(place) => {
                    format!("; they are kept beside `{place}`: run the same again to go on")
                }
                None => "; with `--rows FILE.csv` they would be kept".into(),
            };
            complain(&format!("interrupted after {rows} of {wanted} rows{kept}"));
            return Ok((rows == 0 || shard != Shard::WHOLE).then_some(ExitCode::from(2)));
        }
        if shard == Shard::WHOLE {
            return Ok(None);
        }
        let place = place.unwrap_or_default();
        say(&format!("{place}: {rows} rows of shard {shard}\n"))?;
        Ok(Some(ExitCode::SUCCESS))
    }
}

/// The file of a part: `rows-2-of-4.csv`.
fn part_of(path: &Path, shard: Shard) -> PathBuf {
    if shard == Shard::WHOLE {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let (number, of) = (shard.number(), shard.of());
    path.with_file_name(format!("{stem}-{number}-of-{of}.{ending}"))
}
