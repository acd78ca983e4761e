//! Votes: a motion, and ballots.

use crate::agents::track::members;
use crate::domain::{ItemId, OptionId, SeatId, SeatState, TrackId, shared_address};
use crate::kernel::{Chooser, Chronicle, Scene, Way, What};

use super::*;

/// A proposer moves an option, and all vote.
pub(super) fn settle<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, id: ItemId) {
    let masks = masks(scene, track, id);
    let proposer = proposer(scene, track);
    let own =
        scene.model.world.track(track).seats.iter().position(|s| *s == proposer).map_or(0, |k| masks[k]);
    let all = all_options(scene.model, id);
    let range = if own == 0 { allowed(scene.model, scene.state, proposer, id, all) } else { own };
    let motion = favourite(scene.model, scene.state, proposer, id, range);
    let motion = take_motion(scene, id, proposer, motion);
    let own = accepting(&masks, motion.at());
    let said = take_ballots(scene, track, (id, motion), own);
    if scene.model.tracks[track.at()].consent.passes(said.over(own), members(scene, track)) {
        agree(scene, id, motion, Way::Vote(proposer), said);
    } else {
        stay_open(scene, track, id, Some((motion, proposer)), |_| said);
    }
}

fn take_motion<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: ItemId,
    proposer: SeatId,
    own: OptionId,
) -> OptionId {
    let model = scene.model;
    let address = shared_address(model.addresses.seat[proposer.at()], model.addresses.item[id.at()]);
    if !scene.taken(What::Motion, address) {
        return own;
    }
    let options = model.world.item(id).options.len();
    let picked = OptionId::new(take(scene, What::Motion, address, own.at(), options));
    let range = allowed(model, scene.state, proposer, id, all_options(model, id));
    if range >> picked.at() & 1 == 1 { picked } else { own }
}

/// The answers to a motion that somebody gives; the rule alone would let `own` vote for it. Nobody votes for what crosses its own
/// red line.
fn take_ballots<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    (id, motion): (ItemId, OptionId),
    own: u32,
) -> Said {
    let model = scene.model;
    let mut said = Said::default();
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let address = shared_address(model.addresses.seat[seat.at()], model.addresses.item[id.at()]);
        let refuses = worth::refuses(model, scene.state, model.world.seat(*seat).party, id, motion);
        if scene.seat(*seat) == SeatState::Seated && !refuses {
            said.note(k, answer(scene, What::Ballot, address, own >> k & 1 == 1));
        }
    }
    said
}
