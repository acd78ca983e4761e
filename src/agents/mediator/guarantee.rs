//! Guarantees: leverage is spent on the promises of an item that exposes somebody.

use crate::domain::{ItemId, MediatorState, Model, Quantity};
use crate::kernel::{Cause, Chooser, Chronicle, Scene, State};

use super::{Matter, Rule, become_quietly, note};

pub(super) struct Guarantee;

impl Rule for Guarantee {
    fn suits(model: &Model, state: &State, item: ItemId) -> bool {
        model.worth.exposes(item) && state.get(model, Quantity::Guarantee(item)) < 4
    }

    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        become_quietly(scene, matter.id, MediatorState::Facilitating);
        let Some((item, _)) = matter.item else { return };
        note(scene, matter, None);
        scene.shift(Quantity::Leverage(matter.id), false, Cause::Mediation(matter.id));
        scene.shift(Quantity::Guarantee(item), true, Cause::Mediation(matter.id));
    }
}
