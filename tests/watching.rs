//! What runs agree on, the zone from round to round and the offers of a run: by hand, against plain counting, and the same
//! on any number of threads.

mod support;

use baraza::analysis::bargaining::{Agreements, Problem, Ripeness, Watch, Watched, offers, study, watch};
use baraza::analysis::counters::{Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::domain::{Model, Quantity, TrackId};
use baraza::drivers::{Sampler, record};
use baraza::kernel::{State, worth};
use proptest::prelude::*;
use support::generate::{SMALL, scenarios};
use support::model;

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 200, ..ProptestConfig::default() }
}

fn threads<T: Send>(n: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("a pool").install(work)
}

fn tracks(model: &Model) -> Vec<TrackId> {
    let tracks = (0..model.world.tracks.len()).map(TrackId::new);
    tracks.filter(|t| !model.world.track(*t).items.is_empty()).collect()
}

fn watched(model: &Model, from: u32, to: u32) -> Vec<Watched> {
    let watches: Vec<Watch> = tracks(model).into_iter().map(|t| Watch::new(model, t)).collect();
    watch(model, &watches, Range { seed: 3, from, to })
}

/// Two parties and one item. At the end of round 2 weariness grows by 2, which takes 10 points of `left`'s alternative.
const MOVING: &str = "
[scenario]
title = \"Moving ground\"
start = 2025-01-01
rounds = 4
[party.left]
alternative = 50
[party.right]
alternative = 40
[track.talks]
seats = [\"left\", \"right\"]
procedure = \"vote\"
opens_when = \"round >= 9\"
[item.a]
track = \"talks\"
[item.a.option]
most = { left = 100, right = 10 }
more = { left = 45, right = 45 }
fair = { left = 50, right = 39 }
less = { left = 5, right = 100 }
[event.hunger]
when = \"round == 2\"
odds = 1
effect = [\"party.left.weariness += 2\"]
[dynamics]
bare = true
";

/// Options are worth (100, 10), (45, 45), (50, 39), (5, 100) to (left, right). Beside (50, 40) none will do; once `left`
/// falls back on 40, the second does, and gives both more than they have: the moment is ripe as soon as the zone is open. Before that
/// the package found is the third, with which the one that gains least loses least.
#[test]
fn the_zone_opens_by_hand() {
    let model = model(MOVING);
    let track = TrackId::new(0);
    let counts = watched(&model, 0, 50);
    let problem = Problem::of_track(&model, track);
    let ripeness =
        Ripeness::of(&model, track, &problem.rule, &Watch::new(&model, track), &counts[0], &|_| true)
            .expect("small");
    let open: Vec<u64> = ripeness.rounds.iter().map(|m| m.open).collect();
    assert_eq!(open, [0, 0, 50, 50, 50]);
    let ripe: Vec<(u64, u64)> = ripeness.rounds.iter().map(|m| (m.ripe, m.both)).collect();
    assert_eq!(ripe, [(0, 0), (0, 0), (50, 50), (50, 50), (50, 50)]);
    assert_eq!(ripeness.feasible, [50.0, 39.0]);
    assert_eq!(ripeness.rounds[1].packages, [0; 3]);
    assert_eq!(ripeness.rounds[2].packages, [1; 3]);
    assert_eq!(ripeness.rounds[1].options, [[0, 0, 0, 0]]);
    assert_eq!(ripeness.rounds[2].options, [[0, 50, 0, 0]]);
    let left = |r: usize| ripeness.rounds[r].alternatives[0];
    assert_eq!((left(1).mean, left(1).median), (50.0, 50.0));
    assert_eq!((left(4).mean, left(4).low, left(4).high), (40.0, 40.0, 40.0));
    assert!(ripeness.moves());
    // Nobody ever meets.
    assert_eq!((counts[0].agreements(), counts[0].none), (0, 50));
}

/// The worked example of `tests/procedures.rs`: left offers a2+b1, right a1+b0, left a2+b0, which right accepts.
#[test]
fn offers_are_read_by_hand() {
    let text = "
[scenario]
title = \"Two items\"
start = 2025-01-01
rounds = 4
[dynamics]
consult = 0
walk_out = { base = 0 }
mandate = { firm = 0, planned = 1, flexible = 0 }
[party.left]
alternative = 20
tactic = { kind = \"linear\" }
[party.right]
alternative = 20
tactic = { kind = \"linear\" }
[track.talks]
seats = [\"left\", \"right\"]
procedure = \"alternating-offers\"
[item.a]
track = \"talks\"
option.a0 = { left = 0, right = 30 }
option.a1 = { left = 30, right = 20 }
option.a2 = { left = 60, right = 0 }
[item.b]
track = \"talks\"
option.b0 = { left = 0, right = 70 }
option.b1 = { left = 25, right = 40 }
option.b2 = { left = 40, right = 0 }
";
    let model = model(text);
    let made = offers(&model, TrackId::new(0), &record(&model, &mut Sampler::new(1, 0)));
    let told: Vec<_> = made.iter().map(|o| (o.round, o.by, o.package.clone(), o.agreed)).collect();
    let rows =
        [(1, Some(0), vec![2, 1], false), (1, Some(1), vec![1, 0], false), (2, Some(0), vec![2, 0], true)];
    assert_eq!(told, rows);
    // Nothing is left to chance: every run agrees on a2+b0, the seventh of nine packages, in the second round.
    let counts = watched(&model, 0, 40);
    assert_eq!(counts[0].agreed, [(6, 40)].into());
    assert_eq!((counts[0].held, &counts[0].by_round[..]), (40, &[0, 40, 0, 0][..]));
    let problem = Problem::of_track(&model, TrackId::new(0));
    let a = Agreements::of(&problem, &study(&problem).expect("small"), &counts[0]);
    assert_eq!((a.efficient, a.in_zone, a.list[0].nash), (40, 40, Some(1.0)));
}

/// The texts of the shipped single-text scenario: adopted changes are what stands, the last text is what was agreed.
#[test]
fn texts_are_read_as_they_were_adopted() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/camp-david-1978.toml");
    let model = model(&std::fs::read_to_string(path).expect("shipped"));
    let track = TrackId::new(0);
    let items = &model.world.track(track).items;
    let mut agreed = 0;
    for run in 0..40 {
        let transcript = record(&model, &mut Sampler::new(1, run));
        let made = offers(&model, track, &transcript);
        assert!(made.iter().all(|o| o.by.is_none()));
        let Some(last) = made.iter().rfind(|o| o.agreed) else { continue };
        agreed += 1;
        assert!(last.stood);
        // What is settled at the end was settled by that text.
        let mut state = State::new(&model);
        state.restore(&transcript.end);
        for (item, option) in items.iter().zip(&last.package) {
            if let Some(settled) = worth::settled_option(&model, &state, *item) {
                assert_eq!(settled.at(), *option, "run {run}");
            }
        }
    }
    assert!(agreed > 10, "{agreed}");
}

/// Of one run: by round whether the zone is open, how many packages it holds, which options are in it; and the agreement.
type Plain = (Vec<(u64, u64, Vec<Vec<u64>>)>, Option<u32>);

/// Plain counting over all packages at the end of every round.
fn plain(model: &Model, track: TrackId, run: u32) -> Plain {
    let mut state = State::new(model);
    let mut chance = Sampler::new(3, run);
    let mut rounds = Vec::new();
    let mut agreed = None;
    for round in 0..=model.world.rounds {
        if round > 0 && state.get(model, Quantity::Outcome) == 0 {
            chance.play_round(model, &mut state);
        }
        let problem = state.at_the_end_of(model, round.max(1), |state| Problem::at(model, state, track));
        let space = problem.space().expect("small");
        let (mut packages, mut options) = (0, Vec::new());
        options.extend(problem.issues.iter().map(|i| vec![0u64; i.values.len()]));
        for k in 0..space.packages() {
            let package = space.package(k);
            let mut set = 0;
            for (p, party) in problem.parties.iter().enumerate() {
                let barred = party.red_lines.iter().any(|(i, v)| package[*i] == *v);
                let gain = problem.utility(p, &package) - party.alternative.unwrap_or(f64::NEG_INFINITY);
                let content = if problem.rule.strict { gain > 1e-9 } else { gain > -1e-9 };
                set |= u64::from(content && !barred) << p;
            }
            if problem.rule.passes(set, problem.parties.len()) {
                packages += 1;
                package.iter().enumerate().for_each(|(i, v)| options[i][*v] = 1);
            }
        }
        rounds.push((u64::from(packages > 0), packages, options));
        let items = &model.world.track(track).items;
        let settled: Option<Vec<usize>> =
            items.iter().map(|i| Some(worth::settled_option(model, &state, *i)?.at())).collect();
        if round > 0 && agreed.is_none() {
            agreed = settled.map(|values| space.index(&values) as u32);
        }
    }
    (rounds, agreed)
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn the_zone_is_that_of_plain_counting(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        for (track, counts) in tracks(&model).into_iter().zip(watched(&model, 0, 6)) {
            let rule = Problem::of_track(&model, track).rule;
            let runs: Vec<Plain> = (0..6).map(|run| plain(&model, track, run)).collect();
            let zone = Ripeness::of(&model, track, &rule, &Watch::new(&model, track), &counts, &|_| true).expect("small");
            for (r, moment) in zone.rounds.iter().enumerate() {
                let open: u64 = runs.iter().map(|run| run.0[r].0).sum();
                prop_assert_eq!(moment.open, open);
                // Of six runs the first is a tenth, the third half, the sixth nine tenths.
                let mut packages: Vec<u64> = runs.iter().map(|run| run.0[r].1).collect();
                packages.sort_unstable();
                prop_assert_eq!(moment.packages, [packages[0], packages[2], packages[5]]);
                for (i, counts) in moment.options.iter().enumerate() {
                    for (v, count) in counts.iter().enumerate() {
                        prop_assert_eq!(*count, runs.iter().map(|run| run.0[r].2[i][v]).sum::<u64>());
                    }
                }
            }
            for (package, n) in &counts.agreed {
                prop_assert_eq!(*n, runs.iter().filter(|run| run.1 == Some(*package)).count() as u64);
            }
            prop_assert_eq!(counts.agreements(), runs.iter().filter(|run| run.1.is_some()).count() as u64);
            prop_assert_eq!(counts.runs(), 6);
            prop_assert_eq!(counts.by_round.iter().sum::<u64>(), counts.agreements());
            prop_assert!(counts.held <= counts.agreements());
        }
    }

    #[test]
    fn threads_and_parts_make_no_difference(draft in scenarios(SMALL), cut in 1u32..150) {
        let model = model(&draft.text());
        let whole = threads(1, || watched(&model, 0, 150));
        prop_assert_eq!(&whole, &threads(3, || watched(&model, 0, 150)));
        let mut parts = watched(&model, cut, 150);
        parts.iter_mut().zip(watched(&model, 0, cut)).for_each(|(a, b)| a.merge(&b));
        prop_assert_eq!(&whole, &parts);
        // Ripe is what an ensemble calls ripe.
        let plan = Plan::new(&model, 0);
        let counts = ensemble(&model, &plan, &[], Range { seed: 3, from: 0, to: 150 });
        for (track, watched) in tracks(&model).into_iter().zip(&whole) {
            let rule = Problem::of_track(&model, track).rule;
            let zone = Ripeness::of(&model, track, &rule, &Watch::new(&model, track), watched, &|_| true).expect("small");
            let ripe: Vec<u64> = zone.rounds[1..].iter().map(|m| m.ripe).collect();
            prop_assert_eq!(&ripe[..], Reading::new(&plan, &counts).ripe(track.at()));
        }
    }
}
