//! Searches all reachable states for such as are looked for, and finds the shortest way to one.

use rayon::prelude::*;

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity, Turn};
use crate::kernel::{Silent, State};

use super::branches::Branches;
use super::layer::{Layer, Outbox, SHARDS, Step};
use super::mass::{Likeliest, Mass};
use super::packing::{Key, Packing, Unforeseen, changing};
use super::sweep::{Limits, foreseen, thin, with_words};

/// A layer that was kept: its round and turn, and its states with what is known of each.
type Seen<const W: usize> = (u8, usize, Vec<(Key<W>, f64)>);

/// What is looked for. Findings are numbered; sets of them are bits.
pub trait Watch: Sync {
    /// Bits that are remembered beside the state.
    fn width(&self) -> usize;
    /// Findings in a state after a turn.
    fn after_turn(&self, state: &mut State) -> u64;
    /// At the end of a round: what to remember from now on, and findings. `ends` where the talks end with it.
    fn after_round(&self, memory: u64, state: &mut State, ends: bool) -> (u64, u64);
}

/// Where something was found first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The round; 0 for the start.
    pub round: u8,
    /// The turn of the round after which it was found, by its place in the schedule; for what is found at the end of a round, the
    /// last.
    pub turn: usize,
    /// What was picked on the way, choice by choice: one of the shortest ways, and of these the likeliest.
    pub picks: Vec<usize>,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub struct Searched {
    /// For each finding, where it was seen first.
    pub sightings: Vec<Option<Sighting>>,
    /// Whether no reachable state was left out as far as the search went.
    pub complete: bool,
    /// Whether it ended before the talks did, since everything had been found.
    pub early: bool,
    /// Whether `progress` stopped it.
    pub stopped: bool,
    /// States looked at, summed over all turns.
    pub states: u64,
    /// The most states after one turn.
    pub widest: usize,
}

impl Default for Searched {
    /// Nothing was asked, and so nothing left out.
    fn default() -> Self {
        Self { sightings: Vec::new(), complete: true, early: false, stopped: false, states: 0, widest: 0 }
    }
}

/// Looks at every reachable state for findings `0..n`; keeps at most `most` states after a turn, the likeliest ones.
/// `progress` hears the round and the states after every turn and says whether to go on.
pub fn search(
    model: &Model,
    watch: &impl Watch,
    n: usize,
    most: usize,
    mut progress: impl FnMut(u8, usize) -> bool,
) -> Searched {
    let mut changes = changing(model);
    loop {
        let packing = Packing::new(model, &changes, watch.width());
        let hunt = Hunt { model, watch, packing: &packing, n, most };
        match with_words!(packing.words(), W => hunt.run::<W>(&mut progress)) {
            Ok(searched) => return searched,
            Err(Unforeseen(cell)) => changes[cell] = true,
        }
    }
}

/// The likeliest state with a finding, per finding; ties go to the smaller key.
type Best<const W: usize> = Vec<Option<(f64, Key<W>)>>;

fn better<const W: usize>(best: &mut Option<(f64, Key<W>)>, found: (f64, Key<W>)) {
    let wins = best.is_none_or(|(p, key)| found.0 > p || found.0 == p && found.1 < key);
    if wins {
        *best = Some(found);
    }
}

/// A search in progress.
struct Hunt<'a, T> {
    model: &'a Model,
    watch: &'a T,
    packing: &'a Packing,
    n: usize,
    most: usize,
}

/// A worker's workplace.
struct Desk<const W: usize> {
    branches: Branches<'static>,
    state: State,
    base: Vec<u8>,
    found: Best<W>,
    unforeseen: Option<Cell>,
}

/// An agent's turn.
struct Play<'a> {
    model: &'a Model,
    packing: &'a Packing,
    turn: Turn,
}

impl<const W: usize> Step<W, Likeliest> for Play<'_> {
    type Desk = Desk<W>;

    fn take(&self, desk: &mut Desk<W>, key: &Key<W>, mass: Likeliest, out: &mut Outbox<W, Likeliest>) {
        let Desk { branches, state, base, unforeseen, .. } = desk;
        self.packing.unpack(key, base);
        branches.visit((self.model, self.turn), state, base, &mass, &mut Silent, |_, state, part, _| {
            match self.packing.repack(*key, base, state.cells()) {
                Ok(to) if to == *key => out.stay(&part),
                Ok(to) => out.go(to, part),
                Err(Unforeseen(cell)) => *unforeseen = Some(cell),
            }
        });
    }
}

/// The end of a round.
struct Close<'a, T> {
    packing: &'a Packing,
    watch: &'a T,
    round: (Cell, u8),
    outcome: Cell,
}

impl<const W: usize, T: Watch> Step<W, Likeliest> for Close<'_, T> {
    type Desk = Desk<W>;

    fn take(&self, desk: &mut Desk<W>, key: &Key<W>, mass: Likeliest, out: &mut Outbox<W, Likeliest>) {
        self.packing.unpack(key, &mut desk.base);
        desk.state.restore(&desk.base);
        desk.state.put(self.round.0, self.round.1);
        let ends = desk.state.cell(self.outcome) != 0;
        let (memory, found) = self.watch.after_round(self.packing.marks(key), &mut desk.state, ends);
        for (k, best) in desk.found.iter_mut().enumerate() {
            if found >> k & 1 == 1 {
                better(best, (mass.value(), *key));
            }
        }
        if !ends {
            match self.packing.mark(*key, memory) {
                to if to == *key => out.stay(&mass),
                to => out.go(to, mass),
            }
        }
    }
}

/// Where a finding was made: after how many steps (the turns of a round and its end are steps), and the key before the
/// end of the round or after the turn.
struct Spot<const W: usize> {
    round: u8,
    turn: usize,
    key: Key<W>,
}

impl<T: Watch> Hunt<'_, T> {
    fn run<const W: usize>(
        &self,
        progress: &mut impl FnMut(u8, usize) -> bool,
    ) -> Result<Searched, Unforeseen> {
        let mut spots: Vec<Option<Spot<W>>> = (0..self.n).map(|_| None).collect();
        let mut searched = Searched::default();
        let mut dropped = Likeliest::zero();
        self.walk::<W>(&mut dropped, |round, turn, layer, found| {
            searched.states += layer.len() as u64;
            searched.widest = searched.widest.max(layer.len());
            for (spot, found) in spots.iter_mut().zip(found) {
                if let (None, Some((_, key))) = (&spot, found) {
                    *spot = Some(Spot { round, turn, key });
                }
            }
            let go_on = progress(round, layer.len());
            searched.complete &= go_on;
            searched.stopped |= !go_on;
            // Once everything has been seen there is nothing left to look for.
            searched.early = spots.iter().all(Option::is_some);
            go_on && !searched.early
        })?;
        searched.complete &= dropped.is_zero();
        for spot in &spots {
            let sighting = spot.as_ref().map(|spot| self.way(spot)).transpose()?;
            searched.sightings.push(sighting);
        }
        Ok(searched)
    }

    /// Walks through all layers, and shows each with what was found in it; goes on while that says so. A round's end is shown
    /// with its last turn's place, after its states have been looked at.
    fn walk<const W: usize>(
        &self,
        dropped: &mut Likeliest,
        mut show: impl FnMut(u8, usize, &Layer<W, Likeliest>, Best<W>) -> bool,
    ) -> Result<(), Unforeseen> {
        let (model, packing) = (self.model, self.packing);
        let (round, outcome) = (model.cell(Quantity::Round), model.cell(Quantity::Outcome));
        let mut desks: Vec<Desk<W>> = (0..SHARDS).map(|_| self.desk()).collect();
        let mut layer = Layer::<W, Likeliest>::start(self.start()?);
        let limits = Limits { states: self.most, budget: 0.0, hopeless: 1.0 };
        if !show(0, 0, &layer, self.look(&layer, 1)) {
            return Ok(());
        }
        for r in 1..=model.world.rounds {
            desks.iter_mut().for_each(|d| d.base[round] = r);
            for (k, turn) in model.turns.iter().enumerate() {
                layer.step(&Play { model, packing, turn: *turn }, &mut desks);
                if let Some(cell) = desks.iter().find_map(|d| d.unforeseen) {
                    return Err(Unforeseen(cell));
                }
                thin(&mut layer, limits, 1.0, dropped);
                if !show(r, k, &layer, self.look(&layer, r)) {
                    return Ok(());
                }
            }
            layer.step(&Close { packing, watch: self.watch, round: (round, r), outcome }, &mut desks);
            let mut found: Best<W> = vec![None; self.n];
            for desk in &mut desks {
                for (best, found) in found.iter_mut().zip(&mut desk.found) {
                    found.take().into_iter().for_each(|f| better(best, f));
                }
            }
            if !show(r, model.turns.len() - 1, &layer, found) || layer.len() == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    fn start<const W: usize>(&self) -> Result<Key<W>, Unforeseen> {
        let cells = foreseen(self.model, self.packing);
        self.packing.repack([0; W], &vec![0; cells.len()], &cells)
    }

    fn desk<const W: usize>(&self) -> Desk<W> {
        Desk {
            branches: Branches::default(),
            state: State::new(self.model),
            base: self.model.initial.clone(),
            found: vec![None; self.n],
            unforeseen: None,
        }
    }

    /// What is found in the states of a layer after a turn of round `r`.
    fn look<const W: usize>(&self, layer: &Layer<W, Likeliest>, r: u8) -> Best<W> {
        let round = self.model.cell(Quantity::Round);
        let start = || {
            let mut base = self.model.initial.clone();
            base[round] = r;
            (State::new(self.model), base, vec![None; self.n])
        };
        let look = |(state, base, best): &mut (State, Vec<u8>, Best<W>), key: &Key<W>, mass: &Likeliest| {
            self.packing.unpack(key, base);
            state.restore(base);
            let found = self.watch.after_turn(state);
            for (k, best) in best.iter_mut().enumerate() {
                if found >> k & 1 == 1 {
                    better(best, (mass.value(), *key));
                }
            }
        };
        let join = |mut a: (State, Vec<u8>, Best<W>), b: (State, Vec<u8>, Best<W>)| {
            let pairs = a.2.iter_mut().zip(b.2);
            pairs.for_each(|(best, found)| found.into_iter().for_each(|f| better(best, f)));
            a
        };
        layer.each(start, look, join).2
    }

    /// The likeliest of the shortest ways to a spot: all layers up to it are kept, and followed back.
    fn way<const W: usize>(&self, spot: &Spot<W>) -> Result<Sighting, Unforeseen> {
        let mut layers: Vec<Seen<W>> = Vec::new();
        let turns = self.model.turns.len();
        let target =
            if spot.round == 0 { 0 } else { (spot.round as usize - 1) * (turns + 1) + spot.turn + 1 };
        self.walk::<W>(&mut Likeliest::zero(), |round, turn, layer, _| {
            let add = |list: &mut Vec<_>, key: &Key<W>, mass: &Likeliest| list.push((*key, mass.value()));
            let states = layer.each(Vec::new, add, |mut a, mut b| {
                a.append(&mut b);
                a
            });
            layers.push((round, turn, states));
            layers.len() <= target
        })?;
        let mut picks: Vec<Vec<usize>> = Vec::new();
        let mut key = spot.key;
        for k in (1..=target).rev() {
            let (round, turn, _) = layers[k];
            let end_of_round = k % (turns + 1) == 0;
            let before = &layers[k - 1].2;
            let step = if end_of_round { None } else { Some(self.model.turns[turn]) };
            let (parent, picked) = self.parent(before, &key, round, step);
            key = parent;
            picks.push(picked);
        }
        let picks = picks.into_iter().rev().flatten().collect();
        Ok(Sighting { round: spot.round, turn: spot.turn, picks })
    }

    /// The likeliest state before a step that leads to `key`, and the picks that lead there.
    fn parent<const W: usize>(
        &self,
        before: &[(Key<W>, f64)],
        key: &Key<W>,
        round: u8,
        turn: Option<Turn>,
    ) -> (Key<W>, Vec<usize>) {
        let chunk = |states: &[(Key<W>, f64)]| {
            let mut desk: Desk<W> = self.desk();
            desk.base[self.model.cell(Quantity::Round)] = round;
            let mut best: Option<(f64, Key<W>, Vec<usize>)> = None;
            for (from, p) in states {
                self.leads(&mut desk, from, *p, key, turn, &mut |p, picks| {
                    let wins = best.as_ref().is_none_or(|b| p > b.0 || p == b.0 && *from < b.1);
                    if wins {
                        best = Some((p, *from, picks));
                    }
                });
            }
            best
        };
        let best = before.par_chunks(1024).filter_map(chunk).reduce_with(|a, b| {
            let first = a.0 > b.0 || a.0 == b.0 && a.1 <= b.1;
            if first { a } else { b }
        });
        // Every state of a layer was reached from one before it.
        best.map_or((*key, Vec::new()), |(_, from, picks)| (from, picks))
    }

    /// Shows each way from a state through a step to `key`, with its likelihood and picks.
    fn leads<const W: usize>(
        &self,
        desk: &mut Desk<W>,
        from: &Key<W>,
        p: f64,
        key: &Key<W>,
        turn: Option<Turn>,
        show: &mut impl FnMut(f64, Vec<usize>),
    ) {
        let packing = self.packing;
        let Desk { branches, state, base, .. } = desk;
        packing.unpack(from, base);
        let Some(turn) = turn else {
            state.restore(base);
            let memory = self.watch.after_round(packing.marks(from), state, false).0;
            if packing.mark(*from, memory) == *key {
                show(p, Vec::new());
            }
            return;
        };
        let mass = Likeliest::of(p);
        branches.visit((self.model, turn), state, base, &mass, &mut Silent, |branches, state, part, _| {
            if packing.repack(*from, base, state.cells()) == Ok(*key) {
                show(part.value(), branches.picks().collect());
            }
        });
    }
}
