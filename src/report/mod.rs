//! Builds strings from results; never files.

pub mod diagnostics;
