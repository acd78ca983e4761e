//! How strong the parties are beside each other.

use crate::domain::{Model, PartyId, Quantity, SeatId};

use super::state::State;

/// A party's own capability and all its backing, in levels.
#[inline]
pub fn strength(model: &Model, state: &State, party: PartyId) -> i32 {
    let backing = model.backers[party.at()].iter().map(|b| i32::from(state.cell(*b)));
    i32::from(state.get(model, Quantity::Capability(party))) + backing.sum::<i32>()
}

/// Levels of strength that a seat's party has over the strongest of those that it measures itself against
/// ([`World::rivals`](crate::domain::World::rivals)).
#[inline]
pub fn lead(model: &Model, state: &State, seat: SeatId) -> i32 {
    let rivals = &model.worth.seats[seat.at()].rivals;
    let strongest = rivals.iter().map(|p| strength(model, state, *p)).max().unwrap_or(0);
    strength(model, state, model.world.seat(seat).party) - strongest
}
