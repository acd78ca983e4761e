//! Plays pairs: the baseline once a run, every variant against its record.

use crate::analysis::ensemble::Range;
use crate::analysis::reserves::Group;
use crate::domain::layout::Cell;
use crate::domain::rule::Rule;
use crate::domain::{Model, Quantity as Q, Turn};
use crate::drivers::{Sampler, parallel};
use crate::kernel::{State, holds};

use super::breach::{Breaches, Witness};
use super::milestone::{Mark, Milestone};
use super::{Combination, Pair, PairCounts, StudyCounts};

/// Pairs that one worker computes and counts in one go.
const CHUNK: u32 = 64;

/// What is kept of one world of a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// The place of its outcome.
    pub outcome: usize,
    /// Which milestones it reached.
    pub reached: Vec<bool>,
    /// Which conditions held at the end of some round.
    pub ever: Vec<bool>,
    /// Which conditions held at the end of the last round. After an early end the last state counts for the rounds
    /// that are left, as in an ensemble.
    pub last: Vec<bool>,
}

impl Course {
    fn new(milestones: usize, questions: usize) -> Self {
        Self {
            outcome: 0,
            reached: vec![false; milestones],
            ever: vec![false; questions],
            last: vec![false; questions],
        }
    }

    fn clear(&mut self) {
        self.reached.fill(false);
        self.ever.fill(false);
    }

    fn look<'m>(&mut self, state: &State, marks: impl Iterator<Item = &'m Mark>) {
        for (seen, mark) in self.reached.iter_mut().zip(marks) {
            *seen = mark.seen(state.cells(), *seen);
        }
    }

    fn ask<'r>(
        &mut self,
        model: &Model,
        state: &mut State,
        round: u8,
        rules: impl Iterator<Item = &'r Rule>,
    ) {
        if self.ever.is_empty() {
            return;
        }
        state.at_the_end_of(model, round, |state| {
            for ((rule, ever), last) in rules.zip(&mut self.ever).zip(&mut self.last) {
                *last = holds(rule, model, state);
                *ever |= *last;
            }
        });
    }
}

/// How a pair of worlds compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The place of the baseline's outcome.
    pub from: usize,
    /// The place of the variant's outcome.
    pub to: usize,
    /// The round (from 1) and the place of the turn ([`Pair::places`]) in which the two part, if they do.
    pub parted: Option<(u8, usize)>,
    /// Milestones of the baseline and of the variant, in the order of [`Pair::milestones`].
    pub reached: (Vec<bool>, Vec<bool>),
    /// Conditions that held at the end of some round, of the baseline and of the variant.
    pub ever: (Vec<bool>, Vec<bool>),
    /// Conditions that held at the end.
    pub last: (Vec<bool>, Vec<bool>),
}

/// A run of the baseline, turn by turn.
pub(super) struct Record<'a> {
    model: &'a Model,
    rules: Vec<&'a Rule>,
    marks: Vec<Mark>,
    witness: Witness,
    state: State,
    before: Vec<u8>,
    changes: Vec<(Cell, u8)>,
    /// Where the changes of each turn end; one round after another.
    ends: Vec<usize>,
    pub(super) course: Course,
    groups: &'a [Group],
    /// What was drawn for the reserves of each group.
    pub(super) drawn: Vec<usize>,
}

impl<'a> Record<'a> {
    pub(super) fn new(pair: &'a Pair<'a>) -> Self {
        let model = pair.baseline;
        let all = Milestone::all(model);
        let marks: Vec<Mark> = all.iter().map(|m| Mark::new(*m, model)).collect();
        Self {
            model,
            rules: pair.questions.iter().map(|q| &q.0).collect(),
            witness: Witness::new(model, Breaches::among(all.into_iter())),
            state: State::new(model),
            before: model.initial.clone(),
            changes: Vec::new(),
            ends: Vec::new(),
            course: Course::new(marks.len(), pair.questions.len()),
            groups: &pair.groups,
            drawn: Vec::with_capacity(pair.groups.len()),
            marks,
        }
    }

    pub(super) fn play(&mut self, seed: u64, run: u32) {
        let model = self.model;
        self.state.reset(model);
        self.before.copy_from_slice(&model.initial);
        self.changes.clear();
        self.ends.clear();
        self.course.clear();
        let mut chance = Sampler::new(seed, run);
        let outcome = model.cell(Q::Outcome);
        for round in 1..=model.world.rounds {
            if self.state.cell(outcome) == 0 {
                for turn in &model.turns {
                    let changes = self.state.changes();
                    let reached = &mut self.course.reached;
                    self.witness.take_turn((model, *turn), &mut self.state, &mut chance, reached);
                    if self.state.changes() != changes {
                        note(&mut self.before, self.state.cells(), &mut self.changes);
                    }
                    self.ends.push(self.changes.len());
                }
                self.course.look(&self.state, self.marks.iter());
            } else if self.rules.is_empty() {
                break;
            }
            self.course.ask(model, &mut self.state, round, self.rules.iter().copied());
        }
        self.course.outcome = usize::from(self.state.cell(outcome)) - 1;
        self.drawn.clear();
        self.drawn.extend(self.groups.iter().map(|group| group.drawn(model, &self.state)));
    }

    /// What changed in a turn of a round (from 1).
    fn turn(&self, round: u8, turn: usize) -> &[(Cell, u8)] {
        let at = (usize::from(round) - 1) * self.model.turns.len() + turn;
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.changes[start..*end]
    }
}

/// Notes which cells differ from `before`, and brings that up to date. A turn changes few cells or none: they are
/// compared eight at a time.
#[inline]
fn note(before: &mut [u8], now: &[u8], changes: &mut Vec<(Cell, u8)>) {
    const WIDTH: usize = 8;
    let (words, rest) = before.as_chunks_mut::<WIDTH>();
    let (now_words, now_rest) = now.as_chunks::<WIDTH>();
    let after = words.len() * WIDTH;
    for (k, (was, is)) in words.iter_mut().zip(now_words).enumerate() {
        if *was != *is {
            note_each(k * WIDTH, was, is, changes);
        }
    }
    note_each(after, rest, now_rest, changes);
}

/// Notes single cells; `first` is the place of the first.
fn note_each(first: Cell, before: &mut [u8], now: &[u8], changes: &mut Vec<(Cell, u8)>) {
    for (k, (was, is)) in before.iter_mut().zip(now).enumerate() {
        if *was != *is {
            *was = *is;
            changes.push((first + k, *is));
        }
    }
}

/// A changed scenario, played against the record of the baseline.
pub(super) struct Follower<'a> {
    pair: &'a Pair<'a>,
    witness: Witness,
    state: State,
    before: Vec<u8>,
    changes: Vec<(Cell, u8)>,
    pub(super) course: Course,
    pub(super) parted: Option<(u8, usize)>,
}

impl<'a> Follower<'a> {
    pub(super) fn new(pair: &'a Pair<'a>) -> Self {
        Self {
            pair,
            witness: Witness::new(pair.variant, pair.breaches.clone()),
            state: State::new(pair.variant),
            before: pair.variant.initial.clone(),
            changes: Vec::new(),
            course: Course::new(pair.marks.len(), pair.questions.len()),
            parted: None,
        }
    }

    pub(super) fn play(&mut self, record: &Record, seed: u64, run: u32) {
        let (pair, model) = (self.pair, self.pair.variant);
        self.state.reset(model);
        self.before.copy_from_slice(&model.initial);
        self.course.clear();
        self.parted = None;
        let mut chance = Sampler::new(seed, run);
        let outcome = model.cell(Q::Outcome);
        for round in 1..=model.world.rounds {
            if self.state.cell(outcome) == 0 {
                match self.parted {
                    None => self.follow(record, round, &mut chance),
                    Some(_) => model.turns.iter().for_each(|turn| self.take_turn(*turn, &mut chance)),
                }
                self.course.look(&self.state, pair.marks.iter().map(|m| &m.1));
            } else if pair.questions.is_empty() {
                break;
            }
            self.course.ask(model, &mut self.state, round, pair.questions.iter().map(|q| &q.1));
        }
        self.course.outcome = usize::from(self.state.cell(outcome)) - 1;
    }

    fn take_turn(&mut self, turn: Turn, chance: &mut Sampler) {
        let reached = &mut self.course.reached;
        self.witness.take_turn((self.pair.variant, turn), &mut self.state, chance, reached);
    }

    /// Plays a round in which the two have not parted at its beginning.
    fn follow(&mut self, record: &Record, round: u8, chance: &mut Sampler) {
        let model = self.pair.variant;
        for (k, place) in self.pair.places.iter().enumerate() {
            let changes = self.state.changes();
            if let Some(turn) = place.variant {
                self.take_turn(model.turns[turn], chance);
            }
            if self.parted.is_some() {
                continue;
            }
            self.changes.clear();
            if self.state.changes() != changes {
                note(&mut self.before, self.state.cells(), &mut self.changes);
            }
            let theirs = place.baseline.map_or(&[][..], |turn| record.turn(round, turn));
            let alike = match (place.baseline, place.variant) {
                (Some(_), Some(_)) => self.alike(theirs),
                _ => theirs.is_empty() && self.changes.is_empty(),
            };
            if !alike {
                self.parted = Some((round, k));
            }
        }
    }

    /// Whether the turn just taken changed the same in both: what differed before it does not count.
    fn alike(&self, theirs: &[(Cell, u8)]) -> bool {
        let Some(cells) = &self.pair.cells else { return self.changes == theirs };
        let mut found = 0;
        for (cell, value) in theirs {
            if let Some(here) = cells[*cell] {
                if !self.changes.contains(&(here, *value)) {
                    return false;
                }
                found += 1;
            }
        }
        let shared = |cell: Cell| cells.contains(&Some(cell));
        self.changes.iter().filter(|c| shared(c.0)).count() == found
    }

    /// The baseline's milestones that are compared here.
    fn baseline<'r>(&'r self, record: &'r Record) -> impl Iterator<Item = bool> + 'r {
        self.pair.marks.iter().map(|(place, _)| record.course.reached[*place])
    }
}

/// Plays pairs one by one; everything it needs is allocated once.
pub struct Player<'a> {
    record: Record<'a>,
    follower: Follower<'a>,
}

impl<'a> Player<'a> {
    /// A player of a pair's runs.
    pub fn new(pair: &'a Pair<'a>) -> Self {
        Self { record: Record::new(pair), follower: Follower::new(pair) }
    }

    /// Plays one run of both, turn by turn until they part.
    pub fn play(&mut self, seed: u64, run: u32) -> Comparison {
        self.record.play(seed, run);
        self.follower.play(&self.record, seed, run);
        let (one, other) = (&self.record.course, &self.follower.course);
        Comparison {
            from: one.outcome,
            to: other.outcome,
            parted: self.follower.parted,
            reached: (self.follower.baseline(&self.record).collect(), other.reached.clone()),
            ever: (one.ever.clone(), other.ever.clone()),
            last: (one.last.clone(), other.last.clone()),
        }
    }
}

/// Plays a range of pairs on all threads of the current pool.
pub fn compare(pair: &Pair, range: Range) -> PairCounts {
    let mut all = compare_all(std::slice::from_ref(pair), &[], range);
    all.pairs.swap_remove(0)
}

/// Plays a range of runs of one baseline and all its variants on all threads of the current pool. The pairs must have
/// the same baseline and the same questions.
///
/// # Panics
/// Where a combination speaks of a pair that is not there.
pub fn compare_all(pairs: &[Pair], combinations: &[Combination], range: Range) -> StudyCounts {
    let none = || StudyCounts::new(pairs, combinations);
    let Some(first) = pairs.first() else { return none() };
    let pieces = range.cut(CHUNK);
    let begin = || (Record::new(first), pairs.iter().map(Follower::new).collect::<Vec<_>>(), none());
    let add = |(record, followers, counts): &mut (Record, Vec<Follower>, StudyCounts), k: usize| {
        for run in pieces[k].from..pieces[k].to {
            record.play(range.seed, run);
            for (follower, counts) in followers.iter_mut().zip(&mut counts.pairs) {
                follower.play(record, range.seed, run);
                let baseline = (&record.course, follower.baseline(record), &record.drawn[..]);
                counts.add(run, baseline, &follower.course, follower.parted);
            }
            for (combination, counts) in combinations.iter().zip(&mut counts.combinations) {
                let course = |k: usize| &followers[k].course;
                let [first, second, both] =
                    [combination.first, combination.second, combination.both].map(course);
                counts.add([&record.course, first, second, both]);
            }
        }
    };
    parallel::sum(pieces.len(), begin, add, |a, b| a.2.merge(&b.2)).2
}
