//! Which cells of a state ever change, so that only those take room in a key.

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity, Weight};
use crate::drivers::Sampler;
use crate::kernel::{Chooser, Silent, Site, State};

use super::packing::Unforeseen;

/// Runs sampled to guess which cells change.
const SAMPLE: u32 = 256;
/// Turns after which no further run is sampled: talks at the limits take hundreds of thousands of turns a run.
const TURNS: usize = 4_000_000;

/// Which cells change in the course of talks: guessed from sampled runs, and learned where the guess fell short.
#[derive(Clone, Debug)]
pub struct TrackedCells {
    changes: Vec<bool>,
}

impl TrackedCells {
    /// Those that change in sampled runs.
    pub fn guess(model: &Model) -> Self {
        Self::guess_while(model, || true)
    }

    /// The same; no further run is sampled once `go_on`, which is asked before each, says no.
    pub fn guess_while(model: &Model, go_on: impl FnMut() -> bool) -> Self {
        Self { changes: changing(model, go_on) }
    }

    /// All of them: nothing can be unforeseen.
    pub(super) fn all(model: &Model) -> Self {
        Self { changes: vec![true; model.cells.len()] }
    }

    pub(super) fn changes(&self, cell: Cell) -> bool {
        self.changes[cell]
    }

    pub(super) fn learn(&mut self, Unforeseen(cell): Unforeseen) {
        self.changes[cell] = true;
    }
}

fn changing(model: &Model, mut go_on: impl FnMut() -> bool) -> Vec<bool> {
    let mut changes = vec![false; model.cells.len()];
    let outcome = model.cell(Quantity::Outcome);
    let mut state = State::new(model);
    let mut look = |state: &State| {
        let pairs = state.cells().iter().zip(&model.initial);
        changes.iter_mut().zip(pairs).for_each(|(c, (now, start))| *c |= now != start);
    };
    let mut turns = 0;
    for run in 0..SAMPLE {
        if turns > TURNS || !go_on() {
            break;
        }
        state.reset(model);
        let mut chance = Any(Sampler::new(u64::from(run), run));
        while state.cell(outcome) == 0 {
            for turn in &model.turns {
                crate::agents::take_turn(model, &mut state, *turn, &mut chance, &mut Silent);
                look(&state);
            }
            turns += model.turns.len();
        }
        // Also as the odds have it: long runs of the unlikely leave the usual paths.
        state.reset(model);
        while state.cell(outcome) == 0 {
            Sampler::new(1, run).play_round(model, &mut state);
            turns += model.turns.len();
            look(&state);
        }
    }
    changes[outcome] = true;
    changes
}

/// Takes any possible alternative, all with the same odds, so that rare changes are met early.
struct Any(Sampler);

impl Chooser for Any {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        let possible = || weights.iter().enumerate().filter(|w| *w.1 > 0).map(|w| w.0);
        let n = possible().count().max(1);
        possible().nth(self.0.draw(site) as usize % n).unwrap_or(0)
    }
}
