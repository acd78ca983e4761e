//! The log of a class: one JSON line an event that is not play. Groups' logs are referred to by their number; where the two disagree,
//! the group's log wins.

use serde::{Deserialize, Serialize};

use crate::drivers::Head;

/// The name of the format.
pub const FORMAT: &str = "baraza-class/2";
/// The format before it, which is read as well: it has no clock.
pub(super) const BEFORE: &str = "baraza-class/1";

/// Whether groups have the same luck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Luck {
    /// All groups play the same run.
    #[default]
    Shared,
    /// Each group plays a run of its own.
    Own,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// As in every document, with the seed of all groups.
    #[serde(flatten)]
    pub head: Head,
    /// The scenario's file as it was named.
    pub scenario: String,
    /// The ids of the roles that teams play.
    pub roles: Vec<String>,
    /// How many groups there are.
    pub groups: usize,
    /// Whether they have the same luck.
    pub luck: Luck,
    /// The id of the lesson.
    pub lesson: String,
    /// The code by which students join.
    pub code: String,
}

/// A line after the first. Students are named by ids drawn at random; a key holds the form's own key and a digest of what was sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Line {
    /// Somebody joined.
    Join {
        /// The new id.
        who: String,
        /// The form's key.
        key: String,
    },
    /// Somebody is on a team.
    Team {
        /// Who.
        who: String,
        /// The group, from 1.
        group: usize,
        /// The role.
        role: String,
    },
    /// A seat was issued anew: links and cookies before it are worth nothing.
    Issue {
        /// Whose.
        who: String,
        /// How often it was issued.
        number: u32,
    },
    /// Joining was opened or closed.
    Joining {
        /// Whether anybody can join.
        open: bool,
    },
    /// The lesson came to a step.
    Step {
        /// Its number, from 1.
        number: usize,
    },
    /// The lesson was halted or goes on.
    Pause {
        /// Whether it is halted.
        on: bool,
    },
    /// Somebody changed a field of a team's sheet.
    Draft {
        /// Who.
        who: String,
        /// The group.
        group: usize,
        /// The role.
        role: String,
        /// The round.
        round: u8,
        /// The key of the field.
        field: String,
        /// What it says now; nothing: as the model would.
        words: Vec<String>,
        /// The form's key.
        key: String,
    },
    /// Somebody holds the pen of a team.
    Pen {
        /// Who.
        who: String,
    },
    /// A what-if was put to the class.
    Ask {
        /// Its id, or changes as `path=value`, with a semicolon between several.
        what_if: String,
        /// What the class is asked, where the teacher says it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        question: String,
    },
    /// The what-if before the class was taken away.
    Withdraw,
    /// Somebody guessed what a what-if does.
    Guess {
        /// Who.
        who: String,
        /// The what-if.
        what_if: String,
        /// The id of the outcome that becomes likelier most.
        outcome: String,
        /// The form's key.
        key: String,
    },
    /// The answer to the what-if was shown.
    Answer {
        /// Its id.
        what_if: String,
    },
    /// The answer to a what-if was worked out.
    Found {
        /// Its id, or changes as `path=value`.
        what_if: String,
        /// How often the talks ended with each outcome: its id, as the scenario stands, and with the change.
        ends: Vec<(String, u32, u32)>,
    },
    /// The class's distribution of a prediction was shown to all: it can no longer be stated.
    Spread {
        /// The id of the question.
        question: String,
        /// The round before which it was stated.
        round: u8,
    },
    /// A vote was closed.
    Counted {
        /// The step of the lesson, from 1.
        step: usize,
        /// What could be voted for, with the votes for it.
        votes: Vec<(String, u32)>,
    },
    /// From a time on orders for a round were waited for.
    Due {
        /// The group, from 1.
        group: usize,
        /// The round.
        round: u8,
        /// Since when, in milliseconds since the beginning of 1970.
        at: u64,
    },
    /// A clock was set, halted or stopped: when it has run out, the round is closed.
    Clock {
        /// The round.
        round: u8,
        /// When it runs out, in milliseconds since the beginning of 1970; missing where it does not run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<u64>,
        /// How many milliseconds are left of one that is halted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<u64>,
    },
    /// What was hidden is open to all from here on.
    Debrief,
}
