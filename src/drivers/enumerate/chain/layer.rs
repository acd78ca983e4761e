//! The states of a layer with their numbers, in the order in which they are met.

use std::collections::BTreeMap;

use hashbrown::HashTable;

use super::way::{self, Actions};
use crate::drivers::enumerate::layer::hash;
use crate::drivers::enumerate::packing::Key;

/// A state to be written when its turn comes.
#[derive(Clone, Debug)]
pub(super) enum Slot<const W: usize> {
    /// Before a turn: the state of the talks.
    Talks(Key<W>),
    /// In a turn, before a decision that chance led to: its place among the decisions.
    Decision(u32),
    /// After the last turn: its place among the ends.
    End(u32),
}

/// A decision within a turn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decision {
    pub labels: Vec<usize>,
    pub actions: Actions,
}

/// A layer being filled, or being written.
#[derive(Clone, Debug)]
pub(super) struct Numbered<const W: usize> {
    /// The number of the first state.
    pub first: u64,
    pub slots: Vec<Slot<W>>,
    pub decisions: Vec<Decision>,
    /// The labels of ends met for the first time.
    pub ends: Vec<Vec<usize>>,
    talks: HashTable<u32>,
    decided: HashTable<u32>,
}

/// Every end met so far with its number; there are few.
pub(super) type Ends = BTreeMap<Vec<usize>, u64>;

impl<const W: usize> Numbered<W> {
    /// No states yet.
    pub fn new(first: u64) -> Self {
        Self {
            first,
            slots: Vec::new(),
            decisions: Vec::new(),
            ends: Vec::new(),
            talks: HashTable::new(),
            decided: HashTable::new(),
        }
    }

    /// The number that the next state gets.
    pub fn next(&self) -> u64 {
        self.first + self.slots.len() as u64
    }

    /// The number of a state before a turn.
    pub fn talks(&mut self, key: Key<W>) -> u64 {
        let (slots, n) = (&self.slots, self.slots.len() as u32);
        let known = |at: &u32| matches!(&slots[*at as usize], Slot::Talks(k) if *k == key);
        if let Some(at) = self.talks.find(hash(&key), known) {
            return self.first + u64::from(*at);
        }
        self.slots.push(Slot::Talks(key));
        let slots = &self.slots;
        self.talks.insert_unique(hash(&key), n, |at| match &slots[*at as usize] {
            Slot::Talks(key) => hash(key),
            _ => 0,
        });
        self.first + u64::from(n)
    }

    /// The number of a decision within the turn before this layer.
    pub fn decision(&mut self, labels: &[usize], actions: Actions) -> u64 {
        let (slots, decisions, n) = (&self.slots, &mut self.decisions, self.slots.len() as u32);
        let of = |decisions: &[Decision], at: u32| match &slots[at as usize] {
            Slot::Decision(k) => *k as usize,
            _ => decisions.len(),
        };
        let hash = way::hash(labels, &actions);
        let decision = Decision { labels: labels.to_vec(), actions };
        let known = |at: &u32| decisions.get(of(decisions, *at)).is_some_and(|d| *d == decision);
        if let Some(at) = self.decided.find(hash, known) {
            return self.first + u64::from(*at);
        }
        self.decided.insert_unique(hash, n, |at| {
            decisions.get(of(decisions, *at)).map_or(0, |d| way::hash(&d.labels, &d.actions))
        });
        self.slots.push(Slot::Decision(decisions.len() as u32));
        decisions.push(decision);
        self.first + u64::from(n)
    }

    /// The number of an end, the same in all layers.
    pub fn end(&mut self, ends: &mut Ends, labels: Vec<usize>) -> u64 {
        if let Some(id) = ends.get(&labels) {
            return *id;
        }
        let id = self.next();
        self.slots.push(Slot::End(self.ends.len() as u32));
        self.ends.push(labels.clone());
        ends.insert(labels, id);
        id
    }
}
