//! What is confidential by the rules of an exercise, independently of how the program hides it.

use baraza::domain::{PartyId, Quantity as Q, World};
use baraza::drivers::decider::Decider;
use baraza::drivers::philox::Stream;
use rand::Rng;

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

/// The world with other preferences, alternatives, tactics and moods of everybody but the role.
pub fn changed(world: &World, role: Decider, luck: &mut Stream) -> World {
    let mut other = world.clone();
    for (p, party) in other.parties.iter_mut().enumerate() {
        if foreign(role, p.into()) {
            party.tactic.kappa = f64::from(luck.next_u32() % 100) / 100.0;
            party.mandate = Some([0.2, 0.3, 0.5]);
            party.consult = Some(0.125);
        }
    }
    for seat in &mut other.seats {
        if foreign(role, seat.party) {
            seat.alternative = (luck.next_u32() % 101) as u8;
        }
    }
    for item in &mut other.items {
        for option in &mut item.options {
            disguise_points(&mut option.points, role, luck);
            option.red_line_of.retain(|p| !foreign(role, *p));
        }
    }
    other
}

fn disguise_points(points: &mut [f64], role: Decider, luck: &mut Stream) {
    for (p, points) in points.iter_mut().enumerate() {
        if foreign(role, p.into()) {
            *points = f64::from(luck.next_u32() % 101);
        }
    }
}
