//! One JSON document of a run: ids and paths, never places in lists (docs/formats.md).

mod ending;
mod entry;
mod fields;

use serde::Serialize;

use crate::drivers::{Head, Step};
use crate::text::pretty;

use super::Run;
use super::trace::{ChangeLine, changes, track_of};

use ending::End;
use fields::Fields;

/// The name of the format.
pub const FORMAT: &str = "baraza-run/2";

/// The document.
#[derive(Debug, Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head,
    run: u32,
    scenario: Scenario,
    rounds: Vec<Round>,
    end: End<'a>,
}

#[derive(Debug, Serialize)]
struct Scenario {
    start: String,
    rounds: u8,
    round_days: u16,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sessions: Vec<String>,
    odds_days: u16,
}

#[derive(Debug, Serialize)]
struct Round {
    round: u8,
    date: String,
    turns: Vec<TurnRecord>,
}

#[derive(Debug, Serialize)]
struct TurnRecord {
    turn: &'static str,
    agent: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    track: Option<String>,
    entries: Vec<Fields>,
    changes: Vec<ChangeLine>,
}

/// The run as JSON, ending in a line feed.
pub fn json(run: &Run) -> String {
    let world = &run.model.world;
    let document = Document {
        format: FORMAT,
        head: run.head(),
        run: run.origin.run,
        scenario: Scenario {
            start: world.start.to_string(),
            rounds: world.rounds,
            round_days: world.round_days,
            sessions: world.sessions.iter().map(ToString::to_string).collect(),
            odds_days: world.odds_days(),
        },
        rounds: rounds(run),
        end: End::of(run),
    };
    pretty(&document)
}

fn rounds(run: &Run) -> Vec<Round> {
    let mut rounds: Vec<Round> = Vec::new();
    for step in &run.transcript.steps {
        if rounds.last().is_none_or(|r| r.round != step.round) {
            let date = run.model.world.date_of(step.round).to_string();
            rounds.push(Round { round: step.round, date, turns: Vec::new() });
        }
        if let Some(round) = rounds.last_mut() {
            round.turns.push(turn(run, step));
        }
    }
    rounds
}

fn turn(run: &Run, step: &Step) -> TurnRecord {
    let world = &run.model.world;
    TurnRecord {
        turn: step.turn.name(),
        agent: step.turn.agent(world).into(),
        track: track_of(run.model, step.turn),
        entries: step.entries.iter().filter_map(|e| entry::fields(run.model, e)).collect(),
        changes: changes(run.model, step),
    }
}
