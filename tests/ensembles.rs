//! Ensembles and pairs of worlds: the same on any number of threads, the same in parts, and nothing from nothing.

mod support;

use baraza::analysis::counters::{Counts, Measure, Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::analysis::pairs::{Pair, Player, compare};
use baraza::domain::rule::{Ground, Rule};
use baraza::domain::{Model, Quantity};
use baraza::drivers::{Sampler, record};
use proptest::prelude::*;
use support::generate::{LARGE, SMALL, scenarios};
use support::model;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 500, ..ProptestConfig::default() }
}

fn threads<T: Send>(n: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("a pool").install(work)
}

fn counts(model: &Model, from: u32, to: u32) -> Counts {
    let plan = Plan::new(model, 0);
    ensemble(model, &plan, &[], Range { seed: 5, from, to })
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn threads_and_parts_make_no_difference(draft in scenarios(LARGE), cut in 1u32..1200) {
        let model = model(&draft.text());
        let whole = threads(1, || counts(&model, 0, 1200));
        prop_assert_eq!(&whole, &threads(3, || counts(&model, 0, 1200)));
        let mut parts = counts(&model, cut, 1200);
        parts.merge(&counts(&model, 0, cut));
        prop_assert_eq!(whole, parts);
    }

    /// 12. A what-if with an empty change equals the baseline, run by run.
    #[test]
    fn nothing_changes_nothing(draft in scenarios(LARGE)) {
        let (one, other) = (model(&draft.text()), model(&draft.text()));
        let pair = Pair::new(&one, &other, Vec::new()).expect("they compare");
        let counts = compare(&pair, Range { seed: 9, from: 0, to: 100 });
        prop_assert_eq!(counts.parted, 0);
        prop_assert_eq!(counts.flipped(one.world.outcomes.len()), 0);
    }

    /// What is counted is what single runs show.
    #[test]
    fn counts_agree_with_single_runs(draft in scenarios(LARGE)) {
        let model = model(&draft.text());
        let n = 40;
        let mut outcomes = vec![0u64; model.world.outcomes.len()];
        let mut rewards = vec![0u128; model.world.rewards.len()];
        for run in 0..n {
            let transcript = record(&model, &mut Sampler::new(5, run));
            outcomes[transcript.end[model.cell(Quantity::Outcome)] as usize - 1] += 1;
            rewards.iter_mut().zip(&transcript.rewards).for_each(|(a, b)| *a += u128::from(*b));
        }
        let plan = Plan::new(&model, 0);
        let counts = ensemble(&model, &plan, &[], Range { seed: 5, from: 0, to: n });
        let reading = Reading::new(&plan, &counts);
        prop_assert_eq!(reading.outcomes(&model), &outcomes[..]);
        for (k, sum) in rewards.iter().enumerate() {
            prop_assert_eq!(reading.reward(k).0, *sum);
        }
        for i in 0..model.world.items.len() {
            for r in 0..reading.rounds() {
                prop_assert_eq!(reading.item(i, r).iter().sum::<u64>(), u64::from(n));
            }
        }
    }

    /// 11. The sampler's frequencies agree with the exact probabilities: with 4,000 runs no outcome is further off
    /// than six standard errors (a false alarm in less than one of a hundred million comparisons).
    #[test]
    fn frequencies_agree_with_exact_probabilities(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        if let Some(exact) = support::exact::outcomes(&model, 3000) {
            let n = 4000;
            let plan = Plan::new(&model, 0);
            let counts = ensemble(&model, &plan, &[], Range { seed: 1, from: 0, to: n });
            for (k, count) in Reading::new(&plan, &counts).outcomes(&model).iter().enumerate() {
                let p = exact.get(&model.world.outcomes[k].name.id).map_or(0.0, |p| p.min(1.0));
                let (n, seen) = (f64::from(n), *count as f64);
                let error = 6.0 * libm::sqrt(n * p * (1.0 - p)) + 1e-9;
                prop_assert!((seen - n * p).abs() <= error, "{}: {} of {}, exact {}", k, seen, n, p);
            }
        }
    }
}

/// A pair that parts does so in the turn that its two records first differ in.
#[test]
fn pairs_part_where_the_records_differ() {
    let text = include_str!("support/golden.toml");
    let changed = text.replace("alternative = 35", "alternative = 55");
    let (one, other) = (model(text), model(&changed));
    let pair = Pair::new(&one, &other, Vec::new()).expect("they compare");
    let mut player = Player::new(&pair);
    let mut parted = 0;
    for run in 0..60 {
        let comparison = player.play(2, run);
        let records = [&one, &other].map(|m| record(m, &mut Sampler::new(2, run)));
        let outcome = |k: usize, m: &Model| records[k].end[m.cell(Quantity::Outcome)] as usize - 1;
        assert_eq!((comparison.from, comparison.to), (outcome(0, &one), outcome(1, &other)));
        let [a, b] = records.map(|r| {
            r.steps
                .into_iter()
                .filter(|s| !s.changes.is_empty())
                .map(|s| (s.round, s.turn, s.changes))
                .collect::<Vec<_>>()
        });
        let first = a.iter().zip(&b).position(|(x, y)| x != y);
        match (comparison.parted, first) {
            (Some((round, turn)), Some(k)) => {
                parted += 1;
                assert_eq!(round, a[k].0.min(b[k].0));
                let turn = pair.turn(turn).0;
                assert!(turn == a[k].1 || turn == b[k].1, "{turn:?}");
            }
            (None, None) => {}
            (found, expected) => panic!("{found:?} but the records differ at {expected:?}"),
        }
    }
    assert!(parted > 10);
}

#[test]
fn a_measure_is_counted_when_it_first_holds() {
    let model = model(include_str!("support/golden.toml"));
    let world = &model.world;
    let condition = baraza::scenario::parse_condition("round >= 4", world).expect("a condition");
    let ground = Ground { layout: &model.layout, cells: &model.cells, round_days: world.round_days };
    let measures = [Measure { text: "round >= 4".into(), rule: Rule::of(&condition, ground) }];
    let plan = Plan::new(&model, 1);
    let counts = ensemble(&model, &plan, &measures, Range { seed: 1, from: 0, to: 64 });
    let reading = Reading::new(&plan, &counts);
    assert_eq!(reading.first(0)[3], 64);
    assert_eq!(reading.held(0)[2], 0);
    assert_eq!(reading.first(0).iter().sum::<u64>(), 64);
}
