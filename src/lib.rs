//! Baraza simulates peace talks.

pub mod domain;
