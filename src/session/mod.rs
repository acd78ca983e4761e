//! Talks in which people take seats: whose decision it is, what is open to them, what they may know, and a record from which
//! everything can be had again.
//!
//! A [`Table`] runs the kernel until a decision of a person's seat is due and then stops with a [`Question`]; everybody else
//! decides by the scenario's rules and by chance. What happened follows from the scenario, the seed, the run and the
//! decisions alone, so that a [`Session`] need only keep those: going back to a round is playing fewer of them again, and the
//! luck of whatever a change does not touch stays as it was. [`Sight`] takes out of a run what a role may not know.

mod chair;
mod graft;
mod inject;
mod log;
mod moment;
mod observation;
pub mod orders;
mod question;
mod register;
mod rounds;
mod sight;
mod table;
mod tree;

pub use inject::injection;
pub use log::{Event, FORMAT, Header, Holder, NOTE, Pace, Problem, Written, group_log, read, write};
pub use moment::Moment;
pub use observation::Observation;
pub use question::{About, Alternative, Question};
pub use register::{Found, Guess, Register, Student, Vote};
pub use rounds::Rounds;
pub use sight::{Sight, UNKNOWN_ODDS};
pub use table::{Decision, Misfit, Table};
pub use tree::{Branch, Closed, Prediction, Refused, Session, play_round};
