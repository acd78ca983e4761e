//! Tactics that answer the others' concessions (Faratin, Sierra & Jennings 1998, section 4.3).

use crate::domain::{Imitation, ONE, Quantity, SeatId, TacticKind, Weight};
use crate::kernel::{Chooser, Chronicle, Scene, What, worth};

/// Compares what the others offer now with what they offered before, and moves the target.
///
/// Memory slot 0 is the target, slot 1 the latest offer, slots 2 and on the ones before it; 0 stands for none yet.
pub(super) fn take_stock<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId) {
    let model = scene.model;
    let party = model.world.seat(id).party;
    let TacticKind::TitForTat { imitation, window, spread } = model.world.party(party).tactic.kind else {
        return;
    };
    let now = worth::offered(model, scene.state, id).max(1);
    let last = scene.get(Quantity::Memory(id, 1));
    let before = scene.get(Quantity::Memory(id, window));
    let target = i32::from(scene.get(Quantity::Memory(id, 0)));
    let next = match imitation {
        _ if last == 0 => target,
        Imitation::Relative => target * i32::from(last) / i32::from(now),
        Imitation::Averaged if before == 0 => target,
        Imitation::Averaged => target * i32::from(before) / i32::from(now),
        Imitation::RandomAbsolute => target - (i32::from(now) - i32::from(last)) - step(scene, id, spread),
    };
    let floor = worth::alternative(model, scene.state, id);
    for slot in (1..=window).rev() {
        let value = scene.get(Quantity::Memory(id, slot));
        scene.put(Quantity::Memory(id, slot + 1), value);
    }
    scene.put(Quantity::Memory(id, 1), now);
    scene.put(Quantity::Memory(id, 0), next.clamp(floor, 100) as u8);
}

/// A random step of 0..=spread points, all equally likely.
fn step<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId, spread: u8) -> i32 {
    let n = Weight::from(spread) + 1;
    let mut weights = [0; 21];
    let weights = &mut weights[..=usize::from(spread.min(20))];
    weights.fill(ONE / n);
    weights[0] = ONE - (n - 1) * (ONE / n);
    scene.choose(What::Imitation, scene.model.addresses.seat[id.at()], weights) as i32
}
