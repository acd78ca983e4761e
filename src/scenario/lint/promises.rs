//! Ceasefires that an effect ends while a text binds to them.

use super::super::code::Code;
use super::super::ids::Ids;
use super::super::lower::Lowered;
use super::super::report::Report;
use super::super::shape::Agent;
use super::super::tree::{Node, Place, Table};
use crate::domain::{Condition, Effect, Instrument, Operand, Possibilities, Quantity, Relation, World};

/// Reports the doubts.
pub(super) fn lint(root: &Table, ids: &Ids, lowered: &Lowered, report: &mut Report) {
    let world = &lowered.world;
    let events = world.events.iter().map(|e| (Agent::Event, &e.name.id, e.when.as_ref(), &e.effects));
    let texts =
        world.instruments.iter().map(|n| (Agent::Instrument, &n.name.id, n.requires.as_ref(), &n.effects));
    for (agent, id, when, effects) in events.chain(texts) {
        let table = root.table(agent.key()).and_then(|t| t.table(id));
        let nodes = table.and_then(|t| t.get("effect")).and_then(Node::as_list).unwrap_or(&[]);
        for (effect, node) in effects.iter().zip(nodes) {
            if let Some(text) = left_in_force(world, when, effects, effect) {
                stays(world, (agent, id, node.place), text, ids, report);
            }
        }
    }
}

/// The first text that may be in force as the effects come about and goes on binding a party whose ceasefire an effect ends, where the same effects neither end the text nor have the
/// party press, which breaks it.
fn left_in_force(world: &World, when: Option<&Condition>, all: &[Effect], effect: &Effect) -> Option<usize> {
    let Quantity::Ceasefire(party) = effect.target else { return None };
    let presses =
        |e: &Effect| matches!(e.target, Quantity::PressedBy(_)) && e.value == i32::from(party.0) + 1;
    if effect.value != 0 || all.iter().any(presses) {
        return None;
    }
    let ended = |k: usize| all.iter().any(|e| e.target == Quantity::InstrumentState(k.into()));
    // What is in force is signed.
    let possible = |k: usize| {
        let signed = Condition::Compare(Quantity::SignedEver(k.into()), Relation::Equal, Operand::Value(1));
        let both = Condition::All(when.cloned().into_iter().chain([signed]).collect());
        Possibilities::of(world).can(&both, true)
    };
    let mut texts = world.instruments.iter().enumerate();
    let binds = |n: &Instrument| n.provides.ceasefire && n.obliges.contains(&party);
    let found = texts.find(|(k, n)| binds(n) && !ended(*k) && possible(*k));
    found.map(|(k, _)| k)
}

fn stays(
    world: &World,
    (agent, id, place): (Agent, &str, Place),
    text: usize,
    ids: &Ids,
    report: &mut Report,
) {
    let binding = &world.instruments[text].name.id;
    let span = ids.place(Agent::Instrument, text).map(|p| report.span(p));
    let message = format!("the {} `{id}` ends a ceasefire to which `{binding}` binds", agent.key());
    let warning = report
        .warning(Code::CeasefireEnds, place, message)
        .label("the text stays in force, as if it were kept")
        .help(format!(
            "who ends its ceasefire breaks the text: add \"instrument.{binding}.state = suspended\", or let the party press with \
             `front.ID.pressed_by`"
        ));
    if let Some(span) = span {
        warning.also(span, "this text");
    }
}
