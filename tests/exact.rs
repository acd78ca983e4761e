//! Exact probabilities: against an independent walk, against the sampler, with dropped states, as fractions.

mod support;

use baraza::analysis::counters::{Measure, Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::analysis::exact::{Exact, Probability, Tally, answer, exact};
use baraza::domain::rule::Rule;
use baraza::domain::{ItemState, Model, Quantity, settled};
use baraza::drivers::enumerate::{Fixed, Fraction, GaveUp, Limits, Mass, MemoryBudget, Swept, TrackedCells};
use baraza::scenario::parse_condition;
use proptest::prelude::*;
use support::generate::{SMALL, scenarios};
use support::{chance, model, shipped};

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, max_shrink_iters: 200, ..ProptestConfig::default() }
}

fn limits(states: usize) -> Limits {
    Limits { room: MemoryBudget::of(states), budget: 0.0, hopeless: 1.0 }
}

/// Everything dropped nowhere; `None` for scenarios with layers of more than `most` states.
fn solved<M: Mass>(model: &Model, measures: &[Measure], most: usize) -> Option<Exact> {
    let none = Limits { room: MemoryBudget::of(most), budget: 0.0, hopeless: 0.0 };
    answer(model, measures, &swept::<M>(model, measures, none))
}

fn swept<M: Mass>(model: &Model, measures: &[Measure], limits: Limits) -> Swept<Tally<M>, M> {
    let tracked = &mut TrackedCells::guess(model);
    exact::<M>(model, measures, limits, tracked, |_| true).expect("few measures")
}

fn measure(model: &Model, text: &str) -> Measure {
    let world = &model.world;
    let condition = parse_condition(text, world).expect("a condition");
    let ground = model.ground();
    Measure::new(text, Rule::of(&condition, ground))
}

fn threads<T: Send>(n: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("a pool").install(work)
}

fn contains(p: &Probability, value: f64) -> bool {
    p.low - 1e-12 <= value && value <= p.high + 1e-12
}

proptest! {
    #![proptest_config(config(24))]

    /// The sweep against a walk that shares no code with it but the kernel: every end has its probability.
    #[test]
    fn agrees_with_an_independent_walk(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let Some(ends) = support::exact::ends(&model, 2000) else { return Ok(()) };
        let exact = solved::<Fixed>(&model, &[], 100_000).expect("it is small");
        prop_assert!(exact.certificate.complete && exact.certificate.missing < 1e-20);
        let sum = |keep: &dyn Fn(&[u8]) -> bool| ends.iter().filter(|e| keep(e.0)).map(|e| e.1).sum::<f64>();
        for (k, outcome) in exact.outcomes.iter().enumerate() {
            let p = sum(&|cells| cells[model.cell(Quantity::Outcome)] as usize == k + 1);
            prop_assert!(contains(&outcome.probability, p), "{}: {:?}, walked {p}", outcome.id, outcome.probability);
        }
        for (k, item) in exact.items.iter().enumerate() {
            let cell = model.cell(Quantity::ItemState(k.into()));
            let p = sum(&|cells| !settled(ItemState::of(cells[cell])));
            prop_assert!(contains(&item.open, p), "{}: {:?}, walked {p}", item.id, item.open);
        }
    }

    /// Fractions are exact and the fixed-point bounds contain them; probabilities of outcomes sum to one, exactly.
    #[test]
    fn fractions_lie_within_the_bounds(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let (Some(bounds), Some(exact)) = (solved::<Fixed>(&model, &[], 400), solved::<Fraction>(&model, &[], 400)) else {
            return Ok(());
        };
        prop_assert_eq!(exact.certificate.missing, 0.0);
        for (b, e) in bounds.outcomes.iter().zip(&exact.outcomes) {
            prop_assert!(e.probability.fraction.is_some() && b.probability.fraction.is_none());
            prop_assert!(contains(&b.probability, e.probability.low), "{b:?} {e:?}");
        }
    }

    /// What is dropped is owned up to: the bounds still contain the truth, and are as wide as what is missing.
    #[test]
    fn bounds_contain_the_truth(draft in scenarios(SMALL), most in 20usize..200, budget in 0.0..0.1f64) {
        let model = model(&draft.text());
        let Some(truth) = solved::<Fixed>(&model, &[], 4000) else { return Ok(()) };
        let limits = Limits { budget, ..limits(most) };
        let swept = swept::<Fixed>(&model, &[], limits);
        prop_assert!(swept.layers.iter().all(|l| l.states <= most));
        let bounds = answer(&model, &[], &swept).expect("it is never hopeless");
        prop_assert_eq!(bounds.certificate.complete, bounds.certificate.dropped == 0.0);
        for (b, t) in bounds.outcomes.iter().zip(&truth.outcomes) {
            // Rounded outwards: they contain the truth to the last digit.
            prop_assert!(b.probability.low <= t.probability.high);
            prop_assert!(t.probability.low <= b.probability.high);
            prop_assert!(b.probability.high - b.probability.low <= bounds.certificate.missing + 1e-15);
        }
        for (b, t) in bounds.seats.iter().zip(&truth.seats) {
            prop_assert!(b.points.low <= t.points.high + 1e-9 && t.points.low <= b.points.high + 1e-9);
        }
        for (b, t) in bounds.rewards.iter().zip(&truth.rewards) {
            prop_assert!(b.expected.low <= t.expected.high + 1e-9 && t.expected.low <= b.expected.high + 1e-9);
        }
        for (b, t) in bounds.instruments.iter().zip(&truth.instruments) {
            prop_assert!(b.signed.low <= t.signed.high && t.signed.low <= b.signed.high);
            if let (Some(b), Some(t)) = (b.round, t.round) {
                prop_assert!(b.low <= t.high + 1e-9 && t.low <= b.high + 1e-9, "{:?} {:?}", b, t);
            }
        }
    }

    #[test]
    fn threads_make_no_difference(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let solve = |n| threads(n, || {
            let swept = swept::<Fixed>(&model, &[], limits(3000));
            answer(&model, &[], &swept).expect("it is never hopeless")
        });
        prop_assert_eq!(solve(1), solve(3));
    }

    /// 11. The sampler's frequencies agree with the exact probabilities, outcomes and signatures alike. A comparison of 6,000 runs
    /// with what is true raises a false alarm with a probability of 2e-12 at most (`support::chance`); with some hundred of
    /// them a scenario, all together in less than one of a hundred million times that this is run.
    #[test]
    fn frequencies_agree(draft in scenarios(SMALL)) {
        let model = model(&draft.text());
        let measures = [measure(&model, "round >= 2 and outcome != none")];
        let Some(exact) = solved::<Fixed>(&model, &measures, 20_000) else { return Ok(()) };
        let n = 6000;
        let plan = Plan::new(&model, 1);
        let counts = ensemble(&model, &plan, &measures, Range { seed: 3, from: 0, to: n });
        let reading = Reading::new(&plan, &counts);
        let check = |what: &str, p: &Probability, seen: u64| {
            prop_assert!(chance::likely(n, p.low, seen), "{}: {} of {}, exact {:?}", what, seen, n, p);
            Ok(())
        };
        for (o, seen) in exact.outcomes.iter().zip(reading.outcomes(&model)) {
            check(&o.id, &o.probability, *seen)?;
        }
        for (k, text) in exact.instruments.iter().enumerate() {
            let mut seen = 0;
            for (p, first) in text.by_round.iter().zip(reading.signed(k)) {
                seen += first;
                check(&text.id, p, seen)?;
            }
        }
        for (p, held) in exact.measures[0].by_round.iter().zip(reading.held(0)) {
            check("held", p, *held)?;
        }
        check("ever", &exact.measures[0].ever, reading.first(0).iter().sum())?;
        for (k, reward) in exact.rewards.iter().enumerate() {
            let (sum, squares) = reading.reward(k);
            let mean = sum as f64 / f64::from(n);
            let variance = (squares as f64 - sum as f64 * mean) / f64::from(n - 1);
            let most: u32 = model.rules.counts[k].iter().map(|(_, add)| *add).sum();
            let most = f64::from(most) * f64::from(model.world.rounds);
            let error = chance::off(n, variance.max(0.0), most);
            prop_assert!((mean - reward.expected.low).abs() <= error, "{}: {mean} {:?}", reward.id, reward.expected);
        }
    }
}

/// The tutorials, the third and the core of the Doha talks with fewer rounds: the ensemble's intervals at level 0.999999 cover the
/// exact values; with some fifty figures a false alarm has odds of about one to twenty thousand, for a fixed seed once and for all.
#[test]
fn intervals_of_ensembles_cover_the_exact_values() {
    use baraza::analysis::statistics::proportion::Proportion;
    let mut compared = 0;
    let scenarios: [(&str, &[(&str, &str)]); 5] = [
        ("tutorial/1-two-parties", &[]),
        ("tutorial/2-mediator", &[]),
        ("tutorial/3-spoiler-and-front", &[("scenario.rounds", "1")]),
        ("tutorial/4-shrinking-harvest", &[]),
        ("doha-core", &[("scenario.rounds", "4")]),
    ];
    for (file, changes) in scenarios {
        let model = shipped(file, changes);
        let exact = solved::<Fixed>(&model, &[], 1_000_000).expect("it fits");
        let plan = Plan::new(&model, 0);
        let counts = ensemble(&model, &plan, &[], Range { seed: 1, from: 0, to: 20_000 });
        let reading = Reading::new(&plan, &counts);
        let signed = exact.instruments.iter().enumerate();
        let signed = signed.map(|(k, t)| (&t.signed, reading.signed(k).iter().sum::<u64>()));
        let outcomes = exact.outcomes.iter().zip(reading.outcomes(&model));
        for (p, seen) in outcomes.map(|(o, n)| (&o.probability, *n)).chain(signed) {
            let interval = Proportion::new(seen, 20_000).clopper_pearson(1e-6);
            assert!(interval.low <= p.high && p.low <= interval.high, "{file}: {interval:?} {p:?}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn a_hopeless_sweep_is_given_up() {
    let model = model(include_str!("support/golden.toml"));
    let none = Limits { room: MemoryBudget::of(5), budget: 0.0, hopeless: 0.01 };
    let swept = swept::<Fixed>(&model, &[], none);
    assert_eq!(swept.gave_up, Some(GaveUp::Hopeless));
    assert_eq!(answer(&model, &[], &swept), None);
    let tracked = &mut TrackedCells::guess(&model);
    let swept = exact::<Fixed>(&model, &[], limits(1000), tracked, |layer| layer.round < 2);
    let swept = swept.expect("no measures");
    assert_eq!(swept.gave_up, Some(GaveUp::Stopped));
}

/// A mediator that presses so many backers at once: each gives way or does not, in one turn.
fn pressed(backers: usize) -> Model {
    let mut text = "[scenario]\ntitle = \"Pressed\"\nstart = 2025-01-01\nrounds = 1\n\
        [party.a]\n[party.b]\n[mediator.m]\nleverage = \"high\"\nstyle = { press-backer = 1 }\n\
        [track.t]\nseats = [\"a\", \"b\"]\nmediators = [\"m\"]\n\
        [item.i]\ntrack = \"t\"\noption = { x = { a = 1 }, y = { b = 1 } }\n\
        [dynamics]\nconsult = 0\npark = 0\nmandate = { firm = 0, planned = 1, flexible = 0 }\nwalk_out = { base = 0, distrust = 0 }\n\
        [dynamics.backing]\nwithdraw = 0\nexposure_fades = 0\npressure_fades = 0\n"
        .to_owned();
    for b in 0..backers {
        text += &format!("[backer.b{b}]\nsupports = \"a\"\npressure = \"very-low\"\n");
    }
    model(&text)
}

/// A turn that goes more ways than are kept on the way goes all of them, each once.
#[test]
fn a_turn_of_very_many_ways_is_gone_in_parts() {
    let held = |backers: usize, which: usize| {
        let model = pressed(backers);
        let asked = [measure(&model, &format!("backer.b{which}.pressure > very-low"))];
        let exact = solved::<Fixed>(&model, &asked, 100_000).expect("room for all");
        assert!(exact.certificate.complete && exact.certificate.missing < 1e-20);
        (exact.measures[0].last.low, exact.size.widest)
    };
    let (alone, _) = held(1, 0);
    assert!(alone > 0.1 && alone < 0.9, "{alone}");
    for which in [0, 13] {
        let (among, widest) = held(14, which);
        assert!((among - alone).abs() < 1e-12, "backer {which}: {among}, alone {alone}");
        assert!(widest >= 1 << 14, "{widest}");
    }
}

/// In the midst of such a turn no more is kept than room allows, whoever is asked may stop it, and what is hopeless is given up.
#[test]
fn the_room_is_kept_to_in_the_midst_of_a_turn() {
    let model = pressed(16);
    let (mut most, mut midst) = (0, 0);
    let mut sweep = |limits, stop: bool| {
        let tracked = &mut TrackedCells::guess(&model);
        exact::<Fixed>(&model, &[], limits, tracked, |layer| {
            most = most.max(layer.states);
            midst += usize::from(!layer.over);
            layer.over || !stop
        })
        .expect("no measures")
    };
    let swept = sweep(limits(1000), false);
    assert!(swept.gave_up.is_none() && swept.cramped && swept.kept == 1000);
    assert_eq!(sweep(limits(1000), true).gave_up, Some(GaveUp::Stopped));
    let hopeless = Limits { hopeless: 0.1, ..limits(1000) };
    let swept = sweep(hopeless, false);
    assert_eq!(swept.gave_up, Some(GaveUp::Hopeless));
    assert!(!swept.layers.last().expect("a layer").over);
    // Of 65536 states never more at a time than are kept, and those that one block leads to.
    assert!(midst > 0 && most < 1 << 14, "{most} states, {midst} times in the midst");
}
