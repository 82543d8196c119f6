//! What is counted of a solve, the same on every machine; and how counts compare with those that are kept.

use sinews::solution::{Effort, Task};
use std::collections::BTreeMap;

/// Counts by name.
pub(crate) type Counts = BTreeMap<String, u64>;

/// What a solve counts.
pub(crate) fn of(effort: &Effort) -> Counts {
    let solves = || effort.steps.iter().filter(|step| step.task == Task::Solve);
    let number = |count: usize| u64::try_from(count).unwrap();
    let most = |of: fn(&sinews::solution::Step) -> usize| solves().map(of).max().unwrap_or(0);
    let mut counts = Counts::new();
    let mut count = |name: &str, value| counts.insert(name.to_owned(), value);
    count("solves", number(solves().count()));
    count("iterations", effort.iterations());
    // Of the largest program that a solver saw.
    count("columns", number(most(|step| step.columns)));
    count("rows", number(most(|step| step.rows)));
    count("terms", number(most(|step| step.terms)));
    count("factor", number(most(|step| step.factor.unwrap_or(0))));
    // What all iterations cost together, in numbers of factored matrices.
    let work = solves().map(|step| step.iterations * number(step.factor.unwrap_or(0)));
    count("work", work.sum());
    counts
}

/// The jobs and counts that are kept, and by what share a count may be larger.
pub(crate) fn kept() -> (f64, BTreeMap<String, Counts>) {
    let text = std::fs::read_to_string("benches/counts.toml").unwrap();
    let file: toml::Table = text.parse().unwrap();
    let tolerance = file["tolerance"].as_float().unwrap();
    let jobs = file["job"].as_table().unwrap().iter();
    let counts = |job: &toml::Value| {
        let counts = job.as_table().unwrap().iter();
        let counts = counts.map(|(name, count)| {
            let count = count.as_integer().unwrap();
            (name.clone(), u64::try_from(count).unwrap())
        });
        counts.collect()
    };
    let jobs = jobs.map(|(name, job)| (name.clone(), counts(job)));
    (tolerance, jobs.collect())
}

/// The counts that are larger than those kept by more than a share of them, in words.
pub(crate) fn larger(job: &str, now: &Counts, kept: &Counts, tolerance: f64) -> Vec<String> {
    let compared = now.iter().filter_map(|(name, &now)| {
        let before = *kept.get(name)?;
        (ratio(now, before) > 1.0 + tolerance)
            .then(|| format!("{job}: {name} is {now}, it was {before}"))
    });
    compared.collect()
}

/// How many times as large one count is as another.
pub(crate) fn ratio(now: u64, before: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share is wanted")]
    let ratio = now as f64 / before.max(1) as f64;
    ratio
}
