//! The steps of a lesson.

use crate::domain::{Doing, World};

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everybody reads.
    Brief,
    /// Everybody predicts.
    Predict,
    /// Rounds are played, from the first to the last named.
    Play(u8, u8),
    /// A what-if is put to the class, by its id; guesses come first.
    WhatIf(Option<String>),
    /// The class votes on a question.
    Vote,
    /// What was hidden is opened.
    Debrief,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What is done.
    pub kind: Kind,
    /// How many minutes it is meant to take; 0 where nothing is said.
    pub minutes: u16,
    /// What it is called.
    pub title: String,
    /// What the class is told.
    pub text: String,
}

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its steps; there is at least one.
    pub stages: Vec<Stage>,
}

impl Lesson {
    /// Every lesson of a scenario: those of its file, or one that follows from its rounds and predictions.
    pub fn all(world: &World) -> Vec<Self> {
        let steps = world.exercise.as_ref().map_or(&[][..], |e| &e.steps);
        let mut all: Vec<Self> = Vec::new();
        for step in steps {
            let stage = Stage {
                kind: kind(world, &step.doing),
                minutes: step.minutes,
                title: step.title.clone().unwrap_or_else(|| called(&step.doing)),
                text: step.text.clone().unwrap_or_default(),
            };
            match all.iter_mut().find(|l| l.id == step.lesson) {
                Some(lesson) => lesson.stages.push(stage),
                None => all.push(Self {
                    id: step.lesson.clone(),
                    title: step.lesson.clone(),
                    stages: vec![stage],
                }),
            }
        }
        for lesson in &mut all {
            lesson.title = format!("Lesson of {} minutes", lesson.minutes());
        }
        all.push(Self::plain(world));
        all
    }

    /// The lesson of an id; the first where none is asked for.
    pub fn find(world: &World, id: Option<&str>) -> Option<Self> {
        let mut all = Self::all(world).into_iter();
        match id {
            Some(id) => all.find(|l| l.id == id),
            None => all.next(),
        }
    }

    /// Reading, then predictions wherever the exercise asks for them between rounds, then the debrief.
    fn plain(world: &World) -> Self {
        let stage = |kind, title: &str| Stage { kind, minutes: 0, title: title.into(), text: String::new() };
        let mut stages = vec![stage(Kind::Brief, "Reading")];
        let mut points: Vec<u8> = world.predictions().iter().flat_map(|p| p.checkpoints.clone()).collect();
        points.sort_unstable();
        points.dedup();
        let mut next = 1;
        for point in points.into_iter().filter(|p| *p <= world.rounds) {
            if point > next {
                stages.push(stage(Kind::Play(next, point - 1), &rounds(next, point - 1)));
            }
            stages.push(stage(Kind::Predict, "Predictions"));
            next = point;
        }
        stages.push(stage(Kind::Play(next, world.rounds), &rounds(next, world.rounds)));
        stages.push(stage(Kind::Debrief, "Debriefing"));
        Self { id: "rounds".into(), title: "Round by round".into(), stages }
    }

    /// How many minutes it takes in all.
    pub fn minutes(&self) -> u32 {
        self.stages.iter().map(|s| u32::from(s.minutes)).sum()
    }
}

fn kind(world: &World, doing: &Doing) -> Kind {
    match doing {
        Doing::Brief => Kind::Brief,
        Doing::Predict => Kind::Predict,
        Doing::Play(from, to) => Kind::Play(*from, *to),
        Doing::WhatIf(place) => Kind::WhatIf(place.map(|k| world.what_ifs[k].name.id.clone())),
        Doing::Vote => Kind::Vote,
        Doing::Debrief => Kind::Debrief,
    }
}

/// What a step is called that has no title.
fn called(doing: &Doing) -> String {
    match doing {
        Doing::Brief => "Reading".into(),
        Doing::Predict => "Predictions".into(),
        Doing::Play(from, to) => rounds(*from, *to),
        Doing::WhatIf(_) => "What if …".into(),
        Doing::Vote => "A vote".into(),
        Doing::Debrief => "Debriefing".into(),
    }
}

fn rounds(from: u8, to: u8) -> String {
    if from == to { format!("Round {from}") } else { format!("Rounds {from} to {to}") }
}
