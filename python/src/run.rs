//! Long work: the lock of the interpreter is released, progress is told, and Ctrl-C ends it.

use crate::fault;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sinews::analysis::Work;
use sinews::model::ObjectiveKind;
use sinews::solve::{Cancel, Options, Solver};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How to go about it, as it is asked for: `objective`, `solver`, `any_of_equals`, `time_limit`, `threads`, `progress`.
pub(crate) type How<'a, 'py> = &'a Bound<'py, PyDict>;

/// How often the interpreter is asked whether somebody pressed Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// What work tells of itself.
enum Told {
    /// How much has ended, of how much, and what it is.
    Step(usize, usize, String),
    /// There is no more to come.
    End,
}

/// What work is given.
pub(crate) struct Given {
    /// For one solve that tells of its stages.
    pub(crate) one: Options,
    /// For each of many solves.
    pub(crate) options: Options,
    /// For all of them together: tells as each ends.
    pub(crate) work: Work,
}

/// Do work on a thread of its own. All that Python does happens on the thread that called: progress is told there, and what
/// it raises, as Ctrl-C does, stops the work and is raised.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    how: Option<How<'_, '_>>,
    job: impl FnOnce(&Given) -> T + Send,
) -> PyResult<T> {
    let cancel = Cancel::default();
    let (mut given, progress) = asked(how)?;
    given.options.cancel = Some(cancel.clone());
    given.work.cancel = Some(cancel.clone());
    let (tell, mut heard) = channel();
    if progress.is_some() {
        let step = tell.clone();
        given.work.step = Some(Arc::new(move |ended, of| {
            // Nobody listens once the work is stopped.
            let _ = step.send(Told::Step(ended, of, "solves".to_owned()));
        }));
        given.one = given.options.clone();
        let stage = tell.clone();
        given.one.progress = Some(Arc::new(move |progress| {
            let words = progress.stage.clone();
            let _ = stage.send(Told::Step(progress.number, progress.of, words));
        }));
    } else {
        given.one = given.options.clone();
    }
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let found = job(&given);
            let _ = tell.send(Told::End);
            found
        });
        let fault = loop {
            // Borrowed for this thread alone: what hears is not shared.
            let next = py.detach(|| (&mut heard).recv_timeout(GLANCE));
            let told = match next {
                Ok(Told::End) | Err(RecvTimeoutError::Disconnected) => break None,
                Ok(Told::Step(ended, of, what)) => match &progress {
                    Some(progress) => progress.call1((ended, of, what)).map(drop),
                    None => Ok(()),
                },
                Err(RecvTimeoutError::Timeout) => Ok(()),
            };
            if let Err(error) = told.and_then(|()| py.check_signals()) {
                cancel.cancel();
                break Some(error);
            }
        };
        let found = py.detach(|| worker.join());
        match (fault, found) {
            (Some(fault), _) => Err(fault),
            (None, Ok(found)) => Ok(found),
            (None, Err(panic)) => std::panic::resume_unwind(panic),
        }
    })
}

/// How to go about it, and what hears of progress.
fn asked<'py>(how: Option<How<'_, 'py>>) -> PyResult<(Given, Option<Bound<'py, PyAny>>)> {
    let mut given = Given {
        one: Options::default(),
        options: Options::default(),
        work: Work::default(),
    };
    let mut progress = None;
    for (key, value) in how.into_iter().flatten() {
        let key: String = key.extract()?;
        if value.is_none() {
            continue;
        }
        match key.as_str() {
            "objective" => {
                given.options.objective = Some(word(&ObjectiveKind::WORDS, &key, &value)?)
            }
            "solver" => given.options.solver = word(&Solver::WORDS, &key, &value)?,
            "any_of_equals" => given.options.any_of_equals = value.extract()?,
            "time_limit" => given.options.time_limit = Some(seconds(&value)?),
            "threads" => given.work.threads = Some(value.extract()?),
            "progress" => progress = Some(value),
            _ => {
                let words = format!(
                    "unexpected argument `{key}`; how to solve is said by `objective`, `solver`, `any_of_equals`, `time_limit`, `threads` and `progress`"
                );
                return Err(PyTypeError::new_err(words));
            }
        }
    }
    Ok((given, progress))
}

fn word<T: Copy>(words: &[(&str, T)], key: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    let asked: String = value.extract()?;
    let found = words.iter().find(|(word, _)| *word == asked);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        fault::request(format!(
            "no {key} `{asked}`; there are {}",
            known.join(", ")
        ))
    })
}

fn seconds(value: &Bound<'_, PyAny>) -> PyResult<Duration> {
    let seconds: f64 = value.extract()?;
    Duration::try_from_secs_f64(seconds).map_err(|_| {
        fault::request(format!(
            "`time_limit` is a number of seconds, not {seconds}"
        ))
    })
}
