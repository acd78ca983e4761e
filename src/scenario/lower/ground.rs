//! Fronts, spoilers, backers and observers.

use super::super::code::Code;
use super::super::shape::{Agent, BACKER, FRONT, OBSERVER, SPOILER, SPOILER_KINDS};
use super::super::tree::Node;
use super::Lowering;
use super::view::View;
use crate::domain::{
    Backer, BackerId, Front, FrontId, InstrumentId, Observer, PartyId, Spoiler, SpoilerId, SpoilerKind,
    Watched,
};

impl<'t> Lowering<'t, '_> {
    /// Lowers the fronts.
    pub(super) fn fronts(&mut self) -> Vec<Front> {
        let fronts = self.agents(Agent::Front, &FRONT);
        let front = |(name, _, view): (_, _, View<'t>)| Front {
            name,
            holder: self.party_of(view, "holder").unwrap_or(PartyId::new(0)),
            intensity: view.word("intensity") as u8,
            belligerents: self.parties_of(view, "belligerents"),
        };
        fronts.into_iter().map(front).collect()
    }

    /// Lowers the spoilers.
    pub(super) fn spoilers(&mut self) -> Vec<Spoiler> {
        let spoilers = self.agents(Agent::Spoiler, &SPOILER);
        let mut out = Vec::with_capacity(spoilers.len());
        for (name, _, view) in spoilers {
            self.blame(view);
            let opposes = view.references("opposes", Agent::Instrument, self.ids);
            let fronts = view.references("fronts", Agent::Front, self.ids);
            out.push(Spoiler {
                name,
                kind: kind(SPOILER_KINDS[view.word("kind")]),
                odds: view.number("odds"),
                strength: view.level("strength"),
                active: view.flag("active"),
                opposes: opposes.into_iter().map(|(at, _)| InstrumentId::new(at)).collect(),
                fronts: fronts.into_iter().map(|(at, _)| FrontId::new(at)).collect(),
                victim: self.party_of(view, "victim"),
                blamed_on: self.party_of(view, "blamed_on"),
                grievance: self.condition(view, "grievance"),
                coopted_when: self.condition(view, "coopted_when"),
            });
        }
        out
    }

    /// Blame needs a victim, and somebody else to fall on.
    fn blame(&mut self, view: View<'t>) {
        let Some(entry) = view.entry("blamed_on") else { return };
        if view.table.get("victim").is_none() {
            self.report
                .error(Code::BlameWithoutVictim, entry.key_place, "`blamed_on` needs a `victim`")
                .label("who blames it?")
                .help("add `victim`: the party that is attacked and holds this one responsible");
            return;
        }
        let (victim, blamed) = (self.party_of(view, "victim"), self.party_of(view, "blamed_on"));
        if victim.is_some() && victim == blamed {
            let id = entry.node.as_str().unwrap_or("").to_owned();
            self.report
                .error(
                    Code::SelfReference,
                    entry.node.place,
                    format!("`{id}` cannot be blamed for attacks on itself"),
                )
                .label("this is the victim")
                .help("name another party, or leave `blamed_on` out");
        }
    }

    /// Lowers the backers.
    pub(super) fn backers(&mut self) -> Vec<Backer> {
        let backers = self.agents(Agent::Backer, &BACKER);
        let mut out = Vec::with_capacity(backers.len());
        for (name, _, view) in backers {
            let (party, supports) = (self.party_of(view, "party"), self.party_of(view, "supports"));
            if let (true, Some(node)) = (party.is_some() && party == supports, view.node("supports")) {
                let id = node.as_str().unwrap_or("").to_owned();
                self.report
                    .error(Code::SelfReference, node.place, format!("`{id}` cannot be its own backer"))
                    .label("this is the backer's own party")
                    .help("`party` is the seat of the backer itself, `supports` the party it stands behind");
            }
            out.push(Backer {
                name,
                party,
                supports: supports.unwrap_or(PartyId::new(0)),
                support: view.level("support"),
                exposure: view.level("exposure"),
                pressure: view.level("pressure"),
                tolerance: view.level("tolerance"),
                denies: view.flag("denies"),
            });
        }
        out
    }

    /// Lowers the observers.
    pub(super) fn observers(&mut self) -> Vec<Observer> {
        let observers = self.agents(Agent::Observer, &OBSERVER);
        let observer = |(name, _, view): (_, _, View<'t>)| {
            let watched = view.node("watches").and_then(Node::as_list).unwrap_or(&[]);
            let mut watches: Vec<Watched> = Vec::new();
            for found in watched.iter().filter_map(|n| self.watched(n.as_str()?)) {
                if !watches.contains(&found) {
                    watches.push(found);
                }
            }
            Observer { name, watches, odds: view.number("odds") }
        };
        observers.into_iter().map(observer).collect()
    }

    fn watched(&self, path: &str) -> Option<Watched> {
        let (kind, id) = path.split_once('.')?;
        Some(match kind {
            "backer" => Watched::Backer(BackerId::new(self.ids.find(Agent::Backer, id)?)),
            "front" => Watched::Front(FrontId::new(self.ids.find(Agent::Front, id)?)),
            "spoiler" => Watched::Spoiler(SpoilerId::new(self.ids.find(Agent::Spoiler, id)?)),
            _ => return None,
        })
    }
}

fn kind(word: &str) -> SpoilerKind {
    match word {
        "greedy" => SpoilerKind::Greedy,
        "total" => SpoilerKind::Total,
        _ => SpoilerKind::Limited,
    }
}
