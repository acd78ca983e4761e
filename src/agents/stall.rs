//! Talks without progress stall, and in the end break down; a track that broke down may be reconvened.

use crate::domain::{ItemState, ONE, Quantity, TrackId, TrackState, shared_address};
use crate::kernel::{Chooser, Chronicle, Entry, Scene, What, ripe};

/// The level at which talks can break down.
const WORST: u8 = 4;

/// Levels by which progress eases a stall.
const EASED: u8 = 2;

/// The round's progress or the lack of it; at the highest level the mediator may send the delegations home.
pub(super) fn assess<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let cell = Quantity::Stall(id);
    if !scene.model.layout.keeps(cell) {
        return;
    }
    let sits = scene.track(id) == TrackState::Open;
    let waits = matches!(scene.track(id), TrackState::Suspended | TrackState::Adjourned);
    let advanced = scene.get(Quantity::Advanced(id)) == 1;
    scene.put(Quantity::Advanced(id), 0);
    if !(sits || waits) || !unsettled(scene, id) {
        return;
    }
    if sits && advanced {
        let eased = scene.get(cell).saturating_sub(EASED);
        scene.put(cell, eased);
        return;
    }
    if scene.get(cell) < WORST {
        rise(scene, id);
    }
    if scene.get(cell) == WORST {
        break_down(scene, id);
    }
}

/// Whether something waits to be settled.
fn unsettled<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: TrackId) -> bool {
    let mut items = scene.model.world.track(id).items.iter();
    items.any(|i| matches!(scene.item(*i), ItemState::Tabled | ItemState::Contested | ItemState::Parked))
}

fn rise<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let model = scene.model;
    let ripe = ripe::remembered(model, scene.state, id).ripe;
    let odds = scene.span().odds(if ripe { model.odds.stall_ripe } else { model.odds.stall });
    if scene.chance(What::Stall, model.addresses.track[id.at()], odds) {
        let stall = scene.get(Quantity::Stall(id)) + 1;
        scene.put(Quantity::Stall(id), stall);
        scene.note(|_| Entry::Stalls { track: id, ripe, odds, stall });
    }
}

fn break_down<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let model = scene.model;
    let odds = scene.span().odds(model.odds.break_down);
    let track = model.addresses.track[id.at()];
    let lead = model.world.track(id).mediators.first();
    let address = lead.map_or(track, |m| shared_address(track, model.addresses.mediator[m.at()]));
    let broken = scene.choose(What::BreakDown, address, &[ONE - odds, odds]) == 1;
    scene.note(|_| Entry::BreaksDown { track: id, odds, broken });
    if broken {
        scene.move_track(id, TrackState::Collapsed);
    }
}

/// A track that broke down may be reconvened, before its time is up where its deadline is a hard one.
pub(super) fn reconvene<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let model = scene.model;
    let over = model.world.track(id).hard_deadline && scene.round() > scene.get(Quantity::Deadline(id));
    if scene.track(id) != TrackState::Collapsed || scene.kept(Quantity::Stall(id)) < WORST || over {
        return;
    }
    if scene.chance_between(What::Reconvene, model.addresses.track[id.at()], model.odds.reconvene) {
        scene.put(Quantity::Stall(id), 0);
        scene.move_track(id, TrackState::Open);
    }
}
