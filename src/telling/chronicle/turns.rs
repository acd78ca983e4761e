//! The sentences of a run turn by turn, for reports that set them out otherwise.

use crate::domain::{Model, Turn, World};
use crate::drivers::{Step, Transcript};
use crate::session::Sight;

use super::Detail;
use super::round::{session, tell};
use super::story::Story;
use super::words::{count, dates};

/// What is told of one turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The round.
    pub round: u8,
    /// The turn.
    pub turn: Turn,
    /// From which detail on it is told.
    pub detail: Detail,
    /// The sentence or sentences.
    pub text: String,
    /// Remarks.
    pub remarks: Vec<String>,
}

/// Everything that is told of a run at some detail, in the order of the turns.
pub(crate) fn by_turn(model: &Model, transcript: &Transcript, detail: Detail) -> Vec<Said> {
    turns(Story::new(model), &transcript.steps, detail)
}

/// The same as a role may know it.
pub(crate) fn by_turn_seen(model: &Model, sight: Sight, steps: &[Step], detail: Detail) -> Vec<Said> {
    turns(Story::seen(model, sight), &sight.steps(model, steps), detail)
}

fn turns(mut story: Story, steps: &[Step], detail: Detail) -> Vec<Said> {
    let mut said = Vec::new();
    let mut round = 0;
    for step in steps {
        if step.round != round {
            round = step.round;
            story.met.fill(false);
        }
        if let Some(track) = session(&story, step.turn) {
            story.assemble(track);
            // Who is in the room is known once the seats have been called, whichever turn comes next.
            take(&mut story, &mut said, (round, Turn::Table(track)), detail);
        }
        story.advance(step);
        tell(&mut story, step);
        story.tell_kept();
        take(&mut story, &mut said, (round, step.turn), detail);
    }
    said
}

fn take(story: &mut Story, said: &mut Vec<Said>, (round, turn): (u8, Turn), detail: Detail) {
    let told = std::mem::take(&mut story.told);
    for t in told.into_iter().filter(|t| t.detail <= detail && !t.text.is_empty()) {
        let remarks = t.remarks.into_iter().filter(|r| r.0 <= detail).map(|r| r.1).collect();
        said.push(Said { round, turn, detail: t.detail, text: t.text, remarks });
    }
}

/// Tells sentences to one reader: what a backer denies is said where it is first mentioned to that reader.
pub(crate) struct Teller<'a>(Story<'a>);

impl<'a> Teller<'a> {
    /// Nothing has been mentioned yet.
    pub fn new(model: &'a Model) -> Self {
        Self(Story::new(model))
    }

    /// A sentence as the reader should see it.
    pub fn tell(&mut self, text: &str) -> String {
        self.0.introduce(text)
    }
}

/// How long the talks last: `13 rounds of 21 days each`, or where they meet at uneven distances `13 rounds of 14 to 30 days`.
pub(crate) fn length(world: &World) -> String {
    let rounds = count(u64::from(world.rounds), "round", "rounds");
    let days = || (1..=world.rounds).map(|r| world.days_of(r));
    let (least, most) = (days().min().unwrap_or(0), days().max().unwrap_or(0));
    match least == most {
        true => format!("{rounds} of {} each", count(u64::from(least), "day", "days")),
        false => format!("{rounds} of {least} to {most} days"),
    }
}

/// The days of a round.
pub(crate) fn when(world: &World, round: u8) -> String {
    dates(world.date_of(round), world.days_of(round))
}
