//! A backer draws back when exposure and pressure exceed what it tolerates.

use crate::domain::{BackerId, Quantity};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What};

/// Draws back a level or not; then exposure and pressure may fade.
pub(super) fn weigh<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: BackerId) {
    let model = scene.model;
    let address = model.addresses.backer[id.at()];
    let load = load(scene, id);
    let tolerance = scene.get(Quantity::Tolerance(id));
    if load > tolerance && scene.get(Quantity::Support(id)) > 0 {
        let withdraws = scene.chance_between(What::Withdraw, address, model.odds.backer_withdraws);
        scene.note(|_| Entry::Strained { backer: id, load, tolerance, withdraws });
        if withdraws {
            scene.shift(Quantity::Support(id), false, Cause::Exposed);
        }
    }
    let fades = [
        (Quantity::Exposure(id), What::ExposureFades, model.odds.exposure_fades),
        (Quantity::BackerPressure(id), What::PressureFades, model.odds.backer_pressure_fades),
    ];
    for (quantity, what, odds) in fades {
        if scene.get(quantity) > 0 && scene.chance_between(what, address, odds) {
            scene.shift(quantity, false, Cause::Fading);
        }
    }
}

/// Exposure and pressure together; pressure on the party that the backer is at its own seat counts too.
fn load<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: BackerId) -> u8 {
    let party = scene.model.world.backer(id).party;
    scene.get(Quantity::Exposure(id))
        + scene.get(Quantity::BackerPressure(id))
        + party.map_or(0, |p| scene.get(Quantity::Pressure(p)))
}
