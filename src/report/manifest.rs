//! What a folder of tables holds: the document that lies beside them.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::drivers::Head;

use super::pretty;
use super::sheet::{BYTE_ORDER_MARK, Sheet};

/// The name of the format of [`manifest`].
pub const FORMAT: &str = "baraza-tables/3";

/// Where the tables of a study come from: what is needed to have them again.
#[derive(Clone, Debug)]
pub struct Study {
    /// The command, such as `ensemble`.
    pub name: &'static str,
    /// As in every document.
    pub head: Head<Option<u64>>,
    /// The first run.
    pub from: u64,
    /// The run after the last.
    pub to: u64,
    /// Level of the intervals.
    pub level: f64,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: &'a Head<Option<u64>>,
    study: &'static str,
    from: u64,
    to: u64,
    level: f64,
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
pub fn file(sheet: &Sheet) -> String {
    format!("{}.csv", sheet.name)
}

/// The manifest as JSON, ending in a line feed; `texts` are the tables as they are written ([`Sheet::csv`], with or without the mark).
pub fn manifest(study: &Study, sheets: &[Sheet], texts: &[String]) -> String {
    let table = |(sheet, text): (&Sheet, &String)| Table {
        name: sheet.name,
        file: file(sheet),
        columns: sheet.columns,
        rows: sheet.rows.len(),
        neutralised: sheet.neutralised(),
        sha256: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
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
