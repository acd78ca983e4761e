//! A mediator takes one action a round, among those that make sense.

use crate::domain::{
    Action, Inducement, ItemId, ItemState, MediatorId, MediatorState, Model, ONE, OptionId, PartyId,
    Quantity, Score, SeatId, SeatState, TrackId, TrackState, Weight, shared_address,
};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, State, Way, What, worth};

use super::bargain::{Said, agree, answer, closest, take};
use super::track::{members, present};

/// What the mediator's action is about, worked out once.
struct Matter {
    id: MediatorId,
    track: TrackId,
    /// The contested item nearest to agreement, and its option with the smallest total shortfall.
    item: Option<(ItemId, OptionId)>,
}

/// Chooses an action by the mediator's style among the feasible ones, and carries it out.
pub(super) fn mediate<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: MediatorId) {
    let model = scene.model;
    let Some(track) = model.world.mediator(id).track else { return };
    if !scene.live(track) || state(scene, id) == MediatorState::Suspended {
        return;
    }
    let weights = model.styles[id.at()][feasible(scene, id, track)];
    if weights == [0; 7] {
        become_quietly(scene, id, MediatorState::Facilitating);
        scene.note(|_| Entry::Idle { mediator: id });
        return;
    }
    let action = Action::ALL[scene.choose(What::Action, model.addresses.mediator[id.at()], &weights)];
    let needs_item = matches!(action, Action::Formulate | Action::Manipulate | Action::Guarantee)
        || action == Action::Facilitate && model.world.track(track).seats.len() > 2;
    let item = if needs_item { closest_item(scene, track, action == Action::Guarantee) } else { None };
    let own_words = matches!(action, Action::Formulate | Action::Manipulate | Action::Guarantee);
    let item = item.map(|own| if own_words { take_matter(scene, id, track, action, own) } else { own });
    let matter = Matter { id, track, item };
    match action {
        Action::Facilitate => facilitate(scene, &matter, ONE),
        Action::Formulate => formulate(scene, &matter),
        Action::Manipulate => manipulate(scene, &matter),
        Action::Guarantee => guarantee(scene, &matter),
        Action::Shuttle => shuttle(scene, &matter),
        Action::PressBacker => press_backers(scene, &matter),
        Action::SetDeadline => set_deadline(scene, &matter),
    }
}

fn state<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: MediatorId) -> MediatorState {
    MediatorState::of(scene.get(Quantity::MediatorState(id)))
}

fn become_quietly<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: MediatorId, to: MediatorState) {
    let from = state(scene, id);
    scene.move_quietly(Quantity::MediatorState(id), from, to);
}

fn note<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    matter: &Matter,
    action: Action,
    item: Option<(ItemId, OptionId)>,
    party: Option<PartyId>,
) {
    let (item, option) = item.unzip();
    let mediator = matter.id;
    scene.note(|_| Entry::Mediates { mediator, action, item, option, party });
}

/// The feasible actions among those that the mediator's style knows, as a bit set in the order of [`Action::ALL`].
fn feasible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: MediatorId, track: TrackId) -> usize {
    let model = scene.model;
    let style = &model.world.mediator(id).style;
    let in_session = scene.track(track) == TrackState::Open;
    let leverage = scene.get(Quantity::Leverage(id)) > 0;
    let items = model.world.track(track).items.iter();
    let can = |action: Action| match action {
        Action::Facilitate => lowest_pair(scene, track, None).is_some(),
        // Where the whole agenda is settled at once, no item is settled beside it.
        Action::Formulate | Action::Manipulate if model.world.track(track).procedure.whole() => false,
        Action::Formulate => in_session && items.clone().any(|i| scene.item(*i) == ItemState::Contested),
        Action::Manipulate => {
            in_session && leverage && items.clone().any(|i| scene.item(*i) == ItemState::Contested)
        }
        Action::Guarantee => in_session && leverage && items.clone().any(|i| guaranteeable(scene, *i)),
        Action::Shuttle => someone_is_out(scene, track) || apart(scene, track),
        Action::PressBacker => leverage && pressable(scene, track) > 0,
        Action::SetDeadline => in_session && scene.get(Quantity::Deadline(track)) > scene.round() + 1,
    };
    let known = Action::ALL.into_iter().filter(|a| style[*a as usize] > 0.0);
    known.filter(|a| can(*a)).fold(0, |set, a| set | 1 << a as usize)
}

/// Where somebody takes a mediator's decisions, it says which item it takes up, and with which option.
fn take_matter<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: MediatorId,
    track: TrackId,
    action: Action,
    own: (ItemId, OptionId),
) -> (ItemId, OptionId) {
    let model = scene.model;
    let mediator = model.addresses.mediator[id.at()];
    let address = shared_address(mediator, model.addresses.track[track.at()]);
    let (mut item, mut option) = own;
    if scene.taken(What::Matter, address) {
        let place = matters(model, scene.state, track, action).position(|i| i == item).unwrap_or(0);
        let count = matters(model, scene.state, track, action).count();
        let picked = take(scene, What::Matter, address, place, count);
        item = matters(model, scene.state, track, action).nth(picked).unwrap_or(item);
        option = closest(model, scene.state, track, item).0;
    }
    let address = shared_address(mediator, model.addresses.item[item.at()]);
    if action != Action::Guarantee && scene.taken(What::Formula, address) {
        let options = model.world.item(item).options.len();
        option = OptionId::new(take(scene, What::Formula, address, option.at(), options));
    }
    (item, option)
}

/// The items that a mediator can take up with an action, in the order of the agenda.
pub fn matters(model: &Model, state: &State, track: TrackId, action: Action) -> impl Iterator<Item = ItemId> {
    let contested =
        |i: &ItemId| ItemState::of(state.get(model, Quantity::ItemState(*i))) == ItemState::Contested;
    let exposes = move |i: &ItemId| model.worth.exposes(*i) && state.get(model, Quantity::Guarantee(*i)) < 4;
    let items = model.world.track(track).items.iter().copied();
    items.filter(move |i| contested(i) && (action != Action::Guarantee || exposes(i)))
}

fn guaranteeable<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, item: ItemId) -> bool {
    scene.item(item) == ItemState::Contested
        && scene.model.worth.exposes(item)
        && scene.get(Quantity::Guarantee(item)) < 4
}

fn someone_is_out<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> bool {
    scene.model.world.track(track).seats.iter().any(|s| scene.seat(*s) == SeatState::WalkedOut)
}

/// Whether the two parties in the room that trust each other least will not meet face to face: one of them trusts the
/// other very little.
fn apart<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> bool {
    lowest_pair(scene, track, None)
        .is_some_and(|(p, q)| scene.get(Quantity::Trust(p, q)) == 0 || scene.get(Quantity::Trust(q, p)) == 0)
}

/// The contested item nearest to agreement, with its closest option; ties go to the item first on the agenda.
fn closest_item<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    to_guarantee: bool,
) -> Option<(ItemId, OptionId)> {
    let model = scene.model;
    let mut best: Option<(ItemId, OptionId, Score)> = None;
    for item in model.world.track(track).items.iter().copied() {
        if scene.item(item) == ItemState::Contested && (!to_guarantee || guaranteeable(scene, item)) {
            let (option, total) = closest(model, scene.state, track, item);
            if best.is_none_or(|(_, _, least)| total < least) {
                best = Some((item, option, total));
            }
        }
    }
    best.map(|(item, option, _)| (item, option))
}

/// The two parties in the room that trust each other least and could trust each other more, or, given one of them, it
/// and the one it trusts least; ties go to the seats listed first.
fn lowest_pair<C: Chooser, K: Chronicle>(
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
fn hardest_to_move<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    item: ItemId,
    option: OptionId,
) -> Option<SeatId> {
    let model = scene.model;
    let mut worst: Option<(SeatId, (bool, Score))> = None;
    for seat in model.world.track(track).seats.iter().copied() {
        if scene.seat(seat) == SeatState::Seated {
            let position = worth::position(model, scene.state, seat, item);
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
fn believed<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: MediatorId, party: PartyId) -> Weight {
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

/// Raises trust both ways between the two parties in the room that trust each other least, or, with more than two at the table,
/// between the one hardest to move on the closest item and the one it trusts least.
fn facilitate<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter, share: Weight) {
    let hard = matter.item.and_then(|(item, option)| hardest_to_move(scene, matter.track, item, option));
    let hard = hard.map(|s| scene.model.world.seat(s).party);
    let pair = lowest_pair(scene, matter.track, hard).or_else(|| lowest_pair(scene, matter.track, None));
    if share == ONE {
        become_quietly(scene, matter.id, MediatorState::Facilitating);
        note(scene, matter, Action::Facilitate, None, None);
    }
    let Some((p, q)) = pair else { return };
    for (a, b) in [(p, q), (q, p)] {
        let quantity = Quantity::Trust(a, b);
        if scene.get(quantity) == 4 {
            continue;
        }
        let model = scene.model;
        let odds = (believed(scene, matter.id, a) * share) >> 32;
        let address = shared_address(model.addresses.mediator[matter.id.at()], model.addresses.party[a.at()]);
        let cause = Cause::Mediation(matter.id);
        if scene.chance(What::Trust, address, odds) {
            scene.shift(quantity, true, cause);
        } else {
            scene.note(|_| Entry::Failed { quantity, odds, cause });
        }
    }
}

/// Floats the closest option; each party's need is eased by a face-saving margin, this turn.
fn formulate<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    become_quietly(scene, matter.id, MediatorState::Facilitating);
    note(scene, matter, Action::Formulate, matter.item, None);
    let Some((item, option)) = matter.item else { return };
    let margin = scene.model.world.dynamics.mediation.face_saving;
    if let Some(said) = settles(scene, matter.track, item, option, |_| margin) {
        agree(scene, item, option, Way::Formula(matter.id), said);
    }
}

/// The seats in the room that accept an option by their own rule when their needs are eased by so many points of 100 of the package,
/// as a bit set.
fn willing<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    (item, option): (ItemId, OptionId),
    margin: impl Fn(SeatId) -> u8,
) -> u32 {
    let model = scene.model;
    let mut accepting = 0;
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let position = worth::position(model, scene.state, *seat, item);
        accepting |= u32::from(position.accepts(model, scene.state, item, option, margin(*seat))) << k;
    }
    accepting & present(scene, track)
}

/// Whether enough seats accept an option when their needs are so eased; then with what people said. What crosses a red line is
/// not put to anybody.
fn settles<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    item: ItemId,
    option: OptionId,
    margin: impl Fn(SeatId) -> u8,
) -> Option<Said> {
    let model = scene.model;
    let here = present(scene, track);
    let accepting = willing(scene, track, (item, option), margin);
    let mut said = Said::default();
    for (k, seat) in model.world.track(track).seats.iter().enumerate() {
        let party = model.world.seat(*seat).party;
        if here >> k & 1 == 1 && !model.worth.refuses(party, item, option) {
            let address = shared_address(model.addresses.seat[seat.at()], model.addresses.item[item.at()]);
            said.note(k, answer(scene, What::Answer, address, accepting >> k & 1 == 1));
        }
    }
    let passes = model.tracks[track.at()].consent.passes(said.over(accepting), members(scene, track));
    passes.then_some(said)
}

/// Spends leverage on the party hardest to move: pressure, or points on the option. Where nobody has to be moved, it is only put
/// to the parties: what they would have agreed to anyway is imposed on nobody.
fn manipulate<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    if agreeable(scene, matter) {
        return formulate(scene, matter);
    }
    become_quietly(scene, matter.id, MediatorState::Pressing);
    let Some((item, option)) = matter.item else { return };
    let Some(seat) = hardest_to_move(scene, matter.track, item, option) else { return };
    let party = scene.model.world.seat(seat).party;
    note(scene, matter, Action::Manipulate, matter.item, Some(party));
    scene.shift(Quantity::Leverage(matter.id), false, Cause::Mediation(matter.id));
    let carrot = match scene.model.world.mediator(matter.id).inducement {
        Inducement::Stick => {
            scene.shift(Quantity::Pressure(party), true, Cause::Mediation(matter.id));
            0
        }
        Inducement::Carrot => scene.model.world.dynamics.mediation.carrot,
    };
    if let Some(said) = settles(scene, matter.track, item, option, |s| if s == seat { carrot } else { 0 }) {
        agree(scene, item, option, Way::Manipulation(matter.id, party), said);
    }
}

/// Whether enough seats accept the option as it is.
fn agreeable<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) -> bool {
    let Some(proposal) = matter.item else { return false };
    let accepting = willing(scene, matter.track, proposal, |_| 0);
    scene.model.tracks[matter.track.at()].consent.passes(accepting, members(scene, matter.track))
}

/// Spends leverage to guarantee the promises of the closest item that exposes somebody.
fn guarantee<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    become_quietly(scene, matter.id, MediatorState::Facilitating);
    let Some((item, _)) = matter.item else { return };
    let mediator = matter.id;
    scene.note(|_| Entry::Mediates {
        mediator,
        action: Action::Guarantee,
        item: Some(item),
        option: None,
        party: None,
    });
    scene.shift(Quantity::Leverage(mediator), false, Cause::Mediation(mediator));
    scene.shift(Quantity::Guarantee(item), true, Cause::Mediation(mediator));
}

/// Goes to those that are out; where nobody is, carries messages between parties that will not meet.
fn shuttle<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    become_quietly(scene, matter.id, MediatorState::Shuttling);
    let seats = &scene.model.world.track(matter.track).seats;
    let out = seats.iter().find(|s| scene.seat(**s) == SeatState::WalkedOut);
    let party = out.map(|s| scene.model.world.seat(*s).party);
    note(scene, matter, Action::Shuttle, None, party);
    if party.is_none() {
        facilitate(scene, matter, scene.model.odds.proximity.min(ONE - 1));
    }
}

/// The most support that a backer concerned in a track gives; 0 when none can be pressed.
fn pressable<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId) -> u8 {
    let backers = 0..scene.model.world.backers.len();
    let open = backers
        .filter(|b| concerned(scene, track, *b) && scene.get(Quantity::BackerPressure((*b).into())) < 4);
    open.map(|b| scene.get(Quantity::Support(b.into()))).max().unwrap_or(0)
}

/// Whether a backer has to do with a track: its client sits there, or it does itself.
fn concerned<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, track: TrackId, backer: usize) -> bool {
    let world = &scene.model.world;
    let backer = &world.backers[backer];
    world.seat_at(backer.supports, track).is_some()
        || backer.party.is_some_and(|p| world.seat_at(p, track).is_some())
}

/// Puts pressure on the backers that give most, directly or through the track where they sit.
fn press_backers<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    become_quietly(scene, matter.id, MediatorState::Pressing);
    note(scene, matter, Action::PressBacker, None, None);
    let model = scene.model;
    let most = pressable(scene, matter.track);
    let odds = model.odds.press_backer[scene.get(Quantity::Leverage(matter.id)) as usize];
    for b in 0..model.world.backers.len() {
        let quantity = Quantity::BackerPressure(b.into());
        let pressed = concerned(scene, matter.track, b)
            && scene.get(Quantity::Support(b.into())) == most
            && scene.get(quantity) < 4;
        if pressed {
            let address = shared_address(model.addresses.mediator[matter.id.at()], model.addresses.backer[b]);
            let cause = Cause::Mediation(matter.id);
            if scene.chance(What::PressBacker, address, odds) {
                scene.shift(quantity, true, cause);
            } else {
                scene.note(|_| Entry::Failed { quantity, odds, cause });
            }
        }
    }
}

/// Moves the track's deadline one round nearer.
fn set_deadline<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
    become_quietly(scene, matter.id, MediatorState::Facilitating);
    note(scene, matter, Action::SetDeadline, None, None);
    let deadline = scene.get(Quantity::Deadline(matter.track));
    scene.set(Quantity::Deadline(matter.track), deadline - 1, Cause::Mediation(matter.id));
}
