//! Records what was chosen and what happened, so that a run can be told and replayed.

use crate::agents::Injected;
use crate::domain::{Model, Quantity, RewardId, Turn, Weight};
use crate::kernel::{Chooser, Chronicle, Entry, Site, State};

/// A choice as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Where.
    pub site: Site,
    /// The distribution shown.
    pub weights: Vec<Weight>,
    /// What was picked.
    pub pick: usize,
}

/// One turn in which something was chosen, noted or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The round.
    pub round: u8,
    /// Whose turn.
    pub turn: Turn,
    /// What was chosen.
    pub choices: Vec<Choice>,
    /// What happened.
    pub entries: Vec<Entry>,
    /// Cells that changed: which, before, after.
    pub changes: Vec<(usize, u8, u8)>,
}

impl Step {
    /// The step, if anything was chosen, noted or changed in it.
    pub fn news(self) -> Option<Self> {
        let nothing = self.choices.is_empty() && self.entries.is_empty() && self.changes.is_empty();
        (!nothing).then_some(self)
    }
}

/// A whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// Its turns in order; turns in which nothing happened are left out.
    pub steps: Vec<Step>,
    /// Counted rewards.
    pub rewards: Vec<u64>,
    /// The cells at the end.
    pub end: Vec<u8>,
}

/// Keeps every choice of another chooser.
struct Recorder<'a> {
    inner: &'a mut dyn Chooser,
    choices: Vec<Choice>,
}

impl Chooser for Recorder<'_> {
    fn choose(&mut self, site: Site, weights: &[Weight]) -> usize {
        let pick = self.inner.choose(site, weights);
        self.choices.push(Choice { site, weights: weights.to_vec(), pick });
        pick
    }

    fn takes(&self, site: Site) -> bool {
        self.inner.takes(site)
    }
}

/// Keeps every entry.
struct Notes {
    entries: Vec<Entry>,
    rewards: Vec<u64>,
}

impl Chronicle for Notes {
    fn note(&mut self, _turn: Turn, entry: Entry) {
        self.entries.push(entry);
    }

    fn count(&mut self, reward: RewardId, add: u32) {
        self.rewards[reward.at()] += u64::from(add);
    }
}

/// Plays the talks from the start and records everything.
pub fn record(model: &Model, chooser: &mut dyn Chooser) -> Transcript {
    let mut state = State::new(model);
    let mut steps = Vec::new();
    let mut rewards = vec![0; model.world.rewards.len()];
    let outcome = model.cell(Quantity::Outcome);
    while state.cell(outcome) == 0 {
        for place in 0..model.turns.len() {
            let step = record_turn(model, &mut state, place, chooser, &mut rewards);
            steps.extend(step.news());
        }
    }
    Transcript { steps, rewards, end: state.cells().to_vec() }
}

/// Plays the turn at a place of the round and records it; the first one of a round also notes that the round begins.
pub fn record_turn(
    model: &Model,
    state: &mut State,
    place: usize,
    chooser: &mut dyn Chooser,
    rewards: &mut Vec<u64>,
) -> Step {
    let (turn, round) = (model.turns[place], state.get(model, Quantity::Round));
    let mut notes = Notes { entries: Vec::new(), rewards: std::mem::take(rewards) };
    let mut recorder = Recorder { inner: chooser, choices: Vec::new() };
    if place == 0 {
        notes.note(Turn::Assess, Entry::Round { round });
    }
    let before = state.cells().to_vec();
    crate::agents::take_turn(model, state, turn, &mut recorder, &mut notes);
    *rewards = notes.rewards;
    let changes = differences(&before, state.cells());
    Step { round, turn, choices: recorder.choices, entries: notes.entries, changes }
}

/// Brings something into talks that stand between two rounds, and records it as a step of the round to come.
pub fn record_injection(model: &Model, state: &mut State, injected: Injected) -> Step {
    let round = state.get(model, Quantity::Round);
    let mut notes = Notes { entries: Vec::new(), rewards: Vec::new() };
    let before = state.cells().to_vec();
    crate::agents::inject(model, state, injected, &mut notes);
    let turn = match injected {
        Injected::Event(id) => Turn::Event(id),
        Injected::Effect(_) => Turn::Assess,
    };
    let changes = differences(&before, state.cells());
    Step { round, turn, choices: Vec::new(), entries: notes.entries, changes }
}

fn differences(before: &[u8], after: &[u8]) -> Vec<(usize, u8, u8)> {
    let pairs = before.iter().zip(after).enumerate();
    pairs.filter(|(_, (a, b))| a != b).map(|(k, (a, b))| (k, *a, *b)).collect()
}

impl Transcript {
    /// The entries of the run in order, each with its round and turn.
    pub fn entries(&self) -> impl Iterator<Item = (u8, Turn, Entry)> + '_ {
        self.steps.iter().flat_map(|s| s.entries.iter().map(|e| (s.round, s.turn, *e)))
    }
}
