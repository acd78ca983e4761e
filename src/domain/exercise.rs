//! What a scenario says for use in class: aims, timing, seats, texts for the roles, questions to predict and to discuss.
//! Nothing of it moves a run.

use std::borrow::Cow;

use serde::Serialize;

use super::{Condition, EventId, MediatorId, Name, PartyId, WhatIf, World};

/// A seat that a person can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A party.
    Party(PartyId),
    /// A mediator.
    Mediator(MediatorId),
}

impl Role {
    /// What it is, as paths begin.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Party(_) => "party",
            Self::Mediator(_) => "mediator",
        }
    }
}

/// `[exercise]`: how the scenario is used in class.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Exercise {
    /// What students should be able to do or say afterwards.
    pub aims: Vec<String>,
    /// How long it takes in all, in minutes: as the file says, or else the sum of the timetable.
    pub minutes: Option<u16>,
    /// The timetable.
    pub timing: Vec<Step>,
    /// The seats that people should take; empty: all parties and mediators.
    pub roles: Vec<Role>,
    /// Whether decisions stand: nobody goes back to an earlier round.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub one_way: bool,
    /// What everybody is told.
    pub briefing: Option<String>,
    /// Events that everybody knows to be possible; the others are the teacher's.
    pub events: Vec<EventId>,
    /// What one role alone is told, in the order of the file.
    pub sheets: Vec<RoleText>,
    /// What players are asked to predict, in the order of the file.
    pub predictions: Vec<Prediction>,
    /// The steps of its lessons, each lesson's in their order. A lesson may be cut between two days without being another scenario, so
    /// they are no part of its fingerprint.
    #[serde(skip)]
    pub steps: Vec<LessonStep>,
    /// What is discussed afterwards.
    pub discussion: Vec<Discussion>,
    /// Which what-ifs are run in class, as places in [`World::what_ifs`]; empty: all of the file.
    pub what_ifs: Vec<usize>,
    /// A remark of its author, for teachers.
    pub note: Option<String>,
}

/// A line of the timetable.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// How many minutes it takes.
    pub minutes: u16,
    /// What is done.
    pub what: String,
}

/// What a class does in a step of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doing {
    /// Everybody reads.
    Brief,
    /// Everybody predicts.
    Predict,
    /// Rounds are played, from the first to the last named.
    Play(u8, u8),
    /// A what-if is put to the class, as a place in [`World::what_ifs`]; `None`: the teacher chooses.
    WhatIf(Option<usize>),
    /// The class votes.
    Vote,
    /// What was hidden is opened.
    Debrief,
}

impl Doing {
    /// The words of the language, in the order of the alternatives.
    pub const WORDS: [&str; 6] = ["brief", "predict", "play", "what-if", "vote", "debrief"];
}

/// `[[exercise.step]]`: a step of a lesson at the class's phones.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LessonStep {
    /// The lesson that it belongs to.
    pub lesson: String,
    /// What is done.
    pub doing: Doing,
    /// How many minutes it takes.
    pub minutes: u16,
    /// What it is called.
    pub title: Option<String>,
    /// What the class is told.
    pub text: Option<String>,
}

/// What one role alone is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleText {
    /// Who.
    pub role: Role,
    /// The confidential text.
    pub text: Option<String>,
    /// Advice for playing it.
    pub hints: Vec<String>,
}

/// A question that players answer with a probability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prediction {
    /// Id, title and notes.
    pub name: Name,
    /// As it is put to the players.
    pub question: String,
    /// What is predicted.
    pub that: Condition,
    /// The condition as the file writes it.
    pub text: String,
    /// The round by which it has to come about: it is true if `that` held at the end of some round up to this one.
    /// `None`: it is true if `that` holds when the talks end.
    pub by: Option<u8>,
    /// The rounds before which players are asked, ascending; the first is 1.
    pub checkpoints: Vec<u8>,
}

/// A question for the discussion afterwards.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discussion {
    /// The question.
    pub question: String,
    /// What a good answer looks at.
    pub look_for: Option<String>,
}

impl Exercise {
    /// How many minutes the timetable takes together.
    pub fn timed(&self) -> u32 {
        self.timing.iter().map(|step| u32::from(step.minutes)).sum()
    }

    /// The prediction with an id.
    pub fn prediction(&self, id: &str) -> Option<&Prediction> {
        self.predictions.iter().find(|p| p.name.id == id)
    }

    /// What a role alone is told.
    pub fn sheet(&self, role: Role) -> Option<&RoleText> {
        self.sheets.iter().find(|s| s.role == role)
    }
}

impl World {
    /// Every seat that a person can take: the parties, then the mediators.
    pub fn all_roles(&self) -> impl Iterator<Item = Role> + use<> {
        let parties = (0..self.parties.len()).map(|p| Role::Party(PartyId::new(p)));
        parties.chain((0..self.mediators.len()).map(|m| Role::Mediator(MediatorId::new(m))))
    }

    /// The seats that the exercise suggests, or all of them.
    pub fn roles(&self) -> Vec<Role> {
        match &self.exercise {
            Some(exercise) if !exercise.roles.is_empty() => exercise.roles.clone(),
            _ => self.all_roles().collect(),
        }
    }

    /// Whether decisions stand: nobody who plays goes back to an earlier round.
    pub fn one_way(&self) -> bool {
        self.exercise.as_ref().is_some_and(|e| e.one_way)
    }

    /// The questions that players are asked to predict.
    pub fn predictions(&self) -> &[Prediction] {
        self.exercise.as_ref().map_or(&[], |e| &e.predictions)
    }

    /// The what-ifs that are run in class: those the exercise names, or all of the file.
    pub fn class_what_ifs(&self) -> Vec<&WhatIf> {
        match &self.exercise {
            Some(exercise) if !exercise.what_ifs.is_empty() => {
                exercise.what_ifs.iter().map(|at| &self.what_ifs[*at]).collect()
            }
            _ => self.what_ifs.iter().collect(),
        }
    }

    /// The role of a name: `party.ID`, `mediator.ID`, or an id alone, which is the party's where a mediator shares it.
    pub fn role(&self, name: &str) -> Option<Role> {
        let (kind, id) = name.split_once('.').map_or((None, name), |(kind, id)| (Some(kind), id));
        let fits =
            |role: &Role| kind.is_none_or(|kind| kind == role.kind()) && self.role_name(*role).id == id;
        self.all_roles().find(fits)
    }

    /// The shortest name of a role that [`World::role`] takes for it.
    pub fn role_id(&self, role: Role) -> Cow<'_, str> {
        let id = &self.role_name(role).id;
        match self.role(id) == Some(role) {
            true => Cow::Borrowed(id),
            false => Cow::Owned(format!("{}.{id}", role.kind())),
        }
    }

    /// Id, title and notes of a role.
    pub fn role_name(&self, role: Role) -> &Name {
        match role {
            Role::Party(p) => &self.party(p).name,
            Role::Mediator(m) => &self.mediator(m).name,
        }
    }
}
