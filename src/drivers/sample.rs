//! Decides by chance, with randomness addressed by run, round, agents and purpose.

use crate::agents::take_turn_with;
use crate::domain::{Model, Quantity, RewardId, Turn, Weight};
use crate::kernel::{Chooser, Counting, Site, State};

use super::philox::{block, split};

/// A draw is a pure function of (seed, run, round, agents, purpose): a change that touches one agent leaves the luck
/// of all others as it was, and no draw depends on threads or on the order of listing.
#[derive(Clone, Debug)]
pub struct Sampler {
    key: [u32; 2],
    run: u32,
}

impl Sampler {
    /// The chance of one run under a seed.
    pub const fn new(seed: u64, run: u32) -> Self {
        Self { key: split(seed), run }
    }

    /// The 32 random bits of a site.
    #[inline]
    pub fn draw(&self, site: Site) -> u32 {
        let purpose = u32::from(site.round) << 8 | site.what as u32;
        block([self.run, purpose, site.address as u32, (site.address >> 32) as u32], self.key)[0]
    }
}

/// Turns taken by chance while nobody listens. The kernel is compiled for it here, once.
impl Sampler {
    /// One agent takes its turn; counted rewards are added to `rewards`, where there is a place for them.
    #[inline(never)]
    pub fn take_turn(&mut self, model: &Model, state: &mut State, turn: Turn, rewards: &mut [u64]) {
        let count = |reward: RewardId, add: u32| {
            if let Some(sum) = rewards.get_mut(reward.at()) {
                *sum += u64::from(add);
            }
        };
        take_turn_with(model, state, turn, self, &mut Counting(count));
    }

    /// Plays every turn of one round, or what is left of the talks in it.
    pub fn play_round(&mut self, model: &Model, state: &mut State) {
        for turn in &model.turns {
            self.take_turn(model, state, *turn, &mut []);
        }
    }

    /// Plays the talks to their end from where `state` stands.
    pub fn play(&mut self, model: &Model, state: &mut State) {
        let outcome = model.cell(Quantity::Outcome);
        while state.cell(outcome) == 0 {
            self.play_round(model, state);
        }
    }
}

impl Chooser for Sampler {
    #[inline]
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        pick(self.draw(site), weights)
    }
}

/// The alternative whose share of the cumulative weights contains the draw.
#[inline]
pub fn pick(draw: u32, weights: &[Weight]) -> usize {
    let mut left = u64::from(draw);
    for (k, weight) in weights.iter().enumerate() {
        if left < *weight {
            return k;
        }
        left -= weight;
    }
    weights.len() - 1
}
