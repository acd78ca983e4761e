//! Intervals cover at their rate: summed exactly where that can be, simulated from a fixed seed otherwise.

use baraza::analysis::statistics::Interval;
use baraza::analysis::statistics::moments::Moments;
use baraza::analysis::statistics::paired::Pairs;
use baraza::analysis::statistics::proportion::Proportion;
use baraza::analysis::statistics::sequence::{Mixture, confidence_sequence};
use baraza::analysis::statistics::survival::Lifetimes;
use baraza::drivers::philox::Stream;

use crate::uniform;

const ALPHA: f64 = 0.05;

/// The binomial probabilities of 0 to n.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut row = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; row.len() + 1];
        for (k, weight) in row.iter().enumerate() {
            next[k] += weight * (1.0 - p);
            next[k + 1] += weight * p;
        }
        row = next;
    }
    row
}

/// The exact rate at which the interval covers, for n = 40 and p = 0.01 … 0.99.
fn exact_coverage(interval: impl Fn(&Proportion) -> Interval) -> Vec<f64> {
    let n = 40;
    let intervals: Vec<Interval> = (0..=n).map(|k| interval(&Proportion::new(k, n))).collect();
    let at =
        |p: f64| binomial(n, p).iter().zip(&intervals).filter(|(_, i)| i.contains(p)).map(|(w, _)| w).sum();
    (1..100).map(|percent| at(f64::from(percent) / 100.0)).collect()
}

/// Clopper–Pearson never falls below its rate; Wilson's keeps it on average, and never falls below 88 % here.
#[test]
fn proportions() {
    let exact = exact_coverage(|seen| seen.clopper_pearson(ALPHA));
    assert!(exact.iter().all(|&rate| rate >= 1.0 - ALPHA));
    let wilson = exact_coverage(|seen| seen.wilson(ALPHA));
    let mean = wilson.iter().sum::<f64>() / wilson.len() as f64;
    assert!((mean - 0.95).abs() < 0.01, "{mean}");
    assert!(wilson.iter().all(|&rate| rate > 0.88));
}

/// The rates at which both intervals of the paired difference cover, summed over all 12 341 tables of 40 pairs: 94.7
/// to 95.6 % for a positive, no and a negative correlation; where few pairs differ both are on the safe side.
#[test]
fn paired_differences() {
    let n = 40_u64;
    let factorials: Vec<f64> = (0..=n).map(|k| libm::lgamma(k as f64 + 1.0)).collect();
    let mut tables = Vec::new();
    for both in 0..=n {
        for first_only in 0..=n - both {
            for second_only in 0..=n - both - first_only {
                let neither = n - both - first_only - second_only;
                let pairs = Pairs { both, first_only, second_only, neither };
                tables.push((pairs, pairs.newcombe(ALPHA), pairs.tango(ALPHA)));
            }
        }
    }
    for chances in [[0.5, 0.15, 0.05, 0.3], [0.25; 4], [0.1, 0.5, 0.3, 0.1], [0.02, 0.08, 0.02, 0.88]] {
        let truth = chances[1] - chances[2];
        let (mut newcombe, mut tango) = (0.0, 0.0);
        for (pairs, by_newcombe, by_tango) in &tables {
            let counts = [pairs.both, pairs.first_only, pairs.second_only, pairs.neither];
            let log =
                counts.iter().zip(chances).map(|(&k, p)| k as f64 * libm::log(p) - factorials[k as usize]);
            let weight = libm::exp(factorials[n as usize] + log.sum::<f64>());
            newcombe += weight * f64::from(by_newcombe.contains(truth));
            tango += weight * f64::from(by_tango.contains(truth));
        }
        for rate in [newcombe, tango] {
            assert!(rate > 0.945 && rate < 0.985, "{rate} at {chances:?}");
        }
    }
}

fn sample(random: &mut Stream, chances: [f64; 4], n: u32) -> Pairs {
    let mut pairs = Pairs::default();
    for _ in 0..n {
        let u = uniform(random);
        if u < chances[0] {
            pairs.both += 1;
        } else if u < chances[0] + chances[1] {
            pairs.first_only += 1;
        } else if u < chances[0] + chances[1] + chances[2] {
            pairs.second_only += 1;
        } else {
            pairs.neither += 1;
        }
    }
    pairs
}

/// Under no difference the exact test rejects at most at its level, and the mid-p test about at it.
#[test]
fn mcnemar_keeps_its_level() {
    let mut random = Stream::new(7, 0);
    let (mut exact, mut mid, samples) = (0.0, 0.0, 10_000);
    for _ in 0..samples {
        let test = sample(&mut random, [0.3, 0.2, 0.2, 0.3], 80).mcnemar();
        exact += f64::from(test.exact <= ALPHA) / f64::from(samples);
        mid += f64::from(test.mid <= ALPHA) / f64::from(samples);
    }
    assert!(exact < ALPHA && exact <= mid && (0.035..0.056).contains(&mid), "{exact} {mid}");
}

/// Looked at after every one of 400 runs, the sequence misses in at most 5 % of 600 samples (three standard
/// errors: 0.027), while an interval made for one look is wrong at some time in far more.
#[test]
fn confidence_sequence_at_every_run() {
    for (seed, truth) in [0.5, 0.1, 0.9].into_iter().enumerate() {
        let mut random = Stream::new(40 + seed as u64, 0);
        let (mut sequence, mut wilson, samples) = (0, 0, 600);
        for _ in 0..samples {
            let (mut seen, mut missed, mut fooled) = (Proportion::default(), false, false);
            for _ in 0..400 {
                seen = seen.merge(&Proportion::new(u64::from(uniform(&mut random) < truth), 1));
                missed |= !confidence_sequence(seen, ALPHA, Mixture::UNIFORM).contains(truth);
                fooled |= !seen.wilson(ALPHA).contains(truth);
            }
            sequence += u32::from(missed);
            wilson += u32::from(fooled);
        }
        let rate = |count: u32| f64::from(count) / f64::from(samples);
        assert!(rate(sequence) < ALPHA + 0.027, "{} at {truth}", rate(sequence));
        assert!(rate(wilson) > 0.2, "{} at {truth}", rate(wilson));
    }
}

/// A hazard of one in ten a round, a fifth as many lost on the way, the horizon after twelve: the limits at
/// round six cover in about 95 % of 2000 samples of 80 runs (three standard errors: 0.015), those of the
/// median in at least that.
#[test]
fn survival_limits() {
    let (mut random, samples) = (Stream::new(11, 0), 2000);
    let truth = libm::pow(0.9, 7.0);
    // Survival after round r is 0.9^(r + 1): it passes one half in round 6.
    let (mut curve, mut median) = (0.0, 0.0);
    for _ in 0..samples {
        let mut times = Lifetimes::default();
        for _ in 0..80 {
            run(&mut random, &mut times);
        }
        curve += f64::from(times.kaplan_meier(ALPHA)[6].interval.contains(truth)) / f64::from(samples);
        let limits = times.median(ALPHA);
        let within = limits.low.is_some_and(|low| low <= 6) && limits.high.is_none_or(|high| high >= 6);
        median += f64::from(within) / f64::from(samples);
    }
    assert!((curve - 0.95).abs() < 0.02, "{curve}");
    assert!(median > 0.935, "{median}");
}

fn run(random: &mut Stream, times: &mut Lifetimes) {
    for round in 0..12 {
        if uniform(random) < 0.1 {
            return times.happened(round, 1);
        }
        if round == 11 || uniform(random) < 0.02 {
            return times.unseen(round, 1);
        }
    }
}

/// Means of 200 rolls of a die, 3000 times.
#[test]
fn means() {
    let (mut random, mut covered, samples) = (Stream::new(23, 0), 0.0, 3000);
    for _ in 0..samples {
        let mut rolls = Moments::default();
        (0..200).for_each(|_| rolls.add(1 + (uniform(&mut random) * 6.0) as i64));
        covered += f64::from(rolls.mean_interval(ALPHA).unwrap().contains(3.5)) / f64::from(samples);
    }
    assert!((covered - 0.95).abs() < 0.015, "{covered}");
}
