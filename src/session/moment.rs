//! A decision as it was made, from which the talks can be played on otherwise.

use crate::agents::take_turn;
use crate::domain::{Model, Weight};
use crate::drivers::Sampler;
use crate::kernel::{Chooser, Silent, Site, State};

use super::question::Question;
use super::table::Decision;

/// A decision of a person, with all that is needed to play on from there.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What was asked.
    pub question: Question,
    /// The alternative that was picked, in the kernel's order.
    pub pick: usize,
    /// Whether it was left to the model.
    pub by_model: bool,
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
    pub fn play_on(&self, model: &Model, state: &mut State, pick: usize, chance: &mut Sampler) {
        state.restore(&self.cells);
        let here = Decision { site: self.question.site, pick, by_model: false };
        let mut forced = Forced { decisions: &self.earlier, here, inner: chance };
        take_turn(model, state, model.turns[self.turn], &mut forced, &mut Silent);
        for turn in &model.turns[self.turn + 1..] {
            chance.take_turn(model, state, *turn, &mut []);
        }
        chance.play(model, state);
    }
}

/// Decides as people did in this turn, and leaves the rest to another.
struct Forced<'a> {
    decisions: &'a [Decision],
    here: Decision,
    inner: &'a mut Sampler,
}

impl Forced<'_> {
    fn forced(&self, site: Site) -> Option<usize> {
        let mut all = self.decisions.iter().chain([&self.here]);
        all.find(|d| d.site == site).map(|d| d.pick)
    }
}

impl Chooser for Forced<'_> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        self.forced(site).unwrap_or_else(|| self.inner.choose(site, weights))
    }

    fn takes(&self, site: Site) -> bool {
        self.forced(site).is_some() || self.inner.takes(site)
    }
}
