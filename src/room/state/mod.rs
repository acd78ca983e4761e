//! The room: what is in it, and what each request changes.

mod asks;
mod clock;
mod lines;
mod orders;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::{Model, Quantity};
use crate::session::{self, Event, Holder, Pace, Session, Table, group_log};

use super::ballots::Ballots;
use super::class::{Header, Luck};
use super::folder::{CLASS, Folder, Opened, Problem};
use super::lesson::{Lesson, Stage};
use super::people::{GONE, People};
use super::request::{Refusal, Reply};
use super::sheet::Draft;
use super::standing::Standing;

pub use clock::Clock;
use lines::{Keys, remember};

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
    ballots: bool,
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
    /// The what-if before the class, and what the teacher asks about it.
    asked: Option<(String, String)>,
    guesses: BTreeMap<String, BTreeMap<String, String>>,
    answered: BTreeSet<String>,
    /// The what-ifs whose answers are in the log.
    found: BTreeSet<String>,
    /// Predictions whose distribution was shown: question and round.
    spread: BTreeSet<(u8, String)>,
    ballots: Ballots,
    /// Votes that were closed, by step.
    counted: BTreeMap<usize, Vec<(String, u32)>>,
    debriefed: bool,
    message: Option<String>,
    /// Forms that were answered, by whose they were and their keys.
    keys: Keys,
    names: BTreeMap<String, String>,
    folder: Folder,
    pending: Pending,
    broken: Option<String>,
    now: u64,
    /// When the room was opened, once time passes in it.
    opened: Option<u64>,
    /// Since when which round of each group is waited for.
    due: BTreeMap<usize, (u8, u64)>,
    clock: Option<Clock>,
    changes: u64,
    /// How often something changed that all students see, those of a group, and those of a team.
    touched: BTreeMap<Scope, u64>,
    /// Where roles stand, by group and role, until the talks go on.
    standings: RefCell<BTreeMap<(usize, String), Arc<Standing>>>,
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
        let Opened { folder, header, lines, groups, names, ballots, secret, .. } = opened;
        let mut sessions = Vec::new();
        let mut keys = Keys::new();
        for (k, written) in groups.into_iter().enumerate() {
            let path = folder.path().join(group_log(k + 1));
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
        for ballot in ballots.steps.values() {
            ballot.voted.iter().for_each(|(who, key)| remember(&mut keys, who, key, Reply::Done));
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
            found: BTreeSet::new(),
            spread: BTreeSet::new(),
            ballots,
            counted: BTreeMap::new(),
            debriefed: false,
            message: None,
            keys,
            names,
            folder,
            pending: Pending::default(),
            broken: None,
            now: 0,
            opened: None,
            due: BTreeMap::new(),
            clock: None,
            changes: 0,
            touched: BTreeMap::new(),
            standings: RefCell::default(),
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
        self.asked.as_ref().map(|(what_if, _)| what_if.as_str())
    }

    /// What the class is told of it: a title and a question. Values that the teacher moved are told to nobody.
    pub fn asked_told(&self) -> Option<(String, String)> {
        let (what_if, question) = self.asked.as_ref()?;
        let known = self.model.world.what_ifs.iter().find(|w| w.name.id == *what_if);
        let title = known.map_or("Something is different", |w| &w.name.title);
        let own = known.and_then(|w| w.question.as_deref()).unwrap_or_default();
        let question = if question.is_empty() { own } else { question };
        Some((crate::telling::play::plain(title), crate::telling::play::plain(question)))
    }

    /// What was guessed of a what-if, by student.
    pub fn guesses(&self, what_if: &str) -> BTreeMap<String, String> {
        self.guesses.get(what_if).cloned().unwrap_or_default()
    }

    /// Whether the answer to a what-if was shown.
    pub fn answered(&self, what_if: &str) -> bool {
        self.answered.contains(what_if)
    }

    /// Whether the distribution of a prediction was shown.
    pub fn spread_shown(&self, question: &str, round: u8) -> bool {
        self.spread.contains(&(round, question.to_owned()))
    }

    /// How many have voted in a step.
    pub fn voted(&self, step: usize) -> usize {
        self.ballots.of(step).map_or(0, |ballot| ballot.voted.len())
    }

    /// Whether a student has voted in a step.
    pub fn has_voted(&self, step: usize, who: &str) -> bool {
        self.ballots.of(step).is_some_and(|ballot| ballot.voted.contains_key(who))
    }

    /// How a vote went that was closed: what could be voted for, with its votes.
    pub fn counted(&self, step: usize) -> Option<&[(String, u32)]> {
        self.counted.get(&step).map(Vec::as_slice)
    }

    /// Whether what was hidden is open to all.
    pub fn debriefed(&self) -> bool {
        self.debriefed
    }

    /// What the teacher told all.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The time in the room, in milliseconds since the beginning of 1970.
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

    /// Where a role of a group stands; `None` where there is no such team.
    pub(super) fn standing(&self, group: usize, role: &str) -> Option<Arc<Standing>> {
        let key = (group, role.to_owned());
        if let Some(known) = self.standings.borrow().get(&key) {
            return Some(known.clone());
        }
        let standing = Standing::of(&self.groups.get(group.checked_sub(1)?)?.session, role)?;
        self.standings.borrow_mut().insert(key, standing.clone());
        Some(standing)
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

    /// The round that is due in a group, from 1, or the earliest one that is due in any; `None` where the talks are over.
    pub fn due(&self, group: Option<usize>) -> Option<u8> {
        let groups = self.groups.iter().enumerate().filter(|(k, _)| group.is_none_or(|g| g == k + 1));
        let tables = groups.map(|(_, g)| g.session.table());
        tables.filter(|table| !table.over()).map(Table::round).min()
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

    fn whole(&self) -> Result<(), Refusal> {
        match &self.broken {
            Some(why) => Err(Refusal::Broken(why.clone())),
            None => Ok(()),
        }
    }

    /// Whether lines wait for the disk.
    pub fn waits_for_disk(&self) -> bool {
        !self.pending.class.is_empty()
            || !self.pending.groups.is_empty()
            || self.pending.names
            || self.pending.ballots
    }

    /// Makes sure of everything that was changed; nothing of it may be shown before. Where that fails, nothing more is taken: what
    /// the room holds in memory is no longer what it would find again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn commit(&mut self) -> Result<(), Refusal> {
        self.whole()?;
        let Pending { class, groups, names, ballots } = std::mem::take(&mut self.pending);
        let named = if names { self.folder.put_names(&self.names) } else { Ok(()) };
        let voted =
            named.and_then(|()| if ballots { self.folder.put_ballots(&self.ballots) } else { Ok(()) });
        let kept = voted.and_then(|()| self.folder.append(&groups, &class));
        kept.map_err(|fault| {
            self.broken = Some(fault.to_string());
            Refusal::Broken(fault.to_string())
        })
    }
}
