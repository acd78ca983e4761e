//! The ids that a file defines, before anything is resolved.

use super::shape::Agent;
use super::tree::{Place, Table};

/// Every agent's id with its place, kind by kind, in the order of the file.
pub(super) struct Ids {
    lists: Vec<Vec<(String, Place)>>,
}

impl Ids {
    /// Reads the ids of a tree.
    pub fn of(root: &Table) -> Self {
        let list = |agent: &Agent| {
            let entries = root.table(agent.key()).map_or(&[][..], |t| &t.entries);
            entries.iter().map(|e| (e.key.clone(), e.key_place)).collect()
        };
        Self { lists: Agent::ALL.iter().map(list).collect() }
    }

    /// The ids of a kind.
    pub fn all(&self, agent: Agent) -> impl Iterator<Item = &str> + Clone {
        self.lists[agent as usize].iter().map(|(id, _)| id.as_str())
    }

    /// The place in the list of its kind.
    pub fn find(&self, agent: Agent, id: &str) -> Option<usize> {
        self.all(agent).position(|known| known == id)
    }

    /// Where an agent is defined.
    pub fn place(&self, agent: Agent, at: usize) -> Option<Place> {
        self.lists[agent as usize].get(at).map(|(_, place)| *place)
    }

    /// How many there are.
    pub fn count(&self, agent: Agent) -> usize {
        self.lists[agent as usize].len()
    }
}
