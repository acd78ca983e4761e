//! What happens between sessions: odds of a file's usual interval, converted to the days of another.

use super::{ONE, Weight};

/// The length of a round beside the days that odds are for. In `d` days something with odds `p` in `n` days has the odds
/// 1 − (1 − p)^(d / n): the same chance in the same time, however it is cut into rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(f64);

impl Span {
    /// A round of so many days, where odds are for `odds_days`.
    pub fn of(days: u16, odds_days: u16) -> Self {
        Self(f64::from(days) / f64::from(odds_days.max(1)))
    }

    /// The round's days over those that odds are for.
    pub const fn ratio(self) -> f64 {
        self.0
    }

    /// Odds of the usual interval as odds of this one.
    #[inline]
    pub fn odds(self, odds: Weight) -> Weight {
        if self.0 == 1.0 || odds == 0 || odds >= ONE { odds } else { self.converted(odds) }
    }

    #[cold]
    fn converted(self, odds: Weight) -> Weight {
        let one = ONE as f64;
        // 1 − (1 − p)^x without losing small odds.
        let share = -libm::expm1(self.0 * libm::log1p(-(odds as f64) / one));
        libm::round(share * one) as Weight
    }

    /// Odds of several things of which at most one happens: what they sum to is converted, and their proportions stay.
    pub fn exclusive(self, odds: &mut [Weight]) {
        if self.0 == 1.0 {
            return;
        }
        let sum: Weight = odds.iter().sum();
        if sum == 0 {
            return;
        }
        let all = self.odds(sum.min(ONE));
        for part in odds.iter_mut() {
            *part = (u128::from(*part) * u128::from(all) / u128::from(sum)) as Weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::weight;

    #[test]
    fn two_halves_make_a_whole() {
        for p in [0.001, 0.08, 0.3, 0.9, 0.999] {
            let whole = weight(p);
            for days in [1u16, 3, 7, 14, 21, 28, 60] {
                let part = Span::of(days, 21).odds(whole);
                let back = 1.0 - libm::pow(1.0 - part as f64 / ONE as f64, 21.0 / f64::from(days));
                let error = if days < 22 { 21.0 / f64::from(days) } else { 1.0 };
                // A rounding of 2⁻³³ in the odds, and what the power makes of it.
                assert!(
                    (back - p).abs() < 2e-9 * (1.0 + error / (1.0 - part as f64 / ONE as f64)),
                    "{p} {days} {back}"
                );
            }
        }
    }

    #[test]
    fn exclusive_odds_keep_their_proportions() {
        let mut odds = [weight(0.2), weight(0.1), 0];
        Span::of(7, 21).exclusive(&mut odds);
        assert!((odds[0] as i64 - 2 * odds[1] as i64).abs() <= 2);
        let sum = Span::of(7, 21).odds(weight(0.3));
        assert!(sum - (odds[0] + odds[1]) <= 2);
    }

    #[test]
    fn what_is_certain_or_impossible_stays_so() {
        for days in [1, 21, 300] {
            assert_eq!(Span::of(days, 21).odds(0), 0);
            assert_eq!(Span::of(days, 21).odds(ONE), ONE);
        }
    }
}
