//! The vocabulary of a file, read before its conditions are compiled.

use time::Date;

use super::super::ids::Ids;
use super::super::names::Names;
use super::super::shape::{Agent, INSTRUMENT, OUTCOME, TRACK};
use super::super::tree::{Node, Table};
use super::outcome;
use super::view::View;
use crate::domain::{PartyId, TrackId};

/// Reads ids, seats, options and obligations.
pub(super) fn names(root: &Table, ids: &Ids, start: Date) -> Names {
    let mut all: Vec<Vec<String>> =
        Agent::ALL.iter().map(|agent| ids.all(*agent).map(str::to_owned).collect()).collect();
    outcome_ids(root, &mut all);
    let seats = seats(root, ids);
    let obliged = obliged(root, ids, &seats);
    Names { start, ids: all, seats, options: options(root), obliged }
}

/// The tables of a kind, in order; a value that is no table counts as an empty one.
fn tables(root: &Table, agent: Agent) -> impl Iterator<Item = Option<&Table>> {
    root.table(agent.key()).map_or(&[][..], |t| &t.entries).iter().map(|e| e.node.as_table())
}

/// Track by track in the order of the tracks' lists.
fn seats(root: &Table, ids: &Ids) -> Vec<(PartyId, TrackId)> {
    let mut seats = Vec::new();
    for (at, table) in tables(root, Agent::Track).enumerate() {
        let seated = View::maybe(table, &TRACK).references("seats", Agent::Party, ids);
        seats.extend(seated.into_iter().map(|(party, _)| (PartyId::new(party), TrackId::new(at))));
    }
    seats
}

fn options(root: &Table) -> Vec<Vec<String>> {
    let of = |table: Option<&Table>| {
        let options = table.and_then(|t| t.table("option"));
        options.map_or_else(Vec::new, |t| t.entries.iter().map(|e| e.key.clone()).collect())
    };
    tables(root, Agent::Item).map(of).collect()
}

fn obliged(root: &Table, ids: &Ids, seats: &[(PartyId, TrackId)]) -> Vec<Vec<PartyId>> {
    let listed = |view: &View<'_>, key: &str| {
        let found = view.references(key, Agent::Party, ids);
        let present = view.node(key).and_then(Node::as_list).is_some();
        present.then(|| found.into_iter().map(|(at, _)| PartyId::new(at)).collect::<Vec<_>>())
    };
    let of = |table: Option<&Table>| {
        let view = View::maybe(table, &INSTRUMENT);
        let track = view.reference("track", Agent::Track, ids).map(TrackId::new);
        let seated = || seats.iter().filter(|(_, t)| Some(*t) == track).map(|(p, _)| *p).collect();
        listed(&view, "obliges").or_else(|| listed(&view, "signatories")).unwrap_or_else(seated)
    };
    tables(root, Agent::Instrument).map(of).collect()
}

/// The file's outcomes and the fallback, or the default ones.
fn outcome_ids(root: &Table, all: &mut [Vec<String>]) {
    let written = all[Agent::Outcome as usize].clone();
    if written.is_empty() {
        let has = |agent: Agent| !all[agent as usize].is_empty();
        let defaults = outcome::defaults(has(Agent::Instrument), has(Agent::Party), has(Agent::Track));
        all[Agent::Outcome as usize] = defaults.iter().map(|d| d.id.to_owned()).collect();
        return;
    }
    let last = tables(root, Agent::Outcome).last().flatten();
    if View::maybe(last, &OUTCOME).node("when").is_some() {
        all[Agent::Outcome as usize].push(outcome::fallback_id(&written).to_owned());
    }
}
