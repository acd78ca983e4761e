//! Shuttle diplomacy: to those that are out, or between parties that will not meet.

use crate::domain::{MediatorId, MediatorState, ONE, PartyId, Quantity, SeatState, TrackId};
use crate::kernel::{Chooser, Chronicle, Scene};

use super::facilitate::work_on;
use super::pairs::lowest_pair;
use super::{Matter, Rule, become_quietly, note};

pub(super) struct Shuttle;

impl Rule for Shuttle {
    fn possible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, _: MediatorId, track: TrackId) -> bool {
        out(scene, track).is_some() || apart(scene, track)
    }

    /// Where nobody is out, it is facilitation by messages, at a share of its odds.
    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        become_quietly(scene, matter.id, MediatorState::Shuttling);
        let party = out(scene, matter.track);
        note(scene, matter, party);
        let pair = lowest_pair(scene, matter.track, None).filter(|_| party.is_none());
        if let Some(pair) = pair {
            work_on(scene, matter.id, pair, scene.model.odds.proximity.min(ONE - 1));
        }
    }
}

/// The party that is out, of several the one whose seat is listed first.
fn out<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> Option<PartyId> {
    let world = &scene.model.world;
    let out = world.track(track).seats.iter().find(|s| scene.seat(**s) == SeatState::WalkedOut);
    out.map(|s| world.seat(*s).party)
}

/// Whether the two parties in the room that trust each other least will not meet face to face: one of them trusts the
/// other very little.
fn apart<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> bool {
    lowest_pair(scene, track, None)
        .is_some_and(|(p, q)| scene.get(Quantity::Trust(p, q)) == 0 || scene.get(Quantity::Trust(q, p)) == 0)
}
