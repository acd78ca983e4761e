//! The forward sweep: from the start, turn by turn, every state that can be reached, with its exact mass.

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity, RewardId, Turn};
use crate::kernel::{Chronicle, Entry, State};

use super::branches::Branches;
use super::layer::{Layer, Outbox, SHARDS, Step};
use super::mass::Mass;
use super::packing::{Key, Packing, Unforeseen, changing};

/// How far a sweep may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// States of a layer that are kept; beyond it the lightest are dropped.
    pub states: usize,
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
    /// States after merging.
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
    /// The most states after a turn before any were dropped.
    pub wanted: usize,
    /// Bits and words of a key.
    pub key: (usize, usize),
    /// Bytes a state takes while it is in a layer.
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
        with_words!($words, $w => $call; 1 2 3 4 6 8 12 24 64)
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
    mut progress: impl FnMut(&LayerSize) -> bool,
) -> Swept<L::Sum, M> {
    let mut changes = changing(model);
    loop {
        let packing = Packing::new(model, &changes, look.width());
        let swept =
            with_words!(packing.words(), W => run::<W, M, L>(model, look, limits, &packing, &mut progress));
        match swept {
            Ok(swept) => return swept,
            Err(Unforeseen(cell)) => changes[cell] = true,
        }
    }
}

/// Hears rewards only.
#[derive(Default)]
pub(super) struct Purse(pub Vec<(RewardId, u32)>);

impl Chronicle for Purse {
    const LISTENS: bool = false;
    fn note(&mut self, _turn: Turn, _entry: Entry) {}
    fn count(&mut self, reward: RewardId, add: u32) {
        self.0.push((reward, add));
    }
}

/// A worker's workplace.
struct Desk<S> {
    branches: Branches<'static>,
    state: State,
    base: Vec<u8>,
    purse: Purse,
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
    type Desk = Desk<L::Sum>;

    fn take(&self, desk: &mut Self::Desk, key: &Key<W>, mass: M, out: &mut Outbox<W, M>) {
        let Desk { branches, state, base, purse, sum, ways, unforeseen } = desk;
        self.packing.unpack(key, base);
        let turn = (self.model, self.turn);
        branches.visit(turn, state, base, &mass, purse, |_, state, part, purse| {
            *ways += 1;
            for (reward, add) in purse.0.drain(..) {
                self.look.reward(sum, reward, add, &part);
            }
            match self.packing.repack(*key, base, state.cells()) {
                Ok(to) if to == *key => out.stay(&part),
                Ok(to) => out.go(to, part),
                Err(Unforeseen(cell)) => *unforeseen = Some(cell),
            }
        });
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
    type Desk = Desk<L::Sum>;

    fn take(&self, desk: &mut Self::Desk, key: &Key<W>, mass: M, out: &mut Outbox<W, M>) {
        self.packing.unpack(key, &mut desk.base);
        desk.state.restore(&desk.base);
        desk.state.put(self.round.0, self.round.1);
        let marks = self.packing.marks(key) | self.look.marks(&mut desk.state);
        let ends = desk.state.cell(self.outcome) != 0;
        self.look.look(&mut desk.sum, &mut desk.state, marks, &mass, ends);
        if !ends {
            match self.packing.mark(*key, marks) {
                to if to == *key => out.stay(&mass),
                to => out.go(to, mass),
            }
        }
    }
}

fn run<const W: usize, M: Mass, L: Look<M>>(
    model: &Model,
    look: &L,
    limits: Limits,
    packing: &Packing,
    progress: &mut impl FnMut(&LayerSize) -> bool,
) -> Result<Swept<L::Sum, M>, Unforeseen> {
    let (round, outcome) = (model.cell(Quantity::Round), model.cell(Quantity::Outcome));
    let mut desks: Vec<Desk<L::Sum>> = (0..SHARDS).map(|_| desk(model, look)).collect();
    let start = packing.repack([0; W], &vec![0; model.initial.len()], &foreseen(model, packing))?;
    let mut layer = Layer::<W, M>::start(start);
    let mut swept = Swept {
        sum: look.start(),
        dropped: M::zero(),
        states: 0,
        widest: 0,
        wanted: 0,
        key: (packing.bits(), W),
        bytes_a_state: Layer::<W, M>::bytes_a_state(),
        gave_up: None,
        layers: Vec::new(),
    };
    let turns = model.turns.len() * model.world.rounds as usize;
    'rounds: for r in 1..=model.world.rounds {
        desks.iter_mut().for_each(|d| d.base[round] = r);
        for (k, turn) in model.turns.iter().enumerate() {
            desks.iter_mut().for_each(|d| d.ways = 0);
            layer.step(&Play { model, packing, turn: *turn, look }, &mut desks);
            if let Some(cell) = desks.iter().find_map(|d| d.unforeseen) {
                return Err(Unforeseen(cell));
            }
            swept.wanted = swept.wanted.max(layer.len());
            let done = ((r as usize - 1) * model.turns.len() + k + 1) as f64 / turns as f64;
            thin(&mut layer, limits, done, &mut swept.dropped);
            let size = LayerSize {
                round: r,
                turn: *turn,
                states: layer.len(),
                ways: desks.iter().map(|d| d.ways).sum(),
                dropped: swept.dropped.value(),
            };
            swept.states += size.states as u64;
            swept.widest = swept.widest.max(size.states);
            swept.layers.push(size);
            if !progress(&size) {
                swept.gave_up = Some(GaveUp::Stopped);
            } else if size.dropped > limits.hopeless {
                swept.gave_up = Some(GaveUp::Hopeless);
            }
            if swept.gave_up.is_some() {
                break 'rounds;
            }
        }
        layer.step(&Close { packing, look, round: (round, r), outcome }, &mut desks);
        if layer.len() == 0 {
            break;
        }
    }
    for desk in desks {
        look.join(&mut swept.sum, desk.sum);
    }
    Ok(swept)
}

/// The cells at the start, with those that have no place in the key left at zero.
pub(super) fn foreseen(model: &Model, packing: &Packing) -> Vec<u8> {
    model.initial.iter().enumerate().map(|(cell, v)| if packing.holds(cell) { *v } else { 0 }).collect()
}

fn desk<M: Mass, L: Look<M>>(model: &Model, look: &L) -> Desk<L::Sum> {
    Desk {
        branches: Branches::default(),
        state: State::new(model),
        base: model.initial.clone(),
        purse: Purse::default(),
        sum: look.start(),
        ways: 0,
        unforeseen: None,
    }
}

/// Drops the lightest states where a layer is too wide, or as far as the budget allows by now.
pub(super) fn thin<const W: usize, M: Mass>(
    layer: &mut Layer<W, M>,
    limits: Limits,
    done: f64,
    dropped: &mut M,
) {
    let states = layer.len();
    let spare = limits.budget * done - dropped.value();
    if states <= limits.states && (limits.budget <= 0.0 || spare <= 0.0) {
        return;
    }
    let none = || vec![(0usize, M::zero()); M::SIZES];
    let sizes = layer.each(
        none,
        |sizes, _, mass| {
            let size = &mut sizes[(mass.size() as usize).min(M::SIZES - 1)];
            size.0 += 1;
            size.1.add(mass);
        },
        |mut a, b| {
            for (a, b) in a.iter_mut().zip(b) {
                a.0 += b.0;
                a.1.add(&b.1);
            }
            a
        },
    );
    let (mut left, mut light, mut below) = (states, M::zero(), 0);
    for (size, (count, mass)) in sizes.iter().enumerate() {
        let mut lighter = light.clone();
        lighter.add(mass);
        if left <= limits.states && lighter.value() > spare {
            break;
        }
        (left, light, below) = (left - count, lighter, size as u32 + 1);
    }
    if !light.is_zero() {
        layer.drop_below(below);
        dropped.add(&light);
    }
}
