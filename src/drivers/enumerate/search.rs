//! Searches all reachable states for such as are looked for, and finds the shortest way to one.

use std::ops::RangeInclusive;

use crate::domain::layout::Cell;
use crate::domain::{Model, Quantity, Turn};
use crate::drivers::parallel;
use crate::kernel::State;

use super::branches::Branches;
use super::layer::{Layer, Outbox, SHARDS, Step};
use super::mass::{Likeliest, Mass};
use super::memory::MemoryBudget;
use super::packing::{Key, Packing, Unforeseen};
use super::sweep::{foreseen, thin, with_words};
use super::tracked::TrackedCells;

/// The states of a layer, each with how likely the likeliest way to it is.
type States<const W: usize> = Vec<(Key<W>, f64)>;

/// States of past layers that may be kept on the way to a finding, for each that a layer may have.
const TRAIL: usize = 4;
/// So many steps apart layers are tidied: they can be made anew from there.
const TIDY: usize = 4;
/// States that one worker goes back from in one go.
const CHUNK: usize = 1024;

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

/// Looks at every reachable state for findings `0..n`; where there are more states after a turn than there is room for, only at
/// the likeliest. `progress` hears how many turns have been taken and the states after the last one, and says whether to go on.
pub fn search(
    model: &Model,
    watch: &impl Watch,
    n: usize,
    room: MemoryBudget,
    mut progress: impl FnMut(usize, usize) -> bool,
) -> Searched {
    let mut tracked = TrackedCells::guess_while(model, || progress(0, 1));
    loop {
        let packing = Packing::new(model, &tracked, watch.width());
        let hunt = Hunt { model, watch, packing: &packing, n, room };
        match with_words!(packing.words(), W => hunt.run::<W>(&mut progress)) {
            Ok(searched) => return searched,
            Err(unforeseen) => tracked.learn(unforeseen),
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
    room: MemoryBudget,
}

/// How far a walk has come.
enum Walked<'a, const W: usize> {
    /// In the midst of a step, with so many states reached.
    Midst(usize),
    /// After a step, with what was found in its layer.
    After(&'a Layer<W, Likeliest>, Best<W>),
}

/// A worker's workplace.
struct Scratch<const W: usize> {
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
    type Scratch = Scratch<W>;

    fn take(
        &self,
        scratch: &mut Scratch<W>,
        key: &Key<W>,
        mass: &Likeliest,
        out: &mut Outbox<W, Likeliest>,
        begun: bool,
    ) -> bool {
        let Scratch { branches, state, base, unforeseen, .. } = scratch;
        self.packing.unpack(key, base);
        let turn = (self.model, self.turn);
        branches.visit(turn, state, (base, begun), mass, |_, state, part| {
            match self.packing.repack(*key, base, state.cells()) {
                Ok(to) if to == *key => out.stay(&part),
                Ok(to) => out.go(to, part),
                Err(Unforeseen(cell)) => *unforeseen = Some(cell),
            }
            !out.full()
        })
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
    type Scratch = Scratch<W>;

    fn take(
        &self,
        scratch: &mut Scratch<W>,
        key: &Key<W>,
        mass: &Likeliest,
        out: &mut Outbox<W, Likeliest>,
        _: bool,
    ) -> bool {
        self.packing.unpack(key, &mut scratch.base);
        scratch.state.restore(&scratch.base);
        scratch.state.put(self.round.0, self.round.1);
        let ends = scratch.state.cell(self.outcome) != 0;
        let (memory, found) = self.watch.after_round(self.packing.marks(key), &mut scratch.state, ends);
        for (k, best) in scratch.found.iter_mut().enumerate() {
            if found >> k & 1 == 1 {
                better(best, (mass.value(), *key));
            }
        }
        if !ends {
            match self.packing.mark(*key, memory) {
                to if to == *key => out.stay(mass),
                to => out.go(to, *mass),
            }
        }
        true
    }
}

/// Where a finding was made: the layer after so many steps, and the key.
struct Spot<const W: usize> {
    step: usize,
    key: Key<W>,
}

/// What a step is: a turn of a round, by its place in the schedule, or the round's end. Step 0 is the start.
#[derive(Clone, Copy)]
struct At {
    round: u8,
    turn: Option<usize>,
}

impl<T: Watch> Hunt<'_, T> {
    fn at(&self, step: usize) -> At {
        let turns = self.model.turns.len();
        match step {
            0 => At { round: 0, turn: None },
            _ => {
                let (round, turn) = ((step - 1) / (turns + 1), (step - 1) % (turns + 1));
                At { round: round as u8 + 1, turn: (turn < turns).then_some(turn) }
            }
        }
    }

    fn run<const W: usize>(
        &self,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Searched, Unforeseen> {
        let mut spots: Vec<Option<Spot<W>>> = (0..self.n).map(|_| None).collect();
        let mut searched = Searched::default();
        let mut dropped = Likeliest::zero();
        let mut sizes = Vec::new();
        let start = vec![(self.start()?, 1.0)];
        let turns = self.model.turns.len();
        self.walk::<W>((0, start), &mut dropped, &mut |step, walked| {
            let at = self.at(step);
            let done = usize::from(at.round.max(1) - 1) * turns + at.turn.map_or(0, |t| t + 1);
            let (layer, found) = match walked {
                Walked::Midst(states) => {
                    searched.stopped |= !progress(done, states);
                    searched.complete &= !searched.stopped;
                    return !searched.stopped;
                }
                Walked::After(layer, found) => (layer, found),
            };
            sizes.push(layer.len());
            searched.states += layer.len() as u64;
            searched.widest = searched.widest.max(layer.len());
            // What is found at the end of a round is found in the layer before that.
            let seen = if at.turn.is_none() { step.saturating_sub(1) } else { step };
            for (spot, found) in spots.iter_mut().zip(found) {
                if let (None, Some((_, key))) = (&spot, found) {
                    *spot = Some(Spot { step: seen, key });
                }
            }
            let go_on = at.turn.is_none() || progress(done, layer.len());
            searched.complete &= go_on;
            searched.stopped |= !go_on;
            // Once everything has been seen there is nothing left to look for.
            searched.early = spots.iter().all(Option::is_some);
            go_on && !searched.early
        })?;
        searched.complete &= dropped.is_zero();
        for spot in &spots {
            let sighting = spot.as_ref().map(|spot| self.way(spot, &sizes)).transpose()?;
            searched.sightings.push(sighting);
        }
        Ok(searched)
    }

    /// Walks on from a layer after so many steps, and shows it and all that follow with what was found in each, and what is reached
    /// in the midst of long steps; goes on while that says so. What is found at the end of a round is shown with the layer after it.
    fn walk<const W: usize>(
        &self,
        (from, states): (usize, States<W>),
        dropped: &mut Likeliest,
        show: &mut dyn FnMut(usize, Walked<W>) -> bool,
    ) -> Result<(), Unforeseen> {
        let (model, packing) = (self.model, self.packing);
        let (round, outcome) = (model.cell(Quantity::Round), model.cell(Quantity::Outcome));
        let mut scratches: Vec<Scratch<W>> = (0..SHARDS).map(|_| self.scratch()).collect();
        let mut layer = Layer::<W, Likeliest>::of(states.into_iter().map(|(key, p)| (key, Likeliest::of(p))));
        let most = self.room.part(1, 2).layer::<W, Likeliest>();
        let found = self.look(&layer, self.at(from).round.max(1));
        if !show(from, Walked::After(&layer, found)) {
            return Ok(());
        }
        for step in from + 1..=usize::from(model.world.rounds) * (model.turns.len() + 1) {
            let At { round: r, turn } = self.at(step);
            scratches.iter_mut().for_each(|d| d.base[round] = r);
            if step % TIDY == 1 {
                layer.tidy();
            }
            let found = match turn {
                Some(turn) => {
                    let play = Play { model, packing, turn: model.turns[turn] };
                    let mut goes_on = true;
                    let shed = layer.step(&play, &mut scratches, most, &mut |midst| {
                        goes_on = show(step, Walked::Midst(midst.states));
                        goes_on
                    });
                    dropped.add(&shed.mass);
                    if let Some(cell) = scratches.iter().find_map(|d| d.unforeseen) {
                        return Err(Unforeseen(cell));
                    }
                    if !goes_on {
                        return Ok(());
                    }
                    thin(&mut layer, most, 0.0, dropped);
                    self.look(&layer, r)
                }
                None => {
                    let close = Close { packing, watch: self.watch, round: (round, r), outcome };
                    layer.step(&close, &mut scratches, most, &mut |_| true);
                    self.at_the_end(&mut scratches)
                }
            };
            if !show(step, Walked::After(&layer, found)) || layer.len() == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// What workers have found at the end of a round.
    fn at_the_end<const W: usize>(&self, scratches: &mut [Scratch<W>]) -> Best<W> {
        let mut found: Best<W> = vec![None; self.n];
        for scratch in scratches {
            for (best, found) in found.iter_mut().zip(&mut scratch.found) {
                found.take().into_iter().for_each(|f| better(best, f));
            }
        }
        found
    }

    fn start<const W: usize>(&self) -> Result<Key<W>, Unforeseen> {
        let cells = foreseen(self.model, self.packing);
        self.packing.repack([0; W], &vec![0; cells.len()], &cells)
    }

    fn scratch<const W: usize>(&self) -> Scratch<W> {
        Scratch {
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
        let join = |a: &mut (State, Vec<u8>, Best<W>), b: (State, Vec<u8>, Best<W>)| {
            let pairs = a.2.iter_mut().zip(b.2);
            pairs.for_each(|(best, found)| found.into_iter().for_each(|f| better(best, f)));
        };
        layer.each(start, look, join).2
    }

    /// The likeliest of the shortest ways to a spot. `sizes` are the states of each layer.
    fn way<const W: usize>(&self, spot: &Spot<W>, sizes: &[usize]) -> Result<Sighting, Unforeseen> {
        let bytes = self.room.part(1, 2).bytes / size_of::<(Key<W>, f64)>() as u64;
        let trail =
            Trail { hunt: self, sizes, most: self.room.states.saturating_mul(TRAIL).min(bytes as usize) };
        let mut picks = Vec::new();
        let start = vec![(self.start()?, 1.0)];
        trail.back((0, &start), (spot.step, spot.key), 0, &mut picks)?;
        let at = self.at(spot.step);
        let picks = picks.into_iter().rev().flatten().collect();
        Ok(Sighting { round: at.round, turn: at.turn.unwrap_or(0), picks })
    }

    /// The likeliest state before a step that leads to `key`, and the picks that lead there.
    fn parent<const W: usize>(
        &self,
        before: &[(Key<W>, f64)],
        key: &Key<W>,
        round: u8,
        turn: Option<Turn>,
    ) -> (Key<W>, Vec<usize>) {
        let chunks: Vec<&[(Key<W>, f64)]> = before.chunks(CHUNK).collect();
        let chunk = |k: usize| {
            let mut scratch: Scratch<W> = self.scratch();
            scratch.base[self.model.cell(Quantity::Round)] = round;
            let mut best: Option<(f64, Key<W>, Vec<usize>)> = None;
            for (from, p) in chunks[k] {
                self.leads(&mut scratch, from, *p, key, turn, &mut |p, picks| {
                    let wins = best.as_ref().is_none_or(|b| p > b.0 || p == b.0 && *from < b.1);
                    if wins {
                        best = Some((p, *from, picks));
                    }
                });
            }
            best
        };
        let best = parallel::map(chunks.len(), chunk).into_iter().flatten().reduce(|a, b| {
            let first = a.0 > b.0 || a.0 == b.0 && a.1 <= b.1;
            if first { a } else { b }
        });
        // Every state of a layer was reached from one before it.
        best.map_or((*key, Vec::new()), |(_, from, picks)| (from, picks))
    }

    /// Shows each way from a state through a step to `key`, with its likelihood and picks.
    fn leads<const W: usize>(
        &self,
        scratch: &mut Scratch<W>,
        from: &Key<W>,
        p: f64,
        key: &Key<W>,
        turn: Option<Turn>,
        show: &mut dyn FnMut(f64, Vec<usize>),
    ) {
        let packing = self.packing;
        let Scratch { branches, state, base, .. } = scratch;
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
        let turn = (self.model, turn);
        branches.visit(turn, state, (base, false), &mass, |branches, state, part| {
            if packing.repack(*from, base, state.cells()) == Ok(*key) {
                show(part.value(), branches.picks().collect());
            }
            true
        });
    }
}

/// The way back from a state to one of an earlier layer. Layers are kept as far as there is room; where there is none, the way is
/// halved, and the layers of each half are made anew.
struct Trail<'a, T> {
    hunt: &'a Hunt<'a, T>,
    sizes: &'a [usize],
    /// States that may be kept.
    most: usize,
}

impl<T: Watch> Trail<'_, T> {
    /// Notes the picks from a layer to a state after it, last step first, and returns the state of the layer from which they
    /// lead. `kept` states are kept already.
    fn back<const W: usize>(
        &self,
        (from, states): (usize, &States<W>),
        (to, key): (usize, Key<W>),
        kept: usize,
        picks: &mut Vec<Vec<usize>>,
    ) -> Result<Key<W>, Unforeseen> {
        let between: usize = self.sizes[from..to].iter().sum();
        // Halved where layers are tidy, so that the same states are reached from there as before.
        let middle = ((from + to) / 2).next_multiple_of(TIDY);
        if middle <= from || middle >= to || kept.saturating_add(between) <= self.most {
            return self.follow((from, states), (to, key), picks);
        }
        let half = self.layers((from, states), middle..=middle)?.swap_remove(0);
        let key = self.back((middle, &half), (to, key), kept + half.len(), picks)?;
        drop(half);
        self.back((from, states), (middle, key), kept, picks)
    }

    /// As [`Trail::back`], with all layers between kept.
    fn follow<const W: usize>(
        &self,
        (from, states): (usize, &States<W>),
        (to, mut key): (usize, Key<W>),
        picks: &mut Vec<Vec<usize>>,
    ) -> Result<Key<W>, Unforeseen> {
        let between =
            if to > from + 1 { self.layers((from, states), from + 1..=to - 1)? } else { Vec::new() };
        for step in (from + 1..=to).rev() {
            let At { round, turn } = self.hunt.at(step);
            let before = if step == from + 1 { states } else { &between[step - from - 2] };
            let turn = turn.map(|k| self.hunt.model.turns[k]);
            let (parent, picked) = self.hunt.parent(before, &key, round, turn);
            key = parent;
            picks.push(picked);
        }
        Ok(key)
    }

    /// The layers after these steps.
    fn layers<const W: usize>(
        &self,
        (from, states): (usize, &States<W>),
        steps: RangeInclusive<usize>,
    ) -> Result<Vec<States<W>>, Unforeseen> {
        let mut layers = Vec::new();
        self.hunt.walk::<W>((from, states.clone()), &mut Likeliest::zero(), &mut |step, walked| {
            // In the midst of the last step there is still something to wait for.
            let Walked::After(layer, _) = walked else { return true };
            if steps.contains(&step) {
                let add = |list: &mut Vec<_>, key: &Key<W>, mass: &Likeliest| list.push((*key, mass.value()));
                layers.push(layer.each(Vec::new, add, |a, mut b| a.append(&mut b)));
            }
            step < *steps.end()
        })?;
        Ok(layers)
    }
}
