//! An answer for Python: a plan, or what an analysis found. Both are tables, charts and reports.

use crate::fault;
use crate::frame::Frame;
use crate::table::{Table, escaped};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict};
use sinews::analysis::Outcome;
use sinews::model::Model;
use sinews::report::{File, Format, Illustrated, plots, plots_of, tables};
use sinews::solution::Solution;
use sinews::table::Table as Found;
use std::path::PathBuf;
use std::sync::Arc;

/// What there is to tell.
pub(crate) trait Told: Send + Sync {
    /// What it is, in a few words.
    fn title(&self) -> String;
    /// Its tables.
    fn frames(&self) -> Vec<Frame>;
    /// Other names of its tables.
    fn other_names(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }
    /// Its charts, each a file with an SVG picture.
    fn plots(&self) -> Vec<File>;
    /// It as files in a form; `None` if it has no such form.
    fn files(&self, format: Format) -> Option<Vec<File>>;
}

/// A plan.
pub(crate) struct Plan {
    pub(crate) model: Arc<Model>,
    pub(crate) solution: Solution,
}

impl Told for Plan {
    fn title(&self) -> String {
        let met = 100.0 * self.solution.mean_coverage(&self.model);
        format!(
            "{}: {met:.1} % of all that is required is met, by value",
            self.model.name
        )
    }

    fn frames(&self) -> Vec<Frame> {
        let currency = self.model.money.base();
        let mut tables = sinews::report::sheets::sheets(&self.model, &self.solution);
        tables.push(self.outcomes());
        tables
            .iter()
            .map(|table| Frame::of(table, currency))
            .collect()
    }

    fn other_names(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("coverage", "requirements"),
            ("output", "lines"),
            ("deliveries", "suppliers"),
            ("builds", "expansions"),
            ("spending", "funds"),
            ("prices", "limits"),
        ]
    }

    fn plots(&self) -> Vec<File> {
        plots(&self.model, &self.solution)
    }

    fn files(&self, format: Format) -> Option<Vec<File>> {
        Some(format.files("plan", &self.model, &self.solution))
    }
}

impl Plan {
    /// What is kept of each of many plans, of this one.
    fn outcomes(&self) -> Found {
        let about = "A number of the plan as a whole, as Monte Carlo runs and sweeps keep it of each of theirs.";
        let mut table = Found::new("outcomes", "Outcomes", about, &["outcome"]).columns(["value"]);
        // Without prices there is nothing that could be named wrongly.
        for outcome in Outcome::all(&self.model, &[]).unwrap_or_default() {
            let number = outcome.of(&self.model, &self.solution);
            // A date is a number among numbers here.
            let cell = match outcome {
                Outcome::FullFrom(_) => continue,
                _ => outcome.cell(&self.model, number),
            };
            table.push(vec![outcome.to_string().into(), cell]);
        }
        table
    }
}

/// What an analysis found, with tables that it does not show by itself.
pub(crate) struct Findings<F> {
    pub(crate) model: Arc<Model>,
    pub(crate) found: F,
    pub(crate) more: Vec<Found>,
}

impl<F: Illustrated> Findings<F> {
    fn all(&self) -> Vec<Found> {
        [self.found.tables(), self.more.clone()].concat()
    }
}

impl<F: Illustrated + Send + Sync> Told for Findings<F> {
    fn title(&self) -> String {
        let first = self.found.tables().into_iter().next();
        first.map_or(String::new(), |table| table.title)
    }

    fn frames(&self) -> Vec<Frame> {
        let currency = self.model.money.base();
        let tables = self.all();
        tables
            .iter()
            .map(|table| Frame::of(table, currency))
            .collect()
    }

    fn plots(&self) -> Vec<File> {
        plots_of(&self.found.sections(&self.model))
    }

    fn files(&self, format: Format) -> Option<Vec<File>> {
        match format {
            Format::Html => Some(vec![File::new(
                "analysis.html",
                self.found.page(&self.model),
            )]),
            Format::Csv => tables(format, "analysis", &self.all(), self.model.money.base()),
            _ => tables(
                format,
                "analysis",
                &self.found.tables(),
                self.model.money.base(),
            ),
        }
    }
}

/// A plan, or what an analysis found. Each of its tables is an attribute:
///
/// >>> import sinews
/// >>> plan = sinews.read("models/shells.toml").solve()
/// >>> list(plan.tables)[:4]
/// ['requirements', 'lines', 'expansions', 'suppliers']
/// >>> plan.coverage.name                       # another name of `requirements`
/// 'requirements'
/// >>> curve = sinews.frontier(sinews.read("models/shells.toml"))
/// >>> curve.tables["frontier"].name
/// 'frontier'
#[pyclass(frozen, module = "sinews")]
pub(crate) struct Answer {
    told: Box<dyn Told>,
    tables: PyOnceLock<Py<PyDict>>,
}

impl Answer {
    pub(crate) fn new(told: Box<dyn Told>) -> Self {
        Self {
            told,
            tables: PyOnceLock::new(),
        }
    }

    fn all<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let tables = self.tables.get_or_try_init(py, || {
            let dict = PyDict::new(py);
            for frame in py.detach(|| self.told.frames()) {
                let name = frame.name.clone();
                dict.set_item(name, Bound::new(py, Table(frame))?)?;
            }
            Ok::<_, PyErr>(dict.unbind())
        })?;
        Ok(tables.bind(py).clone())
    }

    fn form(&self, py: Python<'_>, word: &str) -> PyResult<Vec<File>> {
        let known = Format::WORDS.iter().find(|(known, _)| *known == word);
        let files = known.and_then(|(_, format)| py.detach(|| self.told.files(*format)));
        files.ok_or_else(|| {
            let words: Vec<&str> = Format::WORDS.iter().map(|(word, _)| *word).collect();
            fault::request(format!(
                "there is no form `{word}` of it; forms are {}, the last two of plans alone",
                words.join(", ")
            ))
        })
    }
}

#[pymethods]
impl Answer {
    /// Its tables by name. Each is an attribute, too.
    #[getter]
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.all(py)?.copy()
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        // Python asks for many names of its own.
        let no = || PyAttributeError::new_err(format!("there is no table `{name}`; see `tables`"));
        if name.starts_with("__") {
            return Err(no());
        }
        let others = self.told.other_names().iter();
        let mut others = others.filter(|(other, _)| *other == name);
        let name = others.next().map_or(name, |(_, own)| *own);
        self.all(py)?.get_item(name)?.ok_or_else(no)
    }

    fn __dir__(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let methods = [
            "files", "html", "markdown", "plots", "tables", "text", "write",
        ];
        let others = self.told.other_names().iter().map(|(other, _)| *other);
        let mut names: Vec<String> = methods
            .into_iter()
            .chain(others)
            .map(str::to_owned)
            .collect();
        for name in self.all(py)?.keys() {
            names.push(name.extract()?);
        }
        Ok(names)
    }

    /// Its charts by name, each as SVG.
    fn plots<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for file in py.detach(|| self.told.plots()) {
            dict.set_item(file.name.trim_end_matches(".svg"), file.text())?;
        }
        Ok(dict)
    }

    /// It as text for a terminal.
    fn text(&self, py: Python<'_>) -> PyResult<String> {
        self.only(py, "text")
    }

    /// It as Markdown.
    fn markdown(&self, py: Python<'_>) -> PyResult<String> {
        self.only(py, "markdown")
    }

    /// It as one page with charts that needs nothing else.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        self.only(py, "html")
    }

    /// It as files in a form (`text`, `markdown`, `json`, `csv`, `html`; of a plan `lp` and `mps` as well): what is in them,
    /// by name.
    ///
    /// >>> import sinews
    /// >>> sorted(sinews.read("models/tiny.toml").solve().files("json"))
    /// ['plan.json']
    #[pyo3(signature = (format="csv"))]
    fn files<'py>(&self, py: Python<'py>, format: &str) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for file in self.form(py, format)? {
            dict.set_item(file.name, PyBytes::new(py, &file.bytes))?;
        }
        Ok(dict)
    }

    /// Write it as files in a form into a folder, which is made if it is not there; gives the paths.
    #[pyo3(signature = (folder, format="csv"))]
    fn write(&self, py: Python<'_>, folder: PathBuf, format: &str) -> PyResult<Vec<PathBuf>> {
        std::fs::create_dir_all(&folder).map_err(fault::file)?;
        let mut paths = Vec::new();
        for file in self.form(py, format)? {
            let path = folder.join(&file.name);
            sinews::files::write(&path, &file.bytes).map_err(fault::file)?;
            paths.push(path);
        }
        Ok(paths)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let all = self.all(py)?;
        let names = all.keys().iter().map(|name| name.extract::<String>());
        let names = names.collect::<PyResult<Vec<_>>>()?;
        Ok(format!(
            "<sinews.Answer {}; tables: {}>",
            self.told.title(),
            names.join(", ")
        ))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let mut html = format!("<h3>{}</h3>", escaped(&self.told.title()));
        for file in py.detach(|| self.told.plots()) {
            html.push_str("<div style=\"max-width: 900px\">");
            html.push_str(file.text().unwrap_or_default());
            html.push_str("</div>");
        }
        if let Some(first) = self.all(py)?.values().iter().next() {
            html.push_str(&first.cast::<Table>()?.get()._repr_html_());
        }
        Ok(html)
    }
}

impl Answer {
    /// The text of the one file in a form.
    fn only(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        let files = self.form(py, format)?;
        let texts = files.iter().filter_map(File::text);
        Ok(texts.collect::<Vec<_>>().join("\n"))
    }
}
