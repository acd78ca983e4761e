//! The ids that a file defines, before anything is resolved.

use super::nearest::nearest;
use super::shape::{Agent, ROOT};
use super::tree::{Place, Table};

/// What a role can be by its name: `party.ID`, `mediator.ID`, or either by its id alone, the party first.
pub(super) fn role_kinds(name: &str) -> impl Iterator<Item = (Agent, &str)> {
    let (kind, id) = name.split_once('.').map_or((None, name), |(kind, id)| (Some(kind), id));
    let kinds = [Agent::Party, Agent::Mediator].into_iter();
    kinds.filter(move |agent| kind.is_none_or(|kind| kind == agent.key())).map(move |agent| (agent, id))
}

/// Every agent's id with its place, kind by kind, in the order of the file.
pub(super) struct Ids {
    lists: Vec<Vec<(String, Place)>>,
    /// Ids under a misspelled kind: what names them is not to blame.
    lost: Vec<(Agent, String)>,
}

impl Ids {
    /// Reads the ids of a tree.
    pub fn of(root: &Table) -> Self {
        let list = |agent: &Agent| {
            let entries = root.table(agent.key()).map_or(&[][..], |t| &t.entries);
            entries.iter().map(|e| (e.key.clone(), e.key_place)).collect()
        };
        Self { lists: Agent::ALL.iter().map(list).collect(), lost: lost(root) }
    }

    /// Whether an agent exists, be it under a misspelled kind.
    pub fn known(&self, agent: Agent, id: &str) -> bool {
        self.find(agent, id).is_some() || self.lost.iter().any(|(a, known)| *a == agent && known == id)
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

/// The ids below top-level keys that are probably a misspelled kind of agent.
fn lost(root: &Table) -> Vec<(Agent, String)> {
    let mut out = Vec::new();
    for entry in root.entries.iter().filter(|e| ROOT.key(&e.key).is_none()).take(16) {
        let meant = nearest(&entry.key, Agent::ALL.iter().map(|a| a.key()));
        let agent = meant.and_then(|key| Agent::ALL.into_iter().find(|a| a.key() == key));
        if let (Some(agent), Some(table)) = (agent, entry.node.as_table()) {
            out.extend(table.entries.iter().take(256).map(|e| (agent, e.key.clone())));
        }
    }
    out
}
