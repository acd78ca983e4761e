//! Builds strings: the chronicle of a run, its JSON and its trace, diagrams, pictures, pages, diagnostics. Files and
//! terminals are the business of the command line.

pub mod backtest;
pub mod backtest_page;
pub mod bargaining;
pub mod chart;
pub mod chronicle;
pub mod columns;
mod combine;
pub mod debrief;
pub mod debrief_page;
pub mod diagnostics;
pub mod diagram;
pub mod ensemble;
pub mod ensemble_page;
pub mod ensemble_sheets;
pub mod exact;
pub mod html;
pub mod json;
pub mod list;
pub mod manifest;
mod markdown;
mod page;
pub mod pairs;
mod parting;
mod plain;
pub mod play;
mod reserves;
pub mod resolve;
mod rules;
pub mod runs;
pub mod sensitivity;
pub mod sensitivity_page;
pub mod shard;
mod share;
pub mod sheet;
pub mod sheets;
pub mod side_by_side;
pub mod table;
pub mod trace;
pub mod verify;
pub mod what_if;
pub mod what_if_page;
pub mod what_if_sheets;
mod what_if_together;
mod what_if_types;

use crate::domain::Model;
use crate::drivers::{Head, Transcript};

/// Where a run came from: what is needed to have it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The fingerprint of the scenario with its changes.
    pub fingerprint: String,
    /// The seed.
    pub seed: u64,
    /// The run under that seed.
    pub run: u32,
    /// The what-if in force, by id.
    pub what_if: Option<String>,
    /// Further changes: path and value, as they were given.
    pub set: Vec<(String, String)>,
}

impl Origin {
    /// The head of an answer about everything that can happen: nothing is drawn.
    fn head(&self, title: &str, note: &str) -> Head<()> {
        Head::new(title, &self.fingerprint, (), note).changed(self.what_if.as_deref(), &self.set)
    }
}

/// A run to be reported on.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// What happened.
    pub transcript: &'a Transcript,
    /// Where it came from.
    pub origin: &'a Origin,
}

impl Run<'_> {
    /// The head of what is written about it.
    fn head(&self) -> Head {
        let Origin { fingerprint, seed, what_if, set, .. } = self.origin;
        Head::new(&self.model.world.title, fingerprint, *seed, "One run of a teaching model, not a forecast.")
            .changed(what_if.as_deref(), set)
    }
}

/// A document as indented JSON, ending in a line feed.
fn pretty(document: &impl serde::Serialize) -> String {
    // Plain data: it always has a JSON text.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
