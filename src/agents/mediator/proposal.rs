//! What a mediator puts to the parties, and whether they take it.

use crate::agents::bargain::{Said, answer};
use crate::agents::track::{members, present};
use crate::domain::{ItemId, OptionId, SeatId, TrackId, shared_address};
use crate::kernel::{Chooser, Chronicle, Scene, What, target, worth};

/// The seats in the room that accept an option by their own rule when their needs are eased by so many points of 100 of the package,
/// as a bit set.
pub(super) fn willing<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    (item, option): (ItemId, OptionId),
    margin: impl Fn(SeatId) -> u8,
) -> u32 {
    let model = scene.model;
    let mut accepting = 0;
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let position = target::position(model, scene.state, *seat, item);
        accepting |= u32::from(position.accepts(model, scene.state, item, option, margin(*seat))) << k;
    }
    accepting & present(scene, track)
}

/// Whether enough seats accept an option when their needs are so eased; then with what people said. What crosses a red line is
/// not put to anybody.
pub(super) fn settles<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    item: ItemId,
    option: OptionId,
    margin: impl Fn(SeatId) -> u8,
) -> Option<Said> {
    let model = scene.model;
    let here = present(scene, track);
    let accepting = willing(scene, track, (item, option), margin);
    let mut said = Said::default();
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let party = model.world.seat(*seat).party;
        if here >> k & 1 == 1 && !worth::refuses(model, scene.state, party, item, option) {
            let address = shared_address(model.addresses.seat[seat.at()], model.addresses.item[item.at()]);
            said.note(k, answer(scene, What::Answer, address, accepting >> k & 1 == 1));
        }
    }
    let passes = model.tracks[track.at()].consent.passes(said.over(accepting), members(scene, track));
    passes.then_some(said)
}

/// Whether enough seats accept the option as it is.
pub(super) fn agreeable<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    proposal: (ItemId, OptionId),
) -> bool {
    let accepting = willing(scene, track, proposal, |_| 0);
    scene.model.tracks[track.at()].consent.passes(accepting, members(scene, track))
}
