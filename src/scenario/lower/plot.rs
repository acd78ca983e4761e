//! Events, rewards, what-ifs, properties and history.

use super::super::code::Code;
use super::super::nearest::or_list;
use super::super::shape::{Agent, COUNT, EVENT, HISTORY, PROPERTY, REWARD, WHAT_IF};
use super::super::tree::{Node, Place};
use super::Lowering;
use super::view::View;
use crate::domain::{
    Claim, Condition, Count, Event, History, Operand, Property, Quantity, Relation, Reward, WhatIf,
};

/// The claims a property can make.
const KINDS: [&str; 5] = ["always", "never", "possible", "whenever", "probability"];

impl<'t> Lowering<'t, '_> {
    /// Lowers the events.
    pub(super) fn events(&mut self) -> Vec<Event> {
        let events = self.agents(Agent::Event, &EVENT);
        let mut out = Vec::with_capacity(events.len());
        for (name, _, view) in events {
            let when = self.condition(view, "when");
            let from = view.date("date").map(|date| {
                let days = (date - self.names.start).whole_days() as i32;
                Condition::Compare(Quantity::Date, Relation::AtLeast, Operand::Value(days))
            });
            out.push(Event {
                name,
                when: match (when, from) {
                    (Some(when), Some(from)) => Some(Condition::All(vec![when, from])),
                    (when, from) => when.or(from),
                },
                odds: view.number("odds"),
                effects: self.effects(view),
                repeats: view.flag("repeats"),
            });
        }
        out
    }

    /// Lowers the counted rewards.
    pub(super) fn rewards(&mut self) -> Vec<Reward> {
        let rewards = self.agents(Agent::Reward, &REWARD);
        let mut out = Vec::with_capacity(rewards.len());
        for (name, _, view) in rewards {
            let mut counts = Vec::new();
            for node in view.node("counts").and_then(Node::as_list).unwrap_or(&[]) {
                let view = View::maybe(node.as_table(), &COUNT);
                let add = u32::try_from(view.int("add")).unwrap_or(0);
                counts.push(Count { when: self.condition(view, "when"), add });
            }
            out.push(Reward { name, unit: view.text("unit").unwrap_or_default(), counts });
        }
        out
    }

    /// Lowers the what-ifs; their changes are tried elsewhere.
    pub(super) fn what_ifs(&mut self) -> Vec<WhatIf> {
        let what_ifs = self.agents(Agent::WhatIf, &WHAT_IF);
        let mut out = Vec::with_capacity(what_ifs.len());
        for (name, _, view) in what_ifs {
            let entries = view.table("set").map_or(&[][..], |t| &t.entries);
            let set = entries.iter().map(|e| (e.key.clone(), self.report.text(e.node.place).to_owned()));
            out.push(WhatIf { name, question: view.text("question"), set: set.collect() });
        }
        out
    }

    /// Lowers the properties.
    pub(super) fn properties(&mut self) -> Vec<Property> {
        let properties = self.agents(Agent::Property, &PROPERTY);
        let mut out = Vec::with_capacity(properties.len());
        for (name, place, view) in properties {
            if let Some(claim) = self.claim(&name.id, place, view) {
                out.push(Property { name, claim });
            }
        }
        out
    }

    fn claim(&mut self, id: &str, place: Place, view: View<'t>) -> Option<Claim> {
        let written = KINDS.map(|key| view.node(key).is_some());
        if written.iter().filter(|w| **w).count() != 1 {
            let message = format!("property `{id}` must make one claim: {}", or_list(KINDS));
            self.report
                .error(Code::Claim, place, message)
                .help("write several properties for several claims");
            return None;
        }
        let of = KINDS[written.iter().position(|w| *w).unwrap_or(0)];
        let extra = |key: &str| match key {
            "then" | "within" => of != "whenever",
            _ => of != "probability",
        };
        for key in ["then", "within", "at_least", "at_most"].into_iter().filter(|key| extra(key)) {
            if let Some(entry) = view.entry(key) {
                let message = format!("`{key}` means nothing beside `{of}`");
                self.report.error(Code::Claim, entry.key_place, message);
                return None;
            }
        }
        let condition = self.condition(view, of);
        let then = self.condition(view, "then");
        let bounds = (view.maybe_number("at_least"), view.maybe_number("at_most"));
        if of == "whenever" && view.node("then").is_none() {
            let message = format!("property `{id}` does not say what follows");
            self.report.error(Code::Claim, place, message).help("write `then = \"…\"`");
        } else if of == "probability" && bounds == (None, None) {
            let message = format!("property `{id}` does not bound the probability");
            self.report.error(Code::Claim, place, message).help("write `at_least = 0.2` or `at_most = 0.2`");
        }
        let condition = condition?;
        Some(match of {
            "always" => Claim::Always(condition),
            "never" => Claim::Never(condition),
            "possible" => Claim::Possible(condition),
            "whenever" => {
                Claim::Whenever { first: condition, then: then?, within: view.maybe_small("within") }
            }
            _ => Claim::Probability { of: condition, at_least: bounds.0, at_most: bounds.1 },
        })
    }

    /// Lowers the history.
    pub(super) fn history(&mut self) -> Vec<History> {
        let mut out = Vec::new();
        for node in self.root.get("history").and_then(Node::as_list).unwrap_or(&[]) {
            let view = View::maybe(node.as_table(), &HISTORY);
            let that = self.condition(view, "that");
            out.push(History {
                date: view.date("date").unwrap_or(self.names.start),
                that: that.unwrap_or(Condition::Constant(true)),
                text: view.text("that").unwrap_or_default(),
                source: view.text("source"),
                note: view.text("note"),
            });
        }
        out
    }
}
