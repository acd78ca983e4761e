//! What moves and how: the state, choices, the scene of a turn, what settlements are worth, and the chronicle.
//! How each kind of agent takes its turn is in [`crate::agents`].

pub mod assess;
mod choice;
mod chronicle;
pub mod derived;
mod effect;
pub mod force;
mod outlook;
pub mod package;
pub mod ripe;
mod scene;
mod state;
pub mod strength;
pub mod target;
pub mod worth;

pub use choice::{Chooser, Site, What};
pub use chronicle::{
    Assessment, Cause, Chronicle, Counting, Entry, Heard, Silent, UNKNOWN_SCORE, WalkOutReasons, Way,
};
pub use effect::{allowed, carry_out};
pub use outlook::Outlook;
pub use scene::{Scene, holds};
pub use state::{Standing, State};
