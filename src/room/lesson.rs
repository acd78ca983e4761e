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
    /// What can be voted for, in a step of a vote; else nothing.
    pub options: Vec<String>,
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
            let kind = kind(world, &step.doing);
            let text = step.text.clone().unwrap_or_default();
            let (text, options) = if kind == Kind::Vote { ballot(&text) } else { (text, Vec::new()) };
            let title = step.title.clone().unwrap_or_else(|| called(&step.doing));
            let stage = Stage { kind, minutes: step.minutes, title, text, options };
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
        let stage = |kind, title: &str| Stage {
            kind,
            minutes: 0,
            title: title.into(),
            text: String::new(),
            options: Vec::new(),
        };
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

/// The question of a vote and what can be voted for: the lines of its text that begin with `- `, or else yes and no.
fn ballot(text: &str) -> (String, Vec<String>) {
    let option = |line: &str| {
        line.trim()
            .strip_prefix('-')
            .filter(|o| o.is_empty() || o.starts_with(' '))
            .map(|o| o.trim().to_owned())
    };
    let mut options: Vec<String> = Vec::new();
    for option in text.lines().filter_map(option).filter(|o| !o.is_empty()) {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    if options.len() < 2 {
        return (text.to_owned(), ["Yes", "No"].map(str::to_owned).to_vec());
    }
    let rest: Vec<&str> = text.lines().filter(|line| option(line).is_none()).collect();
    (rest.join("\n").trim().to_owned(), options)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_is_for_the_options_of_its_text() {
        let (question, options) =
            ballot("Whom do you trust?\n- the elders\n -  nobody\n- nobody\n- \nThink first.");
        assert_eq!(
            (question.as_str(), &options[..]),
            ("Whom do you trust?\nThink first.", &["the elders", "nobody"].map(str::to_owned)[..])
        );
        assert_eq!(ballot("Sign?\n- only one").1, ["Yes", "No"]);
    }
}
