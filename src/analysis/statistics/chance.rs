//! What the dice do: the part of the variance that no assumption answers for.

use rand::Rng;

use super::interval::Interval;
use super::moments::Moments;
use super::resample::percentile_intervals;

/// The variance of a measure over assumptions and luck, in its two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The mean variance of repeated runs under the same assumptions: luck. In the square of the measure's
    /// unit.
    pub within: f64,
    /// The variance of the expected measure over the assumptions.
    pub between: f64,
    /// `within` / (`within` + `between`), from 0 to 1.
    pub share: f64,
}

/// Splits the variance by the law of total variance, Var Y = E Var(Y | x) + Var E(Y | x): one accumulator a
/// set of assumptions, each with its repeated runs.
///
/// The means of a few runs scatter by luck too, so the plain variance of the means would be too large: the
/// analysis of variance takes that out, between = (MSB − MSW)/n₀ and within = MSW, at least 0 (Searle,
/// Casella & McCulloch 1992, *Variance Components*; n₀ allows for sets with different numbers of runs).
/// `None` with fewer than two sets, without a repeat, or when nothing varies.
pub fn chance(sets: &[Moments]) -> Option<Chance> {
    parts(&sets.iter().collect::<Vec<_>>())
}

/// The interval of [`Chance::share`], by resampling the sets of assumptions.
pub fn share_interval(
    sets: &[Moments],
    resamples: usize,
    alpha: f64,
    random: &mut impl Rng,
) -> Option<Interval> {
    chance(sets)?;
    let estimate = |rows: &[usize]| {
        let chosen: Vec<&Moments> = rows.iter().map(|&row| &sets[row]).collect();
        vec![parts(&chosen).map_or(f64::NAN, |chance| chance.share)]
    };
    percentile_intervals(sets.len(), resamples, alpha, random, estimate).pop()
}

fn parts(sets: &[&Moments]) -> Option<Chance> {
    let sets: Vec<&Moments> = sets.iter().copied().filter(|set| set.count > 0).collect();
    let (k, n) = (sets.len() as f64, sets.iter().map(|set| set.count as f64).sum::<f64>());
    if k < 2.0 || n <= k {
        return None;
    }
    let mean = sets.iter().map(|set| set.sum as f64).sum::<f64>() / n;
    let (mut inside, mut outside, mut sizes) = (0.0, 0.0, 0.0);
    for set in &sets {
        let size = set.count as f64;
        inside += set.variance().unwrap_or(0.0) * (size - 1.0);
        let off = set.mean().unwrap_or(mean) - mean;
        outside += size * off * off;
        sizes += size * size;
    }
    let within = inside / (n - k);
    let usual = (n - sizes / n) / (k - 1.0);
    let between = ((outside / (k - 1.0) - within) / usual).max(0.0);
    let all = within + between;
    (all > 0.0).then(|| Chance { within, between, share: within / all })
}
