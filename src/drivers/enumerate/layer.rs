//! The states that can be reached after so many turns, each once, with its mass.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::drivers::parallel;

use super::mass::Mass;
use super::packing::Key;

/// Parts of a layer. The number is fixed, so that nothing depends on how many threads there are.
pub(super) const SHARDS: usize = 64;
/// States of a shard that are expanded before what they lead to is merged.
const BLOCK: usize = 1024;
/// Ways that states of a shard may go before that is merged, at most, be it in the midst of a state that can go more ways: it
/// bounds the memory in between.
const WAYS: usize = 8 * BLOCK;
/// Below so many states threads cost more than they bring.
const FEW: usize = 4096;
/// Room that a shard's list of states grows by: an eighth.
const GROWTH: usize = 8;
/// States a layer may hold in the middle of a turn, those that have taken their turn already included, for two that it keeps
/// after it.
const MIDST: usize = 5;

/// A state with its mass before and after the turn in progress.
#[derive(Clone, Debug)]
struct Entry<const W: usize, M> {
    key: Key<W>,
    mass: [M; 2],
}

/// A part of a layer, chosen by hash.
#[derive(Clone, Debug)]
struct Shard<const W: usize, M> {
    entries: Vec<Entry<W, M>>,
    index: HashTable<u32>,
    alive: usize,
}

/// Where a state goes in a turn.
pub(super) struct Outbox<'a, const W: usize, M> {
    stays: M,
    moves: &'a mut [Vec<(Key<W>, M)>],
    /// Ways that may still go out before what they lead to is merged.
    left: usize,
}

impl<const W: usize, M: Mass> Outbox<'_, W, M> {
    /// This part of the mass stays where it is.
    #[inline]
    pub fn stay(&mut self, mass: &M) {
        self.left = self.left.saturating_sub(1);
        self.stays.add(mass);
    }

    /// This part goes to another state.
    #[inline]
    pub fn go(&mut self, key: Key<W>, mass: M) {
        self.left = self.left.saturating_sub(1);
        self.moves[shard_of(hash(&key))].push((key, mass));
    }

    /// Whether there is no room for another way.
    #[inline]
    pub fn full(&self) -> bool {
        self.left == 0
    }
}

/// What is done with each state in a turn, by a worker with a workplace of its own.
pub(super) trait Step<const W: usize, M>: Sync {
    /// The workplace.
    type Scratch: Send;
    /// Sends the mass of a state where it goes; mass that is sent nowhere leaves the layer. Where the outbox is full before all
    /// ways have been gone, `false`: what is left is gone when this is called for the state again, `begun`, with the same scratch.
    fn take(
        &self,
        scratch: &mut Self::Scratch,
        key: &Key<W>,
        mass: &M,
        out: &mut Outbox<W, M>,
        begun: bool,
    ) -> bool;
}

/// A layer of states.
#[derive(Clone, Debug)]
pub(super) struct Layer<const W: usize, M> {
    shards: Vec<Shard<W, M>>,
    moves: Vec<Vec<Vec<(Key<W>, M)>>>,
    /// Which of the two masses of an entry is the present one.
    now: usize,
}

#[inline]
pub(super) fn hash<const W: usize>(key: &Key<W>) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    key.iter().for_each(|word| hasher.write_u64(*word));
    hasher.finish()
}

/// Bits that the table of a shard uses neither for its slots nor for its tags.
#[inline]
fn shard_of(hash: u64) -> usize {
    (hash >> 48) as usize % SHARDS
}

impl<const W: usize, M: Mass> Shard<W, M> {
    fn new() -> Self {
        Self { entries: Vec::new(), index: HashTable::new(), alive: 0 }
    }

    /// Adds mass to a state after the turn.
    #[inline]
    fn receive(&mut self, key: &Key<W>, mass: &M, next: usize) {
        let entries = &self.entries;
        let hash = hash(key);
        match self.index.find(hash, |at| entries[*at as usize].key == *key) {
            Some(at) => {
                let entry = &mut self.entries[*at as usize];
                self.alive += usize::from(entry.mass[next].is_zero() && !mass.is_zero());
                entry.mass[next].add(mass);
            }
            None if mass.is_zero() => {}
            None => self.insert(hash, *key, mass.clone(), next),
        }
    }

    fn insert(&mut self, hash: u64, key: Key<W>, mass: M, next: usize) {
        let at = self.entries.len();
        if at == self.entries.capacity() {
            // Growing by little keeps memory near what is needed.
            self.entries.reserve_exact(at / GROWTH + 16);
        }
        let mut masses = [M::zero(), M::zero()];
        masses[next] = mass;
        self.entries.push(Entry { key, mass: masses });
        let entries = &self.entries;
        self.index.insert_unique(hash, at as u32, |at| self::hash(&entries[*at as usize].key));
        self.alive += 1;
    }

    /// Forgets states without mass when they are many.
    fn compact(&mut self, now: usize) {
        if self.entries.len() < 64 || self.alive * 4 > self.entries.len() * 3 {
            return;
        }
        self.keep(|entry| !entry.mass[now].is_zero());
    }

    /// In the middle of a turn: forgets states that have taken theirs and were not reached again, and those lighter than `below`
    /// that have been reached; the states of `waiting` have yet to take their turn and stay.
    fn clear_out(&mut self, waiting: &mut Range<usize>, next: usize, below: u32) {
        let (mut at, mut gone) = (0, 0);
        let still = waiting.clone();
        self.alive = 0;
        let alive = &mut self.alive;
        self.entries.retain_mut(|entry| {
            let mass = &mut entry.mass[next];
            if !mass.is_zero() && mass.size() < below {
                *mass = M::zero();
            }
            let reached = !mass.is_zero();
            *alive += usize::from(reached);
            let keep = reached || still.contains(&at);
            gone += usize::from(!keep && at < still.start);
            at += 1;
            keep
        });
        *waiting = still.start - gone..still.end - gone;
        self.find_again();
    }

    fn keep(&mut self, keep: impl FnMut(&Entry<W, M>) -> bool) {
        self.entries.retain(keep);
        self.alive = self.entries.len();
        self.find_again();
    }

    /// The index, made anew.
    fn find_again(&mut self) {
        let entries = &self.entries;
        self.index.clear();
        for (at, entry) in entries.iter().enumerate() {
            self.index
                .insert_unique(hash(&entry.key), at as u32, |at| self::hash(&entries[*at as usize].key));
        }
    }
}

impl<const W: usize, M: Mass> Layer<W, M> {
    /// A layer of one state that has all the mass.
    pub fn start(key: Key<W>) -> Self {
        Self::of(std::iter::once((key, M::one())))
    }

    fn empty() -> Self {
        let shards = (0..SHARDS).map(|_| Shard::new()).collect();
        Self { shards, moves: vec![vec![Vec::new(); SHARDS]; SHARDS], now: 0 }
    }

    /// A layer of these states.
    pub fn of(states: impl Iterator<Item = (Key<W>, M)>) -> Self {
        let mut layer = Self::empty();
        states.for_each(|(key, mass)| layer.shards[shard_of(hash(&key))].receive(&key, &mass, 0));
        layer
    }

    /// Forgets everything but its states: what becomes of it is then the same as of a layer made of these states in this order.
    pub fn tidy(&mut self) {
        let now = self.now;
        parallel::each_of(&mut self.shards, |_, s| s.keep(|entry| !entry.mass[now].is_zero()));
    }

    /// How many states it has.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|s| s.alive).sum()
    }

    /// Bytes that each of the states takes that are kept after a turn, at most: in the middle of the turn there are more.
    pub fn bytes_a_state() -> usize {
        // Room to grow, and an index of four bytes and a tag that is between half and seven eighths full.
        let held = size_of::<Entry<W, M>>() * (GROWTH + 1) / GROWTH + 11;
        held * MIDST / 2
    }

    /// States that may be kept after each turn so that all together never take more than so many bytes.
    pub fn fitting(bytes: u64) -> usize {
        // What is on its way between shards, in lists that may have grown to twice of what they hold, and then found in a layer that
        // is let go of only after that.
        let moves = SHARDS * WAYS * (2 * size_of::<(Key<W>, M)>() + Self::bytes_a_state());
        let states = bytes.saturating_sub(moves as u64) / Self::bytes_a_state() as u64;
        (states as usize).max(FEW)
    }

    /// Every state takes its turn; equal ones are merged. Where far more than `most` states come of it, the lightest of those
    /// that have been reached are let go on the way; how many, and what they weighed, is returned. `go_on` is told in
    /// the midst of a long turn how far it has come: the turn is broken off where it says so.
    pub fn step<S: Step<W, M>>(
        &mut self,
        step: &S,
        scratches: &mut [S::Scratch],
        most: usize,
        go_on: &mut dyn FnMut(Midst<M>) -> bool,
    ) -> Shed<M> {
        let (now, next) = (self.now, 1 - self.now);
        let mut waiting: Vec<Range<usize>> = self.shards.iter().map(|s| 0..s.entries.len()).collect();
        let mut begun = [false; SHARDS];
        let mut ways = [0; SHARDS];
        let parallel = waiting.iter().map(Range::len).sum::<usize>() >= FEW;
        let mut shed = Shed::none();
        self.shards.iter_mut().for_each(|s| s.alive = 0);
        while waiting.iter().any(|w| !w.is_empty()) {
            let places = waiting.iter_mut().zip(&mut begun).zip(&mut ways);
            let work = self.shards.iter_mut().zip(&mut self.moves).zip(scratches.iter_mut()).zip(places);
            let work = work.map(|(((shard, moves), scratch), ((waiting, begun), ways))| Work {
                shard,
                moves,
                scratch,
                waiting,
                begun,
                ways,
            });
            if parallel {
                let mut work: Vec<_> = work.collect();
                parallel::each_of(&mut work, |_, w| expand(step, w, now));
                let moves = &self.moves;
                parallel::each_of(&mut self.shards, |t, s| gather(s, moves, t, next));
            } else {
                work.for_each(|mut w| expand(step, &mut w, now));
                self.shards.iter_mut().enumerate().for_each(|(t, s)| gather(s, &self.moves, t, next));
            }
            self.moves.iter_mut().flatten().for_each(Vec::clear);
            if self.shards.iter().map(|s| s.entries.len()).sum::<usize>() > most.saturating_mul(MIDST) / 2 {
                self.make_room(&mut waiting, most, &mut shed);
            }
            let midst = Midst { states: self.len(), ways: ways.iter().sum(), shed: &shed };
            if waiting.iter().any(|w| !w.is_empty()) && !go_on(midst) {
                break;
            }
        }
        self.now = next;
        match parallel {
            true => parallel::each_of(&mut self.shards, |_, s| s.compact(next)),
            false => self.shards.iter_mut().for_each(|s| s.compact(next)),
        }
        shed
    }

    /// In the middle of a turn: forgets what is not needed any more, and where more than `most` states have been reached, the
    /// lightest of them.
    fn make_room(&mut self, waiting: &mut [Range<usize>], most: usize, shed: &mut Shed<M>) {
        let next = 1 - self.now;
        let mut below = 0;
        if self.len() > most {
            let (size, light) = self.weights(next).lightest(|left, _| left > most);
            below = size;
            shed.states += light.states;
            shed.mass.add(&light.mass);
        }
        let mut work: Vec<_> = self.shards.iter_mut().zip(waiting).collect();
        parallel::each_of(&mut work, |_, (shard, waiting)| shard.clear_out(waiting, next, below));
    }

    /// How many states there are of each size.
    fn weights(&self, now: usize) -> Weights<M> {
        let none = || Weights { sizes: vec![(0, M::zero()); M::SIZES] };
        let add = |weights: &mut Weights<M>, k: usize| {
            let masses = self.shards[k].entries.iter().map(|e| &e.mass[now]);
            masses.filter(|m| !m.is_zero()).for_each(|m| weights.add(m));
        };
        parallel::sum(self.shards.len(), none, add, Weights::join)
    }

    /// Drops the lightest states, size by size, while `more` says so of the states that would be left without those dropped so
    /// far and of the mass that would be gone with the next size as well.
    pub fn drop_lightest(&mut self, more: impl Fn(usize, &M) -> bool) -> Shed<M> {
        let (below, light) = self.weights(self.now).lightest(more);
        if below > 0 {
            let now = self.now;
            let heavy = |e: &Entry<W, M>| e.mass[now].size() >= below && !e.mass[now].is_zero();
            parallel::each_of(&mut self.shards, |_, s| s.keep(heavy));
        }
        light
    }

    /// Every state with its mass, in parallel; what workers have seen is joined in the order of the shards.
    pub fn each<T: Send>(
        &self,
        start: impl Fn() -> T + Sync + Send,
        look: impl Fn(&mut T, &Key<W>, &M) + Sync + Send,
        join: impl Fn(&mut T, T),
    ) -> T {
        let shard = |k: usize| {
            let mut seen = start();
            let alive = self.shards[k].entries.iter().filter(|e| !e.mass[self.now].is_zero());
            alive.for_each(|e| look(&mut seen, &e.key, &e.mass[self.now]));
            seen
        };
        let mut all = start();
        parallel::map(self.shards.len(), shard).into_iter().for_each(|seen| join(&mut all, seen));
        all
    }
}

/// How far a turn has come.
pub(super) struct Midst<'a, M> {
    /// States reached so far.
    pub states: usize,
    /// Ways gone so far.
    pub ways: u64,
    /// What has been let go.
    pub shed: &'a Shed<M>,
}

/// States that were let go, and what they weighed.
#[derive(Clone, Debug)]
pub(super) struct Shed<M> {
    pub states: usize,
    pub mass: M,
}

/// States by the size of their mass: how many, and their mass.
struct Weights<M> {
    sizes: Vec<(usize, M)>,
}

impl<M: Mass> Shed<M> {
    fn none() -> Self {
        Self { states: 0, mass: M::zero() }
    }
}

impl<M: Mass> Weights<M> {
    fn add(&mut self, mass: &M) {
        let size = &mut self.sizes[(mass.size() as usize).min(M::SIZES - 1)];
        size.0 += 1;
        size.1.add(mass);
    }

    fn join(&mut self, other: Self) {
        for (a, b) in self.sizes.iter_mut().zip(other.sizes) {
            a.0 += b.0;
            a.1.add(&b.1);
        }
    }

    /// As [`Layer::drop_lightest`]: the size below which states go, and these states.
    fn lightest(&self, more: impl Fn(usize, &M) -> bool) -> (u32, Shed<M>) {
        let mut left: usize = self.sizes.iter().map(|s| s.0).sum();
        let (mut below, mut light) = (0, Shed::<M>::none());
        for (size, (count, mass)) in self.sizes.iter().enumerate() {
            let mut lighter = light.mass.clone();
            lighter.add(mass);
            if !more(left, &lighter) {
                break;
            }
            left -= count;
            below = size as u32 + 1;
            light = Shed { states: light.states + count, mass: lighter };
        }
        (below, light)
    }
}

/// A shard for one worker.
struct Work<'a, const W: usize, M, D> {
    shard: &'a mut Shard<W, M>,
    moves: &'a mut Vec<Vec<(Key<W>, M)>>,
    scratch: &'a mut D,
    /// Its states that have yet to take their turn.
    waiting: &'a mut Range<usize>,
    /// Whether the first of them has gone some of its ways.
    begun: &'a mut bool,
    /// Ways that its states have gone.
    ways: &'a mut u64,
}

/// The next block of states of a shard takes its turn.
fn expand<const W: usize, M: Mass, S: Step<W, M>>(step: &S, work: &mut Work<W, M, S::Scratch>, now: usize) {
    let Work { shard, moves, scratch, waiting, begun, ways } = work;
    let end = (waiting.start + BLOCK).min(waiting.end);
    let mut left = WAYS;
    while waiting.start < end && left > 0 {
        let entry = &mut shard.entries[waiting.start];
        let mass = std::mem::replace(&mut entry.mass[now], M::zero());
        let mut out = Outbox { stays: M::zero(), moves, left };
        let done = mass.is_zero() || step.take(scratch, &entry.key, &mass, &mut out, **begun);
        left = out.left;
        if !out.stays.is_zero() {
            let next = &mut entry.mass[1 - now];
            shard.alive += usize::from(next.is_zero());
            next.add(&out.stays);
        }
        **begun = !done;
        if done {
            waiting.start += 1;
        } else {
            entry.mass[now] = mass;
        }
    }
    **ways += (WAYS - left) as u64;
}

fn gather<const W: usize, M: Mass>(
    shard: &mut Shard<W, M>,
    moves: &[Vec<Vec<(Key<W>, M)>>],
    target: usize,
    next: usize,
) {
    for (key, mass) in moves.iter().flat_map(|from| &from[target]) {
        shard.receive(key, mass, next);
    }
}
