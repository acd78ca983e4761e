//! How each kind of agent takes its turn: one file a kind.

mod backer;
mod bargain;
mod event;
mod front;
mod horizon;
mod imitation;
mod inject;
mod instrument;
mod mediator;
mod observer;
mod offers;
mod party;
mod spoiler;
mod stall;
mod text;
mod track;

use crate::domain::{Model, Quantity, Turn};
use crate::kernel::{Chooser, Chronicle, Entry, Scene, State};

pub use bargain::closest;
pub use inject::{Injected, inject};
pub use mediator::matters;
pub use text::revisable;

/// One agent takes its turn. Afterwards `state` is complete: nothing is left half-done, and what happens next depends
/// on it and the turn alone.
pub fn take_turn(
    model: &Model,
    state: &mut State,
    turn: Turn,
    mut chooser: &mut dyn Chooser,
    mut chronicle: &mut dyn Chronicle,
) {
    take_turn_with(model, state, turn, &mut chooser, &mut chronicle);
}

/// As [`take_turn`], compiled anew for every kind of chooser and chronicle: for those few by which millions of turns are taken.
#[inline]
pub(crate) fn take_turn_with<C: Chooser, K: Chronicle>(
    model: &Model,
    state: &mut State,
    turn: Turn,
    chooser: &mut C,
    chronicle: &mut K,
) {
    let scene = &mut Scene::new(model, state, turn, chooser, chronicle);
    match turn {
        Turn::Reserve(p) => party::draw_reserve(scene, p),
        Turn::Open(t) => track::open(scene, t),
        Turn::Convene(s) => party::convene(scene, s),
        Turn::Instruct(s) => party::instruct(scene, s),
        Turn::Table(t) => track::table(scene, t),
        Turn::Bargain(i) => bargain::bargain(scene, i),
        Turn::Offer(t, step) => offers::step(scene, t, step),
        Turn::Text(t) => text::work(scene, t),
        Turn::Recess(t) => track::recess(scene, t),
        Turn::Mediate(m) => mediator::mediate(scene, m),
        Turn::Conclude(n) => instrument::conclude(scene, n),
        Turn::Front(f) => front::fight(scene, f),
        Turn::Spoiler(s) => spoiler::act(scene, s),
        Turn::Backer(b) => backer::weigh(scene, b),
        Turn::Observer(o) => observer::observe(scene, o),
        Turn::Comply(n) => instrument::comply(scene, n),
        Turn::Event(e) => event::happen(scene, e),
        Turn::Endure(p) => party::endure(scene, p),
        Turn::Assess => horizon::assess(scene),
    }
}

/// Plays every turn of one round, or what is left of the talks in it.
pub fn play_round(
    model: &Model,
    state: &mut State,
    chooser: &mut dyn Chooser,
    chronicle: &mut dyn Chronicle,
) {
    if chronicle.listens() {
        chronicle.note(Turn::Assess, Entry::Round { round: state.get(model, Quantity::Round) });
    }
    for turn in &model.turns {
        take_turn(model, state, *turn, chooser, chronicle);
    }
}

/// Plays the talks to their end from where `state` stands.
pub fn play(model: &Model, state: &mut State, chooser: &mut dyn Chooser, chronicle: &mut dyn Chronicle) {
    let outcome = model.cell(Quantity::Outcome);
    while state.cell(outcome) == 0 {
        play_round(model, state, chooser, chronicle);
    }
}
