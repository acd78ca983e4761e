//! Doubts about events and outcomes.

use super::super::code::Code;
use super::super::ids::Ids;
use super::super::lower::Lowered;
use super::super::report::Report;
use super::super::shape::Agent;
use super::super::tree::{Place, Table, Value};
use crate::domain::Possibilities;

/// Reports the doubts.
pub(super) fn lint(root: &Table, ids: &Ids, lowered: &Lowered, report: &mut Report) {
    events(root, ids, lowered, report);
    outcomes(ids, lowered, report);
}

fn events(root: &Table, ids: &Ids, lowered: &Lowered, report: &mut Report) {
    let world = &lowered.world;
    let last_day = world.last_day_of(world.rounds);
    for (at, event) in world.events.iter().enumerate() {
        let id = &event.name.id;
        let place = ids.place(Agent::Event, at).unwrap_or(Place::new(0, 0, 0));
        let table = root.table("event").and_then(|t| t.table(id));
        if event.effects.is_empty() {
            report
                .warning(Code::NoEffect, place, format!("the event `{id}` changes nothing"))
                .label("no effect")
                .help("add an effect such as \"front.ID.intensity -= 1\", or leave the event out");
        }
        let key = |name: &str| table.and_then(|t| t.get(name));
        if event.odds <= 0.0 {
            report
                .warning(
                    Code::CannotFire,
                    key("odds").map_or(place, |n| n.place),
                    format!("the event `{id}` cannot happen"),
                )
                .label("no odds")
                .help("raise `odds` above 0");
        }
        let date = key("date").and_then(|n| match n.value {
            Value::Date(date) => Some((date, n.place)),
            _ => None,
        });
        if let Some((_, place)) = date.filter(|(date, _)| *date > last_day) {
            report
                .warning(Code::CannotFire, place, format!("the event `{id}` cannot happen"))
                .label(format!("the last round ends on {last_day}"))
                .help("choose an earlier date, or more rounds");
        }
    }
}

/// Outcomes are tried in order: what stands after one that always holds is never reached.
fn outcomes(ids: &Ids, lowered: &Lowered, report: &mut Report) {
    let mut certain: Option<usize> = None;
    for at in 0..ids.count(Agent::Outcome) {
        let Some(outcome) = lowered.world.outcomes.get(at) else { return };
        let place = ids.place(Agent::Outcome, at).unwrap_or(Place::new(0, 0, 0));
        if let Some(first) = certain {
            let span = report.span(ids.place(Agent::Outcome, first).unwrap_or(place));
            let message = format!("the outcome `{}` is never reached", outcome.name.id);
            report
                .warning(Code::NeverReached, place, message)
                .label("tried too late")
                .also(span, "this one always holds")
                .help("outcomes are tried in the order of the file: move it up");
        } else if outcome.when.as_ref().is_none_or(|w| !Possibilities::of(&lowered.world).can(w, false)) {
            certain = Some(at);
        }
    }
}
