//! A deadline is set one round nearer.

use crate::domain::{MediatorId, MediatorState, Quantity, TrackId};
use crate::kernel::{Cause, Chooser, Chronicle, Scene};

use super::{Matter, Rule, become_quietly, note};

pub(super) struct SetDeadline;

impl Rule for SetDeadline {
    fn possible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, _: MediatorId, track: TrackId) -> bool {
        scene.get(Quantity::Deadline(track)) > scene.round() + 1
    }

    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        become_quietly(scene, matter.id, MediatorState::Facilitating);
        note(scene, matter, None);
        let deadline = scene.get(Quantity::Deadline(matter.track));
        scene.set(Quantity::Deadline(matter.track), deadline - 1, Cause::Mediation(matter.id));
    }
}
