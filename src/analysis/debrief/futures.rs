//! The talks played on many times from a point of a session, with everybody played by the model.

use rayon::prelude::*;

use crate::agents::play;
use crate::analysis::predictions::Watch;
use crate::analysis::statistics::paired::Pairs;
use crate::domain::{InstrumentId, Model, OutcomeId, Quantity, SeatId, World};
use crate::drivers::Sampler;
use crate::kernel::{Silent, State, worth};
use crate::session::Moment;

/// Something whose chance is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// The talks end so.
    Outcome(OutcomeId),
    /// The instrument is signed at some time.
    Signed(InstrumentId),
}

impl Thing {
    /// Every outcome and every instrument, in the order of the scenario.
    pub fn all(world: &World) -> Vec<Self> {
        let outcomes = (0..world.outcomes.len()).map(|o| Self::Outcome(OutcomeId::new(o)));
        outcomes.chain((0..world.instruments.len()).map(|n| Self::Signed(InstrumentId::new(n)))).collect()
    }

    /// Whether it holds in a state in which the talks have ended.
    pub fn holds(self, model: &Model, state: &State) -> bool {
        match self {
            Self::Outcome(o) => usize::from(state.get(model, Quantity::Outcome)) == o.at() + 1,
            Self::Signed(n) => worth::derived(model, state, Quantity::SignedEver(n)) == 1,
        }
    }
}

/// From where the talks are played on.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// From a decision, with an alternative picked there.
    Decision(&'a Moment, usize),
    /// From the beginning of a round, in a state.
    Round(&'a [u8]),
}

/// How one run from there ended: a bit a thing, in the order of the list, and each seat's points of 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Future {
    /// Which things hold.
    pub held: Vec<bool>,
    /// What is settled is worth to each seat.
    pub points: Vec<u8>,
}

/// What many runs from there came to, in whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chances {
    /// How many runs.
    pub runs: u64,
    /// In how many each thing held.
    pub held: Vec<u64>,
    /// Each seat's points of 100, summed up.
    pub points: Vec<u64>,
}

impl Chances {
    /// Counts futures.
    pub fn of(futures: &[Future]) -> Self {
        let Some(first) = futures.first() else { return Self::default() };
        let held = (0..first.held.len()).map(|k| futures.iter().filter(|f| f.held[k]).count() as u64);
        let points = (0..first.points.len()).map(|s| futures.iter().map(|f| u64::from(f.points[s])).sum());
        Self { runs: futures.len() as u64, held: held.collect(), points: points.collect() }
    }

    /// The share of runs in which a thing held, by its place in the list.
    pub fn share(&self, thing: usize) -> f64 {
        if self.runs == 0 { 0.0 } else { self.held[thing] as f64 / self.runs as f64 }
    }

    /// The mean points of a seat, of 100.
    pub fn mean(&self, seat: SeatId) -> f64 {
        if self.runs == 0 { 0.0 } else { self.points[seat.at()] as f64 / self.runs as f64 }
    }
}

/// Plays on from a point in runs `0..runs` under a seed. The same run has the same luck from whichever point and with
/// whichever alternative, so that futures pair.
pub fn futures(model: &Model, things: &[Thing], start: Start, seed: u64, runs: u32) -> Vec<Future> {
    let run = |state: &mut State, run: u32| {
        let mut chance = Sampler::new(seed, run);
        go_on(model, state, start, &mut chance);
        let points = (0..model.world.seats.len()).map(|s| {
            let points = worth::derived(model, state, Quantity::Points(SeatId::new(s)));
            u8::try_from(points).unwrap_or(0)
        });
        Future { held: things.iter().map(|t| t.holds(model, state)).collect(), points: points.collect() }
    };
    (0..runs).into_par_iter().map_init(|| State::new(model), run).collect()
}

fn go_on(model: &Model, state: &mut State, start: Start, chance: &mut Sampler) {
    match start {
        Start::Decision(moment, pick) => moment.play_on(model, state, pick, chance, &mut Silent),
        Start::Round(cells) => {
            state.restore(cells);
            play(model, state, chance, &mut Silent);
        }
    }
}

/// In how many runs from the beginning of a round each question of the exercise came about, and how many runs there were.
/// `known` are the answers that were settled before.
pub fn answers(
    model: &Model,
    cells: &[u8],
    known: &crate::analysis::predictions::Seen,
    seed: u64,
    runs: u32,
) -> Vec<u64> {
    let watch = Watch::new(model);
    let run = |state: &mut State, run: u32| {
        let mut chance = Sampler::new(seed, run);
        let mut seen = known.clone();
        state.restore(cells);
        while state.get(model, Quantity::Outcome) == 0 {
            let round = state.get(model, Quantity::Round);
            crate::agents::play_round(model, state, &mut chance, &mut Silent);
            watch.look(model, state, round, &mut seen);
        }
        seen.answers.iter().map(|a| u64::from(*a == Some(true))).collect::<Vec<u64>>()
    };
    let add = |mut a: Vec<u64>, b: Vec<u64>| {
        a.iter_mut().zip(&b).for_each(|(a, b)| *a += b);
        a
    };
    let none = || vec![0; model.world.predictions().len()];
    (0..runs).into_par_iter().map_init(|| State::new(model), run).reduce(none, add)
}

/// Pairs two sets of futures on one thing: the first world and the second.
pub fn pairs(first: &[Future], second: &[Future], thing: usize) -> Pairs {
    let mut pairs = Pairs::default();
    for (one, two) in first.iter().zip(second) {
        match (one.held[thing], two.held[thing]) {
            (true, true) => pairs.both += 1,
            (true, false) => pairs.first_only += 1,
            (false, true) => pairs.second_only += 1,
            (false, false) => pairs.neither += 1,
        }
    }
    pairs
}
