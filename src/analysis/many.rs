//! Many variations of one model, each solved and kept as a row of results.

use super::results::{Header, OnRow, Results, Solved, fingerprint};
use super::{Outcome, Shard, Trouble, Work};
use crate::document::Vary;
use crate::solve::{Failure, Options, Runner, Session};
use std::collections::HashSet;
use std::fmt;

/// Which rows to make, and what becomes of them.
///
/// ```
/// use sinews::analysis::Keep;
///
/// // The second of four parts of the jobs, on a machine of its own.
/// let keep = Keep {
///     shard: "2/4".parse()?,
///     ..Keep::default()
/// };
/// # let _ = keep;
/// # Ok::<(), sinews::analysis::Trouble>(())
/// ```
#[derive(Clone, Default)]
pub struct Keep {
    /// The part of all rows to make.
    pub shard: Shard,
    /// Rows that are there already, of this model and of these columns: those whose key is wanted are not
    /// made again. Rows without a plan are.
    pub done: Option<Results>,
    /// Called with each row as it comes.
    pub each: Option<OnRow>,
}

impl fmt::Debug for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keep")
            .field("shard", &self.shard)
            .field("done", &self.done.as_ref().map(|done| done.rows.len()))
            .field("each", &self.each.is_some())
            .finish()
    }
}

/// The [`fingerprint`] of all that a model says: its texts, the facts it may cite, the scenario that is applied.
///
/// ```
/// # use sinews::{analysis::digest, document::Document};
/// let document = Document::open("models/shells.toml")?;
/// assert_eq!(digest(&document), digest(&Document::open("models/shells.toml")?));
/// assert_ne!(digest(&document), digest(&document.scenario("half_the_aid")?));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
pub fn digest(document: &dyn Vary) -> String {
    let texts = document.texts();
    fingerprint(texts.iter().map(String::as_str))
}

/// What rows of an analysis belong to, before any is made.
pub(super) fn header(
    analysis: &str,
    document: &dyn Vary,
    options: &Options,
    request: &str,
    rows: usize,
    (columns, shard): (Vec<String>, Shard),
) -> Header {
    let how = format!("{:?} {:?}", options.objective, options.solver);
    Header {
        version: env!("CARGO_PKG_VERSION").into(),
        analysis: analysis.into(),
        model: fingerprint([digest(document).as_str(), how.as_str()]),
        request: fingerprint([request]),
        rows,
        shard,
        columns,
    }
}

/// What is kept of each plan, and what was set or drawn for it, as the columns of results.
pub(super) fn columns(
    outcomes: &[Outcome],
    inputs: impl IntoIterator<Item = String>,
) -> Vec<String> {
    let mut all: Vec<String> = outcomes.iter().map(ToString::to_string).collect();
    for input in inputs {
        let name = format!("input {input}");
        let mut numbers = 2..;
        let mut unique = name.clone();
        while all.contains(&unique) {
            unique = format!("{name} {}", numbers.next().unwrap_or_default());
        }
        all.push(unique);
    }
    all
}

/// Solve the rows of a shard that are not there yet; each on the session of its number modulo their count.
///
/// `chains` holds the number of each row once. Those of a chain are solved in turn by one thread; `solve` is
/// told whether it may go on from the row before in its chain, which it gives the same for whatever part of
/// the rows is wanted: rows that are there, or belong to other shards, are solved again for those after them.
///
/// A row holds what `solve` gives, and then what `inputs` says of its number: a variation without a plan gives a row
/// that says so, and has inputs as well. After a cancellation, what has come is given.
#[expect(
    clippy::too_many_arguments,
    reason = "what is solved, which rows, and how: each is another thing"
)]
pub(super) fn run(
    header: Header,
    keys: &[String],
    keep: &Keep,
    work: &Work,
    mut chains: Vec<Vec<usize>>,
    sessions: impl FnOnce() -> Result<Vec<Session>, Trouble>,
    inputs: impl Fn(usize) -> Vec<Option<f64>> + Sync,
    solve: impl Fn(&mut Runner, usize, bool) -> Result<Vec<Option<f64>>, Trouble> + Sync,
) -> Result<Results, Trouble> {
    let columns = header.columns.len();
    let mut results = Results::new(header);
    if let Some(done) = &keep.done {
        take_over(&mut results, done, keys, keep.shard)?;
    }
    let wanted = keep.shard.jobs(keys.len());
    let open: HashSet<usize> = wanted.filter(|n| !results.rows.contains_key(n)).collect();
    if open.is_empty() {
        return Ok(results);
    }
    for chain in &mut chains {
        let last = chain.iter().rposition(|number| open.contains(number));
        chain.truncate(last.map_or(0, |last| last + 1));
    }
    chains.retain(|chain| !chain.is_empty());
    let sessions = sessions()?;
    let rows = work.run(
        &chains,
        keys.len(),
        || sessions.iter().map(Session::runner).collect::<Vec<_>>(),
        |runners, number, follows| {
            let own = number % runners.len();
            let solved = solve(&mut runners[own], number, follows);
            if !open.contains(&number) {
                return None;
            }
            let inputs = inputs(number);
            let outcomes = columns - inputs.len();
            let mut row = row(keys[number].clone(), solved, outcomes)?;
            row.values.extend(inputs);
            if let Some(each) = &keep.each {
                each(number, &row);
            }
            Some(row)
        },
    );
    let rows = rows.into_iter().map(Option::flatten).enumerate();
    results
        .rows
        .extend(rows.filter_map(|(number, row)| Some((number, row?))));
    Ok(results)
}

/// What a solve gave, of so many outcomes; `None` if it was cancelled.
fn row(key: String, solved: Result<Vec<Option<f64>>, Trouble>, outcomes: usize) -> Option<Solved> {
    Some(match solved {
        Ok(values) => Solved {
            key,
            values,
            failure: None,
        },
        Err(Trouble::Solve(Failure::Cancelled)) => return None,
        Err(trouble) => Solved {
            key,
            values: vec![None; outcomes],
            failure: Some(trouble.to_string()),
        },
    })
}

/// Take over the rows that are wanted and there.
fn take_over(
    results: &mut Results,
    done: &Results,
    keys: &[String],
    shard: Shard,
) -> Result<(), Trouble> {
    let (own, other) = (&results.header, &done.header);
    let same = own.model == other.model
        && own.version == other.version
        && own.analysis == other.analysis
        && own.columns == other.columns;
    if !same {
        let words = own.difference(other).unwrap_or("other work");
        return Err(Trouble::request(
            format!("the results to go on from are of {words}"),
            "give results of the same model, made by the same version, or none",
        ));
    }
    let rows = done.rows.values().filter(|row| row.failure.is_none());
    let there: std::collections::HashMap<&str, &Solved> =
        rows.map(|row| (row.key.as_str(), row)).collect();
    for number in shard.jobs(keys.len()) {
        if let Some(&row) = there.get(keys[number].as_str()) {
            results.rows.insert(number, row.clone());
        }
    }
    Ok(())
}

/// How many rows have no plan, and why the first has none.
pub(super) fn failures(results: &Results) -> Option<(usize, &str)> {
    let mut failed = results
        .rows
        .values()
        .filter_map(|row| row.failure.as_deref());
    let first = failed.next()?;
    Some((1 + failed.count(), first))
}
