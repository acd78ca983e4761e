//! When a condition of one's own must hold for a run to count: one answer for every study.

use serde::{Deserialize, Serialize};

/// When a condition must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Held {
    /// At the end of the last round
    #[default]
    Last,
    /// At the end of some round
    Ever,
}

impl Held {
    /// Both, the one first that is meant where nobody says otherwise.
    pub const ALL: [Self; 2] = [Self::Last, Self::Ever];

    /// As options, documents and tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Ever => "ever",
        }
    }

    /// For a sentence.
    pub const fn when(self) -> &'static str {
        match self {
            Self::Last => "at the end of the last round",
            Self::Ever => "at the end of some round",
        }
    }
}
