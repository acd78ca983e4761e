//! The log of a session: one JSON line an event, appended to and never changed (docs/formats.md).

use serde::{Deserialize, Serialize};

use crate::domain::Model;
use crate::drivers::Head;
use crate::kernel::{Site, What};

use super::orders::Sheet;
use super::question::{Alternative, Question};
use super::table::Decision;

/// The name of the format.
pub const FORMAT: &str = "baraza-session/3";

/// The name of the log of a class's group, by its number from 1.
pub fn group_log(number: usize) -> String {
    format!("group-{number}.session.jsonl")
}

/// The format before it, which is read as well: it has no orders.
const BEFORE: &str = "baraza-session/2";

/// What people are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Pace {
    /// Every decision, when it is due.
    #[default]
    Decision,
    /// Orders for a round, before it begins.
    Round,
}

impl Pace {
    fn is_usual(&self) -> bool {
        *self == Self::Decision
    }
}

/// Who holds a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// People.
    Person,
    /// The model.
    Model,
}

/// The first line: all that is needed, beside the decisions, to have the session again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// As in every document.
    #[serde(flatten)]
    pub head: Head,
    /// The run under the seed.
    pub run: u32,
    /// The scenario's file as it was named.
    pub scenario: String,
    /// The ids of those who are played by people.
    pub seats: Vec<String>,
    /// What people are asked for.
    #[serde(default, skip_serializing_if = "Pace::is_usual")]
    pub by: Pace,
}

/// What a session is, and is not.
pub const NOTE: &str = "A session with a teaching model, not a forecast.";

/// A line after the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// A person decided.
    Decide {
        /// The round.
        round: u8,
        /// The id of the party or mediator.
        who: String,
        /// What was decided.
        what: What,
        /// The alternative in words, for readers; what counts is `pick`.
        choice: String,
        /// The alternative in the kernel's order.
        pick: usize,
        /// The place of the turn in the round.
        turn: usize,
        /// The address of those concerned, in hexadecimal.
        address: String,
    },
    /// Somebody went back to a round; a branch was opened, with the next number.
    Rewind {
        /// The branch from which it parts.
        from: usize,
        /// The round that is played anew.
        round: u8,
    },
    /// Somebody went to another branch.
    Go {
        /// Its number from 1.
        branch: usize,
    },
    /// Somebody stated a probability.
    Predict {
        /// The id of the seat.
        who: String,
        /// The id of the question.
        question: String,
        /// The round before which it was stated.
        round: u8,
        /// The probability.
        probability: f64,
        /// The key under which the form was sent, where it was one.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        key: String,
    },
    /// A role's orders for the round to come; they take the place of those that it gave for it before.
    Orders {
        /// The round.
        round: u8,
        /// The id of the party or mediator.
        role: String,
        /// What was decided; everything else is the model's.
        sheet: Sheet,
        /// Who signed it off, by an id that is drawn at random; empty where nobody but the role is known.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
        /// The key under which the form was sent, by which it is known if it comes again.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        key: String,
    },
    /// The orders of a round stand, and it is played.
    Close {
        /// The round.
        round: u8,
        /// The roles that the model played.
        model: Vec<String>,
        /// The digest of the state afterwards ([`Table::digest`](super::Table::digest)).
        state: String,
    },
    /// A seat was handed on.
    Seat {
        /// The id of the party or mediator.
        role: String,
        /// Who holds it from the next round on that is closed.
        to: Holder,
    },
    /// Something was brought into the talks from outside.
    Inject {
        /// The round before which it happened.
        round: u8,
        /// `event.ID`, or an effect.
        effect: String,
    },
}

impl Event {
    pub(super) fn decide(model: &Model, question: &Question, chosen: &Alternative) -> Self {
        let site = question.site;
        let turn = model.turns.iter().position(|t| *t == site.turn).unwrap_or(0);
        Self::Decide {
            round: site.round,
            who: question.who.id(&model.world).into_owned(),
            what: site.what,
            choice: chosen.word.clone(),
            pick: chosen.pick,
            turn,
            address: format!("{:016x}", site.address),
        }
    }

    /// The decision that an event records.
    pub(super) fn decision(&self, model: &Model) -> Option<Decision> {
        let Self::Decide { round, what, pick, turn, address, .. } = self else { return None };
        let (turn, address) = (*model.turns.get(*turn)?, u64::from_str_radix(address, 16).ok()?);
        let site = Site { turn, what: *what, round: *round, address };
        Some(Decision { site, pick: *pick, by_model: false })
    }

    pub(super) fn turn(&self) -> Option<usize> {
        match self {
            Self::Decide { turn, .. } => Some(*turn),
            _ => None,
        }
    }
}

/// What a log holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The first line.
    pub header: Header,
    /// The lines after it.
    pub events: Vec<Event>,
    /// How many bytes of the log are whole lines.
    pub whole: usize,
    /// The number, from 1, of a last line that was not written to its end and is left out.
    pub torn: Option<usize>,
}

/// Why a log cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing in it.
    #[error("the log is empty: no session has been begun in it")]
    Empty,
    /// It is something else.
    #[error("this is no log of a session: its first line should have \"format\":\"{FORMAT}\"")]
    Foreign,
    /// Another format.
    #[error(
        "the log has the format {0}, this program reads {FORMAT} and {BEFORE}: use the version that wrote it"
    )]
    Format(String),
    /// A line that was written to its end is damaged.
    #[error("line {line} cannot be read: {message}")]
    Damaged {
        /// Its number from 1.
        line: usize,
        /// What the reader said.
        message: String,
    },
}

/// A line of a log, with its line feed.
pub fn write(line: &impl Serialize) -> String {
    // Plain data: it always has a JSON text.
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text
}

impl Problem {
    /// The last line that is fine, where there is one to go on from.
    pub fn last_fine(&self) -> Option<usize> {
        match self {
            Self::Damaged { line, .. } => Some(line - 1),
            _ => None,
        }
    }
}

fn header(line: &str) -> Result<Header, Problem> {
    let value: serde_json::Value = serde_json::from_str(line.trim_end()).map_err(|_| Problem::Foreign)?;
    match value.get("format").and_then(serde_json::Value::as_str) {
        Some(FORMAT | BEFORE) if line.ends_with('\n') => {
            serde_json::from_value(value).map_err(|_| Problem::Foreign)
        }
        Some(other) if ![FORMAT, BEFORE].contains(&other) && other.starts_with("baraza-session/") => {
            Err(Problem::Format(other.to_owned()))
        }
        _ => Err(Problem::Foreign),
    }
}

/// Reads a log. A last line that was not written to its end is left out, and said to be; one that ends in a line feed never is.
///
/// # Errors
/// When it is not a log, or damaged.
pub fn read(text: &str) -> Result<Written, Problem> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().ok_or(Problem::Empty)?;
    let header = header(first)?;
    let (mut events, mut whole) = (Vec::new(), first.len());
    for (k, line) in lines.enumerate() {
        let number = k + 2;
        if !line.ends_with('\n') {
            return Ok(Written { header, events, whole, torn: Some(number) });
        }
        let event = serde_json::from_str(line.trim_end());
        events.push(event.map_err(|e| Problem::Damaged { line: number, message: e.to_string() })?);
        whole += line.len();
    }
    Ok(Written { header, events, whole, torn: None })
}
