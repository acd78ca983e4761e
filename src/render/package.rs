//! What a folder of tables holds: the document that lies beside them.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::document::columns::column;
use crate::document::dataset::{BYTE_ORDER_MARK, Dataset};
use crate::domain::hex;
use crate::drivers::Head;
use crate::text::pretty;

/// The name of the format of [`manifest`].
pub const FORMAT: &str = "baraza-tables/4";

/// Where the tables of a study come from: what is needed to have them again.
#[derive(Clone, Debug)]
pub struct Study {
    /// The command, such as `ensemble`.
    pub name: &'static str,
    /// As in every document.
    pub head: Head<Option<u64>>,
    /// The first run, where runs were played.
    pub from: Option<u64>,
    /// The run after the last.
    pub to: Option<u64>,
    /// Level of the intervals, where there are any.
    pub level: Option<f64>,
}

impl Study {
    /// Runs that were played.
    pub fn of_runs(
        name: &'static str,
        head: impl Into<Head<Option<u64>>>,
        from: u64,
        to: u64,
        level: f64,
    ) -> Self {
        Self { name, head: head.into(), from: Some(from), to: Some(to), level: Some(level) }
    }

    /// One run: nothing was estimated.
    pub fn of_run(name: &'static str, head: impl Into<Head<Option<u64>>>, run: u32) -> Self {
        let run = u64::from(run);
        Self { name, head: head.into(), from: Some(run), to: Some(run + 1), level: None }
    }

    /// Everything that can happen: nothing was drawn.
    pub fn of_all(name: &'static str, head: Head<()>) -> Self {
        Self { name, head: head.into(), from: None, to: None, level: None }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: &'a Head<Option<u64>>,
    study: &'static str,
    from: Option<u64>,
    to: Option<u64>,
    level: Option<f64>,
    byte_order_mark: bool,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Table {
    name: &'static str,
    file: String,
    columns: &'static [&'static str],
    rows: usize,
    neutralised: usize,
    sha256: String,
}

/// The name of a table's file.
pub fn file(sheet: &Dataset) -> String {
    format!("{}.csv", sheet.name)
}

/// The manifest as JSON, ending in a line feed; `texts` are the tables as they are written ([`Dataset::csv`], with or without the mark).
pub fn manifest(study: &Study, sheets: &[Dataset], texts: &[String]) -> String {
    let table = |(sheet, text): (&Dataset, &String)| Table {
        name: sheet.name,
        file: file(sheet),
        columns: sheet.columns,
        rows: sheet.rows.len(),
        neutralised: sheet.neutralised(),
        sha256: hex(&Sha256::digest(text.as_bytes())),
    };
    pretty(&Document {
        format: FORMAT,
        head: &study.head,
        study: study.name,
        from: study.from,
        to: study.to,
        level: study.level,
        byte_order_mark: texts.iter().any(|text| text.starts_with(BYTE_ORDER_MARK)),
        tables: sheets.iter().zip(texts).map(table).collect(),
    })
}

/// The name of the file of [`package`].
pub const PACKAGE: &str = "datapackage.json";

#[derive(Serialize)]
struct Package<'a> {
    profile: &'static str,
    name: &'static str,
    title: &'a str,
    description: &'a str,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Resource {
    profile: &'static str,
    name: &'static str,
    path: String,
    format: &'static str,
    encoding: &'static str,
    schema: Schema,
}

#[derive(Serialize)]
struct Schema {
    fields: Vec<Field>,
    #[serde(rename = "missingValues")]
    missing: [&'static str; 1],
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
}

/// The tables as a Frictionless tabular data package, ending in a line feed: the type and the meaning of every column.
pub fn package(study: &Study, sheets: &[Dataset]) -> String {
    let field = |table: &str, name: &'static str| {
        let known = column(table, name);
        debug_assert!(known.is_some(), "what does `{name}` of `{table}` mean?");
        Field {
            name,
            kind: known.map_or("string", |c| c.kind.name()),
            description: known.map_or("", |c| c.about),
        }
    };
    let resource = |sheet: &Dataset| Resource {
        profile: "tabular-data-resource",
        name: sheet.name,
        path: file(sheet),
        format: "csv",
        encoding: "utf-8",
        schema: Schema {
            fields: sheet.columns.iter().map(|name| field(sheet.name, name)).collect(),
            missing: [""],
        },
    };
    pretty(&Package {
        profile: "tabular-data-package",
        name: study.name,
        title: &study.head.title,
        description: "In a text that a spreadsheet would run an apostrophe stands before the sign that makes it do so.",
        resources: sheets.iter().map(resource).collect(),
    })
}
