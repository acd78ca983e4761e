//! A spoiler attacks, holds its fire, or is co-opted.

use crate::domain::{
    InstrumentId, InstrumentState, ONE, PartyId, Quantity, SpoilerId, SpoilerKind, SpoilerState, Weight,
    settled, shared_address,
};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What, force};

/// Attacks with its odds, more when a text it opposes is near, or in force and not carried out (Kydd & Walter 2002).
pub(super) fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SpoilerId) {
    let model = scene.model;
    let before = scene.spoiler(id);
    scene.put(Quantity::Blame(id), 0);
    if before == SpoilerState::CoOpted {
        return;
    }
    let spoiler = model.world.spoiler(id);
    let coopted = model.rules.coopted[id.at()].as_ref();
    if coopted.is_some() && scene.holds(coopted) {
        become_state(scene, id, SpoilerState::CoOpted);
        return;
    }
    let grievance = model.rules.grievance[id.at()].as_ref();
    if spoiler.kind == SpoilerKind::Limited && grievance.is_some() && scene.holds(grievance) {
        become_state(scene, id, SpoilerState::Quiet);
        return;
    }
    let near = spoiler.opposes.iter().any(|n| is_near(scene, *n));
    let odds = scene.span().odds(odds(scene, id, near));
    if scene.chance(What::Attack, model.addresses.spoiler[id.at()], odds) {
        scene.move_quietly(Quantity::SpoilerState(id), before, SpoilerState::Active);
        scene.note(|_| Entry::Attacks { spoiler: id, odds, near });
        blame(scene, id);
        grow(scene, id);
    } else {
        become_state(scene, id, SpoilerState::Quiet);
    }
}

fn become_state<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SpoilerId, to: SpoilerState) {
    let from = scene.spoiler(id);
    scene.move_quietly(Quantity::SpoilerState(id), from, to);
    if from != to {
        let (from, to) = (from as u8, to as u8);
        scene.note(|_| Entry::Changed {
            quantity: Quantity::SpoilerState(id),
            from,
            to,
            cause: Cause::Fading,
        });
    }
}

/// Whether a text comes near while its track is live: half of its items, and at least one, are agreed or sealed; or it is in force and
/// has phases that are not carried out, since carrying it out is a target too (Kydd & Walter 2002).
fn is_near<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: InstrumentId) -> bool {
    let text = scene.model.world.instrument(id);
    match scene.instrument(id) {
        InstrumentState::Suspended | InstrumentState::Broken | InstrumentState::Lapsed => false,
        InstrumentState::InForce => {
            let done = |p: &PartyId| scene.get(Quantity::Progress(id, *p)) == text.phases;
            text.phases > 0 && !text.obliges.iter().all(done)
        }
        InstrumentState::Signed | InstrumentState::Ratified => true,
        InstrumentState::Drafting | InstrumentState::Ready => {
            let settled = text.seals.iter().filter(|i| settled(scene.item(**i))).count();
            scene.live(text.track) && settled > 0 && 2 * settled >= text.seals.len()
        }
    }
}

/// Its own odds and nearness, more for each level of strength above medium and less for each below.
fn odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: SpoilerId, near: bool) -> Weight {
    let model = scene.model;
    let near = if near { model.odds.spoil_near } else { 0 };
    let odds = (model.spoiler_odds[id.at()] + near) as i64;
    let levels = i64::from(scene.get(Quantity::Strength(id))) - 2;
    // Below 2⁶³: odds below 2³³, a share up to 2³², at most two levels, halved first.
    let more = ((odds * (model.odds.spoil_strength as i64 >> 4)) >> 28) * levels;
    (odds + more).clamp(0, ONE as i64) as Weight
}

/// The victim may lay the attack at another's door, unless verification clears it.
fn blame<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SpoilerId) {
    let model = scene.model;
    let spoiler = model.world.spoiler(id);
    let (Some(victim), Some(blamed)) = (spoiler.victim, spoiler.blamed_on) else { return };
    if force::in_force(scene, &scene.model.providers.verification) {
        return;
    }
    let address = shared_address(model.addresses.spoiler[id.at()], model.addresses.party[victim.at()]);
    if scene.chance(What::Blame, address, model.odds.blame) {
        scene.put(Quantity::Blame(id), 1);
        scene.shift(Quantity::Trust(victim, blamed), false, Cause::Attack(id));
    }
}

/// A greedy spoiler grows on success: heavy fighting at a front of its own.
fn grow<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SpoilerId) {
    let model = scene.model;
    let spoiler = model.world.spoiler(id);
    let success = spoiler.fronts.iter().any(|f| scene.get(Quantity::Intensity(*f)) >= 3);
    if spoiler.kind == SpoilerKind::Greedy
        && success
        && scene.get(Quantity::Strength(id)) < 4
        && scene.chance(What::Growth, model.addresses.spoiler[id.at()], model.odds.spoil_success)
    {
        scene.shift(Quantity::Strength(id), true, Cause::Fighting);
    }
}
