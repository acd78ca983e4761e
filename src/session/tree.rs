//! A session: every decision that was taken, on every branch.

use crate::domain::Model;
use crate::drivers::decider::Decider;

use super::log::{Event, Header};
use super::table::{Decision, Misfit, Table};

/// One course of the talks: from the start, or from a round of another branch to which somebody went back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The branch from which it parts, by its number from 1, and the round from which on it goes its own way.
    pub parent: Option<(usize, u8)>,
    /// Its decisions from the start of the talks, those before the parting included.
    pub decisions: Vec<Decision>,
}

/// A probability that a player stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Who stated it: the id of a seat.
    pub who: String,
    /// The id of the question of the exercise.
    pub question: String,
    /// The round before which it was stated.
    pub round: u8,
    /// On which branch, by its number from 1.
    pub branch: usize,
    /// The probability, 0..=1.
    pub probability: f64,
}

/// Why something cannot be done in a session.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refused {
    /// No such branch.
    #[error("there is no branch {0}; there are: 1 to {1}")]
    NoBranch(usize, usize),
    /// No such round to go back to.
    #[error("cannot go back to round {asked}: rounds 1 to {latest} have begun on this branch")]
    NoRound {
        /// What was asked for.
        asked: u8,
        /// The round under way.
        latest: u8,
    },
    /// Nobody goes back.
    #[error("in this exercise decisions stand: nobody goes back to an earlier round")]
    OneWay,
    /// A decision does not fit.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// Not a probability.
    #[error("a probability is between 0 and 1, not {0}")]
    Probability(f64),
    /// A turn that the scenario does not have.
    #[error("the scenario has no turn {0} in its rounds")]
    NoTurn(usize),
    /// Nobody plays.
    #[error("it names no seats: nobody plays")]
    NoSeats,
    /// Nobody of that name.
    #[error("nobody called `{0}` sits here")]
    Nobody(String),
}

/// Decisions and predictions on all branches; the current branch is played on.
#[derive(Clone, Debug)]
pub struct Session<'a> {
    model: &'a Model,
    header: Header,
    seats: Vec<Decider>,
    branches: Vec<Branch>,
    current: usize,
    predictions: Vec<Prediction>,
    table: Table<'a>,
}

impl<'a> Session<'a> {
    /// Begins a session.
    ///
    /// # Errors
    /// When there is no seat in the header, or one is nobody's.
    pub fn new(model: &'a Model, header: Header) -> Result<Self, Refused> {
        let seat = |id: &String| Decider::find(&model.world, id).map_err(|_| Refused::Nobody(id.clone()));
        let seats = header.seats.iter().map(seat).collect::<Result<Vec<_>, _>>()?;
        if seats.is_empty() {
            return Err(Refused::NoSeats);
        }
        let table = Table::new(model, &seats, header.head.seed, header.run);
        let branches = vec![Branch { parent: None, decisions: Vec::new() }];
        Ok(Self { model, header, seats, branches, current: 1, predictions: Vec::new(), table })
    }

    /// Takes what a log holds.
    ///
    /// # Errors
    /// Which event, counted from 1, does not fit, and why.
    pub fn resume(model: &'a Model, header: Header, events: &[Event]) -> Result<Self, (usize, Refused)> {
        let mut session = Self::new(model, header).map_err(|refused| (0, refused))?;
        for (k, event) in events.iter().enumerate() {
            session.apply(event).map_err(|refused| (k + 1, refused))?;
        }
        Ok(session)
    }

    /// Carries out an event. Nothing changes where it is refused.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn apply(&mut self, event: &Event) -> Result<(), Refused> {
        match event {
            Event::Decide { .. } => {
                let decision =
                    event.decision(self.model).ok_or(Refused::NoTurn(event.turn().unwrap_or(0)))?;
                self.table.repeat(decision)?;
                self.branches[self.current - 1].decisions.push(decision);
            }
            Event::Rewind { from, round } => self.rewind(*from, *round)?,
            Event::Go { branch } => {
                self.table = self.table_of(*branch)?;
                self.current = *branch;
            }
            Event::Predict { who, question, round, probability } => {
                if !(0.0..=1.0).contains(probability) {
                    return Err(Refused::Probability(*probability));
                }
                self.predictions.push(Prediction {
                    who: who.clone(),
                    question: question.clone(),
                    round: *round,
                    branch: self.current,
                    probability: *probability,
                });
            }
        }
        Ok(())
    }

    fn rewind(&mut self, from: usize, round: u8) -> Result<(), Refused> {
        if self.model.world.one_way() {
            return Err(Refused::OneWay);
        }
        let latest = self.table_of(from)?.round();
        if round == 0 || round > latest {
            return Err(Refused::NoRound { asked: round, latest });
        }
        let kept = self.branches[from - 1].decisions.iter().take_while(|d| d.site.round < round);
        let branch = Branch { parent: Some((from, round)), decisions: kept.copied().collect() };
        self.table = self.play(&branch.decisions)?;
        self.branches.push(branch);
        self.current = self.branches.len();
        Ok(())
    }

    /// The event of the alternative picked now.
    ///
    /// # Errors
    /// When no decision is due or this one is not open.
    pub fn deciding(&self, pick: usize) -> Result<Event, Refused> {
        let question = self.table.question().ok_or(Misfit::Over)?;
        let round = question.site.round;
        let chosen = question.picked(pick).ok_or(Misfit::NotOpen { round, pick })?;
        Ok(Event::decide(self.model, question, chosen))
    }

    /// The talks of the current branch.
    pub fn table(&self) -> &Table<'a> {
        &self.table
    }

    /// The talks of any branch, by its number from 1.
    ///
    /// # Errors
    /// When there is none.
    pub fn table_of(&self, branch: usize) -> Result<Table<'a>, Refused> {
        let none = Refused::NoBranch(branch, self.branches.len());
        let found = branch.checked_sub(1).and_then(|k| self.branches.get(k)).ok_or(none)?;
        self.play(&found.decisions)
    }

    fn play(&self, decisions: &[Decision]) -> Result<Table<'a>, Refused> {
        Ok(Table::replayed(self.model, &self.seats, self.header.head.seed, self.header.run, decisions)?)
    }

    /// The scenario.
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// Where the session comes from.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Who is played by people.
    pub fn seats(&self) -> &[Decider] {
        &self.seats
    }

    /// All branches; the first has number 1.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// The number of the current branch.
    pub fn current(&self) -> usize {
        self.current
    }

    /// Probabilities that were stated, in order.
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions
    }
}
