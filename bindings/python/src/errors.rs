//! Refusals as exceptions that carry the diagnostics with their carets.

use baraza::render::diagnostics::{records, render};
use baraza::scenario::Diagnostic;
use baraza::studies::refusal::{Refusal, Why};
use pyo3::create_exception;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

create_exception!(
    baraza,
    BarazaError,
    PyValueError,
    "What baraza refuses; `diagnostics` says where a text is wrong."
);
create_exception!(baraza, UsageError, BarazaError, "It was asked wrongly.");
create_exception!(
    baraza,
    ScenarioError,
    BarazaError,
    "It was asked well and cannot be done: mistakes in the scenario, too large."
);

/// Adds the exceptions to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("BarazaError", py.get_type::<BarazaError>())?;
    module.add("UsageError", py.get_type::<UsageError>())?;
    module.add("ScenarioError", py.get_type::<ScenarioError>())
}

/// The exception of a refusal: its message ends in the places, with their carets.
pub fn raised(py: Python<'_>, refusal: &Refusal) -> PyErr {
    let Refusal { why, message, diagnostics } = refusal;
    let text = match diagnostics.is_empty() {
        true => message.clone(),
        false => format!("{message}\n{}", render(diagnostics, false).trim_end()),
    };
    let error = match why {
        Why::Usage => UsageError::new_err(text),
        Why::No => ScenarioError::new_err(text),
        Why::Stopped => return PyKeyboardInterrupt::new_err(text),
    };
    let places = places(py, diagnostics);
    match places.and_then(|places| error.value(py).setattr("diagnostics", places)) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// An exception for what is asked wrongly in a way that only Python can.
pub fn usage(py: Python<'_>, message: impl Into<String>) -> PyErr {
    raised(py, &Refusal::usage(message))
}

/// Diagnostics as a list of dictionaries, with the keys of `baraza check --format json` and `text`: as people read it.
pub fn places(py: Python<'_>, diagnostics: &[Diagnostic]) -> PyResult<Vec<Py<PyDict>>> {
    let dict = |diagnostic: &Diagnostic| {
        let one = std::slice::from_ref(diagnostic);
        let dict = PyDict::new(py);
        for record in records(one) {
            dict.set_item("file", record.file)?;
            dict.set_item("line", record.line)?;
            dict.set_item("column", record.column)?;
            dict.set_item("end_line", record.end_line)?;
            dict.set_item("end_column", record.end_column)?;
            dict.set_item("code", record.code)?;
            dict.set_item("severity", record.severity)?;
            dict.set_item("message", record.message)?;
            dict.set_item("help", record.help)?;
        }
        dict.set_item("text", render(one, false))?;
        Ok(dict.unbind())
    };
    diagnostics.iter().map(dict).collect()
}
