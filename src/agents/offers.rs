//! Stacked alternating offers: each party in turn accepts the standing package or replaces it. Under another rule than
//! consensus every offer is put to the vote instead: the party whose move it is proposes, all others answer at once.

use crate::domain::{
    ItemId, ItemState, OptionId, Procedure, Quantity, Score, SeatId, SeatState, TacticKind, TrackId,
    TrackState, shared_address,
};
use crate::kernel::package::{self, Choice};
use crate::kernel::{Assessment, Chooser, Chronicle, Entry, Scene, Way, What, assess, worth};

use super::bargain::{SEATS, answer, take};
use super::imitation;
use super::track::{members, present};

/// One move of a round: the party whose move it is accepts the standing offer, makes its own, or walks out.
pub(super) fn step<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, step: u8) {
    let model = scene.model;
    let Procedure::AlternatingOffers { steps, .. } = model.world.track(track).procedure else { return };
    if scene.track(track) != TrackState::Open {
        if !scene.live(track) && scene.track(track) != TrackState::Suspended {
            clear(scene, track);
        }
        return;
    }
    let seats = &model.world.track(track).seats;
    let at = (usize::from(scene.round() - 1) * usize::from(steps) + usize::from(step)) % seats.len();
    let quorate = model.tracks[track.at()].consent.passes(present(scene, track), members(scene, track));
    if !quorate
        || !package::on_the_table(model, scene.state, track)
        || scene.seat(seats[at]) != SeatState::Seated
    {
        return;
    }
    let votes = model.world.track(track).by_vote();
    match maker(scene, track).filter(|k| !lapses(scene, track, seats[*k])) {
        // The last offer was voted down.
        Some(_) if votes => contest(scene, track),
        // Its own offer is still before the others.
        Some(maker) if maker == at => return,
        Some(maker) => {
            imitation::take_stock_of_offer(scene, seats[at], step);
            if accepts(scene, seats[at], step) {
                scene.put(Quantity::Assent(seats[at]), 1);
                conclude(scene, track, maker);
                return;
            }
            contest(scene, track);
        }
        None => {}
    }
    if !walks_away(scene, track, at, step) {
        offer(scene, track, at, step);
        if votes {
            vote(scene, track, at, step);
        }
        conclude(scene, track, at);
    }
}

/// Everybody else in the room answers the new offer.
fn vote<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, maker: usize, step: u8) {
    if self::maker(scene, track) != Some(maker) {
        return;
    }
    for (k, seat) in scene.model.world.track(track).seats.iter().copied().enumerate() {
        if k != maker && scene.seat(seat) == SeatState::Seated {
            imitation::take_stock_of_offer(scene, seat, step);
            let yes = accepts(scene, seat, step);
            scene.put(Quantity::Assent(seat), u8::from(yes));
        }
    }
}

/// The place of the seat that made the standing offer.
fn maker<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> Option<usize> {
    usize::from(scene.get(Quantity::Offerer(track))).checked_sub(1)
}

/// An offer whose maker is no longer in the room lapses.
fn lapses<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, seat: SeatId) -> bool {
    let gone = scene.seat(seat) != SeatState::Seated;
    if gone {
        clear(scene, track);
        scene.note(|_| Entry::Lapses { seat });
    }
    gone
}

/// No offer stands.
fn clear<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    let world = &scene.model.world;
    scene.put(Quantity::Offerer(track), 0);
    for item in &world.track(track).items {
        scene.put(Quantity::Draft(*item), 0);
    }
    for seat in &world.track(track).seats {
        scene.put(Quantity::Assent(*seat), 0);
    }
}

/// The address of a seat's decisions in one of its moves.
fn address<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, seat: SeatId, step: u8) -> u64 {
    shared_address(scene.model.addresses.seat[seat.at()], u64::from(step) + 1)
}

fn accepts<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, seat: SeatId, step: u8) -> bool {
    let model = scene.model;
    let assessment = assess::assess_draft(model, scene.state, seat);
    let mut accepts = assess::acceptable(model, &assessment);
    let address = address(scene, seat, step);
    if !assessment.red_line {
        accepts = answer(scene, What::Answer, address, accepts).unwrap_or(accepts);
    }
    scene.note(|_| Entry::Answers { assessment, accepts });
    accepts
}

/// What was offered found no consent: the items are contested.
fn contest<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    for item in &scene.model.world.track(track).items {
        if scene.item(*item) == ItemState::Tabled {
            scene.move_item(*item, ItemState::Contested);
        }
    }
}

/// Walks out where no package is worth as much as no agreement, or, if that is its way, once its deadline has passed; or where somebody
/// decides so.
fn walks_away<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    at: usize,
    step: u8,
) -> bool {
    let model = scene.model;
    let seat = model.world.track(track).seats[at];
    let Some(choice) = Choice::of(model, track, at) else { return true };
    let tactic = &model.world.party(model.world.seat(seat).party).tactic;
    let deadline = tactic.deadline.unwrap_or(u8::MAX).min(scene.get(Quantity::Deadline(track)));
    let late = tactic.leaves && scene.round() > deadline;
    let floor = assess::floor(model, scene.state, seat);
    let best = choice.best(scene.state);
    let sees = best.map_or(0, |p| choice.worth(scene.state, p));
    let rule = late || best.is_none() || sees < floor;
    let address = address(scene, seat, step);
    if !answer(scene, What::WalkAway, address, rule).unwrap_or(rule) {
        return false;
    }
    // Who walks away against the rule has reasons of its own.
    if rule {
        let of = worth::table(model, scene.state, seat).total;
        let assessment = Assessment { seat, needs: floor, sees, of, red_line: best.is_none(), present: true };
        scene.note(|_| Entry::WalksAway { assessment, late });
    }
    clear(scene, track);
    scene.move_seat(seat, SeatState::WalkedOut, None);
    true
}

/// Replaces the standing offer.
fn offer<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, at: usize, step: u8) {
    let model = scene.model;
    let seat = model.world.track(track).seats[at];
    let Some(choice) = Choice::of(model, track, at) else { return };
    let Some(package) = pick(scene, track, seat, &choice) else { return };
    let package = take_offer(scene, track, at, step, &choice, package);
    count(scene, track, at, package, &choice);
    let before = received(scene, track, at);
    for other in &model.world.track(track).seats {
        scene.put(Quantity::Assent(*other), u8::from(*other == seat));
    }
    scene.put(Quantity::Offerer(track), at as u8 + 1);
    for (k, item) in choice.packages().items().iter().enumerate() {
        scene.put(Quantity::Draft(*item), choice.packages().option(package, k).0 + 1);
    }
    let after = received(scene, track, at);
    if after.iter().zip(before).any(|(after, before)| *after > before) {
        scene.advance_talks(track);
    }
    if scene.listens() {
        let assessment = assess::assess_draft(model, scene.state, seat);
        scene.note(|_| Entry::Offers { assessment });
        note_draft(scene, track);
    }
}

/// What the offer before the others gives each of them; as little as can be where there is none.
fn received<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, at: usize) -> [Score; SEATS] {
    let model = scene.model;
    let mut all = [Score::MIN; SEATS];
    let stands =
        model.world.track(track).items.iter().any(|i| package::draft(model, scene.state, *i).is_some());
    if !stands || !model.layout.keeps(Quantity::Advanced(track)) {
        return all;
    }
    for (k, seat) in model.world.track(track).seats.iter().enumerate().filter(|(k, _)| *k != at) {
        all[k] = assess::assess_draft(model, scene.state, *seat).sees;
    }
    all
}

/// The options of the standing offer or text, for those who listen.
pub(super) fn note_draft<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    let model = scene.model;
    for item in model.world.track(track).items.iter().copied() {
        if let Some(option) = package::draft(model, scene.state, item) {
            scene.note(|_| Entry::Drafted { item, option });
        }
    }
}

/// The package that the seat's tactic offers; its best one where none is worth its target.
fn pick<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    seat: SeatId,
    choice: &Choice,
) -> Option<u32> {
    let model = scene.model;
    let Procedure::AlternatingOffers { offers, .. } = model.world.track(track).procedure else { return None };
    if model.world.party(model.world.seat(seat).party).tactic.kind == TacticKind::Micro {
        return next_of_own(scene, track, seat, choice);
    }
    let needs = assess::needs(model, scene.state, seat);
    choice.offer(scene.state, needs, offers).or_else(|| choice.best(scene.state))
}

/// MiCRO: a package not offered before, the next in its own order, if every other party in the room has made at least as
/// many different offers and it is worth as much as no agreement; else the last one again (de Jonge 2022).
fn next_of_own<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    seat: SeatId,
    choice: &Choice,
) -> Option<u32> {
    let model = scene.model;
    let made = package::offers_made(model, scene.state, seat);
    let others = model.world.track(track).seats.iter().filter(|s| **s != seat);
    let matched = others
        .filter(|s| scene.seat(**s) == SeatState::Seated)
        .all(|s| package::offers_made(model, scene.state, *s) >= made);
    let floor = assess::floor(model, scene.state, seat);
    let next = choice.nth(scene.state, made).filter(|p| choice.worth(scene.state, *p) >= floor);
    match next {
        Some(next) if made == 0 || matched => Some(next),
        _ => choice.nth(scene.state, made.saturating_sub(1)),
    }
}

/// Where somebody takes a seat's decisions, it says item by item what it offers; beyond its red lines it offers nothing.
fn take_offer<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    at: usize,
    step: u8,
    choice: &Choice,
    own: u32,
) -> u32 {
    let model = scene.model;
    let seat = model.world.track(track).seats[at];
    let party = model.world.seat(seat).party;
    let site = address(scene, seat, step);
    let mut number = 0;
    for (k, item) in choice.packages().items().iter().enumerate() {
        let mut option = choice.packages().option(own, k);
        let address = shared_address(site, model.addresses.item[item.at()]);
        let fixed = worth::settled_option(model, scene.state, *item).is_some();
        if !fixed && scene.taken(What::Offer, address) {
            let options = model.world.item(*item).options.len();
            let picked = OptionId::new(take(scene, What::Offer, address, option.at(), options));
            if !worth::refuses(model, scene.state, party, *item, picked) {
                option = picked;
            }
        }
        number += choice.packages().part(k, option);
    }
    number
}

/// Counts a different offer, where somebody counts: a place in the maker's own order that it had not come down to before.
fn count<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    at: usize,
    package: u32,
    choice: &Choice,
) {
    let model = scene.model;
    let seats = &model.world.track(track).seats;
    let tactic = |s: &SeatId| &model.world.party(model.world.seat(*s).party).tactic.kind;
    if !seats.iter().any(|s| *tactic(s) == TacticKind::Micro) {
        return;
    }
    let seat = seats[at];
    let made = package::offers_made(model, scene.state, seat);
    let [low, high] = (made as u16).saturating_add(1).to_le_bytes();
    if *tactic(&seat) == TacticKind::Micro {
        if choice.nth(scene.state, made) == Some(package) {
            scene.put(Quantity::Memory(seat, 0), low);
            scene.put(Quantity::Memory(seat, 1), high);
        }
        return;
    }
    let rank = choice.packages().rank(&model.worth, at, package).map_or(0, |r| r as u32 + 1);
    let byte = |scene: &Scene<C, K>, k| scene.get(Quantity::Tally(seat, k));
    let lowest = u32::from_le_bytes([byte(scene, 2), byte(scene, 3), byte(scene, 4), 0]);
    if rank > lowest {
        let [a, b, c, _] = rank.to_le_bytes();
        for (k, value) in [low, high, a, b, c].into_iter().enumerate() {
            scene.put(Quantity::Tally(seat, k as u8), value);
        }
    }
}

/// Agrees the standing offer if enough seats made or accepted it.
fn conclude<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, maker: usize) {
    let model = scene.model;
    let seats = &model.world.track(track).seats;
    let here = seats
        .iter()
        .enumerate()
        .filter(|(_, s)| scene.seat(**s) == SeatState::Seated && scene.get(Quantity::Assent(**s)) == 1);
    let assent = here.fold(0u32, |set, (k, _)| set | 1 << k);
    if !model.tracks[track.at()].consent.passes(assent, members(scene, track)) {
        return;
    }
    settle(scene, track, Way::Package(seats[maker]));
    clear(scene, track);
    forget_counts(scene, track);
}

/// Every open item is agreed as the standing offer or text has it.
pub(super) fn settle<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId, way: Way) {
    let model = scene.model;
    for item in model.world.track(track).items.iter().copied() {
        let Some(option) = package::draft(model, scene.state, item) else { continue };
        if package::open(model, scene.state, item) {
            agree(scene, item, option, way);
        }
    }
}

fn agree<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, item: ItemId, option: OptionId, way: Way) {
    scene.move_item(item, ItemState::Agreed);
    scene.put(Quantity::ItemOption(item), option.0 + 1);
    scene.put(Quantity::Imposed(item), 0);
    scene.note(|_| Entry::Agreed { item, option, way });
}

/// Offers are counted anew after an agreement.
fn forget_counts<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, track: TrackId) {
    let model = scene.model;
    let seats = &model.world.track(track).seats;
    let micro = |s: &SeatId| model.world.party(model.world.seat(*s).party).tactic.kind == TacticKind::Micro;
    if !seats.iter().any(micro) {
        return;
    }
    for seat in seats {
        let slots = if micro(seat) { 2 } else { 5 };
        for k in 0..slots {
            let cell = if micro(seat) { Quantity::Memory(*seat, k) } else { Quantity::Tally(*seat, k) };
            scene.put(cell, 0);
        }
    }
}
