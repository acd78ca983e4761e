//! Pairs of worlds: the same run of a scenario and of a changed one, with the same luck, laid side by side.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::agents::take_turn;
use crate::domain::layout::Cell;
use crate::domain::{
    EventState, InstrumentState, Model, Quantity as Q, SeatState, SpoilerState, Turn, settled, signed,
};
use crate::domain::{ItemState, rule::Rule};
use crate::drivers::Sampler;
use crate::kernel::{Silent, State, holds};

use super::ensemble::Range;

/// Pairs that one worker computes and counts in one go.
const CHUNK: u32 = 256;

/// Something that may happen on the way, and that one world of a pair may have without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// An instrument was signed.
    Signed(usize),
    /// An instrument was broken.
    Broken(usize),
    /// An item was settled at the end.
    Settled(usize),
    /// A front changed hands.
    Captured(usize),
    /// A party walked out of a track.
    WalkedOut(usize),
    /// A backer drew back below its support at the start.
    DrewBack(usize),
    /// An event fired.
    Fired(usize),
    /// A spoiler was co-opted.
    CoOpted(usize),
}

impl Milestone {
    /// Every milestone of a scenario.
    pub fn all(model: &Model) -> Vec<Milestone> {
        let w = &model.world;
        let each = |n: usize, make: fn(usize) -> Milestone| (0..n).map(make);
        let mut all: Vec<_> = each(w.instruments.len(), Milestone::Signed).collect();
        all.extend(each(w.instruments.len(), Milestone::Broken));
        all.extend(each(w.items.len(), Milestone::Settled));
        all.extend(each(w.fronts.len(), Milestone::Captured));
        all.extend(each(w.seats.len(), Milestone::WalkedOut));
        all.extend(each(w.backers.len(), Milestone::DrewBack));
        all.extend(each(w.events.len(), Milestone::Fired));
        all.extend(each(w.spoilers.len(), Milestone::CoOpted));
        all
    }

    /// Whether the state shows it. `Settled` is what stands now, all others are remembered once seen.
    fn shows(self, model: &Model, state: &State) -> bool {
        let get = |q| state.get(model, q);
        match self {
            Milestone::Signed(n) => signed(InstrumentState::of(get(Q::InstrumentState(n.into())))),
            Milestone::Broken(n) => get(Q::InstrumentState(n.into())) == InstrumentState::Broken as u8,
            Milestone::Settled(i) => settled(ItemState::of(get(Q::ItemState(i.into())))),
            Milestone::Captured(f) => get(Q::Holder(f.into())) != model.world.fronts[f].holder.0,
            Milestone::WalkedOut(s) => get(Q::SeatState(s.into())) == SeatState::WalkedOut as u8,
            Milestone::DrewBack(b) => get(Q::Support(b.into())) < model.world.backers[b].support as u8,
            Milestone::Fired(e) => get(Q::EventState(e.into())) == EventState::Fired as u8,
            Milestone::CoOpted(s) => get(Q::SpoilerState(s.into())) == SpoilerState::CoOpted as u8,
        }
    }
}

/// A scenario and a changed one, with a question that may be asked of both.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// The scenario.
    pub baseline: &'a Model,
    /// The changed one.
    pub variant: &'a Model,
    /// A condition compiled for each of the two, if a question is asked.
    pub question: Option<(Rule, Rule)>,
    milestones: Vec<Milestone>,
    shared: Vec<(Cell, Cell)>,
}

/// The two scenarios do not have the same agents: their runs cannot be laid side by side.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("the changed scenario has other agents or outcomes than the scenario itself")]
pub struct NotComparable;

impl<'a> Pair<'a> {
    /// Lays two scenarios side by side.
    ///
    /// # Errors
    /// When they do not have the same agents and outcomes.
    pub fn new(
        baseline: &'a Model,
        variant: &'a Model,
        question: Option<(Rule, Rule)>,
    ) -> Result<Self, NotComparable> {
        let ids = |m: &Model| m.world.outcomes.iter().map(|o| o.name.id.clone()).collect::<Vec<_>>();
        if baseline.turns != variant.turns || ids(baseline) != ids(variant) {
            return Err(NotComparable);
        }
        let place = |q: Q| variant.cells.iter().position(|c| c.quantity == q);
        let cells = baseline.cells.iter().enumerate();
        let shared = cells.filter_map(|(cell, info)| Some((cell, place(info.quantity)?))).collect();
        Ok(Self { baseline, variant, question, milestones: Milestone::all(baseline), shared })
    }

    /// The milestones that are compared, in order.
    pub fn milestones(&self) -> &[Milestone] {
        &self.milestones
    }

    fn outcomes(&self) -> usize {
        self.baseline.world.outcomes.len()
    }
}

/// How a pair of worlds compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The place of the baseline's outcome.
    pub from: usize,
    /// The place of the variant's outcome.
    pub to: usize,
    /// Whether the question was ever answered yes at the end of a round, in each.
    pub answers: (bool, bool),
    /// The round (from 1) and the turn in which the two part, if they do.
    pub parted: Option<(u8, usize)>,
    /// Milestones of the baseline and of the variant.
    pub reached: (Vec<bool>, Vec<bool>),
}

/// One of the two worlds while it is played.
struct World<'a> {
    model: &'a Model,
    state: State,
    before: Vec<u8>,
    reached: Vec<bool>,
    answered: bool,
}

impl<'a> World<'a> {
    fn new(model: &'a Model, milestones: usize) -> Self {
        Self {
            model,
            state: State::new(model),
            before: model.initial.clone(),
            reached: vec![false; milestones],
            answered: false,
        }
    }

    fn reset(&mut self) {
        self.state.reset(self.model);
        self.reached.fill(false);
        self.answered = false;
    }

    fn outcome(&self) -> usize {
        self.state.get(self.model, Q::Outcome) as usize
    }

    fn going(&self) -> bool {
        self.outcome() == 0
    }

    fn remember(&mut self) {
        self.before.copy_from_slice(self.state.cells());
    }

    fn look(&mut self, round: u8, milestones: &[Milestone], question: Option<&Rule>) {
        for (seen, milestone) in self.reached.iter_mut().zip(milestones) {
            let shows = milestone.shows(self.model, &self.state);
            *seen = if matches!(milestone, Milestone::Settled(_)) { shows } else { *seen || shows };
        }
        if let Some(rule) = question {
            let model = self.model;
            self.answered |= self.state.at_the_end_of(model, round, |state| holds(rule, model, state));
        }
    }
}

/// Plays pairs; everything it needs is allocated once.
pub struct Player<'a> {
    pair: &'a Pair<'a>,
    one: World<'a>,
    other: World<'a>,
}

impl<'a> Player<'a> {
    /// A player of a pair's runs.
    pub fn new(pair: &'a Pair<'a>) -> Self {
        let n = pair.milestones.len();
        Self { pair, one: World::new(pair.baseline, n), other: World::new(pair.variant, n) }
    }

    /// Plays one run of both, turn by turn.
    pub fn play(&mut self, seed: u64, run: u32) -> Comparison {
        self.one.reset();
        self.other.reset();
        let mut chance = (Sampler::new(seed, run), Sampler::new(seed, run));
        let questions = self.pair.question.as_ref();
        let mut parted = None;
        let mut round = 0;
        while self.one.going() || self.other.going() {
            round += 1;
            let (first, second) = (self.one.going(), self.other.going());
            for (k, turn) in self.pair.baseline.turns.iter().enumerate() {
                self.turn(
                    *turn,
                    first.then_some(&mut chance.0),
                    second.then_some(&mut chance.1),
                    parted.is_none(),
                );
                if parted.is_none() && !self.alike() {
                    parted = Some((round, k));
                }
            }
            if first {
                self.one.look(round, &self.pair.milestones, questions.map(|q| &q.0));
            }
            if second {
                self.other.look(round, &self.pair.milestones, questions.map(|q| &q.1));
            }
        }
        Comparison {
            from: self.one.outcome() - 1,
            to: self.other.outcome() - 1,
            answers: (self.one.answered, self.other.answered),
            parted,
            reached: (self.one.reached.clone(), self.other.reached.clone()),
        }
    }

    fn turn(&mut self, turn: Turn, one: Option<&mut Sampler>, other: Option<&mut Sampler>, watching: bool) {
        for (world, chance) in [(&mut self.one, one), (&mut self.other, other)] {
            if watching {
                world.remember();
            }
            if let Some(chance) = chance {
                take_turn(world.model, &mut world.state, turn, chance, &mut Silent);
            }
        }
    }

    /// Whether the turn just taken changed the same in both: what differed before it does not count.
    fn alike(&self) -> bool {
        let (one, other) = (&self.one, &self.other);
        if one.before == one.state.cells() && other.before == other.state.cells() {
            return true;
        }
        self.pair.shared.iter().all(|(a, b)| {
            let (was, is) = (one.before[*a], one.state.cell(*a));
            let (other_was, other_is) = (other.before[*b], other.state.cell(*b));
            (was == is && other_was == other_is) || (was != is && other_was != other_is && is == other_is)
        })
    }
}

/// The counts of a set of pairs: whole numbers, so that adding up in any order gives the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairCounts {
    /// How many pairs.
    pub pairs: u64,
    /// Pairs whose worlds part at all.
    pub parted: u64,
    /// Pairs by the baseline's outcome and the variant's: `from · outcomes + to`.
    pub flips: Vec<u64>,
    /// Pairs by the answers to the question: both yes, baseline only, variant only, neither.
    pub answers: [u64; 4],
    /// For each flip, pairs by the turn of the round in which they part.
    pub turns: Vec<Vec<u64>>,
    /// For each flip, the sum of the rounds in which they part.
    pub rounds: Vec<u64>,
    /// For each flip and milestone: pairs in which the variant alone reaches it, and in which the baseline alone does.
    pub milestones: Vec<Vec<(u64, u64)>>,
    /// For each flip, the first run that shows it.
    pub example: Vec<Option<u32>>,
}

impl PairCounts {
    /// No pairs yet.
    pub fn new(pair: &Pair) -> Self {
        let flips = pair.outcomes() * pair.outcomes();
        Self {
            pairs: 0,
            parted: 0,
            flips: vec![0; flips],
            answers: [0; 4],
            turns: vec![vec![0; pair.baseline.turns.len()]; flips],
            rounds: vec![0; flips],
            milestones: vec![vec![(0, 0); pair.milestones.len()]; flips],
            example: vec![None; flips],
        }
    }

    /// Counts one pair.
    pub fn add(&mut self, outcomes: usize, run: u32, c: &Comparison) {
        let flip = c.from * outcomes + c.to;
        self.pairs += 1;
        self.flips[flip] += 1;
        self.answers[match c.answers {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        }] += 1;
        if let Some((round, turn)) = c.parted {
            self.parted += 1;
            self.turns[flip][turn] += 1;
            self.rounds[flip] += u64::from(round);
        }
        for (count, (one, other)) in
            self.milestones[flip].iter_mut().zip(c.reached.0.iter().zip(&c.reached.1))
        {
            count.0 += u64::from(*other && !one);
            count.1 += u64::from(*one && !other);
        }
        self.example[flip] = Some(self.example[flip].map_or(run, |r| r.min(run)));
    }

    /// Adds the counts of other pairs.
    pub fn merge(&mut self, other: &PairCounts) {
        self.pairs += other.pairs;
        self.parted += other.parted;
        let sum = |a: &mut [u64], b: &[u64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        sum(&mut self.flips, &other.flips);
        sum(&mut self.answers, &other.answers);
        sum(&mut self.rounds, &other.rounds);
        self.turns.iter_mut().zip(&other.turns).for_each(|(a, b)| sum(a, b));
        for (a, b) in self.milestones.iter_mut().flatten().zip(other.milestones.iter().flatten()) {
            *a = (a.0 + b.0, a.1 + b.1);
        }
        for (a, b) in self.example.iter_mut().zip(&other.example) {
            *a = match (*a, *b) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }

    /// Pairs by the baseline's outcome.
    pub fn from(&self, outcome: usize, outcomes: usize) -> u64 {
        (0..outcomes).map(|to| self.flips[outcome * outcomes + to]).sum()
    }

    /// Pairs by the variant's outcome.
    pub fn to(&self, outcome: usize, outcomes: usize) -> u64 {
        (0..outcomes).map(|from| self.flips[from * outcomes + outcome]).sum()
    }

    /// For one outcome: pairs in which both end so, only the baseline, only the variant, neither.
    pub fn table(&self, outcome: usize, outcomes: usize) -> [u64; 4] {
        let both = self.flips[outcome * outcomes + outcome];
        let (first, second) = (self.from(outcome, outcomes) - both, self.to(outcome, outcomes) - both);
        [both, first, second, self.pairs - both - first - second]
    }

    /// Pairs whose outcome changed.
    pub fn flipped(&self, outcomes: usize) -> u64 {
        self.pairs - (0..outcomes).map(|o| self.flips[o * outcomes + o]).sum::<u64>()
    }
}

/// Plays a range of pairs on all threads of the current pool.
pub fn compare(pair: &Pair, range: Range) -> PairCounts {
    let chunks = range.to.saturating_sub(range.from).div_ceil(CHUNK);
    let chunk = |k: u32| {
        let mut counts = PairCounts::new(pair);
        let start = range.from + k * CHUNK;
        let end = range.to.min(start.saturating_add(CHUNK));
        let mut player = Player::new(pair);
        for run in start..end {
            counts.add(pair.outcomes(), run, &player.play(range.seed, run));
        }
        counts
    };
    let add = |mut a: PairCounts, b: PairCounts| {
        a.merge(&b);
        a
    };
    (0..chunks).into_par_iter().map(chunk).reduce(|| PairCounts::new(pair), add)
}
