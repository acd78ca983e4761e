//! Fighting at a front rises and falls; an offensive may take the place.

use crate::domain::{FrontId, ONE, PartyId, Quantity, SpoilerState, TrackState, Weight};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What, force};

/// The intensity at which a place can change hands.
const OFFENSIVE: u8 = 4;

/// One step up, down or none; at the highest intensity the strongest adversary of the holder attacks.
pub(super) fn fight<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: FrontId) {
    let model = scene.model;
    let intensity = scene.get(Quantity::Intensity(id));
    let rise = if intensity == OFFENSIVE { 0 } else { rise_odds(scene, id) };
    let fall = if intensity == 0 { 0 } else { fall_odds(scene, id).min(ONE - rise) };
    let weights = [ONE - rise - fall, rise, fall];
    match scene.choose(What::Fighting, model.addresses.front[id.at()], &weights) {
        1 => drop(scene.shift(Quantity::Intensity(id), true, Cause::Fighting)),
        2 => drop(scene.shift(Quantity::Intensity(id), false, Cause::Fighting)),
        _ => {}
    }
    if scene.get(Quantity::Intensity(id)) == OFFENSIVE {
        attack(scene, id);
    }
}

fn observing<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: FrontId) -> Weight {
    let belligerents = &scene.model.world.front(id).belligerents;
    belligerents.iter().filter(|p| scene.get(Quantity::Ceasefire(**p)) == 1).count() as Weight
}

fn rise_odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: FrontId) -> Weight {
    let o = &scene.model.odds;
    let spoilers = &scene.model.fronts[id.at()].spoilers;
    let spoilers = spoilers.iter().filter(|s| scene.spoiler(**s) == SpoilerState::Active).count() as Weight;
    let mut odds = o.rise + spoilers * o.rise_spoiler;
    if talks_are_down(scene, id) {
        odds += o.rise_no_talks;
    }
    odds = odds.min(ONE);
    for _ in 0..observing(scene, id) {
        odds = (odds * o.restraint) >> 32;
    }
    odds
}

/// Whether some track with a belligerent of this front is suspended, adjourned, collapsed or expired.
fn talks_are_down<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: FrontId) -> bool {
    scene.model.fronts[id.at()].tracks.iter().any(|t| {
        matches!(
            scene.track(*t),
            TrackState::Suspended | TrackState::Adjourned | TrackState::Collapsed | TrackState::Expired
        )
    })
}

fn fall_odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: FrontId) -> Weight {
    let o = &scene.model.odds;
    let belligerents = &scene.model.world.front(id).belligerents;
    let weariness = belligerents.iter().map(|p| scene.get(Quantity::Weariness(*p))).max().unwrap_or(0);
    let mut odds =
        o.fall + observing(scene, id) * o.fall_ceasefire + Weight::from(weariness) * o.fall_weariness;
    if force::in_force(scene, &scene.model.providers.verification) {
        odds += o.fall_verification;
    }
    odds.min(ONE)
}

/// Own capability and all backing.
fn strength<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> i64 {
    let backing: u8 = scene.model.backers[party.at()].iter().map(|b| scene.state.cell(*b)).sum();
    i64::from(scene.get(Quantity::Capability(party))) + i64::from(backing)
}

fn attack<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: FrontId) {
    let model = scene.model;
    let holder = PartyId(scene.get(Quantity::Holder(id)));
    let on_side = |p: &PartyId| *p == holder || model.world.party(holder).allies.contains(p);
    let belligerents = &model.world.front(id).belligerents;
    // `rev` makes ties go to the belligerent listed first.
    let attacker = belligerents
        .iter()
        .rev()
        .filter(|p| !on_side(p) && scene.get(Quantity::Ceasefire(**p)) == 0)
        .max_by_key(|p| strength(scene, **p));
    let Some(&attacker) = attacker else { return };
    let defence = belligerents.iter().filter(|p| on_side(p)).map(|p| strength(scene, *p)).max();
    let defence = defence.unwrap_or_else(|| strength(scene, holder));
    let lead = strength(scene, attacker) - defence;
    let odds = model.odds.capture as i64 + lead * model.odds.capture_advantage as i64;
    let odds = odds.clamp(0, ONE as i64) as Weight;
    if scene.chance(What::Capture, model.addresses.front[id.at()], odds) {
        scene.put(Quantity::Holder(id), attacker.0);
        scene.note(|_| Entry::Captured { front: id, from: holder, to: attacker, odds });
        scene.shift(Quantity::Intensity(id), false, Cause::Fighting);
    } else {
        scene.note(|_| Entry::Repelled { front: id, attacker, odds });
    }
}
