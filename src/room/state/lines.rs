//! Lines of the logs: applied first, then kept.

use std::collections::HashMap;

use crate::session::{self, Event};

use super::super::class::Line;
use super::super::request::{Refusal, Reply};
use super::{Clock, Room, Scope};

/// Forms that were answered, by whose they were and their keys: what was sent, and what was answered.
pub(super) type Keys = HashMap<(String, String), (String, Reply)>;

impl Room<'_> {
    /// Applies a line and keeps it for the next commit.
    pub(super) fn line(&mut self, line: Line) -> Result<(), Refusal> {
        self.apply(&line)?;
        self.pending.class += &session::write(&line);
        Ok(())
    }

    /// Applies an event of a group and keeps it for the next commit.
    pub(super) fn event(&mut self, group: usize, event: Event) -> Result<(), Refusal> {
        self.groups[group - 1].session.apply(&event)?;
        // Orders and predictions leave the talks where they are.
        if !matches!(event, Event::Orders { .. } | Event::Predict { .. } | Event::Seat { .. }) {
            self.standings.get_mut().retain(|(of, _), _| *of != group);
        }
        self.touch(Scope::Group(group));
        *self.pending.groups.entry(group).or_default() += &session::write(&event);
        Ok(())
    }

    pub(super) fn apply(&mut self, line: &Line) -> Result<(), Refusal> {
        self.change(line)?;
        match line {
            Line::Join { .. } | Line::Joining { .. } | Line::Guess { .. } | Line::Due { .. } => {
                self.changes += 1
            }
            Line::Team { who, .. } | Line::Pen { who } | Line::Issue { who, .. } => self.touch_team_of(who),
            Line::Draft { group, role, .. } => self.touch(Scope::Team(*group, role.clone())),
            Line::Step { .. }
            | Line::Pause { .. }
            | Line::Ask { .. }
            | Line::Answer { .. }
            | Line::Found { .. }
            | Line::Withdraw
            | Line::Clock { .. }
            | Line::Spread { .. }
            | Line::Counted { .. }
            | Line::Debrief => {
                self.touch(Scope::All);
            }
        }
        Ok(())
    }

    fn change(&mut self, line: &Line) -> Result<(), Refusal> {
        match line {
            Line::Join { who, key } => {
                self.people.add(who);
                if let Some(student) = self.people.get_mut(who) {
                    student.name = self.names.get(who).unwrap_or(who).clone();
                }
                remember(&mut self.keys, "", key, Reply::Joined(who.clone()));
            }
            Line::Team { who, group, role } => {
                if !self.teams().any(|team| team == (*group, role.clone())) {
                    return Err(Refusal::NoSuchTeam);
                }
                self.people.get_mut(who).ok_or(Refusal::Nobody)?.team = Some((*group, role.clone()));
            }
            Line::Issue { who, number } => {
                self.people.get_mut(who).ok_or(Refusal::Nobody)?.issue = *number;
            }
            Line::Joining { open } => self.joining = *open,
            Line::Step { number } => {
                let steps = self.lesson.stages.len();
                if !(1..=steps).contains(number) {
                    return Err(Refusal::Step(steps));
                }
                self.step = *number;
            }
            Line::Pause { on } => self.paused = *on,
            Line::Draft { who, group, role, round, field, words, key } => {
                let group =
                    group.checked_sub(1).and_then(|g| self.groups.get_mut(g)).ok_or(Refusal::NoSuchTeam)?;
                let draft = group.drafts.entry((*round, role.clone())).or_default();
                draft.sheet.set(field, words.clone());
                draft.last = Some((who.clone(), field.clone()));
                remember(&mut self.keys, who, key, Reply::Done);
            }
            Line::Pen { who } => self.people.take_pen(who),
            Line::Ask { what_if, question } => {
                let known = self.model.world.what_ifs.iter().any(|w| w.name.id == *what_if);
                if !known && !what_if.contains('=') {
                    return Err(Refusal::Question);
                }
                self.asked = Some((what_if.clone(), question.clone()));
            }
            Line::Withdraw => self.asked = None,
            Line::Guess { who, what_if, outcome, key } => {
                self.guesses.entry(what_if.clone()).or_default().insert(who.clone(), outcome.clone());
                remember(&mut self.keys, who, key, Reply::Done);
            }
            Line::Answer { what_if } => drop(self.answered.insert(what_if.clone())),
            Line::Found { what_if, .. } => drop(self.found.insert(what_if.clone())),
            Line::Spread { question, round } => {
                let asked =
                    |q: &crate::domain::Prediction| q.name.id == *question && q.checkpoints.contains(round);
                if !self.model.world.predictions().iter().any(asked) {
                    return Err(Refusal::Question);
                }
                self.spread.insert((*round, question.clone()));
            }
            Line::Counted { step, votes } => drop(self.counted.insert(*step, votes.clone())),
            Line::Due { group, round, at } => drop(self.due.insert(*group, (*round, *at))),
            Line::Clock { round, until, left } => {
                let set = until.is_some() || left.is_some();
                self.clock = set.then_some(Clock { round: *round, until: *until, left: *left });
            }
            Line::Debrief => self.debriefed = true,
        }
        Ok(())
    }
}

/// Remembers a form by its marked key.
pub(super) fn remember(keys: &mut Keys, who: &str, marked: &str, reply: Reply) {
    if let Some((key, _)) = marked.rsplit_once('.') {
        keys.insert((who.to_owned(), key.to_owned()), (marked.to_owned(), reply));
    }
}
