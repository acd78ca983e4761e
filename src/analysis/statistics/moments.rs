//! Exact accumulators: what a measure adds up to over many runs, in any order.

use libm::sqrt;

use super::interval::Interval;
use super::special::critical;

/// Count, sum, sum of squares and extremes of whole numbers. Exact while the sum of squares stays below 2¹²⁷:
/// 10¹² values of up to 10¹² have room. Merging is exact, so it depends on no order and no grouping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// How many values.
    pub count: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: i128,
    /// The smallest and the largest; `None` without a value.
    pub extremes: Option<(i64, i64)>,
}

impl Moments {
    /// Takes one value in.
    pub fn add(&mut self, value: i64) {
        self.merge(&Self {
            count: 1,
            sum: i128::from(value),
            squares: i128::from(value) * i128::from(value),
            extremes: Some((value, value)),
        });
    }

    /// Takes in all that the other has seen. Panics rather than wrap around.
    pub fn merge(&mut self, other: &Self) {
        const FULL: &str = "more than an accumulator holds";
        self.count = self.count.checked_add(other.count).expect(FULL);
        self.sum = self.sum.checked_add(other.sum).expect(FULL);
        self.squares = self.squares.checked_add(other.squares).expect(FULL);
        self.extremes = match (self.extremes, other.extremes) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// The mean, in the unit of the values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The unbiased variance, Σ(x − x̄)²/(n − 1), in the square of the unit; `None` below two values.
    ///
    /// With q the whole number nearest the mean, Σ(x − x̄)² = Σ(x − q)² − (Σ(x − q))²/n. Both sums are taken
    /// in whole numbers and the second part is at most half the first, so nothing cancels.
    pub fn variance(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let n = i128::from(self.count);
        let near = (self.sum + n.div_euclid(2)).div_euclid(n);
        let rest = self.sum - near * n;
        // The parts may pass 2¹²⁷ where their total does not: wrapping arithmetic gives the total all the
        // same.
        let squares = self
            .squares
            .wrapping_sub(near.wrapping_mul(2).wrapping_mul(self.sum))
            .wrapping_add(near.wrapping_mul(near).wrapping_mul(n));
        let off = rest as f64 * rest as f64 / n as f64;
        Some(((squares as f64 - off) / (n - 1) as f64).max(0.0))
    }

    /// The standard error of the mean, √(variance / n), in the unit of the values.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|variance| sqrt(variance / self.count as f64))
    }

    /// The mean ± z standard errors, as the central limit theorem has it for the many runs of an ensemble.
    /// For differences between paired worlds, accumulate the differences: the interval is then the paired
    /// one.
    pub fn mean_interval(&self, alpha: f64) -> Option<Interval> {
        let (mean, half) = (self.mean()?, critical(alpha) * self.standard_error()?);
        Some(Interval { low: mean - half, high: mean + half })
    }
}

/// How often each whole number occurred. Grows to the range seen, so it is for small ranges: rounds, points,
/// levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    first: i64,
    counts: Vec<u64>,
}

impl Histogram {
    /// Takes `times` occurrences of a value in.
    pub fn add(&mut self, value: i64, times: u64) {
        if times == 0 {
            return;
        }
        if self.counts.is_empty() {
            self.first = value;
        }
        if value < self.first {
            let more = usize::try_from(self.first - value).expect("a small range");
            self.counts.splice(0..0, std::iter::repeat_n(0, more));
            self.first = value;
        }
        let at = usize::try_from(value - self.first).expect("a small range");
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += times;
    }

    /// Takes in all that the other has seen.
    pub fn merge(&mut self, other: &Self) {
        for (value, times) in other.iter() {
            self.add(value, times);
        }
    }

    /// The values from the smallest to the largest seen, each with its count, those between that never
    /// occurred too.
    pub fn iter(&self) -> impl Iterator<Item = (i64, u64)> + '_ {
        self.counts.iter().enumerate().map(|(at, &times)| (self.first + at as i64, times))
    }

    /// How often a value occurred.
    pub fn count(&self, value: i64) -> u64 {
        let at = value.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.counts.get(at)).copied().unwrap_or(0)
    }

    /// How many values in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The smallest value that at least `part` of every `whole` values do not exceed: 1 of 2 is the median, 9
    /// of 10 the upper decile, 0 the minimum. Whole numbers, so no rounding decides. The inverse of the
    /// empirical distribution: definition 1 of Hyndman & Fan (1996), *American Statistician* 50, 361–365.
    /// `None` without a value.
    pub fn quantile(&self, part: u64, whole: u64) -> Option<i64> {
        assert!(whole > 0 && part <= whole, "{part} of {whole} is no share");
        let needed = (u128::from(self.total()) * u128::from(part)).div_ceil(u128::from(whole)).max(1);
        let mut seen = 0;
        self.iter().find_map(|(value, times)| {
            seen += u128::from(times);
            (seen >= needed).then_some(value)
        })
    }

    /// The moments of the values.
    pub fn moments(&self) -> Moments {
        let mut all = Moments::default();
        for (value, times) in self.iter().filter(|&(_, times)| times > 0) {
            let (wide, n) = (i128::from(value), i128::from(times));
            all.merge(&Moments {
                count: times,
                sum: wide * n,
                squares: wide * wide * n,
                extremes: Some((value, value)),
            });
        }
        all
    }
}
