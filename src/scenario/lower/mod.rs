//! Tree to world. Lowering goes on after mistakes with placeholders, so that one pass finds them all; what the
//! validator has reported is passed over in silence.

mod calendar;
mod dynamics;
mod exercise;
mod ground;
mod instrument;
mod item;
pub(super) use item::best_sum;
mod outcome;
mod party;
mod plot;
mod profile;
mod talks;
pub(super) mod view;
mod vocabulary;

use time::Date;

use super::code::Code;
use super::condition;
use super::ids::Ids;
use super::names::Names;
use super::report::Report;
use super::shape::{Agent, DYNAMICS, SCENARIO, TableShape};
use super::tree::{Node, Place, Table};
use crate::domain::{Condition, Effect, Name, PartyId, Quantity, Reference, SeatId, TrackId, World};
use calendar::Calendar;
use view::View;

/// A condition of the file, kept for the lints.
pub(super) struct Written {
    /// What it says.
    pub condition: Condition,
    /// Where.
    pub place: Place,
    /// Which key has it.
    pub key: &'static str,
}

/// What lowering yields.
pub(super) struct Lowered {
    /// The world; only as good as the file.
    pub world: World,
    /// Its conditions.
    pub conditions: Vec<Written>,
}

/// Lowers a checked tree; `file` is the world of its file, where the tree is one with changes.
pub(super) fn lower(root: &Table, ids: &Ids, file: Option<&World>, report: &mut Report) -> Lowered {
    let frame = View::maybe(root.table("scenario"), &SCENARIO);
    let calendar = Calendar::of(frame, file, report);
    let names = vocabulary::names(root, ids, calendar.start);
    let dynamics = View::maybe(root.table("dynamics"), &DYNAMICS);
    let mut lowering = Lowering {
        root,
        ids,
        names,
        report,
        rounds: calendar.rounds,
        conditions: Vec::new(),
        parts: 0,
        dated: Vec::new(),
    };
    let dynamics = lowering.dynamics(dynamics);
    let mut world = World {
        title: frame.text("title").unwrap_or_default(),
        summary: frame.text("summary"),
        note: frame.text("note"),
        sources: frame.texts("sources"),
        start: calendar.start,
        rounds: calendar.rounds,
        round_days: calendar.round_days,
        sessions: calendar.sessions,
        odds_days: calendar.odds_days,
        reference: None,
        parties: lowering.parties(),
        seats: lowering.seats(),
        mediators: lowering.mediators(),
        tracks: lowering.tracks(),
        items: lowering.items(),
        instruments: lowering.instruments(dynamics.compliance.breach_limit),
        fronts: lowering.fronts(),
        spoilers: lowering.spoilers(),
        backers: lowering.backers(),
        observers: lowering.observers(),
        events: lowering.events(),
        outcomes: Vec::new(),
        rewards: lowering.rewards(),
        what_ifs: lowering.what_ifs(),
        properties: lowering.properties(),
        ranges: super::ranges::lower(root, lowering.report),
        history: lowering.history(),
        base_rates: lowering.base_rates(),
        exercise: lowering.exercise(),
        dynamics,
    };
    let normalise = frame.flag("normalise");
    let profiles = lowering.profiles((&world.parties, &world.tracks, &world.items), normalise);
    world.parties.iter_mut().zip(profiles).for_each(|(party, profiles)| party.profiles = profiles);
    if normalise {
        item::normalise(&mut world.items, world.parties.len());
    }
    for (track, turns) in lowering.turns(&world) {
        world.tracks[track].turns = turns;
    }
    world.outcomes = lowering.outcomes(&world);
    for (track, day) in lowering.dated {
        world.tracks[track].deadline = world.round_of(day).clamp(1, world.rounds);
    }
    world.reference = file.map(|f| Reference::carried(f, &world)).filter(|r| *r != Reference::of(&world));
    Lowered { world, conditions: lowering.conditions }
}

/// What every part of lowering needs.
pub(super) struct Lowering<'t, 'r> {
    root: &'t Table,
    ids: &'r Ids,
    names: Names,
    report: &'r mut Report,
    rounds: u8,
    conditions: Vec<Written>,
    /// Tracks whose deadline is a date.
    dated: Vec<(usize, Date)>,
    /// Parts of all conditions so far.
    parts: usize,
}

/// How many parts all conditions of a file may have once every `*` is written out.
const MOST_PARTS: usize = 200_000;

impl<'t> Lowering<'t, '_> {
    /// The tables of a kind of agent: id, place of the id, view.
    fn agents(&self, agent: Agent, shape: &'static TableShape) -> Vec<(Name, Place, View<'t>)> {
        let root: &'t Table = self.root;
        // An agent that is no table keeps its place, so that ids stay in step.
        let entries = root.table(agent.key()).map_or(&[][..], |t| &t.entries);
        entries
            .iter()
            .map(|e| {
                let view = View::maybe(e.node.as_table(), shape);
                (name(&e.key, view), e.key_place, view)
            })
            .collect()
    }

    /// Compiles the condition under a key.
    fn condition(&mut self, view: View<'t>, key: &'static str) -> Option<Condition> {
        let node = view.node(key)?;
        self.condition_at(node, key)
    }

    fn condition_at(&mut self, node: &Node, key: &'static str) -> Option<Condition> {
        if self.parts > MOST_PARTS {
            return None;
        }
        let condition = condition::condition(node, &self.names, self.report)?;
        self.parts += size(&condition);
        if self.parts > MOST_PARTS {
            let message = format!("the conditions of the file have more than {MOST_PARTS} parts together");
            self.report
                .error(Code::ConditionTooLarge, node.place, message)
                .label("the limit is passed here")
                .help("use fewer calls with `*`, or fewer agents");
        }
        self.conditions.push(Written { condition: condition.clone(), place: node.place, key });
        Some(condition)
    }

    /// Compiles the effects under `effect`.
    fn effects(&mut self, view: View<'t>) -> Vec<Effect> {
        let nodes = view.node("effect").and_then(Node::as_list).unwrap_or(&[]);
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Some(effect) = condition::effect(node, &self.names, self.report) else { continue };
            if let Quantity::Procedure(track) = effect.target {
                self.can_turn(track, node.place);
            }
            out.push(effect);
        }
        out
    }

    /// The parties that a list names.
    fn parties_of(&self, view: View<'t>, key: &str) -> Vec<PartyId> {
        let found = view.references(key, Agent::Party, self.ids);
        found.into_iter().map(|(at, _)| PartyId::new(at)).collect()
    }

    fn party_of(&self, view: View<'t>, key: &str) -> Option<PartyId> {
        view.reference(key, Agent::Party, self.ids).map(PartyId::new)
    }

    /// The seat of a party at a track.
    fn seat(&self, party: PartyId, track: TrackId) -> Option<SeatId> {
        self.names.seats.iter().position(|s| *s == (party, track)).map(SeatId::new)
    }

    /// Reports a party that has no seat on the track that something belongs to; whether it has one.
    fn needs_seat(&mut self, place: Place, party: PartyId, track: Option<TrackId>, what: &str) -> bool {
        let Some(track) = track else { return false };
        if self.seat(party, track).is_some() {
            return true;
        }
        if !self.names.sound[track.at()] {
            return false;
        }
        let (id, on) = (self.names.id(Agent::Party, party.at()), self.names.id(Agent::Track, track.at()));
        let seated: Vec<&str> = self
            .names
            .seats
            .iter()
            .filter(|(_, t)| *t == track)
            .map(|(p, _)| *p)
            .map(|p| self.names.id(Agent::Party, p.at()))
            .collect();
        let help = format!("seated there: {}", super::nearest::list(seated));
        let seats = self.ids.place(Agent::Track, track.at()).map(|p| self.report.span(p));
        let diagnostic = self
            .report
            .error(Code::NoSeat, place, format!("`{id}` has no seat on the track `{on}`, so {what}"))
            .label("no seat there")
            .help(help);
        if let Some(span) = seats {
            diagnostic.also(span, "this track");
        }
        false
    }

    /// The parties of a list that have a seat on the track; the others are reported.
    fn seated_parties(
        &mut self,
        nodes: Vec<(usize, &Node)>,
        track: Option<TrackId>,
        what: &str,
    ) -> Vec<PartyId> {
        let mut out = Vec::new();
        for (at, node) in nodes {
            if self.needs_seat(node.place, PartyId::new(at), track, what) {
                out.push(PartyId::new(at));
            }
        }
        out
    }
}

/// Id, title, note and source of an agent.
fn name(id: &str, view: View<'_>) -> Name {
    let title = view.text("title").or_else(|| view.text("name")).unwrap_or_else(|| id.to_owned());
    Name { id: id.to_owned(), title, note: view.text("note"), source: view.text("source") }
}

/// The number of parts of a condition.
fn size(condition: &Condition) -> usize {
    match condition {
        Condition::Constant(_) | Condition::Compare(..) => 1,
        Condition::Not(part) => 1 + size(part),
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, ..) => {
            1 + parts.iter().map(size).sum::<usize>()
        }
    }
}
