//! An instrument is made ready, signed, ratified, kept and broken.

use crate::domain::{
    InstrumentId, InstrumentState, ItemId, ItemState, ONE, POINT, PackageRule, PartyId, Quantity, Score,
    SeatState, SpoilerState, TrackState, Weight, portion_points, settled, shared_address,
};
use crate::kernel::{
    self, Assessment, Cause, Chooser, Chronicle, Entry, Scene, What, force, strength, worth,
};

use super::track::all_settled;

/// Becomes ready when what it needs is agreed, and is signed when every signatory signs; one that has lapsed is renewed so.
pub(super) fn conclude<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let state = scene.instrument(id);
    if state == InstrumentState::Lapsed {
        renew(scene, id);
        return;
    }
    if !matches!(state, InstrumentState::Drafting | InstrumentState::Ready)
        || !scene.live(scene.model.world.instrument(id).track)
    {
        return;
    }
    match (state, can_be_signed(scene, id)) {
        (InstrumentState::Drafting, true) => scene.move_instrument(id, InstrumentState::Ready),
        (InstrumentState::Ready, false) => scene.move_instrument(id, InstrumentState::Drafting),
        _ => {}
    }
    if scene.instrument(id) == InstrumentState::Ready {
        match signatures(scene, id) {
            Signatures::All => sign(scene, id),
            Signatures::TooLittle => renegotiate(scene, id),
            Signatures::Refused => {}
        }
    }
}

/// A lapsed text that may be renewed is signed again when every signatory signs; nothing is reopened where one does not. The track may
/// have concluded.
fn renew<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let text = scene.model.world.instrument(id);
    let meets = scene.live(text.track) || scene.track(text.track) == TrackState::Concluded;
    if text.renews && meets && can_be_signed(scene, id) && matches!(signatures(scene, id), Signatures::All) {
        scene.move_instrument(id, InstrumentState::Signed);
        scene.advance_talks(text.track);
    }
}

/// What came of asking for signatures.
enum Signatures {
    /// Everybody signs.
    All,
    /// To somebody what is settled is worth less than no agreement, or the text crosses its red line.
    TooLittle,
    /// Somebody refuses for its audience's sake.
    Refused,
}

/// Ready: every item it needs is agreed, its `requires` holds, its signatories are in the room.
fn can_be_signed<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: InstrumentId) -> bool {
    let model = scene.model;
    let text = model.world.instrument(id);
    let package = model.world.track(text.track).package;
    text.seals.iter().all(|i| settled(scene.item(*i)))
        && (package == PackageRule::StepByStep || text.seals.is_empty() || all_settled(scene, text.track))
        && scene.holds(model.rules.instrument_requires[id.at()].as_ref())
        && text.signatories.iter().all(|p| in_the_room(scene, id, *p))
}

fn in_the_room<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: InstrumentId, party: PartyId) -> bool {
    let track = scene.model.world.instrument(id).track;
    let seat = scene.model.world.seat_at(party, track);
    seat.is_some_and(|s| scene.seat(s) == SeatState::Seated)
}

fn signatures<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) -> Signatures {
    let model = scene.model;
    let text = model.world.instrument(id);
    let (mut all, mut too_little) = (true, false);
    for party in &text.signatories {
        let Some(assessment) = assess(scene, id, *party) else { return Signatures::Refused };
        let alone = alone(scene, id, *party);
        let willing = !assessment.red_line && worth::enough(model, assessment.sees, assessment.needs);
        let audience = if willing { refusal_odds(scene, *party, alone) } else { 0 };
        let weights = if willing { [ONE - audience, audience] } else { [0, ONE] };
        let address = shared_address(model.addresses.instrument[id.at()], model.addresses.party[party.at()]);
        // Beyond a red line there is nothing to decide.
        let signs = !assessment.red_line && scene.choose(What::Sign, address, &weights) == 0;
        scene.note(|_| Entry::Signs {
            instrument: id,
            assessment,
            text: alone.sees,
            text_of: alone.of,
            audience,
            signs,
        });
        all &= signs;
        too_little |= !signs && !willing;
    }
    match (all, too_little) {
        (true, _) => Signatures::All,
        (false, true) => Signatures::TooLittle,
        (false, false) => Signatures::Refused,
    }
}

/// A text that is worth too little to a signatory may go back to drafting, and its provisional items to the table.
fn renegotiate<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    if !scene.chance(What::Reopen, model.addresses.instrument[id.at()], model.odds.reopen) {
        return;
    }
    scene.move_instrument(id, InstrumentState::Drafting);
    for item in &model.world.instrument(id).seals {
        if scene.item(*item) == ItemState::Agreed {
            scene.reopen(*item);
        }
    }
}

/// What a signatory needs of everything that is settled on the track, this text's items included, and what it sees in it: the test of the
/// table, with what it takes its alternative for in place of its target.
fn assess<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: InstrumentId,
    party: PartyId,
) -> Option<Assessment> {
    let model = scene.model;
    let text = model.world.instrument(id);
    let seat = model.world.seat_at(party, text.track)?;
    let refuses = |item: &ItemId| {
        let option = worth::settled_option(model, scene.state, *item);
        option.is_some_and(|o| worth::refuses(model, scene.state, party, *item, o))
    };
    let red_line = text.seals.iter().any(refuses);
    let (sees, of) = worth::in_hand(model, scene.state, seat, &text.seals);
    let needs = worth::need(model, worth::expected(model, scene.state, seat), of);
    Some(Assessment { seat, needs, sees, of, red_line, present: true })
}

/// A text by itself.
#[derive(Clone, Copy)]
struct Alone {
    /// A party's credit for it.
    sees: Score,
    /// What the best options on its items would give the party.
    of: Score,
}

fn alone<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: InstrumentId, party: PartyId) -> Alone {
    let model = scene.model;
    let mut alone = Alone { sees: 0, of: 0 };
    for item in &model.world.instrument(id).seals {
        if let Some(option) = worth::settled_option(model, scene.state, *item) {
            alone.sees += worth::credit(model, scene.state, party, *item, option);
            alone.of += model.worth.best(worth::preferences(model, scene.state, party), *item);
        }
    }
    alone
}

/// Odds that a party refuses for its audience's sake: by audience, and by how far the text alone is below what it opened with, its best
/// options (Putnam 1988).
fn refusal_odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId, text: Alone) -> Weight {
    if text.of <= 0 {
        return 0;
    }
    let most = scene.model.odds.audience_refusal[scene.get(Quantity::Audience(party)) as usize];
    let gap = (text.of - text.sees).clamp(0, text.of);
    most * gap as Weight / text.of as Weight
}

fn sign<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    scene.move_instrument(id, InstrumentState::Signed);
    scene.advance_talks(model.world.instrument(id).track);
    for item in &model.world.instrument(id).seals {
        if scene.item(*item) == ItemState::Agreed {
            scene.move_item(*item, ItemState::Sealed);
        }
    }
    kernel::carry_out(scene, &model.rules.instrument_effects[id.at()], Cause::Signing(id));
}

/// Enters into force, is kept, carried out, broken or restored.
pub(super) fn comply<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    match scene.instrument(id) {
        InstrumentState::Signed => ratify(scene, id),
        InstrumentState::Ratified => enter_into_force(scene, id),
        InstrumentState::InForce | InstrumentState::Suspended if force::expired(scene, id) => {
            scene.move_instrument(id, InstrumentState::Lapsed);
            force::follow(scene, id);
        }
        InstrumentState::InForce => keep(scene, id),
        InstrumentState::Suspended => restore(scene, id),
        InstrumentState::Drafting
        | InstrumentState::Ready
        | InstrumentState::Broken
        | InstrumentState::Lapsed => {}
    }
}

fn enter_into_force<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    scene.move_instrument(id, InstrumentState::InForce);
    force::follow(scene, id);
}

fn ratify<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    let Some(odds) = model.ratification[id.at()] else {
        enter_into_force(scene, id);
        return;
    };
    let again = odds.second.filter(|_| scene.get(Quantity::Rejected(id)) == 1);
    let mut decided = again.unwrap_or(odds.first);
    scene.span().exclusive(&mut decided);
    let [passes, rejects] = decided;
    let weights = [ONE - passes - rejects, passes, rejects];
    match scene.choose(What::Ratify, model.addresses.instrument[id.at()], &weights) {
        0 => {}
        1 => scene.move_instrument(id, InstrumentState::Ratified),
        _ => {
            if odds.second.is_some() {
                scene.put(Quantity::Rejected(id), 1);
            }
            scene.move_instrument(id, InstrumentState::Drafting);
            for item in &model.world.instrument(id).seals {
                if scene.item(*item) == ItemState::Sealed {
                    scene.reopen(*item);
                }
            }
        }
    }
}

/// Every obliged party keeps or breaks its promise. All odds are those of the start of the turn, so that the order
/// of the parties does not matter.
fn keep<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    let text = model.world.instrument(id);
    let common = common_hazard(scene);
    let mut breakers = 0u32;
    for party in &text.obliges {
        if let Some(front) = force::breaks_ceasefire(scene, id, *party) {
            breakers |= 1 << party.at();
            scene.note(|_| Entry::PressesOn { instrument: id, party: *party, front });
            continue;
        }
        let odds = scene.span().odds(model.odds.breach(common + own_hazard(scene, id, *party)));
        let address = shared_address(model.addresses.instrument[id.at()], model.addresses.party[party.at()]);
        let keeps = scene.choose(What::Keep, address, &[ONE - odds, odds]) == 0;
        if !keeps {
            breakers |= 1 << party.at();
        }
        scene.note(|_| Entry::Keeps { instrument: id, party: *party, odds, keeps });
    }
    if breakers == 0 {
        carry_out(scene, id);
    } else {
        breach(scene, id, breakers);
    }
}

/// The part of the log hazard that is the same for all (Fortna 2003).
fn common_hazard<C: Chooser, K: Chronicle>(scene: &Scene<C, K>) -> f64 {
    let h = &scene.model.world.dynamics.compliance;
    let given = |texts: &[InstrumentId]| f64::from(force::in_force(scene, texts));
    let providers = &scene.model.providers;
    let spoilers = 0..scene.model.world.spoilers.len();
    let active = spoilers.filter(|s| scene.spoiler((*s).into()) == SpoilerState::Active).count();
    h.excluded * active as f64
        - h.verification * given(&providers.verification)
        - h.separation * given(&providers.separation)
        - h.joint_body * given(&providers.joint_body)
}

/// The part of the log hazard that is a party's own.
fn own_hazard<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId, party: PartyId) -> f64 {
    let model = scene.model;
    let h = &model.world.dynamics.compliance;
    let text = model.world.instrument(id);
    let (mut guarantee, mut imposed) = (0, false);
    for item in &text.seals {
        guarantee += i32::from(scene.get(Quantity::Guarantee(*item)));
        imposed |= scene.get(Quantity::Imposed(*item)) == 1;
    }
    let others = || text.obliges.iter().filter(|q| **q != party);
    let trust: i32 = others().map(|q| i32::from(scene.get(Quantity::Trust(party, *q))) - 2).sum();
    let freed = imposed && scene.get(Quantity::Pressure(party)) <= model.pressure[party.at()];
    let mean = |sum: i32, of: usize| f64::from(sum) / of.max(1) as f64;
    h.temptation * temptation(scene, id, party)
        + h.gain * gain(scene, id, party)
        + h.backers * f64::from(extra_strength(scene, id, party))
        + if freed { h.imposed } else { 0.0 }
        - h.guarantee * mean(guarantee, text.seals.len())
        - h.trust * mean(trust, others().count())
}

/// Points of 100, −100..=100, by which what a party takes its alternative for exceeds its credit for what is sealed on the track; negative
/// where that is better, 0 where nothing sealed is worth anything to it.
fn temptation<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId, party: PartyId) -> f64 {
    let model = scene.model;
    let track = model.world.instrument(id).track;
    let Some(seat) = model.world.seat_at(party, track) else { return 0.0 };
    let standing = worth::standing(model, scene.state, seat);
    if standing.sealable <= 0 {
        return 0.0;
    }
    let share = f64::from(standing.sealed) * 100.0 / f64::from(standing.sealable);
    (portion_points(standing.alternative) - share).clamp(-100.0, 100.0)
}

/// Points that others have at risk to a party by the text's options, less what is guaranteed: what it could gain at their expense
/// (Fearon 1995; Powell 2006).
fn gain<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: InstrumentId, party: PartyId) -> f64 {
    let model = scene.model;
    if model.world.dynamics.compliance.gain == 0.0 {
        return 0.0;
    }
    let mut sum = 0;
    for item in model.world.instrument(id).seals.iter().copied().filter(|i| model.worth.exposes(*i)) {
        let Some(option) = worth::settled_option(model, scene.state, item) else { continue };
        let guarantee = scene.get(Quantity::Guarantee(item)) as usize;
        for other in (0..model.world.parties.len()).map(PartyId::new) {
            let rows = model.worth.exposures(other, item, option).iter();
            sum += rows.filter(|e| e.to == party).map(|e| e.lost[guarantee]).sum::<Score>();
        }
    }
    f64::from(sum) / f64::from(POINT)
}

/// Levels of strength over its adversaries that a party has gained since the start.
fn extra_strength<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: InstrumentId, party: PartyId) -> i32 {
    let model = scene.model;
    let seat = model.world.seat_at(party, model.world.instrument(id).track);
    let seat = seat.or_else(|| model.seats[party.at()].first().copied());
    seat.map_or(0, |s| strength::lead(model, scene.state, s) - model.worth.seats[s.at()].lead)
}

fn breach<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId, breakers: u32) {
    let text = scene.model.world.instrument(id);
    let cause = Cause::Breach(id);
    for breaker in text.obliges.iter().filter(|p| breakers >> p.at() & 1 == 1) {
        for other in text.obliges.iter().filter(|q| *q != breaker) {
            if wrong(scene, *breaker, *other) {
                scene.shift(Quantity::Trust(*other, *breaker), false, cause);
            }
        }
    }
    let breaches = (scene.get(Quantity::Breaches(id)) + breakers.count_ones() as u8).min(9);
    scene.set(Quantity::Breaches(id), breaches, cause);
    let broken = breaches >= text.breach_limit;
    scene.move_instrument(id, if broken { InstrumentState::Broken } else { InstrumentState::Suspended });
    force::follow(scene, id);
}

/// Whether a breach is the first of this round by which a party wrongs another: it costs trust once, however many texts it breaks.
fn wrong<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, breaker: PartyId, other: PartyId) -> bool {
    let cell = Quantity::Wronged(breaker, other.0 / 8);
    if !scene.model.layout.keeps(cell) {
        return true;
    }
    let (before, bit) = (scene.get(cell), 1 << (other.0 % 8));
    scene.put(cell, before | bit);
    before & bit == 0
}

/// The next step of implementation, for every party or, where matched, for those that are behind.
fn carry_out<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let text = scene.model.world.instrument(id);
    if text.phases == 0 {
        return;
    }
    let progress = |scene: &Scene<C, K>, p: &PartyId| scene.get(Quantity::Progress(id, *p));
    let least = text.obliges.iter().map(|p| progress(scene, p)).min().unwrap_or(0);
    if least == text.phases {
        return;
    }
    for party in &text.obliges {
        let done = progress(scene, party);
        if done < text.phases && (!text.matched || done == least) {
            scene.set(Quantity::Progress(id, *party), done + 1, Cause::Force(id));
        }
    }
    if text.obliges.iter().all(|p| progress(scene, p) == text.phases) {
        for item in &text.seals {
            if scene.item(*item) == ItemState::Sealed {
                scene.move_item(*item, ItemState::Implemented);
            }
        }
    }
}

/// A suspended text is kept again or given up; a ceasefire is not kept again while an obliged party presses.
fn restore<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    let text = model.world.instrument(id);
    let pressed = text.obliges.iter().any(|p| force::breaks_ceasefire(scene, id, *p).is_some());
    let mut ends = [if pressed { 0 } else { model.odds.restore }, model.odds.give_up];
    ends[1] = ends[1].min(ONE - ends[0]);
    scene.span().exclusive(&mut ends);
    let weights = [ONE - ends[0] - ends[1], ends[0], ends[1]];
    match scene.choose(What::Restore, model.addresses.instrument[id.at()], &weights) {
        0 => {}
        1 => enter_into_force(scene, id),
        _ => {
            scene.note(|_| Entry::GivenUp { instrument: id });
            scene.move_instrument(id, InstrumentState::Broken);
            force::follow(scene, id);
        }
    }
}
