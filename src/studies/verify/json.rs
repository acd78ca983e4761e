//! Verdicts on properties, as JSON.

use serde::Serialize;

use crate::analysis::verify::{Chance, Effort, Finding};
use crate::domain::Model;
use crate::drivers::Head;
use crate::drivers::enumerate::Sighting;
use crate::render::typed::Typed;
use crate::telling::claim::told;
use crate::text::pretty;

use super::tables::tables;
use super::{Answer, FORMAT, Verification};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<()>,
    effort: Effort,
    properties: Vec<Row<'a>>,
    tables: Typed,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: Option<&'a str>,
    claim: String,
    finding: Finding,
    #[serde(skip_serializing_if = "Option::is_none")]
    called_for: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<&'a Chance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    round: u8,
    turn: &'static str,
    agent: String,
    picks: Vec<usize>,
}

/// The verdicts as JSON, ending in a line feed.
pub(super) fn json(verification: &Verification) -> String {
    let v = verification;
    let row = |a: &'_ Answer| -> (String, Option<Place>) {
        (told(&v.model.world, a.claim), a.verdict.sighting.as_ref().map(|s| place(v.model, s)))
    };
    let properties = v.answers.iter().map(|a| {
        let (claim, shown) = row(a);
        Row {
            id: &a.id,
            title: a.title.as_deref(),
            claim,
            finding: a.verdict.finding,
            called_for: a.verdict.called_for,
            probability: a.verdict.chance.as_ref(),
            shown,
        }
    });
    pretty(&Document {
        format: FORMAT,
        head: v.head(),
        effort: v.effort,
        properties: properties.collect(),
        tables: Typed(tables(v)),
    })
}

fn place(model: &Model, sighting: &Sighting) -> Place {
    let turn = model.turns[sighting.turn];
    let (name, agent) = match sighting.round {
        0 => ("start", String::new()),
        _ => (turn.name(), turn.agent(&model.world).to_owned()),
    };
    Place { round: sighting.round, turn: name, agent, picks: sighting.picks.clone() }
}
