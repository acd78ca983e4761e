//! What students and the teacher ask of a room, and what they are told.

use sha2::{Digest, Sha256};

use crate::domain::hex;
use crate::session::orders::Sheet;
use crate::session::{Holder, Refused};

/// What a student asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// To join under a name.
    Join {
        /// The name.
        name: String,
    },
    /// To be on a team.
    Team {
        /// The group, from 1.
        group: usize,
        /// The role.
        role: String,
    },
    /// To change a field of the team's sheet.
    Draft {
        /// For which round.
        round: u8,
        /// The key of the field.
        field: String,
        /// What it is to say; nothing: as the model would.
        words: Vec<String>,
    },
    /// To sign the sheet off.
    Sign {
        /// For which round.
        round: u8,
        /// Which sheet ([`super::version`]).
        version: String,
    },
    /// To hold the pen.
    Pen,
    /// To state a probability.
    Predict {
        /// The id of the question.
        question: String,
        /// Before which round.
        round: u8,
        /// The probability, 0..=1.
        probability: f64,
    },
    /// To guess which outcome a what-if makes likelier most.
    Guess {
        /// By what the what-if is known to students.
        mark: String,
        /// The id of the outcome.
        outcome: String,
    },
    /// To vote, once and in secret.
    Vote {
        /// The step of the lesson, from 1.
        step: usize,
        /// What for: a place among the options of the step.
        option: usize,
    },
}

/// A form that a student sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Whose; nobody's where they join.
    pub who: Option<String>,
    /// The key under which it was sent, drawn by the page; the same form sent again has the same.
    pub key: String,
    /// What it asks for.
    pub ask: Ask,
}

/// The most minutes of a clock.
pub const MINUTES: u16 = 600;

/// What the teacher orders.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// To close the round that is due and play it: of all groups, or of one.
    Close {
        /// Of which group alone.
        group: Option<usize>,
    },
    /// To take the last round back.
    TakeBack {
        /// Of which group.
        group: usize,
    },
    /// To bring something into the talks before the round that is due: of all groups, or of one.
    Inject {
        /// Of which group alone.
        group: Option<usize>,
        /// `event.ID`, or an effect.
        effect: String,
    },
    /// To hand a seat on.
    Seat {
        /// Of which group.
        group: usize,
        /// The role.
        role: String,
        /// To whom.
        to: Holder,
    },
    /// To put a student on a team.
    Assign {
        /// Whom.
        who: String,
        /// The group.
        group: usize,
        /// The role.
        role: String,
    },
    /// To enter a sheet for a team, as from paper.
    Enter {
        /// The group.
        group: usize,
        /// The role.
        role: String,
        /// What it says.
        sheet: Sheet,
    },
    /// To issue a student's seat anew.
    Issue {
        /// Whose.
        who: String,
    },
    /// To give teams so many minutes for the round that is due, 1 to [`MINUTES`]; when they are over, the round is closed, and the model
    /// plays for who has not signed. Nothing: no clock.
    Clock(Option<u16>),
    /// To open or close joining.
    Joining(bool),
    /// To halt the lesson, or go on.
    Pause(bool),
    /// To go to a step of the lesson, from 1.
    Step(usize),
    /// To put a what-if to the class.
    Ask {
        /// Its id, or changes as `path=value`, with a semicolon between several: whoever orders it has made sure that they can be.
        what_if: String,
        /// What the class is asked; empty: what the what-if's own question is.
        question: String,
    },
    /// To take it away again.
    Withdraw,
    /// To show its answer.
    Answer,
    /// To show all how the class predicts; nobody can predict this any more.
    Spread {
        /// The id of the question.
        question: String,
        /// The round before which it was stated.
        round: u8,
    },
    /// To close the vote of the step, and show how it went.
    Count,
    /// To tell all something; it is not written down.
    Message(String),
}

/// What is answered to a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is done.
    Done,
    /// Somebody joined, under this id.
    Joined(String),
}

/// Why something is refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Nobody has this seat.
    #[error("this seat is not known here; ask your teacher for a new link")]
    Nobody,
    /// Joining is closed.
    #[error("joining is closed; ask your teacher")]
    Closed,
    /// The room is full.
    #[error("the room is full: at most {0} can join")]
    Full(usize),
    /// Not a name.
    #[error("a name has 1 to 40 letters")]
    Name,
    /// Not on the roster.
    #[error("this name is not on the class's list")]
    Roster,
    /// On no team.
    #[error("you are on no team yet")]
    NoTeam,
    /// On a team already.
    #[error("you are on a team already; your teacher can change that")]
    HasTeam,
    /// No such team.
    #[error("there is no such team")]
    NoSuchTeam,
    /// Somebody else holds the pen.
    #[error("somebody else holds the pen")]
    Pen,
    /// The sheet has changed since.
    #[error("the sheet has changed since you read it: look at it again, then sign it off")]
    Changed,
    /// The round is past or to come.
    #[error("round {0} is not the one that orders are given for now")]
    Round(u8),
    /// The lesson is halted.
    #[error("the lesson is halted for a moment")]
    Paused,
    /// The question is not open.
    #[error("this question is not open now")]
    Question,
    /// A what-if that cannot be played.
    #[error("{0}")]
    WhatIf(String),
    /// Too many what-ifs are being worked out.
    #[error(
        "{0} what-ifs are being worked out already: wait until one is done, or take away the one before the class"
    )]
    Busy(usize),
    /// No vote is open.
    #[error("no vote is open here now")]
    NoVote,
    /// Stated already.
    #[error("you have answered this already, and it stands")]
    Stated,
    /// The key was used for something else.
    #[error("this form was sent before with something else in it")]
    Key,
    /// A key that is none.
    #[error("the form has no key")]
    NoKey,
    /// Other groups are behind, and all have the same luck.
    #[error(
        "group {0} has not closed this round yet: all groups have the same luck, and who goes ahead could tell the others theirs"
    )]
    Behind(usize),
    /// No round is due.
    #[error("the talks are over: no round is due")]
    Over,
    /// Not a time.
    #[error("a clock has 1 to {MINUTES} minutes")]
    Minutes,
    /// No such step.
    #[error("the lesson has {0} steps")]
    Step(usize),
    /// The session refuses it.
    #[error("{0}")]
    Session(Refused),
    /// Nothing can be kept any more.
    #[error("the room can keep nothing any more: {0}")]
    Broken(String),
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::Session(refused)
    }
}

impl Form {
    /// The key with a digest of what was sent: the same form has the same. What was voted for is left out of it: it would give the vote
    /// away.
    pub(super) fn marked(&self) -> String {
        let text = match &self.ask {
            Ask::Vote { step, .. } => format!("vote {step}"),
            ask => format!("{ask:?}"),
        };
        format!("{}.{}", self.key, digest(&text))
    }

    /// Whether its key is one: letters and digits, 8 to 64 of them.
    pub(super) fn has_key(&self) -> bool {
        (8..=64).contains(&self.key.len()) && self.key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    }
}

/// By what a what-if is known to students.
pub(super) fn mark(what_if: &str) -> String {
    digest(what_if)
}

/// 64 bits that follow from a text.
fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())[..8])
}
