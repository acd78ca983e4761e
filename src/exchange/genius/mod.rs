//! GENIUS XML, with the meaning that version 10.4 of GENIUS gives it: evaluations of named values are divided by the
//! largest one of their issue (0 where that is below 10⁻⁵), evaluators of numbers are kept within 0..=1, weights are
//! used as they stand, and no package is worth more than 1.

mod lenient;
mod objective;
mod read;
mod tree;
mod write;

pub(super) use read::{outline, read};
pub use write::write;

/// How many values of a real issue GENIUS looks at.
pub(super) const REAL_STEPS: usize = 21;
