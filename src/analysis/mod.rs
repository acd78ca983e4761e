//! What many runs show.

pub mod statistics;
