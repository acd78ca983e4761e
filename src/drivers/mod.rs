//! Who decides: chance, a record, or everything that is possible. Every driver runs the same kernel.

pub mod decider;
pub mod enumerate;
mod follow;
mod head;
pub mod parallel;
pub mod philox;
mod replay;
mod sample;
mod transcript;

pub use follow::Follow;
pub use head::{Difference, Head, measures_differ, settings};
pub use philox::GENERATOR;
pub use replay::{Mismatch, Recorded, replay};
pub use sample::{Sampler, pick};
pub use transcript::{Choice, Step, Transcript, record, record_injection, record_turn};
