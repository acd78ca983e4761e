//! Manipulation: leverage is spent on the party hardest to move.

use crate::agents::bargain::agree;
use crate::domain::{Inducement, MediatorState, Quantity};
use crate::kernel::{Cause, Chooser, Chronicle, Scene, Way};

use super::formulate::Formulate;
use super::pairs::hardest_to_move;
use super::proposal::{agreeable, settles};
use super::{Matter, Rule, become_quietly, note};

pub(super) struct Manipulate;

impl Rule for Manipulate {
    /// Pressure, or points on the option. Where nobody has to be moved, it is only put to the parties: what they would have agreed
    /// to anyway is imposed on nobody.
    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        if matter.item.is_some_and(|proposal| agreeable(scene, matter.track, proposal)) {
            return Formulate::act(scene, matter);
        }
        become_quietly(scene, matter.id, MediatorState::Pressing);
        let Some((item, option)) = matter.item else { return };
        let Some(seat) = hardest_to_move(scene, matter.track, item, option) else { return };
        let party = scene.model.world.seat(seat).party;
        note(scene, matter, Some(party));
        scene.shift(Quantity::Leverage(matter.id), false, Cause::Mediation(matter.id));
        let carrot = match scene.model.world.mediator(matter.id).inducement {
            Inducement::Stick => {
                scene.shift(Quantity::Pressure(party), true, Cause::Mediation(matter.id));
                0
            }
            Inducement::Carrot => scene.model.world.dynamics.mediation.carrot,
        };
        if let Some(said) = settles(scene, matter.track, item, option, |s| if s == seat { carrot } else { 0 })
        {
            agree(scene, item, option, Way::Manipulation(matter.id, party), said);
        }
    }
}
