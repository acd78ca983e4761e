//! What follows when an instrument enters into force, is suspended or broken, by whatever cause.

use crate::domain::{FrontId, HEAVY, InstrumentId, InstrumentState, PartyId, Quantity, sealed};

use super::choice::Chooser;
use super::chronicle::{Cause, Chronicle};
use super::scene::Scene;

/// Applies what the new state of an instrument implies: a ceasefire begins when it enters into force and ends with it, unless
/// another text binds to one, and the items of a broken one are back on the table. The time of one that expires runs from its entry
/// into force, through suspensions, until it is broken or lapses.
pub fn follow<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, text: InstrumentId) {
    let model = scene.model;
    let instrument = model.world.instrument(text);
    let state = scene.instrument(text);
    if instrument.expires_after.is_some() {
        let entered = match (state, scene.get(Quantity::Entered(text))) {
            (InstrumentState::InForce, 0) => scene.round(),
            (InstrumentState::InForce | InstrumentState::Suspended, entered) => entered,
            _ => 0,
        };
        scene.put(Quantity::Entered(text), entered);
    }
    if instrument.provides.ceasefire {
        for party in &instrument.obliges {
            let observed = match state {
                InstrumentState::InForce => 1,
                // What ends can end a ceasefire, never begin one.
                InstrumentState::Suspended | InstrumentState::Broken | InstrumentState::Lapsed
                    if !otherwise_bound(scene, *party) =>
                {
                    0
                }
                _ => continue,
            };
            scene.set(Quantity::Ceasefire(*party), observed, Cause::Force(text));
            if observed == 1 {
                hold(scene, *party);
            }
        }
    }
    if state == InstrumentState::Broken {
        for item in &instrument.seals {
            if sealed(scene.item(*item)) {
                scene.reopen(*item);
            }
        }
    }
}

/// Whether some instrument in force binds a party to a ceasefire.
fn otherwise_bound<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> bool {
    let texts = scene.model.world.instruments.iter().enumerate();
    let obliges = |k: usize| scene.model.obliged[k] >> party.at() & 1 == 1;
    let mut binding = texts.filter(|(k, n)| n.provides.ceasefire && obliges(*k));
    binding.any(|(k, _)| scene.instrument(InstrumentId::new(k)) == InstrumentState::InForce)
}

/// Who presses at a front.
#[inline]
pub fn presser<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, front: FrontId) -> Option<PartyId> {
    let party = scene.kept(Quantity::PressedBy(front)).checked_sub(1)?;
    (usize::from(party) < scene.model.world.parties.len()).then_some(PartyId(party))
}

/// Nobody presses at a front any more.
pub fn calm<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, front: FrontId) {
    if scene.model.layout.keeps(Quantity::PressedBy(front)) {
        scene.put(Quantity::PressedBy(front), 0);
    }
}

/// The side that does not hold a front was beaten back there: it tires, each party in its own turn.
pub fn beat_back<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, front: FrontId) {
    scene.put(Quantity::PressedBy(front), scene.model.world.parties.len() as u8 + 1);
}

/// Whether a party was beaten back at a front in this round.
pub fn beaten<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, front: FrontId, party: PartyId) -> bool {
    let world = &scene.model.world;
    let holder = PartyId(scene.get(Quantity::Holder(front)));
    usize::from(scene.kept(Quantity::PressedBy(front))) > world.parties.len()
        && scene.model.fronts[front.at()].fighting >> party.at() & 1 == 1
        && !world.sides_with(holder, party)
}

/// Who was beaten back is remembered for a round.
pub fn forget_beaten<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>) {
    for front in (0..scene.model.world.fronts.len()).map(FrontId::new) {
        if usize::from(scene.kept(Quantity::PressedBy(front))) > scene.model.world.parties.len() {
            calm(scene, front);
        }
    }
}

/// A party that comes to observe a ceasefire presses nowhere.
pub fn hold<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, party: PartyId) {
    for front in (0..scene.model.world.fronts.len()).map(FrontId::new) {
        if presser(scene, front) == Some(party) {
            calm(scene, front);
        }
    }
}

/// The first front at which a party presses to heavy fighting or beyond against somebody of these who is no ally of it.
pub fn pressing<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    party: PartyId,
    against: impl Fn(PartyId) -> bool,
) -> Option<FrontId> {
    let world = &scene.model.world;
    let adversary = |q: &PartyId| !world.sides_with(party, *q) && against(*q);
    let mut pressed = (0..world.fronts.len()).map(FrontId::new).filter(|f| {
        presser(scene, *f) == Some(party)
            && scene.get(Quantity::Intensity(*f)) >= HEAVY
            && world.front(*f).belligerents.iter().any(adversary)
    });
    pressed.next()
}

/// The front at which a party breaks a text's ceasefire by pressing against another that the text obliges.
pub fn breaks_ceasefire<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    id: InstrumentId,
    party: PartyId,
) -> Option<FrontId> {
    let text = scene.model.world.instrument(id);
    let obliged = scene.model.obliged[id.at()];
    if text.provides.ceasefire { pressing(scene, party, |q| obliged >> q.at() & 1 == 1) } else { None }
}

/// Whether one of these instruments is in force.
#[inline]
pub fn in_force<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, texts: &[InstrumentId]) -> bool {
    texts.iter().any(|n| scene.instrument(*n) == InstrumentState::InForce)
}

/// Whether the time of a text has run out.
pub fn expired<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, text: InstrumentId) -> bool {
    let world = &scene.model.world;
    let Some(days) = world.instrument(text).expires_after else { return false };
    let entered = scene.get(Quantity::Entered(text));
    entered > 0 && world.day_of(scene.round()) - world.day_of(entered) >= i32::from(days)
}
