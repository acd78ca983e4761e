//! What a folder of tables holds: the document that lies beside them.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::drivers::GENERATOR;

use super::pretty;
use super::sheet::Sheet;

/// The name of the format of [`manifest`].
pub const FORMAT: &str = "baraza-tables/1";

/// Where the tables of a study come from: what is needed to have them again.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The command, such as `ensemble`.
    pub study: &'static str,
    /// The title of the scenario.
    pub title: &'a str,
    /// The fingerprint of the scenario with its changes.
    pub fingerprint: &'a str,
    /// The seed.
    pub seed: u64,
    /// The first run.
    pub from: u64,
    /// The run after the last.
    pub to: u64,
    /// The what-if in force, by id.
    pub what_if: Option<&'a str>,
    /// Further changes: path and value.
    pub set: &'a [(String, String)],
    /// Level of the intervals.
    pub level: f64,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: &'static str,
    generator: &'static str,
    study: &'static str,
    title: &'a str,
    fingerprint: &'a str,
    seed: u64,
    from: u64,
    to: u64,
    what_if: Option<&'a str>,
    set: Vec<Setting<'a>>,
    level: f64,
    note: &'static str,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Setting<'a> {
    path: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Table {
    name: &'static str,
    file: String,
    columns: &'static [&'static str],
    rows: usize,
    sha256: String,
}

/// The name of a table's file.
pub fn file(sheet: &Sheet) -> String {
    format!("{}.csv", sheet.name)
}

/// The manifest as JSON, ending in a line feed; `texts` are the tables as they are written ([`Sheet::csv`]).
pub fn manifest(head: &Head, sheets: &[Sheet], texts: &[String]) -> String {
    let table = |(sheet, text): (&Sheet, &String)| Table {
        name: sheet.name,
        file: file(sheet),
        columns: sheet.columns,
        rows: sheet.rows.len(),
        sha256: Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    pretty(&Document {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION"),
        generator: GENERATOR,
        study: head.study,
        title: head.title,
        fingerprint: head.fingerprint,
        seed: head.seed,
        from: head.from,
        to: head.to,
        what_if: head.what_if,
        set: head.set.iter().map(|(path, value)| Setting { path, value }).collect(),
        level: head.level,
        note: "Figures of a teaching model under its assumptions, not of the real world.",
        tables: sheets.iter().zip(texts).map(table).collect(),
    })
}
