//! Tables, handed over through the Arrow C data interface, which pandas, polars, DuckDB and others read without copying.

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    StringArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, Field, Schema};
use baraza::document::columns::{Kind, column};
use baraza::document::dataset::Dataset;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// A table of an answer. Anything that reads Arrow takes it: `pandas.DataFrame.from_arrow(table)`, `polars.DataFrame(table)`.
#[pyclass(frozen, module = "baraza")]
pub struct Table {
    name: String,
    columns: Vec<(String, Kind)>,
    rows: Vec<Vec<String>>,
    csv: String,
}

impl Table {
    /// One of a study's.
    pub fn of(dataset: &Dataset) -> Self {
        let kind = |name: &&str| column(dataset.name, name).map_or(Kind::Text, |c| c.kind);
        Self {
            name: dataset.name.to_owned(),
            columns: dataset.columns.iter().map(|name| ((*name).to_owned(), kind(name))).collect(),
            rows: dataset.rows.clone(),
            csv: dataset.csv(),
        }
    }

    /// One that a study has as CSV alone: a column is one of numbers where every cell is.
    pub fn of_csv(name: &str, text: String) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers().into_iter().flatten().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> =
            reader.records().flatten().map(|row| row.iter().map(str::to_owned).collect()).collect();
        let kind = |k: usize| {
            let cells = || rows.iter().map(|row| row[k].as_str()).filter(|cell| !cell.is_empty());
            match cells().next() {
                Some(_) if cells().all(|cell| cell.parse::<i64>().is_ok()) => Kind::Whole,
                Some(_) if cells().all(|cell| cell.parse::<f64>().is_ok()) => Kind::Number,
                _ => Kind::Text,
            }
        };
        let columns = names.into_iter().enumerate().map(|(k, name)| (name, kind(k))).collect();
        Self { name: name.to_owned(), columns, rows, csv: text }
    }

    fn schema(&self) -> Schema {
        let field = |(name, kind): &(String, Kind)| {
            let data = match kind {
                Kind::Text => DataType::Utf8,
                Kind::Whole => DataType::Int64,
                Kind::Number => DataType::Float64,
                Kind::Flag => DataType::Boolean,
                Kind::Date => DataType::Date32,
            };
            Field::new(name, data, true)
        };
        Schema::new(self.columns.iter().map(field).collect::<Vec<_>>())
    }

    fn array(&self, k: usize) -> ArrayRef {
        let cells = || self.rows.iter().map(|row| Some(row[k].as_str()).filter(|cell| !cell.is_empty()));
        match self.columns[k].1 {
            Kind::Text => Arc::new(cells().collect::<StringArray>()),
            Kind::Whole => Arc::new(cells().map(|c| c?.parse().ok()).collect::<Int64Array>()),
            Kind::Number => Arc::new(cells().map(|c| c?.parse().ok()).collect::<Float64Array>()),
            Kind::Flag => Arc::new(cells().map(|c| c?.parse().ok()).collect::<BooleanArray>()),
            Kind::Date => Arc::new(cells().map(|c| days(c?)).collect::<Date32Array>()),
        }
    }

    fn batch(&self) -> PyResult<RecordBatch> {
        let arrays = (0..self.columns.len()).map(|k| self.array(k)).collect();
        RecordBatch::try_new(Arc::new(self.schema()), arrays)
            .map_err(|e| PyRuntimeError::new_err(e.to_string()))
    }
}

/// Days from 1 January 1970 to a date, `YYYY-MM-DD`. Years begin in March, so that a leap day is their last.
fn days(date: &str) -> Option<i32> {
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leaps + (153 * month + 2) / 5 + day - 1 - 719_468)
}

#[pymethods]
impl Table {
    /// What it holds: the name of its file without `.csv`.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The names of its columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The table as CSV, byte for byte the file of `--csv`.
    #[getter]
    fn csv(&self) -> &str {
        &self.csv
    }

    fn __len__(&self) -> usize {
        self.rows.len()
    }

    fn __repr__(&self) -> String {
        format!("<baraza.Table {}: {} rows of {}>", self.name, self.rows.len(), self.columns().join(", "))
    }

    /// Its rows as tuples of numbers, texts, flags and None; dates are texts.
    fn rows(&self, py: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
        let cell = |text: &String, kind: Kind| match kind {
            _ if text.is_empty() => Ok(py.None()),
            Kind::Whole => text.parse::<i64>().map_or_else(|_| text.into_py_any(py), |n| n.into_py_any(py)),
            Kind::Number => text.parse::<f64>().map_or_else(|_| text.into_py_any(py), |n| n.into_py_any(py)),
            Kind::Flag => (text == "true").into_py_any(py),
            Kind::Text | Kind::Date => text.into_py_any(py),
        };
        let row = |row: &Vec<String>| {
            let cells: Vec<Py<PyAny>> = row
                .iter()
                .zip(&self.columns)
                .map(|(text, (_, kind))| cell(text, *kind))
                .collect::<PyResult<_>>()?;
            Ok(pyo3::types::PyTuple::new(py, cells)?.into_any().unbind())
        };
        self.rows.iter().map(row).collect()
    }

    /// The Arrow PyCapsule interface: the types of its columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema =
            FFI_ArrowSchema::try_from(&self.schema()).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The Arrow PyCapsule interface: the table as a stream of one batch. Another schema that is asked for is not made.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batch = self.batch()?;
        let schema = batch.schema();
        let reader = RecordBatchIterator::new([Ok(batch)], schema);
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    /// The first rows as an HTML table, for notebooks.
    fn _repr_html_(&self) -> String {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let head: String =
            self.columns.iter().map(|(name, _)| format!("<th>{}</th>", escaped(name))).collect();
        let row = |row: &Vec<String>| {
            let cells: String = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
            format!("<tr>{cells}</tr>")
        };
        let shown: String = self.rows.iter().take(20).map(row).collect();
        let more = match self.rows.len() {
            n if n > 20 => format!("<p>The first 20 of {n} rows of <code>{}</code></p>", escaped(&self.name)),
            _ => format!("<p><code>{}</code></p>", escaped(&self.name)),
        };
        format!("<table><thead><tr>{head}</tr></thead><tbody>{shown}</tbody></table>{more}")
    }
}
