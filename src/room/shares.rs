//! How often the talks end how, for what-ifs in class: with a seed of their own, never that of the talks.

use crate::domain::{Model, Quantity};
use crate::drivers::Sampler;
use crate::kernel::State;

/// How many runs are played of either world.
pub const RUNS: u32 = 2000;

/// The seed of what-ifs in class. Nothing that it shows says anything about the luck of the talks.
const SEED: u64 = 0x62_6172_617a;

/// How many of so many runs end with each outcome, in the order of the scenario. `goes_on` is asked before every run: where it says no,
/// there is no answer.
pub fn shares(model: &Model, runs: u32, goes_on: &dyn Fn() -> bool) -> Option<Vec<u32>> {
    let mut counts = vec![0; model.world.outcomes.len()];
    for run in 0..runs {
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
}
