//! An instrument is made ready, signed, ratified, kept and broken.

use crate::domain::{
    InstrumentId, InstrumentState, ItemState, ONE, PackageRule, PartyId, Quantity, SeatState, SpoilerState,
    Weight, portion_points, settled, shared_address,
};
use crate::kernel::{self, Assessment, Cause, Chooser, Chronicle, Entry, Scene, What, force, worth};

use super::track::all_settled;

/// Becomes ready when what it needs is agreed, and is signed when every signatory signs.
pub(super) fn conclude<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let state = scene.instrument(id);
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

/// What came of asking for signatures.
enum Signatures {
    /// Everybody signs.
    All,
    /// To somebody the text is worth less than no agreement, or crosses its red line.
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
        let willing = !assessment.red_line && worth::enough(model, assessment.sees, assessment.needs);
        let audience = if willing { refusal_odds(scene, *party, &assessment) } else { 0 };
        let weights = if willing { [ONE - audience, audience] } else { [0, ONE] };
        let address = shared_address(model.addresses.instrument[id.at()], model.addresses.party[party.at()]);
        // Beyond a red line there is nothing to decide.
        let signs = !assessment.red_line && scene.choose(What::Sign, address, &weights) == 0;
        scene.note(|_| Entry::Signs { instrument: id, assessment, audience, signs });
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

/// What a signatory needs of the text, its alternative's share of the best, and what it sees in it.
fn assess<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: InstrumentId,
    party: PartyId,
) -> Option<Assessment> {
    let model = scene.model;
    let text = model.world.instrument(id);
    let seat = model.world.seat_at(party, text.track)?;
    let (mut sees, mut of, mut red_line) = (0, 0, false);
    for item in &text.seals {
        let option = worth::settled_option(model, scene.state, *item)?;
        sees += worth::credit(model, scene.state, party, *item, option);
        of += model.worth.best(party, *item);
        red_line |= model.worth.refuses(party, *item, option);
    }
    let alternative = worth::standing(model, scene.state, seat).alternative;
    let needs = worth::need(model, alternative, of);
    Some(Assessment { seat, needs, sees, of, red_line, present: true })
}

/// Odds that a party refuses for its audience's sake: by audience, and by how far the text is below what it opened
/// with, its best options (Fearon 1994).
fn refusal_odds<C: Chooser, K: Chronicle>(
    scene: &Scene<C, K>,
    party: PartyId,
    assessment: &Assessment,
) -> Weight {
    if assessment.of <= 0 {
        return 0;
    }
    let most = scene.model.odds.audience_refusal[scene.get(Quantity::Audience(party)) as usize];
    let gap = (assessment.of - assessment.sees).clamp(0, assessment.of);
    most * gap as Weight / assessment.of as Weight
}

fn sign<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    scene.move_instrument(id, InstrumentState::Signed);
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
        InstrumentState::InForce => keep(scene, id),
        InstrumentState::Suspended => restore(scene, id),
        InstrumentState::Drafting | InstrumentState::Ready | InstrumentState::Broken => {}
    }
}

fn enter_into_force<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    scene.move_instrument(id, InstrumentState::InForce);
    force::follow(scene, id);
}

fn ratify<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    let Some([passes, rejects]) = model.ratification[id.at()] else {
        enter_into_force(scene, id);
        return;
    };
    let weights = [ONE - passes - rejects, passes, rejects];
    match scene.choose(What::Ratify, model.addresses.instrument[id.at()], &weights) {
        0 => {}
        1 => scene.move_instrument(id, InstrumentState::Ratified),
        _ => {
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
        let odds = model.odds.breach(common + own_hazard(scene, id, *party));
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
    let freed = imposed && scene.get(Quantity::Pressure(party)) == 0;
    let mean = |sum: i32, of: usize| f64::from(sum) / of.max(1) as f64;
    h.temptation * temptation(scene, id, party)
        + h.backers * f64::from(extra_backing(scene, party))
        + if freed { h.imposed } else { 0.0 }
        - h.guarantee * mean(guarantee, text.seals.len())
        - h.trust * mean(trust, others().count())
}

/// Points of 100 by which the alternative exceeds what the text is worth; negative where the text is better.
fn temptation<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId, party: PartyId) -> f64 {
    match assess(scene, id, party) {
        Some(a) if a.of > 0 => {
            let alternative = worth::standing(scene.model, scene.state, a.seat).alternative;
            portion_points(alternative) - f64::from(a.sees) * 100.0 / f64::from(a.of)
        }
        _ => 0.0,
    }
}

/// Levels of backing that a party has gained since the start.
fn extra_backing<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> i32 {
    let backers = scene.model.world.backers.iter().enumerate().filter(|(_, b)| b.supports == party);
    backers.map(|(k, b)| i32::from(scene.get(Quantity::Support(k.into()))) - b.support as i32).sum()
}

fn breach<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId, breakers: u32) {
    let text = scene.model.world.instrument(id);
    let cause = Cause::Breach(id);
    for breaker in text.obliges.iter().filter(|p| breakers >> p.at() & 1 == 1) {
        for other in text.obliges.iter().filter(|q| *q != breaker) {
            scene.shift(Quantity::Trust(*other, *breaker), false, cause);
        }
    }
    let breaches = (scene.get(Quantity::Breaches(id)) + breakers.count_ones() as u8).min(9);
    scene.set(Quantity::Breaches(id), breaches, cause);
    let broken = breaches >= text.breach_limit;
    scene.move_instrument(id, if broken { InstrumentState::Broken } else { InstrumentState::Suspended });
    force::follow(scene, id);
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

fn restore<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: InstrumentId) {
    let model = scene.model;
    if scene.chance(What::Restore, model.addresses.instrument[id.at()], model.odds.restore) {
        enter_into_force(scene, id);
    }
}
