//! Who breaks a text: a state tells that it was broken and not by whom, so the turn in which it was is taken once more, with somebody
//! listening.

use crate::agents::take_turn;
use crate::domain::{InstrumentId, InstrumentState, Model, Quantity as Q, Turn};
use crate::drivers::Sampler;
use crate::kernel::{Entry, Heard, State};

use super::milestone::Milestone;

/// A text, and the parties that broke it in one turn, as a bit set.
pub(super) type Breach = (InstrumentId, u32);

/// Takes turns, and says who broke a text in them.
#[derive(Debug)]
pub(super) struct Witness {
    before: Vec<u8>,
    state: State,
    heard: Heard,
}

impl Witness {
    pub fn new(model: &Model) -> Self {
        Self { before: model.initial.clone(), state: State::new(model), heard: Heard::default() }
    }

    /// One turn by chance.
    #[inline]
    pub fn take_turn(
        &mut self,
        model: &Model,
        state: &mut State,
        turn: Turn,
        chance: &mut Sampler,
    ) -> Option<Breach> {
        let Turn::Comply(text) = turn else {
            chance.take_turn(model, state, turn, &mut []);
            return None;
        };
        let now = |state: &State| InstrumentState::of(state.get(model, Q::InstrumentState(text)));
        let in_force = now(state) == InstrumentState::InForce;
        if in_force {
            self.before.copy_from_slice(state.cells());
        }
        chance.take_turn(model, state, turn, &mut []);
        let ended = matches!(now(state), InstrumentState::Suspended | InstrumentState::Broken);
        (in_force && ended).then(|| (text, self.breakers(model, turn, chance)))
    }

    /// Who broke the text in the turn just taken: what is drawn for a turn is the same however often it is taken.
    fn breakers(&mut self, model: &Model, turn: Turn, chance: &mut Sampler) -> u32 {
        self.state.restore(&self.before);
        self.heard.0.clear();
        take_turn(model, &mut self.state, turn, chance, &mut self.heard);
        self.heard.0.iter().fold(0, |set, entry| match entry {
            Entry::Keeps { party, keeps: false, .. } | Entry::PressesOn { party, .. } => {
                set | 1 << party.at()
            }
            _ => set,
        })
    }
}

/// Where breaches stand among milestones.
#[derive(Clone, Debug, Default)]
pub(super) struct Breaches(Vec<(usize, usize, usize)>);

impl Breaches {
    /// Those of a list.
    pub fn among(milestones: impl Iterator<Item = Milestone>) -> Self {
        let at = |(place, milestone): (usize, Milestone)| match milestone {
            Milestone::Breached(text, party) => Some((text, party, place)),
            _ => None,
        };
        Self(milestones.enumerate().filter_map(at).collect())
    }

    /// Notes a breach among the milestones that were reached.
    pub fn note(&self, (text, parties): Breach, reached: &mut [bool]) {
        let here = self.0.iter().filter(|(n, p, _)| *n == text.at() && parties >> p & 1 == 1);
        here.for_each(|(.., place)| reached[*place] = true);
    }
}
