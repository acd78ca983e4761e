//! Baraza simulates peace talks.

pub mod agents;
pub mod analysis;
pub mod domain;
pub mod drivers;
pub mod kernel;
