//! Which assumption matters, as text, as JSON and as tables.

mod page;
mod study;
mod tables;
mod text;

use serde::Serialize;

use crate::analysis::sensitivity::{Answer, Study, Table};
use crate::document::Document as Page;
use crate::document::dataset::Dataset;
use crate::document::dataset::neutral;
use crate::domain::{Assumption, Scale, World};
use crate::drivers::Head;
use crate::render::package;
use crate::render::typed::Typed;
use crate::scenario::Origin;
use crate::text::paper::Paper;
use crate::text::pretty;

use super::study::{Artifact, Findings, Made};

use tables::tables;

pub use study::{Assumptions, Found, Method, Options, Parts};
pub(crate) use text::{found, measured};

/// The name of the format of its JSON.
pub const FORMAT: &str = "baraza-sensitivity/3";

/// What the figures are, and are not.
pub(crate) const NOTE: &str = "What assumptions do within a teaching model, over ranges that are assumptions too; nothing about the real world.";

/// How much was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Tornado: runs at each end.
    pub runs: u32,
    /// Morris: walks asked for.
    pub walks: u32,
    /// Morris: runs at each point.
    pub walk_runs: u32,
    /// Sobol': rows.
    pub rows: u32,
    /// Sobol': runs at each point.
    pub repeats: u32,
    /// Share of chance: points.
    pub chance_points: u32,
    /// Share of chance: runs at each.
    pub chance_runs: u32,
    /// Whether somebody stopped the study.
    pub stopped: bool,
}

/// A study to be told.
#[derive(Clone, Copy, Debug)]
pub struct Sensitivity<'a> {
    /// The scenario.
    pub world: &'a World,
    /// Its fingerprint, with its changes.
    pub fingerprint: &'a str,
    /// The seed.
    pub seed: u64,
    /// Level of the intervals.
    pub level: f64,
    /// The what-if in force.
    pub what_if: Option<&'a str>,
    /// The changes in force.
    pub set: &'a [(String, String)],
    /// The assumptions and where their ranges come from.
    pub ranges: &'a [(Assumption, Origin)],
    /// How much was played.
    pub effort: Effort,
    /// The place of the answer that was asked for.
    pub asked: usize,
    /// The answers.
    pub answers: &'a [Answer],
    /// The points of the Sobol' design with their outputs, as CSV, where they were played.
    pub table: Option<&'a str>,
    /// How it can be had again.
    pub made: &'a Made,
}

impl Sensitivity<'_> {
    /// The head of what is written about it.
    pub fn head(&self) -> Head {
        Head::new(&self.world.title, self.fingerprint, self.seed, NOTE).changed(self.what_if, self.set)
    }
}

impl Findings for Sensitivity<'_> {
    fn source(&self) -> package::Study {
        // Every method has runs of its own; those of the tornado are the ones with a beginning and an end.
        package::Study::of_runs("sensitivity", self.head(), 0, self.effort.runs.into(), self.level)
    }

    fn document(&self, _: bool) -> Page {
        page::document(self)
    }

    fn tables(&self) -> Vec<Dataset> {
        tables(self)
    }

    fn text(&self, _: bool, paper: Paper) -> String {
        text::text(self, paper)
    }

    fn format(&self) -> &'static str {
        FORMAT
    }

    fn json(&self) -> String {
        json(self)
    }

    fn artifact(&self, name: &str) -> Option<Artifact> {
        let table = self.table.filter(|_| name == "table")?;
        Some(Artifact::Csv(table.to_owned()))
    }
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    level: f64,
    effort: Effort,
    ranges: Vec<RangeRow<'a>>,
    asked: &'a str,
    answers: &'a [Answer],
    tables: Typed,
}

#[derive(Serialize)]
struct RangeRow<'a> {
    path: &'a str,
    origin: Origin,
    scale: &'static str,
    low: serde_json::Value,
    high: serde_json::Value,
    value: Option<serde_json::Value>,
}

/// The study as JSON, ending in a line feed.
fn json(study: &Sensitivity) -> String {
    let document = Document {
        format: FORMAT,
        head: study.head(),
        level: study.level,
        effort: study.effort,
        ranges: study.ranges.iter().map(|(a, origin)| row(a, *origin)).collect(),
        asked: study.answers.get(study.asked).map_or("", |a| &a.id),
        answers: study.answers,
        tables: Typed(tables(study)),
    };
    pretty(&document)
}

fn row(assumption: &Assumption, origin: Origin) -> RangeRow<'_> {
    let value = |v: f64| match assumption.scale {
        Scale::Words(_) => assumption.plain(v).into(),
        Scale::Whole => (v as i64).into(),
        Scale::Number => v.into(),
    };
    RangeRow {
        path: &assumption.path,
        origin,
        scale: match assumption.scale {
            Scale::Words(_) => "words",
            Scale::Whole => "whole",
            Scale::Number => "number",
        },
        low: value(assumption.low),
        high: value(assumption.high),
        value: assumption.value.map(value),
    }
}

/// The ranges as TOML, ready to paste into the scenario.
pub fn list(ranges: &[(Assumption, Origin)]) -> String {
    let mut out = String::from("[ranges]\n");
    for (a, _) in ranges {
        let own = a.value.map_or_else(String::new, |v| format!("  # {}", a.plain(v)));
        out += &format!("\"{}\" = [{}, {}]{own}\n", a.path, a.toml(a.low), a.toml(a.high));
    }
    out
}

/// Every point of a Sobol' design as CSV: the first of its runs, the values of the assumptions (words by their
/// names), then the share of its runs that each measure counts. In the order of the design: row after row A, A with
/// one column of B for every assumption in turn, A with B's luck, B.
pub(crate) fn table(study: &Study, table: &Table, names: &[(String, String)]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let paths = study.assumptions.iter().map(|a| a.path.clone());
    let head: Vec<String> = std::iter::once("run".to_owned())
        .chain(paths)
        .chain(names.iter().map(|n| neutral(&n.0).into()))
        .collect();
    // Writing into memory does not fail.
    let _ = writer.write_record(&head);
    let outputs: Vec<Vec<f64>> = (0..names.len()).map(|m| table.outputs(m)).collect();
    for (point, (values, run)) in table.inputs(study).enumerate() {
        let values = values.iter().zip(study.assumptions).map(|(v, a)| a.plain(*v));
        let shares = outputs.iter().map(|o| o[point].to_string());
        let _ = writer.write_record(std::iter::once(run.to_string()).chain(values).chain(shares));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
