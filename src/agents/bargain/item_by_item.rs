//! Item by item: acceptable sets, and the zone of agreement.

use crate::agents::track::members;
use crate::domain::{ItemId, OptionId, SeatState, TrackId, shared_address};
use crate::kernel::{Chooser, Chronicle, Scene, State, Way, What, target, worth};

use super::*;

/// The option is chosen from the zone of agreement, by a mediator that formulates or by the proposer.
pub(super) fn settle<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, id: ItemId) {
    let mut masks = masks(scene, track, id);
    let spoken = take_positions(scene, track, id, &mut masks);
    let zone = zone(scene, track, id, &masks);
    let said = |option: OptionId| Said { who: spoken, yes: accepting(&masks, option.at()) & spoken };
    if zone == 0 {
        stay_open(scene, track, id, None, said);
        return;
    }
    let (option, way) = if scene.model.tracks[track.at()].formulates {
        (most_balanced(scene, track, id, zone), Way::Balance)
    } else {
        let proposer = proposer(scene, track);
        let range = allowed(scene.model, scene.state, proposer, id, zone);
        (favourite(scene.model, scene.state, proposer, id, range), Way::Proposal(proposer))
    };
    agree(scene, id, option, way, said(option));
}

/// The options that enough seats accept: the zone of possible agreement under the track's rule.
fn zone<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    track: TrackId,
    id: ItemId,
    masks: &[u32; SEATS],
) -> u32 {
    let consent = &scene.model.tracks[track.at()].consent;
    let members = members(scene, track);
    let options = scene.model.world.item(id).options.len();
    (0..options).filter(|o| consent.passes(accepting(masks, *o), members)).fold(0, |zone, o| zone | 1 << o)
}

/// Where somebody takes a seat's decisions, it says what the worst option is that it accepts; in the order of seats.
/// Gives the seats that somebody spoke for.
fn take_positions<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    id: ItemId,
    masks: &mut [u32; SEATS],
) -> u32 {
    let model = scene.model;
    let options = model.world.item(id).options.len();
    let mut spoken = 0;
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let address = shared_address(model.addresses.seat[seat.at()], model.addresses.item[id.at()]);
        if scene.seat(*seat) != SeatState::Seated || !scene.taken(What::Position, address) {
            continue;
        }
        let party = model.world.seat(*seat).party;
        let credit = |state: &State, o: usize| worth::credit(model, state, party, id, OptionId::new(o));
        let accepted = (0..options).filter(|o| masks[k] >> o & 1 == 1);
        let worst = accepted.min_by_key(|o| credit(scene.state, *o)).unwrap_or(options);
        let picked = take(scene, What::Position, address, worst, options + 1);
        let least = (picked < options).then(|| credit(scene.state, picked));
        let accepts = |o: usize| least.is_some_and(|least| credit(scene.state, o) >= least);
        let mask = (0..options).filter(|o| accepts(*o)).fold(0, |mask, o| mask | 1 << o);
        masks[k] = mask & !model.worth.red_lines(worth::preferences(model, scene.state, party), id);
        spoken |= 1 << k;
    }
    spoken
}

/// The option with the highest Nash product of gains over the alternatives of the seats in the room; where some gain
/// is nothing, the highest sum of gains.
fn most_balanced<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    id: ItemId,
    zone: u32,
) -> OptionId {
    if zone.is_power_of_two() {
        return OptionId(zone.trailing_zeros() as u8);
    }
    let model = scene.model;
    let mut positions = [None; SEATS];
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        if scene.seat(*seat) == SeatState::Seated {
            let position = target::position(model, scene.state, *seat, id);
            let alternative = worth::expected(model, scene.state, *seat);
            positions[k] = Some((position, at_most(alternative, position.of)));
        }
    }
    let state = &*scene.state;
    best_of(zone, |o| {
        // Products of whole numbers in f64: multiplication is exact to the last bit on every platform.
        let gains = positions
            .iter()
            .flatten()
            .map(|(p, floor)| f64::from((p.sees(model, state, id, o) - floor).max(0)));
        gains.fold((1.0, 0.0), |(product, sum), gain| (product * gain, sum + gain))
    })
}
