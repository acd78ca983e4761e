//! Who decides: chance or a record. Every driver runs the same kernel.

pub mod philox;
mod replay;
mod sample;
mod transcript;

pub use philox::GENERATOR;
pub use replay::{Mismatch, Recorded, replay};
pub use sample::{Sampler, pick};
pub use transcript::{Choice, Step, Transcript, record};
