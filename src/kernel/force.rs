//! What follows when an instrument enters into force, is suspended or broken, by whatever cause.

use crate::domain::{InstrumentId, InstrumentState, ItemState, PartyId, Quantity};

use super::choice::Chooser;
use super::chronicle::{Cause, Chronicle};
use super::scene::Scene;

/// Applies what the new state of an instrument implies: a ceasefire begins when it enters into force and ends with it, unless
/// another text binds to one, and the items of a broken one are back on the table.
pub fn follow<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, text: InstrumentId) {
    let model = scene.model;
    let instrument = model.world.instrument(text);
    let state = scene.instrument(text);
    if instrument.provides.ceasefire {
        for party in &instrument.obliges {
            let observed = match state {
                InstrumentState::InForce => 1,
                // What ends can end a ceasefire, never begin one.
                InstrumentState::Suspended | InstrumentState::Broken if !otherwise_bound(scene, *party) => 0,
                _ => continue,
            };
            scene.set(Quantity::Ceasefire(*party), observed, Cause::Force(text));
        }
    }
    if state == InstrumentState::Broken {
        for item in &instrument.seals {
            if matches!(scene.item(*item), ItemState::Sealed | ItemState::Implemented) {
                scene.reopen(*item);
            }
        }
    }
}

/// Whether some instrument in force binds a party to a ceasefire.
fn otherwise_bound<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> bool {
    let texts = scene.model.world.instruments.iter().enumerate();
    let mut binding = texts.filter(|(_, n)| n.provides.ceasefire && n.obliges.contains(&party));
    binding.any(|(k, _)| scene.instrument(InstrumentId::new(k)) == InstrumentState::InForce)
}

/// Whether one of these instruments is in force.
#[inline]
pub fn in_force<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, texts: &[InstrumentId]) -> bool {
    texts.iter().any(|n| scene.instrument(*n) == InstrumentState::InForce)
}
