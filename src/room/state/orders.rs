//! What the teacher orders.

use std::collections::BTreeSet;

use crate::session::Event;
use crate::session::orders::Sheet;

use super::super::class::{Line, Luck};
use super::super::lesson::Kind;
use super::super::request::{Order, Refusal};
use super::{Group, Room, Scope};

/// Who signed a sheet that the teacher entered.
const TEACHER: &str = "teacher";

impl<'a> Room<'a> {
    /// Carries out what the teacher orders.
    ///
    /// # Errors
    /// Why it is refused; then nothing has changed, or of several groups only those before it.
    pub fn order(&mut self, order: &Order) -> Result<(), Refusal> {
        self.whole()?;
        match order {
            Order::Close { group } => self.close(*group),
            Order::TakeBack { group } => {
                let session = &self.group(*group)?.session;
                let closed = session.branches()[session.current() - 1].closed;
                self.event(*group, Event::Rewind { from: session.current(), round: closed })
            }
            Order::Inject { group, effect } => {
                let groups: Vec<usize> = match group {
                    Some(group) => vec![*group],
                    None => (1..=self.groups.len())
                        .filter(|g| !self.groups[g - 1].session.table().over())
                        .collect(),
                };
                for group in groups {
                    let round = self.group(group)?.session.table().round();
                    self.event(group, Event::Inject { round, effect: effect.clone() })?;
                }
                Ok(())
            }
            Order::Seat { group, role, to } => {
                self.group(*group)?;
                self.event(*group, Event::Seat { role: role.clone(), to: *to })
            }
            Order::Assign { who, group, role } => {
                self.line(Line::Team { who: who.clone(), group: *group, role: role.clone() })
            }
            Order::Enter { group, role, sheet } => self.enter(*group, role, sheet),
            Order::Issue { who } => {
                let number = self.people.get(who).ok_or(Refusal::Nobody)?.issue + 1;
                self.line(Line::Issue { who: who.clone(), number })
            }
            Order::Joining(open) => self.line(Line::Joining { open: *open }),
            Order::Clock(minutes) => self.set_clock(*minutes),
            Order::Pause(on) => {
                self.line(Line::Pause { on: *on })?;
                self.halt_clock(*on)
            }
            Order::Step(number) => {
                let debrief = self.lesson.stages.get(number.wrapping_sub(1)).map(|s| s.kind == Kind::Debrief);
                self.line(Line::Step { number: *number })?;
                if let Kind::WhatIf(Some(what_if)) = self.stage().1.kind {
                    self.line(Line::Ask { what_if, question: String::new() })?;
                }
                if debrief == Some(true) && !self.debriefed { self.line(Line::Debrief) } else { Ok(()) }
            }
            Order::Ask { what_if, question } => {
                self.line(Line::Ask { what_if: what_if.clone(), question: question.clone() })
            }
            Order::Withdraw => match self.asked {
                Some(_) => self.line(Line::Withdraw),
                None => Err(Refusal::Question),
            },
            Order::Answer => match self.asked().map(str::to_owned) {
                Some(what_if) => self.line(Line::Answer { what_if }),
                None => Err(Refusal::Question),
            },
            Order::Spread { question, round } => {
                self.line(Line::Spread { question: question.clone(), round: *round })
            }
            Order::Count => {
                let (step, stage) = self.stage();
                if stage.kind != Kind::Vote || self.counted.contains_key(&step) {
                    return Err(Refusal::NoVote);
                }
                let mut votes = self.ballots.of(step).map_or_else(Vec::new, |ballot| ballot.votes.clone());
                votes.resize(stage.options.len(), 0);
                self.line(Line::Counted { step, votes: stage.options.into_iter().zip(votes).collect() })
            }
            Order::Message(text) => {
                self.tell(text);
                Ok(())
            }
        }
    }

    /// The answer to a what-if is there: how often the talks ended with each outcome, in the order of the scenario, as it stands and with
    /// the change. It is kept once, for the class's tables, and everybody wakes.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn found(&mut self, what_if: &str, without: &[u32], with: &[u32]) -> Result<(), Refusal> {
        if self.found.contains(what_if) {
            self.stir();
            return Ok(());
        }
        let outcomes = self.model.world.outcomes.iter().map(|o| o.name.id.clone());
        let ends = outcomes.zip(without.iter().zip(with)).map(|(id, (a, b))| (id, *a, *b)).collect();
        self.line(Line::Found { what_if: what_if.to_owned(), ends })
    }

    /// Tells all something.
    pub(super) fn tell(&mut self, text: &str) {
        self.message = Some(crate::telling::play::plain(text)).filter(|t| !t.is_empty());
        self.touch(Scope::All);
    }

    fn group(&self, number: usize) -> Result<&Group<'a>, Refusal> {
        number.checked_sub(1).and_then(|k| self.groups.get(k)).ok_or(Refusal::NoSuchTeam)
    }

    /// Enters a sheet for a team: as its orders, and as what its members see.
    fn enter(&mut self, group: usize, role: &str, sheet: &Sheet) -> Result<(), Refusal> {
        let round = self.group(group)?.session.table().round();
        let (by, key) = (TEACHER.to_owned(), String::new());
        let orders = Event::Orders { round, role: role.to_owned(), sheet: sheet.clone(), by, key };
        self.event(group, orders)?;
        let before = self.draft(group, role).sheet;
        let fields: BTreeSet<String> =
            before.decided().chain(sheet.decided()).map(|(field, _)| field.to_owned()).collect();
        for field in fields {
            let words = sheet.words(&field).to_vec();
            if words != before.words(&field) {
                let (who, role, key) = (TEACHER.to_owned(), role.to_owned(), String::new());
                self.line(Line::Draft { who, group, role, round, field, words, key })?;
            }
        }
        Ok(())
    }

    /// Closes the round of one group, or of all that have not come further than others.
    pub(super) fn close(&mut self, group: Option<usize>) -> Result<(), Refusal> {
        let due = |g: usize| self.due(Some(g));
        let first = self.due(None);
        let shared = self.header.luck == Luck::Shared && !self.plan.ahead;
        let closed: Vec<usize> = match group {
            Some(group) => {
                self.group(group)?;
                let behind = |g: &usize| due(*g).is_some_and(|round| Some(round) < due(group));
                match (1..=self.groups.len()).find(behind).filter(|_| shared) {
                    Some(behind) => return Err(Refusal::Behind(behind)),
                    None => vec![group],
                }
            }
            None => (1..=self.groups.len())
                .filter(|g| due(*g).is_some() && (!shared || due(*g) == first))
                .collect(),
        };
        for group in closed {
            let event = self.groups[group - 1].session.closing(&[])?;
            self.event(group, event)?;
        }
        Ok(())
    }
}
