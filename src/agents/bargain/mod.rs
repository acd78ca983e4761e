//! An item is bargained over. What the procedures have in common stands here; how one of them settles an item is a file of its own.

mod item_by_item;
mod vote;

use crate::domain::{
    ItemId, ItemState, Model, ONE, OptionId, Procedure, Quantity, Score, SeatId, SeatState, TrackId,
    TrackState, Weight, at_most,
};
use crate::kernel::target::Position;
use crate::kernel::{Assessment, Chooser, Chronicle, Entry, Scene, State, Way, What, target, worth};

use super::track::{members, present};

/// The most seats a track can have.
pub(super) const SEATS: usize = 16;
/// The most alternatives of a choice that somebody takes: options of an item, or items of an agenda.
const ALTERNATIVES: usize = 256;

/// Settles an open item if enough seats consent to an option; asks again for an agreed one.
pub(super) fn bargain<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: ItemId) {
    let track = scene.model.world.item(id).track;
    if scene.track(track) != TrackState::Open || scene.by_text(track) {
        return;
    }
    match scene.item(id) {
        ItemState::Tabled | ItemState::Contested => match scene.model.world.track(track).procedure {
            Procedure::ItemByItem => item_by_item::settle(scene, track, id),
            Procedure::Vote => vote::settle(scene, track, id),
            // The whole agenda has a turn of its own.
            Procedure::AlternatingOffers { .. } | Procedure::SingleText { .. } => {}
        },
        ItemState::Agreed => think_again(scene, track, id),
        _ => {}
    }
}

/// The acceptable set of every seat in the room; those that are out accept nothing.
fn masks<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, id: ItemId) -> [u32; SEATS] {
    let model = scene.model;
    let options = model.world.item(id).options.len();
    let mut masks = [0; SEATS];
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        if scene.seat(*seat) == SeatState::Seated {
            masks[k] = target::position(model, scene.state, *seat, id).mask(model, scene.state, id, options);
        }
    }
    masks
}

/// What somebody said for the seats that it decides for: bit sets in the order of a track's seats.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// The seats that somebody spoke for.
    pub(super) who: u32,
    /// Those of them that accept.
    pub(super) yes: u32,
}

impl Said {
    /// Notes the answer for a seat, where somebody gave one.
    pub(super) fn note(&mut self, seat: usize, answer: Option<bool>) {
        self.who |= u32::from(answer.is_some()) << seat;
        self.yes |= u32::from(answer == Some(true)) << seat;
    }

    /// Who accepts in all, where the rule alone would let `own` accept.
    pub(super) fn over(self, own: u32) -> u32 {
        own & !self.who | self.yes
    }

    /// The answer for a seat, where somebody gave one.
    fn of(self, seat: usize) -> Option<bool> {
        (self.who >> seat & 1 == 1).then_some(self.yes >> seat & 1 == 1)
    }
}

/// The seats that accept an option, as a bit set.
fn accepting(masks: &[u32; SEATS], option: usize) -> u32 {
    masks.iter().enumerate().fold(0, |set, (k, mask)| set | (mask >> option & 1) << k)
}

/// A choice that somebody takes; the rule alone would pick `own`.
pub(super) fn take<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    what: What,
    address: u64,
    own: usize,
    alternatives: usize,
) -> usize {
    let mut weights: [Weight; ALTERNATIVES + 1] = [0; ALTERNATIVES + 1];
    weights[own] = ONE;
    scene.choose(what, address, &weights[..alternatives])
}

/// A yes or no that somebody gives; `None` where the rule, which would say `own`, decides.
pub(super) fn answer<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    what: What,
    address: u64,
    own: bool,
) -> Option<bool> {
    scene.taken(what, address).then(|| take(scene, what, address, usize::from(!own), 2) == 0)
}

fn all_options(model: &Model, id: ItemId) -> u32 {
    u32::MAX >> (32 - model.world.item(id).options.len())
}

/// The options of a set outside a seat's red lines; all of it where there are none.
fn allowed(model: &Model, state: &State, seat: SeatId, id: ItemId, set: u32) -> u32 {
    let who = worth::preferences(model, state, model.world.seat(seat).party);
    match set & !model.worth.red_lines(who, id) {
        0 => set,
        allowed => allowed,
    }
}

/// The seat whose turn it is to propose: they take turns by round, those that are out are passed over.
fn proposer<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> SeatId {
    let seats = &scene.model.world.track(track).seats;
    let first = (scene.round() as usize - 1) % seats.len();
    let order = (0..seats.len()).map(|k| seats[(first + k) % seats.len()]);
    order.clone().find(|s| scene.seat(*s) == SeatState::Seated).unwrap_or(seats[first])
}

/// The option of a set that is worth most to a seat; ties go to the one listed first.
fn favourite(model: &Model, state: &State, seat: SeatId, id: ItemId, set: u32) -> OptionId {
    let party = model.world.seat(seat).party;
    best_of(set, |o| worth::credit(model, state, party, id, o))
}

/// The option of a non-empty set with the highest value; ties go to the one listed first.
fn best_of<V: PartialOrd>(set: u32, value: impl Fn(OptionId) -> V) -> OptionId {
    let mut best = OptionId(set.trailing_zeros() as u8);
    let mut highest = value(best);
    for o in (best.0 + 1..32).map(OptionId).filter(|o| set >> o.0 & 1 == 1) {
        let v = value(o);
        if v > highest {
            (best, highest) = (o, v);
        }
    }
    best
}

/// Settles an item provisionally.
pub(super) fn agree<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    item: ItemId,
    option: OptionId,
    way: Way,
    said: Said,
) {
    if scene.listens() {
        let track = scene.model.world.item(item).track;
        note_views(scene, track, item, option, said);
    }
    scene.move_item(item, ItemState::Agreed);
    scene.put(Quantity::ItemOption(item), option.0 + 1);
    scene.put(Quantity::Imposed(item), u8::from(matches!(way, Way::Manipulation(..))));
    scene.note(|_| Entry::Agreed { item, option, way });
}

fn stay_open<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    item: ItemId,
    motion: Option<(OptionId, SeatId)>,
    said: impl Fn(OptionId) -> Said,
) {
    if scene.item(item) == ItemState::Tabled {
        scene.move_item(item, ItemState::Contested);
    }
    if scene.listens() {
        let (closest, moved_by) = match motion {
            Some((option, seat)) => (option, Some(seat)),
            None => (nearest(scene.model, scene.state, track, item, &said).0, None),
        };
        scene.note(|_| Entry::Contested { item, closest, moved_by });
        note_views(scene, track, item, closest, said(closest));
    }
}

/// How every member sees an option: for those who listen. Where somebody spoke for a seat, what it said is told; the
/// numbers by which the rule would have decided did not decide.
fn note_views<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    item: ItemId,
    option: OptionId,
    said: Said,
) {
    let model = scene.model;
    for (k, seat) in model.world.track(track).seats.iter().copied().enumerate() {
        if scene.seat(seat) == SeatState::Barred {
            continue;
        }
        let position = target::position(model, scene.state, seat, item);
        let present = scene.seat(seat) == SeatState::Seated;
        let assessment = Assessment {
            seat,
            needs: position.needs,
            sees: position.sees(model, scene.state, item, option),
            of: position.of,
            red_line: worth::refuses(model, scene.state, position.party, item, option),
            present,
        };
        let (assessment, accepts) = match said.of(k) {
            Some(accepts) => (assessment.without_numbers(), accepts),
            None => (assessment, present && position.accepts(model, scene.state, item, option, 0)),
        };
        scene.note(|_| Entry::View { item, option, assessment, accepts });
    }
}

/// The option of an item that comes closest to agreement among the track's members, with its total shortfall:
/// the smallest, over options that cross no red line where there are such; ties go to the one listed first.
pub fn closest(model: &Model, state: &mut State, track: TrackId, item: ItemId) -> (OptionId, Score) {
    nearest(model, state, track, item, |_| Said::default())
}

/// The same where somebody spoke for seats: an option that fewer of these refuse is closer, whatever it would have been
/// worth to them by the rule.
fn nearest(
    model: &Model,
    state: &mut State,
    track: TrackId,
    item: ItemId,
    said: impl Fn(OptionId) -> Said,
) -> (OptionId, Score) {
    let spoken = said(OptionId(0)).who;
    let mut positions: [Option<Position>; SEATS] = [None; SEATS];
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let silent = spoken >> k & 1 == 0;
        if silent && SeatState::of(state.get(model, Quantity::SeatState(*seat))) != SeatState::Barred {
            positions[k] = Some(target::position(model, state, *seat, item));
        }
    }
    let state = &*state;
    // Items of whole packages may have more options than a bit set holds.
    let crossed =
        |o: OptionId| positions.iter().flatten().any(|p| worth::refuses(model, state, p.party, item, o));
    let options = || model.world.item(item).option_ids();
    let all_crossed = options().all(crossed);
    let total = |o: OptionId| -> Score {
        positions.iter().flatten().map(|p| p.shortfall(model, state, item, o)).sum()
    };
    let range = options().filter(|o| all_crossed || !crossed(*o));
    // Of equal ones the first is kept.
    let refusals = |o: OptionId| {
        let said = said(o);
        (said.who & !said.yes).count_ones()
    };
    let best =
        range.map(|o| (refusals(o), total(o), o)).min_by_key(|(refusals, total, _)| (*refusals, *total));
    best.map_or((OptionId(0), 0), |(_, total, option)| (option, total))
}

/// An agreed item is reopened, with some odds, if too few of those in the room would accept it today.
fn think_again<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, item: ItemId) {
    let model = scene.model;
    let present = present(scene, track);
    let mut content = members(scene, track);
    let mut doubter = None;
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        if present >> k & 1 == 0 {
            continue;
        }
        let standing = worth::standing(model, scene.state, *seat);
        let needs = worth::need(model, target::target(model, scene.state, *seat), standing.bankable);
        if !worth::enough(model, standing.banked, needs) {
            content &= !(1 << k);
            doubter.get_or_insert((*seat, needs, standing.banked));
        }
    }
    let Some((seat, needs, sees)) = doubter else { return };
    if model.tracks[track.at()].consent.passes(content, members(scene, track)) {
        return;
    }
    let reopened = scene.chance(What::Reopen, model.addresses.item[item.at()], model.odds.reopen);
    scene.note(|_| Entry::Doubts { item, seat, needs, sees, reopened });
    if reopened {
        scene.reopen(item);
    }
}
