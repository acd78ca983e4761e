//! What two changes do together beyond what each does alone, measured on the same runs.

use libm::{erfc, fabs, sqrt};

use super::interval::Interval;
use super::special::critical;

/// Runs by a whole number from −2 to 2: both changes less the second alone, less what the first adds by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interaction {
    /// Runs with −2, −1, 0, 1 and 2.
    pub counts: [u64; 5],
}

impl Interaction {
    /// How many runs.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The mean, from −2 to 2; `None` without a run.
    pub fn mean(&self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| self.sum() as f64 / n as f64)
    }

    fn sum(&self) -> i64 {
        (-2..).zip(self.counts).map(|(value, count)| value * count as i64).sum()
    }

    /// The centre and the standard error of the normal theory, with one run of −1 and one of +1 added: what Bonett &
    /// Price (2012), *Journal of Educational and Behavioral Statistics* 37, 479–488, do to the difference of paired
    /// shares, done to a difference of such differences. So a sample in which nothing differs still leaves doubt.
    fn adjusted(&self) -> (f64, f64) {
        let n = self.n() as f64 + 2.0;
        let squares: u64 = (-2i64..).zip(self.counts).map(|(v, c)| (v * v) as u64 * c).sum();
        let centre = self.sum() as f64 / n;
        let variance = (squares as f64 + 2.0) / n - centre * centre;
        (centre, sqrt(variance.max(0.0) / n))
    }

    /// The interval of the mean at level 1 − `alpha`, within −2 to 2.
    pub fn interval(&self, alpha: f64) -> Interval {
        let (centre, error) = self.adjusted();
        let reach = critical(alpha) * error;
        Interval { low: (centre - reach).max(-2.0), high: (centre + reach).min(2.0) }
    }

    /// The two-sided p-value of no interaction, by the same theory: at most `alpha` where the interval leaves out 0.
    pub fn p(&self) -> f64 {
        let (centre, error) = self.adjusted();
        erfc(fabs(centre) / error * core::f64::consts::FRAC_1_SQRT_2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: [u64; 5]) -> Interaction {
        Interaction { counts }
    }

    /// By hand: (−2·1 − 3 + 4 + 2·2) / 100 = 0.03; squares 4 + 3 + 4 + 8 + 2 = 21.
    #[test]
    fn by_hand() {
        let seen = of([1, 3, 90, 4, 2]);
        assert_eq!(seen.mean(), Some(0.03));
        let centre = 3.0 / 102.0;
        let reach = 1.959_963_984_540_054 * sqrt((21.0 / 102.0 - centre * centre) / 102.0);
        let interval = seen.interval(0.05);
        assert!(fabs(interval.low - (centre - reach)) < 1e-12);
        assert!(fabs(interval.high - (centre + reach)) < 1e-12);
    }

    #[test]
    fn nothing_seen_leaves_doubt() {
        let interval = of([0, 0, 100, 0, 0]).interval(0.05);
        assert!(interval.low < -0.02 && interval.high > 0.02);
        assert_eq!(of([0, 0, 100, 0, 0]).p(), 1.0);
        assert_eq!(of([0; 5]).mean(), None);
    }

    #[test]
    fn the_p_value_agrees_with_the_interval() {
        for plus in 0..40 {
            let seen = of([0, 10, 400 - plus, plus, 3]);
            assert_eq!(seen.p() < 0.05, !seen.interval(0.05).contains(0.0), "{plus}");
        }
    }

    /// The interval covers about as often as it says, and more often where interactions are rare (a handful in 60
    /// runs): the exact coverage, summed over all samples of 60 runs of values −1, 0 and 1.
    #[test]
    fn coverage() {
        let n = 60u64;
        let factorials: Vec<f64> = (0..=n).map(|k| libm::lgamma(k as f64 + 1.0)).collect();
        for (minus, plus) in [(0.02, 0.02), (0.05, 0.15), (0.2, 0.2), (0.1, 0.5), (0.01, 0.3)] {
            let (middle, truth) = (1.0 - minus - plus, plus - minus);
            let mut covered = 0.0;
            for a in 0..=n {
                for b in 0..=n - a {
                    let c = n - a - b;
                    let ways = factorials[n as usize]
                        - factorials[a as usize]
                        - factorials[b as usize]
                        - factorials[c as usize];
                    let logs = a as f64 * libm::log(minus)
                        + b as f64 * libm::log(plus)
                        + c as f64 * libm::log(middle);
                    if of([0, a, c, b, 0]).interval(0.05).contains(truth) {
                        covered += libm::exp(ways + logs);
                    }
                }
            }
            let rare = n as f64 * (minus + plus) < 5.0;
            assert!(covered >= 0.93 && (rare || covered <= 0.97), "{minus} {plus}: {covered}");
        }
    }
}
