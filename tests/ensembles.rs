//! Ensembles and pairs of worlds: the same on any number of threads, the same in parts, and nothing from nothing.

mod support;

use baraza::analysis::counters::{After, Counts, Measure, Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::analysis::pairs::{Ends, Milestone, Pair, Player, compare};
use baraza::analysis::statistics::proportion::Proportion;
use baraza::analysis::statistics::sequence::{Mixture, confidence_sequence};
use baraza::analysis::summary::summarise;
use baraza::domain::rule::Rule;
use baraza::domain::{ItemState, Model, PartyId, Quantity, settled};
use baraza::drivers::{Head, Sampler, record};
use baraza::kernel::Entry;
use baraza::studies::shard::{NOTE, Shard, Study, join};
use proptest::prelude::*;
use support::generate::{LARGE, SMALL, scenarios};
use support::{chance, model};

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

fn study(from: u32, to: u32) -> Study {
    Study {
        head: Head::new("Talks", "f", 5, NOTE),
        scenario: "talks.toml".into(),
        from,
        to,
        measures: Vec::new(),
    }
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

    /// Shards of any lengths, written, read and added in any order, are the whole bit for bit.
    #[test]
    fn shards_are_the_whole(
        draft in scenarios(LARGE),
        mut cuts in proptest::collection::btree_set(1u32..600, 0..5),
        order in any::<prop::sample::Index>(),
    ) {
        let model = model(&draft.text());
        let plan = Plan::new(&model, 0);
        let whole = counts(&model, 0, 600);
        cuts.extend([0, 600]);
        let ends: Vec<u32> = cuts.into_iter().collect();
        let mut shards: Vec<(String, Shard)> = ends
            .windows(2)
            .map(|w| {
                let text = Shard::new(study(w[0], w[1]), &counts(&model, w[0], w[1])).write();
                (format!("{}.json", w[0]), Shard::read(&text).expect("it reads its own"))
            })
            .collect();
        let turn = order.index(shards.len());
        shards.rotate_left(turn);
        shards.reverse();
        let joined = join(&shards, Some(600)).expect("they fit").expect("there are some");
        prop_assert_eq!((joined.from, joined.to), (0, 600));
        let mut sum = Counts::new(&model, &plan);
        for (_, shard) in &shards {
            sum.merge(&shard.counts(&model, &plan).expect("its counts fit"));
        }
        prop_assert_eq!(&sum, &whole);
        // One that is left out is missed, and named.
        if shards.len() > 1 {
            let (name, gone) = shards.remove(turn);
            let missing = join(&shards, Some(600)).expect_err("one is missing").to_string();
            let runs = if gone.study.to - gone.study.from == 1 { "run" } else { "runs" };
            prop_assert!(missing.contains(&format!("{runs} {}", gone.study.from)), "{}: {}", name, missing);
        }
    }

    /// Cumulative incidence never exceeds Kaplan and Meier's estimate and ends at the share that signed; who stood against an
    /// item is counted among the runs that leave it open.
    #[test]
    fn summaries_are_consistent(draft in scenarios(LARGE)) {
        let model = model(&draft.text());
        let plan = Plan::new(&model, 0);
        let counts = counts(&model, 0, 200);
        let summary = summarise(&model, &[], Reading::new(&plan, &counts), 0.05);
        for text in &summary.instruments {
            for (plain, estimate) in text.incidence.iter().zip(&text.by_round) {
                prop_assert!(plain.share <= estimate.share + 1e-9);
            }
            prop_assert_eq!(text.incidence.last().map(|s| s.runs), Some(text.signed.runs));
        }
        for item in &summary.items {
            let open = 200 - item.settled.runs;
            let against = item.blocked_by.iter().map(|b| b.share.runs).max().unwrap_or(0);
            prop_assert!(item.unopposed.runs + against <= open);
        }
    }

    /// 12. A what-if with an empty change equals the baseline, run by run.
    #[test]
    fn nothing_changes_nothing(draft in scenarios(LARGE)) {
        let (one, other) = (model(&draft.text()), model(&draft.text()));
        let pair = Pair::new(&one, &other, Vec::new()).expect("they compare");
        let counts = compare(&pair, Range { seed: 9, from: 0, to: 100 });
        prop_assert_eq!(counts.parted, 0);
        prop_assert_eq!(counts.ends.flipped(), 0);
    }

    /// Who broke which text is what the records of both worlds say.
    #[test]
    fn breaches_are_those_of_the_records(draft in scenarios(LARGE), seed: u64) {
        let one = model(&draft.text());
        let mut changed = one.world.clone();
        changed.dynamics.compliance.base = 0.4;
        let other = Model::new(changed);
        let pair = Pair::new(&one, &other, Vec::new()).expect("they compare");
        let mut player = Player::new(&pair);
        for run in 0..12 {
            let reached = player.play(seed, run).reached;
            for (reached, model) in [(reached.0, &one), (reached.1, &other)] {
                let record = record(model, &mut Sampler::new(seed, run));
                let broke = |n: usize, p: usize| record.entries().any(|(_, _, entry)| match entry {
                    Entry::Keeps { instrument, party, keeps: false, .. } | Entry::PressesOn { instrument, party, .. } => {
                        (instrument.at(), party.at()) == (n, p)
                    }
                    _ => false,
                });
                for (milestone, reached) in pair.milestones().iter().zip(&reached) {
                    if let Milestone::Breached(n, p) = *milestone {
                        prop_assert_eq!(*reached, broke(n, p), "{:?} in run {}", milestone, run);
                    }
                }
            }
        }
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

    /// 11. The sampler's frequencies agree with the exact probabilities. A comparison of 4,000 runs with what is true raises a false
    /// alarm with a probability of 2e-12 at most (`support::chance`), however rare an outcome is.
    #[test]
    fn frequencies_agree_with_exact_probabilities(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        if let Some(exact) = support::exact::outcomes(&model, 3000) {
            let n = 4000;
            let plan = Plan::new(&model, 0);
            let counts = ensemble(&model, &plan, &[], Range { seed: 1, from: 0, to: n });
            for (k, count) in Reading::new(&plan, &counts).outcomes(&model).iter().enumerate() {
                let p = exact.get(&model.world.outcomes[k].name.id).map_or(0.0, |p| p.min(1.0));
                prop_assert!(chance::likely(n, p, *count), "{}: {} of {}, exact {}", k, count, n, p);
            }
        }
    }
}

/// Talks between two parties with a reserve each, with a change to their text.
fn with_reserves(from: &str, to: &str) -> Model {
    model(&include_str!("data/reserves.toml").replace(from, to))
}

/// Of each party by itself, and of both together, runs by what was drawn are those that single runs show, and add up to all.
#[test]
fn counts_by_reserve_are_those_of_single_runs_and_add_up() {
    let model = with_reserves("", "");
    let (plan, n) = (Plan::new(&model, 0), 200);
    let counts = counts(&model, 0, n);
    let reading = Reading::new(&plan, &counts);
    let outcomes = model.world.outcomes.len();
    let mut played = vec![vec![0u64; 9 * outcomes]; 3];
    for run in 0..n {
        let end = record(&model, &mut Sampler::new(5, run)).end;
        let outcome = end[model.cell(Quantity::Outcome)] as usize - 1;
        let [a, b] = [0, 1].map(|p| end[model.cell(Quantity::Reserve(PartyId::new(p)))] as usize);
        for (group, drawn) in [a, b, 3 * a + b].into_iter().enumerate() {
            played[group][drawn * outcomes + outcome] += 1;
        }
    }
    assert_eq!(reading.groups().len(), 3);
    for (group, played) in played.iter().enumerate() {
        assert_eq!(reading.drawn(&model, group), &played[..]);
        let all: Vec<u64> = (0..outcomes).map(|o| played.iter().skip(o).step_by(outcomes).sum()).collect();
        assert_eq!(reading.outcomes(&model), &all[..]);
    }
    // What is said of them: types that were drawn, each with its own runs.
    let summary = summarise(&model, &[], reading, 0.05);
    for t in &summary.reserves {
        assert_eq!(t.outcomes.iter().map(|o| o.share.runs).sum::<u64>(), t.runs);
        assert!(t.runs > 0 && t.of.parties.len() == t.of.drawn.len());
    }
    assert_eq!(summary.reserves.iter().map(|t| t.runs).sum::<u64>(), 3 * u64::from(n));
}

/// Counts by reserve are kept in shards, and the sum of parts is the whole.
#[test]
fn counts_by_reserve_of_halves_are_the_whole() {
    let model = with_reserves("", "");
    let plan = Plan::new(&model, 0);
    let mut sum = Counts::new(&model, &plan);
    for (from, to) in [(150, 400), (0, 150)] {
        let text = Shard::new(study(from, to), &counts(&model, from, to)).write();
        let shard = Shard::read(&text).expect("it reads its own");
        sum.merge(&shard.counts(&model, &plan).expect("its counts fit"));
    }
    let whole = counts(&model, 0, 400);
    assert_eq!(sum, whole);
    let said = |counts: &Counts| summarise(&model, &[], Reading::new(&plan, counts), 0.05).reserves;
    assert_eq!(said(&sum), said(&whole));
    // Counts that leave some run's reserve out are refused.
    let (cells, rewards) = whole.parts();
    let mut fewer = cells.to_vec();
    let last = fewer.iter().rposition(|n| *n > 0).expect("some count");
    fewer[last] -= 1;
    assert!(Counts::from_parts(&model, &plan, 400, fewer, rewards.to_vec()).is_none());
}

/// Pairs by what was drawn add up to all pairs, also in halves; they are filed under what the unchanged world drew, even
/// where the change is one of the odds.
#[test]
fn pairs_by_reserve_add_up_and_are_filed_under_the_baseline() {
    let one = with_reserves("", "");
    let change = ("[party.a]\nalternative = 40\nreserve = { points = 30 }", "[party.a]\nalternative = 20");
    let known = format!("{}\nreserve = {{ points = 30, odds = [0.0, 0.0, 1.0] }}", change.1);
    let other = with_reserves(change.0, &known);
    let pair = Pair::new(&one, &other, Vec::new()).expect("they compare");
    let range = |from, to| Range { seed: 5, from, to };
    let all = compare(&pair, range(0, 300));
    let mut halves = compare(&pair, range(120, 300));
    halves.merge(&compare(&pair, range(0, 120)));
    assert_eq!(halves, all);
    assert!(all.ends.flipped() > 0, "the change does something");
    let plan = Plan::new(&one, 0);
    let counts = counts(&one, 0, 300);
    let reading = Reading::new(&plan, &counts);
    let outcomes = one.world.outcomes.len();
    assert_eq!(all.drawn.len(), 3);
    for (group, types) in all.drawn.iter().enumerate() {
        assert_eq!(types.iter().map(Ends::pairs).sum::<u64>(), 300);
        for o in 0..outcomes {
            let mut sum = [0; 4];
            for (k, ends) in types.iter().enumerate() {
                let table = ends.table(o);
                assert_eq!(table[0] + table[1], reading.drawn(&one, group)[k * outcomes + o]);
                sum.iter_mut().zip(table).for_each(|(sum, n)| *sum += n);
            }
            assert_eq!(sum, all.ends.table(o));
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
    let ground = model.ground();
    let measures = [Measure::new("round >= 4", Rule::of(&condition, ground))];
    let plan = Plan::new(&model, 1);
    let counts = ensemble(&model, &plan, &measures, Range { seed: 1, from: 0, to: 64 });
    let reading = Reading::new(&plan, &counts);
    assert_eq!(reading.first(0)[3], 64);
    assert_eq!(reading.held(0)[2], 0);
    assert_eq!(reading.first(0).iter().sum::<u64>(), 64);
}

/// A measure that counts for so many days after something else begins with the round in which that first held.
#[test]
fn a_measure_can_count_for_days_after_something_else() {
    let model = model(include_str!("support/golden.toml"));
    let world = &model.world;
    let ground = model.ground();
    let rule =
        |text: &str| Rule::of(&baraza::scenario::parse_condition(text, world).expect("a condition"), ground);
    let days = |rounds: i32| (world.day_of(3 + rounds as u8) - world.day_of(3)) as u16;
    let after = |text: &str, days: u16| Measure {
        after: Some(After { given: rule("round >= 3"), days }),
        ..Measure::new(text, rule(text))
    };
    let measures = [
        after("round >= 5", days(2)),
        after("round >= 5", days(2) - 1),
        after("round <= 3", 0),
        after("round <= 2", 9999),
        after("round >= 1", days(1)),
    ];
    let plan = Plan::new(&model, measures.len());
    let counts = ensemble(&model, &plan, &measures, Range { seed: 1, from: 0, to: 64 });
    let reading = Reading::new(&plan, &counts);
    let ever = |k: usize| reading.first(k).iter().sum::<u64>();
    assert_eq!([ever(0), ever(1), ever(2), ever(3)], [64, 0, 64, 0]);
    assert_eq!(reading.first(0)[4], 64);
    // It counts in rounds 3 and 4, and not afterwards.
    let held: Vec<u64> = reading.held(4)[..5].to_vec();
    assert_eq!(held, [0, 0, 64, 64, 0]);
}

/// Who stood against an item is whom the chronicles of single runs name, in the last contest before an end that leaves the item
/// open.
#[test]
fn who_blocked_is_whom_the_chronicle_names() {
    let model = model(&std::fs::read_to_string("scenarios/doha-2025.toml").expect("it is there"));
    let (items, seats, runs) = (model.world.items.len(), model.world.seats.len(), 400);
    // Runs by item and seat: named by the chronicle; reopened, where the chronicle names a doubter only.
    let mut named = vec![vec![0u64; seats]; items];
    let mut reopened = vec![0u64; items];
    for run in 0..runs {
        let record = record(&model, &mut Sampler::new(5, run));
        let mut last: Vec<Option<Vec<usize>>> = vec![None; items];
        let mut doubts = vec![false; items];
        for (_, _, entry) in record.entries() {
            match entry {
                Entry::Contested { item, .. } => {
                    (last[item.at()], doubts[item.at()]) = (Some(Vec::new()), false);
                }
                Entry::View { item, assessment, accepts: false, .. } => {
                    last[item.at()].iter_mut().for_each(|l| l.push(assessment.seat.at()));
                }
                Entry::Agreed { item, .. } => (last[item.at()], doubts[item.at()]) = (None, false),
                Entry::Doubts { item, reopened: true, .. } => doubts[item.at()] = true,
                _ => {}
            }
        }
        for k in 0..items {
            let state = record.end[model.cell(Quantity::ItemState(k.into()))];
            if settled(ItemState::of(state)) {
                continue;
            }
            if doubts[k] {
                reopened[k] += 1;
            } else {
                last[k].iter().flatten().for_each(|seat| named[k][*seat] += 1);
            }
        }
    }
    let plan = Plan::new(&model, 0);
    let counts = counts(&model, 0, runs);
    let reading = Reading::new(&plan, &counts);
    let mut blocked = 0;
    for k in 0..items {
        for (seat, count) in reading.blocks(k, seats).iter().enumerate() {
            let least = named[k][seat];
            assert!(
                least <= *count && *count <= least + reopened[k],
                "item {k}, seat {seat}: {least}, {count}"
            );
            blocked += count;
        }
    }
    // Somebody does block in Doha: the shares are not all nothing.
    assert!(blocked > 40, "{blocked}");
}

/// The lesson in which the simulated coverage below is tried, with the exact probability of an outcome that is
/// neither rare nor nearly sure.
fn lesson() -> (Model, usize, f64) {
    let model =
        model(&std::fs::read_to_string("scenarios/tutorial/1-two-parties.toml").expect("it is there"));
    let exact = support::exact::outcomes(&model, 20_000).expect("it is small");
    let outcomes = model.world.outcomes.iter().enumerate();
    let shares = outcomes.map(|(k, o)| (k, exact.get(&o.name.id).copied().unwrap_or(0.0)));
    let (outcome, p) = shares.min_by(|a, b| (a.1 - 0.5).abs().total_cmp(&(b.1 - 0.5).abs())).expect("one");
    assert!(p > 0.02 && p < 0.98, "{p}");
    (model, outcome, p)
}

/// So many runs under a seed, and in how many of them the outcome was that one.
fn seen(model: &Model, plan: &Plan, outcome: usize, range: Range) -> Proportion {
    let counts = ensemble(model, plan, &[], range);
    Proportion::new(Reading::new(plan, &counts).outcomes(model)[outcome], counts.runs)
}

/// Wilson's intervals of 600 ensembles of 200 runs cover the exact probability at the rate that the binomial
/// distribution gives for them: further off than five standard errors by chance in one of 1.7 million trials.
#[test]
fn intervals_cover_the_exact_probability_at_their_rate() {
    let (model, outcome, p) = lesson();
    let plan = Plan::new(&model, 0);
    let (ensembles, runs) = (600, 200u32);
    let covers = |seen: Proportion| seen.wilson(0.05).contains(p);
    let covered = (0..ensembles)
        .filter(|seed| {
            let range = Range { seed: 1000 + seed, from: 0, to: runs };
            covers(seen(&model, &plan, outcome, range))
        })
        .count();
    let log_choose = |k: f64| {
        let n = f64::from(runs);
        libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
    };
    let weight = |k: u32| {
        let (k, n) = (f64::from(k), f64::from(runs));
        libm::exp(log_choose(k) + k * libm::log(p) + (n - k) * libm::log1p(-p))
    };
    let rate: f64 =
        (0..=runs).filter(|k| covers(Proportion::new(u64::from(*k), u64::from(runs)))).map(weight).sum();
    assert!(rate > 0.9, "{rate}");
    let (n, covered) = (ensembles as f64, covered as f64);
    let error = libm::sqrt(n * rate * (1.0 - rate));
    assert!((covered - n * rate).abs() < 5.0 * error, "{covered} of {n}, expected {}", n * rate);
}

/// Somebody looks after every ten runs and stops as soon as the interval misses the truth: the worst rule there is. Of 400 such
/// studies the confidence sequence misses in 5 of 100 at most, give or take five standard errors of that rate (a
/// false alarm in less than one of three million trials); Wilson's interval misses far more often.
#[test]
fn the_confidence_sequence_covers_whenever_one_stops() {
    let (model, outcome, p) = lesson();
    let plan = Plan::new(&model, 0);
    let (studies, looks) = (400, 60);
    let (mut sequence, mut wilson) = (0, 0);
    for seed in 0..studies {
        let mut sum = Proportion::new(0, 0);
        let (mut missed, mut fooled) = (false, false);
        for look in 0..looks {
            let range = Range { seed: 5000 + seed, from: look * 10, to: (look + 1) * 10 };
            sum = sum.merge(&seen(&model, &plan, outcome, range));
            missed |= !confidence_sequence(sum, 0.05, Mixture::UNIFORM).contains(p);
            fooled |= !sum.wilson(0.05).contains(p);
        }
        sequence += u32::from(missed);
        wilson += u32::from(fooled);
    }
    let n = studies as f64;
    assert!(f64::from(sequence) < n * 0.05 + 5.0 * libm::sqrt(n * 0.05 * 0.95), "{sequence} of {n}");
    assert!(f64::from(wilson) > n * 0.15, "{wilson} of {n}");
}
