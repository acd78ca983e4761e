//! A decision as it was made, from which the talks can be played on otherwise.

use crate::agents::{play, take_turn};
use crate::domain::{Model, Quantity, Weight};
use crate::kernel::{Chooser, Chronicle, Site, State};

use super::question::Question;
use super::table::Decision;

/// A decision of a person, with all that is needed to play on from there.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What was asked.
    pub question: Question,
    /// The alternative that was picked, in the kernel's order.
    pub pick: usize,
    /// The state before the turn.
    pub cells: Vec<u8>,
    /// The place of the turn in the round.
    pub turn: usize,
    /// What people decided earlier in the same turn.
    pub earlier: Vec<Decision>,
}

impl Moment {
    /// The round.
    pub fn round(&self) -> u8 {
        self.question.site.round
    }

    /// Plays the talks to their end with another alternative picked here. From here on every seat is the model's: what people
    /// decided later plays no part.
    pub fn play_on<C: Chooser, K: Chronicle>(
        &self,
        model: &Model,
        state: &mut State,
        pick: usize,
        chance: &mut C,
        chronicle: &mut K,
    ) {
        state.restore(&self.cells);
        let here = Decision { site: self.question.site, pick };
        let mut forced = Forced { decisions: &self.earlier, here, inner: chance };
        take_turn(model, state, model.turns[self.turn], &mut forced, chronicle);
        for turn in &model.turns[self.turn + 1..] {
            take_turn(model, state, *turn, chance, chronicle);
        }
        if state.get(model, Quantity::Outcome) == 0 {
            play(model, state, chance, chronicle);
        }
    }
}

/// Decides as people did in this turn, and leaves the rest to another.
struct Forced<'a, C> {
    decisions: &'a [Decision],
    here: Decision,
    inner: &'a mut C,
}

impl<C> Forced<'_, C> {
    fn forced(&self, site: Site) -> Option<usize> {
        let mut all = self.decisions.iter().chain([&self.here]);
        all.find(|d| d.site == site).map(|d| d.pick)
    }
}

impl<C: Chooser> Chooser for Forced<'_, C> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        self.forced(site).unwrap_or_else(|| self.inner.choose(site, weights))
    }

    fn takes(&self, site: Site) -> bool {
        self.forced(site).is_some() || self.inner.takes(site)
    }
}
