//! Two shares measured on the same runs: the difference a change makes in paired worlds.

use libm::sqrt;

use super::interval::Interval;
use super::proportion::Proportion;
use super::special::{beta_cdf, bisect, critical};

/// Pairs by what happened in the first and in the second world of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// It happened in both worlds.
    pub both: u64,
    /// In the first alone.
    pub first_only: u64,
    /// In the second alone.
    pub second_only: u64,
    /// In neither.
    pub neither: u64,
}

/// The exact test that a change makes no difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// The two-sided exact p-value, from 0 to 1; never errs above its level.
    pub exact: f64,
    /// The two-sided mid-p value, at most `exact`: half the weight of what was seen; errs close to its level.
    pub mid: f64,
}

impl Pairs {
    /// How many pairs.
    pub fn n(&self) -> u64 {
        self.both + self.first_only + self.second_only + self.neither
    }

    /// The share of the first worlds.
    pub fn first(&self) -> Proportion {
        Proportion::new(self.both + self.first_only, self.n())
    }

    /// The share of the second worlds.
    pub fn second(&self) -> Proportion {
        Proportion::new(self.both + self.second_only, self.n())
    }

    /// The counts of both together.
    pub fn merge(&self, other: &Self) -> Self {
        Self {
            both: self.both + other.both,
            first_only: self.first_only + other.first_only,
            second_only: self.second_only + other.second_only,
            neither: self.neither + other.neither,
        }
    }

    /// The same pairs with the worlds exchanged: differences change their sign.
    pub fn swap(&self) -> Self {
        Self { first_only: self.second_only, second_only: self.first_only, ..*self }
    }

    /// First share minus second share, from −1 to 1; `None` without a pair.
    pub fn difference(&self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| (self.first_only as f64 - self.second_only as f64) / n as f64)
    }

    /// The interval of the difference by squaring and adding the two Wilson intervals, corrected for the
    /// correlation φ of the pairs: method 10 of Newcombe (1998), *Statistics in Medicine* 17, 2635–2650.
    /// Closed form, within −1 to 1.
    pub fn newcombe(&self, alpha: f64) -> Interval {
        let (first, second) = (self.first().wilson(alpha), self.second().wilson(alpha));
        let (Some(one), Some(two)) = (self.first().share(), self.second().share()) else {
            return Interval { low: -1.0, high: 1.0 };
        };
        let (phi, difference) = (self.phi(), one - two);
        let root = |x: f64, y: f64| sqrt((x * x - 2.0 * phi * x * y + y * y).max(0.0));
        Interval {
            low: (difference - root(one - first.low, second.high - two)).max(-1.0),
            high: (difference + root(first.high - one, two - second.low)).min(1.0),
        }
    }

    /// Newcombe's φ: the correlation of the two worlds, with a continuity correction where it is positive.
    fn phi(&self) -> f64 {
        let [a, b, c, d] =
            [self.both, self.first_only, self.second_only, self.neither].map(|count| count as f64);
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        if margins == 0.0 {
            return 0.0;
        }
        let excess = a * d - b * c;
        (if excess > 0.0 { (excess - (a + b + c + d) / 2.0).max(0.0) } else { excess }) / sqrt(margins)
    }

    /// The interval of all differences that the score test at `alpha` does not reject: Tango (1998),
    /// *Statistics in Medicine* 17, 891–908, by bisection, for the score falls as the difference grows.
    /// Within −1 to 1.
    pub fn tango(&self, alpha: f64) -> Interval {
        let z = critical(alpha);
        let Some(difference) = self.difference() else { return Interval { low: -1.0, high: 1.0 } };
        let (first, second, n) = (self.first_only, self.second_only, self.n());
        Interval {
            low: if second == n { -1.0 } else { bisect(-1.0, difference, |delta| self.score(delta) > z) },
            high: if first == n { 1.0 } else { bisect(difference, 1.0, |delta| self.score(delta) > -z) },
        }
    }

    /// The standardised distance of what was seen from a difference of `delta`, the other parameter at its
    /// most likely.
    fn score(&self, delta: f64) -> f64 {
        let (b, c, n) = (self.first_only as f64, self.second_only as f64, self.n() as f64);
        let linear = (2.0 * n - b + c) * delta - b - c;
        let constant = -c * delta * (1.0 - delta);
        let second = (sqrt((linear * linear - 8.0 * n * constant).max(0.0)) - linear) / (4.0 * n);
        let distance = b - c - n * delta;
        let variance = n * (2.0 * second + delta * (1.0 - delta));
        if distance == 0.0 { 0.0 } else { distance / sqrt(variance.max(0.0)) }
    }

    /// McNemar's test on the pairs that differ: under no difference each is a fair coin. Exact: twice the
    /// smaller tail of Binomial(n, ½), at most 1; mid-p: the same with half the weight of the count that was
    /// seen (Lancaster 1961). Both are 1 when no pair differs.
    pub fn mcnemar(&self) -> McNemar {
        let smaller = self.first_only.min(self.second_only) as f64;
        let larger = self.first_only.max(self.second_only) as f64;
        if smaller == larger {
            return McNemar { exact: 1.0, mid: 1.0 };
        }
        // P(X ≤ k) of Binomial(n, ½) is I½(n − k, k + 1).
        let up_to = beta_cdf(0.5, larger, smaller + 1.0);
        let below = if smaller == 0.0 { 0.0 } else { beta_cdf(0.5, larger + 1.0, smaller) };
        McNemar { exact: (2.0 * up_to).min(1.0), mid: (up_to + below).min(1.0) }
    }
}
