//! Studies over many runs. Everything is counted in whole numbers first; intervals and estimates come after.

pub mod bargaining;
pub mod counters;
pub mod ensemble;
pub mod pairs;
pub mod statistics;
pub mod summary;
pub mod what_if;
