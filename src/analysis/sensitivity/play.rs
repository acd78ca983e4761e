//! Plays the runs of a point and keeps of each only which measures count it.

use crate::domain::rule::Rule;
use crate::domain::{Model, Quantity};
use crate::drivers::{Sampler, parallel};
use crate::kernel::{State, holds};

use super::Study;

/// One bit a measure, for every run: the outcomes, then each condition at the end and at any time.
pub type Masks = Vec<u64>;

/// Runs that one worker plays in one go.
const CHUNK: u32 = 128;

/// Plays a study's runs `from..to`, in order, on all threads of the current pool; `None` if it was stopped.
pub(super) fn play(study: &Study, model: &Model, from: u32, to: u32) -> Option<Masks> {
    let ground = model.ground();
    let rules: Vec<Rule> = study.conditions.iter().map(|c| Rule::of(c, ground)).collect();
    let chunks = to.saturating_sub(from).div_ceil(CHUNK);
    let chunk = |k: usize| -> Option<Masks> {
        let start = from + k as u32 * CHUNK;
        let mut state = State::new(model);
        let runs = start..to.min(start + CHUNK);
        runs.map(|run| (study.go_on)().then(|| one(model, &rules, &mut state, study.seed, run))).collect()
    };
    let masks: Option<Vec<Masks>> = parallel::map(chunks as usize, chunk).into_iter().collect();
    masks.map(|masks| masks.concat())
}

/// One run. After an early end the last state counts for the rounds that are left, as in an ensemble.
fn one(model: &Model, rules: &[Rule], state: &mut State, seed: u64, run: u32) -> u64 {
    state.reset(model);
    let mut chance = Sampler::new(seed, run);
    let outcomes = model.world.outcomes.len();
    let outcome = model.cell(Quantity::Outcome);
    let (mut last, mut ever) = (0, 0);
    for round in 1..=model.world.rounds {
        if state.cell(outcome) == 0 {
            chance.play_round(model, state);
        } else if rules.is_empty() {
            break;
        }
        if !rules.is_empty() {
            last = state.at_the_end_of(model, round, |state| {
                let bits = rules.iter().enumerate();
                bits.fold(0_u64, |mask, (k, rule)| mask | u64::from(holds(rule, model, state)) << (2 * k))
            });
            ever |= last;
        }
    }
    1 << (state.cell(outcome) - 1) | (last | ever << 1) << outcomes
}
