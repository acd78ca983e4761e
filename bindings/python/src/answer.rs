//! What a study found, in every form, as Python holds it.

use baraza::document::{Document, Picture};
use baraza::render::html;
use baraza::studies::study::{Artifact, Findings};
use pyo3::prelude::*;

use crate::table::Table;

/// What a study found. Its forms are those of the command line, byte for byte.
#[pyclass(frozen, module = "baraza")]
pub struct Answer {
    format: &'static str,
    json: String,
    text: String,
    document: Document,
    /// Those of all that was found: files of pictures hold all of it, however much the page tells.
    pictures: Vec<Picture>,
    tables: Vec<Py<Table>>,
    wide: Option<Py<Table>>,
    /// A file beside it: a table or a text.
    beside: Option<Beside>,
    verdict: bool,
}

/// A file that a study gives beside what it says.
enum Beside {
    Table(Py<Table>),
    Text(String),
}

impl Answer {
    /// What findings say.
    pub fn of(py: Python<'_>, findings: &dyn Findings, full: bool) -> PyResult<Self> {
        let tables = findings.tables();
        let tables = tables.iter().map(|table| Py::new(py, Table::of(table))).collect::<PyResult<_>>()?;
        let wide = match findings.artifact("table") {
            Some(Artifact::Csv(text)) => Some(Py::new(py, Table::of_csv("table", text))?),
            _ => None,
        };
        Ok(Self {
            format: findings.format(),
            json: findings.json(),
            text: findings.text(full, false.into()),
            document: findings.document(full),
            pictures: findings.document(true).pictures().cloned().collect(),
            tables,
            wide,
            beside: None,
            verdict: findings.verdict(),
        })
    }

    /// The same with a file beside it, by its name.
    pub fn with(py: Python<'_>, findings: &dyn Findings, name: &str) -> PyResult<Self> {
        let beside = match findings.artifact(name) {
            Some(Artifact::Table(table)) => Some(Beside::Table(Py::new(py, Table::of(&table))?)),
            Some(Artifact::Csv(text)) => Some(Beside::Table(Py::new(py, Table::of_csv(name, text))?)),
            Some(Artifact::Text(text, _)) => Some(Beside::Text(text)),
            Some(Artifact::Missing(_)) | None => None,
        };
        Ok(Self { beside, ..Self::of(py, findings, false)? })
    }
}

#[pymethods]
impl Answer {
    /// The name of the format of its JSON, such as `baraza-ensemble/3`.
    #[getter]
    fn format(&self) -> &str {
        self.format
    }

    /// What `--json` prints.
    #[getter]
    fn json(&self) -> &str {
        &self.json
    }

    /// What the command prints into a pipe.
    #[getter]
    fn text(&self) -> &str {
        &self.text
    }

    /// What `--html` writes: a page in one file, with everything.
    #[getter]
    fn html(&self) -> String {
        html::page(&self.document)
    }

    /// What `--slides` writes.
    #[getter]
    fn slides(&self) -> String {
        html::slides(&self.document)
    }

    /// The question that it answers.
    #[getter]
    fn question(&self) -> Option<&str> {
        self.document.answer.as_ref().map(|answer| answer.question.as_str())
    }

    /// The answer in a sentence or two.
    #[getter]
    fn sentence(&self) -> Option<&str> {
        self.document.answer.as_ref().map(|answer| answer.sentence.as_str())
    }

    /// Whether the answer is yes, where the question was one of yes or no.
    #[getter]
    fn verdict(&self) -> bool {
        self.verdict
    }

    /// Its tables, by name.
    #[getter]
    fn tables<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyDict>> {
        let dict = pyo3::types::PyDict::new(py);
        for table in &self.tables {
            dict.set_item(table.bind(py).getattr("name")?, table)?;
        }
        Ok(dict)
    }

    /// Of a design: the table with a row a cell, which `--table` writes.
    #[getter]
    fn wide(&self, py: Python<'_>) -> Option<Py<Table>> {
        self.wide.as_ref().map(|table| table.clone_ref(py))
    }

    /// Of `resolve(policy=True)`: the policy that `--policy` writes.
    #[getter]
    fn policy(&self, py: Python<'_>) -> Option<Py<Table>> {
        match &self.beside {
            Some(Beside::Table(table)) => Some(table.clone_ref(py)),
            _ => None,
        }
    }

    /// Of `verify`: the run that shows something, as `--trace` writes it.
    #[getter]
    fn trace(&self) -> Option<&str> {
        match &self.beside {
            Some(Beside::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Its figures, by name.
    #[getter]
    fn figures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyDict>> {
        let dict = pyo3::types::PyDict::new(py);
        for picture in &self.pictures {
            dict.set_item(&picture.name, Py::new(py, Figure::of(picture))?)?;
        }
        Ok(dict)
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("<baraza.Answer {}: {}>", self.format, self.sentence().unwrap_or_default())
    }

    /// The answer and the figures, for notebooks; `html` is the whole page.
    fn _repr_html_(&self) -> String {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let mut out = String::new();
        if let Some(answer) = &self.document.answer {
            out +=
                &format!("<p><b>{}</b></p><p>{}</p>", escaped(&answer.question), escaped(&answer.sentence));
        }
        for picture in self.document.pictures() {
            out += &Figure::of(picture)._repr_html_();
        }
        if let Some(answer) = &self.document.answer {
            out += &format!("<p><small>{}</small></p>", escaped(&answer.caveat));
        }
        out
    }
}

/// A figure of an answer.
#[pyclass(frozen, module = "baraza")]
pub struct Figure {
    name: String,
    title: String,
    description: String,
    svg: String,
}

impl Figure {
    fn of(picture: &Picture) -> Self {
        Self {
            name: picture.name.clone(),
            title: picture.title.clone(),
            description: picture.description.clone(),
            svg: picture.alone(),
        }
    }
}

#[pymethods]
impl Figure {
    /// The name of its file without `.svg`.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.title
    }

    /// What it shows, in words.
    #[getter]
    fn description(&self) -> &str {
        &self.description
    }

    /// The file that `--svg` writes.
    #[getter]
    fn svg(&self) -> &str {
        &self.svg
    }

    fn __repr__(&self) -> String {
        format!("<baraza.Figure {}: {}>", self.name, self.title)
    }

    /// As an image, so that its style stays its own.
    fn _repr_html_(&self) -> String {
        let mut text = String::new();
        for byte in self.svg.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => text.push(byte as char),
                _ => text += &format!("%{byte:02X}"),
            }
        }
        let alt = self.description.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!("<img alt=\"{alt}\" style=\"max-width:100%\" src=\"data:image/svg+xml,{text}\">")
    }
}
