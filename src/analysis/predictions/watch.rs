//! What becomes of the questions while talks are played.

use crate::domain::rule::Rule;
use crate::domain::{Model, Quantity};
use crate::drivers::Transcript;
use crate::kernel::{State, holds};

/// The questions of a scenario, ready to be held against states.
#[derive(Clone, Debug)]
pub struct Watch {
    questions: Vec<(Rule, Option<u8>)>,
}

/// The answers so far, question by question: `None` while one is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// In the order of the scenario's predictions.
    pub answers: Vec<Option<bool>>,
}

impl Watch {
    /// The questions of a scenario's exercise.
    pub fn new(model: &Model) -> Self {
        let ground = model.ground();
        let questions = model.world.predictions().iter().map(|p| (Rule::of(&p.that, ground), p.by));
        Self { questions: questions.collect() }
    }

    /// Before the first round every question is open.
    pub fn begin(&self) -> Seen {
        Seen { answers: vec![None; self.questions.len()] }
    }

    /// Looks at the state when a round has been played: to be told of every round, in order. Once the talks have ended
    /// no question is open.
    pub fn look(&self, model: &Model, state: &mut State, round: u8, seen: &mut Seen) {
        let over = state.get(model, Quantity::Outcome) != 0;
        let answers = self.questions.iter().zip(&mut seen.answers);
        for ((rule, by), answer) in answers.filter(|(_, answer)| answer.is_none()) {
            let mut held = || state.at_the_end_of(model, round, |state| holds(rule, model, state));
            *answer = match by {
                Some(by) if round <= *by && held() => Some(true),
                Some(by) if round >= *by || over => Some(false),
                None if over => Some(held()),
                _ => None,
            };
        }
    }

    /// What became of the questions in a run that has been recorded.
    pub fn of(&self, model: &Model, transcript: &Transcript) -> Seen {
        self.before(model, transcript, u8::MAX).1
    }

    /// Follows a record through the rounds before one, looking at the end of each that was played to its end: the state then, and
    /// what has become of the questions.
    pub fn before(&self, model: &Model, transcript: &Transcript, round: u8) -> (State, Seen) {
        let mut seen = self.begin();
        let mut state = State::new(model);
        let mut steps = transcript.steps.iter().peekable();
        while let Some(step) = steps.next_if(|s| s.round < round) {
            step.changes.iter().for_each(|(cell, _, after)| state.put(*cell, *after));
            let ended = steps.peek().map_or_else(
                || state.get(model, Quantity::Outcome) != 0 || state.get(model, Quantity::Round) > step.round,
                |next| next.round != step.round,
            );
            if ended {
                self.look(model, &mut state, step.round, &mut seen);
            }
        }
        (state, seen)
    }
}
