//! Formulation: the closest option is floated, and who gives way to a mediator saves face.

use crate::agents::bargain::agree;
use crate::domain::{Action, MediatorState};
use crate::kernel::{Chooser, Chronicle, Scene, Way};

use super::proposal::settles;
use super::{Matter, Rule, become_quietly, note};

pub(super) struct Formulate;

impl Rule for Formulate {
    /// Each party's need is eased by a face-saving margin, this turn. Others that need to press nobody float their option in this
    /// manner as well.
    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
        become_quietly(scene, matter.id, MediatorState::Facilitating);
        note(scene, &Matter { action: Action::Formulate, ..*matter }, None);
        let Some((item, option)) = matter.item else { return };
        let margin = scene.model.world.dynamics.mediation.face_saving;
        if let Some(said) = settles(scene, matter.track, item, option, |_| margin) {
            agree(scene, item, option, Way::Formula(matter.id), said);
        }
    }
}
