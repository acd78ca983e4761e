//! A share of runs, with its uncertainty.

use libm::sqrt;

use super::interval::Interval;
use super::special::{beta_cdf, beta_quantile, check_alpha, critical};

/// So many of so many runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proportion {
    /// How many runs had it; at most `n`.
    pub successes: u64,
    /// How many runs there were.
    pub n: u64,
}

impl Proportion {
    /// Panics when there are more successes than runs.
    pub fn new(successes: u64, n: u64) -> Self {
        assert!(successes <= n, "{successes} of {n} is no proportion");
        Self { successes, n }
    }

    /// The share itself, from 0 to 1; `None` without a run.
    pub fn share(&self) -> Option<f64> {
        (self.n > 0).then(|| self.successes as f64 / self.n as f64)
    }

    /// The counts of both together.
    pub fn merge(&self, other: &Self) -> Self {
        Self { successes: self.successes + other.successes, n: self.n + other.n }
    }

    /// Wilson's score interval: all p that a two-sided score test at `alpha` does not reject,
    /// (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n).
    ///
    /// Covers at about its rate already for small n. Wilson (1927), *JASA* 22, 209–212. Without a run: all of
    /// 0 to 1.
    pub fn wilson(&self, alpha: f64) -> Interval {
        let z = critical(alpha);
        let Some(share) = self.share() else { return Interval::UNIT };
        let (n, square) = (self.n as f64, z * z);
        let middle = share + square / (2.0 * n);
        let half = z * sqrt(share * (1.0 - share) / n + square / (4.0 * n * n));
        let scale = 1.0 + square / n;
        Interval {
            low: if self.successes == 0 { 0.0 } else { ((middle - half) / scale).max(0.0) },
            high: if self.successes == self.n { 1.0 } else { ((middle + half) / scale).min(1.0) },
        }
    }

    /// How probable at least as many successes are where each has the odds `p`: the upper tail of the binomial distribution.
    pub fn at_least_by_chance(self, p: f64) -> f64 {
        match self.successes {
            0 => 1.0,
            k => beta_cdf(p, k as f64, (self.n - k) as f64 + 1.0),
        }
    }

    /// The exact interval: both tails of the binomial distribution at most `alpha`/2, so it covers at least
    /// at its rate for every p, and often more. Clopper & Pearson (1934), *Biometrika* 26, 404–413, by
    /// quantiles of the beta distribution: Beta(x, n − x + 1) below, Beta(x + 1, n − x) above.
    pub fn clopper_pearson(&self, alpha: f64) -> Interval {
        check_alpha(alpha);
        let (x, n) = (self.successes as f64, self.n as f64);
        let low = match self.successes {
            0 => 0.0,
            _ => beta_quantile(alpha / 2.0, x, n - x + 1.0),
        };
        let high =
            if self.successes == self.n { 1.0 } else { beta_quantile(1.0 - alpha / 2.0, x + 1.0, n - x) };
        Interval { low, high }
    }
}
