//! Tactics that answer the others' concessions (Faratin, Sierra & Jennings 1998, section 4.3).

use crate::domain::{Course, Imitation, ONE, PORTION, Quantity, SeatId, Weight, shared_address};
use crate::kernel::{Chooser, Chronicle, Scene, What, assess, target, worth};

/// Compares what the others offer now with what they offered before, and moves the target.
///
/// Memory slot 0 is the target, slot 1 the latest offer, slots 2 and on the ones before it; 0 stands for none yet.
pub(super) fn take_stock<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId) {
    let model = scene.model;
    let seat = model.world.seat(id);
    // Where offers are exchanged, what counts is the offer that stands when it is the party's move.
    if model.world.track(seat.track).procedure.course() == Course::Offers
        || model.world.party(seat.party).tactic.imitates().is_none()
    {
        return;
    }
    let now = target::offered(model, scene.state, id);
    answer(scene, id, now, model.addresses.seat[id.at()]);
}

/// The same where offers are exchanged, for the standing offer, at one move of a round.
pub(super) fn take_stock_of_offer<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId, step: u8) {
    let model = scene.model;
    if model.world.party(model.world.seat(id).party).tactic.imitates().is_some() {
        let now = assess::offered(model, scene.state, id);
        let address = shared_address(model.addresses.seat[id.at()], u64::from(step) + 1);
        answer(scene, id, now, address);
    }
}

/// Compares what a seat is offered now, in points of 100, with what it was offered before, and moves its target.
fn answer<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId, now: u8, address: u64) {
    let model = scene.model;
    let party = model.world.seat(id).party;
    let Some((imitation, window, spread)) = model.world.party(party).tactic.imitates() else { return };
    let now = now.max(1);
    // The offer so many offers ago, and the one with which it is compared: the next one, or today's.
    let older = i32::from(scene.get(Quantity::Memory(id, window)));
    let newer = match (imitation, window) {
        (Imitation::Averaged, _) | (_, 1) => i32::from(now),
        _ => i32::from(scene.get(Quantity::Memory(id, window - 1))),
    };
    let target = i32::from(scene.get(Quantity::Memory(id, 0)));
    let next = match imitation {
        _ if older == 0 => target,
        Imitation::Relative | Imitation::Averaged => in_proportion(target, older, newer),
        Imitation::RandomAbsolute => target - (newer - older) - step(scene, address, spread),
    };
    let floor = (worth::alternative_today(model, scene.state, id) / PORTION).min(100) as i32;
    for slot in (1..=window).rev() {
        let value = scene.get(Quantity::Memory(id, slot));
        scene.put(Quantity::Memory(id, slot + 1), value);
    }
    scene.put(Quantity::Memory(id, 1), now);
    scene.put(Quantity::Memory(id, 0), next.clamp(floor, 100) as u8);
}

/// The least worth, in points of 100, from which a proportion is taken.
const LEAST_BASE: i32 = 10;

/// The target lowered in the proportion in which an offer rose. Of an offer that was worth next to nothing any rise is manifold, and
/// the published ratio would give all up at once; there as many points are conceded as the other side did.
fn in_proportion(target: i32, older: i32, newer: i32) -> i32 {
    if older < LEAST_BASE { target - (newer - older) } else { target * older / newer }
}

/// A random step of 0..=spread points, all equally likely.
fn step<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, address: u64, spread: u8) -> i32 {
    let n = Weight::from(spread) + 1;
    let mut weights = [0; 21];
    let weights = &mut weights[..=usize::from(spread.min(20))];
    weights.fill(ONE / n);
    weights[0] = ONE - (n - 1) * (ONE / n);
    scene.choose(What::Imitation, address, weights) as i32
}
