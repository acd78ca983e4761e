//! A party comes or stays away, gets its mandate, and bears what the round brought.

use crate::domain::{
    HEAVY, InstrumentState, Mandate, MediatorState, ONE, PartyId, Quantity, SeatId, SeatState, SpoilerState,
    Weight, shared_address,
};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, WalkOutReasons, What, force, ripe};

use super::imitation;

/// The intensity from which a front is not calm.
const CLASHES: u8 = 2;

/// Draws what the file leaves open of a party's alternative, once.
pub(super) fn draw_reserve<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, party: PartyId) {
    let model = scene.model;
    let Some(odds) = model.reserves[party.at()].filter(|_| scene.round() == 1) else { return };
    // What the three miss of certainty by rounding goes to the one that is expected.
    let weights = [odds[0], ONE - odds[0] - odds[2], odds[2]];
    let reserve = scene.choose(What::Reserve, model.addresses.party[party.at()], &weights) as u8;
    scene.put(Quantity::Reserve(party), reserve);
    scene.note(|_| Entry::Reserve { party, reserve });
}

/// Stays, goes home to consult, walks out, returns, or gives the talks up.
pub(super) fn convene<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId) {
    if !scene.live(scene.model.world.seat(id).track) {
        return;
    }
    match scene.seat(id) {
        SeatState::Seated => attend(scene, id),
        SeatState::Consulting => scene.move_seat(id, SeatState::Seated, None),
        SeatState::WalkedOut => come_back(scene, id),
        SeatState::Withdrawn | SeatState::Barred => {}
    }
}

fn attend<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId) {
    let model = scene.model;
    let reasons = walk_out_reasons(scene, id);
    let walk = reasons.odds;
    let consult = model.habits[model.world.seat(id).party.at()].consult.min(ONE - walk);
    let weights = [ONE - walk - consult, consult, walk];
    match scene.choose(What::Attendance, model.addresses.seat[id.at()], &weights) {
        0 => {
            if reasons.distrust
                || reasons.attacks > 0
                || reasons.precondition
                || reasons.audience > 0
                || reasons.stall > 0
            {
                scene.note(|_| Entry::Stays { seat: id, reasons });
            }
        }
        1 => scene.move_seat(id, SeatState::Consulting, None),
        _ => scene.move_seat(id, SeatState::WalkedOut, Some(reasons)),
    }
}

/// What speaks for leaving, and the odds it adds up to.
fn walk_out_reasons<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: SeatId) -> WalkOutReasons {
    let model = scene.model;
    let seat = model.world.seat(id);
    let party = seat.party;
    let track = model.world.track(seat.track);
    let others = || track.seats.iter().map(|s| model.world.seat(*s).party).filter(|p| *p != party);
    let distrust = others().any(|q| scene.get(Quantity::Trust(party, q)) == 0);
    let attacks = model
        .world
        .spoilers
        .iter()
        .enumerate()
        .filter(|(k, s)| {
            s.victim == Some(party)
                && s.blamed_on.is_some_and(|q| others().any(|o| o == q))
                && scene.spoiler((*k).into()) == SpoilerState::Active
                && scene.get(Quantity::Blame((*k).into())) == 1
        })
        .count() as u8;
    let rule = model.rules.precondition[party.at()].as_ref();
    let precondition = rule.is_some() && !scene.holds(rule);
    let audience = scene.get(Quantity::Audience(party)).saturating_sub(2);
    let stall = scene.kept(Quantity::Stall(seat.track));
    let o = &model.odds;
    let odds = o.walk_out_base
        + Weight::from(stall) * o.stall_walk_out
        + if distrust { o.walk_out_distrust } else { 0 }
        + Weight::from(attacks) * o.walk_out_attack
        + if precondition { o.walk_out_precondition } else { 0 }
        + Weight::from(audience) * o.walk_out_audience;
    WalkOutReasons { odds: odds.min(ONE), distrust, attacks, precondition, audience, stall }
}

fn come_back<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId) {
    let model = scene.model;
    let seat = model.world.seat(id);
    let shuttles = model
        .world
        .track(seat.track)
        .mediators
        .iter()
        .any(|m| MediatorState::of(scene.get(Quantity::MediatorState(*m))) == MediatorState::Shuttling);
    let place = model.world.track(seat.track).seats.iter().position(|s| *s == id).unwrap_or(0);
    let feasible = ripe::remembered(model, scene.state, seat.track).gaining >> place & 1 == 1;
    let o = &model.odds;
    let odds = (o.return_base
        + if shuttles { o.return_shuttle } else { 0 }
        + Weight::from(scene.get(Quantity::Weariness(seat.party))) * o.return_weariness
        + if feasible { o.return_feasible } else { 0 })
    .min(ONE);
    let stall = Weight::from(scene.kept(Quantity::Stall(seat.track)));
    let withdraw = (o.withdraw + stall * o.stall_withdraw).min(ONE - odds);
    let weights = [ONE - odds - withdraw, odds, withdraw];
    match scene.choose(What::Return, model.addresses.seat[id.at()], &weights) {
        0 => scene.note(|_| Entry::StaysOut { seat: id, odds }),
        1 => scene.move_seat(id, SeatState::Seated, None),
        _ => scene.move_seat(id, SeatState::Withdrawn, None),
    }
}

/// Draws the mandate for this round's bargaining; a tactic that looks back takes stock.
pub(super) fn instruct<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: SeatId) {
    let model = scene.model;
    let seat = model.world.seat(id);
    if !scene.live(seat.track) || scene.seat(id) != SeatState::Seated {
        return;
    }
    imitation::take_stock(scene, id);
    let weights = model.habits[seat.party.at()].mandate;
    let drawn = scene.choose(What::Mandate, model.addresses.seat[id.at()], &weights);
    let mandate = Mandate::ALL[drawn];
    scene.put(Quantity::Mandate(id), mandate as u8);
    scene.note(|_| Entry::Mandate { seat: id, mandate });
}

/// Heavy fighting tires a party, teaches it what its alternative is and costs trust in those it fights; calm lets it recover, kept
/// promises build trust, and pressure fades. Who presses observes no ceasefire any more.
pub(super) fn endure<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: PartyId) {
    let model = scene.model;
    let address = model.addresses.party[id.at()];
    let mut adversaries = 0u32;
    let mut clashes = false;
    for (k, front) in model.fronts.iter().enumerate() {
        if front.fighting >> id.at() & 1 == 1 {
            let intensity = scene.get(Quantity::Intensity(k.into()));
            clashes |= intensity >= CLASHES;
            if intensity >= HEAVY {
                adversaries |= front.fighting;
            }
        }
    }
    if scene.get(Quantity::Ceasefire(id)) == 1
        && let Some(front) = force::pressing(scene, id, |_| true)
    {
        scene.set(Quantity::Ceasefire(id), 0, Cause::Pressing(front));
    }
    if (0..model.world.fronts.len()).any(|f| force::beaten(scene, f.into(), id)) {
        scene.shift(Quantity::Weariness(id), true, Cause::Fighting);
    }
    if adversaries != 0 {
        if scene.get(Quantity::Weariness(id)) < 4
            && scene.chance_between(What::Weariness, address, model.odds.weariness)
        {
            scene.shift(Quantity::Weariness(id), true, Cause::Fighting);
        }
        if scene.kept(Quantity::Optimism(id)) > 0
            && scene.chance_between(What::Learning, address, model.odds.learning)
        {
            scene.shift(Quantity::Optimism(id), false, Cause::Learning);
        }
        for q in (0..model.world.parties.len()).map(PartyId::new) {
            let adversary = adversaries >> q.at() & 1 == 1 && !model.world.sides_with(id, q);
            if adversary && scene.get(Quantity::Trust(id, q)) > 0 {
                let pair = shared_address(address, model.addresses.party[q.at()]);
                if scene.chance_between(What::Distrust, pair, model.odds.distrust) {
                    scene.shift(Quantity::Trust(id, q), false, Cause::Fighting);
                }
            }
        }
    }
    if !clashes
        && scene.get(Quantity::Weariness(id)) > 0
        && scene.chance_between(What::Recovery, address, model.odds.recovery)
    {
        scene.shift(Quantity::Weariness(id), false, Cause::Recovery);
    }
    see_promises_kept(scene, id);
    if scene.get(Quantity::Pressure(id)) > 0
        && scene.chance_between(What::PressureFades, address, model.odds.pressure_fades)
    {
        scene.shift(Quantity::Pressure(id), false, Cause::Fading);
    }
}

/// A party's trust in each other party rises, with some odds, where a text in force binds both and the other broke none in this round
/// (Kydd 2005).
fn see_promises_kept<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: PartyId) {
    let model = scene.model;
    if model.odds.kept == 0 {
        return;
    }
    let mut bound = 0;
    for (k, obliged) in model.obliged.iter().enumerate() {
        if obliged >> id.at() & 1 == 1 && scene.instrument(k.into()) == InstrumentState::InForce {
            bound |= obliged;
        }
    }
    if bound == 0 {
        return;
    }
    for q in (0..model.world.parties.len()).map(PartyId::new) {
        let kept = bound >> q.at() & 1 == 1 && q != id && !broke(scene, q);
        if kept && scene.get(Quantity::Trust(id, q)) < TRUSTS {
            let pair = shared_address(model.addresses.party[id.at()], model.addresses.party[q.at()]);
            if scene.chance_between(What::Kept, pair, model.odds.kept) {
                scene.shift(Quantity::Trust(id, q), true, Cause::Kept);
            }
        }
    }
}

/// The trust that kept promises alone can build: `high`.
const TRUSTS: u8 = 3;

/// Whether a party has broken a promise in this round.
fn broke<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> bool {
    let bytes = scene.model.world.parties.len().div_ceil(8) as u8;
    let wronged = |k: u8| scene.kept(Quantity::Wronged(party, k));
    (0..bytes).any(|k| wronged(k) != 0)
}
