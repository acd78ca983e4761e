//! What must hold for all inputs.

use baraza::analysis::statistics::Interval;
use baraza::analysis::statistics::holm::holm;
use baraza::analysis::statistics::moments::{Histogram, Moments};
use baraza::analysis::statistics::morris::Trajectory;
use baraza::analysis::statistics::paired::Pairs;
use baraza::analysis::statistics::proportion::Proportion;
use baraza::analysis::statistics::resample::below;
use baraza::analysis::statistics::scores::{Forecast, brier, calibration};
use baraza::analysis::statistics::sequence::{Mixture, confidence_sequence};
use baraza::analysis::statistics::survival::Lifetimes;
use baraza::drivers::philox::Stream;
use proptest::prelude::*;

const RANGE: Interval = Interval { low: -1.0, high: 1.0 };
/// What the roots and the closed forms may be off by.
const ROUNDING: f64 = 1e-9;

fn proportion() -> impl Strategy<Value = Proportion> {
    (1..5000_u64).prop_flat_map(|n| (0..=n).prop_map(move |successes| Proportion::new(successes, n)))
}

fn pairs() -> impl Strategy<Value = Pairs> {
    let few = || prop_oneof![0..5_u64, 0..400_u64];
    (few(), few(), few(), few())
        .prop_map(|(both, first_only, second_only, neither)| Pairs { both, first_only, second_only, neither })
        .prop_filter("a pair", |pairs| pairs.n() > 0)
}

/// The intervals of a proportion, each under its name.
fn intervals(seen: Proportion, alpha: f64) -> [(&'static str, Interval); 3] {
    [
        ("Wilson", seen.wilson(alpha)),
        ("Clopper-Pearson", seen.clopper_pearson(alpha)),
        ("sequence", confidence_sequence(seen, alpha, Mixture::UNIFORM)),
    ]
}

proptest! {
    /// In bounds, around the share seen, wider for fewer misses, mirrored by counting failures, rising with
    /// the successes.
    #[test]
    fn proportion_intervals(seen in proportion(), alpha in 0.001..0.4) {
        let share = seen.share().unwrap();
        let stricter = intervals(seen, alpha / 2.0);
        let mirrored = intervals(Proportion::new(seen.n - seen.successes, seen.n), alpha);
        let more = intervals(Proportion::new((seen.successes + 1).min(seen.n), seen.n), alpha);
        for (at, (name, interval)) in intervals(seen, alpha).into_iter().enumerate() {
            prop_assert!(Interval::UNIT.covers(&interval) && interval.contains(share), "{name} {interval:?}");
            prop_assert!(stricter[at].1.covers(&interval), "{name} {interval:?} {:?}", stricter[at].1);
            let other = mirrored[at].1.complement();
            prop_assert!((other.low - interval.low).abs() < ROUNDING, "{name} {interval:?} {other:?}");
            prop_assert!((other.high - interval.high).abs() < ROUNDING, "{name} {interval:?} {other:?}");
            let above = more[at].1;
            prop_assert!(above.low >= interval.low - ROUNDING, "{name}");
            prop_assert!(above.high >= interval.high - ROUNDING, "{name}");
        }
    }

    /// In bounds, around the difference seen, wider for fewer misses, turned around by exchanging the worlds.
    #[test]
    fn paired_intervals(seen in pairs(), alpha in 0.001..0.4) {
        let difference = seen.difference().unwrap();
        for method in [Pairs::newcombe, Pairs::tango] {
            let (interval, turned) = (method(&seen, alpha), method(&seen.swap(), alpha));
            prop_assert!(RANGE.covers(&interval), "{interval:?}");
            prop_assert!(interval.low <= difference + ROUNDING && difference <= interval.high + ROUNDING);
            prop_assert!((interval.low + turned.high).abs() < ROUNDING, "{interval:?} {turned:?}");
            prop_assert!((interval.high + turned.low).abs() < ROUNDING, "{interval:?} {turned:?}");
            let strict = method(&seen, alpha / 2.0);
            prop_assert!(strict.low <= interval.low + ROUNDING && interval.high <= strict.high + ROUNDING);
        }
    }

    /// Tango's interval leaves zero out exactly when McNemar's score test, |b − c| / √(b + c) > z, rejects.
    #[test]
    fn tango_agrees_with_the_score_test(seen in pairs()) {
        let (b, c) = (seen.first_only as f64, seen.second_only as f64);
        let score = (b - c).abs() / libm::sqrt((b + c).max(1.0));
        prop_assume!((score - 1.959_963_984_540_054).abs() > 1e-6);
        prop_assert_eq!(score > 1.96, !seen.tango(0.05).contains(0.0));
    }

    /// p-values are probabilities, mid-p the smaller, and alike in both directions.
    #[test]
    fn mcnemar(seen in pairs()) {
        let test = seen.mcnemar();
        prop_assert!(0.0 <= test.mid && test.mid <= test.exact && test.exact <= 1.0, "{test:?}");
        prop_assert_eq!(test, seen.swap().mcnemar());
    }

    /// Between each p-value and Bonferroni's, in the same order, wherever each stands in the list.
    #[test]
    fn holm_step_down(values in prop::collection::vec(0.0..=1.0_f64, 0..12), turn in 0..12_usize) {
        let adjusted = holm(&values);
        prop_assert_eq!(adjusted.len(), values.len());
        for (i, (&raw, &own)) in values.iter().zip(&adjusted).enumerate() {
            prop_assert!(raw <= own && own <= (raw * values.len() as f64).min(1.0));
            let in_order = |(r, a): (&f64, &f64)| (*r <= raw || *a >= own) && (*r >= raw || *a <= own);
            prop_assert!(values[i..].iter().zip(&adjusted[i..]).all(in_order));
        }
        let turned = |list: &[f64]| {
            let mut list = list.to_vec();
            list.rotate_left(turn.min(values.len()));
            list
        };
        prop_assert_eq!(holm(&turned(&values)), turned(&adjusted));
    }

    /// However values are dealt out and put together again, the accumulators are the same.
    #[test]
    fn merging_has_no_order(
        values in prop::collection::vec((-1000..1000_i64, 0..4_usize), 0..60),
        order in Just([0, 1, 2, 3]).prop_shuffle(),
    ) {
        let mut whole = (Moments::default(), Histogram::default(), Lifetimes::default());
        let mut shards = vec![whole.clone(); 4];
        for &(value, shard) in &values {
            for all in [&mut whole, &mut shards[shard]] {
                all.0.add(value);
                all.1.add(value, 1);
                let round = value.unsigned_abs() as usize % 13;
                if value % 3 == 0 { all.2.unseen(round, 1) } else { all.2.happened(round, 1) }
            }
        }
        let mut merged = (Moments::default(), Histogram::default(), Lifetimes::default());
        for shard in order {
            merged.0.merge(&shards[shard].0);
            merged.1.merge(&shards[shard].1);
            merged.2.merge(&shards[shard].2);
        }
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.1.moments(), whole.0);
        prop_assert_eq!(merged.1.total(), values.len() as u64);
    }

    /// The variance is the textbook's whatever the size of the numbers; the differences are whole, so exact.
    #[test]
    fn variance_keeps_its_figures(
        offset in -1_000_000_000_000..1_000_000_000_000_i64,
        values in prop::collection::vec(-50..50_i64, 2..80),
    ) {
        let mut near = Moments::default();
        let mut far = Moments::default();
        for &value in &values {
            near.add(value);
            far.add(value + offset);
        }
        let n = values.len() as i64;
        let sum: i64 = values.iter().sum();
        let scaled: i64 = values.iter().map(|value| (n * value - sum) * (n * value - sum)).sum();
        let exact = scaled as f64 / (n * n) as f64 / (n - 1) as f64;
        prop_assert!((near.variance().unwrap() - exact).abs() <= 1e-12 * exact);
        prop_assert!((far.variance().unwrap() - exact).abs() <= 1e-12 * exact);
    }

    /// A quantile is the element of the sorted list that the definition says.
    #[test]
    fn quantiles(mut values in prop::collection::vec(-30..30_i64, 1..50), part in 0..=20_u64) {
        let mut all = Histogram::default();
        values.iter().for_each(|&value| all.add(value, 1));
        values.sort_unstable();
        let rank = (values.len() as u64 * part).div_ceil(20).max(1) as usize;
        prop_assert_eq!(all.quantile(part, 20), Some(values[rank - 1]));
    }

    /// Survival falls from 1, within its limits, and everyone is counted.
    #[test]
    fn survival(rounds in prop::collection::vec((0..40_u64, 0..40_u64), 1..20)) {
        let (events, censored): (Vec<u64>, Vec<u64>) = rounds.into_iter().unzip();
        let times = Lifetimes::new(&events, &censored);
        let mut before = (1.0, times.runs());
        for step in times.kaplan_meier(0.05) {
            prop_assert!(step.survival <= before.0 && step.variance >= 0.0);
            prop_assert!(Interval::UNIT.covers(&step.interval), "{step:?}");
            prop_assert!(step.interval.contains(step.survival), "{step:?}");
            prop_assert_eq!(step.at_risk, before.1);
            before = (step.survival, before.1 - step.events - censored[step.round]);
        }
        let median = times.median(0.05);
        prop_assert!(median.low.is_none_or(|low| median.round.is_none_or(|round| low <= round)));
        prop_assert!(median.round.is_none_or(|round| median.high.is_none_or(|high| round <= high)));
    }

    /// Every forecast is in the class whose bounds hold it, and the scores keep their range.
    #[test]
    fn scores(list in prop::collection::vec((0.0..=1.0_f64, any::<bool>()), 1..60), classes in 1..30_usize) {
        let forecasts: Vec<Forecast> = list.iter().map(|&(p, happened)| Forecast::new(p, happened)).collect();
        let table = calibration(&forecasts, classes);
        prop_assert_eq!(table.iter().map(|class| class.happened.n).sum::<u64>(), list.len() as u64);
        for (at, class) in table.iter().enumerate() {
            let last = at + 1 == classes;
            let inside = |p: f64| class.low <= p && (p < class.high || last && p <= class.high);
            prop_assert_eq!(list.iter().filter(|(p, _)| inside(*p)).count() as u64, class.happened.n);
        }
        prop_assert!((0.0..=1.0).contains(&brier(&forecasts).unwrap()));
    }

    /// A walk moves each factor once by half the levels and stays on the grid.
    #[test]
    fn morris_walks(factors in 1..12_usize, half in 1..6_u32, seed in any::<u64>()) {
        let mut random = Stream::new(seed, 0);
        let walk = Trajectory::random(factors, 2 * half, &mut random);
        let points: Vec<Vec<f64>> = walk.points().collect();
        prop_assert_eq!(points.len(), factors + 1);
        let step = f64::from(half) / f64::from(2 * half - 1);
        let mut moved = vec![0; factors];
        for pair in points.windows(2) {
            for factor in (0..factors).filter(|&factor| pair[0][factor] != pair[1][factor]) {
                moved[factor] += 1;
                prop_assert!(((pair[0][factor] - pair[1][factor]).abs() - step).abs() < 1e-12);
            }
        }
        prop_assert!(moved.iter().all(|&times| times == 1));
        prop_assert!(points.iter().flatten().all(|value| (0.0..=1.0).contains(value)));
    }
}

/// Six faces, sixty thousand throws: χ² with five degrees of freedom stays below 20.5 in 999 of 1000 seeds.
#[test]
fn draws_below_are_even() {
    let mut random = Stream::new(5, 0);
    let mut faces = [0.0; 6];
    (0..60_000).for_each(|_| faces[below(&mut random, 6)] += 1.0);
    let square: f64 =
        faces.iter().map(|count: &f64| (count - 10_000.0) * (count - 10_000.0) / 10_000.0).sum();
    assert!(square < 20.5, "{square}");
}
