//! What sampled runs tell before all states are visited: how thinly the probability is spread over them.

use std::hash::{BuildHasher, Hasher};

use rustc_hash::FxBuildHasher;

use crate::domain::{Model, Quantity};
use crate::drivers::{Sampler, parallel};
use crate::kernel::State;

/// Runs that one worker plays in one go.
const CHUNK: u32 = 1024;
/// The fewest and the most runs.
const RUNS: (f64, f64) = (10_000.0, 500_000.0);
/// Turns in all, about: at the limits of a scenario a run has a hundred thousand, and so many runs would take minutes.
const TURNS: f64 = 1e8;
/// Room for chance in the number of pairs that agree: were more to be expected than those seen, six times their root and this
/// many more, seeing so few would have odds below one in a billion.
const SLACK: f64 = 30.0;

/// How thinly the probability is spread where it is spread most thinly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeasibilityBound {
    /// Runs that were sampled.
    pub runs: u32,
    /// The round at the end of which it is spread so.
    pub round: u8,
    /// Of these runs, those whose talks went on after it.
    pub going: usize,
    /// Different states among them.
    pub different: usize,
    /// At least so much of the probability lies outside any so many states as may be kept.
    pub outside: f64,
}

/// What sampled runs tell of a sweep that keeps so many states.
///
/// Of two independent runs both are in the same state with probability Σp². Any n states together hold at most √(n·Σp²) of the
/// probability (Cauchy and Schwarz); Σp² is bounded from above by how many pairs of runs agree.
pub fn feasibility(model: &Model, states: usize) -> FeasibilityBound {
    // Enough runs for the bound to say something where no two agree.
    let turns = model.all_turns() as f64;
    let most = RUNS.1.min(TURNS / turns.max(1.0)).max(1.0);
    let runs = (17.0 * libm::sqrt(states as f64)).clamp(RUNS.0.min(most), most) as u32;
    let seen = parallel::map(runs.div_ceil(CHUNK) as usize, |k| {
        let from = k as u32 * CHUNK;
        play(model, from..runs.min(from + CHUNK))
    });
    let rounds = usize::from(model.world.rounds);
    let outlooks = (0..rounds).map(|r| {
        let mut states_seen: Vec<u64> = seen.iter().flat_map(|chunk| chunk[r].iter().copied()).collect();
        states_seen.sort_unstable();
        reckon(&states_seen, (runs, r as u8 + 1, states))
    });
    let none = FeasibilityBound { runs, round: 0, going: 0, different: 0, outside: 0.0 };
    outlooks.fold(none, |worst, o| if o.outside > worst.outside { o } else { worst })
}

/// By round the states, as hashes, after which talks go on.
fn play(model: &Model, runs: std::ops::Range<u32>) -> Vec<Vec<u64>> {
    let outcome = model.cell(Quantity::Outcome);
    let mut seen = vec![Vec::new(); usize::from(model.world.rounds)];
    let mut state = State::new(model);
    for run in runs {
        state.reset(model);
        for seen in &mut seen {
            Sampler::new(0, run).play_round(model, &mut state);
            if state.cell(outcome) != 0 {
                break;
            }
            let mut hasher = FxBuildHasher.build_hasher();
            hasher.write(state.cells());
            seen.push(hasher.finish());
        }
    }
    seen
}

/// The feasibility of one round, from sorted states.
fn reckon(seen: &[u64], (runs, round, states): (u32, u8, usize)) -> FeasibilityBound {
    let groups = || seen.chunk_by(|a, b| a == b).map(<[u64]>::len);
    let agree: f64 = groups().map(|n| n as f64 * (n as f64 - 1.0) / 2.0).sum();
    let pairs = f64::from(runs) * (f64::from(runs) - 1.0) / 2.0;
    let squares = (agree + 6.0 * libm::sqrt(agree) + SLACK) / pairs;
    // Six standard errors of a share at most.
    let going = seen.len() as f64 / f64::from(runs) - 3.0 / libm::sqrt(f64::from(runs));
    let outside = (going - libm::sqrt(states as f64 * squares)).max(0.0);
    FeasibilityBound { runs, round, going: seen.len(), different: groups().count(), outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that looks like chance (the finaliser of splitmix64).
    fn scattered(k: u64) -> u64 {
        let z = (k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Were all of so many states as likely, no fewer than most of them would hold most of the probability.
    #[test]
    fn the_bound_never_claims_more_than_is_so() {
        for all in [1u64, 100, 10_000, 1_000_000] {
            let runs = 20_000u32;
            let mut seen: Vec<u64> = (0..u64::from(runs)).map(|k| scattered(k) % all).collect();
            seen.sort_unstable();
            for states in [1usize, 50, 5_000, 500_000] {
                let truth = (1.0 - states as f64 / all as f64).max(0.0);
                let told = reckon(&seen, (runs, 1, states)).outside;
                assert!(told <= truth, "{states} of {all}: {told} > {truth}");
            }
        }
        let many: Vec<u64> = (0..20_000).collect();
        assert!(reckon(&many, (20_000, 1, 1000)).outside > 0.7);
    }
}
