//! What is confidential by the rules of an exercise, independently of how the program hides it.

use baraza::domain::{PartyId, Quantity as Q, World};
use baraza::drivers::decider::Decider;

/// Whether a party is not the role.
pub fn foreign(role: Decider, party: PartyId) -> bool {
    role != Decider::Party(party)
}

/// Whether a role may not know a quantity.
pub fn secret(world: &World, quantity: Q, role: Decider) -> bool {
    match quantity {
        Q::Weariness(p) | Q::Pressure(p) | Q::Audience(p) | Q::Trust(p, _) => foreign(role, p),
        Q::Mandate(s) | Q::Memory(s, _) => foreign(role, world.seat(s).party),
        // A party knows how strong those are whom it measures itself against: its alternative rests on it.
        Q::Support(b) => {
            let supports = world.backer(b).supports;
            foreign(role, supports) && !measured(world, supports, role)
        }
        Q::Optimism(p) | Q::Reserve(p) => foreign(role, p),
        Q::Tolerance(_) => true,
        Q::Leverage(m) => role != Decider::Mediator(m),
        _ => false,
    }
}

/// Whether a role measures its strength against a party's.
fn measured(world: &World, party: PartyId, role: Decider) -> bool {
    let Decider::Party(own) = role else { return false };
    world.seats_of(own).any(|s| world.rivals(s).contains(&party))
}
