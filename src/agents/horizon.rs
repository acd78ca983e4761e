//! The end of a round: rewards are counted, tracks conclude or expire, outcomes are tried, the next round begins.

use crate::domain::{OutcomeId, Quantity, RewardId, TrackId, TrackState};
use crate::kernel::{Chooser, Chronicle, Entry, Scene, worth};

use super::track::all_sealed;

/// Assesses the round and begins the next, unless the talks end.
pub(super) fn assess<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>) {
    let model = scene.model;
    let round = scene.round();
    let last = round == model.world.rounds;
    if scene.listens() {
        take_stock(scene);
    }
    count(scene);
    for k in 0..model.world.tracks.len() {
        close(scene, TrackId::new(k), last);
    }
    match outcome(scene, last) {
        Some(outcome) => {
            scene.put(Quantity::Outcome, outcome.0 + 1);
            scene.note(|_| Entry::Ends { outcome, early: !last });
        }
        None => scene.put(Quantity::Round, round + 1),
    }
}

fn count<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>) {
    for (k, rules) in scene.model.rules.counts.iter().enumerate() {
        for (when, add) in rules {
            if scene.holds(when.as_ref()) {
                scene.count(RewardId::new(k), *add);
            }
        }
    }
}

fn close<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId, last: bool) {
    let track = scene.model.world.track(id);
    let late = track.hard_deadline && scene.round() >= scene.get(Quantity::Deadline(id));
    match scene.track(id) {
        TrackState::Open | TrackState::Adjourned if all_sealed(scene, id) => {
            scene.move_track(id, TrackState::Concluded);
        }
        TrackState::Open | TrackState::Adjourned | TrackState::Suspended if last || late => {
            scene.move_track(id, TrackState::Expired);
        }
        _ => {}
    }
}

/// The first outcome that holds: of those that end the talks, or of all at the horizon.
fn outcome<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, last: bool) -> Option<OutcomeId> {
    let outcomes = &scene.model.world.outcomes;
    (0..outcomes.len())
        .find(|k| (last || outcomes[*k].ends) && scene.holds(scene.model.rules.outcome[*k].as_ref()))
        .map(OutcomeId::new)
}

fn take_stock<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>) {
    let model = scene.model;
    for k in 0..model.world.tracks.len() {
        let track = TrackId::new(k);
        if !scene.live(track) {
            continue;
        }
        let ripe = worth::ripe(model, scene.state, track);
        scene.note(|_| Entry::Ripeness { track, ripe });
        for seat in model.world.track(track).seats.iter().copied() {
            // In points of today, as ripeness is asked.
            let alternative = worth::alternative_today(model, scene.state, seat);
            let feasible = model.worth.seats[seat.at()].feasible;
            scene.note(|_| Entry::Stands { seat, alternative, feasible });
        }
    }
}
