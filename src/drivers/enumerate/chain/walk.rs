//! The walk through all layers.

use std::cell::RefCell;

use crate::domain::{InstrumentState, Model, Quantity as Q, Turn, signed};
use crate::drivers::enumerate::branches::{Branches, By, Minds};
use crate::drivers::enumerate::packing::{Key, Packing};
use crate::drivers::enumerate::sweep::{LayerSize, foreseen};
use crate::kernel::{State, holds};

use super::act::Act;
use super::layer::{Ends, Numbered, Slot};
use super::way::{Node, Way};
use super::{Asked, Places, Refused, Visitor, Written};

/// How far the probabilities of an action may be from one.
const CLOSE: f64 = 1e-12;
/// States between two looks at whether to stop.
const PAUSE: usize = 16_384;

type Outcome<T, V> = Result<T, Refused<<V as Visitor>::Error>>;

/// A turn of a round.
#[derive(Clone, Copy)]
struct Position {
    round: u8,
    turn: Turn,
    first: bool,
    last: bool,
}

/// Where labels of states come from.
struct Sight<'a> {
    model: &'a Model,
    asked: Asked<'a>,
    packing: &'a Packing,
    places: Places,
}

/// The visitor with what has been shown to it.
struct Out<'a, V> {
    visitor: &'a mut V,
    written: Written,
    none: Vec<f64>,
}

impl Sight<'_> {
    /// Texts that are signed.
    fn signed(&self, cells: &[u8], labels: &mut Vec<usize>) {
        for k in 0..self.model.world.instruments.len() {
            if signed(InstrumentState::of(cells[self.model.cell(Q::InstrumentState(k.into()))])) {
                labels.push(self.places.signed + k);
            }
        }
    }

    /// Measures that hold at the end of a round, as bits.
    fn holding(&self, state: &mut State, round: u8) -> u64 {
        if self.asked.measures.is_empty() {
            return 0;
        }
        state.at_the_end_of(self.model, round, |state| {
            let rules = self.asked.measures.iter().enumerate();
            rules.map(|(k, rule)| u64::from(holds(rule, self.model, state)) << k).sum()
        })
    }

    fn marked(&self, from: usize, marks: u64) -> impl Iterator<Item = usize> {
        (0..self.asked.measures.len()).filter(move |k| marks >> k & 1 == 1).map(move |k| from + k)
    }

    /// The labels of talks that go on, between two rounds.
    fn of(&self, cells: &[u8], marks: u64, labels: &mut Vec<usize>) {
        self.signed(cells, labels);
        labels.extend(self.marked(self.places.ever, marks));
    }

    /// The labels of talks that have ended in a round. The last state stands for the rounds that are left.
    fn end(&self, state: &mut State, round: u8, marks: u64) -> Vec<usize> {
        let outcome = state.get(self.model, Q::Outcome) as usize - 1;
        let mut labels = vec![Places::END, self.places.outcomes + outcome];
        self.signed(state.cells(), &mut labels);
        let last = self.model.world.rounds;
        let ever = (round..=last).fold(marks, |ever, r| ever | self.holding(state, r));
        labels.extend(self.marked(self.places.ever, ever));
        let held = self.holding(state, last);
        labels.extend(self.marked(self.places.last, held));
        labels
    }

    /// The number of the state that a turn has led to.
    fn arrive<const W: usize>(
        &self,
        at: Position,
        (key, base): (&Key<W>, &[u8]),
        state: &mut State,
        next: &mut Numbered<W>,
        ends: &mut Ends,
    ) -> u64 {
        let packed = self.packing.repack(*key, base, state.cells());
        let packed =
            packed.unwrap_or_else(|cell| unreachable!("every cell has its place in the key: {cell:?}"));
        if !at.last {
            return next.talks(packed);
        }
        let marks = self.packing.marks(key);
        match state.get(self.model, Q::Outcome) {
            0 => {
                let marks = marks | self.holding(state, at.round);
                next.talks(self.packing.mark(packed, marks))
            }
            _ => next.end(ends, self.end(state, at.round, marks)),
        }
    }
}

impl<V: Visitor> Out<'_, V> {
    fn state(&mut self, id: u64, labels: &[usize]) -> Outcome<(), V> {
        self.written.states += 1;
        self.visitor.state(id, labels).map_err(Refused::Visitor)
    }

    fn action(&mut self, state: u64, act: Option<Act>, way: &Way) -> Outcome<(), V> {
        let sum = way.sum();
        if (sum - 1.0).abs() > CLOSE {
            return Err(Refused::Row { state, sum });
        }
        self.written.choices += 1;
        let rewards = if way.rewards.is_empty() { &self.none } else { &way.rewards };
        self.visitor.action(act, rewards).map_err(Refused::Visitor)?;
        for (target, p) in &way.to {
            self.written.transitions += 1;
            self.visitor.transition(*target, *p).map_err(Refused::Visitor)?;
        }
        Ok(())
    }

    /// Decisions and ends need nothing but what is remembered of them.
    fn remembered<const W: usize>(&mut self, id: u64, slot: &Slot<W>, layer: &Numbered<W>) -> Outcome<(), V> {
        match slot {
            Slot::Talks(_) => Ok(()),
            Slot::End(k) => {
                self.state(id, &layer.ends[*k as usize])?;
                self.action(id, None, &Way::to(id))
            }
            Slot::Decision(k) => {
                let decision = &layer.decisions[*k as usize];
                self.state(id, &decision.labels)?;
                decision.actions.iter().try_for_each(|(act, way)| self.action(id, *act, way))
            }
        }
    }
}

/// A workplace.
struct Scratch<'a> {
    branches: Branches<'a>,
    state: State,
    base: Vec<u8>,
    labels: Vec<usize>,
}

/// Takes a turn in every way it can go, and says what it comes to.
fn turn<const W: usize>(
    sight: &Sight,
    at: Position,
    key: &Key<W>,
    scratch: &mut Scratch,
    filling: &RefCell<(Numbered<W>, Ends)>,
) -> Node {
    let Scratch { branches, state, base, labels } = scratch;
    let rewards = sight.model.world.rewards.len();
    let settle = |node| match node {
        Node::Way(way) => way,
        Node::Decision(actions) => Way::to(filling.borrow_mut().0.decision(labels, actions)),
    };
    branches.fold(
        (sight.model, at.turn),
        state,
        base,
        |state, gone| {
            let (next, ends) = &mut *filling.borrow_mut();
            let mut way = Way::to(sight.arrive(at, (key, base), state, next, ends));
            for (reward, add) in &gone.earned {
                way.rewards.resize(rewards, 0.0);
                way.rewards[reward.at()] += f64::from(*add);
            }
            Node::Way(way)
        },
        |by, _, all| match by {
            By::Chance => Node::chance(all, settle),
            By::Decider(decider, site) => {
                Node::decision(all, |pick, odds| Act { decider, what: site.what, pick, odds }, settle)
            }
        },
    )
}

/// Writes one layer and returns the next.
fn layer<const W: usize, V: Visitor>(
    sight: &Sight,
    at: Position,
    now: &Numbered<W>,
    (scratch, ends): (&mut Scratch, &mut Ends),
    out: &mut Out<V>,
    go_on: &mut dyn FnMut() -> bool,
) -> Outcome<Numbered<W>, V> {
    let filling = RefCell::new((Numbered::new(now.next()), std::mem::take(ends)));
    for (n, slot) in now.slots.iter().enumerate() {
        let id = now.first + n as u64;
        let Slot::Talks(key) = slot else {
            out.remembered(id, slot, now)?;
            continue;
        };
        sight.packing.unpack(key, &mut scratch.base);
        scratch.labels.clear();
        if at.first {
            sight.of(&scratch.base, sight.packing.marks(key), &mut scratch.labels);
        }
        if id == 0 {
            scratch.labels.insert(0, Places::INIT);
        }
        out.state(id, &scratch.labels)?;
        match turn(sight, at, key, scratch, &filling) {
            Node::Way(way) => out.action(id, None, &way)?,
            Node::Decision(actions) => {
                actions.iter().try_for_each(|(act, way)| out.action(id, *act, way))?;
            }
        }
        let most = sight.asked.max_states.min(u64::from(u32::MAX));
        if filling.borrow().0.next() > most {
            return Err(Refused::TooManyStates { most, round: at.round });
        }
        if n % PAUSE == PAUSE - 1 && !go_on() {
            return Err(Refused::Stopped);
        }
    }
    let (next, known) = filling.into_inner();
    *ends = known;
    Ok(next)
}

/// Walks through all layers.
pub(super) fn walk<const W: usize, V: Visitor>(
    model: &Model,
    asked: Asked,
    packing: &Packing,
    visitor: &mut V,
    progress: &mut dyn FnMut(&LayerSize) -> bool,
) -> Outcome<Written, V> {
    let places = Places::new(&model.world, asked.measures.len());
    let sight = Sight { model, asked, packing, places };
    let mut out = Out { visitor, written: Written::default(), none: vec![0.0; model.world.rewards.len()] };
    let mut scratch = Scratch {
        branches: Branches::of(Minds { model, deciders: asked.deciders, policy: None }),
        state: State::new(model),
        base: model.initial.clone(),
        labels: Vec::new(),
    };
    let mut ends = Ends::new();
    let mut now = Numbered::<W>::new(0);
    let start = packing.repack([0; W], &vec![0; model.initial.len()], &foreseen(model, packing));
    now.talks(start.unwrap_or_else(|cell| unreachable!("every cell has its place in the key: {cell:?}")));
    let round_cell = model.cell(Q::Round);
    'rounds: for round in 1..=model.world.rounds {
        scratch.base[round_cell] = round;
        for (k, turn) in model.turns.iter().enumerate() {
            if now.slots.is_empty() {
                break 'rounds;
            }
            let at = Position { round, turn: *turn, first: k == 0, last: k + 1 == model.turns.len() };
            let step = (round as usize - 1) * model.turns.len() + k + 1;
            let states = now.slots.len();
            let size = LayerSize { round, turn: *turn, step, over: true, states, ways: 0, dropped: 0.0 };
            if !progress(&size) {
                return Err(Refused::Stopped);
            }
            now = layer(&sight, at, &now, (&mut scratch, &mut ends), &mut out, &mut || progress(&size))?;
        }
    }
    // After the last round there are ends only.
    for (n, slot) in now.slots.iter().enumerate() {
        debug_assert!(matches!(slot, Slot::End(_)), "every run has ended by the last round");
        out.remembered(now.first + n as u64, slot, &now)?;
    }
    Ok(out.written)
}
