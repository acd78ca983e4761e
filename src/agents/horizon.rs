//! The end of a round: rewards are counted, tracks conclude or expire, outcomes are tried, the next round begins.

use crate::domain::{
    OutcomeId, PartyId, Quantity, RewardId, TrackId, TrackState, believed_deadline, portion_of,
};
use crate::kernel::{Chooser, Chronicle, Entry, Scene, force, ripe, worth};

use super::stall;
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
        stall::assess(scene, TrackId::new(k));
        pass_time(scene, TrackId::new(k));
    }
    forget_wrongs(scene);
    force::forget_beaten(scene);
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

/// The golden section: its multiples, less what is whole, lie evenly between 0 and 1.
const GOLDEN: f64 = 0.618_033_988_749_895;

/// Time brings the parties of a track nearer to their alternatives, as fast as they believe that it runs out; what has been conceded stays
/// conceded.
fn pass_time<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let cell = Quantity::Conceded(id);
    if !scene.model.layout.keeps(cell) {
        return;
    }
    let table = &scene.model.tracks[id.at()];
    let (round, now) = (scene.round(), scene.get(cell));
    let deadline = believed_deadline(scene.get(Quantity::Deadline(id)), table.long_run, table.belief, round);
    let left = (deadline - f64::from(round)).max(1.0);
    let next = f64::from(now) + (200.0 - f64::from(now)) / left;
    // Rounded up or down by a fixed sequence that is even between 0 and 1, so that what is cut does not add up.
    let dither = f64::from(round) * GOLDEN;
    scene.put(cell, libm::floor(next + dither - libm::floor(dither)).min(200.0) as u8);
}

/// Whom a party wronged is remembered for a round.
fn forget_wrongs<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>) {
    let parties = scene.model.world.parties.len();
    for p in (0..parties).map(PartyId::new) {
        for k in 0..parties.div_ceil(8) as u8 {
            if scene.model.layout.keeps(Quantity::Wronged(p, k)) {
                scene.put(Quantity::Wronged(p, k), 0);
            }
        }
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
        let ripe = ripe::remembered(model, scene.state, track).ripe;
        scene.note(|_| Entry::Ripeness { track, ripe });
        for seat in model.world.track(track).seats.iter().copied() {
            // In points of today, as ripeness is asked.
            let alternative = worth::alternative_today(model, scene.state, seat);
            let credit = ripe::feasible(model, scene.state, seat);
            let feasible = portion_of(credit.into(), worth::table(model, scene.state, seat).total.into());
            scene.note(|_| Entry::Stands { seat, alternative, feasible });
        }
    }
}
