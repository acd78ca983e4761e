//! Fighting at a front falls by itself, and rises because somebody presses; an offensive may take the place or beat the other side back.

use crate::domain::{
    FrontId, HEAVY, OFFENSIVE, ONE, PartyId, Quantity, SpoilerState, TrackState, Weight, shared_address,
};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, What, force, strength};

use super::bargain::take;

/// Fighting at a front once it is beaten back.
const SPORADIC: u8 = 1;

/// The most ways in which fighting can go: it falls, is raised by one of 16 spoilers or of 16 parties, or stays.
const WAYS: usize = 34;

/// One step up, down or none, in one draw: it falls, an active spoiler raises it, a belligerent presses. At the highest intensity
/// nobody else can press, and whoever does tries each round to take the place or to beat the other side back.
pub(super) fn fight<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: FrontId) {
    let model = scene.model;
    let intensity = scene.get(Quantity::Intensity(id));
    let table = &model.fronts[id.at()];
    let mut weights = [0; WAYS];
    let (spoilers, belligerents) = (table.spoilers.len(), table.belligerents.len());
    let ways = 2 + spoilers + belligerents;
    weights[0] = if intensity == 0 { 0 } else { fall_odds(scene, id) };
    if intensity < OFFENSIVE {
        for (k, spoiler) in table.spoilers.iter().enumerate() {
            let active = scene.spoiler(*spoiler) == SpoilerState::Active;
            weights[1 + k] = if active { model.odds.rise_spoiler } else { 0 };
        }
        for (k, party) in table.belligerents.iter().enumerate() {
            weights[1 + spoilers + k] = press_odds(scene, *party);
        }
    }
    fill(&mut weights[..ways]);
    scene.span().exclusive(&mut weights[..ways - 1]);
    fill(&mut weights[..ways]);
    let drawn = scene.choose(What::Fighting, model.addresses.front[id.at()], &weights[..ways]);
    let drawn = if intensity < OFFENSIVE { take_presses(scene, id, drawn, 1 + spoilers) } else { drawn };
    match drawn {
        0 => fall(scene, id),
        way if way == ways - 1 => {}
        way if way > spoilers => press(scene, id, table.belligerents[way - 1 - spoilers], weights[way]),
        _ => drop(scene.shift(Quantity::Intensity(id), true, Cause::Fighting)),
    }
    if scene.get(Quantity::Intensity(id)) == OFFENSIVE {
        attempt(scene, id);
    }
}

/// What is left goes to fighting that stays; an excess over certainty is cut from the end.
fn fill(weights: &mut [Weight]) {
    let mut left = ONE;
    let last = weights.len() - 1;
    for weight in &mut weights[..last] {
        *weight = (*weight).min(left);
        left -= *weight;
    }
    weights[last] = left;
}

fn fall<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: FrontId) {
    scene.shift(Quantity::Intensity(id), false, Cause::Fighting);
    if scene.get(Quantity::Intensity(id)) < HEAVY {
        force::calm(scene, id);
    }
}

fn press<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: FrontId, party: PartyId, odds: Weight) {
    let intensity = scene.get(Quantity::Intensity(id)) + 1;
    scene.put(Quantity::Intensity(id), intensity);
    scene.note(|_| Entry::Presses { front: id, party, odds, intensity });
    if intensity >= HEAVY && scene.model.layout.keeps(Quantity::PressedBy(id)) {
        scene.put(Quantity::PressedBy(id), party.0 + 1);
    }
}

/// Where somebody decides for a belligerent, it presses or holds after all; what was drawn stands for what its rule would do. A fall
/// of the fighting comes before any pressing.
fn take_presses<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: FrontId,
    mut drawn: usize,
    first: usize,
) -> usize {
    let model = scene.model;
    if !model.layout.keeps(Quantity::PressedBy(id)) {
        return drawn;
    }
    let belligerents = &model.fronts[id.at()].belligerents;
    let stays = first + belligerents.len();
    for (k, party) in belligerents.iter().enumerate() {
        let address = shared_address(model.addresses.front[id.at()], model.addresses.party[party.at()]);
        if !scene.taken(What::Press, address) {
            continue;
        }
        let own = usize::from(drawn == first + k);
        match (own, take(scene, What::Press, address, own, 2)) {
            (1, 0) => drawn = stays,
            (0, 1) if drawn != 0 => drawn = first + k,
            _ => {}
        }
    }
    drawn
}

/// A belligerent's odds of pressing.
fn press_odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> Weight {
    let o = &scene.model.odds;
    let mut odds = o.press + if talks_are_down(scene, party) { o.press_no_talks } else { 0 };
    odds = odds.min(ONE);
    if scene.get(Quantity::Ceasefire(party)) == 1 {
        odds = (odds * o.restraint) >> 32;
    }
    odds
}

/// Whether some track of a party is suspended, adjourned, collapsed or expired.
fn talks_are_down<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, party: PartyId) -> bool {
    scene.model.seats[party.at()].iter().any(|seat| {
        matches!(
            scene.track(scene.model.world.seat(*seat).track),
            TrackState::Suspended | TrackState::Adjourned | TrackState::Collapsed | TrackState::Expired
        )
    })
}

fn fall_odds<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: FrontId) -> Weight {
    let o = &scene.model.odds;
    let belligerents = &scene.model.world.front(id).belligerents;
    let observing =
        belligerents.iter().filter(|p| scene.get(Quantity::Ceasefire(**p)) == 1).count() as Weight;
    let weariness = belligerents.iter().map(|p| scene.get(Quantity::Weariness(*p))).max().unwrap_or(0);
    let mut odds = o.fall + observing * o.fall_ceasefire + Weight::from(weariness) * o.fall_weariness;
    if force::in_force(scene, &scene.model.providers.verification) {
        odds += o.fall_verification;
    }
    odds.min(ONE)
}

/// Whoever presses tries: from the other side to take the place, on the holder's side to beat the other side back.
fn attempt<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: FrontId) {
    let model = scene.model;
    let Some(presser) = force::presser(scene, id) else { return };
    let holder = PartyId(scene.get(Quantity::Holder(id)));
    let holds = |p: PartyId| model.world.sides_with(holder, p);
    let defends = holds(presser);
    let strongest = |scene: &Scene<C, K>, side: bool| {
        let belligerents = &model.world.front(id).belligerents;
        let there = belligerents.iter().copied().filter(|p| holds(*p) == side && *p != presser);
        there.map(|p| strength::strength(model, scene.state, p)).max()
    };
    let others = strongest(scene, !defends)
        .unwrap_or_else(|| if defends { 0 } else { strength::strength(model, scene.state, holder) });
    let lead = i64::from(strength::strength(model, scene.state, presser) - others);
    let odds = model.odds.capture as i64 + lead * model.odds.capture_advantage as i64;
    let odds = scene.span().odds(odds.clamp(0, ONE as i64) as Weight);
    let succeeds = scene.chance(What::Capture, model.addresses.front[id.at()], odds);
    match (succeeds, defends) {
        (false, _) => scene.note(|_| Entry::Repelled { front: id, attacker: presser, odds }),
        (true, false) => {
            scene.put(Quantity::Holder(id), presser.0);
            scene.note(|_| Entry::Captured { front: id, from: holder, to: presser, odds });
            scene.shift(Quantity::Intensity(id), false, Cause::Fighting);
        }
        (true, true) => {
            scene.note(|_| Entry::BeatenBack { front: id, party: presser, odds });
            scene.put(Quantity::Intensity(id), SPORADIC);
            force::beat_back(scene, id);
        }
    }
}
