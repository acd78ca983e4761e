//! Kaplan and Meier's curve with limits that may be looked at after every run.

use super::interval::Interval;
use super::proportion::Proportion;
use super::sequence::{Mixture, confidence_sequence};
use super::survival::Step;

/// Limits of survival for every step: with probability at least 1 − `alpha` they cover the whole curve of `horizon`
/// rounds after *every* run at once.
///
/// Survival is a product of 1 − hazard. Whether it happens in a round, among the runs at risk in it, is one trial a run
/// with the same chance, so the hazard has a [`confidence_sequence`]; at level 1 − `alpha`/`horizon` for each round, all
/// hold together (Bonferroni), and the products of their ends enclose the curve. Wider than pointwise limits, and as
/// independent of the stopping rule as the sequence itself.
pub fn survival_sequence(steps: &[Step], horizon: usize, alpha: f64) -> Vec<Interval> {
    let each = alpha / horizon.max(1) as f64;
    let mut limits = Interval { low: 1.0, high: 1.0 };
    let narrow = |step: &Step| {
        let hazard = confidence_sequence(Proportion::new(step.events, step.at_risk), each, Mixture::UNIFORM);
        limits.low *= 1.0 - hazard.high;
        limits.high *= 1.0 - hazard.low;
        limits
    };
    steps.iter().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::super::survival::Lifetimes;
    use super::*;

    #[test]
    fn the_limits_enclose_the_curve_and_narrow_with_more_runs() {
        let width = |scale: u64| {
            let times = Lifetimes::new(&[3 * scale, 0, 5 * scale], &[0, 2 * scale, 10 * scale]);
            let steps = times.kaplan_meier(0.05);
            let limits = survival_sequence(&steps, 3, 0.05);
            for (step, limits) in steps.iter().zip(&limits) {
                assert!(limits.low < step.survival && step.survival < limits.high + 1e-12);
                // Valid at every run, so no narrower than pointwise limits at one.
                assert!(limits.low <= step.interval.low && limits.high >= step.interval.high);
            }
            limits[2].high - limits[2].low
        };
        assert!(width(100) < width(1) / 5.0);
    }
}
