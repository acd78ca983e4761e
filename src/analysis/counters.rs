//! What an ensemble counts: whole numbers only, so that adding up runs in any order gives the same.

use serde::{Deserialize, Serialize};

use crate::domain::{
    EventState, ItemState, Lifecycle, Model, Quantity as Q, SeatState, TrackState, settled, signed,
};
use crate::domain::{InstrumentState, rule::Rule};
use crate::kernel::{State, holds, worth};

/// A question of one's own: a condition, counted over rounds.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The condition as written.
    pub text: String,
    /// The condition.
    pub rule: Rule,
}

/// Where each count stands in the list.
#[derive(Clone, Debug)]
pub struct Plan {
    rounds: usize,
    size: usize,
    outcomes: Block,
    ended: Block,
    signed: Block,
    unsigned: Block,
    breaches: Block,
    texts: Block,
    items: Block,
    options: Block,
    blocks: Block,
    seats: Block,
    points: Block,
    alternatives: Block,
    content: Block,
    tracks: Block,
    ripe: Block,
    intensity: Block,
    holder: Block,
    events: Block,
    first: Block,
    held: Block,
}

/// A block of counts with up to three indices.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    base: usize,
    widths: [usize; 2],
}

impl Block {
    fn at(self, a: usize, b: usize, c: usize) -> usize {
        self.base + (a * self.widths[0] + b) * self.widths[1] + c
    }
}

/// Values of a share or an alternative: 0..=100.
const PERCENT: usize = 101;
/// Breaches an instrument can count: 0..=9.
const BREACHES: usize = 10;
/// Intensities of a front.
const INTENSITIES: usize = 5;

impl Plan {
    /// The plan for a scenario and its measures.
    pub fn new(model: &Model, measures: usize) -> Self {
        let w = &model.world;
        let rounds = w.rounds as usize;
        let most_options = w.items.iter().map(|i| i.options.len()).max().unwrap_or(0) + 1;
        let mut size = 0;
        let mut block = |a: usize, b: usize, c: usize| {
            let base = size;
            size += a * b * c;
            Block { base, widths: [b, c] }
        };
        let (items, seats, fronts, texts) =
            (w.items.len(), w.seats.len(), w.fronts.len(), w.instruments.len());
        let mut plan = Self {
            rounds,
            size: 0,
            outcomes: block(1, 1, w.outcomes.len()),
            ended: block(1, 1, rounds),
            signed: block(1, texts, rounds),
            unsigned: block(1, texts, rounds),
            breaches: block(1, texts, BREACHES),
            texts: block(texts, rounds, InstrumentState::ALL.len()),
            items: block(items, rounds, ItemState::ALL.len()),
            options: block(1, items, most_options),
            blocks: block(1, items, seats),
            seats: block(seats, rounds, SeatState::ALL.len()),
            points: block(1, seats, PERCENT),
            alternatives: block(1, seats, PERCENT),
            content: block(1, 1, seats),
            tracks: block(w.tracks.len(), rounds, TrackState::ALL.len()),
            ripe: block(1, w.tracks.len(), rounds),
            intensity: block(fronts, rounds, INTENSITIES),
            holder: block(fronts, rounds, w.parties.len()),
            events: block(1, w.events.len(), rounds),
            first: block(1, measures, rounds),
            held: block(1, measures, rounds),
        };
        plan.size = size;
        plan
    }
}

/// The counts of a set of runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many runs.
    pub runs: u64,
    /// Counts in the order of the plan.
    cells: Vec<u64>,
    /// Sum and sum of squares of each counted reward.
    rewards: Vec<(u128, u128)>,
}

/// What one run has to remember between rounds.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    signed: Vec<bool>,
    measured: Vec<bool>,
    fired: Vec<bool>,
}

impl Seen {
    pub(super) fn new(model: &Model, measures: usize) -> Self {
        Self {
            signed: vec![false; model.world.instruments.len()],
            measured: vec![false; measures],
            fired: vec![false; model.world.events.len()],
        }
    }

    pub(super) fn clear(&mut self) {
        self.signed.fill(false);
        self.measured.fill(false);
        self.fired.fill(false);
    }
}

impl Counts {
    /// No runs yet.
    pub fn new(model: &Model, plan: &Plan) -> Self {
        Self { runs: 0, cells: vec![0; plan.size], rewards: vec![(0, 0); model.world.rewards.len()] }
    }

    /// Adds the counts of other runs; the order of adding makes no difference.
    pub fn merge(&mut self, other: &Counts) {
        self.runs += other.runs;
        self.cells.iter_mut().zip(&other.cells).for_each(|(a, b)| *a += b);
        for (a, b) in self.rewards.iter_mut().zip(&other.rewards) {
            *a = (a.0 + b.0, a.1 + b.1);
        }
    }

    /// Counts the state at the end of round `r` (from 0) of a run.
    pub(super) fn round(
        &mut self,
        model: &Model,
        plan: &Plan,
        measures: &[Measure],
        state: &State,
        r: usize,
        seen: &mut Seen,
    ) {
        let w = &model.world;
        let get = |q| state.get(model, q) as usize;
        let c = &mut self.cells;
        for k in 0..w.items.len() {
            c[plan.items.at(k, r, get(Q::ItemState(k.into())))] += 1;
        }
        for k in 0..w.seats.len() {
            c[plan.seats.at(k, r, get(Q::SeatState(k.into())))] += 1;
        }
        for k in 0..w.tracks.len() {
            c[plan.tracks.at(k, r, get(Q::TrackState(k.into())))] += 1;
            c[plan.ripe.at(0, k, r)] += u64::from(worth::ripe(model, state, k.into()));
        }
        for k in 0..w.fronts.len() {
            c[plan.intensity.at(k, r, get(Q::Intensity(k.into())))] += 1;
            c[plan.holder.at(k, r, get(Q::Holder(k.into())))] += 1;
        }
        for k in 0..w.instruments.len() {
            let text = get(Q::InstrumentState(k.into()));
            c[plan.texts.at(k, r, text)] += 1;
            if !seen.signed[k] && signed(InstrumentState::of(text as u8)) {
                seen.signed[k] = true;
                c[plan.signed.at(0, k, r)] += 1;
            }
        }
        for k in 0..w.events.len() {
            if !seen.fired[k] && get(Q::EventState(k.into())) == EventState::Fired as usize {
                seen.fired[k] = true;
                c[plan.events.at(0, k, r)] += 1;
            }
        }
        for (k, measure) in measures.iter().enumerate() {
            if holds(&measure.rule, model, state) {
                c[plan.held.at(0, k, r)] += 1;
                if !seen.measured[k] {
                    seen.measured[k] = true;
                    c[plan.first.at(0, k, r)] += 1;
                }
            }
        }
    }

    /// Counts the end of a run that ended in round `r` (from 0).
    pub(super) fn end(
        &mut self,
        model: &Model,
        plan: &Plan,
        state: &mut State,
        r: usize,
        seen: &Seen,
        rewards: &[u64],
    ) {
        let w = &model.world;
        self.runs += 1;
        self.cells[plan.outcomes.at(0, 0, state.get(model, Q::Outcome) as usize - 1)] += 1;
        self.cells[plan.ended.at(0, 0, r)] += 1;
        for k in 0..w.instruments.len() {
            self.cells[plan.breaches.at(0, k, state.get(model, Q::Breaches(k.into())) as usize)] += 1;
            self.cells[plan.unsigned.at(0, k, r)] += u64::from(!seen.signed[k]);
        }
        for k in 0..w.seats.len() {
            let (points, alternative) =
                (worth::share(model, state, k.into()), worth::alternative(model, state, k.into()));
            self.cells[plan.points.at(0, k, points as usize)] += 1;
            self.cells[plan.alternatives.at(0, k, alternative as usize)] += 1;
            self.cells[plan.content.at(0, 0, k)] += u64::from(points >= alternative);
        }
        for k in 0..w.items.len() {
            self.cells[plan.options.at(0, k, state.get(model, Q::ItemOption(k.into())) as usize)] += 1;
            self.blocked(model, plan, state, k);
        }
        for (sum, value) in self.rewards.iter_mut().zip(rewards) {
            let value = u128::from(*value);
            *sum = (sum.0 + value, sum.1 + value * value);
        }
    }

    /// Who stands against the closest option of an item that is open when the talks end.
    fn blocked(&mut self, model: &Model, plan: &Plan, state: &mut State, k: usize) {
        let item_state = ItemState::of(state.get(model, Q::ItemState(k.into())));
        if settled(item_state) || item_state == ItemState::Dormant {
            return;
        }
        let track = model.world.items[k].track;
        let (option, _) = crate::agents::closest(model, state, track, k.into());
        for seat in model.world.track(track).seats.iter().copied() {
            let position = worth::position(model, state, seat, k.into());
            if !position.accepts(model, state, k.into(), option, 0) {
                self.cells[plan.blocks.at(0, k, seat.at())] += 1;
            }
        }
    }
}

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

    /// Runs by the number of breaches of an instrument.
    pub fn breaches(&self, text: usize) -> &'a [u64] {
        self.row(self.plan.breaches, 0, text, BREACHES)
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

    /// Runs that ended with an item open, by the seat that stood against its closest option.
    pub fn blocks(&self, item: usize, seats: usize) -> &'a [u64] {
        self.row(self.plan.blocks, 0, item, seats)
    }

    /// Runs by the state of a seat at the end of a round.
    pub fn seat(&self, seat: usize, round: usize) -> &'a [u64] {
        self.row(self.plan.seats, seat, round, SeatState::ALL.len())
    }

    /// Runs by a seat's points at the end, 0..=100.
    pub fn points(&self, seat: usize) -> &'a [u64] {
        self.row(self.plan.points, 0, seat, PERCENT)
    }

    /// Runs by a seat's alternative at the end, 0..=100.
    pub fn alternatives(&self, seat: usize) -> &'a [u64] {
        self.row(self.plan.alternatives, 0, seat, PERCENT)
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

    /// Sum and sum of squares of a counted reward.
    pub fn reward(&self, reward: usize) -> (u128, u128) {
        self.counts.rewards[reward]
    }
}
