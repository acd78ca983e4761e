//! What a page may ask.

use serde::Deserialize;

use crate::studies::{ensemble, what_if};
use crate::telling::chronicle::Detail;

/// A request; `ask` says which.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// Of which sources the desk was built.
    Sources,
    /// Takes a scenario up: its name and text. All other requests are about the scenario that was taken up last.
    Load {
        /// How a command calls its file.
        name: String,
        /// Its text.
        text: String,
    },
    /// Looks for mistakes in a text, without taking it up.
    Check {
        /// How a command calls its file.
        name: String,
        /// The text.
        text: String,
    },
    /// What the scenario has, and what of it can be changed.
    List {
        /// The what-if in force.
        #[serde(default)]
        what_if: Option<String>,
        /// Further changes.
        #[serde(default)]
        set: Vec<(String, String)>,
    },
    /// Plays some runs of a study, and gives their counts.
    Play {
        /// The study.
        study: Asked,
        /// The first run.
        from: u32,
        /// The run after the last.
        to: u32,
    },
    /// Adds up counts of a study and tells what they come to.
    Tell {
        /// The study.
        study: Asked,
        /// Counts, each as an answer to [`Request::Play`] or the sum of an earlier answer to this.
        counts: Vec<String>,
        /// In which forms.
        forms: Vec<Form>,
    },
    /// Plays one run and tells it.
    Run {
        /// The what-if in force.
        #[serde(default)]
        what_if: Option<String>,
        /// Further changes.
        #[serde(default)]
        set: Vec<(String, String)>,
        /// The seed.
        seed: u64,
        /// The run under that seed.
        run: u32,
        /// How much is told.
        #[serde(default)]
        detail: Detail,
        /// In which forms.
        forms: Vec<Form>,
    },
    /// Lays one run of two worlds side by side.
    Pair {
        /// The change.
        options: what_if::Options,
        /// The run.
        run: u32,
        /// How much is told.
        #[serde(default)]
        detail: Detail,
        /// In which forms.
        forms: Vec<Form>,
    },
    /// How a draft of a whole text stands.
    Draft {
        /// The what-if in force.
        #[serde(default)]
        what_if: Option<String>,
        /// Further changes.
        #[serde(default)]
        set: Vec<(String, String)>,
        /// The seed.
        seed: u64,
        /// How many runs are played.
        runs: u32,
        /// The track, by id.
        track: String,
        /// Its options, item by item, by id.
        options: Vec<String>,
        /// The round in which it is put to the parties.
        round: u8,
    },
    /// The text with changes written into it.
    Rewrite {
        /// The text.
        text: String,
        /// The changes.
        set: Vec<(String, String)>,
    },
    /// A small scenario to begin with.
    Starter,
}

/// A study of many runs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "study", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Asked {
    /// Many runs of the scenario.
    Ensemble {
        /// The what-if in force.
        #[serde(default)]
        what_if: Option<String>,
        /// Further changes.
        #[serde(default)]
        set: Vec<(String, String)>,
        /// What is asked.
        #[serde(default)]
        options: ensemble::Options,
    },
    /// Pairs of runs: as the scenario stands, and with changes.
    WhatIf {
        /// What is asked.
        #[serde(default)]
        options: what_if::Options,
    },
}

/// A form in which an answer can be had. Each is what the command gives, to the byte, but the first two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// What a page begins with, the answer alone.
    Answer,
    /// All of a page but what stands around it.
    Fragment,
    /// `--json`.
    Json,
    /// `--html`.
    Page,
    /// What a terminal shows.
    Text,
}
