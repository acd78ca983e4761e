//! What becomes of the questions of an exercise is what an ensemble counts.

mod support;

use baraza::analysis::counters::{Measure, Plan, Reading};
use baraza::analysis::ensemble::{Range, ensemble};
use baraza::analysis::predictions::Watch;
use baraza::domain::Model;
use baraza::domain::rule::Rule;
use baraza::drivers::{Sampler, record};
use support::model;

const RUNS: u32 = 400;

fn full() -> Model {
    model(&std::fs::read_to_string("tests/valid/full.toml").expect("a text"))
}

#[test]
fn answers_agree_with_the_counts_of_an_ensemble() {
    let model = full();
    let watch = Watch::new(&model);
    let mut happened = vec![0u64; model.world.predictions().len()];
    for run in 0..RUNS {
        let seen = watch.of(&model, &record(&model, &mut Sampler::new(3, run)));
        for (n, answer) in happened.iter_mut().zip(seen.answers) {
            *n += u64::from(answer.expect("no question is open after the talks"));
        }
    }
    let [mechanism, peace] = model.world.predictions() else { panic!("two questions") };
    let ground = model.ground();
    let measures = [Measure::new(mechanism.text.clone(), Rule::of(&mechanism.that, ground))];
    let plan = Plan::new(&model, measures.len());
    let counts = ensemble(&model, &plan, &measures, Range { seed: 3, from: 0, to: RUNS });
    let reading = Reading::new(&plan, &counts);
    let by = usize::from(mechanism.by.expect("a round"));
    assert_eq!(happened[0], reading.first(0)[..by].iter().sum::<u64>());
    assert!((1..u64::from(RUNS)).contains(&happened[0]), "the question is no question: {happened:?}");
    let outcome = model.world.outcomes.iter().position(|o| peace.text.ends_with(&o.name.id)).expect("it");
    assert_eq!(happened[1], reading.outcomes(&model)[outcome]);
}

#[test]
fn a_question_is_open_until_its_round_or_the_end() {
    let model = full();
    let watch = Watch::new(&model);
    let mut open = [0u32; 2];
    for run in 0..40 {
        let transcript = record(&model, &mut Sampler::new(3, run));
        let mut state = baraza::kernel::State::new(&model);
        let mut seen = watch.begin();
        let mut chance = Sampler::new(3, run);
        let mut rounds = 0;
        while state.get(&model, baraza::domain::Quantity::Outcome) == 0 {
            let before = seen.clone();
            chance.play_round(&model, &mut state);
            rounds += 1;
            watch.look(&model, &mut state, rounds, &mut seen);
            for (k, (old, new)) in before.answers.iter().zip(&seen.answers).enumerate() {
                assert!(old.is_none() || old == new, "an answer changed");
                open[k] += u32::from(new.is_none());
            }
            assert!(rounds < 8 || seen.answers[0].is_some(), "round 8 settles the first question");
        }
        assert_eq!(seen, watch.of(&model, &transcript));
    }
    assert!(open.iter().all(|n| *n > 0), "{open:?}");
}
