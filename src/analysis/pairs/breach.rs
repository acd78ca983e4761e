//! Who breaks a text: a state tells that it was broken and not by whom, so the turn in which it was is taken once more, with somebody
//! listening.

use crate::agents::take_turn;
use crate::domain::{InstrumentId, InstrumentState, Model, PartyId, Quantity as Q, Turn};
use crate::drivers::Sampler;
use crate::kernel::{Entry, Heard, State};

use super::milestone::Milestone;

/// Takes turns, and notes who broke a text in them.
#[derive(Debug)]
pub(super) struct Witness {
    breaches: Breaches,
    before: Vec<u8>,
    state: State,
    heard: Heard,
}

impl Witness {
    /// Of turns in a scenario among whose milestones breaches stand there.
    pub fn new(model: &Model, breaches: Breaches) -> Self {
        Self { breaches, before: model.initial.clone(), state: State::new(model), heard: Heard::default() }
    }

    /// One turn by chance; who broke a text in it is noted among the milestones that were reached.
    #[inline]
    pub fn take_turn(
        &mut self,
        (model, turn): (&Model, Turn),
        state: &mut State,
        chance: &mut Sampler,
        reached: &mut [bool],
    ) {
        let Turn::Comply(text) = turn else { return chance.take_turn(model, state, turn, &mut []) };
        let now = |state: &State| InstrumentState::of(state.get(model, Q::InstrumentState(text)));
        let in_force = now(state) == InstrumentState::InForce;
        if in_force {
            self.before.copy_from_slice(state.cells());
        }
        chance.take_turn(model, state, turn, &mut []);
        if in_force && matches!(now(state), InstrumentState::Suspended | InstrumentState::Broken) {
            self.listen((model, turn), chance, reached);
        }
    }

    /// Takes the turn just taken once more: what is drawn for a turn is the same however often it is taken.
    fn listen(&mut self, (model, turn): (&Model, Turn), chance: &mut Sampler, reached: &mut [bool]) {
        self.state.restore(&self.before);
        self.heard.0.clear();
        take_turn(model, &mut self.state, turn, chance, &mut self.heard);
        for breach in self.heard.0.iter().filter_map(Entry::breach) {
            let here = self.breaches.0.iter().filter(|(at, _)| *at == breach);
            here.for_each(|(_, place)| reached[*place] = true);
        }
    }
}

/// Where breaches stand among milestones: which text, by whom, at which place.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaches(Vec<((InstrumentId, PartyId), usize)>);

impl Breaches {
    /// Those of a list.
    pub fn among(milestones: impl Iterator<Item = Milestone>) -> Self {
        let at = |(place, milestone): (usize, Milestone)| match milestone {
            Milestone::Breached(text, party) => Some(((text.into(), party.into()), place)),
            _ => None,
        };
        Self(milestones.enumerate().filter_map(at).collect())
    }
}
