//! The vocabulary of a file, read before its conditions are compiled.

use time::Date;

use super::super::ids::Ids;
use super::super::names::{Names, with_initial};
use super::super::shape::{Agent, INSTRUMENT, OUTCOME, PROCEDURES, TRACK};
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
    let sound: Vec<bool> = tables(root, Agent::Track).map(|t| all_known(t, "seats", ids)).collect();
    let obliged = obliged(root, ids, &seats, &sound);
    let (profiles, procedures) = (profiles(root), procedures(root));
    Names { start, ids: all, seats, sound, options: options(root), profiles, procedures, obliged }
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

fn profiles(root: &Table) -> Vec<Vec<String>> {
    let of = |table: Option<&Table>| {
        let profiles = table.and_then(|t| t.table("profile")).map_or(&[][..], |t| &t.entries);
        with_initial(profiles.iter().map(|e| e.key.clone()))
    };
    tables(root, Agent::Party).map(of).collect()
}

fn procedures(root: &Table) -> Vec<&'static str> {
    tables(root, Agent::Track).map(|t| PROCEDURES[View::maybe(t, &TRACK).word("procedure")]).collect()
}

/// Whether a key has a list of parties that all exist.
fn all_known(table: Option<&Table>, key: &str, ids: &Ids) -> bool {
    let members = table.and_then(|t| t.get(key)).and_then(Node::as_list).unwrap_or(&[]);
    let known = |n: &Node| n.as_str().is_some_and(|id| ids.find(Agent::Party, id).is_some());
    !members.is_empty() && members.iter().all(known)
}

fn obliged(root: &Table, ids: &Ids, seats: &[(PartyId, TrackId)], sound: &[bool]) -> Vec<Vec<PartyId>> {
    let everybody = || (0..ids.count(Agent::Party)).map(PartyId::new).collect();
    let of = |table: Option<&Table>| {
        let view = View::maybe(table, &INSTRUMENT);
        // After a mistake in the list everybody counts, so that conditions are not blamed for it.
        if let Some(key) = ["obliges", "signatories"].into_iter().find(|key| view.table.get(key).is_some()) {
            if !all_known(table, key, ids) {
                return everybody();
            }
            let listed = view.references(key, Agent::Party, ids);
            return listed.into_iter().map(|(at, _)| PartyId::new(at)).collect();
        }
        match view.reference("track", Agent::Track, ids) {
            Some(track) if sound[track] => {
                let seated = seats.iter().filter(|(_, t)| t.at() == track);
                seated.map(|(party, _)| *party).collect()
            }
            _ => everybody(),
        }
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
