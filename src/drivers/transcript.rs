//! Records what was chosen and what happened, so that a run can be told and replayed.

use crate::domain::{Model, RewardId, Turn, Weight};
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
struct Recorder<'a, C> {
    inner: &'a mut C,
    choices: Vec<Choice>,
}

impl<C: Chooser> Chooser for Recorder<'_, C> {
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
#[derive(Default)]
struct Notes {
    entries: Vec<Entry>,
    rewards: Vec<u64>,
}

impl Chronicle for Notes {
    const LISTENS: bool = true;

    fn note(&mut self, _turn: Turn, entry: Entry) {
        self.entries.push(entry);
    }

    fn count(&mut self, reward: RewardId, add: u32) {
        self.rewards[reward.at()] += u64::from(add);
    }
}

/// Plays the talks from the start and records everything.
pub fn record<C: Chooser>(model: &Model, chooser: &mut C) -> Transcript {
    let mut state = State::new(model);
    let mut transcript =
        Transcript { steps: Vec::new(), rewards: vec![0; model.world.rewards.len()], end: Vec::new() };
    let mut notes = Notes { entries: Vec::new(), rewards: transcript.rewards.clone() };
    let mut recorder = Recorder { inner: chooser, choices: Vec::new() };
    let outcome = model.cell(crate::domain::Quantity::Outcome);
    while state.cell(outcome) == 0 {
        let round = state.get(model, crate::domain::Quantity::Round);
        notes.note(Turn::Assess, Entry::Round { round });
        for turn in &model.turns {
            let before = state.cells().to_vec();
            crate::agents::take_turn(model, &mut state, *turn, &mut recorder, &mut notes);
            let changes = differences(&before, state.cells());
            let step = Step {
                round,
                turn: *turn,
                choices: std::mem::take(&mut recorder.choices),
                entries: std::mem::take(&mut notes.entries),
                changes,
            };
            if !(step.choices.is_empty() && step.entries.is_empty() && step.changes.is_empty()) {
                transcript.steps.push(step);
            }
        }
    }
    transcript.rewards = notes.rewards;
    transcript.end = state.cells().to_vec();
    transcript
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
