//! A table for Python: columns in Arrow's form, which every data frame library takes.

use crate::frame::Frame;
use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatchIterator};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::{PyImportError, PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use std::fmt::Write;

/// So many rows are shown in a notebook or a terminal.
const SHOWN: usize = 12;

/// A table. `pandas`, `polars` and `pyarrow` take it as it is, without a copy:
///
/// >>> import sinews
/// >>> plan = sinews.read("models/shells.toml").solve()
/// >>> plan.coverage.name, plan.coverage.columns[:3]
/// ('requirements', ['id', 'holder', 'item'])
/// >>> plan.coverage["coverage"][0] <= 1.0
/// True
///
/// `pandas.DataFrame.from_arrow(table)`, `polars.DataFrame(table)` and `pyarrow.table(table)` make frames of it, and so do
/// `to_pandas()`, `to_polars()` and `to_arrow()`.
#[pyclass(frozen, module = "sinews")]
pub(crate) struct Table(pub(crate) Frame);

#[pymethods]
impl Table {
    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// What a row of it is.
    #[getter]
    fn about(&self) -> &str {
        &self.0.about
    }

    /// The names of its columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        let schema = self.0.batch.schema();
        schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// The units of its columns of numbers, by name; `unit` means: what the column `unit` says. A column without one holds
    /// words, or numbers such as years and counts.
    #[getter]
    fn units<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.told(py, "unit")
    }

    /// What its columns hold, by name, where more is known than the name says.
    #[getter]
    fn descriptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.told(py, "about")
    }

    fn __len__(&self) -> usize {
        self.0.batch.num_rows()
    }

    /// The cells of a column, `None` where there is nothing.
    fn __getitem__<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyList>> {
        let array = self.0.batch.column_by_name(column);
        cells(
            py,
            array.ok_or_else(|| PyKeyError::new_err(column.to_owned()))?,
        )
    }

    /// Its columns as a dict of lists.
    ///
    /// >>> import sinews
    /// >>> sorted(sinews.read("models/tiny.toml").solve().coverage.to_dict())[:2]
    /// ['coverage', 'holder']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (field, array) in self
            .0
            .batch
            .schema()
            .fields()
            .iter()
            .zip(self.0.batch.columns())
        {
            dict.set_item(field.name(), cells(py, array)?)?;
        }
        Ok(dict)
    }

    /// A `pandas.DataFrame`. Needs pandas; with pyarrow beside it words and numbers are handed over as Arrow has them.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let pandas = py.import("pandas")?;
        match py.import("pyarrow") {
            Ok(arrow) => arrow
                .call_method1("table", (slf,))?
                .call_method0("to_pandas"),
            Err(error) if error.is_instance_of::<PyImportError>(py) => {
                pandas.call_method1("DataFrame", (slf.get().to_dict(py)?,))
            }
            Err(error) => Err(error),
        }
    }

    /// A `polars.DataFrame`. Needs polars.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let polars = slf.py().import("polars")?;
        polars.call_method1("DataFrame", (slf,))
    }

    /// A `pyarrow.Table`. Needs pyarrow.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The table as a stream of Arrow's C interface, in the schema that it has.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer that wants other types casts them: the interface leaves it to us whether we do.
        drop(requested_schema);
        let (batch, schema) = (self.0.batch.clone(), self.0.batch.schema());
        let reader = RecordBatchIterator::new([Ok(batch)], schema);
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The schema of Arrow's C interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.batch.schema().as_ref());
        let fault = |error: ArrowError| PyValueError::new_err(error.to_string());
        PyCapsule::new_with_value(py, schema.map_err(fault)?, c"arrow_schema")
    }

    fn __repr__(&self) -> String {
        let (rows, columns) = (self.0.batch.num_rows(), self.columns().join(", "));
        format!("<sinews.Table {}: {rows} rows of {columns}>", self.0.name)
    }

    pub(crate) fn _repr_html_(&self) -> String {
        let batch = &self.0.batch;
        let rows = batch.num_rows();
        let mut html = format!("<p>{}</p><table><thead><tr>", escaped(&self.0.about));
        // Writing to memory cannot fail.
        for (name, unit) in self.columns().iter().zip(self.units_by_column()) {
            let unit = unit.map_or(String::new(), |unit| {
                format!("<br><small>{}</small>", escaped(&unit))
            });
            let _ = write!(html, "<th>{}{unit}</th>", escaped(name));
        }
        html.push_str("</tr></thead><tbody>");
        for row in 0..rows.min(SHOWN) {
            html.push_str("<tr>");
            for array in batch.columns() {
                let _ = write!(html, "<td>{}</td>", escaped(&shown(array, row)));
            }
            html.push_str("</tr>");
        }
        html.push_str("</tbody></table>");
        if rows > SHOWN {
            let _ = write!(html, "<p>{SHOWN} of {rows} rows</p>");
        }
        html
    }
}

impl Table {
    fn units_by_column(&self) -> Vec<Option<String>> {
        let schema = self.0.batch.schema();
        let fields = schema.fields().iter();
        fields.map(|f| f.metadata().get("unit").cloned()).collect()
    }

    /// What the columns' metadata say under a key, by the columns' names.
    fn told<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for field in self.0.batch.schema().fields() {
            if let Some(words) = field.metadata().get(key) {
                dict.set_item(field.name(), words)?;
            }
        }
        Ok(dict)
    }
}

/// The cells of a column as Python has them.
fn cells<'py>(py: Python<'py>, array: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    match array.data_type() {
        DataType::Int64 => PyList::new(
            py,
            array.as_primitive::<Int64Type>().iter().collect::<Vec<_>>(),
        ),
        DataType::Float64 => PyList::new(
            py,
            array
                .as_primitive::<Float64Type>()
                .iter()
                .collect::<Vec<_>>(),
        ),
        _ => PyList::new(py, array.as_string::<i32>().iter().collect::<Vec<_>>()),
    }
}

/// A cell as it is read in a notebook: four digits say all that a plan can.
fn shown(array: &ArrayRef, row: usize) -> String {
    if array.is_null(row) {
        return String::new();
    }
    match array.data_type() {
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => {
            let number = array.as_primitive::<Float64Type>().value(row);
            match number.abs() {
                size if size >= 1e6 || (size < 1e-3 && size > 0.0) => format!("{number:.3e}"),
                size if size >= 1e3 => format!("{number:.0}"),
                _ => format!("{number:.3}"),
            }
        }
        _ => array.as_string::<i32>().value(row).to_owned(),
    }
}

/// A text in which nothing is markup.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
