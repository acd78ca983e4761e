//! A scenario's conditions and effects, compiled.

use super::rule::{Change, Ground, Rule};
use super::{Condition, Effect, Weight, World, weight};

/// Compiled conditions and effects, each list parallel to the world's.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Rules {
    pub admitted: Vec<Option<Rule>>,
    pub suspended: Vec<Option<Rule>>,
    pub precondition: Vec<Option<Rule>>,
    pub track_opens: Vec<Option<Rule>>,
    pub track_suspended: Vec<Option<Rule>>,
    pub track_collapses: Vec<Option<Rule>>,
    pub item_requires: Vec<Option<Rule>>,
    pub instrument_requires: Vec<Option<Rule>>,
    pub instrument_effects: Vec<Vec<Change>>,
    pub grievance: Vec<Option<Rule>>,
    pub coopted: Vec<Option<Rule>>,
    pub events: Vec<EventRule>,
    pub outcome: Vec<Option<Rule>>,
    pub counts: Vec<Vec<(Option<Rule>, u32)>>,
}

/// When an event fires and what it changes.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct EventRule {
    pub when: Option<Rule>,
    pub odds: Weight,
    pub repeats: bool,
    pub effects: Vec<Change>,
}

impl Rules {
    pub(super) fn of(world: &World, ground: Ground) -> Self {
        let rule = |c: &Option<Condition>| c.as_ref().map(|c| Rule::of(c, ground));
        let changes = |e: &[Effect]| e.iter().map(|e| Change::of(e, ground)).collect::<Vec<_>>();
        Self {
            admitted: world.parties.iter().map(|p| rule(&p.admitted_when)).collect(),
            suspended: world.parties.iter().map(|p| rule(&p.suspended_when)).collect(),
            precondition: world.parties.iter().map(|p| rule(&p.precondition)).collect(),
            track_opens: world.tracks.iter().map(|t| rule(&t.opens_when)).collect(),
            track_suspended: world.tracks.iter().map(|t| rule(&t.suspended_when)).collect(),
            track_collapses: world.tracks.iter().map(|t| rule(&t.collapses_when)).collect(),
            item_requires: world.items.iter().map(|i| rule(&i.requires)).collect(),
            instrument_requires: world.instruments.iter().map(|n| rule(&n.requires)).collect(),
            instrument_effects: world.instruments.iter().map(|n| changes(&n.effects)).collect(),
            grievance: world.spoilers.iter().map(|s| rule(&s.grievance)).collect(),
            coopted: world.spoilers.iter().map(|s| rule(&s.coopted_when)).collect(),
            events: world
                .events
                .iter()
                .map(|e| EventRule {
                    when: rule(&e.when),
                    odds: weight(e.odds),
                    repeats: e.repeats,
                    effects: changes(&e.effects),
                })
                .collect(),
            outcome: world.outcomes.iter().map(|o| rule(&o.when)).collect(),
            counts: world
                .rewards
                .iter()
                .map(|r| r.counts.iter().map(|c| (rule(&c.when), c.add)).collect())
                .collect(),
        }
    }
}
