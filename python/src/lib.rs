//! `sinews` for Python: models in, data frames out.
//!
//! | file | what |
//! |---|---|
//! | `model` | a model, its changes, its plan |
//! | `analyses` | each analysis as a function: what is asked |
//! | `run` | long work: the lock released, progress, Ctrl-C |
//! | `answer` | a plan or what was found: tables, charts, reports |
//! | `table` | a table in Arrow's form |
//! | `frame` | the library's tables as columns: the one place that knows them |
//! | `written` | values, changes and frames of Python as TOML |
//! | `fault` | exceptions |

mod analyses;
mod answer;
mod fault;
mod frame;
mod model;
mod run;
mod table;
mod written;

use pyo3::prelude::*;

/// Linear programs for arming Ukraine from European industry: what falls short, why, when, and what the next euro buys.
#[pymodule]
fn _sinews(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("SOLVERS", solvers())?;
    module.add("SinewsError", py.get_type::<fault::SinewsError>())?;
    module.add("ModelError", py.get_type::<fault::ModelError>())?;
    module.add("RequestError", py.get_type::<fault::RequestError>())?;
    module.add("NoPlanError", py.get_type::<fault::NoPlanError>())?;
    module.add_class::<model::Model>()?;
    module.add_class::<answer::Answer>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(model::read, module)?)?;
    module.add_function(wrap_pyfunction!(model::parse, module)?)?;
    module.add_function(wrap_pyfunction!(model::model, module)?)?;
    module.add_function(wrap_pyfunction!(model::toml, module)?)?;
    analyses::register(module)
}

/// The solvers that are built in, by their words.
fn solvers() -> Vec<&'static str> {
    let words = sinews::solve::Solver::WORDS.iter().map(|(word, _)| *word);
    words
        .filter(|word| *word != "highs" || cfg!(feature = "highs"))
        .collect()
}
