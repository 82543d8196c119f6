//! What Python says, written as TOML: values, changes to figures, and whole models from frames.

use crate::fault;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyString, PyTuple};
use sinews::document::Pattern;
use std::fmt::Write;
use toml::Value;

/// A key as TOML writes it.
fn quoted(key: &str) -> String {
    Value::from(key).to_string()
}

/// Keys that lead to a value.
fn dotted<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> String {
    let keys = keys.into_iter().map(|key| quoted(key.as_ref()));
    keys.collect::<Vec<_>>().join(".")
}

/// A value of Python as a value of TOML; `None` for what stands for nothing: `None` and numbers that are none.
fn value(told: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    if told.is_none() {
        return Ok(None);
    }
    if told.is_instance_of::<PyBool>() {
        return Ok(Some(Value::Boolean(told.extract()?)));
    }
    if told.is_instance_of::<PyString>() {
        return Ok(Some(Value::String(told.extract()?)));
    }
    if let Ok(table) = told.cast::<PyDict>() {
        let mut values = toml::Table::new();
        for (key, told) in table {
            if let Some(value) = value(&told)? {
                values.insert(key.str()?.extract()?, value);
            }
        }
        return Ok(Some(Value::Table(values)));
    }
    if told.is_instance_of::<PyList>() || told.is_instance_of::<PyTuple>() {
        let values = told.try_iter()?.map(|told| value(&told?));
        let values: PyResult<Option<Vec<Value>>> = values.collect();
        return Ok(values?.map(Value::Array));
    }
    // Whole numbers and others, of NumPy as well.
    if let Ok(number) = told.extract::<i64>() {
        return Ok(Some(Value::Integer(number)));
    }
    if let Ok(number) = told.extract::<f64>() {
        return Ok((!number.is_nan()).then_some(Value::Float(number)));
    }
    let words = format!(
        "{} is no text, number, truth value, list or dict",
        told.repr()?
    );
    Err(PyTypeError::new_err(words))
}

/// Figures and what becomes of each, as they are asked for: one of each, a mapping, or a frame with columns `figure` and
/// `value`.
pub(crate) fn changes<'py>(
    figures: &Bound<'py, PyAny>,
    to: Option<Bound<'py, PyAny>>,
) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    if let Some(to) = to {
        return Ok(vec![(figures.extract()?, to)]);
    }
    if let Ok(mapping) = figures.cast::<PyDict>() {
        let pairs = mapping.iter();
        return pairs.map(|(key, to)| Ok((key.extract()?, to))).collect();
    }
    if figures.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("there is no value for the figure"));
    }
    let row = |row: Bound<'py, PyDict>| {
        let cell = |key: &str| {
            let wanted =
                || fault::request("a frame of changes has the columns `figure` and `value`");
            row.get_item(key)?.ok_or_else(wanted)
        };
        Ok((cell("figure")?.extract()?, cell("value")?))
    };
    rows(figures)?.into_iter().map(row).collect()
}

/// The scenario that makes changes: what is `set`, scaled or shifted.
pub(crate) fn scenario(
    part: &str,
    note: &str,
    changes: &[(String, Bound<'_, PyAny>)],
) -> PyResult<String> {
    let mut text = format!("note = {}\n[{part}]\n", quoted(note));
    for (figure, to) in changes {
        let pattern: Pattern = figure
            .parse()
            .map_err(|error| fault::request(format!("{error}")))?;
        let key = if part == "set" {
            dotted(pattern.keys())
        } else {
            quoted(figure)
        };
        let to = value(to)?
            .ok_or_else(|| PyValueError::new_err(format!("there is no value for `{figure}`")))?;
        // Writing to memory cannot fail.
        let _ = writeln!(text, "{key} = {to}");
    }
    Ok(text)
}

/// A model from tables: a frame becomes an entry a row, its key in the column `key`, each other column a field; a dict is
/// taken as it is.
pub(crate) fn model(tables: &Bound<'_, PyDict>) -> PyResult<String> {
    let mut text = String::new();
    for (table, content) in tables {
        let table: String = table.extract()?;
        if let Ok(fields) = content.cast::<PyDict>() {
            entry(&mut text, &dotted([&table]), fields, None)?;
            continue;
        }
        for row in rows(&content)? {
            let key = row.get_item("key")?.ok_or_else(|| {
                fault::request(format!("the frame `{table}` has no column `key`"))
            })?;
            let key: String = key.str()?.extract()?;
            entry(&mut text, &dotted([&table, &key]), &row, Some("key"))?;
        }
    }
    Ok(text)
}

/// One table of TOML, a line a field; a dot in a field's name leads one table down.
fn entry(
    text: &mut String,
    head: &str,
    fields: &Bound<'_, PyDict>,
    without: Option<&str>,
) -> PyResult<()> {
    let _ = writeln!(text, "[{head}]");
    for (field, told) in fields {
        let field: String = field.extract()?;
        if without == Some(field.as_str()) {
            continue;
        }
        if let Some(value) = value(&told)? {
            let _ = writeln!(text, "{} = {value}", dotted(field.split('.')));
        }
    }
    text.push('\n');
    Ok(())
}

/// The rows of a frame of pandas, polars or pyarrow, or a list of dicts.
fn rows<'py>(frame: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let rows = if frame.hasattr("to_dicts")? {
        frame.call_method0("to_dicts")?
    } else if frame.hasattr("to_pylist")? {
        frame.call_method0("to_pylist")?
    } else if frame.hasattr("to_dict")? {
        frame.call_method1("to_dict", ("records",))?
    } else {
        frame.clone()
    };
    let wanted = || PyTypeError::new_err("neither a data frame nor a list of dicts");
    let rows = rows.try_iter().map_err(|_| wanted())?;
    rows.map(|row| Ok(row?.cast_into::<PyDict>().map_err(|_| wanted())?))
        .collect()
}
