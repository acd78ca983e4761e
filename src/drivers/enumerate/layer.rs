//! The states that can be reached after so many turns, each once, with its mass.

use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::mass::Mass;
use super::packing::Key;

/// Parts of a layer. The number is fixed, so that nothing depends on how many threads there are.
pub(super) const SHARDS: usize = 64;
/// States of a shard that are expanded before what they lead to is merged: it bounds the memory in between.
const BLOCK: usize = 8192;
/// Below so many states threads cost more than they bring.
const FEW: usize = 4096;

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
}

impl<const W: usize, M: Mass> Outbox<'_, W, M> {
    /// This part of the mass stays where it is.
    #[inline]
    pub fn stay(&mut self, mass: &M) {
        self.stays.add(mass);
    }

    /// This part goes to another state.
    #[inline]
    pub fn go(&mut self, key: Key<W>, mass: M) {
        self.moves[shard_of(hash(&key))].push((key, mass));
    }
}

/// What is done with each state in a turn, by a worker with a workplace of its own.
pub(super) trait Step<const W: usize, M>: Sync {
    /// The workplace.
    type Desk: Send;
    /// Sends the mass of a state where it goes. Mass that is sent nowhere leaves the layer.
    fn take(&self, desk: &mut Self::Desk, key: &Key<W>, mass: M, out: &mut Outbox<W, M>);
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
            // Growing by a quarter keeps memory near what is needed.
            self.entries.reserve_exact(at / 4 + 16);
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

    fn keep(&mut self, keep: impl FnMut(&Entry<W, M>) -> bool) {
        self.entries.retain(keep);
        self.alive = self.entries.len();
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
        let mut shards: Vec<_> = (0..SHARDS).map(|_| Shard::new()).collect();
        shards[shard_of(hash(&key))].receive(&key, &M::one(), 0);
        Self { shards, moves: vec![vec![Vec::new(); SHARDS]; SHARDS], now: 0 }
    }

    /// How many states it has.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|s| s.alive).sum()
    }

    /// Bytes that one state takes.
    pub fn bytes_a_state() -> usize {
        // A quarter of room to grow, and an index of four bytes and a tag that is between half and seven eighths full.
        size_of::<Entry<W, M>>() * 5 / 4 + 10
    }

    /// Every state takes its turn; equal ones are merged.
    pub fn step<S: Step<W, M>>(&mut self, step: &S, desks: &mut [S::Desk]) {
        let (now, next) = (self.now, 1 - self.now);
        let sizes: Vec<usize> = self.shards.iter().map(|s| s.entries.len()).collect();
        let most = sizes.iter().copied().max().unwrap_or(0);
        let parallel = sizes.iter().sum::<usize>() >= FEW;
        self.shards.iter_mut().for_each(|s| s.alive = 0);
        for start in (0..most).step_by(BLOCK) {
            let work = self.shards.iter_mut().zip(&mut self.moves).zip(desks.iter_mut()).zip(&sizes);
            let work = work.map(|(((shard, moves), desk), size)| Work {
                shard,
                moves,
                desk,
                range: start..(start + BLOCK).min(*size),
            });
            if parallel {
                let work: Vec<_> = work.collect();
                work.into_par_iter().for_each(|w| expand(step, w, now));
                let moves = &self.moves;
                self.shards.par_iter_mut().enumerate().for_each(|(t, s)| gather(s, moves, t, next));
            } else {
                work.for_each(|w| expand(step, w, now));
                self.shards.iter_mut().enumerate().for_each(|(t, s)| gather(s, &self.moves, t, next));
            }
            self.moves.iter_mut().flatten().for_each(Vec::clear);
        }
        self.now = next;
        match parallel {
            true => self.shards.par_iter_mut().for_each(|s| s.compact(next)),
            false => self.shards.iter_mut().for_each(|s| s.compact(next)),
        }
    }

    /// Every state with its mass, in parallel; the order means nothing.
    pub fn each<T: Send>(
        &self,
        start: impl Fn() -> T + Sync + Send,
        look: impl Fn(&mut T, &Key<W>, &M) + Sync + Send,
        join: impl Fn(T, T) -> T + Sync + Send,
    ) -> T {
        let shard = |shard: &Shard<W, M>| {
            let mut seen = start();
            let alive = shard.entries.iter().filter(|e| !e.mass[self.now].is_zero());
            alive.for_each(|e| look(&mut seen, &e.key, &e.mass[self.now]));
            seen
        };
        self.shards.par_iter().map(shard).reduce(&start, &join)
    }

    /// Drops every state lighter than `size`.
    pub fn drop_below(&mut self, size: u32) {
        let now = self.now;
        self.shards
            .par_iter_mut()
            .for_each(|s| s.keep(|e| e.mass[now].size() >= size && !e.mass[now].is_zero()));
    }
}

/// A block of a shard for one worker.
struct Work<'a, const W: usize, M, D> {
    shard: &'a mut Shard<W, M>,
    moves: &'a mut Vec<Vec<(Key<W>, M)>>,
    desk: &'a mut D,
    range: std::ops::Range<usize>,
}

fn expand<const W: usize, M: Mass, S: Step<W, M>>(step: &S, work: Work<W, M, S::Desk>, now: usize) {
    let Work { shard, moves, desk, range } = work;
    if range.is_empty() {
        return;
    }
    for entry in &mut shard.entries[range] {
        let mass = std::mem::replace(&mut entry.mass[now], M::zero());
        if mass.is_zero() {
            continue;
        }
        let mut out = Outbox { stays: M::zero(), moves };
        step.take(desk, &entry.key, mass, &mut out);
        if !out.stays.is_zero() {
            let next = &mut entry.mass[1 - now];
            shard.alive += usize::from(next.is_zero());
            next.add(&out.stays);
        }
    }
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
