//! How often the talks end how, for what-ifs in class: with a seed of their own, never that of the talks.

use crate::domain::{Model, Quantity};
use crate::drivers::{Sampler, parallel};
use crate::kernel::State;

/// How many runs are played of either world.
pub const RUNS: u32 = 2000;

/// The seed of what-ifs in class. Nothing that it shows says anything about the luck of the talks.
const SEED: u64 = 0x62_6172_617a;

/// Runs that one worker plays in one go.
const CHUNK: u32 = 50;

/// How many of so many runs end with each outcome, in the order of the scenario, on all threads of the current pool. `goes_on` is asked
/// now and then: where it says no, there is no answer.
pub fn shares(model: &Model, runs: u32, goes_on: &(dyn Fn() -> bool + Sync)) -> Option<Vec<u32>> {
    let chunk = |k: usize| {
        let mut counts = vec![0_u32; model.world.outcomes.len()];
        let from = k as u32 * CHUNK;
        for run in from..runs.min(from + CHUNK) {
            if !goes_on() {
                return None;
            }
            let mut state = State::new(model);
            Sampler::new(SEED, run).play(model, &mut state);
            let outcome = usize::from(state.get(model, Quantity::Outcome));
            if let Some(count) = counts.get_mut(outcome.wrapping_sub(1)) {
                *count += 1;
            }
        }
        Some(counts)
    };
    let chunks: Option<Vec<Vec<u32>>> =
        parallel::map(runs.div_ceil(CHUNK) as usize, chunk).into_iter().collect();
    let mut total = vec![0; model.world.outcomes.len()];
    chunks?.into_iter().for_each(|counts| total.iter_mut().zip(counts).for_each(|(t, n)| *t += n));
    Some(total)
}
