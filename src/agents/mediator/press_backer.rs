//! Pressure on the outside powers that back a party of the track.

use crate::domain::{MediatorId, MediatorState, Quantity, TrackId, shared_address};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What};

use super::{Matter, Rule, become_quietly, note};

pub(super) struct PressBacker;

impl Rule for PressBacker {
    fn possible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, _: MediatorId, track: TrackId) -> bool {
        pressable(scene, track) > 0
    }

    /// Those that give most are pressed, directly or through the track where they sit.
    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        become_quietly(scene, matter.id, MediatorState::Pressing);
        note(scene, matter, None);
        let model = scene.model;
        let most = pressable(scene, matter.track);
        let odds = model.odds.press_backer[scene.get(Quantity::Leverage(matter.id)) as usize];
        for b in 0..model.world.backers.len() {
            let quantity = Quantity::BackerPressure(b.into());
            let pressed = concerned(scene, matter.track, b)
                && scene.get(Quantity::Support(b.into())) == most
                && scene.get(quantity) < 4;
            if pressed {
                let address =
                    shared_address(model.addresses.mediator[matter.id.at()], model.addresses.backer[b]);
                let cause = Cause::Mediation(matter.id);
                if scene.chance(What::PressBacker, address, odds) {
                    scene.shift(quantity, true, cause);
                } else {
                    scene.note(|_| Entry::Failed { quantity, odds, cause });
                }
            }
        }
    }
}

/// The most support that a backer concerned in a track gives; 0 when none can be pressed.
fn pressable<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> u8 {
    let backers = 0..scene.model.world.backers.len();
    let open = backers
        .filter(|b| concerned(scene, track, *b) && scene.get(Quantity::BackerPressure((*b).into())) < 4);
    open.map(|b| scene.get(Quantity::Support(b.into()))).max().unwrap_or(0)
}

/// Whether a backer has to do with a track: its client sits there, or it does itself.
fn concerned<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId, backer: usize) -> bool {
    let world = &scene.model.world;
    let backer = &world.backers[backer];
    world.seat_at(backer.supports, track).is_some()
        || backer.party.is_some_and(|p| world.seat_at(p, track).is_some())
}
