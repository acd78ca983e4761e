//! Events, rewards, what-ifs and history.

use super::super::shape::{Agent, COUNT, EVENT, HISTORY, REWARD, WHAT_IF};
use super::super::tree::Node;
use super::Lowering;
use super::view::View;
use crate::domain::{Condition, Count, Event, History, Operand, Quantity, Relation, Reward, WhatIf};

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
