//! How unlikely what was seen is, by the exact law: for comparisons with false-alarm rates that can be stated.

use libm::{exp, lgamma, log, log1p, sqrt};

/// The odds of a false alarm of one comparison, in each direction.
pub const ALARM: f64 = 1e-12;

/// Whether `seen` of `n` independent trials, each with probability `p`, is no outcome of a tail of the binomial law that
/// has a probability below [`ALARM`]. So a comparison of what is true fails with a probability of 2e-12 at most, however rare or
/// common the event.
pub fn likely(n: u32, p: f64, seen: u64) -> bool {
    let (n, seen) = (u64::from(n), seen);
    match p {
        p if p <= 0.0 => seen == 0,
        p if p >= 1.0 => seen == n,
        p => sum(n, p, seen, n) >= ALARM && sum(n, p, 0, seen) >= ALARM,
    }
}

/// P(from ≤ X ≤ to).
fn sum(n: u64, p: f64, from: u64, to: u64) -> f64 {
    let choose = |k: u64| lgamma(n as f64 + 1.0) - lgamma(k as f64 + 1.0) - lgamma((n - k) as f64 + 1.0);
    let point = |k: u64| exp(choose(k) + k as f64 * log(p) + (n - k) as f64 * log1p(-p));
    (from..=to).map(point).sum()
}

/// How far the mean of `n` draws from `0..=most` may be from what is expected, their sample variance being `variance`, but with a
/// probability of 1e-12 on either side (Maurer and Pontil 2009, theorem 4).
pub fn off(n: u32, variance: f64, most: f64) -> f64 {
    let (n, log) = (f64::from(n), log(2.0 / ALARM));
    sqrt(2.0 * variance * log / n) + 7.0 * most * log / (3.0 * (n - 1.0))
}

#[test]
fn tails_of_the_binomial_law() {
    // Ten heads in ten throws: 1/1024.
    assert!((sum(10, 0.5, 10, 10) - 1.0 / 1024.0).abs() < 1e-15);
    assert!((sum(6000, 0.3, 0, 6000) - 1.0).abs() < 1e-9);
    // One in a million, seen three times in 6,000 runs: no alarm. Nine times: one.
    assert!(likely(6000, 1e-6, 3) && !likely(6000, 1e-6, 9));
    assert!(!likely(6000, 0.5, 3400) && likely(6000, 0.5, 3200));
}
