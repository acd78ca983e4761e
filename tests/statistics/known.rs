//! Values that the literature or another program gives.

use baraza::analysis::statistics::holm::holm;
use baraza::analysis::statistics::moments::{Histogram, Moments};
use baraza::analysis::statistics::paired::Pairs;
use baraza::analysis::statistics::proportion::Proportion;
use baraza::analysis::statistics::scores::{Forecast, brier, calibration, log_score};
use baraza::analysis::statistics::sequence::{Mixture, confidence_sequence};
use baraza::analysis::statistics::survival::{Lifetimes, Median};
use baraza::analysis::statistics::tornado::tornado;

use crate::{close, ends};

fn pairs(both: u64, first_only: u64, second_only: u64, neither: u64) -> Pairs {
    Pairs { both, first_only, second_only, neither }
}

/// Newcombe (1998), Statistics in Medicine 17, 857–872, table I: to the four places printed there.
#[test]
fn proportions_as_newcombe_prints_them() {
    for (successes, n, wilson, exact) in [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ] {
        let seen = Proportion::new(successes, n);
        ends(seen.wilson(0.05), wilson, 5e-5);
        ends(seen.clopper_pearson(0.05), exact, 5e-5);
    }
}

/// statsmodels 0.15.0, `proportion_confint` with "wilson" and "beta". Of a million runs the logarithms of the
/// gamma function leave nine places.
#[test]
fn proportions_as_statsmodels_has_them() {
    let seen = Proportion::new(7, 50);
    ends(seen.wilson(0.1), (0.077_720_897_820_629_95, 0.239_238_995_945_484_6), 1e-12);
    ends(seen.clopper_pearson(0.1), (0.067_596_699_003_557_19, 0.246_935_201_731_209_23), 1e-12);
    let half = Proportion::new(500_000, 1_000_000);
    ends(half.wilson(0.01), (0.498_712_089_620_794_55, 0.501_287_910_379_205_4), 1e-12);
    ends(half.clopper_pearson(0.01), (0.498_711_587_808_873_8, 0.501_288_412_191_126_2), 1e-9);
    let all = Proportion::new(1000, 1000);
    ends(all.wilson(0.05), (0.996_173_241_514_445, 1.0), 1e-12);
    ends(all.clopper_pearson(0.05), (0.996_317_916_103_134_4, 1.0), 1e-12);
}

/// Tango (1998), Statistics in Medicine 17, 891–908: (4, 9, 3, 16) at 95 % and the contact lenses (43, 0, 1,
/// 0) at 90 %, as the tests of the R package ratesci quote them.
#[test]
fn tango_as_published() {
    ends(pairs(4, 9, 3, 16).tango(0.05), (-0.027, 0.390), 5e-4);
    ends(pairs(43, 0, 1, 0).tango(0.10), (-0.096, 0.037), 5e-4);
}

/// Responses before and after consolidation therapy (Cavo et al. 2012), worked in Fagerland, Lydersen &
/// Laake, *Statistical Analysis of Contingency Tables* (2017), chapter 8: figures of their R package
/// contingencytables, and of statsmodels for the exact test.
#[test]
fn pairs_as_fagerland_works_them() {
    let therapy = pairs(59, 6, 16, 80);
    close(therapy.difference().unwrap(), -0.0621, 5e-5);
    ends(therapy.newcombe(0.05), (-0.1186, -0.0046), 5e-5);
    ends(therapy.tango(0.05), (-0.1240, -0.0054), 5e-5);
    close(therapy.mcnemar().exact, 0.052_478_790_283_203_125, 1e-12);
    close(therapy.mcnemar().mid, 0.034_689_664_840_698_24, 1e-12);
}

/// By hand: with one of eight the exact test gives 2 (1 + 8) / 256 and the mid-p 8 / 256 less; with none of
/// five, 2 / 32 and 1 / 32. Of 291 discordant pairs scipy's binomial distribution has the rest.
#[test]
fn mcnemar_by_hand() {
    let test = pairs(1, 1, 7, 12).mcnemar();
    close(test.exact, 18.0 / 256.0, 1e-14);
    close(test.mid, 10.0 / 256.0, 1e-14);
    let test = pairs(3, 5, 0, 2).mcnemar();
    close(test.exact, 2.0 / 32.0, 1e-14);
    close(test.mid, 1.0 / 32.0, 1e-14);
    let test = pairs(0, 120, 171, 0).mcnemar();
    close(test.exact, 0.003_308_798_633_126_903_3, 1e-13);
    close(test.mid, 0.002_777_393_595_138_02, 1e-13);
    for none in [pairs(4, 3, 3, 4), pairs(4, 0, 0, 4), Pairs::default()] {
        assert_eq!((none.mcnemar().exact, none.mcnemar().mid), (1.0, 1.0));
    }
}

/// With no pair that differs, Tango's limits are ±z²/(n + z²): both parameters are on their bound.
#[test]
fn tango_without_discordant_pairs() {
    let square = 1.959_963_984_540_054 * 1.959_963_984_540_054;
    let bound = square / (20.0 + square);
    ends(pairs(8, 0, 0, 12).tango(0.05), (-bound, bound), 1e-12);
    assert_eq!(pairs(0, 9, 0, 0).tango(0.05).high, 1.0);
    assert_eq!(pairs(0, 0, 9, 0).tango(0.05).low, -1.0);
}

/// statsmodels 0.15.0, `multipletests(..., method="holm")`.
#[test]
fn holm_as_statsmodels_has_it() {
    let adjusted = holm(&[0.01, 0.04, 0.03, 0.005, 0.2, 0.9]);
    for (value, expected) in adjusted.iter().zip([0.05, 0.12, 0.12, 0.03, 0.4, 0.9]) {
        close(*value, expected, 1e-15);
    }
}

/// The roots at thirty digits by mpmath and scipy's `brentq`.
#[test]
fn confidence_sequence_against_high_precision() {
    let jeffreys = Mixture { a: 0.5, b: 0.5 };
    let rare = Mixture { a: 2.0, b: 3.0 };
    for (successes, n, alpha, mixture, expected) in [
        (7, 10, 0.05, Mixture::UNIFORM, (0.266_740_526_164_193_47, 0.963_359_709_624_49)),
        (0, 25, 0.05, Mixture::UNIFORM, (0.0, 0.221_318_483_053_540_07)),
        (50, 50, 0.01, jeffreys, (0.866_995_986_148_077_8, 1.0)),
        (300, 1000, 0.05, Mixture::UNIFORM, (0.250_337_952_562_726_73, 0.353_015_199_181_847_1)),
        (120, 100_000, 0.05, rare, (0.000_689_846_801_469_464_8, 0.001_914_799_563_602_775_1)),
    ] {
        ends(confidence_sequence(Proportion::new(successes, n), alpha, mixture), expected, 1e-11);
    }
}

/// Under the uniform mixture the set is {p : (n + 1) · Binomial(s; n, p) > α}: here by walking a grid, with
/// nothing shared.
#[test]
fn confidence_sequence_by_brute_force() {
    for (successes, n) in [(0_u32, 3_u32), (2, 9), (9, 20), (20, 20)] {
        let inside = |p: f64| {
            let mut binomial = f64::from(n + 1);
            for i in 0..successes {
                binomial *= f64::from(n - i) / f64::from(i + 1) * p;
            }
            for _ in successes..n {
                binomial *= 1.0 - p;
            }
            binomial > 0.05
        };
        let grid: Vec<f64> = (0..=100_000).map(|i| f64::from(i) / 100_000.0).filter(|&p| inside(p)).collect();
        let seen = Proportion::new(u64::from(successes), u64::from(n));
        ends(confidence_sequence(seen, 0.05, Mixture::UNIFORM), (grid[0], *grid.last().unwrap()), 1.1e-5);
    }
}

/// The 6-MP arm of Freireich et al. (1963), weeks of remission: survival as every textbook has it; limits on
/// the log-log scale and the median (13, none) as lifelines 0.30.3 gives them.
#[test]
fn kaplan_meier_on_the_freireich_trial() {
    let mut arm = Lifetimes::default();
    for (week, events) in [(6, 3), (7, 1), (10, 1), (13, 1), (16, 1), (22, 1), (23, 1)] {
        arm.happened(week, events);
    }
    for (week, runs) in
        [(6, 1), (9, 1), (10, 1), (11, 1), (17, 1), (19, 1), (20, 1), (25, 1), (32, 2), (34, 1), (35, 1)]
    {
        arm.unseen(week, runs);
    }
    assert_eq!(arm.runs(), 21);
    let curve = arm.kaplan_meier(0.05);
    for (week, survival, low, high) in [
        (6, 0.857143, 0.619718, 0.951552),
        (7, 0.806723, 0.563147, 0.922809),
        (10, 0.752941, 0.503200, 0.889362),
        (13, 0.690196, 0.431610, 0.849066),
        (16, 0.627451, 0.367511, 0.804912),
        (22, 0.537815, 0.267779, 0.746791),
        (35, 0.448179, 0.188052, 0.680143),
    ] {
        close(curve[week].survival, survival, 5e-7);
        ends(curve[week].interval, (low, high), 5e-7);
    }
    // The standard errors that the R package survival prints.
    close(libm::sqrt(curve[6].variance), 0.0764, 5e-5);
    close(libm::sqrt(curve[23].variance), 0.1346, 5e-5);
    assert_eq!(arm.median(0.05), Median { round: Some(23), low: Some(13), high: None });
}

/// Without censoring the curve is the plain share, and Greenwood's variance that of a binomial share.
#[test]
fn kaplan_meier_without_censoring() {
    let curve = Lifetimes::new(&[0, 5, 3, 0, 2], &[]).kaplan_meier(0.05);
    for (step, left) in curve.iter().zip([10.0, 5.0, 2.0, 2.0, 0.0]) {
        let share = left / 10.0;
        close(step.survival, share, 1e-15);
        close(step.variance, share * (1.0 - share) / 10.0, 1e-15);
    }
    // Before any event, and after the last run: the ends that have no log-log scale.
    ends(curve[0].interval, (1.0 - 0.308_497_107_818_760_83, 1.0), 1e-12);
    assert_eq!(curve[4].interval.low, 0.0);
    assert_eq!(curve[4].interval.high, curve[3].interval.high);
    assert_eq!(Lifetimes::new(&[0, 5, 5], &[]).median(0.05).round, Some(1));
    assert!(Lifetimes::default().kaplan_meier(0.05).is_empty());
}

#[test]
fn moments_by_hand() {
    let mut four = Moments::default();
    [2, 4, 4, 6].into_iter().for_each(|value| four.add(value));
    assert_eq!((four.mean(), four.extremes), (Some(4.0), Some((2, 6))));
    close(four.variance().unwrap(), 8.0 / 3.0, 1e-15);
    close(four.standard_error().unwrap(), 0.816_496_580_927_726, 1e-15);
    ends(four.mean_interval(0.05).unwrap(), (2.3996961078815633, 5.600303892118436), 1e-12);
    // Far from zero nothing is lost: the same spread around −10¹².
    let mut far = Moments::default();
    [2, 4, 4, 6].into_iter().for_each(|value| far.add(value - 1_000_000_000_000));
    assert_eq!(far.variance(), four.variance());
    assert_eq!((Moments::default().mean(), Moments::default().variance()), (None, None));
}

#[test]
fn quantiles_by_hand() {
    let mut ten = Histogram::default();
    (1..=10).for_each(|value| ten.add(value, 1));
    let quantiles =
        [(0, 1), (1, 10), (1, 2), (51, 100), (9, 10), (1, 1)].map(|(part, whole)| ten.quantile(part, whole));
    assert_eq!(quantiles, [1, 1, 5, 6, 9, 10].map(Some));
    assert_eq!(Histogram::default().quantile(1, 2), None);
}

#[test]
fn scores_by_hand() {
    let two = [Forecast::new(0.8, true), Forecast::new(0.3, false)];
    close(brier(&two).unwrap(), 0.065, 1e-15);
    close(log_score(&two, 0.001).unwrap(), -(libm::log(0.8) + libm::log(0.7)) / 2.0, 1e-15);
    close(log_score(&[Forecast::new(0.0, true)], 0.01).unwrap(), -libm::log(0.01), 1e-15);
    assert_eq!((brier(&[]), log_score(&[], 0.01)), (None, None));
    let many = [0.0, 0.1, 0.29, 0.3, 0.7, 1.0].map(|p| Forecast::new(p, p > 0.2));
    let table = calibration(&many, 10);
    let counts: Vec<u64> = table.iter().map(|class| class.happened.n).collect();
    assert_eq!(counts, [1, 1, 1, 1, 0, 0, 0, 1, 0, 1]);
    assert_eq!((table[2].stated, table[2].happened), (Some(0.29), Proportion::new(1, 1)));
    assert_eq!((table[4].stated, table[9].stated), (None, Some(1.0)));
}

#[test]
fn tornado_sorts_by_swing() {
    let bars = tornado(10.0, &[(9.0, 11.0), (4.0, 12.0), (7.0, 8.0), (12.0, 10.0)]);
    let order: Vec<(usize, f64)> = bars.iter().map(|bar| (bar.factor, bar.swing)).collect();
    assert_eq!(order, [(1, 8.0), (2, 3.0), (0, 2.0), (3, 2.0)]);
}
