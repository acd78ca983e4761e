//! Baraza simulates peace talks.

pub mod domain;
pub mod report;
pub mod scenario;
