//! A session: every decision that was taken, on every branch.

use std::collections::BTreeMap;

use crate::agents::Injected;
use crate::domain::Model;
use crate::drivers::decider::Decider;

use super::inject::injection;
use super::log::{Event, Header, Holder, Pace};
use super::orders::{self, Sheet};
use super::table::{Decision, Misfit, Table};

/// One course of the talks: from the start, or from a round of another branch to which somebody went back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The branch from which it parts, by its number from 1, and the round from which on it goes its own way.
    pub parent: Option<(usize, u8)>,
    /// Its decisions from the start of the talks, those before the parting included.
    pub decisions: Vec<Decision>,
    /// What was brought in from outside, each with the round before which it was.
    pub injected: Vec<(u8, Injected)>,
    /// The last round that was closed, where people give orders by round.
    pub closed: u8,
    /// Those rounds, from the start of the talks, with what was ordered.
    pub rounds: Vec<Closed>,
    /// Whether it begins another session, taken into this one's tree ([`Session::graft`]): other people played it from the start.
    pub grafted: bool,
}

/// A round that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The round.
    pub round: u8,
    /// The orders by which it was played, by role.
    pub sheets: BTreeMap<String, Sheet>,
    /// The roles that the model played.
    pub model: Vec<String>,
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
    /// A decision where orders are asked for, or the other way round.
    #[error("{}", match _0 {
        Pace::Round => "in this session people give orders for whole rounds",
        Pace::Decision => "in this session people take every decision when it is due",
    })]
    Pace(Pace),
    /// Another round is due.
    #[error("round {due} is due, not round {asked}")]
    Round {
        /// What was asked for.
        asked: u8,
        /// What is due.
        due: u8,
    },
    /// A sheet that cannot be.
    #[error(transparent)]
    Wrong(#[from] orders::Wrong),
    /// Another session that is not of the same talks.
    #[error(
        "it is a session with {0}: only sessions of the same scenario, seed, run and seats are branches of one tree"
    )]
    Other(&'static str),
    /// An injection that cannot be.
    #[error("{0}")]
    Injection(String),
    /// The same orders lead to another state.
    #[error(
        "the orders of round {round} lead to another state ({found}) than was written down ({written}): the file was changed, or \
         another version of the program wrote it"
    )]
    State {
        /// The round.
        round: u8,
        /// The digest that was written.
        written: String,
        /// The digest that came out.
        found: String,
    },
}

/// Decisions and predictions on all branches; the current branch is played on.
#[derive(Clone, Debug)]
pub struct Session<'a> {
    model: &'a Model,
    pub(super) header: Header,
    seats: Vec<Decider>,
    pub(super) branches: Vec<Branch>,
    pub(super) current: usize,
    pub(super) predictions: Vec<Prediction>,
    table: Table<'a>,
    /// The orders for the round to come, by role.
    sheets: BTreeMap<String, Sheet>,
    /// Who holds each seat.
    holders: Vec<Holder>,
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
        let open = if header.by == Pace::Round { Table::held } else { Table::new };
        let table = open(model, &seats, header.head.seed, header.run);
        let (decisions, injected, rounds) = (Vec::new(), Vec::new(), Vec::new());
        let branches = vec![Branch { parent: None, decisions, injected, closed: 0, rounds, grafted: false }];
        let holders = vec![Holder::Person; seats.len()];
        let (predictions, sheets) = (Vec::new(), BTreeMap::new());
        Ok(Self { model, header, seats, branches, current: 1, predictions, table, sheets, holders })
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
                self.at_pace(Pace::Decision)?;
                let decision =
                    event.decision(self.model).ok_or(Refused::NoTurn(event.turn().unwrap_or(0)))?;
                self.table.repeat(decision)?;
                self.branches[self.current - 1].decisions.push(decision);
            }
            Event::Rewind { from, round } => self.rewind(*from, *round)?,
            Event::Go { branch } => {
                self.table = self.table_of(*branch)?;
                self.current = *branch;
                self.sheets.clear();
            }
            Event::Predict { who, question, round, probability, .. } => {
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
            Event::Orders { round, role, sheet, .. } => self.order(*round, role, sheet)?,
            Event::Close { round, model, state } => self.close(*round, model, state)?,
            Event::Seat { role, to } => {
                self.at_pace(Pace::Round)?;
                let seat = self.seat(role)?;
                self.holders[seat] = *to;
            }
            Event::Inject { round, effect } => {
                self.due(*round)?;
                let injected = injection(self.model, effect).map_err(Refused::Injection)?;
                self.table.inject(injected)?;
                self.branches[self.current - 1].injected.push((*round, injected));
            }
        }
        Ok(())
    }

    fn at_pace(&self, pace: Pace) -> Result<(), Refused> {
        if self.header.by == pace { Ok(()) } else { Err(Refused::Pace(self.header.by)) }
    }

    /// Whether orders for a round can be taken now.
    fn due(&self, round: u8) -> Result<(), Refused> {
        self.at_pace(Pace::Round)?;
        if self.table.over() {
            return Err(Misfit::Over.into());
        }
        let due = self.table.round();
        if due == round { Ok(()) } else { Err(Refused::Round { asked: round, due }) }
    }

    /// The place of a role among the seats.
    fn seat(&self, role: &str) -> Result<usize, Refused> {
        let place = self.header.seats.iter().position(|id| id == role);
        place.ok_or_else(|| Refused::Nobody(role.to_owned()))
    }

    fn order(&mut self, round: u8, role: &str, sheet: &Sheet) -> Result<(), Refused> {
        self.due(round)?;
        orders::check(self.model, self.seats[self.seat(role)?], sheet)?;
        self.sheets.insert(role.to_owned(), sheet.clone());
        Ok(())
    }

    fn close(&mut self, round: u8, by_model: &[String], written: &str) -> Result<(), Refused> {
        let table = self.played(round, by_model)?;
        let found = table.digest();
        if found != written {
            return Err(Refused::State { round, written: written.to_owned(), found });
        }
        let branch = &mut self.branches[self.current - 1];
        (branch.decisions, branch.closed) = (table.decisions(), round);
        let mut sheets = std::mem::take(&mut self.sheets);
        sheets.retain(|role, _| !by_model.contains(role));
        branch.rounds.push(Closed { round, sheets, model: by_model.to_vec() });
        self.table = table;
        Ok(())
    }

    /// The talks after the round that is due, played by the orders that were given.
    fn played(&self, round: u8, by_model: &[String]) -> Result<Table<'a>, Refused> {
        self.due(round)?;
        by_model.iter().try_for_each(|role| self.seat(role).map(|_| ()))?;
        let mut table = self.table.clone();
        let sheet = |role: &str| self.sheets.get(role).filter(|_| !by_model.iter().any(|id| id == role));
        play_round(&mut table, round, sheet)?;
        Ok(table)
    }

    /// The event that closes the round that is due: the model plays seats that it holds, those that gave no orders, and `away`.
    ///
    /// # Errors
    /// When no round is due.
    pub fn closing(&self, away: &[String]) -> Result<Event, Refused> {
        let round = self.table.round();
        let with_model = |(id, holder): &(&String, &Holder)| {
            **holder == Holder::Model || away.contains(id) || !self.sheets.contains_key(*id)
        };
        let seats = self.header.seats.iter().zip(&self.holders);
        let model: Vec<String> = seats.filter(with_model).map(|(id, _)| id.clone()).collect();
        let state = self.played(round, &model)?.digest();
        Ok(Event::Close { round, model, state })
    }

    /// The orders that a role has given for the round to come.
    pub fn sheet(&self, role: &str) -> Option<&Sheet> {
        self.sheets.get(role)
    }

    /// The rounds of the current branch that were closed.
    pub fn closed(&self) -> &[Closed] {
        &self.branches[self.current - 1].rounds
    }

    /// Who holds a seat; `None` where there is none of that id.
    pub fn holder(&self, role: &str) -> Option<Holder> {
        self.seat(role).ok().map(|seat| self.holders[seat])
    }

    fn rewind(&mut self, from: usize, round: u8) -> Result<(), Refused> {
        if self.model.world.one_way() {
            return Err(Refused::OneWay);
        }
        let begun = self.table_of(from)?.round();
        let parent = &self.branches[from - 1];
        let latest = if self.header.by == Pace::Round { parent.closed } else { begun };
        if round == 0 || round > latest {
            return Err(Refused::NoRound { asked: round, latest });
        }
        let branch = Branch {
            parent: Some((from, round)),
            decisions: parent.decisions.iter().take_while(|d| d.site.round < round).copied().collect(),
            injected: parent.injected.iter().take_while(|(r, _)| *r < round).copied().collect(),
            closed: round - 1,
            rounds: parent.rounds.iter().take_while(|r| r.round < round).cloned().collect(),
            grafted: false,
        };
        self.table = self.play(&branch)?;
        self.branches.push(branch);
        self.current = self.branches.len();
        self.sheets.clear();
        Ok(())
    }

    /// The event of the alternative picked now.
    ///
    /// # Errors
    /// When no decision is due or this one is not open.
    pub fn deciding(&self, pick: usize) -> Result<Event, Refused> {
        self.at_pace(Pace::Decision)?;
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
        self.play(found)
    }

    /// The talks of a branch before a round that was closed on it, with what was brought in before it.
    ///
    /// # Errors
    /// When there is no such branch or round.
    pub fn table_before(&self, branch: usize, round: u8) -> Result<Table<'a>, Refused> {
        let none = Refused::NoBranch(branch, self.branches.len());
        let found = branch.checked_sub(1).and_then(|k| self.branches.get(k)).ok_or(none)?;
        if round == 0 || round > found.closed {
            return Err(Refused::NoRound { asked: round, latest: found.closed });
        }
        self.play(&Branch {
            parent: None,
            decisions: found.decisions.iter().take_while(|d| d.site.round < round).copied().collect(),
            injected: found.injected.iter().take_while(|(r, _)| *r <= round).copied().collect(),
            closed: round - 1,
            rounds: Vec::new(),
            grafted: false,
        })
    }

    fn play(&self, branch: &Branch) -> Result<Table<'a>, Refused> {
        let (seed, run) = (self.header.head.seed, self.header.run);
        if self.header.by == Pace::Decision {
            return Ok(Table::replayed(self.model, &self.seats, seed, run, &branch.decisions)?);
        }
        let mut table = Table::held(self.model, &self.seats, seed, run);
        let mut decisions = branch.decisions.iter();
        for round in 1..=branch.closed {
            inject(&mut table, branch, round)?;
            table.play_until(round);
            while table.question().is_some() {
                table.repeat(*decisions.next().ok_or(Misfit::Waits(round))?)?;
            }
        }
        inject(&mut table, branch, branch.closed + 1)?;
        Ok(table)
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

/// Plays a round by the orders that `sheet` gives of a role; what they do not speak of is left to the model.
///
/// # Errors
/// When the talks cannot be played on.
pub fn play_round<'s>(
    table: &mut Table,
    round: u8,
    sheet: impl Fn(&str) -> Option<&'s Sheet>,
) -> Result<(), Misfit> {
    table.play_until(round);
    while let Some(question) = table.question() {
        let (model, role) = (table.model(), question.who.id(&table.model().world));
        let pick = sheet(&role).and_then(|sheet| {
            orders::answer(model, table.state(), orders::Past::Steps(table.steps()), question, sheet)
        });
        match pick {
            Some(pick) => table.decide(pick)?,
            None => table.leave_to_model()?,
        };
    }
    Ok(())
}

/// Brings in what was brought in before a round.
fn inject(table: &mut Table, branch: &Branch, round: u8) -> Result<(), Refused> {
    let here = branch.injected.iter().filter(|(before, _)| *before == round);
    Ok(here.map(|(_, injected)| *injected).try_for_each(|injected| table.inject(injected))?)
}
