//! Talks under way: played until a person's decision is due.

use sha2::{Digest, Sha256};

use crate::agents::Injected;
use crate::domain::{Model, Quantity, hex};
use crate::drivers::decider::Decider;
use crate::drivers::{Sampler, Step, Transcript, record_injection, record_turn};
use crate::kernel::{Entry, Site, State, What};

use super::chair::Chair;
use super::moment::Moment;
use super::question::{Question, ask};

/// A person's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where in the talks.
    pub site: Site,
    /// The alternative in the kernel's order.
    pub pick: usize,
    /// Whether it was left to the model.
    pub by_model: bool,
}

/// Why a decision cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The talks are over.
    #[error("the talks have ended, and no decision is due")]
    Over,
    /// The talks stand between two rounds.
    #[error("round {0} has not begun, and no decision is due")]
    Waits(u8),
    /// Another decision is due.
    #[error("{}", other(*round, *due, *given))]
    Other {
        /// The round.
        round: u8,
        /// What is due.
        due: Site,
        /// What was given.
        given: Site,
    },
    /// This is not open.
    #[error("in round {round} alternative {} is not open", pick + 1)]
    NotOpen {
        /// The round.
        round: u8,
        /// What was picked.
        pick: usize,
    },
}

fn other(round: u8, due: Site, given: Site) -> String {
    let due_now = format!("in round {round} the decision due is `{}`", due.what);
    match (due.what, round) == (given.what, given.round) {
        true => format!("{due_now}, on something or by somebody else than the decision given"),
        false => format!("{due_now}, not `{}` of round {}", given.what, given.round),
    }
}

/// Talks with people in some seats, played until the next decision of one of them is due or the talks have ended.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    model: &'a Model,
    seats: Vec<Decider>,
    chance: Sampler,
    /// Before the turn that comes next.
    state: State,
    turn: usize,
    /// What was decided in that turn already.
    here: Vec<Decision>,
    moments: Vec<Moment>,
    steps: Vec<Step>,
    rewards: Vec<u64>,
    question: Option<Question>,
    /// The last round that may be played: the talks stop before the next.
    until: u8,
    /// Whether people give orders for whole rounds.
    orders: bool,
}

impl<'a> Table<'a> {
    /// Opens the talks under a seed and a run, with people in `seats`.
    pub fn new(model: &'a Model, seats: &[Decider], seed: u64, run: u32) -> Self {
        let mut table = Self { orders: false, ..Self::held(model, seats, seed, run) };
        table.play_until(u8::MAX);
        table
    }

    /// Opens the talks for people who give orders by round, and stops before the first.
    pub fn held(model: &'a Model, seats: &[Decider], seed: u64, run: u32) -> Self {
        Self {
            model,
            seats: seats.to_vec(),
            chance: Sampler::new(seed, run),
            state: State::new(model),
            turn: 0,
            here: Vec::new(),
            moments: Vec::new(),
            steps: Vec::new(),
            rewards: vec![0; model.world.rewards.len()],
            question: None,
            until: 0,
            orders: true,
        }
    }

    /// Whether people give orders for the rounds to come, or take every decision when it is due.
    pub fn by_orders(&mut self, orders: bool) {
        self.orders = orders;
    }

    /// The same talks with other luck from here on.
    #[must_use]
    pub fn with_luck(mut self, chance: Sampler) -> Self {
        self.chance = chance;
        self
    }

    /// How the talks end if the model plays every seat from here on. They stand between two rounds, or are over.
    pub fn by_model(mut self) -> State {
        self.chance.play(self.model, &mut self.state);
        self.state
    }

    /// Plays on to the end of a round, or until a decision is due before that.
    pub fn play_until(&mut self, round: u8) {
        self.until = round;
        if self.question.is_none() {
            self.advance();
        }
    }

    /// Brings something into the talks from outside, between two rounds.
    ///
    /// # Errors
    /// When the talks are over, or in the midst of a round.
    pub fn inject(&mut self, injected: Injected) -> Result<(), Misfit> {
        let due = self.question.as_ref().map(|q| q.site);
        if let Some(due) = due {
            return Err(Misfit::Other { round: due.round, due, given: due });
        }
        if self.over() {
            return Err(Misfit::Over);
        }
        let step = record_injection(self.model, &mut self.state, injected);
        self.steps.extend(step.news());
        Ok(())
    }

    /// Opens the talks and takes decisions that were made before.
    ///
    /// # Errors
    /// When they do not fit the scenario.
    pub fn replayed(
        model: &'a Model,
        seats: &[Decider],
        seed: u64,
        run: u32,
        decisions: &[Decision],
    ) -> Result<Self, Misfit> {
        let mut table = Self::new(model, seats, seed, run);
        decisions.iter().try_for_each(|d| table.repeat(*d))?;
        Ok(table)
    }

    /// Takes a decision that was made before.
    ///
    /// # Errors
    /// When another one is due.
    pub fn repeat(&mut self, decision: Decision) -> Result<(), Misfit> {
        let due = self.due()?.site;
        if due != decision.site {
            return Err(Misfit::Other { round: due.round, due, given: decision.site });
        }
        self.take(decision.pick, decision.by_model).map(|_| ())
    }

    /// The decision that is due.
    fn due(&self) -> Result<&Question, Misfit> {
        let none = || if self.over() { Misfit::Over } else { Misfit::Waits(self.round()) };
        self.question.as_ref().ok_or_else(none)
    }

    /// Takes the decision that is due, and plays on until the next one.
    ///
    /// # Errors
    /// When none is due, or when this is not open.
    pub fn decide(&mut self, pick: usize) -> Result<Decision, Misfit> {
        self.take(pick, false)
    }

    /// Leaves the decision that is due to the model, with the luck of the run: what it would do with the seat empty.
    ///
    /// # Errors
    /// When none is due.
    pub fn leave_to_model(&mut self) -> Result<Decision, Misfit> {
        let question = self.due()?.clone();
        let pick = question.drawn(&mut self.chance);
        self.take(pick, true)
    }

    fn take(&mut self, pick: usize, by_model: bool) -> Result<Decision, Misfit> {
        let question = self.due()?;
        let site = question.site;
        if question.picked(pick).is_none() {
            return Err(Misfit::NotOpen { round: site.round, pick });
        }
        let decision = Decision { site, pick, by_model };
        self.moments.push(Moment {
            question: question.clone(),
            pick,
            by_model,
            cells: self.state.cells().to_vec(),
            turn: self.turn,
            earlier: self.here.clone(),
        });
        self.here.push(decision);
        self.advance();
        Ok(decision)
    }

    /// The decision that is due; `None` when the talks have ended.
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// The scenario.
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// Who is played by people.
    pub fn seats(&self) -> &[Decider] {
        &self.seats
    }

    /// The talks before the turn in which a decision is due, or at their end.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The round under way, or the last one.
    pub fn round(&self) -> u8 {
        self.state.get(self.model, Quantity::Round)
    }

    /// Whether the talks have ended.
    pub fn over(&self) -> bool {
        self.turn == 0 && self.question.is_none() && self.state.get(self.model, Quantity::Outcome) != 0
    }

    /// Whether the talks stand before the first turn of a round that may not begin yet.
    pub fn waits(&self) -> bool {
        self.question.is_none() && !self.over()
    }

    /// What happened so far, without the turn in which a decision is due.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Every decision that was made, in order.
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The decisions alone.
    pub fn decisions(&self) -> Vec<Decision> {
        let decision = |m: &Moment| Decision { site: m.question.site, pick: m.pick, by_model: m.by_model };
        self.moments.iter().map(decision).collect()
    }

    /// What happened so far as a record.
    pub fn transcript(&self) -> Transcript {
        let (steps, rewards) = (self.steps.clone(), self.rewards.clone());
        Transcript { steps, rewards, end: self.state.cells().to_vec() }
    }

    /// A digest of the state, by which one is known again: the first half of the SHA-256 of its cells, in hexadecimal.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.state.cells())[..16])
    }

    fn advance(&mut self) {
        self.question = None;
        while self.state.get(self.model, Quantity::Outcome) == 0 || self.turn != 0 {
            if self.turn == 0 && self.round() > self.until {
                return;
            }
            if !self.take_turn() {
                return;
            }
        }
    }

    /// Whether a person has just come or gone otherwise than the model would have.
    fn departed(&mut self) -> bool {
        let here = self.moments.len() - self.here.len();
        let (moments, chance) = (&self.moments[here..], &mut self.chance);
        let comes = |m: &Moment| matches!(m.question.site.what, What::Attendance | What::Return);
        moments.iter().any(|m| comes(m) && m.question.drawn(chance) != m.pick)
    }

    /// Plays the next turn; or takes it back where a decision is missing, which is then due.
    fn take_turn(&mut self) -> bool {
        let decided: Vec<usize> = self.here.iter().map(|d| d.pick).collect();
        let before = self.state.cells().to_vec();
        let mut rewards = self.rewards.clone();
        let (model, seats, orders) = (self.model, &self.seats, self.orders);
        let mut chair =
            Chair { model, seats, orders, chance: &mut self.chance, decided: &decided, used: 0, due: None };
        let mut step = record_turn(model, &mut self.state, self.turn, &mut chair, &mut rewards);
        if let Some(due) = chair.due.take() {
            self.state.restore(&before);
            self.question = ask(model, &self.state, &due, &step.entries);
            debug_assert!(self.question.is_some(), "nothing to ask at {due:?}");
            return false;
        }
        if self.departed() {
            own_reasons(&mut step.entries);
        }
        self.rewards = rewards;
        self.here.clear();
        self.steps.extend(step.news());
        self.turn = (self.turn + 1) % self.model.turns.len();
        true
    }
}

/// A person who comes or goes has reasons of its own: not those that the model's odds are made of.
fn own_reasons(entries: &mut [Entry]) {
    for entry in entries {
        if let Entry::Seat { reasons, .. } = entry {
            *reasons = None;
        }
    }
}
