//! The room: what is in it, and what each request changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{Model, Quantity};
use crate::session::{self, Event, Holder, Pace, Session};

use super::class::{Header, Line, Luck};
use super::folder::{CLASS, Folder, Opened, Problem, group as log_of};
use super::lesson::{Lesson, Stage};
use super::people::{GONE, People, tidy};
use super::request::{Ask, Form, Order, Refusal, Reply};
use super::sheet::{Draft, version};

/// A group and its talks.
#[derive(Debug)]
pub struct Group<'a> {
    /// The talks.
    pub session: Session<'a>,
    /// The sheets that its teams fill in, by round and role.
    drafts: BTreeMap<(u8, String), Draft>,
}

/// How a room is run: nothing of it is in its logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many students can join.
    pub most: usize,
    /// Whether students choose their teams; else they are drawn evenly.
    pub choose: bool,
    /// Names with their group and role, where a list says who may join; empty: everybody.
    pub roster: Vec<(String, usize, String)>,
    /// Whether a group may go ahead of others with the same luck.
    pub ahead: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self { most: 250, choose: false, roster: Vec::new(), ahead: false }
    }
}

/// Lines that are not on the disk yet.
#[derive(Debug, Default)]
struct Pending {
    class: String,
    groups: BTreeMap<usize, String>,
    names: bool,
}

/// Who sees a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    All,
    Group(usize),
    Team(usize, String),
}

/// A class at the table.
pub struct Room<'a> {
    model: &'a Model,
    header: Header,
    lesson: Lesson,
    plan: Plan,
    people: People,
    groups: Vec<Group<'a>>,
    step: usize,
    paused: bool,
    joining: bool,
    asked: Option<String>,
    guesses: BTreeMap<String, BTreeMap<String, String>>,
    answered: BTreeSet<String>,
    debriefed: bool,
    message: Option<String>,
    /// Forms that were answered, by whose they were and their keys.
    keys: HashMap<(String, String), (String, Reply)>,
    names: BTreeMap<String, String>,
    folder: Folder,
    pending: Pending,
    broken: Option<String>,
    now: u64,
    changes: u64,
    /// How often something changed that all students see, those of a group, and those of a team.
    touched: BTreeMap<Scope, u64>,
    /// Random bits for new ids.
    bits: Box<dyn FnMut() -> u64 + Send>,
}

impl<'a> Room<'a> {
    /// Opens a room on a folder: a new one, or one that goes on. `bits` gives random bits that nobody can guess.
    ///
    /// # Errors
    /// When a log does not fit the scenario.
    pub fn open(
        model: &'a Model,
        opened: Opened,
        lesson: Lesson,
        plan: Plan,
        bits: Box<dyn FnMut() -> u64 + Send>,
    ) -> Result<Self, Problem> {
        let Opened { folder, header, lines, groups, names, secret, .. } = opened;
        let mut sessions = Vec::new();
        let mut keys = HashMap::new();
        for (k, written) in groups.into_iter().enumerate() {
            let path = folder.path().join(log_of(k + 1));
            let session =
                Session::resume(model, written.header, &written.events).map_err(|(event, refused)| {
                    Problem::Misfit { path, line: event + 1, message: refused.to_string() }
                })?;
            for event in &written.events {
                if let Event::Orders { by: who, key, .. } | Event::Predict { who, key, .. } = event {
                    remember(&mut keys, who, key, Reply::Done);
                }
            }
            sessions.push(Group { session, drafts: BTreeMap::new() });
        }
        let mut room = Self {
            model,
            header,
            lesson,
            plan,
            people: People::new(secret),
            groups: sessions,
            step: 1,
            paused: false,
            joining: true,
            asked: None,
            guesses: BTreeMap::new(),
            answered: BTreeSet::new(),
            debriefed: false,
            message: None,
            keys,
            names,
            folder,
            pending: Pending::default(),
            broken: None,
            now: 0,
            changes: 0,
            touched: BTreeMap::new(),
            bits,
        };
        for (k, line) in lines.iter().enumerate() {
            room.apply(line).map_err(|refused| Problem::Misfit {
                path: room.folder.path().join(CLASS),
                line: k + 2,
                message: refused.to_string(),
            })?;
        }
        Ok(room)
    }

    /// Makes a folder's headers for a new class.
    pub fn headers(header: &Header) -> Vec<session::Header> {
        let of = |k: usize| session::Header {
            format: session::FORMAT.into(),
            head: crate::drivers::Head { note: session::NOTE.into(), ..header.head.clone() },
            run: if header.luck == Luck::Shared { 0 } else { k as u32 },
            scenario: header.scenario.clone(),
            seats: header.roles.clone(),
            by: Pace::Round,
        };
        (0..header.groups).map(of).collect()
    }

    // What stands in the room.

    /// The scenario.
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// The first line of the class's log.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The lesson.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// How the room is run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Who joined.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The groups; the first has number 1.
    pub fn groups(&self) -> &[Group<'a>] {
        &self.groups
    }

    /// The step of the lesson, with its number from 1.
    pub fn stage(&self) -> (usize, Stage) {
        (self.step, self.lesson.stages[self.step - 1].clone())
    }

    /// Whether the lesson is halted.
    pub fn paused(&self) -> bool {
        self.paused
    }

    /// Whether anybody can join.
    pub fn joining(&self) -> bool {
        self.joining
    }

    /// The what-if before the class.
    pub fn asked(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    /// What was guessed of a what-if, by student.
    pub fn guesses(&self, what_if: &str) -> BTreeMap<String, String> {
        self.guesses.get(what_if).cloned().unwrap_or_default()
    }

    /// Whether the answer to a what-if was shown.
    pub fn answered(&self, what_if: &str) -> bool {
        self.answered.contains(what_if)
    }

    /// Whether what was hidden is open to all.
    pub fn debriefed(&self) -> bool {
        self.debriefed
    }

    /// What the teacher told all.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The room's clock, in milliseconds.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// How often something changed since the program began.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// How often something changed that a student sees, since the program began.
    pub fn version_for(&self, who: &str) -> u64 {
        let count = |scope: &Scope| self.touched.get(scope).copied().unwrap_or(0);
        let team = self.people.get(who).and_then(|s| s.team.clone());
        let of_team = team.map_or(0, |(g, role)| count(&Scope::Group(g)) + count(&Scope::Team(g, role)));
        count(&Scope::All) + of_team
    }

    /// Wakes everybody: something that is shown beside the room has changed.
    pub fn stir(&mut self) {
        self.touch(Scope::All);
    }

    fn touch(&mut self, scope: Scope) {
        self.changes += 1;
        *self.touched.entry(scope).or_default() += 1;
    }

    fn touch_team_of(&mut self, who: &str) {
        match self.people.get(who).and_then(|s| s.team.clone()) {
            Some((group, role)) => self.touch(Scope::Team(group, role)),
            None => self.changes += 1,
        }
    }

    /// Where everything is kept.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Every team: group and role.
    pub fn teams(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        (1..=self.groups.len()).flat_map(|g| self.header.roles.iter().map(move |role| (g, role.clone())))
    }

    /// The title of a role.
    pub fn title(&self, role: &str) -> String {
        let decider = crate::drivers::decider::Decider::find(&self.model.world, role);
        decider.map_or_else(|_| role.to_owned(), |d| crate::telling::play::plain(d.title(&self.model.world)))
    }

    /// How a group's talks ended.
    pub fn outcome(&self, group: usize) -> Option<String> {
        let table = self.groups.get(group.checked_sub(1)?)?.session.table();
        let place = usize::from(table.state().get(self.model, Quantity::Outcome));
        let outcome = self.model.world.outcomes.get(place.checked_sub(1)?)?;
        table.over().then(|| crate::telling::play::plain(&outcome.name.title))
    }

    /// The sheet that a team is filling in.
    pub fn draft(&self, group: usize, role: &str) -> Draft {
        let Some(group) = group.checked_sub(1).and_then(|g| self.groups.get(g)) else {
            return Draft::default();
        };
        group.drafts.get(&(group.session.table().round(), role.to_owned())).cloned().unwrap_or_default()
    }

    /// The roles of a group that have students and have not signed the orders of the round that is due.
    pub fn waits_for(&self, group: usize) -> Vec<String> {
        let Some(session) = self.groups.get(group.wrapping_sub(1)).map(|g| &g.session) else {
            return Vec::new();
        };
        let waits = |role: &&String| {
            session.sheet(role).is_none()
                && session.holder(role) == Some(Holder::Person)
                && self.people.on_team(group, role).next().is_some()
        };
        if session.table().over() {
            Vec::new()
        } else {
            self.header.roles.iter().filter(waits).cloned().collect()
        }
    }

    // What changes it.

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
            Ask::Guess { what_if, outcome, .. } => {
                if self.asked.as_deref() != Some(what_if) || self.answered(what_if) {
                    return Err(Refusal::Question);
                }
                if !self.model.world.outcomes.iter().any(|o| o.name.id == *outcome) {
                    return Err(Refusal::Question);
                }
                if self.guesses.get(what_if).is_some_and(|g| g.contains_key(who)) {
                    return Err(Refusal::Stated);
                }
                let (what_if, outcome) = (what_if.clone(), outcome.clone());
                self.line(Line::Guess { who: who.into(), what_if, outcome, key: marked.into() })
            }
        }
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
        if !due || asked.is_none_or(|q| !q.checkpoints.contains(&round)) {
            return Err(Refusal::Question);
        }
        let same = |p: &&session::Prediction| p.who == who && p.question == question && p.round == round;
        if session.predictions().iter().any(|p| same(&p)) {
            return Err(Refusal::Stated);
        }
        let (who, question, key) = (who.to_owned(), question.to_owned(), marked.to_owned());
        self.event(group, Event::Predict { who, question, round, probability, key })
    }

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
            Order::Enter { group, role, sheet } => {
                let round = self.group(*group)?.session.table().round();
                let (role, sheet) = (role.clone(), sheet.clone());
                self.event(
                    *group,
                    Event::Orders { round, role, sheet, by: "teacher".into(), key: String::new() },
                )
            }
            Order::Issue { who } => {
                let number = self.people.get(who).ok_or(Refusal::Nobody)?.issue + 1;
                self.line(Line::Issue { who: who.clone(), number })
            }
            Order::Joining(open) => self.line(Line::Joining { open: *open }),
            Order::Pause(on) => self.line(Line::Pause { on: *on }),
            Order::Step(number) => {
                let debrief =
                    self.lesson.stages.get(number.wrapping_sub(1)).map(|s| s.kind == super::Kind::Debrief);
                self.line(Line::Step { number: *number })?;
                if let super::Kind::WhatIf(Some(what_if)) = self.stage().1.kind {
                    self.line(Line::Ask { what_if })?;
                }
                if debrief == Some(true) && !self.debriefed { self.line(Line::Debrief) } else { Ok(()) }
            }
            Order::Ask(what_if) => self.line(Line::Ask { what_if: what_if.clone() }),
            Order::Answer => match self.asked.clone() {
                Some(what_if) => self.line(Line::Answer { what_if }),
                None => Err(Refusal::Question),
            },
            Order::Message(text) => {
                self.message = Some(crate::telling::play::plain(text)).filter(|t| !t.is_empty());
                self.touch(Scope::All);
                Ok(())
            }
        }
    }

    fn group(&self, number: usize) -> Result<&Group<'a>, Refusal> {
        number.checked_sub(1).and_then(|k| self.groups.get(k)).ok_or(Refusal::NoSuchTeam)
    }

    /// Closes the round of one group, or of all that have not come further than others.
    fn close(&mut self, group: Option<usize>) -> Result<(), Refusal> {
        let due = |g: usize| {
            let table = self.groups[g - 1].session.table();
            (!table.over()).then(|| table.round())
        };
        let first = (1..=self.groups.len()).filter_map(due).min();
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

    /// Lets time pass: pens pass on from phones that are gone.
    pub fn tick(&mut self, now: u64) {
        self.now = now;
        if self.broken.is_some() || now < GONE {
            return;
        }
        let teams: Vec<(usize, String)> = self.teams().collect();
        for (group, role) in teams {
            let gone = self.people.pen(group, &role).is_some_and(|who| !self.people.is_there(who, now));
            let there = self.people.on_team(group, &role).find(|(who, _)| self.people.is_there(who, now));
            let there = there.map(|(who, _)| who.to_owned());
            if let Some(who) = there.filter(|_| gone) {
                // It is there, so it can hold the pen.
                let _ = self.line(Line::Pen { who });
            }
        }
    }

    /// A student's phone is there.
    pub fn seen(&mut self, who: &str, now: u64) {
        if let Some(student) = self.people.get_mut(who) {
            let before = student.seen.replace(now);
            if before.is_none_or(|before| now.saturating_sub(before) >= GONE) {
                self.touch_team_of(who);
            }
        }
    }

    /// Applies a line and keeps it for the next commit.
    fn line(&mut self, line: Line) -> Result<(), Refusal> {
        self.apply(&line)?;
        self.pending.class += &session::write(&line);
        Ok(())
    }

    /// Applies an event of a group and keeps it for the next commit.
    fn event(&mut self, group: usize, event: Event) -> Result<(), Refusal> {
        self.groups[group - 1].session.apply(&event)?;
        self.touch(Scope::Group(group));
        *self.pending.groups.entry(group).or_default() += &session::write(&event);
        Ok(())
    }

    fn apply(&mut self, line: &Line) -> Result<(), Refusal> {
        self.change(line)?;
        match line {
            Line::Join { .. } | Line::Joining { .. } | Line::Guess { .. } => self.changes += 1,
            Line::Team { who, .. } | Line::Pen { who } | Line::Issue { who, .. } => self.touch_team_of(who),
            Line::Draft { group, role, .. } => self.touch(Scope::Team(*group, role.clone())),
            Line::Step { .. }
            | Line::Pause { .. }
            | Line::Ask { .. }
            | Line::Answer { .. }
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
                    student.name = self.names.get(who).cloned().unwrap_or_default();
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
            Line::Ask { what_if } => {
                if !self.model.world.what_ifs.iter().any(|w| w.name.id == *what_if) {
                    return Err(Refusal::Question);
                }
                self.asked = Some(what_if.clone());
            }
            Line::Guess { who, what_if, outcome, key } => {
                self.guesses.entry(what_if.clone()).or_default().insert(who.clone(), outcome.clone());
                remember(&mut self.keys, who, key, Reply::Done);
            }
            Line::Answer { what_if } => drop(self.answered.insert(what_if.clone())),
            Line::Debrief => self.debriefed = true,
        }
        Ok(())
    }

    fn whole(&self) -> Result<(), Refusal> {
        match &self.broken {
            Some(why) => Err(Refusal::Broken(why.clone())),
            None => Ok(()),
        }
    }

    /// Whether lines wait for the disk.
    pub fn waits_for_disk(&self) -> bool {
        !self.pending.class.is_empty() || !self.pending.groups.is_empty() || self.pending.names
    }

    /// Makes sure of everything that was changed; nothing of it may be shown before. Where that fails, nothing more is taken: what
    /// the room holds in memory is no longer what it would find again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn commit(&mut self) -> Result<(), Refusal> {
        self.whole()?;
        let Pending { class, groups, names } = std::mem::take(&mut self.pending);
        let groups: Vec<(usize, String)> = groups.into_iter().collect();
        let named = if names { self.folder.put_names(&self.names) } else { Ok(()) };
        let kept = named.and_then(|()| self.folder.append(&groups, &class));
        kept.map_err(|fault| {
            self.broken = Some(fault.to_string());
            Refusal::Broken(fault.to_string())
        })
    }
}

/// Remembers a form by its marked key.
fn remember(keys: &mut HashMap<(String, String), (String, Reply)>, who: &str, marked: &str, reply: Reply) {
    if let Some((key, _)) = marked.rsplit_once('.') {
        keys.insert((who.to_owned(), key.to_owned()), (marked.to_owned(), reply));
    }
}
