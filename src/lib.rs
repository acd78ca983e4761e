//! Baraza simulates peace talks.

pub mod agents;
pub mod cli;
pub mod domain;
pub mod drivers;
pub mod kernel;
pub mod report;
pub mod scenario;
