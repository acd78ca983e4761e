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

/// What an arrow from an item to a text is called.
const SEALED: &str = "sealed by";

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
    pub frame: Option<usize>,
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
    /// Frames: id and title of every track, then of the ground and of those who watch, where there are any.
    pub frames: Vec<(String, String)>,
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
        let mut graph = Self { frames: tracks.collect(), ..Self::default() };
        graph.room(world);
        graph.outside(world);
        graph.requirements(world);
        graph.without_detours();
        graph
    }

    fn node(&mut self, word: &str, name: &Name, kind: Kind, frame: Option<usize>) {
        self.nodes.push(Node { id: id(word, name), label: clean(&name.title), kind, frame });
    }

    /// A frame that is no track.
    fn frame(&mut self, id: &str, title: &str, wanted: bool) -> Option<usize> {
        wanted.then(|| {
            self.frames.push((format!("frame_{id}"), title.into()));
            self.frames.len() - 1
        })
    }

    /// Whether an id is that of a frame.
    pub fn is_frame(&self, id: &str) -> bool {
        self.frames.iter().any(|frame| frame.0 == id)
    }

    /// Leaves out what is required of something that is required itself: the longer way says it.
    fn without_detours(&mut self) {
        let before = |e: &Edge| e.dashed || e.label == SEALED;
        let all: Vec<Edge> = self.edges.iter().filter(|e| before(e)).cloned().collect();
        let detour = |edge: &Edge| {
            let mut open: Vec<&str> = vec![&edge.from];
            let mut seen: Vec<&str> = Vec::new();
            while let Some(at) = open.pop() {
                let on = all.iter().filter(|e| e.from == at && !(e.from == edge.from && e.to == edge.to));
                for e in on {
                    if e.to == edge.to {
                        return true;
                    }
                    if !seen.contains(&e.to.as_str()) {
                        seen.push(&e.to);
                        open.push(&e.to);
                    }
                }
            }
            // The seal says that a text needs its item.
            all.iter().any(|e| !e.dashed && e.from == edge.from && e.to == edge.to)
        };
        let longer: Vec<Edge> = all.iter().filter(|e| e.dashed && detour(e)).cloned().collect();
        self.edges.retain(|e| !longer.contains(e));
    }

    fn edge(&mut self, from: String, to: String, label: &'static str, dashed: bool) {
        let edge = Edge { from, to, label, dashed };
        if edge.from != edge.to && !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    /// Parties, mediators, items and texts.
    fn room(&mut self, world: &World) {
        // Who sits in one room only stands in its frame; who sits in several, between them.
        for (k, party) in world.parties.iter().enumerate() {
            let mut rooms =
                world.seats.iter().filter(|seat| seat.party.at() == k).map(|seat| seat.track.at());
            let only = rooms.next().filter(|_| rooms.next().is_none());
            self.node("party", &party.name, Kind::Party, only);
        }
        for mediator in &world.mediators {
            self.node("mediator", &mediator.name, Kind::Mediator, mediator.track.map(|t| t.at()));
        }
        world.items.iter().for_each(|i| self.node("item", &i.name, Kind::Item, Some(i.track.at())));
        world
            .instruments
            .iter()
            .for_each(|n| self.node("instrument", &n.name, Kind::Text, Some(n.track.at())));
        for seat in &world.seats {
            let (party, track) = (party(world, seat.party), track(world, seat.track));
            if self.nodes.iter().any(|n| n.id == party && n.frame.is_none()) {
                self.edge(party, track, "has a seat", false);
            }
        }
        for text in &world.instruments {
            for sealed in &text.seals {
                self.edge(item(world, *sealed), id("instrument", &text.name), SEALED, false);
            }
        }
    }

    /// Fronts, backers, spoilers and observers.
    fn outside(&mut self, world: &World) {
        let fought = !world.fronts.is_empty() || !world.spoilers.is_empty();
        let ground = self.frame("ground", "On the ground", fought);
        let watching = self.frame("watching", "Who watches", !world.observers.is_empty());
        world.fronts.iter().for_each(|f| self.node("front", &f.name, Kind::Front, ground));
        world.backers.iter().for_each(|b| self.node("backer", &b.name, Kind::Backer, None));
        world.spoilers.iter().for_each(|s| self.node("spoiler", &s.name, Kind::Spoiler, ground));
        world.observers.iter().for_each(|o| self.node("observer", &o.name, Kind::Observer, watching));
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
        for (k, it) in world.tracks.iter().enumerate() {
            self.required(world, it.opens_when.as_ref(), &id("track", &it.name), k);
        }
        for it in &world.items {
            self.required(world, it.requires.as_ref(), &id("item", &it.name), it.track.at());
        }
        for it in &world.instruments {
            self.required(world, it.requires.as_ref(), &id("instrument", &it.name), it.track.at());
        }
    }

    fn required(&mut self, world: &World, condition: Option<&Condition>, by: &str, on: usize) {
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
            // That those who sit there have to be in the room goes without saying.
            if let Quantity::SeatState(s) = quantity
                && world.seat(s).track.at() == on
            {
                continue;
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
