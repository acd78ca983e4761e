//! The static world: everything a scenario says, with ids resolved to places.

use serde::Serialize;
use time::{Date, Duration};

use super::{
    Assumption, Backer, BackerId, BaseRate, Dynamics, Event, Exercise, Front, FrontId, History, Instrument,
    InstrumentId, Item, ItemId, Mediator, MediatorId, Observer, ObserverId, Outcome, Party, PartyId,
    Property, Quantity, Reward, Seat, SeatId, Spoiler, SpoilerId, Track, TrackId, WhatIf,
};

/// How an agent is called and what is remarked about it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Name {
    /// The key of its table: stable, unique within its kind.
    pub id: String,
    /// The name or title shown to people; the id where the file gives none.
    pub title: String,
    /// A remark of the scenario's author.
    pub note: Option<String>,
    /// Where a fact is documented.
    pub source: Option<String>,
}

/// Everything a scenario says. Lists keep the order of the file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct World {
    /// The title of the scenario.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// A remark of its author.
    pub note: Option<String>,
    /// Where its facts are documented.
    pub sources: Vec<String>,
    /// First day of the first round.
    #[serde(serialize_with = "super::serialize_date")]
    pub start: Date,
    /// Number of rounds to the horizon, 1..=200.
    pub rounds: u8,
    /// Days from one round to the next, 1..=366.
    pub round_days: u16,
    /// Parties.
    pub parties: Vec<Party>,
    /// Seats, track by track in the order of the tracks' lists.
    pub seats: Vec<Seat>,
    /// Mediators.
    pub mediators: Vec<Mediator>,
    /// Tracks, in the order in which they meet within a round.
    pub tracks: Vec<Track>,
    /// Agenda items.
    pub items: Vec<Item>,
    /// Instruments, in the order in which they come up for signature.
    pub instruments: Vec<Instrument>,
    /// Fronts.
    pub fronts: Vec<Front>,
    /// Spoilers.
    pub spoilers: Vec<Spoiler>,
    /// Backers.
    pub backers: Vec<Backer>,
    /// Observers.
    pub observers: Vec<Observer>,
    /// Events, in the order in which they are tried.
    pub events: Vec<Event>,
    /// Outcomes, in the order in which they are tried; never empty.
    pub outcomes: Vec<Outcome>,
    /// Counted rewards.
    pub rewards: Vec<Reward>,
    /// What-ifs.
    pub what_ifs: Vec<WhatIf>,
    /// Claims to be verified.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<Property>,
    /// What numbers and levels of the scenario could as well be. Left out of the JSON text where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Assumption>,
    /// What really happened.
    pub history: Vec<History>,
    /// How often such things came about elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub base_rates: Vec<BaseRate>,
    /// How it is used in class. It moves nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exercise: Option<Exercise>,
    /// The numbers of the rules.
    pub dynamics: Dynamics,
}

impl World {
    /// The first day of a round (rounds count from 1).
    pub fn date_of(&self, round: u8) -> Date {
        let days = i64::from(round.max(1) - 1) * i64::from(self.round_days);
        self.start.saturating_add(Duration::days(days))
    }

    /// The last day of a round: the day before the next one begins.
    pub fn last_day_of(&self, round: u8) -> Date {
        self.date_of(round).saturating_add(Duration::days(i64::from(self.round_days) - 1))
    }

    /// The round that contains a date; 0 before the first, `rounds` + 1 after the last.
    pub fn round_of(&self, date: Date) -> u8 {
        let days = (date - self.start).whole_days();
        let round = days.div_euclid(i64::from(self.round_days)) + 1;
        u8::try_from(round.clamp(0, i64::from(self.rounds) + 1)).unwrap_or(u8::MAX)
    }

    /// The seats of a party, in track order.
    pub fn seats_of(&self, party: PartyId) -> impl Iterator<Item = SeatId> + '_ {
        (0..self.seats.len()).map(SeatId::new).filter(move |s| self.seat(*s).party == party)
    }

    /// What no agreement is worth to a seat when the talks begin, in points of 100. Fronts, backing and weariness are counted
    /// from what they are at the start; outside pressure counts as it is.
    pub fn alternative_at_start(&self, seat: SeatId) -> u8 {
        let Seat { party, alternative, .. } = *self.seat(seat);
        let pressure = self.dynamics.pressure_points.saturating_mul(self.party(party).pressure as u8);
        alternative.saturating_sub(pressure)
    }

    /// The backers of a party.
    pub fn backers_of(&self, party: PartyId) -> impl Iterator<Item = BackerId> + '_ {
        let all = self.backers.iter().enumerate();
        all.filter(move |(_, b)| b.supports == party).map(|(k, _)| BackerId::new(k))
    }

    /// Whether some party on a track discounts what is agreed later.
    pub fn discounts(&self, track: TrackId) -> bool {
        self.track(track).seats.iter().any(|s| self.party(self.seat(*s).party).discount < 1.0)
    }

    /// A party's seat at a track.
    pub fn seat_at(&self, party: PartyId, track: TrackId) -> Option<SeatId> {
        self.track(track).seats.iter().copied().find(|s| self.seat(*s).party == party)
    }

    /// The path of a quantity, as scenario files, tables and legends write it.
    pub fn path(&self, quantity: Quantity) -> String {
        use Quantity as Q;
        let seat = |s: SeatId, what: &str| {
            let Seat { party, track, .. } = *self.seat(s);
            let id = &self.party(party).name.id;
            if self.seats_of(party).nth(1).is_none() {
                format!("party.{id}.{what}")
            } else {
                format!("party.{id}.at.{}.{what}", self.track(track).name.id)
            }
        };
        let party = |p: PartyId, what: &str| format!("party.{}.{what}", self.party(p).name.id);
        let mediator = |m: MediatorId, what: &str| format!("mediator.{}.{what}", self.mediator(m).name.id);
        let track = |t: TrackId, what: &str| format!("track.{}.{what}", self.track(t).name.id);
        let item = |i: ItemId, what: &str| format!("item.{}.{what}", self.item(i).name.id);
        let instrument =
            |n: InstrumentId, what: &str| format!("instrument.{}.{what}", self.instrument(n).name.id);
        let front = |f: FrontId, what: &str| format!("front.{}.{what}", self.front(f).name.id);
        let spoiler = |s: SpoilerId, what: &str| format!("spoiler.{}.{what}", self.spoiler(s).name.id);
        let backer = |b: BackerId, what: &str| format!("backer.{}.{what}", self.backer(b).name.id);
        match quantity {
            Q::Round => "round".into(),
            Q::Date => "date".into(),
            Q::Outcome => "outcome".into(),
            Q::SeatState(s) => seat(s, "state"),
            Q::Mandate(s) => seat(s, "mandate"),
            Q::Memory(s, k) => seat(s, &format!("memory.{k}")),
            Q::Tally(s, k) => seat(s, &format!("tally.{k}")),
            Q::Assent(s) => seat(s, "assent"),
            Q::Offerer(t) => track(t, "offerer"),
            Q::AgreedIn(t) => track(t, "agreed_in"),
            Q::Draft(i) => item(i, "draft"),
            Q::Refused(i) => item(i, "refused"),
            Q::Alternative(s) => seat(s, "alternative"),
            Q::Points(s) => seat(s, "points"),
            Q::Weariness(p) => party(p, "weariness"),
            Q::Pressure(p) => party(p, "pressure"),
            Q::Audience(p) => party(p, "audience"),
            Q::Capability(p) => party(p, "capability"),
            Q::Ceasefire(p) => party(p, "ceasefire"),
            Q::Trust(p, q) => party(p, &format!("trust.{}", self.party(q).name.id)),
            Q::MediatorState(m) => mediator(m, "state"),
            Q::Leverage(m) => mediator(m, "leverage"),
            Q::Credibility(m) => mediator(m, "credibility"),
            Q::TrackState(t) => track(t, "state"),
            Q::Deadline(t) => track(t, "deadline"),
            Q::Ripe(t) => track(t, "ripe"),
            Q::Settled(t) => track(t, "settled"),
            Q::ItemState(i) => item(i, "state"),
            Q::ItemOption(i) => item(i, "option"),
            Q::Imposed(i) => item(i, "imposed"),
            Q::Guarantee(i) => item(i, "guarantee"),
            Q::ItemSettled(i) => item(i, "settled"),
            Q::InstrumentState(n) => instrument(n, "state"),
            Q::Breaches(n) => instrument(n, "breaches"),
            Q::Progress(n, p) => instrument(n, &format!("progress.{}", self.party(p).name.id)),
            Q::SignedEver(n) => instrument(n, "signed"),
            Q::Holder(f) => front(f, "holder"),
            Q::Intensity(f) => front(f, "intensity"),
            Q::SpoilerState(s) => spoiler(s, "state"),
            Q::Blame(s) => spoiler(s, "blame"),
            Q::Strength(s) => spoiler(s, "strength"),
            Q::Support(b) => backer(b, "support"),
            Q::Exposure(b) => backer(b, "exposure"),
            Q::BackerPressure(b) => backer(b, "pressure"),
            Q::Tolerance(b) => backer(b, "tolerance"),
            Q::ObserverState(o) => format!("observer.{}.state", self.observer(o).name.id),
            Q::EventState(e) => format!("event.{}.state", self.events[e.at()].name.id),
        }
    }
}

macro_rules! lookup {
    ($($name:ident: $list:ident[$id:ty] -> $of:ty),+ $(,)?) => {
        impl World {$(
            #[doc = concat!("The ", stringify!($name), " with this id.")]
            #[inline]
            pub fn $name(&self, id: $id) -> &$of {
                &self.$list[id.at()]
            }
        )+}
    };
}

lookup! {
    party: parties[PartyId] -> Party,
    seat: seats[SeatId] -> Seat,
    mediator: mediators[MediatorId] -> Mediator,
    track: tracks[TrackId] -> Track,
    item: items[ItemId] -> Item,
    instrument: instruments[InstrumentId] -> Instrument,
    front: fronts[FrontId] -> Front,
    spoiler: spoilers[SpoilerId] -> Spoiler,
    backer: backers[BackerId] -> Backer,
    observer: observers[ObserverId] -> Observer,
}
