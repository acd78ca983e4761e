//! The lines of a trace as data.

use serde::{Deserialize, Serialize};

use crate::domain::Weight;
use crate::drivers::Head;
use crate::kernel::What;

/// The first line: where the run came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`super::FORMAT`].
    pub format: String,
    /// As in every document.
    #[serde(flatten)]
    pub head: Head,
    /// The run under the seed.
    pub run: u32,
    /// The scenario file as it was named; `-` where it came from standard input.
    pub scenario: String,
}

/// A line between the first and the last: a turn in which something was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnLine {
    /// The round.
    pub round: u8,
    /// The kind of turn.
    pub turn: String,
    /// The agent whose turn it is.
    pub agent: String,
    /// For a party: at which track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// What was chosen.
    pub choices: Vec<ChoiceLine>,
    /// What changed.
    pub changes: Vec<ChangeLine>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceLine {
    /// What was chosen.
    pub what: What,
    /// The weights of the alternatives, in units of 2⁻³².
    pub weights: Vec<Weight>,
    /// The place of the one picked, from 0.
    pub pick: usize,
}

/// One change of a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeLine {
    /// The quantity's path.
    pub path: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// The outcome's id.
    pub end: String,
    /// How many lines stand between the first and the last.
    pub turns: usize,
    /// SHA-256, in hex, of all bytes before this line.
    pub hash: String,
}
