//! Events, rewards, what-ifs, properties, history and base rates.

use super::super::change::{self, Act};
use super::super::code::Code;
use super::super::nearest::or_list;
use super::super::shape::{Agent, BASE_RATE, COUNT, EVENT, HISTORY, PROPERTY, REWARD, WHAT_IF};
use super::super::tree::{Node, Place};
use super::Lowering;
use super::view::View;
use crate::domain::{
    BaseRate, Claim, Condition, Count, Event, History, Operand, Property, Quantity, Rate, ReadAs, Relation,
    Reward, WhatIf,
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
        for (name, place, view) in what_ifs {
            let changes = change::of_what_if(view.table, self.report);
            if changes.is_empty() {
                let message = format!("the what-if `{}` says no change", name.id);
                self.report
                    .error(Code::MissingKey, place, message)
                    .label("nothing is changed")
                    .help("add `set = { \"path\" = value }`, `unset = [\"path\"]`, or `add.KIND.ID`");
            }
            let told = |e: change::Edit| {
                let value = match e.act {
                    Act::Set => self.report.text(e.node.place).to_owned(),
                    Act::Unset => WhatIf::NOT_SET.to_owned(),
                    Act::Add => WhatIf::ADDED.to_owned(),
                };
                (e.path, value)
            };
            let set = changes.into_iter().map(told).collect();
            out.push(WhatIf { name, question: view.text("question"), set });
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
                title: view.text("title"),
                reading: [ReadAs::At, ReadAs::By][view.word("reading")],
                date: view.date("date").unwrap_or(self.names.start),
                that: that.unwrap_or(Condition::Constant(true)),
                text: view.text("that").unwrap_or_default(),
                source: view.text("source"),
                note: view.text("note"),
            });
        }
        out
    }

    /// Lowers the base rates.
    pub(super) fn base_rates(&mut self) -> Vec<BaseRate> {
        let mut out = Vec::new();
        for node in self.root.get("base-rate").and_then(Node::as_list).unwrap_or(&[]) {
            let view = View::maybe(node.as_table(), &BASE_RATE);
            let (about, given) = (self.condition(view, "about"), self.condition(view, "given"));
            out.push(BaseRate {
                title: view.text("title").unwrap_or_default(),
                about: about.unwrap_or(Condition::Constant(true)),
                text: view.text("about").unwrap_or_default(),
                given,
                given_text: view.text("given"),
                within: view.days("within"),
                rate: self.rate(view, node.place),
                source: view.text("source").unwrap_or_default(),
                note: view.text("note"),
            });
        }
        out
    }

    /// Either a share or counts, not both.
    fn rate(&mut self, view: View<'t>, place: Place) -> Rate {
        let written = |key: &str| view.table.entry(key).map(|e| (e.key_place, view.maybe_int(key)));
        let help = "write either `share = 0.2`, or `happened = 17` and `of = 77`";
        let mut fault = |place: Place, message: &str, label: &str| {
            self.report.error(Code::NoRate, place, message).label(label).help(help);
            Rate::Share(0.0)
        };
        match (view.maybe_number("share"), written("happened"), written("of")) {
            (Some(share), None, None) => Rate::Share(share),
            (None, Some((happened, Some(k))), Some((of, Some(n)))) => {
                match (u32::try_from(k), u32::try_from(n)) {
                    (_, Ok(0)) => fault(of, "a rate needs at least one case", "no cases"),
                    (Ok(k), Ok(n)) if k <= n => Rate::Counts(k, n),
                    _ => fault(happened, "it cannot have happened in more cases than there were", "too many"),
                }
            }
            (Some(_), Some((key, _)), _) | (Some(_), None, Some((key, _))) => {
                fault(key, "a base rate has either a share or counts, not both", "beside `share`")
            }
            // A number of the wrong type or size has been reported.
            _ if view.table.entry("share").is_some() => Rate::Share(0.0),
            (None, Some((_, None)), _) | (None, _, Some((_, None))) => Rate::Share(0.0),
            (None, Some((key, _)), None) => {
                fault(key, "`happened` needs `of`: how many cases there were", "of how many?")
            }
            (None, None, Some((key, _))) => {
                fault(key, "`of` needs `happened`: in how many it came about", "how many of them?")
            }
            (None, None, None) => fault(place, "a base rate has no rate", "neither `share` nor counts"),
        }
    }
}
