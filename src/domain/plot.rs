//! What a scenario schedules, counts and asks: events, outcomes, counted rewards, what-ifs, properties, history and base
//! rates.

use serde::Serialize;
use time::Date;

use super::{Condition, Effect, Name};

/// Something scheduled or conditional.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Id, title and notes.
    pub name: Name,
    /// When it can happen; `None`: any round.
    pub when: Option<Condition>,
    /// Odds each round in which it can.
    pub odds: f64,
    /// What it changes.
    pub effects: Vec<Effect>,
    /// Whether it can happen again.
    pub repeats: bool,
}

/// How talks can end. Tried in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Id, title and notes.
    pub name: Name,
    /// The condition; `None`: always.
    pub when: Option<Condition>,
    /// Whether it ends the talks as soon as it holds; otherwise it is tried at the horizon.
    pub ends: bool,
}

/// A quantity counted beside the state, such as people displaced.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reward {
    /// Id, title and notes.
    pub name: Name,
    /// What it counts.
    pub unit: String,
    /// What adds to it, each round.
    pub counts: Vec<Count>,
}

/// One rule of a counted reward.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    /// When it adds; `None`: every round.
    pub when: Option<Condition>,
    /// How much it adds.
    pub add: u32,
}

/// A change to the scenario that a teacher would ask about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// Id, title and notes.
    pub name: Name,
    /// The question.
    pub question: Option<String>,
    /// The changes: a path and the value as the file writes it; `(not set)` for what is taken away, `(added)` for a new agent.
    pub set: Vec<(String, String)>,
}

impl WhatIf {
    /// What becomes of a path that is taken away.
    pub const NOT_SET: &'static str = "(not set)";
    /// What becomes of the path of a new agent.
    pub const ADDED: &'static str = "(added)";
}

/// How an entry of the history is compared with runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// It was the case on the date: it holds at the end of the round that contains it.
    #[default]
    At,
    /// It came about on the date, whatever was later: it has held at the end of some round up to that one.
    By,
}

impl ReadAs {
    /// As scenario files write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::At => "at",
            Self::By => "by",
        }
    }

    fn usual(&self) -> bool {
        *self == Self::At
    }
}

/// Something that really happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// What it is called, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When.
    #[serde(serialize_with = "super::serialize_date")]
    pub date: Date,
    /// The condition it made true.
    pub that: Condition,
    /// The condition as the file writes it.
    pub text: String,
    /// How it is compared with runs.
    #[serde(skip_serializing_if = "ReadAs::usual")]
    pub reading: ReadAs,
    /// Where it is documented.
    pub source: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// How often something came about in cases like this one, for a look beside the model's own share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaseRate {
    /// What was counted.
    pub title: String,
    /// The condition that it can be compared with.
    pub about: Condition,
    /// That condition as the file writes it.
    pub text: String,
    /// Only runs in which this holds are compared; `None`: all.
    pub given: Option<Condition>,
    /// That condition as the file writes it.
    pub given_text: Option<String>,
    /// The days that the rate counts from the first round in which `given` held; `None`: to the end of the talks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<u16>,
    /// The rate.
    pub rate: Rate,
    /// Where it is documented.
    pub source: String,
    /// A remark, such as in what the cases differ.
    pub note: Option<String>,
}

/// A rate of real cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rate {
    /// A share, 0..=1, of an unstated number of cases.
    Share(f64),
    /// So many (first) of so many cases (second, at least 1).
    Counts(u32, u32),
}

/// A claim about all that can happen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Property {
    /// Id, title and notes.
    pub name: Name,
    /// What is claimed.
    pub claim: Claim,
}

/// What a property claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// Holds after every turn of every run, and at the start.
    Always(Condition),
    /// Holds after no turn of any run, nor at the start.
    Never(Condition),
    /// Holds after some turn of some run, or at the start.
    Possible(Condition),
    /// Whenever `first` holds at the end of a round, `then` holds at the end of that round or of one of the next.
    Whenever {
        /// What calls for it.
        first: Condition,
        /// What follows.
        then: Condition,
        /// How many rounds later at most; `None`: before the talks end.
        within: Option<u8>,
    },
    /// Holds when the talks end, with a probability within bounds.
    Probability {
        /// What holds.
        of: Condition,
        /// The least probability.
        at_least: Option<f64>,
        /// The greatest.
        at_most: Option<f64>,
    },
}
