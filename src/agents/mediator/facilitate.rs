//! Facilitation: trust, both ways, between two parties in the room.

use crate::domain::{
    MediatorId, MediatorState, ONE, PartyId, Quantity, SeatState, TrackId, Weight, shared_address,
};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What};

use super::pairs::{believed, hardest_to_move, lowest_pair};
use super::{Matter, Rule, become_quietly, closest_item, note};

pub(super) struct Facilitate;

impl Rule for Facilitate {
    fn possible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, _: MediatorId, track: TrackId) -> bool {
        lowest_pair(scene, track, None).is_some()
    }

    /// With two at the table, it is about these; with more, about the one hardest to move on the closest item and the one it trusts
    /// least.
    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        let many = scene.model.world.track(matter.track).seats.len() > 2;
        let item = if many { closest_item(scene, matter.track, matter.action) } else { None };
        let hard = item.and_then(|(item, option)| hardest_to_move(scene, matter.track, item, option));
        let hard = hard.map(|s| scene.model.world.seat(s).party);
        let pair = lowest_pair(scene, matter.track, hard).or_else(|| lowest_pair(scene, matter.track, None));
        become_quietly(scene, matter.id, MediatorState::Facilitating);
        note(scene, matter, None);
        if let Some(pair) = pair {
            work_on(scene, matter.id, pair, ONE);
        }
        speak_frankly(scene, matter);
    }
}

/// A party in the room that believes the mediator may come to see more clearly what it has without agreement.
fn speak_frankly<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    let model = scene.model;
    for seat in &model.world.track(matter.track).seats {
        let party = model.world.seat(*seat).party;
        if scene.seat(*seat) != SeatState::Seated || scene.kept(Quantity::Optimism(party)) == 0 {
            continue;
        }
        let own = model.addresses.mediator[matter.id.at()];
        let address = shared_address(own, model.addresses.party[party.at()]);
        let odds = (believed(scene, matter.id, party) * model.odds.candour) >> 32;
        if scene.chance(What::Learning, address, odds) {
            scene.shift(Quantity::Optimism(party), false, Cause::Mediation(matter.id));
        }
    }
}

/// Raises trust both ways between two parties, each way by itself, at a share of the odds to be believed.
pub(super) fn work_on<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    mediator: MediatorId,
    (p, q): (PartyId, PartyId),
    share: Weight,
) {
    for (a, b) in [(p, q), (q, p)] {
        let quantity = Quantity::Trust(a, b);
        if scene.get(quantity) == 4 {
            continue;
        }
        let model = scene.model;
        let odds = (believed(scene, mediator, a) * share) >> 32;
        let address = shared_address(model.addresses.mediator[mediator.at()], model.addresses.party[a.at()]);
        let cause = Cause::Mediation(mediator);
        if scene.chance(What::Trust, address, odds) {
            scene.shift(quantity, true, cause);
        } else {
            scene.note(|_| Entry::Failed { quantity, odds, cause });
        }
    }
}
