//! What an ensemble counts: whole numbers only, so that adding up runs in any order gives the same.

use serde::{Deserialize, Serialize};

use crate::domain::{
    EventState, ItemId, ItemState, Lifecycle, Model, Quantity as Q, SeatState, TrackState, settled, signed,
};
use crate::domain::{InstrumentState, rule::Rule};
use crate::kernel::{State, holds, ripe, target, worth};

pub use super::reading::Reading;
use super::reserves::{Group, TYPES};

/// A question of one's own: a condition, counted over rounds.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The condition as written.
    pub text: String,
    /// The condition.
    pub rule: Rule,
    /// It counts only for a while after something else, in runs that are sampled; `None`: always.
    pub after: Option<After>,
}

/// The days after the first round at whose end something held, that round included.
#[derive(Clone, Debug)]
pub struct After {
    /// What must have held.
    pub given: Rule,
    /// So many days from the first day of that round to the first day of the one that is looked at.
    pub days: u16,
}

impl Measure {
    /// A condition that counts whenever it holds.
    pub fn new(text: impl Into<String>, rule: Rule) -> Self {
        Self { text: text.into(), rule, after: None }
    }

    /// Whether it holds at the end of a round (from 1). `since` is the round in which it began to count, 0 before.
    #[inline]
    pub(super) fn holds(&self, model: &Model, state: &State, round: u8, since: &mut u8) -> bool {
        let Some(after) = &self.after else { return holds(&self.rule, model, state) };
        if *since == 0 && holds(&after.given, model, state) {
            *since = round;
        }
        let days = || model.world.day_of(round) - model.world.day_of(*since);
        *since > 0 && days() <= i32::from(after.days) && holds(&self.rule, model, state)
    }
}

/// Where each count stands in the list.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) rounds: usize,
    size: usize,
    pub(super) outcomes: Block,
    pub(super) ended: Block,
    pub(super) signed: Block,
    pub(super) unsigned: Block,
    pub(super) breaches: Block,
    pub(super) texts: Block,
    pub(super) items: Block,
    pub(super) options: Block,
    pub(super) blocks: Block,
    pub(super) unopposed: Block,
    pub(super) seats: Block,
    pub(super) points: Block,
    pub(super) alternatives: Block,
    pub(super) content: Block,
    pub(super) tracks: Block,
    pub(super) ripe: Block,
    pub(super) intensity: Block,
    pub(super) holder: Block,
    pub(super) events: Block,
    pub(super) first: Block,
    pub(super) held: Block,
    pub(super) drawn: Block,
    pub(super) groups: Vec<Group>,
}

/// A block of counts with up to three indices.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Block {
    base: usize,
    widths: [usize; 2],
}

impl Block {
    pub(super) fn at(self, a: usize, b: usize, c: usize) -> usize {
        self.base + (a * self.widths[0] + b) * self.widths[1] + c
    }
}

/// Points are added up in so many parts of one.
pub(super) const MILLIONTHS: f64 = 1e6;
/// The most that a run adds to a sum of points: 100 of them.
const MOST_POINTS: u64 = 100_000_000;
/// Breaches an instrument can count: 0..=9.
pub(super) const BREACHES: usize = 10;
/// Intensities of a front.
pub(super) const INTENSITIES: usize = 5;

impl Plan {
    /// Whether a cell adds up points: those of the seats and of their alternatives, which stand before `content`.
    fn adds_points(&self, cell: usize) -> bool {
        (self.points.at(0, 0, 0)..self.content.at(0, 0, 0)).contains(&cell)
    }

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
        let groups = Group::all(model);
        let mut plan = Self {
            rounds,
            size: 0,
            outcomes: block(1, 1, w.outcomes.len()),
            ended: block(1, 1, rounds),
            signed: block(1, texts, rounds),
            unsigned: block(1, texts, rounds),
            breaches: block(texts, rounds, BREACHES),
            texts: block(texts, rounds, InstrumentState::ALL.len()),
            items: block(items, rounds, ItemState::ALL.len()),
            options: block(1, items, most_options),
            blocks: block(1, items, seats),
            unopposed: block(1, 1, items),
            seats: block(seats, rounds, SeatState::ALL.len()),
            points: block(1, 1, seats),
            alternatives: block(1, 1, seats),
            content: block(1, 1, seats),
            tracks: block(w.tracks.len(), rounds, TrackState::ALL.len()),
            ripe: block(1, w.tracks.len(), rounds),
            intensity: block(fronts, rounds, INTENSITIES),
            holder: block(fronts, rounds, w.parties.len()),
            events: block(1, w.events.len(), rounds),
            first: block(1, measures, rounds),
            held: block(1, measures, rounds),
            drawn: block(groups.len(), TYPES, w.outcomes.len()),
            groups,
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
    pub(super) cells: Vec<u64>,
    /// Sum and sum of squares of each counted reward.
    pub(super) rewards: Vec<(u128, u128)>,
}

/// What one run has to remember between rounds.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    signed: Vec<bool>,
    measured: Vec<bool>,
    since: Vec<u8>,
    fired: Vec<bool>,
    contests: Vec<Contest>,
}

/// Whether an item stayed open when it was last bargained over, and the cells right after that.
#[derive(Clone, Debug, Default)]
struct Contest {
    failed: bool,
    cells: Vec<u8>,
}

impl Seen {
    pub(super) fn new(model: &Model, measures: usize) -> Self {
        Self {
            signed: vec![false; model.world.instruments.len()],
            measured: vec![false; measures],
            since: vec![0; measures],
            fired: vec![false; model.world.events.len()],
            contests: vec![Contest { failed: false, cells: model.initial.clone() }; model.world.items.len()],
        }
    }

    /// Remembers how things stood when an item was bargained over and stayed open; the last time counts, and a
    /// settlement wipes it out. It is a copy of bytes only: who stood against it is worked out once, at the end, and
    /// only for items that are open then.
    #[inline]
    pub(super) fn bargained(&mut self, model: &Model, state: &State, item: ItemId) {
        let contest = &mut self.contests[item.at()];
        match ItemState::of(state.get(model, Q::ItemState(item))) {
            ItemState::Contested => {
                let track = model.world.item(item).track;
                if state.get(model, Q::TrackState(track)) == TrackState::Open as u8 {
                    contest.failed = true;
                    contest.cells.copy_from_slice(state.cells());
                }
            }
            now if settled(now) => contest.failed = false,
            _ => {}
        }
    }

    pub(super) fn clear(&mut self) {
        self.signed.fill(false);
        self.measured.fill(false);
        self.since.fill(0);
        self.fired.fill(false);
        self.contests.iter_mut().for_each(|c| c.failed = false);
    }
}

impl Counts {
    /// No runs yet.
    pub fn new(model: &Model, plan: &Plan) -> Self {
        Self { runs: 0, cells: vec![0; plan.size], rewards: vec![(0, 0); model.world.rewards.len()] }
    }

    /// The counts in the order of the plan, and the sum and the sum of squares of each reward: what is to be kept
    /// elsewhere for a while.
    pub fn parts(&self) -> (&[u64], &[(u128, u128)]) {
        (&self.cells, &self.rewards)
    }

    /// The counts that [`Counts::parts`] gave; `None` when they are not those of so many runs under this plan.
    pub fn from_parts(
        model: &Model,
        plan: &Plan,
        runs: u64,
        cells: Vec<u64>,
        rewards: Vec<(u128, u128)>,
    ) -> Option<Self> {
        let counts = Self { runs, cells, rewards };
        let fits = counts.cells.len() == plan.size && counts.rewards.len() == model.world.rewards.len();
        // Every cell counts a run at most once, but those that add up points.
        let most = |k: usize| if plan.adds_points(k) { runs.saturating_mul(MOST_POINTS) } else { runs };
        let fits = fits && counts.cells.iter().enumerate().all(|(k, n)| *n <= most(k));
        let all = |cells: &[u64]| cells.iter().sum::<u64>() == runs;
        let whole = |reading: Reading| {
            all(reading.ended()) && (0..plan.groups.len()).all(|group| all(reading.drawn(model, group)))
        };
        (fits && whole(Reading::new(plan, &counts))).then_some(counts)
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
        state: &mut State,
        r: usize,
        seen: &mut Seen,
    ) {
        let w = &model.world;
        for k in 0..w.tracks.len() {
            self.cells[plan.ripe.at(0, k, r)] += u64::from(ripe::remembered(model, state, k.into()).ripe);
        }
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
        }
        for k in 0..w.fronts.len() {
            c[plan.intensity.at(k, r, get(Q::Intensity(k.into())))] += 1;
            c[plan.holder.at(k, r, get(Q::Holder(k.into())))] += 1;
        }
        for k in 0..w.instruments.len() {
            let text = get(Q::InstrumentState(k.into()));
            c[plan.texts.at(k, r, text)] += 1;
            c[plan.breaches.at(k, r, get(Q::Breaches(k.into())))] += 1;
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
            if measure.holds(model, state, r as u8 + 1, &mut seen.since[k]) {
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
        seen: &mut Seen,
        rewards: &[u64],
    ) {
        let w = &model.world;
        self.runs += 1;
        let outcome = state.get(model, Q::Outcome) as usize - 1;
        self.cells[plan.outcomes.at(0, 0, outcome)] += 1;
        for (k, group) in plan.groups.iter().enumerate() {
            self.cells[plan.drawn.at(k, group.drawn(model, state), outcome)] += 1;
        }
        self.cells[plan.ended.at(0, 0, r)] += 1;
        for k in 0..w.instruments.len() {
            self.cells[plan.unsigned.at(0, k, r)] += u64::from(!seen.signed[k]);
        }
        for k in 0..w.seats.len() {
            let (points, alternative) =
                (worth::gained(model, state, k.into()), worth::alternative(model, state, k.into()));
            self.cells[plan.points.at(0, 0, k)] += libm::round(points * MILLIONTHS) as u64;
            self.cells[plan.alternatives.at(0, 0, k)] += libm::round(alternative * MILLIONTHS) as u64;
            self.cells[plan.content.at(0, 0, k)] += u64::from(points >= alternative);
        }
        for k in 0..w.items.len() {
            self.cells[plan.options.at(0, k, state.get(model, Q::ItemOption(k.into())) as usize)] += 1;
            let open = !settled(ItemState::of(state.get(model, Q::ItemState(k.into()))));
            let contest = &mut seen.contests[k];
            self.cells[plan.unopposed.at(0, 0, k)] += u64::from(open && !contest.failed);
            contest.failed &= open;
        }
        for (sum, value) in self.rewards.iter_mut().zip(rewards) {
            let value = u128::from(*value);
            *sum = (sum.0 + value, sum.1 + value * value);
        }
        // Last, since it looks back at earlier states.
        for (k, contest) in seen.contests.iter().enumerate().filter(|(_, c)| c.failed) {
            self.blocked(model, plan, state, k, &contest.cells);
        }
    }

    /// Who stood against the closest option of an item that is open when the talks end, in the last round in which it
    /// was bargained over: mandates and targets as they were then. At the horizon itself demands have come down, and
    /// after a collapse nobody bargains, so the last state would name nobody. Who was out of the room accepted nothing.
    fn blocked(&mut self, model: &Model, plan: &Plan, state: &mut State, k: usize, then: &[u8]) {
        state.restore(then);
        let track = model.world.items[k].track;
        let (option, _) = crate::agents::closest(model, state, track, k.into());
        for seat in model.world.track(track).seats.iter().copied() {
            let accepts = match SeatState::of(state.get(model, Q::SeatState(seat))) {
                SeatState::Seated => {
                    let position = target::position(model, state, seat, k.into());
                    position.accepts(model, state, k.into(), option, 0)
                }
                // It has no say.
                SeatState::Barred => true,
                _ => false,
            };
            self.cells[plan.blocks.at(0, k, seat.at())] += u64::from(!accepts);
        }
    }
}
