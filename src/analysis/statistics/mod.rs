//! The statistics of a study, one idea a file: whole numbers in, estimates and intervals out.
//!
//! Everything here is a pure function of its arguments: no file, clock, thread or hidden randomness. What
//! needs random numbers takes the source as an argument. Counts and sums are kept as integers, so they merge
//! in any order to the same bits; only the last step, from counts to an estimate, uses floating point, and
//! there only `libm`, so that the same counts print the same figures on every platform.
//!
//! Throughout, `alpha` is the accepted rate of intervals that miss: 0.05 for a 95 % interval.

pub mod anytime;
pub mod chance;
pub mod design;
pub mod holm;
pub mod interaction;
pub mod interval;
pub mod moments;
pub mod morris;
pub mod paired;
pub mod proportion;
pub mod resample;
pub mod scores;
pub mod sequence;
pub mod sobol;
mod special;
pub mod survival;
pub mod tornado;

pub use interval::Interval;
pub use proportion::Proportion;
