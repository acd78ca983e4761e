//! A session looked back on: how it ended, on which decisions it hung, what was hidden, how good the predictions were.
//!
//! Chances are those of continuations: from a moment of the session the talks are played on, every seat by the model, in
//! every way they can go where that is feasible, else many times. What people decided later plays no part in them, so a chance says what the moment held, not what these people
//! would have made of it.

mod exact;
mod fields;
mod futures;
mod hidden;
mod levels;
mod predicted;
mod settlement;
mod tree;
mod turning;

use serde::Serialize;

use crate::domain::Model;
use crate::session::{Moment, Refused, Session, Table};

pub use exact::BUDGET;
pub use fields::{FieldPoint, Fields};
pub use futures::{End, Luck, by_rule, futures, goal, unit};
pub use hidden::{Failure, Hidden, OptionView, hidden};
pub use levels::Course as LevelCourse;
pub use predicted::{Answer, Predicted, Scores, predicted};
pub use settlement::{Distance, SeatEnd, Settled, Settlement, TrackEnd, settlement};
pub use tree::{BranchEnd, Parting, tree};
pub use turning::{Course, Ending, Mean, Point, Prospect, Shift, Turning, turning};

/// The least runs of a first look.
const LEAST: u32 = 50;

/// How closely a session is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Runs with each alternative of a decision that is measured closely, and after every decision.
    pub runs: u32,
    /// How many decisions are measured closely.
    pub top: usize,
    /// Turns that may be played to know chances exactly, over all decisions; 0: all chances are sampled.
    pub budget: u64,
    /// One minus the level of intervals.
    pub alpha: f64,
}

impl Options {
    /// Runs with each alternative in the first look.
    pub fn screening(&self) -> u32 {
        (self.runs / 8).max(LEAST)
    }
}

/// Everything that is said about a branch of a session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Debrief {
    /// The branch, by its number from 1.
    pub branch: usize,
    /// How it ended, or how it stands.
    pub settlement: Settlement,
    /// What hung on the decisions.
    pub turning: Turning,
    /// What hung on single fields of sheets, in a session by round.
    pub fields: Fields,
    /// What the parties kept to themselves, seat by seat.
    pub hidden: Vec<Hidden>,
    /// The levels that nobody at a seat of people knew.
    pub levels: Vec<LevelCourse>,
    /// The items that were bargained over in vain, at their last failure.
    pub failures: Vec<Failure>,
    /// Predictions on the way to its end, against what happened.
    pub predicted: Predicted,
    /// All branches.
    pub branches: Vec<BranchEnd>,
}

/// The talks of a branch, played again, with its decisions.
pub struct Played<'a> {
    /// The table.
    pub table: Table<'a>,
    /// The number of the branch.
    pub branch: usize,
    /// What people decided on it.
    moments: Vec<Moment>,
}

impl<'a> Played<'a> {
    /// Plays a branch again.
    ///
    /// # Errors
    /// When there is none of that number.
    pub fn new(session: &Session<'a>, branch: usize) -> Result<Self, Refused> {
        let table = session.table_of(branch)?;
        let moments = table.moments().iter().filter(|m| !m.by_model).cloned().collect();
        Ok(Self { table, branch, moments })
    }

    /// The scenario.
    pub fn model(&self) -> &'a Model {
        self.table.model()
    }

    /// What people decided on it; what they left to the model is not theirs.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }
}

/// Looks back on a branch. `progress` is told how much of how much is done; where it answers no, nothing more is computed and
/// there is no debrief. The answer does not depend on threads.
///
/// # Errors
/// When a branch cannot be played again.
pub fn debrief(
    session: &Session,
    played: &Played,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<Debrief>, Refused> {
    let (model, table) = (played.model(), &played.table);
    let transcript = table.transcript();
    let seed = session.header().head.seed;
    let Some(turning) = turning(model, played.moments(), seed, options, progress) else { return Ok(None) };
    let Some(fields) = fields::fields(session, played.branch, options, progress)? else { return Ok(None) };
    Ok(Some(Debrief {
        branch: played.branch,
        settlement: settlement(model, table.state(), &transcript),
        turning,
        fields,
        hidden: hidden(model, table.state(), &transcript),
        levels: levels::levels(model, session.seats(), &transcript),
        failures: hidden::failures(model, &transcript),
        predicted: predicted(session, played, options),
        branches: tree(session)?,
    }))
}
