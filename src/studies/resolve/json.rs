//! What agents could reach, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::drivers::Head;
use crate::drivers::enumerate::Taken;
use crate::kernel::What;
use crate::render::typed::Typed;
use crate::text::pretty;

use super::tables::tables;
use super::text::word;
use super::{FORMAT, Resolution};

/// How often a decision falls so, in one round and turn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Row {
    pub round: u8,
    pub turn: &'static str,
    pub agent: String,
    pub decider: String,
    pub what: What,
    pub choice: String,
    /// The probability that it is asked for and decided so.
    pub probability: f64,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    #[serde(flatten)]
    head: Head<()>,
    agents: Vec<Agent<'a>>,
    cases: Vec<CaseRow>,
    tables: Typed,
}

#[derive(Serialize)]
struct Agent<'a> {
    id: String,
    aim: &'a str,
}

#[derive(Serialize)]
struct CaseRow {
    name: &'static str,
    values: Vec<f64>,
    checked: Vec<f64>,
    missing: f64,
    states: u64,
    policy: Vec<Row>,
}

/// The resolution as JSON, ending in a line feed.
pub(super) fn json(resolution: &Resolution) -> String {
    let r = resolution;
    let cases = r.cases.iter().map(|case| CaseRow {
        name: case.name,
        values: case.resolved.values.clone(),
        checked: case.resolved.checked.clone(),
        missing: case.resolved.missing,
        states: case.resolved.states,
        policy: rows(r, &case.resolved.taken),
    });
    let ids = r.deciders.iter().map(|d| d.id(&r.model.world).into_owned());
    pretty(&Document {
        format: FORMAT,
        head: r.head(),
        agents: ids.zip(r.aims).map(|(id, aim)| Agent { id, aim }).collect(),
        cases: cases.collect(),
        tables: Typed(tables(r)),
    })
}

/// The decisions of a case, the same ones of a round and turn put together.
pub(super) fn rows(r: &Resolution, taken: &[Taken]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places: BTreeMap<(u8, usize, usize, u8, u64, usize), usize> = BTreeMap::new();
    for t in taken {
        let d = &t.decision;
        let place = (t.round, t.turn, d.decider, d.site.what as u8, d.site.address, d.pick);
        let at = *places.entry(place).or_insert_with(|| {
            let turn = r.model.turns[t.turn];
            rows.push(Row {
                round: t.round,
                turn: turn.name(),
                agent: turn.agent(&r.model.world).to_owned(),
                decider: r.deciders[d.decider].id(&r.model.world).into_owned(),
                what: d.site.what,
                choice: word(r.model, r.deciders[d.decider], d.site, d.pick),
                probability: 0.0,
            });
            rows.len() - 1
        });
        rows[at].probability += t.probability;
    }
    rows
}
