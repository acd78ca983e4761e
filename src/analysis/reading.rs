//! Reads the counts of an ensemble by what they are about.

use crate::domain::{InstrumentState, ItemState, Lifecycle, Model, SeatState, TrackState};

use super::counters::{BREACHES, Block, Counts, INTENSITIES, MILLIONTHS, Plan};
use super::reserves::{Group, TYPES};

/// Reads counts by what they are about. Rounds count from 0.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    plan: &'a Plan,
    counts: &'a Counts,
}

#[allow(missing_docs)]
impl<'a> Reading<'a> {
    pub fn new(plan: &'a Plan, counts: &'a Counts) -> Self {
        Self { plan, counts }
    }

    pub fn runs(&self) -> u64 {
        self.counts.runs
    }

    pub fn rounds(&self) -> usize {
        self.plan.rounds
    }

    fn row(&self, block: Block, a: usize, b: usize, width: usize) -> &'a [u64] {
        let start = block.at(a, b, 0);
        &self.counts.cells[start..start + width]
    }

    /// Runs by outcome.
    pub fn outcomes(&self, model: &Model) -> &'a [u64] {
        self.row(self.plan.outcomes, 0, 0, model.world.outcomes.len())
    }

    /// Runs by the round in which they ended.
    pub fn ended(&self) -> &'a [u64] {
        self.row(self.plan.ended, 0, 0, self.plan.rounds)
    }

    /// Runs by the round in which an instrument was first signed.
    pub fn signed(&self, text: usize) -> &'a [u64] {
        self.row(self.plan.signed, 0, text, self.plan.rounds)
    }

    /// Runs in which an instrument was never signed, by the round in which they ended.
    pub fn unsigned(&self, text: usize) -> &'a [u64] {
        self.row(self.plan.unsigned, 0, text, self.plan.rounds)
    }

    /// Runs by the number of breaches of an instrument up to the end of a round.
    pub fn breaches(&self, text: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.breaches, text, round, BREACHES)
    }

    /// Runs by the state of an instrument at the end of a round.
    pub fn text(&self, text: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.texts, text, round, InstrumentState::ALL.len())
    }

    /// Runs by the state of an item at the end of a round.
    pub fn item(&self, item: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.items, item, round, ItemState::ALL.len())
    }

    /// Runs by the option of an item at the end: first none, then the options.
    pub fn options(&self, item: usize, options: usize) -> &'a [u64] {
        self.row(self.plan.options, 0, item, options + 1)
    }

    /// Runs that ended with an item open, by the seat that stood against its closest option when it was last bargained
    /// over.
    pub fn blocks(&self, item: usize, seats: usize) -> &'a [u64] {
        self.row(self.plan.blocks, 0, item, seats)
    }

    /// Runs that ended with an item open without a failure to agree: it never came to the table, or came apart later.
    pub fn unopposed(&self, item: usize) -> u64 {
        self.counts.cells[self.plan.unopposed.at(0, 0, item)]
    }

    /// Runs by the state of a seat at the end of a round.
    pub fn seat(&self, seat: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.seats, seat, round, SeatState::ALL.len())
    }

    /// A seat's points of 100 at the end, summed over the runs.
    pub fn points(&self, seat: usize) -> f64 {
        self.counts.cells[self.plan.points.at(0, 0, seat)] as f64 / MILLIONTHS
    }

    /// A seat's alternative at the end, summed over the runs.
    pub fn alternatives(&self, seat: usize) -> f64 {
        self.counts.cells[self.plan.alternatives.at(0, 0, seat)] as f64 / MILLIONTHS
    }

    /// Runs in which a seat ends with no less than its alternative.
    pub fn content(&self, seat: usize) -> u64 {
        self.counts.cells[self.plan.content.at(0, 0, seat)]
    }

    /// Runs by the state of a track at the end of a round.
    pub fn track(&self, track: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.tracks, track, round, TrackState::ALL.len())
    }

    /// Runs in which a track was ripe at the end of a round.
    pub fn ripe(&self, track: usize) -> &'a [u64] {
        self.row(self.plan.ripe, 0, track, self.plan.rounds)
    }

    /// Runs by the intensity of a front at the end of a round.
    pub fn intensity(&self, front: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.intensity, front, round, INTENSITIES)
    }

    /// Runs by the holder of a front at the end of a round.
    pub fn holder(&self, front: usize, round: usize, parties: usize) -> &'a [u64] {
        self.row(self.plan.holder, front, round, parties)
    }

    /// Runs by the round in which an event first fired.
    pub fn event(&self, event: usize) -> &'a [u64] {
        self.row(self.plan.events, 0, event, self.plan.rounds)
    }

    /// Runs by the round in which a measure first held.
    pub fn first(&self, measure: usize) -> &'a [u64] {
        self.row(self.plan.first, 0, measure, self.plan.rounds)
    }

    /// Runs in which a measure held at the end of each round.
    pub fn held(&self, measure: usize) -> &'a [u64] {
        self.row(self.plan.held, 0, measure, self.plan.rounds)
    }

    /// The parties whose reserves are told together.
    pub fn groups(&self) -> &'a [Group] {
        &self.plan.groups
    }

    /// Runs by what was drawn for the reserves of a group: for one type after the other, runs by outcome.
    pub fn drawn(&self, model: &Model, group: usize) -> &'a [u64] {
        self.row(self.plan.drawn, group, 0, TYPES * model.world.outcomes.len())
    }

    /// Sum and sum of squares of a counted reward.
    pub fn reward(&self, reward: usize) -> (u128, u128) {
        self.counts.rewards[reward]
    }
}
