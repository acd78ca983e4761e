//! A scenario as nodes and arrows. Ids come from the scenario's own, so drawings are the same every time.

use crate::domain::{
    Condition, InstrumentId, ItemId, Name, Operand, PartyId, Quantity, TrackId, Watched, World,
};

use crate::telling::chronicle::clean;

/// What a node stands for; it decides the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A party.
    Party,
    /// A mediator.
    Mediator,
    /// An agenda item.
    Item,
    /// An instrument.
    Text,
    /// A front.
    Front,
    /// A spoiler.
    Spoiler,
    /// A backer.
    Backer,
    /// An observer.
    Observer,
    /// An event.
    Event,
}

/// One agent.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Letters, digits and `_` only.
    pub id: String,
    /// Its title.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// The frame it stands in.
    pub track: Option<usize>,
}

/// One arrow, from node or frame to node or frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    /// Where it starts.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What it means.
    pub label: &'static str,
    /// Whether it is a condition and not a fact.
    pub dashed: bool,
}

/// A drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// Frames: id and title of every track.
    pub tracks: Vec<(String, String)>,
    /// Agents.
    pub nodes: Vec<Node>,
    /// Arrows.
    pub edges: Vec<Edge>,
}

/// An id for a drawing. Ids of a scenario have no `_`, so different ones stay different.
fn id(kind: &str, name: &Name) -> String {
    format!("{kind}_{}", name.id.replace('-', "_"))
}

impl Graph {
    /// The drawing of a scenario.
    pub fn of(world: &World) -> Self {
        let tracks = world.tracks.iter().map(|t| (id("track", &t.name), clean(&t.name.title)));
        let mut graph = Self { tracks: tracks.collect(), ..Self::default() };
        graph.room(world);
        graph.outside(world);
        graph.requirements(world);
        graph
    }

    fn node(&mut self, word: &str, name: &Name, kind: Kind, track: Option<usize>) {
        self.nodes.push(Node { id: id(word, name), label: clean(&name.title), kind, track });
    }

    fn edge(&mut self, from: String, to: String, label: &'static str, dashed: bool) {
        let edge = Edge { from, to, label, dashed };
        if edge.from != edge.to && !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    /// Parties, mediators, items and texts.
    fn room(&mut self, world: &World) {
        world.parties.iter().for_each(|p| self.node("party", &p.name, Kind::Party, None));
        world.mediators.iter().for_each(|m| self.node("mediator", &m.name, Kind::Mediator, None));
        world.items.iter().for_each(|i| self.node("item", &i.name, Kind::Item, Some(i.track.at())));
        world
            .instruments
            .iter()
            .for_each(|n| self.node("instrument", &n.name, Kind::Text, Some(n.track.at())));
        for seat in &world.seats {
            let (party, track) = (party(world, seat.party), track(world, seat.track));
            self.edge(party, track, "has a seat", false);
        }
        for mediator in &world.mediators {
            if let Some(at) = mediator.track {
                self.edge(id("mediator", &mediator.name), track(world, at), "mediates", false);
            }
        }
        for text in &world.instruments {
            for sealed in &text.seals {
                self.edge(item(world, *sealed), id("instrument", &text.name), "sealed by", false);
            }
        }
    }

    /// Fronts, backers, spoilers and observers.
    fn outside(&mut self, world: &World) {
        world.fronts.iter().for_each(|f| self.node("front", &f.name, Kind::Front, None));
        world.backers.iter().for_each(|b| self.node("backer", &b.name, Kind::Backer, None));
        world.spoilers.iter().for_each(|s| self.node("spoiler", &s.name, Kind::Spoiler, None));
        world.observers.iter().for_each(|o| self.node("observer", &o.name, Kind::Observer, None));
        for front in &world.fronts {
            for fighter in &front.belligerents {
                let label = if *fighter == front.holder { "holds" } else { "fights at" };
                self.edge(party(world, *fighter), id("front", &front.name), label, false);
            }
        }
        for backer in &world.backers {
            let label = if backer.denies { "backs (denied)" } else { "backs" };
            self.edge(id("backer", &backer.name), party(world, backer.supports), label, false);
        }
        for spoiler in &world.spoilers {
            let from = id("spoiler", &spoiler.name);
            for front in &spoiler.fronts {
                self.edge(from.clone(), id("front", &world.front(*front).name), "fights at", false);
            }
            for text in &spoiler.opposes {
                self.edge(from.clone(), instrument(world, *text), "opposes", false);
            }
        }
        for observer in &world.observers {
            for watched in &observer.watches {
                let to = match *watched {
                    Watched::Backer(b) => id("backer", &world.backer(b).name),
                    Watched::Front(f) => id("front", &world.front(f).name),
                    Watched::Spoiler(s) => id("spoiler", &world.spoiler(s).name),
                };
                self.edge(id("observer", &observer.name), to, "watches", false);
            }
        }
    }

    /// What must hold before tracks open, items are tabled and texts are ready.
    fn requirements(&mut self, world: &World) {
        for it in &world.tracks {
            self.required(world, it.opens_when.as_ref(), &id("track", &it.name));
        }
        for it in &world.items {
            self.required(world, it.requires.as_ref(), &id("item", &it.name));
        }
        for it in &world.instruments {
            self.required(world, it.requires.as_ref(), &id("instrument", &it.name));
        }
    }

    fn required(&mut self, world: &World, condition: Option<&Condition>, by: &str) {
        let mut quantities = Vec::new();
        if let Some(condition) = condition {
            mentioned(condition, &mut quantities);
        }
        for quantity in quantities {
            if let Quantity::EventState(e) = quantity {
                let name = &world.events[e.at()].name;
                if !self.nodes.iter().any(|n| n.id == id("event", name)) {
                    self.node("event", name, Kind::Event, None);
                }
            }
            if let Some(agent) = agent(world, quantity) {
                self.edge(agent, by.to_owned(), "required by", true);
            }
        }
    }
}

/// Every quantity that a condition mentions.
fn mentioned(condition: &Condition, found: &mut Vec<Quantity>) {
    match condition {
        Condition::Constant(_) => {}
        Condition::Compare(left, _, right) => {
            found.push(*left);
            if let Operand::Quantity(right) = right {
                found.push(*right);
            }
        }
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, ..) => {
            parts.iter().for_each(|p| mentioned(p, found));
        }
        Condition::Not(part) => mentioned(part, found),
    }
}

/// The agent that a quantity belongs to.
fn agent(world: &World, quantity: Quantity) -> Option<String> {
    use Quantity as Q;
    Some(match quantity {
        Q::Round | Q::Date | Q::Outcome => return None,
        Q::Tally(s, _) | Q::Assent(s) => party(world, world.seat(s).party),
        Q::Offerer(t) | Q::AgreedIn(t) => track(world, t),
        Q::Draft(i) | Q::Refused(i) => item(world, i),
        Q::SeatState(s) | Q::Mandate(s) | Q::Memory(s, _) | Q::Alternative(s) | Q::Points(s) => {
            party(world, world.seat(s).party)
        }
        Q::Weariness(p)
        | Q::Pressure(p)
        | Q::Audience(p)
        | Q::Capability(p)
        | Q::Optimism(p)
        | Q::Reserve(p)
        | Q::Profile(p)
        | Q::Wronged(p, _)
        | Q::Ceasefire(p)
        | Q::Trust(p, _) => party(world, p),
        Q::MediatorState(m) | Q::Leverage(m) | Q::Credibility(m) => id("mediator", &world.mediator(m).name),
        Q::TrackState(t)
        | Q::Procedure(t)
        | Q::Deadline(t)
        | Q::Stall(t)
        | Q::Advanced(t)
        | Q::Conceded(t)
        | Q::Ripe(t)
        | Q::Settled(t) => track(world, t),
        Q::ItemState(i) | Q::ItemOption(i) | Q::Imposed(i) | Q::Guarantee(i) | Q::ItemSettled(i) => {
            item(world, i)
        }
        Q::InstrumentState(n)
        | Q::Breaches(n)
        | Q::SignedEver(n)
        | Q::Progress(n, _)
        | Q::Entered(n)
        | Q::Rejected(n) => instrument(world, n),
        Q::Holder(f) | Q::Intensity(f) | Q::PressedBy(f) => id("front", &world.front(f).name),
        Q::SpoilerState(s) | Q::Blame(s) | Q::Strength(s) => id("spoiler", &world.spoiler(s).name),
        Q::Support(b) | Q::Exposure(b) | Q::BackerPressure(b) | Q::Tolerance(b) => {
            id("backer", &world.backer(b).name)
        }
        Q::ObserverState(o) => id("observer", &world.observer(o).name),
        Q::EventState(e) => id("event", &world.events[e.at()].name),
    })
}

fn party(world: &World, p: PartyId) -> String {
    id("party", &world.party(p).name)
}

fn track(world: &World, t: TrackId) -> String {
    id("track", &world.track(t).name)
}

fn item(world: &World, i: ItemId) -> String {
    id("item", &world.item(i).name)
}

fn instrument(world: &World, n: InstrumentId) -> String {
    id("instrument", &world.instrument(n).name)
}
