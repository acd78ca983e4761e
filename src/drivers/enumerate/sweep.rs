//! The forward sweep: from the start, turn by turn, every state that can be reached, with its exact mass.

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity, RewardId, Turn};
use crate::kernel::State;

use super::branches::Branches;
use super::layer::{Layer, Midst, Outbox, SHARDS, Step};
use super::mass::Mass;
use super::memory::MemoryBudget;
use super::packing::{Key, Packing, Unforeseen};
use super::tracked::TrackedCells;

/// How far a sweep may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// How much may be kept; beyond it the lightest states are dropped.
    pub room: MemoryBudget,
    /// Mass that may be dropped in all, to be fast: 0 for none.
    pub budget: f64,
    /// Mass that may be dropped in all before the sweep is given up.
    pub hopeless: f64,
}

/// What a layer came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerSize {
    /// The round.
    pub round: u8,
    /// The turn just taken.
    pub turn: Turn,
    /// Turns taken so far, this one included.
    pub step: usize,
    /// Whether the turn is over; in the midst of a long one the rest is as far as it has come.
    pub over: bool,
    /// States after merging, those dropped not included.
    pub states: usize,
    /// Ways that led to them: what they would be without merging.
    pub ways: u64,
    /// Mass dropped so far.
    pub dropped: f64,
}

/// What is looked at when a round has ended, for all states at once; adding up in any order gives the same.
pub trait Look<M>: Sync {
    /// What is gathered.
    type Sum: Send;
    /// Nothing yet.
    fn start(&self) -> Self::Sum;
    /// A state at the end of a round (its round cell says which), its marks and its mass. `ends` where the talks end with it.
    fn look(&self, sum: &mut Self::Sum, state: &mut State, marks: u64, mass: &M, ends: bool);
    /// Marks to be set for good when a state is so at the end of a round.
    fn marks(&self, _state: &mut State) -> u64 {
        0
    }
    /// A counted reward grew by so much with this mass.
    fn reward(&self, _sum: &mut Self::Sum, _reward: RewardId, _add: u32, _mass: &M) {}
    /// How many marks there are.
    fn width(&self) -> usize {
        0
    }
    /// Adds another worker's sum.
    fn join(&self, into: &mut Self::Sum, other: Self::Sum);
}

/// What came of a sweep.
#[derive(Clone, Debug)]
pub struct Swept<T, M> {
    /// What was gathered.
    pub sum: T,
    /// Mass dropped to stay within the limits, in all.
    pub dropped: M,
    /// States summed over all layers.
    pub states: u64,
    /// The widest layer.
    pub widest: usize,
    /// The most states after a turn that there would be if none were dropped: exactly so where none were, and else estimated by how
    /// those that were kept grew in number.
    pub wanted: f64,
    /// Whether states were dropped for want of room, and not only by the budget.
    pub cramped: bool,
    /// States that may be kept after a turn.
    pub kept: usize,
    /// Bits and words of a key.
    pub key: (usize, usize),
    /// Bytes that each state takes which may be kept after a turn.
    pub bytes_a_state: usize,
    /// Whether the sweep was given up: too much had to be dropped, or it was told to stop.
    pub gave_up: Option<GaveUp>,
    /// The layers.
    pub layers: Vec<LayerSize>,
}

/// Why a sweep was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// More mass had to be dropped than leaves a useful answer.
    Hopeless,
    /// It was told to stop.
    Stopped,
}

/// Calls a function of the words of a key with the next number of words that is compiled.
macro_rules! with_words {
    ($words:expr, $w:ident => $call:expr) => {
        with_words!($words, $w => $call; 1 2 4 8 32)
    };
    ($words:expr, $w:ident => $call:expr; $($n:literal)+) => {
        match $words {
            $(words if words <= $n => {
                const $w: usize = $n;
                $call
            })+
            _ => {
                const $w: usize = 512;
                $call
            }
        }
    };
}
pub(super) use with_words;

/// Sweeps through all reachable states. `progress` hears of every layer and says whether to go on.
pub fn sweep<M: Mass, L: Look<M>>(
    model: &Model,
    look: &L,
    limits: Limits,
    tracked: &mut TrackedCells,
    mut progress: impl FnMut(&LayerSize) -> bool,
) -> Swept<L::Sum, M> {
    loop {
        let packing = Packing::new(model, tracked, look.width());
        let swept =
            with_words!(packing.words(), W => run::<W, M, L>(model, look, limits, &packing, &mut progress));
        match swept {
            Ok(swept) => return swept,
            Err(unforeseen) => tracked.learn(unforeseen),
        }
    }
}

/// A worker's workplace.
struct Scratch<S> {
    branches: Branches<'static>,
    state: State,
    base: Vec<u8>,
    sum: S,
    ways: u64,
    unforeseen: Option<Cell>,
}

/// An agent's turn.
struct Play<'a, L> {
    model: &'a Model,
    packing: &'a Packing,
    turn: Turn,
    look: &'a L,
}

impl<const W: usize, M: Mass, L: Look<M>> Step<W, M> for Play<'_, L> {
    type Scratch = Scratch<L::Sum>;

    fn take(
        &self,
        scratch: &mut Self::Scratch,
        key: &Key<W>,
        mass: &M,
        out: &mut Outbox<W, M>,
        begun: bool,
    ) -> bool {
        let Scratch { branches, state, base, sum, ways, unforeseen } = scratch;
        self.packing.unpack(key, base);
        let turn = (self.model, self.turn);
        branches.visit(turn, state, (base, begun), mass, |branches, state, part| {
            *ways += 1;
            for (reward, add) in &branches.gone().earned {
                self.look.reward(sum, *reward, *add, &part);
            }
            match self.packing.repack(*key, base, state.cells()) {
                Ok(to) if to == *key => out.stay(&part),
                Ok(to) => out.go(to, part),
                Err(Unforeseen(cell)) => *unforeseen = Some(cell),
            }
            !out.full()
        })
    }
}

/// The end of a round: states are looked at and marked, and those in which the talks have ended leave.
struct Close<'a, L> {
    packing: &'a Packing,
    look: &'a L,
    round: (Cell, u8),
    outcome: Cell,
}

impl<const W: usize, M: Mass, L: Look<M>> Step<W, M> for Close<'_, L> {
    type Scratch = Scratch<L::Sum>;

    fn take(
        &self,
        scratch: &mut Self::Scratch,
        key: &Key<W>,
        mass: &M,
        out: &mut Outbox<W, M>,
        _: bool,
    ) -> bool {
        self.packing.unpack(key, &mut scratch.base);
        scratch.state.restore(&scratch.base);
        scratch.state.put(self.round.0, self.round.1);
        let marks = self.packing.marks(key) | self.look.marks(&mut scratch.state);
        let ends = scratch.state.cell(self.outcome) != 0;
        self.look.look(&mut scratch.sum, &mut scratch.state, marks, mass, ends);
        if !ends {
            match self.packing.mark(*key, marks) {
                to if to == *key => out.stay(mass),
                to => out.go(to, mass.clone()),
            }
        }
        true
    }
}

fn run<const W: usize, M: Mass, L: Look<M>>(
    model: &Model,
    look: &L,
    limits: Limits,
    packing: &Packing,
    progress: &mut dyn FnMut(&LayerSize) -> bool,
) -> Result<Swept<L::Sum, M>, Unforeseen> {
    let (round, outcome) = (model.cell(Quantity::Round), model.cell(Quantity::Outcome));
    let mut scratches: Vec<Scratch<L::Sum>> = (0..SHARDS).map(|_| scratch(model, look)).collect();
    let start = packing.repack([0; W], &vec![0; model.initial.len()], &foreseen(model, packing))?;
    let mut layer = Layer::<W, M>::start(start);
    let mut swept = Swept {
        sum: look.start(),
        dropped: M::zero(),
        states: 0,
        widest: 0,
        wanted: 0.0,
        cramped: false,
        kept: limits.room.layer::<W, M>(),
        key: (packing.bits(), W),
        bytes_a_state: Layer::<W, M>::bytes_a_state(),
        gave_up: None,
        layers: Vec::new(),
    };
    let most = swept.kept;
    // How many states there would be if none had been dropped.
    let mut all = 1.0;
    let turns = model.all_turns();
    'rounds: for r in 1..=model.world.rounds {
        scratches.iter_mut().for_each(|d| d.base[round] = r);
        for (k, turn) in model.turns.iter().enumerate() {
            scratches.iter_mut().for_each(|d| d.ways = 0);
            let before = layer.len() as f64;
            let step = (r as usize - 1) * model.turns.len() + k + 1;
            let play = Play { model, packing, turn: *turn, look };
            let dropped = swept.dropped.value();
            let shed = layer.step(&play, &mut scratches, most, &mut |Midst { states, ways, shed }| {
                let dropped = dropped + shed.mass.value();
                let size = LayerSize { round: r, turn: *turn, step, over: false, states, ways, dropped };
                swept.gave_up = gave_up(progress(&size), dropped, &limits);
                swept.gave_up.is_none()
            });
            if let Some(cell) = scratches.iter().find_map(|d| d.unforeseen) {
                return Err(Unforeseen(cell));
            }
            swept.dropped.add(&shed.mass);
            all *= (layer.len() + shed.states) as f64 / before;
            swept.wanted = swept.wanted.max(all);
            swept.cramped |= layer.len() + shed.states > most;
            thin(&mut layer, most, limits.budget * step as f64 / turns as f64, &mut swept.dropped);
            let size = LayerSize {
                round: r,
                turn: *turn,
                step,
                over: swept.gave_up.is_none(),
                states: layer.len(),
                ways: scratches.iter().map(|d| d.ways).sum(),
                dropped: swept.dropped.value(),
            };
            swept.states += size.states as u64;
            swept.widest = swept.widest.max(size.states);
            swept.layers.push(size);
            if swept.gave_up.is_none() {
                swept.gave_up = gave_up(progress(&size), size.dropped, &limits);
            }
            if swept.gave_up.is_some() {
                break 'rounds;
            }
        }
        let before = layer.len() as f64;
        layer.step(&Close { packing, look, round: (round, r), outcome }, &mut scratches, most, &mut |_| true);
        if layer.len() == 0 {
            break;
        }
        all *= layer.len() as f64 / before;
    }
    for scratch in scratches {
        look.join(&mut swept.sum, scratch.sum);
    }
    Ok(swept)
}

/// Whether a sweep is given up that has been told so or not, and has dropped so much.
fn gave_up(goes_on: bool, dropped: f64, limits: &Limits) -> Option<GaveUp> {
    match goes_on {
        false => Some(GaveUp::Stopped),
        true => (dropped > limits.hopeless).then_some(GaveUp::Hopeless),
    }
}

/// The cells at the start, with those that have no place in the key left at zero.
pub(super) fn foreseen(model: &Model, packing: &Packing) -> Vec<u8> {
    model.initial.iter().enumerate().map(|(cell, v)| if packing.holds(cell) { *v } else { 0 }).collect()
}

fn scratch<M: Mass, L: Look<M>>(model: &Model, look: &L) -> Scratch<L::Sum> {
    Scratch {
        branches: Branches::default(),
        state: State::new(model),
        base: model.initial.clone(),
        sum: look.start(),
        ways: 0,
        unforeseen: None,
    }
}

/// Drops the lightest states where a layer has more than `most`, or as far as a budget of mass allows.
pub(super) fn thin<const W: usize, M: Mass>(
    layer: &mut Layer<W, M>,
    most: usize,
    budget: f64,
    dropped: &mut M,
) {
    let spare = budget - dropped.value();
    if layer.len() > most || budget > 0.0 && spare > 0.0 {
        let shed = layer.drop_lightest(|left, light| left > most || light.value() <= spare);
        dropped.add(&shed.mass);
    }
}
