//! Who is worked on: pairs that trust each other little, whoever is hardest to move, and whether they believe the mediator.

use crate::domain::{
    ItemId, MediatorId, ONE, OptionId, PartyId, Quantity, Score, SeatId, SeatState, TrackId, Weight,
};
use crate::kernel::{Chooser, Chronicle, Scene, target};

/// The two parties in the room that trust each other least and could trust each other more, or, given one of them, it
/// and the one it trusts least; ties go to the seats listed first.
pub(super) fn lowest_pair<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    track: TrackId,
    one: Option<PartyId>,
) -> Option<(PartyId, PartyId)> {
    let model = scene.model;
    let seats = &model.world.track(track).seats;
    let here = |s: &SeatId| scene.seat(*s) == SeatState::Seated;
    let mut best = None;
    for (k, a) in seats.iter().enumerate().filter(|(_, s)| here(s)) {
        for b in seats[k + 1..].iter().filter(|s| here(s)) {
            let (p, q) = (model.world.seat(*a).party, model.world.seat(*b).party);
            let concerned = one.is_none_or(|one| p == one || q == one);
            let sum = scene.get(Quantity::Trust(p, q)) + scene.get(Quantity::Trust(q, p));
            if concerned && sum < 8 && best.is_none_or(|(_, least)| sum < least) {
                best = Some(((p, q), sum));
            }
        }
    }
    best.map(|(pair, _)| pair)
}

/// The member in the room that falls shortest on an option, of those that would not accept it where there are such; ties go to the
/// seat listed first.
pub(super) fn hardest_to_move<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    item: ItemId,
    option: OptionId,
) -> Option<SeatId> {
    let model = scene.model;
    let mut worst: Option<(SeatId, (bool, Score))> = None;
    for seat in model.world.track(track).seats.iter().copied() {
        if scene.seat(seat) == SeatState::Seated {
            let position = target::position(model, scene.state, seat, item);
            let refuses = !position.accepts(model, scene.state, item, option, 0);
            let short = (refuses, position.shortfall(model, scene.state, item, option));
            if worst.is_none_or(|(_, most)| short > most) {
                worst = Some((seat, short));
            }
        }
    }
    worst.map(|(seat, _)| seat)
}

/// Odds that a mediator is believed by a party: by credibility, one level more for the party it favours and one less
/// for others if it favours one, and more for each partner.
pub(super) fn believed<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    id: MediatorId,
    party: PartyId,
) -> Weight {
    let mediator = scene.model.world.mediator(id);
    let level = scene.get(Quantity::Credibility(id));
    let level = match mediator.bias {
        Some(favoured) if favoured == party => (level + 1).min(4),
        Some(_) => level.saturating_sub(1),
        None => level,
    };
    let odds = &scene.model.odds;
    (odds.believed[level as usize] + mediator.partners.len() as Weight * odds.partner).min(ONE)
}
