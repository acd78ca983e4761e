//! Many runs of one scenario, on all cores, counted in whole numbers.

use crate::domain::{Model, Quantity, TrackId, Turn};
use crate::drivers::{Sampler, parallel};
use crate::kernel::State;

use super::counters::{Counts, Measure, Plan, Seen};

/// Runs that one worker computes and counts in one go: few enough to keep many processors busy, enough for the setting
/// up and adding up of one set of counts not to matter.
const CHUNK: u32 = 64;

/// Which runs, under which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The seed.
    pub seed: u64,
    /// The first run.
    pub from: u32,
    /// The run after the last.
    pub to: u32,
}

impl Range {
    /// These runs under a seed.
    pub fn of(seed: u64, runs: std::ops::Range<u32>) -> Self {
        Self { seed, from: runs.start, to: runs.end }
    }

    /// The range in pieces of so many runs at most, and of fewer where else threads of the current pool would have none.
    pub(super) fn cut(self, most: u32) -> Vec<Self> {
        let threads = u32::try_from(parallel::threads()).unwrap_or(1).max(1);
        let each = self.to.saturating_sub(self.from).div_ceil(threads).clamp(1, most);
        let piece = |from: u32| Self { from, to: self.to.min(from.saturating_add(each)), ..self };
        (self.from..self.to).step_by(each as usize).map(piece).collect()
    }
}

/// One worker's workplace: everything a run needs, allocated once.
struct Bench<'a> {
    model: &'a Model,
    plan: &'a Plan,
    measures: &'a [Measure],
    state: State,
    seen: Seen,
    rewards: Vec<u64>,
}

impl<'a> Bench<'a> {
    fn new(model: &'a Model, plan: &'a Plan, measures: &'a [Measure]) -> Self {
        Self {
            model,
            plan,
            measures,
            state: State::new(model),
            seen: Seen::new(model, measures.len()),
            rewards: vec![0; model.world.rewards.len()],
        }
    }

    /// Plays one run and counts it. After an early end the last state counts for the rounds that are left.
    fn run(&mut self, seed: u64, run: u32, counts: &mut Counts) {
        let (model, plan) = (self.model, self.plan);
        self.state.reset(model);
        self.seen.clear();
        self.rewards.fill(0);
        let mut chance = Sampler::new(seed, run);
        let outcome = model.cell(Quantity::Outcome);
        let mut last = 0;
        for r in 0..model.world.rounds as usize {
            if self.state.cell(outcome) == 0 {
                self.round(&mut chance);
                last = r;
            }
            self.state.at_the_end_of(model, r as u8 + 1, |state| {
                counts.round(model, plan, self.measures, state, r, &mut self.seen);
            });
        }
        counts.end(model, plan, &mut self.state, last, &mut self.seen, &self.rewards);
    }

    /// The same look at a whole agenda that was bargained over.
    fn whole(&mut self, track: TrackId) {
        for item in &self.model.world.track(track).items {
            self.seen.bargained(self.model, &self.state, *item);
        }
    }

    /// Plays one round, with a look at every item that was bargained over.
    fn round(&mut self, chance: &mut Sampler) {
        for turn in &self.model.turns {
            chance.take_turn(self.model, &mut self.state, *turn, &mut self.rewards);
            match *turn {
                Turn::Bargain(item) => self.seen.bargained(self.model, &self.state, item),
                Turn::Text(track) => self.whole(track),
                Turn::Offer(track, step) if last_move(self.model, track, step) => self.whole(track),
                _ => {}
            }
        }
    }
}

/// Whether a move is the last of a round.
fn last_move(model: &Model, track: TrackId, step: u8) -> bool {
    model.world.track(track).procedure.steps() == Some(step + 1)
}

/// Plays a range of runs on all threads of the current pool. The result does not depend on how many there are.
pub fn ensemble(model: &Model, plan: &Plan, measures: &[Measure], range: Range) -> Counts {
    let pieces = range.cut(CHUNK);
    let none = || (Bench::new(model, plan, measures), Counts::new(model, plan));
    let add = |(bench, counts): &mut (Bench, Counts), k: usize| {
        for run in pieces[k].from..pieces[k].to {
            bench.run(range.seed, run, counts);
        }
    };
    parallel::sum(pieces.len(), none, add, |(_, a), (_, b)| a.merge(&b)).1
}
