//! An observer reports what it sees: backers are exposed, wrong blame is cleared.

use crate::domain::{ObserverId, ObserverState, PartyId, Quantity, SpoilerState, Watched};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What};

/// Reports with its odds when there is something to see.
pub(super) fn observe<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: ObserverId) {
    let model = scene.model;
    let watches = &model.world.observer(id).watches;
    let seen = watches.iter().any(|w| visible(scene, *w));
    let reports = seen
        && scene.chance_between(
            What::Report,
            model.addresses.observer[id.at()],
            model.observer_odds[id.at()],
        );
    let from = ObserverState::of(scene.get(Quantity::ObserverState(id)));
    let to = if reports { ObserverState::Reporting } else { ObserverState::Silent };
    scene.move_quietly(Quantity::ObserverState(id), from, to);
    if reports {
        scene.note(|_| Entry::Reports { observer: id });
        report(scene, id);
    }
}

fn visible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, watched: Watched) -> bool {
    match watched {
        Watched::Backer(b) => scene.get(Quantity::Support(b)) > 0,
        Watched::Front(f) => scene.get(Quantity::Intensity(f)) >= 2,
        Watched::Spoiler(s) => scene.spoiler(s) == SpoilerState::Active,
    }
}

/// Each backer is exposed by at most one level a report: those watched, and those behind whoever does not hold a
/// watched front where fighting is heavy.
fn report<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: ObserverId) {
    let model = scene.model;
    let mut exposed = 0u32;
    for watched in &model.world.observer(id).watches {
        match *watched {
            Watched::Backer(b) => exposed |= 1 << b.at(),
            Watched::Front(f) if scene.get(Quantity::Intensity(f)) >= 3 => {
                let holder = PartyId(scene.get(Quantity::Holder(f)));
                for (k, backer) in model.world.backers.iter().enumerate() {
                    let attacks = backer.supports != holder
                        && model.world.front(f).belligerents.contains(&backer.supports);
                    exposed |= u32::from(attacks) << k;
                }
            }
            Watched::Front(_) => {}
            Watched::Spoiler(s) => clear(scene, id, s),
        }
    }
    for k in (0..model.world.backers.len()).filter(|k| exposed >> k & 1 == 1) {
        if scene.get(Quantity::Support(k.into())) > 0 {
            scene.shift(Quantity::Exposure(k.into()), true, Cause::Report(id));
        }
    }
}

/// Clears a wrong blame: the trust that it cost comes back.
fn clear<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: ObserverId,
    spoiler: crate::domain::SpoilerId,
) {
    let s = scene.model.world.spoiler(spoiler);
    if let (1, Some(victim), Some(blamed)) = (scene.get(Quantity::Blame(spoiler)), s.victim, s.blamed_on) {
        scene.set(Quantity::Blame(spoiler), 0, Cause::Report(id));
        scene.shift(Quantity::Trust(victim, blamed), true, Cause::Report(id));
    }
}
