//! The statistics of studies against the literature, other programs, closed forms and simulation.

mod coverage;
mod known;
mod properties;
mod sensitivity;

use baraza::analysis::statistics::Interval;
use baraza::drivers::philox::Stream;
use rand::Rng;

/// Panics unless both are within `tolerance` of each other.
#[track_caller]
fn close(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not within {tolerance} of {expected}");
}

/// Panics unless both ends are within `tolerance` of the expected ones.
#[track_caller]
fn ends(interval: Interval, expected: (f64, f64), tolerance: f64) {
    close(interval.low, expected.0, tolerance);
    close(interval.high, expected.1, tolerance);
}

/// A number from 0 to 1, 1 excluded.
fn uniform(random: &mut Stream) -> f64 {
    f64::from(random.next_u32()) / 4_294_967_296.0
}
