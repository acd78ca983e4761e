//! The turns of a round: a fixed list, the same in every round.

use serde::Serialize;

use super::{
    BackerId, Course, EventId, FrontId, InstrumentId, ItemId, MediatorId, ObserverId, PartyId, SeatId,
    SpoilerId, TrackId, World,
};

/// One agent acting once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// What is left open of a party's alternative is drawn, in the first round.
    Reserve(PartyId),
    /// A track opens, is suspended or resumed, and applies its entry rules.
    Open(TrackId),
    /// A party stays, goes home to consult, walks out or returns.
    Convene(SeatId),
    /// A delegation gets its mandate.
    Instruct(SeatId),
    /// The lead mediator or the chair opens items.
    Table(TrackId),
    /// An item is bargained over.
    Bargain(ItemId),
    /// The party whose move it is accepts the standing offer or makes its own; moves count from 0 in each round.
    Offer(TrackId, u8),
    /// The mediator revises its text and puts it to the parties.
    Text(TrackId),
    /// The session ends: mandates are spent.
    Recess(TrackId),
    /// A mediator acts.
    Mediate(MediatorId),
    /// An instrument is made ready and signed.
    Conclude(InstrumentId),
    /// Fighting at a front rises or falls.
    Front(FrontId),
    /// A spoiler attacks or holds its fire.
    Spoiler(SpoilerId),
    /// A backer draws back or not.
    Backer(BackerId),
    /// An observer reports or not.
    Observer(ObserverId),
    /// An instrument enters into force, is kept or broken.
    Comply(InstrumentId),
    /// An event fires or not.
    Event(EventId),
    /// The round leaves its mark on a party.
    Endure(PartyId),
    /// The round is assessed: deadlines, outcomes, the next round.
    Assess,
}

impl Turn {
    /// The turns of a round, in order.
    pub fn schedule(world: &World) -> Vec<Turn> {
        let reserves = world.parties.iter().enumerate().filter(|(_, p)| p.reserve.is_some());
        let mut turns: Vec<Turn> = reserves.map(|(k, _)| Turn::Reserve(PartyId::new(k))).collect();
        for (k, track) in world.tracks.iter().enumerate() {
            let id = TrackId::new(k);
            turns.push(Turn::Open(id));
            turns.extend(track.seats.iter().map(|s| Turn::Convene(*s)));
            turns.extend(track.seats.iter().map(|s| Turn::Instruct(*s)));
            turns.push(Turn::Table(id));
            match track.procedure.course() {
                Course::Items => {
                    turns.extend(track.items.iter().map(|i| Turn::Bargain(*i)));
                    turns.extend(track.turns.map(|_| Turn::Text(id)));
                }
                Course::Offers => {
                    let steps = track.procedure.steps().unwrap_or(0);
                    turns.extend((0..steps).map(|step| Turn::Offer(id, step)));
                }
                Course::Text => turns.push(Turn::Text(id)),
            }
            turns.push(Turn::Recess(id));
            turns.extend(track.mediators.iter().map(|m| Turn::Mediate(*m)));
            let texts = world.instruments.iter().enumerate().filter(|(_, n)| n.track == id);
            turns.extend(texts.map(|(n, _)| Turn::Conclude(InstrumentId::new(n))));
        }
        turns.extend((0..world.fronts.len()).map(|k| Turn::Front(FrontId::new(k))));
        turns.extend((0..world.spoilers.len()).map(|k| Turn::Spoiler(SpoilerId::new(k))));
        turns.extend((0..world.backers.len()).map(|k| Turn::Backer(BackerId::new(k))));
        turns.extend((0..world.observers.len()).map(|k| Turn::Observer(ObserverId::new(k))));
        turns.extend((0..world.instruments.len()).map(|k| Turn::Comply(InstrumentId::new(k))));
        turns.extend((0..world.events.len()).map(|k| Turn::Event(EventId::new(k))));
        turns.extend((0..world.parties.len()).map(|k| Turn::Endure(PartyId::new(k))));
        turns.push(Turn::Assess);
        turns
    }

    /// What the turn is called in traces and chronicles.
    pub const fn name(self) -> &'static str {
        match self {
            Turn::Reserve(_) => "reserve",
            Turn::Open(_) => "open",
            Turn::Convene(_) => "convene",
            Turn::Instruct(_) => "instruct",
            Turn::Table(_) => "table",
            Turn::Bargain(_) => "bargain",
            Turn::Offer(..) => "offer",
            Turn::Text(_) => "text",
            Turn::Recess(_) => "recess",
            Turn::Mediate(_) => "mediate",
            Turn::Conclude(_) => "conclude",
            Turn::Front(_) => "front",
            Turn::Spoiler(_) => "spoiler",
            Turn::Backer(_) => "backer",
            Turn::Observer(_) => "observer",
            Turn::Comply(_) => "comply",
            Turn::Event(_) => "event",
            Turn::Endure(_) => "endure",
            Turn::Assess => "assess",
        }
    }

    /// The id of the agent whose turn it is (empty for the assessment).
    pub fn agent(self, world: &World) -> &str {
        match self {
            Turn::Open(t) | Turn::Table(t) | Turn::Offer(t, _) | Turn::Text(t) | Turn::Recess(t) => {
                &world.track(t).name.id
            }
            Turn::Convene(s) | Turn::Instruct(s) => &world.party(world.seat(s).party).name.id,
            Turn::Bargain(i) => &world.item(i).name.id,
            Turn::Mediate(m) => &world.mediator(m).name.id,
            Turn::Conclude(n) | Turn::Comply(n) => &world.instrument(n).name.id,
            Turn::Front(f) => &world.front(f).name.id,
            Turn::Spoiler(s) => &world.spoiler(s).name.id,
            Turn::Backer(b) => &world.backer(b).name.id,
            Turn::Observer(o) => &world.observer(o).name.id,
            Turn::Event(e) => &world.events[e.at()].name.id,
            Turn::Endure(p) | Turn::Reserve(p) => &world.party(p).name.id,
            Turn::Assess => "",
        }
    }
}
