//! Talks without a record, which borrow nothing: for whoever plays very many of them, or holds them for long.

use crate::agents::take_turn;
use crate::domain::{Model, Quantity};
use crate::drivers::decider::Decider;
use crate::drivers::{Sampler, Step};
use crate::kernel::{Heard, State};

use super::chair::Chair;
use super::orders::{self, Past, Sheet};
use super::question::{Question, ask};
use super::table::Misfit;

/// Talks that stand between two rounds, or in one at a decision. What happens is what a [`super::Table`] plays by the same decisions, and
/// a [`super::Session`] by the same sheets; tests hold them together. Every method wants the model that they were opened with.
#[derive(Clone, Debug)]
pub struct Rounds {
    chance: Sampler,
    /// Before the turn that comes next.
    state: State,
    turn: usize,
    /// What was decided in that turn already.
    decided: Vec<usize>,
    question: Option<Question>,
    /// Whether the round that is under way is played by orders.
    orders: bool,
    /// What a sheet may go by: what happened in the round before and in this one, and breaches.
    recent: Vec<Step>,
}

impl Rounds {
    /// Opens the talks under a seed and a run, before their first round.
    pub fn new(model: &Model, seed: u64, run: u32) -> Self {
        Self {
            chance: Sampler::new(seed, run),
            state: State::new(model),
            turn: 0,
            decided: Vec::new(),
            question: None,
            orders: false,
            recent: Vec::new(),
        }
    }

    /// Opens them anew, under another seed or run.
    pub fn reset(&mut self, model: &Model, seed: u64, run: u32) {
        self.chance = Sampler::new(seed, run);
        self.state.reset(model);
        self.turn = 0;
        self.decided.clear();
        self.question = None;
        self.recent.clear();
    }

    /// Where the talks stand: before the turn in which a decision is due, between two rounds, or at their end.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The round that is due or under way, or the last one.
    pub fn round(&self, model: &Model) -> u8 {
        self.state.get(model, Quantity::Round)
    }

    /// Whether the talks have ended.
    pub fn over(&self, model: &Model) -> bool {
        self.turn == 0 && self.question.is_none() && self.state.get(model, Quantity::Outcome) != 0
    }

    /// The decision that is due.
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// Plays the round that is due by these orders; nothing once the talks are over. Who gives none is played by the model.
    pub fn play(&mut self, model: &Model, orders: &[(Decider, Sheet)]) {
        let seats: Vec<Decider> = orders.iter().filter(|(_, s)| !s.is_empty()).map(|(who, _)| *who).collect();
        self.open(model, &seats, true);
        while let Some(question) = self.question.take() {
            let sheet = orders.iter().find(|(who, _)| *who == question.who).map(|(_, sheet)| sheet);
            let said = sheet.and_then(|sheet| {
                orders::answer(model, &self.state, Past::Steps(&self.recent), &question, sheet)
            });
            let pick = said.unwrap_or_else(|| question.drawn(&mut self.chance));
            self.take(model, &seats, pick);
        }
    }

    /// Begins the round that is due, and plays to its end or until one of `seats` has something to decide; nothing where a round is under
    /// way or the talks are over.
    pub fn begin(&mut self, model: &Model, seats: &[Decider]) {
        self.open(model, seats, false);
    }

    fn open(&mut self, model: &Model, seats: &[Decider], orders: bool) {
        if self.turn == 0 && self.question.is_none() && !self.over(model) {
            let round = self.round(model);
            self.orders = orders;
            let breach = |step: &Step| step.entries.iter().any(|entry| entry.breach().is_some());
            self.recent.retain(|step| step.round + 1 >= round || breach(step));
            self.advance(model, seats);
        }
    }

    /// Takes the decision that is due, and plays to the end of the round or until the next one.
    ///
    /// # Errors
    /// When none is due, or when this is not open.
    pub fn decide(&mut self, model: &Model, seats: &[Decider], pick: usize) -> Result<(), Misfit> {
        let round = self.round(model);
        let question = self.question.as_ref().ok_or(Misfit::Waits(round))?;
        if question.picked(pick).is_none() {
            return Err(Misfit::NotOpen { round, pick });
        }
        self.take(model, seats, pick);
        Ok(())
    }

    /// The luck of the run.
    pub fn chance(&self) -> Sampler {
        self.chance.clone()
    }

    fn take(&mut self, model: &Model, seats: &[Decider], pick: usize) {
        self.question = None;
        self.decided.push(pick);
        self.advance(model, seats);
    }

    /// Plays to the end of the round, or until a decision is missing.
    fn advance(&mut self, model: &Model, seats: &[Decider]) {
        while self.turn < model.turns.len() {
            if !self.take_turn(model, seats) {
                return;
            }
            self.turn += 1;
        }
        self.turn = 0;
    }

    /// Plays the next turn; or takes it back where a decision is missing, which is then due.
    fn take_turn(&mut self, model: &Model, seats: &[Decider]) -> bool {
        let (turn, round) = (model.turns[self.turn], self.round(model));
        let before = self.state.cells().to_vec();
        let (orders, chance, mut heard) = (self.orders, &mut self.chance, Heard::default());
        let mut chair = Chair { model, seats, orders, chance, decided: &self.decided, used: 0, due: None };
        take_turn(model, &mut self.state, turn, &mut chair, &mut heard);
        let (due, entries) = (chair.due.take(), heard.0);
        if let Some(due) = due {
            self.state.restore(&before);
            self.question = ask(model, &self.state, &due, &entries);
            debug_assert!(self.question.is_some(), "nothing to ask at {due:?}");
            return false;
        }
        self.decided.clear();
        if !entries.is_empty() {
            self.recent.push(Step { round, turn, choices: Vec::new(), entries, changes: Vec::new() });
        }
        true
    }
}
