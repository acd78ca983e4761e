//! A track opens, tables items and rises.

use crate::domain::{
    AgendaRule, ItemId, ItemState, Mandate, Quantity, SeatState, TrackId, TrackState, sealed, settled,
};
use crate::kernel::{Chooser, Chronicle, Entry, Scene, What};

use super::stall;

/// The seats of a track in certain states, as a bit set over the track's list.
pub(super) fn seats<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    track: TrackId,
    select: impl Fn(SeatState) -> bool,
) -> u32 {
    let list = &scene.model.world.track(track).seats;
    list.iter().enumerate().filter(|(_, s)| select(scene.seat(**s))).fold(0, |set, (k, _)| set | 1 << k)
}

/// The seats whose consent counts: neither barred nor, once others can do without them, gone for good.
pub(super) fn members<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> u32 {
    seats(scene, track, |s| s != SeatState::Barred)
}

/// The seats in the room.
pub(super) fn present<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> u32 {
    seats(scene, track, |s| s == SeatState::Seated)
}

/// Opens, suspends, resumes or ends the track by its conditions, then applies its entry rules.
pub(super) fn open<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let model = scene.model;
    let (opens, suspended, collapses) = (
        model.rules.track_opens[id.at()].as_ref(),
        model.rules.track_suspended[id.at()].as_ref(),
        model.rules.track_collapses[id.at()].as_ref(),
    );
    stall::reconvene(scene, id);
    match scene.track(id) {
        TrackState::Pending if scene.holds(opens) => scene.move_track(id, TrackState::Open),
        TrackState::Concluded if !all_sealed(scene, id) => scene.move_track(id, TrackState::Open),
        _ => {}
    }
    let running = matches!(scene.track(id), TrackState::Open | TrackState::Adjourned | TrackState::Suspended);
    if running && collapses.is_some() && scene.holds(collapses) {
        scene.move_track(id, TrackState::Collapsed);
        scene.forget_stall(id);
    }
    if suspended.is_some() {
        let holds = scene.holds(suspended);
        match scene.track(id) {
            TrackState::Open | TrackState::Adjourned if holds => scene.move_track(id, TrackState::Suspended),
            TrackState::Suspended if !holds => scene.move_track(id, TrackState::Open),
            _ => {}
        }
    }
    if scene.live(id) {
        admit(scene, id);
    }
}

/// Entry rules: all are evaluated before any is applied, so that the order of seats does not matter.
fn admit<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let model = scene.model;
    let (mut enter, mut leave) = (0u32, 0u32);
    for (k, seat) in model.world.track(id).seats.iter().enumerate() {
        let party = model.world.seat(*seat).party.at();
        let suspended = model.rules.suspended[party].as_ref();
        match scene.seat(*seat) {
            SeatState::Barred => {
                let kept_out = suspended.is_some() && scene.holds(suspended);
                if !kept_out && scene.holds(model.rules.admitted[party].as_ref()) {
                    enter |= 1 << k;
                }
            }
            SeatState::Withdrawn => {}
            _ if suspended.is_some() && scene.holds(suspended) => leave |= 1 << k,
            _ => {}
        }
    }
    for (k, seat) in model.world.track(id).seats.iter().enumerate() {
        if enter >> k & 1 == 1 {
            scene.move_seat(*seat, SeatState::Seated, None);
        } else if leave >> k & 1 == 1 {
            scene.move_seat(*seat, SeatState::Barred, None);
        }
    }
}

/// Whether every item of a track that has any is sealed or carried out.
pub(super) fn all_sealed<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: TrackId) -> bool {
    let items = &scene.model.world.track(id).items;
    !items.is_empty() && items.iter().all(|i| sealed(scene.item(*i)))
}

/// Settles whether the track meets this round, then opens items by the agenda rule.
pub(super) fn table<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    if !scene.live(id) {
        return;
    }
    let consent = &scene.model.tracks[id.at()].consent;
    let members = members(scene, id);
    let remaining = members & !seats(scene, id, |s| s == SeatState::Withdrawn);
    if members != 0 && !consent.passes(remaining, members) {
        scene.move_track(id, TrackState::Collapsed);
        scene.forget_stall(id);
        return;
    }
    let quorate = consent.passes(present(scene, id), members);
    match (scene.track(id), quorate) {
        (TrackState::Open, false) => scene.move_track(id, TrackState::Adjourned),
        (TrackState::Adjourned, true) => scene.move_track(id, TrackState::Open),
        _ => {}
    }
    match quorate {
        true if scene.by_text(id) => open_everything(scene, id),
        true => open_items(scene, id),
        false => {}
    }
}

/// A track that an effect has turned to a single text has its whole agenda on the table.
fn open_everything<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let order = &scene.model.tracks[id.at()].order;
    for item in order {
        if scene.item(*item) == ItemState::Dormant {
            scene.move_item(*item, ItemState::Tabled);
        }
    }
    take_up_again(scene, order, usize::MAX);
}

fn open_items<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    let model = scene.model;
    let order = &model.tracks[id.at()].order;
    let track = model.world.track(id);
    let discussed =
        order.iter().filter(|i| matches!(scene.item(**i), ItemState::Tabled | ItemState::Contested)).count();
    let limit = track.at_most.map_or(usize::MAX, usize::from);
    let mut room = limit.saturating_sub(discussed);
    let next = next_dormant(scene, order, 0);
    if room == 0 && next.is_some() {
        room = usize::from(put_aside(scene, id));
    }
    let mut wanted = match track.agenda {
        AgendaRule::AllAtOnce => usize::MAX,
        _ => track.opens.into(),
    };
    let mut from = 0;
    while room > 0 && wanted > 0 {
        let Some(at) = next_dormant(scene, order, from) else { break };
        scene.move_item(order[at], ItemState::Tabled);
        (room, wanted, from) = (room - 1, wanted - 1, at + 1);
    }
    if wanted > 0 {
        take_up_again(scene, order, room);
    }
    if scene.listens() {
        note_waiting(scene, order);
    }
}

/// The place in the order, from `from` on, of the next dormant item whose `requires` holds.
fn next_dormant<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    order: &[ItemId],
    from: usize,
) -> Option<usize> {
    (from..order.len()).find(|k| {
        let item = order[*k];
        scene.item(item) == ItemState::Dormant
            && scene.holds(scene.model.rules.item_requires[item.at()].as_ref())
    })
}

/// With some odds the first contested item in the order makes room for another.
fn put_aside<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) -> bool {
    let model = scene.model;
    let contested = model.tracks[id.at()].order.iter().find(|i| scene.item(**i) == ItemState::Contested);
    let Some(&item) = contested else { return false };
    let parked = scene.chance(What::Park, model.addresses.item[item.at()], model.odds.park);
    if parked {
        scene.move_item(item, ItemState::Parked);
    }
    parked
}

fn take_up_again<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, order: &[ItemId], room: usize) {
    let mut room = room;
    for item in order {
        if room > 0 && scene.item(*item) == ItemState::Parked {
            scene.move_item(*item, ItemState::Contested);
            room -= 1;
        }
    }
}

fn note_waiting<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, order: &[ItemId]) {
    for &item in order {
        let requires = scene.model.rules.item_requires[item.at()].as_ref();
        if scene.item(item) == ItemState::Dormant && requires.is_some() && !scene.holds(requires) {
            scene.note(|_| Entry::Waits { item });
        }
    }
}

/// The session ends: the round's mandates are spent.
pub(super) fn recess<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: TrackId) {
    for seat in &scene.model.world.track(id).seats {
        scene.put(Quantity::Mandate(*seat), Mandate::Planned as u8);
    }
}

/// Whether every item of the track is settled at least provisionally.
pub(super) fn all_settled<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: TrackId) -> bool {
    scene.model.world.track(id).items.iter().all(|i| settled(scene.item(*i)))
}
