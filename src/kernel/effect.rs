//! Effects of events and signatures, and what follows from them.

use crate::domain::rule::Change;
use crate::domain::{
    EventState, HEAVY, InstrumentState, ItemId, ItemState, Lifecycle, MediatorState, Quantity as Q,
    SeatState, SpoilerState, TrackState, settled,
};

use super::choice::Chooser;
use super::chronicle::{Cause, Chronicle, Entry};
use super::force::{calm, follow, hold};
use super::scene::Scene;

/// Carries out effects one after the other. One that the tables of transitions do not allow changes nothing.
pub fn carry_out<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, changes: &[Change], cause: Cause) {
    for change in changes {
        carry_out_one(scene, change, cause);
    }
}

fn carry_out_one<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, change: &Change, cause: Cause) {
    let quantity = change.target;
    let from = scene.state.cell(change.cell);
    let to = change.apply(from);
    if from == to {
        return;
    }
    if !allowed(quantity, from, to) {
        scene.note(|_| Entry::NoEffect { cause, quantity });
        return;
    }
    scene.state.put(change.cell, to);
    scene.note(|_| Entry::Changed { quantity, from, to, cause });
    match quantity {
        Q::ItemState(item) => {
            unsettle(scene, item);
            scene.date_agreement(item);
        }
        Q::InstrumentState(text) => follow(scene, text),
        Q::Ceasefire(party) if to == 1 => hold(scene, party),
        Q::Intensity(front) if to < HEAVY => calm(scene, front),
        Q::TrackState(track) if to == TrackState::Collapsed as u8 => scene.forget_stall(track),
        _ => {}
    }
}

/// Whether an effect may make the change: states move only along rows that name effects as a cause.
pub fn allowed(quantity: Q, from: u8, to: u8) -> bool {
    match quantity {
        Q::SeatState(_) => by_effect::<SeatState>(from, to),
        Q::MediatorState(_) => by_effect::<MediatorState>(from, to),
        Q::TrackState(_) => by_effect::<TrackState>(from, to),
        Q::ItemState(_) => by_effect::<ItemState>(from, to),
        Q::InstrumentState(_) => by_effect::<InstrumentState>(from, to),
        Q::SpoilerState(_) => by_effect::<SpoilerState>(from, to),
        Q::EventState(_) => by_effect::<EventState>(from, to),
        Q::Procedure(_) => from < to,
        _ => true,
    }
}

fn by_effect<S: Lifecycle>(from: u8, to: u8) -> bool {
    S::ALL[from as usize].may_become_by_effect(S::ALL[to as usize])
}

/// An item that an effect put back on the table has no option any more.
fn unsettle<C: Chooser, K: Chronicle>(scene: &mut Scene<C, K>, item: ItemId) {
    if !settled(scene.item(item)) {
        scene.put(Q::ItemOption(item), 0);
        scene.put(Q::Imposed(item), 0);
    }
}
