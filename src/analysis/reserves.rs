//! What was drawn for reserves. Runs differ by it, and that is no luck of the talks: it is what the author of a file left
//! open of an alternative, so studies tell their answers for every type as well.

use serde::Serialize;

use crate::domain::{Model, PartyId, Quantity, RESERVES};
use crate::kernel::State;

/// The most types that are told apart: those of two parties together.
pub const TYPES: usize = RESERVES.len() * RESERVES.len();

/// Parties whose reserves are told together. A type is what was drawn for each of them; types are numbered from 0, the
/// last party's reserve first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    parties: Vec<PartyId>,
}

/// What was drawn for some parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Type {
    /// The parties, by id.
    pub parties: Vec<String>,
    /// The reserve of each: `weak`, `expected` or `strong`.
    pub drawn: Vec<&'static str>,
}

impl Group {
    /// Each party that has a reserve, in the order of the scenario; then all of them together, where that makes at most
    /// [`TYPES`] types.
    pub fn all(model: &Model) -> Vec<Self> {
        let open = model.reserves.iter().enumerate().filter(|(_, odds)| odds.is_some());
        let open: Vec<PartyId> = open.map(|(k, _)| PartyId::new(k)).collect();
        let mut groups: Vec<Self> = open.iter().map(|p| Self { parties: vec![*p] }).collect();
        let together = Self { parties: open };
        if together.parties.len() > 1 && together.types() <= TYPES {
            groups.push(together);
        }
        groups
    }

    /// How many types there are.
    pub fn types(&self) -> usize {
        self.parties.iter().fold(1, |types: usize, _| types.saturating_mul(RESERVES.len()))
    }

    /// The number of the type that was drawn in a run; any state after the first turns of the parties shows it.
    pub fn drawn(&self, model: &Model, state: &State) -> usize {
        let reserve = |p: &PartyId| usize::from(state.get(model, Quantity::Reserve(*p)));
        self.parties.iter().fold(0, |drawn, party| drawn * RESERVES.len() + reserve(party))
    }

    /// The type with a number.
    pub fn named(&self, model: &Model, number: usize) -> Type {
        let mut left = number;
        let mut drawn: Vec<&'static str> = Vec::with_capacity(self.parties.len());
        for _ in &self.parties {
            drawn.push(RESERVES[left % RESERVES.len()]);
            left /= RESERVES.len();
        }
        drawn.reverse();
        let ids = self.parties.iter().map(|p| model.world.party(*p).name.id.clone());
        Type { parties: ids.collect(), drawn }
    }
}
