//! A spoiler attacks, holds its fire, or is co-opted.

use crate::domain::{
    InstrumentState, ONE, Quantity, SpoilerId, SpoilerKind, SpoilerState, Weight, shared_address,
};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What, force};

/// Attacks with its odds, more when a text it opposes is near or signed (Kydd & Walter 2002).
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
    let near = spoiler.opposes.iter().any(|n| {
        !matches!(
            scene.instrument(*n),
            InstrumentState::Drafting | InstrumentState::Suspended | InstrumentState::Broken
        )
    });
    let odds = odds(scene, id, near);
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

fn odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: SpoilerId, near: bool) -> Weight {
    let o = &scene.model.odds;
    let start = scene.model.world.spoiler(id).strength as u8;
    let grown = scene.get(Quantity::Strength(id)).saturating_sub(start);
    let near = if near { o.spoil_near } else { 0 };
    (scene.model.spoiler_odds[id.at()] + near + Weight::from(grown) * o.spoil_growth).min(ONE)
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
