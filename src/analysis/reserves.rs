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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Source, load};

    /// Talks of parties with these ids, each with a reserve or without one.
    fn talks(parties: &[(&str, bool)]) -> Model {
        let ids: Vec<String> = parties.iter().map(|(id, _)| format!("{id:?}")).collect();
        let mut text = format!(
            "[scenario]\ntitle = \"Talks\"\nstart = 2025-01-01\nrounds = 2\n[track.talks]\nseats = [{}]\n",
            ids.join(", ")
        );
        for (id, open) in parties {
            let reserve = if *open { "reserve = { points = 8 }\n" } else { "" };
            text += &format!("[party.{id}]\nalternative = 30\n{reserve}");
        }
        let loaded = load(&Source { name: "talks.toml".into(), text }, &[], None);
        Model::new(loaded.world.expect("it has no mistakes"))
    }

    fn parties(model: &Model) -> Vec<Vec<String>> {
        Group::all(model).iter().map(|g| g.named(model, 0).parties).collect()
    }

    #[test]
    fn two_parties_are_also_told_together_and_three_are_not() {
        assert!(parties(&talks(&[("a", false), ("b", false)])).is_empty());
        assert_eq!(parties(&talks(&[("a", false), ("b", true)])), [["b"]]);
        let two = parties(&talks(&[("a", true), ("b", true)]));
        assert_eq!(two, [vec!["a"], vec!["b"], vec!["a", "b"]]);
        let three = parties(&talks(&[("a", true), ("b", true), ("c", true)]));
        assert_eq!(three, [["a"], ["b"], ["c"]]);
    }

    #[test]
    fn the_number_of_a_type_is_that_of_its_reserves() {
        let model = talks(&[("a", true), ("b", true)]);
        let both = &Group::all(&model)[2];
        assert_eq!(both.types(), TYPES);
        let mut state = State::new(&model);
        for number in 0..both.types() {
            let reserves = [number / RESERVES.len(), number % RESERVES.len()];
            for (party, reserve) in reserves.iter().enumerate() {
                state.put(model.cell(Quantity::Reserve(PartyId::new(party))), *reserve as u8);
            }
            assert_eq!(both.drawn(&model, &state), number);
            assert_eq!(both.named(&model, number).drawn, reserves.map(|r| RESERVES[r]));
        }
    }
}
