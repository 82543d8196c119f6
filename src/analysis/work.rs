//! Many independent jobs on the cores of the machine.

use super::Trouble;
use crate::solve::{Cancel, Failure};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What is told as jobs end: how many have, of how many.
pub type OnStep = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// How to go about many solves.
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
    /// Do so many jobs. Each thread makes itself a helper first, such as a
    /// [`Runner`](crate::solve::Runner), and gives it to every job it does. The results come in the order
    /// of the jobs, however they were shared out; after a cancellation, those not begun are `None`.
    pub(crate) fn run<W, T: Send>(
        &self,
        jobs: usize,
        helper: impl Fn() -> W + Sync,
        job: impl Fn(&mut W, usize) -> T + Sync,
    ) -> Vec<Option<T>> {
        let cores = || std::thread::available_parallelism().map_or(1, Into::into);
        let threads = self.threads.unwrap_or_else(cores).clamp(1, jobs.max(1));
        let (next, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results: Vec<Mutex<Option<T>>> = (0..jobs).map(|_| Mutex::new(None)).collect();
        let work = || {
            let mut helper = helper();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= jobs || self.is_cancelled() {
                    return;
                }
                let result = job(&mut helper, n);
                *results[n]
                    .lock()
                    .expect("no job panics while it holds this") = Some(result);
                let ended = ended.fetch_add(1, Ordering::Relaxed) + 1;
                if let Some(step) = &self.step {
                    step(ended, jobs);
                }
            }
        };
        if threads == 1 {
            work();
        } else {
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(work);
                }
            });
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
        let results = self.run(jobs, helper, job);
        let cancelled = || Err(Trouble::Solve(Failure::Cancelled));
        let all = results
            .into_iter()
            .map(|result| result.unwrap_or_else(cancelled));
        all.collect()
    }

    /// The same without telling of each job.
    pub(crate) fn silently(&self) -> Self {
        Self {
            step: None,
            ..self.clone()
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(Cancel::is_cancelled)
    }
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
            let squares = work.run(20, || 0, |_, n| n * n);
            let wanted: Vec<_> = (0..20).map(|n| Some(n * n)).collect();
            assert_eq!(squares, wanted);
        }
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
        let results = work.run(10, || (), |(), n| n);
        assert_eq!(results[..4], [Some(0), Some(1), Some(2), None]);
        assert!(work.all(10, || (), |(), n| Ok(n)).is_err());
    }
}
