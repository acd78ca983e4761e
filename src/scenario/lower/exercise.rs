//! The exercise: what is said for use in class.

use super::super::ids::{Ids, role_kinds};
use super::super::shape::{Agent, DISCUSS, EXERCISE, PREDICT, SHEET, STEP, TIMING};
use super::super::tree::{Entry, Node};
use super::view::View;
use super::{Lowering, name};
use crate::domain::{
    Condition, Discussion, Doing, EventId, Exercise, LessonStep, MediatorId, PartyId, Prediction, Role,
    RoleText, Step,
};

/// The party or mediator of a name.
fn role(name: &str, ids: &Ids) -> Option<Role> {
    role_kinds(name).find_map(|(agent, id)| {
        let at = ids.find(agent, id)?;
        Some(match agent {
            Agent::Mediator => Role::Mediator(MediatorId::new(at)),
            _ => Role::Party(PartyId::new(at)),
        })
    })
}

fn minutes(view: View<'_>) -> Option<u16> {
    view.maybe_int("minutes").and_then(|n| u16::try_from(n).ok())
}

impl<'t> Lowering<'t, '_> {
    /// Lowers the exercise, if the file has one.
    pub(super) fn exercise(&mut self) -> Option<Exercise> {
        let view = View::new(self.root.table("exercise")?, &EXERCISE);
        let timing: Vec<Step> = self
            .listed(view, "timing")
            .map(|node| View::maybe(node.as_table(), &TIMING))
            .map(|v| Step { minutes: minutes(v).unwrap_or(0), what: v.text("what").unwrap_or_default() })
            .collect();
        let discussion = self.listed(view, "discuss").map(|node| View::maybe(node.as_table(), &DISCUSS));
        let mut exercise = Exercise {
            aims: view.texts("aims"),
            minutes: minutes(view),
            timing,
            roles: self.roles(view),
            one_way: !view.flag("rewind"),
            briefing: view.text("briefing"),
            events: view
                .references("events", Agent::Event, self.ids)
                .into_iter()
                .map(|(at, _)| EventId::new(at))
                .collect(),
            sheets: self.sheets(view),
            predictions: Vec::new(),
            steps: self.steps(view),
            discussion: discussion
                .map(|v| Discussion {
                    question: v.text("question").unwrap_or_default(),
                    look_for: v.text("look_for"),
                })
                .collect(),
            note: view.text("note"),
            what_ifs: view
                .references("what_ifs", Agent::WhatIf, self.ids)
                .into_iter()
                .map(|(at, _)| at)
                .collect(),
        };
        exercise.minutes = exercise.minutes.or(u16::try_from(exercise.timed()).ok().filter(|sum| *sum > 0));
        exercise.predictions = self.predictions(view);
        Some(exercise)
    }

    fn listed(&self, view: View<'t>, key: &str) -> impl Iterator<Item = &'t Node> + use<'t> {
        view.node(key).and_then(Node::as_list).unwrap_or(&[]).iter()
    }

    fn steps(&self, view: View<'t>) -> Vec<LessonStep> {
        let mut steps: Vec<LessonStep> = Vec::new();
        for node in self.listed(view, "step") {
            let view = View::maybe(node.as_table(), &STEP);
            let lesson = view.text("lesson").unwrap_or_else(|| "lesson".into());
            let round = |key: &str| view.maybe_small(key).map(|round| round.min(self.rounds));
            let played = steps.iter().filter(|s| s.lesson == lesson).filter_map(|s| match s.doing {
                Doing::Play(_, to) => Some(to),
                _ => None,
            });
            let next = played.max().map_or(1, |to| (to + 1).min(self.rounds));
            let doing = match view.text("do").as_deref() {
                Some("predict") => Doing::Predict,
                Some("play") => {
                    let from = round("from").unwrap_or(next);
                    Doing::Play(from, round("to").unwrap_or(self.rounds).max(from))
                }
                Some("what-if") => {
                    Doing::WhatIf(view.text("what_if").and_then(|id| self.ids.find(Agent::WhatIf, &id)))
                }
                Some("vote") => Doing::Vote,
                Some("debrief") => Doing::Debrief,
                _ => Doing::Brief,
            };
            let minutes = minutes(view).unwrap_or(0);
            steps.push(LessonStep {
                lesson,
                doing,
                minutes,
                title: view.text("title"),
                text: view.text("text"),
            });
        }
        steps
    }

    fn roles(&self, view: View<'t>) -> Vec<Role> {
        let mut out: Vec<Role> = Vec::new();
        let named = self.listed(view, "roles").filter_map(|node| role(node.as_str()?, self.ids));
        for role in named {
            if !out.contains(&role) {
                out.push(role);
            }
        }
        out
    }

    fn entries(&self, view: View<'t>, key: &str) -> &'t [Entry] {
        view.table(key).map_or(&[][..], |t| &t.entries)
    }

    fn sheets(&self, view: View<'t>) -> Vec<RoleText> {
        let entries = self.entries(view, "sheet").iter();
        let sheets = entries.filter_map(|entry| {
            let view = View::maybe(entry.node.as_table(), &SHEET);
            let role = role(&entry.key, self.ids)?;
            Some(RoleText { role, text: view.text("text"), hints: view.texts("hints") })
        });
        sheets.collect()
    }

    fn predictions(&mut self, view: View<'t>) -> Vec<Prediction> {
        let mut out = Vec::new();
        for entry in self.entries(view, "predict") {
            let view = View::maybe(entry.node.as_table(), &PREDICT);
            let that = self.condition(view, "that");
            let by = view.maybe_small("by").map(|by| by.min(self.rounds));
            // A question that is settled is not asked again.
            let last = by.unwrap_or(self.rounds);
            let asked = self.listed(view, "at").filter_map(|node| match node.value {
                super::super::tree::Value::Int(round) => u8::try_from(round).ok(),
                _ => None,
            });
            let mut checkpoints: Vec<u8> = asked.filter(|r| (1..=last).contains(r)).chain([1]).collect();
            checkpoints.sort_unstable();
            checkpoints.dedup();
            out.push(Prediction {
                name: name(&entry.key, view),
                question: view.text("question").unwrap_or_default(),
                that: that.unwrap_or(Condition::Constant(true)),
                text: view.text("that").unwrap_or_default(),
                by,
                checkpoints,
            });
        }
        out
    }
}
