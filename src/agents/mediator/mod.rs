//! A mediator takes one action a round, or several, among those that make sense; then it may guarantee something. What all actions have in common stands here and follows from
//! their rows in `domain::action`; what one of them needs besides, and does, is a file of its own.

mod facilitate;
mod formulate;
mod guarantee;
mod manipulate;
mod pairs;
mod press_backer;
mod proposal;
mod set_deadline;
mod shuttle;

use crate::domain::{
    Action, ItemId, ItemState, Leverage, MediatorId, MediatorState, Model, ONE, Object, OptionId, PartyId,
    Quantity, Score, TrackId, TrackState, shared_address,
};
use crate::kernel::{Chooser, Chronicle, Entry, Scene, State, What};

use super::bargain::{closest, take};

/// The rule of an action.
trait Rule {
    /// Whether a contested item can be what it is about.
    fn suits(_: &Model, _: &State, _: ItemId) -> bool {
        true
    }

    /// Whether it makes sense, where what its row asks for is there.
    fn possible<C: Chooser, K: Chronicle>(_: &Scene<C, K>, _: MediatorId, _: TrackId) -> bool {
        true
    }

    /// Carries it out.
    fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter);
}

/// Finds the rule of an action; the compiler knows of one that is missing.
macro_rules! rules {
    ($($file:ident::$action:ident),+ $(,)?) => {
        fn suits(action: Action, model: &Model, state: &State, item: ItemId) -> bool {
            match action {
                $(Action::$action => $file::$action::suits(model, state, item)),+
            }
        }

        fn possible<C: Chooser, K: Chronicle>(
            action: Action,
            scene: &Scene<C, K>,
            id: MediatorId,
            track: TrackId,
        ) -> bool {
            match action {
                $(Action::$action => $file::$action::possible(scene, id, track)),+
            }
        }

        fn act<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter) {
            match matter.action {
                $(Action::$action => $file::$action::act(scene, matter)),+
            }
        }
    };
}

rules! {
    facilitate::Facilitate,
    formulate::Formulate,
    manipulate::Manipulate,
    guarantee::Guarantee,
    shuttle::Shuttle,
    press_backer::PressBacker,
    set_deadline::SetDeadline,
}

/// What the mediator's action is about, worked out once.
struct Matter {
    id: MediatorId,
    track: TrackId,
    action: Action,
    /// Where the action is about one: the contested item nearest to agreement, and its option with the smallest total shortfall.
    item: Option<(ItemId, OptionId)>,
}

/// Takes its actions; once a session a guarantee comes after them, with what leverage is left.
pub(super) fn mediate<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: MediatorId) {
    let mediator = scene.model.world.mediator(id);
    let Some(track) = mediator.track else { return };
    if !scene.live(track) || state(scene, id) == MediatorState::Suspended {
        return;
    }
    for number in 0..mediator.actions {
        if !take_action(scene, id, track, number) {
            if number == 0 {
                become_quietly(scene, id, MediatorState::Facilitating);
                scene.note(|_| Entry::Idle { mediator: id });
            }
            break;
        }
    }
    guarantee(scene, id, track);
}

/// Chooses an action by the mediator's style among the feasible ones, and carries it out; whether there was any. The number of the
/// action is part of the draw's address.
fn take_action<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: MediatorId,
    track: TrackId,
    number: u8,
) -> bool {
    let model = scene.model;
    let weights = model.styles[id.at()][feasible(scene, id, track)];
    if weights == [0; Action::COUNT] {
        return false;
    }
    let own = model.addresses.mediator[id.at()];
    let address = if number == 0 { own } else { shared_address(own, number.into()) };
    let action = Action::ALL[scene.choose(What::Action, address, &weights)];
    carry_out(scene, id, track, action);
    true
}

/// Guarantees something with the share that this has of the mediator's style.
fn guarantee<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: MediatorId, track: TrackId) {
    let model = scene.model;
    let odds = model.guarantees[id.at()];
    if odds == 0 || scene.track(track) != TrackState::Open || !can(Action::Guarantee, scene, id, track) {
        return;
    }
    let address = model.addresses.mediator[id.at()];
    if scene.choose(What::Guarantee, address, &[ONE - odds, odds]) == 1 {
        carry_out(scene, id, track, Action::Guarantee);
    }
}

fn carry_out<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    id: MediatorId,
    track: TrackId,
    action: Action,
) {
    let item = match action.row().object {
        Object::Nothing => None,
        Object::Item | Object::Option => {
            let own = closest_item(scene, track, action);
            own.map(|own| take_matter(scene, id, track, action, own))
        }
    };
    act(scene, &Matter { id, track, action, item });
}

fn state<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: MediatorId) -> MediatorState {
    MediatorState::of(scene.get(Quantity::MediatorState(id)))
}

fn become_quietly<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, id: MediatorId, to: MediatorState) {
    let from = state(scene, id);
    scene.move_quietly(Quantity::MediatorState(id), from, to);
}

/// Tells what is done, as far as the action is about it.
fn note<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, matter: &Matter, party: Option<PartyId>) {
    let Matter { id: mediator, action, .. } = *matter;
    let (item, option) = matter.item.unzip();
    let option = option.filter(|_| action.row().object == Object::Option);
    scene.note(|_| Entry::Mediates { mediator, action, item, option, party });
}

/// The feasible actions among those that the mediator's style knows, as a bit set in the order of [`Action::ALL`].
fn feasible<C: Chooser, K: Chronicle>(scene: &Scene<C, K>, id: MediatorId, track: TrackId) -> usize {
    let style = &scene.model.world.mediator(id).style;
    let known = Action::ALL.into_iter().filter(|a| *a != Action::Guarantee && style[*a as usize] > 0.0);
    known.filter(|a| can(*a, scene, id, track)).fold(0, |set, a| set | 1 << a as usize)
}

/// Whether there is what an action's row asks for, and it makes sense.
fn can<C: Chooser, K: Chronicle>(
    action: Action,
    scene: &Scene<C, K>,
    id: MediatorId,
    track: TrackId,
) -> bool {
    let row = action.row();
    let whole = || scene.model.world.track(track).procedure.whole();
    let suitable = || matters(scene.model, scene.state, track, action).next().is_some();
    (!row.in_session || scene.track(track) == TrackState::Open)
        && (matches!(row.leverage, Leverage::Free) || scene.get(Quantity::Leverage(id)) > 0)
        && match row.object {
            Object::Nothing => true,
            Object::Item => suitable(),
            // Where the whole agenda is settled at once, no item is settled beside it.
            Object::Option => !whole() && suitable(),
        }
        && possible(action, scene, id, track)
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
    if action.row().object == Object::Option && scene.taken(What::Formula, address) {
        let options = model.world.item(item).options.len();
        option = OptionId::new(take(scene, What::Formula, address, option.at(), options));
    }
    (item, option)
}

/// Whether an action can be about an item.
fn suitable(model: &Model, state: &State, action: Action, item: ItemId) -> bool {
    ItemState::of(state.get(model, Quantity::ItemState(item))) == ItemState::Contested
        && suits(action, model, state, item)
}

/// The items that a mediator can take up with an action, in the order of the agenda.
pub fn matters(model: &Model, state: &State, track: TrackId, action: Action) -> impl Iterator<Item = ItemId> {
    let items = model.world.track(track).items.iter().copied();
    items.filter(move |i| suitable(model, state, action, *i))
}

/// The contested item nearest to agreement that an action can be about, with its closest option; ties go to the item first on the
/// agenda.
fn closest_item<C: Chooser, K: Chronicle>(
    scene: &mut Scene<C, K>,
    track: TrackId,
    action: Action,
) -> Option<(ItemId, OptionId)> {
    let model = scene.model;
    let mut best: Option<(ItemId, OptionId, Score)> = None;
    for item in model.world.track(track).items.iter().copied() {
        if suitable(model, scene.state, action, item) {
            let (option, total) = closest(model, scene.state, track, item);
            if best.is_none_or(|(_, _, least)| total < least) {
                best = Some((item, option, total));
            }
        }
    }
    best.map(|(item, option, _)| (item, option))
}
