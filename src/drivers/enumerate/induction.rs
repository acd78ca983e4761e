//! Backward induction: what is best for agents whose decisions are left open, in every state that can be reached.

use hashbrown::HashTable;

use crate::domain::layout::Cell;
use crate::domain::{ONE, Quantity, Turn, Weight};
use crate::drivers::parallel;
use crate::kernel::{Site, State};

use super::branches::{Alternatives, Branches, By, Gone, Minds, Policy};
use super::layer::{Layer, Midst, Outbox, SHARDS, Step, hash};
use super::mass::{Fixed, Likeliest, Mass};
use super::memory::MemoryBudget;
use super::packing::{Key, Packing, Unforeseen};
use super::sweep::{foreseen, with_words};
use super::tracked::TrackedCells;

/// The most agents whose values are worked out at once.
pub const MINDS: usize = 8;
/// States that one worker values in one go.
const CHUNK: usize = 1024;

/// What the end of the talks is worth to each agent whose decisions are open, in the order of their list.
pub type Values = [f64; MINDS];

/// What agents want.
pub trait Goal: Sync {
    /// What an end is worth, in which the talks end with the memory gathered before.
    fn worth(&self, state: &mut State, memory: u64) -> Values;
    /// Bits that are remembered beside the state.
    fn width(&self) -> usize {
        0
    }
    /// What to remember of a state at the end of a round.
    fn remember(&self, _state: &mut State) -> u64 {
        0
    }
}

/// A decision in a state that is reached under the best policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The round.
    pub round: u8,
    /// The turn, by its place in the schedule.
    pub turn: usize,
    /// The cells of the state before the turn.
    pub cells: Vec<u8>,
    /// How likely the decision is to come up in this state.
    pub probability: f64,
    /// The decision.
    pub decision: Decision,
}

/// A decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Whose, by its place in the list.
    pub decider: usize,
    /// What it is about.
    pub site: Site,
    /// What has been picked before in the same turn, by chance or by a decision.
    pub earlier: Vec<usize>,
    /// The alternative that is picked.
    pub pick: usize,
    /// What each open alternative is worth to whoever decides.
    pub worth: Vec<(usize, f64)>,
}

/// What came of an induction.
#[derive(Clone, Debug)]
pub struct Induced {
    /// What the start is worth to each agent.
    pub values: Values,
    /// The same, worked out anew by fixing the policy and following all that can then happen: no less than this, and short by the
    /// mass that is missing at most.
    pub checked: Values,
    /// Mass that the check misses by rounding.
    pub missing: f64,
    /// Decisions under the policy.
    pub taken: Vec<Taken>,
    /// States, summed over all turns.
    pub states: u64,
}

/// There are more states than may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// The round that was reached.
    pub round: u8,
    /// States by then.
    pub states: u64,
    /// States that may be kept, over all turns together.
    pub most: u64,
}

/// Works out the best policy: every agent picks what is best for itself, knowing the whole state, ties going to the
/// alternative that comes first. The states of all turns are kept together. `progress` hears how many turns have been taken and the
/// states after the last one, and says whether to go on.
///
/// # Errors
/// When there is no room for them.
pub fn induce(
    minds: Minds,
    goal: &impl Goal,
    room: MemoryBudget,
    mut progress: impl FnMut(usize, usize) -> bool,
) -> Result<Induced, TooLarge> {
    let mut tracked = TrackedCells::guess_while(minds.model, || progress(0, 1));
    loop {
        let policy = minds.policy.map_or(0, Policy::width);
        let packing = Packing::new(minds.model, &tracked, goal.width() + policy);
        let work = Induction { minds, goal, packing: &packing };
        match with_words!(packing.words(), W => work.run::<W>(room, &mut progress)) {
            Ok(Ok(induced)) => return Ok(induced),
            Ok(Err(large)) => return Err(large),
            Err(unforeseen) => tracked.learn(unforeseen),
        }
    }
}

/// The steps of the talks: the turns of each round, then its end.
#[derive(Clone, Copy)]
enum At {
    Turn(u8, usize),
    End(u8),
}

/// States before a step, in no particular order, with what they are worth once that is known.
struct Before<const W: usize> {
    at: At,
    keys: Vec<Key<W>>,
    values: Vec<Values>,
}

impl<const W: usize> Before<W> {
    /// Where each key stands.
    fn index(&self) -> HashTable<u32> {
        let mut index = HashTable::with_capacity(self.keys.len());
        for (at, key) in self.keys.iter().enumerate() {
            index.insert_unique(hash(key), at as u32, |at| hash(&self.keys[*at as usize]));
        }
        index
    }
}

/// A worker's workplace.
struct Scratch<'a> {
    branches: Branches<'a>,
    state: State,
    base: Vec<u8>,
    unforeseen: Option<Cell>,
}

/// What a way through a turn comes to.
struct Way<const W: usize> {
    values: Values,
    /// States it leads to, with the weights of chance on the way, last first.
    leaves: Vec<(Key<W>, Vec<Weight>)>,
    /// Decisions on the way, likewise.
    decisions: Vec<(Decision, Vec<Weight>)>,
}

struct Induction<'a, G> {
    minds: Minds<'a>,
    goal: &'a G,
    packing: &'a Packing,
}

/// A turn in the forward pass.
struct Explore<'a, G> {
    work: &'a Induction<'a, G>,
    turn: Turn,
}

impl<'a, const W: usize, G: Goal> Step<W, Likeliest> for Explore<'a, G> {
    type Scratch = Scratch<'a>;

    fn take(
        &self,
        scratch: &mut Scratch<'a>,
        key: &Key<W>,
        mass: &Likeliest,
        out: &mut Outbox<W, Likeliest>,
        begun: bool,
    ) -> bool {
        let Scratch { branches, state, base, unforeseen } = scratch;
        self.work.depart(key, branches, base);
        let turn = (self.work.minds.model, self.turn);
        branches.visit(turn, state, (base, begun), mass, |branches, state, part| {
            match self.work.arrive(key, base, state, branches.gone()) {
                Ok(to) if to == *key => out.stay(&part),
                Ok(to) => out.go(to, part),
                Err(Unforeseen(cell)) => *unforeseen = Some(cell),
            }
            !out.full()
        })
    }
}

/// The end of a round in the forward pass.
struct Close<'a, G> {
    work: &'a Induction<'a, G>,
    round: u8,
}

impl<'a, const W: usize, G: Goal> Step<W, Likeliest> for Close<'a, G> {
    type Scratch = Scratch<'a>;

    fn take(
        &self,
        scratch: &mut Scratch<'a>,
        key: &Key<W>,
        mass: &Likeliest,
        out: &mut Outbox<W, Likeliest>,
        _: bool,
    ) -> bool {
        if let Ok(to) = self.work.close(scratch, key, self.round) {
            match to == *key {
                true => out.stay(mass),
                false => out.go(to, *mass),
            }
        }
        true
    }
}

/// States of all turns together for which there is room.
fn kept<const W: usize>(room: MemoryBudget) -> u64 {
    // A third of the room for all of them with what they are worth, one for the layers in the making, and one for the decisions.
    let each = size_of::<(Key<W>, Values)>() as u64;
    (room.states as u64).min(room.bytes / 3 / each)
}

type Run<T> = Result<Result<T, TooLarge>, Unforeseen>;

impl<'a, G: Goal> Induction<'a, G> {
    fn run<const W: usize>(
        &self,
        room: MemoryBudget,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Run<Induced> {
        let mut befores = match self.forward::<W>(room, progress)? {
            Ok(befores) => befores,
            Err(large) => return Ok(Err(large)),
        };
        let states = befores.iter().map(|b| b.keys.len() as u64).sum();
        for at in (0..befores.len()).rev() {
            let (before, after) = befores.split_at_mut(at + 1);
            let before = &mut before[at];
            if let At::Turn(round, k) = before.at
                && !progress(self.turns_before(round, k), before.keys.len())
            {
                return Ok(Err(TooLarge { round, states, most: kept::<W>(room) }));
            }
            self.backward(before, after.first());
        }
        let values = befores[0].values[0];
        let (checked, missing, taken) = self.check(&befores);
        Ok(Ok(Induced { values, checked, missing, taken, states }))
    }

    /// Turns before the `k`-th turn of a round.
    fn turns_before(&self, round: u8, k: usize) -> usize {
        (usize::from(round) - 1) * self.minds.model.turns.len() + k
    }

    fn scratch(&self) -> Scratch<'a> {
        Scratch {
            branches: Branches::of(self.minds),
            state: State::new(self.minds.model),
            base: self.minds.model.initial.clone(),
            unforeseen: None,
        }
    }

    /// Every state that can be reached before each step, whatever is decided.
    fn forward<const W: usize>(
        &self,
        room: MemoryBudget,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Run<Vec<Before<W>>> {
        let model = self.minds.model;
        let most = kept::<W>(room);
        // A state of a layer in the making takes more than one that is kept.
        let widest = room.part(1, 3).layer::<W, Likeliest>().min(most as usize);
        let round = model.cell(Quantity::Round);
        let cells = foreseen(model, self.packing);
        let start = self.packing.repack([0; W], &vec![0; cells.len()], &cells)?;
        let mut scratches: Vec<Scratch> = (0..SHARDS).map(|_| self.scratch()).collect();
        let mut layer = Layer::<W, Likeliest>::start(start);
        let mut befores: Vec<Before<W>> = Vec::new();
        let mut states = 0;
        for r in 1..=model.world.rounds {
            scratches.iter_mut().for_each(|d| d.base[round] = r);
            let turns = (0..model.turns.len()).map(|k| At::Turn(r, k));
            for at in turns.chain([At::End(r)]) {
                let push = |list: &mut Vec<_>, key: &Key<W>, _: &Likeliest| list.push(*key);
                let keys = layer.each(Vec::new, push, |a, mut b| a.append(&mut b));
                states += keys.len() as u64;
                let go_on = match at {
                    At::Turn(_, k) => progress(self.turns_before(r, k), keys.len()),
                    At::End(_) => true,
                };
                if states > most || !go_on {
                    return Ok(Err(TooLarge { round: r, states, most }));
                }
                befores.push(Before { at, keys, values: Vec::new() });
                let mut go_on = true;
                // A turn that leads to more states than may be kept is broken off as soon as one would have to be let go.
                let mut midst = |midst: Midst<Likeliest>| {
                    let turns = befores.len() - usize::from(r);
                    go_on = progress(turns, midst.states) && midst.shed.states == 0;
                    go_on
                };
                let shed = match at {
                    At::Turn(_, k) => {
                        let explore = Explore { work: self, turn: model.turns[k] };
                        layer.step(&explore, &mut scratches, widest, &mut midst)
                    }
                    At::End(_) => {
                        layer.step(&Close { work: self, round: r }, &mut scratches, widest, &mut midst)
                    }
                };
                if !go_on || shed.states > 0 {
                    let states = states + (layer.len() + shed.states) as u64;
                    return Ok(Err(TooLarge { round: r, states, most: most.min(widest as u64) }));
                }
                if let Some(cell) = scratches.iter().find_map(|d| d.unforeseen) {
                    return Err(Unforeseen(cell));
                }
            }
            if layer.len() == 0 {
                break;
            }
        }
        Ok(Ok(befores))
    }

    /// What becomes of a state at the end of a round: the talks go on with another memory, or they end and are worth something.
    fn close<const W: usize>(
        &self,
        scratch: &mut Scratch,
        key: &Key<W>,
        round: u8,
    ) -> Result<Key<W>, Values> {
        let model = self.minds.model;
        self.packing.unpack(key, &mut scratch.base);
        scratch.state.restore(&scratch.base);
        scratch.state.put(model.cell(Quantity::Round), round);
        let (seen, kept) = self.memory(key);
        let seen = seen | self.goal.remember(&mut scratch.state);
        match scratch.state.get(model, Quantity::Outcome) {
            0 => {
                let kept = self.minds.policy.map_or(kept, |policy| policy.next_round(kept));
                Ok(self.packing.mark(*key, seen | kept << self.goal.width()))
            }
            _ => Err(self.goal.worth(&mut scratch.state, seen)),
        }
    }

    /// What is remembered beside a state: by the goal, and by the policy.
    fn memory<const W: usize>(&self, key: &Key<W>) -> (u64, u64) {
        let (marks, width) = (self.packing.marks(key), self.goal.width());
        (marks & ((1 << width) - 1), marks >> width)
    }

    /// Before a turn in a state: its cells are those of `base`.
    fn depart<const W: usize>(&self, key: &Key<W>, branches: &mut Branches, base: &mut [u8]) {
        self.packing.unpack(key, base);
        branches.recall(self.memory(key).1);
    }

    /// The key of a state that a way through a turn has led to.
    fn arrive<const W: usize>(
        &self,
        key: &Key<W>,
        base: &[u8],
        state: &State,
        gone: &Gone,
    ) -> Result<Key<W>, Unforeseen> {
        let to = self.packing.repack(*key, base, state.cells())?;
        // A policy that heeds nothing remembers 0, so that the marks stay as they were.
        Ok(self.packing.mark(to, self.memory(key).0 | gone.memory << self.goal.width()))
    }

    /// Values the states before a step by those after it.
    fn backward<const W: usize>(&self, before: &mut Before<W>, after: Option<&Before<W>>) {
        let index = after.map(Before::index);
        let value_after = |key: &Key<W>| match (after, &index) {
            (Some(after), Some(index)) => {
                let found = index.find(hash(key), |at| after.keys[*at as usize] == *key);
                found.map_or([0.0; MINDS], |at| after.values[*at as usize])
            }
            _ => [0.0; MINDS],
        };
        let at = before.at;
        let value = |scratch: &mut Scratch<'a>, key: &Key<W>| match at {
            At::End(r) => match self.close(scratch, key, r) {
                Ok(to) => value_after(&to),
                Err(worth) => worth,
            },
            At::Turn(r, k) => self.turn(scratch, key, (r, k), |to| value_after(&to)),
        };
        let chunks: Vec<&[Key<W>]> = before.keys.chunks(CHUNK).collect();
        let chunk = |k: usize| {
            let mut scratch = self.scratch();
            chunks[k].iter().map(|key| value(&mut scratch, key)).collect::<Vec<Values>>()
        };
        before.values = parallel::map(chunks.len(), chunk).concat();
    }

    /// The value of a state before a turn.
    fn turn<const W: usize>(
        &self,
        scratch: &mut Scratch<'a>,
        key: &Key<W>,
        (round, turn): (u8, usize),
        value_after: impl Fn(Key<W>) -> Values,
    ) -> Values {
        let model = self.minds.model;
        scratch.base[model.cell(Quantity::Round)] = round;
        let Scratch { branches, state, base, .. } = scratch;
        self.depart(key, branches, base);
        let leaf = |state: &mut State, gone: &Gone| {
            // Every cell that changes has been foreseen on the way forward.
            self.arrive(key, base, state, gone).map_or([0.0; MINDS], &value_after)
        };
        branches.fold((model, model.turns[turn]), state, base, leaf, |by, _, all| match by {
            By::Chance => mean(&all),
            By::Decider(k, _) => all[best(k, &all, |v| v)].2,
        })
    }

    /// Fixes the policy and follows all that can then happen, from the start.
    fn check<const W: usize>(&self, befores: &[Before<W>]) -> (Values, f64, Vec<Taken>) {
        let mut scratch = self.scratch();
        let (mut sums, mut ended) = ([0.0; MINDS], Fixed::zero());
        let mut taken = Vec::new();
        let mut layer: Vec<(Key<W>, Fixed)> = vec![(befores[0].keys[0], Fixed::one())];
        for (k, before) in befores.iter().enumerate() {
            let mut next = Merged::default();
            match before.at {
                At::End(r) => {
                    for (key, mass) in &layer {
                        match self.close(&mut scratch, key, r) {
                            Ok(to) => next.add(to, mass),
                            Err(worth) => {
                                ended.add(mass);
                                let p = mass.value();
                                sums.iter_mut().zip(worth).for_each(|(sum, w)| *sum += p * w);
                            }
                        }
                    }
                }
                At::Turn(r, turn) => {
                    let after = &befores[k + 1];
                    let index = after.index();
                    let value_after = |key: &Key<W>| {
                        let found = index.find(hash(key), |at| after.keys[*at as usize] == *key);
                        found.map_or([0.0; MINDS], |at| after.values[*at as usize])
                    };
                    for (key, mass) in &layer {
                        let way = self.way(&mut scratch, key, (r, turn), value_after);
                        let part = |path: &[Weight]| path.iter().rev().fold(*mass, |m, w| m.part(*w));
                        way.leaves.iter().for_each(|(to, path)| next.add(*to, &part(path)));
                        taken.extend(way.decisions.into_iter().map(|(decision, path)| Taken {
                            round: r,
                            turn,
                            cells: scratch.base.clone(),
                            probability: part(&path).value(),
                            decision,
                        }));
                    }
                }
            }
            layer = next.states;
        }
        (sums, ended.missing().value(), taken)
    }

    /// Where a turn leads under the policy.
    fn way<const W: usize>(
        &self,
        scratch: &mut Scratch<'a>,
        key: &Key<W>,
        (round, turn): (u8, usize),
        value_after: impl Fn(&Key<W>) -> Values,
    ) -> Way<W> {
        let model = self.minds.model;
        scratch.base[model.cell(Quantity::Round)] = round;
        let Scratch { branches, state, base, .. } = scratch;
        self.depart(key, branches, base);
        let leaf = |state: &mut State, gone: &Gone| {
            let to = self.arrive(key, base, state, gone).unwrap_or(*key);
            Way { values: value_after(&to), leaves: vec![(to, Vec::new())], decisions: Vec::new() }
        };
        branches.fold((model, model.turns[turn]), state, base, leaf, |by, earlier, all| match by {
            By::Chance => chance(all),
            By::Decider(decider, site) => decide((decider, site), earlier.collect(), all),
        })
    }
}

/// States merged by key, in the order in which they came.
struct Merged<const W: usize> {
    states: Vec<(Key<W>, Fixed)>,
    index: HashTable<u32>,
}

impl<const W: usize> Default for Merged<W> {
    fn default() -> Self {
        Self { states: Vec::new(), index: HashTable::new() }
    }
}

impl<const W: usize> Merged<W> {
    fn add(&mut self, key: Key<W>, mass: &Fixed) {
        let states = &self.states;
        match self.index.find(hash(&key), |at| states[*at as usize].0 == key) {
            Some(at) => self.states[*at as usize].1.add(mass),
            None => {
                self.states.push((key, *mass));
                let states = &self.states;
                let at = states.len() as u32 - 1;
                self.index.insert_unique(hash(&key), at, |at| hash(&states[*at as usize].0));
            }
        }
    }
}

/// Values weighted by chance.
fn mean(all: &Alternatives<Values>) -> Values {
    let mut sum = [0.0; MINDS];
    for (_, weight, values) in all {
        let p = *weight as f64 / ONE as f64;
        sum.iter_mut().zip(values).for_each(|(sum, v)| *sum += p * v);
    }
    sum
}

/// The place of the alternative that is worth most to agent `k`; ties go to the one that comes first.
fn best<V>(k: usize, all: &Alternatives<V>, values: impl Fn(&V) -> &Values) -> usize {
    let mut best = 0;
    for at in 1..all.len() {
        if values(&all[at].2)[k] > values(&all[best].2)[k] {
            best = at;
        }
    }
    best
}

fn chance<const W: usize>(all: Alternatives<Way<W>>) -> Way<W> {
    let mut sum = Way { values: [0.0; MINDS], leaves: Vec::new(), decisions: Vec::new() };
    for (_, weight, mut way) in all {
        let p = weight as f64 / ONE as f64;
        sum.values.iter_mut().zip(way.values).for_each(|(sum, v)| *sum += p * v);
        way.leaves.iter_mut().for_each(|(_, path)| path.push(weight));
        way.decisions.iter_mut().for_each(|(_, path)| path.push(weight));
        sum.leaves.append(&mut way.leaves);
        sum.decisions.append(&mut way.decisions);
    }
    sum
}

fn decide<const W: usize>(
    (decider, site): (usize, Site),
    earlier: Vec<usize>,
    mut all: Alternatives<Way<W>>,
) -> Way<W> {
    let at = best(decider, &all, |way| &way.values);
    let worth = all.iter().map(|(pick, _, way)| (*pick, way.values[decider])).collect();
    let (pick, _, mut way) = all.swap_remove(at);
    way.decisions.push((Decision { decider, site, earlier, pick, worth }, Vec::new()));
    way
}
