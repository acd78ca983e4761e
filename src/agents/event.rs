//! An event fires if its condition holds and its odds come up.

use crate::domain::{EventId, EventState, Quantity};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What, carry_out};

/// Fires or not; one that repeats is ready again in the next round.
pub(super) fn happen<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: EventId) {
    let event = &scene.model.rules.events[id.at()];
    let quantity = Quantity::EventState(id);
    if scene.get(quantity) == EventState::Fired as u8 {
        if !event.repeats {
            return;
        }
        scene.move_quietly(quantity, EventState::Fired, EventState::Waiting);
    }
    if scene.holds(event.when.as_ref())
        && scene.chance_between(What::Fire, scene.model.addresses.event[id.at()], event.odds)
    {
        scene.move_quietly(quantity, EventState::Waiting, EventState::Fired);
        scene.note(|_| Entry::Fires { event: id });
        carry_out(scene, &event.effects, Cause::Event(id));
    }
}
