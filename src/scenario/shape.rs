//! Every table and key of the language, as data. The validator, the JSON Schema and the reference are all made
//! from these shapes, and lowering takes its defaults from them, so that none of them can drift.

mod dynamics;
mod exercise;
mod ground;
mod party;
mod plot;
mod talks;

pub(super) use dynamics::{
    BACKING, COMPLIANCE, DYNAMICS, FIGHTING, MEDIATION, RETURN, SPOILING, STALLING, THRESHOLDS, WALK_OUT,
};
pub(super) use exercise::{DISCUSS, EXERCISE, PREDICT, SHEET, STEP, TIMING};
pub(super) use ground::{BACKER, FRONT, OBSERVER, SPOILER, SPOILER_KINDS};
pub(super) use party::{
    DISCOUNTS, IMITATIONS, MANDATE, PART, PART_KINDS, PARTY, PROFILE, RESERVE, RESOURCES, TACTIC,
    TACTIC_KINDS,
};
pub(super) use plot::{
    BASE_RATE, COUNT, EVENT, HISTORY, MOST_RANGES, OUTCOME, PROPERTY, REWARD, ROOT, SCENARIO, WHAT_IF,
};
pub(super) use talks::{
    AGENDAS, EXPOSURE, INSTRUMENT, INSTRUMENT_KINDS, ITEM, MEDIATOR, OPTION, PACKAGES, PROCEDURES,
    PROVISIONS, RATIFIER, RATIFY, RULE, RULE_KINDS, TRACK,
};

/// The kinds of agent that have a table of their own, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Agent {
    /// `[party.ID]`
    Party,
    /// `[mediator.ID]`
    Mediator,
    /// `[track.ID]`
    Track,
    /// `[item.ID]`
    Item,
    /// `[instrument.ID]`
    Instrument,
    /// `[front.ID]`
    Front,
    /// `[spoiler.ID]`
    Spoiler,
    /// `[backer.ID]`
    Backer,
    /// `[observer.ID]`
    Observer,
    /// `[event.ID]`
    Event,
    /// `[outcome.ID]`
    Outcome,
    /// `[reward.ID]`
    Reward,
    /// `[what-if.ID]`
    WhatIf,
    /// `[property.ID]`
    Property,
}

impl Agent {
    /// Every kind, in the order of the reference.
    pub const ALL: [Agent; 14] = [
        Agent::Party,
        Agent::Mediator,
        Agent::Track,
        Agent::Item,
        Agent::Instrument,
        Agent::Front,
        Agent::Spoiler,
        Agent::Backer,
        Agent::Observer,
        Agent::Event,
        Agent::Outcome,
        Agent::Reward,
        Agent::WhatIf,
        Agent::Property,
    ];

    /// The key of its tables.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Mediator => "mediator",
            Self::Track => "track",
            Self::Item => "item",
            Self::Instrument => "instrument",
            Self::Front => "front",
            Self::Spoiler => "spoiler",
            Self::Backer => "backer",
            Self::Observer => "observer",
            Self::Event => "event",
            Self::Outcome => "outcome",
            Self::Reward => "reward",
            Self::WhatIf => "what-if",
            Self::Property => "property",
        }
    }

    /// How several are called.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Party => "parties",
            Self::Mediator => "mediators",
            Self::Track => "tracks",
            Self::Item => "items",
            Self::Instrument => "instruments",
            Self::Front => "fronts",
            Self::Spoiler => "spoilers",
            Self::Backer => "backers",
            Self::Observer => "observers",
            Self::Event => "events",
            Self::Outcome => "outcomes",
            Self::Reward => "rewards",
            Self::WhatIf => "what-ifs",
            Self::Property => "properties",
        }
    }
}

/// What the keys of a map are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keys {
    /// Ids of new agents: each key defines one.
    Define(Agent),
    /// Ids of new options.
    Options,
    /// Ids of new profiles of a party.
    Profiles,
    /// Free names, spelled like ids.
    Names,
    /// Ids of agents that exist.
    Of(Agent),
    /// Words from a list.
    Words(&'static [&'static str]),
    /// Paths of changes.
    Paths,
    /// Ids of parties and mediators that exist.
    Roles,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A string of at most so many bytes.
    Text(usize),
    /// A whole number between two bounds.
    Int(i64, i64),
    /// A number between two bounds.
    Number(f64, f64),
    /// A number greater than the first bound, at most the second.
    Above(f64, f64),
    /// `true` or `false`.
    Bool,
    /// A calendar date, written without quotes.
    Date,
    /// A length of time in days, at most so many, written as `"60 days"`.
    Days(u16),
    /// One of the five levels.
    Level,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The id of an agent.
    Ref(Agent),
    /// `backer.ID`, `front.ID` or `spoiler.ID`.
    Watched,
    /// The id of a party or mediator.
    Role,
    /// A condition.
    Condition,
    /// An effect.
    Effect,
    /// A list with a least and a largest length; `distinct`: nothing twice.
    List { of: &'static Kind, least: usize, most: usize, distinct: bool },
    /// A table of this shape.
    Table(&'static TableShape),
    /// A table whose keys are data, with a least and a largest size.
    Map { of: Keys, to: &'static Kind, least: usize, most: usize },
    /// One of several, told apart by the type of the value.
    Either(&'static [Kind]),
    /// Anything that TOML can write.
    Any,
}

/// A title or name.
pub(super) const TITLE: Kind = Kind::Text(200);
/// A longer text.
pub(super) const PROSE: Kind = Kind::Text(4000);
/// Odds.
pub(super) const ODDS: Kind = Kind::Number(0.0, 1.0);
/// Points of 100.
pub(super) const POINTS: Kind = Kind::Int(0, 100);
/// Five odds, one for each level.
pub(super) const FIVE_ODDS: Kind = Kind::List { of: &ODDS, least: 5, most: 5, distinct: false };
/// A list of different parties.
pub(super) const PARTIES: Kind = refs(&Kind::Ref(Agent::Party), 0);
/// At least one party, no party twice.
pub(super) const SOME_PARTIES: Kind = refs(&Kind::Ref(Agent::Party), 1);
/// A list of effects.
pub(super) const EFFECTS: Kind = Kind::List { of: &Kind::Effect, least: 0, most: 64, distinct: false };

/// A list without repetitions.
pub(super) const fn refs(of: &'static Kind, least: usize) -> Kind {
    Kind::List { of, least, most: 256, distinct: true }
}

/// Tables by new ids.
pub(super) const fn agents(agent: Agent, to: &'static Kind, most: usize) -> Kind {
    Kind::Map { of: Keys::Define(agent), to, least: 0, most }
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Need {
    /// It must.
    Required,
    /// It must where this other key is not there.
    Unless(&'static str),
    /// It need not; this is what holds then, as TOML.
    Default(&'static str),
    /// It need not; this says in words what holds then.
    Optional(&'static str),
}

/// A key that only some kinds of its table use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Only {
    /// The key that says which kind it is.
    pub by: &'static str,
    /// The kinds that use the key.
    pub used: &'static [&'static str],
    /// The kinds that cannot do without it.
    pub needed: &'static [&'static str],
}

/// One key of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyShape {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// Whether only some kinds of the table use it.
    pub only: Option<Only>,
    /// What it is, in one line.
    pub doc: &'static str,
}

impl KeyShape {
    /// The same key, used by some kinds only.
    pub const fn only(
        mut self,
        by: &'static str,
        used: &'static [&'static str],
        needed: &'static [&'static str],
    ) -> Self {
        self.only = Some(Only { by, used, needed });
        self
    }
}

/// A key that must be there.
pub(super) const fn required(name: &'static str, kind: Kind, doc: &'static str) -> KeyShape {
    KeyShape { name, kind, need: Need::Required, only: None, doc }
}

/// A key that must be there unless another is.
pub(super) const fn unless(
    other: &'static str,
    name: &'static str,
    kind: Kind,
    doc: &'static str,
) -> KeyShape {
    KeyShape { name, kind, need: Need::Unless(other), only: None, doc }
}

/// A key with a default, written as TOML.
pub(super) const fn default(
    name: &'static str,
    kind: Kind,
    value: &'static str,
    doc: &'static str,
) -> KeyShape {
    KeyShape { name, kind, need: Need::Default(value), only: None, doc }
}

/// A key that may be missing; `otherwise` says what holds then.
pub(super) const fn optional(
    name: &'static str,
    kind: Kind,
    otherwise: &'static str,
    doc: &'static str,
) -> KeyShape {
    KeyShape { name, kind, need: Need::Optional(otherwise), only: None, doc }
}

/// `note`, which every agent may have.
pub(super) const NOTE: KeyShape = optional("note", PROSE, "none", "A remark of the author.");
/// `source`, which every agent may have.
pub(super) const SOURCE: KeyShape =
    optional("source", PROSE, "none", "Where the fact behind it is documented.");
/// `title`, for agents that have one.
pub(super) const OWN_TITLE: KeyShape = optional("title", TITLE, "its id", "The title shown to people.");
/// `name`, for agents that have one.
pub(super) const OWN_NAME: KeyShape = optional("name", TITLE, "its id", "The name shown to people.");

/// A table of the language.
#[derive(Debug)]
pub(super) struct TableShape {
    /// With its article: `a party`.
    pub what: &'static str,
    /// How a file writes it: `[party.ID]`.
    pub header: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Its keys.
    pub keys: &'static [KeyShape],
    /// What keys beside these may be, if any may.
    pub others: Option<(Keys, Kind)>,
}

impl TableShape {
    /// The shape of a key.
    pub fn key(&self, name: &str) -> Option<&'static KeyShape> {
        self.keys.iter().find(|k| k.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::same_type;
    use super::super::parse::parse_value;
    use super::*;

    fn defaults(shape: &'static TableShape, seen: &mut Vec<&'static str>) {
        if seen.contains(&shape.header) {
            return;
        }
        seen.push(shape.header);
        for key in shape.keys {
            if let Need::Default(text) = key.need {
                let node = parse_value(text, 0, 0).expect(text);
                assert!(same_type(&key.kind, &node.value), "{} {}: {text}", shape.header, key.name);
            }
            inner(&key.kind, seen);
        }
    }

    fn inner(kind: &'static Kind, seen: &mut Vec<&'static str>) {
        match kind {
            Kind::Table(shape) => defaults(shape, seen),
            Kind::Map { to, .. } => inner(to, seen),
            Kind::List { of, .. } => inner(of, seen),
            Kind::Either(kinds) => kinds.iter().for_each(|k| inner(k, seen)),
            _ => {}
        }
    }

    #[test]
    fn every_default_is_a_value_of_its_kind() {
        let mut seen = Vec::new();
        defaults(&ROOT, &mut seen);
        assert!(seen.len() > 25, "{seen:?}");
    }

    #[test]
    fn selecting_keys_exist() {
        for shape in [&TACTIC, &RULE, &SPOILER] {
            for only in shape.keys.iter().filter_map(|k| k.only) {
                let Some(Kind::Word(words)) = shape.key(only.by).map(|k| k.kind) else {
                    panic!("{} has no words {}", shape.header, only.by);
                };
                assert!(only.used.iter().chain(only.needed).all(|w| words.contains(w)), "{only:?}");
            }
        }
    }
}
