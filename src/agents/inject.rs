//! What is brought into talks from outside their rules: an event of the scenario, or an effect of somebody's own.

use crate::domain::rule::Change;
use crate::domain::{EventId, EventState, Model, Quantity, Turn, Weight};
use crate::kernel::{Cause, Chooser, Chronicle, Entry, Scene, Site, State, carry_out};

/// What is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Injected {
    /// An event of the scenario comes to pass, whatever it waits for.
    Event(EventId),
    /// A quantity changes.
    Effect(Change),
}

/// Nothing is drawn where something is injected.
struct Likeliest;

impl Chooser for Likeliest {
    fn choose(&mut self, _site: Site, weights: &[Weight]) -> usize {
        (0..weights.len()).rev().max_by_key(|k| weights[*k]).unwrap_or(0)
    }
}

/// Carries it out between two turns. An event that has come to pass already does so again. What the tables of transitions do
/// not allow changes nothing, and that is noted.
pub fn inject(model: &Model, state: &mut State, injected: Injected, mut chronicle: &mut dyn Chronicle) {
    let mut chooser = Likeliest;
    let turn = match injected {
        Injected::Event(id) => Turn::Event(id),
        Injected::Effect(_) => Turn::Assess,
    };
    let scene = &mut Scene::new(model, state, turn, &mut chooser, &mut chronicle);
    match injected {
        Injected::Event(id) => {
            let quantity = Quantity::EventState(id);
            if scene.get(quantity) == EventState::Waiting as u8 {
                scene.move_quietly(quantity, EventState::Waiting, EventState::Fired);
            }
            scene.note(|_| Entry::Fires { event: id });
            carry_out(scene, &model.rules.events[id.at()].effects, Cause::Event(id));
        }
        Injected::Effect(change) => carry_out(scene, &[change], Cause::Injected),
    }
}
