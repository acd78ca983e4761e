//! What a player reads, in parts: for pages that set them out themselves.

use crate::domain::{ItemId, ItemState, Lifecycle, Model, Quantity};
use crate::drivers::Step;
use crate::drivers::decider::Decider;
use crate::kernel::worth;
use crate::session::Sight;
use crate::telling::chronicle::{Detail, by_turn_seen, capital, clean, sentence};

use super::question::standing;
use super::view::View;

/// A sentence with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The round.
    pub round: u8,
    /// What happened.
    pub text: String,
    /// Why, as far as the role may know.
    pub reasons: Vec<String>,
}

/// What happened in the rounds from one on, as a role may know it; or everybody, where there is no role.
pub fn news(model: &Model, role: Option<Decider>, steps: &[Step], from: u8) -> Vec<News> {
    let sight = match role {
        Some(role) => Sight::of(&model.world, role),
        None => Sight::public(&model.world),
    };
    let said = by_turn_seen(model, sight, steps, Detail::Normal).into_iter().filter(|s| s.round >= from);
    said.map(|s| News {
        round: s.round,
        text: sentence(&s.text),
        reasons: s.remarks.iter().map(|r| sentence(r)).collect(),
    })
    .collect()
}

/// An item of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its title.
    pub title: String,
    /// Its state in a word.
    pub state: &'static str,
    /// When it can be tabled, where it waits and the role may know.
    pub waits: String,
    /// Its options: title, worth to the role (empty for a mediator), whether it is settled so.
    pub options: Vec<(String, String, bool)>,
}

/// The agenda of the role's tracks, each with its title and where the role stands on it.
pub fn agenda(view: &View) -> Vec<(String, String, Vec<Item>)> {
    let of_track = |track| {
        let world = &view.model.world;
        let standing = view.seat_on(track).map_or_else(String::new, |s| standing(view, s));
        let items = world.track(track).items.iter().map(|i| item(view, *i)).collect();
        (capital(&clean(&world.track(track).name.title)), standing, items)
    };
    view.tracks().into_iter().map(of_track).collect()
}

fn item(view: &View, item: ItemId) -> Item {
    let what = view.model.world.item(item);
    let state = ItemState::of(view.get(Quantity::ItemState(item)));
    let settled = worth::settled_option(view.model, &view.state, item);
    let waits = match (state, &what.requires) {
        (ItemState::Dormant, Some(requires)) => {
            sentence(&format!("it can be tabled {}", view.clause(requires)))
        }
        _ => String::new(),
    };
    let option = |o| (view.choice(item, o), view.worth(item, o).unwrap_or_default(), settled == Some(o));
    Item {
        title: clean(&what.name.title),
        state: state.name(),
        waits,
        options: what.option_ids().map(option).collect(),
    }
}

/// The days of a round.
pub fn when(model: &Model, round: u8) -> String {
    crate::telling::chronicle::when(&model.world, round)
}
