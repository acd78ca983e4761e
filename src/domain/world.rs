//! The static world: everything a scenario says, with ids resolved to places.

use serde::Serialize;
use time::{Date, Duration};

use super::{
    Assumption, Backer, BackerId, BaseRate, Dynamics, Event, Exercise, Fallback, Front, FrontId, History,
    Instrument, InstrumentId, Item, ItemId, Mediator, MediatorId, Observer, ObserverId, Outcome, Party,
    PartyId, Property, Quantity, Reference, Reward, Seat, SeatId, Spoiler, SpoilerId, Track, TrackId, WhatIf,
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
    /// Days from one round to the next, 1..=366; where `sessions` are listed, from the first to the second.
    pub round_days: u16,
    /// The days on which the rounds begin, where they do not come at equal distances.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "super::serialize_dates")]
    pub sessions: Vec<Date>,
    /// The days that odds between sessions are for; `None`: `round_days`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odds_days: Option<u16>,
    /// What the file says of the start, where this world is another; `None`: what this one says.
    #[serde(skip)]
    pub reference: Option<Reference>,
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
    /// The days from the start of the talks to the first day of a round (rounds count from 1).
    pub fn day_of(&self, round: u8) -> i32 {
        let before = usize::from(round.max(1)) - 1;
        match (self.sessions.get(before), self.sessions.last()) {
            (Some(date), _) => (*date - self.start).whole_days() as i32,
            // As long as the last one.
            (None, Some(last)) => {
                let more = before + 1 - self.sessions.len();
                (*last - self.start).whole_days() as i32 + more as i32 * i32::from(self.last_interval())
            }
            (None, None) => before as i32 * i32::from(self.round_days),
        }
    }

    /// The days from one round to the next; the last round is as long as the one before it.
    pub fn days_of(&self, round: u8) -> u16 {
        (self.day_of(round.max(1).saturating_add(1)) - self.day_of(round)) as u16
    }

    fn last_interval(&self) -> u16 {
        match self.sessions[..] {
            [.., before, last] => (last - before).whole_days() as u16,
            _ => self.round_days,
        }
    }

    /// The days that odds between sessions are for.
    pub fn odds_days(&self) -> u16 {
        self.odds_days.unwrap_or(self.round_days)
    }

    /// Days from the first to the last day of the horizon.
    pub fn days(&self) -> u16 {
        u16::try_from(self.day_of(self.rounds.saturating_add(1))).unwrap_or(u16::MAX)
    }

    /// The first day of a round.
    pub fn date_of(&self, round: u8) -> Date {
        self.start.saturating_add(Duration::days(self.day_of(round).into()))
    }

    /// The last day of a round: the day before the next one begins.
    pub fn last_day_of(&self, round: u8) -> Date {
        self.date_of(round).saturating_add(Duration::days(i64::from(self.days_of(round)) - 1))
    }

    /// The round that contains a date; 0 before the first, `rounds` + 1 after the last.
    pub fn round_of(&self, date: Date) -> u8 {
        self.round_of_day((date - self.start).whole_days().clamp(-1, i32::MAX.into()) as i32)
    }

    /// The round that contains a day of the talks; 0 before the first, `rounds` + 1 after the last.
    fn round_of_day(&self, day: i32) -> u8 {
        (1..=self.rounds.saturating_add(1)).rev().find(|r| self.day_of(*r) <= day).unwrap_or(0)
    }

    /// A date means the round that contains it, everywhere: the first day of that round. Days count from the start of the talks;
    /// those before it and after the horizon stand for themselves.
    pub fn first_day(&self, day: i32) -> i32 {
        match self.round_of_day(day) {
            round if (1..=self.rounds).contains(&round) => self.day_of(round),
            _ => day,
        }
    }

    /// What levels and holders are counted from.
    pub fn reference(&self) -> Reference {
        self.reference.clone().unwrap_or_else(|| Reference::of(self))
    }

    /// The seats of a party, in track order.
    pub fn seats_of(&self, party: PartyId) -> impl Iterator<Item = SeatId> + '_ {
        (0..self.seats.len()).map(SeatId::new).filter(move |s| self.seat(*s).party == party)
    }

    /// What no agreement is worth to a seat when the talks begin, in points of 100: what the file says, and what the start of this
    /// world adds to it.
    pub fn alternative_at_start(&self, seat: SeatId) -> u8 {
        let own = Fallback::of(self, seat);
        let points = own.base(&self.reference()) + own.moves(&Reference::of(self));
        points.clamp(0, 100) as u8
    }

    /// Whether a party takes another for one of its own side: itself, or an ally of it.
    pub fn sides_with(&self, party: PartyId, other: PartyId) -> bool {
        party == other || self.party(party).allies.contains(&other)
    }

    /// The parties whose strength a seat measures itself against: those that fight at one of its party's fronts and are no allies of it;
    /// for a party of no front, the others of the track.
    pub fn rivals(&self, seat: SeatId) -> Vec<PartyId> {
        let Seat { party, track, .. } = *self.seat(seat);
        let own = |f: &&Front| f.belligerents.contains(&party);
        let at_fronts: Vec<PartyId> =
            self.fronts.iter().filter(own).flat_map(|f| f.belligerents.iter().copied()).collect();
        let at_table: Vec<PartyId> = self.track(track).seats.iter().map(|s| self.seat(*s).party).collect();
        let from = if at_fronts.is_empty() { at_table } else { at_fronts };
        let all = (0..self.parties.len()).map(PartyId::new);
        all.filter(|p| from.contains(p) && !self.sides_with(party, *p)).collect()
    }

    /// How far a soft deadline of a track is believed, 0..=1: what the file says; else by the credibility, as the file writes it, of the
    /// lead mediator, and wholly without one. A hard deadline is believed.
    pub fn belief(&self, track: TrackId) -> f64 {
        let t = self.track(track);
        match (t.hard_deadline, t.belief, t.mediators.first()) {
            (true, ..) | (_, None, None) => 1.0,
            (_, Some(belief), _) => belief,
            (_, None, Some(lead)) => self.dynamics.belief[self.reference().credibility[lead.at()] as usize],
        }
    }

    /// The round until which talks on a track may go on in the eyes of its parties.
    pub fn long_run(&self, track: TrackId) -> u8 {
        self.track(track).long_run.unwrap_or_else(|| self.reference().rounds)
    }

    /// Whether a party can press at some front.
    pub fn presses(&self, party: PartyId) -> bool {
        self.dynamics.fighting.pressed() && self.fronts.iter().any(|f| f.belligerents.contains(&party))
    }

    /// Whether some effect of an event or a signature changes a quantity.
    pub fn writes(&self, quantity: Quantity) -> bool {
        let events = self.events.iter().flat_map(|e| &e.effects);
        events.chain(self.instruments.iter().flat_map(|n| &n.effects)).any(|e| e.target == quantity)
    }

    /// Whether some party has profiles other than its initial preferences.
    pub fn preferences_change(&self, track: TrackId) -> bool {
        let mut seats = self.track(track).seats.iter();
        seats.any(|s| !self.party(self.seat(*s).party).profiles.is_empty())
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
            Q::Optimism(p) => party(p, "optimism"),
            Q::Reserve(p) => party(p, "reserve"),
            Q::Wronged(p, k) => party(p, &format!("wronged.{k}")),
            Q::Ceasefire(p) => party(p, "ceasefire"),
            Q::Trust(p, q) => party(p, &format!("trust.{}", self.party(q).name.id)),
            Q::MediatorState(m) => mediator(m, "state"),
            Q::Leverage(m) => mediator(m, "leverage"),
            Q::Credibility(m) => mediator(m, "credibility"),
            Q::TrackState(t) => track(t, "state"),
            Q::Deadline(t) => track(t, "deadline"),
            Q::Stall(t) => track(t, "stall"),
            Q::Advanced(t) => track(t, "advanced"),
            Q::Conceded(t) => track(t, "conceded"),
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
            Q::Entered(n) => instrument(n, "entered"),
            Q::Rejected(n) => instrument(n, "rejected"),
            Q::Profile(p) => party(p, "profile"),
            Q::Procedure(t) => track(t, "procedure"),
            Q::SignedEver(n) => instrument(n, "signed"),
            Q::Holder(f) => front(f, "holder"),
            Q::Intensity(f) => front(f, "intensity"),
            Q::PressedBy(f) => front(f, "pressed_by"),
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
