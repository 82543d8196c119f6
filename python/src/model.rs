//! A model for Python: what stands in files, and what is changed on top of it.

use crate::answer::{Answer, Plan};
use crate::fault;
use crate::frame::Frame;
use crate::run::{How, run};
use crate::table::Table;
use crate::written;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use sinews::analysis::digest;
use sinews::document::Document;
use sinews::evidence::{Basis, Class};
use sinews::program::Program;
use sinews::report::Format;
use sinews::solve::{Options, held};
use sinews::table::{Cell, Table as Rows};
use std::path::PathBuf;
use std::sync::Arc;

/// A model: `sinews.read` opens one, `sinews.parse` and `sinews.model` make one. `scenario`, `set`, `scale` and `shift`
/// change it, one after another, and give it back, so that they can stand in a row; `copy` keeps one as it is.
///
/// >>> import sinews
/// >>> m = sinews.read("models/shells.toml")
/// >>> m.scenario("half_the_aid").set("fund.aid.amount", "2 bn EUR/year").name
/// 'Shells'
#[pyclass(module = "sinews")]
pub(crate) struct Model {
    document: Arc<Document>,
    model: Arc<sinews::model::Model>,
}

impl Model {
    /// The model that a document describes.
    pub(crate) fn of(
        py: Python<'_>,
        open: impl FnOnce() -> Result<Document, sinews::problem::Problems> + Send,
    ) -> PyResult<Self> {
        let made = py.detach(|| {
            let document = open()?;
            let model = document.model()?;
            Ok::<_, sinews::problem::Problems>(Self {
                document: Arc::new(document),
                model: Arc::new(model),
            })
        });
        made.map_err(|problems| fault::problems(py, &problems))
    }

    /// What it is now; later changes do not reach it.
    pub(crate) fn now(&self) -> (Arc<Document>, Arc<sinews::model::Model>) {
        (self.document.clone(), self.model.clone())
    }

    /// Change it by a scenario that is written here; if that is wrong it stays as it is.
    fn change<'py>(
        slf: &Bound<'py, Self>,
        part: &str,
        note: &str,
        figures: &Bound<'py, PyAny>,
        to: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, Self>> {
        let changes = written::changes(figures, to)?;
        let text = written::scenario(part, note, &changes)?;
        let document = slf.borrow().document.clone();
        let changed = Self::of(slf.py(), || document.with_scenario(part, &text))?;
        *slf.borrow_mut() = changed;
        Ok(slf.clone())
    }
}

#[pymethods]
impl Model {
    /// Its name.
    #[getter]
    fn name(&self) -> String {
        self.model.name.clone()
    }

    /// The code of its base currency, in which all money of answers is.
    #[getter]
    fn currency(&self) -> String {
        self.model.money.base().to_owned()
    }

    /// A digest of all that it says, facts and changes included: two models with the same digest are the same.
    #[getter]
    fn digest(&self) -> String {
        digest(&self.document)
    }

    /// The scenarios that it declares, as a table: `key`, `name`, `note`, and which others each `extends`.
    #[getter]
    fn scenarios(&self) -> Table {
        let about = "A scenario that the model declares.";
        let words = ["key", "name", "note", "extends"];
        let mut rows = Rows::new("scenarios", "Scenarios", about, &words);
        for scenario in self.document.scenarios() {
            let extends = scenario.extends.join(" ");
            let cells = [scenario.key, scenario.name, scenario.note, extends];
            rows.push(cells.map(Cell::from).into());
        }
        Table(Frame::of(&rows, self.model.money.base()))
    }

    /// Apply a scenario that it declares, by key.
    fn scenario<'py>(slf: &Bound<'py, Self>, key: &str) -> PyResult<Bound<'py, Self>> {
        let document = slf.borrow().document.clone();
        let changed = Self::of(slf.py(), || document.scenario(key))?;
        *slf.borrow_mut() = changed;
        Ok(slf.clone())
    }

    /// Set figures, by the keys that lead to them, as a scenario's `set` would: one and its value, a dict of several, or a
    /// data frame with columns `figure` and `value`. All of them are set, or none.
    ///
    /// >>> import sinews
    /// >>> m = sinews.read("models/shells.toml")
    /// >>> m = m.set({"fund.aid.amount": "2 bn EUR/year", "line.*.utilisation": 0.9}, note="A better year")
    #[pyo3(signature = (figures, value=None, *, note="set in Python"))]
    fn set<'py>(
        slf: &Bound<'py, Self>,
        figures: &Bound<'py, PyAny>,
        value: Option<Bound<'py, PyAny>>,
        note: &str,
    ) -> PyResult<Bound<'py, Self>> {
        Self::change(slf, "set", note, figures, value)
    }

    /// Multiply figures that patterns name by factors; `*` stands for any letters of one key.
    ///
    /// >>> import sinews
    /// >>> m = sinews.read("models/shells.toml").scale("line.*.capacity", 1.1)
    #[pyo3(signature = (figures, factor=None, *, note="scaled in Python"))]
    fn scale<'py>(
        slf: &Bound<'py, Self>,
        figures: &Bound<'py, PyAny>,
        factor: Option<Bound<'py, PyAny>>,
        note: &str,
    ) -> PyResult<Bound<'py, Self>> {
        Self::change(slf, "scale", note, figures, factor)
    }

    /// Let figures over time that patterns name happen later (or, with a minus, earlier): `"6 months"`.
    #[pyo3(signature = (figures, by=None, *, note="shifted in Python"))]
    fn shift<'py>(
        slf: &Bound<'py, Self>,
        figures: &Bound<'py, PyAny>,
        by: Option<Bound<'py, PyAny>>,
        note: &str,
    ) -> PyResult<Bound<'py, Self>> {
        Self::change(slf, "shift", note, figures, by)
    }

    /// Every figure of it, as a table: where it stands, its value, unit and range, what it rests on, file and line.
    ///
    /// >>> import sinews
    /// >>> "line.plant.capacity" in sinews.read("models/tiny.toml").figures()["figure"]
    /// True
    fn figures(&self) -> Table {
        let about = "A figure of the model, at a time if it changes over time.";
        let words = ["figure", "unit", "class", "fact", "note", "at"];
        let mut rows =
            Rows::new("figures", "Figures", about, &words).columns(["value", "low", "high"]);
        for figure in &self.model.evidence.figures {
            let class = match figure.class() {
                Class::Published => "published",
                Class::Derived => "derived",
                Class::Assumed => "assumed",
            };
            let (fact, note) = match &figure.basis {
                Basis::Fact(id) => (id.as_str(), ""),
                Basis::Assumption(note) => ("", note.as_str()),
            };
            let at = self.document.position(&figure.place).unwrap_or_default();
            let (low, high) = figure.range.unzip();
            let mut row = vec![Cell::from(figure.place.to_string())];
            row.extend([figure.unit.as_str(), class, fact, note, &at].map(Cell::from));
            row.push(Cell::Quantity(figure.value));
            row.extend([low, high].map(|end| end.map_or(Cell::Empty, Cell::Quantity)));
            rows.push(row);
        }
        Table(Frame::of(&rows, self.model.money.base()))
    }

    /// Find its best plan. `progress` is called with the number of a stage, of how many, and its name.
    ///
    /// >>> import sinews
    /// >>> plan = sinews.read("models/tiny.toml").solve(time_limit=60)
    /// >>> round(sum(plan.coverage["met"]))
    /// 40000
    #[pyo3(signature = (**how))]
    fn solve(slf: &Bound<'_, Self>, how: Option<How<'_, '_>>) -> PyResult<Answer> {
        let py = slf.py();
        let (_, model) = slf.borrow().now();
        let solution = run(py, how, |given| sinews::solve(&model, &given.one))?;
        let solution = solution.map_err(|failure| fault::failure(py, &failure))?;
        Ok(Answer::new(Box::new(Plan { model, solution })))
    }

    /// The program that is solved, as a file in the form `lp` or `mps`.
    fn program<'py>(slf: &Bound<'py, Self>, format: &str) -> PyResult<Bound<'py, PyBytes>> {
        let py = slf.py();
        let (_, model) = slf.borrow().now();
        let known = Format::WORDS.iter().find(|(word, _)| *word == format);
        let files = py.detach(|| {
            let program = Program::of(&model, model.objective.kind);
            let program = held(&model, program, &Options::default())?;
            Ok(known.and_then(|(_, format)| format.program("program", &model, &program)))
        });
        let files = files.map_err(|failure| fault::failure(py, &failure))?;
        let file = files.and_then(|files| files.into_iter().next());
        let file = file.ok_or_else(|| {
            fault::request(format!(
                "no program has the form `{format}`; forms are `lp` and `mps`"
            ))
        })?;
        Ok(PyBytes::new(py, &file.bytes))
    }

    /// Another model that says the same; what becomes of one does not touch the other.
    fn copy(&self) -> Self {
        let (document, model) = self.now();
        Self { document, model }
    }

    fn __copy__(&self) -> Self {
        self.copy()
    }

    fn __deepcopy__(&self, memo: &Bound<'_, PyDict>) -> Self {
        // Nothing of it is of Python, so nothing of it can be in there.
        let _ = memo;
        self.copy()
    }

    fn __repr__(&self) -> String {
        let m = &self.model;
        format!(
            "<sinews.Model {}: {} periods; requirements: {}, lines: {}, funds: {}>",
            m.name,
            m.calendar.periods().len(),
            m.requirements.len(),
            m.lines.len(),
            m.funds.len()
        )
    }
}

/// Read a model from a file, with the files it includes and the facts it cites. With `within` it may name files anywhere
/// below that folder, besides its own.
///
/// >>> import sinews
/// >>> sinews.read("models/tiny.toml")
/// <sinews.Model tiny: 4 periods; requirements: 1, lines: 1, funds: 0>
#[pyfunction]
#[pyo3(signature = (path, *, within=None))]
pub(crate) fn read(py: Python<'_>, path: PathBuf, within: Option<PathBuf>) -> PyResult<Model> {
    Model::of(py, || match &within {
        Some(folder) => Document::open_within(&path, folder),
        None => Document::open(&path),
    })
}

/// Read a model from a text. It reads no file, unless a folder is given `beside` which it may stand: then it may name files
/// as one in that folder could.
///
/// >>> import sinews
/// >>> sinews.parse("[calendar]\nstart = '2026-01'\nend = '2026-13'\n")
/// Traceback (most recent call last):
/// sinews.ModelError: error: `2026-13` is no month
#[pyfunction]
#[pyo3(signature = (text, *, name="model.toml", beside=None))]
pub(crate) fn parse(
    py: Python<'_>,
    text: &str,
    name: &str,
    beside: Option<PathBuf>,
) -> PyResult<Model> {
    Model::of(py, || match &beside {
        Some(folder) => Document::parse_beside(name, text, folder),
        None => Document::parse(name, text),
    })
}

/// Make a model from data frames, one a table of the format (`docs/format.md`): a row is an entry, its key in the column
/// `key`, each other column a field; a dot in a column's name leads one table down (`needs.tnt`). Missing values are left
/// out. Tables of a single entry, such as `calendar`, are dicts. Problems are shown in the TOML that comes of it, which
/// `sinews.toml` gives.
///
/// >>> import sinews
/// >>> m = sinews.model({
/// ...     "model": {"name": "Shells", "note": "Invented figures"},
/// ...     "calendar": {"start": "2026-01", "end": "2026-12"},
/// ...     "item": [{"key": "round", "unit": "round"}],
/// ...     "line": [{"key": "plant", "makes": "round", "capacity": "40_000 round/year"}],
/// ...     "holder": [{"key": "ukraine"}],
/// ...     "requirement": [{"key": "shells", "holder": "ukraine", "item": "round", "quantity": "50_000 round/year"}],
/// ... })
/// >>> round(sum(m.solve().coverage["met"]))
/// 40000
#[pyfunction]
#[pyo3(signature = (tables, *, name="frames.toml", beside=None))]
pub(crate) fn model(
    py: Python<'_>,
    tables: &Bound<'_, PyDict>,
    name: &str,
    beside: Option<PathBuf>,
) -> PyResult<Model> {
    parse(py, &written::model(tables)?, name, beside)
}

/// The text of a model made from data frames, as `sinews.model` reads it.
#[pyfunction]
pub(crate) fn toml(tables: &Bound<'_, PyDict>) -> PyResult<String> {
    written::model(tables)
}
