//! Agenda items and their options.

use super::super::shape::{Agent, EXPOSURE, ITEM, OPTION};
use super::super::tree::{Entry, Node, Table, Value};
use super::Lowering;
use super::view::View;
use crate::domain::{Choice, Exposure, Item, PartyId, TrackId};

impl<'t> Lowering<'t, '_> {
    /// Lowers the items, with points as the file writes them.
    pub(super) fn items(&mut self) -> Vec<Item> {
        let items = self.agents(Agent::Item, &ITEM);
        let mut out: Vec<Item> = Vec::with_capacity(items.len());
        for (name, _, view) in items {
            let track = view.reference("track", Agent::Track, self.ids).map(TrackId::new);
            let weights = self.weights(view, track);
            let options = view.table("option").map_or(&[][..], |t| &t.entries);
            out.push(Item {
                name,
                track: track.unwrap_or(TrackId::new(0)),
                requires: self.condition(view, "requires"),
                options: options.iter().map(|e| self.option(e, track, weights.as_deref())).collect(),
                guarantee: view.level("guarantee"),
            });
        }
        out
    }

    /// The weight of the item for every party, if the file gives weights.
    fn weights(&mut self, view: View<'t>, track: Option<TrackId>) -> Option<Vec<f64>> {
        let table = view.table("weight")?;
        Some(self.by_party(&table.entries, track, "it can have no weight here"))
    }

    /// Numbers by party; parties without a seat are reported.
    fn by_party(&mut self, entries: &[Entry], track: Option<TrackId>, what: &str) -> Vec<f64> {
        let mut out = vec![0.0; self.ids.count(Agent::Party)];
        for entry in entries {
            let Some(at) = self.ids.find(Agent::Party, &entry.key) else { continue };
            if self.needs_seat(entry.key_place, PartyId::new(at), track, what)
                && let Some(n) = entry.node.as_number()
            {
                out[at] = n.clamp(0.0, 100.0);
            }
        }
        out
    }

    fn option(&mut self, entry: &'t Entry, track: Option<TrackId>, weights: Option<&[f64]>) -> Choice {
        let view = View::maybe(entry.node.as_table(), &OPTION);
        let own = |e: &&Entry| OPTION.key(&e.key).is_none();
        let numbers: Vec<Entry> = view.table.entries.iter().filter(own).cloned().collect();
        let mut points = self.by_party(&numbers, track, "its points mean nothing here");
        if let Some(weights) = weights {
            points.iter_mut().zip(weights).for_each(|(p, w)| *p = w * *p / 100.0);
        }
        let refusing = view.references("red_line_of", Agent::Party, self.ids);
        Choice {
            name: super::name(&entry.key, view),
            points,
            red_line_of: self.seated_parties(refusing, track, "it can refuse nothing here"),
            exposes: self.exposures(view, track),
        }
    }

    fn exposures(&mut self, view: View<'t>, track: Option<TrackId>) -> Vec<Exposure> {
        let mut out = Vec::new();
        for entry in view.table("exposes").map_or(&[][..], |t| &t.entries) {
            let Some(at) = self.ids.find(Agent::Party, &entry.key) else { continue };
            let party = PartyId::new(at);
            if !self.needs_seat(entry.key_place, party, track, "nothing here can expose it") {
                continue;
            }
            let tables: Vec<&Table> = match &entry.node.value {
                Value::Table(table) => vec![table],
                Value::List(members) => members.iter().filter_map(Node::as_table).collect(),
                _ => Vec::new(),
            };
            for table in tables {
                out.extend(self.exposure(party, table, track));
            }
        }
        out
    }

    fn exposure(&mut self, party: PartyId, table: &Table, track: Option<TrackId>) -> Option<Exposure> {
        let view = View::new(table, &EXPOSURE);
        let to = PartyId::new(view.reference("to", Agent::Party, self.ids)?);
        let place = view.node("to")?.place;
        if to == party {
            let id = self.names.id(Agent::Party, party.at()).to_owned();
            self.report
                .error(super::Code::SelfReference, place, format!("`{id}` cannot be exposed to itself"))
                .label("name another party");
            return None;
        }
        if !self.needs_seat(place, to, track, "it promises nothing here") {
            return None;
        }
        Some(Exposure { party, to, risk: view.number("risk") })
    }
}

/// The sum of a party's best options outside its red lines.
pub(in crate::scenario) fn best_sum(items: &[Item], party: PartyId) -> f64 {
    let best = |item: &Item| {
        let points: Vec<f64> = item.options.iter().map(|o| o.points[party.at()]).collect();
        best_of(&points, |o| item.options[o].red_line_of.contains(&party))
    };
    items.iter().map(best).sum()
}

/// The points of the best option of an item that is not refused.
pub(super) fn best_of(points: &[f64], refused: impl Fn(usize) -> bool) -> f64 {
    points.iter().enumerate().filter(|(o, _)| !refused(*o)).map(|(_, p)| *p).fold(0.0, f64::max)
}

/// What points are multiplied with so that the best ones, which sum to so many, sum to 100.
pub(super) fn factor(sum: f64) -> f64 {
    if sum > 0.0 { 100.0 / sum } else { 1.0 }
}

/// Each party's best options sum to 100.
pub(super) fn normalise(items: &mut [Item], parties: usize) {
    (0..parties).map(PartyId::new).for_each(|party| scale(items, party));
}

fn scale(items: &mut [Item], party: PartyId) {
    let factor = factor(best_sum(items, party));
    for option in items.iter_mut().flat_map(|i| &mut i.options) {
        let points = &mut option.points[party.at()];
        *points = (*points * factor).clamp(0.0, 100.0);
        for exposure in option.exposes.iter_mut().filter(|e| e.party == party) {
            exposure.risk = (exposure.risk * factor).clamp(0.0, 100.0);
        }
    }
}
