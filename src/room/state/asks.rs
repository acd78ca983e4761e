//! What students ask for.

use crate::session::{self, Event};

use super::super::class::Line;
use super::super::lesson::Kind;
use super::super::people::tidy;
use super::super::request::{Ask, Form, Refusal, Reply, mark};
use super::super::sheet::version;
use super::Room;
use super::lines::remember;

impl Room<'_> {
    /// Answers a form. The same form again has the first answer again.
    ///
    /// # Errors
    /// Why it is refused; then nothing has changed.
    pub fn form(&mut self, form: &Form) -> Result<Reply, Refusal> {
        self.whole()?;
        if !form.has_key() {
            return Err(Refusal::NoKey);
        }
        let marked = form.marked();
        let who = form.who.clone().unwrap_or_default();
        if let Some((before, reply)) = self.keys.get(&(who.clone(), form.key.clone())) {
            return if *before == marked { Ok(reply.clone()) } else { Err(Refusal::Key) };
        }
        if let Ask::Join { name } = &form.ask {
            return self.join(name, &marked);
        }
        if self.people.get(&who).is_none() {
            return Err(Refusal::Nobody);
        }
        self.ask(&who, &form.ask, &marked)?;
        remember(&mut self.keys, &who, &marked, Reply::Done);
        Ok(Reply::Done)
    }

    fn ask(&mut self, who: &str, ask: &Ask, marked: &str) -> Result<(), Refusal> {
        match ask {
            Ask::Join { .. } => Ok(()),
            Ask::Team { group, role } => {
                if !self.plan.choose || self.people.get(who).is_some_and(|s| s.team.is_some()) {
                    return Err(Refusal::HasTeam);
                }
                self.line(Line::Team { who: who.into(), group: *group, role: role.clone() })
            }
            Ask::Draft { round, field, words } => {
                let (group, role) = self.at_work(who, *round)?;
                let mut sheet = self.draft(group, &role).sheet;
                sheet.set(field, words.clone());
                let session = &self.groups[group - 1].session;
                let place =
                    session.header().seats.iter().position(|id| *id == role).ok_or(Refusal::NoSuchTeam)?;
                session::orders::check(self.model, session.seats()[place], &sheet)
                    .map_err(|wrong| Refusal::Session(wrong.into()))?;
                let (who, field, words) = (who.into(), field.clone(), words.clone());
                self.line(Line::Draft { who, group, role, round: *round, field, words, key: marked.into() })
            }
            Ask::Sign { round, version: read } => {
                let (group, role) = self.at_work(who, *round)?;
                if self.people.pen(group, &role) != Some(who) {
                    return Err(Refusal::Pen);
                }
                let sheet = self.draft(group, &role).sheet;
                if version(&sheet) != *read {
                    return Err(Refusal::Changed);
                }
                let (by, key) = (who.to_owned(), marked.to_owned());
                self.event(group, Event::Orders { round: *round, role, sheet, by, key })
            }
            Ask::Pen => {
                let (group, role) = self.team_of(who)?;
                let held = self.people.pen(group, &role).filter(|held| *held != who);
                if held.is_some_and(|held| self.people.is_there(held, self.now)) {
                    return Err(Refusal::Pen);
                }
                self.line(Line::Pen { who: who.into() })
            }
            Ask::Predict { question, round, probability } => {
                self.predict(who, question, (*round, *probability), marked)
            }
            Ask::Vote { step, option } => self.vote(who, (*step, *option), marked),
            Ask::Guess { mark: of, outcome } => {
                let what_if = self.asked().filter(|id| mark(id) == *of && !self.answered(id));
                let Some(what_if) = what_if.map(str::to_owned) else { return Err(Refusal::Question) };
                if !self.model.world.outcomes.iter().any(|o| o.name.id == *outcome) {
                    return Err(Refusal::Question);
                }
                if self.guesses.get(&what_if).is_some_and(|g| g.contains_key(who)) {
                    return Err(Refusal::Stated);
                }
                let (who, outcome, key) = (who.into(), outcome.clone(), marked.into());
                self.line(Line::Guess { who, what_if, outcome, key })
            }
        }
    }

    /// Takes a secret vote. Nothing of it is written into a log: its place there would tell whose it is.
    fn vote(&mut self, who: &str, (step, option): (usize, usize), marked: &str) -> Result<(), Refusal> {
        let (number, stage) = self.stage();
        let open = number == step && stage.kind == Kind::Vote && !self.counted.contains_key(&step);
        if !open || option >= stage.options.len() {
            return Err(Refusal::NoVote);
        }
        if self.has_voted(step, who) {
            return Err(Refusal::Stated);
        }
        self.ballots.vote(step, (who, marked), (option, stage.options.len()));
        self.pending.ballots = true;
        self.touch_team_of(who);
        Ok(())
    }

    fn join(&mut self, name: &str, marked: &str) -> Result<Reply, Refusal> {
        if !self.joining {
            return Err(Refusal::Closed);
        }
        if self.people.count() >= self.plan.most {
            return Err(Refusal::Full(self.plan.most));
        }
        let name = tidy(name).ok_or(Refusal::Name)?;
        let listed = self.plan.roster.iter().find(|(known, ..)| known.to_lowercase() == name.to_lowercase());
        if listed.is_none() && !self.plan.roster.is_empty() {
            return Err(Refusal::Roster);
        }
        let team = listed.map(|(_, group, role)| (*group, role.clone()));
        let who = loop {
            let id = format!("s{:08x}", (self.bits)() as u32);
            if self.people.get(&id).is_none() {
                break id;
            }
        };
        self.names.insert(who.clone(), name);
        self.pending.names = true;
        self.line(Line::Join { who: who.clone(), key: marked.to_owned() })?;
        if let Some((group, role)) = team.or_else(|| self.drawn()) {
            self.line(Line::Team { who: who.clone(), group, role })?;
        }
        Ok(Reply::Joined(who))
    }

    /// The team that the next student is put on: the smallest, group after group.
    fn drawn(&self) -> Option<(usize, String)> {
        if self.plan.choose {
            return None;
        }
        self.teams().min_by_key(|(group, role)| self.people.on_team(*group, role).count())
    }

    fn team_of(&self, who: &str) -> Result<(usize, String), Refusal> {
        self.people.get(who).and_then(|s| s.team.clone()).ok_or(Refusal::NoTeam)
    }

    /// The team of a student who may write orders for a round now.
    fn at_work(&self, who: &str, round: u8) -> Result<(usize, String), Refusal> {
        let (group, role) = self.team_of(who)?;
        let table = self.groups[group - 1].session.table();
        match () {
            () if self.paused => Err(Refusal::Paused),
            () if table.over() || table.round() != round => Err(Refusal::Round(round)),
            () => Ok((group, role)),
        }
    }

    fn predict(
        &mut self,
        who: &str,
        question: &str,
        (round, probability): (u8, f64),
        marked: &str,
    ) -> Result<(), Refusal> {
        let (group, _) = self.team_of(who)?;
        let session = &self.groups[group - 1].session;
        let asked = self.model.world.predictions().iter().find(|q| q.name.id == question);
        let due = !session.table().over() && session.table().round() == round;
        let spread = self.spread.contains(&(round, question.to_owned()));
        if !due || spread || asked.is_none_or(|q| !q.checkpoints.contains(&round)) {
            return Err(Refusal::Question);
        }
        let same = |p: &&session::Prediction| p.who == who && p.question == question && p.round == round;
        if session.predictions().iter().any(|p| same(&p)) {
            return Err(Refusal::Stated);
        }
        let (who, question, key) = (who.to_owned(), question.to_owned(), marked.to_owned());
        self.event(group, Event::Predict { who, question, round, probability, key })
    }
}
