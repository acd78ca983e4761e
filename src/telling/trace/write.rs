//! Writing a trace.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::domain::{Model, Quantity, Turn, hex};
use crate::drivers::{Step, Transcript};
use crate::kernel::What;

use super::lines::{ChangeLine, ChoiceLine, Footer, Header, TurnLine};
use super::{FORMAT, Run};

/// The trace of a run of the scenario named `scenario`.
pub fn write(run: &Run, scenario: &str) -> String {
    let (format, scenario) = (FORMAT.into(), scenario.into());
    let header = Header { format, head: run.head(), run: run.origin.run, scenario };
    text_of(&header, run.model, run.transcript)
}

/// The lines of a transcript under a header.
pub(super) fn text_of(header: &Header, model: &Model, transcript: &Transcript) -> String {
    let mut text = line(header);
    let mut turns = 0;
    for step in transcript.steps.iter().filter(|s| !s.choices.is_empty()) {
        text.push_str(&line(&turn_line(model, step)));
        turns += 1;
    }
    let footer = Footer { end: outcome(model, transcript), turns, hash: hash(&text) };
    text.push_str(&line(&footer));
    text
}

/// The kind of a choice as traces write it.
pub(crate) fn word(what: What) -> String {
    serde_json::to_string(&what).unwrap_or_default().trim_matches('"').to_owned()
}

/// These are plain data: they always have a JSON text.
fn line<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}

/// SHA-256 in hex.
pub(super) fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn outcome(model: &Model, transcript: &Transcript) -> String {
    let place = transcript.end[model.cell(Quantity::Outcome)];
    model.value_name(Quantity::Outcome, place)
}

/// The track of a seat's turn.
pub(crate) fn track_of(model: &Model, turn: Turn) -> Option<String> {
    match turn {
        Turn::Convene(s) | Turn::Instruct(s) => {
            Some(model.world.track(model.world.seat(s).track).name.id.clone())
        }
        _ => None,
    }
}

/// The changes of a step by path and name.
pub(crate) fn changes(model: &Model, step: &Step) -> Vec<ChangeLine> {
    let change = |(cell, from, to): &(usize, u8, u8)| {
        let quantity = model.cells[*cell].quantity;
        ChangeLine {
            path: model.world.path(quantity),
            from: model.value_name(quantity, *from),
            to: model.value_name(quantity, *to),
        }
    };
    step.changes.iter().map(change).collect()
}

fn turn_line(model: &Model, step: &Step) -> TurnLine {
    TurnLine {
        round: step.round,
        turn: step.turn.name().into(),
        agent: step.turn.agent(&model.world).into(),
        track: track_of(model, step.turn),
        choices: step
            .choices
            .iter()
            .map(|c| ChoiceLine { what: c.site.what, weights: c.weights.clone(), pick: c.pick })
            .collect(),
        changes: changes(model, step),
    }
}
