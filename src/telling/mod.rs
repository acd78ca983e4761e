//! A scenario and its runs in words: the chronicle of a run, its JSON and its trace, what a player reads, handouts of an
//! exercise, diagrams.

pub mod chronicle;
pub(crate) mod claim;
pub mod diagram;
pub mod handouts;
pub mod json;
pub mod list;
pub(crate) mod parting;
pub(crate) mod paths;
pub mod play;
pub(crate) mod rules;
pub mod side_by_side;
pub mod trace;

use crate::domain::Model;
use crate::drivers::{Head, Transcript};

pub use crate::text::paper::Paper;

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
    pub(crate) fn head(&self, title: &str, note: &str) -> Head<()> {
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
    pub(crate) fn head(&self) -> Head {
        let Origin { fingerprint, seed, what_if, set, .. } = self.origin;
        Head::new(&self.model.world.title, fingerprint, *seed, "One run of a teaching model, not a forecast.")
            .changed(what_if.as_deref(), set)
    }
}
