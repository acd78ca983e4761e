//! Outcomes: the file's own, or the usual ones, written in the condition language and compiled like any other.

use super::super::condition;
use super::super::shape::{Agent, OUTCOME};
use super::Lowering;
use crate::domain::{InstrumentKind, Name, Outcome, World};

/// A default outcome.
pub(super) struct Usual {
    /// Its id.
    pub id: &'static str,
    title: &'static str,
    /// The condition; empty for the one that depends on the instruments, `true` for the last.
    when: &'static str,
}

/// The default outcomes that the scenario has the agents for.
pub(super) fn defaults(instruments: bool, parties: bool, tracks: bool) -> Vec<Usual> {
    let usual = |id, title, when| Usual { id, title, when };
    let mut out = Vec::new();
    if instruments {
        out.push(usual("peace-holding", "Peace holds", ""));
        out.push(usual(
            "signed-then-broken",
            "Signed, then broken",
            "any(instrument.*.state in [suspended, broken])",
        ));
        out.push(usual("framework-only", "Agreements, but no final peace", "any(instrument.*.signed)"));
    }
    if parties {
        out.push(usual("ceasefire-only", "A ceasefire, but no agreement", "any(party.*.ceasefire)"));
    }
    if tracks {
        out.push(usual("collapse", "Talks collapsed", "any(track.*.state == collapsed)"));
    }
    out.push(usual("stalemate", "No agreement", "true"));
    out
}

/// The id of the fallback after outcomes that may all fail.
pub(super) fn fallback_id(written: &[String]) -> &'static str {
    if written.iter().any(|id| id == "stalemate") { "undecided" } else { "stalemate" }
}

impl Lowering<'_, '_> {
    /// Lowers the outcomes; the world has its instruments already.
    pub(super) fn outcomes(&mut self, world: &World) -> Vec<Outcome> {
        let written = self.agents(Agent::Outcome, &OUTCOME);
        if written.is_empty() {
            return self.usual(world);
        }
        let ids: Vec<String> = written.iter().map(|(name, ..)| name.id.clone()).collect();
        let mut open = true;
        let mut out = Vec::with_capacity(written.len() + 1);
        for (name, _, view) in written {
            open = view.node("when").is_some();
            let when = self.condition(view, "when");
            out.push(Outcome { name, when, ends: view.flag("ends") });
        }
        if open {
            out.push(outcome(fallback_id(&ids), "No agreement", None));
        }
        out
    }

    fn usual(&self, world: &World) -> Vec<Outcome> {
        let has = |agent: Agent| !self.names.all(agent).is_empty();
        let usual = defaults(has(Agent::Instrument), has(Agent::Party), has(Agent::Track));
        usual
            .into_iter()
            .map(|u| {
                let when = match u.when {
                    "true" => None,
                    "" => condition::own(&peace_holds(world), &self.names),
                    text => condition::own(text, &self.names),
                };
                outcome(u.id, u.title, when)
            })
            .collect()
    }
}

fn outcome(id: &str, title: &str, when: Option<crate::domain::Condition>) -> Outcome {
    let name = Name { id: id.to_owned(), title: title.to_owned(), note: None, source: None };
    Outcome { name, when, ends: false }
}

/// Every final instrument is in force (every instrument, if none is final) and none is suspended or broken.
fn peace_holds(world: &World) -> String {
    let any_final = world.instruments.iter().any(|n| n.kind == InstrumentKind::Comprehensive);
    let mut text = String::new();
    for instrument in &world.instruments {
        if !any_final || instrument.kind == InstrumentKind::Comprehensive {
            text += &format!("instrument.{}.state == in-force and ", instrument.name.id);
        }
    }
    text + "not any(instrument.*.state in [suspended, broken])"
}
