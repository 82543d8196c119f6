//! Many independent jobs on the cores of the machine.

use super::Trouble;
use crate::solve::{Cancel, Failure};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What is told as jobs end: how many have, of how many.
pub type OnStep = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// How to go about many solves.
///
/// ```
/// use sinews::analysis::Work;
/// use sinews::solve::Cancel;
/// use std::sync::Arc;
///
/// let cancel = Cancel::default();
/// let work = Work {
///     threads: Some(2),
///     cancel: Some(cancel.clone()),
///     step: Some(Arc::new(|ended, of| println!("{ended} of {of}"))),
/// };
/// # let _ = work;
/// ```
#[derive(Clone, Default)]
pub struct Work {
    /// How many threads. `None`: as many as there are cores.
    pub threads: Option<usize>,
    /// A handle to stop from elsewhere; jobs that have ended keep their results.
    pub cancel: Option<Cancel>,
    /// Called as each job ends.
    pub step: Option<OnStep>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work")
            .field("threads", &self.threads)
            .field("cancel", &self.cancel)
            .field("step", &self.step.is_some())
            .finish()
    }
}

impl Work {
    /// Do some of so many jobs. Each thread makes itself a helper first, such as a
    /// [`Runner`](crate::solve::Runner), and gives it to every job it does; those of a chain it does one after
    /// another, and tells each whether it follows another. The results come in the order of the jobs, however
    /// they were shared out; those in no chain, and after a cancellation those not begun, are `None`.
    pub(crate) fn run<W, T: Send>(
        &self,
        chains: &[Vec<usize>],
        jobs: usize,
        helper: impl Fn() -> W + Sync,
        job: impl Fn(&mut W, usize, bool) -> T + Sync,
    ) -> Vec<Option<T>> {
        let cores = || std::thread::available_parallelism().map_or(1, Into::into);
        let threads = self.threads.unwrap_or_else(cores);
        let (next, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results: Vec<Mutex<Option<T>>> = (0..jobs).map(|_| Mutex::new(None)).collect();
        let wanted = chains.iter().map(Vec::len).sum();
        let work = || {
            let mut helper = helper();
            while let Some(chain) = chains.get(next.fetch_add(1, Ordering::Relaxed)) {
                for (place, &n) in chain.iter().enumerate() {
                    if self.is_cancelled() {
                        return;
                    }
                    let result = job(&mut helper, n, place > 0);
                    *results[n]
                        .lock()
                        .expect("no job panics while it holds this") = Some(result);
                    let ended = ended.fetch_add(1, Ordering::Relaxed) + 1;
                    if let Some(step) = &self.step {
                        step(ended, wanted);
                    }
                }
            }
        };
        match threads.clamp(1, chains.len().max(1)) {
            1 => work(),
            threads => std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(work);
                }
            }),
        }
        let inner = |result: Mutex<Option<T>>| {
            result
                .into_inner()
                .expect("no job panics while it holds this")
        };
        results.into_iter().map(inner).collect()
    }

    /// Do so many jobs, all of them or none: the first fault in the order of the jobs ends it.
    pub(crate) fn all<W, T: Send>(
        &self,
        jobs: usize,
        helper: impl Fn() -> W + Sync,
        job: impl Fn(&mut W, usize) -> Result<T, Trouble> + Sync,
    ) -> Result<Vec<T>, Trouble> {
        self.all_chains(&alone(jobs), jobs, helper, |helper, n, _| job(helper, n))
    }

    /// Do so many jobs in chains, all of them or none.
    pub(crate) fn all_chains<W, T: Send>(
        &self,
        chains: &[Vec<usize>],
        jobs: usize,
        helper: impl Fn() -> W + Sync,
        job: impl Fn(&mut W, usize, bool) -> Result<T, Trouble> + Sync,
    ) -> Result<Vec<T>, Trouble> {
        let results = self.run(chains, jobs, helper, job);
        let cancelled = || Err(Trouble::Solve(Failure::Cancelled));
        let all = results
            .into_iter()
            .map(|result| result.unwrap_or_else(cancelled));
        all.collect()
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(Cancel::is_cancelled)
    }
}

/// Jobs that do not hang on each other, as chains.
pub(crate) fn alone(jobs: usize) -> Vec<Vec<usize>> {
    (0..jobs).map(|n| vec![n]).collect()
}

/// Chains of jobs from `first` on, of neighbours at some distances from the model itself: cut into so many
/// even runs; in each, from the nearest upwards, and from the one before it downwards.
pub(crate) fn outwards(distances: &[f64], first: usize, runs: usize) -> Vec<Vec<usize>> {
    let run = distances.len().div_ceil(runs.max(1)).max(1);
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for (n, own) in distances.chunks(run).enumerate() {
        let first = first + n * run;
        let nearest = (0..own.len()).min_by(|&a, &b| own[a].total_cmp(&own[b]));
        let nearest = first + nearest.unwrap_or(0);
        chains.push((nearest..first + own.len()).collect());
        chains.push((first..nearest).rev().collect());
    }
    chains.retain(|chain| !chain.is_empty());
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        for threads in [1, 3] {
            let work = Work {
                threads: Some(threads),
                ..Work::default()
            };
            let squares = work.run(&alone(20), 20, || 0, |_, n, _| n * n);
            let wanted: Vec<_> = (0..20).map(|n| Some(n * n)).collect();
            assert_eq!(squares, wanted);
        }
    }

    #[test]
    fn jobs_of_a_chain_follow_each_other() {
        let chains = [vec![2, 1], vec![0], vec![4]];
        for threads in [1, 3] {
            let work = Work {
                threads: Some(threads),
                ..Work::default()
            };
            let found = work.run(
                &chains,
                5,
                || 0,
                |last, n, follows| {
                    let before = follows.then_some(*last);
                    *last = n;
                    before
                },
            );
            let wanted = [Some(None), Some(Some(2)), Some(None), None, Some(None)];
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn neighbours_go_on_from_the_nearest_outwards() {
        let distances = |count: u32| -> Vec<f64> {
            let at = |n| (f64::from(n) - 20.0).abs();
            (0..count).map(at).collect()
        };
        assert_eq!(outwards(&[2.0, 1.0, 3.0], 7, 1), [vec![8, 9], vec![7]]);
        let lengths: Vec<usize> = outwards(&distances(29), 0, 2)
            .iter()
            .map(Vec::len)
            .collect();
        assert_eq!(lengths, [1, 14, 9, 5]);
        assert_eq!(outwards(&[0.0; 2], 0, 0), [[0, 1]]);
    }

    #[test]
    fn a_cancelled_run_keeps_what_has_ended() {
        let cancel = Cancel::default();
        let handle = cancel.clone();
        let work = Work {
            threads: Some(1),
            cancel: Some(cancel),
            step: Some(Arc::new(move |ended, _| {
                if ended == 3 {
                    handle.cancel();
                }
            })),
        };
        let results = work.run(&alone(10), 10, || (), |(), n, _| n);
        assert_eq!(results[..4], [Some(0), Some(1), Some(2), None]);
        assert!(work.all(10, || (), |(), n| Ok(n)).is_err());
    }
}
