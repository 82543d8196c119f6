//! Exceptions, with the same words as the library's errors.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyKeyboardInterrupt, PyOSError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sinews::analysis::Trouble;
use sinews::problem::{At, Problem, Problems};
use sinews::solve::Failure;

create_exception!(
    sinews,
    SinewsError,
    PyException,
    "What the library says is wrong; each kind of it is a subclass."
);
create_exception!(
    sinews,
    ModelError,
    SinewsError,
    "A model has something wrong with it. Its text shows every problem at its line; `problems` is a list of them, each a dict of \
     `kind`, `message`, `label`, `help`, and where it stands: `file` and `line`, or `place`."
);
create_exception!(
    sinews,
    RequestError,
    SinewsError,
    "What was asked cannot be answered; the help says what to ask instead."
);
create_exception!(
    sinews,
    NoPlanError,
    SinewsError,
    "There is no plan. `rules` is a list of the rules that cannot hold together, as pairs of words and by how much."
);

/// A request that cannot be answered.
pub(crate) fn request(words: impl Into<String>) -> PyErr {
    RequestError::new_err(words.into())
}

/// What is wrong with a model.
pub(crate) fn problems(py: Python<'_>, problems: &Problems) -> PyErr {
    let list = problems.list().iter();
    let list = list.map(|problem| told(py, problem, problems)).collect();
    let told: PyResult<Vec<Bound<'_, PyDict>>> = list;
    with(
        py,
        ModelError::new_err(problems.to_string()),
        "problems",
        told,
    )
}

/// Why there is no plan.
pub(crate) fn failure(py: Python<'_>, failure: &Failure) -> PyErr {
    if *failure == Failure::Cancelled {
        return PyKeyboardInterrupt::new_err("cancelled");
    }
    let rules: Vec<(String, f64)> = match failure {
        Failure::Infeasible { rules } => {
            let rules = rules.iter();
            rules.map(|rule| (rule.rule.clone(), rule.by)).collect()
        }
        _ => Vec::new(),
    };
    let error = NoPlanError::new_err(failure.to_string());
    with(py, error, "rules", Ok(rules))
}

/// Why there are no findings.
pub(crate) fn trouble(py: Python<'_>, trouble: &Trouble) -> PyErr {
    match trouble {
        Trouble::Input(input) => problems(py, input),
        Trouble::Solve(solve) => failure(py, solve),
        other => request(other.to_string()),
    }
}

/// A file that cannot be written.
pub(crate) fn file(fault: impl std::fmt::Display) -> PyErr {
    PyOSError::new_err(fault.to_string())
}

/// An exception with one more attribute; if that cannot be made, the reason why.
fn with<'py, V: IntoPyObject<'py>>(
    py: Python<'py>,
    error: PyErr,
    name: &str,
    value: PyResult<V>,
) -> PyErr {
    match value.and_then(|value| error.value(py).setattr(name, value)) {
        Ok(()) => error,
        Err(other) => other,
    }
}

fn told<'py>(py: Python<'py>, problem: &Problem, all: &Problems) -> PyResult<Bound<'py, PyDict>> {
    let told = PyDict::new(py);
    told.set_item("kind", format!("{:?}", problem.kind))?;
    told.set_item("message", &problem.message)?;
    told.set_item("label", &problem.label)?;
    told.set_item("help", &problem.help)?;
    match &problem.at {
        At::Place(place) => told.set_item("place", place.to_string())?,
        At::Spot(spot) => {
            if let Some(source) = all.sources().get(spot.source) {
                let before = source.text.get(..spot.range.start).unwrap_or_default();
                told.set_item("file", &source.name)?;
                told.set_item("line", 1 + before.matches('\n').count())?;
            }
        }
    }
    Ok(told)
}
